//! How much a clause is worth checking, and why.

use std::ops::Range;

use super::super::word::Words;
use crate::{
    lexicon::{Class, Classes, Form, lexicon},
    token::{Kind, Token, tokens},
};

/// What a clause is worth.
pub struct Worth {
    /// From 0 to 1.
    pub score: f32,
    /// The words that speak most for it.
    pub cue: Vec<Range<usize>>,
    /// The rule, by what speaks most for it.
    pub rule: &'static str,
    /// Whether it says that something is not so.
    pub negative: bool,
    /// How sure it sounds, where that is evident.
    pub certainty: Option<&'static str>,
}

/// How often what counts stands in a clause.
#[derive(Default)]
struct Counts {
    words: usize,
    quantities: usize,
    names: usize,
    past: usize,
    times: usize,
    comparisons: usize,
    absolutes: usize,
    causes: usize,
    records: usize,
    first_person: usize,
    modals: usize,
    opinions: usize,
    addressed: usize,
    hedges: usize,
    negations: usize,
}

/// What a stretch of a sentence is worth; nothing where it is too short or too long to be a claim.
pub fn of(words: Words<'_>, stretch: &Range<usize>) -> Option<Worth> {
    if !(4..=48).contains(&stretch.len()) {
        return None;
    }
    let (mut counts, mut cue) = (Counts::default(), Vec::new());
    let mut certainty = None;
    for at in stretch.clone() {
        let strong = count(words, at, stretch, &mut counts);
        if strong && cue.len() < 3 {
            cue.extend(words.get(at).map(|token| token.range()));
        }
        certainty = certainty.or_else(|| sureness(words, at));
    }
    if counts.words < 4 {
        return None;
    }
    let score = 1.0 / (1.0 + (-sum(&counts)).exp());
    Some(Worth { score, cue, rule: rule(&counts), negative: counts.negations % 2 == 1, certainty })
}

/// What a range of a text is worth, as somebody else has found it.
pub fn of_range(text: &str, range: &Range<usize>) -> f32 {
    let Some(lexicon) = lexicon("en") else { return 0.0 };
    let mut found = Vec::new();
    tokens(text, range.clone(), lexicon, &mut found);
    of(Words { text, tokens: &found }, &(0..found.len())).map_or(0.0, |worth| worth.score)
}

/// The weighted sum. The first of its kind counts most.
fn sum(counts: &Counts) -> f32 {
    let some = |count: usize, first: f32, more: f32| match count {
        0 => 0.0,
        1 => first,
        _ => first + more,
    };
    -2.2 + some(counts.quantities, 1.8, 0.4)
        + some(counts.names, 0.8, 0.4)
        + some(counts.past, 0.6, 0.0)
        + some(counts.times, 0.5, 0.0)
        + some(counts.comparisons, 1.6, 0.0)
        + some(counts.absolutes, 1.7, 0.0)
        + some(counts.causes, 0.9, 0.0)
        + some(counts.records, 0.7, 0.3)
        - some(counts.first_person, 1.6, 0.6)
        - some(counts.modals, 1.6, 0.4)
        - some(counts.opinions, 1.6, 0.6)
        - some(counts.addressed, 1.2, 0.4)
        - some(counts.hedges, 0.6, 0.2)
}

fn rule(counts: &Counts) -> &'static str {
    match counts {
        Counts { quantities: 1.., .. } => "claim.quantity",
        Counts { comparisons: 1.., .. } | Counts { absolutes: 1.., .. } => "claim.comparison",
        Counts { causes: 1.., .. } => "claim.cause",
        Counts { records: 1.., .. } => "claim.record",
        _ => "claim.event",
    }
}

/// Counts what a word is; whether it speaks for the clause.
fn count(words: Words<'_>, at: usize, stretch: &Range<usize>, counts: &mut Counts) -> bool {
    let Some(token) = words.get(at) else { return false };
    match token.kind {
        Kind::Number => return number(words, at, counts),
        Kind::Sign('$' | '€' | '£' | '%') => {
            counts.quantities += 1;
            return false;
        }
        Kind::Lower | Kind::Capital => counts.words += 1,
        // What is quoted within the clause is not weighed.
        _ => return false,
    }
    if token.entry.classes.is_empty() && token.kind == Kind::Lower {
        counts.past += usize::from(words.is_finite(at) && words.is_participle(at));
        return strong(words, at, counts);
    }
    let record = token.is(Class::Record);
    counts.negations += usize::from(token.is(Class::Neg));
    counts.first_person += usize::from(is_first_person(words.word(at)));
    counts.addressed += usize::from(words.is_word(at, &["you", "your"]));
    counts.modals += usize::from(token.is(Class::Modal));
    counts.opinions += usize::from(token.is(Class::Opinion));
    counts.hedges += usize::from(token.is(Class::Hedge) || token.is(Class::Hearsay));
    counts.times += usize::from(token.is(Class::Time));
    counts.records += usize::from(record);
    let inside = at > stretch.start && words.word(at).len() > 1;
    let name = token.kind == Kind::Capital
        && !token.is(Class::Time)
        && (inside && !words.is_word(at, &["the"]) || token.entry.classes.is_empty() || token.is(Class::Place));
    counts.names += usize::from(name);
    counts.past += usize::from(token.form(Form::Past) && words.is_finite(at) || is_perfect(words, at));
    strong(words, at, counts) || record
}

/// Counts a number as a quantity or a date; whether it is a quantity.
fn number(words: Words<'_>, at: usize, counts: &mut Counts) -> bool {
    counts.words += 1;
    let clock =
        matches!(words.word(at + 1).as_bytes(), [b'a' | b'p', b'.', ..]) || words.is_word(at + 1, &["am", "pm"]);
    let month = |token: &Token| token.is(Class::Time) && token.kind == Kind::Capital;
    let dated =
        clock || is_year(words, at) || words.get(at + 1).is_some_and(month) || words.before(at).is_some_and(month);
    counts.times += usize::from(dated);
    let counted = !dated && is_amount(words.word(at)) && measures(words, at) && !is_age(words, at);
    counts.quantities += usize::from(counted);
    counted
}

/// `I`, `we’ve`, `our`; but `US` is a country.
fn is_first_person(word: &str) -> bool {
    let first = word.split(['\'', '’']).next().unwrap_or(word);
    matches!(first, "I" | "i" | "we" | "We" | "my" | "My" | "our" | "Our" | "me" | "us")
}

/// Comparisons, absolutes, causes and quantities in words.
fn strong(words: Words<'_>, at: usize, counts: &mut Counts) -> bool {
    let (mut comparison, mut absolute, mut cause) = (false, false, false);
    match words.word(at) {
        "than" => comparison = compares(words, at),
        "never" | "nobody" | "Nobody" | "Never" => absolute = true,
        "first" => {
            let person = words.is_word(at + 1, &["time"]) || words.is(at + 1, Class::Person);
            absolute = person && words.is_word(at.wrapping_sub(1), &["the"]);
        }
        "because" | "caused" | "due" => cause = true,
        "led" | "leads" => cause = words.is(at + 1, Class::To),
        "resulted" | "results" => cause = words.is_word(at + 1, &["in"]),
        _ => comparison = is_superlative(words, at),
    }
    let quantity = !comparison && is_quantity(words, at);
    counts.absolutes += usize::from(absolute);
    counts.causes += usize::from(cause);
    counts.comparisons += usize::from(comparison);
    counts.quantities += usize::from(quantity);
    absolute || cause || comparison || quantity
}

/// Whether a word says how much: `doubled`, `half`, `most of`. `more` and `most` count nothing by themselves.
fn is_quantity(words: Words<'_>, at: usize) -> bool {
    match words.word(at) {
        "most" | "Most" => words.is_word(at + 1, &["of"]),
        "more" | "less" | "least" | "fewer" | "rate" | "number" | "average" | "decrease" => false,
        _ => words.is(at, Class::Quantity) || is_counted_word(words, at),
    }
}

/// Whether `than` compares two things: not `more than 30`, `more than ever`.
fn compares(words: Words<'_>, than: usize) -> bool {
    let next = words.get(than + 1).is_some_and(|next| {
        next.kind != Kind::Number && !next.is(Class::Quantity) && !words.is_word(than + 1, &["ever", "one", "as"])
    });
    next && (than.saturating_sub(5)..than).any(|at| {
        matches!(
            words.word(at),
            "more"
                | "less"
                | "fewer"
                | "higher"
                | "lower"
                | "larger"
                | "smaller"
                | "longer"
                | "greater"
                | "bigger"
                | "faster"
                | "older"
                | "younger"
                | "More"
                | "Fewer"
        )
    })
}

/// `the largest`, `its highest`, `Europe’s most populous`.
fn is_superlative(words: Words<'_>, at: usize) -> bool {
    let word = words.word(at);
    let form = word.len() > 5
        && word.ends_with("est")
        && !matches!(
            word,
            "interest" | "request" | "protest" | "forest" | "contest" | "harvest" | "honest" | "modest" | "suggest"
        )
        || matches!(word, "most" | "least" | "worst" | "best");
    form && words.before(at).is_some_and(|before| {
        before.is(Class::Poss) || before.kind == Kind::Possessive || words.is_word(at - 1, &["the"])
    })
}

/// A number in words that is news: not `the two countries`.
fn is_counted_word(words: Words<'_>, at: usize) -> bool {
    if !is_number_word(words.word(at)) {
        return false;
    }
    let known = words.before(at).is_some_and(|before| {
        before.is(Class::Det) || before.is(Class::Poss) || before.is(Class::Coord) || before.is(Class::Object)
    });
    !known && !words.is_word(at + 1, &["of", "or"])
}

/// Numbers in words; `one` is mostly no number.
fn is_number_word(word: &str) -> bool {
    matches!(
        word,
        "two"
            | "three"
            | "four"
            | "five"
            | "six"
            | "seven"
            | "eight"
            | "nine"
            | "ten"
            | "eleven"
            | "twelve"
            | "fifteen"
            | "twenty"
            | "thirty"
            | "forty"
            | "fifty"
            | "sixty"
            | "seventy"
            | "eighty"
            | "ninety"
            | "Two"
            | "Three"
            | "Four"
            | "Five"
            | "Six"
            | "Seven"
            | "Eight"
            | "Nine"
            | "Ten"
    )
}

fn is_year(words: Words<'_>, at: usize) -> bool {
    let word = words.word(at);
    word.len() == 4
        && matches!(word.as_bytes(), [b'1', b'0'..=b'9', ..] | [b'2', b'0', ..])
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && words.before(at).is_some_and(|before| {
            before.is(Class::Prep) || before.is(Class::Time) || before.is_sign(',') || before.is(Class::Sub)
        })
}

/// A number, also with a unit, but not `30-year-old` or `21st`.
fn is_amount(word: &str) -> bool {
    let letters = word.trim_start_matches(|c: char| c.is_numeric() || matches!(c, ',' | '.' | '-' | '/'));
    // Numbers of telephones.
    if word.len() > 5 && word.contains('-') {
        return false;
    }
    letters.is_empty() || matches!(letters, "m" | "bn" | "k" | "km" | "kg" | "million" | "billion" | "percent")
}

/// Whether a number counts something: `4,000 workers`, `$12`, `5-2`; but not `at 6`.
fn measures(words: Words<'_>, at: usize) -> bool {
    let counts = words.get(at + 1).is_some_and(|next| next.is_word() || next.is_sign('%') || next.is_sign('-'));
    let money = words.before(at).is_some_and(|before| matches!(before.kind, Kind::Sign('$' | '€' | '£')));
    counts || money || words.word(at).contains(['.', ',', '-'])
}

/// `Haddar, 61, the keeper`
fn is_age(words: Words<'_>, at: usize) -> bool {
    words.before(at).is_some_and(|before| before.is_sign(',')) && words.is_sign(at + 1, ',')
}

/// `has doubled`, `were killed`
fn is_perfect(words: Words<'_>, at: usize) -> bool {
    words.get(at).is_some_and(|token| token.any(Classes::of(&[Class::Have, Class::Be])))
        && (at + 1..at + 3).any(|at| words.is_participle(at))
}

/// How sure a word makes a clause sound.
fn sureness(words: Words<'_>, at: usize) -> Option<&'static str> {
    if !words.is(at, Class::Hedge) {
        return None;
    }
    if words.is_word(at, &["probably", "likely", "apparently", "seems", "appears"]) {
        return Some("probable");
    }
    words.is_word(at, &["may", "might", "could", "perhaps", "maybe", "possibly"]).then_some("possible")
}
