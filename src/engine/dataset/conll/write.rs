//! Writing CoNLL files.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
    num::NonZeroU32,
};

use serde::Serialize;

use super::{
    spool::Spool,
    tags::{Part, Tagged, label, tag},
};
use crate::{
    dataset::{
        DatasetError, Entry, Fragments, Holds, Meta, Record, Tagging, Thing, WriteOptions, json,
        pump::{Encode, Place, Sink},
    },
    store::Stream,
};

const BARE: &str = "its id, metadata and spacing have no place in the form of CoNLL-2003";

/// Writes CoNLL files.
pub struct Writer {
    tagging: Tagging,
    one_column: bool,
    /// The labels that have a column whether they occur or not.
    labels: Vec<String>,
}

impl Writer {
    /// As the options say.
    pub fn new(options: &WriteOptions) -> Self {
        let mut labels: Vec<String> = Vec::new();
        for known in options.scheme.iter().flat_map(|scheme| &scheme.labels) {
            let name = label(&known.name);
            if !labels.iter().any(|own| *own == name) {
                labels.push(name.into_owned());
            }
        }
        Self { tagging: options.tagging, one_column: options.one_column, labels }
    }

    /// The labels of some records, those of the scheme first.
    fn labels(&self, entries: &[Entry]) -> Vec<String> {
        let mut names: BTreeSet<&str> = BTreeSet::new();
        for (_, annotation) in entries.iter().flat_map(Entry::annotations) {
            if !names.contains(annotation.label.as_str()) {
                names.insert(&annotation.label);
            }
        }
        let names = names.into_iter().map(|name| label(name).into_owned());
        let more: BTreeSet<_> = names.filter(|name| !self.labels.contains(name)).collect();
        self.labels.iter().cloned().chain(more).collect()
    }

    /// What stands in a tag's column.
    fn tag(&self, part: Part) -> &'static [u8] {
        match (self.tagging, part) {
            (_, Part::First) | (Tagging::Iob2, Part::Only) => b"B-",
            (_, Part::Inner) | (Tagging::Iob2, Part::Last) => b"I-",
            (Tagging::Bilou, Part::Last) => b"L-",
            (Tagging::Bilou, Part::Only) => b"U-",
        }
    }

    fn rows(&self, record: &Record, tagged: &Tagged, labels: &[String], out: &mut Vec<u8>) {
        let text = record.text.as_str().as_bytes();
        let (gap, middle): (u8, &[u8]) = if self.one_column { (b' ', b" -X- O") } else { (b'\t', b"") };
        let mut outside = [gap, b'O'].repeat(tagged.columns);
        outside.push(b'\n');
        for (number, token) in tagged.tokens.iter().enumerate() {
            if number > 0 && tagged.begins[number] {
                out.push(b'\n');
            }
            out.extend_from_slice(&text[token.bytes.0..token.bytes.1]);
            out.extend_from_slice(middle);
            if !tagged.any[number] {
                out.extend_from_slice(&outside);
                continue;
            }
            for cell in &tagged.cells[number * tagged.columns..(number + 1) * tagged.columns] {
                out.push(gap);
                match cell {
                    None => out.push(b'O'),
                    Some((label, part)) => {
                        out.extend_from_slice(self.tag(*part));
                        out.extend_from_slice(labels[label.get() as usize - 1].as_bytes());
                    }
                }
            }
            out.push(b'\n');
        }
        if !tagged.tokens.is_empty() {
            out.push(b'\n');
        }
    }
}

/// What no column holds of a document.
#[derive(Serialize)]
struct Kept<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    annotator: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    meta: &'a Meta,
}

/// The comments before a document.
fn comments(record: &Record, out: &mut Vec<u8>) -> serde_json::Result<()> {
    out.extend_from_slice(b"# newdoc id = ");
    let id = record.id.chars().map(|c| if c.is_control() || c == '\u{2028}' || c == '\u{2029}' { ' ' } else { c });
    out.extend_from_slice(id.collect::<String>().as_bytes());
    out.extend_from_slice(b"\n# ascribe = ");
    let start = out.len();
    let kept = Kept { text: record.text.as_str(), annotator: &record.annotator, meta: &record.meta };
    json::write(&kept, out)?;
    // JSON leaves these as they are, but they end a line for some programs.
    for (c, escaped) in [("\u{85}", "\\u0085"), ("\u{2028}", "\\u2028"), ("\u{2029}", "\\u2029")] {
        if memchr::memmem::find(&out[start..], c.as_bytes()).is_some() {
            let replaced = String::from_utf8_lossy(&out[start..]).replace(c, escaped);
            out.truncate(start);
            out.extend_from_slice(replaced.as_bytes());
        }
    }
    out.push(b'\n');
    Ok(())
}

impl Encode for Writer {
    /// Rows, and what their columns behind the token are.
    type Piece = (Vec<u8>, Vec<String>);
    type Sink = Rows;

    fn holds(&self) -> Holds {
        Holds { fragments: Fragments::Split, ..Holds::SPANS }
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Self::Piece, DatasetError> {
        let labels = self.labels(entries);
        let numbers = labels.iter().cloned().zip((1..).filter_map(NonZeroU32::new)).collect();
        let mut out = Vec::with_capacity(1 << 20);
        for entry in entries {
            if self.one_column {
                entry.degrade(Thing::Document, BARE);
                out.extend_from_slice(b"-DOCSTART- -X- O O\n\n");
            } else {
                comments(entry.record(), &mut out).map_err(|_| DatasetError::Crashed)?;
            }
            let tagged = tag(entry, &numbers, self.one_column);
            self.rows(entry.record(), &tagged, &labels, &mut out);
        }
        Ok((out, labels))
    }

    fn open(&self, place: Place<'_>) -> Result<Rows, DatasetError> {
        let stream = place.stream()?;
        Ok(if self.one_column {
            Rows::Plain(stream)
        } else {
            Rows::Spooled(Spool::new(self.labels.clone()).map_err(|source| place.io(source))?, stream)
        })
    }
}

/// Writes rows, at once or when all columns are known.
pub enum Rows {
    Plain(Stream),
    Spooled(Spool, Stream),
}

impl Sink<(Vec<u8>, Vec<String>)> for Rows {
    fn put(&mut self, place: Place<'_>, (rows, labels): (Vec<u8>, Vec<String>)) -> Result<(), DatasetError> {
        let written = match self {
            Self::Plain(stream) => stream.write_all(&rows),
            Self::Spooled(spool, _) => spool.add(&rows, labels),
        };
        written.map_err(|source| place.io(source))
    }

    fn finish(self, place: Place<'_>) -> Result<(), DatasetError> {
        let finished = match self {
            Self::Plain(mut stream) => stream.flush(),
            Self::Spooled(spool, mut stream) => spool.pour(&mut *stream).and_then(|()| stream.flush()),
        };
        finished.map_err(|source| place.io(source))
    }
}
