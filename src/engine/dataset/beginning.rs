//! How a dataset would begin, for people to look at before anything is written.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::{
    Change, DatasetError, Destination, Format, Record, Shape, Told, Way, Work, Works, WriteOptions, files::find, write,
};
use crate::store::{ACCOUNT_FILE, StoreError};

/// How many files of a folder are shown.
const FILES: usize = 12;

/// A file of a dataset, as far as a person looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// Its path inside the dataset; the ending alone for a dataset that is one file.
    pub name: String,
    /// Its first characters; nothing for a file that is no text.
    pub text: Option<String>,
    /// Whether that is all of it.
    pub whole: bool,
    /// How large it is when it holds that one record, in bytes.
    pub bytes: u64,
}

/// The files that a format makes of the first record that has annotations, or of the first if none has; each with at
/// most that many characters. Nothing if there is no record.
///
/// # Errors
///
/// When it cannot be written, or somebody asked to stop.
pub fn beginning(
    works: Works,
    format: Format,
    options: &WriteOptions,
    change: Change<'_>,
    characters: usize,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Result<Vec<Beginning>, DatasetError> {
    let Some(record) = first(works, change, stopped)? else { return Ok(Vec::new()) };
    let io = |path: &Path, source| DatasetError::Write(StoreError::Io { path: path.to_owned(), source });
    let folder = tempfile::tempdir().map_err(|source| io(Path::new(""), source))?;
    let name = match format.shape() {
        Shape::Either(_) if options.folder => "dataset".to_owned(),
        Shape::File(ending) | Shape::Either(ending) => format!("dataset.{ending}"),
        Shape::Folder => "dataset".to_owned(),
    };
    let place = folder.path().join(name);
    let work: Work = Box::new(move |_| vec![record]);
    let way = Way {
        change: &|record, _| Some(record),
        parts: Vec::new(),
        part: &|_| 0,
        summary: false,
        stopped,
        progress: &mut |_| (),
    };
    let to = Destination::Path(place.clone());
    write(Box::new(std::iter::once(work)), format, &to, options, way, &|_| Vec::new())?;
    look(&folder, &place, characters).map_err(|source| io(&place, source))
}

/// The first record with annotations, or the first at all.
fn first(
    works: Works,
    change: Change<'_>,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Record>, DatasetError> {
    let (mut told, mut bare) = (Told::default(), None);
    for work in works {
        if stopped() {
            return Err(DatasetError::Stopped);
        }
        for record in work(&mut told) {
            let Some(record) = change(record, &mut told) else { continue };
            if !record.annotations.is_empty() {
                return Ok(Some(record));
            }
            bare.get_or_insert(record);
        }
    }
    Ok(bare)
}

/// The first files of what was written.
fn look(folder: &TempDir, place: &Path, characters: usize) -> io::Result<Vec<Beginning>> {
    let mut files: Vec<PathBuf> = find(&[place.to_owned()]).map_err(io::Error::other)?;
    files.retain(|path| path.file_name().is_none_or(|name| name != ACCOUNT_FILE));
    let root = if place.is_dir() { place } else { folder.path() };
    let name = |path: &Path| {
        let inside = path.strip_prefix(root).unwrap_or(path).components();
        inside.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    let mut found = Vec::new();
    for path in files.into_iter().take(FILES) {
        let mut file = File::open(&path)?;
        let bytes = file.metadata()?.len();
        // No character takes more than four bytes.
        let mut head = Vec::new();
        file.by_ref().take(4 * characters as u64 + 4).read_to_end(&mut head)?;
        let all = head.len() as u64 == bytes;
        let text = text(&head, all).map(|text| text.chars().take(characters).collect::<String>());
        let whole = text.as_ref().is_none_or(|text| text.len() as u64 == bytes);
        found.push(Beginning { name: name(&path), text, whole, bytes });
    }
    Ok(found)
}

/// The bytes as text, if they are; the last character may be cut unless these are `all`.
fn text(bytes: &[u8], all: bool) -> Option<&str> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if !all && error.error_len().is_none() => std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    let odd = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r');
    (!text.contains(odd)).then_some(text)
}
