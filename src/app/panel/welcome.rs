//! What is shown while no project is open.

use std::path::{Path, PathBuf};

use egui::{Button, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::{
    command::Command,
    text::{Fonts, visible},
    theme::{Theme, strong},
};

/// Shows what can be opened.
pub fn ui(ui: &mut Ui, recent: &[PathBuf], fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.2).max(20.0));
        ui.label(RichText::new("Ascribe").font(strong(34.0)).color(theme.ink.0));
        ui.label(RichText::new("Who said what: tag claims, quotes, sources and denials.").color(theme.muted.0));
        ui.add_space(24.0);
        let samples = if recent.is_empty() { "Try the sample project" } else { "Try a new copy of the sample project" };
        let again =
            recent.first().map(|path| (format!("Continue with {}", name(path)), Command::Open(vec![path.clone()])));
        let choices = [
            (samples.to_owned(), Command::OpenSample),
            ("Open a project…".to_owned(), Command::OpenProject),
            ("Make a new project…".to_owned(), Command::NewProject),
        ];
        for (number, (name, command)) in again.into_iter().chain(choices).enumerate() {
            let button = match number {
                0 => Button::new(RichText::new(name).color(theme.on_accent.0)).fill(theme.accent.0),
                _ => Button::new(name),
            };
            if ui.add(button.min_size(vec2(280.0, 34.0))).clicked() {
                queue.push(command);
            }
        }
        ui.add_space(8.0);
        ui.weak("or drop a project, a bundle or articles anywhere on this window");
        if recent.len() > 1 {
            ui.add_space(24.0);
            ui.label(RichText::new("Opened before").font(strong(14.0)));
            for path in &recent[1..] {
                let link = fonts.line(ui, &name(path), 14.0, theme.accent.0, Sense::click());
                link.widget_info(|| WidgetInfo::labeled(Role::Link, true, name(path)));
                if link.on_hover_text(visible(&path.display().to_string())).clicked() {
                    queue.push(Command::Open(vec![path.clone()]));
                }
            }
        }
    });
}

/// The folder's or file's own name.
fn name(path: &Path) -> String {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    visible(&name).into_owned()
}
