//! Noun phrases: who speaks.

mod after;
mod apposition;
mod before;
#[cfg(test)]
mod table;

use std::ops::Range;

pub use after::{core_after, phrase_after};
pub use apposition::opens_apposition;
pub use before::phrase_before;

use super::word::Words;
use crate::{
    lexicon::{Class, Classes},
    token::Kind,
};

/// The furthest that a noun phrase reaches, in tokens.
const REACH: usize = 40;

/// Prepositions that can stand inside a noun phrase.
const INNER: [&str; 15] = [
    "of", "for", "from", "at", "in", "with", "on", "to", "about", "against", "between", "near", "within", "behind",
    "by",
];

/// Prepositions that can stand behind a common noun, but begin something else behind a name.
const WITHIN: [&str; 6] = ["over", "across", "among", "inside", "outside", "under"];

/// Nouns for who can speak.
pub const PEOPLE: Classes = Classes::of(&[
    Class::Person,
    Class::Group,
    Class::Body,
    Class::Title,
    Class::Media,
    Class::Anonymous,
    Class::Document,
]);

const ACTORS: Classes = Classes::of(&[Class::Person, Class::Group, Class::Body, Class::Anonymous]);

/// Whether a word says what the people before it do: `one man guarding the shop`; but not `a council meeting`.
fn acts(words: Words<'_>, at: usize) -> bool {
    words.is_ing(at)
        && !words.is_word(at, &["meeting", "hearing", "building", "briefing", "ruling", "filing", "opening"])
        && at > 0
        && words.get(at - 1).is_some_and(|noun| noun.any(ACTORS))
}

/// Whether a phrase is only a time.
fn is_time(words: Words<'_>, phrase: &Range<usize>) -> bool {
    phrase.clone().all(|at| {
        words.get(at).is_some_and(|token| {
            token.is(Class::Time)
                || (token.kind == Kind::Number && !words.word(at).ends_with("old"))
                || token.is(Class::Det)
                || token.kind == Kind::Possessive
        }) || words.is_word(at, &["last", "next", "late", "early"])
    })
}

fn has_head(words: Words<'_>, phrase: &Range<usize>) -> bool {
    phrase.clone().any(|at| words.is_nominal(at) || words.is(at, Class::Some))
        || (phrase.len() == 1 && words.is_word(phrase.start, &["many", "most", "several", "both", "all", "few"]))
}

/// Whether a pronoun can speak here.
pub fn is_pronoun(words: Words<'_>, at: usize) -> bool {
    let Some(token) = words.get(at) else { return false };
    let alone = || {
        !words
            .before(at)
            .is_some_and(|before| before.is(Class::Det) || before.is(Class::Prep) || before.is(Class::Title))
    };
    token.is(Class::Subject)
        || words.is_word(at, &["it"])
        || (token.is(Class::Some)
            && !token.is(Class::Time)
            && alone()
            && words.word(at).len() > 2
            && !words.is_nominal_strict(at))
}

/// A quotation of one or two words between names.
fn short_name(words: Words<'_>, at: usize) -> bool {
    let short = words.word(at).split_whitespace().count() <= 2;
    short
        && at > 0
        && words.get(at - 1).is_some_and(|token| token.kind == Kind::Capital)
        && words.get(at + 1).is_some_and(|token| token.kind == Kind::Capital)
}

/// Whether a preposition begins where, when or how something was said, and not more of a name.
pub fn adjunct(words: Words<'_>, at: usize, end: usize) -> bool {
    let word = words.word(at);
    if word == "of" {
        return false;
    }
    let noun = (at + 1..(at + 6).min(end)).find(|at| !(words.is(*at, Class::Det) || words.is(*at, Class::Poss)));
    let Some(noun) = noun else { return false };
    let stop = (noun..(noun + 5).min(end)).find(|at| !words.is_nominal(*at)).unwrap_or(noun);
    let head = stop.max(noun + 1) - 1;
    let is = |class| words.is(head, class) || words.is(noun, class);
    let said_in = is(Class::SayNoun)
        || is(Class::Document)
        || words.is_word(
            head,
            &[
                "interview",
                "interviews",
                "conference",
                "briefing",
                "speech",
                "debate",
                "rally",
                "hearing",
                "appearance",
                "event",
                "court",
                "testimony",
                "memo",
                "phone",
                "call",
                "twitter",
                "facebook",
                "instagram",
                "email",
                "television",
                "radio",
                "tv",
            ],
        );
    is(Class::Time)
        || (matches!(word, "in" | "on" | "during" | "at" | "to" | "with" | "after")
            && (said_in || (word == "to" || word == "during")))
        || (word == "in" && words.get(noun).is_some_and(|token| token.kind == Kind::Number))
}

/// Whether a phrase is a name, and says nothing of who it is.
pub fn is_name(words: Words<'_>, phrase: &Range<usize>) -> bool {
    words.get(phrase.end.saturating_sub(1)).is_some_and(|token| token.kind == Kind::Capital || token.is_sign(')'))
}
