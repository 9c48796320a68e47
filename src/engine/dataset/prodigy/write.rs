//! Writing tasks for Prodigy.

use std::collections::BTreeMap;

use ascribe_schema::Span;
use serde::Serialize;

use crate::dataset::{
    Annotation, DatasetError, Entry, Holds, Meta, Thing, json,
    jsonl::Lines,
    pump::{Encode, Place},
    tokens::{Token, fitted, touched},
};

/// Writes one task a line.
pub struct Writer;

#[derive(Serialize)]
struct Task<'a> {
    id: &'a str,
    text: &'a str,
    tokens: Vec<Word<'a>>,
    spans: Vec<Mark<'a>>,
    relations: Vec<Tie<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    meta: &'a Meta,
    answer: &'a str,
    _view_id: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    _annotator_id: &'a str,
}

#[derive(Serialize)]
struct Word<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    id: usize,
    ws: bool,
}

#[derive(Serialize)]
struct Mark<'a> {
    #[serde(flatten)]
    bounds: Bounds<'a>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Clone, Copy, Serialize)]
struct Bounds<'a> {
    start: u32,
    end: u32,
    token_start: usize,
    token_end: usize,
    label: &'a str,
    annotation: &'a str,
}

#[derive(Serialize)]
struct Tie<'a> {
    head: usize,
    child: usize,
    label: &'a str,
    head_span: Bounds<'a>,
    child_span: Bounds<'a>,
    id: &'a str,
}

impl Encode for Writer {
    type Piece = Vec<u8>;
    type Sink = Lines;

    fn holds(&self) -> Holds {
        Holds::ALL
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Vec<u8>, DatasetError> {
        let mut out = Vec::with_capacity(1 << 20);
        for entry in entries {
            decide(entry);
            json::line(&task(entry), &mut out).map_err(|_| DatasetError::Crashed)?;
        }
        Ok(out)
    }

    fn open(&self, place: Place<'_>) -> Result<Lines, DatasetError> {
        Ok(Lines(place.stream()?))
    }
}

/// Says what is written in keys that Prodigy keeps, but has no use for.
fn decide(entry: &mut Entry) {
    let counts = entry
        .record()
        .annotations
        .iter()
        .map(|annotation| (annotation.spans.len(), annotation.attributes.len(), !annotation.note.is_empty()));
    for (at, (fragments, attributes, note)) in counts.collect::<Vec<_>>().into_iter().enumerate() {
        if fragments > 1 {
            entry.degrade(Thing::Annotation(at), "its fragments are spans of their own to Prodigy");
        }
        let why = "in a key that Prodigy keeps and does not show";
        (0..attributes).for_each(|attribute| entry.degrade(Thing::Attribute(at, attribute), why));
        if note {
            entry.degrade(Thing::Note(at), why);
        }
    }
}

fn task(entry: &Entry) -> Task<'_> {
    let record = entry.record();
    let tokens = fitted(&record.text, entry.annotations().flat_map(|(_, annotation)| annotation.spans.clone()));
    let mut spans: Vec<_> =
        entry.annotations().flat_map(|(at, annotation)| marks(entry, at, annotation, &tokens)).collect();
    spans.sort_by_key(|mark| (mark.bounds.start, mark.bounds.end));
    let end = |at: usize| {
        let annotation = &record.annotations[at];
        bounds(annotation, annotation.spans.first().copied().unwrap_or_default(), &tokens)
    };
    let relations: Vec<_> = entry
        .relations()
        .map(|(_, relation)| {
            let (head_span, child_span) = (end(relation.from), end(relation.to));
            let (head, child) = (head_span.token_end, child_span.token_end);
            Tie { head, child, label: &relation.kind, head_span, child_span, id: &relation.id }
        })
        .collect();
    Task {
        id: &record.id,
        text: record.text.as_str(),
        tokens: tokens.iter().enumerate().map(|(id, token)| word(record.text.as_str(), id, token)).collect(),
        spans,
        _view_id: if relations.is_empty() { "spans_manual" } else { "relations" },
        relations,
        meta: &record.meta,
        answer: "accept",
        _annotator_id: &record.annotator,
    }
}

fn word<'a>(text: &'a str, id: usize, token: &Token) -> Word<'a> {
    let Token { span, bytes, space } = *token;
    Word { text: &text[bytes.0..bytes.1], start: span.start.0, end: span.end.0, id, ws: space }
}

/// A mark for each fragment; what is said of the annotation stands on the first.
fn marks<'a>(entry: &'a Entry, at: usize, annotation: &'a Annotation, tokens: &[Token]) -> Vec<Mark<'a>> {
    let marks = annotation.spans.iter().enumerate().map(|(fragment, span)| {
        let bounds = bounds(annotation, *span, tokens);
        let first = fragment == 0;
        let attributes = if first { entry.attributes(at).collect() } else { BTreeMap::new() };
        Mark { bounds, attributes, note: entry.note(at).filter(|_| first) }
    });
    marks.collect()
}

fn bounds<'a>(annotation: &'a Annotation, span: Span, tokens: &[Token]) -> Bounds<'a> {
    let (first, after) = touched(tokens, span);
    let (start, end) = (span.start.0, span.end.0);
    let (label, annotation) = (annotation.label.as_str(), annotation.id.as_str());
    Bounds { start, end, token_start: first, token_end: after.saturating_sub(1), label, annotation }
}
