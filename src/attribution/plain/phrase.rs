//! Noun phrases of the languages that share rules: where they end.

use crate::{
    english::word::{CUES, Words},
    lexicon::{Class, Classes},
    token::{Kind, Token},
};

/// Words that end a phrase.
const ENDS: Classes = Classes::of(&[
    Class::That,
    Class::Rel,
    Class::Wh,
    Class::Sub,
    Class::Be,
    Class::Have,
    Class::Modal,
    Class::Neg,
    Class::Verb,
    Class::Adverb,
    Class::Prep,
    Class::According,
    Class::Time,
    Class::Object,
]);

/// The most words of a phrase.
const LONGEST: usize = 16;

/// Where a noun phrase ends that begins at `at`.
pub fn phrase(words: Words<'_>, at: usize) -> Option<usize> {
    let first = words.get(at)?;
    if first.is(Class::Subject) {
        return Some(at + 1);
    }
    let mut end = at;
    while end < at + LONGEST && continues(words, at, end) {
        end += 1;
    }
    while end > at + usize::from(first.is(Class::Some)) && words.get(end - 1).is_some_and(|last| last.any(LOOSE)) {
        end -= 1;
    }
    let named = (at..end).any(|at| words.get(at).is_some_and(|token| token.kind == Kind::Capital || token.is_quoted()));
    let elided = is_elided(words.word(at));
    let described = elided || first.any(Classes::of(&[Class::Det, Class::Poss])) && end > at + 1;
    let other = first.is(Class::Some) && end > at;
    (named || described || other || is_unmarked(words, at, end)).then_some(end)
}

/// Whether a word holds its determiner, as `l'avocat` does.
fn is_elided(word: &str) -> bool {
    ["l'", "l’", "L'", "L’"].iter().any(|start| word.starts_with(start))
}

/// What cannot be the last word of a phrase.
const LOOSE: Classes = Classes::of(&[Class::Det, Class::Coord, Class::Named]);

/// Whether the phrase goes on with the token at `end`.
fn continues(words: Words<'_>, at: usize, end: usize) -> bool {
    let Some(token) = words.get(end) else { return false };
    let before = end.checked_sub(1).and_then(|before| words.get(before)).filter(|_| end > at);
    // `a indiqué à l'AFP l'avocate`: another phrase begins.
    let opens =
        token.kind == Kind::Lower && token.is(Class::Det) && !token.is(Class::Some) && !words.is_word(end, &["des"])
            || is_elided(words.word(end));
    if opens && before.is_some_and(|before| !before.any(LOOSE)) {
        return false;
    }
    match token.kind {
        Kind::Sign('(') => closes(words, end).is_some(),
        Kind::Sign(')') => end > at,
        Kind::Sign('-' | '‐') => end > at,
        Kind::Quoted(_) => end > at && token.range().len() < 50,
        Kind::Sign(_) | Kind::Possessive => false,
        Kind::Number => end > at,
        Kind::Capital => end == at || !ends(token) || words.is(end - 1, Class::Named),
        // `Named` holds the words that join nouns, such as `de`.
        Kind::Lower => {
            let noun = before.is_some_and(|before| before.is(Class::Det) && !before.is(Class::Some));
            let verb = token.any(CUES) && !noun;
            !ends(token) && !verb && (end > at || !token.any(LOOSE) || token.is(Class::Det))
        }
    }
}

/// Whether a word ends a phrase; `la` is a determiner more often than an object.
fn ends(token: &Token) -> bool {
    token.any(ENDS) && !token.is(Class::Det)
}

/// Where a parenthesis closes that is short.
fn closes(words: Words<'_>, at: usize) -> Option<usize> {
    (at..(at + 8).min(words.len())).find(|at| words.is_sign(*at, ')'))
}

/// Whether the words are of a script without capitals, where only the order tells what a phrase is.
fn is_unmarked(words: Words<'_>, at: usize, end: usize) -> bool {
    let letter = words.word(at).chars().next();
    end > at && letter.is_some_and(|c| matches!(c, '\u{600}'..='\u{6ff}')) && !words.is(at, Class::Coord)
}
