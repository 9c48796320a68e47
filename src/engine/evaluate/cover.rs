//! Which characters an annotation covers, white space left out.

use ascribe_schema::{Span, Text};

/// How many characters that are not white space stand before each offset of a text.
pub(super) struct Letters(Vec<u32>);

/// Characters of a text, as ranges of their numbers among those that are not white space; in order, none touching
/// another, none empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cover(Vec<(u32, u32)>);

/// How many characters two covers share, and how many are in either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Overlap {
    pub shared: u64,
    pub either: u64,
}

impl Letters {
    pub fn new(text: &Text) -> Self {
        let mut before = Vec::with_capacity(text.len().get() + 1);
        let mut count = 0;
        for c in text.as_str().chars() {
            before.push(count);
            count += u32::from(!c.is_whitespace());
        }
        before.push(count);
        Self(before)
    }

    /// The characters of all these spans, as far as they lie in the text.
    pub fn cover(&self, spans: &[Span]) -> Cover {
        let before = |offset: usize| self.0[offset.min(self.0.len() - 1)];
        let ranges = spans.iter().map(|span| (before(span.start.get()), before(span.end.get())));
        Cover::union(ranges.collect())
    }
}

impl Cover {
    /// The characters of all these ranges.
    fn union(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.retain(|(start, end)| start < end);
        ranges.sort_unstable();
        let mut united: Vec<(u32, u32)> = Vec::with_capacity(ranges.len());
        for (start, end) in ranges {
            match united.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => united.push((start, end)),
            }
        }
        Self(united)
    }

    /// The characters of all these covers.
    pub fn all<'a>(covers: impl IntoIterator<Item = &'a Self>) -> Self {
        Self::union(covers.into_iter().flat_map(|cover| cover.0.iter().copied()).collect())
    }

    /// The first and the last of its characters, and nothing for a cover without any.
    pub fn hull(&self) -> Option<(u32, u32)> {
        Some((self.0.first()?.0, self.0.last()?.1))
    }

    pub fn size(&self) -> u64 {
        self.0.iter().map(|(start, end)| u64::from(end - start)).sum()
    }

    pub fn shared(&self, other: &Self) -> u64 {
        let (mut a, mut b, mut shared) = (0, 0, 0);
        while let (Some(one), Some(two)) = (self.0.get(a), other.0.get(b)) {
            shared += u64::from(one.1.min(two.1).saturating_sub(one.0.max(two.0)));
            if one.1 < two.1 { a += 1 } else { b += 1 }
        }
        shared
    }

    pub fn overlap(&self, other: &Self) -> Overlap {
        let shared = self.shared(other);
        Overlap { shared, either: self.size() + other.size() - shared }
    }
}

impl Overlap {
    /// Whether it is at least `numerator` ÷ `denominator`, reckoned without rounding.
    pub const fn reaches(self, (numerator, denominator): (u64, u64)) -> bool {
        self.either > 0 && self.shared * denominator >= self.either * numerator
    }
}
