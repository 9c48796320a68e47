//! The list of what became of an annotator's tags, one row a tag, and all about the row that the keys act on.

use ascribe_engine::{
    Session,
    feedback::{Changed, Entry, Outcome},
};
use egui::{
    Align2, EventFilter, FontId, Frame, Id, Key, Margin, Rect, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind,
    Ui, WidgetInfo, pos2, vec2,
};

use super::{Feedback, sign, title};
use crate::{
    command::{Command, Team},
    panel::bar,
    reading::{list_key, list_move, tell_row},
    scroll,
    team::command,
    text::{Fonts, isolated, visible},
    theme::{Theme, strong},
    wording::{capitalised, counted, shortened},
};

/// Height of a row, so that only the visible ones are laid out.
const ROW: f32 = 48.0;
/// Below this width the details stand below the list.
const BESIDE: f32 = 760.0;

/// The widget that has the keyboard for the list.
fn list_id() -> Id {
    Id::unique("feedback")
}

/// Shows the list with the details.
pub(super) fn ui(
    ui: &mut Ui,
    session: &Session,
    feedback: &mut Feedback,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let area = ui.available_rect_before_wrap();
    let beside = area.width() > BESIDE;
    let (left, right) =
        if beside { area.split_left_right_at_fraction(0.58) } else { area.split_top_bottom_at_fraction(0.55) };
    let mut list = ui.new_child(egui::UiBuilder::new().id_salt("list").max_rect(left));
    list.shrink_clip_rect(left);
    rows(&mut list, session, feedback, fonts, theme, queue);
    ui.painter().line_segment(
        if beside { [right.left_top(), right.left_bottom()] } else { [right.left_top(), right.right_top()] },
        Stroke::new(1.0, theme.line.0),
    );
    let mut about = ui.new_child(egui::UiBuilder::new().id_salt("about").max_rect(right.shrink(1.0)));
    about.shrink_clip_rect(right);
    if let Some(entry) = feedback.entry(feedback.here) {
        details(&mut about, session, entry, feedback.here, fonts, theme, queue);
    }
    ui.allocate_rect(area, Sense::hover());
}

fn rows(
    ui: &mut Ui,
    session: &Session,
    feedback: &mut Feedback,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let area = ui.available_rect_before_wrap();
    let list = ui.interact(area, list_id(), Sense::click());
    if std::mem::take(&mut feedback.wants_keys) {
        list.request_focus();
    }
    let (count, here) = (feedback.shown.len(), feedback.here);
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, format!("What became of {}", counted(count, "tag"))));
    let page = (area.height() / ROW).floor().max(1.0) as usize;
    if list.has_focus() {
        let filter = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(list.id, filter));
        if let Some(number) = list_move(ui, here, page, count.saturating_sub(1)) {
            queue.push(command(Team::Entry(number)));
        }
        if list_key(ui, Key::Enter) {
            queue.push(command(Team::ShowEntry(here)));
        }
        tell_row(ui, list.id, list.id.with(here));
    }
    let mut scroll = ScrollArea::vertical().id_salt("feedback").auto_shrink(false);
    if std::mem::take(&mut feedback.follow) {
        scroll = scroll.vertical_scroll_offset((here as f32 - page as f32 / 2.0).max(0.0) * ROW);
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    scroll.show_rows(ui, ROW, count, |ui, rows| {
        for number in rows {
            if let Some(entry) = feedback.entry(number) {
                row(ui, (entry, title(session, &entry.document)), number, here == number, fonts, theme, queue);
            }
        }
    });
    if list.has_focus() {
        ui.painter().rect_stroke(area.shrink(1.0), 2.0, Stroke::new(1.5, theme.accent.0), StrokeKind::Inside);
    }
}

/// The colour of a sign; the word always stands beside it.
pub(super) fn color(outcome: Outcome, theme: &Theme) -> egui::Color32 {
    match outcome {
        Outcome::Accepted | Outcome::AcceptedBeside => theme.good.0,
        Outcome::Changed => theme.warning.0,
        Outcome::Rejected => theme.error.0,
        Outcome::Overlooked => theme.accent.0,
        Outcome::Undecided => theme.muted.0,
    }
}

fn row(
    ui: &mut Ui,
    (entry, article): (&Entry, &str),
    number: usize,
    here: bool,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    // Arrow keys go from row to row: for Tab, all of the list is one stop.
    let response = ui.interact(rect, list_id().with(number), Sense::CLICK);
    let (told, words) = (told(entry), entry.text.join(" … "));
    let spoken = format!("{}: {} “{}”, {told}", entry.outcome.name(), entry.label, isolated(&shortened(&words, 80)));
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, here, spoken.trim_end_matches(", ")));
    let painter = ui.painter_at(rect);
    if here {
        painter.rect_filled(rect, 0.0, theme.panel.0);
        painter.rect_filled(Rect::from_min_size(rect.min, vec2(3.0, ROW)), 0.0, theme.accent.0);
    } else if response.hovered() {
        painter.rect_filled(rect, 0.0, theme.control.0);
    }
    let color = color(entry.outcome, theme);
    let at = pos2(rect.left() + 16.0, rect.top() + 15.0);
    painter.text(at, Align2::LEFT_CENTER, sign(entry.outcome), FontId::proportional(14.0), color);
    let name = pos2(at.x + 20.0, at.y);
    painter.text(name, Align2::LEFT_CENTER, entry.outcome.name(), strong(12.5), color);
    let (left, right) = (rect.left() + 190.0_f32.min(rect.width() * 0.4), rect.right() - 10.0);
    let place = Rect::from_min_max(pos2(left, rect.top() + 6.0), pos2(right, rect.top() + 24.0));
    let text = format!("{}: {}", capitalised(&entry.label), isolated(&shortened(&words, 160)));
    fonts.paint_lines(&painter, &text, place, 1, FontId::proportional(13.5), theme.ink.0);
    let below = place.translate(vec2(0.0, 19.0));
    let told = if told.is_empty() { visible(article).into_owned() } else { told };
    fonts.paint_lines(&painter, &told, below, 1, FontId::proportional(12.0), theme.muted.0);
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line.0.gamma_multiply(0.5)));
    if response.double_clicked() {
        queue.push(command(Team::ShowEntry(number)));
    } else if response.clicked() {
        queue.push(command(Team::Entry(number)));
    }
}

/// What was done and why, in a line; empty where there is nothing to say.
fn told(entry: &Entry) -> String {
    let changes = entry.changes.iter().map(|change| format!("{}: {}", change.what.name(), arrow(change)));
    let why = [&entry.reason, &entry.note].into_iter().filter(|words| !words.is_empty());
    changes.chain(why.map(|words| isolated(words).into_owned())).collect::<Vec<_>>().join(" · ")
}

/// What was changed, such as `direct → mixed`.
fn arrow(change: &Changed) -> String {
    let words = |text: &str| if text.is_empty() { "nothing".to_owned() } else { isolated(text).into_owned() };
    format!("{} → {}", words(&change.before), words(&change.after))
}

/// What became of a tag, in a sentence.
fn meaning(entry: &Entry) -> &'static str {
    match entry.outcome {
        _ if entry.stale => "Something has changed since this was decided; it will be looked at again.",
        Outcome::Accepted => "It was taken as it is.",
        Outcome::AcceptedBeside => "It was taken as it is, beside another that lies there.",
        Outcome::Changed => "Something else was taken in its place.",
        Outcome::Rejected => "It was not taken, and nothing stands in its place.",
        Outcome::Overlooked => "This was taken, and is missing among these tags.",
        Outcome::Undecided => "Nobody has decided about it yet.",
    }
}

/// All about one tag.
fn details(
    ui: &mut Ui,
    session: &Session,
    entry: &Entry,
    number: usize,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    Frame::new().inner_margin(Margin::symmetric(16, 8)).show(ui, |ui| {
        let heading = |ui: &mut Ui| {
            let text = format!("{} {}", sign(entry.outcome), capitalised(entry.outcome.name()));
            ui.label(RichText::new(text).font(strong(16.0)).color(color(entry.outcome, theme)));
        };
        let mut show = false;
        bar::ui(ui, "feedback", heading, |ui| {
            show = ui.button("Show in the article").on_hover_text("Go there in the article (Enter)").clicked();
        });
        if show {
            queue.push(command(Team::ShowEntry(number)));
        }
        ScrollArea::vertical().id_salt("feedback details").auto_shrink(false).show(ui, |ui| {
            scroll::reachable(ui, "All about this tag", theme.accent.0);
            ui.set_width(ui.available_width() - 10.0);
            fonts.label(ui, meaning(entry), 13.5, theme.muted.0);
            part(ui, &capitalised(&entry.label), &isolated(&entry.text.join(" … ")), fonts, theme);
            for change in &entry.changes {
                part(ui, &capitalised(&change.what.name()), &arrow(change), fonts, theme);
            }
            for (name, words) in [("Reason", &entry.reason), ("In the adjudicator’s words", &entry.note)] {
                if !words.is_empty() {
                    part(ui, name, &isolated(words), fonts, theme);
                }
            }
            part(ui, "Article", &visible(title(session, &entry.document)), fonts, theme);
        });
    });
}

fn part(ui: &mut Ui, name: &str, words: &str, fonts: &mut Fonts, theme: &Theme) {
    ui.add_space(8.0);
    ui.label(RichText::new(name).font(strong(12.5)).color(theme.muted.0));
    fonts.label(ui, words, 14.5, theme.ink.0);
}
