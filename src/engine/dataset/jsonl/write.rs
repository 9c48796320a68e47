//! Writing records as JSON lines.

use std::{collections::BTreeMap, io::Write};

use ascribe_schema::Span;
use serde::{Serialize, Serializer, ser::SerializeSeq};

use crate::{
    dataset::{
        Annotation, DatasetError, Entry, Holds, Meta, Origin, Record, Relation, json,
        pump::{Encode, Place, Sink},
    },
    store::Stream,
};

/// Writes one record a line.
pub struct Writer;

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    meta: &'a Meta,
    #[serde(skip_serializing_if = "str::is_empty")]
    annotator: &'a str,
    #[serde(skip_serializing_if = "Annotations::is_empty")]
    annotations: Annotations<'a>,
    #[serde(skip_serializing_if = "Relations::is_empty")]
    relations: Relations<'a>,
}

struct Annotations<'a>(&'a Record);

struct Relations<'a>(&'a Record);

#[derive(Serialize)]
struct Tag<'a> {
    id: &'a str,
    label: &'a str,
    spans: Pairs<'a>,
    text: Slices<'a>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    attributes: &'a BTreeMap<String, String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<&'a Origin>,
    #[serde(skip_serializing_if = "str::is_empty")]
    created: &'a str,
}

#[derive(Serialize)]
struct Tie<'a> {
    id: &'a str,
    kind: &'a str,
    from: &'a str,
    to: &'a str,
}

struct Pairs<'a>(&'a [Span]);

struct Slices<'a>(&'a Record, &'a [Span]);

impl Annotations<'_> {
    fn is_empty(&self) -> bool {
        self.0.annotations.is_empty()
    }
}

impl Relations<'_> {
    fn is_empty(&self) -> bool {
        self.0.relations.is_empty()
    }
}

impl Serialize for Annotations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let tag = |annotation| tag(self.0, annotation);
        serializer.collect_seq(self.0.annotations.iter().map(tag))
    }
}

fn tag<'a>(record: &'a Record, annotation: &'a Annotation) -> Tag<'a> {
    let Annotation { id, label, spans, attributes, note, origin, created } = annotation;
    let (text, spans, origin) = (Slices(record, spans), Pairs(spans), origin.as_ref());
    Tag { id, label, spans, text, attributes, note, origin, created }
}

impl Serialize for Relations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.relations.iter().map(|relation| tie(self.0, relation)))
    }
}

fn tie<'a>(record: &'a Record, relation: &'a Relation) -> Tie<'a> {
    let id = |at: usize| record.annotations[at].id.as_str();
    Tie { id: &relation.id, kind: &relation.kind, from: id(relation.from), to: id(relation.to) }
}

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pairs = serializer.serialize_seq(Some(self.0.len()))?;
        self.0.iter().try_for_each(|span| pairs.serialize_element(&[span.start.0, span.end.0]))?;
        pairs.end()
    }
}

impl Serialize for Slices<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.iter().map(|span| self.0.slice(*span)))
    }
}

/// One annotation of a record as JSON, with its words and without the record's text.
pub(in crate::dataset) fn annotation(record: &Record, annotation: &Annotation) -> String {
    serde_json::to_string(&tag(record, annotation)).unwrap_or_default()
}

/// A relation as a record has it, as JSON.
pub(in crate::dataset) fn relation(record: &Record, relation: &Relation) -> String {
    serde_json::to_string(&tie(record, relation)).unwrap_or_default()
}

/// A record as one line of JSON, without its end.
pub(in crate::dataset) fn line(record: &Record, out: &mut Vec<u8>) -> serde_json::Result<()> {
    let Record { id, text, meta, annotator, .. } = record;
    let (annotations, relations) = (Annotations(record), Relations(record));
    json::write(&Line { id, text: text.as_str(), meta, annotator, annotations, relations }, out)
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
            line(entry.record(), &mut out).map_err(|_| DatasetError::Crashed)?;
            out.push(b'\n');
        }
        Ok(out)
    }

    fn open(&self, place: Place<'_>) -> Result<Lines, DatasetError> {
        Ok(Lines(place.stream()?))
    }
}

/// Bytes one after the other into one file; for every format that needs nothing else.
pub(in crate::dataset) struct Lines(pub Stream);

impl Sink<Vec<u8>> for Lines {
    fn put(&mut self, place: Place<'_>, piece: Vec<u8>) -> Result<(), DatasetError> {
        self.0.write_all(&piece).map_err(|source| place.io(source))
    }

    fn finish(mut self, place: Place<'_>) -> Result<(), DatasetError> {
        self.0.flush().map_err(|source| place.io(source))
    }
}
