//! One annotator's set of one document as the rules look at it: annotations by number, ties at both ends.

use std::collections::HashMap;

use ascribe_schema::{
    Annotation, AnnotationId, AnnotationSet, AnnotatorName, DocumentId, PARATEXT, Problem, Progress, Relation, Scheme,
    Span, Text,
};

use super::{Finding, Rule, marks::is_mark};
use crate::{Document, WorkingSet, paratext};

/// One annotator's set of one document, with its text and the project's scheme.
pub struct Work<'a> {
    pub(super) document: &'a DocumentId,
    pub(super) annotator: &'a AnnotatorName,
    pub(super) progress: Progress,
    pub(super) text: &'a Text,
    pub(super) scheme: &'a Scheme,
    /// What is not the article.
    pub(super) aside: Vec<Span>,
    /// Those that lie in the text, in its order; behind them those that wait for a place.
    annotations: Vec<&'a Annotation>,
    placed: usize,
    relations: Vec<&'a Relation>,
    /// The numbers of the two ends of each relation.
    ends: Vec<[Option<usize>; 2]>,
    /// The numbers of the relations that start from, and that lead to, each annotation.
    at: Vec<[Vec<usize>; 2]>,
}

impl<'a> Work<'a> {
    /// The work in a set as it was read; nothing where its text is missing.
    #[must_use]
    pub fn of_set(document: &'a Document, set: &'a AnnotationSet, scheme: &'a Scheme) -> Option<Self> {
        let text = document.text_of(&set.text_sha256)?;
        let here = |annotation: &&Annotation| set.text_of(annotation) == set.text_sha256;
        let (mut placed, waiting): (Vec<_>, Vec<_>) = set.annotations.iter().partition(here);
        placed.sort_by(|a, b| a.order().cmp(&b.order()));
        let (of, proposed) = ((&document.record.id, &set.annotator), document.proposed(&set.text_sha256));
        let relations = set.relations.iter().collect();
        Some(Self::new(of, set.progress, text, scheme, proposed, [placed, waiting], relations))
    }

    /// The work in a set in memory; `proposed` is what in its text was proposed as not the article.
    #[must_use]
    pub fn of_working(set: &'a WorkingSet, text: &'a Text, proposed: &[Span], scheme: &'a Scheme) -> Self {
        let placed = set.annotations().map(|annotation| &**annotation).collect();
        let waiting = set.waiting().map(|annotation| &**annotation).collect();
        let relations = set.relations().map(|relation| &**relation).collect();
        let of = (set.state().document(), set.state().annotator());
        Self::new(of, set.progress(), text, scheme, proposed, [placed, waiting], relations)
    }

    fn new(
        (document, annotator): (&'a DocumentId, &'a AnnotatorName),
        progress: Progress,
        text: &'a Text,
        scheme: &'a Scheme,
        proposed: &[Span],
        [mut annotations, waiting]: [Vec<&'a Annotation>; 2],
        relations: Vec<&'a Relation>,
    ) -> Self {
        let aside = paratext(proposed, annotations.iter().copied());
        let placed = annotations.len();
        annotations.extend(waiting);
        let numbers: HashMap<&AnnotationId, usize> =
            annotations.iter().enumerate().map(|(number, annotation)| (&annotation.id, number)).collect();
        let end = |id: &AnnotationId| numbers.get(id).copied();
        let ends: Vec<_> = relations.iter().map(|relation| [end(&relation.from), end(&relation.to)]).collect();
        let mut at = vec![[Vec::new(), Vec::new()]; annotations.len()];
        for (number, ends) in ends.iter().enumerate() {
            for (side, end) in ends.iter().enumerate() {
                end.iter().for_each(|&end| at[end][side].push(number));
            }
        }
        Self { document, annotator, progress, text, scheme, aside, annotations, placed, relations, ends, at }
    }

    /// The numbers of the annotations that lie in the text, in its order.
    pub(super) fn placed(&self) -> std::ops::Range<usize> {
        0..self.placed
    }

    /// The same, less the marks of what is not the article.
    pub(super) fn tags(&self) -> impl Iterator<Item = (usize, &'a Annotation)> {
        let tag = |(_, annotation): &(usize, &Annotation)| annotation.label != PARATEXT;
        self.annotations[..self.placed].iter().copied().enumerate().filter(tag)
    }

    pub(super) fn is_placed(&self, number: usize) -> bool {
        number < self.placed
    }

    pub(super) fn annotation(&self, number: usize) -> &'a Annotation {
        self.annotations[number]
    }

    /// All relations with the numbers of their ends.
    pub(super) fn ties(&self) -> impl Iterator<Item = (&'a Relation, [Option<usize>; 2])> {
        self.relations.iter().copied().zip(self.ends.iter().copied())
    }

    /// The relations that start from an annotation, with the number of the other end.
    pub(super) fn from(&self, number: usize) -> impl Iterator<Item = (&'a Relation, Option<usize>)> {
        self.at[number][0].iter().map(|&relation| (self.relations[relation], self.ends[relation][1]))
    }

    /// The relations that lead to an annotation, with the number of the other end.
    pub(super) fn to(&self, number: usize) -> impl Iterator<Item = (&'a Relation, Option<usize>)> {
        self.at[number][1].iter().map(|&relation| (self.relations[relation], self.ends[relation][0]))
    }

    /// Something found, about the annotations with these numbers.
    pub(super) fn finding(&self, rule: &Rule, about: &[usize], span: Span, message: String) -> Finding {
        Finding {
            rule: rule.name,
            severity: rule.severity,
            document: self.document.clone(),
            annotator: self.annotator.clone(),
            annotations: about.iter().map(|&number| self.annotations[number].id.clone()).collect(),
            span,
            message,
            hint: rule.hint.to_owned(),
            fix: None,
        }
    }

    /// A problem of the annotation with that number, as a finding.
    pub(super) fn broken(&self, problem: Problem, number: usize) -> Finding {
        let annotation = self.annotations[number];
        Finding {
            rule: problem.rule,
            severity: problem.severity,
            document: self.document.clone(),
            annotator: self.annotator.clone(),
            annotations: vec![annotation.id.clone()],
            span: annotation.extent(),
            message: problem.message,
            hint: problem.hint,
            fix: None,
        }
    }
}

/// The names that most projects give to what is looked at by its meaning.
pub(super) const QUOTE: &str = "quote";
pub(super) const CLAIM: &str = "claim";
pub(super) const SOURCE: &str = "source";
pub(super) const DENIAL: &str = "denial";
pub(super) const ENTITY: &str = "entity";

/// The value of an attribute.
pub(super) fn value<'a>(annotation: &'a Annotation, name: &str) -> Option<&'a str> {
    annotation.attributes.get(name).map(String::as_str)
}

/// The words of an annotation, short, and in quote marks unless they have some.
pub(super) fn words(annotation: &Annotation) -> String {
    let all = annotation.quote();
    let mut short: String = all.chars().take(48).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    if short.len() < all.len() {
        short.push('…');
    }
    let short = short.trim();
    if short.starts_with(is_mark) { short.to_owned() } else { format!("“{short}”") }
}
