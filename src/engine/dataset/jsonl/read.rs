//! Reading records from JSON lines.

use std::{borrow::Cow, collections::BTreeMap, collections::HashMap, path::PathBuf, sync::Arc};

use ascribe_schema::{Span, Text};
use serde::Deserialize;

use crate::dataset::{
    Annotation, DatasetError, Kind, Meta, Origin, ReadOptions, Record, Relation, Told, Works,
    files::{Peek, find_ending, lines},
    misfit,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(default)]
    meta: Meta,
    #[serde(default)]
    annotator: String,
    #[serde(default, borrow)]
    annotations: Vec<Tag<'a>>,
    #[serde(default, borrow)]
    relations: Vec<Tie<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tag<'a> {
    id: String,
    label: String,
    spans: Vec<(u32, u32)>,
    #[serde(default, borrow)]
    text: Vec<Cow<'a, str>>,
    #[serde(default)]
    attributes: BTreeMap<String, String>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    origin: Option<Origin>,
    #[serde(default)]
    created: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tie<'a> {
    id: String,
    kind: String,
    #[serde(borrow)]
    from: Cow<'a, str>,
    #[serde(borrow)]
    to: Cow<'a, str>,
}

/// Whether a file is of this format.
pub fn recognise(peek: &Peek<'_>) -> bool {
    peek.first_object().is_some_and(|object| {
        let list = |name: &str| object.get(name).is_none_or(|value| value.as_array().is_some());
        object.get("id").is_some_and(serde_json::Value::is_string)
            && object.get("text").is_some_and(serde_json::Value::is_string)
            && list("annotations")
            && list("relations")
            && ["annotations", "annotator", "meta"].iter().any(|name| object.contains_key(*name))
            && !["tokens", "spans", "entities", "label", "labels"].iter().any(|name| object.contains_key(*name))
    })
}

/// Reads files of records, and those in folders.
///
/// # Errors
///
/// When a file cannot be read.
pub fn open(paths: &[PathBuf], _: &ReadOptions) -> Result<Works, DatasetError> {
    lines(&find_ending(paths, &["jsonl", "ndjson"])?, |chunk, told| {
        let mut records = Vec::new();
        for (number, line) in chunk.lines(told) {
            match serde_json::from_str::<Line<'_>>(line) {
                Ok(read) => records.push(record(read, (chunk.file(), number), told)),
                Err(reason) => told.refuse((chunk.file(), number), Kind::Document, reason.to_string(), line),
            }
        }
        records
    })
}

/// The record of a line; what does not fit is told.
fn record(line: Line<'_>, place: (&str, u64), told: &mut Told) -> Record {
    let text = Text::new(line.text.into_owned());
    let mut record = Record {
        id: line.id.into_owned(),
        meta: line.meta,
        annotator: line.annotator,
        annotations: Vec::with_capacity(line.annotations.len()),
        ..Record::default()
    };
    let mut places = HashMap::with_capacity(line.annotations.len());
    for tag in line.annotations {
        if let Some(why) = why_not(&tag, &text)
            .or_else(|| places.contains_key(&tag.id).then(|| "another annotation has the same id".to_owned()))
        {
            told.refuse(place, Kind::Annotation, format!("annotation `{}`: {why}", tag.id), tag_text(&tag));
            continue;
        }
        places.insert(tag.id.clone(), record.annotations.len());
        let spans = tag.spans.iter().map(|&(start, end)| Span::new(start, end)).collect();
        let Tag { id, label, attributes, note, origin, created, .. } = tag;
        record.annotations.push(Annotation { id, label, spans, attributes, note, origin, created });
    }
    for Tie { id, kind, from, to } in line.relations {
        match (places.get(from.as_ref()), places.get(to.as_ref())) {
            (Some(&from), Some(&to)) => record.relations.push(Relation { id, kind, from, to }),
            _ => {
                let content = serde_json::json!({ "id": id, "kind": kind, "from": from, "to": to }).to_string();
                let reason = format!("relation `{id}`: there is no annotation at an end of it");
                told.refuse(place, Kind::Relation, reason, content);
            }
        }
    }
    record.text = Arc::new(text);
    record
}

fn why_not(tag: &Tag<'_>, text: &Text) -> Option<String> {
    let spans: Vec<_> = tag.spans.iter().map(|&(start, end)| Span::new(start, end)).collect();
    misfit(text, &spans).or_else(|| {
        let same = |(span, quote): (&Span, &Cow<'_, str>)| text.slice(*span) == Some(quote.as_ref());
        let proved = tag.text.is_empty() || (tag.text.len() == spans.len() && spans.iter().zip(&tag.text).all(same));
        (!proved).then(|| "its text is not what stands at its offsets, which count code points".to_owned())
    })
}

fn tag_text(tag: &Tag<'_>) -> String {
    let Tag { id, label, spans, text, attributes, note, origin, created } = tag;
    serde_json::json!({
        "id": id, "label": label, "spans": spans, "text": text, "attributes": attributes, "note": note,
        "origin": origin, "created": created,
    })
    .to_string()
}
