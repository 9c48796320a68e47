//! German quotations within sentences: what somebody said, told from names, titles and words held at a distance.

use super::{phrase::is_noun, verb::goes_with};
use crate::{
    english::word::{CUES, Words},
    lexicon::Class,
    token::Token,
};

/// Whether the quotation at a place is what somebody said, inside what is `said` already or not.
pub fn speaks(words: Words<'_>, at: usize, said: bool) -> bool {
    let inner = inner(words, at);
    let count = inner.split_whitespace().count();
    let small = inner.starts_with(char::is_lowercase);
    let ends = inner.ends_with(['.', '!', '?', ',']);
    let lower = inner.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let cue = (0..words.len()).any(|other| words.get(other).is_some_and(|token| token.any(CUES))) || is_split(words);
    let judged = ((cue || small) && words.is_word(at.wrapping_sub(1), &["als"])) || judges(words, at, count);
    let before = words.before(at);
    if words.is_word(at.wrapping_sub(1), &["worten", "worte", "satz", "ausruf"]) && count > 1 {
        return true;
    }
    // `die Organisation „Reporter ohne Grenzen“`
    let beside = at > 0
        && !words.is(at + 1, Class::Particle)
        && is_noun(words, at - 1)
        && !words.is(at - 1, Class::SayNoun)
        && !small
        && count <= 6;
    let named = beside || before.is_some_and(|before| before.is(Class::Work) || before.is(Class::Named));
    let site = inner.contains('.') && !inner.contains(' ');
    if (named && !ends) || site {
        return false;
    }
    match count {
        0 => false,
        1 => (small || judged) && (said || cue || judged),
        2 | 3 => (small || judged || (ends && lower > 0)) && (said || cue || judged || ends),
        _ => {
            let heard = said || cue || judged || ends || count > 5;
            heard && (lower * 2 > count || ((cue || judged) && lower * 2 >= count) || small || ends)
        }
    }
}

/// Whether a quotation of so many words is what somebody calls something.
fn judges(words: Words<'_>, at: usize, count: usize) -> bool {
    const ARTICLES: [&str; 10] = ["ein", "eine", "einen", "einem", "einer", "der", "dem", "den", "die", "das"];
    const SPEAK: [&str; 5] = ["sprach", "sprich", "spreche", "sprechen", "gesprochen"];
    let opened = words.is_word(at.wrapping_sub(1), &ARTICLES);
    let link = at.wrapping_sub(if opened { 2 } else { 1 });
    let any = |list: &[&str]| (0..words.len()).any(|other| words.is_word(other, list));
    let spoken = |other: usize| SPEAK.iter().any(|verb| words.word(other).starts_with(verb));
    ((opened || count > 1) && (0..words.len()).any(|other| words.is(other, Class::Call)))
        || (words.is_word(link, &["von"]) && (0..words.len()).any(spoken))
        || (words.is_word(link, &["für"]) && any(&["hält", "halten", "hielt", "hielten", "halte", "hielte"]))
        || ((words.is_word(link, &["als", "darin"]) || (opened && count > 1))
            && any(&["sieht", "sehen", "sah", "sahen", "sehe", "wertet", "wertete"]))
}

/// Whether a verb in two parts reports something: `wies … zurück`.
fn is_split(words: Words<'_>) -> bool {
    (0..words.len()).filter(|first| words.is(*first, Class::Split)).any(|first| {
        (first + 1..words.len())
            .filter(|last| words.is(*last, Class::Particle) && !words.get(last + 1).is_some_and(Token::is_word))
            .any(|last| goes_with(words.word(first), words.word(last)))
    })
}

/// What stands between the marks.
pub fn inner<'a>(words: Words<'a>, at: usize) -> &'a str {
    words.word(at).trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '„' | '“' | '”' | '"' | '»' | '«' | '‚' | '‘' | '’' | '\'' | '‹' | '›')
    })
}
