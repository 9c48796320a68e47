//! Writing a DocBin.

use std::{
    collections::BTreeSet,
    io::{self, Seek, Write},
};

use flate2::{Compression, write::ZlibEncoder};
use rmp::encode::{
    write_array_len, write_bin, write_bin_len, write_bool, write_f64, write_map_len, write_nil, write_sint, write_str,
    write_uint,
};
use serde_json::Value;
use tempfile::{SpooledTempFile, spooled_tempfile};

use super::hash::number;
use crate::{
    dataset::{
        DatasetError, Entry, Format, Fragments, Holds, Record,
        pump::{Encode, Place, Sink},
        tokens::{Token, fitted, touched},
    },
    store::Stream,
};

/// What a DocBin can hold.
pub const HOLDS: Holds = Holds { fragments: Fragments::Split, ..Holds::SPANS };
/// The number of the attribute `ORTH`, the only one that is written of each token.
const ORTH: u64 = 65;
/// The key of the group of spans.
const GROUP: &str = "sc";
/// How many bytes of each column stay in memory; the rest goes to a temporary file.
const IN_MEMORY: usize = 8 << 20;

/// Writes all records as one DocBin.
pub struct Writer;

/// Some documents, column by column.
#[derive(Default)]
pub struct Docs {
    count: usize,
    strings: BTreeSet<String>,
    columns: [Vec<u8>; COLUMNS],
}

/// The columns that grow with the documents: the tokens' numbers, whether a space follows each, how many tokens a
/// document has, its groups of spans, and its user data.
const COLUMNS: usize = 5;
const TOKENS: usize = 0;
const SPACES: usize = 1;
const LENGTHS: usize = 2;
const GROUPS: usize = 3;
const USER_DATA: usize = 4;

impl Encode for Writer {
    type Piece = Docs;
    type Sink = Bin;

    fn holds(&self) -> Holds {
        HOLDS
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Docs, DatasetError> {
        let mut docs = Docs::default();
        for entry in entries {
            docs.add(entry).map_err(|_| DatasetError::Crashed)?;
        }
        Ok(docs)
    }

    fn open(&self, place: Place<'_>) -> Result<Bin, DatasetError> {
        let columns = std::array::from_fn(|_| spooled_tempfile(IN_MEMORY));
        Ok(Bin { out: place.stream()?, count: 0, strings: BTreeSet::new(), columns })
    }
}

impl Docs {
    fn add(&mut self, entry: &Entry) -> io::Result<()> {
        let record = entry.record();
        let tokens = fitted(&record.text, entry.annotations().flat_map(|(_, annotation)| annotation.spans.clone()));
        for token in &tokens {
            let word = &record.text.as_str()[token.bytes.0..token.bytes.1];
            let word = self.string(word);
            self.columns[TOKENS].extend(word.to_le_bytes());
            self.columns[SPACES].push(token.space.into());
        }
        self.columns[LENGTHS].extend((tokens.len() as i32).to_le_bytes());
        let groups = self.groups(entry, &tokens)?;
        write_bin(&mut self.columns[GROUPS], &groups)?;
        write_bin(&mut self.columns[USER_DATA], &user_data(record)?)?;
        self.count += 1;
        Ok(())
    }

    /// A string's number; the string is kept.
    fn string(&mut self, string: &str) -> u64 {
        if !self.strings.contains(string) {
            self.strings.insert(string.to_owned());
        }
        number(string)
    }

    /// `SpanGroups.to_bytes`: a map from the bytes of a group to its keys; an empty list where there is no span.
    fn groups(&mut self, entry: &Entry, tokens: &[Token]) -> io::Result<Vec<u8>> {
        let mut spans: Vec<_> = entry
            .annotations()
            .flat_map(|(_, annotation)| annotation.spans.iter().map(move |span| (*span, annotation)))
            .collect();
        spans.sort_by_key(|(span, _)| *span);
        let mut group = Vec::new();
        write_map_len(&mut group, 3)?;
        write_str(&mut group, "name")?;
        write_str(&mut group, GROUP)?;
        write_str(&mut group, "attrs")?;
        write_map_len(&mut group, 0)?;
        write_str(&mut group, "spans")?;
        write_array_len(&mut group, spans.len() as u32)?;
        for (span, annotation) in &spans {
            let (id, label) = (self.string(&annotation.id), self.string(&annotation.label));
            // The id, that of a knowledge base, the label, and bounds in tokens and in characters, all big-endian.
            let mut packed = [id, 0, label].map(u64::to_be_bytes).concat();
            let (first, after) = touched(tokens, *span);
            for bound in [first as i32, after as i32, span.start.0 as i32, span.end.0 as i32] {
                packed.extend(bound.to_be_bytes());
            }
            write_bin(&mut group, &packed)?;
        }
        let mut groups = Vec::new();
        if spans.is_empty() {
            write_array_len(&mut groups, 0)?;
        } else {
            write_map_len(&mut groups, 1)?;
            write_bin(&mut groups, &group)?;
            write_array_len(&mut groups, 1)?;
            write_str(&mut groups, GROUP)?;
        }
        Ok(groups)
    }
}

fn user_data(record: &Record) -> io::Result<Vec<u8>> {
    let mut data = Vec::new();
    write_map_len(&mut data, 3)?;
    for (name, value) in [("id", &record.id), ("annotator", &record.annotator)] {
        write_str(&mut data, name)?;
        write_str(&mut data, value)?;
    }
    write_str(&mut data, "meta")?;
    write_map_len(&mut data, record.meta.len() as u32)?;
    for (name, value) in &record.meta {
        write_str(&mut data, name)?;
        pack(&mut data, value)?;
    }
    Ok(data)
}

/// A JSON value, which is at most as deep as our readers of JSON go, as MessagePack.
fn pack(out: &mut Vec<u8>, value: &Value) -> io::Result<()> {
    match value {
        Value::Null => write_nil(out)?,
        Value::Bool(value) => write_bool(out, *value)?,
        Value::String(value) => write_str(out, value)?,
        Value::Number(value) => match (value.as_u64(), value.as_i64()) {
            (Some(value), _) => drop(write_uint(out, value)?),
            (None, Some(value)) => drop(write_sint(out, value)?),
            (None, None) => write_f64(out, value.as_f64().unwrap_or(f64::NAN))?,
        },
        Value::Array(values) => {
            write_array_len(out, values.len() as u32)?;
            values.iter().try_for_each(|value| pack(out, value))?;
        }
        Value::Object(members) => {
            write_map_len(out, members.len() as u32)?;
            for (name, value) in members {
                write_str(out, name)?;
                pack(out, value)?;
            }
        }
    }
    Ok(())
}

/// The columns of all documents, which the file holds one after the other.
pub struct Bin {
    out: Stream,
    count: usize,
    strings: BTreeSet<String>,
    columns: [SpooledTempFile; COLUMNS],
}

impl Sink<Docs> for Bin {
    fn put(&mut self, place: Place<'_>, mut docs: Docs) -> Result<(), DatasetError> {
        self.count += docs.count;
        self.strings.append(&mut docs.strings);
        for (column, bytes) in self.columns.iter_mut().zip(&docs.columns) {
            column.write_all(bytes).map_err(|source| place.io(source))?;
        }
        Ok(())
    }

    fn finish(mut self, place: Place<'_>) -> Result<(), DatasetError> {
        for at in [TOKENS, SPACES, LENGTHS] {
            let length = self.columns[at].stream_position().map_err(|source| place.io(source))?;
            if let (Err(_), Some(format)) = (u32::try_from(length), Format::named("spacy")) {
                let reason = "it is larger than MessagePack allows; divide it with --split".to_owned();
                return Err(DatasetError::Unfit { format, reason });
            }
        }
        self.write().map_err(|source| place.io(source))
    }
}

impl Bin {
    /// `DocBin.to_bytes`.
    fn write(self) -> io::Result<()> {
        let Self { out, count, strings, mut columns } = self;
        let count = count as u32;
        let mut out = ZlibEncoder::new(out, Compression::default());
        write_map_len(&mut out, 10)?;
        write_str(&mut out, "version")?;
        write_str(&mut out, "0.1")?;
        write_str(&mut out, "attrs")?;
        write_array_len(&mut out, 1)?;
        write_uint(&mut out, ORTH)?;
        for (name, at) in [("tokens", TOKENS), ("spaces", SPACES), ("lengths", LENGTHS)] {
            write_str(&mut out, name)?;
            write_bin_len(&mut out, columns[at].stream_position()? as u32)?;
            copy(&mut columns[at], &mut out)?;
        }
        write_str(&mut out, "strings")?;
        write_array_len(&mut out, strings.len() as u32)?;
        for string in &strings {
            write_str(&mut out, string)?;
        }
        write_str(&mut out, "cats")?;
        write_array_len(&mut out, count)?;
        (0..count).try_for_each(|_| write_map_len(&mut out, 0).map(drop))?;
        write_str(&mut out, "flags")?;
        write_array_len(&mut out, count)?;
        for _ in 0..count {
            write_map_len(&mut out, 1)?;
            write_str(&mut out, "has_unknown_spaces")?;
            write_bool(&mut out, false)?;
        }
        for (name, at) in [("span_groups", GROUPS), ("user_data", USER_DATA)] {
            write_str(&mut out, name)?;
            write_array_len(&mut out, count)?;
            copy(&mut columns[at], &mut out)?;
        }
        out.finish()?.flush()
    }
}

fn copy(column: &mut SpooledTempFile, out: &mut impl Write) -> io::Result<()> {
    column.rewind()?;
    io::copy(column, out).map(drop)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use std::sync::Arc;

    use ascribe_schema::{Span, Text};

    use super::*;
    use crate::dataset::Annotation;

    #[test]
    fn columns_are_those_that_spacy_writes() {
        let annotations = vec![Annotation::new("a1", "claim", vec![Span::new(0, 4)])];
        let record = Record { text: Arc::new(Text::new("mark ORG x")), annotations, ..Record::default() };
        let mut docs = Docs::default();
        docs.add(&Entry::new(record, HOLDS)).unwrap();
        // What `DocBin(attrs=["ORTH"], docs=[doc])` of spaCy 3.8.18 holds for the same words, spaces and span.
        let numbers = [423_u64, 383, 11_123_243_248_953_317_070];
        assert_eq!(docs.columns[TOKENS], numbers.map(u64::to_le_bytes).concat());
        assert_eq!(docs.columns[SPACES], [1, 1, 0]);
        assert_eq!(docs.columns[LENGTHS], [3, 0, 0, 0]);
        let groups = "81c44183a46e616d65a27363a5617474727380a57370616e7391c42804a447f6d0de9c3d00000000000000003f55ebbbb39bf33\
                      40000000000000001000000000000000491a27363";
        let hex: String = docs.columns[GROUPS][2..].iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, groups);
        assert!(["mark", "ORG", "x", "a1", "claim"].iter().all(|string| docs.strings.contains(*string)));
    }
}
