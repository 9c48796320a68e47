//! All paragraphs one below the other, of which only those near the viewport are laid out.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use ascribe_schema::{Offset, Text};
use parley::BaseDirection;

use super::chunks::{Chunk, Chunks};
use super::fonts::Fonts;
use super::heights::Heights;
use super::laid::{Laid, Place, Setting};
use super::mesh::GlyphMesh;

/// Layouts held at most; a page of short lines needs about fifty.
const MAX_LAYOUTS: usize = 100;
/// The length of all layouts at most, if each were as long as the longest.
const MAX_BYTES_LAID: usize = 100 * 1024;
/// Paragraphs laid out before they are seen, on either side.
const AHEAD: usize = 4;

/// A paragraph that has been laid out.
pub(super) struct Entry {
    pub laid: Laid,
    pub mesh: Option<GlyphMesh>,
}

/// A place for the caret in the whole text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    pub chunk: usize,
    pub place: Place,
}

/// What stays in place at the top of the viewport when everything is laid out anew.
pub(super) struct Anchor {
    chunk: usize,
    byte: usize,
    /// How far below the top of the line of that byte the viewport starts, in line heights.
    lines: f64,
}

/// A text as a column of paragraphs. Positions are points from the top of the column.
pub(super) struct Flow {
    pub text: Arc<Text>,
    pub chunks: Chunks,
    pub entries: HashMap<usize, Entry>,
    heights: Heights,
    /// Room that paragraphs need below each line, in points, where the style's own is not enough.
    rooms: HashMap<usize, f32>,
    /// Directions of over-long lines, which all their pieces must share; by first piece.
    directions: HashMap<usize, BaseDirection>,
    setting: Option<Setting>,
    /// Where the viewport starts.
    pub top: f64,
    /// Height of the viewport.
    pub view: f32,
}

impl Flow {
    pub fn new(text: Arc<Text>) -> Self {
        Self {
            chunks: Chunks::new(text.as_str()),
            text,
            entries: HashMap::new(),
            heights: Heights::default(),
            rooms: HashMap::new(),
            directions: HashMap::new(),
            setting: None,
            top: 0.0,
            view: 0.0,
        }
    }

    /// The setting; `None` before anything has been shown.
    pub fn setting(&self) -> Option<&Setting> {
        self.setting.as_ref()
    }

    /// Takes over a setting. If it changes the shape of the text, the line at the top stays there.
    pub fn configure(&mut self, fonts: &mut Fonts, setting: Setting) {
        if let Some(old) = &mut self.setting {
            let same = old.width == setting.width && old.scale == setting.scale;
            if same && old.style.same_shape(&setting.style) {
                old.style = setting.style;
                return;
            }
        }
        let anchor = self.setting.is_some().then(|| self.anchor());
        self.entries.clear();
        self.heights = Heights::new(self.chunks.iter().map(|chunk| estimate(chunk, &setting)).collect());
        self.setting = Some(setting);
        if let Some(anchor) = anchor {
            self.restore(fonts, &anchor);
        }
    }

    pub fn anchor(&self) -> Anchor {
        let (chunk, y) = self.find(self.top);
        let inside = (self.top - y) as f32;
        let Some(laid) = self.laid(chunk) else { return Anchor { chunk, byte: 0, lines: 0.0 } };
        let line = laid.line_at(inside);
        let (top, bottom) = laid.line_range(line);
        let lines = f64::from((inside - top) / (bottom - top).max(1.0));
        Anchor { chunk, byte: laid.line_bytes(line).start, lines }
    }

    pub fn restore(&mut self, fonts: &mut Fonts, anchor: &Anchor) {
        self.ensure(fonts, anchor.chunk);
        let Some(laid) = self.laid(anchor.chunk) else { return };
        let (top, bottom) = laid.line_range(laid.line_of_byte(anchor.byte));
        self.top = self.y(anchor.chunk) + f64::from(top) + anchor.lines * f64::from(bottom - top);
    }

    pub fn laid(&self, chunk: usize) -> Option<&Laid> {
        self.entries.get(&chunk).map(|entry| &entry.laid)
    }

    /// The text of a paragraph.
    pub fn str(&self, chunk: usize) -> &str {
        self.text.as_str().get(self.chunks.get(chunk).bytes()).unwrap_or_default()
    }

    /// Lays out a paragraph if it is not; says whether it was not.
    ///
    /// Correcting the height of a paragraph that starts above the viewport must not move what is seen.
    pub fn ensure(&mut self, fonts: &mut Fonts, chunk: usize) -> bool {
        let Some(setting) = self.setting else { return false };
        if self.entries.contains_key(&chunk) {
            return false;
        }
        let direction = self.direction(fonts, chunk, &setting);
        let room = self.rooms.get(&chunk).copied().unwrap_or(0.0);
        let roomy = Setting { style: setting.style.with_room(room), ..setting };
        let laid = fonts.lay_out(self.str(chunk), &roomy, direction);
        let height = whole_pixels(f64::from(laid.height()) + gap(&self.chunks.get(chunk), &setting), &setting);
        let y = self.y(chunk);
        let growth = self.heights.set(chunk, height);
        if y + 0.5 < self.top {
            self.top += growth;
        }
        self.entries.insert(chunk, Entry { laid, mesh: None });
        true
    }

    /// Takes over how much room a paragraph needs below each line; says whether it must be laid out anew.
    pub fn set_room(&mut self, chunk: usize, room: f32) -> bool {
        // Most marks fit into the room that there is anyway.
        let fits = self.setting.is_none_or(|setting| setting.style.with_room(room) == setting.style);
        let room = if fits { 0.0 } else { room };
        let before = if room > 0.0 { self.rooms.insert(chunk, room) } else { self.rooms.remove(&chunk) };
        let changed = before.unwrap_or(0.0) != room;
        if changed {
            self.entries.remove(&chunk);
        }
        changed
    }

    /// The direction of a paragraph: pieces of an over-long line take that of its start.
    fn direction(&mut self, fonts: &mut Fonts, chunk: usize, setting: &Setting) -> BaseDirection {
        let first = if chunk == 0 { 0 } else { self.chunks.line_start(chunk) };
        if first == chunk {
            return BaseDirection::Auto;
        }
        if let Some(known) = self.directions.get(&first) {
            return *known;
        }
        let start = fonts.lay_out(self.str(first), setting, BaseDirection::Auto);
        let direction = if start.is_rtl() { BaseDirection::Rtl } else { BaseDirection::Ltr };
        self.directions.insert(first, direction);
        direction
    }

    /// Where a paragraph starts.
    pub fn y(&self, chunk: usize) -> f64 {
        self.padding() + self.heights.before(chunk)
    }

    /// The height of a paragraph with the gap after it; estimated if it has not been laid out.
    pub fn height(&self, chunk: usize) -> f64 {
        self.heights.get(chunk)
    }

    /// The height of everything, with space above and below.
    pub fn total(&self) -> f64 {
        self.heights.total() + 2.0 * self.padding()
    }

    /// The paragraph at `y`, with its start.
    pub fn find(&self, y: f64) -> (usize, f64) {
        let (chunk, start) = self.heights.find(y - self.padding());
        (chunk, start + self.padding())
    }

    fn padding(&self) -> f64 {
        self.setting.as_ref().map_or(0.0, |setting| whole_pixels(f64::from(setting.style.margin), setting))
    }

    pub fn clamp_top(&mut self) {
        self.top = self.top.min(self.total() - f64::from(self.view)).max(0.0);
    }

    /// Lays out what the viewport shows, and says which paragraphs these are.
    pub fn lay_viewport(&mut self, fonts: &mut Fonts) -> Range<usize> {
        loop {
            self.clamp_top();
            let mut chunk = self.find(self.top).0;
            let start = chunk;
            let mut corrected = self.ensure(fonts, chunk);
            while chunk < self.chunks.len() && self.y(chunk) < self.top + f64::from(self.view) {
                corrected |= self.ensure(fonts, chunk);
                chunk += 1;
            }
            // Corrected heights can bring others into view; each turn lays out more, so this ends soon.
            if !corrected {
                return start..chunk.max(start + 1).min(self.chunks.len());
            }
        }
    }

    /// Lays out one paragraph that will soon be seen, the nearest that has not been laid out; for a frame that had
    /// nothing else to do.
    pub fn look_ahead(&mut self, fonts: &mut Fonts, seen: &Range<usize>) {
        for distance in 0..AHEAD {
            let below = Some(seen.end + distance).filter(|&chunk| chunk < self.chunks.len());
            let above = seen.start.checked_sub(distance + 1);
            if below.into_iter().chain(above).any(|chunk| self.ensure(fonts, chunk)) {
                return;
            }
        }
    }

    /// Drops what is only needed in view, and layouts far from there when there are too many.
    pub fn tidy(&mut self, seen: &Range<usize>) {
        for (chunk, entry) in &mut self.entries {
            if let Some(mesh) = entry.mesh.as_mut().filter(|_| !seen.contains(chunk)) {
                mesh.rest();
            }
        }
        let longest = self.entries.values().map(|entry| entry.laid.len()).max().unwrap_or(0).max(1);
        // Pieces of an over-long line are as large as many paragraphs.
        let most = (MAX_BYTES_LAID / longest).clamp(8, MAX_LAYOUTS);
        if self.entries.len() > most {
            let keep = (most / 5).max(2);
            let near = seen.start.saturating_sub(keep)..seen.end + keep;
            self.entries.retain(|chunk, _| near.contains(chunk));
        }
    }

    /// Where in the text a place lies.
    pub fn offset(&self, spot: Spot) -> Offset {
        let byte = self.chunks.get(spot.chunk).bytes().start + spot.place.byte;
        self.text.offset_of_byte(byte).unwrap_or_else(|| self.text.len())
    }

    /// The paragraph of an offset, and the byte in it.
    pub fn locate(&self, offset: Offset) -> (usize, usize) {
        let chunk = self.chunks.at(offset);
        let bytes = self.chunks.get(chunk).bytes();
        let byte = self.text.byte(offset).unwrap_or(bytes.end);
        (chunk, byte.clamp(bytes.start, bytes.end) - bytes.start)
    }
}

/// The space after a paragraph; none between the pieces of an over-long line.
fn gap(chunk: &Chunk, setting: &Setting) -> f64 {
    let style = &setting.style;
    let spaced = chunk.ends_line && !chunk.is_empty();
    if spaced { f64::from(style.size * style.line_height * style.paragraph_gap) } else { 0.0 }
}

/// About how high a paragraph will be.
fn estimate(chunk: &Chunk, setting: &Setting) -> f64 {
    let style = &setting.style;
    let line = f64::from(style.size * style.line_height);
    if chunk.is_empty() {
        return whole_pixels(line * f64::from(style.empty_line), setting);
    }
    let chars = f64::from(chunk.span().len());
    // Three bytes a character mean ideographs, more often than not, which are twice as wide as letters.
    let wide = chunk.bytes().len() as f64 > 2.5 * chars;
    let advance = f64::from(style.size) * if wide { 1.0 } else { 0.5 };
    let column = f64::from(setting.width / setting.scale).max(1.0);
    let lines = (chars * advance / column).ceil().max(1.0);
    whole_pixels(lines * line + gap(chunk, setting), setting)
}

/// Rounded so that paragraphs do not shift against each other by a pixel while scrolling.
fn whole_pixels(length: f64, setting: &Setting) -> f64 {
    (length * f64::from(setting.scale)).round() / f64::from(setting.scale)
}
