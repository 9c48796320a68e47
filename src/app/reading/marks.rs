//! Painting annotations onto the text: underlines in lanes, a fill only for what is in focus, so that the
//! text itself stays readable however much lies on it.

use std::collections::BTreeSet;

use ascribe_engine::WorkingSet;
use ascribe_schema::{Annotation, AnnotationId, PARATEXT, Scheme, Span};
use egui::{Align2, Color32, FontId, Painter, Rect, Shape, Stroke, pos2};

use super::lanes::{LANES, lanes};
use crate::{
    text::{Decorate, LineRect, Paragraph},
    theme::Theme,
};

/// Paints one set of annotations.
pub struct Marks<'a> {
    /// The set that is shown, if there is one.
    pub set: Option<&'a WorkingSet>,
    /// The project's scheme.
    pub scheme: &'a Scheme,
    /// The colours.
    pub theme: &'a Theme,
    /// The annotation that all keys act on.
    pub focus: Option<&'a AnnotationId>,
    /// The annotation under the pointer.
    pub hover: Option<&'a AnnotationId>,
    /// The annotations tied to the one in focus.
    pub related: BTreeSet<AnnotationId>,
    /// What will be tagged.
    pub selection: Option<Span>,
    /// What was found, in order, and which hit is shown.
    pub hits: (&'a [Span], Option<usize>),
    /// Proposals of what is not the article.
    pub paratext: &'a [Span],
    /// The annotations that were painted, with a part of the screen that belongs to each.
    pub painted: Vec<(AnnotationId, Rect)>,
}

impl Decorate for Marks<'_> {
    fn under(&mut self, painter: &Painter, paragraph: &Paragraph<'_>) {
        self.paint_hits(painter, paragraph);
        if let Some(span) = self.selection {
            fill(painter, &paragraph.rects(span), self.theme.selection.0);
        }
        let Some(set) = self.set else { return };
        let strong = self.focus.into_iter().map(|id| (id, 0.22));
        let weak = self.related.iter().chain(self.hover).map(|id| (id, 0.12));
        for (id, strength) in weak.chain(strong) {
            let Some(annotation) = set.annotation(id) else { continue };
            let color = self.color(annotation).gamma_multiply(strength);
            for &span in &annotation.spans {
                fill(painter, &paragraph.rects(span), color);
            }
        }
    }

    fn over(&mut self, painter: &Painter, paragraph: &Paragraph<'_>) {
        self.fade_paratext(painter, paragraph);
        let Some(set) = self.set else { return };
        let fragments = set.index().overlapping(paragraph.span());
        let lanes = lanes(&fragments);
        let mut hidden = BTreeSet::new();
        for (span, id) in &fragments {
            let (Some(&lane), Some(annotation)) = (lanes.get(id), set.annotation(id)) else { continue };
            let rects = paragraph.rects(*span);
            self.painted.extend(rects.first().map(|line| (id.clone(), line.rect)));
            if annotation.label == PARATEXT {
                continue;
            }
            if lane >= LANES {
                hidden.insert(id);
                continue;
            }
            self.underline(painter, annotation, *span, &rects, lane);
        }
        if !hidden.is_empty() {
            let at = paragraph.rect().right_top();
            let text = format!("+{} more", hidden.len());
            painter.text(at, Align2::RIGHT_TOP, text, FontId::proportional(11.0), self.theme.muted.0);
        }
    }
}

impl Marks<'_> {
    fn color(&self, annotation: &Annotation) -> Color32 {
        label_color(self.theme, self.scheme, &annotation.label)
    }

    fn paint_hits(&self, painter: &Painter, paragraph: &Paragraph<'_>) {
        let (hits, current) = self.hits;
        let first = hits.partition_point(|hit| hit.end <= paragraph.span().start);
        let here = hits[first..].iter().take_while(|hit| hit.start < paragraph.span().end);
        for (number, &hit) in here.enumerate() {
            let shown = current == Some(first + number);
            let color = if shown { self.theme.find_current } else { self.theme.find };
            fill(painter, &paragraph.rects(hit), color.0);
        }
    }

    /// What is not the article is still there, but steps back.
    fn fade_paratext(&self, painter: &Painter, paragraph: &Paragraph<'_>) {
        let marked = self.set.into_iter().flat_map(|set| {
            let here = set.index().overlapping(paragraph.span()).into_iter();
            here.filter(|(_, id)| set.annotation(id).is_some_and(|annotation| annotation.label == PARATEXT))
        });
        let spans = marked.map(|(span, _)| span).chain(self.paratext.iter().copied());
        let mut faded = BTreeSet::new();
        for span in spans.filter_map(|span| span.intersection(paragraph.span())) {
            if faded.insert(span) {
                fill(painter, &paragraph.rects(span), self.theme.page.0.gamma_multiply(0.45));
            }
        }
    }

    fn underline(&self, painter: &Painter, annotation: &Annotation, span: Span, rects: &[LineRect], lane: usize) {
        let color = self.color(annotation);
        let focused = self.focus == Some(&annotation.id) || self.hover == Some(&annotation.id);
        let style = self.scheme.labels.iter().position(|label| label.name == annotation.label).unwrap_or(1);
        for (number, line) in rects.iter().enumerate() {
            let room = line.floor - line.rect.bottom();
            let pitch = (room / LANES as f32).min(3.5);
            let y = line.rect.bottom() + 0.5 + pitch * lane as f32;
            let (left, right) = (line.rect.left() + 0.5, line.rect.right() - 0.5);
            let width = if focused { 2.5 } else { 1.5 };
            painter.add(line_shape(style, left, right, y, Stroke::new(width, color)));
            let ends = [(number == 0, left), (number + 1 == rects.len(), right)];
            for (_, x) in ends.into_iter().filter(|(here, _)| *here && span.len() > 1) {
                painter.vline(x, y - 2.5..=y + 1.0, Stroke::new(1.5, color));
            }
        }
    }
}

/// The colour of a label in this scheme and theme.
pub fn label_color(theme: &Theme, scheme: &Scheme, label: &str) -> Color32 {
    let number = scheme.labels.iter().position(|other| other.name == label);
    let name = number.map_or("grey", |number| scheme.labels[number].color.as_str());
    theme.label(name, number.unwrap_or(0))
}

fn fill(painter: &Painter, lines: &[LineRect], color: Color32) {
    for line in lines {
        painter.rect_filled(line.rect, 2.0, color);
    }
}

/// An underline whose form tells labels apart where colour does not. Dashes are kept for suggestions.
fn line_shape(style: usize, left: f32, right: f32, y: f32, stroke: Stroke) -> Shape {
    let straight =
        |y: f32, width: f32| Shape::line_segment([pos2(left, y), pos2(right, y)], Stroke::new(width, stroke.color));
    match style % 4 {
        0 => {
            let steps = (((right - left) / 2.0) as usize).clamp(1, 2000);
            let point = |n: usize| {
                let swing = [0.0, -1.0, 0.0, 1.0][n % 4];
                pos2(left + (right - left) * n as f32 / steps as f32, y + swing)
            };
            Shape::line((0..=steps).map(point).collect(), stroke)
        }
        1 => straight(y, stroke.width),
        2 => {
            let points = [pos2(left, y), pos2(right, y)];
            Shape::Vec(Shape::dotted_line(&points, stroke.color, 3.2, stroke.width * 0.62))
        }
        _ => Shape::Vec(vec![straight(y - 1.0, stroke.width * 0.6), straight(y + 1.0, stroke.width * 0.6)]),
    }
}
