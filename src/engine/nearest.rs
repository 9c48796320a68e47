//! What an annotation could be tied to, the likeliest first.

use std::collections::HashSet;

use ascribe_schema::{Annotation, AnnotationId, RelationType, Scheme, Span};

use crate::WorkingSet;

/// How many annotations before and after are looked at.
const NEIGHBOURS: usize = 2000;

/// The annotations that `from` could be tied to by the first relation type of the scheme that starts from its
/// label, and is not tied to yet, by distance in the text. In the default scheme these are sources: a tie that
/// says something else, such as that two quotes are the same, is never made because no source is there.
///
/// The tie to `instead_of`, if any, counts as not made.
#[must_use]
pub fn tie_candidates(
    set: &WorkingSet,
    scheme: &Scheme,
    from: &Annotation,
    instead_of: Option<&AnnotationId>,
) -> Vec<AnnotationId> {
    if set.is_waiting(&from.id) {
        // Its spans count in another text: nothing is near them.
        return Vec::new();
    }
    let place = (from.extent(), from.id.clone());
    let neighbours = set.before(&place).take(NEIGHBOURS).chain(set.after(&place).take(NEIGHBOURS));
    let ends: HashSet<_> = set.relations_of(&from.id).flat_map(|tie| [&tie.from, &tie.to]).collect();
    let tied = |id: &AnnotationId| Some(id) != instead_of && ends.contains(id);
    let starts = |kind: &&RelationType| kind.from.contains(&from.label);
    let Some(kind) = scheme.relations.iter().find(starts) else { return Vec::new() };
    let mut found: Vec<_> = neighbours
        .filter(|other| kind.allows(&from.label, &other.label) && other.id != from.id && !tied(&other.id))
        .map(|other| (gap(place.0, other.extent()), other))
        .collect();
    found.sort_by_key(|(gap, other)| (*gap, other.extent().start, other.id.clone()));
    found.into_iter().map(|(_, other)| other.id.clone()).collect()
}

/// The characters between two spans; none when they touch.
fn gap(one: Span, other: Span) -> u32 {
    let between = |first: Span, second: Span| second.start.0.saturating_sub(first.end.0);
    between(one, other).max(between(other, one))
}
