//! Painting annotations onto the text: underlines in lanes, a fill only for what is in focus, so that the
//! text itself stays readable however much lies on it.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use ascribe_schema::{Annotation, AnnotationId, RelationId, Scheme, Span};
use egui::{Align2, Color32, Galley, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};

use super::{
    lanes::LANES,
    sheet::{FORWARD, Look, Sheets, sign},
    shown::Shown,
    underline,
};
use crate::{
    text::{Decorate, LineRect, Paragraph},
    theme::{PARATEXT_FADE, Theme, strong},
    wording::capitalised,
};

/// Size of the letters in lines: their capitals fit between the neighbouring lanes.
const LETTER: f32 = 9.5;
/// How many tied annotations get a fill, too; more of them on each other would hide the text.
const FILLS: usize = 6;

/// Paints one set of annotations, and the suggestions among them.
///
/// While one is in focus, or the pointer rests on one, the others step back; it, those tied to it and the one under the pointer come forward.
pub struct Marks<'a> {
    /// What lies on the text.
    pub shown: Shown<'a>,
    /// The project's scheme.
    pub scheme: &'a Scheme,
    /// The colours.
    pub theme: &'a Theme,
    /// What was made for paragraphs before.
    pub sheets: &'a mut Sheets,
    /// The annotation that all keys act on.
    pub focus: Option<&'a AnnotationId>,
    /// The annotation under the pointer.
    pub hover: Option<&'a AnnotationId>,
    /// Whether all others step back.
    pub faded: bool,
    /// The annotations tied to the one in focus, or else to the one on which the pointer rests.
    pub related: Arc<BTreeSet<AnnotationId>>,
    /// What will be tagged, or what a fragment becomes while an end of it is dragged.
    pub selection: Option<Span>,
    /// What was found, in order, and which hit is shown.
    pub hits: (&'a [Span], Option<usize>),
    /// The words that made a rule suggest what is in focus.
    pub because: &'a [Span],
    /// Proposals of what is not the article.
    pub paratext: &'a [Span],
    /// What was painted.
    pub painted: Painted,
    /// The letters in lines, laid out.
    pub letters: HashMap<(Arc<str>, Color32), Arc<Galley>>,
}

/// What was painted where, for those who come after.
#[derive(Default)]
pub struct Painted {
    /// A part of the screen that belongs to each annotation.
    pub places: Vec<(AnnotationId, Rect)>,
    /// The relations that start there, with the height at which they do.
    pub relations: Vec<(RelationId, f32)>,
    /// Annotations that have no lane, beside a line.
    pub counts: Vec<(Pos2, Arc<[AnnotationId]>)>,
}

impl Decorate for Marks<'_> {
    fn room(&mut self, span: Span) -> f32 {
        underline::room(self.sheets.lanes(self.shown, span).used())
    }

    fn under(&mut self, painter: &Painter, paragraph: &Paragraph<'_>) {
        self.paint_hits(painter, paragraph);
        if let Some(span) = self.selection {
            fill(painter, &paragraph.rects(span), self.theme.selection.0);
        }
        let related = self.related.iter().take(FILLS).chain(self.hover).filter(|id| self.focus != Some(*id));
        for (id, strength) in related.map(|id| (id, 0.12)).chain(self.focus.map(|id| (id, 0.22))) {
            let Some(annotation) = self.shown.placed(id) else { continue };
            // What is only suggested is lighter than what a person tagged.
            let strength = if self.shown.is_suggested(id) { 0.75 * strength } else { strength };
            let color = label_color(self.theme, self.scheme, &annotation.label).gamma_multiply(strength);
            for &span in &annotation.spans {
                fill(painter, &paragraph.rects(span), color);
            }
        }
    }

    fn over(&mut self, painter: &Painter, paragraph: &Paragraph<'_>) {
        let lanes = self.sheets.lanes(self.shown, paragraph.span());
        let (marked, kept) = (lanes.paratext.clone(), lanes.kept.clone());
        self.fade_paratext(painter, paragraph, &marked, &kept);
        let origin = paragraph.origin();
        let shown = self.shown;
        let look = Look { shown, scheme: self.scheme, theme: self.theme, faded: self.faded };
        let (lanes, sheet) = self.sheets.sheet(painter.ctx(), paragraph, &look);
        sheet.lines.paint(painter, origin);
        let visible = painter.clip_rect().expand(20.0);
        let on_screen = |place: Pos2| place + origin.to_vec2();
        for (place, letter, color) in &sheet.letters {
            if visible.contains(on_screen(*place)) {
                paint_letter(&mut self.letters, painter, on_screen(*place), letter.clone(), *color);
            }
        }
        let painted = &mut self.painted;
        painted.places.extend(sheet.places.iter().map(|(id, rect)| (id.clone(), rect.translate(origin.to_vec2()))));
        painted.relations.extend(sheet.relations.iter().map(|(id, y)| (id.clone(), y + origin.y)));
        painted.counts.extend(sheet.counts.iter().map(|(at, hidden)| (on_screen(*at), hidden.clone())));
        let tied = lanes.all().filter(|(_, id, _)| self.related.contains(id)).map(|(_, id, lane)| (id, *lane));
        let named = self.hover.into_iter().chain(self.focus).map(|id| (id, lanes.of(id).unwrap_or(LANES)));
        let lead: Vec<_> = tied.chain(named).filter_map(|(id, lane)| Some((shown.placed(id)?.clone(), lane))).collect();
        let look = Look { faded: false, ..look };
        for (annotation, lane) in lead {
            self.bring_forward(painter, paragraph, &look, &annotation, lane);
        }
        for line in self.because.iter().flat_map(|&span| paragraph.rects(span)) {
            let frame = Stroke::new(1.0, self.theme.muted.0);
            painter.rect_stroke(line.rect.expand2(vec2(1.5, 0.0)), 3.0, frame, StrokeKind::Inside);
        }
    }
}

impl Marks<'_> {
    /// Paints one annotation once more, stronger, with its label in words if it is what a person looks at.
    fn bring_forward(
        &mut self,
        painter: &Painter,
        paragraph: &Paragraph<'_>,
        look: &Look<'_>,
        annotation: &Annotation,
        lane: usize,
    ) {
        let mut shapes = Vec::new();
        let underline = look.underline(annotation, lane, FORWARD + 0.5, paragraph);
        for (number, &span) in annotation.spans.iter().enumerate() {
            let rects = paragraph.rects(span);
            if let Some(place) = underline.draw(&rects, &mut shapes) {
                let sign = sign(look, annotation);
                paint_letter(&mut self.letters, painter, place, sign, underline.stroke.color);
            }
            // The plate of the one under the pointer comes when that rests.
            let rests = self.hover == Some(&annotation.id) && self.focus.is_none() && self.faded;
            let named = self.focus == Some(&annotation.id) || rests;
            if let (Some(first), 0, true) = (rects.first(), number, named) {
                self.name(painter, annotation, first, paragraph.is_rtl());
            }
        }
        for pair in annotation.spans.windows(2) {
            let gap = Span { start: pair[0].end, end: pair[1].start };
            underline.bridge(&paragraph.rects(gap), &mut shapes);
        }
        painter.extend(shapes);
    }

    /// What an annotation is, on a small plate above its first line.
    fn name(&self, painter: &Painter, annotation: &Annotation, line: &LineRect, rtl: bool) {
        let suggested = self.shown.is_suggested(&annotation.id);
        let mut words = capitalised(&annotation.label);
        if let Some(who) = self.shown.who(&annotation.id) {
            words = format!("{words} · {who}");
        } else if suggested {
            words += " suggested";
        } else if let Some(value) = annotation.attributes.values().next() {
            words = format!("{words} · {}", value.replace('_', " "));
        }
        let color = label_color(self.theme, self.scheme, &annotation.label);
        let (ink, plain) = if suggested { (color, self.theme.page.0) } else { (self.theme.page.0, color) };
        let galley = painter.layout_no_wrap(words, strong(10.0), ink);
        let size = galley.size() + vec2(10.0, 2.0);
        let left = if rtl { line.rect.right() - size.x } else { line.rect.left() };
        let page = painter.clip_rect().shrink(4.0);
        let left = left.min(page.right() - size.x).max(page.left());
        let plate = Rect::from_min_size(pos2(left, line.rect.top() - size.y + 1.0), size);
        painter.rect(plate, 3.0, plain, Stroke::new(1.0, color), StrokeKind::Inside);
        painter.galley(plate.min + vec2(5.0, 1.0), galley, ink);
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
    fn fade_paratext(&self, painter: &Painter, paragraph: &Paragraph<'_>, marked: &[Span], kept: &[Span]) {
        let mut faded = BTreeSet::new();
        let proposed = self.paratext.iter().filter(|span| !kept.iter().any(|kept| kept.overlaps(**span)));
        for &span in marked.iter().chain(proposed) {
            let Some(span) = span.intersection(paragraph.span()) else { continue };
            if faded.insert(span) {
                fill(painter, &paragraph.rects(span), self.theme.page.0.gamma_multiply(PARATEXT_FADE));
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

/// Paints the letter of a label into its line, with `at` in its middle.
fn paint_letter(
    letters: &mut HashMap<(Arc<str>, Color32), Arc<Galley>>,
    painter: &Painter,
    at: Pos2,
    letter: Arc<str>,
    color: Color32,
) {
    let lay_out = || painter.layout_no_wrap(letter.to_string(), strong(LETTER), color);
    let galley = letters.entry((letter.clone(), color)).or_insert_with(lay_out).clone();
    let corner = Align2::CENTER_CENTER.anchor_size(at, galley.size()).min;
    painter.galley(corner, galley, color);
}
