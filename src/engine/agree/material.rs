//! What figures are made of: comparisons, and which part of them a slice is.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{Annotation, AnnotatorName, DocumentId, Scheme};

use super::Slice;
use crate::compare::Comparison;

/// What was compared, with what is needed to measure it.
pub(super) struct Material<'a> {
    pub annotators: &'a [AnnotatorName],
    pub scheme: &'a Scheme,
    /// The labels that anybody gave: those of the scheme in its order, then others by name.
    pub labels: Vec<String>,
    documents: Vec<Part<'a>>,
    /// How many annotators most documents have.
    usual: usize,
}

/// A document, with the annotators who are measured in it.
#[derive(Clone)]
pub(super) struct Part<'a> {
    pub comparison: &'a Comparison,
    /// Their sides, in the order of the annotators.
    pub sides: Vec<usize>,
    /// The annotators' numbers.
    pub who: Vec<usize>,
}

impl<'a> Material<'a> {
    pub fn new(annotators: &'a [AnnotatorName], comparisons: &'a [Comparison], scheme: &'a Scheme) -> Self {
        let part = |comparison: &'a Comparison| {
            let side = |who: usize| comparison.sides.iter().position(|side| side.annotator == annotators[who]);
            let there = (0..annotators.len()).filter_map(|who| Some((side(who)?, who)));
            let (sides, who) = there.unzip();
            Part { comparison, sides, who }
        };
        let documents: Vec<_> = comparisons.iter().map(part).collect();
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for document in &documents {
            *counts.entry(document.sides.len()).or_default() += 1;
        }
        let usual =
            counts.iter().max_by_key(|(annotators, times)| (**times, **annotators)).map_or(0, |(count, _)| *count);
        let given: BTreeSet<&str> =
            documents.iter().flat_map(|part| part.annotations().map(|annotation| annotation.label.as_str())).collect();
        let known = scheme.labels.iter().map(|label| label.name.as_str());
        let mut labels: Vec<String> = known.filter(|name| given.contains(name)).map(str::to_owned).collect();
        let others: Vec<_> = given.iter().filter(|name| !labels.iter().any(|label| label == *name)).collect();
        labels.extend(others.into_iter().map(|name| (*name).to_owned()));
        Self { annotators, scheme, labels, documents, usual }
    }

    /// The documents that figures over all annotators leave out.
    pub fn left_out(&self) -> Vec<DocumentId> {
        let odd = self.documents.iter().filter(|part| part.sides.len() != self.usual);
        odd.map(|part| part.comparison.document.clone()).collect()
    }

    /// The documents of a slice; of a pair, those that both have annotated.
    pub fn parts(&self, slice: &Slice) -> Vec<Part<'a>> {
        let here = |part: &&Part<'_>| slice.document.as_ref().is_none_or(|id| *id == part.comparison.document);
        self.documents.iter().filter(here).filter_map(|part| part.narrowed(slice.pair)).collect()
    }

    /// The documents of a slice by as many annotators as most have, for measures that do not tell annotators apart.
    pub fn usual_parts(&self, slice: &Slice) -> Vec<Part<'a>> {
        let parts = self.parts(slice);
        if slice.pair.is_some() || slice.document.is_some() {
            return parts;
        }
        parts.into_iter().filter(|part| part.sides.len() == self.usual).collect()
    }
}

impl<'a> Part<'a> {
    /// Only these two annotators; nothing where one of them has not annotated the document.
    fn narrowed(&self, pair: Option<(usize, usize)>) -> Option<Self> {
        let Some((one, two)) = pair else { return Some(self.clone()) };
        let side = |who: usize| Some(self.sides[self.who.iter().position(|number| *number == who)?]);
        Some(Self { comparison: self.comparison, sides: vec![side(one)?, side(two)?], who: vec![one, two] })
    }

    /// The annotations of everybody who is measured.
    pub fn annotations(&self) -> impl Iterator<Item = &'a Annotation> {
        self.sides.iter().flat_map(|side| self.comparison.sides[*side].set.annotations.iter())
    }

    /// What each of them has in a unit.
    pub fn members(&self, unit: usize) -> Vec<Option<&'a Annotation>> {
        self.sides.iter().map(|side| self.comparison.member(unit, *side)).collect()
    }

    /// The numbers of the units in which at least two of them have something.
    pub fn matched(&self) -> impl Iterator<Item = usize> {
        let two = |unit: &usize| {
            let members = &self.comparison.units[*unit].members;
            self.sides.iter().filter(|side| members[**side].is_some()).count() >= 2
        };
        (0..self.comparison.units.len()).filter(two)
    }
}
