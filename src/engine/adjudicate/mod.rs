//! Deciding between annotators: what is open, what was decided, what has changed since; and gold, which is made of it.
//!
//! Decisions are kept as they were made. [`adjudicate`] lays them onto today's comparison: a decision stands as long
//! as the annotations that it is about are as they were, and nothing has come beside them that nobody decided about.
//! Otherwise it is stale, and says why. Nothing here changes a decision; [`deciding`] and [`withdrawing`] give the
//! transactions with which a person does.

mod counting;
mod deciding;
mod gold;
mod placing;
mod replay;
mod saving;

use std::sync::Arc;

use ascribe_agreement::Unit;
use ascribe_schema::{AnnotationRef, AnnotatorName, Decision, Edited, Input, Span};

pub use self::{
    counting::{NoAdjudicator, counting, decisions_of},
    deciding::{addition, as_edited, deciding, decision, edited, kept, unanimously, withdrawing},
    gold::{Gold, GoldAccount, LeftTie, LeftTieReason, adjudicated, compared, gold, gold_of, standing},
    replay::adjudicate,
    saving::{GoldError, GoldWritten, is_from_decisions, save_decisions, save_gold},
};

/// A comparison with what one adjudicator has decided about it.
#[derive(Clone, Debug, Default)]
pub struct Adjudication {
    /// One case a unit, in the order of the comparison.
    pub cases: Vec<Case>,
    /// Every decision, in the order of files, and whether it stands.
    pub rulings: Vec<Ruling>,
}

/// One unit, and what was decided about it.
#[derive(Clone, Debug)]
pub struct Case {
    /// The unit.
    pub unit: Unit,
    /// The text that everything here lies in, by its hash.
    pub text_sha256: Arc<str>,
    /// Its annotations as they are now.
    pub inputs: Vec<Input>,
    /// Who was compared and has nothing there.
    pub without: Vec<AnnotatorName>,
    /// What was decided, and whether that still holds.
    pub state: CaseState,
    /// Other decisions about its annotations: they were in units of their own when they were made.
    pub also: Vec<Arc<Decision>>,
}

/// Whether something was decided, and still holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseState {
    /// Nothing was decided.
    Open,
    /// It was decided, and nothing has changed since.
    Standing(Arc<Decision>),
    /// It was put off.
    Deferred(Arc<Decision>),
    /// It was decided, and something has changed since: it must be looked at again. Gold keeps what was decided.
    Stale(Arc<Decision>, Vec<Touched>),
}

/// What has changed since a decision.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touched {
    /// That annotator has changed theirs.
    Changed(AnnotatorName),
    /// That annotator has deleted theirs, or it is not compared any more.
    Deleted(AnnotatorName),
    /// That annotator has one now, where they had none or were not compared.
    Added(AnnotatorName),
    /// Words that were decided about were changed when the text was corrected.
    Text,
    /// It was decided twice, differently, such as in two copies of the project. Gold has the later decision.
    Twice,
}

/// A decision on today's text.
#[derive(Clone, Debug)]
pub struct Ruling {
    /// The decision as it was made.
    pub decision: Arc<Decision>,
    /// What has changed since; nothing while it stands.
    pub touched: Vec<Touched>,
    /// What it says is right, on today's text: one an accepted annotation, or what the adjudicator made of them.
    /// Nothing for what was rejected or put off.
    pub right: Vec<Right>,
    /// Whether something that it says is right has no place in today's text.
    pub lost: bool,
    /// Whether all annotations that it is about are gone.
    pub gone: bool,
    /// Whether a later decision is about one of the same annotations: then only that one counts.
    pub superseded: bool,
}

/// An annotation that a decision says is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// What it is.
    pub content: Edited,
    /// The annotation of an annotator that it is; nothing for what the adjudicator made.
    pub from: Option<AnnotationRef>,
}

/// How many cases are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct CaseCounts {
    /// Nothing was decided; those on which nobody disagrees among them.
    pub open: usize,
    /// Of these, those on which nobody disagrees.
    pub unanimous: usize,
    /// They were decided, and something has changed since.
    pub stale: usize,
    /// They were put off.
    pub deferred: usize,
    /// They were decided, and nothing has changed since.
    pub decided: usize,
    /// Decisions, not cases: all annotations that they were about are gone.
    pub gone: usize,
}

impl CaseState {
    /// What was decided, whether or not it still holds.
    #[must_use]
    pub fn decision(&self) -> Option<&Arc<Decision>> {
        match self {
            Self::Open => None,
            Self::Standing(decision) | Self::Deferred(decision) | Self::Stale(decision, _) => Some(decision),
        }
    }

    /// Whether somebody must decide.
    #[must_use]
    pub fn waits(&self) -> bool {
        !matches!(self, Self::Standing(_))
    }
}

impl Case {
    /// Everything that was decided about its annotations: what a new decision takes the place of.
    pub fn decisions(&self) -> impl Iterator<Item = &Arc<Decision>> {
        self.state.decision().into_iter().chain(&self.also)
    }

    /// Whether several annotators tagged here, all who were compared did, and nothing differs.
    #[must_use]
    pub fn is_unanimous(&self) -> bool {
        self.inputs.len() > 1 && self.without.is_empty() && self.unit.differs.is_nothing()
    }
}

impl Adjudication {
    /// How many cases are in which state.
    #[must_use]
    pub fn counts(&self) -> CaseCounts {
        let mut counts = CaseCounts { gone: self.gone().count(), ..CaseCounts::default() };
        for case in &self.cases {
            match case.state {
                CaseState::Open => counts.open += 1,
                CaseState::Standing(_) => counts.decided += 1,
                CaseState::Deferred(_) => counts.deferred += 1,
                CaseState::Stale(..) => counts.stale += 1,
            }
        }
        counts.unanimous = self.unanimous().count();
        counts
    }

    /// The cases about which nothing was decided and nobody disagrees, by their number.
    pub fn unanimous(&self) -> impl Iterator<Item = usize> {
        let open = self.cases.iter().enumerate().filter(|(_, case)| case.state == CaseState::Open);
        open.filter(|(_, case)| case.is_unanimous()).map(|(number, _)| number)
    }

    /// The next case after `from`, or the first of all, that is `wanted`; from the last on to the first.
    pub fn next(&self, from: Option<usize>, wanted: impl Fn(&Case) -> bool) -> Option<usize> {
        let count = self.cases.len();
        let first = from.map_or(0, |from| from + 1);
        (first..first + count).map(|number| number % count).find(|&number| wanted(&self.cases[number]))
    }

    /// The next case before `from`, or the last of all, that is `wanted`; from the first on to the last.
    pub fn previous(&self, from: Option<usize>, wanted: impl Fn(&Case) -> bool) -> Option<usize> {
        let count = self.cases.len();
        let last = from.unwrap_or(0) + count;
        (last.saturating_sub(count)..last)
            .rev()
            .map(|number| number % count)
            .find(|&number| wanted(&self.cases[number]))
    }

    /// What became of a decision.
    #[must_use]
    pub fn ruling(&self, decision: &ascribe_schema::DecisionId) -> Option<&Ruling> {
        self.rulings.iter().find(|ruling| ruling.decision.id == *decision)
    }

    /// What the adjudicator has added because everybody had overlooked it.
    pub fn added(&self) -> impl Iterator<Item = &Ruling> {
        self.rulings.iter().filter(|ruling| ruling.decision.about.is_empty())
    }

    /// Decisions that no annotation is left of. They stay until the adjudicator takes them back.
    pub fn gone(&self) -> impl Iterator<Item = &Ruling> {
        self.rulings.iter().filter(|ruling| ruling.gone)
    }
}

impl Ruling {
    /// Whether nothing has changed since.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.touched.is_empty()
    }

    /// Where it lies in today's text: what it says is right, or else where it was decided.
    #[must_use]
    pub fn place(&self) -> Span {
        let ends = self.right.iter().flat_map(|right| &right.content.spans);
        let place = ends.copied().reduce(|a, b| Span { start: a.start.min(b.start), end: a.end.max(b.end) });
        place.unwrap_or(self.decision.place)
    }
}
