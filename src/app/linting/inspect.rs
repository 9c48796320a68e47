//! What lint says of the tag in focus, with what settles it.

use ascribe_engine::lint::Finding;
use ascribe_schema::Annotation;
use egui::{Button, Ui};

use super::sign;
use crate::{
    command::{Command, Linting, keys_of},
    panel::inspector::section,
    text::{Fonts, visible},
    theme::Theme,
    wording::sentence_case,
    workspace::Workspace,
};

/// Shows the findings about a tag, if there are any.
pub(crate) fn ui(
    ui: &mut Ui,
    workspace: &Workspace,
    annotation: &Annotation,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let found: Vec<_> = workspace.lint.about(&annotation.id).collect();
    if found.is_empty() {
        return;
    }
    section(ui, "To check");
    let mut keys = keys_of(ui.ctx(), &workspace.entries, &Command::Linting(Linting::Fix));
    for finding in found {
        let (sign, color) = sign(finding.severity, theme);
        fonts.label(ui, &visible(&format!("{sign} {}", sentence_case(&finding.message))), 14.0, color);
        fonts.label(ui, &visible(&sentence_case(&finding.hint)), 13.0, theme.ink.0);
        ui.horizontal_wrapped(|ui| buttons(ui, workspace, finding, &mut keys, queue));
        ui.add_space(4.0);
    }
}

fn buttons(ui: &mut Ui, workspace: &Workspace, finding: &Finding, keys: &mut Option<String>, queue: &mut Vec<Command>) {
    let writable = workspace.read_only().is_none();
    if let Some(fix) = finding.fix.as_ref().filter(|_| writable) {
        // The key is for the first that can be settled.
        let button = Button::new(format!("Fix: {}", fix.words)).shortcut_text(keys.take().unwrap_or_default());
        if ui.add(button).clicked() {
            queue.push(Command::Act(fix.action.clone()));
        }
    }
    ui.weak(finding.rule);
    if finding.can_be_off() && workspace.session.read_only(None).is_none() {
        let button = ui.small_button("Turn this rule off").on_hover_text("For everybody who works in this project");
        if button.clicked() {
            queue.push(Command::Linting(Linting::Turn(finding.rule, false)));
        }
    }
}
