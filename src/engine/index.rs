//! Which annotations lie on a stretch of text: an index over spans that follows every edit.

use std::collections::BTreeMap;

use ascribe_schema::{AnnotationId, Offset, Span};

/// Characters in a bin of the lowest level, as a power of two.
const LOWEST: u32 = 8;
/// How many times larger each level's bins are, as a power of two.
const FACTOR: u32 = 3;
/// Enough levels for the last one to hold any span.
const LEVELS: u32 = 9;

/// An index over the fragments of annotations.
///
/// Each fragment lies in the smallest bin that holds all of it, so an edit touches one bin and a query
/// looks into the few bins of each level that the stretch meets (the binning scheme of Kent et al., "The
/// Human Genome Browser at UCSC", Genome Research 12:996, 2002).
#[derive(Clone, Debug, Default)]
pub struct SpanIndex {
    bins: BTreeMap<(u32, u32), Vec<(Span, AnnotationId)>>,
}

impl SpanIndex {
    /// Adds a fragment of an annotation.
    pub fn insert(&mut self, span: Span, id: &AnnotationId) {
        self.bins.entry(bin_of(span)).or_default().push((span, id.clone()));
    }

    /// Takes a fragment out again.
    pub fn remove(&mut self, span: Span, id: &AnnotationId) {
        let bin = bin_of(span);
        if let Some(entries) = self.bins.get_mut(&bin) {
            entries.retain(|(other, other_id)| *other != span || other_id != id);
            if entries.is_empty() {
                self.bins.remove(&bin);
            }
        }
    }

    /// The fragments that share a character with `stretch`, ordered by start, then the longer first,
    /// then by id.
    #[must_use]
    pub fn overlapping(&self, stretch: Span) -> Vec<(Span, AnnotationId)> {
        let mut found = Vec::new();
        if stretch.is_empty() {
            return found;
        }
        for level in 0..LEVELS {
            let shift = LOWEST + FACTOR * level;
            let (first, last) = (shifted(stretch.start.0, shift), shifted(stretch.end.0 - 1, shift));
            for (_, entries) in self.bins.range((level, first)..=(level, last)) {
                found.extend(entries.iter().filter(|(span, _)| span.overlaps(stretch)).cloned());
            }
        }
        found.sort_unstable_by(|(a, a_id), (b, b_id)| (a.start, b.end, a_id).cmp(&(b.start, a.end, b_id)));
        found
    }

    /// The fragments on the character at `offset`, ordered as [`SpanIndex::overlapping`].
    #[must_use]
    pub fn at(&self, offset: Offset) -> Vec<(Span, AnnotationId)> {
        self.overlapping(Span { start: offset, end: offset.plus(1) })
    }
}

fn shifted(position: u32, shift: u32) -> u32 {
    position.checked_shr(shift).unwrap_or(0)
}

fn bin_of(span: Span) -> (u32, u32) {
    let (start, last) = (span.start.0, span.end.0.saturating_sub(1).max(span.start.0));
    let fits = |level: &u32| shifted(start, LOWEST + FACTOR * level) == shifted(last, LOWEST + FACTOR * level);
    let level = (0..LEVELS).find(fits).unwrap_or(LEVELS - 1);
    (level, shifted(start, LOWEST + FACTOR * level))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_a_full_scan_finds() {
        let mut state = 7_u64;
        let mut random = |below: u32| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) as u32) % below
        };
        let mut index = SpanIndex::default();
        let mut all = Vec::new();
        for n in 0..800 {
            let start = random(100_000);
            let length = 1 + random(if n % 10 == 0 { 50_000 } else { 300 });
            let span = Span::new(start, start + length);
            let id = AnnotationId::from_bits(n);
            index.insert(span, &id);
            all.push((span, id));
        }
        for (span, id) in all.split_off(600) {
            index.remove(span, &id);
        }
        for _ in 0..500 {
            let start = random(100_000);
            let stretch = Span::new(start, start + 1 + random(3000));
            let mut expected: Vec<_> = all.iter().filter(|(span, _)| span.overlaps(stretch)).cloned().collect();
            expected.sort_by(|(a, i), (b, j)| (a.start, b.end, i).cmp(&(b.start, a.end, j)));
            assert_eq!(index.overlapping(stretch), expected);
        }
    }
}
