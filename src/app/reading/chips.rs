//! The margin beside the text: which relations start in a line, and how many annotations have no lane there.

use std::sync::Arc;

use ascribe_engine::WorkingSet;
use ascribe_schema::{AnnotationId, Relation};
use egui::{Align2, FontId, Id, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{
    Reading,
    marks::{Painted, label_color},
    sheet::letter,
    view::sentence,
};
use crate::{
    command::Command,
    text::Fonts,
    theme::{Theme, strong},
    wording::counted,
    workspace::Workspace,
};

/// Width and height of a chip.
const CHIP: [f32; 2] = [27.0, 15.0];
/// Between the column and the chips, and between chips.
const GAP: f32 = 5.0;
/// Chips shown at most; a page has about thirty lines.
const MOST: usize = 120;

/// How wide the margin is in a pane of that width.
pub(super) fn width(pane: f32) -> f32 {
    if pane > 900.0 { 2.0 * (CHIP[0] + GAP) } else { CHIP[0] + GAP }
}

/// Shows the margin.
#[allow(clippy::too_many_arguments, reason = "what it shows, what it changes, and what drawing takes")]
pub(super) fn ui(
    ui: &mut Ui,
    workspace: &Workspace,
    set: &WorkingSet,
    reading: &mut Reading,
    painted: &Painted,
    fonts: &mut Fonts,
    theme: &Theme,
    queue: &mut Vec<Command>,
) {
    let column = reading.pane.column();
    let mut margin = Margin { workspace, set, fonts, theme, pane: ui.scope_id(), left: column.right() + GAP };
    let fits = (width(ui.clip_rect().width()) / (CHIP[0] + GAP)) as usize;
    // Whole chips only: they must not lie over what is above or below the page.
    let visible = column.y_range().shrink(CHIP[1] / 2.0);
    let starts = painted.relations.iter().filter(|(_, y)| visible.contains(*y)).take(MOST);
    let ties: Vec<_> = starts.filter_map(|(id, y)| Some((set.relation(id)?.clone(), *y))).collect();
    for line in ties.chunk_by(|a, b| (a.1 - b.1).abs() < 1.0) {
        let whole = if line.len() <= fits { line.len() } else { fits - 1 };
        for (number, (tie, y)) in line[..whole].iter().enumerate() {
            margin.tie(ui, reading, tie, margin.place(number, *y), queue);
        }
        if let Some((_, y)) = line[whole..].first() {
            let place = margin.place(whole, *y);
            margin.more(ui, reading, &line[whole..], place, queue);
        }
    }
    for (at, hidden) in painted.counts.iter().filter(|(at, _)| visible.contains(at.y)).take(MOST) {
        let place = Rect::from_min_size(pos2(margin.left, at.y - 12.0), vec2(CHIP[0], 12.0));
        let response = ui.interact(place, margin.pane.with(("hidden", &hidden[0])), Sense::click());
        let name =
            format!("{} on this line that have no line of their own; show the next", counted(hidden.len(), "tag"));
        let color = if response.hovered() || response.has_focus() { theme.ink.0 } else { theme.muted.0 };
        ui.painter().text(place.left_center(), Align2::LEFT_CENTER, format!("+{}", hidden.len()), strong(11.0), color);
        if margin.named(response, &name).clicked() {
            queue.push(Command::Focus(next(hidden.iter(), reading)));
        }
    }
}

/// The one after the one in focus, or else the first.
fn next<'a>(ids: impl Iterator<Item = &'a AnnotationId> + Clone, reading: &Reading) -> Option<AnnotationId> {
    let mut after = ids.clone().skip_while(|id| reading.focus.as_ref() != Some(*id));
    after.nth(1).or(ids.clone().next()).cloned()
}

struct Margin<'a> {
    workspace: &'a Workspace,
    set: &'a WorkingSet,
    fonts: &'a mut Fonts,
    theme: &'a Theme,
    pane: Id,
    left: f32,
}

impl Margin<'_> {
    fn place(&self, number: usize, y: f32) -> Rect {
        let corner = pos2(self.left + number as f32 * (CHIP[0] + GAP), y - CHIP[1] / 2.0);
        Rect::from_min_size(corner, CHIP.into())
    }

    /// A chip for one relation: the letters of its two ends. A click goes to the start, the next to the other end.
    fn tie(&mut self, ui: &Ui, reading: &Reading, tie: &Relation, place: Rect, queue: &mut Vec<Command>) {
        let (Some(from), Some(to)) = (self.set.annotation(&tie.from), self.set.annotation(&tie.to)) else { return };
        let response = ui.interact(place, self.pane.with(("tie", &tie.id)), Sense::click());
        let near = reading.focus.as_ref().is_some_and(|focus| [&tie.from, &tie.to].contains(&focus));
        self.frame(ui, &response, place, near);
        let scheme = self.workspace.scheme();
        let color = |label: &str| label_color(self.theme, scheme, label);
        let at = |share: f32| pos2(place.left() + share * place.width(), place.center().y);
        let signs = [
            (0.22, letter(scheme, &from.label).to_string(), color(&from.label), strong(10.0)),
            (0.5, "→".to_owned(), self.theme.muted.0, FontId::proportional(9.0)),
            (0.78, letter(scheme, &to.label).to_string(), color(&to.label), strong(10.0)),
        ];
        for (share, sign, color, font) in signs {
            ui.painter().text(at(share), Align2::CENTER_CENTER, sign, font, color);
        }
        let name = format!("{} {} {}", sentence(from), tie.kind.replace('_', " "), sentence(to));
        if self.named(response, &name).clicked() {
            let there = if reading.focus.as_ref() == Some(&tie.from) { &tie.to } else { &tie.from };
            queue.push(Command::Focus(Some(there.clone())));
        }
    }

    /// A chip for relations that have no room of their own: clicks go through those that they start from.
    fn more(
        &mut self,
        ui: &Ui,
        reading: &Reading,
        ties: &[(Arc<Relation>, f32)],
        place: Rect,
        queue: &mut Vec<Command>,
    ) {
        let response = ui.interact(place, self.pane.with(("ties", &ties[0].0.id)), Sense::click());
        let near = ties.iter().any(|(tie, _)| reading.focus.as_ref() == Some(&tie.from));
        self.frame(ui, &response, place, near);
        let sign = format!("{} →", ties.len());
        ui.painter().text(place.center(), Align2::CENTER_CENTER, sign, strong(10.0), self.theme.ink.0);
        let name = format!("{} start here; show the next", counted(ties.len(), "tie"));
        if self.named(response, &name).clicked() {
            let mut from: Vec<_> = ties.iter().map(|(tie, _)| &tie.from).collect();
            from.dedup();
            queue.push(Command::Focus(next(from.into_iter(), reading)));
        }
    }

    /// The frame of a chip, stronger for what belongs to the focus. Chips do not step back: they are small enough,
    /// and there to be clicked.
    fn frame(&self, ui: &Ui, response: &Response, place: Rect, near: bool) {
        let strong = response.hovered() || response.has_focus() || near;
        let line = if strong { self.theme.accent.0 } else { self.theme.control_line.0 };
        let width = if strong { 1.5 } else { 1.0 };
        ui.painter().rect_stroke(place, 4.0, Stroke::new(width, line), StrokeKind::Inside);
    }

    fn named(&mut self, response: Response, name: &str) -> Response {
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        self.fonts.explain(response, name, self.theme.ink.0)
    }
}
