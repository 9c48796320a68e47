//! The record that a row of a table is, ours or another program's, by the names of its columns.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use ascribe_schema::{Offset, Span, Text};
use serde_json::{Map, Value};

use super::schema::UNIT;
use crate::dataset::{Annotation, Kind, Meta, Origin, Record, Relation, Told, Unit, misfit, table};

/// Columns that hold whole texts, the first that is there.
const TEXT: [&str; 4] = ["text", "content", "document_text", "context"];
/// Columns that name a document.
const ID: [&str; 4] = ["id", "document_id", "doc_id", "document"];
/// Columns of lists of annotations.
const ANNOTATIONS: [&str; 4] = ["annotations", "spans", "entities", "label"];

type Object = Map<String, Value>;

/// The name of the column that holds whole texts.
pub(super) fn text_column<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let names: Vec<_> = names.collect();
    TEXT.into_iter().find(|name| names.contains(name))
}

/// Takes the first of some fields that is there, as text.
fn take(object: &mut Object, names: &[&str]) -> Option<String> {
    let name = names.iter().find(|name| matches!(object.get(**name), Some(Value::String(_) | Value::Number(_))))?;
    match object.remove(*name)? {
        Value::String(text) => Some(text),
        value => Some(value.to_string()),
    }
}

/// Takes the first of some fields that is a list, or a struct of lists.
fn take_list(object: &mut Object, names: &[&str]) -> Option<Vec<Value>> {
    let (name, list) = names.iter().find_map(|name| Some((name, list(object.get(*name)?)?)))?;
    object.remove(*name);
    Some(list)
}

/// A list; also of structs of which each field is a list of its own, as `datasets` keeps a `Sequence` of structs.
fn list(value: &Value) -> Option<Vec<Value>> {
    let fields = match value {
        Value::Array(list) => return Some(list.clone()),
        Value::Object(fields) => fields,
        _ => return None,
    };
    let columns: Vec<(&String, &Vec<Value>)> =
        fields.iter().map(|(name, values)| Some((name, values.as_array()?))).collect::<Option<_>>()?;
    let count = columns.iter().map(|(_, values)| values.len()).max()?;
    let cells = |at: usize| columns.iter().filter_map(move |(name, values)| Some(((*name).clone(), values.get(at)?)));
    let item = |at| cells(at).filter(|(_, value)| !value.is_null()).map(|(name, value)| (name, value.clone()));
    Some((0..count).map(|at| Value::Object(item(at).collect())).collect())
}

/// The record of a row; what does not fit is told.
pub(super) fn record(mut row: Object, place: (&str, u64), unit: Unit, told: &mut Told) -> Option<Record> {
    let column = text_column(row.keys().map(String::as_str));
    let Some(text) = column.and_then(|column| take(&mut row, &[column])) else {
        told.refuse(place, Kind::Document, "its text is missing", Value::Object(row).to_string());
        return None;
    };
    let unit = match row.remove("offset_unit") {
        Some(Value::String(said)) if said == UNIT => Unit::CodePoints,
        Some(Value::String(said)) if said.to_lowercase().starts_with("utf-16") => Unit::Utf16,
        Some(said) => {
            told.note(format!("what offsets count is not known by the name {said}"));
            unit
        }
        None => unit,
    };
    let text = Text::new(text);
    let mut record = Record {
        id: take(&mut row, &ID).unwrap_or_else(|| format!("row-{}", place.1)),
        annotator: take(&mut row, &["annotator"]).unwrap_or_default(),
        ..Record::default()
    };
    let annotations = take_list(&mut row, &ANNOTATIONS).unwrap_or_default();
    let mut places = HashMap::with_capacity(annotations.len());
    for (number, item) in annotations.into_iter().enumerate() {
        match annotation(&item, number, &text, unit, told) {
            Ok(annotation) if places.contains_key(&annotation.id) => {
                let reason = format!("another annotation has the same id `{}`", annotation.id);
                told.refuse(place, Kind::Annotation, reason, item.to_string());
            }
            Ok(annotation) => {
                places.insert(annotation.id.clone(), record.annotations.len());
                record.annotations.push(annotation);
            }
            Err(reason) => told.refuse(place, Kind::Annotation, reason, item.to_string()),
        }
    }
    for (number, item) in take_list(&mut row, &["relations"]).unwrap_or_default().into_iter().enumerate() {
        match relation(&item, number, &places, told) {
            Some(relation) => record.relations.push(relation),
            None => {
                let reason = "there is no annotation at an end of it";
                told.refuse(place, Kind::Relation, reason, item.to_string());
            }
        }
    }
    for name in ANNOTATIONS.iter().filter(|name| row.get(**name).is_some_and(|value| list(value).is_some())) {
        told.note(format!("the column `{name}` beside another one of annotations is not read as annotations"));
    }
    record.meta = meta(row);
    record.text = Arc::new(text);
    Some(record)
}

/// All that is left of a row.
fn meta(mut row: Object) -> Meta {
    let mut meta = match row.remove("meta") {
        Some(Value::String(text)) => match serde_json::from_str(&text) {
            Ok(Value::Object(object)) => object.into_iter().collect(),
            _ => Meta::from([("meta".to_owned(), text.into())]),
        },
        Some(Value::Object(object)) => object.into_iter().collect(),
        Some(value) => Meta::from([("meta".to_owned(), value)]),
        None => Meta::new(),
    };
    meta.extend(row);
    meta
}

fn annotation(item: &Value, number: usize, text: &Text, unit: Unit, told: &mut Told) -> Result<Annotation, String> {
    let mut item = match item {
        Value::Object(object) => object.clone(),
        // As doccano and spaCy's training data have it: [start, end, label].
        Value::Array(list) if list.len() == 3 => {
            ["start", "end", "label"].map(str::to_owned).into_iter().zip(list.iter().cloned()).collect()
        }
        _ => return Err("it is no annotation with start, end and label".to_owned()),
    };
    const LABEL: [&str; 5] = ["label", "type", "entity_group", "entity", "tag"];
    if LABEL.iter().find_map(|name| item.get(*name)).is_some_and(Value::is_number) {
        told.note("a label is a number, whose name is not in the rows");
    }
    let label = take(&mut item, &LABEL);
    let label = label.filter(|label| !label.is_empty()).ok_or("it has no label")?;
    let spans = spans(&mut item, text, unit)?;
    if let Some(why) = misfit(text, &spans) {
        return Err(why);
    }
    let quotes = match item.remove("text").or_else(|| item.remove("word")) {
        Some(Value::String(quote)) => vec![quote.into()],
        Some(Value::Array(quotes)) => quotes,
        _ => Vec::new(),
    };
    let same = |(span, quote): (&Span, &Value)| text.slice(*span) == quote.as_str();
    if !quotes.is_empty() && (quotes.len() != spans.len() || !spans.iter().zip(&quotes).all(same)) {
        return Err("its text is not what stands at its offsets".to_owned());
    }
    let id = take(&mut item, &["id"]).unwrap_or_else(|| format!("a{}", number + 1));
    let mut annotation = Annotation::new(id, label, spans);
    annotation.note = take(&mut item, &["note", "comment"]).unwrap_or_default();
    annotation.created = take(&mut item, &["created"]).unwrap_or_default();
    annotation.attributes = attributes(item.remove("attributes"), told);
    if let Some(Value::Object(mut origin)) = item.remove("origin") {
        let by = take(&mut origin, &["by"]).and_then(|by| table::by(&by));
        let name = take(&mut origin, &["name"]).unwrap_or_default();
        annotation.origin = by.map(|by| Origin { by, name, confirmed_by: take(&mut origin, &["confirmed_by"]) });
    }
    for name in item.keys() {
        told.note(format!("the field `{name}` of annotations is not read"));
    }
    Ok(annotation)
}

fn spans(item: &mut Object, text: &Text, unit: Unit) -> Result<Vec<Span>, String> {
    let starts = ["start", "start_offset", "start_char", "begin"];
    let ends = ["end", "end_offset", "end_char"];
    let mut whole = Object::new();
    for name in starts.iter().chain(&ends) {
        whole.extend(item.remove_entry(*name));
    }
    let fragments = take_list(item, &["fragments", "spans"]).unwrap_or_else(|| vec![whole.into()]);
    let bound = |value: Option<&Value>| -> Option<Offset> {
        // Programs that know no integers with gaps write 12.0.
        let number =
            value?.as_u64().or_else(|| value?.as_f64().filter(|n| n.fract() == 0.0 && *n >= 0.0).map(|n| n as u64))?;
        match unit {
            Unit::CodePoints => u32::try_from(number).ok().map(Offset),
            Unit::Utf16 => text.offset_of_utf16(usize::try_from(number).ok()?),
        }
    };
    let span = |fragment: &Value| {
        let first = |names: &[&str]| names.iter().find_map(|name| fragment.get(name));
        let (start, end) = match fragment {
            Value::Array(pair) => (pair.first(), pair.get(1)),
            _ => (first(&starts), first(&ends)),
        };
        match (bound(start), bound(end)) {
            (Some(start), Some(end)) => Ok(Span { start, end }),
            _ => {
                Err(format!("its start or end is missing or no place in the text, which has {} characters", text.len()))
            }
        }
    };
    fragments.iter().map(span).collect()
}

/// Attributes as a list of names with values, or as an object.
fn attributes(value: Option<Value>, told: &mut Told) -> BTreeMap<String, String> {
    let (mut attributes, mut strange) = (BTreeMap::new(), 0);
    let mut put = |name: String, value: Value| {
        let value = match value {
            Value::String(text) => text,
            value => value.to_string(),
        };
        if attributes.insert(name, value).is_some() {
            told.note("of two values of one attribute the last was read");
        }
    };
    match value {
        Some(Value::Object(object)) => object.into_iter().for_each(|(name, value)| put(name, value)),
        Some(Value::Array(list)) => {
            for item in list {
                let mut item = if let Value::Object(item) = item { item } else { Object::new() };
                match take(&mut item, &["name", "key"]) {
                    Some(name) => put(name, item.remove("value").unwrap_or_else(|| String::new().into())),
                    None => strange += 1,
                }
            }
        }
        Some(Value::Null) | None => {}
        Some(_) => strange += 1,
    }
    (0..strange).for_each(|_| told.note("an attribute without a name is not read"));
    attributes
}

fn relation(item: &Value, number: usize, places: &HashMap<String, usize>, told: &mut Told) -> Option<Relation> {
    let mut item = item.as_object()?.clone();
    let mut end = |names: &[&str]| places.get(&take(&mut item, names)?).copied();
    let from = end(&["from", "from_id", "src", "head", "source"])?;
    let to = end(&["to", "to_id", "dst", "child", "tail", "target"])?;
    let id = take(&mut item, &["id"]).unwrap_or_else(|| format!("r{}", number + 1));
    let kind = take(&mut item, &["kind", "type", "label"]).unwrap_or_default();
    for name in item.keys() {
        told.note(format!("the field `{name}` of relations is not read"));
    }
    Some(Relation { id, kind, from, to })
}
