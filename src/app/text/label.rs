//! Short texts beside the article, such as a title in a list or the words of a tooltip, in the right order.
//!
//! egui's own layout joins the letters of right-to-left scripts but sets their words from left to right. So every
//! text that somebody wrote comes here: one that holds such letters is laid out like the article, any other by
//! egui, in the font of the window. Invisible characters must have been spelt out, by [`super::visible`] or
//! [`super::isolated`].

use std::collections::HashMap;

use egui::text::LayoutJob;
use egui::{
    Color32, Context, FontId, Label, Painter, Rect, Response, RichText, Sense, StrokeKind, Ui, Vec2, WidgetInfo,
};
use parley::BaseDirection;

use super::{
    Fonts,
    laid::{Laid, Setting},
    mesh::GlyphMesh,
    style::TextStyle,
};

/// Distance from one baseline to the next, in letter sizes.
const LINE: f32 = 1.35;
/// Labels kept from frame to frame.
const KEPT: usize = 256;

/// Whether a text holds letters that are written from right to left, which egui sets in the wrong order.
#[must_use]
pub fn runs_right_to_left(text: &str) -> bool {
    // Hebrew to Arabic Extended-A, their presentation forms, and the historic and African scripts above.
    let right_to_left = |c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    text.chars().any(right_to_left)
}

/// What a label looks like: sizes in bits, so that they can be compared.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Key {
    text: String,
    size: u32,
    width: u32,
    scale: u32,
    rows: usize,
}

/// The labels of the last frames, laid out and drawn.
#[derive(Default)]
pub(super) struct Labels(HashMap<Key, (Laid, GlyphMesh)>);

impl Fonts {
    /// Paints at most `rows` lines of `text` into `rect`; what does not fit ends in `…`.
    pub fn paint_lines(
        &mut self,
        painter: &Painter,
        text: &str,
        rect: Rect,
        rows: usize,
        font: FontId,
        colour: Color32,
    ) {
        if !runs_right_to_left(text) {
            let mut job = LayoutJob::simple(text.to_owned(), font, colour, rect.width());
            job.wrap.max_rows = rows;
            let galley = painter.ctx().fonts_mut(|fonts| fonts.layout_job(job));
            painter.galley(rect.min, galley, colour);
            return;
        }
        let (_, mesh) = self.short(painter.ctx(), text, font.size, rect.width(), rows, colour);
        mesh.paint(&painter.with_clip_rect(rect.intersect(painter.clip_rect())), rect.min);
    }

    /// Shows all of `text` in the space that there is.
    pub fn label(&mut self, ui: &mut Ui, text: &str, size: f32, colour: Color32) -> Response {
        if !runs_right_to_left(text) {
            return ui.add(Label::new(RichText::new(text).size(size).color(colour)).wrap());
        }
        self.right_to_left(ui, text, size, usize::MAX, colour, Sense::hover())
    }

    /// Shows a text of somebody's while the pointer is over something.
    pub fn explain(&mut self, response: Response, text: &str, colour: Color32) -> Response {
        response.on_hover_ui(|ui| {
            self.label(ui, &super::visible_sentence(text), 14.0, colour);
        })
    }

    /// Shows `text` in one line; what does not fit ends in `…`.
    pub fn line(&mut self, ui: &mut Ui, text: &str, size: f32, colour: Color32, sense: Sense) -> Response {
        if !runs_right_to_left(text) {
            let text = RichText::new(text).size(size).color(colour);
            return match sense.senses_click() {
                true => ui.add(egui::Button::new(text).frame(false).truncate()),
                false => ui.add(Label::new(text).truncate()),
            };
        }
        self.right_to_left(ui, text, size, 1, colour, sense)
    }

    fn right_to_left(
        &mut self,
        ui: &mut Ui,
        text: &str,
        size: f32,
        rows: usize,
        colour: Color32,
        sense: Sense,
    ) -> Response {
        let space = ui.available_width();
        let (laid, _) = self.short(ui.ctx(), text, size, space, rows, colour);
        // A paragraph from right to left begins at the right edge; anything else takes up what it needs.
        let all = laid.line_count() > 1 || (rows > 1 && laid.is_rtl());
        let (left, right) = if all { (0.0, space) } else { laid.line_extent(0) };
        let (rect, response) = ui.allocate_exact_size(Vec2::new((right - left).ceil(), laid.height()), sense);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, text));
        let corner = rect.min - Vec2::new(left, 0.0);
        let (_, mesh) = self.short(ui.ctx(), text, size, space, rows, colour);
        mesh.paint(ui.painter(), corner);
        if response.has_focus() {
            let line = ui.visuals().selection.stroke;
            ui.painter().rect_stroke(rect.expand(2.0), 2.0, line, StrokeKind::Outside);
        }
        response
    }

    /// A label laid out and drawn, as it was in the last frame or anew.
    fn short(
        &mut self,
        ctx: &Context,
        text: &str,
        size: f32,
        width: f32,
        rows: usize,
        colour: Color32,
    ) -> &mut (Laid, GlyphMesh) {
        let scale = ctx.pixels_per_point();
        let [size_bits, width_bits, scale_bits] = [size, width, scale].map(f32::to_bits);
        let key = Key { text: text.to_owned(), size: size_bits, width: width_bits, scale: scale_bits, rows };
        let kept = self.labels.0.remove(&key).filter(|(_, mesh)| mesh.is_current(&self.atlas, colour));
        let label = kept.unwrap_or_else(|| {
            let laid = self.shortened(text, size, width, scale, rows, colour);
            let mesh = GlyphMesh::new(ctx, &mut self.atlas, &laid, colour);
            (laid, mesh)
        });
        if self.labels.0.len() >= KEPT {
            self.labels.0.clear();
        }
        self.labels.0.entry(key).or_insert(label)
    }

    /// Lays out as much of a text as fits into so many lines.
    fn shortened(&mut self, text: &str, size: f32, width: f32, scale: f32, rows: usize, colour: Color32) -> Laid {
        let mut style = TextStyle::new(colour, colour, colour);
        (style.size, style.line_height) = (size, LINE);
        let setting = Setting { style, width: (width * scale).max(1.0), scale };
        let mut laid = self.lay_out_label(text, &setting, BaseDirection::Auto);
        let direction = if laid.is_rtl() { BaseDirection::Rtl } else { BaseDirection::Ltr };
        let mut end = text.len();
        while laid.line_count() > rows && end > 0 {
            end = end.min(laid.line_bytes(rows - 1).end);
            let last = text[..end].trim_end().char_indices().next_back();
            end = last.map_or(0, |(at, _)| super::chunks::floor_boundary(text, at));
            laid = self.lay_out_label(&format!("{}…", text[..end].trim_end()), &setting, direction);
        }
        laid
    }
}

#[cfg(test)]
mod tests {
    use super::super::{SystemFonts, tests::ARABIC};
    use super::*;

    #[test]
    fn only_right_to_left_letters_need_it() {
        for (text, needed) in
            [("“Non”, a dit", false), ("«الجسر»", true), ("שלום", true), ("大臣は 🦀", false), ("هل? yes", true)]
        {
            assert_eq!(runs_right_to_left(text), needed, "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_cut_off() {
        let mut fonts = Fonts::new(SystemFonts::Skip);
        let text = [ARABIC; 5].join(" ");
        for (rows, width) in [(1, 100.0), (1, 333.0), (2, 120.0), (1, 1e6), (usize::MAX, 100.0)] {
            let laid = fonts.shortened(&text, 13.0, width, 1.0, rows, Color32::PLACEHOLDER);
            assert!(laid.is_rtl() && laid.line_count() <= rows);
            let (left, right) = laid.line_extent(0);
            assert!(left >= 0.0 && right <= width + 0.1, "{left}..{right} in {width}");
        }
    }
}
