//! What came, or would come, of an import of labelled data: numbers, new names, and what does not fit, line by line.

use ascribe_engine::dataset::{Kind, Taken};
use egui::Ui;

use crate::{
    numbers::table,
    text::{Fonts, isolated, visible, visible_sentence},
    theme::Theme,
    wording::{grouped, listed},
};

/// How many pieces that do not fit are listed; all are kept in a file.
const MOST: usize = 200;
/// How many new names are listed.
const NAMES: usize = 12;

/// The numbers of each kind of thing.
pub(super) fn numbers(ui: &mut Ui, taken: &Taken, theme: &Theme) {
    let row = |kind: Kind| {
        let numbers = taken.numbers.get(&kind).copied().unwrap_or_default();
        (kind.word(2), [numbers.imported, numbers.known, numbers.refused])
    };
    table(ui, theme, ["New", "Known", "Not taken"], &Kind::ALL.map(row));
}

/// What is new in the scheme, what was read otherwise, and what does not fit.
pub(super) fn reasons(ui: &mut Ui, taken: &Taken, fonts: &mut Fonts, theme: &Theme) {
    let mut line = |ui: &mut Ui, words: &str, color| drop(fonts.label(ui, &visible_sentence(words), 13.5, color));
    if !taken.new_names.is_empty() {
        let more = taken.new_names.len().saturating_sub(NAMES);
        let names = taken.new_names.iter().take(NAMES).map(|name| isolated(name).into_owned());
        let more = (more > 0).then(|| format!("{} more", grouped(more)));
        line(ui, &format!("New in the scheme: {}.", listed(names.chain(more))), theme.ink.0);
    }
    for (reason, count) in &taken.told.noted {
        line(ui, &format!("{} times: {reason}.", grouped(*count)), theme.muted.0);
    }
    for (_, kind, reason, loss) in taken.told.left_out.losses() {
        let words = format!("{} {} not taken: {reason}.", grouped(loss.count), kind.word(loss.count));
        line(ui, &words, theme.ink.0);
    }
    let refused = &taken.told.refused;
    for refused in refused.iter().take(MOST) {
        let place = match refused.line {
            0 => isolated(&refused.file).into_owned(),
            number => format!("{}, line {}", isolated(&refused.file), grouped(number as usize)),
        };
        let kind = refused.kind.word(1);
        let words = match refused.reason.starts_with(kind) {
            true => format!("Not taken: {}", refused.reason),
            false => format!("Not taken, {kind}: {}", refused.reason),
        };
        line(ui, &words, theme.warning.0);
        fonts_line(ui, &place, theme);
    }
    if refused.len() > MOST {
        line(ui, &format!("And {} more.", grouped(refused.len() - MOST)), theme.warning.0);
    }
}

fn fonts_line(ui: &mut Ui, place: &str, theme: &Theme) {
    let words = egui::RichText::new(visible(place)).size(12.0).color(theme.muted.0);
    ui.add(egui::Label::new(words).wrap());
}
