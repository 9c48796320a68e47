//! What becomes of the lines that a model writes.

use std::collections::HashMap;

use ascribe_schema::DocumentId;

use super::{
    Asked, Bad, Broken, Order, Report,
    answer::{self, Answer, short},
};
use crate::store::Store;

/// How much of what is wrong is told one by one.
const TOLD: usize = 200;
/// How many lines that answer nothing are too many.
const BABBLE: usize = 100;

/// Takes lines in, writes what is good of them, and remembers the rest.
pub(super) struct Intake<'a> {
    order: &'a Order,
    store: Store,
    progress: &'a mut dyn FnMut(usize),
    places: HashMap<&'a str, usize>,
    /// The place of the next document to be answered.
    next: usize,
    /// Whether only that one has been asked about yet.
    one_by_one: bool,
    lines: u64,
    babble: usize,
    report: Report,
}

impl<'a> Intake<'a> {
    pub fn new(order: &'a Order, store: Store, progress: &'a mut dyn FnMut(usize)) -> Self {
        let places = order.asked.iter().enumerate().map(|(place, asked)| (asked.id.as_str(), place)).collect();
        Self {
            order,
            store,
            progress,
            places,
            next: 0,
            one_by_one: false,
            lines: 0,
            babble: 0,
            report: Report::default(),
        }
    }

    pub fn order(&self) -> &'a Order {
        self.order
    }

    /// The next document to be answered; nothing when all are.
    pub fn awaited(&self) -> Option<&'a Asked> {
        self.order.asked.get(self.next)
    }

    /// Says that each document is asked about when the one before is done with.
    pub fn one_by_one(&mut self) {
        self.one_by_one = true;
    }

    /// Takes a line in; one that is blank says nothing.
    ///
    /// # Errors
    ///
    /// When what is good cannot be written, or too much answers nothing.
    pub fn take(&mut self, line: &[u8]) -> Result<(), Broken> {
        self.lines += 1;
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        let read = answer::read(line).and_then(|answer| Ok((self.place(&answer)?, answer)));
        match read {
            Err(reason) => self.babble(reason),
            Ok((place, answer)) => self.answered(place, answer),
        }
    }

    /// Notes that a line answers nothing.
    ///
    /// # Errors
    ///
    /// When there are too many of them.
    pub fn babble(&mut self, reason: String) -> Result<(), Broken> {
        self.bad(None, reason);
        self.babble += 1;
        if self.babble < BABBLE { Ok(()) } else { Err(Broken::Babbling) }
    }

    /// Passes over the document that is awaited, because it will not be answered.
    pub fn pass(&mut self, reason: String) {
        self.lines += 1;
        let document = self.awaited().map(|asked| asked.id.clone());
        self.bad(document, reason);
        self.next += 1;
        (self.progress)(self.next);
    }

    /// All that came of it.
    pub fn finish(mut self, broken: Option<Broken>) -> Report {
        let mut written = self.report.written.iter().map(|set| &set.document).peekable();
        // Both are in the order of the questions.
        let unanswered = |asked: &&Asked| written.next_if(|id| **id == asked.id).is_none();
        self.report.unanswered = self.order.asked.iter().filter(unanswered).map(|asked| asked.id.clone()).collect();
        self.report.broken = broken;
        self.report
    }

    /// Which document a line answers, or why it answers none.
    fn place(&self, answer: &Answer) -> Result<usize, String> {
        let by_line = || answer.line.and_then(|line| usize::try_from(line).ok()?.checked_sub(1));
        let place = match &answer.id {
            Some(id) => {
                self.places.get(id.as_str()).copied().ok_or_else(|| format!("nothing was asked as `{}`", short(id)))?
            }
            None if answer.error.is_some() => {
                let place = by_line().filter(|place| *place < self.order.asked.len());
                place.ok_or_else(|| "it tells of an error in a line that was not asked".to_owned())?
            }
            None => return Err("it has no `id`".to_owned()),
        };
        if place < self.next {
            let id = &self.order.asked[place].id;
            return Err(format!(
                "`{id}` was answered before, or passed over; answers come in the order of the questions"
            ));
        }
        if self.one_by_one && place != self.next {
            return Err(format!("it answers `{}`, which has not been asked yet", self.order.asked[place].id));
        }
        Ok(place)
    }

    fn answered(&mut self, place: usize, mut answer: Answer) -> Result<(), Broken> {
        self.next = place + 1;
        let asked = &self.order.asked[place];
        if let Some(error) = answer.error.take() {
            self.bad(Some(asked.id.clone()), format!("the model says: {}", short(&error)));
        } else {
            let mut refused = Vec::new();
            let set = answer::check(answer, asked, &self.order.scheme, &self.order.model.name, &mut |reason| {
                refused.push(reason);
            });
            refused.into_iter().for_each(|reason| self.bad(Some(asked.id.clone()), reason));
            self.store.save_suggestions(&set)?;
            self.report.written.push(set);
        }
        (self.progress)(self.next);
        Ok(())
    }

    fn bad(&mut self, document: Option<DocumentId>, reason: String) {
        if self.report.bad.len() < TOLD {
            self.report.bad.push(Bad { line: self.lines, document, reason });
        } else {
            self.report.more_bad += 1;
        }
    }
}
