//! The bar at the suggestion in focus: what a person can answer to it.

use ascribe_schema::Annotation;
use egui::{Area, Button, Frame, Id, Order, Role, Ui, WidgetInfo, vec2};

use super::Reading;
use crate::{
    command::{Command, Entry, Suggesting, keys_of},
    workspace::Workspace,
};

/// Shows the bar below the suggestion, or above it where there is no room.
pub(super) fn ui(ui: &Ui, workspace: &Workspace, reading: &Reading, suggestion: &Annotation, queue: &mut Vec<Command>) {
    let lines: Vec<_> = suggestion.spans.iter().flat_map(|&span| reading.pane.rects_of(span)).collect();
    let (Some(first), Some(last)) = (lines.first().map(|line| line.rect), lines.last().map(|line| line.rect)) else {
        return;
    };
    let id = Id::unique("bar of the suggestion");
    let page = ui.clip_rect().shrink(4.0);
    let height = ui.memory(|memory| memory.area_rect(id)).map_or(40.0, |area| area.height());
    let (below, above) = (last.left_bottom() + vec2(0.0, 18.0), first.left_top() - vec2(0.0, height + 18.0));
    let place = if below.y + height > page.bottom() && above.y > page.top() { above } else { below };
    let area = Area::new(id).order(Order::Middle).fixed_pos(place).constrain_to(page);
    let writable = workspace.read_only().is_none();
    area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_max_width(page.width() - 20.0);
            ui.horizontal_wrapped(|ui| answers(ui, &workspace.entries, writable, queue));
        });
    });
}

/// The answers that a person can give to the suggestion in focus.
pub fn answers(ui: &mut Ui, entries: &[Entry], writable: bool, queue: &mut Vec<Command>) {
    for (text, name, command) in [
        ("Accept", "Accept the suggestion", Suggesting::Accept),
        ("Reject", "Reject the suggestion", Suggesting::Reject),
        ("Reject, because…", "Reject the suggestion for a reason", Suggesting::RejectWhy),
    ] {
        let command = Command::Suggesting(command);
        let keys = keys_of(ui.ctx(), entries, &command).unwrap_or_default();
        let button = ui.add_enabled(writable, Button::new(text).shortcut_text(keys));
        button.widget_info(|| WidgetInfo::labeled(Role::Button, writable, name));
        if button.clicked() {
            queue.push(command);
        }
    }
}
