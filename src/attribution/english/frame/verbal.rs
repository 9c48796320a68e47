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
    let inverted = inverted_subject(words, &group, end);
    let subject = inverted.clone().or_else(|| subject_before(words, group.start));
    let own = subject.is_some();
    let carried = subject.filter(|subject| !group.participle || carries(words, subject, group.start));
    let inherited = carried.is_none();
    let mut source = carried.or_else(|| elsewhere(words, &group, earlier, end));
    let inherited = inherited && source.is_some();
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
    let mut content: Vec<_> = content.into_iter().flat_map(|part| without(part, source.as_ref())).collect();
    content.iter_mut().for_each(|part| *part = clause::trim(words, part.clone()));
    content.retain(|stretch| !stretch.is_empty());
    if content.is_empty() && !open {
        return None;
    }
    Some(Frame { cue, source, content, open, voice, negated, modal, rule, inherited })
}

/// A stretch without the source, which is never part of what it says.
fn without(stretch: Range<usize>, source: Option<&Range<usize>>) -> Vec<Range<usize>> {
    match source {
        Some(source) if stretch.start < source.end && source.start < stretch.end => {
            vec![stretch.start..source.start.max(stretch.start), source.end.min(stretch.end)..stretch.end]
        }
        _ => vec![stretch],
    }
}

/// Whether a participle belongs to the phrase right before it: `a letter warning that`, but not `Smith, warning that`.
fn carries(words: Words<'_>, subject: &Range<usize>, start: usize) -> bool {
    let with = subject.start > 0 && words.is_word(subject.start - 1, &["with"]);
    let text = subject.clone().any(|at| words.get(at).is_some_and(|token| token.any(TEXTS)));
    subject.end == start && (with || text)
}

/// Who speaks where the verb has no subject of its own: the text that it stands in, whoever spoke just before, the
/// subject of the verb that it is coordinated with, or of the sentence.
fn elsewhere(words: Words<'_>, group: &Group, earlier: &[Frame], end: usize) -> Option<Range<usize>> {
    let start = group.start;
    let text = || relay::quoted(words, group.verb).or_else(|| text_before(words, start));
    if group.participle
        && let Some(source) = text()
    {
        return Some(source);
    }
    let near = |last: &&Frame| last.content.iter().any(|part| part.end < start && start - part.end <= 3);
    let near = earlier.iter().find(near).and_then(|last| last.source.clone());
    let last = || earlier.iter().rev().find(|frame| frame.rule != "quote.noun").and_then(|frame| frame.source.clone());
    near.or_else(|| coordinated(words, start))
        .or_else(last)
        .or_else(|| main_subject(words, start))
        .or_else(|| (start == 0).then(|| behind_participle(words, end)).flatten())
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
