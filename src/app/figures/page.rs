//! The room of agreement: who is measured, what came of it, layer by layer, and a map that leads to the tags.

use ascribe_engine::agree::Layer;
use egui::{Button, Frame, Margin, RichText, Role, ScrollArea, Ui, WidgetInfo};

use super::{Figures, Made, behind, chance, map, people, tables};
use crate::{
    command::Command,
    scroll,
    text::Fonts,
    theme::{Theme, strong},
    wording::counted,
    workspace::Workspace,
};

/// The widest that a page of figures is, in points.
const WIDTH: f32 = 1040.0;

/// Shows the room.
pub(crate) fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    ScrollArea::vertical().id_salt("figures").auto_shrink(false).show(ui, |ui| {
        scroll::follow_focus(ui);
        // What has the keyboard uses the other keys itself.
        match ui.memory(egui::Memory::focused) {
            Some(_) => scroll::by_pages(ui),
            None => scroll::by_keys(ui),
        }
        Frame::new().inner_margin(Margin::symmetric(24, 16)).show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(WIDTH));
            choice(ui, workspace, theme);
            ui.add_space(6.0);
            let mut figures = std::mem::take(&mut workspace.figures);
            content(ui, &mut figures, fonts, theme, queue);
            workspace.figures = figures;
        });
    });
}

/// Whose work is measured, and of which documents.
fn choice(ui: &mut Ui, workspace: &mut Workspace, theme: &Theme) {
    let session = &workspace.session;
    let mut everybody = people(session.project());
    let documents = &session.project().documents;
    if documents.keys().any(|id| session.set(id).is_some()) && !everybody.contains(session.annotator()) {
        everybody.push(session.annotator().clone());
        everybody.sort();
    }
    let hidden = workspace.hidden().len();
    let here = workspace.document().map(|document| document.record.title.clone());
    let figures = &mut workspace.figures;
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Compare").font(strong(14.0)));
        for name in &everybody {
            let chosen = figures.chosen.is_empty() || figures.chosen.contains(name);
            let button = ui.add(Button::selectable(chosen, name.as_str()).frame_when_inactive(true));
            let said = format!("Compare {name}");
            button.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, chosen, &said));
            if button.clicked() {
                turn(&mut figures.chosen, &everybody, name);
            }
        }
        ui.separator();
        for (only, words) in [(false, "All articles"), (true, "This article")] {
            let button = Button::selectable(figures.here == only, words).frame_when_inactive(true);
            let button = ui.add_enabled(here.is_some() || !only, button);
            button.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, figures.here == only, words));
            let button = if let (true, Some(title)) = (only, &here) { button.on_hover_text(title) } else { button };
            if button.clicked() {
                figures.here = only;
            }
        }
    });
    if hidden > 0 {
        let words = format!(
            "Left out: {} of which you have not finished your own tags. Finish them, or say in “Review” that you \
             review them.",
            counted(hidden, "article")
        );
        ui.label(RichText::new(words).color(theme.muted.0));
    }
}

/// Takes somebody in or out; none chosen stands for all.
fn turn(
    chosen: &mut std::collections::BTreeSet<ascribe_schema::AnnotatorName>,
    everybody: &[ascribe_schema::AnnotatorName],
    name: &ascribe_schema::AnnotatorName,
) {
    if chosen.is_empty() {
        chosen.extend(everybody.iter().cloned());
    }
    if !chosen.remove(name) {
        chosen.insert(name.clone());
    }
    if everybody.iter().all(|name| chosen.contains(name)) {
        chosen.clear();
    }
}

fn content(ui: &mut Ui, figures: &mut Figures, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    if let Some((_, reason)) = &figures.error {
        ui.add_space(12.0);
        ui.label(reason);
        return;
    }
    let Some(made) = &figures.made else {
        ui.weak("Comparing…");
        return;
    };
    if made.comparisons.is_empty() {
        ui.add_space(12.0);
        ui.label("No article has the tags of two of these people, so there is nothing to compare.");
        return;
    }
    ui.weak(summary(made, figures.is_busy()));
    for layer in Layer::ALL {
        ui.add_space(14.0);
        ui.label(RichText::new(layer.asks()).font(strong(16.0)));
        tables::ui(ui, made, layer, &mut figures.explained, fonts, theme);
        if layer == Layer::Found {
            chance::ui(ui, made, &mut figures.chance, &mut figures.explained, theme);
        }
    }
    ui.add_space(18.0);
    ui.label(RichText::new("Where do they differ?").font(strong(16.0)));
    ui.weak("Choose a cell, by the pointer or by arrow keys and Enter, to see the tags that it is made of.");
    map::ui(ui, made, &mut figures.map, fonts, theme);
    behind::ui(ui, made, &mut figures.map, fonts, theme, queue);
}

fn summary(made: &Made, busy: bool) -> String {
    let units: usize = made.comparisons.iter().map(|comparison| comparison.units.len()).sum();
    let tags: usize = made.comparisons.iter().flat_map(|one| &one.sides).map(|side| side.set.annotations.len()).sum();
    let mut words = format!(
        "{}, {}: {}, matched into {}.",
        counted(made.agreement.annotators.len(), "annotator"),
        counted(made.comparisons.len(), "article"),
        counted(tags, "tag"),
        counted(units, "unit")
    );
    if made.alone > 0 {
        words += &format!(" {} tagged by only one of them: not compared.", counted(made.alone, "article"));
    }
    if !made.agreement.left_out.is_empty() {
        let count = counted(made.agreement.left_out.len(), "article");
        words += &format!(" {count} tagged by more or fewer of them than most: left out of α and γ over all.");
    }
    if busy { words + " Updating…" } else { words }
}
