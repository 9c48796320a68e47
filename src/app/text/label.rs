//! Short texts beside the article, such as a title in a list, in the right order of words.
//!
//! egui's own layout joins the letters of right-to-left scripts but sets their words from left to right.

use egui::{Color32, Painter, Rect, Response, Sense, Ui, Vec2, WidgetInfo};
use parley::BaseDirection;

use super::{
    Fonts,
    laid::{Laid, Setting},
    mesh::GlyphMesh,
    style::TextStyle,
};

/// Distance from one baseline to the next, in letter sizes.
const LINE: f32 = 1.35;

/// Whether a text holds letters that are written from right to left, which egui sets in the wrong order.
#[must_use]
pub fn runs_right_to_left(text: &str) -> bool {
    // Hebrew to Arabic Extended-A, their presentation forms, and the historic and African scripts above.
    let right_to_left = |c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    text.chars().any(right_to_left)
}

impl Fonts {
    /// Paints as many lines of `text` as fit into `rect`.
    pub fn paint_lines(&mut self, painter: &Painter, text: &str, rect: Rect, size: f32, colour: Color32) {
        let laid = self.short(painter.pixels_per_point(), text, rect.width(), size, colour);
        let lines = (rect.height() / (size * LINE)).floor().max(1.0);
        let visible = Rect::from_min_size(rect.min, Vec2::new(rect.width(), lines * size * LINE));
        let mut mesh = GlyphMesh::new(painter.ctx(), &mut self.atlas, &laid, colour);
        mesh.paint(&painter.with_clip_rect(visible.intersect(painter.clip_rect())), rect.min);
    }

    /// Shows all of `text` in the space that there is.
    pub fn label(&mut self, ui: &mut Ui, text: &str, size: f32, colour: Color32) -> Response {
        let width = ui.available_width();
        let laid = self.short(ui.pixels_per_point(), text, width, size, colour);
        let (rect, response) = ui.allocate_exact_size(Vec2::new(width, laid.height()), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, text));
        GlyphMesh::new(ui.ctx(), &mut self.atlas, &laid, colour).paint(ui.painter(), rect.min);
        response
    }

    fn short(&mut self, scale: f32, text: &str, width: f32, size: f32, colour: Color32) -> Laid {
        let mut style = TextStyle::new(colour, colour, colour);
        (style.size, style.line_height) = (size, LINE);
        let setting = Setting { style, width: width * scale, scale };
        self.lay_out(text, &setting, BaseDirection::Auto)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_right_to_left_letters_need_it() {
        for (text, needed) in
            [("“Non”, a dit", false), ("«الجسر»", true), ("שלום", true), ("大臣は 🦀", false), ("هل? yes", true)]
        {
            assert_eq!(runs_right_to_left(text), needed, "{text}");
        }
    }
}
