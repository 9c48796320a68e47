//! Which tokens annotations lie on, and what of them the columns cannot hold.

use std::collections::BTreeMap;

use crate::{
    dataset::{
        Entry, Thing,
        tokens::{Token, aligned, tokens, touched},
    },
    sentence::line_ends,
};

const WIDENED: &str = "its bounds lie inside words and were moved to whole words";
const OVERLAP: &str = "it lies on words that a longer or earlier annotation with its label has";
const OVERLAP_ONE: &str = "it lies on words that a longer or earlier annotation has in the one column";
const NOTHING: &str = "it covers no word";
const SHARED: &str = "it lies on a word that another fragment of the same annotation has";
const LABEL: &str = "its label has white space, which became _";

/// Where in an annotation a token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// At its beginning, with more to come.
    First,
    /// Between its first and its last.
    Inner,
    /// At its end.
    Last,
    /// It is all of it.
    Only,
}

/// A document as tokens with tags.
#[derive(Debug)]
pub struct Tagged {
    /// The tokens.
    pub tokens: Vec<Token>,
    /// For each token, whether a sentence begins with it.
    pub begins: Vec<bool>,
    /// For each token all its columns: which label, and where in it.
    pub cells: Vec<Option<(usize, Part)>>,
    /// How many columns there are.
    pub columns: usize,
}

/// A label as a column can hold it.
pub fn label(label: &str) -> String {
    let fit = |c: char| if c.is_whitespace() || c.is_control() { '_' } else { c };
    if label.is_empty() { "_".to_owned() } else { label.chars().map(fit).collect() }
}

/// Decides what a record's tokens are tagged with, and marks what cannot be. `labels` are the columns; with `one` they
/// share a single one.
pub fn tag(entry: &mut Entry, labels: &BTreeMap<String, usize>, one: bool) -> Tagged {
    let record = entry.record();
    let tokens = tokens(&record.text, false);
    let begins = sentences(record.text.as_str(), &tokens);
    let columns = if one { 1 } else { labels.len() };
    let mut tagged = Tagged { cells: vec![None; tokens.len() * columns], tokens, begins, columns };
    let mut order: Vec<_> = entry.annotations().map(|(at, annotation)| (annotation, at)).collect();
    let length = |spans: &[ascribe_schema::Span]| spans.iter().map(|span| span.len()).sum::<u32>();
    order.sort_by_key(|(annotation, at)| (u32::MAX - length(&annotation.spans), annotation.hull().start, *at));
    let mut marks = Marks::default();
    for (annotation, at) in order {
        let name = label(&annotation.label);
        let Some(&number) = labels.get(&name) else { continue };
        let column = if one { 0 } else { number };
        let places = tagged.places(annotation, at, &mut marks);
        if places.is_empty() {
            marks.left.push((Thing::Annotation(at), NOTHING));
        } else if places.iter().any(|&(first, after)| tagged.is_taken(column, first, after)) {
            marks.left.push((Thing::Annotation(at), if one { OVERLAP_ONE } else { OVERLAP }));
        } else {
            if name != annotation.label {
                marks.changed.push((Thing::Annotation(at), LABEL));
            }
            places.iter().for_each(|&(first, after)| tagged.fill(column, number, first, after));
        }
    }
    marks.left.into_iter().for_each(|(thing, why)| entry.leave_out(thing, why));
    marks.changed.into_iter().for_each(|(thing, why)| entry.degrade(thing, why));
    tagged
}

/// What is to be marked.
#[derive(Default)]
struct Marks {
    left: Vec<(Thing, &'static str)>,
    changed: Vec<(Thing, &'static str)>,
}

impl Tagged {
    /// The tokens of each fragment: the first, and one after the last.
    fn places(&self, annotation: &crate::dataset::Annotation, at: usize, marks: &mut Marks) -> Vec<(usize, usize)> {
        let mut places: Vec<(usize, usize)> = Vec::with_capacity(annotation.spans.len());
        let mut widened = false;
        for (number, span) in annotation.spans.iter().enumerate() {
            let (first, after) = touched(&self.tokens, *span);
            let thing = Thing::Fragment(at, number);
            if first == after {
                marks.left.push((thing, NOTHING));
            } else if places.last().is_some_and(|last| first < last.1) {
                marks.left.push((thing, SHARED));
            } else {
                if !aligned(&self.tokens, *span) {
                    widened = true;
                    marks.changed.push((thing, WIDENED));
                }
                places.push((first, after));
            }
        }
        if widened {
            marks.changed.push((Thing::Annotation(at), WIDENED));
        }
        places
    }

    fn is_taken(&self, column: usize, first: usize, after: usize) -> bool {
        (first..after).any(|token| self.cells[token * self.columns + column].is_some())
    }

    fn fill(&mut self, column: usize, label: usize, first: usize, after: usize) {
        for token in first..after {
            let part = match (token == first, token + 1 == after) {
                (true, true) => Part::Only,
                (true, false) => Part::First,
                (false, true) => Part::Last,
                (false, false) => Part::Inner,
            };
            self.cells[token * self.columns + column] = Some((label, part));
            // No sentence begins inside an annotation.
            self.begins[token] &= token == first;
        }
    }
}

/// For each token, whether a sentence begins with it.
fn sentences(text: &str, tokens: &[Token]) -> Vec<bool> {
    let mut begins = vec![false; tokens.len()];
    let (mut start, mut token) = (0, 0);
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let line = &text[start..end];
        for sentence in line_ends(line) {
            let first = token;
            while tokens.get(token).is_some_and(|token| token.bytes.0 < start + sentence) {
                token += 1;
            }
            if first < token {
                begins[first] = true;
            }
        }
        start = end + 1;
    }
    begins
}
