//! The units that a figure is made of.

use std::collections::BTreeMap;

use ascribe_schema::{Annotation, AnnotatorName, DocumentId, Scheme, Values};

use super::{Layer, Slice, given::tied, material::Material};
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
    annotators: &[AnnotatorName],
    comparisons: &[Comparison],
    scheme: &Scheme,
    layer: Layer,
    slice: &Slice,
) -> Vec<Behind> {
    let material = Material::new(annotators, comparisons, scheme);
    let mut all = Vec::new();
    for part in material.parts(slice) {
        let comparison = comparisons.iter().position(|one| one.document == part.comparison.document);
        let Some(comparison) = comparison else { continue };
        let tied = if layer == Layer::Link { tied(&part, slice.label.as_deref()) } else { BTreeMap::new() };
        for unit in 0..part.comparison.units.len() {
            let members = part.members(unit);
            let there: Vec<_> = members.iter().copied().flatten().collect();
            let labelled = |label: &String| there.iter().any(|annotation| annotation.label == *label);
            let asked = if layer == Layer::Found { 1 } else { 2 };
            if there.len() < asked || !slice.label.as_ref().is_none_or(labelled) {
                continue;
            }
            let first = there[0];
            let alike = |same: &dyn Fn(&Annotation) -> bool| there.iter().all(|other| same(other));
            let starts_none = layer == Layer::Link && !tied.contains_key(&unit);
            if starts_none || layer == Layer::Attribute && !alike(&|other| other.label == first.label) {
                continue;
            }
            let agrees = match layer {
                // Measures of what was found count the label, too.
                Layer::Found => {
                    there.len() == members.len()
                        && alike(&|other| other.spans == first.spans && other.label == first.label)
                }
                Layer::Label => alike(&|other| other.label == first.label),
                Layer::Attribute => given(scheme, first).all(|name| {
                    let values: Vec<_> = there.iter().filter_map(|other| other.attributes.get(name)).collect();
                    values.windows(2).all(|two| two[0] == two[1])
                }),
                Layer::Link => tied.get(&unit).copied().unwrap_or(true),
            };
            all.push(Behind { document: part.comparison.document.clone(), comparison, unit, agrees });
        }
    }
    all.sort_by_key(|behind| behind.agrees);
    all
}

/// The attributes of an annotation's label that people give.
fn given<'a>(scheme: &'a Scheme, annotation: &Annotation) -> impl Iterator<Item = &'a str> {
    let label = scheme.labels.iter().find(|label| label.name == annotation.label);
    let attributes = label.into_iter().flat_map(|label| &label.attributes);
    attributes.filter(|one| !matches!(one.values, Values::Computed(_))).map(|one| one.name.as_str())
}
