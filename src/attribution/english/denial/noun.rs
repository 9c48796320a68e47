//! Nouns of denying: `issued a denial`, `his denial that he knew`, `denials from the palace`.

use std::ops::Range;

use super::{
    super::{
        clause,
        frame::{owner, sentence_end},
        phrase::core_after,
        word::Words,
    },
    Found, Object, Strength, begins,
    object::clause_end,
    speaker,
};
use crate::{
    lexicon::{Class, Classes},
    token::Kind,
};

/// Verbs by which a denial is made.
const MAKES: [&str; 17] = [
    "issued",
    "issues",
    "issue",
    "made",
    "makes",
    "repeated",
    "reiterated",
    "published",
    "publishes",
    "released",
    "offered",
    "gave",
    "sent",
    "posted",
    "ran",
    "printed",
    "issuing",
];

/// A denial whose noun stands at a place.
pub fn issued(words: Words<'_>, at: usize) -> Option<Found> {
    let token = words.get(at)?;
    if !token.is(Class::DenyNoun) || token.kind != Kind::Lower {
        return None;
    }
    let end = sentence_end(words);
    let (reach, object) = carried(words, at, end);
    let refused = (at + 1..(at + 5).min(end)).any(|at| words.is(at, Class::NoDenial));
    if refused && object == Object::Nothing || words.is_word(at.wrapping_sub(1), &["in"]) {
        return None;
    }
    let strength = if begins(words, at, &["retract", "correct"]) { Strength::Retraction } else { Strength::Outright };
    let (start, source, score) = made(words, at)
        .or_else(|| {
            let agent = words.is_word(at + 1, &["from", "by"]).then(|| core_after(words, at + 2, end)).flatten()?;
            Some((at, agent, 0.6))
        })
        .or_else(|| Some((at, owner(words, at)?, if object == Object::Nothing { 0.55 } else { 0.75 })))?;
    // A rejection is one of a bill as well, and a correction one of prices.
    let weak = begins(words, at, &["reject", "correct", "disclaim"]);
    if weak && (start == at && object == Object::Nothing) {
        return None;
    }
    let (span, source) = (start..reach, Some(source));
    Some(Found { span, cue: at..at + 1, source, strength, object, rule: "denial.noun", score, spoken: false })
}

/// What the noun says is denied, and where it ends.
fn carried(words: Words<'_>, at: usize, end: usize) -> (usize, Object) {
    if words.is(at + 1, Class::That) && clause::opens(words, at + 2, end) {
        let stop = clause_end(words, at + 2, end, true);
        let stop = predicate(words, at, stop).unwrap_or(stop);
        return (stop, Object::Clause(at + 2..stop));
    }
    if !words.is_word(at + 1, &["of"]) {
        return (at + 1, Object::Nothing);
    }
    if words.is_ing(at + 2) {
        let stop = clause_end(words, at + 2, end, false);
        return (stop, Object::Clause(at + 2..stop));
    }
    match core_after(words, at + 2, end) {
        Some(phrase) if phrase.clone().any(|at| words.is(at, Class::Charge)) => (phrase.end, Object::Earlier(phrase)),
        _ => (at + 1, Object::Nothing),
    }
}

/// The verb that the noun is the subject of: `His denial that he knew surprised nobody`.
fn predicate(words: Words<'_>, at: usize, end: usize) -> Option<usize> {
    if words.has_finite(0, at) {
        return None;
    }
    let first = (at + 2..end).find(|at| words.is_finite(*at))?;
    let mut own = first + 1;
    while own < end && (words.is_finite(own) || words.is_adverb(own) || words.is(own, Class::Neg)) {
        own += 1;
    }
    let joined = |at: usize| {
        words.get(at).is_some_and(|token| {
            token.any(Classes::of(&[Class::Coord, Class::Sub, Class::Rel, Class::That, Class::Wh]))
        })
    };
    let second = (own..end).find(|at| words.is_finite(*at) || joined(*at))?;
    (!joined(second)).then_some(second)
}

/// `the ministry issued a firm denial`: where it starts, who made it, how sure that is.
fn made(words: Words<'_>, at: usize) -> Option<(usize, Range<usize>, f32)> {
    let verb = (at.saturating_sub(5)..at).rev().find(|at| words.is_word(*at, &MAKES))?;
    if (verb + 1..at)
        .any(|at| words.is_finite(at) || words.get(at).is_some_and(|token| matches!(token.kind, Kind::Sign(_))))
    {
        return None;
    }
    let mut start = verb;
    while start > 0 && (words.is(start - 1, Class::Have) || words.is_adverb(start - 1)) {
        start -= 1;
    }
    Some((start, speaker(words, start)?, 0.85))
}
