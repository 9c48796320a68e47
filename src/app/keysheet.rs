//! The sheet of keys: what each key does, where to change that, and what is wrong with one's own keys.

use egui::{Grid, Label, RichText, ScrollArea, Ui};

use crate::{
    command::{Command, Entry, Keymap, Menu, keys_of, shortcut_text},
    overlay::{Answer, title, wide},
    scroll,
    theme::{Theme, strong},
};

/// Which headings stand in which of the two columns.
const COLUMNS: [&[Menu]; 2] = [
    &[Menu::Tag, Menu::Focused, Menu::Suggest, Menu::Edit, Menu::View, Menu::File],
    &[Menu::Go, Menu::Hits, Menu::Caret],
];

/// The least height of a row, in points.
const ROW: f32 = 20.0;

/// Shows the sheet.
pub fn ui(ui: &mut Ui, keymap: &Keymap, theme: &Theme) -> Answer {
    ui.set_width(wide(ui, 940.0));
    let mut answer = Answer::Stay;
    title(ui, "Keys", &mut answer);
    for trouble in &keymap.troubles {
        ui.add(Label::new(RichText::new(format!("! {trouble}")).color(theme.warning.0)).wrap());
    }
    own_keys(ui, keymap, &mut answer);
    ScrollArea::vertical().show(ui, |ui| {
        // The sheet is longer than most windows, and who reads it may have no mouse.
        scroll::by_keys(ui);
        with_the_mouse(ui, &keymap.entries);
        // Two columns, where there is room.
        let count = if ui.available_width() > 640.0 { COLUMNS.len() } else { 1 };
        ui.spacing_mut().item_spacing.x = 20.0;
        ui.columns(count, |columns| {
            for (number, menus) in COLUMNS.into_iter().enumerate() {
                let column = &mut columns[number % count];
                for &menu in menus {
                    column.add_space(8.0);
                    column.label(RichText::new(menu.name()).font(strong(14.0)));
                    rows(column, &keymap.entries, menu);
                }
            }
        });
    });
    answer
}

fn with_the_mouse(ui: &mut Ui, entries: &[Entry]) {
    let exact = keys_of(ui.ctx(), entries, &Command::ToggleExact);
    let exact = exact.map(|keys| format!(", or {keys} pressed")).unwrap_or_default();
    ui.weak(format!("With the mouse: drag to select whole words; with Alt or Ctrl held{exact}, exactly what you drew. Two clicks select a word, three a sentence, four a paragraph. Click a tag to focus it, again for the one around it. Ctrl+click ties the focused tag to another."));
}

/// Where a person's own keys are, and what can be done about them.
fn own_keys(ui: &mut Ui, keymap: &Keymap, answer: &mut Answer) {
    let Some(file) = &keymap.file else { return };
    ui.horizontal_wrapped(|ui| {
        if !keymap.started {
            ui.label("Every key can be changed.");
            if ui.button("Edit keys…").clicked() {
                *answer = Answer::Do(Command::EditKeys);
            }
            return;
        }
        ui.label("Change your keys in this file, then read it again:");
        let path = file.display().to_string();
        ui.label(RichText::new(&path).font(strong(13.0)));
        if ui.button("Copy the path").clicked() {
            ui.ctx().copy_text(path);
        }
        if ui.button("Read the keys again").clicked() {
            *answer = Answer::Do(Command::ReadKeys);
        }
    });
}

fn rows(ui: &mut Ui, entries: &[Entry], menu: Menu) {
    let width = ui.available_width();
    ui.spacing_mut().interact_size.y = ROW;
    Grid::new(menu.name())
        .num_columns(2)
        .min_col_width(width * 0.38)
        .spacing([12.0, 2.0])
        .max_col_width(width * 0.6)
        .striped(true)
        .show(ui, |ui| {
            for entry in entries.iter().filter(|entry| entry.menu == menu && !entry.keys.is_empty()) {
                let keys: Vec<_> = entry.keys.iter().take(2).map(|keys| shortcut_text(ui.ctx(), keys)).collect();
                ui.label(RichText::new(keys.join(" or ")).font(strong(13.0)));
                ui.add(Label::new(&entry.name).wrap());
                ui.end_row();
            }
        });
}
