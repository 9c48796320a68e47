//! Through whom somebody's words came: `officials, quoted by the agency`, `told the newspaper`.

use std::ops::Range;

use super::{
    frame::{Frame, sentence_end},
    phrase::core_after,
    subject::subject_before,
    word::Words,
};
use crate::{lexicon::Class, token::Kind};

/// What hands on the words of a frame's source, as places of tokens.
pub fn relay(words: Words<'_>, frame: &Frame) -> Option<Range<usize>> {
    let source = frame.source.clone()?;
    let found = handed_on(words, frame)
        .or_else(|| quoting(words, frame))
        .or_else(|| addressed(words, frame))
        .or_else(|| according(words, frame))?;
    let apart = found.end <= source.start || source.end <= found.start;
    (apart && !is_medium(words, &source)).then_some(found)
}

/// `quoted by AFP`, `as reported by the newspaper`, outside of what was said.
fn handed_on(words: Words<'_>, frame: &Frame) -> Option<Range<usize>> {
    const HANDING: [&str; 7] = ["quoted", "cited", "reported", "carried", "interviewed", "published", "relayed"];
    let end = sentence_end(words);
    // `was quoted as saying by the agency`
    if frame.cue.clone().any(|at| words.is_word(at, &QUOTES)) && words.is_word(frame.cue.end, &["by"]) {
        return core_after(words, frame.cue.end + 1, end).filter(|phrase| is_medium(words, phrase));
    }
    let near = frame.cue.start.saturating_sub(REACH)..end.saturating_sub(2).min(frame.cue.end + REACH);
    near.into_iter().find_map(|at| {
        let fits = words.is(at + 1, Class::Prep)
            && words.is_word(at + 1, &["by"])
            && words.is_word(at, &HANDING)
            && outside(frame, at);
        let strong = words.is_word(at, &["quoted", "cited"]);
        let phrase = fits.then(|| core_after(words, at + 2, end)).flatten()?;
        let found =
            (is_medium(words, &phrase) || (strong && words.get(at + 2)?.kind == Kind::Capital)).then_some(phrase)?;
        // `as quoted by`, `, quoted by` say it of the speaker; `a figure cited by` does not.
        let speaker = frame.source.as_ref().is_some_and(|source| source.end == at || source.end + 1 == at);
        let apart = words.before(at).is_some_and(|before| before.is_sign(',') || before.is_quoted())
            || at > 0 && words.is_word(at - 1, &["as", "statement", "statements", "comments", "remarks", "interview"]);
        (speaker || apart).then_some(found)
    })
}

/// `Reuters quoted the minister as saying`
fn quoting(words: Words<'_>, frame: &Frame) -> Option<Range<usize>> {
    let source = frame.source.as_ref()?;
    let verb = source.start.checked_sub(1)?;
    let quotes = words.is_word(verb, &QUOTES);
    if quotes && source.end <= frame.cue.start {
        return subject_before(words, verb);
    }
    None
}

/// How many tokens before and behind a cue a medium is looked for.
const REACH: usize = 60;

const QUOTES: [&str; 6] = ["quoted", "quotes", "quoting", "cited", "cites", "citing"];

/// Whether the verb only hands on what another is said to say behind it: `quoted the minister as saying`.
pub fn quotes(words: Words<'_>, verb: usize) -> bool {
    words.is_word(verb, &QUOTES)
        && (verb + 2..(verb + 12).min(words.len())).any(|at| words.is_word(at, &["as"]) && words.is_ing(at + 1))
}

/// Who is quoted: `the minister` in `quoted the minister as saying`.
pub fn quoted(words: Words<'_>, saying: usize) -> Option<Range<usize>> {
    let behind = saying.checked_sub(1).filter(|at| words.is_word(*at, &["as"]))?;
    let verb = (behind.saturating_sub(12)..behind.saturating_sub(1)).rev().find(|at| words.is_word(*at, &QUOTES))?;
    Some(verb + 1..behind)
}

/// `told AFP`, `in an interview with The New York Times`
fn addressed(words: Words<'_>, frame: &Frame) -> Option<Range<usize>> {
    let end = sentence_end(words);
    let verb = frame.cue.end.checked_sub(1)?;
    if words.is(verb, Class::Tell) {
        return core_after(words, frame.cue.end, end).filter(|phrase| is_medium(words, phrase));
    }
    let from = frame.cue.end;
    let interview = (from..end.min(from + 8)).find(|at| words.is_word(*at, &["interview", "interviews"]))?;
    if !outside(frame, interview) || !words.is_word(interview + 1, &["with", "on", "to"]) {
        return None;
    }
    core_after(words, interview + 2, end).filter(|phrase| is_medium(words, phrase))
}

/// `according to AFP`, beside another who says it.
fn according(words: Words<'_>, frame: &Frame) -> Option<Range<usize>> {
    if frame.rule == "quote.according" {
        return None;
    }
    let end = sentence_end(words);
    let near = frame.cue.start.saturating_sub(REACH)..end.min(frame.cue.end + REACH);
    let at = near.into_iter().find(|at| words.is(*at, Class::According) && words.is(at + 1, Class::To))?;
    let phrase = core_after(words, at + 2, end)?;
    // Inside what was said, it says where a part of that came from.
    (is_medium(words, &phrase) && (at == 0 || at > frame.cue.end)).then_some(phrase)
}

/// Whether a place is no part of what was said.
fn outside(frame: &Frame, at: usize) -> bool {
    !frame.content.iter().any(|stretch| stretch.contains(&at))
}

/// Whether a phrase names a medium: not merely `the media`.
fn is_medium(words: Words<'_>, phrase: &Range<usize>) -> bool {
    const COMMON: [&str; 12] = [
        "newspaper",
        "magazine",
        "broadcaster",
        "channel",
        "station",
        "outlet",
        "website",
        "paper",
        "blog",
        "daily",
        "weekly",
        "tabloid",
    ];
    phrase.clone().any(|at| {
        let Some(token) = words.get(at) else { return false };
        let named = token.is(Class::Media) && token.kind == Kind::Capital && !words.is_word(at, &["media"]);
        let agency = words.is_word(at, &["news", "press"])
            && words.is_word(at + 1, &["agency", "service", "site", "website", "channel", "outlet", "network"]);
        named || agency || (token.kind == Kind::Lower && words.is_word(at, &COMMON))
    }) && !phrase.clone().any(|at| {
        // A person of the medium is no medium: `Fox News host Sean Hannity`.
        words.get(at).is_some_and(|token| token.any(crate::lexicon::Classes::of(&[Class::Person, Class::Title])))
    })
}
