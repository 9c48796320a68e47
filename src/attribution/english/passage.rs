//! The sentences of a text one by one, also those inside quotations, which the sentences outside hold as one token.

use std::ops::Range;

use super::word::Words;
use crate::{
    lexicon::lexicon,
    reading::Reading,
    sentence::sentence_ends,
    token::{Kind, Token, tokens},
};

/// Where a sentence stands.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The quotation that holds it.
    pub quoted: Option<u32>,
}

/// Shows all sentences, those inside a quotation before the rest of the paragraph in which it begins.
pub fn each(reading: &Reading<'_>, mut see: impl FnMut(Words<'_>, Place)) {
    let mut inner = Vec::new();
    for read in &reading.paragraphs {
        for token in &read.tokens {
            let Kind::Quoted(number) = token.kind else { continue };
            let place = Place { quoted: Some(number) };
            for part in &reading.quoted[number as usize].parts {
                let mut start = part.start;
                for end in sentence_ends(&reading.text[part.clone()]) {
                    let end = part.start + end;
                    sentence(reading, start..end, &mut inner);
                    start = end;
                    see(Words { text: reading.text, tokens: &inner }, place);
                }
            }
        }
        for sentence in &read.sentences {
            let words = Words { text: reading.text, tokens: &read.tokens[sentence.clone()] };
            see(words, Place { quoted: None });
        }
    }
}

/// The tokens of a sentence inside a quotation, without the marks at its ends.
fn sentence(reading: &Reading<'_>, range: Range<usize>, inner: &mut Vec<Token>) {
    inner.clear();
    let Some(lexicon) = lexicon("en") else { return };
    tokens(reading.text, range, lexicon, inner);
    let mark = |token: &Token| matches!(token.kind, Kind::Sign('“' | '”' | '„' | '‟' | '"' | '«' | '»' | '`'));
    let edge = |token: &Token| mark(token) || matches!(token.kind, Kind::Sign('‘' | '’' | '\''));
    while inner.last().is_some_and(mark) {
        inner.pop();
    }
    let first = inner.iter().position(|token| !edge(token)).unwrap_or(inner.len());
    inner.drain(..first);
}
