//! Where the underlines of annotations run, so that those that overlap lie side by side.

use std::collections::BTreeMap;

use ascribe_schema::{AnnotationId, Offset, Span};

/// How many underlines fit below a line; the rest is counted.
pub const LANES: usize = 5;

/// The lane of each annotation in a paragraph, 0 next to the letters, from its fragments there.
///
/// All fragments of an annotation have one lane. Annotations that start earlier, or are longer, come
/// nearer to the letters; each takes the first lane that is free all along.
pub fn lanes(fragments: &[(Span, AnnotationId)]) -> BTreeMap<AnnotationId, usize> {
    let mut extents: BTreeMap<&AnnotationId, Span> = BTreeMap::new();
    for (span, id) in fragments {
        let extent = extents.entry(id).or_insert(*span);
        *extent = Span { start: extent.start.min(span.start), end: extent.end.max(span.end) };
    }
    let mut order: Vec<_> = extents.into_iter().collect();
    order.sort_by_key(|(id, extent)| (extent.start, std::cmp::Reverse(extent.end), *id));
    let mut ends: Vec<Offset> = Vec::new();
    let mut lanes = BTreeMap::new();
    for (id, extent) in order {
        let free = ends.iter().position(|&end| end <= extent.start);
        let lane = free.unwrap_or_else(|| {
            ends.push(Offset::ZERO);
            ends.len() - 1
        });
        ends[lane] = extent.end;
        lanes.insert(id.clone(), lane);
    }
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(spans: &[(u32, u32, u64)]) -> Vec<usize> {
        let fragments: Vec<_> =
            spans.iter().map(|&(start, end, id)| (Span::new(start, end), AnnotationId::from_bits(id))).collect();
        let lanes = lanes(&fragments);
        fragments.iter().map(|(_, id)| lanes[id]).collect()
    }

    #[test]
    fn what_overlaps_lies_side_by_side() {
        assert_eq!(of(&[(0, 10, 1), (2, 5, 2), (6, 9, 3), (12, 14, 4)]), [0, 1, 1, 0]);
        assert_eq!(of(&[(0, 10, 1), (5, 15, 2), (10, 12, 3)]), [0, 1, 0]);
    }

    #[test]
    fn fragments_of_one_annotation_share_a_lane_that_is_free_between_them() {
        assert_eq!(of(&[(0, 5, 1), (20, 25, 1), (8, 10, 2), (30, 31, 3)]), [0, 0, 1, 0]);
    }
}
