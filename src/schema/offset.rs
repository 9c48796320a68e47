//! Positions in a text: Unicode scalar values, counted from 0.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A position in a document's text, counted in Unicode scalar values from 0.
///
/// This is the only unit that annotations use. Bytes and UTF-16 code units appear where a format or a
/// library asks for them, and are converted there by [`Text`](crate::Text).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Offset(pub u32);

impl Offset {
    /// The start of every text.
    pub const ZERO: Self = Self(0);

    /// The offset as an index, for arithmetic with lengths.
    #[must_use]
    pub const fn get(self) -> usize {
        self.0 as usize
    }

    /// The offset `n` scalar values later.
    #[must_use]
    pub const fn plus(self, n: u32) -> Self {
        Self(self.0.saturating_add(n))
    }

    /// The offset `n` scalar values earlier, or the start of the text.
    #[must_use]
    pub const fn minus(self, n: u32) -> Self {
        Self(self.0.saturating_sub(n))
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A half-open range of offsets, `[start, end)`; written as `(412, 517)`.
///
/// Ordered by start, then by end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(Offset, Offset)", into = "(Offset, Offset)")]
pub struct Span {
    /// The first position inside.
    pub start: Offset,
    /// The first position after.
    pub end: Offset,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start: Offset(start), end: Offset(end) }
    }

    /// The span between two positions, whichever comes first.
    #[must_use]
    pub fn between(a: Offset, b: Offset) -> Self {
        Self { start: a.min(b), end: a.max(b) }
    }

    /// How many scalar values lie inside; 0 for a span whose end is not after its start.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.0.saturating_sub(self.start.0)
    }

    /// Whether nothing lies inside.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end.0 <= self.start.0
    }

    /// Whether the character at `offset` lies inside.
    #[must_use]
    pub fn contains(self, offset: Offset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether all of `other` lies inside.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one character.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The part that both share, if any.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        let both = Self { start: self.start.max(other.start), end: self.end.min(other.end) };
        (!both.is_empty()).then_some(both)
    }
}

impl From<(Offset, Offset)> for Span {
    fn from((start, end): (Offset, Offset)) -> Self {
        Self { start, end }
    }
}

impl From<Span> for (Offset, Offset) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.start, self.end)
    }
}
