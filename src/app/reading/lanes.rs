//! Where the underlines of annotations run, so that those that overlap lie side by side.

use std::collections::{BTreeMap, HashMap};

use ascribe_engine::WorkingSet;
use ascribe_schema::{AnnotationId, Span};

use super::shown::Shown;

/// How many underlines fit below a line; the rest is counted.
pub const LANES: usize = 5;

/// The fragments of annotations in a paragraph, with the lanes that they run in.
#[derive(Clone, Debug, Default)]
pub struct Lanes {
    /// The fragments that are drawn, with their annotation and its lane.
    pub drawn: Vec<(Span, AnnotationId, usize)>,
    /// The fragments of suggestions that are drawn, likewise.
    pub suggested: Vec<(Span, AnnotationId, usize)>,
    /// The fragments of tags for which there was no lane.
    pub hidden: Vec<(Span, AnnotationId)>,
    /// The fragments that say that this is not the article.
    pub paratext: Vec<Span>,
    /// The fragments that say that it is, though it was proposed as something else.
    pub kept: Vec<Span>,
}

impl Lanes {
    /// Gives the tags on a paragraph their lanes, and suggestions those that are left.
    #[must_use]
    pub fn new(shown: Shown<'_>, paragraph: Span) -> Self {
        let mut lanes = Self::default();
        let here = |set: Option<&WorkingSet>| set.map(|set| set.index().overlapping(paragraph)).unwrap_or_default();
        let mut fragments = here(shown.set);
        fragments.retain(|(span, id)| match shown.annotation(id).and_then(|annotation| annotation.paratext()) {
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
        let mut taken = Taken::default();
        let places = taken.places(&fragments);
        for (span, id) in fragments {
            match places.get(&id) {
                Some(&lane) => lanes.drawn.push((span, id, lane)),
                None => lanes.hidden.push((span, id)),
            }
        }
        let suggested = here(shown.suggested);
        let places = taken.places(&suggested);
        let lane = |(span, id): (Span, AnnotationId)| places.get(&id).map(|&lane| (span, id, lane));
        lanes.suggested = suggested.into_iter().filter_map(lane).collect();
        lanes
    }

    /// Everything that is drawn: suggestions, and tags over them.
    pub fn all(&self) -> impl Iterator<Item = &(Span, AnnotationId, usize)> {
        self.suggested.iter().chain(&self.drawn)
    }

    /// The lane of a tag or suggestion; none when it is hidden, or not in this paragraph.
    #[must_use]
    pub fn of(&self, id: &AnnotationId) -> Option<usize> {
        self.all().find(|(_, other, _)| other == id).map(|(_, _, lane)| *lane)
    }

    /// How many lanes are in use.
    #[must_use]
    pub fn used(&self) -> usize {
        self.all().map(|(_, _, lane)| lane + 1).max().unwrap_or(0)
    }
}

/// Which parts of each lane are taken, in order.
#[derive(Default)]
struct Taken([Vec<Span>; LANES]);

impl Taken {
    /// The lane of each annotation in a paragraph, 0 next to the letters, from its fragments there; those for
    /// which no lane is free are not in it.
    ///
    /// All fragments of an annotation have one lane. Annotations that start earlier, or are longer, come
    /// nearer to the letters; each takes the first lane that is free all along.
    fn places(&mut self, fragments: &[(Span, AnnotationId)]) -> BTreeMap<AnnotationId, usize> {
        let mut extents: HashMap<&AnnotationId, Span> = HashMap::with_capacity(fragments.len());
        for (span, id) in fragments {
            let extent = extents.entry(id).or_insert(*span);
            *extent = Span { start: extent.start.min(span.start), end: extent.end.max(span.end) };
        }
        let mut order: Vec<_> = extents.into_iter().collect();
        order.sort_by_key(|(id, extent)| (extent.start, std::cmp::Reverse(extent.end), *id));
        order.into_iter().filter_map(|(id, extent)| Some((id.clone(), self.take(extent)?))).collect()
    }

    fn take(&mut self, extent: Span) -> Option<usize> {
        let before = |lane: &Vec<Span>| lane.partition_point(|other| other.end <= extent.start);
        let free = |lane: &Vec<Span>| lane.get(before(lane)).is_none_or(|other| other.start >= extent.end);
        let number = self.0.iter().position(free)?;
        let lane = &mut self.0[number];
        lane.insert(before(lane), extent);
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(spans: &[(u32, u32, u64)]) -> Vec<Option<usize>> {
        let fragments: Vec<_> =
            spans.iter().map(|&(start, end, id)| (Span::new(start, end), AnnotationId::from_bits(id))).collect();
        let places = Taken::default().places(&fragments);
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

    #[test]
    fn suggestions_take_what_tags_leave_free() {
        let id = AnnotationId::from_bits;
        let mut taken = Taken::default();
        taken.places(&[(Span::new(5, 10), id(1)), (Span::new(20, 30), id(2))]);
        let suggested: Vec<_> = [(0, 5), (10, 20), (8, 12), (28, 40)]
            .into_iter()
            .zip(3..)
            .map(|((a, b), n)| (Span::new(a, b), id(n)))
            .collect();
        let places = taken.places(&suggested);
        let lanes: Vec<_> = suggested.iter().map(|(_, id)| places.get(id).copied()).collect();
        assert_eq!(lanes, [Some(0), Some(0), Some(1), Some(1)], "between tags, else below them");
    }
}
