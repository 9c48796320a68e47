//! Denials in the languages whose rules look for what was said only: a verb of denying with the clause that it denies.

use std::ops::Range;

use crate::{
    lexicon::{Class, Lexicon},
    statement::{Denial, Object, Strength},
    utterance::Utterance,
};

/// How sure they are: their clause was found by the verb, but nobody has measured how often it is a denial.
const SCORE: f32 = 0.7;

/// The denials among the utterances of a text.
pub fn denials(text: &str, lexicon: &Lexicon, utterances: &[Utterance]) -> Vec<Denial> {
    utterances.iter().filter_map(|utterance| denial(text, lexicon, utterance)).collect()
}

/// What somebody says by a verb of denying, in a clause behind it.
fn denial(text: &str, lexicon: &Lexicon, utterance: &Utterance) -> Option<Denial> {
    let is = |word: &Range<usize>, class| {
        lexicon.find(&text[word.clone()].to_lowercase().replace('’', "'")).classes.has(class)
    };
    let cue = utterance.cue.iter().find(|cue| is(cue, Class::Deny))?.clone();
    let [clause] = utterance.parts.as_slice() else { return None };
    let quoted = !text[clause.clone()].starts_with(char::is_alphabetic);
    if utterance.negated || quoted || clause.start < cue.end {
        return None;
    }
    let first = text[clause.clone()].split(' ').next().unwrap_or_default().len();
    let introduced = first < clause.len() && is(&(clause.start..clause.start + first), Class::That);
    let elided = text[clause.start..clause.start + first].contains(['\'', '’']);
    let start = clause.start + if introduced && !elided { first + 1 } else { 0 };
    Some(Denial {
        range: cue.start..clause.end,
        source: utterance.source.clone(),
        strength: Strength::Outright,
        object: Object::Clause(start..clause.end),
        cue,
        rule: "denial.verb",
        score: SCORE,
    })
}
