//! The headings and paragraphs of the text that is read, worked out once.

use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
    sync::Arc,
};

use ascribe_engine::{
    WorkingSet,
    outline::{Part, outline, part_at},
};
use ascribe_schema::{Span, Text};
use egui::Context;

use super::{Reading, find::SHORT};
use crate::background::Job;

/// The headings and paragraphs of a text.
#[derive(Default)]
pub struct Outline {
    /// In the order of the text; empty until they are known.
    pub parts: Arc<[Part]>,
    /// How many of them are headings.
    pub headings: usize,
    /// The part that was last scrolled to.
    pub followed: Option<usize>,
    /// The parts that were last shown.
    pub seen: Range<usize>,
    started: bool,
    job: Option<Job<Vec<Part>>>,
    /// How many tags lie on parts that were shown, and in which state of which set.
    counts: (String, HashMap<usize, usize>),
}

impl Outline {
    /// Works out the parts, for a long text on a thread; or takes in what that has found.
    pub fn prepare(&mut self, ctx: &Context, text: &Arc<Text>, paratext: &[Span]) {
        if !self.started {
            self.started = true;
            if text.as_str().len() <= SHORT {
                self.take(outline(text, paratext));
            } else {
                let (text, paratext) = (text.clone(), paratext.to_vec());
                self.job = Some(Job::start(ctx, move |_| outline(&text, &paratext)));
            }
        }
        match self.job.as_ref().map(Job::poll) {
            None | Some(Ok(None)) => {}
            Some(Ok(Some(parts))) => self.take(parts),
            Some(Err(_)) => self.take(Vec::new()),
        }
    }

    fn take(&mut self, parts: Vec<Part>) {
        self.headings = parts.iter().filter(|part| part.heading.is_some()).count();
        self.parts = parts.into();
        self.job = None;
    }

    /// Whether the parts are still being worked out.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// How many tags lie on a part. `viewed` tells sets of different people apart.
    pub fn count(&mut self, number: usize, set: Option<&WorkingSet>, viewed: &str) -> usize {
        let Some((set, part)) = set.zip(self.parts.get(number)) else { return 0 };
        let key = format!("{} {viewed}", set.version());
        if self.counts.0 != key {
            self.counts = (key, HashMap::new());
        }
        *self.counts.1.entry(number).or_insert_with(|| {
            let here = set.index().overlapping(part.span);
            here.iter().map(|(_, id)| id).collect::<BTreeSet<_>>().len()
        })
    }
}

impl Reading {
    /// The part of the text that is being read: where the caret is, unless that is out of sight.
    #[must_use]
    pub fn part(&self) -> Option<usize> {
        let (visible, caret) = (self.pane.visible(), self.pane.caret());
        let seen = visible.is_empty() || visible.contains(caret) || visible.end == caret;
        let parts = &self.outline.parts;
        (!parts.is_empty()).then(|| part_at(parts, if seen { caret } else { visible.start }))
    }

    /// Goes to a part of the text.
    pub fn go_to_part(&mut self, number: usize) {
        let Some(part) = self.outline.parts.get(number).copied() else { return };
        self.clear_selection();
        self.pane.set_caret(part.span.start);
        self.pane.scroll_to(part.span);
    }
}
