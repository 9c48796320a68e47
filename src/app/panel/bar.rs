//! A bar with something at either end, which Tab and screen readers go through from left to right.

use egui::{Align, Id, Layout, Rect, Ui, UiBuilder};

/// Shows `left`, cut off where there is no room for all of it, and `right` at the right end.
pub fn ui(ui: &mut Ui, name: &str, left: impl FnOnce(&mut Ui), right: impl FnOnce(&mut Ui)) {
    let id = Id::unique(("width of the right end", name));
    let known = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_default();
    ui.horizontal(|ui| {
        let room = (ui.available_width() - known - ui.spacing().item_spacing.x).max(0.0);
        let rect = ui.available_rect_before_wrap();
        let place = Rect::from_min_size(rect.min, egui::vec2(room, rect.height()));
        let builder = UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center));
        let inside = &mut ui.new_child(builder);
        inside.shrink_clip_rect(place.expand2(egui::vec2(0.0, 4.0)));
        left(inside);
        let height = inside.min_rect().height().max(ui.spacing().interact_size.y);
        ui.allocate_exact_size(egui::vec2(room, height), egui::Sense::hover());
        let start = ui.cursor().left();
        right(ui);
        let width = ui.min_rect().right() - start;
        if (width - known).abs() > 0.5 {
            ui.data_mut(|data| data.insert_temp(id, width));
            ui.ctx().request_discard("the right end of a bar has another width");
        }
    });
}
