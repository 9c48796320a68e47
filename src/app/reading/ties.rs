//! Showing what the focused annotation is tied to.

use ascribe_schema::{Annotation, AnnotationId, Scheme};
use egui::{Color32, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::{Reading, marks::label_color, shown::Shown};
use crate::theme::Theme;

/// Paths drawn at most: more would be a thicket, and cost as much.
const MOST: usize = 60;

/// Thin paths from an annotation to what it is tied to, as far as both are on screen.
pub(super) fn draw_ties(
    ui: &Ui,
    shown: Shown<'_>,
    reading: &Reading,
    lead: &AnnotationId,
    theme: &Theme,
    scheme: &Scheme,
) {
    let Some(focus) = shown.placed(lead) else { return };
    let places = |annotation: &Annotation| -> Vec<Rect> {
        let lines = annotation.spans.iter().flat_map(|&span| reading.pane.rects_of(span));
        lines.map(|line| line.rect).collect()
    };
    let here = places(focus);
    for tie in shown.relations_of(&focus.id).take(MOST) {
        let (out, other) = if tie.from == focus.id { (true, &tie.to) } else { (false, &tie.from) };
        let Some(other) = shown.placed(other) else { continue };
        let there = places(other);
        let pairs = here.iter().flat_map(|a| there.iter().map(move |b| nearest(a, b)));
        // Along a line rather than through the words of others.
        let way = |(a, b): &(Pos2, Pos2)| (a.x - b.x).abs() + 4.0 * (a.y - b.y).abs();
        let Some((a, b)) = pairs.min_by(|x, y| way(x).total_cmp(&way(y))) else { continue };
        let (from, to) = if out { (a, b) } else { (b, a) };
        // Light enough not to look like words struck out.
        let stroke = Stroke::new(1.25, theme.faded(label_color(theme, scheme, &other.label)));
        path(ui, from, to, stroke);
    }
}

/// The points below two parts of lines that are nearest to each other, a little inside.
fn nearest(a: &Rect, b: &Rect) -> (Pos2, Pos2) {
    let inside = |rect: &Rect, x: f32| {
        let margin = (rect.width() / 2.0).min(8.0);
        pos2(x.min(rect.right() - margin).max(rect.left() + margin), rect.bottom())
    };
    let from = inside(a, b.center().x);
    (from, inside(b, from.x))
}

fn path(ui: &Ui, from: Pos2, to: Pos2, stroke: Stroke) {
    let sag = vec2(0.0, 14.0 + (from.x - to.x).abs() * 0.05);
    let points = [from, from + sag, to + sag, to];
    let painter = ui.painter();
    painter.add(egui::epaint::CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke));
    let head = vec![to, to + vec2(-3.5, 6.0), to + vec2(3.5, 6.0)];
    painter.add(Shape::convex_polygon(head, stroke.color, Stroke::NONE));
}
