//! What is shown while no project is open.

use std::path::PathBuf;

use egui::{Button, RichText, Ui, vec2};

use crate::{
    command::Command,
    theme::{Theme, strong},
};

/// Shows what can be opened.
pub fn ui(ui: &mut Ui, recent: &[PathBuf], theme: &Theme, queue: &mut Vec<Command>) {
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.2).max(20.0));
        ui.label(RichText::new("Ascribe").font(strong(34.0)).color(theme.ink.0));
        ui.label(RichText::new("Who said what: tag claims, quotes, sources and denials.").color(theme.muted.0));
        ui.add_space(24.0);
        let choices = [
            ("Try the sample project", Command::OpenSample),
            ("Open a project…", Command::OpenProject),
            ("Make a new project…", Command::NewProject),
        ];
        for (number, (name, command)) in choices.into_iter().enumerate() {
            let button = match number {
                0 => Button::new(RichText::new(name).color(theme.on_accent.0)).fill(theme.accent.0),
                _ => Button::new(name),
            };
            if ui.add(button.min_size(vec2(260.0, 34.0))).clicked() {
                queue.push(command);
            }
        }
        ui.add_space(8.0);
        ui.weak("or drop a project, a bundle or text files anywhere on this window");
        if !recent.is_empty() {
            ui.add_space(24.0);
            ui.label(RichText::new("Opened before").font(strong(14.0)));
            for path in recent {
                if ui.link(path.display().to_string()).clicked() {
                    queue.push(Command::Open(path.clone()));
                }
            }
        }
    });
}
