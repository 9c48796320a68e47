//! Which characters an annotation covers, those of all its fragments in one set.

use std::borrow::Cow;

use ascribe_schema::Span;

/// Characters of a text, as spans in the order of the text, none touching another, none empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cover<'a>(Cow<'a, [Span]>);

/// How many characters two covers share, and how many are in either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Overlap {
    pub shared: u64,
    pub either: u64,
}

impl<'a> Cover<'a> {
    /// The characters of all these spans.
    pub fn new(spans: &'a [Span]) -> Self {
        let apart = spans.windows(2).all(|two| two[0].end < two[1].start);
        if apart && spans.iter().all(|span| !span.is_empty()) {
            return Self(Cow::Borrowed(spans));
        }
        let mut sorted: Vec<Span> = spans.iter().copied().filter(|span| !span.is_empty()).collect();
        sorted.sort_unstable();
        let mut united: Vec<Span> = Vec::with_capacity(sorted.len());
        for span in sorted {
            match united.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => united.push(span),
            }
        }
        Self(Cow::Owned(united))
    }

    /// From the first character to the last; nothing for a cover without any.
    pub fn hull(&self) -> Option<Span> {
        Some(Span { start: self.0.first()?.start, end: self.0.last()?.end })
    }

    pub fn size(&self) -> u64 {
        self.0.iter().map(|span| u64::from(span.len())).sum()
    }

    pub fn overlap(&self, other: &Self) -> Overlap {
        let (mut a, mut b, mut shared) = (0, 0, 0);
        while let (Some(one), Some(two)) = (self.0.get(a), other.0.get(b)) {
            shared += one.intersection(*two).map_or(0, |both| u64::from(both.len()));
            if one.end < two.end { a += 1 } else { b += 1 }
        }
        Overlap { shared, either: self.size() + other.size() - shared }
    }
}

impl Overlap {
    /// Whether the two are the same characters, of which there are some.
    pub fn is_all(self) -> bool {
        self.shared == self.either && self.shared > 0
    }

    /// Whether they share at least half of what is in either.
    pub fn is_half(self) -> bool {
        self.shared > 0 && 2 * self.shared >= self.either
    }

    /// The share of what is in either that is in both, in units of 1 ÷ `one`, rounded down.
    pub fn share(self, one: u64) -> u64 {
        (self.shared * one).checked_div(self.either).unwrap_or_default()
    }
}
