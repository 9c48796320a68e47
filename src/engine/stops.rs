//! Where there is something left to do: quoted strings that nobody tagged, proposals, problems.

use std::collections::HashSet;

use ascribe_schema::{Annotation, AnnotationId, Offset, PARATEXT, Severity, Span, Text};

use crate::{WorkingSet, lint::Finding, quoted::quoted_from};

/// What most projects call words of somebody else.
const QUOTE: &str = "quote";

/// The next (`forward`) or previous quoted string that is not tagged as a quote and is part of the article;
/// after the last one the first.
#[must_use]
pub fn untagged_quote(
    text: &Text,
    set: Option<&WorkingSet>,
    paratext: &[Span],
    from: Offset,
    forward: bool,
) -> Option<Span> {
    let aside = match set {
        Some(set) => crate::paratext(paratext, set.annotations().map(|annotation| &**annotation)),
        None => paratext.to_vec(),
    };
    let open = |span: &Span| {
        let in_paratext = aside.iter().any(|other| other.covers(*span));
        !in_paratext && !set.is_some_and(|set| is_tagged(set, *span))
    };
    let again = if forward { Offset::ZERO } else { text.len() };
    quoted_from(text, from, forward).chain(quoted_from(text, again, forward)).find(open)
}

/// Whether a quote holds the better part of a string, or the string is no part of the article.
fn is_tagged(set: &WorkingSet, string: Span) -> bool {
    set.index().overlapping(string).iter().any(|(span, id)| {
        let shared = span.intersection(string).map_or(0, Span::len);
        let settles = |annotation: &Annotation| annotation.label == QUOTE || annotation.paratext() == Some(true);
        set.annotation(id).is_some_and(|annotation| settles(annotation)) && 2 * shared >= string.len()
    })
}

/// The next (`forward`) or previous proposal of what is not the article that nobody has taken up; after the
/// last one the first.
#[must_use]
pub fn open_proposal(set: Option<&WorkingSet>, paratext: &[Span], from: Offset, forward: bool) -> Option<Span> {
    let marked = |span: Span| {
        let here =
            set.into_iter().flat_map(|set| set.index().overlapping(span).into_iter().map(move |(_, id)| (set, id)));
        here.into_iter().any(|(set, id)| set.annotation(&id).is_some_and(|annotation| annotation.label == PARATEXT))
    };
    let mut open: Vec<_> = paratext.iter().copied().filter(|&span| !marked(span)).collect();
    open.sort_unstable();
    let next =
        if forward { open.iter().find(|span| span.start >= from) } else { open.iter().rfind(|span| span.end <= from) };
    next.or(if forward { open.first() } else { open.last() }).copied()
}

/// The next (`forward`) or previous annotation with a finding that is more than a note, and the finding; after the last
/// one the first. `findings` are in the order of the text.
#[must_use]
pub fn finding_from<'a>(findings: &'a [Finding], place: &(Span, AnnotationId), forward: bool) -> Option<&'a Finding> {
    let mut seen = HashSet::new();
    let counts = |finding: &&Finding| finding.severity > Severity::Note;
    let stops =
        findings.iter().filter(counts).filter(|finding| finding.annotations.first().is_some_and(|id| seen.insert(id)));
    let stops: Vec<_> = stops.collect();
    let here = stops.iter().position(|finding| finding.annotations.first() == Some(&place.1));
    let last = stops.len().checked_sub(1)?;
    let next = match (here, forward) {
        (Some(here), true) => {
            if here < last {
                here + 1
            } else {
                0
            }
        }
        (Some(here), false) => here.checked_sub(1).unwrap_or(last),
        (None, true) => stops.iter().position(|finding| finding.span.start >= place.0.start).unwrap_or(0),
        (None, false) => stops.iter().rposition(|finding| finding.span.start < place.0.start).unwrap_or(last),
    };
    stops.get(next).copied()
}
