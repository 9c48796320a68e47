//! What comes out: annotations that somebody may accept, with the reason for each.

use std::borrow::Cow;

use ascribe_schema::Span;

/// What the rules propose for one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposals {
    /// The language by whose rules the text was read, as a BCP 47 tag; empty where there are none for it, and only its
    /// quote marks were read.
    pub language: Cow<'static, str>,
    /// The annotations, in the order of the text.
    pub annotations: Vec<Proposal>,
    /// The ties between them.
    pub relations: Vec<Tie>,
}

/// One annotation that is proposed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposal {
    /// The label: `quote`, `source`, `denial` or `claim`.
    pub label: &'static str,
    /// The fragments, in the order of the text, none empty, none touching another.
    pub spans: Vec<Span>,
    /// Values by the name of the attribute, as the default scheme has them.
    pub attributes: Vec<(&'static str, Cow<'static, str>)>,
    /// How sure it is, from 0 to 1.
    pub score: f32,
    /// The rule that proposes it, such as `quote.before`.
    pub rule: &'static str,
    /// The words that made the rule propose it, such as `said`.
    pub because: Vec<Span>,
}

/// A typed, directed tie between two proposals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The relation type, as the default scheme has it.
    pub kind: &'static str,
    /// Which annotation it starts from, by its place in [`Proposals::annotations`].
    pub from: usize,
    /// Which annotation it leads to, likewise.
    pub to: usize,
}
