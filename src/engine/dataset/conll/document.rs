//! One document of a CoNLL file: its rows, its text, its annotations.

use std::sync::Arc;

use ascribe_schema::{Span, Text};
use serde::Deserialize;

use super::columns::{Columns, Line, Tag};
use crate::dataset::{Annotation, Kind, Meta, Record, Told};

/// What we keep of a document that no column holds.
#[derive(Deserialize)]
struct Kept {
    text: String,
    #[serde(default)]
    annotator: String,
    #[serde(default)]
    meta: Meta,
}

/// A document that is being read.
pub struct Document<'a> {
    columns: &'a Columns,
    file: &'a str,
    id: String,
    kept: Option<Kept>,
    tokens: Vec<&'a str>,
    /// The tags of all tokens, a row of them after the other.
    tags: Vec<Tag<'a>>,
    /// The sentences: where each begins, and its text if the file says it.
    sentences: Vec<(usize, Option<&'a str>)>,
    /// The text of the sentence that comes.
    next: Option<&'a str>,
    open: bool,
    /// Whether the file says anything of it.
    said: bool,
}

/// A text, and where each token lies in it.
struct Set {
    text: String,
    spans: Vec<Span>,
}

impl<'a> Document<'a> {
    /// A document of that id without rows.
    pub fn new(columns: &'a Columns, file: &'a str, id: String, said: bool) -> Self {
        let (tokens, tags, sentences) = (Vec::new(), Vec::new(), Vec::new());
        Self { columns, file, id, kept: None, tokens, tags, sentences, next: None, open: false, said }
    }

    /// Reads a line; what does not fit is told.
    pub fn line(&mut self, number: u64, line: &'a str, told: &mut Told) {
        match Line::of(line) {
            Line::Blank => self.open = false,
            Line::Comment("ascribe", value) => match serde_json::from_str(value) {
                Ok(kept) => self.kept = Some(kept),
                Err(error) => told.refuse((self.file, number), Kind::Document, error.to_string(), line),
            },
            Line::Comment("text", value) => {
                self.next = Some(value);
                self.open = false;
            }
            Line::Comment("global.columns", _) => {}
            Line::Comment(..) => told.note("a comment was not read"),
            Line::Document(_) => {}
            Line::Row(row) => self.row(number, row, told),
        }
    }

    fn row(&mut self, number: u64, row: &'a str, told: &mut Told) {
        let mut refuse = |why: &str| told.refuse((self.file, number), Kind::Annotation, why, row);
        let (token, mut tags) = match self.columns.cells(row) {
            Some((token, cells)) => {
                let tags: Vec<_> = cells.iter().map(|cell| Tag::of(cell)).collect();
                if tags.contains(&None) {
                    refuse("its tag is none of BIO, IOB or BILOU; the token was read");
                }
                (token, tags.into_iter().map(|tag| tag.unwrap_or(Tag::Outside)).collect())
            }
            None => {
                refuse("it has too few columns; the token was read");
                (row.split(['\t', ' ']).next().unwrap_or_default(), Vec::new())
            }
        };
        tags.resize(self.columns.count(), Tag::Outside);
        if token.trim().is_empty() {
            // Nothing can be tagged where nothing stands; what such a row continues goes on behind it.
            if tags.iter().all(|tag| matches!(tag, Tag::Outside | Tag::In(_))) {
                told.note("a row without a token was left out");
            } else {
                refuse("it has no token");
            }
            return;
        }
        if self.columns.others(row) > 0 {
            told.note("columns of a row other than its token and tags were not read");
        }
        if !self.open {
            self.sentences.push((self.tokens.len(), self.next.take()));
            self.open = true;
        }
        self.tokens.push(token);
        self.tags.extend(tags);
    }

    /// The record of what was read; nothing if that is nothing.
    pub fn record(mut self, told: &mut Told) -> Option<Record> {
        if self.tokens.is_empty() && self.kept.is_none() && !self.said {
            return None;
        }
        let kept = self.kept.take();
        let exact = kept.as_ref().and_then(|kept| {
            let spans = align(&self.tokens, &kept.text, 0)?;
            Some(Set { text: kept.text.clone(), spans })
        });
        if kept.is_some() && exact.is_none() {
            told.note("a document's tokens are not those of its text, and became its text");
        }
        let Set { text, spans } = exact.unwrap_or_else(|| self.set(told));
        let annotations = self.annotations(&spans, told);
        let (annotator, meta) = kept.map(|kept| (kept.annotator, kept.meta)).unwrap_or_default();
        let text = Arc::new(Text::new(text));
        Some(Record { id: self.id, text, meta, annotator, annotations, ..Record::default() })
    }

    /// The text of sentences, by what the file says of each or else of its tokens.
    fn set(&self, told: &mut Told) -> Set {
        let mut set = Set { text: String::new(), spans: Vec::with_capacity(self.tokens.len()) };
        let mut length = 0;
        let ends = self.sentences.iter().skip(1).map(|(start, _)| *start).chain([self.tokens.len()]);
        for ((start, said), end) in self.sentences.iter().zip(ends) {
            let tokens = &self.tokens[*start..end];
            if *start > 0 {
                set.text.push('\n');
                length += 1;
            }
            if let Some((said, spans)) = said.and_then(|said| Some((said, align(tokens, said, length)?))) {
                set.spans.extend(spans);
                set.text.push_str(said);
                length += said.chars().count() as u32;
                continue;
            }
            if said.is_some() {
                told.note("a sentence's tokens are not those of its text, and became its text");
            }
            for (at, token) in tokens.iter().enumerate() {
                if at > 0 {
                    set.text.push(' ');
                    length += 1;
                }
                let end = length + token.chars().count() as u32;
                set.spans.push(Span::new(length, end));
                set.text.push_str(token);
                length = end;
            }
        }
        set
    }

    /// The annotations that the tags say.
    fn annotations(&self, spans: &[Span], told: &mut Told) -> Vec<Annotation> {
        let mut found: Vec<(Span, &str)> = Vec::new();
        let width = self.columns.count();
        for column in 0..width {
            let mut open: Option<(Span, &str)> = None;
            let mut sentences = self.sentences.iter().map(|(start, _)| *start).peekable();
            for (at, span) in spans.iter().enumerate() {
                if sentences.next_if_eq(&at).is_some() {
                    found.extend(open.take());
                }
                let tag = self.tags[at * width + column];
                let (label, begins) = match tag {
                    Tag::Outside => {
                        found.extend(open.take());
                        continue;
                    }
                    Tag::Begin(label) | Tag::Only(label) => (label, true),
                    Tag::In(label) | Tag::Last(label) => (label, false),
                };
                match &mut open {
                    Some((whole, own)) if !begins && *own == label => whole.end = span.end,
                    _ => {
                        if !begins {
                            told.note("a tag that continues nothing was read as a beginning, as IOB1 means it");
                        }
                        found.extend(open.replace((*span, label)));
                    }
                }
                if matches!(tag, Tag::Last(_) | Tag::Only(_)) {
                    found.extend(open.take());
                }
            }
            found.extend(open);
        }
        found.sort_by_key(|(span, _)| (span.start, u32::MAX - span.end.0));
        let annotation =
            |(number, (span, label)): (usize, (Span, &str))| Annotation::new(format!("a{number}"), label, vec![span]);
        (1..).zip(found).map(annotation).collect()
    }
}

/// Where tokens lie in a text that begins at some offset, with nothing but white space between; nothing if they do not.
fn align(tokens: &[&str], text: &str, from: u32) -> Option<Vec<Span>> {
    let (mut rest, mut at) = (text, from);
    let mut spans = Vec::with_capacity(tokens.len());
    let skip = |rest: &mut &str, at: &mut u32| {
        let trimmed = rest.trim_start();
        *at += rest[..rest.len() - trimmed.len()].chars().count() as u32;
        *rest = trimmed;
    };
    for token in tokens {
        skip(&mut rest, &mut at);
        rest = rest.strip_prefix(token)?;
        let end = at + token.chars().count() as u32;
        spans.push(Span::new(at, end));
        at = end;
    }
    skip(&mut rest, &mut at);
    rest.is_empty().then_some(spans)
}
