//! Writing lines for doccano.

use std::collections::BTreeMap;

use ascribe_schema::Offset;
use serde::Serialize;

use super::unit;
use crate::dataset::{
    DatasetError, Entry, Holds, Meta, Thing, Unit, json,
    jsonl::Lines,
    pump::{Encode, Place},
};

/// Writes one document a line, with offsets in that unit.
pub struct Writer(pub Unit);

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    text: &'a str,
    entities: Vec<Entity<'a>>,
    relations: Vec<Tie<'a>>,
    #[serde(rename = "Comments")]
    comments: Vec<&'a str>,
    annotator: &'a str,
    meta: &'a Meta,
    offsets: &'a str,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: usize,
    label: &'a str,
    start_offset: usize,
    end_offset: usize,
    annotation: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
}

#[derive(Serialize)]
struct Tie<'a> {
    id: usize,
    from_id: usize,
    to_id: usize,
    #[serde(rename = "type")]
    kind: &'a str,
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
            json::line(&self.line(entry), &mut out).map_err(|_| DatasetError::Crashed)?;
        }
        Ok(out)
    }

    fn open(&self, place: Place<'_>) -> Result<Lines, DatasetError> {
        Ok(Lines(place.stream()?))
    }
}

/// Says what doccano refuses, and what is written in keys that it leaves aside.
fn decide(entry: &mut Entry) {
    if entry.record().text.is_empty() {
        entry.degrade(Thing::Document, "doccano imports no document without text");
    }
    let counts = entry
        .record()
        .annotations
        .iter()
        .map(|annotation| (annotation.spans.len(), annotation.attributes.len(), !annotation.note.is_empty()));
    for (at, (fragments, attributes, note)) in counts.collect::<Vec<_>>().into_iter().enumerate() {
        if fragments > 1 {
            entry.degrade(Thing::Annotation(at), "its fragments are entities of their own to doccano");
        }
        let why = "in a key that doccano leaves aside";
        (0..attributes).for_each(|attribute| entry.degrade(Thing::Attribute(at, attribute), why));
        if note {
            entry.degrade(Thing::Note(at), why);
        }
    }
}

impl Writer {
    fn line<'a>(&self, entry: &'a Entry) -> Line<'a> {
        let record = entry.record();
        let offset = |at: Offset| match self.0 {
            Unit::CodePoints => at.get(),
            Unit::Utf16 => record.text.utf16(at).unwrap_or_default(),
        };
        let (mut entities, mut comments) = (Vec::new(), Vec::new());
        let mut firsts = BTreeMap::new();
        for (at, annotation) in entry.annotations() {
            firsts.insert(at, entities.len());
            comments.extend(entry.note(at));
            for (fragment, span) in annotation.spans.iter().enumerate() {
                let first = fragment == 0;
                entities.push(Entity {
                    id: entities.len(),
                    label: &annotation.label,
                    start_offset: offset(span.start),
                    end_offset: offset(span.end),
                    annotation: &annotation.id,
                    attributes: if first { entry.attributes(at).collect() } else { BTreeMap::new() },
                    note: entry.note(at).filter(|_| first),
                });
            }
        }
        let first = |at: usize| firsts.get(&at).copied().unwrap_or_default();
        let ties = entry.relations().enumerate().map(|(id, (_, relation))| Tie {
            id,
            from_id: first(relation.from),
            to_id: first(relation.to),
            kind: &relation.kind,
        });
        Line {
            id: &record.id,
            text: record.text.as_str(),
            relations: ties.collect(),
            entities,
            comments,
            annotator: &record.annotator,
            meta: &record.meta,
            offsets: unit::name(self.0),
        }
    }
}
