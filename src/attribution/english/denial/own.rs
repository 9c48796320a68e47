//! Denying without a word for it: `insisted that he had not seen it`, `I never said that`, `we did nothing wrong`.

use std::ops::Range;

use super::{
    super::{clause, frame::sentence_end, passage::Place, phrase::phrase_before, verb::group, word::Words},
    Found, Object, Strength, begins, is_supposed,
    object::clause_end,
    speaker,
};
use crate::lexicon::Class;

/// A denial in which somebody says that he has not done something.
pub fn not_done(words: Words<'_>, at: usize, place: Place) -> Option<Found> {
    if words.is_word(at, &["never", "nothing"]) {
        return own(words, at, place);
    }
    if !begins(words, at, &["insist", "maintain"]) || !words.is(at, Class::Say) {
        return None;
    }
    let group = group(words, at)?;
    let end = sentence_end(words);
    let from = group.end + usize::from(words.is(group.end, Class::That));
    if group.negated || group.modal || group.passive || !clause::opens(words, from, end) {
        return None;
    }
    let source = speaker(words, group.start).filter(|source| !is_supposed(words, source))?;
    // Of oneself, and of what has been: `she would not resign` is a plan.
    let own = words.is_word(from, &["he", "she", "they", "it"]);
    let no =
        (from + 1..(from + 4).min(end)).find(|at| words.is(*at, Class::Neg) || words.is_word(*at, &["nothing"]))?;
    let plan = (from + 1..no + 1).any(|at| words.is(at, Class::Modal));
    if !own || plan {
        return None;
    }
    let span = group.start..clause_end(words, from, end, true);
    Some(found(span, at..at + 1, Some(source), false))
}

/// `I never said that`, `they had done nothing wrong`, `we had nothing to do with it`.
fn own(words: Words<'_>, at: usize, place: Place) -> Option<Found> {
    let end = sentence_end(words);
    let mut verb = at;
    while verb > 0 && words.get(verb - 1).is_some_and(|token| token.is(Class::Have) || token.is(Class::Do)) {
        verb -= 1;
    }
    let last = verb.checked_sub(1)?;
    let pronoun = words.is(last, Class::Subject) || words.is_word(last, &["it", "this", "that"]);
    let subject = if pronoun { last } else { phrase_before(words, last)?.start };
    let first = words.is_word(subject, &["i", "we"]);
    let never = words.is_word(at, &["never"])
        && words.is_word(
            at + 1,
            &[
                "said", "did", "told", "met", "received", "took", "asked", "knew", "made", "touched", "paid", "done",
                "sent",
            ],
        );
    let nothing = words.is_word(at, &["nothing"])
        && verb < at
        && (words.is_word(at + 1, &["wrong", "illegal", "improper"])
            || words.is(at + 1, Class::To) && words.is_word(at + 2, &["do"]) && words.is_word(at + 3, &["with"]));
    let happened = words.is_word(at, &["never"]) && words.is_word(at + 1, &["happened"]) && pronoun;
    // What others did is a claim, unless somebody says it for them.
    if !((never && first || happened) && place.quoted.is_some() || nothing) {
        return None;
    }
    Some(found(subject..clause_end(words, subject, end, true), verb.min(at)..at + 1, None, true))
}

fn found(span: Range<usize>, cue: Range<usize>, source: Option<Range<usize>>, spoken: bool) -> Found {
    let (strength, object) = (Strength::Outright, Object::Nothing);
    Found { span, cue, source, strength, object, rule: "denial.not_done", score: 0.55, spoken }
}
