//! Where there is something left to do: quoted strings that nobody tagged, proposals, problems.

use ascribe_schema::{Annotation, AnnotationId, Offset, PARATEXT, Scheme, Span, Text, check_annotation};

use crate::{WorkingSet, quoted::quoted_from};

/// What most projects call words of somebody else.
const QUOTE: &str = "quote";

/// What an annotation lacks as long as it has no such tie.
const NEEDED: [(&str, &str, &str); 2] = [
    (QUOTE, "attributed_to", "this quote has no source yet"),
    ("denial", "denies", "it is not said yet what this denial denies"),
];

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

/// The next (`forward`) or previous annotation with which something is wrong, and what; after the last one the
/// first.
#[must_use]
pub fn problem_from(
    set: &WorkingSet,
    text: &Text,
    scheme: &Scheme,
    place: &(Span, AnnotationId),
    forward: bool,
) -> Option<(AnnotationId, String)> {
    let wrong = |annotation: &std::sync::Arc<Annotation>| {
        Some((annotation.id.clone(), problem_of(annotation, set, text, scheme)?))
    };
    if forward {
        set.after(place).chain(set.annotations()).find_map(wrong)
    } else {
        set.before(place).chain(set.annotations().rev()).find_map(wrong)
    }
}

/// The first thing that is wrong with an annotation as it is now, in words.
fn problem_of(annotation: &Annotation, set: &WorkingSet, text: &Text, scheme: &Scheme) -> Option<String> {
    if let Some(problem) = check_annotation(annotation, text, scheme, "").into_iter().next() {
        return Some(problem.message);
    }
    let label = |id: &AnnotationId| set.annotation(id).map(|annotation| annotation.label.as_str());
    let allowed = |kind: &str, from: &AnnotationId, to: &AnnotationId| {
        let ends = label(from).zip(label(to));
        scheme.relation(kind).zip(ends).is_some_and(|(kind, (from, to))| kind.allows(from, to))
    };
    let misfit = set.relations_of(&annotation.id).find(|tie| !allowed(&tie.kind, &tie.from, &tie.to));
    if let Some(tie) = misfit {
        return Some(format!("its tie “{}” does not fit the scheme", tie.kind.replace('_', " ")));
    }
    let lacks = |(of, kind, _): &&(&str, &str, &str)| {
        let known = scheme.relation(kind).is_some_and(|kind| kind.from.iter().any(|from| from == of));
        let tied = || set.relations_of(&annotation.id).any(|tie| tie.kind == *kind && tie.from == annotation.id);
        annotation.label == *of && known && !tied()
    };
    NEEDED.iter().find(lacks).map(|(_, _, words)| (*words).to_owned())
}
