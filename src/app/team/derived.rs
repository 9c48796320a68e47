//! Something worked out from the whole project on a thread, and worked out anew when the project has changed.

use ascribe_engine::{Project, SaveState, Session};
use egui::Context;

use crate::{
    background::{Job, Lost},
    exporting::Material,
};

/// In which state a project is: differs after every change that this window knows of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// How often what others write has been read anew.
    turn: u64,
    /// The versions of all that is one's own.
    own: u64,
}

impl Stamp {
    pub fn of(session: &Session, turn: u64) -> Self {
        let documents = session.project().documents.keys();
        let own = documents.map(|id| {
            let papers = session.papers(id).map_or(0, ascribe_engine::Papers::version);
            session.set(id).map_or(0, |set| set.version() + 1) + papers
        });
        Self { turn, own: own.sum() }
    }
}

/// What is worked out for a question.
pub(super) struct Derived<Q, T> {
    made: Option<Result<T, String>>,
    /// The question and the state that `made`, or what is being worked out, belongs to.
    of: Option<(Stamp, Q)>,
    job: Option<Job<Result<T, String>>>,
}

impl<Q, T> Default for Derived<Q, T> {
    fn default() -> Self {
        Self { made: None, of: None, job: None }
    }
}

impl<Q: PartialEq, T: Send + 'static> Derived<Q, T> {
    /// Takes in what the thread has made, and asks anew where the question or the project is another. Returns whether
    /// there is something new.
    pub fn prepare(
        &mut self,
        ctx: &Context,
        session: &Session,
        (turn, question): (u64, Q),
        work: impl FnOnce(&Project) -> Result<T, String> + Send + 'static,
    ) -> bool {
        let mut news = false;
        // What is known of another question, or worked out for it, is no answer to this one.
        if self.of.take_if(|(_, of)| *of != question).is_some() {
            (self.made, self.job) = (None, None);
            news = true;
        }
        if let Some(outcome) = self.job.as_ref().and_then(|job| job.poll().transpose()) {
            self.job = None;
            self.made = Some(outcome.unwrap_or_else(|Lost| Err("This could not be worked out.".to_owned())));
            news = true;
        }
        let of = Some((Stamp::of(session, turn), question));
        // What is one's own is read from the files, like all else: it must be there first.
        if of == self.of || self.job.is_some() || session.save_state() == SaveState::Saving {
            return news;
        }
        let place = session.project().place.path().clone();
        let material = Material::new(place, session.annotator().clone(), session.changed_sets());
        self.job = Some(Job::start(ctx, move |_| work(material.project()?.as_ref())));
        self.of = of;
        news
    }

    /// What is known, or why it is not; nothing until the first answer.
    pub fn made(&self) -> Option<&Result<T, String>> {
        self.made.as_ref()
    }

    /// Whether something is being worked out.
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }
}
