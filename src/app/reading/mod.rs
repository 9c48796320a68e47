//! Reading one document: the text with its annotations, the caret, the selection, the focus.

mod access;
mod boundary;
mod chips;
mod find;
mod header;
mod hits;
mod lanes;
mod marks;
mod offer;
mod outline;
mod overview;
mod pieces;
mod pointer;
mod sheet;
mod shown;
mod ties;
mod toolbar;
mod underline;
mod view;

pub use self::view::{sentence, ui};
pub(crate) use self::{
    shown::{Mark, Notes, Shown},
    view::Page,
};

use std::sync::Arc;

use ascribe_engine::{WorkingSet, snap};
use ascribe_schema::{Annotation, AnnotationId, RelationId, Span, Text};

use crate::{
    suggesting::{Offers, name_of},
    text::{Motion, TextPane},
};

pub(crate) use self::find::{list_key, list_move, tell_row};
use self::{boundary::Grip, sheet::Sheets};
pub use self::{
    find::Find,
    hits::hits_id,
    marks::label_color,
    offer::answers,
    outline::Outline,
    pieces::{Piece, Stop},
};

/// A tie to what was nearest, which the next press of the same key leads to the next nearest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// The tie.
    pub tie: RelationId,
    /// The version of the set right after it was made: with any later change it stays as it is.
    pub version: u64,
}

/// What is known of how a person reads one document; never saved in the project.
pub struct Reading {
    /// The text on screen, its caret and its selection.
    pub pane: TextPane,
    /// What programs propose for this text.
    pub offers: Offers,
    /// The tag or suggestion that keys act on.
    pub focus: Option<AnnotationId>,
    /// The annotation that a tie was started from.
    pub tie_from: Option<AnnotationId>,
    /// The tie that was made last to what was nearest.
    pub nearest: Option<Nearest>,
    /// The words that are looked for.
    pub find: Option<Find>,
    /// The headings and paragraphs, once they are asked for.
    pub outline: Outline,
    /// The map of the text, as it was last drawn.
    overview: overview::Overview,
    /// Whether the selection is meant exactly as it is, or to whole words.
    exact: bool,
    /// The end of a fragment that is being dragged.
    grip: Option<Grip>,
    /// What was made to paint the annotations.
    sheets: Sheets,
    /// Whether the pointer put in focus what is there.
    pointed: bool,
    /// Where Tab is to go on to when the text is next shown, forward (true) or back.
    pub passes_on: Option<bool>,
    /// The annotation under the pointer.
    hover: Option<AnnotationId>,
    /// Since when, in seconds of the window's clock.
    hover_since: f64,
    /// How many annotations are under the pointer.
    here: usize,
    /// The widget of the text, once it has been shown.
    pub widget: Option<egui::Id>,
    /// Whether the text should get the keyboard when it is next shown.
    pub wants_keys: bool,
    /// Whether the text had the keyboard when it was last shown: Escape takes it before anyone can ask.
    pub had_keys: bool,
    /// What assistive technology has been told of annotations.
    told: access::Told,
    /// Whether it has been read that a font is missing.
    hides_missing: bool,
}

impl Reading {
    /// Starts at the top of a text.
    #[must_use]
    pub fn new(text: Arc<Text>) -> Self {
        Self {
            pane: TextPane::new(text),
            offers: Offers::default(),
            focus: None,
            tie_from: None,
            nearest: None,
            find: None,
            outline: Outline::default(),
            overview: overview::Overview::default(),
            exact: false,
            grip: None,
            sheets: Sheets::default(),
            pointed: false,
            passes_on: None,
            hover: None,
            hover_since: 0.0,
            here: 0,
            widget: None,
            wants_keys: true,
            had_keys: false,
            told: access::Told::default(),
            hides_missing: false,
        }
    }

    /// What would be tagged: the selection, widened to whole words unless it was made exactly.
    #[must_use]
    pub fn selection(&self) -> Option<Span> {
        let raw = self.pane.selection()?;
        Some(if self.exact { raw } else { snap::words(self.pane.text(), raw) })
    }

    /// Selects what was found, without white space that was looked for at its ends.
    pub fn select_hit(&mut self, hit: Span) {
        let words = snap::trim(self.pane.text(), hit).unwrap_or(hit);
        self.select(words);
    }

    /// Selects exactly `span` and brings it into view.
    pub fn select(&mut self, span: Span) {
        self.pane.set_selection(span.start, span.end);
        self.pane.scroll_to(span);
        self.exact = true;
    }

    /// Moves the caret, extending the selection to words or exactly, or not.
    pub fn move_caret(&mut self, fonts: &mut crate::text::Fonts, motion: Motion, extend: bool, exact: bool) {
        let (fresh, from) = (self.pane.selection().is_none(), self.pane.caret());
        self.exact = exact || (extend && self.exact && !fresh);
        self.pane.move_caret(fonts, motion, extend);
        if extend && fresh && !exact && matches!(motion, Motion::WordLeft | Motion::WordRight) {
            self.begin_with_a_word(from);
        }
    }

    /// Takes the selection to whole words, or exactly as it was drawn.
    pub fn toggle_exact(&mut self) {
        self.exact = !self.exact;
    }

    /// Puts the caret at the end of the selection, without one.
    pub fn clear_selection(&mut self) {
        self.pane.set_caret(self.pane.caret());
        self.exact = false;
    }

    /// Puts an annotation in focus and brings it into view.
    pub fn show(&mut self, annotation: &Annotation) {
        self.focus = Some(annotation.id.clone());
        self.pointed = false;
        if !annotation.text_sha256.is_empty() {
            return; // It waits, and lies nowhere here.
        }
        if let Some(&first) = annotation.spans.first() {
            let visible = self.pane.visible();
            if !visible.covers(first) {
                self.pane.scroll_to(first);
            }
            self.pane.set_caret(first.start);
        }
    }

    /// Where the focus, or else the caret, stands in the order of annotations.
    #[must_use]
    pub fn place(&self, set: &WorkingSet) -> (Span, AnnotationId) {
        let focused = self.focus.as_ref().and_then(|id| set.placed(id));
        let caret = self.pane.caret();
        focused.map_or_else(
            || (Span { start: caret, end: caret }, AnnotationId::from("")),
            |annotation| (annotation.extent(), annotation.id.clone()),
        )
    }

    /// The annotation before or after the caret or the focus, in the order of the text.
    #[must_use]
    pub fn step<'a>(&self, set: &'a WorkingSet, forward: bool) -> Option<&'a Arc<Annotation>> {
        let place = self.place(set);
        if forward {
            set.after(&place).next().or_else(|| set.annotations().next())
        } else {
            set.before(&place).next().or_else(|| set.annotations().next_back())
        }
    }

    /// The tag or suggestion with that id.
    #[must_use]
    pub fn annotation<'a>(&'a self, set: Option<&'a WorkingSet>, id: &AnnotationId) -> Option<&'a Arc<Annotation>> {
        let suggested = self.offers.open().map(|open| &open.set);
        Shown { set, suggested, marks: None }.annotation(id)
    }

    /// The suggestion in focus.
    #[must_use]
    pub fn suggestion(&self) -> Option<&Arc<Annotation>> {
        self.offers.open()?.set.annotation(self.focus.as_ref()?)
    }

    /// The next or previous suggestion, in the order of the text; nothing where none is left in that direction.
    #[must_use]
    pub fn next_suggestion(&self, forward: bool) -> Option<&Arc<Annotation>> {
        let set = &self.offers.open()?.set;
        let place = self.place(set);
        if forward { set.after(&place).next() } else { set.before(&place).next() }
    }

    /// Takes the focus off a suggestion that is not open any more.
    pub fn let_go_of_gone(&mut self) {
        let was = self.focus.as_ref().is_some_and(|id| name_of(id).is_some());
        if was && self.suggestion().is_none() {
            self.focus = None;
        }
    }
}
