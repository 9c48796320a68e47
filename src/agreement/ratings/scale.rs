//! Krippendorff's α where some values are farther apart than others.

use super::{Counts, MISSING, Ratings};
use crate::{Figure, Undefined};

impl Ratings {
    /// [`crate::measures::ALPHA_ORDINAL`].
    #[must_use]
    pub fn alpha_ordinal(&self, counts: &Counts) -> Figure {
        counts.figure(|| {
            let ranks = ranks(&self.numbers().ok_or(Undefined::NotNumbers)?, &counts.frequency);
            self.by_squares(&ranks, counts)
        })
    }

    /// [`crate::measures::ALPHA_INTERVAL`].
    #[must_use]
    pub fn alpha_interval(&self, counts: &Counts) -> Figure {
        counts.figure(|| self.by_squares(&self.numbers().ok_or(Undefined::NotNumbers)?, counts))
    }

    /// [`crate::measures::ALPHA_RATIO`].
    #[must_use]
    pub fn alpha_ratio(&self, counts: &Counts) -> Figure {
        counts.figure(|| {
            let numbers = self.numbers().ok_or(Undefined::NotNumbers)?;
            if numbers.iter().any(|number| *number < 0.0) {
                return Err(Undefined::Negative);
            }
            // Every number meets every other one.
            if numbers.len() > MOST {
                return Err(Undefined::TooMany);
            }
            let mut observed = 0.0;
            self.each_item(&numbers, |item| observed += 2.0 * of_pairs(item) / (item.len() as f64 - 1.0));
            let expected = 2.0 * of_all(&numbers, &counts.frequency) / (counts.values - 1.0);
            if expected == 0.0 { Err(Undefined::OneCategory) } else { in_range(1.0 - observed / expected) }
        })
    }

    /// α with the squared difference of `positions`. Sums of squared differences of all pairs are sums of squares
    /// around a mean, so it takes one pass over the values, however many different ones there are.
    fn by_squares(&self, positions: &[f64], counts: &Counts) -> Result<f64, Undefined> {
        let mut observed = 0.0;
        self.each_item(positions, |item| {
            let number = item.len() as f64;
            let mean = item.iter().sum::<f64>() / number;
            let around: f64 = item.iter().map(|value| (value - mean) * (value - mean)).sum();
            observed += around * number / (number - 1.0);
        });
        let weighted = || positions.iter().zip(&counts.frequency);
        let mean = weighted().map(|(value, times)| value * times).sum::<f64>() / counts.values;
        let around: f64 = weighted().map(|(value, times)| times * (value - mean) * (value - mean)).sum();
        // Counting values of one position only would leave rounding errors to be divided by each other.
        let mut there = weighted().filter(|(_, times)| **times > 0.0).map(|(value, _)| *value);
        let first = there.next();
        if there.all(|value| Some(value) == first) {
            return Err(Undefined::OneCategory);
        }
        in_range(1.0 - observed * (counts.values - 1.0) / (around * counts.values))
    }

    /// Hands `work` the values of each item that has at least two.
    fn each_item(&self, values: &[f64], mut work: impl FnMut(&[f64])) {
        let mut item = Vec::with_capacity(self.raters.len());
        for row in self.rows() {
            item.clear();
            item.extend(row.iter().filter(|value| **value != MISSING).map(|value| values[*value as usize]));
            if item.len() > 1 {
                work(&item);
            }
        }
    }
}

/// The most different numbers of which α is worked out on a scale with a zero: a second's work.
const MOST: usize = 20_000;

/// A figure whose sums of squares have not left the range of numbers.
fn in_range(value: f64) -> Result<f64, Undefined> {
    if value.is_finite() { Ok(value) } else { Err(Undefined::Range) }
}

/// Where each value stands among all values: how many are below it, and half of its equals. The ordinal difference of
/// two values is the difference of these (Krippendorff 2011, p. 6).
fn ranks(numbers: &[f64], frequency: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..numbers.len()).collect();
    order.sort_by(|a, b| numbers[*a].total_cmp(&numbers[*b]));
    let mut ranks = vec![0.0; numbers.len()];
    let mut below = 0.0;
    // The same number may be written in several ways, as 1 and 1.0.
    for equal in order.chunk_by(|a, b| numbers[*a] == numbers[*b]) {
        let times: f64 = equal.iter().map(|category| frequency[*category]).sum();
        equal.iter().for_each(|category| ranks[*category] = below + times / 2.0);
        below += times;
    }
    ranks
}

/// The squared difference of two values on a scale with a zero (Krippendorff 2011, p. 6).
fn by_ratio(a: f64, b: f64) -> f64 {
    if a == b { 0.0 } else { ((a - b) / (a + b)).powi(2) }
}

fn of_pairs(item: &[f64]) -> f64 {
    item.iter().enumerate().flat_map(|(n, a)| item[..n].iter().map(|b| by_ratio(*a, *b))).sum()
}

/// The sum of the differences of all pairs of values.
fn of_all(numbers: &[f64], frequency: &[f64]) -> f64 {
    let values: Vec<(f64, f64)> = numbers.iter().copied().zip(frequency.iter().copied()).collect();
    let with = |(n, (a, times)): (usize, &(f64, f64))| -> f64 {
        times * values[..n].iter().map(|(b, others)| others * by_ratio(*a, *b)).sum::<f64>()
    };
    values.iter().enumerate().map(with).sum()
}
