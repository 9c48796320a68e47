//! The names in a dataset, and what each becomes in the project: a table that a person fills in.

use ascribe_engine::dataset::{Kind, Mapping, Survey, Unknown};
use ascribe_schema::{PARATEXT, Scheme};
use egui::{ComboBox, RichText, Role, Sense, Ui, WidgetInfo, vec2};

use crate::{
    text::{Fonts, isolated, visible},
    theme::{Theme, strong},
    wording::{grouped, listed},
};

/// Height of a row.
const ROW: f32 = 28.0;

/// A name in the files.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is the name of.
    kind: Kind,
    name: String,
    count: usize,
    /// What it becomes.
    target: Target,
}

/// What a name becomes.
#[derive(Clone, Debug, PartialEq)]
enum Target {
    /// A name that the scheme has.
    Known(String),
    /// It stays, and is new in the scheme.
    New,
    /// What has it is left out.
    LeftOut,
}

/// The labels and relation types that were found, with what they become unless somebody decides otherwise.
pub(super) fn rows(survey: &Survey, scheme: &Scheme) -> Vec<Row> {
    let row = |kind: Kind, (name, count): (&String, &usize)| {
        let names = known(kind, scheme);
        let same = |other: &&String| *other == name;
        let folded = name.to_lowercase();
        let alike = |other: &&String| other.to_lowercase() == folded;
        let target = names.iter().find(same).or_else(|| names.iter().find(alike));
        let target = target.map_or(Target::New, |name| Target::Known(name.clone()));
        Row { kind, name: name.clone(), count: *count, target }
    };
    let labels = survey.labels.iter().map(|found| row(Kind::Annotation, found));
    labels.chain(survey.relations.iter().map(|found| row(Kind::Relation, found))).collect()
}

/// The names that the scheme has.
fn known(kind: Kind, scheme: &Scheme) -> Vec<String> {
    match kind {
        Kind::Relation => scheme.relations.iter().map(|relation| relation.name.clone()).collect(),
        _ => {
            let labels = scheme.labels.iter().map(|label| label.name.clone());
            labels.chain([PARATEXT.to_owned()]).collect()
        }
    }
}

/// What the rows say.
pub(super) fn mapping(rows: &[Row]) -> Mapping {
    let mut mapping = Mapping::default();
    for row in rows {
        match &row.target {
            Target::New => {}
            Target::Known(name) if *name == row.name => {}
            Target::Known(name) => mapping.set_only(row.kind, &row.name, name),
            Target::LeftOut => mapping.set_only(row.kind, &row.name, ""),
        }
    }
    mapping
}

/// Shows the table.
pub(super) fn ui(ui: &mut Ui, rows: &mut [Row], scheme: &Scheme, unknown: Unknown, fonts: &mut Fonts, theme: &Theme) {
    for (kind, heading) in [(Kind::Annotation, "Labels"), (Kind::Relation, "Relation types")] {
        let known = known(kind, scheme);
        let mut some = false;
        for row in rows.iter_mut().filter(|row| row.kind == kind) {
            if !std::mem::replace(&mut some, true) {
                ui.add_space(6.0);
                ui.label(RichText::new(heading).font(strong(14.0)));
            }
            row_ui(ui, row, &known, unknown, fonts, theme);
        }
    }
}

fn row_ui(ui: &mut Ui, row: &mut Row, known: &[String], unknown: Unknown, fonts: &mut Fonts, theme: &Theme) {
    let what = if row.kind == Kind::Relation { "relation type" } else { "label" };
    ui.horizontal(|ui| {
        let half = (ui.available_width() - 16.0) / 2.0;
        ui.allocate_ui_with_layout(vec2(half, ROW), egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_min_width(half);
            let words = format!("{} · {}", isolated(&row.name), grouped(row.count));
            fonts.line(ui, &visible(&words), 14.0, theme.ink.0, Sense::hover());
        });
        let new = match unknown {
            Unknown::Add => "new in the scheme",
            Unknown::Refuse => "not in the scheme: refused",
        };
        let chosen = match &row.target {
            Target::Known(name) => visible(name).into_owned(),
            Target::New => new.to_owned(),
            Target::LeftOut => "left out".to_owned(),
        };
        let combo = ComboBox::from_id_salt((what, &row.name)).width(half - 8.0).truncate();
        let combo = combo.selected_text(chosen).show_ui(ui, |ui| {
            for name in known {
                ui.selectable_value(&mut row.target, Target::Known(name.clone()), visible(name));
            }
            if !known.contains(&row.name) {
                ui.selectable_value(&mut row.target, Target::New, new);
            }
            ui.selectable_value(&mut row.target, Target::LeftOut, "left out");
        });
        let name = format!("The {what} {} becomes", isolated(&row.name));
        combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &name));
    });
}

/// The annotators that the files name, in words; empty where they name none.
pub(super) fn annotators(survey: &Survey) -> String {
    let names: Vec<_> = survey.annotators.keys().filter(|name| !name.is_empty()).cloned().collect();
    if names.len() > 4 { format!("{} annotators", names.len()) } else { listed(names) }
}
