//! Noun phrases: who speaks.

use std::ops::Range;

use super::word::Words;
use crate::{
    lexicon::{Class, Classes},
    token::Kind,
};

/// The furthest that a noun phrase reaches, in tokens.
const REACH: usize = 40;

/// Prepositions that can stand inside a noun phrase.
const INNER: [&str; 14] =
    ["of", "for", "from", "at", "in", "with", "on", "to", "about", "against", "between", "near", "within", "behind"];

/// The noun phrase that ends with the token at `last`.
pub fn phrase_before(words: Words<'_>, last: usize) -> Option<Range<usize>> {
    let end = last + 1;
    let token = words.get(last)?;
    if token.is(Class::Rel) && !words.is_word(last, &["what", "how", "why"]) {
        return Some(last..end);
    }
    if is_pronoun(words, last) {
        return Some(last..end);
    }
    let mut at = end;
    let mut start = None;
    let mut listed = false;
    while at > 0 && end - at < REACH {
        let here = at - 1;
        let Some(token) = words.get(here) else { break };
        match token.kind {
            Kind::Sign(')') => {
                let Some(open) = (here.saturating_sub(12)..here).rev().find(|at| words.is_sign(*at, '(')) else {
                    break;
                };
                at = open;
                continue;
            }
            Kind::Possessive => {
                at = here;
                continue;
            }
            // A nickname.
            Kind::Quoted(_) if short_name(words, here) => {
                at = here;
                continue;
            }
            Kind::Sign(',') if listed && at < end && here > 0 && words.is_nominal(here - 1) => {
                at = here;
                continue;
            }
            Kind::Sign('/' | '&' | '-') if here > 0 && words.is_nominal(here - 1) => {
                at = here;
                continue;
            }
            _ => {}
        }
        if token.is(Class::Time)
            && here != last
            && !words.is_word(here, &["year", "day", "week", "may", "march"])
            && start.is_some()
        {
            // `On Tuesday the minister`; but `the 30-year veteran`.
            if token.kind == Kind::Capital {
                break;
            }
        }
        if words.is_nominal(here) {
            // Two names meet: `In a statement Clinton`.
            if junction(words, here, at, end) {
                break;
            }
            start = Some(here);
            at = here;
        } else if token.is(Class::Det) || token.is(Class::Poss) || words.is_word(here, &["no", "one"]) {
            start = Some(here);
            at = here;
            // `all the`, `some of the` go on; else only `of` and the like do.
            let before = words.before(here);
            let joins = before.is_some_and(|before| {
                before.is(Class::Det)
                    || before.is(Class::Prep)
                    || before.is(Class::Coord)
                    || words.is_word(here.saturating_sub(1), &["all", "both", "half"])
            });
            if !joins {
                break;
            }
        } else if INNER.contains(&words.word(here)) && start.is_some_and(|start| start == at) {
            // What it belongs to must stand before it.
            let carried = here > 0
                && (words.is_nominal(here - 1)
                    || words.is_sign(here - 1, ')')
                    || words.is_word(here - 1, &["one", "some", "most", "many", "all", "those", "each", "both"]));
            if !carried || time_phrase(words, at, end) {
                break;
            }
            if words.is_word(here - 1, &["one", "some", "most", "many", "all", "those", "each", "both"])
                && !words.is_nominal(here - 1)
            {
                start = Some(here - 1);
                break;
            }
            at = here;
        } else if words.is_word(here, &["and", "&", "or"]) && start.is_some_and(|start| start == at) {
            if !(here > 0
                && (words.is_nominal(here - 1) || words.is_sign(here - 1, ')') || words.is_sign(here - 1, ',')))
            {
                break;
            }
            listed = true;
            at = here;
        } else if (words.is_participle(here) || words.is_ing(here))
            && here > 0
            && words.is_nominal(here - 1)
            && at < end
            && !words.is_finite_reading(here)
        {
            // `a man identified as Smith`
            at = here;
        } else {
            break;
        }
    }
    let start = start?;
    let phrase = start..end;
    (!is_time(words, &phrase) && has_head(words, &phrase)).then_some(phrase)
}

/// Whether two phrases meet between `here` and `at`, although both are nominal.
fn junction(words: Words<'_>, here: usize, at: usize, end: usize) -> bool {
    if at >= end || at != here + 1 {
        return false;
    }
    let (Some(before), Some(after)) = (words.get(here), words.get(at)) else { return false };
    // A lower-case noun and a name, as in `statement Clinton`; but `spokesman Smith`, `former president Smith`.
    before.kind == Kind::Lower
        && after.kind == Kind::Capital
        && before.any(Classes::of(&[Class::SayNoun, Class::Time, Class::Document, Class::Work]))
        && !before.is(Class::Title)
}

/// Whether a stretch is only a time, as after `on`.
fn time_phrase(words: Words<'_>, from: usize, to: usize) -> bool {
    words.get(from).is_some_and(|token| token.is(Class::Time) || token.kind == Kind::Number)
        && to - from <= 3
        && !(from..to).any(|at| words.get(at).is_some_and(|token| token.any(PEOPLE)))
}

/// Nouns for who can speak.
pub const PEOPLE: Classes = Classes::of(&[
    Class::Person,
    Class::Group,
    Class::Body,
    Class::Title,
    Class::Media,
    Class::Anonymous,
    Class::Document,
]);

fn is_time(words: Words<'_>, phrase: &Range<usize>) -> bool {
    phrase.clone().all(|at| {
        words.get(at).is_some_and(|token| {
            token.is(Class::Time)
                || token.kind == Kind::Number
                || token.is(Class::Det)
                || token.kind == Kind::Possessive
        }) || words.is_word(at, &["last", "next", "late", "early"])
    })
}

fn has_head(words: Words<'_>, phrase: &Range<usize>) -> bool {
    phrase.clone().any(|at| words.is_nominal(at) || words.is(at, Class::Some))
        || (phrase.len() == 1 && words.is_word(phrase.start, &["many", "most", "several", "both", "all", "few"]))
}

/// Whether a pronoun can speak here.
pub fn is_pronoun(words: Words<'_>, at: usize) -> bool {
    let Some(token) = words.get(at) else { return false };
    let alone = || {
        !words
            .before(at)
            .is_some_and(|before| before.is(Class::Det) || before.is(Class::Prep) || before.is(Class::Title))
    };
    token.is(Class::Subject)
        || (token.is(Class::Some)
            && !token.is(Class::Time)
            && alone()
            && words.word(at).len() > 2
            && !words.is_nominal_strict(at))
}

/// A quotation of one or two words between names.
fn short_name(words: Words<'_>, at: usize) -> bool {
    let short = words.word(at).split_whitespace().count() <= 2;
    short
        && at > 0
        && words.get(at - 1).is_some_and(|token| token.kind == Kind::Capital)
        && words.get(at + 1).is_some_and(|token| token.kind == Kind::Capital)
}

/// The noun phrase that begins at `first`, with what is in apposition to it, and ends before `end`.
pub fn phrase_after(words: Words<'_>, first: usize, end: usize) -> Option<Range<usize>> {
    let token = words.get(first)?;
    if first >= end {
        return None;
    }
    if is_pronoun(words, first) && !words.is_word(first + 1, &["of"]) {
        return Some(first..first + 1);
    }
    let core = core_after(words, first, end)?;
    let _ = token;
    Some(first..with_appositions(words, &core, end))
}

/// The noun phrase that begins at `first`, without appositions.
pub fn core_after(words: Words<'_>, first: usize, end: usize) -> Option<Range<usize>> {
    let mut at = first;
    let mut head = false;
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
            Kind::Sign('/' | '-') if head && next_nominal(at + 1) => {}
            // `A, B and C`
            Kind::Sign(',') if head && lists(words, at, end) => {}
            _ if token.is(Class::Det) || token.is(Class::Poss) => {
                if head
                    && !words.before(at).is_some_and(|before| {
                        before.is(Class::Prep)
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
                && !words.before(at).is_some_and(|before| {
                    before.is(Class::Prep) || before.is(Class::Det) || before.is(Class::Poss)
                }) =>
            {
                break;
            }
            _ if words.is_nominal(at) => head = true,
            _ if words.is_word(at, &["some", "one", "many", "most", "several", "few"]) && !head => head = true,
            _ if head
                && words.is_word(at, &["and", "&", "or"])
                && next_nominal(at + 1)
                && !clause_follows(words, at + 1, end) => {}
            _ if head && INNER.contains(&words.word(at)) && next_nominal(at + 1) => {
                // `Smith on Tuesday`, `Smith in a statement` are no names.
                if adjunct(words, at, end) {
                    break;
                }
            }
            _ if head
                && words.is_participle(at)
                && words.before(at).is_some_and(|before| before.kind == Kind::Lower)
                && words.get(at + 1).is_some_and(|next| next.is(Class::Prep)) => {}
            _ if head && words.is_word(at, &["familiar", "close", "involved"]) => {}
            _ => break,
        }
        at += 1;
    }
    // No preposition or sign is left at the end.
    while at > first
        && !(words.is_nominal(at - 1)
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

/// Whether a preposition begins where, when or how something was said, and not more of a name.
pub fn adjunct(words: Words<'_>, at: usize, end: usize) -> bool {
    let word = words.word(at);
    if word == "of" {
        return false;
    }
    let noun = (at + 1..(at + 6).min(end)).find(|at| !(words.is(*at, Class::Det) || words.is(*at, Class::Poss)));
    let Some(noun) = noun else { return false };
    let stop = (noun..(noun + 5).min(end)).find(|at| !words.is_nominal(*at)).unwrap_or(noun);
    let head = stop.max(noun + 1) - 1;
    let is = |class| words.is(head, class) || words.is(noun, class);
    let said_in = is(Class::SayNoun)
        || is(Class::Document)
        || words.is_word(
            head,
            &[
                "interview",
                "interviews",
                "conference",
                "briefing",
                "speech",
                "debate",
                "rally",
                "hearing",
                "appearance",
                "event",
                "court",
                "testimony",
                "memo",
                "phone",
                "call",
                "twitter",
                "facebook",
                "instagram",
                "email",
                "television",
                "radio",
                "tv",
            ],
        );
    is(Class::Time)
        || (matches!(word, "in" | "on" | "during" | "at" | "to" | "with" | "after")
            && (said_in || (word == "to" || word == "during")))
        || (word == "in" && words.get(noun).is_some_and(|token| token.kind == Kind::Number))
}

/// Where a noun phrase ends if what is in apposition to it belongs to it.
pub fn with_appositions(words: Words<'_>, core: &Range<usize>, end: usize) -> usize {
    let mut at = core.end;
    while words.is_sign(at, ',') && at + 1 < end {
        let stop = (at + 1..end).find(|at| ends_apposition(words, *at)).unwrap_or(end);
        if !opens_apposition(words, at + 1, stop) {
            break;
        }
        at = stop;
    }
    at
}

fn ends_apposition(words: Words<'_>, at: usize) -> bool {
    words.is_sign(at, ',')
        && !words.get(at + 1).is_some_and(|next| next.kind == Kind::Number && next.end - next.start == 4)
        || words.is_quoted(at)
        || words.get(at).is_some_and(|token| {
            token.is(Class::Rel)
                || token.is_dash()
                || matches!(token.kind, Kind::Sign(';' | ':' | '.' | '?' | '!'))
                || token.is(Class::Wh)
        })
        || words.is_finite(at)
}

/// Whether what begins behind a comma says who the name before it is.
pub fn opens_apposition(words: Words<'_>, first: usize, stop: usize) -> bool {
    let Some(token) = words.get(first) else { return false };
    if first >= stop || words.is_finite(stop) && !words.is_sign(stop, ',') {
        return false;
    }
    if token.kind == Kind::Number {
        return stop - first <= 4;
    }
    if token.is(Class::Det) && words.is_word(first, &["the", "a", "an", "another", "one"]) {
        return (first + 1..stop).any(|at| words.is_nominal(at));
    }
    if token.is(Class::Poss) {
        return true;
    }
    if token.is(Class::Prep) {
        return words.is_word(first, &["of"]);
    }
    let noun = (first..stop).take(4).any(|at| words.get(at).is_some_and(|token| token.any(PEOPLE)));
    words.is_nominal(first) && noun && !token.is(Class::Time)
}

/// Whether a phrase is a name, and says nothing of who it is.
pub fn is_name(words: Words<'_>, phrase: &Range<usize>) -> bool {
    words.get(phrase.end.saturating_sub(1)).is_some_and(|token| token.kind == Kind::Capital || token.is_sign(')'))
}
