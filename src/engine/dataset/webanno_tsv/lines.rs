//! From lines to sentences and rows; what is no line of the format is told.

use std::ops::Range;

use super::{
    escape::unescape_text,
    header::{Layer, declare, version},
};
use crate::dataset::{Kind, Told};

/// A file, taken apart.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub layers: Vec<Layer>,
    pub sentences: Vec<Sentence<'a>>,
}

/// A sentence with its tokens.
#[derive(Debug, Default)]
pub(super) struct Sentence<'a> {
    pub text: String,
    pub rows: Vec<Row<'a>>,
}

/// A token or a part of one.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    /// `SENTENCE-TOKEN` or `SENTENCE-TOKEN.PART`.
    pub id: &'a str,
    /// Where it lies, as the file says.
    pub begin: usize,
    pub end: usize,
    /// What stands there.
    pub token: &'a str,
    /// What stands in the columns of layers; nothing where the line has too few.
    pub cells: Vec<&'a str>,
    pub line: u64,
    /// Where the line stands in the file, in bytes.
    pub source: Range<usize>,
}

impl Row<'_> {
    /// Whether it is a part of a token.
    pub fn is_part(&self) -> bool {
        self.id.contains('.')
    }

    /// Whether any annotation is on it.
    pub fn is_annotated(&self) -> bool {
        self.cells.iter().any(|cell| !cell.is_empty() && *cell != "_")
    }
}

/// Takes a file apart.
///
/// # Errors
///
/// When it does not begin as this format does, with what is wrong.
pub(super) fn parse<'a>(content: &'a str, file: &str, told: &mut Told) -> Result<Table<'a>, String> {
    let mut lines = numbered(content);
    let first = lines.next().map_or("", |(_, line, _)| line);
    let minor = version(first).ok_or("it does not begin with #FORMAT=WebAnno TSV 3")?;
    let mut layers: Vec<Layer> = Vec::new();
    let mut sentences: Vec<Sentence<'a>> = Vec::new();
    let mut in_header = false;
    for (number, line, source) in lines {
        if let Some(text) = line.strip_prefix("#Text=") {
            if !in_header {
                sentences.push(Sentence::default());
            }
            if let Some(sentence) = sentences.last_mut() {
                if in_header {
                    sentence.text.push('\n');
                }
                sentence.text.push_str(&unescape_text(text, minor < 2));
            }
            in_header = true;
        } else if line.is_empty() {
            in_header = false;
        } else if line.starts_with("#T_") {
            if !sentences.is_empty() || !declare(line, &mut layers) {
                let reason = "it declares no layer of spans, chains or relations before the first sentence";
                told.refuse((file, number), Kind::Annotation, reason, line);
            }
        } else if line.starts_with('#') && !line.contains('\t') {
            let what = if line.starts_with("#Sentence.id=") { "the id of a sentence" } else { "a comment" };
            told.note(format!("{what} was not kept"));
        } else {
            in_header = false;
            let width = layers.last().map_or(0, |layer| layer.first + layer.columns.len());
            match (row(line), sentences.last_mut()) {
                (Ok(row), Some(sentence)) => {
                    let more = row.cells.iter().skip(width).any(|cell| !cell.is_empty() && *cell != "_");
                    if more || row.cells.len() < width {
                        let reason = format!("it has {} columns of layers, not {width}", row.cells.len());
                        told.refuse((file, number), Kind::Annotation, reason, line);
                    }
                    let fits = !more && row.cells.len() >= width;
                    let cells = if fits { row.cells } else { Vec::new() };
                    sentence.rows.push(Row { cells, line: number, source, ..row });
                }
                (Ok(_), None) => told.refuse((file, number), Kind::Annotation, "no text stands before it", line),
                (Err(reason), _) => told.refuse((file, number), Kind::Annotation, reason, line),
            }
        }
    }
    Ok(Table { layers, sentences })
}

/// The lines with their numbers and places, without their ends.
fn numbered(content: &str) -> impl Iterator<Item = (u64, &str, Range<usize>)> {
    let mut from = 0;
    (1..).zip(content.split('\n')).map(move |(number, line)| {
        let start = from;
        from += line.len() + 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        (number, line, start..start + line.len())
    })
}

/// A line of a token; why it is none otherwise.
fn row(line: &str) -> Result<Row<'_>, String> {
    let mut cells = line.split('\t');
    let (Some(id), Some(place), Some(token)) = (cells.next(), cells.next(), cells.next()) else {
        return Err("it is no line of a token, which has three columns at least".to_owned());
    };
    let place = place.split_once('-').and_then(|(begin, end)| Some((begin.parse().ok()?, end.parse().ok()?)));
    let (begin, end): (usize, usize) = place.ok_or("its second column is no place such as 12-17")?;
    if end < begin {
        return Err("it ends before it begins".to_owned());
    }
    if !id.contains('-') {
        return Err("its first column is no number of a sentence and a token".to_owned());
    }
    let cells = cells.collect();
    Ok(Row { id, begin, end, token, cells, line: 0, source: 0..0 })
}
