//! A name that stands as a source already, near words that nobody says yet.
//!
//! A name is no source wherever it stands: most mentions say nothing of who speaks. So one is proposed only where a
//! quote without a source stands in the same paragraph, only the nearest to it, and never sure enough to be accepted
//! together with others.

use std::collections::{BTreeSet, HashMap};

use ascribe_schema::{Annotation, Offset, Scheme, Span, Text};

use super::{
    Lessons, Proposer, QUOTE, RULES, SAID_BY, SOURCE, SuggestedTie, Suggestion, TiedTo, extent,
    learned::{name_in, thousandths},
    proposed::name_of,
};
use crate::{WorkingSet, paratext::all_inside, quoted::line_at};

/// How sure that is.
const SCORE: f32 = 0.3;
/// The rule's name.
pub(super) const RULE: &str = "same.words";
/// What it does, for people.
pub(super) const REASON: &str =
    "A name that stands as a source in this text already is near words that nobody says yet.";
/// Longer paragraphs, in characters, are not searched: what stands that far away says nothing.
const LONGEST: u32 = 5000;

/// Somebody's words that nobody says yet.
struct Unsaid<'a> {
    spans: &'a [Span],
    end: TiedTo,
}

/// The names that may say what nobody says yet, beside the other suggestions `open`.
pub(super) fn same_words(
    text: &Text,
    set: Option<&WorkingSet>,
    aside: &[Span],
    scheme: &Scheme,
    open: &[Suggestion],
    lessons: &Lessons<'_>,
) -> Vec<Suggestion> {
    let Some(set) = set else { return Vec::new() };
    let allowed = scheme.relation(SAID_BY).is_some_and(|kind| kind.allows(QUOTE, SOURCE));
    let names = names(set);
    if !allowed || names.is_empty() {
        return Vec::new();
    }
    let sources: Vec<Span> = open.iter().filter(|one| one.label == SOURCE).map(Suggestion::extent).collect();
    let by = Proposer { program: RULES.to_owned(), rule: RULE.to_owned(), score: SCORE };
    let free = |span: Span| {
        let tagged = || set.index().overlapping(span).into_iter().filter_map(|(_, id)| set.annotation(&id));
        let refused = || set.state().rejected().any(|rejection| rejection.refuses(SOURCE, &[span]));
        !sources.iter().any(|other| other.overlaps(span))
            && !all_inside(aside, &[span])
            && !tagged().any(|annotation| annotation.label == SOURCE || by.is_changed_in(&annotation.origin))
            && !refused()
    };
    let (mut found, mut taken) = (Vec::new(), BTreeSet::new());
    for unsaid in unsaid(set, open) {
        if let Some((span, because)) = nearest(text, &unsaid, &names, free).filter(|(span, _)| taken.insert(*span)) {
            let tie = SuggestedTie { kind: SAID_BY.to_owned(), other: unsaid.end, out: false };
            found.push(suggestion(text, span, because, tie, &by, lessons));
        }
    }
    found
}

/// Names, each with one of its places, by their first word: only those can stand in a paragraph of which that does.
type Names = HashMap<String, Vec<(String, Span)>>;

/// The names that the annotator has tagged as sources.
fn names(set: &WorkingSet) -> Names {
    let mut seen = BTreeSet::new();
    let named = set.annotations().filter_map(|annotation| Some((name_in(annotation)?, annotation.extent())));
    let mut names = Names::new();
    for (name, place) in named.filter(|(name, _)| seen.insert(name.clone())) {
        let first = words(&name).next().map(str::to_owned);
        if let Some(first) = first {
            names.entry(first).or_default().push((name, place));
        }
    }
    names
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn unsaid<'a>(set: &'a WorkingSet, open: &'a [Suggestion]) -> Vec<Unsaid<'a>> {
    let said = |annotation: &Annotation| {
        set.relations_of(&annotation.id).any(|tie| tie.kind == SAID_BY && tie.from == annotation.id)
    };
    let tagged = set.annotations().filter(|annotation| annotation.label == QUOTE && !said(annotation));
    let tagged =
        tagged.map(|annotation| Unsaid { spans: &annotation.spans, end: TiedTo::Annotation(annotation.id.clone()) });
    let open =
        open.iter().filter(|one| one.label == QUOTE && !one.ties.iter().any(|tie| tie.out && tie.kind == SAID_BY));
    let open = open.map(|one| Unsaid { spans: &one.spans, end: TiedTo::Suggestion(one.id.clone()) });
    tagged.chain(open).collect()
}

/// The nearest place of a name in the paragraph around some words, outside of them, and where that name is a source.
fn nearest(text: &Text, unsaid: &Unsaid<'_>, names: &Names, free: impl Fn(Span) -> bool) -> Option<(Span, Span)> {
    let around = extent(unsaid.spans);
    let line = line_at(text, around.start);
    let content = text.slice(line).filter(|_| line.len() <= LONGEST)?;
    let base = text.byte(line.start)?;
    let mut places = Vec::new();
    let here: BTreeSet<_> = words(content).collect();
    for (name, because) in here.into_iter().filter_map(|word| names.get(word)).flatten() {
        for (at, name) in content.match_indices(name.as_str()) {
            let letter = |c: char| c.is_alphanumeric();
            let cut = content[..at].ends_with(letter) || content[at + name.len()..].starts_with(letter);
            let ends = text.offset_of_byte(base + at).zip(text.offset_of_byte(base + at + name.len()));
            let span = ends.map(|(start, end)| Span { start, end }).filter(|_| !cut);
            places.extend(span.map(|span| (apart(span, around), span, *because)));
        }
    }
    places.retain(|(_, span, _)| !unsaid.spans.iter().any(|part| part.overlaps(*span)) && free(*span));
    // Of names that begin alike, the whole one.
    places
        .into_iter()
        .min_by_key(|(apart, span, _)| (*apart, Offset(u32::MAX - span.len()), *span))
        .map(|(_, span, because)| (span, because))
}

/// How far two spans lie apart.
fn apart(one: Span, other: Span) -> u32 {
    one.start.0.saturating_sub(other.end.0).max(other.start.0.saturating_sub(one.end.0))
}

fn suggestion(
    text: &Text,
    span: Span,
    because: Span,
    tie: SuggestedTie,
    by: &Proposer,
    lessons: &Lessons<'_>,
) -> Suggestion {
    let mut told = vec!["these words are a source elsewhere in this article".to_owned()];
    let score = thousandths(lessons.by_rule(by, &mut told));
    Suggestion {
        id: name_of(SOURCE, &[span]),
        label: SOURCE.to_owned(),
        spans: vec![span],
        text: vec![text.slice(span).unwrap_or_default().to_owned()],
        attributes: [("naming".to_owned(), "named".to_owned())].into(),
        by: by.clone(),
        also: Vec::new(),
        because: vec![because],
        score,
        lessons: told,
        ties: vec![tie],
    }
}
