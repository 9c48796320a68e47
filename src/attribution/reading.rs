//! A text as the rules read it: paragraphs of tokens, in which a quotation is one token, with the ends of sentences.

use std::ops::Range;

use crate::{
    lexicon::{Entry, Lexicon},
    marks::{Quoted, quotations},
    sentence::sentence_ends,
    token::{Kind, Token, tokens},
};

/// A text, read.
pub struct Reading<'a> {
    /// The text.
    pub text: &'a str,
    /// The paragraphs that are part of the article and hold something, in their order.
    pub paragraphs: Vec<Paragraph>,
    /// The outermost quotations.
    pub quoted: Vec<Quoted>,
}

/// A line of the text. Whatever runs through several paragraphs is a token in the first one.
pub struct Paragraph {
    /// Its bytes.
    pub range: Range<usize>,
    /// Its tokens; a quotation is one.
    pub tokens: Vec<Token>,
    /// Its sentences, as ranges of its tokens.
    pub sentences: Vec<Range<usize>>,
}

impl<'a> Reading<'a> {
    /// Reads a text, but not what lies `aside`: ranges of bytes, in order.
    #[must_use]
    pub fn new(text: &'a str, aside: &[Range<usize>], lexicon: &Lexicon) -> Self {
        let mut quoted: Vec<Quoted> = quotations(text).into_iter().filter(|quoted| quoted.depth == 0).collect();
        let out = |part: &Range<usize>| aside.iter().any(|aside| aside.start <= part.start && part.end <= aside.end);
        quoted.retain(|quoted| !quoted.parts.iter().all(out));
        let (mut paragraphs, mut start, mut next) = (Vec::new(), 0, 0);
        for line in text.split('\n') {
            let range = start..start + line.len();
            start = range.end + 1;
            let here = Self::quoted_in(&quoted, &mut next, range.end);
            if line.trim().is_empty() || out(&range) {
                continue;
            }
            let paragraph = paragraph(text, range, &quoted, here, lexicon);
            if !paragraph.tokens.is_empty() {
                paragraphs.push(paragraph);
            }
        }
        Self { text, paragraphs, quoted }
    }

    /// The quotations that begin before `end` and not in an earlier line.
    fn quoted_in(quoted: &[Quoted], next: &mut usize, end: usize) -> Range<usize> {
        let first = *next;
        while quoted.get(*next).is_some_and(|quoted| quoted.parts[0].start < end) {
            *next += 1;
        }
        first..*next
    }

    /// The parts of quotations that overlap a stretch.
    pub fn quoted_within<'b>(&'b self, stretch: &'b Range<usize>) -> impl Iterator<Item = &'b Range<usize>> {
        let first =
            self.quoted.partition_point(|quoted| quoted.parts.last().is_some_and(|part| part.end <= stretch.start));
        let near = self.quoted[first..].iter().take_while(|quoted| quoted.parts[0].start < stretch.end);
        near.flat_map(|quoted| &quoted.parts).filter(|part| part.start < stretch.end && stretch.start < part.end)
    }

    /// The words of a token.
    #[must_use]
    pub fn word(&self, token: &Token) -> &'a str {
        &self.text[token.range()]
    }
}

fn paragraph(text: &str, range: Range<usize>, quoted: &[Quoted], here: Range<usize>, lexicon: &Lexicon) -> Paragraph {
    let mut found = Vec::with_capacity(range.len() / 5);
    // What continues a quotation of an earlier paragraph is not read again.
    let mut at = range.start;
    let earlier = quoted[..here.start].iter().rev().take(2).flat_map(|quoted| &quoted.parts);
    for part in earlier.filter(|part| range.start <= part.start && part.end <= range.end) {
        at = at.max(part.end);
    }
    for number in here {
        let part = &quoted[number].parts[0];
        if part.start < at {
            continue;
        }
        tokens(text, at..part.start, lexicon, &mut found);
        let kind = Kind::Quoted(number as u32);
        found.push(Token { start: part.start as u32, end: part.end as u32, kind, entry: Entry::default() });
        at = part.end;
    }
    tokens(text, at.min(range.end)..range.end, lexicon, &mut found);
    let sentences = sentences(text, &range, &found);
    Paragraph { range, tokens: found, sentences }
}

/// The most tokens that are read as one sentence, so that a text without full stops costs no more than others.
const LONGEST: usize = 300;

/// The sentences of a paragraph. Those inside a quotation are not told apart.
fn sentences(text: &str, range: &Range<usize>, tokens: &[Token]) -> Vec<Range<usize>> {
    let (mut sentences, mut first) = (Vec::new(), 0);
    for end in sentence_ends(&text[range.clone()]) {
        let end = range.start + end;
        let mut last = first;
        while tokens.get(last).is_some_and(|token| (token.start as usize) < end) {
            last += 1;
        }
        // The end of a sentence inside a quotation ends none outside.
        let inside =
            last.checked_sub(1).and_then(|last| tokens.get(last)).is_some_and(|token| token.end as usize > end);
        if last > first && !inside {
            sentences.push(first..last);
            first = last;
        }
    }
    if first < tokens.len() {
        sentences.push(first..tokens.len());
    }
    if sentences.iter().all(|sentence| sentence.len() <= LONGEST) {
        return sentences;
    }
    let pieces = |sentence: Range<usize>| {
        let end = sentence.end;
        sentence.step_by(LONGEST).map(move |start| start..end.min(start + LONGEST))
    };
    sentences.into_iter().flat_map(pieces).collect()
}
