//! The small bar at the selection: what it can become.

use egui::{Area, Frame, Id, Order, RichText, Role, Ui, WidgetInfo, vec2};

use super::{Reading, marks::label_color};
use crate::{
    command::{Command, keys_of},
    text::Fonts,
    theme::Theme,
    wording::capitalised,
    workspace::Workspace,
};

/// Shows the bar below the end of the selection.
pub fn ui(
    ui: &Ui,
    workspace: &Workspace,
    reading: &Reading,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let Some(selection) = reading.selection() else { return };
    let lines = reading.pane.rects_of(selection);
    let (Some(first), Some(last)) = (lines.first().map(|line| line.rect), lines.last().map(|line| line.rect)) else {
        return;
    };
    let id = Id::unique("selection toolbar");
    let page = ui.clip_rect().shrink(4.0);
    let height = ui.memory(|memory| memory.area_rect(id)).map_or(44.0, |area| area.height());
    let (below, above) = (last.left_bottom() + vec2(0.0, 12.0), first.left_top() - vec2(0.0, height + 6.0));
    // Above where it would lie over the words themselves at the lower edge.
    let place = if below.y + height > page.bottom() && above.y > page.top() { above } else { below };
    let area = Area::new(id).order(Order::Middle).fixed_pos(place).constrain_to(page);
    let widest = ui.clip_rect().width() - 24.0;
    area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            ui.set_max_width(widest);
            ui.horizontal_wrapped(|ui| labels(ui, workspace, fonts, theme, queue));
            let focused = workspace_focus(workspace, reading);
            if let Some(focused) = focused {
                ui.horizontal_wrapped(|ui| ties(ui, workspace, &focused, theme, queue));
            }
        });
    });
}

/// The label of the annotation in focus, which `workspace` cannot tell while the reading is taken out.
fn workspace_focus(workspace: &Workspace, reading: &Reading) -> Option<String> {
    let annotation = workspace.shown_set()?.placed(reading.focus.as_ref()?)?;
    // What has been scrolled out of sight is hardly meant.
    let visible = annotation.spans.iter().any(|&span| !reading.pane.rects_of(span).is_empty());
    visible.then(|| annotation.label.clone())
}

fn labels(ui: &mut Ui, workspace: &Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    for (number, label) in workspace.scheme().labels.iter().enumerate() {
        let color = label_color(theme, workspace.scheme(), &label.name);
        let text = RichText::new(capitalised(&label.name)).color(color);
        let keys = keys_of(ui.ctx(), &workspace.entries, &Command::Tag(number)).unwrap_or_default();
        let button = ui.add(egui::Button::new(text).shortcut_text(keys));
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Tag as {}", label.name)));
        if fonts.explain(button, &label.guideline, theme.ink.0).clicked() {
            queue.push(Command::Tag(number));
        }
    }
}

/// Labels that can be tied to the one in focus, such as the source of a quote.
fn ties(ui: &mut Ui, workspace: &Workspace, focused: &str, theme: &Theme, queue: &mut Vec<Command>) {
    ui.weak(format!("for the {focused}"));
    for (number, label) in workspace.scheme().labels.iter().enumerate() {
        let scheme = workspace.scheme();
        let forth = scheme.relations_between(focused, &label.name).next();
        let Some(kind) = forth.or_else(|| scheme.relations_between(&label.name, focused).next()) else { continue };
        let text = RichText::new(format!("+ {}", label.name)).color(label_color(theme, scheme, &label.name));
        let keys = keys_of(ui.ctx(), &workspace.entries, &Command::TagAndTie(number)).unwrap_or_default();
        let button = ui.add(egui::Button::new(text).shortcut_text(keys));
        let name = format!("Tag as {}, {}", label.name, kind.name.replace('_', " "));
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_str()));
        if button.on_hover_text(name.as_str()).clicked() {
            queue.push(Command::TagAndTie(number));
        }
    }
    let keys = keys_of(ui.ctx(), &workspace.entries, &Command::AddFragment).unwrap_or_default();
    let button = ui.add(egui::Button::new("+ fragment").shortcut_text(keys));
    if button.on_hover_text("Make the selection one more fragment of the focused tag").clicked() {
        queue.push(Command::AddFragment);
    }
}
