//! Reading what the API of Hypothes.is gives.

use std::{
    collections::{HashMap, HashSet, btree_map::Entry},
    path::PathBuf,
};

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::{
    dataset::{
        Annotation, By, DatasetError, Kind, Meta, Origin, ReadOptions, Record, Told, Unit, Works,
        anchor::{Quote, Texts, anchor, unknown},
        files::{Chunk, Peek, find_ending, lines_from},
    },
    revise::Quoted,
};

#[derive(Deserialize)]
struct Row {
    id: String,
    uri: String,
    user: String,
    #[serde(default, deserialize_with = "or_none")]
    created: String,
    #[serde(default, deserialize_with = "or_none")]
    text: String,
    #[serde(default, deserialize_with = "or_none")]
    tags: Vec<String>,
    #[serde(default, deserialize_with = "or_none")]
    target: Vec<Target>,
    #[serde(default, deserialize_with = "or_none")]
    references: Vec<Value>,
    #[serde(default, deserialize_with = "or_none")]
    document: Page,
}

#[derive(Deserialize)]
struct Target {
    #[serde(default, deserialize_with = "or_none")]
    selector: Vec<Selector>,
}

/// What the page says of itself.
#[derive(Default, Deserialize)]
struct Page {
    #[serde(default, deserialize_with = "or_none")]
    link: Vec<Link>,
}

/// Another address of the page.
#[derive(Deserialize)]
struct Link {
    #[serde(default, deserialize_with = "or_none")]
    href: String,
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

/// A value, or its default where `null` stands for it.
fn or_none<'de, T: Default + Deserialize<'de>, D: Deserializer<'de>>(value: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(value)?.unwrap_or_default())
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
        let mut book = Book {
            texts: &texts,
            units: &units,
            records: Vec::new(),
            places: HashMap::new(),
            ids: HashSet::new(),
            quoted: HashMap::new(),
        };
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
    let (mut rows, mut broken) = (Vec::new(), Vec::new());
    for (number, line) in lines {
        match serde_json::from_str::<Value>(line) {
            Ok(value) => rows.extend(held(value).into_iter().map(|row| (number, row))),
            Err(reason) => broken.push((number, format!("no JSON: {reason}"), line)),
        }
    }
    if rows.len() < broken.len() {
        // One value over many lines that is broken, and no lines of JSON.
        let reason = serde_json::from_slice::<Value>(chunk.bytes()).err().map_or_else(String::new, |e| e.to_string());
        let content = String::from_utf8_lossy(chunk.bytes());
        told.refuse((chunk.file(), 0), Kind::Document, format!("no JSON: {reason}"), content);
        return Vec::new();
    }
    for (number, reason, line) in broken {
        told.refuse((chunk.file(), number), Kind::Document, reason, line);
    }
    rows
}

/// The annotations that a value is or holds; a search may give replies apart from the rest.
fn held(mut value: Value) -> Vec<Value> {
    let mut rows = Vec::new();
    for name in ["rows", "annotations", "replies"] {
        if let Some(Value::Array(held)) = value.get_mut(name) {
            rows.append(held);
        }
    }
    let empty = ["rows", "annotations"].iter().any(|name| value.get(*name).is_some_and(Value::is_array));
    match value {
        Value::Array(rows) => rows,
        row if rows.is_empty() && !empty => vec![row],
        _ => rows,
    }
}

struct Book<'a> {
    texts: &'a Texts,
    units: &'a [Unit],
    records: Vec<Record>,
    places: HashMap<(String, String), usize>,
    /// The texts, by the documents' ids.
    quoted: HashMap<String, Quoted>,
    /// The ids that are taken, with their records.
    ids: HashSet<(usize, String)>,
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
        let mut addresses = std::iter::once(&row.uri).chain(row.document.link.iter().map(|link| &link.href));
        let known = addresses.find_map(|address| self.texts.find(address));
        let known = known.ok_or_else(|| unknown(&row.uri))?;
        let quoted = self.quoted.entry(known.id.clone()).or_insert_with(|| Quoted::new(known.text.clone()));
        let span = anchor(quoted, position, quote.as_ref(), self.units, told)?;
        let user = row.user.strip_prefix("acct:").unwrap_or(&row.user);
        let user = user.split('@').next().unwrap_or_default().to_owned();
        let at = *self.places.entry((known.id.clone(), user.clone())).or_insert(self.records.len());
        if at == self.records.len() {
            let meta = [("text_sha256", &known.text_sha256), ("url", &row.uri)];
            let meta: Meta = meta.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone().into())).collect();
            let (id, text, annotator) = (known.id.clone(), known.text.clone(), user.clone());
            self.records.push(Record { id, text, meta, annotator, ..Record::default() });
        }
        if !self.ids.insert((at, row.id.clone())) {
            return Err("another annotation has the same id".to_owned());
        }
        let mut annotation = Annotation::new(row.id, "", vec![span]);
        annotation.note = row.text;
        annotation.created = row.created;
        annotation.origin = Some(Origin { by: By::Person, name: user, confirmed_by: None });
        label(&mut annotation, row.tags, told);
        self.records[at].annotations.push(annotation);
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
        let (name, value) = match parts.filter(|(name, value)| !name.is_empty() && !value.is_empty()) {
            Some(parts) => parts,
            None => {
                told.note("a further tag became an attribute with the value `true`");
                (tag.as_str(), "true")
            }
        };
        match annotation.attributes.entry(name.to_owned()) {
            Entry::Vacant(free) => drop(free.insert(value.to_owned())),
            Entry::Occupied(first) if first.get() == value => {}
            Entry::Occupied(_) => {
                told.note("a further value of an attribute is in the note");
                let gap = if annotation.note.is_empty() { "" } else { "\n" };
                annotation.note.push_str(&format!("{gap}{tag}"));
            }
        }
    }
}
