//! Files of JSON values: one a line, one over several lines, or one long array that is cut into its elements without
//! being read whole.

use std::{
    fs::File,
    io::{self, BufRead, BufReader},
    ops::Range,
    path::{Path, PathBuf},
    slice,
    sync::Arc,
};

use serde::de::IgnoredAny;
use serde_json::Value;

use super::{
    DatasetError, Kind, Record, Told, Work, Works,
    files::{JSON, LARGEST, Peek, ending, lines},
};
use crate::store::ACCOUNT_FILE;

/// About how many bytes of elements are read as one work.
const BATCH: usize = 1 << 20;

/// Where a value stands: the file, and the line on which it begins.
pub(super) type Place<'a> = (&'a str, u64);

/// How the values of a file stand there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// One a line.
    Lines,
    /// One array.
    Array,
    /// One after the other, each over several lines, as programs print them for people.
    Spread,
}

/// Works that each read some values of one of the files, each of which holds a value a line, values over several lines,
/// or one array.
///
/// # Errors
///
/// When a file cannot be opened.
pub(super) fn values(
    paths: &[PathBuf],
    read: impl Fn(Place<'_>, &str, &mut Told) -> Vec<Record> + Send + Sync + 'static,
) -> Result<Works, DatasetError> {
    let read = Arc::new(read);
    let mut works: Vec<Works> = Vec::new();
    for path in paths {
        let read = read.clone();
        let layout = layout(path).map_err(|source| DatasetError::Read { path: path.clone(), source })?;
        if layout != Layout::Lines {
            works.push(elements(path, layout, read));
            continue;
        }
        let each = move |chunk: &super::files::Chunk, told: &mut Told| {
            let lines = chunk.lines(told);
            lines.into_iter().flat_map(|(line, value)| read((chunk.file(), line), value, told)).collect()
        };
        works.push(lines(slice::from_ref(path), each)?);
    }
    Ok(Box::new(works.into_iter().flatten()))
}

/// The first value of a file of values, or of the first such file in a folder.
pub(super) fn first(peek: &Peek<'_>) -> Option<Value> {
    let is_json = |path: &&PathBuf| JSON.contains(&ending(path).as_str()) && !path.ends_with(ACCOUNT_FILE);
    if let Some(file) = peek.files.iter().find(is_json) {
        return first(&Peek::at(file).ok()?);
    }
    let start = peek.text().trim_start();
    let spread = is_spread(start.as_bytes());
    if start.starts_with('{') && !spread {
        return peek.first_object().map(Value::Object);
    }
    if !start.starts_with('[') && !spread {
        return None;
    }
    if !opens_array(start.bytes()) && !spread {
        return serde_json::from_str(start.lines().next()?).ok();
    }
    let layout = if spread { Layout::Spread } else { Layout::Array };
    let (mut bytes, mut reader) = (Vec::new(), Elements::new(peek.path, layout));
    reader.next(&mut bytes).ok()??;
    serde_json::from_slice(&bytes).ok()
}

/// The values of a file one by one, to look through it; up to the first that cannot be read.
pub(super) fn scan(path: &Path) -> Box<dyn Iterator<Item = Vec<u8>>> {
    let layout = layout(path).unwrap_or(Layout::Lines);
    if layout != Layout::Lines {
        let mut reader = Elements::new(path, layout);
        return Box::new(std::iter::from_fn(move || {
            let mut bytes = Vec::new();
            reader.next(&mut bytes).ok().flatten().map(|_| bytes)
        }));
    }
    let lines = File::open(path).ok().map(|file| BufReader::new(file).split(b'\n'));
    Box::new(lines.into_iter().flatten().map_while(Result::ok))
}

/// How the values of a file stand there.
fn layout(path: &Path) -> io::Result<Layout> {
    if path.as_os_str() == "-" {
        return Ok(Layout::Lines);
    }
    let mut file = BufReader::new(File::open(path)?);
    let head = file.fill_buf()?;
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    Ok(match opens_array(head.iter().copied()) {
        true => Layout::Array,
        false if is_spread(head) => Layout::Spread,
        false => Layout::Lines,
    })
}

/// Whether JSON begins with an object that goes on behind its first line. A line of its own that breaks off is none of
/// these, for the next line is no member of it.
fn is_spread(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    let Some(end) = memchr::memchr(b'\n', head) else { return false };
    let (line, next) = (head[..end].trim_ascii_end(), head[end..].trim_ascii_start().first());
    head.starts_with(b"{")
        && match line.last() {
            Some(b'{' | b',') => next == Some(&b'"'),
            Some(b'[') => true,
            _ => false,
        }
        && serde_json::from_slice::<IgnoredAny>(line).is_err_and(|error| error.is_eof())
}

/// Whether JSON begins an array of objects or arrays; an array that begins with a string is a pair on a line.
fn opens_array(bytes: impl Iterator<Item = u8>) -> bool {
    let mut bytes = bytes.filter(|byte| !byte.is_ascii_whitespace());
    bytes.next() == Some(b'[') && matches!(bytes.next(), Some(b'{' | b'[' | b']'))
}

fn elements<R>(path: &Path, layout: Layout, read: Arc<R>) -> Works
where
    R: Fn(Place<'_>, &str, &mut Told) -> Vec<Record> + Send + Sync + 'static,
{
    let file: Arc<str> = path.display().to_string().into();
    let mut reader = Some(Elements::new(path, layout));
    Box::new(std::iter::from_fn(move || {
        let batch = batch(reader.as_mut()?);
        if batch.last {
            reader = None;
        }
        let (read, file) = (read.clone(), file.clone());
        Some(Box::new(move |told: &mut Told| batch.read(&file, read.as_ref(), told)) as Work)
    }))
}

/// Some elements of an array.
struct Batch {
    bytes: Vec<u8>,
    /// The line on which each begins, and where its bytes are.
    elements: Vec<(u64, Range<usize>)>,
    /// Whether there are no more.
    last: bool,
    /// Why the rest of the file could not be read, with what was read of the element that broke off.
    broken: Option<(u64, String, Range<usize>)>,
}

fn batch(reader: &mut Elements) -> Batch {
    let mut batch = Batch { bytes: Vec::new(), elements: Vec::new(), last: false, broken: None };
    while batch.bytes.len() < BATCH && !batch.last {
        let start = batch.bytes.len();
        match reader.next(&mut batch.bytes) {
            Ok(Some(line)) => batch.elements.push((line, start..batch.bytes.len())),
            Ok(None) => batch.last = true,
            Err(error) => {
                batch.last = true;
                batch.broken = Some((reader.line, error.to_string(), start..batch.bytes.len()));
            }
        }
    }
    batch
}

impl Batch {
    fn read(
        self,
        file: &str,
        read: &impl Fn(Place<'_>, &str, &mut Told) -> Vec<Record>,
        told: &mut Told,
    ) -> Vec<Record> {
        let mut records = Vec::new();
        told.bytes += self.bytes.len() as u64;
        for (line, range) in self.elements {
            match std::str::from_utf8(&self.bytes[range.clone()]) {
                Ok(value) => records.extend(read((file, line), value, told)),
                Err(_) => {
                    let content = String::from_utf8_lossy(&self.bytes[range]);
                    told.refuse((file, line), Kind::Document, "it is not UTF-8", content);
                }
            }
        }
        if let Some((line, reason, rest)) = self.broken {
            let content = String::from_utf8_lossy(&self.bytes[rest]);
            told.refuse((file, line), Kind::Document, format!("the rest cannot be read: {reason}"), content);
        }
        records
    }
}

/// Reads an array element by element, or values one after the other.
struct Elements {
    source: io::Result<Box<dyn BufRead + Send>>,
    /// The line that is being read, counted from 1.
    line: u64,
    /// Whether there is no array around the values.
    bare: bool,
    opened: bool,
}

impl Elements {
    fn new(path: &Path, layout: Layout) -> Self {
        let open = || -> io::Result<Box<dyn BufRead + Send>> {
            let mut source = BufReader::with_capacity(1 << 16, File::open(path)?);
            if source.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
                source.consume(3);
            }
            Ok(Box::new(source))
        };
        let bare = layout == Layout::Spread;
        Self { source: open(), line: 1, bare, opened: bare }
    }

    /// Appends the next element to `out` and gives the line on which it begins; nothing after the last.
    fn next(&mut self, out: &mut Vec<u8>) -> io::Result<Option<u64>> {
        let source = match &mut self.source {
            Ok(source) => source,
            Err(error) => return Err(io::Error::new(error.kind(), error.to_string())),
        };
        loop {
            let Some(&byte) = source.fill_buf()?.first() else {
                if self.bare {
                    return Ok(None);
                }
                return Err(io::Error::other("the file ends inside its array"));
            };
            match byte {
                b'[' if !self.opened => self.opened = true,
                b']' => break,
                b'\n' => self.line += 1,
                b',' => {}
                _ if byte.is_ascii_whitespace() => {}
                _ => {
                    let line = self.line;
                    element(source.as_mut(), &mut self.line, out)?;
                    return Ok(Some(line));
                }
            }
            source.consume(1);
        }
        source.consume(1);
        loop {
            let rest = source.fill_buf()?;
            if rest.is_empty() {
                return Ok(None);
            }
            if !rest.iter().all(u8::is_ascii_whitespace) {
                return Err(io::Error::other("there is more after its array"));
            }
            let length = rest.len();
            source.consume(length);
        }
    }
}

/// Appends one JSON value to `out`, up to its closing bracket or quote mark, or up to what follows a bare word.
fn element(source: &mut dyn BufRead, line: &mut u64, out: &mut Vec<u8>) -> io::Result<()> {
    let (start, mut depth, mut quoted, mut escaped) = (out.len(), 0_usize, false, false);
    loop {
        let buffer = source.fill_buf()?;
        if buffer.is_empty() {
            return Err(io::Error::other("the file ends inside an element"));
        }
        let (mut used, mut over) = (0, false);
        while used < buffer.len() && !over {
            if quoted && !escaped {
                used += memchr::memchr2(b'"', b'\\', &buffer[used..]).unwrap_or(buffer.len() - used);
                let Some(byte) = buffer.get(used) else { break };
                (escaped, quoted) = (*byte == b'\\', *byte == b'\\');
                over = !quoted && depth == 0;
            } else if escaped {
                escaped = false;
            } else {
                match buffer[used] {
                    b'"' => quoted = true,
                    b'{' | b'[' => depth += 1,
                    b',' | b']' if depth == 0 => break,
                    b'}' | b']' => {
                        depth = depth.saturating_sub(1);
                        over = depth == 0;
                    }
                    b'\n' => *line += 1,
                    _ => {}
                }
            }
            used += 1;
        }
        // A bare word at the end of the buffer goes on in the next one.
        let ended = over || used < buffer.len();
        out.extend_from_slice(&buffer[..used]);
        source.consume(used);
        if ended {
            return Ok(());
        }
        if out.len() - start > LARGEST as usize {
            return Err(io::Error::other(format!("an element is larger than {} MiB", LARGEST >> 20)));
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    fn all(content: &str, capacity: usize) -> Result<Vec<(u64, String)>, String> {
        let source = BufReader::with_capacity(capacity, io::Cursor::new(content.to_owned().into_bytes()));
        let mut reader = Elements { source: Ok(Box::new(source)), line: 1, bare: false, opened: false };
        let (mut found, mut bytes) = (Vec::new(), Vec::new());
        loop {
            let start = bytes.len();
            match reader.next(&mut bytes) {
                Ok(Some(line)) => found.push((line, String::from_utf8(bytes[start..].to_vec()).unwrap())),
                Ok(None) => return Ok(found),
                Err(error) => return Err(error.to_string()),
            }
        }
    }

    #[test]
    fn elements_come_apart_whatever_is_in_their_strings_and_wherever_the_buffer_ends() {
        let content = "[\n {\"a\": \"]}\\\"\", \"b\": [{}]},\n[\"x\\\\\", 1],\n \"s,\\\"]\", 12 , null\n]\n";
        let wanted = [
            (2, "{\"a\": \"]}\\\"\", \"b\": [{}]}"),
            (3, "[\"x\\\\\", 1]"),
            (4, "\"s,\\\"]\""),
            (4, "12 "),
            (4, "null\n"),
        ];
        for capacity in 1..70 {
            let found = all(content, capacity).unwrap();
            assert_eq!(found.len(), wanted.len(), "{capacity}");
            for ((line, found), (number, wanted)) in found.iter().zip(wanted) {
                assert_eq!((*line, found.trim()), (number, wanted.trim()), "{capacity}");
            }
        }
    }

    #[test]
    fn what_breaks_off_or_goes_on_after_the_array_is_told() {
        assert_eq!(all("[{}, {\"a\"", 4).unwrap_err(), "the file ends inside an element");
        assert_eq!(all("[{},", 4).unwrap_err(), "the file ends inside its array");
        assert_eq!(all("[{}] x", 4).unwrap_err(), "there is more after its array");
        assert_eq!(all("[]", 4).unwrap(), []);
    }
}
