//! What would become of everything: numbers, and what is not written as it is, with the reasons.

use ascribe_engine::dataset::{Account, Fate, Kind, Written};
use egui::{RichText, ScrollArea, Ui};

use super::Exporting;
use crate::{
    numbers::table,
    scroll,
    text::{Fonts, visible, visible_sentence},
    theme::{Theme, strong},
    wording::{grouped, listed},
};

/// Shows it; the reasons in at most so much height.
pub(super) fn ui(ui: &mut Ui, exporting: &Exporting, fonts: &mut Fonts, theme: &Theme, height: f32) {
    let counting = exporting.forecast.job.is_some();
    let heading = if counting { "Being counted…" } else { "What would be written" };
    ui.label(RichText::new(heading).font(strong(14.0)));
    match &exporting.forecast.written {
        None => {}
        Some(Err(reason)) => {
            fonts.label(ui, &visible_sentence(reason), 14.0, theme.error.0);
        }
        Some(Ok(written)) => {
            account_table(ui, &written.account, theme);
            parts(ui, exporting, written, theme);
            ScrollArea::vertical().id_salt("reasons").max_height(height).show(ui, |ui| {
                ui.set_width(ui.available_width() - 12.0);
                scroll::reachable(ui, "What is changed or left out", theme.accent.0);
                losses(ui, &written.account, fonts, theme);
            });
        }
    }
}

/// The numbers of each kind of thing.
fn account_table(ui: &mut Ui, account: &Account, theme: &Theme) {
    let row = |kind: Kind| {
        let numbers = account.numbers(kind);
        (kind.word(2), [numbers.written, numbers.degraded, numbers.left_out])
    };
    table(ui, theme, ["Written", "Changed", "Left out"], &Kind::ALL.map(row));
}

/// How many documents come into each part.
fn parts(ui: &mut Ui, exporting: &Exporting, written: &Written, theme: &Theme) {
    let Ok(Some(split)) = exporting.choice.split() else { return };
    let names = split.names().zip(&written.summaries);
    let words = names.map(|(name, summary)| format!("{name} {}", grouped(summary.texts.len())));
    let words = format!("Documents in {}", listed(words));
    ui.label(RichText::new(words).color(theme.ink.0));
}

/// What is changed or left out, and why.
pub(super) fn losses(ui: &mut Ui, account: &Account, fonts: &mut Fonts, theme: &Theme) {
    if !account.has_losses() {
        ui.label(RichText::new("Nothing is lost.").color(theme.good.0));
    }
    // What is not written at all matters most.
    let mut losses: Vec<_> = account.losses().collect();
    losses.sort_by_key(|(fate, kind, ..)| (std::cmp::Reverse(*fate), *kind));
    for (fate, kind, reason, loss) in losses {
        let what = match fate {
            Fate::Degraded => "changed",
            Fate::LeftOut => "left out",
        };
        let words = format!("{} {} {what}: {reason}", grouped(loss.count), kind.word(loss.count));
        fonts.label(ui, &visible_sentence(&words), 13.5, theme.ink.0);
        if let Some(example) = loss.examples.first().filter(|_| kind != Kind::Fragment) {
            fonts.label(ui, &visible(&format!("such as {example}")), 12.0, theme.muted.0);
        }
    }
}
