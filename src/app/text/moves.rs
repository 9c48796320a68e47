//! Moving the caret through the whole text.

use ascribe_engine::segment::{word_after, word_before};
use parley::layout::Affinity;

use super::flow::{Flow, Spot};
use super::fonts::Fonts;
use super::laid::{Laid, Place};
use super::motion::Motion;
use super::pane::{Reveal, TextPane};

/// The part of the window that a page is, so that some lines stay in view.
const PAGE: f32 = 0.85;

impl TextPane {
    /// Moves the caret and scrolls it into view; with `extend`, the selection grows or shrinks with it.
    ///
    /// Lines are those of the last frame: before the pane has been shown, this does nothing.
    pub fn move_caret(&mut self, fonts: &mut Fonts, motion: Motion, extend: bool) {
        let from = self.caret_spot();
        self.flow.ensure(fonts, from.chunk);
        let Some(laid) = self.flow.laid(from.chunk) else { return };
        let goal = self.goal.filter(|_| motion.keeps_goal()).unwrap_or_else(|| laid.caret_x(from.place));
        let to = if extend { None } else { self.collapsed(laid, motion) };
        let to = to.unwrap_or_else(|| self.flow.go(fonts, from, motion, goal));
        self.focus = self.flow.offset(to);
        self.affinity = to.place.affinity;
        self.goal = motion.keeps_goal().then_some(goal);
        if !extend {
            self.anchor = self.focus;
        }
        self.reveal = Some(Reveal::Caret);
    }

    /// Left and right leave a selection at its left or right end.
    fn collapsed(&self, laid: &Laid, motion: Motion) -> Option<Spot> {
        let span = self.selection()?;
        let to_end = match motion {
            Motion::Left => laid.is_rtl(),
            Motion::Right => !laid.is_rtl(),
            _ => return None,
        };
        let (chunk, byte) = self.flow.locate(if to_end { span.end } else { span.start });
        Some(Spot { chunk, place: Place::before(byte) })
    }
}

impl Flow {
    fn go(&mut self, fonts: &mut Fonts, from: Spot, motion: Motion, goal: f32) -> Spot {
        match motion {
            Motion::Left => self.step(fonts, from, false),
            Motion::Right => self.step(fonts, from, true),
            Motion::WordLeft => self.word(from, self.is_rtl(from)),
            Motion::WordRight => self.word(from, !self.is_rtl(from)),
            Motion::LineUp => self.line(fonts, from, false, goal),
            Motion::LineDown => self.line(fonts, from, true, goal),
            Motion::LineStart => self.line_edge(from, false),
            Motion::LineEnd => self.line_edge(from, true),
            Motion::ParagraphUp => self.paragraph_up(from),
            Motion::ParagraphDown => self.paragraph_down(from),
            Motion::PageUp => self.page(fonts, from, -1.0, goal),
            Motion::PageDown => self.page(fonts, from, 1.0, goal),
            Motion::TextStart => self.start_of(0),
            Motion::TextEnd => self.end_of(self.chunks.len() - 1),
        }
    }

    fn is_rtl(&self, spot: Spot) -> bool {
        self.laid(spot.chunk).is_some_and(Laid::is_rtl)
    }

    fn start_of(&self, chunk: usize) -> Spot {
        Spot { chunk, place: Place::START }
    }

    fn end_of(&self, chunk: usize) -> Spot {
        let len = self.chunks.get(chunk).bytes().len();
        let place = if len == 0 { Place::START } else { Place::after(len) };
        self.normal(Spot { chunk, place })
    }

    /// The end of a piece of a line is the start of the next piece.
    fn normal(&self, spot: Spot) -> Spot {
        let chunk = self.chunks.get(spot.chunk);
        if !chunk.ends_line && spot.place.byte == chunk.bytes().len() {
            return self.start_of(spot.chunk + 1);
        }
        spot
    }

    fn neighbour(&self, chunk: usize, forward: bool) -> Option<usize> {
        if forward { Some(chunk + 1).filter(|&next| next < self.chunks.len()) } else { chunk.checked_sub(1) }
    }

    fn step(&mut self, fonts: &mut Fonts, from: Spot, right: bool) -> Spot {
        let Some(laid) = self.laid(from.chunk) else { return from };
        if let Some(place) = laid.step(from.place, right) {
            return self.normal(Spot { place, ..from });
        }
        let forward = right != laid.is_rtl();
        let Some(next) = self.neighbour(from.chunk, forward) else { return from };
        self.ensure(fonts, next);
        if forward {
            return self.start_of(next);
        }
        let chunk = self.chunks.get(next);
        let end = Spot { chunk: next, place: Place::after(chunk.bytes().len()) };
        if chunk.ends_line {
            return self.end_of(next);
        }
        // Between two pieces of a line the caret has come no further yet.
        let place = self.laid(next).and_then(|laid| laid.step(end.place, right));
        place.map_or(from, |place| Spot { chunk: next, place })
    }

    /// To the end of the next word, or the start of the one before; no further than the end of this paragraph,
    /// unless the caret is there already.
    fn word(&self, from: Spot, forward: bool) -> Spot {
        let text = self.text.as_str();
        let at = self.chunks.get(from.chunk).bytes().start + from.place.byte;
        let (first, last) = (self.chunks.line_start(from.chunk), self.chunks.line_end(from.chunk));
        let (found, edge) = if forward {
            let line_end = self.chunks.get(last).bytes().end;
            (
                word_after(text, at).map_or(text.len(), |word| word.end),
                if at < line_end { line_end } else { text.len() },
            )
        } else {
            let line_start = self.chunks.get(first).bytes().start;
            (word_before(text, at).map_or(0, |word| word.start), if at > line_start { line_start } else { 0 })
        };
        let to = if forward { found.min(edge) } else { found.max(edge) };
        let (chunk, byte) = self.text.offset_of_byte(to).map_or((last, 0), |offset| self.locate(offset));
        Spot { chunk, place: Place::before(byte) }
    }

    fn line(&mut self, fonts: &mut Fonts, from: Spot, down: bool, goal: f32) -> Spot {
        let Some(laid) = self.laid(from.chunk) else { return from };
        let line = laid.line_of(from.place);
        let inside = if down { Some(line + 1).filter(|&next| next < laid.line_count()) } else { line.checked_sub(1) };
        if let Some(line) = inside {
            return self.in_line(from.chunk, line, goal);
        }
        let Some(next) = self.neighbour(from.chunk, down) else {
            return if down { self.end_of(from.chunk) } else { self.start_of(from.chunk) };
        };
        self.ensure(fonts, next);
        let last = self.laid(next).map_or(0, |laid| laid.line_count() - 1);
        self.in_line(next, if down { 0 } else { last }, goal)
    }

    /// The place in a line that is nearest to `x`.
    fn in_line(&self, chunk: usize, line: usize, x: f32) -> Spot {
        let Some(laid) = self.laid(chunk) else { return self.start_of(chunk) };
        let text = self.str(chunk);
        let mut place = laid.hit_line(line, x);
        if place.byte == text.len() && !self.chunks.get(chunk).ends_line {
            // The very end of a piece would be taken for the start of the next one, a line further down.
            place = Place::before(super::chunks::floor_boundary(text, text.len().saturating_sub(1)));
        }
        Spot { chunk, place }
    }

    fn line_edge(&self, from: Spot, end: bool) -> Spot {
        let Some(laid) = self.laid(from.chunk) else { return from };
        let mut place = laid.line_edge(laid.line_of(from.place), end);
        if place.byte == 0 {
            place.affinity = Affinity::Downstream;
        }
        Spot { place, ..from }
    }

    fn paragraph_up(&self, from: Spot) -> Spot {
        let start = self.start_of(self.chunks.line_start(from.chunk));
        if start != (Spot { place: Place::before(from.place.byte), ..from }) {
            return start;
        }
        let filled = (0..from.chunk).rev().find(|&chunk| !self.chunks.get(chunk).is_empty());
        self.start_of(filled.map_or(0, |chunk| self.chunks.line_start(chunk)))
    }

    fn paragraph_down(&self, from: Spot) -> Spot {
        let after = self.chunks.line_end(from.chunk) + 1;
        let filled = (after..self.chunks.len()).find(|&chunk| !self.chunks.get(chunk).is_empty());
        filled.map_or_else(|| self.end_of(self.chunks.len() - 1), |chunk| self.start_of(chunk))
    }

    /// Moves by nearly a window, and the window with it.
    fn page(&mut self, fonts: &mut Fonts, from: Spot, direction: f32, goal: f32) -> Spot {
        let distance = f64::from(direction * self.view * PAGE);
        let middle = self.laid(from.chunk).map_or(0.0, |laid| {
            let (top, bottom) = laid.letters(laid.line_of(from.place));
            f64::from(f32::midpoint(top, bottom))
        });
        let (mut chunk, mut y) = (from.chunk, middle + distance);
        while y < 0.0 && chunk > 0 {
            chunk -= 1;
            self.ensure(fonts, chunk);
            y += self.height(chunk);
        }
        while y >= self.height(chunk) && chunk + 1 < self.chunks.len() {
            y -= self.height(chunk);
            chunk += 1;
            self.ensure(fonts, chunk);
        }
        self.top += distance;
        self.clamp_top();
        if y < 0.0 {
            return self.start_of(0);
        }
        if y >= self.height(chunk) {
            return self.end_of(chunk);
        }
        let line = self.laid(chunk).map_or(0, |laid| laid.line_at(y as f32));
        self.in_line(chunk, line, goal)
    }
}
