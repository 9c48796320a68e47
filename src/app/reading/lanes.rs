//! Where the underlines of annotations run, so that those that overlap lie side by side.

use std::collections::{BTreeMap, HashMap};

use ascribe_engine::WorkingSet;
use ascribe_schema::{AnnotationId, Offset, Span};

/// How many underlines fit below a line; the rest is counted.
pub const LANES: usize = 5;

/// The fragments of annotations in a paragraph, with the lanes that they run in.
#[derive(Clone, Debug, Default)]
pub struct Lanes {
    /// The fragments that are drawn, with their annotation and its lane.
    pub drawn: Vec<(Span, AnnotationId, usize)>,
    /// The fragments for which there was no lane.
    pub hidden: Vec<(Span, AnnotationId)>,
    /// The fragments that say that this is not the article.
    pub paratext: Vec<Span>,
    /// The fragments that say that it is, though it was proposed as something else.
    pub kept: Vec<Span>,
}

impl Lanes {
    /// Gives the annotations on a paragraph their lanes.
    #[must_use]
    pub fn new(set: &WorkingSet, paragraph: Span) -> Self {
        let mut lanes = Self::default();
        let mut fragments = set.index().overlapping(paragraph);
        fragments.retain(|(span, id)| match set.annotation(id).and_then(|annotation| annotation.paratext()) {
            Some(true) => {
                lanes.paratext.push(*span);
                false
            }
            Some(false) => {
                lanes.kept.push(*span);
                false
            }
            None => true,
        });
        let places = places(&fragments);
        for (span, id) in fragments {
            match places.get(&id) {
                Some(&lane) => lanes.drawn.push((span, id, lane)),
                None => lanes.hidden.push((span, id)),
            }
        }
        lanes
    }

    /// The lane of an annotation; none when it is hidden, or not in this paragraph.
    #[must_use]
    pub fn of(&self, id: &AnnotationId) -> Option<usize> {
        self.drawn.iter().find(|(_, other, _)| other == id).map(|(_, _, lane)| *lane)
    }

    /// How many lanes are in use.
    #[must_use]
    pub fn used(&self) -> usize {
        self.drawn.iter().map(|(_, _, lane)| lane + 1).max().unwrap_or(0)
    }
}

/// The lane of each annotation in a paragraph, 0 next to the letters, from its fragments there; those for
/// which no lane is free are not in it.
///
/// All fragments of an annotation have one lane. Annotations that start earlier, or are longer, come
/// nearer to the letters; each takes the first lane that is free all along.
fn places(fragments: &[(Span, AnnotationId)]) -> BTreeMap<AnnotationId, usize> {
    let mut extents: HashMap<&AnnotationId, Span> = HashMap::with_capacity(fragments.len());
    for (span, id) in fragments {
        let extent = extents.entry(id).or_insert(*span);
        *extent = Span { start: extent.start.min(span.start), end: extent.end.max(span.end) };
    }
    let mut order: Vec<_> = extents.into_iter().collect();
    order.sort_by_key(|(id, extent)| (extent.start, std::cmp::Reverse(extent.end), *id));
    let mut ends = [Offset::ZERO; LANES];
    let mut places = BTreeMap::new();
    for (id, extent) in order {
        if let Some(lane) = ends.iter().position(|&end| end <= extent.start) {
            ends[lane] = extent.end;
            places.insert(id.clone(), lane);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(spans: &[(u32, u32, u64)]) -> Vec<Option<usize>> {
        let fragments: Vec<_> =
            spans.iter().map(|&(start, end, id)| (Span::new(start, end), AnnotationId::from_bits(id))).collect();
        let places = places(&fragments);
        fragments.iter().map(|(_, id)| places.get(id).copied()).collect()
    }

    #[test]
    fn what_overlaps_lies_side_by_side() {
        assert_eq!(of(&[(0, 10, 1), (2, 5, 2), (6, 9, 3), (12, 14, 4)]), [0, 1, 1, 0].map(Some));
        assert_eq!(of(&[(0, 10, 1), (5, 15, 2), (10, 12, 3)]), [0, 1, 0].map(Some));
    }

    #[test]
    fn fragments_of_one_annotation_share_a_lane_that_is_free_between_them() {
        assert_eq!(of(&[(0, 5, 1), (20, 25, 1), (8, 10, 2), (30, 31, 3)]), [0, 0, 1, 0].map(Some));
    }

    #[test]
    fn the_sixth_on_the_same_words_has_no_lane() {
        let same: Vec<_> = (0..7).map(|id| (0, 9, id)).collect();
        assert_eq!(of(&same), [Some(0), Some(1), Some(2), Some(3), Some(4), None, None]);
        assert_eq!(of(&[(0, 9, 0), (9, 12, 1)]), [Some(0), Some(0)], "what only touches is free");
    }
}
