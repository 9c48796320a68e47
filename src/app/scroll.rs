//! Scrolling with the keyboard alone: what gets the keyboard comes into view, and what has nothing to use in it
//! moves by the arrows.

use egui::{Color32, EventFilter, Id, Key, Modifiers, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::text::{Fonts, Motion, TextPane};

/// How to walk through a text with the keyboard.
const WALK: [(Key, Motion); 8] = [
    (Key::ArrowUp, Motion::LineUp),
    (Key::ArrowDown, Motion::LineDown),
    (Key::ArrowLeft, Motion::Left),
    (Key::ArrowRight, Motion::Right),
    (Key::PageUp, Motion::PageUp),
    (Key::PageDown, Motion::PageDown),
    (Key::Home, Motion::TextStart),
    (Key::End, Motion::TextEnd),
];

/// Walks through a text that is only looked at and has the keyboard.
pub fn walk(ui: &Ui, pane: &mut TextPane, fonts: &mut Fonts) {
    for (key, motion) in WALK {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            pane.move_caret(fonts, motion, false);
            pane.scroll_to_caret();
        }
    }
}

/// Brings a widget of this scroll area into view when it gets the keyboard.
pub fn follow_focus(ui: &Ui) {
    let focused = ui.memory(egui::Memory::focused);
    let key = Id::unique(("focus seen", ui.unique_id()));
    let before = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<Option<Id>>(key), focused));
    let Some(response) = focused.filter(|_| before != focused).and_then(|id| ui.ctx().read_response(id)) else {
        return;
    };
    if response.layer_id == ui.layer_id() && ui.max_rect().x_range().contains(response.rect.center().x) {
        ui.scroll_to_rect(response.rect.expand(4.0), None);
    }
}

/// Lets Tab reach a scroll area that has nothing to use in it: while it has the keyboard, it moves by the arrows.
pub fn reachable(ui: &mut Ui, name: &str, accent: Color32) {
    let place = ui.clip_rect();
    let response = ui.interact(place, ui.make_persistent_id("reachable"), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Group, true, name));
    if response.has_focus() {
        let keys = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, keys));
        by_keys(ui);
        ui.painter().rect_stroke(place.shrink(1.0), 2.0, Stroke::new(1.5, accent), StrokeKind::Inside);
    }
}

/// Scrolls by the keys that scroll anywhere.
pub fn by_keys(ui: &Ui) {
    let page = ui.clip_rect().height() * 0.9;
    by_pages(ui);
    by(
        ui,
        &[
            (Key::ArrowDown, -40.0),
            (Key::ArrowUp, 40.0),
            (Key::Space, -page),
            (Key::Home, f32::MAX),
            (Key::End, f32::MIN),
        ],
    );
}

/// Scrolls by the keys that mean nothing to a button or a choice.
pub fn by_pages(ui: &Ui) {
    let page = ui.clip_rect().height() * 0.9;
    by(ui, &[(Key::PageDown, -page), (Key::PageUp, page)]);
}

/// Scrolls to either side by the arrows while nothing has the keyboard: several areas may do so at once.
pub fn by_sides(ui: &Ui) {
    if ui.memory(egui::Memory::focused).is_some() {
        return;
    }
    let [left, right] = [Key::ArrowLeft, Key::ArrowRight].map(|key| ui.input(|input| input.num_presses(key)) as f32);
    if left.total_cmp(&right).is_ne() {
        ui.scroll_with_delta(vec2((left - right) * 60.0, 0.0));
    }
}

fn by(ui: &Ui, steps: &[(Key, f32)]) {
    for &(key, delta) in steps {
        let times = ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
        if times > 0 {
            ui.scroll_with_delta(vec2(0.0, (delta * times as f32).clamp(-1e6, 1e6)));
        }
    }
}
