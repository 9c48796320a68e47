//! The sheet that shows what a colleague's files would bring, and then what became of them.

use ascribe_engine::colleague::{Account, Offer, Taken};
use egui::{Button, RichText, ScrollArea, Ui, vec2};

use super::{Receiving, row};
use crate::{
    exporting::strong_button,
    overlay::{self, Answer, wide},
    scroll,
    text::{Fonts, visible, visible_sentence},
    theme::{Theme, strong},
    wording::{counted, sentence_case},
};

/// Room for what stands above and below the list.
const AROUND: f32 = 210.0;

/// Shows the sheet.
pub(crate) fn ui(ui: &mut Ui, receiving: &mut Receiving, fonts: &mut Fonts, theme: &Theme) -> Answer {
    receiving.poll();
    ui.set_width(wide(ui, 720.0));
    ui.heading("Open a colleague’s work");
    let about = "What is taken lies beside your work, under your colleague’s name. Your own tags, decisions and comments are never touched.";
    fonts.label(ui, about, 13.5, theme.muted.0);
    ui.add_space(4.0);
    let height = (ui.ctx().content_rect().height() - AROUND).max(110.0);
    let mut chosen = std::mem::take(&mut receiving.chosen);
    match (&receiving.offer, &receiving.account) {
        (None, _) => drop(ui.label("Looking at the files…")),
        (Some(Err(reason)), _) | (Some(Ok(_)), Some(Err(reason))) => {
            fonts.label(ui, &visible(reason), 14.0, theme.error.0);
        }
        (Some(Ok(offer)), None) => scrolled(ui, height, |ui| {
            for (piece, chosen) in offer.pieces.iter().zip(&mut chosen) {
                row::ui(ui, piece, &receiving.title(&piece.document), chosen, fonts, theme);
            }
            problems(ui, offer, fonts, theme);
        }),
        (Some(Ok(offer)), Some(Ok(account))) => {
            scrolled(ui, height, |ui| account_ui(ui, receiving, offer, account, fonts, theme));
        }
    }
    receiving.chosen = chosen;
    foot(ui, receiving, theme)
}

fn scrolled(ui: &mut Ui, height: f32, content: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt("colleague").max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        scroll::follow_focus(ui);
        ui.set_width(ui.available_width() - 12.0);
        content(ui);
    });
}

fn problems(ui: &mut Ui, offer: &Offer, fonts: &mut Fonts, theme: &Theme) {
    if offer.problems.is_empty() {
        return;
    }
    ui.add_space(8.0);
    ui.label(RichText::new("What is left out, and why").font(strong(13.5)));
    for problem in &offer.problems {
        let words = format!("{}: {}", problem.place, problem.message);
        fonts.label(ui, &visible_sentence(&words), 13.0, theme.warning.0);
        if !problem.hint.is_empty() {
            fonts.label(ui, &visible_sentence(&sentence_case(&problem.hint)), 13.0, theme.ink.0);
        }
    }
}

/// What became of what was chosen.
fn account_ui(ui: &mut Ui, receiving: &Receiving, offer: &Offer, account: &Account, fonts: &mut Fonts, theme: &Theme) {
    if !account.documents.is_empty() {
        ui.label(format!("{} came along.", counted(account.documents.len(), "article")));
    }
    for (number, outcome) in &account.pieces {
        let Some(piece) = offer.pieces.get(*number) else { continue };
        let (words, color) = match outcome {
            Ok(Taken::Written) => ("✓ taken".to_owned(), theme.good.0),
            Ok(Taken::Replaced) => {
                ("✓ taken in the place of the one here, which is kept in .ascribe/backups".to_owned(), theme.good.0)
            }
            Ok(Taken::Merged(0)) => ("✓ joined with the one here".to_owned(), theme.good.0),
            Ok(Taken::Merged(open)) => {
                let open = counted(*open, "thing");
                (
                    format!("✓ joined with the one here; {open} that both say differently wait for its owner"),
                    theme.warning.0,
                )
            }
            Err(reason) => (format!("× not taken: {reason}"), theme.error.0),
        };
        fonts.label(
            ui,
            &visible(&format!("{} · {}", piece.person, receiving.title(&piece.document))),
            13.5,
            theme.ink.0,
        );
        fonts.label(ui, &visible_sentence(&words), 13.0, color);
        ui.add_space(4.0);
    }
}

fn foot(ui: &mut Ui, receiving: &mut Receiving, theme: &Theme) -> Answer {
    let mut answer = Answer::Stay;
    overlay::foot(ui, |ui| {
        if receiving.account.is_some() {
            let close = ui.add(strong_button("Close", true, theme));
            if std::mem::take(&mut receiving.fresh) {
                close.request_focus();
            }
            if close.clicked() {
                answer = Answer::Close;
            }
            return;
        }
        let count = receiving.count();
        let ready = count > 0 && !receiving.is_taking();
        let name = if count > 0 { format!("Take {}", counted(count, "file")) } else { "Take".to_owned() };
        let take = ui.add_enabled(ready, strong_button(&name, ready, theme));
        if ready && std::mem::take(&mut receiving.fresh) {
            take.request_focus();
        }
        if take.clicked() {
            receiving.take(ui.ctx());
        }
        let stays = receiving.is_taking();
        if ui.add_enabled(!stays, Button::new("Cancel").min_size(vec2(80.0, 30.0))).clicked() {
            answer = Answer::Close;
        }
        if receiving.is_taking() {
            ui.label("Writing…");
        } else if matches!(&receiving.offer, Some(Ok(offer)) if offer.pieces.iter().all(|piece| !piece.brings())) {
            ui.label(RichText::new("There is nothing new in it.").color(theme.muted.0));
        }
    });
    answer
}
