//! Splits a text into the pieces that are laid out one by one: its lines, the over-long ones cut up.

use std::ops::Range;

use ascribe_schema::{Offset, Span};
use unicode_segmentation::GraphemeCursor;

/// The most bytes of one piece. Layout takes a good millisecond for that many; a frame can afford no more.
pub(super) const MAX_BYTES: usize = 2048;

/// One line of the text without its line break, or a piece of an over-long line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    start: u32,
    end: u32,
    offset: u32,
    chars: u32,
    /// Whether this is the last, often the only piece of its line.
    pub ends_line: bool,
}

impl Chunk {
    /// The bytes of the text inside.
    pub fn bytes(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn span(&self) -> Span {
        Span::new(self.offset, self.offset + self.chars)
    }

    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

/// All pieces of a text, in order; together they hold all of it except the line breaks.
#[derive(Clone, Debug)]
pub(super) struct Chunks(Vec<Chunk>);

impl Chunks {
    pub fn new(text: &str) -> Self {
        let mut chunks = Vec::new();
        let (mut byte, mut offset) = (0, 0);
        for line in text.split('\n') {
            // The carriage return of a Windows line break would be laid out as an empty line.
            let visible = line.strip_suffix('\r').unwrap_or(line);
            let chars = push_line(&mut chunks, visible, byte, offset);
            let breaks = line.len() - visible.len() + 1;
            byte += visible.len() + breaks;
            offset += chars + breaks;
        }
        Self(chunks)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn get(&self, index: usize) -> Chunk {
        self.0[index.min(self.0.len() - 1)]
    }

    pub fn iter(&self) -> impl Iterator<Item = &Chunk> {
        self.0.iter()
    }

    /// The piece that holds `offset`; a place between two pieces of a line belongs to the second.
    pub fn at(&self, offset: Offset) -> usize {
        self.0.partition_point(|chunk| chunk.offset <= offset.0).saturating_sub(1)
    }

    /// The first piece of the line that `index` is a piece of.
    pub fn line_start(&self, index: usize) -> usize {
        let before = &self.0[..index.min(self.0.len())];
        before.iter().rposition(|chunk| chunk.ends_line).map_or(0, |last| last + 1)
    }

    /// The last piece of the line that `index` is a piece of.
    pub fn line_end(&self, index: usize) -> usize {
        let after = self.0.iter().skip(index).position(|chunk| chunk.ends_line);
        after.map_or(self.0.len() - 1, |steps| index + steps)
    }
}

/// Adds the pieces of one line and returns how many characters it has.
fn push_line(chunks: &mut Vec<Chunk>, line: &str, byte: usize, offset: usize) -> usize {
    let (mut at, mut chars) = (0, 0);
    loop {
        let rest = &line[at..];
        let size = cut(rest);
        let count = rest[..size].chars().count();
        chunks.push(Chunk {
            start: (byte + at) as u32,
            end: (byte + at + size) as u32,
            offset: (offset + chars) as u32,
            chars: count as u32,
            ends_line: size == rest.len(),
        });
        at += size;
        chars += count;
        if at == line.len() {
            return chars;
        }
    }
}

/// Where to end the first piece of `rest`: all of it if that is short, else after a space or an ideographic stop if
/// there is one, never inside a grapheme cluster.
fn cut(rest: &str) -> usize {
    if rest.len() <= MAX_BYTES {
        return rest.len();
    }
    let limit = rest.floor_char_boundary(MAX_BYTES);
    let ends = |c: char| c.is_whitespace() || matches!(c, '。' | '、' | '，' | '！' | '？' | '；');
    let space = rest[..limit]
        .rmatch_indices(ends)
        .map(|(at, space)| at + space.len())
        .take_while(|&after| after > MAX_BYTES / 2)
        // A closing mark must not begin a line.
        .find(|&after| is_boundary(rest, after) && !rest[after..].starts_with(['」', '』', '）', '”', '’']));
    if let Some(after) = space {
        return after;
    }
    if is_boundary(rest, limit) {
        return limit;
    }
    let before = GraphemeCursor::new(limit, rest.len(), true).prev_boundary(rest, 0);
    let after = || GraphemeCursor::new(limit, rest.len(), true).next_boundary(rest, 0).ok().flatten();
    // A single cluster can be longer than a piece: then the piece is as long as the cluster.
    match before {
        Ok(Some(before)) if before > 0 => before,
        _ => after().unwrap_or(rest.len()),
    }
}

/// Whether a caret may stand at `byte`: not inside a grapheme cluster.
pub(super) fn is_boundary(text: &str, byte: usize) -> bool {
    if !text.is_char_boundary(byte) {
        return false;
    }
    // Answers without looking far for almost all text, and never fails when given all of it.
    GraphemeCursor::new(byte, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}

/// The last place at or before `byte` where a caret may stand.
pub(super) fn floor_boundary(text: &str, byte: usize) -> usize {
    let byte = text.floor_char_boundary(byte);
    if is_boundary(text, byte) {
        return byte;
    }
    let before = GraphemeCursor::new(byte, text.len(), true).prev_boundary(text, 0);
    before.ok().flatten().unwrap_or(0)
}
