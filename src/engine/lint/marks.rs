//! The quoted strings of a text, to be asked what begins or ends near a place.

use ascribe_attribution::{Marks, quotations};
use ascribe_schema::{Offset, Span, Text};

/// How far a mark and the spaces inside it may reach.
const MARK: u32 = 4;

/// All quoted strings of a text, by their starts and by their ends.
pub(super) struct Strings {
    by_start: Vec<Quoted>,
    by_end: Vec<Quoted>,
}

/// A quoted string, or its part in one paragraph, with its marks; and what lies between them without white space.
#[derive(Clone, Copy)]
pub(super) struct Quoted {
    pub(super) outer: Span,
    pub(super) inner: Span,
    pub(super) marks: Marks,
}

impl Strings {
    pub(super) fn of(text: &Text) -> Self {
        let mut by_start = Vec::new();
        for quoted in quotations(text.as_str()) {
            let last = quoted.parts.len() - 1;
            for (number, part) in quoted.parts.iter().enumerate() {
                let ends = text.offset_of_byte(part.start).zip(text.offset_of_byte(part.end));
                let (Some((start, end)), Some(content)) = (ends, text.as_str().get(part.clone())) else { continue };
                let opened = number > 0 || quoted.marks != Marks::MissingOpen;
                let closed = number == last && quoted.marks != Marks::MissingClose;
                let front = if opened { mark(content.chars()) } else { 0 };
                let back = if closed { mark(content.chars().rev()) } else { 0 };
                let (outer, inner) = (Span { start, end }, Span { start: start.plus(front), end: end.minus(back) });
                let inner = if inner.is_empty() { outer } else { inner };
                by_start.push(Quoted { outer, inner, marks: quoted.marks });
            }
        }
        by_start.sort_by_key(|string| (string.outer.start, std::cmp::Reverse(string.outer.end)));
        let mut by_end = by_start.clone();
        by_end.sort_by_key(|string| (string.outer.end, string.outer.start));
        Self { by_start, by_end }
    }

    /// The strings that start within a mark’s width before `at`, or there.
    pub(super) fn starting(&self, at: Offset) -> impl Iterator<Item = &Quoted> {
        let first = self.by_start.partition_point(|string| string.outer.start < at.minus(MARK));
        self.by_start[first..].iter().take_while(move |string| string.outer.start <= at)
    }

    /// The strings that end within a mark’s width after `at`, or there.
    pub(super) fn ending(&self, at: Offset) -> impl Iterator<Item = &Quoted> {
        let first = self.by_end.partition_point(|string| string.outer.end < at);
        self.by_end[first..].iter().take_while(move |string| string.outer.end <= at.plus(MARK))
    }
}

impl Quoted {
    pub(super) fn is_closed(self) -> bool {
        self.inner.end < self.outer.end
    }

    pub(super) fn is_opened(self) -> bool {
        self.outer.start < self.inner.start
    }
}

/// How long the mark is that stands first, with the white space behind it; 0 where none does.
fn mark(mut characters: impl Iterator<Item = char> + Clone) -> u32 {
    let Some(first) = characters.next().filter(|&c| is_mark(c)) else { return 0 };
    // Typewriters write two signs for one mark.
    let second = characters.clone().next().filter(|&c| c == first && matches!(c, '`' | '\''));
    let signs = second.map_or(1, |_| 2);
    characters.by_ref().take(signs - 1).for_each(drop);
    (signs + characters.take_while(|c| c.is_whitespace()).count()) as u32
}

/// Whether a sign can be a quote mark, or a half of one.
pub(super) fn is_mark(c: char) -> bool {
    const MARKS: &str = "“”„‟\"＂‘’‚‛'`´«»‹›「」『』";
    MARKS.contains(c)
}
