//! The middle of the window: what the document is, the text, and what belongs to the focused annotation.

use std::collections::BTreeSet;

use ascribe_engine::{Action, WorkingSet};
use ascribe_schema::{Annotation, AnnotationId, Progress, Scheme};
use egui::{
    Align, Button, Color32, Frame, Id, Layout, Margin, Pos2, RichText, Role, Sense, Shape, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use super::{
    Reading,
    marks::{Marks, label_color},
    toolbar,
};
use crate::{
    command::Command,
    text::{Fonts, Gesture, PaneResponse, TextStyle},
    theme::{Theme, strong},
    wording::shortened,
    workspace::Workspace,
};

impl Reading {
    /// Answers what the pointer did to the text.
    fn respond(&mut self, response: &PaneResponse, set: Option<&WorkingSet>, queue: &mut Vec<Command>) {
        let here = response.hover.map(|at| ids_at(set, at)).unwrap_or_default();
        (self.hover, self.here) = (here.first().cloned(), here.len());
        match response.gesture {
            Some(Gesture::Drag { from, to, modifiers, .. }) => {
                // Some desktops keep Alt with the mouse for themselves.
                self.exact = modifiers.alt || modifiers.command;
                self.pane.set_selection(from, to);
            }
            Some(Gesture::Click { at, modifiers, .. }) if modifiers.shift => {
                self.exact = modifiers.alt;
                self.pane.set_selection(self.pane.anchor(), at);
            }
            Some(Gesture::Click { at, char, modifiers }) => {
                self.clear_selection();
                self.pane.set_caret(at);
                let here = char.map(|at| ids_at(set, at)).unwrap_or_default();
                self.click(&here, modifiers.command, queue);
            }
            Some(Gesture::DoubleClick { at, char, .. }) => {
                let word = ascribe_engine::snap::word_at(self.pane.text(), char.unwrap_or(at));
                if let Some(word) = word {
                    self.pane.set_selection(word.start, word.end);
                }
            }
            Some(Gesture::TripleClick { at, .. }) => {
                let paragraph = ascribe_engine::snap::paragraph_at(self.pane.text(), at);
                self.pane.set_selection(paragraph.start, paragraph.end);
            }
            None => {}
        }
    }

    /// A click focuses the innermost annotation; the next click at the same place the one around it. With
    /// Ctrl it ties the focused annotation to the one that was clicked.
    fn click(&mut self, here: &[AnnotationId], tie: bool, queue: &mut Vec<Command>) {
        let focused = self.focus.as_ref().and_then(|focus| here.iter().position(|id| id == focus));
        let next = focused.map_or(0, |focused| focused + 1);
        let clicked = here.get(next).or(here.first()).cloned();
        match (self.focus.clone(), clicked) {
            (Some(from), Some(to)) if tie && from != to => {
                queue.push(Command::Act(Action::Tie { from, to, kind: None }));
            }
            (_, clicked) => self.focus = clicked,
        }
    }
}

/// The annotations on a character, the shortest first.
fn ids_at(set: Option<&WorkingSet>, at: ascribe_schema::Offset) -> Vec<AnnotationId> {
    let mut here = set.map(|set| set.index().at(at)).unwrap_or_default();
    here.sort_by_key(|(span, _)| span.len());
    here.into_iter().map(|(_, id)| id).collect()
}

/// Shows the document that is being read.
pub fn ui(ui: &mut Ui, workspace: &mut Workspace, fonts: &mut Fonts, theme: &Theme, queue: &mut Vec<Command>) {
    header(ui, workspace, theme, queue);
    banner(ui, workspace, theme, queue);
    let Some(current) = workspace.current.clone() else { return };
    let Some(mut reading) = workspace.readings.remove(&current) else { return };
    if let Some(find) = &mut reading.find {
        Frame::new().inner_margin(Margin::symmetric(24, 6)).show(ui, |ui| find.ui(ui, queue));
        ui.separator();
    }
    page(ui, workspace, &mut reading, fonts, theme, queue);
    workspace.readings.insert(current, reading);
}

fn page(
    ui: &mut Ui,
    workspace: &Workspace,
    reading: &mut Reading,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let (set, scheme) = (workspace.shown_set(), workspace.scheme());
    let Some(document) = workspace.document() else { return };
    let mut style = TextStyle::new(theme.ink.0, Color32::TRANSPARENT, theme.accent.0);
    style.line_height = 1.85;
    let (focus, hover) = (reading.focus.clone(), reading.hover.clone());
    let find = reading.find.take();
    let mut marks = Marks {
        set,
        scheme,
        theme,
        focus: focus.as_ref(),
        hover: hover.as_ref(),
        related: related(set, focus.as_ref()),
        selection: reading.selection(),
        hits: find.as_ref().map_or((&[], None), |find| (&find.hits, find.current)),
        paratext: &document.record.paratext,
        painted: Vec::new(),
    };
    let name = format!("Article: {}", document.record.title);
    let response = reading.pane.show(ui, fonts, &style, &name, &mut marks);
    let painted = std::mem::take(&mut marks.painted);
    reading.find = find;
    let pane = &response.response;
    if std::mem::take(&mut reading.wants_keys) {
        pane.request_focus();
    }
    reading.widget = Some(pane.id);
    reading.had_keys = pane.has_focus();
    if let Some(set) = set {
        describe(ui, pane.id, set, &painted);
        draw_ties(ui, set, reading, theme, scheme);
        explain_hovered(pane, set, hover.as_ref(), reading.here);
    }
    reading.respond(&response, set, queue);
    if workspace.read_only().is_none() && response.pressed_at.is_none() {
        toolbar::ui(ui, workspace, reading, theme, queue);
    }
}

fn related(set: Option<&WorkingSet>, focus: Option<&AnnotationId>) -> BTreeSet<AnnotationId> {
    let ties = set.into_iter().zip(focus).flat_map(|(set, focus)| set.relations_of(focus));
    ties.flat_map(|tie| [tie.from.clone(), tie.to.clone()]).filter(|id| Some(id) != focus).collect()
}

/// One node for each visible annotation, so that assistive technology finds it.
fn describe(ui: &Ui, pane: Id, set: &WorkingSet, painted: &[(AnnotationId, egui::Rect)]) {
    for (number, (id, rect)) in painted.iter().enumerate() {
        let Some(annotation) = set.annotation(id) else { continue };
        let node = ui.interact(rect.intersect(ui.clip_rect()), pane.with(("tag", number)), Sense::hover());
        node.widget_info(|| WidgetInfo::labeled(Role::Mark, true, sentence(annotation)));
    }
}

/// What an annotation is, in words: `quote: “Non”`.
pub fn sentence(annotation: &Annotation) -> String {
    format!("{}: {}", annotation.label, shortened(&annotation.quote(), 80))
}

fn explain_hovered(pane: &egui::Response, set: &WorkingSet, hover: Option<&AnnotationId>, here: usize) {
    let Some(annotation) = hover.and_then(|id| set.annotation(id)) else { return };
    pane.clone().on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(320.0);
        ui.label(RichText::new(annotation.label.as_str()).font(strong(13.0)));
        for (name, value) in &annotation.attributes {
            ui.weak(format!("{}: {}", name.replace('_', " "), value.replace('_', " ")));
        }
        for tie in set.relations_of(&annotation.id) {
            let (out, other) = if tie.from == annotation.id { (true, &tie.to) } else { (false, &tie.from) };
            let other = set.annotation(other).map(|other| shortened(&other.quote(), 40)).unwrap_or_default();
            let kind = tie.kind.replace('_', " ");
            ui.weak(if out { format!("→ {kind}: {other}") } else { format!("← {other}: {kind} this") });
        }
        if !annotation.note.is_empty() {
            ui.label(shortened(&annotation.note, 200));
        }
        if here > 1 {
            ui.weak(format!("{here} tags lie here: click again for the next one."));
        }
    });
}

/// Thin paths from the focused annotation to what it is tied to, as far as both are on screen.
fn draw_ties(ui: &Ui, set: &WorkingSet, reading: &Reading, theme: &Theme, scheme: &Scheme) {
    let Some(focus) = reading.focus.as_ref().and_then(|id| set.annotation(id)) else { return };
    let places = |annotation: &Annotation| -> Vec<Pos2> {
        let lines = annotation.spans.iter().flat_map(|&span| reading.pane.rects_of(span));
        lines.map(|line| pos2(line.rect.center().x, line.rect.bottom())).collect()
    };
    let here = places(focus);
    for tie in set.relations_of(&focus.id) {
        let (out, other) = if tie.from == focus.id { (true, &tie.to) } else { (false, &tie.from) };
        let Some(other) = set.annotation(other) else { continue };
        let there = places(other);
        let pairs = here.iter().flat_map(|&a| there.iter().map(move |&b| (a, b)));
        let Some((a, b)) = pairs.min_by(|x, y| x.0.distance(x.1).total_cmp(&y.0.distance(y.1))) else { continue };
        let (from, to) = if out { (a, b) } else { (b, a) };
        // Light enough not to look like words struck out.
        let stroke = Stroke::new(1.25, label_color(theme, scheme, &other.label).gamma_multiply(0.6));
        path(ui, from, to, stroke);
    }
}

fn path(ui: &Ui, from: Pos2, to: Pos2, stroke: Stroke) {
    let sag = vec2(0.0, 14.0 + (from.x - to.x).abs() * 0.05);
    let points = [from, from + sag, to + sag, to];
    let painter = ui.painter();
    painter.add(egui::epaint::CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke));
    let head = vec![to, to + vec2(-3.5, 6.0), to + vec2(3.5, 6.0)];
    painter.add(Shape::convex_polygon(head, stroke.color, Stroke::NONE));
}

fn header(ui: &mut Ui, workspace: &Workspace, theme: &Theme, queue: &mut Vec<Command>) {
    let Some(document) = workspace.document() else { return };
    let margin = if ui.available_width() < 500.0 { 8 } else { 24 };
    Frame::new().inner_margin(Margin::symmetric(margin, 8)).show(ui, |ui| {
        ui.horizontal(|ui| {
            let record = &document.record;
            let facts = [&record.publisher, &record.byline, &record.published, &record.language];
            let facts: Vec<_> = facts.into_iter().filter(|fact| !fact.is_empty()).map(String::as_str).collect();
            let facts = facts.join(" · ");
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                finish_button(ui, workspace, theme, queue);
                whose_tags(ui, workspace, queue);
                if ui.available_width() < 60.0 {
                    return; // No room for more than dots.
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(RichText::new(facts).color(theme.muted.0)).truncate());
                });
            });
        });
    });
    ui.separator();
}

fn finish_button(ui: &mut Ui, workspace: &Workspace, theme: &Theme, queue: &mut Vec<Command>) {
    let Some(current) = &workspace.current else { return };
    let finished = workspace.session.progress(current) == Some(Progress::Finished);
    let text = if finished { "Reopen" } else { "Mark as finished" };
    let enabled = workspace.read_only().is_none() && workspace.reading().is_some();
    if ui.add_enabled(enabled, Button::new(text)).clicked() {
        queue.push(Command::Finish);
    }
    if finished && ui.available_width() > 300.0 {
        ui.label(RichText::new("✓ finished").color(theme.good.0));
    }
}

/// Whose tags are shown: a choice where more than one person has tagged.
fn whose_tags(ui: &mut Ui, workspace: &Workspace, queue: &mut Vec<Command>) {
    let Some(document) = workspace.document().filter(|document| !document.sets.is_empty()) else { return };
    let shown = workspace.view.as_ref().map(|(name, _)| name);
    let mine = format!("{} (you)", workspace.session.annotator());
    let text = shown.map_or(mine.clone(), ToString::to_string);
    let choice = egui::ComboBox::from_id_salt("whose tags").selected_text(text).show_ui(ui, |ui| {
        let mut choose = |name: Option<&ascribe_schema::AnnotatorName>, text: String| {
            if ui.selectable_label(shown == name, text).clicked() {
                queue.push(Command::View(name.cloned()));
            }
        };
        choose(None, mine);
        for name in document.sets.keys() {
            choose(Some(name), name.to_string());
        }
    });
    choice.response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, "Whose tags are shown"));
    if ui.available_width() > 100.0 {
        ui.weak("Tags of");
    }
}

/// What a person must know before they wonder why nothing happens.
fn banner(ui: &mut Ui, workspace: &Workspace, theme: &Theme, queue: &mut Vec<Command>) {
    let Some(document) = workspace.document() else { return };
    let bar = |ui: &mut Ui, color: Color32, text: String, add: &mut dyn FnMut(&mut Ui)| {
        Frame::new().fill(color.gamma_multiply(0.12)).inner_margin(Margin::symmetric(24, 6)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(text).color(theme.ink.0));
                add(ui);
            });
        });
    };
    if document.text.is_none() {
        let text = "The text of this document cannot be read; its tags are kept. See the problems (F8).";
        return bar(ui, theme.error.0, text.to_owned(), &mut |_| ());
    }
    if let Some((name, _)) = &workspace.view {
        return bar(ui, theme.accent.0, format!("You are reading {name}'s tags."), &mut |ui| {
            if ui.button("Back to mine").clicked() {
                queue.push(Command::View(None));
            }
        });
    }
    if let Some(reason) = workspace.read_only() {
        bar(ui, theme.warning.0, format!("Read-only: {reason}."), &mut |_| ());
    }
}
