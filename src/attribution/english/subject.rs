//! Who a verb belongs to.

use std::ops::Range;

use super::{
    phrase::{adjunct, core_after, is_name, is_pronoun, opens_apposition, phrase_before},
    word::Words,
};
use crate::{
    lexicon::{Class, Classes},
    token::Kind,
};

/// The subject of the verb that starts at `start`; nothing where it has none of its own.
pub fn subject_before(words: Words<'_>, start: usize) -> Option<Range<usize>> {
    let mut at = start;
    while at > 0 && words.is_adverb(at - 1) && !is_pronoun(words, at - 1) {
        at -= 1;
    }
    let last = at.checked_sub(1)?;
    let token = words.get(last)?;
    if token.is_sign(',') || token.is_dash() {
        return behind_insertion(words, last);
    }
    let last = before_time(words, last);
    if words.is(last, Class::That)
        && words.before(last).is_some_and(|before| before.is_word())
        && words.is_nominal(last - 1)
    {
        return Some(last..last + 1);
    }
    let phrase = phrase_before(words, last)?;
    let phrase = without_adjunct(words, speaker(words, phrase)?);
    Some(with_name(words, phrase))
}

/// `Clinton on Tuesday said`: the time belongs to the verb.
fn before_time(words: Words<'_>, last: usize) -> usize {
    if !words.is(last, Class::Time) || words.is(last, Class::Person) {
        return last;
    }
    let mut at = last;
    while at > 0 && (words.is(at, Class::Time) || words.is_word(at, &["last", "next", "this", "late", "early", "on"])) {
        at -= 1;
    }
    if words.is(at, Class::Prep) && at > 0 {
        at -= 1;
    }
    if words.is_nominal(at) || words.is(at, Class::Subject) { at } else { last }
}

/// `Clinton on Twitter said`: where something was said is no part of the name.
fn without_adjunct(words: Words<'_>, phrase: Range<usize>) -> Range<usize> {
    let named = |at: usize| words.get(at).is_some_and(|token| token.kind == Kind::Capital);
    let cut = (phrase.start + 1..phrase.end)
        .find(|at| named(at - 1) && words.is(*at, Class::Prep) && adjunct(words, *at, phrase.end));
    phrase.start..cut.unwrap_or(phrase.end)
}

/// A subject that can speak: not `it` or `there`.
fn speaker(words: Words<'_>, phrase: Range<usize>) -> Option<Range<usize>> {
    let empty = phrase.len() == 1 && words.is_word(phrase.start, &["there", "this", "that"]);
    (!empty).then_some(phrase)
}

/// A description and a name with a comma between them belong together: `Smith, a spokesman`, `a spokesman, Smith`.
fn with_name(words: Words<'_>, phrase: Range<usize>) -> Range<usize> {
    let Some(comma) = phrase.start.checked_sub(1).filter(|comma| words.is_sign(*comma, ',')) else { return phrase };
    if comma == 0 || lowered(words, &phrase) || !opens_apposition(words, phrase.start, phrase.end) {
        return phrase;
    }
    match phrase_before(words, comma - 1) {
        Some(name) if is_name(words, &name) || is_name(words, &phrase) => name.start..phrase.end,
        _ => phrase,
    }
}

fn lowered(words: Words<'_>, phrase: &Range<usize>) -> bool {
    is_pronoun(words, phrase.start)
}

/// The subject before what is inserted between commas or dashes: `Smith, who founded it, said`.
fn behind_insertion(words: Words<'_>, close: usize) -> Option<Range<usize>> {
    let dash = words.get(close)?.is_dash();
    let mut open = close;
    for _ in 0..5 {
        let found = (0..open)
            .rev()
            .take(40)
            .find(|at| words.get(*at).is_some_and(|token| if dash { token.is_dash() } else { token.is_sign(',') }));
        let Some(found) = found else {
            // `Smith for the agency, says`: nothing is inserted.
            let whole = (open == close).then(|| phrase_before(words, close.checked_sub(1)?)).flatten()?;
            return (whole.start == 0 && !words.is_quoted(close - 1)).then(|| speaker(words, whole)).flatten();
        };
        open = found;
        if open == 0 || !opens_insertion(words, open + 1, close) {
            return None;
        }
        let Some(name) = phrase_before(words, open - 1).and_then(|name| speaker(words, name)) else { continue };
        if words.is_quoted(open - 1) {
            return None;
        }
        let lone_age = name.len() == 1 && words.get(name.start).is_some_and(|token| token.kind == Kind::Number);
        if lone_age {
            continue;
        }
        let name = with_name(words, name);
        return Some(name.start..insertion_end(words, open, close));
    }
    None
}

/// Whether an insertion can begin here.
fn opens_insertion(words: Words<'_>, first: usize, close: usize) -> bool {
    let Some(token) = words.get(first) else { return false };
    if words.is_quoted(first) {
        return false;
    }
    token.any(Classes::of(&[Class::Rel, Class::Prep, Class::Sub, Class::Poss, Class::Wh]))
        || words.is_ing(first)
        || words.is_participle(first)
        || words.is_adverb(first)
        || token.kind == Kind::Number
        || opens_apposition(words, first, close)
        || (token.is(Class::Coord) && opens_apposition(words, first + 1, close))
        || (words.is_nominal(first) && !words.has_finite(first, close))
        || words.is_word(first, &["himself", "herself", "themselves", "too"])
}

/// How much of an insertion says who the speaker is: appositions do, relative clauses do not.
fn insertion_end(words: Words<'_>, open: usize, close: usize) -> usize {
    let mut end = open;
    let mut at = open;
    while at < close {
        let stop = (at + 1..close)
            .find(|stop| words.is_sign(*stop, ',') || words.is(*stop, Class::Rel) || words.is_finite(*stop))
            .unwrap_or(close);
        if !opens_apposition(words, at + 1, stop) {
            break;
        }
        end = stop;
        if !words.is_sign(stop, ',') {
            break;
        }
        at = stop;
    }
    end
}

/// The subject of the sentence's main clause, as far as `limit`: of its first verb.
pub fn main_subject(words: Words<'_>, limit: usize) -> Option<Range<usize>> {
    let mut nested = false;
    for at in 0..limit {
        let Some(token) = words.get(at) else { break };
        if token.is_quoted() {
            continue;
        }
        nested |= at == 0 && token.is(Class::Sub);
        if token.is_sign(',') {
            nested = false;
        }
        if nested || !words.is_finite(at) {
            continue;
        }
        if let Some(subject) = subject_before(words, at)
            && !words.before(subject.start).is_some_and(|before| before.is(Class::Prep))
            && !words.is(subject.start, Class::Rel)
            && !words.is(subject.start, Class::That)
        {
            return Some(subject);
        }
    }
    None
}

/// The subject that follows a verb: `said Smith, a spokesman`.
pub fn subject_after(words: Words<'_>, first: usize, end: usize) -> Option<Range<usize>> {
    let phrase = super::phrase::phrase_after(words, first, end)?;
    let core = core_after(words, first, end).or_else(|| is_pronoun(words, first).then_some(first..first + 1))?;
    let capital = words.get(first).is_some_and(|token| token.kind == Kind::Capital);
    let people = core.clone().any(|at| words.get(at).is_some_and(|token| token.any(super::phrase::PEOPLE)));
    let opened = words.get(first).is_some_and(|token| token.is(Class::Det) || token.is(Class::Poss));
    (capital || people || opened || is_pronoun(words, first)).then_some(phrase)
}

/// The subject of the last verb before `limit` that somebody can be the subject of.
pub fn nearest_subject(words: Words<'_>, limit: usize, fits: impl Fn(&Range<usize>) -> bool) -> Option<Range<usize>> {
    let verbs = (limit.saturating_sub(40)..limit).rev().filter(|at| words.is_finite(*at));
    verbs
        .filter_map(|at| subject_before(words, at))
        .find(|subject| fits(subject) && !words.is(subject.start, Class::Rel))
}
