//! How many fragments lie on each part of a text, for a map of all of it.

use ascribe_schema::{Offset, Span};

/// The most parts a text is divided into.
const PARTS: usize = 2048;

/// How many fragments lie on each of at most 2,048 equal parts of a text.
///
/// Only how many begin and how many end in each part is kept, so that an edit costs the same wherever it is
/// and however long, and parts can be joined without looking at any fragment when the text proves longer.
#[derive(Clone, Debug, Default)]
pub struct Density {
    /// Characters in a part, as a power of two.
    shift: u32,
    begin: Vec<u32>,
    end: Vec<u32>,
}

impl Density {
    /// Counts a fragment.
    pub(crate) fn add(&mut self, span: Span) {
        while last(span) >> self.shift >= PARTS {
            self.shift += 1;
            for counts in [&mut self.begin, &mut self.end] {
                *counts = counts.chunks(2).map(|pair| pair.iter().sum()).collect();
            }
        }
        let (first, last) = self.places(span);
        let parts = self.begin.len().max(last + 1);
        self.begin.resize(parts, 0);
        self.end.resize(parts, 0);
        self.begin[first] += 1;
        self.end[last] += 1;
    }

    /// No longer counts a fragment that was counted.
    pub(crate) fn remove(&mut self, span: Span) {
        let (first, last) = self.places(span);
        for (counts, place) in [(&mut self.begin, first), (&mut self.end, last)] {
            if let Some(count) = counts.get_mut(place) {
                *count = count.saturating_sub(1);
            }
        }
    }

    fn places(&self, span: Span) -> (usize, usize) {
        (span.start.get() >> self.shift, last(span) >> self.shift)
    }

    /// The parts on which a fragment lies, in order, with how many do.
    pub fn parts(&self) -> impl Iterator<Item = (Span, u32)> {
        let mut open = 0;
        let place = |part: usize| Offset((part << self.shift) as u32);
        self.begin.iter().zip(&self.end).enumerate().filter_map(move |(part, (begin, end))| {
            let here = open + begin;
            open = here.saturating_sub(*end);
            (here > 0).then(|| (Span { start: place(part), end: place(part + 1) }, here))
        })
    }
}

/// The last character of a fragment.
fn last(span: Span) -> usize {
    span.end.minus(1).max(span.start).get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_what_a_full_scan_counts() {
        let mut state = 7_u64;
        let mut random = |below: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) as u32) % below
        };
        let mut density = Density::default();
        let mut all = Vec::new();
        // Further into the text from turn to turn, so that parts must be joined while some are taken away.
        for turn in 1..40 {
            for _ in 0..20 {
                let start = random(turn * 1000);
                let span = Span::new(start, start + 1 + random(if turn % 5 == 0 { 9000 } else { 60 }));
                density.add(span);
                all.push(span);
            }
            for _ in 0..7 {
                density.remove(all.swap_remove(random(all.len() as u32) as usize));
            }
            let parts: Vec<_> = density.parts().collect();
            for (part, count) in &parts {
                assert_eq!(*count as usize, all.iter().filter(|span| span.overlaps(*part)).count(), "{part}");
            }
            let shown = |span: &&Span| parts.iter().any(|(part, _)| part.contains(span.start));
            assert_eq!(all.iter().filter(shown).count(), all.len());
        }
        all.into_iter().for_each(|span| density.remove(span));
        assert_eq!(density.parts().count(), 0);
    }
}
