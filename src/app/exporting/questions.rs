//! What a person is asked about an export.

use ascribe_engine::dataset::{Format, Shape};
use egui::{ComboBox, DragValue, RichText, Role, TextEdit, Ui, WidgetInfo};

use super::{Exporting, Whose};
use crate::{
    text::{Fonts, visible},
    theme::{Theme, strong},
    wording::{listed, sentence_case},
};

/// Shows the questions.
pub(super) fn ui(ui: &mut Ui, exporting: &mut Exporting, fonts: &mut Fonts, theme: &Theme) {
    if let Some(format) = exporting.choice.format() {
        about(ui, format, fonts, theme);
        detail(ui, exporting, format);
    }
    heading(ui, "Annotations");
    whose(ui, exporting);
    labels(ui, exporting);
    let paratext = ui.checkbox(&mut exporting.choice.paratext, "Also in what is not the article");
    paratext.on_hover_text("Annotations in captions, “Read also” and the like. The text itself is always whole.");
    heading(ui, "Documents");
    documents(ui, exporting);
    heading(ui, "Parts");
    division(ui, exporting, theme);
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(words).font(strong(14.0)));
}

/// What the format is, and what it cannot keep.
fn about(ui: &mut Ui, format: Format, fonts: &mut Fonts, theme: &Theme) {
    ui.label(RichText::new(format.name()).font(strong(16.0)));
    fonts.label(ui, &sentence_case(format.about()), 13.5, theme.ink.0);
    let lacks = format.lacks();
    let (keeps, color) = if lacks.is_empty() {
        ("It has room for fragments, relations, attributes and notes.".to_owned(), theme.muted.0)
    } else {
        let lacks = lacks.into_iter().map(str::to_owned);
        (format!("It cannot keep {}.", listed(lacks)), theme.warning.0)
    };
    fonts.label(ui, &keeps, 13.5, color);
    if !format.unit().is_empty() && format.unit() != "none" {
        fonts.label(ui, &format!("Its offsets count {}.", format.unit()), 13.5, theme.muted.0);
    }
}

/// What only this format asks.
fn detail(ui: &mut Ui, exporting: &mut Exporting, format: Format) {
    let detail = &mut exporting.choice.detail;
    if matches!(format.shape(), Shape::Either(_)) {
        let folder = ui.checkbox(&mut detail.folder, "A folder of tables");
        folder.on_hover_text(
            "Several tables that belong together, of texts, annotations and relations, instead of one file.",
        );
    }
    match format.name() {
        "conll" => {
            ui.horizontal(|ui| {
                ui.label("Tags");
                let chosen = if detail.bilou { "BILOU" } else { "BIO" };
                let combo = ComboBox::from_id_salt("tags").selected_text(chosen).show_ui(ui, |ui| {
                    ui.selectable_value(&mut detail.bilou, false, "BIO: begin, inside, outside (IOB2)");
                    ui.selectable_value(&mut detail.bilou, true, "BILOU: also last, and unit for one token");
                });
                combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Tags"));
            });
            let column = ui.checkbox(&mut detail.one_column, "All labels in one column");
            column.on_hover_text("Where annotations overlap, only the longest stays.");
        }
        "csv" => {
            let safe = ui.checkbox(&mut detail.spreadsheet, "Safe for spreadsheets");
            safe.on_hover_text("No cell is run as a formula when the file is opened. Programs read the plain form.");
        }
        "w3c" => {
            let browser = ui.checkbox(&mut detail.browser, "Offsets as browsers count");
            browser.on_hover_text("UTF-16 code units, for readers written in JavaScript.");
        }
        _ => {}
    }
}

fn whose(ui: &mut Ui, exporting: &mut Exporting) {
    let Exporting { choice, offer, .. } = exporting;
    let everybody = match offer.annotators.as_slice() {
        [] => "everybody".to_owned(),
        names if names.len() > 3 => format!("everybody ({} people)", names.len()),
        names => format!("everybody ({})", listed(names.iter().map(ToString::to_string))),
    };
    let mine = format!("me ({})", offer.me);
    let names = [
        (Whose::Everybody, everybody.as_str()),
        (Whose::Mine, &mine),
        (Whose::Chosen, "chosen annotators"),
        (Whose::Gold, "the adjudication (gold)"),
    ];
    let chosen = names.iter().find(|(whose, _)| *whose == choice.whose).map_or("", |(_, name)| name);
    ui.horizontal(|ui| {
        ui.label("By");
        let combo = ComboBox::from_id_salt("whose").width((ui.available_width() - 8.0).min(260.0)).truncate();
        let combo = combo.selected_text(chosen).show_ui(ui, |ui| {
            for (whose, name) in names {
                // What there is none of cannot be exported.
                let there = whose != Whose::Gold || offer.gold;
                ui.add_enabled_ui(there, |ui| ui.selectable_value(&mut choice.whose, whose, name));
            }
        });
        combo.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Annotations by"));
    });
    if choice.whose == Whose::Chosen {
        ui.indent("annotators", |ui| {
            for name in &offer.annotators {
                let mut wanted = choice.annotators.contains(name);
                if ui.checkbox(&mut wanted, name.as_str()).changed() {
                    if wanted {
                        choice.annotators.push(name.clone())
                    } else {
                        choice.annotators.retain(|it| it != name)
                    }
                }
            }
        });
    }
}

fn labels(ui: &mut Ui, exporting: &mut Exporting) {
    let Exporting { choice, offer, .. } = exporting;
    let mut all = choice.labels.is_none();
    if ui.checkbox(&mut all, "All labels").changed() {
        choice.labels = (!all).then(|| offer.labels.clone());
    }
    let Some(chosen) = &mut choice.labels else { return };
    ui.indent("labels", |ui| {
        for name in &offer.labels {
            let mut wanted = chosen.contains(name);
            if ui.checkbox(&mut wanted, visible(name)).changed() {
                if wanted { chosen.push(name.clone()) } else { chosen.retain(|it| it != name) }
            }
        }
    });
}

fn documents(ui: &mut Ui, exporting: &mut Exporting) {
    let Exporting { choice, offer, .. } = exporting;
    if offer.here.is_some() {
        ui.checkbox(&mut choice.this_document, "Only the one that is shown");
    }
    let finished = ui.checkbox(&mut choice.finished, "Only finished ones");
    finished.on_hover_text("Those that their annotator has marked as finished.");
}

fn division(ui: &mut Ui, exporting: &mut Exporting, theme: &Theme) {
    let card = ui.checkbox(&mut exporting.choice.card, "With a data card");
    card.on_hover_text("A folder with README.md in the form of Hugging Face, the hash of every text, and verify.py, which checks every offset.");
    let division = &mut exporting.choice.division;
    ui.checkbox(&mut division.on, "Divide into train, dev and test");
    if !division.on {
        return;
    }
    ui.indent("division", |ui| {
        let field = ui.add(TextEdit::singleline(&mut division.parts).desired_width(ui.available_width().min(250.0)));
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "Parts and their shares"));
        ui.horizontal(|ui| {
            ui.label("Seed");
            let seed = ui.add(DragValue::new(&mut division.seed).speed(0.1));
            seed.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, "Seed"));
        });
        ui.checkbox(&mut division.stratified, "Each label in its share");
        ui.label(
            RichText::new("A document is always in one part, and stays there when others are added.")
                .color(theme.muted.0)
                .size(12.5),
        );
    });
}
