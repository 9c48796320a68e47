//! Nouns and adjectives that carry a clause: `his claim that`, `is confident that`.

use std::ops::Range;

use super::{Frame, right::infinitive_follows, sentence_end};
use crate::{
    english::{
        clause,
        phrase::{core_after, phrase_before},
        subject::subject_before,
        word::Words,
    },
    lexicon::{Class, Classes},
    token::Kind,
};

/// `is confident that`, `was glad to`
pub fn sure(words: Words<'_>, at: usize) -> Option<Frame> {
    let token = words.get(at)?;
    if !token.is(Class::Sure) || token.kind != Kind::Lower {
        return None;
    }
    let end = sentence_end(words);
    let mut start = at;
    let (mut be, mut negated) = (false, false);
    while start > 0 {
        let here = words.get(start - 1)?;
        if here.any(Classes::of(&[Class::Be, Class::Have, Class::Modal, Class::Neg])) {
            be |= here.is(Class::Be);
            negated |= here.is(Class::Neg);
        } else if !words.is_adverb(start - 1) {
            break;
        }
        start -= 1;
    }
    let that = words.is(at + 1, Class::That)
        || (words.is(at + 1, Class::Wh) && words.is_word(at + 1, &["whether", "if", "how", "why"]));
    let to = words.is(at + 1, Class::To)
        && infinitive_follows(words, at + 1)
        && words
            .is_word(at, &["willing", "unwilling", "ready", "prepared", "reluctant", "determined", "eager", "keen"]);
    let bare = !that && !to && clause::opens(words, at + 1, end);
    if !be || !(that || to || bare) {
        return None;
    }
    let source = subject_before(words, start)?;
    let content = vec![clause::trim(words, at + 1..clause::end(words, at + 1, end))];
    Some(Frame { negated, ..Frame::new(start..at + 1, Some(source), content, "quote.sure") })
}

/// `his claim that the plan failed`, `a promise to go`
pub fn nominal(words: Words<'_>, at: usize) -> Option<Frame> {
    let token = words.get(at)?;
    let in_order = at > 0 && words.is_word(at, &["order"]) && words.is_word(at - 1, &["in"]);
    if !token.is(Class::SayNoun) || token.kind != Kind::Lower || in_order {
        return None;
    }
    let end = sentence_end(words);
    let promise = token.is(Class::Promise);
    let mut by = at + 1;
    let mut agent = None;
    if words.is_word(by, &["by", "from"])
        && let Some(phrase) = core_after(words, by + 1, end)
    {
        by = phrase.end;
        agent = Some(phrase);
    }
    let that = words.is(by, Class::That) && clause::has_clause(words, by + 1, end);
    let to = promise && words.is(by, Class::To) && infinitive_follows(words, by);
    if !(that || to) {
        return None;
    }
    let source = agent.or_else(|| owner(words, at)).or_else(|| maker(words, at));
    // Allegations need nobody who makes them.
    let nobody = that && token.is(Class::Charge) && !words.is_finite(by + 1) && at > 0;
    if source.is_none() && !nobody {
        return None;
    }
    let content = vec![clause::trim(words, by..clause::inner_end(words, by, end))];
    Some(Frame::new(at..at + 1, source, content, "quote.noun"))
}

/// Whose claim it is: `his`, `the senator’s`.
pub fn owner(words: Words<'_>, noun: usize) -> Option<Range<usize>> {
    let mut at = noun;
    while at > 0 && noun - at < 4 {
        at -= 1;
        let token = words.get(at)?;
        if token.is(Class::Poss) {
            return Some(at..at + 1);
        }
        if token.kind == Kind::Possessive {
            return phrase_before(words, at.checked_sub(1)?);
        }
        if !words.is_nominal(at) {
            return None;
        }
    }
    None
}

/// Who made the claim: `the senator made the claim that`.
fn maker(words: Words<'_>, noun: usize) -> Option<Range<usize>> {
    let verb = (0..noun).rev().take(6).find(|at| words.is_finite(*at))?;
    let makes = words.is(verb, Class::Make) || words.is(verb, Class::Have);
    if !makes {
        return None;
    }
    let mut start = verb;
    while start > 0 && (words.is_adverb(start - 1) || words.is_finite(start - 1)) {
        start -= 1;
    }
    subject_before(words, start)
}
