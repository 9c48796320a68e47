//! What is painted of the annotations on a paragraph: made when something changes, only moved about otherwise.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use ascribe_engine::WorkingSet;
use ascribe_schema::{Annotation, AnnotationId, AnnotatorName, RelationId, Scheme, Span};
use egui::{Color32, Context, Mesh, Pos2, Rect, Shape, Stroke, epaint::Tessellator, pos2};

use super::{lanes::Lanes, marks::label_color, shown::Shown, underline::Underline};
use crate::{
    text::{FloatingMesh, Paragraph},
    theme::Theme,
};

/// How wide the line is of what comes forward: from there on it is not faded.
pub(super) const FORWARD: f32 = 2.0;

/// Paragraphs from which on those out of sight are forgotten.
const MOST: usize = 60;

/// What was made for the paragraphs that were seen last.
#[derive(Default)]
pub struct Sheets {
    /// The set that all of it is about with its version, and which suggestions.
    about: (Option<(AnnotatorName, u64)>, u64),
    /// Counts frames, to know what was seen in the last one.
    frame: u64,
    lanes: HashMap<Span, Lanes>,
    sheets: HashMap<Span, Sheet>,
    /// What an annotation is tied to.
    related: Option<(AnnotationId, Arc<BTreeSet<AnnotationId>>)>,
}

impl Sheets {
    /// Forgets what no longer holds, before a frame. `suggested` tells suggestions at different times apart.
    pub fn refresh(&mut self, set: Option<&WorkingSet>, suggested: u64) {
        let about = (set.map(|set| (set.state().annotator().clone(), set.version())), suggested);
        if about != self.about {
            *self = Self { about, ..Self::default() };
        }
        if self.sheets.len() > MOST {
            let frame = self.frame;
            self.sheets.retain(|_, sheet| sheet.frame == frame);
            self.lanes.retain(|span, _| self.sheets.contains_key(span));
        }
        self.frame += 1;
    }

    /// The lanes of what lies on a paragraph.
    pub fn lanes(&mut self, shown: Shown<'_>, paragraph: Span) -> &Lanes {
        self.lanes.entry(paragraph).or_insert_with(|| Lanes::new(shown, paragraph))
    }

    /// The annotations tied to the one in focus.
    pub fn related(&mut self, shown: Shown<'_>, focus: Option<&AnnotationId>) -> Arc<BTreeSet<AnnotationId>> {
        let Some(focus) = focus else { return Arc::default() };
        if self.related.as_ref().is_none_or(|(id, _)| id != focus) {
            let ends = shown.relations_of(focus).flat_map(|tie| [tie.from.clone(), tie.to.clone()]);
            self.related = Some((focus.clone(), Arc::new(ends.filter(|id| id != focus).collect())));
        }
        self.related.as_ref().map(|(_, ids)| ids.clone()).unwrap_or_default()
    }

    /// The lanes and the sheet of a paragraph as it is laid out now.
    pub fn sheet(&mut self, ctx: &Context, paragraph: &Paragraph<'_>, look: &Look<'_>) -> (&Lanes, &mut Sheet) {
        let span = paragraph.span();
        let lanes = self.lanes.entry(span).or_insert_with(|| Lanes::new(look.shown, span));
        let key = (paragraph.layout(), look.theme.dark, look.faded);
        let make = || Maker::new(ctx, paragraph, look).make(lanes, key);
        let sheet = self.sheets.entry(span).or_insert_with(make);
        if sheet.key != key {
            *sheet = make();
        }
        sheet.frame = self.frame;
        (lanes, sheet)
    }
}

/// What the look of annotations depends on.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// What lies on the text.
    pub shown: Shown<'a>,
    /// The project's scheme.
    pub scheme: &'a Scheme,
    /// The colours.
    pub theme: &'a Theme,
    /// Whether they step back behind one in focus.
    pub faded: bool,
}

impl Look<'_> {
    /// The underline of an annotation.
    #[must_use]
    pub fn underline(&self, annotation: &Annotation, lane: usize, width: f32, paragraph: &Paragraph<'_>) -> Underline {
        let form = self.scheme.labels.iter().position(|label| label.name == annotation.label).unwrap_or(1);
        let color = label_color(self.theme, self.scheme, &annotation.label);
        let dashed = self.shown.is_suggested(&annotation.id);
        let quiet = width < FORWARD && self.shown.mark(&annotation.id).is_some_and(|mark| mark.quiet);
        let color = if quiet { self.theme.muted.0 } else { color };
        let color = if self.faded || quiet || dashed && width < FORWARD { self.theme.faded(color) } else { color };
        let width = if quiet { 1.0 } else { width };
        let (rtl, scale) = (paragraph.is_rtl(), paragraph.scale());
        let signs = sign(self, annotation).chars().count();
        Underline { lane, form, dashed, stroke: Stroke::new(width, color), signs, rtl, scale }
    }
}

/// What stands in the line of a tag: whose it is where that is not clear, else its letter; of a suggestion a small one.
pub(super) fn sign(look: &Look<'_>, annotation: &Annotation) -> Arc<str> {
    if let Some(sign) = look.shown.mark(&annotation.id).and_then(|mark| mark.sign.clone()) {
        return sign;
    }
    let letter = letter(look.scheme, &annotation.label);
    let letter = if look.shown.is_suggested(&annotation.id) { letter.to_ascii_lowercase() } else { letter };
    letter.to_string().into()
}

/// The letter of a label: the key that tags with it.
pub(super) fn letter(scheme: &Scheme, label: &str) -> char {
    let key = scheme.label(label).and_then(|label| label.key.chars().next());
    key.or_else(|| label.chars().next()).unwrap_or('?').to_ascii_uppercase()
}

/// The annotations on one paragraph, ready to be painted; places count from its upper left corner.
pub struct Sheet {
    key: (u64, bool, bool),
    /// The last frame in which it was painted.
    frame: u64,
    /// All underlines.
    pub lines: FloatingMesh,
    /// The middles of the letters in the lines.
    pub letters: Vec<(Pos2, Arc<str>, Color32)>,
    /// Annotations that have no lane, beside the lines where that is so.
    pub counts: Vec<(Pos2, Arc<[AnnotationId]>)>,
    /// The relations that start here, with the height at which they do.
    pub relations: Vec<(RelationId, f32)>,
    /// A part of each annotation.
    pub places: Vec<(AnnotationId, Rect)>,
}

struct Maker<'a> {
    paragraph: Paragraph<'a>,
    look: Look<'a>,
    tessellator: Tessellator,
    mesh: Mesh,
    shapes: Vec<Shape>,
}

impl<'a> Maker<'a> {
    fn new(ctx: &Context, paragraph: &Paragraph<'a>, look: &Look<'a>) -> Self {
        let options = ctx.options(|options| options.tessellation_options);
        // Lines need no font, so its texture may have any size.
        let tessellator = Tessellator::new(ctx.pixels_per_point(), options, [1, 1], Vec::new());
        Self { paragraph: paragraph.at_zero(), look: *look, tessellator, mesh: Mesh::default(), shapes: Vec::new() }
    }

    fn make(mut self, lanes: &Lanes, key: (u64, bool, bool)) -> Sheet {
        let mut letters = Vec::new();
        let (mut relations, mut places) = (Vec::new(), Vec::new());
        for (span, id, lane) in lanes.all() {
            let Some(annotation) = self.look.shown.annotation(id).cloned() else { continue };
            let rects = self.paragraph.rects(*span);
            let Some(first) = rects.first() else { continue };
            let suggested = self.look.shown.is_suggested(id);
            if !suggested && annotation.spans.first() == Some(span) && self.paragraph.span().contains(span.start) {
                relations.extend(self.relations(id).map(|relation| (relation, first.rect.center().y)));
            }
            places.push((id.clone(), first.rect));
            let underline =
                self.look.underline(&annotation, *lane, if suggested { 1.25 } else { 1.5 }, &self.paragraph);
            let place = underline.draw(&rects, &mut self.shapes);
            let sign = sign(&self.look, &annotation);
            // Letters are text: they keep their contrast while lines step back.
            let quiet = self.look.shown.mark(id).is_some_and(|mark| mark.quiet);
            let color = label_color(self.look.theme, self.look.scheme, &annotation.label);
            let color = if quiet { self.look.theme.muted.0 } else { color };
            letters.extend(place.map(|place| (place, sign, color)));
            if let Some(gap) = gap_after(&annotation, *span) {
                underline.bridge(&self.paragraph.rects(gap), &mut self.shapes);
            }
            self.flush();
        }
        let counts = self.counts(&lanes.hidden);
        Sheet { key, frame: 0, lines: FloatingMesh::new(self.mesh), letters, counts, relations, places }
    }

    fn flush(&mut self) {
        for shape in self.shapes.drain(..) {
            self.tessellator.tessellate_shape(shape, &mut self.mesh);
        }
    }

    fn relations(&self, from: &AnnotationId) -> impl Iterator<Item = RelationId> {
        self.look.shown.relations_of(from).filter(move |tie| tie.from == *from).map(|tie| tie.id.clone())
    }

    /// How many of the `hidden` lie on each line.
    fn counts(&self, hidden: &[(Span, AnnotationId)]) -> Vec<(Pos2, Arc<[AnnotationId]>)> {
        if hidden.is_empty() {
            return Vec::new();
        }
        let lines = self.paragraph.lines();
        let several = |id: &AnnotationId| self.look.shown.annotation(id).is_some_and(|here| here.spans.len() > 1);
        let (parts, wholes): (Vec<_>, Vec<_>) = hidden.iter().partition(|(_, id)| several(id));
        let count = |line: (Span, Rect)| {
            let here = |(span, _): &&&(Span, AnnotationId)| span.overlaps(line.0);
            // Several fragments of one annotation on a line count once.
            let ids: BTreeSet<_> = parts.iter().filter(here).map(|(_, id)| id).collect();
            let all: Arc<[_]> = wholes.iter().filter(here).map(|(_, id)| id).chain(ids).cloned().collect();
            (!all.is_empty()).then(|| (pos2(line.1.right(), line.1.bottom()), all))
        };
        lines.into_iter().filter_map(count).collect()
    }
}

/// What lies between this fragment of an annotation and the next.
fn gap_after(annotation: &Annotation, span: Span) -> Option<Span> {
    let number = annotation.spans.iter().position(|other| *other == span)?;
    let next = annotation.spans.get(number + 1)?;
    Some(Span { start: span.end, end: next.start })
}
