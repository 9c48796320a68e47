//! One line of short text beside the article, laid out once and painted from frame to frame.

use std::ops::Range;

use egui::{Color32, Painter, Pos2, Rangef};
use parley::BaseDirection;

use super::{
    Fonts,
    laid::{Laid, Setting},
    mesh::GlyphMesh,
    style::TextStyle,
};

/// Wider than any line, in pixels, so that none is broken.
const ENDLESS: f32 = 16_384.0;

/// A line that is never broken, in the right order of words, of which parts can be found.
pub struct Line {
    laid: Laid,
    /// The letters in each colour that has been asked for.
    meshes: Vec<GlyphMesh>,
}

impl Fonts {
    /// Lays out a line in letters of `size` points; its direction is given, not guessed.
    pub fn unbroken_line(&mut self, text: &str, size: f32, scale: f32, right_to_left: bool) -> Line {
        let mut style = TextStyle::new(Color32::TRANSPARENT, Color32::TRANSPARENT, Color32::TRANSPARENT);
        (style.size, style.line_height) = (size, 1.35);
        let setting = Setting { style, width: ENDLESS, scale };
        let direction = if right_to_left { BaseDirection::Rtl } else { BaseDirection::Ltr };
        Line { laid: self.lay_out(text, &setting, direction), meshes: Vec::new() }
    }
}

impl Line {
    /// From where to where some bytes of the line lie.
    #[must_use]
    pub fn extent(&self, bytes: Range<usize>) -> Rangef {
        let parts = self.laid.stretches(bytes);
        let left = parts.iter().map(|part| part.left).fold(f32::INFINITY, f32::min);
        let right = parts.iter().map(|part| part.right).fold(f32::NEG_INFINITY, f32::max);
        if left <= right { Rangef::new(left, right) } else { Rangef::point(0.0) }
    }

    /// The height of the line.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.laid.height()
    }

    /// Paints the line with its left edge, from which parts are measured, at `origin`.
    pub fn paint(&mut self, fonts: &mut Fonts, painter: &Painter, origin: Pos2, colour: Color32) {
        self.meshes.retain(|mesh| mesh.is_of(&fonts.atlas));
        let known = self.meshes.iter().position(|mesh| mesh.is_current(&fonts.atlas, colour));
        let number = known.unwrap_or_else(|| {
            self.meshes.push(GlyphMesh::new(painter.ctx(), &mut fonts.atlas, &self.laid, colour));
            self.meshes.len() - 1
        });
        self.meshes[number].paint(painter, origin);
    }
}
