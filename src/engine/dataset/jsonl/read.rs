//! Reading records from JSON lines.

use std::{
    borrow::Cow,
    cell::OnceCell,
    collections::{BTreeMap, HashMap},
    path::PathBuf,
    sync::Arc,
};

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
    #[serde(default, borrow)]
    text: Option<Cow<'a, str>>,
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
    spans: Vec<Span>,
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

/// Reads files of records, and those in folders. A line without a text has that of the known document with its id.
///
/// # Errors
///
/// When a file cannot be read.
pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    let texts: HashMap<_, _> = options.known.iter().map(|known| (known.id.clone(), known.text.clone())).collect();
    lines(&find_ending(paths, &["jsonl", "ndjson"])?, move |chunk, told| {
        let mut records = Vec::new();
        for (number, line) in chunk.lines(told) {
            let (place, pruned) = ((chunk.file(), number), OnceCell::new());
            let read = serde_json::from_str::<Line<'_>>(line).or_else(|reason| {
                let pruned = pruned.get_or_init(|| known(line, told).unwrap_or_default());
                serde_json::from_str(pruned).map_err(|_| reason)
            });
            let text = |line: &mut Line<'_>| match line.text.take() {
                Some(text) => Some(Arc::new(Text::new(text.into_owned()))),
                None => texts.get(line.id.as_ref()).cloned(),
            };
            match read.map(|mut line| (text(&mut line), line)) {
                Ok((Some(text), read)) => records.push(record(read, text, place, told)),
                Ok((None, read)) => {
                    let reason = format!("it has no `text`, and that of `{}` is not known", read.id);
                    told.refuse(place, Kind::Document, reason, line);
                }
                Err(reason) => told.refuse(place, Kind::Document, reason.to_string(), line),
            }
        }
        records
    })
}

/// A line without the fields that are not known, which are told; nothing if it has none or is no object.
fn known(line: &str, told: &mut Told) -> Option<String> {
    const RECORD: &[&str] = &["id", "text", "meta", "annotator", "annotations", "relations"];
    const TAG: &[&str] = &["id", "label", "spans", "text", "attributes", "note", "origin", "created"];
    const TIE: &[&str] = &["id", "kind", "from", "to"];
    let mut value: serde_json::Value = serde_json::from_str(line).ok()?;
    let mut gone = prune(&mut value, RECORD);
    for (list, names) in [("annotations", TAG), ("relations", TIE)] {
        let items = value.get_mut(list).and_then(serde_json::Value::as_array_mut).into_iter().flatten();
        gone.extend(items.flat_map(|item| prune(item, names)));
    }
    let any = !gone.is_empty();
    gone.into_iter().for_each(|name| told.note(format!("the field `{name}` is not known and not kept")));
    any.then(|| value.to_string())
}

/// Takes all fields but these out of an object, and gives their names.
fn prune(value: &mut serde_json::Value, names: &[&str]) -> Vec<String> {
    let Some(object) = value.as_object_mut() else { return Vec::new() };
    let gone: Vec<_> = object.keys().filter(|name| !names.contains(&name.as_str())).cloned().collect();
    gone.iter().for_each(|name| drop(object.remove(name)));
    gone
}

/// The record of a line; what does not fit is told.
fn record(line: Line<'_>, text: Arc<Text>, place: (&str, u64), told: &mut Told) -> Record {
    let mut record = Record {
        id: line.id.into_owned(),
        text,
        meta: line.meta,
        annotator: line.annotator,
        annotations: Vec::with_capacity(line.annotations.len()),
        ..Record::default()
    };
    for tag in line.annotations {
        if let Some(why) = why_not(&tag, &record.text) {
            told.refuse(place, Kind::Annotation, format!("annotation `{}`: {why}", tag.id), tag_text(&tag));
            continue;
        }
        let Tag { id, label, spans, attributes, note, origin, created, .. } = tag;
        record.annotations.push(Annotation { id, label, spans, attributes, note, origin, created });
    }
    let (mut places, mut again) = (HashMap::with_capacity(record.annotations.len()), Vec::new());
    for (at, annotation) in record.annotations.iter().enumerate() {
        if places.contains_key(annotation.id.as_str()) {
            let reason = format!("annotation `{}`: another annotation has the same id", annotation.id);
            told.refuse(place, Kind::Annotation, reason, super::write::annotation(&record, annotation));
            again.push(at);
        } else {
            places.insert(annotation.id.as_str(), at);
        }
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
    if !again.is_empty() {
        record.retain(|at, _| again.binary_search(&at).is_err());
    }
    record
}

fn why_not(tag: &Tag<'_>, text: &Text) -> Option<String> {
    let spans = &tag.spans;
    misfit(text, spans).or_else(|| {
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
