//! Declining: `declined to comment`, `would not say whether`, `neither confirmed nor denied`, `no comment`.

use super::{
    super::{clause, frame::sentence_end, passage::Place, phrase::core_after, verb::group, word::Words},
    Found, Object, Strength, begins, is_nobody, is_supposed,
    object::{behind, clause_end, nominal},
    speaker,
};
use crate::lexicon::{Class, Classes};

/// A denial that begins or turns at this place.
pub fn declined(words: Words<'_>, at: usize, place: Place) -> Option<Found> {
    let token = words.get(at)?;
    if token.is(Class::Decline) {
        return refused(words, at);
    }
    if words.is_word(at, &["neither"]) {
        return neither(words, at);
    }
    if words.is_word(at, &["no"]) {
        return no_comment(words, at, place);
    }
    if words.is_word(at, &["stopped"]) && words.is_word(at + 1, &["short"]) && words.is_word(at + 2, &["of"]) {
        return short_of(words, at);
    }
    if token.is(Class::Confirm) {
        return negated(words, at, place);
    }
    None
}

/// `declined to say whether he knew`
fn refused(words: Words<'_>, at: usize) -> Option<Found> {
    let group = group(words, at)?;
    if group.negated || group.modal || group.passive {
        return None;
    }
    let end = sentence_end(words);
    let mut to = group.end;
    while words.is_adverb(to) {
        to += 1;
    }
    let (cue, tail) = if words.is(to, Class::To) {
        let verb = verb_behind(words, to)?;
        (at..verb + 1, Tail::of(words, verb, end))
    } else {
        (at..to, asked(words, to, end)?)
    };
    let source = speaker(words, group.start);
    if source.as_ref().is_some_and(|subject| is_nobody(words, subject) || is_supposed(words, subject)) {
        return None;
    }
    let span = group.start..tail.end;
    let (strength, object) = (tail.strength, tail.object);
    Some(Found { span, cue, source, strength, object, rule: "denial.decline", score: 0.95, spoken: false })
}

/// The verb behind `to` if it is one of answering: `comment`, `be interviewed`, `publicly confirm`.
fn verb_behind(words: Words<'_>, to: usize) -> Option<usize> {
    let mut verb = to + 1;
    while words.is_adverb(verb) {
        verb += 1;
    }
    if words.is_word(verb, &["be", "give", "grant"]) {
        let interviewed =
            |at: &usize| words.is_word(*at, &["interviewed", "interview", "interviews", "drawn", "details"]);
        return (verb + 1..verb + 4).find(interviewed);
    }
    let answers = words.get(verb).is_some_and(|token| token.is(Class::Confirm) || token.is(Class::Deny));
    let named = words.is_word(verb, &["release", "share", "offer", "name", "provide", "address"])
        && !words.is_word(verb + 1, &["details", "any", "further", "more", "additional", "specifics"]);
    (answers && !named).then_some(verb)
}

/// `declined comment`, `declined a request for an interview`
fn asked(words: Words<'_>, from: usize, end: usize) -> Option<Tail> {
    let phrase = core_after(words, from, end)?;
    let asked = |at: usize| words.is_word(at, &["comment", "comments", "interview", "interviews"]);
    if !phrase.clone().any(asked) {
        return None;
    }
    let last = phrase.clone().rev().find(|at| asked(*at))?;
    Some(Tail { end: last + 1, object: Object::Nothing, strength: Strength::NoComment })
}

/// What stands behind the verb of answering.
struct Tail {
    end: usize,
    object: Object,
    strength: Strength,
}

impl Tail {
    fn of(words: Words<'_>, verb: usize, end: usize) -> Self {
        let mut at = verb + 1;
        let mut strength = if words.is(verb, Class::Deny) { Strength::NonDenial } else { Strength::NoComment };
        if words.is_word(at, &["or", "nor", "and"]) && turns(words, at + 1) {
            strength = Strength::NonDenial;
            at += 2;
        }
        let nothing = |end| Self { end, object: Object::Nothing, strength };
        let asks = words.is(at, Class::Wh) && clause::has_clause(words, at + 1, end) && at < end;
        if asks {
            let stop = clause_end(words, at, end, true);
            let open = words.is_word(at, &["whether", "if"]);
            let object = if open { Object::Clause(at + 1..stop) } else { Object::Nothing };
            return Self { end: stop, object, strength };
        }
        let on = words.is_word(at, &["on", "about"]);
        if !on && words.is(at, Class::Prep) {
            return nothing(at);
        }
        let found = if on { nominal(words, at + 1, end) } else { behind(words, at, end) };
        match found {
            Some(found) => {
                let object = if found.says { found.object } else { Object::Nothing };
                Self { end: found.end, object, strength }
            }
            None => nothing(at),
        }
    }
}

/// Whether a verb confirms or denies, and does not only answer.
fn turns(words: Words<'_>, at: usize) -> bool {
    words.is(at, Class::Deny) || words.is(at, Class::Confirm) && begins(words, at, &["confirm", "verif", "acknowledg"])
}

/// `neither confirmed nor denied the report`
fn neither(words: Words<'_>, at: usize) -> Option<Found> {
    let verb = (at + 1..at + 3).find(|at| turns(words, *at))?;
    let other = words.is_word(verb + 1, &["nor", "or"]) && turns(words, verb + 2);
    if !other {
        return None;
    }
    let mut start = at;
    while start > 0 && is_auxiliary(words, start - 1) {
        start -= 1;
    }
    let tail = Tail::of(words, verb + 2, sentence_end(words));
    let (source, strength) = (speaker(words, start), Strength::NonDenial);
    let (span, cue) = (start..tail.end, at..verb + 3);
    Some(Found { span, cue, source, strength, object: tail.object, rule: "denial.decline", score: 0.95, spoken: false })
}

fn is_auxiliary(words: Words<'_>, at: usize) -> bool {
    const AUXILIARY: Classes = Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal, Class::Neg]);
    words.get(at).is_some_and(|token| token.any(AUXILIARY)) || words.is_adverb(at)
}

/// `“No comment”`, `had no comment`
fn no_comment(words: Words<'_>, at: usize, place: Place) -> Option<Found> {
    let further = usize::from(words.is_word(at + 1, &["further", "additional"]));
    let noun = at + 1 + further;
    if !words.is_word(noun, &["comment"]) {
        return None;
    }
    let verb = at.checked_sub(1).filter(|at| words.is_word(*at, &["had", "has", "have", "offered", "offers"]));
    let start = verb.unwrap_or(at);
    // Only in somebody's own words it is an answer by itself.
    if verb.is_none() && place.quoted.is_none() || verb.is_none() && words.len() > 8 {
        return None;
    }
    let source = verb.and_then(|verb| speaker(words, verb));
    let (span, cue, strength) = (start..noun + 1, at..noun + 1, Strength::NoComment);
    let spoken = place.quoted.is_some();
    Some(Found { span, cue, source, strength, object: Object::Nothing, rule: "denial.decline", score: 0.9, spoken })
}

/// `stopped short of denying it`
fn short_of(words: Words<'_>, at: usize) -> Option<Found> {
    let verb = at + 3;
    if !(words.is_ing(verb) && turns(words, verb)) {
        return None;
    }
    let tail = Tail::of(words, verb, sentence_end(words));
    let (source, strength) = (speaker(words, at), Strength::NonDenial);
    let (span, cue) = (at..tail.end, at..verb + 1);
    Some(Found { span, cue, source, strength, object: tail.object, rule: "denial.decline", score: 0.8, spoken: false })
}

/// What stands before a negated verb.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// `would not`: it is refused.
    Would,
    /// `cannot`.
    Can,
    /// `did not`, `has not`.
    Did,
}

/// `would not say whether`, `did not confirm`
fn negated(words: Words<'_>, at: usize, place: Place) -> Option<Found> {
    let mut start = at;
    let (mut no, mut before) = (false, None);
    while start > 0 && is_auxiliary(words, start - 1) {
        start -= 1;
        no |= words.is(start, Class::Neg);
        before = kind(words, start).or(before);
    }
    // `I’m not going to comment`
    if words.is(at.wrapping_sub(1), Class::To) && words.is_word(at.wrapping_sub(2), &["going"]) {
        start = (at.saturating_sub(5)..at - 2).find(|at| words.is(*at, Class::Neg) || words.is(*at, Class::Be))?;
        no = (start..at - 2).any(|at| words.is(at, Class::Neg));
        before = Some(Before::Would);
    }
    while start < at && words.is_adverb(start) && !words.is(start, Class::Neg) && before.is_some() {
        start += 1;
    }
    let before = before.filter(|_| no)?;
    let end = sentence_end(words);
    let source = speaker(words, start);
    let asks = words.is(at + 1, Class::Wh);
    let (strength, score) = answer(words, at, before, place)?;
    // `would not say so` does not decline anything.
    let said = words.is_word(at, &["say", "said", "reveal", "explain", "describe"]);
    if said && !asks && at + 1 < end && !words.is_word(at + 1, &["more", "anything"]) {
        return None;
    }
    let source = source.filter(|subject| !is_nobody(words, subject))?;
    if is_supposed(words, &source) {
        return None;
    }
    let tail = Tail::of(words, at, end);
    let strength = if tail.strength == Strength::NonDenial { tail.strength } else { strength };
    let (span, cue) = (start..tail.end, start..at + 1);
    let source = Some(source);
    Some(Found { span, cue, source, strength, object: tail.object, rule: "denial.decline", score, spoken: false })
}

fn kind(words: Words<'_>, at: usize) -> Option<Before> {
    if words.is(at, Class::Be) {
        return None;
    }
    if words.is_word(at, &["would", "will", "wouldn't", "wouldn’t", "won't", "won’t"]) {
        return Some(Before::Would);
    }
    if words.is_word(at, &["cannot", "can", "can't", "can’t"]) {
        return Some(Before::Can);
    }
    (words.is(at, Class::Do) || words.is(at, Class::Have)).then_some(Before::Did)
}

/// How firmly, and how sure that is; nothing where somebody only did not speak.
fn answer(words: Words<'_>, at: usize, before: Before, place: Place) -> Option<(Strength, f32)> {
    let whether = words.is_word(at + 1, &["whether", "if"]);
    let confirms = words.is_word(at, &["confirm", "confirmed", "corroborate", "corroborated"]);
    let on = words.is_word(at, &["comment", "discuss"]);
    match before {
        Before::Would => {
            let spoken = confirms
                || on
                || words.is(at + 1, Class::Wh)
                || words.is_word(
                    at,
                    &[
                        "say",
                        "elaborate",
                        "disclose",
                        "specify",
                        "identify",
                        "reveal",
                        "answer",
                        "speculate",
                        "respond",
                    ],
                );
            spoken.then_some((Strength::NoComment, 0.85))
        }
        // `We can’t comment on that`, but `it could not be confirmed`.
        Before::Can => (place.quoted.is_some() && (on || confirms)).then_some((Strength::NoComment, 0.75)),
        Before::Did
            if whether
                && words.is_word(at, &["say", "said", "specify", "specified", "disclose", "confirm", "answer"]) =>
        {
            Some((Strength::NonDenial, 0.85))
        }
        Before::Did if confirms => Some((Strength::NonDenial, 0.6)),
        Before::Did => {
            let policy = words.is_word(at, &["comment", "discuss"])
                && words.is_word(at + 1, &["on", "about"])
                && (at.saturating_sub(3)..at)
                    .any(|at| words.is_word(at, &["do", "does", "don't", "don’t", "doesn't", "doesn’t"]));
            policy.then_some((Strength::NoComment, 0.75))
        }
    }
}
