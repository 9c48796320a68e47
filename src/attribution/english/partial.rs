//! Quotations inside a sentence that nobody is said to have said: words of somebody, titles, names, scare quotes.

use std::ops::Range;

use super::{phrase::PEOPLE, word::Words};
use crate::{lexicon::Class, token::Kind};

/// The rule by which the quotation at a place is somebody's words; nothing for titles, names and scare quotes.
pub fn rule(words: Words<'_>, at: usize) -> Option<&'static str> {
    // `with a single word: “Respect.”`
    let introduced = at > 0 && words.is_sign(at - 1, ':') && at + 2 >= words.len();
    if introduced {
        return Some("quote.colon");
    }
    if is_title(words, at) {
        return None;
    }
    let count = inside(words, at).split_whitespace().count();
    if count >= 3 {
        return Some("quote.partial");
    }
    // As machine translation leaves them: `to “Intensify” its struggle`.
    let first = inside(words, at).chars().next().is_some_and(char::is_uppercase);
    let prepositioned = at > 0 && words.is_word(at - 1, &["to", "for", "of"]);
    (first && prepositioned && count <= 2 && !all_capital(inside(words, at))).then_some("quote.partial")
}

/// Whether the quotation at a place, beside a reporting verb, is what was said, and not a name in marks.
pub fn is_spoken(words: Words<'_>, at: usize) -> bool {
    let inside = inside(words, at);
    let stopped =
        words.word(at).chars().rev().nth(1).is_some_and(|c| matches!(c, '.' | ',' | '!' | '?' | '…' | '-' | '—'));
    stopped || words.is_sign(at + 1, ',') || inside.split_whitespace().count() >= 3
}

/// What lies between the marks.
fn inside<'a>(words: Words<'a>, at: usize) -> &'a str {
    words.word(at).trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether the quotation at a place is the title of a work, or a name.
pub fn is_title(words: Words<'_>, at: usize) -> bool {
    let named = (at.saturating_sub(2)..at).any(|at| words.is(at, Class::Work) || words.is(at, Class::Named));
    let inside = inside(words, at);
    let count = inside.split_whitespace().count();
    let ended = words.word(at).chars().rev().nth(1).is_some_and(|c| matches!(c, '.' | '!' | '?' | ','));
    (named && (count <= 3 || all_capital(inside))) || (all_capital(inside) && !(ended && at + 1 >= words.len()))
}

/// Whether all words but those of grammar have capitals, and are more than an ordinary beginning of a sentence.
fn all_capital(words: &str) -> bool {
    const SMALL: [&str; 22] = [
        "a", "an", "the", "of", "in", "on", "and", "or", "for", "to", "at", "by", "with", "from", "is", "as", "vs",
        "but", "de", "la", "my", "it",
    ];
    let mut capitals = 0;
    for word in words.split_whitespace() {
        let first = word.chars().find(|c| c.is_alphanumeric());
        match first {
            Some(c) if c.is_uppercase() || c.is_numeric() => capitals += 1,
            Some(_) if SMALL.contains(&word) => {}
            Some(_) => return false,
            None => {}
        }
    }
    capitals >= 2
}

/// Whether a phrase can be somebody who speaks.
pub fn can_speak(words: Words<'_>, phrase: &Range<usize>) -> bool {
    phrase.clone().any(|at| {
        words.get(at).is_some_and(|token| {
            (token.kind == Kind::Capital && !token.is(Class::Time))
                || token.any(PEOPLE)
                || (token.is(Class::Subject) && !token.is(Class::Empty))
        })
    })
}
