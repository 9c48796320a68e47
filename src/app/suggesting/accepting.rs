//! The sheet in which many suggestions are looked through and accepted at once.

use std::collections::BTreeSet;

use ascribe_schema::{AnnotationId, Scheme};
use egui::{
    Align, Checkbox, FontId, Key, Layout, Modifiers, Rect, RichText, Role, ScrollArea, Slider, Ui, WidgetInfo, vec2,
};

use crate::{
    command::{Command, Suggesting},
    exporting::strong_button,
    overlay::{Answer, wide},
    reading::label_color,
    scroll::follow_focus,
    text::{Fonts, isolated},
    theme::{Theme, strong},
    wording::{capitalised, grouped, percent, shortened},
};

/// Height of a row, so that only the visible ones are laid out.
const ROW: f32 = 44.0;
/// Height of the line of buttons below.
const FOOT: f32 = 36.0;
/// The least score at first, in percent.
const LEAST: u32 = 90;

/// Which suggestions are to be accepted.
pub struct Accepting {
    rows: Vec<Row>,
    scheme: Scheme,
    /// The least score, in percent.
    least: u32,
    /// The labels that are left out.
    without: BTreeSet<String>,
    /// Single ones that are left out.
    out: BTreeSet<AnnotationId>,
    /// Whether it has not been shown yet.
    fresh: bool,
}

/// One suggestion that may be accepted.
pub struct Row {
    /// The suggestion.
    pub id: AnnotationId,
    /// Its label.
    pub label: String,
    /// Its words.
    pub words: String,
    /// The words of whoever it is attributed to; nothing for none.
    pub source: String,
    /// Its score in percent.
    pub score: u32,
}

impl Accepting {
    /// All from the usual score on, or the surest where none reaches it.
    #[must_use]
    pub fn new(rows: Vec<Row>, scheme: Scheme) -> Self {
        let least = rows.iter().map(|row| row.score).max().unwrap_or_default().min(LEAST);
        Self { rows, scheme, least, without: BTreeSet::new(), out: BTreeSet::new(), fresh: true }
    }

    /// Those with a label that is wanted and a score that is high enough.
    fn listed(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| reaches(row, self.least, &self.without))
    }

    /// Those of them that have not been left out one by one.
    fn chosen(&self) -> Vec<AnnotationId> {
        self.listed().filter(|row| !self.out.contains(&row.id)).map(|row| row.id.clone()).collect()
    }

    /// The labels that there are suggestions for, in the order of the scheme, with how many reach the score.
    fn labels(&self) -> Vec<(String, usize)> {
        let names = self.scheme.labels.iter().map(|label| &label.name);
        let there = names.filter(|name| self.rows.iter().any(|row| row.label == **name));
        let reach =
            |name: &String| self.rows.iter().filter(|row| row.label == *name && row.score >= self.least).count();
        there.map(|name| (name.clone(), reach(name))).collect()
    }
}

fn reaches(row: &Row, least: u32, without: &BTreeSet<String>) -> bool {
    row.score >= least && !without.contains(&row.label)
}

/// Shows the sheet.
pub fn ui(ui: &mut Ui, accepting: &mut Accepting, fonts: &mut Fonts, theme: &Theme) -> Answer {
    ui.set_width(wide(ui, 720.0));
    let height = ui.ctx().content_rect().height();
    ui.heading("Accept suggestions");
    choices(ui, accepting, theme);
    ui.separator();
    let room = (height * 0.8 - ui.min_rect().height() - 60.0).max(2.0 * ROW);
    list(ui, accepting, fonts, theme, room);
    ui.separator();
    let chosen = accepting.chosen();
    let mut answer = Answer::Stay;
    let foot = vec2(ui.available_width(), FOOT);
    ui.allocate_ui_with_layout(foot, Layout::right_to_left(Align::Center), |ui| {
        let (text, ready) = (format!("Accept {}", grouped(chosen.len())), !chosen.is_empty());
        let ink = if ready { theme.on_accent.0 } else { theme.muted.0 };
        let keys = RichText::new("Ctrl+Enter").color(ink);
        let button = ui.add_enabled(ready, strong_button(&text, ready, theme).shortcut_text(keys));
        button.widget_info(|| WidgetInfo::labeled(Role::Button, ready, &text));
        let entered = ready && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        if button.clicked() || entered {
            answer = Answer::Do(Command::Suggesting(Suggesting::AcceptAll(chosen)));
        }
        if ui.button("Cancel").clicked() {
            answer = Answer::Close;
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.weak("One step to undo.");
        });
    });
    answer
}

fn choices(ui: &mut Ui, accepting: &mut Accepting, theme: &Theme) {
    ui.horizontal_wrapped(|ui| {
        let label = ui.label("With a score of at least");
        let slider = Slider::new(&mut accepting.least, 0..=100).show_value(false).step_by(1.0);
        let slider = ui.add(slider).labelled_by(label.id);
        if std::mem::take(&mut accepting.fresh) {
            slider.request_focus();
        }
        let least = f64::from(accepting.least);
        slider.widget_info(|| WidgetInfo::slider(true, least, "Least score in percent"));
        ui.label(RichText::new(percent(accepting.least)).font(strong(14.0)));
    });
    ui.horizontal_wrapped(|ui| {
        for (name, count) in accepting.labels() {
            let mut with = !accepting.without.contains(&name);
            let color = label_color(theme, &accepting.scheme, &name);
            let text = RichText::new(format!("{} {}", capitalised(&name), grouped(count))).color(color);
            let tick = ui.checkbox(&mut with, text);
            tick.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, with, format!("Accept each {name}")));
            if tick.changed() && !with {
                accepting.without.insert(name);
            } else if tick.changed() {
                accepting.without.remove(&name);
            }
        }
    });
}

fn list(ui: &mut Ui, accepting: &mut Accepting, fonts: &mut Fonts, theme: &Theme, room: f32) {
    let Accepting { rows, out, scheme, least, without, .. } = accepting;
    let shown: Vec<&Row> = rows.iter().filter(|row| reaches(row, *least, without)).collect();
    if shown.is_empty() {
        ui.weak("No suggestion reaches this score.");
        return;
    }
    let area = ScrollArea::vertical().max_height(room).auto_shrink([false, true]);
    area.show_rows(ui, ROW, shown.len(), |ui, numbers| {
        ui.spacing_mut().item_spacing.y = 0.0;
        follow_focus(ui);
        for row in shown.get(numbers).unwrap_or_default() {
            row_ui(ui, row, out, scheme, fonts, theme);
        }
    });
}

fn row_ui(ui: &mut Ui, row: &Row, out: &mut BTreeSet<AnnotationId>, scheme: &Scheme, fonts: &mut Fonts, theme: &Theme) {
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::hover());
    let mut with = !out.contains(&row.id);
    let first = Rect::from_min_size(place.min, vec2(place.width(), 22.0));
    let builder = egui::UiBuilder::new().max_rect(first).layout(Layout::left_to_right(Align::Center));
    let line = &mut ui.new_child(builder);
    let color = label_color(theme, scheme, &row.label);
    let tick =
        line.add(Checkbox::new(&mut with, RichText::new(capitalised(&row.label)).font(strong(12.0)).color(color)));
    let name = format!("Accept {}: {}", row.label, shortened(&row.words, 80));
    tick.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, with, &name));
    if tick.changed() && !with {
        out.insert(row.id.clone());
    } else if tick.changed() {
        out.remove(&row.id);
    }
    line.weak(percent(row.score));
    if !row.source.is_empty() {
        fonts.line(line, &format!("said by: {}", isolated(&row.source)), 12.5, theme.muted.0, egui::Sense::hover());
    }
    let words = Rect::from_min_max(place.min + vec2(26.0, 22.0), place.max - vec2(14.0, 0.0));
    let color = if with { theme.ink.0 } else { theme.muted.0 };
    let painter = ui.painter_at(place);
    fonts.paint_lines(&painter, &shortened(&row.words, 160), words, 1, FontId::proportional(13.0), color);
}

#[cfg(test)]
mod tests {
    use ascribe_engine::default_scheme;

    use super::*;

    fn three() -> Accepting {
        let row = |id, label: &str, score| {
            let (words, source) = ("words".to_owned(), String::new());
            Row { id: AnnotationId::from_bits(id), label: label.to_owned(), words, source, score }
        };
        Accepting::new(vec![row(1, "quote", 97), row(2, "source", 90), row(3, "quote", 60)], default_scheme())
    }

    fn chosen(accepting: &Accepting) -> Vec<u64> {
        let ids = accepting.chosen();
        (1..=3).filter(|&id| ids.contains(&AnnotationId::from_bits(id))).collect()
    }

    #[test]
    fn score_label_and_box_decide_what_is_accepted() {
        let mut accepting = three();
        assert_eq!(chosen(&accepting), [1, 2], "from 90 % on");
        let row = three().rows.pop().into_iter().collect();
        assert_eq!(chosen(&Accepting::new(row, default_scheme())), [3], "or the surest");
        accepting.least = 91;
        assert_eq!(chosen(&accepting), [1]);
        accepting.least = 0;
        assert_eq!(chosen(&accepting), [1, 2, 3]);
        accepting.without.insert("source".to_owned());
        assert_eq!(chosen(&accepting), [1, 3]);
        accepting.out.insert(AnnotationId::from_bits(1));
        assert_eq!(chosen(&accepting), [3]);
    }

    #[test]
    fn labels_are_counted_at_the_score() {
        let labels = three().labels();
        assert_eq!(labels, [("quote".to_owned(), 1), ("source".to_owned(), 1)]);
    }
}
