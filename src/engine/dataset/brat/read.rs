//! Reading one document of a brat folder.

use std::{collections::HashMap, sync::Arc};

use ascribe_schema::Text;

use super::{
    bound::Ground,
    files::Source,
    parse::{Line, bound},
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
    let (mut bounds, mut fragments, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for line in files.iter().flat_map(|(file, content)| lines(file, content)) {
        if !line.text.starts_with('T') {
            others.push(line);
            continue;
        }
        match bound(line, &mut fragments) {
            Ok(bound) => bounds.push(bound),
            Err(why) => told.refuse(line.place(), Kind::Annotation, why, line.text),
        }
    }
    let ground = Ground::new(&raw, &text, traits, utf16, (&bounds, &fragments), told);
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
