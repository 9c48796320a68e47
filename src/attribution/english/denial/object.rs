//! What is denied: a clause, or words that point to what was said before.

use std::ops::Range;

use super::{
    super::{
        clause,
        phrase::{core_after, is_pronoun},
        word::Words,
    },
    Object,
};
use crate::{
    lexicon::{Class, Form},
    token::Kind,
};

/// Words for a part of something.
const PARTS: [&str; 9] = ["some", "part", "parts", "most", "many", "several", "aspects", "details", "elements"];

/// What stands behind a verb.
pub struct Behind {
    /// Where the denial ends.
    pub end: usize,
    /// What it is about.
    pub object: Object,
    /// Whether it is something that can be true: a clause, an allegation, a report.
    pub says: bool,
    /// Whether it is what can be refused as well: bail, a visa, a bill.
    pub refused: bool,
    /// Whether only part of something is denied.
    pub partial: bool,
}

impl Behind {
    fn clause(from: usize, end: usize) -> Self {
        Self { end, object: Object::Clause(from..end), says: true, refused: false, partial: false }
    }

    fn earlier(phrase: Range<usize>, says: bool) -> Self {
        Self { end: phrase.end, object: Object::Earlier(phrase), says, refused: false, partial: false }
    }
}

/// What stands behind a verb of denying that ends before `at`.
pub fn behind(words: Words<'_>, at: usize, end: usize) -> Option<Behind> {
    let mut from = at;
    // `denied ever having met`
    while from < end && words.is_adverb(from) && !words.is_ing(from) && !words.is_word(from, &["there"]) {
        from += 1;
    }
    let skipped = clause::adjuncts(words, at, end);
    clausal(words, from, end)
        .or_else(|| (skipped > from && words.is(skipped, Class::That)).then(|| clausal(words, skipped, end)).flatten())
        .or_else(|| nominal(words, from, end))
        .or_else(|| (skipped > from).then(|| nominal(words, skipped, end)).flatten().filter(|found| found.says))
}

/// `that he knew`, `having met him`, `he knew`.
fn clausal(words: Words<'_>, from: usize, end: usize) -> Option<Behind> {
    if from >= end {
        return None;
    }
    if words.is(from, Class::That) && clause::opens(words, from + 1, end) {
        return Some(Behind::clause(from + 1, clause_end(words, from + 1, end, true)));
    }
    let not = usize::from(words.is(from, Class::Neg));
    if words.is_ing(from + not) || words.is_word(from + not, &["being", "doing"]) {
        return Some(Behind::clause(from, clause_end(words, from, end, false)));
    }
    opens(words, from, end).then(|| Behind::clause(from, clause_end(words, from, end, true)))
}

/// Whether a subject with its verb begins here, with nothing but adverbs between them.
fn opens(words: Words<'_>, from: usize, end: usize) -> bool {
    let empty = words.is_word(from, &["it", "there", "they", "he", "she", "we", "i"]);
    let subject = if is_pronoun(words, from) || empty { Some(from + 1) } else { None };
    let subject = subject.or_else(|| core_after(words, from, end).map(|phrase| phrase.end));
    let Some(mut at) = subject else { return false };
    while at < end && words.is_adverb(at) {
        at += 1;
    }
    at < end && words.is_finite(at) && !words.get(at - 1).is_some_and(|before| matches!(before.kind, Kind::Sign(_)))
}

/// `the allegations that he took bribes`, `any involvement`, `it`.
pub fn nominal(words: Words<'_>, from: usize, end: usize) -> Option<Behind> {
    if from >= end {
        return None;
    }
    if words.is_quoted(from) {
        return Some(Behind::earlier(from..from + 1, true));
    }
    // `rejected as “absurd” claims that he knew`
    if let Some(judged) = as_judged(words, from, end) {
        return nominal(words, judged, end).filter(|found| found.says);
    }
    let alone = words.is_word(from, &["it", "this", "that", "these", "those", "them", "so"]);
    if alone && !words.is_nominal(from + 1) && !words.is(from + 1, Class::Det) && !words.is_word(from + 1, &["of"]) {
        return Some(Behind::earlier(from..from + 1, true));
    }
    let phrase = phrase(words, from, end)?;
    let head = (phrase.start + 1..phrase.end).find(|at| words.is(*at, Class::Prep)).unwrap_or(phrase.end);
    // `some of the claims` are claims.
    let partial = words.is_word(head, &["of"]) && words.is_word(head - 1, &PARTS);
    let noun = |range: Range<usize>| range.into_iter().any(|at| words.is(at, Class::Charge));
    let says = noun(from..head) || words.is_word(head, &["of"]) && noun(head..phrase.end);
    // `denied the team visas`, `denied women the right`
    let given = words.get(phrase.end).is_some_and(|next| next.is(Class::Det) || next.is(Class::Poss))
        || words.is(from, Class::Object) && !words.is(from, Class::Poss);
    let refused = given || !says && (from..head).any(|at| words.is(at, Class::NoDenial));
    if says && let Some(clause) = carried(words, &phrase, end) {
        return Some(Behind { partial, ..clause });
    }
    let mut found = Behind { refused, partial, ..Behind::earlier(phrase, says) };
    if let Some(judged) = as_judged(words, found.end, end) {
        found.end = judged;
        found.says = true;
    }
    Some(found)
}

/// The noun phrase that begins here. `claims that` is one behind a verb, though `claims` looks like a verb.
fn phrase(words: Words<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let first = from + usize::from(words.is(from, Class::That));
    let core = core_after(words, first, end).map(|core| from..core.end);
    let noun = words.get(first).is_some_and(|token| token.is(Class::Charge) && token.kind == Kind::Lower);
    let core = core.map(|core| {
        // `denied thousands of claims last year`
        let last = words.is_word(core.end - 1, &["last", "this", "next"]) && core.len() > 1;
        core.start..core.end - usize::from(last)
    });
    if core.is_none() && words.is_word(first, &["details"]) && words.is_word(first + 1, &["of"]) {
        return core_after(words, first + 2, end).map(|of| from..of.end);
    }
    core.or_else(|| (noun && first < end).then_some(from..first + 1))
}

/// The clause of a noun: `suggestions that he knew`, `accusations of having lied`.
fn carried(words: Words<'_>, phrase: &Range<usize>, end: usize) -> Option<Behind> {
    // `a report in The Sun that`
    let mut at = phrase.end;
    let placed = words.is(at, Class::Prep);
    while placed && at < end.min(phrase.end + 6) && !words.is(at, Class::That) && !words.is_finite(at) {
        at += 1;
    }
    let that = Some(at).filter(|at| words.is(*at, Class::That));
    // `a report that criticised him` is no report of that.
    if let Some(that) = that.filter(|that| *that + 1 < end && !words.is_finite(*that + 1)) {
        let stop = clause_end(words, that + 1, end, true);
        // `the notion that it failed as “crazy”`
        let judged = (that + 1..stop).find(|at| words.is_word(*at, &["as"]) && words.is_quoted(at + 1));
        let object = Object::Clause(that + 1..judged.unwrap_or(stop));
        return Some(Behind { object, ..Behind::clause(that + 1, stop) });
    }
    let of = (phrase.start + 1..phrase.end + 1).find(|at| words.is_word(*at, &["of"]) && words.is_ing(at + 1))?;
    Some(Behind::clause(of + 1, clause_end(words, of + 1, end, false)))
}

/// Behind `as baseless`, `as “nonsense”`.
pub fn as_judged(words: Words<'_>, at: usize, end: usize) -> Option<usize> {
    if !words.is_word(at, &["as"]) {
        return None;
    }
    let stop = clause_end(words, at, end, false).min(at + 8);
    let judged = (at + 1..stop).find(|at| words.is_quoted(*at) || words.is(*at, Class::False))?;
    let joined = words.is_word(judged + 1, &["and"]) && words.is(judged + 2, Class::False);
    Some(judged + 1 + if joined { 2 } else { usize::from(words.is_word(judged + 1, &["news"])) })
}

/// Where the clause of a denial ends: before what else the sentence says.
pub fn clause_end(words: Words<'_>, from: usize, end: usize, own_subject: bool) -> usize {
    let stop = clause::end(words, from, end);
    let leaves = |at: &usize| {
        let at = *at;
        let Some(next) = words.get(at + 1) else { return false };
        if words.is_sign(at, ',') {
            return next.is(Class::Coord)
                || next.is(Class::Rel)
                || next.is(Class::Sub)
                || words.is_word(at + 1, &["then"])
                || words.is_ing(at + 1)
                || next.is_quoted();
        }
        if words.get(at).is_some_and(|token| token.is_dash() && !words.is_word(at, &["-"])) {
            return true;
        }
        // `denied having lied and left the room`
        let joins = words.is(at, Class::Coord);
        words.is_word(at, &["but"])
            || joins && !own_subject && words.is_finite(at + 1) && next.form(Form::Past)
            || words.is_word(at, &["after", "as", "while", "when", "because"]) && opens(words, at + 1, stop)
    };
    let mut stop = (from + 1..stop).find(leaves).unwrap_or(stop);
    while stop > from + 1 && words.get(stop - 1).is_some_and(|last| matches!(last.kind, Kind::Sign(',' | ';' | ':'))) {
        stop -= 1;
    }
    stop
}
