//! Quotations inside a sentence that nobody is said to have said: words of somebody, titles, names, scare quotes.

use std::ops::Range;

use super::{frame::owner, phrase::PEOPLE, subject::subject_after, word::Words};
use crate::{
    lexicon::{Class, Classes, Form},
    token::{Kind, Token},
};

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
    // `told NBC’s “Meet the Press.”`, `said on “Ann Reed Tonight.”`, `her “I feel your pain” tour`
    let before = words.before(at).is_some_and(|before| before.kind == Kind::Possessive);
    let shown = before || (at > 0 && words.is_word(at - 1, &["on"]));
    let works = words.is(at + 1, Class::Work) && (before || words.before(at).is_some_and(owns));
    if works || (shown && all_capital(inside)) {
        return true;
    }
    (named && (count <= 3 || all_capital(inside))) || (all_capital(inside) && !(ended && at + 1 >= words.len()))
}

/// Whether the quotation at a place is a heading between paragraphs: short, in single marks, and without a stop.
pub fn is_heading(words: Words<'_>, at: usize) -> bool {
    let word = words.word(at);
    let single = word.starts_with(['\'', '‘']);
    let stopped = word.chars().rev().nth(1).is_some_and(|c| matches!(c, '.' | ',' | '!' | '?' | '…'));
    single && !stopped && words.len() == 1 && word.split_whitespace().count() <= 8
}

fn owns(token: &Token) -> bool {
    token.is(Class::Poss) || token.is(Class::Det)
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

/// Whose words a sentence says it gives: `in Reed’s words`, `in her view`.
pub fn viewpoint(words: Words<'_>) -> Option<Range<usize>> {
    let words_of = |at: &usize| {
        words.is_word(*at, &["words", "view", "opinion", "telling", "phrase", "phrasing", "parlance", "estimation"])
    };
    (2..words.len()).filter(words_of).find_map(|at| {
        let owner = owner(words, at)?;
        let named = !words.is_word(owner.start, &["other", "its", "whose"]);
        (named && owner.start > 0 && words.is_word(owner.start - 1, &["in"])).then_some(owner)
    })
}

/// Whose statement ends with the quotation at a place: `her remark that … “…”`, `followed by his message: “…”`.
pub fn owned(words: Words<'_>, at: usize) -> Option<Range<usize>> {
    let introduced = at > 0 && (words.is_sign(at - 1, ':') || words.is_word(at - 1, &["of", "that"]));
    let first = at.saturating_sub(8);
    let noun = (first..at).rev().find(|noun| words.is(*noun, Class::SayNoun)).filter(|_| introduced)?;
    let clause = words.has_finite(noun + 1, at) || (noun + 1..at).any(|at| words.is_sign(at, ','));
    let mut owner = owner(words, noun).filter(|_| !clause)?;
    // `one of Reed’s messages`
    if words.is_word(owner.start, &["one", "some", "many", "several", "two"]) && words.is_word(owner.start + 1, &["of"])
    {
        owner.start += 2;
    }
    (!owner.is_empty()).then_some(owner)
}

/// Who stands between a verb that begins the sentence and a colon: `Added a lawmaker: “…”`.
pub fn turned(words: Words<'_>, at: usize) -> Option<Range<usize>> {
    let says = words.get(0).is_some_and(|verb| {
        verb.kind == Kind::Capital && verb.is(Class::Say) && (verb.form(Form::Past) || verb.form(Form::Third))
    });
    let colon = at.checked_sub(1).filter(|colon| says && words.is_sign(*colon, ':'))?;
    subject_after(words, 1, colon).filter(|subject| subject.end == colon)
}

/// Words of grammar that have capitals where a sentence begins.
const OPENERS: Classes = Classes::of(&[
    Class::Det,
    Class::Poss,
    Class::Empty,
    Class::Rel,
    Class::Wh,
    Class::That,
    Class::Time,
    Class::Adverb,
    Class::Some,
]);

/// Whether a phrase can be somebody who speaks.
pub fn can_speak(words: Words<'_>, phrase: &Range<usize>) -> bool {
    phrase.clone().any(|at| {
        words.get(at).is_some_and(|token| {
            (token.kind == Kind::Capital && !token.any(OPENERS))
                || token.any(PEOPLE)
                || token.any(Classes::of(&[Class::Some, Class::Poss])) && phrase.len() == 1
                || (token.is(Class::Subject) && !token.is(Class::Empty))
        })
    })
}
