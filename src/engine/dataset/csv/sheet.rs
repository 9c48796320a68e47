//! A table in a file, by the names of its columns.

use std::{collections::HashMap, path::Path, sync::Arc};

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use super::guard::{MARK, unguarded};
use crate::dataset::{
    files,
    table::{ANNOTATIONS, DOCUMENTS, RELATIONS},
};

/// Names of columns, the first that is there counts.
pub(super) const DOCUMENT: [&str; 8] =
    ["document", "document_id", "doc_id", "doc", "filename", "file", "article_id", "article"];
pub(super) const ID: [&str; 3] = ["id", "name", "key"];
pub(super) const ANNOTATION: [&str; 4] = ["annotation", "annotation_id", "span_id", "id"];
pub(super) const ANNOTATOR: [&str; 4] = ["annotator", "user", "coder", "annotator_id"];
pub(super) const LABEL: [&str; 6] = ["label", "tag", "category", "code", "type", "entity"];
pub(super) const START: [&str; 5] = ["start", "start_offset", "start_char", "begin", "start_index"];
pub(super) const END: [&str; 5] = ["end", "end_offset", "end_char", "stop", "end_index"];
pub(super) const QUOTE: [&str; 6] = ["text", "quote", "span_text", "span", "covered_text", "fragment_text"];
pub(super) const WHOLE: [&str; 6] = ["document_text", "full_text", "article_text", "content", "context", "sentence"];
pub(super) const NOTE: [&str; 2] = ["note", "comment"];

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Documents, with their texts.
    Documents,
    /// Annotations, or fragments of them.
    Annotations,
    /// Relations.
    Relations,
}

/// A table, without its rows.
#[derive(Debug)]
pub(super) struct Sheet {
    pub file: String,
    pub role: Role,
    pub names: Vec<String>,
    columns: HashMap<String, usize>,
    guarded: bool,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub sheet: Arc<Sheet>,
    pub line: u64,
    cells: StringRecord,
}

/// The names in the first line of a file, in lower case, and what parts them.
pub(super) fn header(text: &str) -> (Vec<String>, u8) {
    let line = text.strip_prefix(MARK).unwrap_or(text).lines().next().unwrap_or_default();
    let count = |delimiter: &u8| line.bytes().filter(|byte| byte == delimiter).count();
    // The last of equals counts, so a line with none of them is parted by commas.
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',');
    let mut reader = ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(line.as_bytes());
    let names = reader.records().next().and_then(Result::ok).unwrap_or_default();
    (names.iter().map(|name| name.trim().to_lowercase()).collect(), delimiter)
}

/// What the rows of a table with such columns are; nothing for one that cannot be read.
pub(super) fn role(names: &[String]) -> Option<Role> {
    let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
    if has(&START) && has(&END) && has(&LABEL) {
        return Some(Role::Annotations);
    }
    if ["kind", "from", "to"].iter().all(|name| has(&[name])) {
        return Some(Role::Relations);
    }
    (has(&["text"]) || has(&WHOLE)).then_some(Role::Documents)
}

/// A table with its rows.
pub(super) struct Read {
    pub sheet: Arc<Sheet>,
    pub rows: Vec<Row>,
    /// Rows that cannot be parsed: their lines, and why.
    pub broken: Vec<(u64, String)>,
    pub bytes: u64,
}

/// Counts lines. The reader's own count is behind by one where lines end in CRLF.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the row that begins at or after a byte, which is never before that of an earlier call.
    fn of(&mut self, byte: u64) -> u64 {
        let bytes = self.text.as_bytes();
        let mut to = usize::try_from(byte).unwrap_or(usize::MAX).clamp(self.at, bytes.len());
        to += bytes[to..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        self.line += memchr::memchr_iter(b'\n', &bytes[self.at..to]).count() as u64;
        self.at = to;
        self.line
    }
}

impl Sheet {
    /// Reads a file; nothing if its first line names no columns that can be read. A row that cannot be parsed is a
    /// reason with its line.
    pub fn read(path: &Path) -> Result<Option<Read>, String> {
        let bytes = files::bytes(path).map_err(|error| error.to_string())?;
        let text = std::str::from_utf8(&bytes)
            .map_err(|error| format!("it is not UTF-8, from byte {} on", error.valid_up_to()))?;
        let (names, delimiter) = header(text);
        let Some(role) = role(&names) else { return Ok(None) };
        let own = [&DOCUMENTS[..], &ANNOTATIONS, &RELATIONS].iter().any(|columns| {
            columns.len() <= names.len() && columns.iter().zip(&names).all(|(column, name)| column == name)
        });
        let columns = names.iter().enumerate().rev().map(|(at, name)| (name.clone(), at)).collect();
        let guarded = own && text.starts_with(MARK);
        let sheet = Arc::new(Self { file: path.display().to_string(), role, names, columns, guarded });
        let text = text.strip_prefix(MARK).unwrap_or(text);
        let mut builder = ReaderBuilder::new();
        let mut reader = builder.delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
        let (mut rows, mut broken, mut lines) = (Vec::new(), Vec::new(), Lines { text, at: 0, line: 1 });
        for cells in reader.records() {
            match cells {
                Ok(cells) => {
                    let line = cells.position().map_or(0, |position| lines.of(position.byte()));
                    rows.push(Row { sheet: sheet.clone(), line, cells });
                }
                Err(error) => {
                    let line = error.position().map_or(0, |position| lines.of(position.byte()));
                    broken.push((line, error.to_string()));
                }
            }
        }
        Ok(Some(Read { rows, broken, bytes: bytes.len() as u64, sheet }))
    }

    /// The first of some columns that is there.
    pub fn column(&self, names: &[&str]) -> Option<usize> {
        names.iter().find_map(|name| self.columns.get(*name).copied())
    }
}

impl Row {
    /// Where it stands.
    pub fn place(&self) -> (&str, u64) {
        (&self.sheet.file, self.line)
    }

    /// A cell; empty where there is none.
    pub fn at(&self, column: usize) -> &str {
        let cell = self.cells.get(column).unwrap_or_default();
        if self.sheet.guarded { unguarded(cell) } else { cell }
    }

    /// The cell in the first of some columns that is there; empty where there is none.
    pub fn get(&self, names: &[&str]) -> &str {
        self.sheet.column(names).map_or("", |column| self.at(column))
    }

    /// The row as it stands in the file, but for its quotes.
    pub fn line_text(&self) -> String {
        let mut writer = WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let line = writer.write_record(&self.cells).ok().and_then(|()| writer.into_inner().ok()).unwrap_or_default();
        String::from_utf8_lossy(&line).trim_end().to_owned()
    }

    /// Whether something stands in it where there is no column.
    pub fn is_too_long(&self) -> bool {
        self.cells.iter().skip(self.sheet.names.len()).any(|cell| !cell.is_empty())
    }
}
