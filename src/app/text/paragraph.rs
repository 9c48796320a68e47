//! One visible paragraph, as those who decorate the text see it.

use ascribe_schema::{Offset, Span, Text};
use egui::{Painter, Pos2, Rect, pos2};

use super::chunks::Chunk;
use super::laid::Laid;

/// Paints marks below and above the letters of each visible paragraph.
pub trait Decorate {
    /// How much room the marks on these characters need below each line, in points; the same whenever nothing
    /// has changed.
    fn room(&mut self, _span: Span) -> f32 {
        0.0
    }
    /// Called before the selection and the letters of a paragraph are painted.
    fn under(&mut self, painter: &Painter, paragraph: &Paragraph<'_>);
    /// Called after the letters of a paragraph have been painted.
    fn over(&mut self, painter: &Painter, paragraph: &Paragraph<'_>);
}

/// Paints nothing.
impl Decorate for () {
    fn under(&mut self, _painter: &Painter, _paragraph: &Paragraph<'_>) {}
    fn over(&mut self, _painter: &Painter, _paragraph: &Paragraph<'_>) {}
}

/// A part of one visual line on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LineRect {
    /// From the top to the bottom of the letters; underlines go below.
    pub rect: Rect,
    /// The line on which letters stand.
    pub baseline: f32,
    /// Where the letters of the next line start. Between `rect.bottom()` and here all is free.
    pub floor: f32,
    /// Which visual line of the paragraph this is, from 0.
    pub line: usize,
}

/// A visible paragraph: a line of the text, or a piece of a very long one.
#[derive(Clone, Copy)]
pub struct Paragraph<'a> {
    pub(super) laid: &'a Laid,
    pub(super) document: &'a Text,
    pub(super) chunk: Chunk,
    /// Its upper left corner on screen.
    pub(super) origin: Pos2,
    /// Width of the column.
    pub(super) width: f32,
}

impl Paragraph<'_> {
    /// The characters of the paragraph, without the line break at its end.
    #[must_use]
    pub fn span(&self) -> Span {
        self.chunk.span()
    }

    /// The text of the paragraph.
    #[must_use]
    pub fn text(&self) -> &str {
        self.document.as_str().get(self.chunk.bytes()).unwrap_or_default()
    }

    /// What it takes up on screen: the width of the column, all of its lines.
    #[must_use]
    pub fn rect(&self) -> Rect {
        Rect::from_min_size(self.origin, egui::vec2(self.width, self.laid.height()))
    }

    /// Tells this layout of the paragraph from all others, for caches of what was made for it.
    #[must_use]
    pub fn layout(&self) -> u64 {
        self.laid.id()
    }

    /// Physical pixels per point.
    #[must_use]
    pub fn scale(&self) -> f32 {
        self.laid.scale()
    }

    /// The visual lines: their characters, and from their letters to where the next line starts.
    #[must_use]
    pub fn lines(&self) -> Vec<(Span, Rect)> {
        let line = |line: usize| {
            let bytes = self.laid.line_bytes(line);
            let ((top, _), (_, floor)) = (self.laid.letters(line), self.laid.line_range(line));
            let span = Span { start: self.offset(bytes.start), end: self.offset(bytes.end) };
            (span, self.on_screen(0.0, self.width, top, floor))
        };
        (0..self.laid.line_count()).map(line).collect()
    }

    /// Its upper left corner on screen.
    #[must_use]
    pub fn origin(&self) -> Pos2 {
        self.origin
    }

    /// The same paragraph with its corner at zero, to make what will be moved about.
    #[must_use]
    pub fn at_zero(&self) -> Self {
        Self { origin: Pos2::ZERO, ..*self }
    }

    /// Whether its text runs from right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        self.laid.is_rtl()
    }

    /// What the characters of `span` take up, as far as they belong to this paragraph: from top to bottom
    /// and from left to right, several parts in a line where directions mix.
    #[must_use]
    pub fn rects(&self, span: Span) -> Vec<LineRect> {
        let Some(inside) = span.intersection(self.span()) else { return Vec::new() };
        let bytes = self.byte(inside.start)..self.byte(inside.end);
        let stretches = self.laid.stretches(bytes).into_iter();
        let placed = stretches.map(|stretch| {
            let (top, bottom) = self.laid.letters(stretch.line);
            LineRect {
                rect: self.on_screen(stretch.left, stretch.right, top, bottom),
                baseline: self.origin.y + self.laid.baseline(stretch.line),
                floor: self.origin.y + self.laid.line_range(stretch.line).1,
                line: stretch.line,
            }
        });
        placed.collect()
    }

    fn on_screen(&self, left: f32, right: f32, top: f32, bottom: f32) -> Rect {
        Rect::from_min_max(pos2(left, top), pos2(right, bottom)).translate(self.origin.to_vec2())
    }

    fn offset(&self, byte: usize) -> Offset {
        self.document.offset_of_byte(self.chunk.bytes().start + byte).unwrap_or(self.span().end)
    }

    /// The byte in the paragraph at which the character at `offset` starts.
    pub(super) fn byte(&self, offset: Offset) -> usize {
        let bytes = self.chunk.bytes();
        self.document.byte(offset).unwrap_or(bytes.end).clamp(bytes.start, bytes.end) - bytes.start
    }
}
