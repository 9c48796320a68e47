//! Flat tables of records: which columns they have and what stands in their cells, for every format that is one.

use std::{borrow::Cow, collections::BTreeMap};

use super::{Annotation, By, Entry, Record};

/// What is known of a document that has a column of its own; all else is in the column `meta`.
pub(super) const ABOUT: [&str; 7] = ["title", "url", "publisher", "byline", "dateline", "published", "language"];

/// The columns of the table of documents, one row a document and annotator.
pub(super) const DOCUMENTS: [&str; 11] = [
    "document",
    "annotator",
    "title",
    "url",
    "publisher",
    "byline",
    "dateline",
    "published",
    "language",
    "meta",
    "text",
];

/// The columns of the table of annotations, one row a fragment. `fragment` counts from 1, `fragments` is how many the
/// annotation has; `attributes` is a JSON object. All but `fragment`, `start`, `end` and `text` is the same in all
/// rows of an annotation.
pub(super) const ANNOTATIONS: [&str; 15] = [
    "document",
    "annotator",
    "annotation",
    "label",
    "fragment",
    "fragments",
    "start",
    "end",
    "text",
    "attributes",
    "note",
    "origin",
    "origin_name",
    "confirmed_by",
    "created",
];

/// The columns of the table of relations.
pub(super) const RELATIONS: [&str; 6] = ["document", "annotator", "relation", "kind", "from", "to"];

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell<'a> {
    /// Words.
    Text(Cow<'a, str>),
    /// A number.
    Number(u32),
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

/// The row of [`DOCUMENTS`] for a record.
pub(super) fn document(record: &Record) -> Vec<Cell<'_>> {
    let mut cells: Vec<Cell<'_>> = vec![record.id.as_str().into(), record.annotator.as_str().into()];
    cells.extend(ABOUT.iter().map(|name| Cell::from(record.meta(name))));
    cells.extend([other_meta(record).unwrap_or_default().into(), record.text.as_str().into()]);
    cells
}

/// The rows of [`ANNOTATIONS`] for one annotation of a record.
pub(super) fn annotation<'a>(
    entry: &'a Entry,
    (at, annotation): (usize, &'a Annotation),
) -> impl Iterator<Item = Vec<Cell<'a>>> {
    let (record, count) = (entry.record(), annotation.spans.len() as u32);
    let attributes = attributes(entry, at);
    let note = entry.note(at).unwrap_or_default();
    let origin = annotation.origin.as_ref();
    let (by, name) = origin.map_or(("", ""), |origin| (word(origin.by), origin.name.as_str()));
    let confirmed = origin.and_then(|origin| origin.confirmed_by.as_deref()).unwrap_or_default();
    (1..).zip(&annotation.spans).map(move |(number, span)| {
        vec![
            record.id.as_str().into(),
            record.annotator.as_str().into(),
            annotation.id.as_str().into(),
            annotation.label.as_str().into(),
            Cell::Number(number),
            Cell::Number(count),
            Cell::Number(span.start.0),
            Cell::Number(span.end.0),
            record.slice(*span).into(),
            attributes.clone().into(),
            note.into(),
            by.into(),
            name.into(),
            confirmed.into(),
            annotation.created.as_str().into(),
        ]
    })
}

/// The rows of [`RELATIONS`] for a record.
pub(super) fn relations(entry: &Entry) -> impl Iterator<Item = Vec<Cell<'_>>> {
    let record = entry.record();
    entry.relations().map(|(_, relation)| {
        let ends = [relation.from, relation.to].map(|end| record.annotations[end].id.as_str());
        let cells = [&record.id, &record.annotator, &relation.id, &relation.kind, ends[0], ends[1]];
        cells.into_iter().map(Cell::from).collect()
    })
}

/// The attributes of an annotation as a JSON object; empty where there are none.
pub(super) fn attributes(entry: &Entry, at: usize) -> String {
    let attributes: BTreeMap<_, _> = entry.attributes(at).collect();
    if attributes.is_empty() { String::new() } else { serde_json::to_string(&attributes).unwrap_or_default() }
}

/// What is known of a document beside [`ABOUT`], as a JSON object; nothing where that is nothing.
pub(super) fn other_meta(record: &Record) -> Option<String> {
    let has_column = |name: &str, value: &serde_json::Value| {
        // An empty cell is no value, so an empty value has no cell.
        ABOUT.contains(&name) && value.as_str().is_some_and(|value| !value.is_empty())
    };
    let other: BTreeMap<_, _> = record.meta.iter().filter(|(name, value)| !has_column(name, value)).collect();
    (!other.is_empty()).then(|| serde_json::to_string(&other).unwrap_or_default())
}

/// The word for a kind of maker.
pub(super) const fn word(by: By) -> &'static str {
    match by {
        By::Person => "person",
        By::Rule => "rule",
        By::Model => "model",
        By::Import => "import",
    }
}

/// The kind of maker that a word means.
pub(super) fn by(word: &str) -> Option<By> {
    [By::Person, By::Rule, By::Model, By::Import].into_iter().find(|by| self::word(*by) == word)
}
