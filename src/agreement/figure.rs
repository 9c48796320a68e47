//! One number of agreement, with what it stands on, what it means, and why it may not be there.

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeStruct};

/// What a number means and where that is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What it is called in files, such as `krippendorff_alpha_nominal`.
    pub key: &'static str,
    /// What it is called for people, such as `Krippendorff’s α, nominal`.
    pub name: &'static str,
    /// How it is worked out, in a sentence or two, with its conventions.
    pub definition: &'static str,
    /// The publication that defines it, with page or equation where there is one.
    pub source: &'static str,
}

/// One number of agreement. It is never only a number: it knows what it counts, or why it is undefined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The number, never `NaN` or infinite; or why there is none.
    pub value: Result<f64, Undefined>,
    /// How many things it is made of.
    pub n: usize,
    /// What these things are, in the plural, such as `items`, `matched pairs` or `characters`.
    pub of: &'static str,
}

/// Why a number is undefined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Undefined {
    /// Fewer than two annotators have done anything.
    OneAnnotator,
    /// There is nothing that could be compared.
    NoUnits,
    /// No item has values of two annotators.
    NoPairs,
    /// Everything has one category: agreement beyond chance cannot be told from chance.
    OneCategory,
    /// The values are not numbers, which this measure needs.
    NotNumbers,
    /// Some values are negative, which this measure does not allow.
    Negative,
    /// The values are too far apart, or too close together, for their squares to be numbers here.
    Range,
    /// The measure is for two annotators only.
    NotTwo,
    /// The measure needs every annotator's value for every item.
    Missing,
    /// Chance alone would agree completely.
    NoExpected,
    /// There are so many different numbers that it would take too long.
    TooMany,
}

impl Figure {
    /// A number that is made of `n` things; [`Undefined::NoExpected`] in place of one that is not finite.
    #[must_use]
    pub fn new(value: f64, n: usize, of: &'static str) -> Self {
        let value = if value.is_finite() { Ok(value) } else { Err(Undefined::NoExpected) };
        Self { value, n, of }
    }

    /// No number, and why.
    #[must_use]
    pub fn undefined(reason: Undefined, n: usize, of: &'static str) -> Self {
        Self { value: Err(reason), n, of }
    }
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OneAnnotator => "only one annotator has tagged anything",
            Self::NoUnits => "there is nothing to compare",
            Self::NoPairs => "nothing has values of two annotators",
            Self::OneCategory => "there is only one category, so agreement by chance is complete",
            Self::NotNumbers => "the values are not numbers",
            Self::Negative => "some values are negative, and this needs a scale that starts at zero",
            Self::Range => "the values are too large or too small for their squares",
            Self::NotTwo => "this is defined for exactly two annotators",
            Self::Missing => "some values are missing, and this is defined without gaps only",
            Self::NoExpected => "chance alone would agree completely",
            Self::TooMany => "there are more than 20,000 different numbers, which would take too long",
        })
    }
}

impl Serialize for Figure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Figure", 4)?;
        fields.serialize_field("value", &self.value.ok())?;
        fields.serialize_field("n", &self.n)?;
        fields.serialize_field("of", self.of)?;
        match self.value {
            Ok(_) => fields.skip_field("reason")?,
            Err(reason) => fields.serialize_field("reason", &reason.to_string())?,
        }
        fields.end()
    }
}
