//! The view of one text: what it shows, where the caret is, what is selected.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ascribe_schema::{Offset, Span, Text};
use egui::{Id, Pos2, Rect, pos2};
use parley::layout::Affinity;

use super::access::Access;
use super::chunks::floor_boundary;
use super::flow::{Flow, Spot};
use super::fonts::Fonts;
use super::laid::Place;
use super::paragraph::{LineRect, Paragraph};
use super::signs::Sign;

/// What to bring into view when the pane is shown next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reveal {
    Caret,
    Span(Span),
    Middle(Offset),
}

/// What the last frame showed, and where on screen.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub chunks: Range<usize>,
    pub clip: Rect,
    /// Left edge of the column.
    pub left: f32,
}

impl Default for Seen {
    fn default() -> Self {
        Self { chunks: 0..0, clip: Rect::NOTHING, left: 0.0 }
    }
}

/// The view of one text: scroll position, caret and selection.
///
/// The caret is the moving end of the selection; without a selection both ends are the same.
pub struct TextPane {
    /// Tells apart several panes shown in the same place: their scroll positions and their keyboard focus.
    pub(super) id: u64,
    /// Whether Tab has a meaning in the text, instead of moving on from it.
    pub keeps_tab: bool,
    pub(super) flow: Flow,
    pub(super) anchor: Offset,
    pub(super) focus: Offset,
    pub(super) affinity: Affinity,
    /// Where moving up and down by lines wants to go, from the left edge of the column.
    pub(super) goal: Option<f32>,
    pub(super) reveal: Option<Reveal>,
    pub(super) seen: Seen,
    /// The scroll area of the last frame, and its position then.
    pub(super) scroll_area: Option<(Id, f32)>,
    /// How far to scroll in the next frame.
    pub(super) nudge: f64,
    /// Where the mouse button was pressed.
    pub(super) pressed: Option<Offset>,
    /// Where the drag that is going on was last.
    pub(super) dragged_to: Option<Offset>,
    /// The last place hit by the pointer, which knows at which of two lines the caret belongs.
    pub(super) last_hit: Option<(Offset, Affinity)>,
    /// What assistive technology has been told.
    pub(super) access: Access,
    /// A character that came into view and for which there is no font.
    pub(super) missing: Option<char>,
}

impl TextPane {
    /// A view of the start of a text.
    #[must_use]
    pub fn new(text: Arc<Text>) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self {
            id: NEXT.fetch_add(1, Ordering::Relaxed),
            keeps_tab: false,
            flow: Flow::new(text),
            anchor: Offset::ZERO,
            focus: Offset::ZERO,
            affinity: Affinity::Downstream,
            goal: None,
            reveal: None,
            seen: Seen::default(),
            scroll_area: None,
            nudge: 0.0,
            pressed: None,
            dragged_to: None,
            last_hit: None,
            access: Access::default(),
            missing: None,
        }
    }

    /// The text that is shown.
    #[must_use]
    pub fn text(&self) -> &Arc<Text> {
        &self.flow.text
    }

    /// A character that has come into view and for which there is no font, if there is one.
    #[must_use]
    pub fn missing(&self) -> Option<char> {
        self.missing
    }

    /// Where the caret is.
    #[must_use]
    pub fn caret(&self) -> Offset {
        self.focus
    }

    /// The end of the selection that stays while the caret moves.
    #[must_use]
    pub fn anchor(&self) -> Offset {
        self.anchor
    }

    /// What is selected; `None` when that is nothing.
    #[must_use]
    pub fn selection(&self) -> Option<Span> {
        let span = Span::between(self.anchor, self.focus);
        (!span.is_empty()).then_some(span)
    }

    /// Puts the caret somewhere and selects nothing. Does not scroll.
    pub fn set_caret(&mut self, offset: Offset) {
        self.set_selection(offset, offset);
    }

    /// Selects from `anchor` to `focus`, where the caret goes. Does not scroll.
    pub fn set_selection(&mut self, anchor: Offset, focus: Offset) {
        let end = self.flow.text.len();
        self.anchor = anchor.min(end);
        self.focus = focus.min(end);
        self.goal = None;
        let hit = self.last_hit.filter(|(offset, _)| *offset == self.focus);
        self.affinity = hit.map_or(Affinity::Downstream, |(_, affinity)| affinity);
    }

    /// Brings a span into view when the pane is shown next: its start a third down, unless all of it is
    /// to be seen already.
    pub fn scroll_to(&mut self, span: Span) {
        self.reveal = Some(Reveal::Span(span));
    }

    /// Brings the caret into view when the pane is shown next.
    pub fn scroll_to_caret(&mut self) {
        self.reveal = Some(Reveal::Caret);
    }

    /// Brings a place into the middle when the pane is shown next, wherever it is now.
    pub fn center_on(&mut self, offset: Offset) {
        self.reveal = Some(Reveal::Middle(offset.min(self.flow.text.len())));
    }

    /// How far down the text what is shown begins, in points: differs whenever it was scrolled.
    #[must_use]
    pub fn top(&self) -> f64 {
        self.flow.top
    }

    /// Shows the same lines at the top as another pane of the same text.
    pub fn follow_pane(&mut self, fonts: &mut Fonts, other: &Self) {
        if self.flow.setting().is_some() && other.flow.setting().is_some() {
            self.flow.restore(fonts, &other.flow.anchor());
        }
    }

    /// The characters in all lines of which the last frame showed a part.
    #[must_use]
    pub fn visible(&self) -> Span {
        let ends = |chunk: usize, y: f32| {
            let laid = self.flow.laid(chunk)?;
            let line = laid.line_at(y - self.origin(chunk).y);
            let bytes = laid.line_bytes(line);
            let offset = |byte| self.flow.offset(Spot { chunk, place: Place::before(byte) });
            Some((offset(bytes.start), offset(bytes.end)))
        };
        let first = ends(self.seen.chunks.start, self.seen.clip.top());
        let last = ends(self.seen.chunks.end.saturating_sub(1), self.seen.clip.bottom());
        match (first, last) {
            (Some((start, _)), Some((_, end))) => Span::between(start, end),
            _ => Span::default(),
        }
    }

    /// Where on screen the caret is, as a line without width; `None` out of view.
    #[must_use]
    pub fn caret_rect(&self) -> Option<Rect> {
        let spot = self.caret_spot();
        self.rect_of_spot(spot)
    }

    /// Where on screen a caret at `offset` would be; `None` out of view.
    #[must_use]
    pub fn rect_of(&self, offset: Offset) -> Option<Rect> {
        let (chunk, byte) = self.flow.locate(offset);
        self.rect_of_spot(Spot { chunk, place: Place::before(byte) })
    }

    /// Where on screen a caret behind the character before `offset` would be: at its other side where
    /// directions meet or a line is broken.
    #[must_use]
    pub fn rect_behind(&self, offset: Offset) -> Option<Rect> {
        let (chunk, byte) = self.flow.locate(offset);
        let place = if byte == 0 { Place::START } else { Place::after(byte) };
        self.rect_of_spot(Spot { chunk, place })
    }

    /// The column on screen that the lines fill, as high as the pane.
    #[must_use]
    pub fn column(&self) -> Rect {
        let width = self.flow.setting().map_or(0.0, |setting| setting.width / setting.scale);
        let clip = self.seen.clip;
        Rect::from_min_max(pos2(self.seen.left, clip.top()), pos2(self.seen.left + width, clip.bottom()))
    }

    pub(super) fn rect_of_spot(&self, spot: Spot) -> Option<Rect> {
        if !self.seen.chunks.contains(&spot.chunk) {
            return None;
        }
        let rect = self.flow.laid(spot.chunk)?.caret(spot.place);
        let rect = rect.translate(self.origin(spot.chunk).to_vec2());
        rect.y_range().intersects(self.seen.clip.y_range()).then_some(rect)
    }

    /// What the characters of `span` take up on screen, as far as they are in view.
    #[must_use]
    pub fn rects_of(&self, span: Span) -> Vec<LineRect> {
        let paragraphs = self.seen.chunks.clone().filter_map(|chunk| self.paragraph(chunk));
        let rects = paragraphs.flat_map(|paragraph| paragraph.rects(span));
        rects.filter(|line| line.rect.y_range().intersects(self.seen.clip.y_range())).collect()
    }

    pub(super) fn paragraph(&self, chunk: usize) -> Option<Paragraph<'_>> {
        let setting = self.flow.setting()?;
        Some(Paragraph {
            laid: self.flow.laid(chunk)?,
            document: &self.flow.text,
            chunk: self.flow.chunks.get(chunk),
            origin: self.origin(chunk),
            width: setting.width / setting.scale,
        })
    }

    /// Where a paragraph starts on screen: on whole pixels, so that letters are sharp.
    pub(super) fn origin(&self, chunk: usize) -> Pos2 {
        let scale = self.flow.setting().map_or(1.0, |setting| f64::from(setting.scale));
        let pixels = |y: f64| (y * scale).round();
        let below = (pixels(self.flow.y(chunk)) - pixels(self.flow.top)) / scale;
        pos2(self.seen.left, self.seen.clip.top() + below as f32)
    }

    /// The place in the text nearest to a point on screen.
    pub(super) fn hit(&self, point: Pos2) -> Option<(Offset, Affinity)> {
        let clip = self.seen.clip;
        let point = pos2(point.x, point.y.min(clip.bottom() - 1.0).max(clip.top()));
        let above = |chunk: &usize| self.origin(*chunk).y <= point.y;
        let chunk = self.seen.chunks.clone().rev().find(above).unwrap_or(self.seen.chunks.start);
        let laid = self.flow.laid(chunk)?;
        let place = laid.hit((point - self.origin(chunk)).to_pos2());
        Some((self.flow.offset(Spot { chunk, place }), place.affinity))
    }

    /// The character under a point on screen; `None` beside the text.
    pub(super) fn char_under(&self, point: Pos2) -> Option<Offset> {
        let above = |chunk: &usize| self.origin(*chunk).y <= point.y;
        let chunk = self.seen.chunks.clone().rev().find(above)?;
        let laid = self.flow.laid(chunk)?;
        let byte = laid.char_at((point - self.origin(chunk)).to_pos2())?;
        Some(self.flow.offset(Spot { chunk, place: Place::before(byte) }))
    }

    /// The signs of characters that cannot be seen which the last frame showed, and where.
    pub(super) fn signs(&self) -> impl Iterator<Item = (Rect, &'static Sign)> {
        let all = self.flow.setting().is_some_and(|setting| setting.style.all_signs);
        let laid = self.seen.chunks.clone().filter_map(|chunk| Some((self.origin(chunk), self.flow.laid(chunk)?)));
        laid.flat_map(move |(origin, laid)| {
            laid.signs(all).map(move |(rect, sign)| (rect.translate(origin.to_vec2()), sign))
        })
    }

    /// Where the caret is, never inside a grapheme cluster.
    pub(super) fn caret_spot(&self) -> Spot {
        let (chunk, byte) = self.flow.locate(self.focus);
        let byte = floor_boundary(self.flow.str(chunk), byte);
        // At the start of a paragraph there is nothing before the caret that it could belong to.
        let affinity = if byte == 0 { Affinity::Downstream } else { self.affinity };
        Spot { chunk, place: Place { byte, affinity } }
    }

    /// Scrolls to what was asked for since the last frame.
    pub(super) fn follow(&mut self, fonts: &mut Fonts) {
        match self.reveal.take() {
            None => {}
            Some(Reveal::Caret) => {
                let spot = self.caret_spot();
                let (top, bottom) = self.lines_at(fonts, spot, spot);
                self.flow.bring_into_view(fonts, spot.chunk, top, bottom);
            }
            Some(Reveal::Middle(offset)) => {
                let (chunk, byte) = self.flow.locate(offset);
                let spot = Spot { chunk, place: Place::before(byte) };
                let (top, _) = self.lines_at(fonts, spot, spot);
                self.flow.bring_to_middle(fonts, chunk, top);
            }
            Some(Reveal::Span(span)) => {
                let spot = |offset| {
                    let (chunk, byte) = self.flow.locate(offset);
                    Spot { chunk, place: Place::before(byte) }
                };
                let (start, end) = (spot(span.start), spot(span.end));
                let (top, bottom) = self.lines_at(fonts, start, end);
                self.flow.bring_a_third_down(fonts, start.chunk, top, bottom);
            }
        }
    }

    /// From the top of the line of one place to the bottom of that of another, from the top of the
    /// paragraph of the first.
    fn lines_at(&mut self, fonts: &mut Fonts, start: Spot, end: Spot) -> (f64, f64) {
        self.flow.ensure(fonts, start.chunk);
        self.flow.ensure(fonts, end.chunk);
        let range = |spot: Spot| {
            let laid = self.flow.laid(spot.chunk);
            laid.map_or((0.0, 0.0), |laid| laid.line_range(laid.line_of(spot.place)))
        };
        let between = self.flow.y(end.chunk) - self.flow.y(start.chunk);
        (f64::from(range(start).0), between + f64::from(range(end).1))
    }
}
