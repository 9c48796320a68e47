//! Reading CoNLL files, some documents at a time.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    columns::{Columns, Line},
    document::Document,
};
use crate::dataset::{
    DatasetError, Format, Kind, ReadOptions, Record, Told, Work, Works,
    files::{LARGEST, Peek, ending, find, stem},
};

/// How the names of files end that are looked for in a folder.
const ENDINGS: [&str; 8] = ["conll", "conllu", "conllup", "iob", "iob2", "bio", "bilou", "bioes"];
/// About how many bytes of documents are read as one work.
const CHUNK: usize = 1 << 20;

/// Whether a file or folder is of this format.
pub fn recognise(peek: &Peek<'_>) -> bool {
    if !peek.path.is_dir() {
        return Columns::recognise(peek.text());
    }
    let first = peek.files.iter().find(|file| ENDINGS.contains(&ending(file).as_str()));
    first.and_then(|file| Peek::at(file).ok()).is_some_and(|peek| Columns::recognise(peek.text()))
}

/// Reads files and folders.
///
/// # Errors
///
/// When a file cannot be read or has no column of tags.
pub fn open(paths: &[PathBuf], _: &ReadOptions) -> Result<Works, DatasetError> {
    let mut found = find(paths)?;
    // In a folder a file may be called anything, such as `test.annotated`.
    let looks = |path: &PathBuf| Peek::at(path).is_ok_and(|peek| Columns::recognise(peek.text()));
    found.retain(|path| ENDINGS.contains(&ending(path).as_str()) || paths.contains(path) || looks(path));
    let paths = found;
    let mut files = Vec::with_capacity(paths.len());
    for path in &paths {
        let peek = Peek::at(path)?;
        let text = peek.text();
        let whole = text.rfind('\n').map_or(text, |end| &text[..end]);
        let columns = Columns::of(whole).ok_or_else(|| malformed(path))?;
        files.push((path.clone(), Arc::new(columns)));
    }
    let mut files = files.into_iter();
    let mut open: Option<Reader> = None;
    Ok(Box::new(std::iter::from_fn(move || {
        loop {
            if let Some(piece) = open.as_mut().and_then(Reader::piece) {
                return Some(Box::new(move |told: &mut Told| piece.records(told)) as Work);
            }
            let (path, columns) = files.next()?;
            open = Some(Reader::new(&path, columns));
        }
    })))
}

fn malformed(path: &Path) -> DatasetError {
    let (path, reason) = (path.to_owned(), "it has no column of tags such as B-label, I-label and O".to_owned());
    match Format::named("conll") {
        Some(format) => DatasetError::Malformed { path, format, reason },
        None => DatasetError::Unknown(path),
    }
}

/// A file that is being read.
struct Reader {
    file: Arc<str>,
    stem: Arc<str>,
    columns: Arc<Columns>,
    source: Option<BufReader<File>>,
    broken: Option<String>,
    /// The number of the next line, and how many documents came before it.
    next: (u64, usize),
    /// The first line of the next piece.
    held: Vec<u8>,
}

/// Some whole documents of a file.
struct Piece {
    file: Arc<str>,
    stem: Arc<str>,
    columns: Arc<Columns>,
    first: u64,
    documents: usize,
    bytes: Vec<u8>,
    broken: Option<String>,
}

impl Reader {
    fn new(path: &Path, columns: Arc<Columns>) -> Self {
        let (source, broken) = match File::open(path) {
            Ok(file) => (Some(BufReader::with_capacity(1 << 18, file)), None),
            Err(error) => (None, Some(error.to_string())),
        };
        let (file, stem) = (path.display().to_string().into(), stem(path).into());
        Self { file, stem, columns, source, broken, next: (1, 0), held: Vec::new() }
    }

    /// The next documents; nothing after the last.
    fn piece(&mut self) -> Option<Piece> {
        let mut bytes = std::mem::take(&mut self.held);
        let (first, documents) = self.next;
        if let Err(error) = self.fill(&mut bytes) {
            self.broken = Some(error.to_string());
            self.source = None;
        }
        let broken = self.broken.take();
        if bytes.is_empty() && broken.is_none() {
            return None;
        }
        if first == 1 && bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        let (file, stem, columns) = (self.file.clone(), self.stem.clone(), self.columns.clone());
        Some(Piece { file, stem, columns, first, documents, bytes, broken })
    }

    /// Reads lines until there are enough and a document begins.
    fn fill(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        let Some(source) = &mut self.source else { return Ok(()) };
        if !bytes.is_empty() {
            self.next.0 += 1;
            self.next.1 += 1;
        }
        loop {
            let start = bytes.len();
            if source.by_ref().take(LARGEST).read_until(b'\n', bytes)? == 0 {
                return Ok(());
            }
            if bytes.len() as u64 > LARGEST {
                return Err(io::Error::other(format!("a document is larger than {} MiB", LARGEST >> 20)));
            }
            let begins = Line::is_document(bytes[start..].trim_ascii_end());
            if begins && start > CHUNK {
                self.held = bytes.split_off(start);
                return Ok(());
            }
            self.next.0 += 1;
            self.next.1 += usize::from(begins);
        }
    }
}

impl Piece {
    fn records(&self, told: &mut Told) -> Vec<Record> {
        told.bytes += self.bytes.len() as u64;
        let mut records = Vec::new();
        let mut number = self.documents;
        // Lines before the first document, or a file without any, are a document named after the file.
        let mut document = Document::new(&self.columns, &self.file, self.stem.to_string(), false);
        for (line_number, line) in (self.first..).zip(self.bytes.split(|byte| *byte == b'\n')) {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            let Ok(line) = std::str::from_utf8(line) else {
                let content = String::from_utf8_lossy(line);
                told.refuse((&self.file, line_number), Kind::Annotation, "the line is not UTF-8", content);
                continue;
            };
            if let Line::Document(id) = Line::of(line) {
                number += 1;
                let said = !id.is_empty();
                let id = if said { id.to_owned() } else { format!("{}-{number}", self.stem) };
                let last = std::mem::replace(&mut document, Document::new(&self.columns, &self.file, id, said));
                records.extend(last.record(told));
            } else {
                document.line(line_number, line, told);
            }
        }
        records.extend(document.record(told));
        if let Some(reason) = &self.broken {
            let reason = format!("the rest cannot be read: {reason}");
            told.refuse((&self.file, 0), Kind::Document, reason, "");
        }
        records
    }
}
