//! Showing a text: scrolling, painting, and telling screen readers.

use std::ops::Range;

use egui::scroll_area::State;
use egui::{Color32, EventFilter, Margin, Painter, Rect, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2};

use super::fonts::Fonts;
use super::gesture::PaneResponse;
use super::laid::Setting;
use super::mesh::GlyphMesh;
use super::pane::{Seen, TextPane};
use super::paragraph::Decorate;
use super::signs;
use super::style::TextStyle;

/// Width of the caret in points.
const CARET: f32 = 2.0;

impl TextPane {
    /// Shows the text in all of the space that is left. `name` is what screen readers call it.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        fonts: &mut Fonts,
        style: &TextStyle,
        name: &str,
        decorate: &mut dyn Decorate,
    ) -> PaneResponse {
        self.take_scrolling(ui);
        let area = ui.available_rect_before_wrap();
        self.flow.view = area.height();
        self.flow.configure(fonts, setting(ui, area, style));
        self.follow(fonts);
        // The scroll area counts in `f32`; only how far it moves is taken from it.
        let wanted = self.flow.top as f32;
        let mut viewport_top = wanted;
        let scroll = ScrollArea::vertical().id_salt(("text", self.id)).auto_shrink(false).content_margin(Margin::ZERO);
        let shown = scroll.vertical_scroll_offset(wanted).show_viewport(ui, |ui, viewport| {
            self.flow.top += f64::from(viewport.min.y - wanted);
            viewport_top = viewport.min.y;
            let response = self.show_viewport(ui, fonts, name, decorate);
            ui.set_width(ui.available_width());
            ui.set_height(self.flow.total() as f32);
            response
        });
        self.scroll_area = Some((shown.id, viewport_top));
        shown.inner
    }

    /// Follows what the scroll area did after the last frame: its bar, the wheel, a touch.
    fn take_scrolling(&mut self, ui: &Ui) {
        self.flow.top += std::mem::take(&mut self.nudge);
        let Some((id, before)) = self.scroll_area else { return };
        if let Some(state) = State::load(ui.ctx(), id) {
            self.flow.top += f64::from(state.unclamped_offset().y - before);
        }
    }

    fn show_viewport(
        &mut self,
        ui: &mut Ui,
        fonts: &mut Fonts,
        name: &str,
        decorate: &mut dyn Decorate,
    ) -> PaneResponse {
        let clip = ui.clip_rect();
        self.flow.view = clip.height();
        let chunks = self.lay_roomy(fonts, decorate);
        self.seen = Seen { left: self.column_left(ui, clip), clip, chunks };
        let id = ui.make_persistent_id(("pane", self.id));
        let asked = self.hear(ui);
        let response = ui.interact(clip, id, Sense::click_and_drag());
        if response.hovered() {
            ui.set_cursor_icon(egui::CursorIcon::Text);
        }
        let response = PaneResponse { asked, ..self.sense(ui, response) };
        self.describe(ui, &response.response, name);
        let drawn = self.draw_glyphs(ui, fonts);
        self.paint(ui, decorate);
        if response.response.has_focus() {
            self.paint_caret(ui.painter());
        }
        if !drawn {
            self.flow.look_ahead(fonts, &self.seen.chunks);
        }
        self.flow.tidy(&self.seen.chunks);
        response
    }

    /// Lays out what is in view, with the room that its marks need.
    fn lay_roomy(&mut self, fonts: &mut Fonts, decorate: &mut dyn Decorate) -> Range<usize> {
        loop {
            let chunks = self.flow.lay_viewport(fonts);
            let anchor = self.flow.anchor();
            let mut changed = false;
            for chunk in chunks.clone() {
                let room = decorate.room(self.flow.chunks.get(chunk).span());
                changed |= self.flow.set_room(chunk, room);
            }
            // What grows pushes others out of view, or brings in some that have not been asked yet: ends soon.
            if !changed {
                return chunks;
            }
            self.flow.restore(fonts, &anchor);
        }
    }

    /// The left edge of a column in the middle of the pane, on a whole pixel.
    fn column_left(&self, ui: &Ui, clip: Rect) -> f32 {
        let scale = ui.pixels_per_point();
        let (width, aside) =
            self.flow.setting().map_or((0.0, 0.0), |setting| (setting.width / scale, setting.style.aside));
        // What is aside may come out of the space on the left, as long as the margin stays.
        let free = clip.width() - width;
        let left = (free / 2.0).min(free - aside - self.flow.setting().map_or(0.0, |setting| setting.style.margin));
        ((clip.left() + left.max(0.0)) * scale).round() / scale
    }

    /// Makes the meshes of all visible paragraphs before any is painted: the atlas may be emptied on the way.
    /// Answers whether there were any to make.
    fn draw_glyphs(&mut self, ui: &Ui, fonts: &mut Fonts) -> bool {
        let Some(colour) = self.flow.setting().map(|setting| setting.style.colour) else { return false };
        let mut drawn = false;
        for _ in 0..2 {
            let before = fonts.atlas.generation();
            for chunk in self.seen.chunks.clone() {
                let Some(entry) = self.flow.entries.get_mut(&chunk) else { continue };
                if entry.mesh.as_ref().is_none_or(|mesh| !mesh.is_current(&fonts.atlas, colour)) {
                    let mesh = GlyphMesh::new(ui.ctx(), &mut fonts.atlas, &entry.laid, colour);
                    let start = self.flow.chunks.get(chunk).bytes().start;
                    let text = |byte: usize| self.flow.text.as_str()[start + byte..].chars().next();
                    self.missing = self.missing.or_else(|| text(mesh.missing?));
                    entry.mesh = Some(mesh);
                    drawn = true;
                }
            }
            if before == fonts.atlas.generation() {
                break;
            }
        }
        drawn
    }

    fn paint(&mut self, ui: &Ui, decorate: &mut dyn Decorate) {
        let Some(style) = self.flow.setting().map(|setting| setting.style) else { return };
        let painter = ui.painter();
        for chunk in self.seen.chunks.clone() {
            let origin = self.origin(chunk);
            if let Some(paragraph) = self.paragraph(chunk) {
                decorate.under(painter, &paragraph);
            }
            self.paint_selection(painter, chunk, style.selection);
            if let Some(mesh) = self.flow.entries.get_mut(&chunk).and_then(|entry| entry.mesh.as_mut()) {
                mesh.paint(painter, origin);
            }
            for (rect, sign) in self.flow.laid(chunk).into_iter().flat_map(|laid| laid.signs(style.all_signs)) {
                signs::paint(painter, rect.translate(origin.to_vec2()), sign, style.sign);
            }
            if let Some(paragraph) = self.paragraph(chunk) {
                decorate.over(painter, &paragraph);
            }
        }
    }

    fn paint_selection(&self, painter: &Painter, chunk: usize, colour: Color32) {
        let (Some(span), Some(paragraph)) = (self.selection(), self.paragraph(chunk)) else { return };
        for line in paragraph.rects(span) {
            painter.rect_filled(line.rect, 0.0, colour);
        }
    }

    fn paint_caret(&self, painter: &Painter) {
        let (Some(rect), Some(setting)) = (self.caret_rect(), self.flow.setting()) else { return };
        let left = ((rect.left() - CARET / 2.0) * setting.scale).round() / setting.scale;
        let bar = Rect::from_min_max(pos2(left, rect.top()), pos2(left + CARET, rect.bottom()));
        painter.rect_filled(bar, 0.0, setting.style.caret);
    }

    /// The pane takes the keyboard; assistive technology reads the text in it.
    fn describe(&mut self, ui: &Ui, response: &Response, name: &str) {
        response.widget_info(|| WidgetInfo::labeled(Role::Document, ui.is_enabled(), name));
        if response.has_focus() {
            let keys =
                EventFilter { tab: self.keeps_tab, horizontal_arrows: true, vertical_arrows: true, escape: false };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, keys));
        }
        self.expose(ui, response.id);
        for (number, (rect, sign)) in self.signs().enumerate() {
            let node = ui.interact(rect, response.id.with(("sign", number)), Sense::hover());
            node.widget_info(|| WidgetInfo::labeled(Role::Image, true, sign.name));
        }
    }
}

/// The column is as wide as the style wants, or as the pane allows.
fn setting(ui: &Ui, area: Rect, style: &TextStyle) -> Setting {
    let scale = ui.pixels_per_point();
    let width = (area.width() - 2.0 * style.margin - style.aside).min(style.measure).max(4.0 * style.size);
    Setting { style: *style, width: (width * scale).floor(), scale }
}
