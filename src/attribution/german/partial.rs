//! German quotations within sentences: what somebody said, told from names, titles and words held at a distance.

use crate::{
    english::word::{CUES, Words},
    lexicon::Class,
};

/// Whether the quotation at a place is what somebody said, inside what is `said` already or not.
pub fn speaks(words: Words<'_>, at: usize, said: bool) -> bool {
    let inner = inner(words, at);
    let count = inner.split_whitespace().count();
    let small = inner.starts_with(char::is_lowercase);
    let ends = inner.ends_with(['.', '!', '?', ',']);
    let lower = inner.split_whitespace().filter(|word| word.starts_with(char::is_lowercase)).count();
    let cue = (0..words.len()).any(|other| words.get(other).is_some_and(|token| token.any(CUES)));
    let judged = ((cue || small) && words.is_word(at.wrapping_sub(1), &["als"]))
        || (count > 1 && (0..words.len()).any(|other| words.is(other, Class::Call)));
    let spoken = |other: usize| {
        ["sprach", "sprich", "spreche", "sprechen", "gesprochen"].iter().any(|verb| words.word(other).starts_with(verb))
    };
    let article = ["ein", "eine", "einen", "einem", "einer", "der", "dem", "den", "die", "das"];
    let link = at.wrapping_sub(if words.is_word(at.wrapping_sub(1), &article) { 2 } else { 1 });
    let any = |list: &[&str]| (0..words.len()).any(|other| words.is_word(other, list));
    let judged = judged
        || (words.is_word(link, &["von"]) && (0..words.len()).any(spoken))
        || (words.is_word(link, &["für"]) && any(&["hält", "halten", "hielt", "hielten", "halte", "hielte"]))
        || (words.is_word(link, &["als", "darin"])
            && any(&["sieht", "sehen", "sah", "sahen", "sehe", "wertet", "wertete"]));
    let before = words.before(at);
    let named = before.is_some_and(|before| before.is(Class::Work) || before.is(Class::Named));
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

/// What stands between the marks.
pub fn inner<'a>(words: Words<'a>, at: usize) -> &'a str {
    words.word(at).trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '„' | '“' | '”' | '"' | '»' | '«' | '‚' | '‘' | '’' | '\'' | '‹' | '›')
    })
}
