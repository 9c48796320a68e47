//! Frames around a reporting verb.

use std::ops::Range;

use super::{
    Frame,
    content::{Content, content},
    right::Behind,
    sentence_end,
};
use crate::{
    english::{
        clause,
        phrase::{phrase_after, phrase_before},
        relay,
        subject::{main_subject, subject_after, subject_before},
        verb::{Group, group},
        word::Words,
    },
    lexicon::{Class, Classes, Form},
    token::Kind,
};

/// A frame around a reporting verb.
pub fn verbal(words: Words<'_>, at: usize, earlier: &[Frame]) -> Option<Frame> {
    let group = group(words, at).filter(|_| !relay::quotes(words, at))?;
    let end = sentence_end(words);
    let mut inherited = false;
    let inverted = inverted_subject(words, &group, end);
    let mut source = match &inverted {
        Some(subject) => Some(subject.clone()),
        None => subject_before(words, group.start),
    };
    let own = source.is_some();
    if own && group.participle {
        // `a letter warning that`, but not `Smith, warning that`.
        let with = |source: &Range<usize>| source.start > 0 && words.is_word(source.start - 1, &["with"]);
        let text = |source: &Range<usize>| source.clone().any(|at| words.get(at).is_some_and(|token| token.any(TEXTS)));
        let carried = source.as_ref().is_some_and(|source| source.end == group.start && (with(source) || text(source)));
        source = source.filter(|_| carried);
    }
    if group.participle && source.is_none() {
        source = relay::quoted(words, group.verb).or_else(|| text_before(words, group.start));
    }
    if source.is_none() {
        let last = earlier
            .iter()
            .find(|last| last.content.iter().any(|part| part.end < group.start && group.start - part.end <= 3));
        source = last.and_then(|last| last.source.clone()).or_else(|| coordinated(words, group.start));
        if source.is_none() {
            let last =
                earlier.iter().rev().find(|frame| frame.rule != "quote.noun").and_then(|frame| frame.source.clone());
            source = last
                .or_else(|| main_subject(words, group.start))
                .or_else(|| (group.start == 0).then(|| behind_participle(words, end)).flatten());
        }
        inherited = source.is_some();
    }
    let start = inverted.as_ref().map_or(group.end, |subject| subject.end);
    let behind = Behind { start, end, inverted: inverted.is_some() };
    let frame = content(words, &group, &behind, own, earlier)?;
    let Content { mut content, open, voice, rule } = frame;
    let accused = words.is(group.verb, Class::Accuse) && words.is_word(group.end, &["of"]);
    if group.passive || accused {
        source = by_agent(words, start, end);
        content.retain(|stretch| {
            !source.as_ref().is_some_and(|source| stretch.start < source.end && source.start < stretch.end)
        });
    }
    if group.infinitive && source.is_none() {
        return None;
    }
    let (negated, modal) = (group.negated, group.modal);
    let cue = group.start..group.end;
    // A source is never part of what it says.
    let mut parts = Vec::new();
    for stretch in content {
        match &source {
            Some(source) if stretch.start < source.end && source.start < stretch.end => {
                parts.push(stretch.start..source.start.max(stretch.start));
                parts.push(source.end.min(stretch.end)..stretch.end);
            }
            _ => parts.push(stretch),
        }
    }
    let mut content: Vec<_> = parts.into_iter().map(|stretch| clause::trim(words, stretch)).collect();
    content.retain(|stretch| !stretch.is_empty());
    if content.is_empty() && !open {
        return None;
    }
    Some(Frame { cue, source, content, open, voice, negated, modal, rule, inherited })
}

/// Texts can carry a participle: `a letter warning that`.
const TEXTS: Classes = Classes::of(&[Class::Document, Class::SayNoun]);

/// The text that a participle belongs to, over a time: `a letter last month warning that`.
fn text_before(words: Words<'_>, start: usize) -> Option<Range<usize>> {
    let mut at = start;
    while at > 0 && (words.is(at - 1, Class::Time) || words.is_word(at - 1, &["last", "this", "on"])) {
        at -= 1;
    }
    let last = at.checked_sub(1).filter(|last| *last + 1 < start)?;
    let phrase = phrase_before(words, last)?;
    words.get(last)?.any(TEXTS).then_some(phrase)
}

/// The subject of the verb that a verb behind `and` is coordinated with.
fn coordinated(words: Words<'_>, start: usize) -> Option<Range<usize>> {
    let mut at = start.checked_sub(1)?;
    while at > 0 && (words.is_adverb(at) || words.is_sign(at, ',')) {
        at -= 1;
    }
    if !words.is(at, Class::Coord) {
        return None;
    }
    let first = at.saturating_sub(30);
    (first..at).rev().filter(|at| words.is_finite(*at)).find_map(|at| {
        let mut verb = at;
        while verb > 0 && (words.is_adverb(verb - 1) || words.is_finite(verb - 1)) {
            verb -= 1;
        }
        subject_before(words, verb)
    })
}

/// `Speaking in Ohio, the senator said`: the subject of what comes after the comma.
fn behind_participle(words: Words<'_>, end: usize) -> Option<Range<usize>> {
    let comma = (0..end).find(|at| words.is_sign(*at, ','))?;
    phrase_after(words, comma + 1, end)
}

/// The subject, where it stands behind the verb.
fn inverted_subject(words: Words<'_>, group: &Group, end: usize) -> Option<Range<usize>> {
    let token = words.get(group.verb)?;
    let simple = group.start == group.verb && (token.form(Form::Past) || token.form(Form::Third));
    let reports = token.any(Classes::of(&[Class::Say, Class::Voice, Class::Ask, Class::Think]));
    let before = words.before(group.start)?;
    let comma = before.is_sign(',') || before.is_dash() || matches!(before.kind, Kind::Sign('?' | '!'));
    let opened = before.is_quoted() || comma || words.is_word(group.start - 1, &["as", "so"]);
    if !simple || !reports || !opened {
        return None;
    }
    let subject = subject_after(words, group.end, end)?;
    // `, said the plan was bad` goes on with a verb, so the phrase is what was said.
    if words.is_finite(subject.end) && !words.is_sign(subject.end, ',') {
        return None;
    }
    // `The mayor, Hector Salas, hailed the vote`: a verb with an object and a subject before the comma.
    let quoted = before.is_quoted() || (comma && group.start >= 2 && words.is_quoted(group.start - 2));
    let object = token.is(Class::Call) || !plain(words, group.verb);
    if comma && !quoted && (object || !words.has_finite(0, group.start)) && subject_before(words, group.start).is_some()
    {
        return None;
    }
    Some(subject)
}

/// The verbs that most often stand before their subject.
fn plain(words: Words<'_>, verb: usize) -> bool {
    words.is_word(
        verb,
        &[
            "said",
            "says",
            "added",
            "asked",
            "explained",
            "wrote",
            "replied",
            "wondered",
            "tweeted",
            "recalled",
            "noted",
            "warned",
            "argued",
            "insisted",
        ],
    )
}

/// `by the ministry`, behind a passive.
fn by_agent(words: Words<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    words.is_word(from, &["by"]).then(|| phrase_after(words, from + 1, end)).flatten()
}
