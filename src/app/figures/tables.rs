//! The figures of one layer as a table, each with what it stands on, and with its definition on request.

use std::collections::BTreeMap;

use ascribe_engine::{
    agree::{Layer, Row, Slice},
    agreement::{Figure, Measure},
};
use egui::{Grid, RichText, Role, ScrollArea, TextWrapMode, Ui, WidgetInfo};

use super::Made;
use crate::{
    scroll::by_sides,
    text::{Fonts, visible},
    theme::{Theme, strong},
    wording::grouped,
};

/// The least width of the names of attributes and relation types, in points.
const SUBJECT: f32 = 110.0;

/// Reasons why figures are missing, with the numbers of their footnotes.
#[derive(Default)]
struct Notes(Vec<String>);

impl Notes {
    /// The sign of the note that says that.
    fn sign(&mut self, reason: &str) -> String {
        const SIGNS: [&str; 9] = ["¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"];
        let at = self.0.iter().position(|known| known == reason).unwrap_or_else(|| {
            self.0.push(reason.to_owned());
            self.0.len() - 1
        });
        SIGNS.get(at).map_or_else(|| format!("({})", at + 1), |sign| (*sign).to_owned())
    }
}

/// Shows a layer.
pub(super) fn ui(
    ui: &mut Ui,
    made: &Made,
    layer: Layer,
    explained: &mut Option<&'static str>,
    fonts: &mut Fonts,
    theme: &Theme,
) {
    let rows: Vec<_> = made.agreement.rows.iter().filter(|row| row.layer == layer).collect();
    let mut notes = Notes::default();
    let by_label = matches!(layer, Layer::Found | Layer::Label);
    ScrollArea::horizontal().id_salt(("figures", layer.name())).show(ui, |ui| {
        by_sides(ui);
        Grid::new(("figures", layer.name())).striped(true).spacing([18.0, 5.0]).show(ui, |ui| {
            if by_label {
                labelled(ui, made, &rows, explained, &mut notes, theme);
            } else {
                by_subject(ui, &rows, explained, &mut notes, fonts, theme);
            }
        });
    });
    for reason in std::mem::take(&mut notes.0) {
        let sign = notes.sign(&reason);
        ui.label(RichText::new(format!("{sign} {reason}")).size(12.5).color(theme.muted.0));
    }
    if rows.iter().all(|row| row.total().is_none_or(|figure| figure.n == 0)) && layer != Layer::Found {
        ui.weak("Nothing to compare here yet.");
    }
    let measure = rows.iter().map(|row| row.measure).find(|measure| Some(measure.key) == *explained);
    measure.into_iter().for_each(|measure| definition(ui, measure, theme));
}

/// A row a measure, a column a label.
fn labelled(
    ui: &mut Ui,
    made: &Made,
    rows: &[&Row],
    explained: &mut Option<&'static str>,
    notes: &mut Notes,
    theme: &Theme,
) {
    ui.label("");
    ui.label(RichText::new("all").font(strong(13.0)));
    for label in &made.agreement.labels {
        ui.label(RichText::new(label.replace('_', " ")).font(strong(13.0)));
    }
    ui.end_row();
    for row in rows {
        name(ui, row.measure, explained, theme);
        total(ui, row, row.measure.name, notes, theme);
        for label in &made.agreement.labels {
            let slice = Slice { label: Some(label.clone()), ..Slice::default() };
            let said = format!("{}, {label}", row.measure.name);
            figure(ui, row.figures.get(&slice), &said, notes, theme);
        }
        ui.end_row();
    }
}

/// A row an attribute or relation type, a column a measure.
fn by_subject(
    ui: &mut Ui,
    rows: &[&Row],
    explained: &mut Option<&'static str>,
    notes: &mut Notes,
    fonts: &mut Fonts,
    theme: &Theme,
) {
    let mut measures: Vec<&'static Measure> = Vec::new();
    let mut subjects: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in rows {
        if !measures.iter().any(|known| known.key == row.measure.key) {
            measures.push(row.measure);
        }
        subjects.entry(&row.about).or_default().push(row);
    }
    ui.label("");
    for measure in &measures {
        name(ui, measure, explained, theme);
    }
    ui.end_row();
    for (subject, rows) in subjects {
        let words = if subject.is_empty() { "all".to_owned() } else { subject.replace('_', " ") };
        ui.scope(|ui| {
            // A table gives its first column no more than it had before.
            ui.set_min_width(SUBJECT);
            ui.style_mut().wrap_mode = Some(TextWrapMode::Extend);
            fonts.label(ui, &visible(&words), 14.0, theme.ink.0);
        });
        for measure in &measures {
            let row = rows.iter().find(|row| row.measure.key == measure.key);
            let said = format!("{words}, {}", measure.name);
            match row {
                Some(row) => total(ui, row, &said, notes, theme),
                None => drop(ui.label("")),
            }
        }
        ui.end_row();
    }
}

/// The name of a measure, which tells its definition.
pub(super) fn name(ui: &mut Ui, measure: &'static Measure, explained: &mut Option<&'static str>, theme: &Theme) {
    let open = *explained == Some(measure.key);
    ui.horizontal(|ui| {
        ui.label(measure.name);
        let text = RichText::new("i").font(strong(12.0)).color(theme.accent.0);
        let button = ui.add(egui::Button::new(text).small().selected(open).frame_when_inactive(false));
        let said = format!("What {} means", measure.name);
        button.widget_info(|| WidgetInfo::selected(Role::Button, true, open, &said));
        let hint = format!("{}\n\n{}", measure.definition, measure.source);
        if button.on_hover_text(hint).clicked() {
            *explained = (!open).then_some(measure.key);
        }
    });
}

/// What a measure means and where that is defined.
pub(super) fn definition(ui: &mut Ui, measure: &Measure, theme: &Theme) {
    egui::Frame::new().fill(theme.panel.0).inner_margin(10).corner_radius(6).show(ui, |ui| {
        ui.label(RichText::new(measure.name).font(strong(14.0)));
        ui.label(measure.definition);
        ui.label(RichText::new(measure.source).color(theme.muted.0));
    });
}

/// The figure of everything; what is only of two annotators has none for more.
fn total(ui: &mut Ui, row: &Row, name: &str, notes: &mut Notes, theme: &Theme) {
    if row.total().is_some() {
        return figure(ui, row.total(), name, notes, theme);
    }
    const WHY: &str = "a figure of two annotators: see the map below, pair by pair";
    let shown = ui.label(RichText::new(format!("—{}", notes.sign(WHY))).color(theme.muted.0));
    shown.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {WHY}")));
}

/// A figure with what it stands on; or a dash, with the reason below the table.
fn figure(ui: &mut Ui, figure: Option<&Figure>, name: &str, notes: &mut Notes, theme: &Theme) {
    let Some(figure) = figure else { return drop(ui.label("")) };
    let of = format!("{} {}", grouped(figure.n), figure.of);
    let (text, said, color) = match figure.value {
        Ok(value) => (number(value), format!("{name}: {} of {of}", number(value)), theme.ink.0),
        Err(reason) => {
            let sign = notes.sign(&reason.to_string());
            (format!("—{sign}"), format!("{name}: undefined, {reason}; {of}"), theme.muted.0)
        }
    };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let shown = ui.label(RichText::new(text).color(color));
        shown.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        ui.label(RichText::new(format!("n {}", grouped(figure.n))).size(11.5).color(theme.muted.0));
        shown.on_hover_text(said);
    });
}

/// A number of agreement, to three places.
pub(super) fn number(value: f64) -> String {
    // −0.000 would look like disagreement.
    let rounded = (value * 1e3).round() / 1e3 + 0.0;
    format!("{rounded:.3}").replace('-', "−")
}
