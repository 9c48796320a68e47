//! The sheet that shows what would be imported: what was found and what it becomes on the left, the outcome on the right.

use ascribe_engine::dataset::{Differing, Format, Kind, Unknown};
use egui::{Align, Button, ComboBox, Layout, RichText, Role, ScrollArea, Separator, TextEdit, Ui, WidgetInfo, vec2};

use super::{Found, Labelled, Order, account, names};
use crate::{
    exporting::strong_button,
    overlay::{part, wide},
    scroll,
    text::{Fonts, isolated, visible, visible_sentence},
    theme::{Theme, strong},
    wording::{counted, grouped, listed},
};

/// Up to which width all stands below each other.
const BESIDE: f32 = 780.0;
/// Up to which height of the window the same.
const SMALL: f32 = 560.0;
/// Height of the reasons, where all stands below each other.
const REASONS: f32 = 200.0;
/// Height of the line of buttons below.
const FOOT: f32 = 48.0;

/// What a person says to it.
pub(crate) enum Verdict {
    /// Nothing yet.
    None,
    /// Leave it.
    Cancel,
    /// Import it.
    Import(Box<Order>),
}

/// Shows the sheet.
pub(crate) fn ui(ui: &mut Ui, labelled: &mut Labelled, fonts: &mut Fonts, theme: &Theme) -> Verdict {
    labelled.poll(ui.ctx());
    let whole = ui.ctx().content_rect().height();
    let (width, height) = (wide(ui, 1000.0), if whole < SMALL { whole - 50.0 } else { whole * 0.8 });
    ui.set_width(width);
    ui.set_height(height);
    ui.heading("Import labelled data");
    let before = labelled.choice.clone();
    let rows = |labelled: &Labelled| match &labelled.found {
        Some(Ok(found)) => found.rows.clone(),
        _ => Vec::new(),
    };
    let rows_before = rows(labelled);
    let room = (ui.available_height() - FOOT).max(80.0);
    let mut again = false;
    if width > BESIDE && whole >= SMALL {
        ui.horizontal_top(|ui| {
            let half = (ui.available_width() - 22.0) / 2.0;
            part(ui, vec2(half, room), |ui| scrolled(ui, "found", |ui| again = left(ui, labelled, fonts, theme)));
            part(ui, vec2(6.0, room), |ui| ui.add(Separator::default().vertical()));
            part(ui, vec2(ui.available_width(), room), |ui| outcome(ui, labelled, fonts, theme, f32::INFINITY));
        });
    } else {
        part(ui, vec2(width, room), |ui| {
            scrolled(ui, "found", |ui| {
                again = left(ui, labelled, fonts, theme);
                ui.separator();
                outcome(ui, labelled, fonts, theme, REASONS);
            });
        });
    }
    if again {
        labelled.read(ui.ctx());
    } else if labelled.reading.is_none() && (labelled.choice != before || rows(labelled) != rows_before) {
        labelled.try_out(ui.ctx());
    }
    foot_ui(ui, labelled, theme)
}

fn scrolled(ui: &mut Ui, salt: &str, content: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().id_salt(salt).auto_shrink(false).show(ui, |ui| {
        scroll::follow_focus(ui);
        ui.set_width(ui.available_width() - 12.0);
        content(ui);
    });
}

/// What was found and what it becomes; true when it is to be read again.
fn left(ui: &mut Ui, labelled: &mut Labelled, fonts: &mut Fonts, theme: &Theme) -> bool {
    let files = labelled.source.paths.iter().map(|path| {
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        isolated(&name).into_owned()
    });
    let files: Vec<_> = files.collect();
    let words = if files.len() > 3 { counted(files.len(), "file") } else { listed(files) };
    fonts.label(ui, &visible(&words), 14.0, theme.muted.0);
    let again = read_as(ui, labelled);
    if labelled.reading.is_some() {
        ui.horizontal(|ui| {
            ui.label(format!("Reading… {}", counted(labelled.count, "document")));
            if ui.button("Stop").clicked() {
                labelled.stop();
            }
        });
        return again;
    }
    let Labelled { found, choice, scheme, .. } = labelled;
    match found {
        None => {}
        Some(Err(reason)) => drop(fonts.label(ui, &visible_sentence(reason), 14.0, theme.error.0)),
        Some(Ok(found)) => {
            let count = |kind: Kind| {
                let count = found.survey.numbers.get(&kind).copied().unwrap_or_default();
                (count > 0).then(|| format!("{} {}", grouped(count), kind.word(count)))
            };
            let words = format!("Found: {}", listed(Kind::ALL.into_iter().filter_map(count)));
            fonts.label(ui, &words, 14.0, theme.ink.0);
            whose(ui, found, choice);
            names::ui(ui, &mut found.rows, scheme, choice.unknown, fonts, theme);
            questions(ui, choice);
        }
    }
    again
}

fn read_as(ui: &mut Ui, labelled: &mut Labelled) -> bool {
    let before = labelled.chosen;
    ui.horizontal(|ui| {
        ui.label("Read as");
        let found = match &labelled.found {
            Some(Ok(found)) => found.format.name(),
            _ => "what it seems to be",
        };
        let chosen = labelled.chosen.map_or(found, Format::name);
        let combo = ComboBox::from_id_salt("format").selected_text(chosen).height(320.0).show_ui(ui, |ui| {
            ui.selectable_value(&mut labelled.chosen, None, "what it seems to be");
            for format in Format::all().filter(|format| format.is_read()) {
                ui.selectable_value(&mut labelled.chosen, Some(format), format.name()).on_hover_text(format.about());
            }
        });
        combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Read as"));
    });
    before != labelled.chosen
}

/// Whose annotations they become.
fn whose(ui: &mut Ui, found: &Found, choice: &mut super::Choice) {
    ui.add_space(6.0);
    ui.label(RichText::new("Whose annotations").font(strong(14.0)));
    let named = names::annotators(&found.survey);
    if !named.is_empty() {
        ui.radio_value(&mut choice.one, false, visible(&format!("As the files say: {named}")));
    }
    ui.horizontal(|ui| {
        if named.is_empty() {
            ui.label("All are by");
        } else {
            ui.radio_value(&mut choice.one, true, "All are by");
        }
        let field = TextEdit::singleline(&mut choice.name).hint_text("a name").desired_width(180.0);
        let field = ui.add_enabled(choice.one, field);
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, choice.one, "Annotator"));
    });
}

fn questions(ui: &mut Ui, choice: &mut super::Choice) {
    ui.add_space(6.0);
    ui.label(RichText::new("What the project does not have").font(strong(14.0)));
    let mut add = choice.unknown == Unknown::Add;
    let box_ = ui.checkbox(&mut add, "Add new labels, values and relation types to the scheme");
    box_.on_hover_text("If not, what has them is refused, and told.");
    choice.unknown = if add { Unknown::Add } else { Unknown::Refuse };
    let mut look = choice.differing == Differing::Reanchor;
    let box_ = ui.checkbox(&mut look, "Where the text differs, look for the words");
    box_.on_hover_text(
        "For articles that the project has with another text. If not, their annotations are refused, and told.",
    );
    choice.differing = if look { Differing::Reanchor } else { Differing::Refuse };
}

/// What would come of it.
fn outcome(ui: &mut Ui, labelled: &Labelled, fonts: &mut Fonts, theme: &Theme, height: f32) {
    let trying = labelled.trial.job.is_some() || labelled.reading.is_some();
    let heading = if trying { "Being worked out…" } else { "What would be imported" };
    ui.label(RichText::new(heading).font(strong(14.0)));
    match &labelled.trial.taken {
        None => {}
        Some(Err(reason)) => drop(fonts.label(ui, &visible_sentence(reason), 14.0, theme.warning.0)),
        Some(Ok(taken)) => {
            account::numbers(ui, taken, theme);
            ui.add_space(6.0);
            ScrollArea::vertical().id_salt("reasons").max_height(height).show(ui, |ui| {
                ui.set_width(ui.available_width() - 12.0);
                scroll::reachable(ui, "What is not taken, and why", theme.accent.0);
                account::reasons(ui, taken, fonts, theme);
            });
        }
    }
}

fn foot_ui(ui: &mut Ui, labelled: &mut Labelled, theme: &Theme) -> Verdict {
    let mut verdict = Verdict::None;
    ui.separator();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let news = labelled.news();
        let ready = news.is_some_and(|(documents, annotations)| documents + annotations > 0);
        let name = match news {
            Some((_, annotations)) if annotations > 0 => format!("Import {}", counted(annotations, "annotation")),
            Some((documents, _)) if documents > 0 => format!("Import {}", counted(documents, "document")),
            _ => "Import".to_owned(),
        };
        let button = ui.add_enabled(ready, strong_button(&name, ready, theme));
        if ready && std::mem::take(&mut labelled.fresh) {
            button.request_focus();
        }
        if button.clicked()
            && let Ok(order) = labelled.order()
        {
            verdict = Verdict::Import(Box::new(order));
        }
        if ui.add(Button::new("Cancel").min_size(vec2(80.0, 30.0))).clicked() {
            verdict = Verdict::Cancel;
        }
        if news == Some((0, 0)) {
            ui.label(RichText::new("There is nothing new in it.").color(theme.muted.0));
        }
    });
    verdict
}
