//! What is counted once of a table of ratings, for all measures.

use super::{MISSING, Ratings};
use crate::{Figure, Undefined};

/// What is counted in a table of ratings.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    /// How many raters have given any value.
    pub(super) active: usize,
    /// How many raters there are.
    pub(super) raters: usize,
    /// How many categories occur.
    pub(super) categories: usize,
    /// How many items have a value.
    pub(super) rated: usize,
    /// How many items have at least two values, and so can agree or not.
    pub(super) pairable: usize,
    /// How many values these items have.
    pub(super) values: f64,
    /// Over these items, pairs of equal values, each divided by the item's number of values less one.
    pub(super) equal: f64,
    /// Over these items, the sum of their shares of equal pairs.
    pub(super) shares: f64,
    /// How often each category stands in these items.
    pub(super) frequency: Vec<f64>,
    /// Over all items with a value, the sum of each category's share of the item's values.
    pub(super) proportion: Vec<f64>,
}

impl Counts {
    /// Counts what there is in `ratings`.
    #[must_use]
    pub fn of(ratings: &Ratings) -> Self {
        let categories = ratings.categories.len();
        let mut counts = Self {
            raters: ratings.raters.len(),
            categories,
            frequency: vec![0.0; categories],
            proportion: vec![0.0; categories],
            ..Self::default()
        };
        let mut active = vec![false; counts.raters];
        let mut item = Item { times: vec![0; categories], met: Vec::new() };
        for row in ratings.rows() {
            item.count(row, &mut active);
            counts.add(&item);
            item.clear();
        }
        counts.active = active.into_iter().filter(|active| *active).count();
        counts
    }

    fn add(&mut self, item: &Item) {
        let number = |category: u32| f64::from(item.times[category as usize]);
        let values: f64 = item.met.iter().map(|category| number(*category)).sum();
        if values == 0.0 {
            return;
        }
        self.rated += 1;
        for category in &item.met {
            self.proportion[*category as usize] += number(*category) / values;
        }
        if values < 2.0 {
            return;
        }
        self.pairable += 1;
        self.values += values;
        let equal: f64 = item.met.iter().map(|category| number(*category) * (number(*category) - 1.0)).sum();
        self.equal += equal / (values - 1.0);
        self.shares += equal / (values * (values - 1.0));
        for category in &item.met {
            self.frequency[*category as usize] += number(*category);
        }
    }

    /// A figure of the items that can agree, if there are any.
    pub(super) fn figure(&self, value: impl FnOnce() -> Result<f64, Undefined>) -> Figure {
        match self.lacking().map_or_else(value, Err) {
            Ok(value) => Figure::new(value, self.pairable, ITEMS),
            Err(reason) => Figure::undefined(reason, self.pairable, ITEMS),
        }
    }

    /// Why nothing at all can be said.
    fn lacking(&self) -> Option<Undefined> {
        match (self.rated, self.active, self.pairable) {
            (0, _, _) => Some(Undefined::NoUnits),
            (_, 0 | 1, _) => Some(Undefined::OneAnnotator),
            (_, _, 0) => Some(Undefined::NoPairs),
            _ => None,
        }
    }
}

/// What figures of ratings are made of.
pub(super) const ITEMS: &str = "items";

/// How often each category stands in one item. What is not met is zero, so that clearing costs what was met.
struct Item {
    times: Vec<u32>,
    met: Vec<u32>,
}

impl Item {
    fn count(&mut self, row: &[u32], active: &mut [bool]) {
        for (category, active) in row.iter().zip(active) {
            if *category == MISSING {
                continue;
            }
            *active = true;
            let times = &mut self.times[*category as usize];
            if *times == 0 {
                self.met.push(*category);
            }
            *times += 1;
        }
    }

    fn clear(&mut self) {
        for category in self.met.drain(..) {
            self.times[category as usize] = 0;
        }
    }
}
