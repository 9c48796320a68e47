//! Labels and values given by key: the next value of an attribute, and the last labelling once more.

use std::collections::BTreeMap;

use ascribe_schema::{Annotation, AnnotationId, Attribute, DocumentId, Label, Scheme, Values};

use crate::{Change, Diff, History, WorkingSet};

/// All that is said of an annotation but for where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelling {
    /// The label.
    pub label: String,
    /// The attributes.
    pub attributes: BTreeMap<String, String>,
    /// What it is tied to.
    pub tie: Option<LikeTie>,
}

/// A tie of an annotation, without the annotation itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LikeTie {
    /// The name of the relation type.
    pub kind: String,
    /// The other end.
    pub other: AnnotationId,
    /// Whether it leads to the other end, or starts from it.
    pub out: bool,
}

/// The attributes of a label whose values are chosen, in the scheme's order.
pub fn chosen_attributes(label: &Label) -> impl Iterator<Item = &Attribute> {
    label.attributes.iter().filter(|attribute| matches!(attribute.values, Values::Choice(_) | Values::Scale(_)))
}

/// The value after (`forward`) or before `now`, in a circle in which no value stands between last and first.
#[must_use]
pub fn turned(attribute: &Attribute, now: Option<&String>, forward: bool) -> Option<String> {
    let options = attribute.values.options();
    let here = now.and_then(|now| options.iter().position(|option| option == now));
    let next = match (here, forward) {
        (None, true) => Some(0),
        (Some(here), true) => Some(here + 1),
        (None, false) => options.len().checked_sub(1),
        (Some(here), false) => here.checked_sub(1),
    };
    options.get(next?).cloned()
}

/// What was labelled last, as it stands now; with what it is tied to, if that was in `document`.
#[must_use]
pub fn last_labelling<'a>(
    history: &History,
    document: &DocumentId,
    set_of: impl Fn(&DocumentId) -> Option<&'a WorkingSet>,
    scheme: &Scheme,
) -> Option<Labelling> {
    let (there, labelled) = labelled(history).next()?;
    let set = set_of(there);
    let now = set.and_then(|set| set.annotation(&labelled.id));
    let last: &Annotation = now.map_or(labelled, |now| now);
    // Ties join annotations of one document only.
    let tie = now.filter(|_| there == document).and_then(|now| tie_of(set?, scheme, now));
    Some(Labelling { label: last.label.clone(), attributes: last.attributes.clone(), tie })
}

/// The attributes that the tag labelled last, of those with the label of `like`, has in the document.
#[must_use]
pub fn last_attributes(
    history: &History,
    document: &DocumentId,
    set: &WorkingSet,
    like: &Annotation,
) -> Option<BTreeMap<String, String>> {
    let here = labelled(history).filter(|(there, other)| *there == document && other.id != like.id);
    let mut now = here.filter_map(|(_, other)| set.annotation(&other.id));
    now.find(|other| other.label == like.label && !other.attributes.is_empty()).map(|other| other.attributes.clone())
}

/// The annotations that got a label, the newest first, with their documents.
fn labelled(history: &History) -> impl Iterator<Item = (&DocumentId, &Annotation)> {
    history.done().iter().rev().flat_map(|deed| {
        deed.changes.iter().filter_map(|change| match change {
            Change::Annotation(Diff { before, after: Some(after) }) => {
                let new = before.as_ref().is_none_or(|before| before.label != after.label);
                new.then_some((&deed.document, after.as_ref()))
            }
            _ => None,
        })
    })
}

/// An annotation's first tie: of those that start from it, in the scheme's order, or else of those that lead to it.
fn tie_of(set: &WorkingSet, scheme: &Scheme, annotation: &Annotation) -> Option<LikeTie> {
    let order = |name: &str| scheme.relations.iter().position(|kind| kind.name == name);
    let known = set.relations_of(&annotation.id).filter_map(|tie| Some((order(&tie.kind)?, tie)));
    let (_, first) = known.min_by_key(|(order, tie)| (tie.from != annotation.id, *order))?;
    let out = first.from == annotation.id;
    let other = if out { first.to.clone() } else { first.from.clone() };
    Some(LikeTie { kind: first.kind.clone(), other, out })
}
