//! The middle of the window: whom to compare, and the article with their tags, on one text or side by side.

use std::sync::Arc;

use egui::{Button, Frame, Margin, Role, Ui, WidgetInfo, accesskit::Live};

use super::{
    blind,
    compared::Compared,
    layers::{Layer, shown_id, shown_set},
    sides::{self, Candidate, Names},
};
use crate::{
    command::{Command, Deciding, in_brackets},
    reading::{Page, Reading, Shown},
    text::{Fonts, isolated},
    theme::Theme,
    workspace::Workspace,
};

/// Room beside the lines: for how many tags have no line of their own.
const ASIDE: f32 = 20.0;

/// Shows it.
pub fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    let Some(document) = workspace.current.clone() else { return };
    if workspace.is_blind(&document) {
        return blind::ui(ui, workspace, queue);
    }
    let candidates = sides::candidates(workspace, &document);
    let margin = if ui.available_width() < 500.0 { 8 } else { 24 };
    Frame::new().inner_margin(Margin { left: margin, right: margin, top: 8, bottom: 5 }).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            who(ui, workspace, &candidates, queue);
            ui.separator();
            steps(ui, workspace, queue);
            looks(ui, workspace, queue);
        });
    });
    ui.add(egui::Separator::default().spacing(1.0));
    ui.add_space(-ui.spacing().item_spacing.y);
    let mut readings = std::mem::take(&mut workspace.reviewing.readings);
    match workspace.reviewing.compared() {
        None => nothing(ui, workspace, &candidates),
        Some(_) if readings.len() < 3 => {
            ui.centered_and_justified(|ui| ui.weak("The text of this article cannot be read."));
        }
        Some(compared) if workspace.reviewing.beside => {
            let (tops, column) = beside(ui, workspace, compared, &mut readings, fonts, theme, queue);
            (workspace.reviewing.tops, workspace.reviewing.column) = (tops, column);
        }
        Some(compared) => together(ui, workspace, compared, &mut readings[0], fonts, theme, queue),
    }
    workspace.reviewing.readings = readings;
}

/// A button for everybody who could be compared; with the letters that stand for them in the text.
fn who(ui: &mut Ui, workspace: &Workspace, candidates: &[Candidate], queue: &mut Vec<Command>) {
    let Some(document) = &workspace.current else { return };
    let (reviewing, chosen) = (&workspace.reviewing, super::chosen(workspace, document));
    ui.weak("Compare");
    let nobody = Names::default();
    let names = reviewing.compared().map_or(&nobody, Compared::names);
    if reviewing.anonymous {
        for side in 0..names.len() {
            ui.label(names.letters(side));
        }
        return;
    }
    for candidate in candidates {
        let on = chosen.contains(&candidate.name);
        let name = candidate.name.to_string();
        let sign = names.side(&candidate.name).map(|side| names.letters(side)).unwrap_or_default();
        let text = if on { format!("✓ {sign} {name}") } else { name.clone() };
        let button = ui.add(Button::selectable(on, text).frame_when_inactive(true));
        button.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, format!("Compare {name}")));
        let state = if candidate.finished { "finished" } else { "not finished" };
        if button.on_hover_text(format!("{state}, {}", crate::wording::counted(candidate.tags, "tag"))).clicked() {
            queue.push(Command::Deciding(Deciding::Compare(candidate.name.clone(), !on)));
        }
    }
}

/// Where in the list one is, and the ways on from there.
fn steps(ui: &mut Ui, workspace: &Workspace, queue: &mut Vec<Command>) {
    let reviewing = &workspace.reviewing;
    let count = reviewing.listed().len();
    let place = reviewing.at().and_then(|at| reviewing.listed().iter().position(|case| *case == at));
    for (sign, name, forward) in [("←", "To the previous difference", false), ("→", "To the next difference", true)]
    {
        let command = Command::Deciding(Deciding::Step(forward));
        let hint = format!("{name}{}", in_brackets(ui.ctx(), &workspace.entries, &command));
        if forward {
            let text = place.map_or(format!("{count} listed"), |place| format!("{} of {count}", place + 1));
            let label = ui.label(text);
            ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(Live::Polite));
        }
        let button = ui.add_enabled(count > 0, Button::new(sign));
        button.widget_info(|| WidgetInfo::labeled(Role::Button, count > 0, name));
        if button.on_hover_text(hint).clicked() {
            queue.push(command);
        }
    }
}

/// How it is shown.
fn looks(ui: &mut Ui, workspace: &Workspace, queue: &mut Vec<Command>) {
    let reviewing = &workspace.reviewing;
    for (on, name, hint, command) in [
        (reviewing.beside, "Side by side", "Two annotators’ tags in two columns", Deciding::Beside),
        (reviewing.anonymous, "Hide names", "Call annotators A, B, C while deciding", Deciding::Anonymous),
    ] {
        let command = Command::Deciding(command);
        let keys = in_brackets(ui.ctx(), &workspace.entries, &command);
        let button = ui.add(Button::selectable(on, name).frame_when_inactive(true));
        button.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, name));
        if button.on_hover_text(format!("{hint}{keys}")).clicked() {
            queue.push(command);
        }
    }
}

/// What is said where nothing can be compared, or not yet.
fn nothing(ui: &mut Ui, workspace: &Workspace, candidates: &[Candidate]) {
    let reviewing = &workspace.reviewing;
    let text = match candidates {
        _ if reviewing.comparing.is_busy() => "Comparing…".to_owned(),
        _ if reviewing.comparing.has_failed() => "Comparing them has failed.".to_owned(),
        [] => "Nobody has tagged this article yet. Once two people have, their tags can be compared here.".to_owned(),
        [one] => format!(
            "Only {} has tagged this article. Once a second person has, both can be compared here: get a colleague’s \
             work by sharing the project’s folder, or open what they send.",
            one.name
        ),
        _ => "Choose at least two people above to compare them.".to_owned(),
    };
    ui.vertical_centered(|ui| {
        ui.set_max_width(ui.available_width().min(480.0));
        ui.add_space((ui.available_height() / 4.0).min(140.0));
        ui.label(text);
    });
}

/// Everybody's tags on one text.
fn together(
    ui: &mut Ui,
    workspace: &Workspace,
    compared: &Compared,
    reading: &mut Reading,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let layer = &compared.layers.overlay;
    let ids = workspace.reviewing.at().map(|at| compared.layers.of_case(at)).unwrap_or_default();
    let (first, others) = ids.split_first().map_or((None, &[][..]), |(first, others)| (Some(first.clone()), others));
    let related = Arc::new(others.iter().cloned().collect());
    let view = View { workspace, compared, layer, theme, related };
    view.ui(ui, reading, first, "Article with everybody’s tags", fonts, queue);
}

/// Two sides' tags in two columns that scroll together. Returns where they were scrolled to, and which has the
/// keyboard.
fn beside(
    ui: &mut Ui,
    workspace: &Workspace,
    compared: &Compared,
    readings: &mut [Reading],
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) -> ([f64; 2], usize) {
    let reviewing = &workspace.reviewing;
    let mut column = reviewing.column;
    ui.columns(2, |columns| {
        for (number, ui) in columns.iter_mut().enumerate() {
            let (side, reading) = (reviewing.columns[number], &mut readings[1 + number]);
            whose(ui, compared.names(), number, side, queue);
            let Some(layer) = compared.layers.columns.get(side) else { continue };
            // A text fills the clip.
            ui.shrink_clip_rect(ui.available_rect_before_wrap());
            let member = reviewing.at().and_then(|at| compared.comparison.member(at, side));
            let focus = member.map(|member| shown_id(side, &member.id));
            let view = View { workspace, compared, layer, theme, related: Arc::default() };
            let name = format!("Article with the tags of {}", compared.names().name(side));
            view.ui(ui, reading, focus, &name, fonts, queue);
            if reading.had_keys {
                column = number;
            }
        }
    });
    let [left, right] = [1, 2].map(|number| readings[number].pane.top());
    let (before, (first, second)) = (reviewing.tops, readings[1..].split_at_mut(1));
    let moved = [left.total_cmp(&before[0]).is_ne(), right.total_cmp(&before[1]).is_ne()];
    if moved[0] {
        second[0].pane.follow_pane(fonts, &first[0].pane);
    } else if moved[1] {
        first[0].pane.follow_pane(fonts, &second[0].pane);
    }
    if moved != [false, false] {
        ui.ctx().request_repaint();
    }
    ([first[0].pane.top(), second[0].pane.top()], column)
}

/// Whose tags a column shows: a choice where there are more than two.
fn whose(ui: &mut Ui, names: &Names, column: usize, side: usize, queue: &mut Vec<Command>) {
    Frame::new().inner_margin(Margin { left: 24, right: 8, top: 4, bottom: 2 }).show(ui, |ui| {
        if names.len() < 3 {
            ui.strong(names.name(side));
            return;
        }
        let choice = egui::ComboBox::from_id_salt(("column", column)).selected_text(names.name(side));
        let choice = choice.show_ui(ui, |ui| {
            for other in 0..names.len() {
                if ui.selectable_label(other == side, names.name(other)).clicked() {
                    queue.push(Command::Deciding(Deciding::Column(column, other)));
                }
            }
        });
        let name = if column == 0 { "Tags in the left column" } else { "Tags in the right column" };
        choice.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
    });
}

/// A text with some of the tags.
struct View<'a> {
    workspace: &'a Workspace,
    compared: &'a Compared,
    layer: &'a Layer,
    theme: &'a Theme,
    /// What comes forward with what is in focus.
    related: Arc<std::collections::BTreeSet<ascribe_schema::AnnotationId>>,
}

impl View<'_> {
    fn ui(
        &self,
        ui: &mut Ui,
        reading: &mut Reading,
        focus: Option<ascribe_schema::AnnotationId>,
        name: &str,
        fonts: &mut Fonts,
        queue: &mut Vec<Command>,
    ) {
        let Some(document) = self.workspace.document() else { return };
        let reviewing = &self.workspace.reviewing;
        let edited = reviewing.edit.as_ref().map(|edit| edit.shown(self.compared));
        let focus = edited.as_ref().map(|edited| edited.id.clone()).or(focus);
        let made = self.compared.layers.added.iter().cloned().chain(edited).collect();
        let made = shown_set(&self.compared.comparison, made, Vec::new());
        let shown = Shown { set: Some(&self.layer.set), suggested: Some(&made), marks: Some(&self.layer.notes) };
        reading.focus.clone_from(&focus);
        let page = Page {
            shown,
            scheme: self.workspace.scheme(),
            theme: self.theme,
            version: reviewing.comparing.number(),
            related: Some(self.related.clone()),
            because: &[],
            paratext: document.proposed(&self.compared.comparison.text_sha256),
            all_signs: self.workspace.all_signs,
            aside: ASIDE,
            name: format!("{name}: {}", isolated(&document.record.title)),
            language: &document.record.language,
        };
        page.look(ui, reading, fonts, queue);
        // While something is made, a click in the article chooses words for it.
        if reviewing.edit.is_none()
            && reading.focus != focus
            && let Some(case) = reading.focus.as_ref().and_then(|id| self.compared.layers.case_of(id))
        {
            queue.push(Command::Deciding(Deciding::Case(case)));
        }
    }
}
