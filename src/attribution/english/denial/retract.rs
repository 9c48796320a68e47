//! Taking back: `retracted the report`, `walked back his comments`, `apologised for the claim`.

use super::{
    super::{frame::sentence_end, verb::group, word::Words},
    Found, Object, Strength, begins, is_nobody, is_supposed,
    object::{Behind, behind},
    speaker,
};
use crate::lexicon::{Class, Form};

/// A denial whose verb of taking back stands at a place.
pub fn retracted(words: Words<'_>, at: usize) -> Option<Found> {
    let takes = begins(words, at, &["took", "tak"]) && words.is(at, Class::Verb);
    let apologises = begins(words, at, &["apolog"]) && words.is(at, Class::Voice);
    if !(takes || apologises || words.is(at, Class::Retract)) {
        return None;
    }
    let (start, verb_end) = if takes { (at, at + 1) } else { verb(words, at)? };
    let end = sentence_end(words);
    let source = speaker(words, start);
    if source.as_ref().is_some_and(|subject| is_nobody(words, subject) || is_supposed(words, subject)) {
        return None;
    }
    let (reach, object, score) = object(words, at, verb_end, end)?;
    let (span, strength) = (start..reach, Strength::Retraction);
    Some(Found { span, cue: at..verb_end, source, strength, object, rule: "denial.retract", score, spoken: false })
}

/// Where the group of the verb starts and ends; nothing where it is a passive, negated, or only possible.
fn verb(words: Words<'_>, at: usize) -> Option<(usize, usize)> {
    if words.is(at, Class::Voice) && !words.is(at, Class::Retract) {
        let start = (0..at).rev().take_while(|at| words.is_adverb(*at) || words.is(*at, Class::Have)).last();
        let past = words.get(at).is_some_and(|token| token.form(Form::Past) || token.form(Form::Third));
        return past.then_some((start.unwrap_or(at), at + 1));
    }
    let group = group(words, at)?;
    (!group.negated && !group.modal && !group.passive && !group.infinitive).then_some((group.start, group.end))
}

/// What is taken back, where the expression ends, and how sure that is.
fn object(words: Words<'_>, at: usize, from: usize, end: usize) -> Option<(usize, Object, f32)> {
    let says = |found: &Behind| found.says && !found.refused;
    let document = |found: &Behind| match &found.object {
        Object::Earlier(phrase) => phrase.clone().any(|at| {
            words.is_word(at, &["story", "article", "report", "paper", "study", "statement", "tweet", "headline"])
        }),
        _ => false,
    };
    let back = |at: usize| words.is_word(at, &["back"]);
    if begins(words, at, &["took", "tak", "walk"]) {
        // `took back his words`, `took it back`
        let behind_back = back(from);
        let found = behind(words, from + usize::from(behind_back), end)?;
        let reach = if behind_back { found.end } else { found.end + usize::from(back(found.end)) };
        let spoken = says(&found) || words.is_word(found.end - 1, &["words", "pledge", "promise", "threat"]);
        return ((behind_back || back(reach - 1)) && spoken).then_some((reach, found.object, 0.75));
    }
    if begins(words, at, &["apolog"]) {
        let found = words.is_word(from, &["for"]).then(|| behind(words, from + 1, end)).flatten()?;
        let said = words.is_word(from + 1, &["saying", "claiming", "suggesting", "stating", "tweeting", "implying"]);
        let spoken = says(&found) && (said || matches!(found.object, Object::Earlier(_)));
        let that = said && words.is(from + 2, Class::That);
        let object = if that { Object::Clause(from + 3..found.end) } else { found.object };
        return spoken.then_some((found.end, object, 0.55));
    }
    if begins(words, at, &["backtrack"]) {
        let found = words.is_word(from, &["on", "from"]).then(|| behind(words, from + 1, end)).flatten()?;
        return says(&found).then_some((found.end, found.object, 0.7));
    }
    match behind(words, from, end) {
        Some(found) if says(&found) => Some((found.end, found.object, 0.85)),
        Some(found) if document(&found) && begins(words, at, &["retract", "disavow"]) => {
            Some((found.end, found.object, 0.7))
        }
        Some(found) if begins(words, at, &["recant"]) => Some((found.end, found.object, 0.7)),
        None if begins(words, at, &["recant"]) => Some((from, Object::Nothing, 0.7)),
        _ => None,
    }
}
