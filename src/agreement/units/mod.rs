//! Stretches of one continuum that several annotators marked, each with a category.

mod alpha_u;
mod near;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod published;
mod sections;
mod span_f1;
mod u_alpha;

pub use self::{
    alpha_u::{AlphaU, Disagreement},
    span_f1::{Fit, SpanScore},
    u_alpha::UAlpha,
};
use crate::Undefined;

/// What several annotators marked on one continuum: a text, or anything else that has a length.
///
/// Stretches of one annotator may overlap, lie in each other and share both ends. A discontinuous annotation takes part
/// with one stretch for each of its fragments, or with one from its first to its last character, as who asks decides.
#[derive(Clone, Debug, PartialEq)]
pub struct Units {
    annotators: Vec<String>,
    categories: Vec<String>,
    stretches: Vec<Vec<Stretch>>,
    begin: f64,
    end: f64,
}

/// A half-open piece `[start, end)` of a continuum and its category.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// Where it starts, in offsets for a text; fractions are allowed.
    pub start: f64,
    /// Where it ends, after `start`.
    pub end: f64,
    /// The number of its category.
    pub category: usize,
}

/// Why a stretch cannot be measured.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum StretchError {
    /// A position is not a finite number.
    #[error("{} and {} must be finite numbers", .0.start, .0.end)]
    NotFinite(Stretch),
    /// It does not end after it starts.
    #[error("a unit must end after it starts, and this one goes from {} to {}", .0.start, .0.end)]
    Empty(Stretch),
    /// It does not lie in the continuum, whose begin and end follow.
    #[error("the unit from {} to {} lies outside the continuum, which goes from {} to {}", .0.start, .0.end, .1, .2)]
    Outside(Stretch, f64, f64),
    /// There is no category of that number.
    #[error("there is no category with the number {}", .0.category)]
    NoCategory(Stretch),
}

impl Units {
    /// What `annotators` marked in the continuum from `begin` to `end`: for each of them their stretches, in any order.
    ///
    /// # Errors
    ///
    /// When a stretch is empty, lies outside or has no category. As many lists as annotators are taken.
    pub fn new(
        annotators: Vec<String>,
        categories: Vec<String>,
        mut stretches: Vec<Vec<Stretch>>,
        begin: f64,
        end: f64,
    ) -> Result<Self, StretchError> {
        stretches.resize(annotators.len(), Vec::new());
        for stretch in stretches.iter().flatten() {
            stretch.check(begin, end)?;
            if stretch.category >= categories.len() {
                return Err(StretchError::NoCategory(*stretch));
            }
        }
        for of_one in &mut stretches {
            // Adding zero makes −0 plain 0, so that equal positions have equal bits.
            of_one.iter_mut().for_each(|unit| (unit.start, unit.end) = (unit.start + 0.0, unit.end + 0.0));
            of_one.sort_by(Stretch::order);
        }
        Ok(Self { annotators, categories, stretches, begin, end })
    }

    /// Several continua, such as texts of a project, laid end to end. Annotators and categories are told apart by name;
    /// who is missing in one marked nothing there.
    ///
    /// Of all measures only αU sees where they meet: the gaps there become one.
    #[must_use]
    pub fn joined<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all =
            Self { annotators: Vec::new(), categories: Vec::new(), stretches: Vec::new(), begin: 0.0, end: 0.0 };
        for part in parts {
            let categories: Vec<usize> = part.categories.iter().map(|name| number(&mut all.categories, name)).collect();
            let by = all.end - part.begin;
            for (name, stretches) in part.annotators.iter().zip(&part.stretches) {
                let annotator = number(&mut all.annotators, name);
                all.stretches.resize(all.annotators.len(), Vec::new());
                all.stretches[annotator].extend(stretches.iter().map(|unit| Stretch {
                    start: unit.start + by,
                    end: unit.end + by,
                    category: categories[unit.category],
                }));
            }
            all.end += part.length();
        }
        all.stretches.iter_mut().for_each(|own| own.sort_by(Stretch::order));
        all
    }

    /// The annotators' names; who marked nothing counts, too.
    #[must_use]
    pub fn annotators(&self) -> &[String] {
        &self.annotators
    }

    /// The categories' names.
    #[must_use]
    pub fn categories(&self) -> &[String] {
        &self.categories
    }

    /// For each annotator their stretches, sorted by start, end and category.
    #[must_use]
    pub fn stretches(&self) -> &[Vec<Stretch>] {
        &self.stretches
    }

    /// Where the continuum begins.
    #[must_use]
    pub fn begin(&self) -> f64 {
        self.begin
    }

    /// Where it ends.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.end
    }

    /// How long it is.
    #[must_use]
    pub fn length(&self) -> f64 {
        self.end - self.begin
    }

    /// How many stretches there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.stretches.iter().map(Vec::len).sum()
    }

    /// What some annotators marked, by their numbers.
    #[must_use]
    pub fn of(&self, annotators: &[usize]) -> Self {
        let annotators = || annotators.iter().filter(|number| **number < self.annotators.len());
        Self {
            annotators: annotators().map(|number| self.annotators[*number].clone()).collect(),
            stretches: annotators().map(|number| self.stretches[*number].clone()).collect(),
            categories: self.categories.clone(),
            ..*self
        }
    }

    /// Why nothing at all can be said of `units` of these annotators.
    fn lacking(&self, units: usize) -> Option<Undefined> {
        match (self.annotators.len(), units) {
            (0, _) => Some(Undefined::NoUnits),
            (1, _) => Some(Undefined::OneAnnotator),
            (_, 0) => Some(Undefined::NoUnits),
            _ => None,
        }
    }
}

impl Stretch {
    /// Whether it can be measured in a continuum from `begin` to `end`.
    ///
    /// # Errors
    ///
    /// When it is empty, lies outside, or its positions are not finite.
    pub fn check(self, begin: f64, end: f64) -> Result<(), StretchError> {
        if !(self.start.is_finite() && self.end.is_finite()) {
            Err(StretchError::NotFinite(self))
        } else if self.start >= self.end {
            Err(StretchError::Empty(self))
        } else if self.start < begin || self.end > end {
            Err(StretchError::Outside(self, begin, end))
        } else {
            Ok(())
        }
    }

    /// How long it is.
    #[must_use]
    pub fn length(self) -> f64 {
        self.end - self.start
    }

    /// By start, end and category.
    #[must_use]
    pub fn order(&self, other: &Self) -> std::cmp::Ordering {
        let ends = self.start.total_cmp(&other.start).then(self.end.total_cmp(&other.end));
        ends.then(self.category.cmp(&other.category))
    }
}

/// The number of a name, which is added if it is new.
fn number(names: &mut Vec<String>, name: &str) -> usize {
    names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    })
}
