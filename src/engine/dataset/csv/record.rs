//! The record that the rows of one document and annotator are.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use ascribe_schema::{Offset, Span, Text};
use serde_json::{Map, Value};

use super::sheet::{ANNOTATION, ANNOTATOR, DOCUMENT, END, ID, LABEL, NOTE, QUOTE, Row, START, WHOLE};
use crate::dataset::{Annotation, Kind, Meta, Origin, Record, Relation, Told, Unit, misfit, table};

/// All rows of one document and annotator.
#[derive(Clone, Debug, Default)]
pub(super) struct Gathered {
    pub id: String,
    pub annotator: String,
    /// The row that tells of the document.
    pub about: Option<Row>,
    /// The document's text, where a row of annotations has it.
    pub text: Option<String>,
    pub tags: Vec<Row>,
    pub ties: Vec<Row>,
}

/// The record of some rows, whose text may be known from elsewhere; what does not fit is told.
pub(super) fn record(from: Gathered, known: Option<Arc<Text>>, unit: Unit, told: &mut Told) -> Option<Record> {
    let own = from.about.as_ref().map(|row| row.get(&["text"])).filter(|text| !text.is_empty());
    let own = own.or_else(|| from.about.as_ref().map(|row| row.get(&WHOLE))).or(from.text.as_deref());
    let Some(text) = own.map(|text| Arc::new(Text::new(text))).or(known) else {
        for row in from.tags.iter().chain(&from.ties) {
            let reason = "the text of its document is not known; a table of annotations holds none";
            let kind = if is_empty(row) { Kind::Document } else { Kind::Annotation };
            told.refuse(row.place(), kind, reason, row.line_text());
        }
        return None;
    };
    let mut record = Record { id: from.id, annotator: from.annotator, text, ..Record::default() };
    if let Some(row) = &from.about {
        record.meta = meta(row);
        whole(&mut record, row, told);
    }
    let tags = from.tags.iter().filter(|row| !is_empty(row));
    let mut groups: Vec<(String, Vec<&Row>)> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (number, row) in (1..).zip(tags) {
        match row.get(id_columns(row)) {
            "" => groups.push((format!("a{number}"), vec![row])),
            id => match places.get(id) {
                Some(at) => groups[*at].1.push(row),
                None => {
                    places.insert(id, groups.len());
                    groups.push((id.to_owned(), vec![row]));
                }
            },
        }
    }
    let mut ends = Vec::new();
    for (id, rows) in groups {
        match annotation(id, &rows, &record.text, unit, told) {
            Ok(annotation) => {
                record.annotations.push(annotation);
                ends.extend(rows.first().copied());
            }
            Err(reason) => {
                for row in rows {
                    told.refuse(row.place(), Kind::Annotation, reason.clone(), row.line_text());
                }
            }
        }
    }
    relations(&mut record, &ends, &from.ties, told);
    Some(record)
}

/// Which columns name an annotation: `id` only if another column names the document.
fn id_columns(row: &Row) -> &'static [&'static str] {
    if row.sheet.column(&DOCUMENT).is_some() { &ANNOTATION } else { &ANNOTATION[..3] }
}

/// Whether a row only says that there is a document.
fn is_empty(row: &Row) -> bool {
    [&LABEL[..], &START, &END, id_columns(row)].iter().all(|names| row.get(names).is_empty())
}

/// What the row of a document says of it.
fn meta(row: &Row) -> Meta {
    let mut meta = Meta::new();
    let used = [&DOCUMENT[..], &ANNOTATOR, &WHOLE, &["text", "label"]].concat();
    for (at, name) in row.sheet.names.iter().enumerate() {
        let (cell, is_id) = (row.at(at), row.sheet.column(&DOCUMENT).is_none() && ID.contains(&name.as_str()));
        if cell.is_empty() || is_id || used.contains(&name.as_str()) {
            continue;
        }
        match serde_json::from_str::<Map<String, Value>>(cell) {
            Ok(object) if name == "meta" => meta.extend(object),
            _ => drop(meta.insert(name.clone(), cell.into())),
        }
    }
    meta
}

/// The label of a document is an annotation of all of it.
fn whole(record: &mut Record, row: &Row, told: &mut Told) {
    let label = row.get(&["label"]);
    if label.is_empty() {
        return;
    }
    if record.text.len() == Offset(0) {
        told.refuse(row.place(), Kind::Annotation, "it has a label and no text", row.line_text());
        return;
    }
    told.note("a label of a text became an annotation of all of it");
    let all = Span { start: Offset(0), end: record.text.len() };
    record.annotations.push(Annotation::new("whole", label, vec![all]));
}

fn annotation(id: String, rows: &[&Row], text: &Text, unit: Unit, told: &mut Told) -> Result<Annotation, String> {
    let first = rows.first().ok_or("it has no rows")?;
    let label = first.get(&LABEL);
    if label.is_empty() {
        return Err("it has no label".to_owned());
    }
    if rows.iter().any(|row| row.get(&LABEL) != label) {
        return Err("its rows have several labels".to_owned());
    }
    let mut fragments = Vec::with_capacity(rows.len());
    for row in rows {
        let span = Span { start: bound(row, &START, text, unit)?, end: bound(row, &END, text, unit)? };
        fragments.push((span, *row));
    }
    fragments.sort_by_key(|(span, _)| *span);
    let spans: Vec<_> = fragments.iter().map(|(span, _)| *span).collect();
    if let Some(why) = misfit(text, &spans) {
        return Err(why);
    }
    let count = first.get(&["fragments"]);
    if count.parse().is_ok_and(|count: usize| count != rows.len()) {
        return Err(format!("it should have {count} fragments and has {}", rows.len()));
    }
    for (span, row) in &fragments {
        let (quote, there) = (row.get(&QUOTE), text.slice(*span).unwrap_or_default());
        // A row that has the whole text has it in place of the fragment's.
        if !quote.is_empty() && quote != there && quote != text.as_str() {
            return Err("its text is not what stands at its offsets".to_owned());
        }
    }
    let mut annotation = Annotation::new(id, label, spans);
    annotation.note = first.get(&NOTE).to_owned();
    annotation.created = first.get(&["created"]).to_owned();
    annotation.attributes = attributes(first, told);
    let confirmed = first.get(&["confirmed_by"]);
    annotation.origin = table::by(first.get(&["origin"])).map(|by| Origin {
        by,
        name: first.get(&["origin_name"]).to_owned(),
        confirmed_by: (!confirmed.is_empty()).then(|| confirmed.to_owned()),
    });
    unread(first, told);
    Ok(annotation)
}

fn bound(row: &Row, names: &[&str], text: &Text, unit: Unit) -> Result<Offset, String> {
    let cell = row.get(names).trim();
    // A table with gaps in a column of numbers has 12.0 for 12.
    let number = cell.strip_suffix(".0").unwrap_or(cell);
    let number: u32 = number.parse().map_err(|_| format!("`{cell}` is no offset"))?;
    match unit {
        Unit::CodePoints => Some(Offset(number)),
        Unit::Utf16 => text.offset_of_utf16(number as usize),
    }
    .ok_or_else(|| format!("{number} is no place in the text, which has {} characters", text.len()))
}

fn attributes(row: &Row, told: &mut Told) -> BTreeMap<String, String> {
    let cell = row.get(&["attributes"]);
    if cell.is_empty() {
        return BTreeMap::new();
    }
    let Ok(object) = serde_json::from_str::<Map<String, Value>>(cell) else {
        told.refuse(row.place(), Kind::Attribute, "its attributes are no JSON object", cell);
        return BTreeMap::new();
    };
    let text = |value: Value| match value {
        Value::String(text) => text,
        value => value.to_string(),
    };
    object.into_iter().map(|(name, value)| (name, text(value))).collect()
}

/// Counts cells that no record has a place for.
fn unread(row: &Row, told: &mut Told) {
    let lists = [&DOCUMENT[..], &ID, &ANNOTATION, &ANNOTATOR, &LABEL, &START, &END, &QUOTE, &WHOLE, &NOTE];
    let used = |name: &str| {
        lists.iter().any(|names| names.contains(&name))
            || table::ANNOTATIONS.contains(&name)
            || ["relations", "text"].contains(&name)
    };
    for (at, name) in row.sheet.names.iter().enumerate() {
        if !used(name) && !row.at(at).is_empty() {
            told.note(format!("the column `{name}` of annotations is not read"));
        }
    }
}

/// Relations from a table of their own, and from the first row of each annotation.
fn relations(record: &mut Record, ends: &[&Row], ties: &[Row], told: &mut Told) {
    let offset = record.annotations.len() - ends.len();
    let places: HashMap<String, usize> =
        record.annotations.iter().enumerate().map(|(at, annotation)| (annotation.id.clone(), at)).collect();
    let mut found = Vec::new();
    let mut refuse = |row: &Row, content: String| {
        told.refuse(row.place(), Kind::Relation, "there is no annotation at an end of it", content);
    };
    for row in ties {
        match (places.get(row.get(&["from"])), places.get(row.get(&["to"]))) {
            (Some(from), Some(to)) => {
                let (id, kind) = (row.get(&["relation", "id"]).to_owned(), row.get(&["kind"]).to_owned());
                found.push(Relation { id, kind, from: *from, to: *to });
            }
            _ => refuse(row, row.line_text()),
        }
    }
    for (at, row) in ends.iter().enumerate().filter(|(_, row)| !row.get(&["relations"]).is_empty()) {
        let Ok(list) = serde_json::from_str::<Vec<Value>>(row.get(&["relations"])) else {
            refuse(row, row.get(&["relations"]).to_owned());
            continue;
        };
        for tie in list {
            let field = |name: &str| tie.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
            match places.get(&field("to")) {
                Some(to) => {
                    found.push(Relation { id: field("id"), kind: field("kind"), from: at + offset, to: *to });
                }
                None => refuse(row, tie.to_string()),
            }
        }
    }
    for (number, relation) in (1..).zip(&mut found) {
        if relation.id.is_empty() {
            relation.id = format!("r{number}");
        }
    }
    record.relations = found;
}
