//! A slim map of the whole text beside it: where tags, proposals, problems and hits lie, and what is in view.
//!
//! Heights stand for offsets, not for lines, so the map needs no layout; counts come from the set as they
//! are kept there, so it costs the same for ten tags and for a hundred thousand.

use std::sync::Arc;

use ascribe_engine::{WorkingSet, set_path};
use ascribe_schema::{AnnotatorName, Offset, PARATEXT, Severity, Span};
use egui::{
    Color32, EventFilter, Frame, Id, Key, Mesh, Panel, Pos2, Rangef, Rect, RichText, Sense, Shape, Stroke, Ui,
    WidgetInfo, accesskit::Action, pos2,
};

use super::{Find, Reading, list_key, marks::label_color};
use crate::{
    theme::{Theme, strong},
    wording::{counted, grouped, shortened},
    workspace::Workspace,
};

/// Width of the map.
const WIDTH: f32 = 16.0;
/// What labels take of it, a column each; before them is what is not the article, after them are hits.
const LABELS: Rangef = Rangef { min: 2.5, max: 11.0 };
/// The lowest mark.
const LEAST: f32 = 2.0;

/// The map as it was last drawn, and what it was drawn from.
#[derive(Default)]
pub(super) struct Overview {
    key: Option<Drawn>,
    marks: Arc<Mesh>,
    problems: Vec<(Span, Severity)>,
    /// What is proposed as not the article, and not marked so yet.
    proposals: Vec<Span>,
}

#[derive(PartialEq)]
struct Drawn {
    set: Option<(Option<AnnotatorName>, u64)>,
    hits: u64,
    rect: Rect,
    dark: bool,
}

/// Shows the map at the right edge.
pub(super) fn ui(ui: &mut Ui, workspace: &Workspace, reading: &mut Reading, theme: &Theme) {
    if workspace.document().is_none() {
        return;
    }
    let panel = Panel::right("overview").exact_size(WIDTH).resizable(false).show_separator_line(false);
    panel.frame(Frame::new()).show(ui, |ui| {
        let rect = ui.available_rect_before_wrap();
        let map = Map { workspace, theme, rect, length: reading.pane.text().len() };
        map.refresh(reading);
        map.paint(ui, reading);
        map.sense(ui, reading);
    });
    // A scroll area takes its width from here.
    ui.shrink_clip_rect(ui.available_rect_before_wrap());
}

struct Map<'a> {
    workspace: &'a Workspace,
    theme: &'a Theme,
    rect: Rect,
    length: Offset,
}

impl Map<'_> {
    fn set(&self) -> Option<&WorkingSet> {
        self.workspace.shown_set()
    }

    /// Where the characters of a span lie on the map.
    fn y(&self, span: Span) -> Rangef {
        let length = self.length.0.max(1) as f32;
        let y = |offset: Offset| self.rect.top() + self.rect.height() * (offset.min(self.length).0 as f32 / length);
        Rangef::new(y(span.start), y(span.end).max(y(span.start) + LEAST))
    }

    fn offset(&self, y: f32) -> Offset {
        let part = ((y - self.rect.top()) / self.rect.height().max(1.0)).clamp(0.0, 1.0);
        Offset((part * self.length.0 as f32) as u32).min(self.length)
    }

    /// Draws the marks anew when something has changed.
    fn refresh(&self, reading: &mut Reading) {
        let hits = reading.find.as_ref().map_or(0, Find::generation);
        let viewed = || self.workspace.view.as_ref().map(|(name, _)| name.clone());
        let set = self.set().map(|set| (viewed(), set.version()));
        let key = Some(Drawn { set, hits, rect: self.rect, dark: self.theme.dark });
        if reading.overview.key == key {
            return;
        }
        let (problems, proposals) = (self.problems(), self.proposals());
        let mut mesh = Mesh::default();
        let spans = reading.find.iter().flat_map(|find| find.hits.spans.iter().copied());
        self.draw(&mut mesh, spans, Rangef::new(LABELS.max + 0.5, WIDTH), self.theme.ink.0);
        self.draw_tags(&mut mesh, &proposals);
        for &(span, severity) in &problems {
            self.draw_problem(&mut mesh, span, severity);
        }
        reading.overview = Overview { key, marks: Arc::new(mesh), problems, proposals };
    }

    /// A column for each label; at the left edge what is not the article, broken where that is only proposed.
    fn draw_tags(&self, mesh: &mut Mesh, proposals: &[Span]) {
        let labels = &self.workspace.scheme().labels;
        let width = LABELS.span() / labels.len().max(1) as f32;
        for (label, density) in self.set().into_iter().flat_map(WorkingSet::density) {
            let spans = density.parts().map(|(part, _)| part);
            let number = labels.iter().position(|other| other.name == label);
            let x = match number {
                Some(number) => {
                    let left = LABELS.min + width * number as f32;
                    Rangef::new(left, left + (width - 0.5).max(1.0))
                }
                // A label that the scheme does not know stands with what is not the article.
                None => Rangef::new(0.0, 1.5),
            };
            self.draw(mesh, spans, x, label_color(self.theme, self.workspace.scheme(), label));
        }
        for &proposed in proposals {
            let y = self.y(proposed);
            let mut top = y.min;
            while top < y.max {
                self.add(mesh, Rangef::new(0.0, 1.5), Rangef::new(top, (top + 2.0).min(y.max)), self.theme.muted.0);
                top += 4.0;
            }
        }
    }

    /// Draws spans in order, those that touch as one.
    fn draw(&self, mesh: &mut Mesh, spans: impl Iterator<Item = Span>, x: Rangef, color: Color32) {
        let mut open: Option<Rangef> = None;
        for y in spans.map(|span| self.y(span)) {
            match &mut open {
                Some(open) if y.min <= open.max + 0.5 => open.max = open.max.max(y.max),
                _ => open.replace(y).into_iter().for_each(|done| self.add(mesh, x, done, color)),
            }
        }
        open.into_iter().for_each(|last| self.add(mesh, x, last, color));
    }

    fn add(&self, mesh: &mut Mesh, x: Rangef, y: Rangef, color: Color32) {
        let x = x.min + self.rect.left()..=x.max + self.rect.left();
        mesh.add_colored_rect(Rect::from_x_y_ranges(x, y), color);
    }

    /// An arrow that points at the text, whatever its colour.
    fn draw_problem(&self, mesh: &mut Mesh, span: Span, severity: Severity) {
        let (right, middle) = (self.rect.right(), self.y(span).min + 1.0);
        let color = if severity == Severity::Error { self.theme.error } else { self.theme.warning };
        let first = mesh.vertices.len() as u32;
        for corner in [pos2(right - 5.0, middle), pos2(right, middle - 3.5), pos2(right, middle + 3.5)] {
            mesh.colored_vertex(corner, color.0);
        }
        mesh.add_triangle(first, first + 1, first + 2);
    }

    fn proposals(&self) -> Vec<Span> {
        let marked = |span: Span| {
            let here = self.set().into_iter().flat_map(|set| set.covering(span));
            here.into_iter().any(|(annotation, _)| annotation.label == PARATEXT)
        };
        self.workspace.paratext().iter().copied().filter(|&span| !marked(span)).collect()
    }

    /// The problems of the shown tags that lie at a place in the text.
    fn problems(&self) -> Vec<(Span, Severity)> {
        let Some((set, current)) = self.set().zip(self.workspace.current.as_ref()) else { return Vec::new() };
        let file = set_path(set.state().annotator(), current);
        let here = self.workspace.session.project().problems.iter().filter(|problem| problem.place.file == file);
        let spans = here.filter_map(|problem| {
            let annotation = set.placed(&problem.place.id.as_deref()?.into())?;
            Some((*annotation.spans.first()?, problem.severity))
        });
        spans.collect()
    }

    fn paint(&self, ui: &Ui, reading: &Reading) {
        let painter = ui.painter();
        painter.rect_filled(self.rect, 0.0, self.theme.panel.0);
        painter.vline(self.rect.left(), self.rect.y_range(), Stroke::new(1.0, self.theme.line.0));
        painter.add(Shape::mesh(reading.overview.marks.clone()));
        let view = self.y(reading.pane.visible());
        let view = Rect::from_x_y_ranges(self.rect.x_range(), view.min..=view.max.max(view.min + 6.0));
        let line = Stroke::new(1.0, self.theme.control_line.0);
        painter.rect(view, 2.0, self.theme.ink.0.gamma_multiply(0.08), line, egui::StrokeKind::Inside);
    }

    fn sense(&self, ui: &Ui, reading: &mut Reading) {
        let response = ui.interact(self.rect, Id::unique("overview"), Sense::click_and_drag());
        let visible = reading.pane.visible();
        let seen = f64::from(visible.end.0) / f64::from(self.length.0.max(1)) * 100.0;
        let name = format!("Overview: {}", self.summary(reading));
        response.widget_info(|| WidgetInfo::slider(true, seen.round(), &name));
        let pressed = response.is_pointer_button_down_on() || response.clicked();
        if let Some(pointer) = response.interact_pointer_pos().filter(|_| pressed) {
            reading.pane.center_on(self.offset(pointer.y));
            ui.ctx().request_repaint();
        }
        if let Some(offset) = self.stepped(ui, &response, visible) {
            reading.pane.center_on(offset);
            ui.ctx().request_repaint();
        }
        if response.has_focus() {
            let line = Stroke::new(1.5, self.theme.accent.0);
            ui.painter().rect_stroke(self.rect, 0.0, line, egui::StrokeKind::Inside);
        }
        let Some(pointer) = response.hover_pos().filter(|_| !response.dragged()) else { return };
        response.on_hover_ui_at_pointer(|ui| self.explain(ui, reading, pointer));
    }

    /// Where the keyboard, or a program for people who cannot see, wants to go.
    fn stepped(&self, ui: &Ui, response: &egui::Response, visible: Span) -> Option<Offset> {
        let asked = |action| ui.input(|input| input.has_accesskit_action_request(response.id, action));
        let key = |key| response.has_focus() && list_key(ui, key);
        let down = key(Key::ArrowDown) | key(Key::PageDown) | asked(Action::Increment);
        let up = key(Key::ArrowUp) | key(Key::PageUp) | asked(Action::Decrement);
        let (first, last) = (key(Key::Home), key(Key::End));
        if response.has_focus() {
            let filter = EventFilter { tab: false, horizontal_arrows: false, vertical_arrows: true, escape: false };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        }
        let page = visible.len();
        let middle = visible.start.plus(page / 2);
        match () {
            () if down => Some(middle.plus(page).min(self.length)),
            () if up => Some(middle.minus(page)),
            () if first => Some(Offset::ZERO),
            () if last => Some(self.length),
            () => None,
        }
    }

    /// What there is in all of the text.
    fn summary(&self, reading: &Reading) -> String {
        let mut parts = vec![counted(self.set().map_or(0, WorkingSet::len), "tag")];
        let proposed = reading.overview.proposals.len();
        let hits = reading.find.as_ref().map_or(0, |find| find.hits.spans.len());
        for (count, noun) in [(proposed, "proposal"), (reading.overview.problems.len(), "problem"), (hits, "hit")] {
            if count > 0 {
                parts.push(counted(count, noun));
            }
        }
        if reading.find.as_ref().is_some_and(|find| find.hits.more) {
            parts.push("and more".to_owned());
        }
        parts.join(", ")
    }

    /// Says what lies at a place, and what the columns are.
    fn explain(&self, ui: &mut Ui, reading: &Reading, pointer: Pos2) {
        ui.set_max_width(300.0);
        let around = Span { start: self.offset(pointer.y - LEAST), end: self.offset(pointer.y + LEAST).plus(1) };
        let words = reading.pane.text().slice(Span { end: around.start.plus(100).min(self.length), ..around });
        let words = words.unwrap_or_default();
        // From the next word on, unless the text starts here.
        let start = words.find(char::is_whitespace).filter(|_| around.start > Offset::ZERO).unwrap_or(0);
        ui.label(shortened(words[start..].trim_start(), 60));
        let mut here: Vec<(String, usize)> = Vec::new();
        for label in self.workspace.scheme().labels.iter().map(|label| label.name.as_str()).chain([PARATEXT]) {
            let density = self.set().into_iter().flat_map(WorkingSet::density).find(|(name, _)| *name == label);
            let parts = density.into_iter().flat_map(|(_, density)| density.parts());
            let most = parts.filter(|(part, _)| part.overlaps(around)).map(|(_, count)| count).max();
            here.extend(most.map(|count| (label.to_owned(), count as usize)));
        }
        let hits = reading.find.iter().flat_map(|find| &find.hits.spans).filter(|hit| hit.overlaps(around)).count();
        let problems = reading.overview.problems.iter().filter(|(span, _)| span.overlaps(around)).count();
        here.extend([("hit".to_owned(), hits), ("problem".to_owned(), problems)]);
        for (name, count) in here.into_iter().filter(|(_, count)| *count > 0) {
            let color = match name.as_str() {
                "hit" => self.theme.ink.0,
                "problem" => self.theme.error.0,
                label => label_color(self.theme, self.workspace.scheme(), label),
            };
            ui.label(RichText::new(format!("{} {name}", grouped(count))).font(strong(12.0)).color(color));
        }
        let labels: Vec<_> = self.workspace.scheme().labels.iter().map(|label| label.name.as_str()).collect();
        ui.weak(format!("Columns from the left: {}, hits. Arrows: problems.", labels.join(", ")));
    }
}
