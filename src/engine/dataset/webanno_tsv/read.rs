//! Opening files of WebAnno TSV.

use std::path::{Path, PathBuf};

use super::{build, lines, rows};
use crate::dataset::{
    DatasetError, Format, Kind, ReadOptions, Record, Told, Unit, Works,
    files::{self, Peek, ending, find_ending, stem, works_of},
    uima::{Source, Structure, in_project, record},
};

/// How many files are read as one work.
const AT_ONCE: usize = 8;

/// Whether a file, or a folder's first table, is of this format.
pub fn recognise(peek: &Peek<'_>) -> bool {
    if peek.path.is_dir() {
        let mut tables = peek.files.iter().filter(|file| ending(file) == "tsv");
        return tables.next().and_then(|file| Peek::at(file).ok()).is_some_and(|peek| recognise(&peek));
    }
    // Whatever its encoding is, so that it is told what is wrong with it.
    peek.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&peek.head).starts_with(b"#FORMAT=WebAnno TSV 3")
}

/// Reads files, and those in folders that end in `.tsv`.
///
/// # Errors
///
/// When a file is not there, or there is none.
pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    files::there(paths)?;
    let found = find_ending(paths, &["tsv"])?;
    if let (true, Some(path), Some(format)) = (found.is_empty(), paths.first(), Format::named("webanno-tsv")) {
        return Err(DatasetError::Nothing { path: path.clone(), format });
    }
    let (roots, unit) = (paths.to_vec(), options.offsets);
    Ok(works_of(found, AT_ONCE, move |path, told| read(&path, &roots, unit, told).into_iter().collect()))
}

fn read(path: &Path, roots: &[PathBuf], unit: Option<Unit>, told: &mut Told) -> Option<Record> {
    let file = path.display().to_string();
    let content = match files::text(path) {
        Ok(content) => content,
        Err(reason) => {
            told.refuse((&file, 0), Kind::Document, reason.to_string(), "");
            return None;
        }
    };
    told.bytes += content.len() as u64;
    let table = match lines::parse(&content, &file, told) {
        Ok(table) => table,
        Err(reason) => {
            told.refuse((&file, 1), Kind::Document, reason, content.clone());
            return None;
        }
    };
    let mut rows = rows::place(&table, unit.unwrap_or(Unit::Utf16));
    let mut counts = unit.unwrap_or(Unit::Utf16);
    if unit.is_none() && rows.wrong > 0 {
        // Programs that do not know better count code points, and only rare characters show it.
        let other = rows::place(&table, Unit::CodePoints);
        if other.wrong < rows.wrong {
            told.note("offsets count code points, not UTF-16 units");
            (rows, counts) = (other, Unit::CodePoints);
        }
    }
    rows.tell(&content, &file, told);
    for _ in &rows.rows {
        told.note("a token was not kept: words are not");
    }
    let cas = build::cas(&table.layers, &rows, (&content, &file), told);
    let line = |structure: &Structure| content.get(structure.source.clone()).unwrap_or_default().to_owned();
    let mut record = record(&cas, &Source { file: &file, id: stem(path), unit: counts, content: &line }, told)?;
    if let Some((id, annotator)) = in_project(path) {
        (record.id, record.annotator) = (id, annotator);
        return Some(record);
    }
    // A folder inside the one that was named is an annotator's.
    let folder = path.parent().filter(|folder| !roots.iter().any(|root| root == path || root == folder));
    if let Some(annotator) = folder.and_then(Path::file_name) {
        record.annotator = annotator.to_string_lossy().into_owned();
    }
    Some(record)
}
