//! Writing records as a workbook.

use std::io::{self, Write};

use super::book::Book;
use crate::{
    dataset::{
        DatasetError, Entry, Holds, Thing, WriteOptions,
        pump::{Encode, Place, Sink},
        table::{self, Cell},
    },
    store::Stream,
};

/// How many UTF-16 units a cell holds.
const CELL: usize = 32_767;
const CUT: &str = "a cell holds 32,767 characters, and what is longer is cut";

/// Writes workbooks.
pub struct Writer {
    title: String,
    time: String,
}

impl Writer {
    /// A writer with the title and time of those options.
    pub fn new(options: &WriteOptions) -> Self {
        Self { title: options.title.clone(), time: options.time.clone() }
    }
}

/// The rows of each sheet.
#[derive(Default)]
pub struct Rows {
    sheets: [Vec<Vec<Cell<'static>>>; 3],
    documents: usize,
    annotations: usize,
}

/// Whether a cell holds a text, and how much of it, in bytes.
fn fit(text: &str) -> Result<(), usize> {
    // No text has more units than bytes.
    if text.len() <= CELL {
        return Ok(());
    }
    let mut units = 0;
    let over = |(_, c): &(usize, char)| {
        units += c.len_utf16();
        units > CELL
    };
    text.char_indices().find(over).map_or(Ok(()), |(at, _)| Err(at))
}

/// A cell on its own, cut if need be.
fn owned(cell: Cell<'_>) -> Cell<'static> {
    match cell {
        Cell::Number(number) => Cell::Number(number),
        Cell::Text(text) => match fit(&text) {
            Ok(()) => text.into_owned().into(),
            Err(length) => text[..length].to_owned().into(),
        },
    }
}

/// Says of everything in a record what is longer than a cell.
fn mark(entry: &mut Entry) {
    let record = entry.record();
    let long = |text: &str| fit(text).is_err();
    let mut found = Vec::new();
    if table::document(record).iter().any(|cell| matches!(cell, Cell::Text(text) if long(text))) {
        found.push(Thing::Document);
    }
    for (at, annotation) in record.annotations.iter().enumerate() {
        let origin = annotation.origin.as_ref();
        let names = origin.map(|origin| [origin.name.as_str(), origin.confirmed_by.as_deref().unwrap_or_default()]);
        let own = [annotation.id.as_str(), &annotation.label];
        if own.into_iter().chain(names.into_iter().flatten()).any(long) {
            found.push(Thing::Annotation(at));
        }
        if long(&annotation.note) {
            found.push(Thing::Note(at));
        }
        if long(&table::attributes(entry, at)) {
            found.extend((0..annotation.attributes.len()).map(|attribute| Thing::Attribute(at, attribute)));
        }
        let fragments = annotation.spans.iter().enumerate().filter(|(_, span)| long(record.slice(**span)));
        found.extend(fragments.map(|(fragment, _)| Thing::Fragment(at, fragment)));
    }
    let ties = record.relations.iter().enumerate();
    found.extend(ties.filter(|(_, tie)| long(&tie.id) || long(&tie.kind)).map(|(at, _)| Thing::Relation(at)));
    found.into_iter().for_each(|thing| entry.degrade(thing, CUT));
}

impl Encode for Writer {
    type Piece = Rows;
    type Sink = Sheets;

    fn holds(&self) -> Holds {
        Holds::ALL
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Rows, DatasetError> {
        let mut rows = Rows::default();
        let own = |row: Vec<Cell<'_>>| row.into_iter().map(owned).collect::<Vec<_>>();
        for entry in entries {
            mark(entry);
            let [documents, annotations, relations] = &mut rows.sheets;
            documents.push(own(table::document(entry.record())));
            for annotation in entry.annotations() {
                annotations.extend(table::annotation(entry, annotation).map(own));
                rows.annotations += 1;
            }
            relations.extend(table::relations(entry).map(own));
            rows.documents += 1;
        }
        Ok(rows)
    }

    fn open(&self, place: Place<'_>) -> Result<Sheets, DatasetError> {
        let sheets: [(&str, &[&str]); 3] =
            [("documents", &table::DOCUMENTS), ("annotations", &table::ANNOTATIONS), ("relations", &table::RELATIONS)];
        let book = Book::new(&self.title, &self.time, &sheets).map_err(|error| place.io(io::Error::other(error)))?;
        Ok(Sheets { book, stream: place.stream()?, counts: [0; 4], title: self.title.clone() })
    }
}

/// A workbook and where it goes.
pub struct Sheets {
    book: Book,
    stream: Stream,
    /// Documents, annotations, fragments and relations.
    counts: [usize; 4],
    title: String,
}

impl Sink<Rows> for Sheets {
    fn put(&mut self, place: Place<'_>, piece: Rows) -> Result<(), DatasetError> {
        let [_, fragments, relations] = &piece.sheets;
        let counts = [piece.documents, piece.annotations, fragments.len(), relations.len()];
        self.counts.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        for (number, rows) in piece.sheets.iter().enumerate() {
            for row in rows {
                self.book.push(number, row).map_err(|error| place.io(io::Error::other(error)))?;
            }
        }
        Ok(())
    }

    fn finish(mut self, place: Place<'_>) -> Result<(), DatasetError> {
        let [documents, annotations, fragments, relations] = self.counts.map(|count| count.to_string());
        let rows = [
            ("title", self.title),
            ("documents", documents),
            ("annotations", annotations),
            ("fragments", fragments),
            ("relations", relations),
            (
                "offsets count",
                "Unicode code points from 0, as in Python's text[start:end]; the end is not included".to_owned(),
            ),
            ("attributes", "a JSON object".to_owned()),
            ("written by", "Ascribe".to_owned()),
        ];
        self.book.about(&rows).map_err(|error| place.io(io::Error::other(error)))?;
        self.book.finish(&mut self.stream).map_err(|error| place.io(error))?;
        self.stream.flush().map_err(|error| place.io(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_cut_between_characters() {
        assert_eq!(fit(&"x".repeat(CELL)), Ok(()));
        assert_eq!(fit(&"x".repeat(CELL + 1)), Err(CELL));
        assert_eq!(fit(&"😀".repeat(CELL / 2)), Ok(()), "two units each");
        assert_eq!(fit(&"😀".repeat(CELL / 2 + 1)), Err(4 * (CELL / 2)));
    }
}
