//! A disorder below which no alignment can be, for continua with too many unitary alignments to look at.

use super::{
    cost::Cost,
    near::{Near, Place},
};

/// A cost below which no alignment can be.
///
/// A unitary alignment is shared out: each stretch pays an equal part for the empty units, and half of what it and the
/// others are unlike. No stretch pays less than with the nearest ones of the others, for the best number of them.
pub(super) fn bound(places: &[Place], near: &[Vec<Near>], cost: &Cost) -> f64 {
    let annotators = cost.annotators();
    let mut nearest = vec![f64::INFINITY; places.len() * annotators];
    let mut note = |of: usize, other: usize, unlike: f64| {
        let known = &mut nearest[of * annotators + places[other].annotator as usize];
        *known = known.min(unlike);
    };
    for (one, near) in near.iter().enumerate() {
        for other in near {
            note(one, other.place as usize, other.unlike);
            note(other.place as usize, one, other.unlike);
        }
    }
    let pays = |nearest: &mut [f64]| {
        nearest.sort_by(f64::total_cmp);
        let mut unlike = 0.0;
        let with = nearest.iter().enumerate().map(|(others, next)| {
            let share = cost.of(others + 1, 0.0) / (others + 1) as f64 + unlike / 2.0;
            unlike += next;
            share
        });
        with.fold(f64::INFINITY, f64::min)
    };
    nearest.chunks_mut(annotators).map(pays).sum()
}
