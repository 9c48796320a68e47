//! What an annotation could be tied to, the likeliest first.

use std::collections::HashSet;

use ascribe_schema::{Annotation, AnnotationId, Scheme, Span};

use crate::WorkingSet;

/// How many annotations before and after are looked at.
const NEIGHBOURS: usize = 2000;

/// The annotations that the scheme lets `from` tie to and that it is not tied to yet: by the order of the
/// scheme's relation types, so in the default scheme sources first; then by distance in the text.
///
/// The tie to `instead_of`, if any, counts as not made.
#[must_use]
pub fn tie_candidates(
    set: &WorkingSet,
    scheme: &Scheme,
    from: &Annotation,
    instead_of: Option<&AnnotationId>,
) -> Vec<AnnotationId> {
    let place = (from.extent(), from.id.clone());
    let neighbours = set.before(&place).take(NEIGHBOURS).chain(set.after(&place).take(NEIGHBOURS));
    let ends: HashSet<_> = set.relations_of(&from.id).flat_map(|tie| [&tie.from, &tie.to]).collect();
    let tied = |id: &AnnotationId| Some(id) != instead_of && ends.contains(id);
    let rank = |label: &str| scheme.relations.iter().position(|kind| kind.allows(&from.label, label));
    let mut found: Vec<_> = neighbours
        .filter_map(|other| Some((rank(&other.label)?, gap(place.0, other.extent()), other)))
        .filter(|(_, _, other)| other.id != from.id && !tied(&other.id))
        .collect();
    found.sort_by_key(|(rank, gap, other)| (*rank, *gap, other.extent().start, other.id.clone()));
    found.into_iter().map(|(_, _, other)| other.id.clone()).collect()
}

/// The characters between two spans; none when they touch.
fn gap(one: Span, other: Span) -> u32 {
    let between = |first: Span, second: Span| second.start.0.saturating_sub(first.end.0);
    between(one, other).max(between(other, one))
}
