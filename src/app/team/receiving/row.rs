//! One file of a colleague in the sheet: whose it is, what it would bring, and whether it is taken.

use ascribe_engine::{
    colleague::{How, Piece, Standing},
    merge::Kind,
};
use egui::{Button, Color32, Frame, Margin, RichText, Role, Stroke, Ui, WidgetInfo};

use super::standing;
use crate::{
    revising,
    text::{Fonts, isolated, visible, visible_sentence},
    theme::{Theme, strong},
    wording::{counted, sentence_case},
};

/// Shows it.
pub(super) fn ui(ui: &mut Ui, piece: &Piece, title: &str, chosen: &mut Option<How>, fonts: &mut Fonts, theme: &Theme) {
    let frame =
        Frame::new().stroke(Stroke::new(1.0, theme.line.0)).corner_radius(5).inner_margin(Margin::symmetric(10, 6));
    frame.outer_margin(Margin { top: 3, bottom: 3, ..Margin::ZERO }).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let (sign, words) = standing(piece);
        let spoken = format!("{}, {}: {words}", piece.person, isolated(title));
        ui.horizontal_wrapped(|ui| {
            choice(ui, piece, &spoken, chosen);
            ui.label(RichText::new(piece.person.as_str()).font(strong(14.0)));
            ui.weak(what(piece));
        });
        fonts.label(ui, &visible(title), 13.5, theme.ink.0);
        fonts.label(ui, &visible_sentence(&format!("{sign} {}", sentence_case(&words))), 13.0, color(piece, theme));
        if let Some(report) = &piece.moved {
            let words = format!(
                "Made on an earlier text of this article. On the newest: {} The file stays as your colleague wrote it.",
                revising::counts(report)
            );
            fonts.label(ui, &words, 13.0, theme.muted.0);
        }
    });
}

fn what(piece: &Piece) -> String {
    match piece.kind {
        Kind::Decisions => counted(piece.count, "decision"),
        Kind::Comments => counted(piece.count, "comment"),
        _ => counted(piece.count, "tag"),
    }
}

fn color(piece: &Piece, theme: &Theme) -> Color32 {
    match piece.standing {
        Standing::New | Standing::WithDocument | Standing::Newer(_) => theme.good.0,
        Standing::Different(_) | Standing::HereUnreadable => theme.warning.0,
        Standing::Refused => theme.error.0,
        Standing::Same | Standing::Older(_) | Standing::Mine(_) => theme.muted.0,
    }
}

/// Whether it is taken: a box to tick; or, where there is another here, how.
fn choice(ui: &mut Ui, piece: &Piece, spoken: &str, chosen: &mut Option<How>) {
    let ways: &[(&str, Option<How>, &str)] = match piece.standing {
        Standing::Same | Standing::Mine(_) | Standing::Refused => return,
        Standing::New | Standing::WithDocument | Standing::Newer(_) | Standing::HereUnreadable => {
            let mut take = chosen.is_some();
            let tick = ui.checkbox(&mut take, "");
            tick.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, take, format!("Take {spoken}")));
            *chosen = take.then_some(How::Replace);
            return;
        }
        Standing::Older(_) | Standing::Different(_) => &[
            ("Leave", None, "The one here stays as it is"),
            ("Join both", Some(How::Merge), "All that either has; what they say differently is left open in the file"),
            ("Replace", Some(How::Replace), "Theirs takes the place of the one here, of which a copy is kept"),
        ],
    };
    for (name, how, hint) in ways {
        let picked = chosen == how;
        let button = ui.add(Button::selectable(picked, *name).frame_when_inactive(true));
        button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, picked, format!("{name}: {spoken}")));
        if button.on_hover_text(*hint).clicked() {
            *chosen = *how;
        }
    }
}
