//! The parts of a German sentence between its commas.

use std::ops::Range;

use super::{
    phrase::{Joins, phrase},
    verb::is_verb,
};
use crate::{
    english::word::{CUES, Words},
    lexicon::Class,
    token::Kind,
};

/// A part of a sentence.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Its tokens, without the sign before it.
    pub range: Range<usize>,
    /// The sign before it; a space where there is none.
    pub sign: char,
}

/// The parts of a sentence, and where the sentence ends without its full stop.
pub fn segments(words: Words<'_>) -> (Vec<Segment>, usize) {
    let mut end = words.len();
    while end > 0 && matches!(words.get(end - 1).map(|token| token.kind), Some(Kind::Sign('.' | '!' | '?' | '…'))) {
        end -= 1;
    }
    let (mut found, mut first, mut sign, mut depth) = (Vec::new(), 0, ' ', 0_u32);
    for at in 0..end {
        let Some(token) = words.get(at) else { break };
        match token.kind {
            Kind::Sign('(' | '[') => depth += 1,
            Kind::Sign(')' | ']') => depth = depth.saturating_sub(1),
            Kind::Sign(c @ (',' | ':' | ';' | '–' | '—')) if depth == 0 => {
                if at > first {
                    found.push(Segment { range: first..at, sign });
                }
                (first, sign) = (at + 1, c);
            }
            Kind::Quoted(_) if depth == 0 && at == first && stands_alone(words, at) => {
                found.push(Segment { range: at..at + 1, sign });
                (first, sign) = (at + 1, '"');
            }
            _ => {}
        }
    }
    if first < end {
        found.push(Segment { range: first..end, sign });
    }
    (found, end)
}

/// Whether a quotation is a part of its own: it has its own full stop, comma or question mark.
fn stands_alone(words: Words<'_>, at: usize) -> bool {
    let inner =
        words.word(at).trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '!' | '?' | ',' | '…'));
    inner.ends_with(['.', '!', '?', ',', '…'])
        && (words
            .get(at + 1)
            .is_some_and(|next| next.any(CUES) || next.is(Class::Split) || words.is_word(at + 1, &["so"]))
            || is_past(words, at + 1))
}

/// Whether a word that is in no list looks like the past of a verb.
pub fn is_past(words: Words<'_>, at: usize) -> bool {
    let word = words.word(at);
    words.get(at).is_some_and(|token| token.kind == Kind::Lower && token.entry.classes.is_empty())
        && word.len() > 5
        && (word.ends_with("te") || word.ends_with("ten"))
}

impl Segment {
    /// Where it begins without `und` and the like.
    pub fn head(&self, words: Words<'_>) -> usize {
        let joins = words.is(self.range.start, Class::Coord) || words.is_word(self.range.start, &["denn"]);
        if joins && self.range.len() > 1 { self.range.start + 1 } else { self.range.start }
    }

    /// Whether its verb stands at its end: a conjunction or a relative pronoun begins it.
    pub fn is_subordinate(&self, words: Words<'_>, number: usize) -> bool {
        let head = self.head(words);
        if words.is(head, Class::That) || words.is(head, Class::Sub) {
            // `Als Grund gab die Schule an`
            let role = words.is_word(head, &["als"])
                && phrase(words, head + 1, Joins::All)
                    .is_some_and(|end| end + 1 < self.range.end && is_verb(words, end) && end > head + 1);
            return !role && !words.is_word(head, &["denn", "um", "ohne", "statt", "anstatt", "trotzdem"]);
        }
        number > 0 && self.is_relative(words)
    }

    /// Whether it begins with a relative pronoun.
    pub fn is_relative(&self, words: Words<'_>) -> bool {
        let mut head = self.head(words);
        if words.is(head, Class::Prep) && self.range.len() > 2 {
            head += 1;
        }
        if !words.is(head, Class::Rel) || head + 1 >= self.range.end {
            return false;
        }
        if words.is_word(head, &["deren", "dessen", "denen", "welcher", "welche", "welches"]) {
            return true;
        }
        match phrase(words, head, Joins::Of) {
            // `die USA hielten`, but `die das Land regiert` and `der Anschläge plant`.
            Some(end) => end >= self.range.end && words.is(self.range.end - 1, Class::Verb),
            None => true,
        }
    }

    /// Whether it is a noun phrase and nothing more, as an apposition is.
    pub fn is_phrase(&self, words: Words<'_>) -> bool {
        phrase(words, self.range.start, Joins::All).is_some_and(|end| end >= self.range.end)
    }
}
