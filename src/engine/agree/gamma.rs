//! γ of a slice, which takes longer than all other figures.

use ascribe_agreement::{Gamma, GammaError, GammaOptions, Units, gamma};
use ascribe_schema::{AnnotatorName, Scheme};

use super::{
    Slice,
    found::{hull, joined},
    material::Material,
};
use crate::compare::Comparison;

/// γ and its family of a slice, with the units that they are of: each annotation is one, from its first character to its
/// last.
///
/// # Errors
///
/// When an option makes no sense.
pub fn gamma_of(
    annotators: &[AnnotatorName],
    comparisons: &[Comparison],
    scheme: &Scheme,
    slice: &Slice,
    options: &GammaOptions,
) -> Result<(Gamma, Units), GammaError> {
    let units = joined(&Material::new(annotators, comparisons, scheme), slice, &hull);
    Ok((gamma(&units, options)?, units))
}
