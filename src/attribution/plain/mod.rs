//! Rules that go for several languages, by their lexicons: French, Spanish and Arabic; and quotation marks for all
//! others.

mod denial;
mod frame;
mod phrase;
#[cfg(test)]
mod table;

use std::ops::Range;

pub use denial::denials;
use frame::frames;

use crate::{
    english::{bytes, parts, word::Words},
    reading::{Paragraph, Reading},
    token::{Kind, Token},
    utterance::{Frame, Utterance},
};

/// The fewest words in quotation marks that are somebody's for certain.
const ENOUGH: usize = 3;

/// All utterances of a text, in its order.
pub fn utterances(reading: &Reading<'_>) -> Vec<Utterance> {
    let mut finder = Finder { reading, found: Vec::new(), claimed: vec![false; reading.quoted.len()], speaker: None };
    let mut number = 0;
    for paragraph in &reading.paragraphs {
        for range in &paragraph.sentences {
            number += 1;
            finder.sentence(number, paragraph, range.clone());
        }
    }
    let mut found = finder.found;
    found.retain(|utterance| !utterance.parts.is_empty());
    found.sort_by_key(|utterance| (utterance.hull().start, std::cmp::Reverse(utterance.hull().end)));
    found
}

/// What stands in quotation marks, for a language without rules.
pub fn marks(reading: &Reading<'_>) -> Vec<Utterance> {
    let long = |part: &&Range<usize>| count(&reading.text[(*part).clone()]) >= ENOUGH;
    reading
        .quoted
        .iter()
        .filter(|quoted| quoted.parts.iter().any(|part| long(&part)))
        .map(|quoted| Utterance { parts: quoted.parts.clone(), rule: "marks", ..Utterance::default() })
        .collect()
}

/// How many words there are; where words are not parted by spaces, three characters count for one.
fn count(text: &str) -> usize {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let unparted = text.chars().filter(|c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{9fff}')).count();
    if unparted * 2 > letters { unparted / 3 } else { text.split_whitespace().count() }
}

struct Finder<'a, 'b> {
    reading: &'b Reading<'a>,
    found: Vec<Utterance>,
    /// Which quotations belong to an utterance.
    claimed: Vec<bool>,
    /// Who spoke last, and the sentence in which that stands.
    speaker: Option<(Range<usize>, usize)>,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, number: usize, paragraph: &Paragraph, range: Range<usize>) {
        let words = Words { text: self.reading.text, tokens: &paragraph.tokens[range] };
        if words.tokens.iter().all(|token| token.is_quoted() || matches!(token.kind, Kind::Sign(_))) {
            return self.floating(number, words);
        }
        for frame in frames(words) {
            self.frame(number, words, &frame);
        }
        self.rest(number, words);
    }

    fn frame(&mut self, number: usize, words: Words<'_>, frame: &Frame) {
        let own = frame.source.clone().map(|source| frame::without_clitic(words, source));
        let mut utterance = Utterance {
            source: own.clone().or_else(|| self.heir(number)),
            inherited: own.is_none(),
            cue: frame.cue.iter().filter_map(|at| bytes(words, &(*at..*at + 1))).collect(),
            rule: frame.rule,
            negated: frame.negated,
            ..Utterance::default()
        };
        for stretch in &frame.content {
            self.claim(words, stretch);
            parts(self.reading, words, stretch).into_iter().for_each(|part| utterance.add(part));
        }
        self.speaker = utterance.source.clone().map(|source| (source, number)).or(self.speaker.take());
        self.found.push(utterance);
    }

    /// Its quotations belong to an utterance now.
    fn claim(&mut self, words: Words<'_>, stretch: &Range<usize>) {
        for at in stretch.clone() {
            if let Some(Kind::Quoted(number)) = words.get(at).map(|token| token.kind) {
                self.claimed[number as usize] = true;
            }
        }
    }

    /// The last speaker, if that was not long ago.
    fn heir(&self, number: usize) -> Option<Range<usize>> {
        self.speaker.clone().filter(|(_, at)| number - at <= 3).map(|(source, _)| source)
    }

    /// A sentence that is nothing but quotation goes on with what was said before.
    fn floating(&mut self, number: usize, words: Words<'_>) {
        for at in 0..words.len() {
            let source = self.heir(number);
            self.alone(words, at, source, "quote.floating");
            if let Some((source, _)) = self.speaker.take() {
                self.speaker = Some((source, number));
            }
        }
    }

    /// Quotations that no frame of their sentence has.
    fn rest(&mut self, number: usize, words: Words<'_>) {
        for at in 0..words.len() {
            if !words.is_quoted(at) {
                continue;
            }
            let own = frame::speaker(words, at).map(|source| frame::without_clitic(words, source));
            if let Some(source) = own.clone().filter(|_| self.alone(words, at, own, "quote.partial")) {
                self.speaker = Some((source, number));
            }
        }
    }

    /// A quotation without a frame, if it is long enough or its sentence has a speaker.
    fn alone(&mut self, words: Words<'_>, at: usize, source: Option<Range<usize>>, rule: &'static str) -> bool {
        let Some(Kind::Quoted(quoted)) = words.get(at).map(|token| token.kind) else { return false };
        let inner = words.word(at).trim_start_matches(|c: char| !c.is_alphanumeric());
        let long = count(words.word(at)) >= ENOUGH + usize::from(source.is_none());
        let name = inner.starts_with(char::is_uppercase) && rule == "quote.partial";
        let sentence = inner.contains(['.', '!', '?']) || !name || count(inner) > 5;
        if self.claimed[quoted as usize] || !((long && sentence) || (source.is_some() && !name)) {
            return false;
        }
        self.claimed[quoted as usize] = true;
        let parts = self.reading.quoted[quoted as usize].parts.clone();
        self.found.push(Utterance { parts, source, rule, inherited: true, ..Utterance::default() });
        true
    }
}

/// Whether a token is a sign between parts of a sentence.
fn parts_sentence(token: &Token) -> bool {
    matches!(token.kind, Kind::Sign(',' | '،' | ';' | '؛' | ':' | '–' | '—'))
}
