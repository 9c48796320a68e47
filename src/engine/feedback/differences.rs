//! What gold changed in an annotation.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{Annotation, AnnotationId, AnnotationRef, Input};
use serde::{Serialize, Serializer};

use crate::{adjudicate::Gold, compare::Comparison};

/// What was changed, and into what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// What.
    pub what: Part,
    /// What the annotator had; empty for nothing.
    pub before: String,
    /// What gold has; empty for nothing.
    pub after: String,
}

/// A part of an annotation that can be changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The label.
    Label,
    /// The fragments.
    Boundary,
    /// The value of an attribute, by its name.
    Attribute(String),
    /// Where ties lead, by the name of their type.
    Link(String),
}

impl Part {
    /// What it is called.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Label => "label".to_owned(),
            Self::Boundary => "boundary".to_owned(),
            Self::Attribute(name) | Self::Link(name) => name.replace('_', " "),
        }
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Label | Self::Boundary => serializer.serialize_str(&self.name()),
            Self::Attribute(name) => serializer.serialize_str(&format!("attribute {name}")),
            Self::Link(kind) => serializer.serialize_str(&format!("link {kind}")),
        }
    }
}

/// Where ties lead, in words: those of annotators, and those of gold.
pub(super) struct Targets<'a> {
    gold: &'a Gold,
    words: BTreeMap<AnnotationRef, String>,
    gold_words: BTreeMap<&'a AnnotationId, String>,
    /// For each annotation of gold, what it is tied to and how.
    ties: BTreeMap<&'a AnnotationId, BTreeSet<(&'a str, &'a AnnotationId)>>,
}

impl<'a> Targets<'a> {
    pub(super) fn of(gold: &'a Gold, comparison: &'a Comparison) -> Self {
        let all = comparison.sides.iter().flat_map(|side| {
            side.set.annotations.iter().map(|annotation| {
                let annotator = side.annotator.clone();
                (AnnotationRef { annotator, annotation: annotation.id.clone() }, annotation.quote())
            })
        });
        let mut ties: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for relation in &gold.set.relations {
            ties.entry(&relation.from).or_default().insert((relation.kind.as_str(), &relation.to));
        }
        let gold_words = gold.set.annotations.iter().map(|annotation| (&annotation.id, annotation.quote()));
        Self { gold, words: all.collect(), gold_words: gold_words.collect(), ties }
    }

    /// What differs between an annotation as it was and one of gold. Ties to what is not in gold do not count. `moved`
    /// says that the text was corrected meanwhile: then words tell, not places.
    pub(super) fn differences(&self, input: &Input, gold: &Annotation, moved: bool) -> Vec<Changed> {
        let mut changes = Vec::new();
        let mut changed = |what: Part, before: &str, after: &str| {
            changes.push(Changed { what, before: before.to_owned(), after: after.to_owned() });
        };
        if input.label != gold.label {
            changed(Part::Label, &input.label, &gold.label);
        }
        if input.text != gold.text || (!moved && input.spans != gold.spans) {
            changed(Part::Boundary, &input.text.join(" … "), &gold.quote());
        }
        let names: BTreeSet<_> = input.attributes.keys().chain(gold.attributes.keys()).collect();
        for name in names {
            let value = |values: &BTreeMap<String, String>| values.get(name).cloned().unwrap_or_default();
            let (before, after) = (value(&input.attributes), value(&gold.attributes));
            if before != after {
                changed(Part::Attribute(name.clone()), &before, &after);
            }
        }
        self.link_differences(input, gold, &mut changes);
        changes
    }

    fn link_differences(&self, input: &Input, gold: &Annotation, changes: &mut Vec<Changed>) {
        let mine: BTreeMap<(&str, &AnnotationId), String> = input
            .links
            .iter()
            .filter_map(|link| {
                let words = self.words.get(&link.to).cloned().unwrap_or_default();
                Some(((link.kind.as_str(), self.gold.became.get(&link.to)?), words))
            })
            .collect();
        let theirs = self.ties.get(&gold.id).cloned().unwrap_or_default();
        let gone = mine.iter().filter(|(tie, _)| !theirs.contains(*tie));
        let come = theirs.iter().filter(|tie| !mine.contains_key(*tie));
        let mut by_kind: BTreeMap<&str, (Vec<&str>, Vec<&str>)> = BTreeMap::new();
        gone.for_each(|((kind, _), words)| by_kind.entry(*kind).or_default().0.push(words));
        for (kind, to) in come {
            let words = self.gold_words.get(to).map_or("", String::as_str);
            by_kind.entry(*kind).or_default().1.push(words);
        }
        changes.extend(by_kind.into_iter().map(|(kind, (before, after))| Changed {
            what: Part::Link(kind.to_owned()),
            before: before.join(", "),
            after: after.join(", "),
        }));
    }
}
