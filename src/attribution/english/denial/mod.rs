//! Denials: who rejects, disputes, takes back or declines to confirm what.
//!
//! Each rule looks at one word and what stands around it: a verb of denying (`verb`), of declining (`decline`) or of
//! taking back (`retract`), a noun (`noun`), or a word for what is not true (`truth`).

mod decline;
mod noun;
mod object;
mod own;
mod retract;
#[cfg(test)]
mod table;
mod truth;
mod verb;

use std::ops::Range;

use super::{
    bytes,
    passage::Place,
    phrase::phrase_before,
    subject::{main_subject, subject_before},
    word::Words,
};
use crate::{
    lexicon::{Class, Classes},
    statement::{Denial, Object, Strength},
    token::Kind,
    utterance::Utterance,
};

/// A denial, as places of tokens in its sentence.
#[derive(Clone, Debug)]
struct Found {
    span: Range<usize>,
    /// The words that make it one.
    cue: Range<usize>,
    source: Option<Range<usize>>,
    strength: Strength,
    object: Object,
    rule: &'static str,
    score: f32,
    /// It is one only if somebody is said to have said it.
    spoken: bool,
}

/// Words that can begin a denial; all others are passed over at once.
const ANCHORS: Classes = Classes::of(&[
    Class::Deny,
    Class::Decline,
    Class::Retract,
    Class::Confirm,
    Class::DenyNoun,
    Class::False,
    Class::Call,
    Class::Neg,
    Class::Voice,
    Class::Say,
    Class::Verb,
]);

/// Words that can begin one and are in no class of their own.
fn is_anchor(word: &str) -> bool {
    matches!(
        word,
        "true"
            | "accurate"
            | "truth"
            | "wrong"
            | "incorrect"
            | "without"
            | "nothing"
            | "stopped"
            | "pushed"
            | "pushes"
            | "hit"
            | "hits"
            | "pleaded"
            | "brushed"
            | "True"
            | "Wrong"
    )
}

/// Finds the denials of a text, sentence by sentence.
pub struct Denials<'a> {
    utterances: &'a [Utterance],
    found: Vec<Denial>,
}

impl<'a> Denials<'a> {
    /// For a text in which this was said.
    pub fn new(utterances: &'a [Utterance]) -> Self {
        Self { utterances, found: Vec::new() }
    }

    /// Looks for the denials of a sentence.
    pub fn see(&mut self, words: Words<'_>, place: Place) {
        let mut at = 0;
        while at < words.len() {
            let found = one(words, at, place);
            at = found.as_ref().map_or(at, |found| found.span.end.saturating_sub(1)).max(at) + 1;
            self.found.extend(found.and_then(|found| denial(words, place, found, self.utterances)));
        }
    }

    /// All of them, in the order of the text; of those inside another only the outer one.
    pub fn all(self) -> Vec<Denial> {
        let mut denials = self.found;
        denials.sort_by_key(|denial| (denial.range.start, denial.range.end));
        denials.dedup_by(|next, kept| next.range.start < kept.range.end && next.cue.start < kept.range.end);
        denials
    }
}

/// How many utterances before and behind a denial may have to do with it.
const NEAR: usize = 16;

fn one(words: Words<'_>, at: usize, place: Place) -> Option<Found> {
    let token = words.get(at)?;
    if !token.any(ANCHORS) && !token.is_quoted() && !is_anchor(words.word(at)) {
        return None;
    }
    decline::declined(words, at, place)
        .or_else(|| verb::denied(words, at))
        .or_else(|| retract::retracted(words, at))
        .or_else(|| noun::issued(words, at))
        .or_else(|| truth::untrue(words, at, place))
        .or_else(|| own::not_done(words, at, place))
}

/// What was found, in bytes and with its source; nothing where nobody is said to have said it and somebody must be.
fn denial(words: Words<'_>, place: Place, found: Found, utterances: &[Utterance]) -> Option<Denial> {
    let range = bytes(words, &found.span)?;
    let cue = bytes(words, &found.cue)?;
    let own = found.source.as_ref().and_then(|source| bytes(words, source));
    let first_person =
        place.quoted.is_some() && found.source.as_ref().is_some_and(|source| is_first_person(words.word(source.start)));
    // They are in the order of the text: what holds the denial starts not much before it.
    let behind = utterances.partition_point(|utterance| utterance.hull().start <= cue.end);
    let utterances = &utterances[behind.saturating_sub(NEAR)..];
    let utterances = &utterances[..utterances.len().min(2 * NEAR)];
    let holds =
        |utterance: &&Utterance| utterance.parts.iter().any(|part| part.start <= range.start && range.end <= part.end);
    // The frame around a verb of denying has found its subject already.
    let reports =
        |utterance: &&Utterance| utterance.cue.iter().any(|other| other.start < cue.end && cue.start < other.end);
    let framed = if place.quoted.is_none() { utterances.iter().find(reports) } else { None };
    let speaker = utterances.iter().find(holds).and_then(|utterance| utterance.source.clone());
    if found.spoken && place.quoted.is_none() && speaker.is_none() {
        return None;
    }
    // `a statement denying it` is about who made the statement.
    let participle = words.is_ing(found.cue.start) && own.is_some();
    let source = framed
        .and_then(|utterance| utterance.source.clone())
        .filter(|_| !found.spoken && !participle)
        .or_else(|| if first_person || found.spoken { speaker.or(own.clone()) } else { own.clone() });
    let object = match found.object {
        Object::Nothing => Object::Nothing,
        Object::Clause(clause) => bytes(words, &clause).map_or(Object::Nothing, Object::Clause),
        Object::Earlier(back) => bytes(words, &back).map_or(Object::Nothing, Object::Earlier),
    };
    let score = if source.is_none() { found.score * 0.7 } else { found.score };
    Some(Denial { range, source, strength: found.strength, object, cue, rule: found.rule, score })
}

/// Who does what begins at `start`: its own subject, else that of the sentence.
fn speaker(words: Words<'_>, start: usize) -> Option<Range<usize>> {
    let mut at = start;
    while at > 0 && words.is_adverb(at - 1) {
        at -= 1;
    }
    let last = at.checked_sub(1)?;
    // Unlike of verbs of saying, `it` is often the subject of these.
    if words.is_word(last, &["it"]) {
        return Some(last..at);
    }
    let own = subject_before(words, start).filter(|subject| !words.is(subject.start, Class::That));
    own.or_else(|| first_speaker(words, start))
}

/// Who the sentence is about: `The mayor issued a statement denying it`.
fn first_speaker(words: Words<'_>, start: usize) -> Option<Range<usize>> {
    first_subject(words, start).or_else(|| main_subject(words, start))
}

/// The subject of the first verb of a sentence, which may be `it`.
fn first_subject(words: Words<'_>, limit: usize) -> Option<Range<usize>> {
    let verb = (0..limit).find(|at| words.is_finite(*at))?;
    let subject = verb.checked_sub(1)?;
    words.is_word(subject, &["it"]).then_some(subject..verb)
}

/// Whether a subject makes the opposite of what its verb says: `nobody denies`.
fn is_nobody(words: Words<'_>, subject: &Range<usize>) -> bool {
    words.is_word(subject.start, &["nobody", "no", "none", "few", "neither"])
        || words.is_word(subject.end - 1, &["nobody"])
}

/// Whether the clause around a subject only asks or supposes: `if he denies it`.
fn is_supposed(words: Words<'_>, subject: &Range<usize>) -> bool {
    let asked = words.tokens.last().is_some_and(|last| last.is_sign('?'));
    asked || subject.start > 0 && words.is_word(subject.start - 1, &["if", "whether", "unless", "should"])
}

/// The noun phrase that a relative clause belongs to: `a report, which he denies`.
fn antecedent(words: Words<'_>, relative: usize) -> Option<Range<usize>> {
    let mut last = relative.checked_sub(1)?;
    if words.is_sign(last, ',') {
        last = last.checked_sub(1)?;
    }
    if words.get(last).is_some_and(|token| !matches!(token.kind, Kind::Lower | Kind::Capital)) {
        return None;
    }
    phrase_before(words, last)
}

/// `I`, `I’m`, `we`.
fn is_first_person(word: &str) -> bool {
    matches!(word.split(['\'', '’']).next(), Some("I" | "We" | "we"))
}

/// Whether a word begins with one of these, in small letters.
fn begins(words: Words<'_>, at: usize, stems: &[&str]) -> bool {
    let word = words.word(at).as_bytes();
    stems.iter().any(|stem| word.get(..stem.len()).is_some_and(|word| word.eq_ignore_ascii_case(stem.as_bytes())))
}
