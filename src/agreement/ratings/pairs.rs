//! Measures that look at each rater's own habits: κ of two raters and what was made of it for more.

use super::{Counts, MISSING, Ratings, counts::ITEMS, nominal::beyond};
use crate::{Figure, Undefined};

/// What two raters gave to the items that both rated.
struct Pair {
    items: usize,
    equal: usize,
    first: Vec<u32>,
    second: Vec<u32>,
}

impl Ratings {
    /// [`crate::measures::COHEN_KAPPA`].
    #[must_use]
    pub fn cohen_kappa(&self) -> Figure {
        match self.raters.len() {
            0 | 1 => Figure::undefined(Undefined::OneAnnotator, 0, ITEMS),
            2 => self.cohen_kappa_of(0, 1),
            _ => Figure::undefined(Undefined::NotTwo, self.items(), ITEMS),
        }
    }

    /// Cohen’s κ of the raters `a` and `b`, by their numbers.
    #[must_use]
    pub fn cohen_kappa_of(&self, a: usize, b: usize) -> Figure {
        let pair = self.pair(a, b);
        match pair.cohen_kappa() {
            Ok(value) => Figure::new(value, pair.items, ITEMS),
            Err(reason) => Figure::undefined(reason, pair.items, ITEMS),
        }
    }

    /// [`crate::measures::LIGHT_KAPPA`].
    #[must_use]
    pub fn light_kappa(&self) -> Figure {
        let raters = self.raters.len();
        if raters < 2 {
            return Figure::undefined(Undefined::OneAnnotator, 0, ITEMS);
        }
        let pairs = (0..raters).flat_map(|a| (a + 1..raters).map(move |b| (a, b)));
        let figures: Vec<Figure> = pairs.map(|(a, b)| self.cohen_kappa_of(a, b)).collect();
        let items = self.rows().filter(|row| row.iter().filter(|value| **value != MISSING).count() > 1).count();
        // Of several reasons the same one is told, in whatever order the raters stand.
        if figures.iter().any(|figure| figure.value == Err(Undefined::NoPairs)) {
            return Figure::undefined(Undefined::NoPairs, items, ITEMS);
        }
        match figures.iter().map(|figure| figure.value).sum::<Result<f64, _>>() {
            Ok(sum) => Figure::new(sum / figures.len() as f64, items, ITEMS),
            Err(reason) => Figure::undefined(reason, items, ITEMS),
        }
    }

    /// [`crate::measures::CONGER_KAPPA`].
    #[must_use]
    pub fn conger_kappa(&self, counts: &Counts) -> Figure {
        counts.figure(|| {
            let shares = self.shares_by_rater();
            let raters = shares.len();
            let mut chance = 0.0;
            for category in 0..self.categories.len() {
                let (mut sum, mut squares) = (0.0, 0.0);
                for share in shares.iter().map(|of_one| of_one[category]) {
                    sum += share;
                    squares += share * share;
                }
                // The mean product of two different raters' shares.
                chance += (sum * sum - squares) / (raters * (raters - 1)) as f64;
            }
            beyond(counts.item_mean(), chance, self.categories.len())
        })
    }

    /// For each rater who gave anything, each category's share of it.
    fn shares_by_rater(&self) -> Vec<Vec<f64>> {
        let mut shares = vec![vec![0.0; self.categories.len()]; self.raters.len()];
        for row in self.rows() {
            for (category, of_one) in row.iter().zip(&mut shares).filter(|(category, _)| **category != MISSING) {
                of_one[*category as usize] += 1.0;
            }
        }
        shares.retain_mut(|of_one| {
            let all: f64 = of_one.iter().sum();
            of_one.iter_mut().for_each(|share| *share /= all);
            all > 0.0
        });
        shares
    }

    fn pair(&self, a: usize, b: usize) -> Pair {
        let none = vec![0; self.categories.len()];
        let mut pair = Pair { items: 0, equal: 0, first: none.clone(), second: none };
        for row in self.rows() {
            let (a, b) = (row[a], row[b]);
            if a == MISSING || b == MISSING {
                continue;
            }
            pair.items += 1;
            pair.equal += usize::from(a == b);
            pair.first[a as usize] += 1;
            pair.second[b as usize] += 1;
        }
        pair
    }
}

impl Pair {
    fn cohen_kappa(&self) -> Result<f64, Undefined> {
        if self.items == 0 {
            return Err(Undefined::NoPairs);
        }
        let items = self.items as f64;
        let both: f64 = self.first.iter().zip(&self.second).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum();
        let used = self.first.iter().zip(&self.second).filter(|(a, b)| **a + **b > 0).count();
        beyond(self.equal as f64 / items, both / (items * items), used)
    }
}
