//! Reading what the API of Hypothes.is gives.

use std::{collections::HashMap, path::PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::dataset::{
    Annotation, By, DatasetError, Kind, Meta, Origin, ReadOptions, Record, Told, Unit, Works,
    anchor::{Quote, Texts, anchor},
    files::{Chunk, Peek, find_ending, lines_from},
};

#[derive(Deserialize)]
struct Row {
    id: String,
    uri: String,
    user: String,
    #[serde(default)]
    created: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    target: Vec<Target>,
    #[serde(default)]
    references: Vec<Value>,
}

#[derive(Deserialize)]
struct Target {
    #[serde(default)]
    selector: Vec<Selector>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Selector {
    #[serde(rename = "TextPositionSelector")]
    Position { start: u64, end: u64 },
    #[serde(rename = "TextQuoteSelector")]
    Quote {
        exact: String,
        #[serde(default)]
        prefix: String,
        #[serde(default)]
        suffix: String,
    },
    #[serde(other)]
    Other,
}

/// Whether a file is of this format.
pub fn recognise(peek: &Peek<'_>) -> bool {
    let text = peek.text().trim_start();
    let all = ["\"uri\"", "\"user\"", "\"acct:", "\"target\""];
    text.starts_with(['{', '[']) && all.iter().all(|name| text.contains(name))
}

/// Reads files of annotations.
///
/// # Errors
///
/// When a file cannot be read.
pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    let texts = Texts::new(&options.known);
    let units = options.offsets.map_or_else(|| vec![Unit::Utf16, Unit::CodePoints], |unit| vec![unit]);
    // A file is one work: everybody's annotations of a page belong together, wherever they stand.
    lines_from(&find_ending(paths, &["json", "jsonl"])?, Some(|_| false), move |chunk, told| {
        let mut book = Book { texts: &texts, units: &units, records: Vec::new(), places: HashMap::new() };
        for (line, row) in rows(chunk, told) {
            if let Err(why) = book.take(&row, told) {
                told.refuse((chunk.file(), line), Kind::Annotation, why, row.to_string());
            }
        }
        book.records
    })
}

/// The annotations of a file, whatever holds them, with their lines.
fn rows(chunk: &Chunk, told: &mut Told) -> Vec<(u64, Value)> {
    let lines = chunk.lines(told);
    if let Ok(value) = serde_json::from_slice::<Value>(chunk.bytes()) {
        return held(value).into_iter().map(|row| (0, row)).collect();
    }
    let mut rows = Vec::new();
    for (number, line) in lines {
        match serde_json::from_str::<Value>(line) {
            Ok(value) => rows.extend(held(value).into_iter().map(|row| (number, row))),
            Err(reason) => told.refuse((chunk.file(), number), Kind::Document, format!("no JSON: {reason}"), line),
        }
    }
    rows
}

fn held(mut value: Value) -> Vec<Value> {
    let holds = |name: &&str| value.get(*name).is_some_and(Value::is_array);
    let rows = match ["rows", "annotations"].into_iter().find(holds) {
        Some(name) => value[name].take(),
        None => value,
    };
    match rows {
        Value::Array(rows) => rows,
        row => vec![row],
    }
}

struct Book<'a> {
    texts: &'a Texts,
    units: &'a [Unit],
    records: Vec<Record>,
    places: HashMap<(String, String), usize>,
}

impl Book<'_> {
    fn take(&mut self, row: &Value, told: &mut Told) -> Result<(), String> {
        let row = Row::deserialize(row).map_err(|reason| format!("no annotation: {reason}"))?;
        if !row.references.is_empty() {
            return Err("it is a reply, which marks no words of its own".to_owned());
        }
        let (mut position, mut quote) = (None, None);
        for selector in row.target.into_iter().flat_map(|target| target.selector) {
            match selector {
                Selector::Position { start, end } => position = Some((start, end)),
                Selector::Quote { exact, prefix, suffix } => quote = Some(Quote { exact, prefix, suffix }),
                Selector::Other => {}
            }
        }
        if position.is_none() && quote.is_none() {
            return Err("it is a note on the whole page, which marks no words".to_owned());
        }
        let known = self.texts.find(&row.uri).ok_or("the text of its page is not known")?;
        let span = anchor(&known.text, position, quote.as_ref(), self.units, told)?;
        let user = row.user.strip_prefix("acct:").unwrap_or(&row.user);
        let user = user.split('@').next().unwrap_or_default().to_owned();
        let at = *self.places.entry((known.id.clone(), user.clone())).or_insert(self.records.len());
        if at == self.records.len() {
            let meta = [("text_sha256", &known.text_sha256), ("url", &row.uri)];
            let meta: Meta = meta.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone().into())).collect();
            let (id, text, annotator) = (known.id.clone(), known.text.clone(), user.clone());
            self.records.push(Record { id, text, meta, annotator, ..Record::default() });
        }
        let record = &mut self.records[at];
        if record.position(&row.id).is_some() {
            return Err("another annotation has the same id".to_owned());
        }
        let mut annotation = Annotation::new(row.id, "", vec![span]);
        annotation.note = row.text;
        annotation.created = row.created;
        annotation.origin = Some(Origin { by: By::Person, name: user, confirmed_by: None });
        label(&mut annotation, row.tags, told);
        record.annotations.push(annotation);
        Ok(())
    }
}

/// Gives an annotation its label and attributes.
fn label(annotation: &mut Annotation, tags: Vec<String>, told: &mut Told) {
    let mut tags = tags.into_iter().filter(|tag| !tag.trim().is_empty());
    annotation.label = tags.next().unwrap_or_else(|| {
        told.note("an annotation has no tag, so its label is `highlight` or `comment`");
        if annotation.note.is_empty() { "highlight".to_owned() } else { "comment".to_owned() }
    });
    for tag in tags {
        let parts = tag.split_once([':', '=']).map(|(name, value)| (name.trim(), value.trim()));
        match parts.filter(|(name, value)| !name.is_empty() && !value.is_empty()) {
            Some((name, value)) => annotation.attributes.insert(name.to_owned(), value.to_owned()),
            None => {
                told.note("a further tag became an attribute with the value `true`");
                annotation.attributes.insert(tag, "true".to_owned())
            }
        };
    }
}
