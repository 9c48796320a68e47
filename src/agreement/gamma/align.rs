//! The best alignment of stretches, with its disorder.

use super::{
    cost::Cost,
    near::{Place, near, places},
    search::best,
};
use crate::Stretch;

/// Stretches of several annotators that are taken for the same thing, at most one of each.
#[derive(Clone, Debug, PartialEq)]
pub struct Unitary {
    /// For each annotator the number of their stretch, if they have one there.
    pub members: Vec<Option<usize>>,
    /// The mean dissimilarity of all pairs of annotators.
    pub disorder: f64,
}

/// Unitary alignments in which every stretch is exactly once, from left to right.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// The unitary alignments.
    pub unitary: Vec<Unitary>,
    /// The sum of their disorders by the mean number of stretches of an annotator.
    pub disorder: f64,
    /// No alignment has less disorder than this; as much as `disorder` where the alignment is proven to be the best.
    pub least: f64,
}

/// The best alignment of at least one stretch of at least two annotators.
pub(super) fn align(stretches: &[Vec<Stretch>], cost: &Cost) -> Alignment {
    let places = places(stretches);
    let near = near(&places, cost);
    let (columns, solved) = best(&places, &near, cost);
    let annotators = stretches.len();
    let pairs = (annotators * (annotators - 1) / 2) as f64;
    let unitary = solved.chosen.iter().map(|column| {
        let (mut members, mut unlike) = (vec![None; annotators], 0.0);
        let there: Vec<&Place> = columns.members(*column as usize).iter().map(|n| &places[*n as usize]).collect();
        for (number, place) in there.iter().enumerate() {
            members[place.annotator as usize] = Some(place.number as usize);
            unlike += there[..number].iter().map(|other| cost.pair(&other.stretch, &place.stretch)).sum::<f64>();
        }
        Unitary { members, disorder: cost.of(there.len(), unlike) / pairs }
    });
    let unitary: Vec<Unitary> = unitary.collect();
    let each = places.len() as f64 / annotators as f64;
    let disorder = unitary.iter().map(|unitary| unitary.disorder).sum::<f64>() / each;
    let least = if solved.best { disorder } else { (solved.least / pairs / each).min(disorder) };
    Alignment { unitary, disorder, least }
}
