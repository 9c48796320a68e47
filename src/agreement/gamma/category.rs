//! γ-cat and γ-k: how far the categories of aligned stretches agree, all together and one by one.
//!
//! Mathet 2017, section 4.2.5, with what pygamma-agreement adds: a stretch without a counterpart counts as a wholly
//! different category, with the weight Δ∅ for each annotator who has none.

use super::{Unitary, cost::Cost};
use crate::Stretch;

/// Disagreement on categories in one alignment.
#[derive(Clone, Debug)]
pub(super) struct Disagreement {
    pub all: Sum,
    /// For each category, of the pairs in which at least one stretch has it.
    pub of: Vec<Sum>,
}

/// Weighted dissimilarities of pairs, summed up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sum {
    unlike: f64,
    weight: f64,
    /// How many pairs are of two stretches.
    pub pairs: usize,
    /// Whether there is any pair at all.
    any: bool,
}

impl Sum {
    fn add(&mut self, unlike: f64, weight: f64, aligned: bool) {
        self.unlike += unlike * weight;
        self.weight += weight;
        self.pairs += usize::from(aligned);
        self.any = true;
    }

    /// The weighted mean. Without aligned stretches it is 0, and 1 where there is none of the category at all.
    pub fn mean(&self) -> f64 {
        match (self.pairs, self.any) {
            (0, false) => 1.0,
            (0, true) => 0.0,
            _ if self.unlike == 0.0 => 0.0,
            _ => self.unlike / self.weight,
        }
    }
}

/// How far the categories of an alignment disagree.
pub(super) fn disagreement(
    alignment: &[Unitary],
    stretches: &[Vec<Stretch>],
    categories: usize,
    cost: &Cost,
) -> Disagreement {
    let mut sums = Disagreement { all: Sum::default(), of: vec![Sum::default(); categories] };
    for unitary in alignment {
        let there: Vec<&Stretch> = unitary.members.iter().zip(stretches).filter_map(|(n, of)| of.get((*n)?)).collect();
        // Each stretch is in this many pairs, which together weigh as much as one.
        let share = 1.0 / there.len().saturating_sub(1).max(1) as f64;
        for (number, one) in there.iter().enumerate() {
            for other in &there[number + 1..] {
                let sure = (1.0 - cost.alpha * cost.positional(one, other)).max(0.0);
                sums.add((one, Some(other)), cost.categorical(one, other), share * sure);
            }
            for _ in there.len()..stretches.len() {
                sums.add((one, None), cost.delta_empty, cost.delta_empty);
            }
        }
    }
    sums
}

impl Disagreement {
    fn add(&mut self, pair: (&Stretch, Option<&&Stretch>), unlike: f64, weight: f64) {
        let aligned = pair.1.is_some();
        self.all.add(unlike, weight, aligned);
        self.of[pair.0.category].add(unlike, weight, aligned);
        if let Some(other) = pair.1.filter(|other| other.category != pair.0.category) {
            self.of[other.category].add(unlike, weight, aligned);
        }
    }
}
