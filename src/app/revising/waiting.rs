//! The tags that have no place in the corrected text: a list of them, and where the one in focus may be placed.

use ascribe_engine::{Action, WorkingSet};
use ascribe_schema::Annotation;
use egui::{Button, RichText, Role, ScrollArea, Ui, WidgetInfo};

use super::report::{in_context, passage_ui};
use crate::{
    command::{Command, Revising, keys_of},
    reading::sentence,
    text::Fonts,
    theme::{Theme, strong},
    wording::{counted, shortened},
    workspace::Workspace,
};

/// How high the list grows before it scrolls.
const HEIGHT: f32 = 180.0;

/// Lists the tags that wait, while there are any.
pub(crate) fn list_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, queue: &mut Vec<Command>) {
    let waiting = workspace.own_set().map(WorkingSet::waiting);
    let Some(waiting) = waiting.filter(|waiting| waiting.len() > 0) else { return };
    ui.label(RichText::new("Waiting for a place").font(strong(15.0)).color(theme.warning.0));
    ui.weak(format!(
        "{} whose words were not found in the corrected text with certainty.",
        counted(waiting.len(), "tag")
    ));
    ScrollArea::vertical().id_salt("waiting").max_height(HEIGHT).show(ui, |ui| {
        ui.set_width(ui.available_width());
        for annotation in waiting {
            let name = format!("{}: {}", annotation.label, shortened(&annotation.quote(), 60));
            let button = ui.add(Button::new(name).wrap_mode(egui::TextWrapMode::Truncate));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Place {}", sentence(annotation))));
            if button.clicked() {
                queue.push(Command::Focus(Some(annotation.id.clone())));
            }
        }
    });
    ui.separator();
}

/// Shows where the tag in focus was, and where it may be placed, if it waits.
pub(crate) fn place_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    annotation: &Annotation,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    if !workspace.own_set().is_some_and(|set| set.is_waiting(&annotation.id)) {
        return;
    }
    ui.add_space(10.0);
    ui.label(RichText::new("Waits for a place").font(strong(13.0)).color(theme.warning.0));
    let Some(moved) = workspace.waiting.of(&annotation.id) else {
        ui.weak("Looking where it may be…");
        return;
    };
    passage_ui(ui, "In the earlier text", &moved.old, fonts, theme);
    if moved.candidates.is_empty() {
        ui.weak("Nothing like it stands in the corrected text.");
    }
    let enabled = workspace.read_only().is_none();
    for (number, candidate) in (1..).zip(&moved.candidates) {
        ui.add_space(4.0);
        fonts.label(ui, &in_context(candidate), 14.0, theme.ink.0);
        ui.horizontal(|ui| {
            let button = ui.add_enabled(enabled, Button::new("Place here"));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, format!("Place here, place {number}")));
            if button.clicked() {
                queue.push(Command::Act(Action::Place(annotation.id.clone(), candidate.spans.clone())));
            }
            let button = ui.button("Show");
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Show place {number}")));
            if let Some(first) = candidate.spans.first().filter(|_| button.clicked()) {
                queue.push(Command::Select(*first));
            }
        });
    }
    ui.add_space(4.0);
    let command = Command::Revising(Revising::PlaceHere);
    let keys = keys_of(ui.ctx(), &workspace.entries, &command).unwrap_or_default();
    let selected = workspace.reading().is_some_and(|reading| reading.selection().is_some());
    let button = ui.add_enabled(enabled && selected, Button::new("Place at the selection").shortcut_text(keys));
    let hint = "Select the words in the article first, by the mouse or with Shift and the arrow keys";
    if button.on_disabled_hover_text(hint).clicked() {
        queue.push(command);
    }
    if ui.button("Show the earlier text").clicked() {
        queue.push(Command::Revising(Revising::Earlier));
    }
}
