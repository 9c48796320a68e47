//! Writing records as tables.

use std::{collections::HashMap, io::Write};

use super::guard::{Rows, head, is_formula};
use crate::{
    dataset::{
        DatasetError, Entry, Holds, Thing, WriteOptions,
        pump::{Encode, Flow, Place, Sink},
        table::{self, Cell},
    },
    store::Stream,
};

/// Why a cell of a table for spreadsheet programs is not as it was.
pub const GUARDED: &str = "an apostrophe stands before it, so that no spreadsheet program takes it for a formula";

/// Writes tables.
pub struct Writer {
    spreadsheet: bool,
    many: bool,
}

impl Writer {
    /// A writer for what is wanted there.
    pub fn new(options: &WriteOptions, flow: &Flow<'_>) -> Self {
        Self { spreadsheet: options.spreadsheet, many: flow.places.iter().any(|place| place.many) }
    }
}

/// Says of everything in a record what a spreadsheet program would take for a formula.
pub fn mark_formulas(entry: &mut Entry) {
    let mut found = Vec::new();
    let record = entry.record();
    let about = table::ABOUT.iter().map(|name| record.meta(name));
    if about.chain([record.id.as_str(), &record.annotator]).any(is_formula) {
        found.push(Thing::Document);
    }
    for (at, annotation) in record.annotations.iter().enumerate() {
        let origin = annotation.origin.as_ref();
        let names = origin.map(|origin| [origin.name.as_str(), origin.confirmed_by.as_deref().unwrap_or_default()]);
        let own = [annotation.id.as_str(), &annotation.label, &annotation.created];
        if own.into_iter().chain(names.into_iter().flatten()).any(is_formula) {
            found.push(Thing::Annotation(at));
        }
        if is_formula(&annotation.note) {
            found.push(Thing::Note(at));
        }
        let formulas = annotation.spans.iter().enumerate().filter(|(_, span)| is_formula(record.slice(**span)));
        found.extend(formulas.map(|(fragment, _)| Thing::Fragment(at, fragment)));
    }
    for (at, relation) in record.relations.iter().enumerate() {
        if is_formula(&relation.id) || is_formula(&relation.kind) {
            found.push(Thing::Relation(at));
        }
    }
    found.into_iter().for_each(|thing| entry.degrade(thing, GUARDED));
}

/// Rows of each table.
pub struct Piece {
    annotations: Vec<u8>,
    /// Those of documents and relations, where they have tables.
    beside: Option<[Vec<u8>; 2]>,
}

impl Encode for Writer {
    type Piece = Piece;
    type Sink = Tables;

    fn holds(&self) -> Holds {
        Holds::ALL
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Piece, DatasetError> {
        for entry in entries.iter_mut() {
            if !self.many {
                entry.degrade(Thing::Document, "its text and what is known of it are not in a table of annotations");
            }
            if self.spreadsheet {
                mark_formulas(entry);
                if self.many && is_formula(entry.record().text.as_str()) {
                    entry.degrade(Thing::Document, GUARDED);
                }
            }
        }
        let mut annotations = Rows::new(self.spreadsheet);
        for entry in entries.iter() {
            push_annotations(entry, !self.many, &mut annotations)?;
        }
        let beside = if self.many {
            let (mut documents, mut relations) = (Rows::new(self.spreadsheet), Rows::new(self.spreadsheet));
            for entry in entries.iter() {
                documents.push(&table::document(entry.record()))?;
                table::relations(entry).try_for_each(|row| relations.push(&row))?;
            }
            Some([documents.finish()?, relations.finish()?])
        } else {
            None
        };
        Ok(Piece { annotations: annotations.finish()?, beside })
    }

    fn open(&self, place: Place<'_>) -> Result<Tables, DatasetError> {
        let begin = |mut stream: Stream, names: &[&str]| -> Result<Stream, DatasetError> {
            let head = head(names, self.spreadsheet)?;
            stream.write_all(&head).map_err(|source| place.io(source))?;
            Ok(stream)
        };
        if !place.many {
            let names: Vec<_> = table::ANNOTATIONS.into_iter().chain(["relations"]).collect();
            return Ok(Tables { annotations: begin(place.stream()?, &names)?, beside: None });
        }
        let annotations = begin(place.stream_to("annotations.csv")?, &table::ANNOTATIONS)?;
        let documents = begin(place.stream_to("documents.csv")?, &table::DOCUMENTS)?;
        let relations = begin(place.stream_to("relations.csv")?, &table::RELATIONS)?;
        Ok(Tables { annotations, beside: Some([documents, relations]) })
    }
}

/// The rows of a record's annotations, with its relations in a column if they have no table.
fn push_annotations(entry: &Entry, with_relations: bool, rows: &mut Rows) -> Result<(), DatasetError> {
    let record = entry.record();
    let mut any = false;
    let mut ties = if with_relations { relations(entry) } else { HashMap::new() };
    for (at, annotation) in entry.annotations() {
        for (number, mut row) in table::annotation(entry, (at, annotation)).enumerate() {
            if with_relations {
                let own = ties.remove(&at).filter(|_| number == 0);
                row.push(own.map_or(Cell::from(""), |own| serde_json::Value::from(own).to_string().into()));
            }
            rows.push(&row)?;
            any = true;
        }
    }
    if !any && with_relations {
        let mut row = vec![Cell::from(""); table::ANNOTATIONS.len() + 1];
        (row[0], row[1]) = (record.id.as_str().into(), record.annotator.as_str().into());
        rows.push(&row)?;
    }
    Ok(())
}

/// The relations that start from each annotation, by its place, as they stand in its JSON list.
fn relations(entry: &Entry) -> HashMap<usize, Vec<serde_json::Value>> {
    let mut ties: HashMap<usize, Vec<_>> = HashMap::new();
    for (_, relation) in entry.relations() {
        let to = &entry.record().annotations[relation.to].id;
        let tie = serde_json::json!({ "id": relation.id, "kind": relation.kind, "to": to });
        ties.entry(relation.from).or_default().push(tie);
    }
    ties
}

/// The files of one part of a dataset.
pub struct Tables {
    annotations: Stream,
    beside: Option<[Stream; 2]>,
}

impl Sink<Piece> for Tables {
    fn put(&mut self, place: Place<'_>, piece: Piece) -> Result<(), DatasetError> {
        let streams = self.beside.iter_mut().flatten();
        let mut pairs = streams.zip(piece.beside.iter().flatten());
        let written = pairs.try_for_each(|(stream, rows)| stream.write_all(rows));
        written.and_then(|()| self.annotations.write_all(&piece.annotations)).map_err(|source| place.io(source))
    }

    fn finish(mut self, place: Place<'_>) -> Result<(), DatasetError> {
        let mut streams = self.beside.iter_mut().flatten().chain([&mut self.annotations]);
        streams.try_for_each(Write::flush).map_err(|source| place.io(source))
    }
}
