//! Writing attributions.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::HOLDS;
use crate::dataset::{
    Annotation, DatasetError, Entry, Holds, Record, Thing, WriteOptions,
    csv::{Rows, head, mark_formulas},
    json,
    jsonl::Lines,
    pump::{Encode, Place, Sink},
    table::Cell,
};

const COLUMNS: [&str; 20] = [
    "document",
    "annotator",
    "title",
    "url",
    "published",
    "relation",
    "source",
    "source_start",
    "source_end",
    "source_spans",
    "cue",
    "cue_start",
    "cue_end",
    "cue_spans",
    "content_label",
    "content",
    "content_start",
    "content_end",
    "content_spans",
    "content_id",
];

/// Writes attributions.
pub struct Writer {
    /// JSON lines instead of CSV.
    lines: bool,
    spreadsheet: bool,
}

impl Writer {
    /// A writer of CSV.
    pub fn table(options: &WriteOptions) -> Self {
        Self { lines: false, spreadsheet: options.spreadsheet }
    }

    /// A writer of JSON lines.
    pub fn lines() -> Self {
        Self { lines: true, spreadsheet: false }
    }
}

/// For each content the first of the relations that lead to a cue.
fn cues(record: &Record) -> HashMap<usize, usize> {
    let mut cues = HashMap::new();
    for (at, tie) in record.relations.iter().enumerate().filter(|(_, tie)| tie.kind == "cued_by") {
        cues.entry(tie.from).or_insert(at);
    }
    cues
}

/// Says what of a record is in no attribution.
fn mark(entry: &mut Entry) {
    let record = entry.record();
    let (mut ties, mut ends, cues) = (BTreeSet::new(), BTreeSet::new(), cues(record));
    for (at, tie) in record.relations.iter().enumerate().filter(|(_, tie)| tie.kind == "attributed_to") {
        ties.insert(at);
        ends.extend([tie.from, tie.to]);
        if let Some(&cue) = cues.get(&tie.from) {
            ties.insert(cue);
            ends.insert(record.relations[cue].to);
        }
    }
    let (annotations, relations) = (record.annotations.len(), record.relations.len());
    if ties.is_empty() {
        entry.leave_out(Thing::Document, "nothing in it is attributed to a source");
        return;
    }
    for at in (0..annotations).filter(|at| !ends.contains(at)) {
        entry.leave_out(Thing::Annotation(at), "it is in no attribution");
    }
    for at in (0..relations).filter(|at| !ties.contains(at)) {
        entry.leave_out(Thing::Relation(at), "it is no attribution");
    }
}

/// The rows of a record, by [`COLUMNS`].
fn rows(entry: &Entry) -> impl Iterator<Item = Vec<Cell<'_>>> {
    let record = entry.record();
    let ties = entry.relations().filter(|(_, tie)| tie.kind == "attributed_to");
    let cues = cues(record);
    ties.map(move |(_, tie)| {
        let content = &record.annotations[tie.from];
        let cue = cues.get(&tie.from).map(|at| &record.annotations[record.relations[*at].to]);
        let about = ["title", "url", "published"].map(|name| record.meta(name));
        let mut row: Vec<Cell<'_>> = vec![record.id.as_str().into(), record.annotator.as_str().into()];
        row.extend(about.map(Cell::from));
        row.push(tie.id.as_str().into());
        row.extend(place(record, Some(&record.annotations[tie.to])));
        row.extend(place(record, cue));
        row.push(content.label.as_str().into());
        row.extend(place(record, Some(content)));
        row.push(content.id.as_str().into());
        row
    })
}

/// An annotation's text, start, end and spans.
fn place(record: &Record, annotation: Option<&Annotation>) -> [Cell<'static>; 4] {
    let Some(annotation) = annotation else { return [const { Cell::Text(std::borrow::Cow::Borrowed("")) }; 4] };
    let texts: Vec<_> = annotation.spans.iter().map(|span| record.slice(*span)).collect();
    let spans: Vec<_> = annotation.spans.iter().map(|span| format!("{}-{}", span.start.0, span.end.0)).collect();
    let hull = annotation.hull();
    [texts.join(" … ").into(), Cell::Number(hull.start.0), Cell::Number(hull.end.0), spans.join(" ").into()]
}

impl Encode for Writer {
    type Piece = Vec<u8>;
    type Sink = Lines;

    fn holds(&self) -> Holds {
        HOLDS
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Vec<u8>, DatasetError> {
        for entry in entries.iter_mut() {
            mark(entry);
            if self.spreadsheet {
                mark_formulas(entry);
            }
        }
        if !self.lines {
            let mut table = Rows::new(self.spreadsheet);
            entries.iter().flat_map(rows).try_for_each(|row| table.push(&row))?;
            return table.finish();
        }
        let mut out = Vec::new();
        for row in entries.iter().flat_map(rows) {
            let mut object = Map::new();
            for (name, cell) in COLUMNS.into_iter().zip(row) {
                let value: Value = match cell {
                    Cell::Number(number) => number.into(),
                    Cell::Text(text) if text.is_empty() => continue,
                    Cell::Text(text) => text.into_owned().into(),
                };
                object.insert(name.to_owned(), value);
            }
            json::write(&object, &mut out).map_err(|_| DatasetError::Crashed)?;
            out.push(b'\n');
        }
        Ok(out)
    }

    fn open(&self, place: Place<'_>) -> Result<Lines, DatasetError> {
        let mut lines = Lines(place.stream()?);
        if !self.lines {
            lines.put(place, head(&COLUMNS, self.spreadsheet)?)?;
        }
        Ok(lines)
    }
}
