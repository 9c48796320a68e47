//! The small sheet that asks why a suggestion is refused.

use ascribe_schema::AnnotationId;
use egui::{Button, Key, Role, TextEdit, Ui, WidgetInfo};

use crate::{
    command::{Command, Suggesting},
    overlay::{Answer, wide},
    text::{Fonts, isolated},
    theme::Theme,
    wording::shortened,
};

/// The question why a suggestion is refused, and what has been answered so far.
pub struct Rejecting {
    /// The suggestion.
    pub id: AnnotationId,
    /// Its label.
    pub label: String,
    /// Its words.
    pub words: String,
    /// What has been typed.
    pub reason: String,
    /// The reasons that were given last.
    pub used: Vec<String>,
    /// Whether it has not been shown yet.
    pub fresh: bool,
}

/// Shows the question.
pub fn ui(ui: &mut Ui, rejecting: &mut Rejecting, fonts: &mut Fonts, theme: &Theme) -> Answer {
    ui.set_width(wide(ui, 460.0));
    ui.heading(format!("Why is this no {}?", isolated(&rejecting.label)));
    fonts.label(ui, &shortened(&rejecting.words, 200), 14.0, theme.muted.0);
    ui.add_space(4.0);
    let field =
        TextEdit::singleline(&mut rejecting.reason).hint_text("a reason, for people").desired_width(f32::INFINITY);
    let field = ui.add(field);
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Reason"));
    let mut given =
        (field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))).then(|| rejecting.reason.clone());
    if std::mem::take(&mut rejecting.fresh) {
        field.request_focus();
    }
    if !rejecting.used.is_empty() {
        ui.weak("Given before:");
        ui.horizontal_wrapped(|ui| {
            for reason in &rejecting.used {
                let button = ui.button(shortened(reason, 60));
                button.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Reject: {reason}")));
                if button.clicked() {
                    given = Some(reason.clone());
                }
            }
        });
    }
    ui.add_space(6.0);
    let mut answer = Answer::Stay;
    ui.horizontal(|ui| {
        if ui.add(Button::new("Reject").shortcut_text("Enter")).clicked() {
            given = Some(rejecting.reason.clone());
        }
        if ui.button("Cancel").clicked() {
            answer = Answer::Close;
        }
    });
    match given {
        Some(reason) => Answer::Do(Command::Suggesting(Suggesting::RejectFor(rejecting.id.clone(), reason))),
        None => answer,
    }
}
