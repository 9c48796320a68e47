//! The noun phrase that begins at a place.

use std::ops::Range;

use super::{INNER, REACH, adjunct, apposition::with_appositions, is_pronoun, is_time, short_name};
use crate::{english::word::Words, lexicon::Class, token::Kind};

/// The noun phrase that begins at `first`, with what is in apposition to it, and ends before `end`.
pub fn phrase_after(words: Words<'_>, first: usize, end: usize) -> Option<Range<usize>> {
    if first >= end {
        return None;
    }
    let alone = is_pronoun(words, first) && !words.is_word(first + 1, &["of"]);
    if alone && words.is(first, Class::Subject) {
        return Some(first..first + 1);
    }
    let core = if alone { first..first + 1 } else { core_after(words, first, end)? };
    Some(first..with_appositions(words, &core, end))
}

/// The noun phrase that begins at `first`, without appositions.
pub fn core_after(words: Words<'_>, first: usize, end: usize) -> Option<Range<usize>> {
    let mut at = first;
    let mut head = false;
    // Behind a participle, as in `an affidavit filed on Monday`, times and places belong to it.
    let mut reduced = false;
    while at < end && at - first < REACH {
        let Some(token) = words.get(at) else { break };
        let next_nominal =
            |at: usize| at < end && (words.is_nominal(at) || words.is(at, Class::Det) || words.is(at, Class::Poss));
        match token.kind {
            Kind::Possessive => {}
            Kind::Sign('(') if head => {
                let Some(close) = (at..(at + 12).min(end)).find(|at| words.is_sign(*at, ')')) else { break };
                at = close;
            }
            Kind::Quoted(_) if head && short_name(words, at) => {}
            // `CNN’s “State of the Union”`
            Kind::Quoted(_) if words.before(at).is_some_and(|before| before.kind == Kind::Possessive) => {}
            Kind::Sign('/' | '-') if head && next_nominal(at + 1) => {}
            // `A, B and C`
            Kind::Sign(',') if head && lists(words, at, end) => {}
            _ if token.is(Class::Det) || token.is(Class::Poss) => {
                if head
                    && !(reduced && words.is(at + 1, Class::Time))
                    && !words.before(at).is_some_and(|before| {
                        before.is(Class::Prep)
                            || before.is(Class::To)
                            || before.is(Class::Coord)
                            || before.is_sign(',')
                            || before.is(Class::Det)
                    })
                {
                    break;
                }
            }
            _ if token.is(Class::Time)
                && head
                && !reduced
                && !(token.kind == Kind::Capital
                    && words.get(at + 1).is_some_and(|next| next.kind == Kind::Capital)
                    && words.before(at).is_some_and(|before| before.kind == Kind::Capital))
                && !words.before(at).is_some_and(|before| {
                    before.is(Class::Prep) || before.is(Class::Det) || before.is(Class::Poss)
                }) =>
            {
                break;
            }
            _ if words.is_nominal(at) => head = true,
            // `his most recent survey`
            _ if words.is_adverb(at)
                && !head
                && next_nominal(at + 1)
                && words.before(at).is_some_and(|before| before.is(Class::Det) || before.is(Class::Poss))
                && at > first => {}
            _ if words.is_word(at, &["some", "one", "many", "most", "several", "few"]) && !head => head = true,
            _ if head
                && words.is_word(at, &["and", "&", "or"])
                && next_nominal(at + 1)
                && !clause_follows(words, at + 1, end) => {}
            // `residents to stay` is no phrase; `the ambassador to France` is.
            _ if head
                && words.is_word(at, &["to"])
                && words
                    .get(at + 1)
                    .is_some_and(|next| next.kind == Kind::Lower && !next.is(Class::Det) && !next.is(Class::Poss)) =>
            {
                break;
            }
            _ if head && INNER.contains(&words.word(at)) && next_nominal(at + 1) => {
                // `Smith on Tuesday`, `Smith in a statement` are no names.
                let office = words.is_word(at, &["to"])
                    && words.before(at).is_some_and(|before| before.is(Class::Title) || before.is(Class::Person));
                if adjunct(words, at, end) && !office && !reduced {
                    break;
                }
            }
            _ if head
                && words.is_participle(at)
                && words.before(at).is_some_and(|before| before.kind == Kind::Lower)
                && words.get(at + 1).is_some_and(|next| {
                    next.is(Class::Prep) || next.is(Class::Time) || words.is_word(at + 1, &["this", "last"])
                }) =>
            {
                reduced = true;
            }
            _ if head && words.is_word(at, &["familiar", "close", "involved"]) => {}
            _ => break,
        }
        at += 1;
    }
    // No preposition or sign is left at the end.
    while at > first
        && !(words.is_nominal(at - 1)
            || words.is_quoted(at - 1)
            || words.is_sign(at - 1, ')')
            || words.is_word(at - 1, &["some", "one", "many", "most", "several", "few", "others"]))
    {
        at -= 1;
    }
    let phrase = first..at;
    (head && !phrase.is_empty() && !is_time(words, &phrase)).then_some(phrase)
}

/// Whether a comma stands between names that `and` ends: `A, B and C`.
fn lists(words: Words<'_>, comma: usize, end: usize) -> bool {
    let mut at = comma + 1;
    while at < end && at - comma < 10 && (words.is_nominal(at) || words.is(at, Class::Title)) {
        at += 1;
    }
    let and = if words.is_sign(at, ',') { at + 1 } else { at };
    at > comma + 1
        && at < end
        && words.is_word(and, &["and"])
        && words.is_nominal(and + 1)
        && words.get(comma + 1).is_some_and(|token| token.kind == Kind::Capital)
}

fn clause_follows(words: Words<'_>, from: usize, end: usize) -> bool {
    let stop = (from..end).find(|at| words.is_sign(*at, ',') || words.is_quoted(*at)).unwrap_or(end);
    words.has_finite(from, stop.min(from + 10))
}
