//! One paragraph laid out: where its lines and characters lie, and which character lies where.
//!
//! Places in a paragraph are bytes from its start; lengths are points from its upper left corner.

use std::{
    ops::Range,
    sync::atomic::{AtomicU64, Ordering},
};

use egui::{Pos2, Rect, pos2};
use parley::layout::{Affinity, Line, LineMetrics};
use parley::{Layout, LineHeight, OverflowWrap, RangedBuilder, StyleProperty};

use super::signs::{self, Sign, sign_of};
use super::style::{ASCENT, DESCENT, TextStyle};
use super::visual::{Cell, LineCells, set_line};

/// What a layout depends on besides its text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Setting {
    pub style: TextStyle,
    /// Width of the column in physical pixels.
    pub width: f32,
    /// Physical pixels per point. Layout happens in pixels, so that letters are sharp at any scale.
    pub scale: f32,
}

/// A place for the caret: before the character at a byte, drawn at that one or after the one before.
///
/// The two differ at the end of a line and where directions meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub byte: usize,
    pub affinity: Affinity,
}

impl Place {
    pub const START: Self = Self::before(0);

    /// At the character that starts at `byte`.
    pub const fn before(byte: usize) -> Self {
        Self { byte, affinity: Affinity::Downstream }
    }

    /// Behind the character that ends at `byte`.
    pub const fn after(byte: usize) -> Self {
        Self { byte, affinity: Affinity::Upstream }
    }
}

/// A part of a line that some characters take up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    pub line: usize,
    pub left: f32,
    pub right: f32,
}

/// A paragraph laid out.
pub(super) struct Laid {
    layout: Layout<()>,
    setting: Setting,
    /// Bytes of the text.
    len: usize,
    /// Tells this layout from all others, for caches of what was made for it.
    id: u64,
    rtl: bool,
    /// The cells of all lines, each line from left to right.
    cells: Vec<Cell>,
    lines: Vec<LineCells>,
    /// The directional characters, each with its byte.
    signs: Vec<(usize, &'static Sign)>,
}

impl Laid {
    /// Lays out `text`, which must have no line break at its end.
    pub fn new(mut builder: RangedBuilder<'_, ()>, text: &str, setting: &Setting) -> Self {
        let style = &setting.style;
        // A whole number of pixels, so that all lines of a text are equally far apart.
        let line_height = (style.size * style.line_height * setting.scale).round() / setting.scale;
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(line_height)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        let mut layout = builder.build(text);
        layout.break_all_lines(Some(setting.width));
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let rtl = layout.is_rtl();
        let mut cells = Vec::with_capacity(text.len());
        let set = |line: Line<'_, ()>| set_line(&line, text, rtl, setting.width, &mut cells);
        let lines = if text.is_empty() { Vec::new() } else { layout.lines().map(set).collect() };
        cells.shrink_to_fit();
        let signs = text.char_indices().filter_map(|(byte, c)| Some((byte, sign_of(c)?))).collect();
        Self { layout, setting: *setting, len: text.len(), id, rtl, cells, lines, signs }
    }

    pub fn id(&self) -> u64 {
        self.id
    }

    /// Bytes of the text.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn scale(&self) -> f32 {
        self.setting.scale
    }

    pub fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// What stands in a line, from left to right.
    pub fn cells(&self, line: usize) -> &[Cell] {
        let range = self.lines.get(line).map_or(0..0, |line| line.first as usize..line.end as usize);
        &self.cells[range]
    }

    /// Height of all lines; an empty paragraph is a gap of less than a line.
    pub fn height(&self) -> f32 {
        let style = &self.setting.style;
        if self.len == 0 {
            return style.size * style.line_height * style.empty_line;
        }
        self.layout.height() / self.scale()
    }

    /// How many lines there are; at least one, where the caret can stand.
    pub fn line_count(&self) -> usize {
        if self.len == 0 { 1 } else { self.layout.len().max(1) }
    }

    /// The lines with the positions of their baselines, in pixels.
    pub fn baselines(&self) -> impl Iterator<Item = (Line<'_, ()>, f32)> {
        self.layout.lines().map(|line| (line, self.baseline_px(line.metrics())))
    }

    /// The layout centres letters in the height of the line; they are moved up to make room for underlines.
    fn baseline_px(&self, metrics: &LineMetrics) -> f32 {
        let highest = metrics.block_min_coord + ASCENT * self.em() + self.scale();
        metrics.baseline.min(highest).round()
    }

    /// Letter size in pixels.
    fn em(&self) -> f32 {
        self.setting.style.size * self.scale()
    }

    fn metrics(&self, line: usize) -> LineMetrics {
        match self.layout.get(line) {
            Some(line) if self.len > 0 => *line.metrics(),
            _ => LineMetrics {
                baseline: ASCENT * self.em(),
                block_max_coord: self.height() * self.scale(),
                ..Default::default()
            },
        }
    }

    /// The bytes of a line, with the space at its end.
    pub fn line_bytes(&self, line: usize) -> Range<usize> {
        if self.len == 0 {
            return 0..0;
        }
        self.layout.get(line).map_or(self.len..self.len, |line| line.text_range())
    }

    /// From the top of a line to the top of the next one.
    pub fn line_range(&self, line: usize) -> (f32, f32) {
        let metrics = self.metrics(line);
        (metrics.block_min_coord / self.scale(), metrics.block_max_coord / self.scale())
    }

    pub fn baseline(&self, line: usize) -> f32 {
        self.baseline_px(&self.metrics(line)) / self.scale()
    }

    /// From the top to the bottom of the letters of a line.
    pub fn letters(&self, line: usize) -> (f32, f32) {
        let baseline = self.baseline_px(&self.metrics(line));
        let top = (baseline - ASCENT * self.em()).round();
        let bottom = (baseline + DESCENT * self.em()).round();
        (top / self.scale(), bottom / self.scale())
    }

    /// Where a line begins and ends, without the space that hangs over its end.
    pub fn line_extent(&self, line: usize) -> (f32, f32) {
        let line = self.lines.get(line).copied().unwrap_or_default();
        (line.left / self.scale(), line.right / self.scale())
    }

    /// The line at height `y`; the first or last one if `y` is outside.
    pub fn line_at(&self, y: f32) -> usize {
        self.first_line(|line| self.line_range(line).1 > y)
    }

    /// The line that holds the character at `byte`; the last one at the end.
    pub fn line_of_byte(&self, byte: usize) -> usize {
        self.first_line(|line| self.line_bytes(line).end > byte)
    }

    /// The first line that has come so far, or else the last line.
    fn first_line(&self, far_enough: impl Fn(usize) -> bool) -> usize {
        let (mut low, mut high) = (0, self.line_count() - 1);
        while low < high {
            let middle = usize::midpoint(low, high);
            if far_enough(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    /// The line on which the caret is drawn.
    pub fn line_of(&self, place: Place) -> usize {
        match place.affinity {
            Affinity::Downstream => self.line_of_byte(place.byte),
            Affinity::Upstream => self.line_of_byte(place.byte.saturating_sub(1)),
        }
    }

    /// How many cells of its line stand left of the caret.
    pub fn cells_before(&self, place: Place) -> usize {
        let cells = self.cells(self.line_of(place));
        let at = |byte: usize| cells.iter().position(|cell| cell.holds(byte));
        let here = if place.affinity == Affinity::Downstream { at(place.byte) } else { None };
        match here.or_else(|| at(place.byte.checked_sub(1)?)) {
            // Before a cell is left of it, unless that runs from right to left; behind it is the other side.
            Some(found) => found + usize::from(here.is_some() == cells[found].rtl),
            None => 0,
        }
    }

    /// Where the caret is drawn, between the left and the right edge of the column.
    pub fn caret_x(&self, place: Place) -> f32 {
        let (before, line) = (self.cells_before(place), self.line_of(place));
        let cells = self.cells(line);
        let edge = match (before.checked_sub(1).and_then(|left| cells.get(left)), cells.first()) {
            (Some(left), _) => left.right,
            (None, Some(first)) => first.left,
            (None, None) => self.lines.get(line).map_or(0.0, |line| line.left),
        };
        edge.clamp(0.0, self.setting.width) / self.scale()
    }

    /// Where the signs of characters that cannot be seen are painted: of all, or only of those that change an order.
    pub fn signs(&self, all: bool) -> impl Iterator<Item = (Rect, &'static Sign)> {
        let (mut last, mut nth) = (None, 0);
        self.signs.iter().filter(move |(_, sign)| all || sign.is_loud()).map(move |&(byte, sign)| {
            let rect = self.caret(Place::before(byte));
            nth = if last == Some(rect.min) { nth + 1 } else { 0 };
            last = Some(rect.min);
            let room = self.stretches(byte..byte + sign.character.len_utf8()).first().copied();
            match room.filter(|_| sign.is_wide()) {
                Some(room) => (Rect::from_x_y_ranges(room.left..=room.right, rect.y_range()), sign),
                None => (signs::place(rect.left(), rect.top(), rect.bottom(), nth), sign),
            }
        })
    }

    /// The caret as a line without width.
    pub fn caret(&self, place: Place) -> Rect {
        let (top, bottom) = self.letters(self.line_of(place));
        let x = self.caret_x(place);
        Rect::from_min_max(pos2(x, top), pos2(x, bottom))
    }

    /// The place for the caret that is nearest to a point.
    pub fn hit(&self, point: Pos2) -> Place {
        self.hit_line(self.line_at(point.y), point.x)
    }

    /// The place for the caret in a line that is nearest to `x`.
    pub fn hit_line(&self, line: usize, x: f32) -> Place {
        let (cells, x) = (self.cells(line), x * self.scale());
        let found = cells.partition_point(|cell| cell.right <= x).min(cells.len().saturating_sub(1));
        let Some(cell) = cells.get(found) else { return Place::before(self.line_bytes(line).start) };
        let in_left_half = x < f32::midpoint(cell.left, cell.right);
        if in_left_half == cell.rtl { Place::after(cell.end as usize) } else { Place::before(cell.start as usize) }
    }

    /// The start of the grapheme cluster under a point; `None` beside the text.
    pub fn char_at(&self, point: Pos2) -> Option<usize> {
        if point.y < 0.0 || point.y >= self.height() {
            return None;
        }
        let (cells, x) = (self.cells(self.line_at(point.y)), point.x * self.scale());
        let cell = cells.get(cells.partition_point(|cell| cell.right <= x))?;
        (cell.left <= x).then_some(cell.start as usize)
    }

    /// What the characters in `bytes` take up, line by line, from left to right: several stretches in a
    /// line where directions mix.
    pub fn stretches(&self, bytes: Range<usize>) -> Vec<Stretch> {
        let mut stretches = Vec::new();
        if bytes.is_empty() || self.len == 0 {
            return stretches;
        }
        let last = self.line_of_byte(bytes.end - 1);
        for line in self.line_of_byte(bytes.start)..=last {
            let whole = self.line_bytes(line);
            if bytes.start <= whole.start && whole.end <= bytes.end {
                let (left, right) = self.line_extent(line);
                stretches.push(Stretch { line, left, right });
            } else {
                self.stretches_in_line(line, &bytes, &mut stretches);
            }
        }
        stretches
    }

    fn stretches_in_line(&self, line: usize, bytes: &Range<usize>, stretches: &mut Vec<Stretch>) {
        let cells = self.cells(line);
        let (start, end) = (bytes.start as u32, bytes.end as u32);
        let inside = |cell: &Cell| cell.start < end && start < cell.end;
        if self.lines.get(line).is_some_and(|line| line.in_order) {
            let first = cells.partition_point(|cell| cell.end <= start);
            let after = cells.partition_point(|cell| cell.start < end);
            stretches.extend(cells.get(first..after).and_then(|cells| self.stretch(line, cells)));
        } else {
            let parts = cells.chunk_by(|a, b| inside(a) == inside(b)).filter(|cells| inside(&cells[0]));
            stretches.extend(parts.filter_map(|cells| self.stretch(line, cells)));
        }
    }

    /// What neighbours in a line take up together, without the space that hangs over its end: marked, that
    /// would look ragged.
    fn stretch(&self, line: usize, cells: &[Cell]) -> Option<Stretch> {
        let (first, last) = (cells.first()?, cells.last()?);
        let (start, end) = self.line_extent(line);
        let (left, right) = ((first.left / self.scale()).max(start), (last.right / self.scale()).min(end));
        (right > left).then_some(Stretch { line, left, right })
    }
}
