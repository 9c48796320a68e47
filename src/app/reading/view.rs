//! The middle of the window: what the document is, the text, and what belongs to the focused annotation.

use std::collections::HashMap;

use ascribe_schema::{Annotation, AnnotationId};
use egui::{Color32, Frame, Margin, Panel, Ui};

use super::{
    Find, Reading, access, chips, header, hits,
    marks::{Marks, Painted},
    overview,
    pointer::{explain_hovered, explain_sign},
    ties::draw_ties,
    toolbar,
};
use crate::{
    command::Command,
    linting,
    text::{Fonts, TextPane, TextStyle, isolated},
    theme::Theme,
    wording::shortened,
    workspace::Workspace,
};

/// From one line to the next, in letter sizes: three underlines fit between. Where there are more, the lines of
/// that paragraph move apart.
const LINE: f32 = 2.1;

/// Shows the document that is being read.
pub fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    header::ui(ui, workspace, fonts, theme, queue);
    header::banner(ui, workspace, theme, queue);
    let Some(current) = workspace.current.clone() else { return };
    let Some(mut reading) = workspace.readings.remove(&current) else { return };
    header::fonts_banner(ui, &mut reading, theme);
    if let Some(find) = &mut reading.find {
        Frame::new().inner_margin(Margin::symmetric(24, 4)).show(ui, |ui| find.ui(ui, theme, queue));
        if find.listed && !find.hits.spans.is_empty() {
            list_hits(ui, workspace, find, &reading.pane, fonts, theme, queue);
        } else {
            ui.separator();
        }
    }
    page(ui, workspace, &mut reading, fonts, theme, queue);
    workspace.readings.insert(current, reading);
}

/// The list of hits, of which a person can say how high it is.
fn list_hits(
    ui: &mut Ui,
    workspace: &Workspace,
    find: &mut Find,
    pane: &TextPane,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let around = hits::Around {
        text: pane.text(),
        set: workspace.shown_set(),
        scheme: workspace.scheme(),
        entries: &workspace.entries,
        theme,
        writable: workspace.read_only().is_none(),
    };
    let height = ui.available_height();
    let panel = Panel::top("hits").default_size(height / 3.0).size_range(hits::heights(find, height));
    let frame = Frame::new().inner_margin(Margin::symmetric(12, 4));
    panel.resizable(true).frame(frame).show(ui, |ui| hits::ui(ui, find, &around, fonts, queue));
}

fn page(
    ui: &mut Ui,
    workspace: &Workspace,
    reading: &mut Reading,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    overview::ui(ui, workspace, reading, theme);
    let (set, scheme) = (workspace.shown_set(), workspace.scheme());
    let Some(document) = workspace.document() else { return };
    let mut style = TextStyle::new(theme.ink.0, Color32::TRANSPARENT, theme.accent.0);
    style.line_height = LINE;
    style.aside = chips::width(ui.available_width());
    (style.sign, style.all_signs) = (theme.warning.0, workspace.all_signs);
    let (focus, hover) = (reading.focus.clone(), reading.hover.clone());
    let lead = reading.lead(ui);
    let find = reading.find.take();
    reading.sheets.refresh(set);
    let mut marks = Marks {
        set,
        scheme,
        theme,
        focus: focus.as_ref(),
        hover: hover.as_ref(),
        faded: lead.is_some(),
        related: reading.sheets.related(set, lead.as_ref()),
        selection: reading.grip.as_ref().map(|grip| grip.to).or(reading.selection()),
        hits: find.as_ref().map_or((&[], None), |find| (&find.hits.spans, find.current)),
        paratext: workspace.paratext(),
        sheets: &mut reading.sheets,
        painted: Painted::default(),
        letters: HashMap::new(),
    };
    let name = format!("Article: {}", isolated(&document.record.title));
    let response = reading.pane.show(ui, fonts, &style, &name, &mut marks);
    let painted = std::mem::take(&mut marks.painted);
    reading.find = find;
    let pane = &response.response;
    if std::mem::take(&mut reading.wants_keys) {
        pane.request_focus();
    }
    reading.widget = Some(pane.id);
    reading.had_keys = pane.has_focus();
    access::language(ui, pane.id, &document.record.language);
    let writable = workspace.read_only().is_none();
    if let Some(sign) = response.sign {
        explain_sign(pane, sign);
    }
    if let Some(set) = set {
        access::describe(ui, pane.id, set, reading, &painted.places, queue);
        if let Some(lead) = &lead {
            draw_ties(ui, set, reading, lead, theme, scheme);
        }
        chips::ui(ui, workspace, set, reading, &painted, fonts, theme, queue);
        linting::margin_ui(ui, workspace, reading, fonts, theme, queue);
        // The inspector explains the one in focus; a card would lie over the bar of a selection.
        let apart = |id: &&AnnotationId| reading.focus.as_ref() != Some(*id) && reading.selection().is_none();
        let hover = hover.as_ref().filter(|_| response.sign.is_none()).filter(apart);
        explain_hovered(pane, set, hover, reading.here, fonts, theme);
        if writable {
            reading.grip_ui(ui, pane, set, theme, scheme);
        }
    }
    reading.respond(&response, set, queue);
    // While the list of hits has the keyboard, its own labels are meant.
    let in_list = ui.memory(|memory| memory.has_focus(hits::hits_id()));
    if writable && response.pressed_at.is_none() && reading.grip.is_none() && !in_list {
        toolbar::ui(ui, workspace, reading, fonts, theme, queue);
    }
}

/// What an annotation is, in words: `quote: “Non”`.
pub fn sentence(annotation: &Annotation) -> String {
    format!("{}: {}", annotation.label, isolated(&shortened(&annotation.quote(), 80)))
}
