//! The files of a dataset: found, looked into, and cut into pieces that can be read apart.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{DatasetError, Format, Kind, Record, Told, Work, Works};
use crate::store::ACCOUNT_FILE;

/// How much of a file is looked at to tell what it is, in bytes.
const PEEK: u64 = 64 * 1024;
/// About how many bytes of lines are read as one work.
const CHUNK: usize = 1 << 20;
/// The largest file that is read as a whole, in bytes.
pub(super) const LARGEST: u64 = 512 << 20;

/// How the names of files of JSON end.
pub(super) const JSON: [&str; 3] = ["json", "jsonl", "ndjson"];

/// The beginning of a file, to tell what it is.
#[derive(Debug)]
pub(super) struct Peek<'a> {
    /// The file, or the folder.
    pub path: &'a Path,
    /// Its first bytes; none of a folder.
    pub head: Vec<u8>,
    /// In a folder, the files in it and below.
    pub files: Vec<PathBuf>,
}

impl<'a> Peek<'a> {
    /// Looks at a file or folder.
    pub fn at(path: &'a Path) -> Result<Self, DatasetError> {
        let refused = |source| DatasetError::Read { path: path.to_owned(), source };
        if path.is_dir() {
            return Ok(Self { path, head: Vec::new(), files: find(&[path.to_owned()])? });
        }
        let mut head = Vec::new();
        File::open(path).map_err(refused)?.take(PEEK).read_to_end(&mut head).map_err(refused)?;
        Ok(Self { path, head, files: Vec::new() })
    }

    /// The end of the file's name after the last dot, in lower case.
    pub fn ending(&self) -> String {
        ending(self.path)
    }

    /// The beginning as text, as far as it is UTF-8.
    pub fn text(&self) -> &str {
        let head = self.head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&self.head);
        let valid = head.utf8_chunks().next().map_or("", |chunk| chunk.valid());
        // A file that is not UTF-8 at all differs from one that was cut inside a character.
        if head.len() - valid.len() < 4 { valid } else { "" }
    }

    /// The first line, if it is a JSON object; a line that is longer than what was looked at is read as far as needed.
    pub fn first_object(&self) -> Option<serde_json::Map<String, serde_json::Value>> {
        let mut start = self.text().trim_start();
        if !start.starts_with('{') {
            return None;
        }
        if let Some(end) = start.find('\n') {
            start = &start[..end];
            return serde_json::from_str(start).ok();
        }
        let mut line = Vec::new();
        BufReader::new(File::open(self.path).ok()?).take(LARGEST).read_until(b'\n', &mut line).ok()?;
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line);
        serde_json::from_slice(line).ok()
    }

    /// Whether a folder holds a file whose name ends so.
    pub fn holds(&self, ending: &str) -> bool {
        self.files.iter().any(|file| self::ending(file) == ending)
    }
}

/// The end of a file's name after the last dot, in lower case.
pub(super) fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// A file's name without its ending, for documents that have no other name.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The named files and all visible ones in named folders and below, sorted folder by folder.
pub(super) fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>, DatasetError> {
    fn walk(path: &Path, found: &mut Vec<PathBuf>) -> Result<(), DatasetError> {
        let refused = |source| DatasetError::Read { path: path.to_owned(), source };
        let mut entries = std::fs::read_dir(path).map_err(refused)?.collect::<Result<Vec<_>, _>>().map_err(refused)?;
        entries.sort_by_cached_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let kind = entry.file_type().map_err(refused)?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if kind.is_dir() && !hidden {
                walk(&entry.path(), found)?;
            } else if !hidden && !kind.is_dir() {
                found.push(entry.path());
            }
        }
        Ok(())
    }
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() { walk(path, &mut found)? } else { found.push(path.clone()) }
    }
    Ok(found)
}

/// Whether a file is the account that we write beside a dataset.
pub(super) fn is_account(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == ACCOUNT_FILE)
}

/// As [`find`], only those whose names end in one of `endings` and not our account; a file that is named itself is
/// taken whatever it is called.
pub(super) fn find_ending(paths: &[PathBuf], endings: &[&str]) -> Result<Vec<PathBuf>, DatasetError> {
    let mut found = find(paths)?;
    found.retain(|path| (endings.contains(&ending(path).as_str()) && !is_account(path)) || paths.contains(path));
    Ok(found)
}

/// Whether all that was named can be opened, so that what is missing is told before anything is written.
pub(super) fn there(paths: &[PathBuf]) -> Result<(), DatasetError> {
    for path in paths.iter().filter(|path| path.as_os_str() != "-") {
        File::open(path).map_err(|source| DatasetError::Read { path: path.clone(), source })?;
    }
    Ok(())
}

/// The files of JSON among those named, and in named folders; the account that we write beside a dataset is none.
pub(super) fn named_json(paths: &[PathBuf], format: &str) -> Result<Vec<PathBuf>, DatasetError> {
    let mut found = find_ending(paths, &JSON)?;
    found.retain(|path| path.file_name().is_none_or(|name| name != ACCOUNT_FILE));
    match Format::named(format) {
        Some(format) if found.is_empty() => {
            let path = paths.first().cloned().unwrap_or_default();
            Err(DatasetError::Nothing { path, format })
        }
        _ => Ok(found),
    }
}

/// A document's name where it has none of its own: its file's and the line on which it stands.
pub(super) fn numbered((file, line): (&str, u64)) -> String {
    format!("{}-{line}", stem(Path::new(file)))
}

/// All bytes of a file.
pub(super) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    if length > LARGEST {
        return Err(io::Error::other(format!("it is larger than {} MiB", LARGEST >> 20)));
    }
    let mut bytes = Vec::with_capacity(length as usize + 1);
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// All of a file that is UTF-8, without a byte-order mark.
pub(super) fn text(path: &Path) -> io::Result<String> {
    let mut bytes = bytes(path)?;
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        io::Error::other(format!("it is not UTF-8, from byte {at} on"))
    })
}

/// Works that each read so many items.
pub(super) fn works_of<T: Send + 'static>(
    items: Vec<T>,
    at_once: usize,
    read: impl Fn(T, &mut Told) -> Vec<Record> + Send + Sync + 'static,
) -> Works {
    let (read, mut items) = (Arc::new(read), items.into_iter());
    Box::new(std::iter::from_fn(move || {
        let group: Vec<_> = items.by_ref().take(at_once).collect();
        let read = read.clone();
        let work = !group.is_empty();
        work.then(|| {
            Box::new(move |told: &mut Told| group.into_iter().flat_map(|item| read(item, told)).collect()) as Work
        })
    }))
}

/// Some whole lines of a file.
#[derive(Debug)]
pub(super) struct Chunk {
    file: Arc<str>,
    /// The number of the first line, counted from 1.
    first: u64,
    bytes: Vec<u8>,
    /// Why the rest of the file could not be read.
    broken: Option<String>,
}

impl Chunk {
    /// The file, by the path that it was found by.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// All of it, as it stands in the file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The lines with their numbers, without their ends and without those that are blank; a line that is not UTF-8 is
    /// told.
    pub fn lines<'a>(&'a self, told: &mut Told) -> Vec<(u64, &'a str)> {
        told.bytes += self.bytes.len() as u64;
        let mut lines = Vec::new();
        for (number, line) in (self.first..).zip(self.bytes.split(|byte| *byte == b'\n')) {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            match std::str::from_utf8(line) {
                Ok(line) if line.trim().is_empty() => {}
                Ok(line) => lines.push((number, line)),
                Err(_) => {
                    let content = String::from_utf8_lossy(line);
                    told.refuse((&self.file, number), Kind::Document, "the line is not UTF-8", content);
                }
            }
        }
        if let Some(reason) = &self.broken {
            told.refuse((&self.file, 0), Kind::Document, format!("the rest cannot be read: {reason}"), "");
        }
        lines
    }
}

/// Works that each read some lines of one of the files.
///
/// # Errors
///
/// When a file cannot be opened.
pub(super) fn lines(
    paths: &[PathBuf],
    read: impl Fn(&Chunk, &mut Told) -> Vec<Record> + Send + Sync + 'static,
) -> Result<Works, DatasetError> {
    lines_from(paths, None, read)
}

/// As [`lines`], where every work but the first begins with a line for which `begins` holds.
///
/// # Errors
///
/// When a file cannot be opened.
pub(super) fn lines_from(
    paths: &[PathBuf],
    begins: Option<fn(&[u8]) -> bool>,
    read: impl Fn(&Chunk, &mut Told) -> Vec<Record> + Send + Sync + 'static,
) -> Result<Works, DatasetError> {
    let read = Arc::new(read);
    there(paths)?;
    // They are read after this function has returned.
    let mut paths: std::collections::VecDeque<_> = paths.iter().cloned().collect();
    let mut open: Option<LineReader> = None;
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            if let Some(chunk) = open.as_mut().and_then(LineReader::chunk) {
                let read = read.clone();
                return Some(Box::new(move |told: &mut Told| read(&chunk, told)) as Work);
            }
            open = Some(LineReader::new(&paths.pop_front()?, begins));
        }
    })))
}

struct LineReader {
    file: Arc<str>,
    next: u64,
    source: Option<Box<dyn BufRead + Send>>,
    broken: Option<String>,
    /// Whether a chunk may begin with a line; any may where nothing is said.
    begins: Option<fn(&[u8]) -> bool>,
    /// The first line of the next chunk, where that had to be looked at.
    ahead: Vec<u8>,
}

impl LineReader {
    fn new(path: &Path, begins: Option<fn(&[u8]) -> bool>) -> Self {
        let file: Arc<str> = path.display().to_string().into();
        let mut reader = Self { file, next: 1, source: None, broken: None, begins, ahead: Vec::new() };
        if path.as_os_str() == "-" {
            reader.source = Some(Box::new(BufReader::new(io::stdin())));
            return reader;
        }
        match File::open(path) {
            Ok(source) => reader.source = Some(Box::new(BufReader::new(source))),
            Err(error) => reader.broken = Some(error.to_string()),
        }
        reader
    }

    /// The next lines; nothing after the last.
    fn chunk(&mut self) -> Option<Chunk> {
        let mut bytes = Vec::with_capacity(CHUNK + CHUNK / 8);
        bytes.append(&mut self.ahead);
        if let Some(source) = &mut self.source {
            let (begins, ahead) = (self.begins, &mut self.ahead);
            let mut read = || -> io::Result<()> {
                if source.by_ref().take(CHUNK as u64).read_to_end(&mut bytes)? < CHUNK {
                    return Ok(());
                }
                // One line may be as long as the largest file: the rest of it is read up to that.
                source.by_ref().take(LARGEST).read_until(b'\n', &mut bytes)?;
                let Some(begins) = begins else { return Ok(()) };
                while (bytes.len() as u64) < LARGEST {
                    source.by_ref().take(LARGEST).read_until(b'\n', ahead)?;
                    if ahead.is_empty() || begins(ahead) {
                        break;
                    }
                    bytes.append(ahead);
                }
                Ok(())
            };
            if let Err(error) = read() {
                self.broken = Some(error.to_string());
                self.source = None;
            }
        }
        let broken = self.broken.take();
        if bytes.is_empty() && broken.is_none() {
            return None;
        }
        if self.next == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        let first = self.next;
        self.next += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        Some(Chunk { file: self.file.clone(), first, bytes, broken })
    }
}
