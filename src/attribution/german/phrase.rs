//! German noun phrases: where they end, and which of them can be a subject.

use crate::{
    english::word::{CUES, Words},
    lexicon::{Class, Classes},
    token::Kind,
};

/// Words before the nouns of a phrase.
const OPENERS: Classes = Classes::of(&[Class::Det, Class::Poss]);

/// Words of grammar, which are no adjectives and, at the beginning of a sentence, no nouns.
const GRAMMAR: Classes = Classes::of(&[
    Class::Det,
    Class::Poss,
    Class::Subject,
    Class::Object,
    Class::Some,
    Class::Empty,
    Class::Prep,
    Class::According,
    Class::Coord,
    Class::Sub,
    Class::That,
    Class::Wh,
    Class::Be,
    Class::Have,
    Class::Modal,
    Class::Neg,
    Class::Reported,
    Class::Rel,
]);

/// Verbs, which end a phrase.
const VERBS: Classes = Classes::of(&[Class::Be, Class::Have, Class::Modal, Class::Reported, Class::Verb, Class::Split]);

/// What is joined to a noun phrase, apart from genitives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joins {
    /// Nothing.
    None,
    /// `von` and the like.
    Of,
    /// Any preposition.
    All,
}

/// The most words between a determiner and its noun.
const REACH: usize = 8;

/// Where a noun phrase ends that begins at `at`, with what is joined to it.
pub fn phrase(words: Words<'_>, at: usize, joins: Joins) -> Option<usize> {
    let mut end = core(words, at)?;
    let pronoun = end == at + 1 && words.is(at, Class::Subject);
    let named = (!words.get(at).is_some_and(|first| first.any(OPENERS)) && joins != Joins::All).then_some(end);
    while !pronoun && let Some(next) = joined(words, end, joins) {
        // `sagte Müller der Agentur`: whom he told it, and not whose Müller he is.
        if named == Some(end) && words.is_word(end, &["der"]) && is_told(words, end, next) {
            break;
        }
        end = next;
    }
    Some(end)
}

/// Whether a phrase in the dative or the genitive is more likely whom somebody tells something.
fn is_told(words: Words<'_>, at: usize, end: usize) -> bool {
    const ENDS: [&str; 7] = ["eitung", "gentur", "agazin", "sender", "Sender", "resse", "blatt"];
    let told = |at: usize| {
        words.is(at, Class::Media) || words.is_quoted(at) || ENDS.iter().any(|end| words.word(at).ends_with(end))
    };
    let role = at.checked_sub(2).is_none_or(|before| !is_noun(words, before));
    !words.is(at - 1, Class::SayNoun) && (!role || (at..end).any(told))
}

/// What is joined to a phrase that ends at `end`.
fn joined(words: Words<'_>, end: usize, joins: Joins) -> Option<usize> {
    let token = words.get(end)?;
    match token.kind {
        Kind::Sign('(') => {
            let close = (end + 1..(end + 12).min(words.len())).find(|at| words.is_sign(*at, ')'))?;
            Some(close + 1)
        }
        Kind::Quoted(_) => is_title(words, end).then_some(end + 1),
        Kind::Lower if token.any(OPENERS) && words.word(end).ends_with(['s', 'r']) => {
            let says = end.checked_sub(1).is_some_and(|noun| words.is(noun, Class::SayNoun));
            let media = words.is(end + 1, Class::Media) || words.is_quoted(end + 1);
            core(words, end).filter(|_| says || joins == Joins::All || !media)
        }
        Kind::Sign('-' | '‐') if words.is_word(end + 1, &["und", "oder"]) && is_noun(words, end + 2) => {
            core(words, end + 2)
        }
        // `Meinung politischer Beobachter`
        Kind::Lower if words.word(end).ends_with("er") && is_adjective(words, end) => {
            core(words, end).filter(|_| end.checked_sub(1).is_some_and(|noun| words.is(noun, Class::SayNoun)))
        }
        Kind::Lower if token.is(Class::Prep) => {
            let of = joins == Joins::Of && words.is_word(end, &["von", "vom", "für", "aus"]);
            let joins = (joins == Joins::All || of) && !words.is(end + 1, Class::Time);
            core(words, end + 1).filter(|_| joins)
        }
        Kind::Lower if token.is(Class::Coord) && words.is_word(end, &["und", "sowie"]) => core(words, end + 1),
        _ => None,
    }
}

/// The determiner, the adjectives and the nouns of a phrase.
fn core(words: Words<'_>, at: usize) -> Option<usize> {
    let first = words.get(at)?;
    if first.is_quoted() && is_title(words, at) {
        return Some(at + 1);
    }
    let opened = first.any(OPENERS);
    if first.is(Class::Subject) && !(opened && (is_noun(words, at + 1) || is_adjective(words, at + 1))) {
        return Some(at + 1);
    }
    let mut next = at + usize::from(opened);
    while !is_noun(words, next) && next < at + REACH {
        let Some(token) = words.get(next) else { break };
        let adverb = opened && token.kind == Kind::Lower && token.is(Class::Adverb);
        let time = token.is(Class::Time) && token.kind == Kind::Capital;
        if time || (token.is_quoted() && opened && is_title(words, next)) {
            return Some(next + 1);
        } else if opened && token.kind == Kind::Lower && token.is(Class::Prep) {
            // `des am Montag zurückgetretenen Chefs`
            next = core(words, next + 1).filter(|inner| is_adjective(words, *inner))?;
        } else if token.kind == Kind::Number
            || is_adjective(words, next)
            || adverb
            || (words.is_word(next, &["und"]) && next > at && is_adjective(words, next + 1))
        {
            next += 1;
        } else {
            break;
        }
    }
    if !is_noun(words, next) {
        return (first.is(Class::Some) && next <= at + 1).then_some(at + 1);
    }
    while is_noun(words, next) || is_link(words, next) {
        next += 1;
        // `nach ersten Meldungen Schäden`, but `nach Angaben Merkels`
        if words.is(next - 1, Class::SayNoun) && !words.word(next).ends_with('s') {
            break;
        }
    }
    Some(next)
}

/// Whether a quotation is a name.
fn is_title(words: Words<'_>, at: usize) -> bool {
    let word = words.word(at).trim_start_matches(|c: char| !c.is_alphanumeric());
    let site = word.contains('.') && !word.contains(' ');
    let owner = words.is_word(at.wrapping_sub(1), &["des"]) && !word.contains(' ');
    (word.starts_with(char::is_uppercase) && word.split_whitespace().count() <= 5) || site || owner
}

/// Whether it is an adjective by its ending.
fn is_adjective(words: Words<'_>, at: usize) -> bool {
    let Some(token) = words.get(at).filter(|token| token.kind == Kind::Lower) else { return false };
    let verb = token.any(VERBS) || (token.any(CUES) && !words.is(at + 1, Class::Noun) && !follows_noun(words, at));
    let known = token.any(GRAMMAR) || token.is(Class::Adverb) || verb;
    !known && ["e", "en", "er", "es", "em"].iter().any(|end| words.word(at).ends_with(end))
}

/// Whether a noun comes right behind it, as behind an adjective that looks like a verb (`die berichtete Zahl`).
fn follows_noun(words: Words<'_>, at: usize) -> bool {
    words.before(at).is_some_and(|before| before.any(OPENERS)) && is_noun(words, at + 1)
}

/// Whether it is a noun or a name.
pub fn is_noun(words: Words<'_>, at: usize) -> bool {
    let Some(token) = words.get(at) else { return false };
    match token.kind {
        Kind::Capital => {
            let begins = at == 0 || words.before(at).is_some_and(|before| before.is_sign(':'));
            let grammar = token.any(GRAMMAR) || token.is(Class::Adverb) || token.any(VERBS);
            let inside = at
                .checked_sub(1)
                .is_some_and(|before| words.get(before).is_some_and(|token| token.kind == Kind::Capital));
            let article = token.any(OPENERS) && !(inside && is_noun(words, at + 1));
            let name = !begins && !article && !token.is(Class::Subject) && !token.is(Class::Prep);
            !token.is(Class::Time) && (!grammar || name)
        }
        Kind::Number => words.word(at).contains(char::is_uppercase),
        // `n-tv`, `n24`, `eBay`
        Kind::Lower => {
            // `die Nachrichtenagentur dpa`
            let agency = words.before(at).is_some_and(|before| before.is(Class::Media) && before.kind == Kind::Capital);
            if agency && token.entry.classes.is_empty() && token.range().len() <= 4 {
                return true;
            }
            let strange = |c: char| c == '-' || c.is_uppercase() || c.is_ascii_digit();
            token.range().len() <= 12 && token.entry.classes.is_empty() && words.word(at).contains(strange)
        }
        _ => false,
    }
}

/// The small words within names.
fn is_link(words: Words<'_>, at: usize) -> bool {
    let word = words.word(at);
    word.len() <= 3
        && matches!(
            word,
            "de" | "van"
                | "bin"
                | "al"
                | "del"
                | "da"
                | "di"
                | "el"
                | "la"
                | "le"
                | "du"
                | "ibn"
                | "of"
                | "for"
                | "the"
        )
        && is_noun(words, at + 1)
        && at.checked_sub(1).is_some_and(|before| is_noun(words, before))
}

/// Whether a phrase that begins here can be a subject.
pub fn can_be_subject(words: Words<'_>, at: usize) -> bool {
    let other = ["dem", "den", "des", "einem", "einen", "eines", "ihm", "ihn", "diesem", "diesen"];
    let nobody = words.is(at, Class::Empty) || words.is(at, Class::Object) || words.is(at, Class::Time);
    !words.is_word(at, &other) && !nobody || words.is_word(at, &["ihr", "sie"])
}
