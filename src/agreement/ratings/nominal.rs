//! Measures of categories without an order, for any number of raters, with values missing or not.

use super::Counts;
use crate::{Figure, Undefined};

impl Counts {
    /// [`crate::measures::PERCENT`].
    #[must_use]
    pub fn percent(&self) -> Figure {
        self.figure(|| Ok(self.equal / self.values))
    }

    /// [`crate::measures::PERCENT_ITEM_MEAN`].
    #[must_use]
    pub fn percent_item_mean(&self) -> Figure {
        self.figure(|| Ok(self.item_mean()))
    }

    /// [`crate::measures::BENNETT_S`].
    #[must_use]
    pub fn bennett_s(&self) -> Figure {
        self.randolph_kappa()
    }

    /// [`crate::measures::SCOTT_PI`].
    #[must_use]
    pub fn scott_pi(&self) -> Figure {
        match self.raters {
            0..=2 => self.fleiss_kappa(),
            _ => self.figure(|| Err(Undefined::NotTwo)),
        }
    }

    /// [`crate::measures::FLEISS_KAPPA`].
    #[must_use]
    pub fn fleiss_kappa(&self) -> Figure {
        let chance = self.proportions().map(|share| share * share).sum();
        self.figure(|| beyond(self.item_mean(), chance, self.categories))
    }

    /// [`crate::measures::RANDOLPH_KAPPA`].
    #[must_use]
    pub fn randolph_kappa(&self) -> Figure {
        self.figure(|| beyond(self.item_mean(), 1.0 / self.categories as f64, self.categories))
    }

    /// [`crate::measures::GWET_AC1`].
    #[must_use]
    pub fn gwet_ac1(&self) -> Figure {
        let spread: f64 = self.proportions().map(|share| share * (1.0 - share)).sum();
        self.figure(|| beyond(self.item_mean(), spread / (self.categories as f64 - 1.0), self.categories))
    }

    /// [`crate::measures::ALPHA_NOMINAL`].
    #[must_use]
    pub fn alpha_nominal(&self) -> Figure {
        self.figure(|| {
            let different: f64 = self.frequency.iter().map(|times| times * (self.values - times)).sum();
            if different == 0.0 {
                return Err(Undefined::OneCategory);
            }
            Ok(1.0 - (self.values - self.equal) * (self.values - 1.0) / different)
        })
    }

    /// The mean over items of the share of pairs of raters who agree.
    pub(super) fn item_mean(&self) -> f64 {
        self.shares / self.pairable as f64
    }

    fn proportions(&self) -> impl Iterator<Item = f64> {
        self.proportion.iter().map(|sum| sum / self.rated as f64)
    }
}

/// Agreement beyond what chance gives: (observed − chance) / (1 − chance).
pub(super) fn beyond(observed: f64, chance: f64, categories: usize) -> Result<f64, Undefined> {
    if categories < 2 { Err(Undefined::OneCategory) } else { Ok((observed - chance) / (1.0 - chance)) }
}
