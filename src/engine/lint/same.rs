//! The same words, the same label: what was tagged twice, or once this way and once that.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ascribe_schema::{Annotation, Span};

use super::{
    Finding, Fix, Work,
    rules::{CROSSING_SAME_LABEL, DUPLICATE_ANNOTATION, SAME_WORDS_DIFFERENTLY},
    work::words,
};
use crate::Action;

pub(super) fn check(work: &Work<'_>, found: &mut Vec<Finding>) {
    double(work, found);
    crossing(work, found);
    differently(work, found);
}

/// Annotations with the same label on exactly the same words.
fn double(work: &Work<'_>, found: &mut Vec<Finding>) {
    let mut seen: HashMap<(&str, &[Span]), usize> = HashMap::new();
    for (number, annotation) in work.tags() {
        let first = *seen.entry((&annotation.label, &annotation.spans)).or_insert(number);
        if first == number {
            continue;
        }
        let message = format!("{} is tagged as {} twice", words(annotation), annotation.label);
        let finding = work.finding(&DUPLICATE_ANNOTATION, &[number, first], annotation.extent(), message);
        let goes = [(number, first), (first, number)].into_iter().find(|&(one, other)| adds_nothing(work, one, other));
        let fix = goes.map(|(goes, _)| Fix {
            words: "delete one of the two".to_owned(),
            action: Action::Delete(work.annotation(goes).id.clone()),
        });
        found.push(Finding { fix, ..finding });
    }
}

/// Whether the first of two annotations of the same words says nothing that the other does not say, too.
fn adds_nothing(work: &Work<'_>, one: usize, other: usize) -> bool {
    let (one_is, other_is) = (work.annotation(one), work.annotation(other));
    let untied = work.from(one).chain(work.to(one)).next().is_none();
    let said = |(name, value): (&String, &String)| other_is.attributes.get(name) == Some(value);
    let noted = one_is.note.is_empty() || one_is.note == other_is.note;
    untied && noted && one_is.attributes.iter().all(said)
}

/// Annotations with the same label of which each holds a part of the other only.
fn crossing(work: &Work<'_>, found: &mut Vec<Finding>) {
    let mut open: HashMap<&str, Vec<(usize, Span)>> = HashMap::new();
    for (number, annotation) in work.tags().filter(|(_, annotation)| annotation.spans.len() == 1) {
        let (span, stack) = (annotation.extent(), open.entry(&annotation.label).or_default());
        stack.retain(|(_, other)| other.end > span.start);
        let crosses = |(_, other): &&(usize, Span)| other.start < span.start && other.end < span.end;
        if let Some(&(other, _)) = stack.iter().rev().find(crosses) {
            let message = format!("{} and {} cross", words(work.annotation(other)), words(annotation));
            found.push(work.finding(&CROSSING_SAME_LABEL, &[number, other], span, message));
        }
        stack.push((number, span));
    }
}

/// The places of the same words, with the labels that they have there.
type Places<'a> = BTreeMap<Span, BTreeMap<&'a str, usize>>;

/// Words that have one label in some places and another one elsewhere.
fn differently(work: &Work<'_>, found: &mut Vec<Finding>) {
    let mut same: HashMap<&str, Places<'_>> = HashMap::new();
    for (number, annotation) in work.tags() {
        if let ([span], [text]) = (annotation.spans.as_slice(), annotation.text.as_slice())
            && text.chars().nth(1).is_some()
        {
            same.entry(text).or_default().entry(*span).or_default().insert(&annotation.label, number);
        }
    }
    for places in same.values().filter(|places| places.len() > 1) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        places.values().flat_map(BTreeMap::keys).for_each(|label| *counts.entry(label).or_default() += 1);
        if counts.len() == 1 {
            continue;
        }
        let first = |label: &str| places.iter().find(|(_, labels)| labels.contains_key(label)).map(|(span, _)| *span);
        let usual = counts.iter().max_by_key(|(label, count)| (**count, std::cmp::Reverse(first(label))));
        let Some((&usual, &count)) = usual else { continue };
        let example = places.values().find_map(|labels| labels.get(usual));
        for (&span, labels) in places.iter().filter(|(_, labels)| !labels.contains_key(usual)) {
            let about: BTreeSet<_> = labels.values().chain(example).copied().collect();
            let Some((label, &number)) = labels.iter().next() else { continue };
            let annotation: &Annotation = work.annotation(number);
            let elsewhere = if count == 1 { "elsewhere".to_owned() } else { format!("in {count} other places") };
            let message = format!("{} is a {label} here and a {usual} {elsewhere}", words(annotation));
            let about: Vec<_> = std::iter::once(number).chain(about.into_iter().filter(|&n| n != number)).collect();
            found.push(work.finding(&SAME_WORDS_DIFFERENTLY, &about, span, message));
        }
    }
}
