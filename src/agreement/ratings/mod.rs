//! Categories that several raters gave to the same items: a plain table, and what it says about their agreement.

mod counts;
mod nominal;
mod pairs;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod published;
mod scale;

use std::collections::HashMap;

pub use self::counts::Counts;
use crate::{Figure, Measure, measures as of};

/// Values that raters gave to items. A value may be missing.
#[derive(Clone, Debug, Default)]
pub struct Ratings {
    raters: Vec<String>,
    categories: Vec<String>,
    known: HashMap<String, u32>,
    /// Item by item, for each rater the number of the category, or [`MISSING`].
    values: Vec<u32>,
}

/// Stands for a value that is missing.
const MISSING: u32 = u32::MAX;

impl Ratings {
    /// A table without items.
    #[must_use]
    pub fn new(raters: Vec<String>) -> Self {
        Self { raters, ..Self::default() }
    }

    /// Adds an item: the raters' values in order. Values beyond the last rater are not taken; too few are missing ones.
    pub fn add<'a>(&mut self, values: impl IntoIterator<Item = Option<&'a str>>) {
        let mut values = values.into_iter();
        for _ in 0..self.raters.len() {
            let number = values.next().flatten().map_or(MISSING, |value| self.number(value));
            self.values.push(number);
        }
    }

    fn number(&mut self, category: &str) -> u32 {
        if let Some(number) = self.known.get(category) {
            return *number;
        }
        let number = self.categories.len() as u32;
        self.categories.push(category.to_owned());
        self.known.insert(category.to_owned(), number);
        number
    }

    /// The same table, in which values that are the same number are one category, such as 1 and 1.0, where all of them
    /// are numbers.
    #[must_use]
    pub fn by_number(mut self) -> Self {
        // Whole numbers are told apart up to here.
        let exact = |numbers: &Vec<f64>| numbers.iter().all(|number| number.abs() < 2_f64.powi(53));
        let Some(numbers) = self.numbers().filter(exact) else { return self };
        let names = std::mem::take(&mut self.categories);
        let mut first = HashMap::new();
        let mut now = Vec::with_capacity(names.len());
        for (name, number) in names.into_iter().zip(numbers) {
            // Adding zero makes −0 plain 0.
            let category = *first.entry((number + 0.0).to_bits()).or_insert(self.categories.len() as u32);
            if category as usize == self.categories.len() {
                self.categories.push(name.clone());
            }
            self.known.insert(name, category);
            now.push(category);
        }
        self.values.iter_mut().filter(|value| **value != MISSING).for_each(|value| *value = now[*value as usize]);
        self
    }

    /// The raters' names.
    #[must_use]
    pub fn raters(&self) -> &[String] {
        &self.raters
    }

    /// The categories that occur, in the order in which they do.
    #[must_use]
    pub fn categories(&self) -> &[String] {
        &self.categories
    }

    /// How many items there are, rated or not.
    #[must_use]
    pub fn items(&self) -> usize {
        self.values.len().checked_div(self.raters.len()).unwrap_or_default()
    }

    /// For each item, each rater's number of a category, or [`MISSING`].
    fn rows(&self) -> impl Iterator<Item = &[u32]> {
        self.values.chunks_exact(self.raters.len().max(1))
    }

    /// What the categories are as numbers, if all of them are finite ones.
    fn numbers(&self) -> Option<Vec<f64>> {
        let number = |text: &String| text.parse::<f64>().ok().filter(|number| number.is_finite());
        self.categories.iter().map(number).collect()
    }

    /// Every measure of [`crate::measures`] that is for ratings, in its order.
    #[must_use]
    pub fn figures(&self) -> Vec<(&'static Measure, Figure)> {
        let counts = Counts::of(self);
        vec![
            (&of::PERCENT, counts.percent()),
            (&of::PERCENT_ITEM_MEAN, counts.percent_item_mean()),
            (&of::BENNETT_S, counts.bennett_s()),
            (&of::SCOTT_PI, counts.scott_pi()),
            (&of::COHEN_KAPPA, self.cohen_kappa()),
            (&of::LIGHT_KAPPA, self.light_kappa()),
            (&of::CONGER_KAPPA, self.conger_kappa(&counts)),
            (&of::FLEISS_KAPPA, counts.fleiss_kappa()),
            (&of::RANDOLPH_KAPPA, counts.randolph_kappa()),
            (&of::ALPHA_NOMINAL, counts.alpha_nominal()),
            (&of::ALPHA_ORDINAL, self.alpha_ordinal(&counts)),
            (&of::ALPHA_INTERVAL, self.alpha_interval(&counts)),
            (&of::ALPHA_RATIO, self.alpha_ratio(&counts)),
            (&of::GWET_AC1, counts.gwet_ac1()),
        ]
    }
}
