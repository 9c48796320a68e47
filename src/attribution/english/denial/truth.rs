//! Saying that something is not true: `that is false`, `no truth to the rumours`, `called it fake news`.

use std::ops::Range;

use super::{
    super::{
        clause,
        frame::sentence_end,
        passage::Place,
        phrase::{core_after, phrase_before},
        verb::group,
        word::Words,
    },
    Found, Object, Strength, is_supposed,
    object::clause_end,
    speaker,
};
use crate::{
    lexicon::{Class, Classes},
    token::{Kind, Token},
};

/// Words for a thing that something false can be said of, beside pronouns.
const SAID: Classes = Classes::of(&[Class::Charge, Class::SayNoun, Class::Document]);

/// A denial whose word for truth or falsehood stands at a place.
pub fn untrue(words: Words<'_>, at: usize, place: Place) -> Option<Found> {
    if words.is(at, Class::Call) {
        return called(words, at);
    }
    let found = match judgement(words, at) {
        Some(judgement) => predicate(words, &judgement).or_else(|| alone(words, &judgement, place)),
        None if words.is_word(at, &["truth"]) => no_truth(words, at),
        None => None,
    };
    let (span, cue, object, score) = found?;
    // `not entirely accurate` is less than `false`.
    let limited = |at: usize| words.is_word(at, &["entirely", "quite", "wholly", "fully", "misleading", "exactly"]);
    let limits = span.clone().any(|at| words.is(at, Class::Neg)) || words.is_word(at, &["misleading"]);
    let partial = limits && (at.saturating_sub(2)..=at).any(limited);
    let strength = if partial { Strength::Partial } else { Strength::Outright };
    Some(Found { span, cue, source: None, strength, object, rule: "denial.truth", score, spoken: true })
}

/// Words that say whether something is true.
struct Judgement {
    words: Range<usize>,
    /// They say that it is false, and not that it is true.
    lie: bool,
    /// They say it of what is being said, and not of what somebody has done: `wrong`.
    now: bool,
}

fn judgement(words: Words<'_>, at: usize) -> Option<Judgement> {
    let of = |width, lie, now| Some(Judgement { words: at..at + width, lie, now });
    if words.is(at, Class::False) {
        return of(1, true, false);
    }
    if words.is_word(at, &["true", "accurate"]) {
        return of(1, false, false);
    }
    if words.is_word(at, &["wrong", "incorrect"]) {
        return of(1, true, true);
    }
    if words.is_word(at, &["without"]) && words.is_word(at + 1, &["merit", "foundation", "basis", "substance"]) {
        return of(2, true, false);
    }
    let be = words.before(at).is_some_and(|before| before.is(Class::Be) || words.is_adverb(at - 1));
    if be && is_false_quoted(words, at) { of(1, true, false) } else { None }
}

/// Where it stands, by which words, of what, and how sure.
type Part = (Range<usize>, Range<usize>, Object, f32);

/// The verb before a judgement, and whether it is negated: `is not`, `’s a complete`.
fn copula(words: Words<'_>, at: usize) -> Option<(usize, bool)> {
    let mut no = false;
    for before in (at.saturating_sub(5)..at).rev() {
        let token = words.get(before)?;
        no |= token.is(Class::Neg);
        let short = token.kind == Kind::Possessive && words.is_word(before.wrapping_sub(1), &["that", "it", "this"]);
        if token.is(Class::Be) && !words.is_word(before, &["be", "being", "been"]) || short {
            return Some((before, no));
        }
        let between = token.any(Classes::of(&[Class::Neg, Class::Det, Class::Have, Class::Be]))
            || words.is_adverb(before)
            || words.is_word(before, &["complete", "total", "pure", "utter", "outright", "blatant", "big"]);
        if !between {
            return None;
        }
    }
    None
}

/// `That is not true`, `the report was completely false`, `It is false that he knew`.
fn predicate(words: Words<'_>, judgement: &Judgement) -> Option<Part> {
    let (verb, no) = copula(words, judgement.words.start)?;
    if judgement.lie == no || judgement.now && words.is_word(verb, &["was", "were"]) {
        return None;
    }
    let end = sentence_end(words);
    let last = verb.checked_sub(1)?;
    let pronoun = words.is_word(last, &["that", "it", "this", "these", "those", "they"]);
    let subject = if pronoun { last..verb } else { phrase_before(words, last)? };
    // `That claim is false`: at the front, `that` points.
    let start = if subject.start == 1 && words.is(0, Class::That) { 0 } else { subject.start };
    let subject = start..subject.end;
    let says = pronoun || subject.clone().any(|at| words.get(at).is_some_and(|token| token.any(SAID)));
    if !says || is_supposed(words, &subject) {
        return None;
    }
    let mut reach = judgement.words.end;
    if words.is_word(last, &["it"]) && words.is(reach, Class::That) && clause::opens(words, reach + 1, end) {
        let stop = clause_end(words, reach + 1, end, true);
        return Some((subject.start..stop, judgement.words.clone(), Object::Clause(reach + 1..stop), 0.9));
    }
    // `false and defamatory`; `fake news`.
    let joined = words.is_word(reach, &["and"]) && words.is(reach + 1, Class::False);
    reach += if joined { 2 } else { usize::from(words.is_word(reach, &["news"])) };
    // `fake passports` and `wrong to go` are something else.
    let more = words.is_nominal(reach) && !words.is(reach, Class::Time) || words.is(reach, Class::To);
    if reach < end && more {
        return None;
    }
    let score = if pronoun { 0.8 } else { 0.85 };
    Some((subject.start..reach, judgement.words.clone(), Object::Earlier(subject), score))
}

/// `“Nonsense,” he said.`, `“Fake news!”`, `“Not true.”`
fn alone(words: Words<'_>, judgement: &Judgement, place: Place) -> Option<Part> {
    place.quoted.filter(|_| !judgement.now)?;
    let count = words.tokens.iter().filter(|token| token.is_word()).count();
    let no = (0..judgement.words.start).any(|at| words.is(at, Class::Neg));
    let first = words.tokens.iter().position(Token::is_word)?;
    let end = words.tokens.iter().rposition(Token::is_word)? + 1;
    let only = (first..end).all(|here| {
        judgement.words.contains(&here)
            || words.is_adverb(here)
            || words.get(here).is_some_and(|token| token.any(Classes::of(&[Class::Det, Class::Neg, Class::Adverb])))
            || words
                .is_word(here, &["news", "complete", "total", "absolute", "utter", "absolutely", "totally", "simply"])
    });
    (count <= 4 && only && judgement.lie != no).then_some((first..end, judgement.words.clone(), Object::Nothing, 0.7))
}

/// `There is no truth to the rumours`
fn no_truth(words: Words<'_>, at: usize) -> Option<Part> {
    let no = at.checked_sub(1).filter(|no| words.is_word(*no, &["no"]))?;
    let be = no.checked_sub(1).filter(|be| words.is(*be, Class::Be))?;
    let there = be.checked_sub(1).filter(|there| words.is_word(*there, &["there"]))?;
    let end = sentence_end(words);
    let phrase = words.is_word(at + 1, &["to", "in", "behind"]).then(|| core_after(words, at + 2, end)).flatten();
    let pronoun = words.is_word(at + 2, &["it", "this", "that"]).then_some(at + 2..at + 3);
    let phrase = phrase.or(pronoun.filter(|_| words.is_word(at + 1, &["to", "in", "behind"])));
    let reach = phrase.as_ref().map_or(at + 1, |phrase| phrase.end);
    Some((there..reach, no..at + 1, phrase.map_or(Object::Nothing, Object::Earlier), 0.9))
}

/// `called the report “fake news”`, `described the claims as unfounded`.
fn called(words: Words<'_>, at: usize) -> Option<Found> {
    let group = group(words, at)?;
    if group.negated || group.modal || group.passive || group.infinitive {
        return None;
    }
    let end = sentence_end(words);
    let from = group.end;
    let pronoun = words.is_word(from, &["it", "this", "that", "them", "these", "those"]) && !words.is_nominal(from + 1);
    let object = if pronoun { from..from + 1 } else { core_after(words, from, end)? };
    let says = pronoun || object.clone().any(|at| words.get(at).is_some_and(|token| token.any(SAID)));
    let stop = clause_end(words, from, end, false).min(object.end + 8);
    let without = |at: usize| judgement(words, at).is_some_and(|judged| judged.lie && !judged.now);
    let judged = (object.start + 1..stop).find(|at| without(*at) || is_false_quoted(words, *at))?;
    let between = (object.end..judged).all(|at| {
        words.is_adverb(at)
            || words.get(at).is_some_and(|token| token.is(Class::Det) || token.is(Class::Neg))
            || words.is_word(at, &["as", "complete", "total", "utter", "pure", "totally", "completely"])
    });
    if !between || !says {
        return None;
    }
    // `lies` may end the phrase itself.
    let object = object.start..object.end.min(judged);
    let mut reach = judged + 1 + usize::from(words.is_word(judged + 1, &["news"]));
    // `“fake news” and “a fabrication”`
    while words.is_word(reach, &["and"]) && words.is_quoted(reach + 1) {
        reach += 2;
    }
    let source = speaker(words, group.start);
    let (span, cue, strength) = (group.start..reach, judged..judged + 1, Strength::Outright);
    let object = Object::Earlier(object);
    Some(Found { span, cue, source, strength, object, rule: "denial.truth", score: 0.8, spoken: false })
}

/// Whether a quotation says that something is not true.
fn is_false_quoted(words: Words<'_>, at: usize) -> bool {
    const FALSE: [&str; 17] = [
        "false",
        "untrue",
        "fake",
        "baseless",
        "unfounded",
        "nonsense",
        "lie",
        "fabricat",
        "rubbish",
        "not true",
        "hoax",
        "witch hunt",
        "bogus",
        "groundless",
        "without merit",
        "not accurate",
        "without foundation",
    ];
    words.is_quoted(at) && {
        let inside = words.word(at).to_ascii_lowercase();
        inside.len() < 120 && FALSE.iter().any(|word| inside.contains(word))
    }
}
