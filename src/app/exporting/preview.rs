//! How the dataset would begin: its files, as they are written for the first record.

use std::sync::Arc;

use ascribe_engine::dataset::Beginning;
use ascribe_schema::Text;
use egui::{ComboBox, Frame, Painter, RichText, Role, Stroke, Ui, WidgetInfo};

use crate::{
    scroll,
    text::{Decorate, Fonts, Paragraph, TextPane, TextStyle, visible},
    theme::{Theme, strong},
    wording::grouped,
};

/// The files of the first record.
#[derive(Default)]
pub(super) struct Preview {
    files: Vec<Beginning>,
    chosen: usize,
    /// The chosen file, once it has been shown.
    pane: Option<TextPane>,
}

impl Preview {
    /// Shows other files; the one of the same name stays chosen.
    pub fn show(&mut self, files: Vec<Beginning>) {
        let name = self.files.get(self.chosen).map(|file| file.name.as_str());
        // Files without anything in them say nothing of what is written.
        let first = || files.iter().position(|file| file.text.as_ref().is_some_and(|text| !text.trim().is_empty()));
        let chosen = files.iter().position(|file| Some(file.name.as_str()) == name).or_else(first);
        *self = Self { chosen: chosen.unwrap_or_default(), files, pane: None };
    }
}

/// Shows the beginning of a file in all of the space that is left.
pub(super) fn ui(ui: &mut Ui, preview: &mut Preview, fonts: &mut Fonts, theme: &Theme) {
    let Some(file) = preview.files.get(preview.chosen) else { return };
    let mut chosen = preview.chosen;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("The first record").font(strong(14.0)));
        if preview.files.len() > 1 {
            let combo = ComboBox::from_id_salt("file").width(ui.available_width().min(300.0)).truncate();
            let combo = combo.selected_text(visible(&file.name)).show_ui(ui, |ui| {
                for (number, file) in preview.files.iter().enumerate() {
                    ui.selectable_value(&mut chosen, number, visible(&file.name));
                }
            });
            combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "File that is shown"));
        }
        let shown = if file.whole { "" } else { ", its beginning" };
        ui.label(RichText::new(format!("{} bytes{shown}", grouped(file.bytes as usize))).color(theme.muted.0));
    });
    match &file.text {
        None => drop(ui.label("This file is not text: its format is made for programs.")),
        Some(text) => {
            let pane = preview.pane.get_or_insert_with(|| TextPane::new(Arc::new(Text::new(text.as_str()))));
            text_ui(ui, pane, fonts, theme);
        }
    }
    if chosen != preview.chosen {
        (preview.chosen, preview.pane) = (chosen, None);
    }
}

fn text_ui(ui: &mut Ui, pane: &mut TextPane, fonts: &mut Fonts, theme: &Theme) {
    let mut style = TextStyle::new(theme.ink.0, theme.selection.0, theme.accent.0);
    (style.size, style.line_height, style.margin) = (12.5, 1.5, 10.0);
    (style.measure, style.paragraph_gap, style.empty_line) = (f32::INFINITY, 0.0, 1.0);
    (style.sign, style.monospaced) = (theme.warning.0, true);
    Frame::new().fill(theme.page.0).stroke(Stroke::new(1.0, theme.line.0)).show(ui, |ui| {
        // A pane fills what it may paint on.
        ui.shrink_clip_rect(ui.max_rect());
        let name = "The first record as it would be written";
        if pane.show(ui, fonts, &style, name, &mut Plain).response.has_focus() {
            scroll::walk(ui, pane, fonts);
        }
    });
}

/// Nothing lies on this text.
struct Plain;

impl Decorate for Plain {
    fn under(&mut self, _painter: &Painter, _paragraph: &Paragraph<'_>) {}

    fn over(&mut self, _painter: &Painter, _paragraph: &Paragraph<'_>) {}
}
