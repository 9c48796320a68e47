//! The menu bar, made from the table of commands.

use egui::{Button, MenuBar, ScrollArea, Ui};

use crate::command::{Command, Entry, Menu, shortcut_text};

/// Shows the menus; `enabled` says what can be done now.
pub fn ui(ui: &mut Ui, entries: &[Entry], enabled: impl Fn(&Command) -> bool, queue: &mut Vec<Command>) {
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::BAR {
            ui.menu_button(menu.name(), |ui| {
                ui.set_min_width(330.0);
                // A small window has no room for a long menu.
                let room = ui.ctx().content_rect().height() - 60.0;
                let list = ScrollArea::vertical().max_height(room).min_scrolled_height(room);
                list.show(ui, |ui| rows(ui, entries, menu, &enabled, queue));
            });
        }
    });
}

fn rows(ui: &mut Ui, entries: &[Entry], menu: Menu, enabled: &impl Fn(&Command) -> bool, queue: &mut Vec<Command>) {
    for entry in entries.iter().filter(|entry| entry.menu == menu) {
        let mut button = Button::new(entry.name.as_str());
        if let Some(keys) = entry.keys.first() {
            button = button.shortcut_text(shortcut_text(ui.ctx(), keys));
        }
        if ui.add_enabled(enabled(&entry.command), button).clicked() {
            queue.push(entry.command.clone());
            ui.close();
        }
    }
}
