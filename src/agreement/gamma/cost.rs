//! How unlike two stretches are, and what a unitary alignment costs.

use crate::Stretch;

/// How a pair of two empty units counts in a unitary alignment of three or more annotators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EmptyPair {
    /// As one empty unit does, Δ∅: so does pygamma-agreement.
    #[default]
    DeltaEmpty,
    /// Not at all.
    Zero,
}

/// The combined dissimilarity with a category that is the same or not, over a number of annotators.
///
/// Mathet, Widlöcher & Métivier 2015, equations 2 to 4 and section 4.4.
#[derive(Clone, Debug)]
pub(super) struct Cost {
    pub alpha: f64,
    pub beta: f64,
    pub delta_empty: f64,
    /// For each number of stretches in a unitary alignment, what its empty pairs cost.
    empty: Vec<f64>,
}

impl Cost {
    pub fn new((alpha, beta, delta_empty): (f64, f64, f64), pair: EmptyPair, annotators: usize) -> Self {
        let pairs = |of: usize| (of * of.saturating_sub(1) / 2) as f64;
        let empty = (0..=annotators).map(|there| {
            let empty = match pair {
                EmptyPair::DeltaEmpty => pairs(annotators) - pairs(there),
                EmptyPair::Zero => (there * (annotators - there)) as f64,
            };
            empty * delta_empty
        });
        Self { alpha, beta, delta_empty, empty: empty.collect() }
    }

    pub fn annotators(&self) -> usize {
        self.empty.len() - 1
    }

    /// How unlike the places of two stretches are: `((|Δstart| + |Δend|) / (length + length))² · Δ∅`.
    pub fn positional(&self, one: &Stretch, other: &Stretch) -> f64 {
        let apart = (one.start - other.start).abs() + (one.end - other.end).abs();
        let share = apart / (one.length() + other.length());
        share * share * self.delta_empty
    }

    /// How unlike their categories are: 0 or Δ∅.
    pub fn categorical(&self, one: &Stretch, other: &Stretch) -> f64 {
        if one.category == other.category { 0.0 } else { self.delta_empty }
    }

    /// How unlike two stretches are.
    pub fn pair(&self, one: &Stretch, other: &Stretch) -> f64 {
        self.alpha * self.positional(one, other) + self.beta * self.categorical(one, other)
    }

    /// What a unitary alignment costs whose stretches are together so unlike: the sum over all pairs of annotators.
    pub fn of(&self, stretches: usize, unlike: f64) -> f64 {
        self.empty[stretches] + unlike
    }

    /// What is saved when two unitary alignments become one, less what their stretches are unlike.
    pub fn saved(&self, one: usize, other: usize) -> f64 {
        self.empty[one] + self.empty[other] - self.empty[one + other]
    }

    /// Above which dissimilarity to all its companions a stretch is better alone, however many they are.
    pub fn limit(&self) -> f64 {
        let most = (2..=self.annotators()).map(|stretches| self.saved(1, stretches - 1)).fold(0.0, f64::max);
        // A little more, so that what is as good either way is not lost to rounding.
        most * (1.0 + 1e-9)
    }

    /// How far two stretches can be apart, `|Δstart| + |Δend|`, in their summed lengths, to be aligned.
    pub fn reach(&self) -> f64 {
        (self.limit() / (self.alpha * self.delta_empty)).sqrt()
    }
}
