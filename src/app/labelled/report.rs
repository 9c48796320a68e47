//! What came of an import of labelled data.

use ascribe_engine::dataset::Taken;
use egui::{ScrollArea, Ui};

use super::account;
use crate::{
    overlay::{Answer, title, wide},
    scroll,
    text::{Fonts, visible_sentence},
    theme::Theme,
};

/// What came of an import.
pub struct Report {
    /// What became of everything.
    pub taken: Taken,
    /// Where what does not fit is kept, from the project's folder, if anything is; or why it could not be.
    pub kept: Result<Option<String>, String>,
}

/// Shows it.
pub(crate) fn ui(ui: &mut Ui, report: &Report, fonts: &mut Fonts, theme: &Theme) -> Answer {
    ui.set_width(wide(ui, 640.0));
    let mut answer = Answer::Stay;
    title(ui, "Labelled data imported", &mut answer);
    account::numbers(ui, &report.taken, theme);
    let (words, color) = match &report.kept {
        Ok(None) => ("Everything has a place.".to_owned(), theme.good.0),
        Ok(Some(path)) => (format!("What was refused is kept in {path} in the project’s folder."), theme.ink.0),
        Err(reason) => (format!("What was refused could not be kept: {reason}"), theme.error.0),
    };
    ui.add_space(4.0);
    if !report.taken.told.left_out.has_losses() || report.kept != Ok(None) {
        fonts.label(ui, &visible_sentence(&words), 14.0, color);
    }
    ScrollArea::vertical().show(ui, |ui| {
        scroll::by_keys(ui);
        ui.set_width(ui.available_width() - 14.0);
        account::reasons(ui, &report.taken, fonts, theme);
    });
    answer
}
