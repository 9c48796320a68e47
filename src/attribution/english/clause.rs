//! How far what was said reaches in its sentence.

use std::ops::Range;

use super::{
    frame::infinitive_follows,
    phrase::{core_after, is_pronoun, phrase_after},
    word::Words,
};
use crate::{
    lexicon::{Class, Classes},
    token::{Kind, Token},
};

/// A stretch without the signs and conjunctions at its ends that belong to nobody.
pub fn trim(words: Words<'_>, stretch: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (stretch.start, stretch.end.min(words.len()));
    let sign = |token: &Token| token.is_dash() || matches!(token.kind, Kind::Sign(',' | ':' | ';' | '.' | '…'));
    while start < end && words.get(start).is_some_and(sign) {
        start += 1;
    }
    while end > start && words.get(end - 1).is_some_and(sign) {
        end -= 1;
    }
    start..end.max(start)
}

/// Whether a stretch holds a clause: a verb with something before it.
pub fn has_clause(words: Words<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| words.is_quoted(at))
        || words.has_finite(from, to)
        || (from..to).any(|at| words.is_ing(at) || words.is_participle(at))
}

/// Whether a clause without `that` begins here: a subject with its verb.
pub fn opens(words: Words<'_>, from: usize, end: usize) -> bool {
    let mut from = from;
    while words.is_adverb(from)
        || (words.is_word(from, &["at", "more", "less"]) && words.is_word(from + 1, &["least", "most", "than"]))
    {
        from += if words.is_adverb(from) { 1 } else { 2 };
    }
    let Some(token) = words.get(from).filter(|_| from < end) else { return false };
    if is_pronoun(words, from) || token.is(Class::Empty) || token.is(Class::Subject) {
        return (from + 1..end.min(from + 6)).any(|at| words.is_finite(at));
    }
    if token.is(Class::Sub) && !token.is(Class::Prep) {
        // `said if it fails, …`
        return words.is_word(from, &["if", "when", "once", "unless", "while", "although", "because"])
            && words.has_finite(from, end);
    }
    if words.is_word(from, &["no", "neither"]) || words.is_ing(from) {
        return words.has_finite(from + 1, end);
    }
    if words.is_quoted(from) {
        return words.has_finite(from, end);
    }
    let Some(phrase) = core_after(words, from, end) else { return false };
    // What stands between subject and verb.
    for at in from + 1..end.min(phrase.end + 14) {
        if words.is_finite(at) {
            return true;
        }
        let stops = words.get(at).is_some_and(|token| {
            token.is(Class::To) || token.is(Class::That) || matches!(token.kind, Kind::Sign(';' | ':'))
        });
        if at >= phrase.end && stops {
            return false;
        }
    }
    false
}

/// Whether what was said goes on behind a comma, after who said it.
pub fn goes_on(words: Words<'_>, comma: usize, end: usize) -> bool {
    if !words.is_sign(comma, ',') || comma + 1 >= end {
        return false;
    }
    let next = comma + 1;
    let Some(token) = words.get(next) else { return false };
    // `, he said, adding that` and `, he said, and left` are about the speaker.
    let about = words.is_ing(next)
        || token.is(Class::Rel)
        || token.is(Class::Sub) && !words.is_word(next, &["because", "if"])
        || (token.is(Class::Coord) && !words.is_quoted(next + 1));
    !about && !token.is(Class::Prep)
}

/// Behind what only says where, when and how: `in a statement on Tuesday`.
pub fn adjuncts(words: Words<'_>, from: usize, end: usize) -> usize {
    let mut at = from;
    loop {
        if at >= end {
            return at;
        }
        if words.is_adverb(at) && !words.is(at, Class::That) {
            at += 1;
        } else if words.is(at, Class::Time)
            && words.get(at).is_some_and(|token| {
                token.kind == Kind::Capital || words.is_word(at, &["today", "yesterday", "tonight"])
            })
        {
            at += 1;
            while words.is(at, Class::Time) || words.get(at).is_some_and(|token| token.kind == Kind::Number) {
                at += 1;
            }
        } else if (words.is(at, Class::Prep) && !words.is_word(at, &["of", "as", "than"]))
            || (words.is(at, Class::To) && !infinitive_follows(words, at))
        {
            let Some(phrase) = core_after(words, at + 1, end) else {
                if words.is(at + 1, Class::Object)
                    || words.is(at + 1, Class::Time)
                    || words.get(at + 1).is_some_and(|token| token.kind == Kind::Number)
                {
                    at += 2;
                    continue;
                }
                return at;
            };
            // `said in Iowa he would go`: the phrase must not swallow the subject of what was said.
            at = behind_place(words, phrase.end, end);
        } else if words.is_word(at, &["last", "this", "next"]) && words.is(at + 1, Class::Time) {
            at += 2;
        } else {
            return at;
        }
    }
}

/// Behind the second half of a place: `in Toledo, Ohio, on Thursday`.
fn behind_place(words: Words<'_>, comma: usize, end: usize) -> usize {
    let state = words.is_sign(comma, ',')
        && words.get(comma + 1).is_some_and(|token| token.kind == Kind::Capital && !token.is(Class::Title));
    match state {
        true if comma + 2 >= end => comma + 2,
        true if words.is_sign(comma + 2, ',') => comma + 3,
        _ => comma,
    }
}

/// Where a clause that begins at `from` ends, in a sentence that ends at `end`.
pub fn end(words: Words<'_>, from: usize, end: usize) -> usize {
    let mut at = from + 1;
    while at < end {
        let Some(token) = words.get(at) else { break };
        if token.is_sign(';') {
            return at;
        }
        if token.is_sign(',') && leaves(words, at, end) {
            return at;
        }
        if token.is_dash() && attributes(words, at + 1, end) {
            return at;
        }
        if token.is(Class::Coord)
            && !words.before(at).is_some_and(|before| before.is_sign(','))
            && reports(words, at + 1, end)
        {
            return at;
        }
        at += 1;
    }
    end
}

const REPORTS: Classes = Classes::of(&[Class::Say, Class::Tell, Class::Ask, Class::Order, Class::Call, Class::Accuse]);

/// Whether the speaker does something else here: `and added that`.
fn reports(words: Words<'_>, from: usize, end: usize) -> bool {
    let mut at = from;
    while at < end
        && (words.is_adverb(at) || words.get(at).is_some_and(|token| token.any(Classes::of(&[Class::Have, Class::Be]))))
    {
        at += 1;
    }
    words
        .get(at)
        .is_some_and(|token| token.any(REPORTS) && token.kind == Kind::Lower && token.form(crate::lexicon::Form::Past))
        && !words.get(at).is_some_and(|token| token.is(Class::Charge) && !token.form(crate::lexicon::Form::Past))
}

/// Whether somebody is named who says it: `, he said`, `, according to`.
fn attributes(words: Words<'_>, from: usize, end: usize) -> bool {
    if words.is(from, Class::According) && words.is(from + 1, Class::To) || words.is_word(from, &["per"]) {
        return true;
    }
    let said = |at: usize| {
        words.get(at).is_some_and(|token| {
            token.any(REPORTS)
                && (token.form(crate::lexicon::Form::Past) || token.form(crate::lexicon::Form::Third))
                && token.kind == Kind::Lower
                && !token.is(Class::SayNoun)
        })
    };
    if said(from) {
        return true;
    }
    let subject = if is_pronoun(words, from) { Some(from..from + 1) } else { core_after(words, from, end) };
    subject.is_some_and(|subject| {
        let mut at = subject.end;
        while words.is_adverb(at) || words.get(at).is_some_and(|token| token.is(Class::Have)) {
            at += 1;
        }
        said(at) && !words.is(at + 1, Class::That) && {
            let told = words.is(at, Class::Tell) && !words.is(at, Class::Say);
            let told = if told { core_after(words, at + 1, end).map_or(at + 2, |phrase| phrase.end) } else { at + 1 };
            let after = adjuncts(words, told, end);
            after >= end || words.is_sign(after, ',')
        }
    })
}

/// Whether behind a comma the sentence leaves what was said.
fn leaves(words: Words<'_>, comma: usize, end: usize) -> bool {
    let next = comma + 1;
    if attributes(words, next, end) {
        return true;
    }
    // `, adding that`, `, saying:`
    let participle = words.is_ing(next) && words.get(next).is_some_and(|token| token.any(REPORTS));
    if participle {
        return true;
    }
    let coordinated = words.get(next).is_some_and(|token| token.is(Class::Coord));
    if coordinated && reports(words, next + 1, end) {
        return true;
    }
    // `, but Jones said`, `, while Jones said`: another speaks.
    let turns = coordinated || words.is_word(next, &["while", "whereas", "although", "though"]);
    turns && {
        let subject = phrase_after(words, next + 1, end);
        subject.is_some_and(|subject| {
            let mut at = subject.end + usize::from(words.is_sign(subject.end, ','));
            while words.is_adverb(at)
                || words.get(at).is_some_and(|token| {
                    token.any(Classes::of(&[Class::Have, Class::Be, Class::Do, Class::Neg, Class::Modal]))
                })
            {
                at += 1;
            }
            words.get(at).is_some_and(|token| token.any(REPORTS) && token.kind == Kind::Lower && !token.is(Class::Noun))
                && words.is_finite(at)
        })
    }
}

/// Where a clause ends that belongs to a noun: before the verb of that noun, as in `the claim that it failed was wrong`.
pub fn inner_end(words: Words<'_>, from: usize, end: usize) -> usize {
    let stop = self::end(words, from, end);
    let joins = Classes::of(&[Class::Coord, Class::That, Class::Rel, Class::Sub, Class::Wh, Class::To]);
    let auxiliary = Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal]);
    let mut verb: Option<usize> = None;
    for at in from + 1..stop {
        let Some(token) = words.get(at) else { break };
        if verb.is_some() && (token.any(joins) || token.is_sign(',') || token.is_quoted()) {
            return stop;
        }
        if words.is_finite(at) {
            let second = verb.is_some_and(|verb| {
                at > verb + 1 || (token.any(auxiliary) && !words.get(verb).is_some_and(|verb| verb.any(auxiliary)))
            });
            if second {
                return at;
            }
            verb = Some(at);
        } else if words.is_adverb(at) || token.is(Class::Neg) {
            verb = verb.map(|_| at);
        }
    }
    stop
}

/// Where an intention ends, before another clause: `to go, but the others stayed`.
pub fn infinitive_end(words: Words<'_>, from: usize, end: usize) -> usize {
    let stop = self::end(words, from, end);
    (from + 1..stop)
        .find(|at| {
            let turns = words.is_word(at + 1, &["but", "although", "though", "while", "and", "whereas", "so"]);
            words.is_sign(*at, ',') && turns && opens(words, at + 2, stop)
        })
        .unwrap_or(stop)
}

/// What stands before who said it, from where the clause begins.
pub fn before(words: Words<'_>, stretch: Range<usize>) -> Range<usize> {
    let trimmed = trim(words, stretch);
    // Another attribution at the front is not part of it.
    trimmed
}

/// Behind a dateline, as in `LONDON, May 3 (Reuters) – `; the start of a sentence without one.
pub fn dateline(words: Words<'_>) -> usize {
    let Some(dash) = (1..words.len().min(12)).find(|at| words.get(*at).is_some_and(Token::is_dash)) else { return 0 };
    let place = |at: usize| {
        words.get(at).is_some_and(|token| match token.kind {
            Kind::Capital | Kind::Number | Kind::Sign('(' | ')' | ',' | '.' | '/') => true,
            _ => token.is(Class::Time),
        })
    };
    let capital = words.get(dash + 1).is_some_and(|token| token.kind == Kind::Capital || token.is_quoted());
    if capital && (0..dash).all(place) { dash + 1 } else { 0 }
}
