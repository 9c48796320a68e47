//! Showing what the focused annotation is tied to.

use std::collections::BTreeSet;

use ascribe_engine::WorkingSet;
use ascribe_schema::{Annotation, AnnotationId, Scheme};
use egui::{Color32, Pos2, Shape, Stroke, Ui, pos2, vec2};

use super::{Reading, marks::label_color};
use crate::theme::Theme;

/// The annotations tied to the one in focus.
pub(super) fn related(set: Option<&WorkingSet>, focus: Option<&AnnotationId>) -> BTreeSet<AnnotationId> {
    let ties = set.into_iter().zip(focus).flat_map(|(set, focus)| set.relations_of(focus));
    ties.flat_map(|tie| [tie.from.clone(), tie.to.clone()]).filter(|id| Some(id) != focus).collect()
}

/// Thin paths from the focused annotation to what it is tied to, as far as both are on screen.
pub(super) fn draw_ties(ui: &Ui, set: &WorkingSet, reading: &Reading, theme: &Theme, scheme: &Scheme) {
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
