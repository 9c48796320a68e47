//! Recognising and opening corpora of quotations.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{json, litbank};
use crate::dataset::{
    DatasetError, Format, Kind, ReadOptions, Works,
    elements::{first, values},
    files::{self, Peek, ending, find_ending, works_of},
};
use crate::store::ACCOUNT_FILE;

/// How many files of marks are read as one work.
const AT_ONCE: usize = 8;

/// Whether a file, or a folder, is of this format.
pub fn recognise(peek: &Peek<'_>) -> bool {
    let marks = |path: &Path| ending(path) == "ann";
    if marks(peek.path) {
        return litbank::begins(peek.text());
    }
    // A text without quotations has marks that are empty.
    let mut peeks = peek.files.iter().filter(|file| marks(file)).filter_map(|file| Peek::at(file).ok());
    if let Some(peek) = peeks.find(|peek| !peek.head.is_empty()) {
        return litbank::begins(peek.text());
    }
    matches!(first(peek), Some(Value::Object(document)) if json::is_document(&document))
}

/// Reads files, and those in folders that end in `.ann` or as JSON does.
///
/// # Errors
///
/// When a file cannot be read, or there is none.
pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    files::there(paths)?;
    let mut found = find_ending(paths, &["ann", "json", "jsonl", "ndjson"])?;
    found.retain(|path| !path.ends_with(ACCOUNT_FILE));
    if let (true, Some(path), Some(format)) = (found.is_empty(), paths.first(), Format::named("quotations")) {
        return Err(DatasetError::Nothing { path: path.clone(), format });
    }
    let (marks, documents): (Vec<_>, Vec<_>) = found.into_iter().partition(|path| ending(path) == "ann");
    let marks = works_of(marks, AT_ONCE, |path, told| litbank::read(&path, told).into_iter().collect());
    let unit = options.offsets;
    let documents = values(&documents, move |place, content, told| {
        let read = match serde_json::from_str(content) {
            Ok(Value::Object(document)) => json::record(document, unit, place, told),
            Ok(_) => Err("it is no object".to_owned()),
            Err(error) => Err(error.to_string()),
        };
        read.map_err(|reason| told.refuse(place, Kind::Document, reason, content)).into_iter().collect()
    })?;
    Ok(Box::new(marks.chain(documents)))
}
