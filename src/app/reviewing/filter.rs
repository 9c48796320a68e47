//! Which cases are listed.

use ascribe_engine::{
    adjudicate::{Case, CaseState},
    agreement::DifferenceKind,
};
use ascribe_schema::{AnnotatorName, Scheme};

use super::compared::Compared;

/// Which cases are listed; nothing where it does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// What differs.
    pub kind: Option<DifferenceKind>,
    /// A label that somebody gave.
    pub label: Option<String>,
    /// Somebody who has a tag there.
    pub annotator: Option<AnnotatorName>,
    /// What became of it.
    pub state: Option<State>,
    /// Whether what is the same for everybody is listed, too.
    pub identical: bool,
}

/// What a kind of difference is called here.
#[must_use]
pub fn kind_name(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Missing => "found by some",
        DifferenceKind::Target => "other tie",
        kind => kind.name(),
    }
}

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing was decided.
    Open,
    /// It was decided, and something has changed since.
    Stale,
    /// It was put off.
    Deferred,
    /// It was decided.
    Decided,
}

impl State {
    /// All, in the order in which they want attention.
    pub const ALL: [Self; 4] = [Self::Open, Self::Stale, Self::Deferred, Self::Decided];

    /// What became of a case.
    #[must_use]
    pub fn of(case: &Case) -> Self {
        match case.state {
            CaseState::Open => Self::Open,
            CaseState::Standing(_) => Self::Decided,
            CaseState::Deferred(_) => Self::Deferred,
            CaseState::Stale(..) => Self::Stale,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Stale => "changed since",
            Self::Deferred => "put off",
            Self::Decided => "decided",
        }
    }

    /// What stands for it.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Open => "○",
            Self::Stale => "!",
            Self::Deferred => "…",
            Self::Decided => "●",
        }
    }
}

impl Filter {
    /// Whether it leaves nothing out but what is the same for everybody.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self { identical: self.identical, ..Self::default() }
    }

    /// Drops what cannot be chosen, as other people are compared or the scheme has changed.
    pub fn fit(&mut self, compared: &Compared, scheme: &Scheme) {
        self.label.take_if(|label| scheme.label(label).is_none());
        self.annotator.take_if(|name| compared.comparison.side(name).is_none());
    }

    /// The numbers of the cases that are listed.
    #[must_use]
    pub fn cases(&self, compared: &Compared) -> Vec<usize> {
        let cases = compared.adjudication.cases.iter().enumerate();
        cases.filter(|(number, case)| self.fits(compared, *number, case)).map(|(number, _)| number).collect()
    }

    fn fits(&self, compared: &Compared, number: usize, case: &Case) -> bool {
        let mut members = compared.members(number);
        let has = |name: &AnnotatorName| case.inputs.iter().any(|input| input.annotator == *name);
        let state = State::of(case);
        // What must be looked at again is listed, even where all are of one mind by now.
        (self.identical || !case.unit.differs.is_nothing() || state == State::Stale)
            && self.kind.is_none_or(|kind| case.unit.differs.all().iter().any(|one| one.kind == kind))
            && self.label.as_ref().is_none_or(|label| members.any(|(_, annotation)| annotation.label == *label))
            && self.annotator.as_ref().is_none_or(has)
            && self.state.is_none_or(|wanted| wanted == state)
    }
}

/// How many cases there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Cases that differ.
    pub differing: usize,
    /// Cases that are the same for everybody.
    pub same: usize,
    /// Of these, those about which nothing was decided.
    pub unanimous: usize,
    /// Cases of each state, differing or not.
    pub states: [usize; 4],
}

impl Count {
    /// Counts the cases.
    #[must_use]
    pub fn new(compared: &Compared) -> Self {
        let mut count = Self::default();
        for case in &compared.adjudication.cases {
            let (same, state) = (case.unit.differs.is_nothing(), State::of(case));
            *if same { &mut count.same } else { &mut count.differing } += 1;
            count.unanimous += usize::from(case.is_unanimous() && state == State::Open);
            if let Some(number) = State::ALL.iter().position(|other| *other == state) {
                count.states[number] += 1;
            }
        }
        count
    }

    /// How many have that state.
    #[must_use]
    pub fn of(&self, state: State) -> usize {
        State::ALL.iter().position(|other| *other == state).map_or(0, |number| self.states[number])
    }

    /// How many there are.
    #[must_use]
    pub fn all(&self) -> usize {
        self.differing + self.same
    }
}
