//! What one set says of its sources: each mention with what is attributed to it.

use std::collections::{BTreeSet, HashMap};

use ascribe_schema::{Annotation, AnnotationId, AnnotationSet, Relation, Span};

use super::{Mention, name};
use crate::lies_in;

/// A mention with what it says, by the numbers of annotations in its set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) mention: Mention,
    pub(super) kind: Option<String>,
    pub(super) naming: Option<String>,
    pub(super) quotes: BTreeSet<u32>,
    pub(super) claims: BTreeSet<u32>,
    pub(super) denials: BTreeSet<u32>,
    /// The denials of what it says, whoever makes them.
    pub(super) denied: BTreeSet<u32>,
}

/// All mentions of a set that count: what lies in what is not the article does not.
pub(super) fn mentions(set: &AnnotationSet, aside: &[Span]) -> Vec<Said> {
    let counts = |annotation: &Annotation| !lies_in(aside, annotation) || is_waiting(set, annotation);
    let counted = set.annotations.iter().filter(|annotation| counts(annotation));
    let numbers: HashMap<&AnnotationId, u32> = (0..).zip(counted).map(|(number, tag)| (&tag.id, number)).collect();
    let by_id: HashMap<&AnnotationId, &Annotation> = set.annotations.iter().map(|tag| (&tag.id, tag)).collect();
    let mut ties = Ties { numbers: &numbers, by_id: &by_id, from: HashMap::new(), to: HashMap::new() };
    for relation in &set.relations {
        ties.from.entry(&relation.from).or_default().push(relation);
        ties.to.entry(&relation.to).or_default().push(relation);
    }
    let sources = set.annotations.iter().filter(|tag| tag.label == "source" && numbers.contains_key(&tag.id));
    sources.map(|tag| ties.said(set, tag)).collect()
}

fn is_waiting(set: &AnnotationSet, annotation: &Annotation) -> bool {
    set.text_of(annotation) != set.text_sha256
}

struct Ties<'a> {
    numbers: &'a HashMap<&'a AnnotationId, u32>,
    by_id: &'a HashMap<&'a AnnotationId, &'a Annotation>,
    from: HashMap<&'a AnnotationId, Vec<&'a Relation>>,
    to: HashMap<&'a AnnotationId, Vec<&'a Relation>>,
}

impl<'a> Ties<'a> {
    fn said(&self, set: &AnnotationSet, source: &'a Annotation) -> Said {
        let attributed: Vec<_> = self.starts(&source.id, "attributed_to").collect();
        let labelled = |label: &'static str| attributed.iter().copied().filter(move |tag| tag.label == label);
        let expressed = || {
            let speaking = labelled("quote").chain(labelled("denial"));
            speaking.flat_map(|tag| self.ends(&tag.id, "expresses").filter(|tag| tag.label == "claim"))
        };
        let claims: Vec<_> = labelled("claim").chain(expressed()).collect();
        let denied = claims.iter().copied().chain(labelled("quote"));
        let denied = denied.flat_map(|tag| self.starts(&tag.id, "denies")).filter(|tag| tag.label == "denial");
        let numbers = |tags: &mut dyn Iterator<Item = &Annotation>| -> BTreeSet<u32> {
            tags.filter_map(|tag| self.numbers.get(&tag.id).copied()).collect()
        };
        let value =
            |name: &str| source.attributes.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
        Said {
            kind: value("kind").map(str::to_owned),
            naming: value("naming").map(str::to_owned),
            quotes: numbers(&mut labelled("quote")),
            claims: numbers(&mut claims.iter().copied()),
            denials: numbers(&mut labelled("denial")),
            denied: numbers(&mut denied.into_iter()),
            mention: Mention {
                document: set.document.clone(),
                annotator: set.annotator.clone(),
                annotation: source.id.clone(),
                span: (!is_waiting(set, source)).then(|| source.extent()),
                words: source.quote().split_whitespace().collect::<Vec<_>>().join(" "),
                entity: value("entity").map(str::to_owned),
            },
        }
    }

    /// The annotations from which such a tie leads to one.
    fn starts(&self, to: &AnnotationId, kind: &'static str) -> impl Iterator<Item = &'a Annotation> {
        let ties = self.to.get(to).map(Vec::as_slice).unwrap_or_default();
        ties.iter().filter(move |tie| tie.kind == kind).filter_map(|tie| self.by_id.get(&tie.from).copied())
    }

    /// The annotations to which such a tie leads from one.
    fn ends(&self, from: &AnnotationId, kind: &'static str) -> impl Iterator<Item = &'a Annotation> {
        let ties = self.from.get(from).map(Vec::as_slice).unwrap_or_default();
        ties.iter().filter(move |tie| tie.kind == kind).filter_map(|tie| self.by_id.get(&tie.to).copied())
    }
}

impl Said {
    /// Whether it is not said who it is: it has no entity, and is called or looks like no name.
    pub(super) fn is_unresolved(&self) -> bool {
        let words = &self.mention.words;
        self.mention.entity.is_none()
            && match self.naming.as_deref() {
                Some("named") => false,
                Some("pronoun" | "anonymous" | "described") => true,
                _ => name::is_pronoun(words) || !name::has_name(words),
            }
    }
}
