//! Which tokens annotations lie on, and what of them the columns cannot hold.

use std::{borrow::Cow, collections::BTreeMap, num::NonZeroU32};

use crate::{
    dataset::{
        Entry, Thing,
        tokens::{Token, tokens, touched},
    },
    sentence::line_ends,
};

const WIDENED: &str = "its bounds lie inside words and were moved to whole words";
const TRIMMED: &str = "the white space at its ends was left out";
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

/// What a token has in a column: a label, by its number, and where in it; or nothing.
pub type Cell = Option<(NonZeroU32, Part)>;

/// A document as tokens with tags.
#[derive(Debug)]
pub struct Tagged {
    /// The tokens.
    pub tokens: Vec<Token>,
    /// For each token, whether a sentence begins with it.
    pub begins: Vec<bool>,
    /// For each token all its columns.
    pub cells: Vec<Cell>,
    /// How many columns there are.
    pub columns: usize,
    /// For each token, whether it has a tag in any column.
    pub any: Vec<bool>,
}

/// A label as a column can hold it.
pub fn label(label: &str) -> Cow<'_, str> {
    let bad = |c: char| c.is_whitespace() || c.is_control();
    if label.is_empty() {
        return "_".into();
    }
    if label.contains(bad) { label.replace(bad, "_").into() } else { label.into() }
}

/// Decides what a record's tokens are tagged with, and marks what cannot be. `labels` are the columns, counted
/// from 1; with `one` they share a single one.
pub fn tag(entry: &mut Entry, labels: &BTreeMap<String, NonZeroU32>, one: bool) -> Tagged {
    let record = entry.record();
    let tokens = tokens(&record.text, false);
    let begins = sentences(record.text.as_str(), &tokens);
    let columns = if one { 1 } else { labels.len() };
    let (cells, any) = (vec![None; tokens.len() * columns], vec![false; tokens.len()]);
    let mut tagged = Tagged { tokens, begins, cells, columns, any };
    let mut order: Vec<_> = entry.annotations().map(|(at, annotation)| (annotation, at)).collect();
    let length = |spans: &[ascribe_schema::Span]| spans.iter().map(|span| span.len()).sum::<u32>();
    order.sort_by_cached_key(|(annotation, at)| (u32::MAX - length(&annotation.spans), annotation.hull().start, *at));
    let mut marks = Marks::default();
    for (annotation, at) in order {
        let name = label(&annotation.label);
        let Some(&number) = labels.get(name.as_ref()) else { continue };
        let column = if one { 0 } else { number.get() as usize - 1 };
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
        let mut changed = Vec::new();
        for (number, span) in annotation.spans.iter().enumerate() {
            let (first, after) = touched(&self.tokens, *span);
            let thing = Thing::Fragment(at, number);
            if first == after {
                marks.left.push((thing, NOTHING));
            } else if places.last().is_some_and(|last| first < last.1) {
                marks.left.push((thing, SHARED));
            } else {
                let whole = (self.tokens[first].span.start, self.tokens[after - 1].span.end);
                if whole != (span.start, span.end) {
                    let wider = whole.0 < span.start || whole.1 > span.end;
                    let why = if wider { WIDENED } else { TRIMMED };
                    changed.push(why);
                    marks.changed.push((thing, why));
                }
                places.push((first, after));
            }
        }
        marks.changed.extend(changed.into_iter().map(|why| (Thing::Annotation(at), why)));
        places
    }

    fn is_taken(&self, column: usize, first: usize, after: usize) -> bool {
        (first..after).any(|token| self.cells[token * self.columns + column].is_some())
    }

    fn fill(&mut self, column: usize, label: NonZeroU32, first: usize, after: usize) {
        for token in first..after {
            let part = match (token == first, token + 1 == after) {
                (true, true) => Part::Only,
                (true, false) => Part::First,
                (false, true) => Part::Last,
                (false, false) => Part::Inner,
            };
            self.cells[token * self.columns + column] = Some((label, part));
            self.any[token] = true;
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
