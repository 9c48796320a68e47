//! The field to find words in the text.

use ascribe_engine::find;
use ascribe_schema::{Offset, Span, Text};
use egui::{Key, Role, TextEdit, Ui, WidgetInfo};

use crate::command::Command;

/// What is looked for, and where it was found.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// The words.
    pub words: String,
    /// All hits, in the order of the text.
    pub hits: Vec<Span>,
    /// The hit that is shown.
    pub current: Option<usize>,
    /// Whether the field should get the keyboard.
    pub wants_keys: bool,
}

impl Find {
    /// Looks for `words`; the first hit at or after `from` is the one to show.
    pub fn search(&mut self, text: &Text, words: String, from: Offset) {
        self.hits = find(text, &words);
        self.words = words;
        let next = self.hits.partition_point(|hit| hit.start < from);
        self.current = (!self.hits.is_empty()).then_some(if next < self.hits.len() { next } else { 0 });
    }

    /// Goes to the next or previous hit, around the end if need be, and returns it.
    pub fn step(&mut self, forward: bool) -> Option<Span> {
        let count = self.hits.len();
        let step = if forward { 1 } else { count.checked_sub(1)? };
        self.current = self.current.map(|current| (current + step) % count);
        self.shown()
    }

    /// The hit that is shown.
    #[must_use]
    pub fn shown(&self) -> Option<Span> {
        self.hits.get(self.current?).copied()
    }

    /// Shows the field.
    pub fn ui(&mut self, ui: &mut Ui, queue: &mut Vec<Command>) {
        let mut words = self.words.clone();
        ui.horizontal(|ui| {
            ui.label("Find");
            let field = ui.add(
                TextEdit::singleline(&mut words)
                    .desired_width((ui.available_width() - 190.0).clamp(60.0, 280.0))
                    .hint_text("words in the article"),
            );
            field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Find words in the article"));
            if std::mem::take(&mut self.wants_keys) {
                field.request_focus();
            }
            if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                let back = ui.input(|input| input.modifiers.shift);
                queue.push(Command::FindStep(!back));
                self.wants_keys = true;
            }
            let count = match (self.current, self.hits.len()) {
                _ if words.trim().is_empty() => String::new(),
                (Some(current), count) => format!("{} of {count}", current + 1),
                (None, _) => "not in this article".to_owned(),
            };
            let steps = [("‹", "Previous hit", false), ("›", "Next hit", true)];
            for (sign, name, forward) in steps {
                let button = ui.add_enabled(!self.hits.is_empty(), egui::Button::new(sign)).on_hover_text(name);
                button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
                if button.clicked() {
                    queue.push(Command::FindStep(forward));
                }
            }
            ui.weak(count);
            if ui.available_width() > 380.0 {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    ui.weak("Enter next · Shift+Enter previous · Esc keeps the hit selected");
                });
            }
        });
        if words != self.words {
            queue.push(Command::FindWords(words));
        }
    }
}
