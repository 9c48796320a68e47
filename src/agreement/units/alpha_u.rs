//! Krippendorff's first α of unitizing, from 1995.

use super::{Stretch, Units};
use crate::{Figure, Undefined};

/// Agreement on units, with what it is made of.
#[derive(Clone, Debug)]
pub struct AlphaU {
    /// [`crate::measures::ALPHA_U`] over all categories.
    pub total: Figure,
    /// The sum of the categories' observed disagreement.
    pub observed: f64,
    /// The sum of their expected disagreement.
    pub expected: f64,
    /// For each category its name and its own.
    pub by_category: Vec<(String, Disagreement)>,
}

/// Disagreement about the units of one category.
#[derive(Clone, Copy, Debug)]
pub struct Disagreement {
    /// α of the category.
    pub alpha: Figure,
    /// Observed disagreement (Krippendorff 2004, p. 252).
    pub observed: f64,
    /// Disagreement by chance (Krippendorff 2004, p. 253).
    pub expected: f64,
}

/// Units of one category that do not overlap, of each annotator.
type Layer = Vec<Vec<Stretch>>;

impl Units {
    /// [`crate::measures::ALPHA_U`], in time that follows the number of units.
    #[must_use]
    pub fn alpha_u(&self) -> AlphaU {
        let mut by_category = Vec::new();
        let (mut observed, mut expected) = (0.0, 0.0);
        for (category, name) in self.categories.iter().enumerate() {
            let layers = self.layers(category);
            let number = layers.iter().flatten().map(Vec::len).sum();
            let seen: f64 = layers.iter().map(|layer| self.observed(layer)).sum();
            let chance: f64 = layers.iter().map(|layer| self.expected(layer)).sum();
            let alpha = self.alpha(seen, chance, number);
            by_category.push((name.clone(), Disagreement { alpha, observed: seen, expected: chance }));
            observed += seen;
            expected += chance;
        }
        AlphaU { total: self.alpha(observed, expected, self.count()), observed, expected, by_category }
    }

    fn alpha(&self, observed: f64, expected: f64, units: usize) -> Figure {
        match self.lacking(units) {
            Some(reason) => Figure::undefined(reason, units, UNITS),
            None if expected <= 0.0 => Figure::undefined(Undefined::NoExpected, units, UNITS),
            None => Figure::new(1.0 - observed / expected, units, UNITS),
        }
    }

    /// The units of a category as layers in which those of one annotator do not overlap: a unit goes to the first layer
    /// that has room, wider ones first, so that what lies inside another comes after it.
    fn layers(&self, category: usize) -> Vec<Layer> {
        let mut layers: Vec<Layer> = Vec::new();
        for (annotator, stretches) in self.stretches.iter().enumerate() {
            let mut own: Vec<Stretch> = stretches.iter().filter(|unit| unit.category == category).copied().collect();
            own.sort_by(|a, b| a.start.total_cmp(&b.start).then(b.end.total_cmp(&a.end)));
            let mut ends = Ends::default();
            for unit in own {
                let layer = ends.first_before(unit.start);
                ends.set(layer, unit.end);
                if layer == layers.len() {
                    layers.push(vec![Vec::new(); self.annotators.len()]);
                }
                layers[layer][annotator].push(unit);
            }
        }
        layers
    }

    /// Observed disagreement: for each pair of annotators the differences of units that meet, and of units in gaps.
    fn observed(&self, layer: &Layer) -> f64 {
        let mut sum = 0.0;
        for (number, one) in layer.iter().enumerate() {
            sum += layer[..number].iter().map(|other| differences(one, other)).sum::<f64>();
        }
        let (annotators, length) = (self.annotators.len() as f64, self.length());
        2.0 * sum / (annotators * (annotators - 1.0) * length * length)
    }

    /// Disagreement by chance. What is summed over all gaps for each unit depends on its length alone, so both are
    /// sorted and the sums of the gaps kept from the longest down.
    fn expected(&self, layer: &Layer) -> f64 {
        let mut lengths: Vec<f64> = layer.iter().flatten().map(|unit| unit.length()).collect();
        let mut gaps: Vec<f64> = layer.iter().flat_map(|units| self.gaps(units)).collect();
        lengths.sort_by(|a, b| b.total_cmp(a));
        gaps.sort_by(|a, b| b.total_cmp(a));
        let others = lengths.len() as f64 - 1.0;
        let (mut sum, mut pairs) = (0.0, 0.0);
        let (mut room, mut fitting) = (0.0, 0);
        for length in &lengths {
            while let Some(gap) = gaps.get(fitting).filter(|gap| *gap >= length) {
                room += gap;
                fitting += 1;
            }
            let in_gaps = room - fitting as f64 * (length - 1.0);
            sum += others / 3.0 * length * (length - 1.0) * (2.0 * length - 1.0) + length * length * in_gaps;
            pairs += length * (length - 1.0);
        }
        let all = self.annotators.len() as f64 * self.length();
        2.0 * sum / self.length() / (all * (all - 1.0) - pairs)
    }

    /// The lengths of the gaps between one annotator's units, those before and after them, too.
    fn gaps(&self, units: &[Stretch]) -> Vec<f64> {
        let starts = units.iter().map(|unit| unit.start).chain([self.end]);
        let ends = [self.begin].into_iter().chain(units.iter().map(|unit| unit.end));
        starts.zip(ends).map(|(start, end)| start - end).filter(|gap| *gap > 0.0).collect()
    }
}

/// What figures of units are made of.
pub(super) const UNITS: &str = "units";

/// The differences of two annotators' units: of those that meet by both ends, of a unit in the other's gap by its
/// length. Neither's units overlap, so both lists are walked once.
fn differences(a: &[Stretch], b: &[Stretch]) -> f64 {
    let mut sum = alone(a, b) + alone(b, a);
    let mut first = 0;
    for unit in a {
        while b.get(first).is_some_and(|other| other.end <= unit.start) {
            first += 1;
        }
        for other in b[first..].iter().take_while(|other| other.start < unit.end) {
            sum += (unit.start - other.start).powi(2) + (unit.end - other.end).powi(2);
        }
    }
    sum
}

/// The squares of the lengths of units that lie in gaps of `others`.
fn alone(units: &[Stretch], others: &[Stretch]) -> f64 {
    let mut next = 0;
    let mut sum = 0.0;
    for unit in units {
        while others.get(next).is_some_and(|other| other.end <= unit.start) {
            next += 1;
        }
        if others.get(next).is_none_or(|other| other.start >= unit.end) {
            sum += unit.length() * unit.length();
        }
    }
    sum
}

/// Where the last unit of each layer ends, as a tree of minima, so that the first layer with room is found quickly in
/// however deep a pile.
#[derive(Default)]
struct Ends {
    tree: Vec<f64>,
    leaves: usize,
    used: usize,
}

impl Ends {
    /// The first layer whose last unit ends at or before `start`; a new one if there is none.
    fn first_before(&self, start: f64) -> usize {
        if self.leaves == 0 || self.tree[1] > start {
            return self.used;
        }
        let mut node = 1;
        while node < self.leaves {
            node = if self.tree[2 * node] <= start { 2 * node } else { 2 * node + 1 };
        }
        node - self.leaves
    }

    fn set(&mut self, layer: usize, end: f64) {
        if layer >= self.leaves {
            self.grow();
        }
        self.used = self.used.max(layer + 1);
        let mut node = self.leaves + layer;
        self.tree[node] = end;
        while node > 1 {
            node /= 2;
            self.tree[node] = self.tree[2 * node].min(self.tree[2 * node + 1]);
        }
    }

    fn grow(&mut self) {
        let ends: Vec<f64> = self.tree.iter().skip(self.leaves).copied().collect();
        self.leaves = (2 * self.leaves).max(1);
        self.tree = vec![f64::INFINITY; 2 * self.leaves];
        for (layer, end) in ends.into_iter().enumerate() {
            self.tree[self.leaves + layer] = end;
        }
        for node in (1..self.leaves).rev() {
            self.tree[node] = self.tree[2 * node].min(self.tree[2 * node + 1]);
        }
    }
}
