//! Frames: a word that attributes, who speaks, and what is attributed, inside one sentence.

mod according;
mod content;
mod noun;
mod right;
#[cfg(test)]
mod table;
mod verbal;

use std::ops::Range;

pub use noun::owner;
pub use right::infinitive_follows;

use super::{phrase::phrase_after, word::Words};
use crate::{
    lexicon::Class,
    token::{Kind, Token},
};

/// Somebody is said to have said something: all as places of tokens in the sentence.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The words that say so.
    pub cue: Range<usize>,
    /// Who speaks.
    pub source: Option<Range<usize>>,
    /// What was said: stretches of the sentence.
    pub content: Vec<Range<usize>>,
    /// Whether what follows the sentence can belong to it: it ends with a quotation, a colon, or the cue.
    pub open: bool,
    /// The frame stands beside quotations only, and is none without one.
    pub voice: bool,
    /// Whether the cue is negated.
    pub negated: bool,
    /// Whether the cue is less than certain.
    pub modal: bool,
    /// What kind of frame it is, for the reason and the score.
    pub rule: &'static str,
    /// The source was taken over from another verb of the sentence.
    pub inherited: bool,
}

impl Frame {
    /// A frame that says so plainly.
    fn new(cue: Range<usize>, source: Option<Range<usize>>, content: Vec<Range<usize>>, rule: &'static str) -> Self {
        let (open, voice, negated, modal, inherited) = (false, false, false, false, false);
        Self { cue, source, content, open, voice, negated, modal, rule, inherited }
    }
}

/// All frames of a sentence, in the order of their cues.
pub fn frames(words: Words<'_>) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    if let Some(frame) = credit(words).or_else(|| labelled(words)) {
        return vec![frame];
    }
    let mut at = 0;
    while at < words.len() {
        let found = according::according(words, at)
            .filter(|frame| !said_before(words, frame, &frames))
            .or_else(|| verbal::verbal(words, at, &frames))
            .or_else(|| noun::sure(words, at))
            .or_else(|| noun::nominal(words, at));
        match found {
            Some(frame) => {
                at = frame.cue.end.max(at + 1);
                frames.push(frame);
            }
            None => at += 1,
        }
    }
    frames
}

const END: [char; 5] = ['.', '!', '?', '…', ';'];

/// Where the sentence ends, without its full stop.
pub fn sentence_end(words: Words<'_>) -> usize {
    let mut end = words.len();
    while end > 0
        && words.get(end - 1).is_some_and(|token| matches!(token.kind, Kind::Sign(sign) if END.contains(&sign)))
    {
        end -= 1;
    }
    end
}

/// `“It is a long game.” – Matthew Ingram`: a quotation with a name behind a dash, and nothing else.
fn credit(words: Words<'_>) -> Option<Frame> {
    let dash = words.get(1).is_some_and(Token::is_dash) && words.is_quoted(0);
    let name = words.get(2).is_some_and(|token| token.kind == Kind::Capital);
    if !dash || !name || words.has_finite(2, words.len()) || words.len() > 20 {
        return None;
    }
    let source = phrase_after(words, 2, sentence_end(words))?;
    let frame = Frame { open: true, ..Frame::new(1..2, Some(source), std::iter::once(0..1).collect(), "quote.credit") };
    Some(frame)
}

/// `Kaine: “He started it.”`: a name, a colon and a quotation, and nothing else.
fn labelled(words: Words<'_>) -> Option<Frame> {
    let colon = (1..words.len().min(9)).find(|at| words.is_sign(*at, ':'))?;
    let source = phrase_after(words, 0, colon).filter(|source| source.end == colon)?;
    let quoted =
        words.is_quoted(colon + 1) && (colon + 1..words.len()).all(|at| !words.get(at).is_some_and(Token::is_word));
    let name = words.get(0).is_some_and(|token| token.kind == Kind::Capital) && !words.is(source.end - 1, Class::Work);
    if !quoted || !name || words.has_finite(0, colon) {
        return None;
    }
    let content = std::iter::once(colon + 1..words.len()).collect();
    Some(Frame { open: true, ..Frame::new(colon..colon + 1, Some(source), content, "quote.colon") })
}

/// Whether a source without a verb stands behind what somebody else says already: `“…,” he said, according to the paper`.
fn said_before(words: Words<'_>, frame: &Frame, earlier: &[Frame]) -> bool {
    let last = earlier.iter().rev().find(|frame| !frame.content.is_empty());
    let Some(last) = last.filter(|last| last.rule == "quote.after") else { return false };
    let aside = |at: usize| words.is_sign(at, ',') || words.is(at, Class::Time) || words.is_adverb(at);
    let behind = last.source.as_ref().map_or(last.cue.end, |source| source.end.max(last.cue.end));
    behind <= frame.cue.start && (behind..frame.cue.start).all(aside)
}
