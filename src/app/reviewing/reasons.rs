//! Why something was decided: a word of a short list, and words of one's own.

use ascribe_schema::{Decision, DecisionId, Project, REASONS};
use egui::{Button, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::panel::Panel;
use crate::{
    command::{Command, Deciding},
    text::{isolated, visible},
    theme::strong,
};

/// The reasons that a project offers.
pub fn offered(project: &Project) -> impl Iterator<Item = &str> {
    REASONS.into_iter().chain(project.reasons.iter().map(String::as_str))
}

/// Shows why, or asks.
pub fn ui(ui: &mut Ui, panel: &mut Panel<'_>, decision: &Decision) {
    let asked = panel.workspace.reviewing.why.as_ref() == Some(&decision.id);
    if !asked {
        let said = [decision.reason.as_str(), decision.note.as_str()];
        let said: Vec<_> = said.into_iter().filter(|said| !said.is_empty()).map(isolated).collect();
        if !said.is_empty() {
            panel.fonts.label(ui, &format!("Because: {}", said.join(" – ")), 13.0, panel.theme.muted.0);
        }
        let text = if said.is_empty() { "Say why…" } else { "Change why…" };
        let button = ui.add(Button::new(text).shortcut_text(panel.keys(ui, &Deciding::Why(None))));
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, text));
        if button.clicked() {
            panel.push(Deciding::Why(Some(decision.id.clone())));
        }
        return;
    }
    ui.label(RichText::new("Why?").font(strong(13.0)));
    let project = &panel.workspace.session.project().file;
    ui.horizontal_wrapped(|ui| {
        for (number, reason) in offered(project).enumerate() {
            let chosen = decision.reason == reason;
            let mut button = Button::selectable(chosen, visible(reason).into_owned()).frame_when_inactive(true);
            if number < 9 {
                button = button.shortcut_text((number + 1).to_string());
            }
            let button = ui.add(button);
            button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, format!("Because: {reason}")));
            if button.clicked() {
                let reason = if chosen { String::new() } else { reason.to_owned() };
                panel.push(Deciding::Reason(reason));
            }
        }
    });
    let draft = panel.drafts.entry(draft_key(&decision.id)).or_insert_with(|| decision.note.clone());
    let field =
        ui.add(TextEdit::multiline(draft).desired_rows(2).desired_width(f32::INFINITY).hint_text("In your own words"));
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Why, in your own words"));
    if field.lost_focus() {
        panel.queue.push(Command::FinishTyping);
    }
    if ui.button("Done").clicked() {
        panel.queue.push(Command::Escape);
    }
}

/// What a decision's words are kept under while they are typed.
pub fn draft_key(decision: &DecisionId) -> String {
    format!("why {decision}")
}
