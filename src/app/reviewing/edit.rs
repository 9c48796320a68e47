//! What an adjudicator makes instead of what annotators have.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{Annotation, AnnotationRef, Edited, Link, Scheme, Span, Text};

use super::{compared::Compared, layers::shown_made};
use crate::command::Change;

/// Under which id it is shown while it is made.
pub const EDITED: &str = "edited";

/// A tag that is being made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The case that it is about; nothing for what everybody overlooked.
    pub case: Option<usize>,
    /// What it is by now.
    pub made: Edited,
}

impl Edit {
    /// Starts from what the first side has that has something.
    #[must_use]
    pub fn of_case(compared: &Compared, case: usize) -> Option<Self> {
        let (side, _) = compared.members(case).next()?;
        Some(Self { case: Some(case), made: made(compared, case, side)? })
    }

    /// Starts from words that nobody has tagged.
    #[must_use]
    pub fn of_words(label: &str, span: Span, text: &Text) -> Self {
        let made = Edited {
            label: label.to_owned(),
            spans: vec![span],
            text: words(&[span], text),
            attributes: BTreeMap::new(),
            links: Vec::new(),
        };
        Self { case: None, made }
    }

    /// Changes it. `selected` are the words that are selected.
    pub fn change(
        &mut self,
        change: Change,
        compared: &Compared,
        selected: Option<Span>,
        text: &Text,
        scheme: &Scheme,
    ) {
        match change {
            Change::From(side) => {
                let from = self.case.and_then(|case| made(compared, case, side));
                self.made = from.unwrap_or_else(|| self.made.clone());
            }
            Change::Words(side) => {
                let from = self.case.and_then(|case| compared.comparison.member(case, side));
                if let Some(from) = from {
                    (self.made.spans, self.made.text) = (from.spans.clone(), from.text.clone());
                }
            }
            Change::Selection => {
                if let Some(span) = selected {
                    (self.made.spans, self.made.text) = (vec![span], words(&[span], text));
                }
            }
            Change::Label(label) => {
                // Values that the other label does not have would make it unfit to be decided.
                let rules = scheme.label(&label);
                let fits = |name: &str, value: &str| {
                    rules.and_then(|rules| rules.attribute(name)).is_some_and(|rule| rule.values.allows(value))
                };
                self.made.attributes.retain(|name, value| fits(name, value));
                self.made.label = label;
            }
            Change::Value(name, Some(value)) => drop(self.made.attributes.insert(name, value)),
            Change::Value(name, None) => drop(self.made.attributes.remove(&name)),
            Change::Link(link, true) => {
                self.made.links.push(link);
                self.made.links.sort();
                self.made.links.dedup();
            }
            Change::Link(link, false) => self.made.links.retain(|other| *other != link),
        }
    }

    /// It as it is shown.
    #[must_use]
    pub fn shown(&self, compared: &Compared) -> Annotation {
        shown_made(&compared.comparison, EDITED.into(), &self.made)
    }

    /// All ties that some side has, to choose from; those that lead to one and the same case once, by the first side.
    #[must_use]
    pub fn links(&self, compared: &Compared) -> Vec<(Link, String)> {
        let mut seen = BTreeSet::new();
        let mut links = Vec::new();
        for (side, annotation) in self.case.into_iter().flat_map(|case| compared.members(case)) {
            for (relation, to, case) in compared.links(side, annotation) {
                let there = case.map_or_else(|| to.id.to_string(), |case| case.to_string());
                if seen.insert((relation.kind.clone(), there)) {
                    links.push((link(compared, side, &relation.kind, to), to.quote()));
                }
            }
        }
        links
    }
}

/// What a side has, as an adjudicator could have made it.
fn made(compared: &Compared, case: usize, side: usize) -> Option<Edited> {
    let from = compared.comparison.member(case, side)?;
    let links = compared.links(side, from).map(|(relation, to, _)| link(compared, side, &relation.kind, to));
    let mut links: Vec<_> = links.collect();
    links.sort();
    links.dedup();
    Some(Edited {
        label: from.label.clone(),
        spans: from.spans.clone(),
        text: from.text.clone(),
        attributes: from.attributes.clone(),
        links,
    })
}

/// A tie to a case, by the first side that has it: so that one tie has one name, whoever it was taken from.
fn link(compared: &Compared, side: usize, kind: &str, to: &Annotation) -> Link {
    let annotator = compared.comparison.sides[side].annotator.clone();
    let case = compared.case_with(&AnnotationRef { annotator: annotator.clone(), annotation: to.id.clone() });
    let own = AnnotationRef { annotator, annotation: to.id.clone() };
    let to = case.and_then(|case| compared.refs(case).into_iter().next()).unwrap_or(own);
    Link { kind: kind.to_owned(), to }
}

fn words(spans: &[Span], text: &Text) -> Vec<String> {
    spans.iter().filter_map(|&span| text.slice(span)).map(str::to_owned).collect()
}
