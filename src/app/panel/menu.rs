//! The menu bar, made from the table of commands.

use egui::{Button, MenuBar, ScrollArea, Ui};

use crate::{
    command::{Command, Entry, Menu, Room, shortcut_text},
    scroll::follow_focus,
};

/// Shows the menus; `enabled` says what can be done now. Where one decides, that takes the place of tagging.
pub fn ui(ui: &mut Ui, entries: &[Entry], room: Room, enabled: impl Fn(&Command) -> bool, queue: &mut Vec<Command>) {
    let elsewhere = if room == Room::Review { Menu::Tag } else { Menu::Review };
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::BAR.into_iter().filter(|menu| *menu != elsewhere) {
            ui.menu_button(menu.name(), |ui| {
                ui.set_min_width(330.0);
                // In a low window, or where everything is large, not all of them fit.
                let room = ui.ctx().content_rect().height() - 56.0;
                ui.set_max_height(room);
                ScrollArea::vertical().max_height(room).show(ui, |ui| {
                    follow_focus(ui);
                    for entry in entries.iter().filter(|entry| entry.menu == menu) {
                        entry_ui(ui, entry, enabled(&entry.command), queue);
                    }
                    if menu == Menu::Tag {
                        ui.separator();
                        for entry in entries.iter().filter(|entry| entry.menu == Menu::Suggest) {
                            entry_ui(ui, entry, enabled(&entry.command), queue);
                        }
                    }
                });
            });
        }
    });
}

fn entry_ui(ui: &mut Ui, entry: &Entry, enabled: bool, queue: &mut Vec<Command>) {
    let mut button = Button::new(entry.name.as_str());
    if let Some(keys) = entry.keys.first() {
        button = button.shortcut_text(shortcut_text(ui.ctx(), keys));
    }
    if ui.add_enabled(enabled, button).clicked() {
        queue.push(entry.command.clone());
        ui.close();
    }
}
