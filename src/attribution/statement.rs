//! What the rules of a language find beside utterances: denials and claims, before they become proposals. Positions are
//! bytes.

use std::ops::Range;

/// How firmly something is denied, as the default scheme has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// It is said to be wrong.
    Outright,
    /// Some of it is, or it is doubted.
    Partial,
    /// It is neither confirmed nor denied.
    NonDenial,
    /// Nothing is said, on purpose.
    NoComment,
    /// What was said is taken back.
    Retraction,
}

impl Strength {
    /// The word of the default scheme.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Outright => "outright",
            Self::Partial => "partial",
            Self::NonDenial => "non_denial",
            Self::NoComment => "no_comment",
            Self::Retraction => "retraction",
        }
    }
}

/// What a denial is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Object {
    /// Nothing is named.
    #[default]
    Nothing,
    /// A clause that stands in the denial: `having met him`, `whether he knew`.
    Clause(Range<usize>),
    /// Words that point to what was said before: `the allegations`, `it`.
    Earlier(Range<usize>),
}

/// An expression by which somebody denies something.
#[derive(Clone, Debug)]
pub struct Denial {
    /// From its verb, with auxiliaries and negation, to the end of its object.
    pub range: Range<usize>,
    /// Who denies.
    pub source: Option<Range<usize>>,
    /// How firmly.
    pub strength: Strength,
    /// What.
    pub object: Object,
    /// The words that make it a denial.
    pub cue: Range<usize>,
    /// The rule by which it was found.
    pub rule: &'static str,
    /// How sure it is, from 0 to 1.
    pub score: f32,
}

/// A proposition that could be true or false, and that somebody might check.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Its clause.
    pub range: Range<usize>,
    /// How much it is worth checking, from 0 to 1.
    pub score: f32,
    /// The words that make it worth checking.
    pub cue: Vec<Range<usize>>,
    /// The rule by which it was found.
    pub rule: &'static str,
    /// Whether it says that something is not so.
    pub negative: bool,
    /// How sure the text makes it sound, where that is evident.
    pub certainty: Option<&'static str>,
}
