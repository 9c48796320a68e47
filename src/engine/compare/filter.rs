//! Which units of a comparison somebody wants to see.

use ascribe_agreement::DifferenceKind;
use ascribe_schema::{AnnotatorName, Span};

use super::Comparison;

/// Which units are wanted. What is empty chooses nothing: all are wanted then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Those in which something of these kinds differs.
    pub kinds: Vec<DifferenceKind>,
    /// Those in which anybody has one of these labels.
    pub labels: Vec<String>,
    /// Those in which one of these annotators [stands apart](Comparison::apart).
    pub annotators: Vec<AnnotatorName>,
    /// Those that share a character with this part of the text.
    pub place: Option<Span>,
}

impl Filter {
    /// Whether a unit is wanted, by its number.
    #[must_use]
    pub fn keeps(&self, comparison: &Comparison, unit: usize) -> bool {
        let Some(here) = comparison.units.get(unit) else { return false };
        let kind = || here.differs.all().iter().any(|difference| self.kinds.contains(&difference.kind));
        let label = || comparison.members(unit).any(|(_, annotation)| self.labels.contains(&annotation.label));
        let annotator = || {
            let names = |side: &usize| self.annotators.contains(&comparison.sides[*side].annotator);
            comparison.apart(unit).iter().any(names)
        };
        self.place.is_none_or(|place| place.overlaps(here.place))
            && (self.kinds.is_empty() || kind())
            && (self.labels.is_empty() || label())
            && (self.annotators.is_empty() || annotator())
    }

    /// The units that are wanted and in which something differs, by number.
    pub fn differences(&self, comparison: &Comparison) -> impl Iterator<Item = usize> {
        let differs = |unit: &usize| !comparison.units[*unit].differs.is_nothing();
        (0..comparison.units.len()).filter(differs).filter(|unit| self.keeps(comparison, *unit))
    }
}
