//! Ways to move the caret, and how they go inside one paragraph.

use super::laid::{Laid, Place};

/// A way to move the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One grapheme cluster to the left, as seen on screen.
    Left,
    /// One grapheme cluster to the right, as seen on screen.
    Right,
    /// To the edge of a word, towards the left in a left-to-right paragraph.
    WordLeft,
    /// To the edge of a word, towards the right in a left-to-right paragraph.
    WordRight,
    /// One visual line up, keeping the horizontal position.
    LineUp,
    /// One visual line down, keeping the horizontal position.
    LineDown,
    /// To the start of the visual line.
    LineStart,
    /// To the end of the visual line.
    LineEnd,
    /// To the start of the paragraph, or of the one before.
    ParagraphUp,
    /// To the start of the next paragraph.
    ParagraphDown,
    /// Nearly the height of the pane up.
    PageUp,
    /// Nearly the height of the pane down.
    PageDown,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
}

impl Motion {
    /// Whether the horizontal position is kept over several such motions.
    pub(super) fn keeps_goal(self) -> bool {
        matches!(self, Self::LineUp | Self::LineDown | Self::PageUp | Self::PageDown)
    }
}

impl Laid {
    /// The caret one grapheme cluster further left or right; `None` at the edge of the paragraph.
    pub fn step(&self, place: Place, right: bool) -> Option<Place> {
        let line = self.line_of(place);
        let (cells, before) = (self.cells(line), self.cells_before(place));
        let passed = if right { Some(before) } else { before.checked_sub(1) };
        let Some(cell) = passed.and_then(|passed| cells.get(passed)) else {
            return self.step_line(place, line, right);
        };
        if right == cell.rtl {
            return Some(Place::before(cell.start as usize));
        }
        let end = cell.end as usize;
        let wraps = end == self.line_bytes(line).end && line + 1 < self.line_count();
        // Behind the space at which a line is broken, the caret belongs to the next line.
        Some(if wraps { Place::before(end) } else { Place::after(end) })
    }

    /// From the left or right edge of a line on to the line that continues there.
    fn step_line(&self, place: Place, line: usize, right: bool) -> Option<Place> {
        let arrival = if right != self.is_rtl() {
            let next = Some(line + 1).filter(|&next| next < self.line_count())?;
            Place::before(self.line_bytes(next).start)
        } else {
            Place::after(self.line_bytes(line.checked_sub(1)?).end)
        };
        // The end of a line and the start of the next are the same place in the text.
        if arrival.byte == place.byte { self.step(arrival, right) } else { Some(arrival) }
    }

    /// The caret at the start or the end of a visual line.
    pub fn line_edge(&self, line: usize, end: bool) -> Place {
        let bytes = self.line_bytes(line);
        if end { Place::after(bytes.end) } else { Place::before(bytes.start) }
    }
}
