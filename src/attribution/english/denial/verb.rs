//! Verbs of denying: `denied having met him`, `rejected the allegations`.

use std::ops::Range;

use super::{
    super::{
        frame::sentence_end,
        phrase::{phrase_after, phrase_before},
        subject::subject_before,
        verb::{Group, group},
        word::Words,
    },
    Found, Object, Strength, antecedent, begins, first_speaker, is_nobody, is_supposed,
    object::{Behind, behind},
    speaker,
};
use crate::{lexicon::Class, token::Kind};

/// Who denies and dismisses by office.
const RULING: [&str; 15] = [
    "judge",
    "judges",
    "court",
    "courts",
    "justice",
    "jury",
    "law",
    "council",
    "board",
    "panel",
    "insurer",
    "insurers",
    "tribunal",
    "magistrate",
    "prosecutors",
];

/// Verbs that only deny; the others refuse and dismiss, too.
const STRONG: [&str; 8] = ["den", "disput", "refut", "rebut", "disavow", "repudiat", "contradict", "disown"];

/// A denial whose verb stands at a place.
pub fn denied(words: Words<'_>, at: usize) -> Option<Found> {
    if !words.is(at, Class::Deny) {
        return opposed(words, at);
    }
    let by = words.is_word(at + 1, &["by"]);
    let Some(group) = group(words, at) else {
        return by.then(|| agent(words, at, at..at + 1)).flatten();
    };
    let strength = strength(words, &group)?;
    if group.passive || by {
        return agent(words, at, group.start..group.end);
    }
    let end = sentence_end(words);
    let source = if group.participle { first_speaker(words, group.start) } else { None };
    let source = source.or_else(|| speaker(words, group.start));
    if source.as_ref().is_some_and(|subject| is_nobody(words, subject) || is_supposed(words, subject)) {
        return None;
    }
    let Some(found) = behind(words, group.end, end) else {
        return gap(words, &group, source, strength);
    };
    let strong = begins(words, at, &STRONG);
    let score = score(words, at, strong, &found, source.as_ref())?;
    let strength = if strength == Strength::Outright && (found.partial || begins(words, at, &["contest", "counter"])) {
        Strength::Partial
    } else {
        strength
    };
    let score = if strength == Strength::NonDenial { score * 0.7 } else { score };
    let span = group.start..found.end;
    Some(Found {
        span,
        cue: at..at + 1,
        source,
        strength,
        object: found.object,
        rule: "denial.verb",
        score,
        spoken: false,
    })
}

/// How firmly the verb denies, by what stands before it; nothing where it does not: `cannot deny`, `hard to deny`.
fn strength(words: Words<'_>, group: &Group) -> Option<Strength> {
    let before = group.start..group.verb;
    let said = |of: &[&str]| before.clone().any(|at| words.is_word(at, of));
    if group.negated {
        let refused = before.clone().any(|at| words.is(at, Class::Decline));
        let open = refused || !group.modal || said(&["would", "wouldn't", "wouldn’t"]);
        return open.then_some(Strength::NonDenial);
    }
    if group.infinitive {
        return words
            .before(group.start.checked_sub(1)?)
            .filter(|_| words.is_word(group.start.saturating_sub(2), &["quick", "swift"]))
            .map(|_| Strength::Outright);
    }
    let moves = said(&["continued", "continues", "continue", "went", "goes", "rushed", "moved", "forced", "hurried"]);
    (!group.modal || moves).then_some(Strength::Outright)
}

/// How sure it is that something is denied and not refused; nothing where it is not.
fn score(words: Words<'_>, at: usize, strong: bool, found: &Behind, source: Option<&Range<usize>>) -> Option<f32> {
    if found.refused {
        return None;
    }
    let clause = matches!(found.object, Object::Clause(_));
    let pronoun =
        matches!(&found.object, Object::Earlier(back) if back.len() == 1 && words.word(back.start).len() <= 5);
    // `countered that` says something else.
    if begins(words, at, &["counter"]) && clause {
        return None;
    }
    let rules = source.is_some_and(|source| source.clone().any(|at| words.is_word(at, &RULING)));
    let ruled = matches!(&found.object, Object::Earlier(object) if object.clone().any(|at| {
        words.is_word(at, &["charge", "charges", "claim", "claims"])
    }));
    if rules && ruled {
        return None;
    }
    if found.says {
        let judged =
            words.get(found.end.saturating_sub(1)).is_some_and(|last| last.is(Class::False) || last.is_quoted());
        return match (strong, clause, pronoun) {
            (true, true, _) => Some(0.95),
            (true, false, _) => Some(0.9),
            // `rejected it` may be an offer.
            (false, _, true) if !judged => None,
            (false, _, _) => Some(0.8),
        };
    }
    // `denied the motion`, `denied the killing`: only what is no ruling.
    // In sports, a goalkeeper denies a striker.
    let name = matches!(&found.object, Object::Earlier(object) if words.get(object.start).is_some_and(|token| {
        token.kind == Kind::Capital
    }));
    (strong && !rules && !name && begins(words, at, &["den", "disput", "refut", "rebut"])).then_some(0.6)
}

/// `the report was denied by the ministry`, `claims denied by Moscow`.
fn agent(words: Words<'_>, verb: usize, cue: Range<usize>) -> Option<Found> {
    let subject = subject_before(words, cue.start).or_else(|| {
        let last = cue.start.checked_sub(1)?;
        phrase_before(words, if words.is_sign(last, ',') { last.checked_sub(1)? } else { last })
    })?;
    let says = subject.clone().any(|at| words.is(at, Class::Charge));
    if !says || is_nobody(words, &subject) || is_supposed(words, &subject) {
        return None;
    }
    let by = (cue.end..cue.end + 2).find(|at| words.is_word(*at, &["by"]));
    let source = by.and_then(|by| phrase_after(words, by + 1, sentence_end(words)));
    // `The claim was denied` may be an insurer's.
    let claim = words.is_word(subject.end - 1, &["claim", "claims"]);
    if source.is_none() && (claim || cue.end < sentence_end(words) && !words.is_sign(cue.end, ',')) {
        return None;
    }
    let start = if cue.start == verb { verb } else { cue.start };
    let object = Object::Earlier(subject);
    let strength = Strength::Outright;
    Some(Found {
        span: start..cue.end,
        cue: verb..verb + 1,
        source,
        strength,
        object,
        rule: "denial.verb",
        score: 0.8,
        spoken: false,
    })
}

/// The object stands before: `which he denies`, `claims that the ministry denied`.
fn gap(words: Words<'_>, group: &Group, source: Option<Range<usize>>, strength: Strength) -> Option<Found> {
    let subject = subject_before(words, group.start)
        .or_else(|| words.is_word(group.start.checked_sub(1)?, &["it"]).then(|| group.start - 1..group.start))?;
    let relative = subject.start.checked_sub(1)?;
    let next = words.get(group.end);
    let ends =
        next.is_none_or(|next| matches!(next.kind, Kind::Sign(_)) || next.is(Class::Prep) || next.is(Class::Coord));
    let which = words.is_word(relative, &["which", "that"]);
    let head = if which { antecedent(words, relative) } else { phrase_before(words, relative) };
    let says = head.as_ref().is_some_and(|head| head.clone().any(|at| words.is(at, Class::Charge)));
    if !ends || !(says || words.is_word(relative, &["which"])) {
        return None;
    }
    let object = head.map_or(Object::Nothing, Object::Earlier);
    let (span, cue) = (group.start..group.end, group.verb..group.verb + 1);
    Some(Found { span, cue, source, strength, object, rule: "denial.verb", score: 0.75, spoken: false })
}

/// `pushed back on the claim`, `took issue with the report`.
fn opposed(words: Words<'_>, at: usize) -> Option<Found> {
    let first = matches!(
        words.word(at),
        "took"
            | "takes"
            | "take"
            | "taken"
            | "taking"
            | "cast"
            | "casts"
            | "casting"
            | "pushed"
            | "pushes"
            | "push"
            | "pushing"
            | "hit"
            | "hits"
            | "hitting"
            | "brushed"
            | "pleaded"
            | "pleads"
    );
    if !first {
        return None;
    }
    let opens = |of: &[&str], second: &[&str], third: &[&str]| {
        words.is_word(at, of) && words.is_word(at + 1, second) && (third.is_empty() || words.is_word(at + 2, third))
    };
    let issue = opens(&["took", "takes", "take", "taken", "taking"], &["issue"], &["with"]);
    let doubt = opens(&["cast", "casts", "casting"], &["doubt"], &["on"]);
    let back = opens(&["pushed", "pushes", "push", "pushing"], &["back"], &["on", "against", "at"])
        || opens(&["hit", "hits", "hitting"], &["back"], &["at"]);
    let aside = opens(&["brushed"], &["off", "aside", "away"], &[]);
    let guilty = opens(&["pleaded", "pleads"], &["not"], &["guilty"]);
    if !(issue || doubt || back || aside || guilty) {
        return None;
    }
    let (width, end) = (if aside { 2 } else { 3 }, sentence_end(words));
    let found = if guilty { None } else { Some(behind(words, at + width, end)?) };
    if found.as_ref().is_some_and(|found| found.refused || !(found.says || issue)) {
        return None;
    }
    let (reach, object) = found.map_or((at + width, Object::Nothing), |found| (found.end, found.object));
    let mut start = at;
    while start > 0 && (words.is_adverb(start - 1) || words.is(start - 1, Class::Have)) {
        start -= 1;
    }
    let source = speaker(words, start);
    let strength = if guilty { Strength::Outright } else { Strength::Partial };
    let (span, cue) = (start..reach, at..at + width);
    Some(Found { span, cue, source, strength, object, rule: "denial.verb", score: 0.6, spoken: false })
}
