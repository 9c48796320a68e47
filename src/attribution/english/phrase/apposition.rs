//! What stands beside a name between commas and says who that is.

use std::ops::Range;

use super::PEOPLE;
use crate::{
    english::word::Words,
    lexicon::{Class, Classes},
    token::{Kind, Token},
};

/// Where a noun phrase ends if what is in apposition to it belongs to it.
pub fn with_appositions(words: Words<'_>, core: &Range<usize>, end: usize) -> usize {
    let mut at = core.end;
    while words.is_sign(at, ',') && at + 1 < end {
        let stop = (at + 1..end).find(|at| ends_apposition(words, *at)).unwrap_or(end);
        if !opens_apposition(words, at + 1, stop) {
            break;
        }
        at = stop;
    }
    at
}

fn ends_apposition(words: Words<'_>, at: usize) -> bool {
    words.is_sign(at, ',')
        && !words.get(at + 1).is_some_and(|next| next.kind == Kind::Number && next.end - next.start == 4)
        || words.is_quoted(at)
        || words.get(at).is_some_and(|token| {
            token.is(Class::Rel)
                || token.is_dash()
                || matches!(token.kind, Kind::Sign(';' | ':' | '.' | '?' | '!'))
                || token.is(Class::Wh)
        })
        || (words.is_finite(at) && !named(words, at))
}

/// `a retired mill worker named Roy Pelkey`
fn named(words: Words<'_>, at: usize) -> bool {
    words.is_word(at, &["named", "called", "nicknamed"])
        && words.before(at).is_some_and(|before| before.kind == Kind::Lower && !before.any(Classes::of(&[Class::Rel])))
        && words.get(at + 1).is_some_and(|next| next.kind == Kind::Capital)
}

/// Whether what begins behind a comma says who the name before it is.
pub fn opens_apposition(words: Words<'_>, first: usize, stop: usize) -> bool {
    let Some(token) = words.get(first) else { return false };
    // `, and chairman of the board,`
    if token.is(Class::Coord) && first + 1 < stop {
        let next = words.get(first + 1);
        return next.is_some_and(|next| next.any(Classes::of(&[Class::Title, Class::Person])))
            && opens_apposition(words, first + 1, stop);
    }
    // `, D-Md.,` and `, QC,`
    let short = stop == first + 1
        && token.kind == Kind::Capital
        && (words.word(first).contains('-')
            || words.word(first).chars().nth(1).is_some_and(|c| c.is_uppercase() || c == '.'));
    if short && !words.get(stop).is_some_and(Token::is_word) {
        return true;
    }
    // A description, and then the name: `The mayor, Hector Salas,`.
    if token.kind == Kind::Capital && !token.is(Class::Time) && described(words, first) {
        return first < stop && stop - first <= 6 && !words.has_finite(first, stop);
    }
    if first >= stop || words.is_finite(stop) && !words.is_sign(stop, ',') {
        return false;
    }
    if token.kind == Kind::Number {
        return stop - first <= 4;
    }
    if token.is(Class::Det) && words.is_word(first, &["the", "a", "an", "another", "one"]) {
        return (first + 1..stop).any(|at| words.is_nominal(at));
    }
    if token.is(Class::Poss) {
        return true;
    }
    if token.is(Class::Prep) {
        return words.is_word(first, &["of"]);
    }
    let noun = (first..stop).take(4).any(|at| words.get(at).is_some_and(|token| token.any(PEOPLE)));
    let relative = words.get(first + 1).is_some_and(|next| next.kind == Kind::Possessive);
    if relative && (first + 2..stop).take(4).any(|at| words.is(at, Class::Person)) {
        return true;
    }
    if token.kind == Kind::Capital {
        // `, Director of the study`: another name would be somebody else.
        let office = token.any(Classes::of(&[Class::Title, Class::Person]));
        return office && (first..stop).take(4).any(|at| words.is_word(at, &["of", "for", "at", "to", "in"]));
    }
    words.is_nominal(first) && noun && !token.is(Class::Time)
}

/// Whether a description ends before the comma that stands before `first`.
fn described(words: Words<'_>, first: usize) -> bool {
    let Some(last) = first.checked_sub(2).filter(|_| words.is_sign(first - 1, ',')) else { return false };
    let office = Classes::of(&[Class::Person, Class::Title, Class::Group, Class::Anonymous]);
    let lower = words.get(last).is_some_and(|token| token.kind == Kind::Lower && token.any(office));
    let title = words.get(last).is_some_and(|token| token.kind == Kind::Capital && token.is(Class::Title))
        && words.before(last).is_some_and(|before| {
            before.kind == Kind::Possessive || before.kind == Kind::Capital || before.is(Class::Det)
        });
    lower || title
}
