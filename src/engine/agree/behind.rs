//! The units that a figure is made of.

use ascribe_schema::DocumentId;

use super::{Layer, Slice, material::Material};
use crate::compare::Comparison;

/// A unit behind a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behind {
    /// The document.
    pub document: DocumentId,
    /// The number of its comparison.
    pub comparison: usize,
    /// The number of the unit in it.
    pub unit: usize,
    /// Whether those it is about agree on it, as far as the layer asks.
    pub agrees: bool,
}

/// The units behind the figures of a slice and a layer: where there is disagreement first, then in the order of the
/// text.
#[must_use]
pub fn behind(
    annotators: &[ascribe_schema::AnnotatorName],
    comparisons: &[Comparison],
    scheme: &ascribe_schema::Scheme,
    layer: Layer,
    slice: &Slice,
) -> Vec<Behind> {
    let material = Material::new(annotators, comparisons, scheme);
    let mut all = Vec::new();
    for part in material.parts(slice) {
        let comparison = comparisons.iter().position(|one| one.document == part.comparison.document);
        let Some(comparison) = comparison else { continue };
        for unit in 0..part.comparison.units.len() {
            let members = part.members(unit);
            let there: Vec<_> = members.iter().copied().flatten().collect();
            let labelled = |label: &String| there.iter().any(|annotation| annotation.label == *label);
            let asked = if layer == Layer::Found { 1 } else { 2 };
            if there.len() < asked || !slice.label.as_ref().is_none_or(labelled) {
                continue;
            }
            let alike = |same: &dyn Fn(&ascribe_schema::Annotation) -> bool| there.iter().all(|other| same(other));
            let (first, differs) = (there[0], &part.comparison.units[unit].differs);
            let agrees = match layer {
                // Measures of what was found count the label, too.
                Layer::Found => {
                    there.len() == members.len()
                        && alike(&|other| other.spans == first.spans && other.label == first.label)
                }
                Layer::Label => alike(&|other| other.label == first.label),
                Layer::Attribute => alike(&|other| other.attributes == first.attributes),
                Layer::Link => differs.links.is_empty(),
            };
            all.push(Behind { document: part.comparison.document.clone(), comparison, unit, agrees });
        }
    }
    all.sort_by_key(|behind| behind.agrees);
    all
}
