//! German: who said what, by its verbs, its phrases for sources, its forms of indirect speech and its quotation marks.

mod according;
mod frame;
mod partial;
mod phrase;
mod segment;
#[cfg(test)]
mod table;
mod verb;

use std::ops::Range;

use frame::frames;

use crate::{
    english::{bytes, parts, word::Words},
    lexicon::Class,
    reading::{Paragraph, Reading},
    token::{Kind, Token},
    utterance::{Frame, Utterance, one},
};

/// Forms that are also used where nothing is reported.
const WEAK: [&str; 8] = ["würde", "würden", "hätte", "hätten", "wäre", "wären", "sollten", "könnten"];

/// All utterances of a text, in its order.
pub fn utterances(reading: &Reading<'_>) -> Vec<Utterance> {
    let mut finder = Finder {
        reading,
        found: Vec::new(),
        claimed: vec![false; reading.quoted.len()],
        speaker: None,
        subject: None,
        said: 0,
        free: None,
        last: None,
        begun: 0,
    };
    let mut number = 0;
    for paragraph in &reading.paragraphs {
        finder.begun = number + 1;
        for range in &paragraph.sentences {
            number += 1;
            finder.sentence(number, paragraph, range.clone());
        }
    }
    let mut found = finder.found;
    found.retain(|utterance| !utterance.parts.is_empty());
    found.sort_by_key(|utterance| (utterance.hull().start, std::cmp::Reverse(utterance.hull().end)));
    found.dedup_by(|second, first| second.parts == first.parts);
    found
}

struct Finder<'a, 'b> {
    reading: &'b Reading<'a>,
    found: Vec<Utterance>,
    /// Which quotations belong to an utterance.
    claimed: Vec<bool>,
    /// Who spoke last, and the sentence in which that stands.
    speaker: Option<(Range<usize>, usize)>,
    /// Who may speak next: the subject of a sentence in which nobody speaks, and that sentence.
    subject: Option<(Range<usize>, usize)>,
    /// The sentence in which something was said last.
    said: usize,
    /// The utterance in the form of indirect speech that the next sentence may go on with.
    free: Option<(usize, usize)>,
    /// The sentence before.
    last: Option<Range<usize>>,
    /// The first sentence of the paragraph.
    begun: usize,
}

impl Finder<'_, '_> {
    fn sentence(&mut self, number: usize, paragraph: &Paragraph, range: Range<usize>) {
        let words = Words { text: self.reading.text, tokens: &paragraph.tokens[range] };
        if words.tokens.iter().all(|token| token.is_quoted() || matches!(token.kind, Kind::Sign(_))) {
            return self.floating(number, words);
        }
        let frames = frames(words);
        if frames.is_empty() && !self.pointing(number, words) && !self.indirect(number, words) {
            self.quiet(number, words);
        }
        let first = self.found.len();
        frames.iter().for_each(|frame| self.frame(number, words, frame));
        // A quotation is the words of whoever is named nearest to it.
        let mut order: Vec<_> = frames.iter().zip(first..).collect();
        order.sort_by_key(|(frame, _)| frame.content.iter().map(Range::len).sum::<usize>());
        for (frame, at) in order {
            let utterance = self.found[at].clone();
            self.claim(words, frame, &utterance);
        }
        self.rest(number, words);
        self.last = bytes(words, &(0..words.len()));
    }

    /// `Das teilte die Polizei mit.`: what was said is the sentence before.
    fn pointing(&mut self, number: usize, words: Words<'_>) -> bool {
        let points = words.is_word(0, &["das", "dies"]) && number > self.said + 1;
        let Some(before) = self.last.clone().filter(|_| points) else { return false };
        let (segments, _) = segment::segments(words);
        let Some(cue) = verb::cues(words, &segments).into_iter().find(|cue| cue.finite == 1 && !cue.passive) else {
            return false;
        };
        let source = verb::behind(words, &segments, 0, 1).and_then(|source| bytes(words, &source));
        if source.is_none() || !(cue.is(words, Class::Say) || cue.more.is_some()) {
            return false;
        }
        self.speaker = source.clone().map(|source| (source, number));
        self.said = number;
        self.free = None;
        self.found.push(Utterance {
            parts: vec![before],
            source,
            cue: std::iter::once(1).chain(cue.more).filter_map(|at| bytes(words, &(at..at + 1))).collect(),
            rule: "quote.after",
            ..Utterance::default()
        });
        true
    }

    fn frame(&mut self, number: usize, words: Words<'_>, frame: &Frame) {
        let spoke = self.speaker.clone().filter(|(_, at)| number - at <= 2).map(|(source, _)| source);
        // `Und weiter: „…“`
        let spoke = if frame.rule == "quote.colon" { self.heir(number, 2) } else { spoke };
        let nobody = frame.cue.first().is_some_and(|cue| ["heißt", "hieß"].contains(&words.word(*cue)));
        let own = frame.source.as_ref().and_then(|source| bytes(words, source));
        let mut utterance = Utterance {
            inherited: own.is_none() && spoke.is_some(),
            source: own.clone().or(if matches!(frame.rule, "quote.according" | "quote.colon") || nobody {
                spoke
            } else {
                None
            }),
            cue: frame.cue.iter().filter_map(|at| bytes(words, &(*at..*at + 1))).collect(),
            rule: frame.rule,
            negated: frame.negated,
            ..Utterance::default()
        };
        for part in frame.content.iter().flat_map(|stretch| parts(self.reading, words, &trimmed(words, stretch))) {
            utterance.add(part);
        }
        // Behind `nach ihren Angaben`, it is still she who speaks.
        let hers = frame.source.as_ref().is_some_and(|source| words.is(source.start, Class::Poss));
        if let Some(source) = own.filter(|_| !hers) {
            self.speaker = Some((source, number));
        }
        self.free = None;
        self.said = number;
        self.found.push(utterance);
    }

    /// Who speaks where a sentence does not say it: the subject right before, or the last speaker.
    fn heir(&self, number: usize, near: usize) -> Option<Range<usize>> {
        let subject = self.subject.as_ref().filter(|(_, at)| number - at <= 1);
        let speaker = self.speaker.as_ref().filter(|(_, at)| number - at <= near);
        // In a new paragraph, its own subject speaks rather than who spoke in the one before.
        let newer = subject.filter(|_| speaker.is_none_or(|(_, before)| *before < self.begun));
        newer.or(speaker).or(subject).map(|(source, _)| source.clone())
    }

    /// Quotations that are all of what was said are its own; those that are part of it are given as well.
    fn claim(&mut self, words: Words<'_>, frame: &Frame, utterance: &Utterance) {
        for stretch in frame.content.iter().map(|stretch| trimmed(words, stretch)) {
            let only = stretch.clone().all(|at| words.is_quoted(at) || !words.get(at).is_some_and(Token::is_word));
            for at in stretch {
                let Some(Kind::Quoted(quoted)) = words.get(at).map(|token| token.kind) else { continue };
                if self.claimed[quoted as usize] {
                    continue;
                }
                self.claimed[quoted as usize] = true;
                if !only && partial::speaks(words, at, true) {
                    let parts = self.reading.quoted[quoted as usize].parts.clone();
                    self.found.push(Utterance { parts, rule: "quote.partial", ..utterance.clone() });
                }
            }
        }
    }

    /// A sentence in the form of indirect speech, without a verb that says so: it goes on with what was said.
    fn indirect(&mut self, number: usize, words: Words<'_>) -> bool {
        let (segments, _) = segment::segments(words);
        let main = segments
            .iter()
            .enumerate()
            .filter(|(at, segment)| !segment.is_subordinate(words, *at) && !words.is(segment.head(words), Class::Wh));
        let near = number - self.said <= 1 || self.free.is_some_and(|(_, at)| number - at <= 1);
        let reported = main.flat_map(|(_, segment)| segment.range.clone()).any(|at| {
            let token = words.get(at).filter(|token| frame::is_reported(words, at) && token.kind == Kind::Lower);
            let hearsay = words.is_word(at, &["soll", "sollen"]) && (self.free.is_some() || is_perfect(words));
            hearsay
                || token.is_some()
                    && (near || !WEAK.contains(&words.word(at)))
                    && !words.is_word(at + 1, &["ich", "wir"])
        });
        let Some(part) = bytes(words, &(0..words.len())).filter(|_| reported) else { return false };
        let goes_on = self.free.filter(|(at, before)| {
            let end = self.found[*at].parts.last().map_or(part.start, |last| last.end);
            number - before <= 1 && !self.reading.text[end..part.start].contains('\n')
        });
        match goes_on {
            Some((at, _)) => {
                if let Some(last) = self.found[at].parts.last_mut() {
                    last.end = part.end;
                }
                self.free = Some((at, number));
            }
            None => {
                let source = self.reporter(number, words);
                self.found.push(Utterance {
                    parts: vec![part],
                    source,
                    rule: "quote.reported",
                    inherited: true,
                    ..Utterance::default()
                });
                self.free = Some((self.found.len() - 1, number));
            }
        }
        if let (Some((at, _)), true) = (self.free, words.tokens.iter().any(Token::is_quoted)) {
            let utterance = self.found[at].clone();
            let frame = Frame { content: one(0..words.len()), ..Frame::default() };
            self.claim(words, &frame, &utterance);
        }
        true
    }

    /// Who speaks in a sentence in the form of indirect speech.
    fn reporter(&self, number: usize, words: Words<'_>) -> Option<Range<usize>> {
        // `Der Minister zeigte sich enttäuscht. Er respektiere das Urteil.`
        let he = self.subject.as_ref().filter(|(_, at)| words.is_word(0, &["er"]) && number - at <= 1);
        let he = he.map(|(source, _)| source.clone());
        he.or_else(|| self.heir(number, 2)).or_else(|| self.heir(number, 5))
    }

    /// A sentence in which nobody speaks: its subject may do so next.
    fn quiet(&mut self, number: usize, words: Words<'_>) {
        self.free = None;
        let (segments, _) = segment::segments(words);
        let subject = verb::main_subject(words, &segments).and_then(|subject| bytes(words, &subject));
        self.subject = subject.map(|subject| (subject, number));
    }

    /// A sentence that is nothing but quotation goes on with what was said before.
    fn floating(&mut self, number: usize, words: Words<'_>) {
        for at in 0..words.len() {
            let Some(Kind::Quoted(quoted)) = words.get(at).map(|token| token.kind) else { continue };
            if self.claimed[quoted as usize] || partial::inner(words, at).split_whitespace().count() < 3 {
                continue;
            }
            self.claimed[quoted as usize] = true;
            let parts = self.reading.quoted[quoted as usize].parts.clone();
            let source = self.heir(number, 1).or_else(|| self.heir(number, 4));
            self.speaker = source.clone().map(|source| (source, number)).or(self.speaker.take());
            self.said = number;
            self.found.push(Utterance {
                parts,
                source,
                rule: "quote.floating",
                inherited: true,
                ..Utterance::default()
            });
        }
    }

    /// Quotations that no frame of their sentence has.
    fn rest(&mut self, number: usize, words: Words<'_>) {
        for at in 0..words.len() {
            let Some(Kind::Quoted(quoted)) = words.get(at).map(|token| token.kind) else { continue };
            if self.claimed[quoted as usize] || !partial::speaks(words, at, false) {
                continue;
            }
            self.claimed[quoted as usize] = true;
            let (segments, _) = segment::segments(words);
            let cue = verb::cues(words, &segments).into_iter().rev().find(|cue| cue.finite < at);
            let source = cue
                .and_then(|cue| frame::source(words, &segments, &cue))
                .or_else(|| verb::main_subject(words, &segments))
                .filter(|subject| !subject.contains(&at))
                .and_then(|subject| bytes(words, &subject))
                .or_else(|| self.heir(number, 3));
            if let Some(source) = source.clone() {
                self.speaker = Some((source, number));
            }
            let parts = self.reading.quoted[quoted as usize].parts.clone();
            self.found.push(Utterance {
                parts,
                source,
                rule: "quote.partial",
                inherited: true,
                ..Utterance::default()
            });
        }
    }
}

/// Whether a sentence ends with a perfect infinitive, as in `soll gestorben sein`.
fn is_perfect(words: Words<'_>) -> bool {
    let last = words.tokens.iter().rposition(Token::is_word);
    last.is_some_and(|last| {
        words.is_word(last, &["haben", "sein"]) && words.word(last.wrapping_sub(1)).ends_with(['n', 't'])
    })
}

/// A stretch without the signs at its ends.
fn trimmed(words: Words<'_>, stretch: &Range<usize>) -> Range<usize> {
    let loose = |at: usize| {
        words.get(at).is_some_and(|token| matches!(token.kind, Kind::Sign(',' | ':' | ';' | '–' | '—' | '.')))
    };
    let (mut start, mut end) = (stretch.start, stretch.end);
    while start < end && loose(start) {
        start += 1;
    }
    while end > start && loose(end - 1) {
        end -= 1;
    }
    start..end
}
