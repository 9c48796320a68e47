//! Saying that something is not true: `that is false`, `no truth to the rumours`, `called it fake news`, and insisting
//! that something is not so.

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
    Found, Object, Strength, begins, is_supposed,
    object::clause_end,
    speaker,
};
use crate::{
    lexicon::{Class, Classes},
    token::Kind,
};

/// Words for a thing that something false can be said of, beside pronouns.
const SAID: Classes = Classes::of(&[Class::Charge, Class::SayNoun]);

/// A denial whose word for truth or falsehood stands at a place.
pub fn untrue(words: Words<'_>, at: usize, place: Place) -> Option<Found> {
    let token = words.get(at)?;
    let (lie, truth) = (token.is(Class::False), words.is_word(at, &["true", "accurate"]));
    let found = if lie || truth {
        predicate(words, at, lie).or_else(|| alone(words, at, lie, place))
    } else if words.is_word(at, &["truth"]) {
        no_truth(words, at)
    } else if words.is(at, Class::Call) {
        return called(words, at);
    } else if begins(words, at, &["insist", "maintain"]) {
        return insisted(words, at);
    } else {
        None
    };
    let (span, cue, object, score) = found?;
    let strength = Strength::Outright;
    Some(Found { span, cue, source: None, strength, object, rule: "denial.truth", score, spoken: true })
}

/// Where it stands, by which words, of what, and how sure.
type Part = (Range<usize>, Range<usize>, Object, f32);

/// `That is not true`, `the report was completely false`, `It is false that he knew`.
fn predicate(words: Words<'_>, at: usize, lie: bool) -> Option<Part> {
    let (mut verb, mut no) = (None, false);
    for before in (at.saturating_sub(5)..at).rev() {
        let token = words.get(before)?;
        no |= token.is(Class::Neg);
        let short = token.kind == Kind::Possessive && words.is_word(before.wrapping_sub(1), &["that", "it", "this"]);
        if token.is(Class::Be) && !words.is_word(before, &["be", "being", "been"]) || short {
            verb = Some(before);
            break;
        }
        let between = token.is(Class::Neg)
            || token.is(Class::Det)
            || words.is_adverb(before)
            || token.is(Class::Have)
            || token.is(Class::Be)
            || words.is_word(before, &["complete", "total", "pure", "utter", "outright", "blatant", "big"]);
        if !between {
            return None;
        }
    }
    let verb = verb?;
    if lie == no {
        return None;
    }
    let end = sentence_end(words);
    let last = verb.checked_sub(1)?;
    let pronoun = words.is_word(last, &["that", "it", "this", "these", "those", "they"]);
    let subject = if pronoun { last..verb } else { phrase_before(words, last)? };
    let says = pronoun || subject.clone().any(|at| words.get(at).is_some_and(|token| token.any(SAID)));
    if !says || is_supposed(words, &subject) {
        return None;
    }
    let mut reach = at + 1;
    if words.is_word(last, &["it"]) && words.is(reach, Class::That) && clause::opens(words, reach + 1, end) {
        let stop = clause_end(words, reach + 1, end, true);
        return Some((subject.start..stop, at..at + 1, Object::Clause(reach + 1..stop), 0.9));
    }
    // `false and defamatory`; `fake news`.
    let joined = words.is_word(reach, &["and"]) && words.is(reach + 1, Class::False);
    reach += if joined { 2 } else { usize::from(words.is_word(reach, &["news"])) };
    // `fake passports` are something else.
    if reach < end && words.is_nominal(reach) && !words.is(reach, Class::Time) {
        return None;
    }
    let score = if pronoun { 0.8 } else { 0.85 };
    Some((subject.start..reach, at..at + 1, Object::Earlier(subject), score))
}

/// `“Nonsense,” he said.`, `“Fake news!”`, `“Not true.”`
fn alone(words: Words<'_>, at: usize, lie: bool, place: Place) -> Option<Part> {
    place.quoted?;
    let count = words.tokens.iter().filter(|token| token.is_word()).count();
    let no = (0..at).any(|at| words.is(at, Class::Neg));
    let first = words.tokens.iter().position(super::super::super::token::Token::is_word)?;
    let end = words.tokens.iter().rposition(super::super::super::token::Token::is_word)? + 1;
    let only = (first..end).all(|here| {
        here == at
            || words.is_adverb(here)
            || words.get(here).is_some_and(|token| token.any(Classes::of(&[Class::Det, Class::Neg, Class::Adverb])))
            || words.is_word(
                here,
                &["news", "complete", "total", "absolute", "absolutely", "totally", "utter", "simply", "completely"],
            )
    });
    (count <= 4 && only && lie != no).then_some((first..end, at..at + 1, Object::Nothing, 0.7))
}

/// `There is no truth to the rumours`
fn no_truth(words: Words<'_>, at: usize) -> Option<Part> {
    let no = at.checked_sub(1).filter(|no| words.is_word(*no, &["no"]))?;
    let be = no.checked_sub(1).filter(|be| words.is(*be, Class::Be))?;
    let there = be.checked_sub(1).filter(|there| words.is_word(*there, &["there"]))?;
    let end = sentence_end(words);
    let phrase = words.is_word(at + 1, &["to", "in", "behind"]).then(|| core_after(words, at + 2, end)).flatten();
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
    let judged = (object.start + 1..stop).find(|at| words.is(*at, Class::False) || is_false_quoted(words, *at))?;
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
    let reach = judged + 1 + usize::from(words.is_word(judged + 1, &["news"]));
    let source = speaker(words, group.start);
    let (span, cue, strength) = (group.start..reach, judged..judged + 1, Strength::Outright);
    let object = Object::Earlier(object);
    Some(Found { span, cue, source, strength, object, rule: "denial.truth", score: 0.8, spoken: false })
}

/// Whether a quotation says that something is not true.
fn is_false_quoted(words: Words<'_>, at: usize) -> bool {
    const FALSE: [&str; 14] = [
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
    ];
    words.is_quoted(at) && {
        let inside = words.word(at).to_ascii_lowercase();
        inside.len() < 120 && FALSE.iter().any(|word| inside.contains(word))
    }
}

/// `insisted that he had not seen the letter`
fn insisted(words: Words<'_>, at: usize) -> Option<Found> {
    if !words.is(at, Class::Say) {
        return None;
    }
    let group = group(words, at)?;
    let end = sentence_end(words);
    let from = group.end + usize::from(words.is(group.end, Class::That));
    if group.negated || group.modal || group.passive || !clause::opens(words, from, end) {
        return None;
    }
    let source = speaker(words, group.start)?;
    // Of oneself, and of what has been: `she would not resign` is a plan.
    let own = words.is_word(from, &["he", "she", "they", "it"]);
    let no = (from + 1..(from + 4).min(end)).find(|at| words.is(*at, Class::Neg))?;
    let plan = (from + 1..no + 1).any(|at| words.is(at, Class::Modal));
    if !own || plan {
        return None;
    }
    let stop = clause_end(words, from, end, true);
    let (span, cue, strength) = (group.start..stop, at..at + 1, Strength::Outright);
    Some(Found {
        span,
        cue,
        source: Some(source),
        strength,
        object: Object::Nothing,
        rule: "denial.insist",
        score: 0.55,
        spoken: false,
    })
}
