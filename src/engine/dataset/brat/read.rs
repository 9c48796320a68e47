//! Reading one document of a brat folder.

use std::{collections::HashMap, sync::Arc};

use ascribe_schema::Text;

use super::{
    bound::Ground,
    files::Source,
    parse::{Bound, Line, bound, is_line},
    positions::Traits,
    resolve::Resolver,
};
use crate::dataset::{Kind, Record, Told, files::bytes};

const MARK: &[u8] = b"\xef\xbb\xbf";

/// The record of a document; what does not fit is told. Nothing for one whose text cannot be read.
pub fn read(source: &Source, utf16: bool, told: &mut Told) -> Option<Record> {
    let files: Vec<_> = source.marks.iter().map(|path| (path.display().to_string(), content(path, told))).collect();
    let (raw, mark) = match text(source, told) {
        Ok(text) => text,
        Err(why) => {
            for (file, content) in &files {
                told.refuse((file, 0), Kind::Document, why.clone(), content.clone());
            }
            if files.is_empty() {
                let file = source.text.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
                told.refuse((&file, 0), Kind::Document, why, "");
            }
            return None;
        }
    };
    for _ in 0..source.unread {
        told.note("an annotation file (.a1, .a2, .co or .rel) beside an .ann of the same name was not read");
    }
    if files.is_empty() {
        told.note("a text without annotation files is a document without annotations");
    }
    let traits = Traits::of(&raw, mark);
    let text = if traits.returns {
        told.note("a text's lines ended with CR LF and end with LF now");
        Text::new(raw.replace("\r\n", "\n"))
    } else {
        Text::new(raw.as_str())
    };
    let mut record = Record { id: source.id.clone(), annotator: source.annotator.clone(), ..Record::default() };
    let mut parts = Parts::default();
    for line in files.iter().flat_map(|(file, content)| lines(file, content)) {
        parts.add(line, told);
    }
    let ground = Ground::new(&raw, &text, traits, utf16, (&parts.bounds, &parts.fragments), told);
    parts.join(&files, &ground, told);
    let Parts { bounds, fragments, others, .. } = parts;
    let mut places = HashMap::with_capacity(bounds.len());
    record.annotations.reserve(bounds.len());
    for bound in &bounds {
        if places.contains_key(bound.id) {
            told.refuse(bound.line.place(), Kind::Annotation, "another annotation has the same id", bound.line.text);
        } else if let Some(annotation) = ground.annotation(bound, &fragments, told) {
            places.insert(bound.id, record.annotations.len());
            record.annotations.push(annotation);
        }
    }
    record.text = Arc::new(text);
    if !others.is_empty() { Resolver::new(record, places, told).resolve(&others) } else { Some(record) }
}

/// The lines of a document's files, by what they are.
#[derive(Default)]
struct Parts<'a> {
    bounds: Vec<Bound<'a>>,
    fragments: Vec<(u32, u32)>,
    others: Vec<Line<'a>>,
    /// Lines that are none of brat's, behind the annotation of that place: its covered text may go on there.
    tails: Vec<(usize, Line<'a>)>,
    /// Whether the last line was an annotation's, or went on with one.
    open: bool,
}

impl<'a> Parts<'a> {
    fn add(&mut self, line: Line<'a>, told: &mut Told) {
        let last = self.bounds.last().filter(|last| self.open && last.line.file == line.file);
        if last.is_some() && !is_line(line.text.as_bytes()) {
            self.tails.push((self.bounds.len() - 1, line));
            return;
        }
        self.open = false;
        if !line.text.starts_with('T') {
            self.others.push(line);
            return;
        }
        match bound(line, &mut self.fragments) {
            Ok(bound) => {
                self.open = bound.quote.is_some();
                self.bounds.push(bound);
            }
            Err(why) => told.refuse(line.place(), Kind::Annotation, why, line.text),
        }
    }

    /// Gives covered texts that some programs write with their line breaks what stands in the next lines.
    fn join(&mut self, files: &'a [(String, String)], ground: &Ground<'_>, told: &mut Told) {
        let tails = std::mem::take(&mut self.tails);
        for tail in tails.chunk_by(|a, b| a.0 == b.0) {
            let bound = &mut self.bounds[tail[0].0];
            let Line { file, number, .. } = bound.line;
            let lines = tail[tail.len() - 1].1.number - number + 1;
            let content = files.iter().find(|(name, _)| name == file).map_or("", |(_, content)| content);
            let whole = some_lines(content, number, lines);
            let quote = whole.splitn(3, '\t').nth(2);
            if !ground.fits(bound, &self.fragments) && ground.fits(&Bound { quote, ..*bound }, &self.fragments) {
                (bound.quote, bound.line.text) = (quote, whole);
                told.note("a covered text with line breaks in it, which brat does not have, was put together");
                continue;
            }
            for (_, line) in tail {
                match super::parse::bound(*line, &mut self.fragments) {
                    Err(why) if line.text.starts_with('T') => {
                        told.refuse(line.place(), Kind::Annotation, why, line.text);
                    }
                    _ => self.others.push(*line),
                }
            }
        }
    }
}

/// So many lines of a file, from the one of that number on, counted from 1.
fn some_lines(content: &str, first: u64, count: u64) -> &str {
    let mut ends = memchr::memchr_iter(b'\n', content.as_bytes());
    let start = if first > 1 { ends.nth(first as usize - 2).map_or(content.len(), |end| end + 1) } else { 0 };
    let end = ends.nth(count as usize - 1).unwrap_or(content.len());
    &content[start..end]
}

/// A document's text without its byte-order mark, and whether it had one; or why it cannot be read.
fn text(source: &Source, told: &mut Told) -> Result<(String, bool), String> {
    let path = source.text.as_ref().ok_or("there is no text of that name")?;
    let mut raw = bytes(path).map_err(|error| format!("its text cannot be read: {error}"))?;
    told.bytes += raw.len() as u64;
    if source.elsewhere {
        told.note("a text was found by its name in another folder");
    }
    let mark = raw.starts_with(MARK);
    if mark {
        raw.drain(..MARK.len());
        told.note("a text's byte-order mark was left out");
    }
    let raw = String::from_utf8(raw)
        .map_err(|error| format!("its text is not UTF-8, from byte {} on", error.utf8_error().valid_up_to()))?;
    Ok((raw, mark))
}

/// The content of an annotation file; lines that are not UTF-8 are told and left out.
fn content(path: &std::path::Path, told: &mut Told) -> String {
    let file = || path.display().to_string();
    let mut raw = match bytes(path) {
        Ok(raw) => raw,
        Err(error) => {
            told.refuse((&file(), 0), Kind::Document, format!("its annotations cannot be read: {error}"), "");
            return String::new();
        }
    };
    told.bytes += raw.len() as u64;
    if raw.starts_with(MARK) {
        raw.drain(..MARK.len());
    }
    String::from_utf8(raw).unwrap_or_else(|error| {
        let mut content = String::new();
        for (number, line) in (1..).zip(error.as_bytes().split(|byte| *byte == b'\n')) {
            match std::str::from_utf8(line) {
                Ok(line) => content.push_str(line),
                Err(_) => {
                    let line = String::from_utf8_lossy(line);
                    told.refuse((&file(), number), Kind::Annotation, "the line is not UTF-8", line);
                }
            }
            content.push('\n');
        }
        content
    })
}

/// The lines that are not blank.
fn lines<'a>(file: &'a str, content: &'a str) -> impl Iterator<Item = Line<'a>> {
    let ends = memchr::memchr_iter(b'\n', content.as_bytes()).chain([content.len()]);
    let mut start = 0;
    let lines = ends.map(move |end| {
        let line = &content[start.min(end)..end];
        start = end + 1;
        line.strip_suffix('\r').unwrap_or(line)
    });
    let lines = (1..).zip(lines).map(move |(number, text)| Line { file, number, text });
    lines.filter(|line| !line.text.trim_ascii().is_empty())
}
