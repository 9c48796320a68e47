//! English: who said what, by its verbs, its frames and its quotation marks.

mod claim;
mod clause;
mod denial;
mod frame;
mod partial;
mod passage;
mod phrase;
mod relay;
mod subject;
mod verb;
pub(crate) mod word;

use std::ops::Range;

use claim::Claims;
pub use claim::of_range as worth;
use denial::Denials;

use frame::{Frame, frames};
use word::Words;

use crate::{
    reading::{Paragraph, Reading},
    statement::{Claim, Denial},
    token::{Kind, Token},
    utterance::Utterance,
};

/// All utterances of a text, in its order.
pub fn utterances(reading: &Reading<'_>) -> Vec<Utterance> {
    let mut finder =
        Finder { reading, found: Vec::new(), claimed: vec![false; reading.quoted.len()], open: None, waiting: None };
    for (number, paragraph) in reading.paragraphs.iter().enumerate() {
        finder.paragraph(number, paragraph);
    }
    let mut found = finder.found;
    found.retain(|utterance| !utterance.parts.is_empty());
    drop_nested(&mut found);
    found.sort_by_key(|utterance| utterance.hull().start);
    found
}

/// Of utterances inside another, the outer one stays.
fn drop_nested(found: &mut Vec<Utterance>) {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|at| (found[*at].hull().start, std::cmp::Reverse(found[*at].hull().end)));
    let mut kept: Vec<usize> = Vec::new();
    let mut drop = vec![false; found.len()];
    for at in order {
        let inside = kept.iter().rev().take(8).any(|outer| {
            // `According to the agency, officials said`: the officials' words stay, too.
            let relayed = found[at].relay.is_some() && found[at].relay == found[*outer].source;
            !relayed && found[at].lies_in(&found[*outer])
        });
        if inside { drop[at] = true } else { kept.push(at) }
    }
    let mut at = 0;
    found.retain(|_| {
        at += 1;
        !drop[at - 1]
    });
}

/// What is denied and what is claimed in a text in which this was said.
pub fn statements(reading: &Reading<'_>, utterances: &[Utterance]) -> (Vec<Denial>, Vec<Claim>) {
    let (mut denials, mut claims) = (Denials::new(utterances), Claims::new(utterances));
    passage::each(reading, |words, place| {
        denials.see(words, place);
        claims.see(words, place);
    });
    (denials.all(), claims.best())
}

/// How many utterances back somebody may be looked for who speaks again.
const NEAR: usize = 64;

struct Finder<'a, 'b> {
    reading: &'b Reading<'a>,
    found: Vec<Utterance>,
    /// Which quotations belong to an utterance.
    claimed: Vec<bool>,
    /// The utterance that a quotation without a cue continues, and the paragraph that it stands in.
    open: Option<(usize, usize)>,
    /// Who is about to speak, and the paragraph in which that is said: `Smith disagreed.`
    waiting: Option<(Utterance, usize)>,
}

impl Finder<'_, '_> {
    fn paragraph(&mut self, number: usize, paragraph: &Paragraph) {
        let text = self.reading.text;
        let announced =
            self.waiting.take().filter(|(utterance, at)| utterance.rule == "quote.colon" && at + 1 == number);
        if let Some((mut utterance, _)) = announced
            && !paragraph.tokens.iter().any(Token::is_quoted)
        {
            // What stands under `Smith said:` are his words, with or without marks.
            utterance.add(trimmed(text, paragraph.range.clone()));
            self.found.push(utterance);
            self.open = None;
            return;
        }
        for (order, range) in paragraph.sentences.iter().enumerate() {
            let words = Words { text, tokens: &paragraph.tokens[range.clone()] };
            let previous = order.checked_sub(1).map(|before| paragraph.sentences[before].clone());
            let next =
                paragraph.sentences.get(order + 1).map(|next| Words { text, tokens: &paragraph.tokens[next.clone()] });
            // `“Why?” Smith asked.`: the next sentence says who spoke.
            if is_pure(words) && next.is_some_and(|next| asks(words) && begins_with_speaker(next)) {
                continue;
            }
            self.sentence(number, paragraph, words, previous);
        }
    }

    fn sentence(&mut self, number: usize, paragraph: &Paragraph, words: Words<'_>, previous: Option<Range<usize>>) {
        let found = frames(words);
        let pure = is_pure(words);
        if pure {
            return self.floating(number, words);
        }
        let mut made = Vec::new();
        for frame in found {
            let Some(utterance) = self.utterance(words, &frame) else { continue };
            let beside = frame.voice && frame.content.is_empty();
            if beside {
                // `“Really?” Smith asked.`: the question mark has ended a sentence.
                let asked = previous
                    .clone()
                    .and_then(|previous| self.asked(paragraph, previous))
                    .filter(|_| frame.rule == "quote.beside");
                if let Some(part) = asked
                    && frame.source.as_ref().is_some_and(|source| source.start <= 1)
                {
                    let mut utterance = utterance;
                    utterance.rule = "quote.after";
                    self.take_over(part, utterance, number);
                    made.push(self.found.len() - 1);
                } else if frame.rule == "quote.colon" || frame.source.is_some() {
                    self.waiting = Some((utterance, number));
                }
                continue;
            }
            if frame.voice && !frame.content.iter().any(|stretch| stretch.clone().any(|at| words.is_quoted(at))) {
                if frame.source.is_some() {
                    self.waiting = Some((utterance, number));
                }
                continue;
            }
            self.claim(words, &frame.content);
            self.found.push(utterance);
            let at = self.found.len() - 1;
            made.push(at);
            let quoted = frame.content.iter().any(|stretch| stretch.clone().any(|at| words.is_quoted(at)));
            self.open = (quoted || frame.open)
                .then_some((at, number))
                .or(self.open.filter(|(_, paragraph)| *paragraph == number));
            self.waiting = None;
        }
        self.rest(number, words, &made);
        if made.is_empty() && !words.tokens.iter().any(Token::is_quoted) {
            self.open = None;
            if let Some(subject) = subject::main_subject(words, words.len()) {
                let utterance = Utterance {
                    source: bytes(words, &subject),
                    rule: "quote.floating",
                    inherited: true,
                    ..Utterance::default()
                };
                if partial::can_speak(words, &subject) {
                    self.waiting = Some((utterance, number));
                }
            }
        }
    }

    /// The frame as an utterance, in bytes.
    fn utterance(&self, words: Words<'_>, frame: &Frame) -> Option<Utterance> {
        let mut utterance = Utterance {
            source: frame.source.as_ref().and_then(|source| bytes(words, source)),
            relay: relay::relay(words, frame).and_then(|relay| bytes(words, &relay)),
            cue: bytes(words, &frame.cue).into_iter().collect(),
            rule: frame.rule,
            negated: frame.negated,
            modal: frame.modal,
            inherited: frame.inherited,
            ..Utterance::default()
        };
        for stretch in &frame.content {
            for part in parts(self.reading, words, stretch) {
                utterance.add(part);
            }
        }
        (!utterance.parts.is_empty() || frame.open).then_some(utterance)
    }

    fn claim(&mut self, words: Words<'_>, content: &[Range<usize>]) {
        for at in content.iter().flat_map(Clone::clone) {
            if let Some(Kind::Quoted(number)) = words.get(at).map(|token| token.kind) {
                self.claimed[number as usize] = true;
            }
        }
    }

    /// The quotation that a sentence ends with, if nobody has it.
    fn asked(&self, paragraph: &Paragraph, sentence: Range<usize>) -> Option<u32> {
        let words = Words { text: self.reading.text, tokens: &paragraph.tokens[sentence] };
        match words.tokens.last()?.kind {
            Kind::Quoted(number) if asks(words) || !self.claimed[number as usize] => Some(number),
            _ => None,
        }
    }

    /// Gives a quotation, and what floated before it in its paragraph, to an utterance.
    fn take_over(&mut self, number: u32, mut utterance: Utterance, paragraph: usize) {
        let parts = self.reading.quoted[number as usize].parts.clone();
        // It may float already.
        let near = self.found.len().saturating_sub(NEAR);
        let floating = self.found.iter().skip(near).position(|found| {
            found.cue.is_empty()
                && found
                    .parts
                    .iter()
                    .any(|part| parts.first().is_some_and(|first| part.start <= first.start && first.end <= part.end))
        });
        if let Some(at) = floating.map(|at| near + at) {
            let floated = self.found.remove(at);
            floated.parts.into_iter().for_each(|part| utterance.add(part));
        }
        parts.into_iter().for_each(|part| utterance.add(part));
        self.claimed[number as usize] = true;
        self.found.push(utterance);
        self.open = Some((self.found.len() - 1, paragraph));
        self.waiting = None;
    }

    /// A sentence that is nothing but quotation: it goes on with what was said before, or floats.
    fn floating(&mut self, number: usize, words: Words<'_>) {
        for at in 0..words.len() {
            let Some(Kind::Quoted(quoted)) = words.get(at).map(|token| token.kind) else { continue };
            if self.claimed[quoted as usize] || partial::is_title(words, at) || partial::is_heading(words, at) {
                continue;
            }
            self.claimed[quoted as usize] = true;
            let parts = self.reading.quoted[quoted as usize].parts.clone();
            let near = self.waiting.as_ref().is_some_and(|(_, paragraph)| number - paragraph <= 1);
            let next = self.open.filter(|(_, paragraph)| number - paragraph <= 1 && !near);
            match next {
                Some((open, _)) => {
                    parts.into_iter().for_each(|part| self.found[open].add(part));
                    self.open = Some((open, number));
                }
                None => {
                    let mut utterance = self
                        .waiting
                        .take()
                        .filter(|_| near)
                        .map(|(utterance, _)| utterance)
                        .unwrap_or_else(|| self.inherits());
                    parts.into_iter().for_each(|part| utterance.add(part));
                    self.found.push(utterance);
                    self.open = Some((self.found.len() - 1, number));
                }
            }
        }
    }

    /// An utterance by whoever spoke last.
    fn inherits(&self) -> Utterance {
        let source = self.found.iter().rev().take(NEAR).find_map(|utterance| utterance.source.clone());
        Utterance { source, rule: "quote.floating", inherited: true, ..Utterance::default() }
    }

    /// Quotations that no frame of their sentence has.
    fn rest(&mut self, number: usize, words: Words<'_>, made: &[usize]) {
        for at in 0..words.len() {
            let Some(Kind::Quoted(quoted)) = words.get(at).map(|token| token.kind) else { continue };
            if self.claimed[quoted as usize] {
                continue;
            }
            let Some(rule) = partial::rule(words, at) else { continue };
            self.claimed[quoted as usize] = true;
            let parts = self.reading.quoted[quoted as usize].parts.clone();
            // `“A,” he said. “B” and more.`
            let source = partial::viewpoint(words)
                .or_else(|| partial::owned(words, at))
                .or_else(|| partial::turned(words, at))
                .and_then(|owner| bytes(words, &owner))
                .or_else(|| made.last().and_then(|at| self.found[*at].source.clone()))
                .or_else(|| {
                    subject::nearest_subject(words, at, |subject| partial::can_speak(words, subject))
                        .and_then(|subject| bytes(words, &subject))
                })
                .or_else(|| {
                    self.open
                        .filter(|(_, paragraph)| *paragraph == number)
                        .and_then(|(open, _)| self.found[open].source.clone())
                });
            let mut utterance = Utterance { source, rule, inherited: true, ..Utterance::default() };
            parts.into_iter().for_each(|part| utterance.add(part));
            self.found.push(utterance);
            if at == 0 || at + 1 >= words.len() {
                self.open = Some((self.found.len() - 1, number));
            }
        }
    }
}

/// Whether a quotation at the end of a sentence ends it with its own question or exclamation mark, so that who spoke may
/// still follow.
fn asks(words: Words<'_>) -> bool {
    let last =
        words.word(words.len().saturating_sub(1)).chars().rev().find(|c| !c.is_whitespace() && !is_quote_mark(*c));
    last.is_some_and(|c| matches!(c, '?' | '!'))
}

fn is_quote_mark(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '’' | '‘' | '\'' | '»' | '«' | '‹' | '›' | '＂')
}

/// Whether a sentence begins with who spoke, and says nothing of what: `Smith asked.`
fn begins_with_speaker(words: Words<'_>) -> bool {
    let first = frames(words).into_iter().next();
    first.is_some_and(|frame| {
        frame.rule == "quote.beside"
            && frame.source.is_some_and(|source| source.start == 0 && source.end <= frame.cue.start)
    })
}

/// Whether a sentence is nothing but quotation.
fn is_pure(words: Words<'_>) -> bool {
    let mut quoted = false;
    let only = words.tokens.iter().all(|token| {
        quoted |= token.is_quoted();
        token.is_quoted() || matches!(token.kind, Kind::Sign(_))
    });
    only && quoted
}

/// A stretch of tokens in bytes, with the later paragraphs of its quotations.
pub(crate) fn parts(reading: &Reading<'_>, words: Words<'_>, stretch: &Range<usize>) -> Vec<Range<usize>> {
    let mut parts: Vec<_> = bytes(words, stretch).into_iter().collect();
    for at in stretch.clone() {
        if let Some(Kind::Quoted(number)) = words.get(at).map(|token| token.kind) {
            parts.extend(reading.quoted[number as usize].parts.iter().skip(1).cloned());
        }
    }
    parts
}

/// A stretch of tokens in bytes.
pub(crate) fn bytes(words: Words<'_>, stretch: &Range<usize>) -> Option<Range<usize>> {
    let first = words.get(stretch.start)?;
    let last = words.get(stretch.end.checked_sub(1)?)?;
    (first.start <= last.start).then_some(first.start as usize..last.end as usize)
}

/// Without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..(start + words.trim().len())
}
