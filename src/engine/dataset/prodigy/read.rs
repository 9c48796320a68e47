//! Reading Prodigy's tasks and what is like them.

use std::{collections::HashMap, path::PathBuf};

use ascribe_schema::Span;
use serde_json::{Map, Value};

use crate::dataset::{
    Annotation, By, DatasetError, Kind, Origin, ReadOptions, Record, Told, Unit, Works,
    elements::{self, Place, values},
    files::{Peek, named_json, numbered},
    regions::{Regions, number, span, word, words},
};

/// Keys of a task that are read, or can be made anew.
const TASK: [&str; 9] = ["id", "text", "tokens", "spans", "entities", "relations", "meta", "answer", "_annotator_id"];
/// Keys of a span that are read, or can be made anew.
const SPAN: [&str; 12] = [
    "start",
    "end",
    "token_start",
    "token_end",
    "label",
    "text",
    "annotation",
    "attributes",
    "note",
    "id",
    "source",
    "type",
];
/// Keys of a span that programs leave for themselves.
const LEFT: [&str; 4] = ["score", "rank", "input_hash", "color"];

/// Whether a file is of this format.
pub fn recognise(peek: &Peek<'_>) -> bool {
    let objects = |value: &Value, key: &str| {
        value
            .as_array()
            .is_some_and(|all| all.iter().all(|one| one.as_object().is_some_and(|one| one.contains_key(key))))
    };
    let triples = |value: &Value| value.as_array().is_some_and(|all| all.first().is_some_and(Value::is_array));
    match elements::first(peek) {
        Some(Value::Object(task)) => {
            let has = |name: &str| task.contains_key(name);
            let listed = |name: &str| task.get(name).is_some_and(Value::is_array);
            task.get("text").is_some_and(Value::is_string)
                && !["label", "labels", "annotations"].into_iter().any(listed)
                && (task.get("spans").is_some_and(|spans| objects(spans, "start"))
                    || has("_input_hash")
                    || has("_task_hash")
                    || (listed("tokens") && has("answer"))
                    || (task.get("entities").is_some_and(triples) && !listed("cats")))
        }
        Some(Value::Array(pair)) => {
            let said = |value: &Value| ["entities", "spans"].iter().any(|name| value.get(name).is_some());
            matches!(pair.as_slice(), [Value::String(_), more] if said(more))
        }
        _ => false,
    }
}

/// Reads files of tasks.
///
/// # Errors
///
/// When a file cannot be read, or there is none.
pub fn open(paths: &[PathBuf], _: &ReadOptions) -> Result<Works, DatasetError> {
    values(&named_json(paths, "prodigy")?, |place, json, told| {
        let read = match serde_json::from_str(json) {
            Ok(Value::Object(task)) => record(task, place, told),
            Ok(Value::Array(pair)) => match <[Value; 2]>::try_from(pair) {
                Ok([text, Value::Object(mut task)]) => {
                    task.insert("text".to_owned(), text);
                    record(task, place, told)
                }
                _ => Err("it is no pair of a text and its annotations".to_owned()),
            },
            Ok(_) => Err("it is no task".to_owned()),
            Err(error) => Err(error.to_string()),
        };
        read.map_err(|reason| told.refuse(place, Kind::Document, reason, json)).into_iter().collect()
    })
}

fn record(task: Map<String, Value>, place: Place<'_>, told: &mut Told) -> Result<Record, String> {
    match task.get("answer").and_then(Value::as_str) {
        Some("reject") => return Err("it was rejected".to_owned()),
        Some("ignore") => return Err("it was ignored".to_owned()),
        _ => {}
    }
    let text = task.get("text").and_then(Value::as_str).ok_or("it has no text")?;
    let id = word(task.get("id")).unwrap_or_else(|| numbered(place));
    let annotator = word(task.get("_annotator_id").or_else(|| task.get("_session_id"))).unwrap_or_default();
    let mut marks = Marks { regions: Regions::new(place, id, text.to_owned(), annotator), ..Marks::default() };
    for name in ["spans", "entities"] {
        for mark in task.get(name).and_then(Value::as_array).into_iter().flatten() {
            marks.add(mark, told);
        }
    }
    for relation in task.get("relations").and_then(Value::as_array).into_iter().flatten() {
        marks.tie(relation, told);
    }
    let Marks { mut regions, .. } = marks;
    for (name, kind) in [("spans", Kind::Annotation), ("entities", Kind::Annotation), ("relations", Kind::Relation)] {
        if let Some(value) = task.get(name).filter(|value| !value.is_array() && !value.is_null()) {
            regions.refuse(kind, format!("its {name} are no list"), value, told);
        }
    }
    if task.contains_key("tokens") {
        told.note("tokens were not kept: annotations stand on the text");
    }
    for (name, value) in task {
        match value {
            Value::Object(meta) if name == "meta" => regions.meta().extend(meta),
            _ if name == "meta" || !(TASK.contains(&name.as_str()) || name.starts_with('_')) => {
                regions.meta().insert(name, value);
            }
            _ if name.starts_with('_') && !["_annotator_id", "_view_id"].contains(&name.as_str()) => {
                told.note("a hash, time or session that Prodigy keeps for itself was left aside");
            }
            _ => {}
        }
    }
    Ok(regions.finish())
}

/// What spans a task has, to find the ends of its relations.
#[derive(Default)]
struct Marks<'a> {
    regions: Regions<'a>,
    named: HashMap<String, usize>,
    /// The first with those bounds and that label, and with any.
    bounds: HashMap<(u64, u64, Option<String>), usize>,
    /// By the number of the last token; nothing where there are several.
    tokens: HashMap<u64, Option<usize>>,
}

impl Marks<'_> {
    fn add(&mut self, mark: &Value, told: &mut Told) {
        let (start, end, label) = match mark {
            Value::Array(triple) => (triple.first(), triple.get(1), triple.get(2)),
            _ => (mark.get("start"), mark.get("end"), mark.get("label")),
        };
        let (start, end) = (number(start), number(end));
        let Some(label) = word(label) else {
            return self.regions.refuse(Kind::Annotation, "it has no label", mark, told);
        };
        let text = self.regions.text();
        let span = match span(&text, start, end, Unit::CodePoints) {
            Ok(span) => span,
            Err(reason) => return self.regions.refuse(Kind::Annotation, reason, mark, told),
        };
        if mark.get("text").and_then(Value::as_str).is_some_and(|quote| text.slice(span) != Some(quote)) {
            let reason = "its text is not what stands at its offsets, which count code points";
            return self.regions.refuse(Kind::Annotation, reason, mark, told);
        }
        let name = mark.get("annotation").and_then(Value::as_str);
        let at = match name.and_then(|name| self.named.get(name).copied()) {
            Some(at) if self.regions.get(at).label == label && self.regions.extend(at, &[span]) => Some(at),
            _ => self.regions.add(self::mark(mark, label, span, told), mark, told),
        };
        let Some(at) = at else { return };
        if mark.get(3).is_some() {
            self.regions.refuse(Kind::Attribute, "what stands behind its label has no name", mark, told);
        }
        name.map(|name| self.named.entry(name.to_owned()).or_insert(at));
        if let (Some(start), Some(end)) = (start, end) {
            let label = self.regions.get(at).label.clone();
            self.bounds.entry((start, end, Some(label))).or_insert(at);
            self.bounds.entry((start, end, None)).or_insert(at);
        }
        if let Some(last) = number(mark.get("token_end")) {
            self.tokens.entry(last).and_modify(|one| *one = None).or_insert(Some(at));
        }
    }

    fn tie(&mut self, relation: &Value, told: &mut Told) {
        let Some(kind) = word(relation.get("label")).filter(|kind| !kind.is_empty()) else {
            return self.regions.refuse(Kind::Relation, "it has no label", relation, told);
        };
        match (self.end(relation, "head"), self.end(relation, "child")) {
            (Some(from), Some(to)) => self.regions.tie(word(relation.get("id")).unwrap_or_default(), kind, from, to),
            _ => self.regions.refuse(Kind::Relation, "there is no one span at an end of it", relation, told),
        }
    }

    /// The annotation at one end of a relation: by its id, by its bounds and label, or by its last token.
    fn end(&self, relation: &Value, side: &str) -> Option<usize> {
        let span = relation.get(format!("{side}_span"));
        let name = span.and_then(|span| span.get("annotation")).and_then(Value::as_str);
        if let Some(at) = name.and_then(|name| self.named.get(name)) {
            return Some(*at);
        }
        if let Some(span) = span {
            let label = span.get("label").and_then(Value::as_str).map(str::to_owned);
            return self.bounds.get(&(number(span.get("start"))?, number(span.get("end"))?, label)).copied();
        }
        *self.tokens.get(&number(relation.get(side))?)?
    }
}

/// The annotation of a span, with all that the span says.
fn mark(mark: &Value, label: String, span: Span, told: &mut Told) -> Annotation {
    let id = word(mark.get("annotation")).or_else(|| word(mark.get("id"))).unwrap_or_default();
    let mut annotation = Annotation::new(id, label, vec![span]);
    annotation.attributes = words(mark.get("attributes"));
    annotation.note = word(mark.get("note")).unwrap_or_default();
    if let Some(name) = word(mark.get("source")) {
        annotation.origin = Some(Origin { by: By::Model, name, confirmed_by: None });
    }
    for (name, value) in mark.as_object().into_iter().flatten() {
        match word(Some(value)) {
            _ if SPAN.contains(&name.as_str()) => {}
            Some(value) if !LEFT.contains(&name.as_str()) => {
                annotation.attributes.insert(name.clone(), value);
                told.note("another key of a span became an attribute");
            }
            _ => told.note("what a program keeps on a span (a score, a hash) was left aside"),
        }
    }
    annotation
}
