//! Verbs that report, with their auxiliaries: who has said, did not say, was quoted as saying.

use super::word::{CUES, Words};
use crate::{
    lexicon::{Class, Classes, Form},
    token::Kind,
};

/// A reporting verb with what belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Group {
    /// Where it starts: its first auxiliary or adverb.
    pub start: usize,
    /// The verb itself.
    pub verb: usize,
    /// Behind the verb and its particle.
    pub end: usize,
    /// Whether it is negated.
    pub negated: bool,
    /// Whether a modal verb or the like makes it less than certain.
    pub modal: bool,
    /// Whether its subject is not who speaks: `was told`.
    pub passive: bool,
    /// Whether it is an infinitive without anything that governs it.
    pub infinitive: bool,
    /// Whether it is a participle on its own: `, saying`.
    pub participle: bool,
}

/// What can stand between the auxiliaries and the verb.
const AUXILIARY: Classes = Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal, Class::Neg]);

/// The reporting verb at a place, if there is one.
pub fn group(words: Words<'_>, verb: usize) -> Option<Group> {
    let token = words.get(verb).filter(|token| token.any(CUES) && may_report(words, verb))?;
    let ing = token.form(Form::Ing);
    let mut group = Group {
        start: verb,
        verb,
        end: verb + 1,
        negated: false,
        modal: false,
        passive: false,
        infinitive: false,
        participle: false,
    };
    let (mut auxiliary, be) = auxiliaries(words, &mut group, ing);
    let to = words.before(group.start).is_some_and(|token| token.is(Class::To)) && token.form(Form::Base);
    if to {
        governed(words, &mut group)?;
    }
    group.passive = token.form(Form::Participle) && be && !ing;
    if ing && !auxiliary && !to {
        group.participle = true;
        auxiliary = quoted_as(words, &mut group);
    }
    let known = group.passive || group.participle || to || auxiliary || token.kind == Kind::Capital;
    if !known && !is_verb(words, verb) {
        return None;
    }
    group.end = particle(words, verb);
    Some(group)
}

/// Whether a word that can report may be a verb where it stands, by its first letter and the word before.
fn may_report(words: Words<'_>, verb: usize) -> bool {
    let Some(token) = words.get(verb) else { return false };
    // `was quoted as saying` is a frame of `saying`.
    if words.is_word(verb + 1, &["as"]) && words.is_word(verb + 2, &["saying", "telling", "writing"]) {
        return false;
    }
    let ing = token.form(Form::Ing);
    if token.kind == Kind::Capital && !(ing && verb == 0) && !headline(words, verb) {
        return false;
    }
    let Some(before) = words.before(verb) else { return true };
    let preposition = before.is(Class::Prep) && !before.is(Class::To) && !before.is(Class::Adverb);
    let owned = (before.is(Class::Det) && !words.stands_alone(verb - 1))
        || (before.is(Class::Poss) && !words.owns_nothing(verb - 1))
        || before.kind == Kind::Possessive;
    !(preposition || owned) || (ing && before.is(Class::Prep))
}

/// Takes in what stands before the verb and belongs to it; whether there is an auxiliary, and whether it is `be`.
fn auxiliaries(words: Words<'_>, group: &mut Group, ing: bool) -> (bool, bool) {
    let (mut auxiliary, mut be) = (false, false);
    while let Some(at) = group.start.checked_sub(1) {
        let Some(token) = words.get(at) else { break };
        if token.any(AUXILIARY) && !words.is_word(at, &["no", "neither", "nor"]) {
            be |= token.is(Class::Be) && (auxiliary_free(words, at, group.verb) || !ing);
            group.modal |= token.is(Class::Modal) && !words.is_word(at, &["will", "'ll", "’ll"]);
            group.negated |= token.is(Class::Neg);
            auxiliary = true;
        } else if !words.is_adverb(at) {
            break;
        }
        group.start = at;
    }
    (auxiliary, be)
}

/// Whether a word without an auxiliary is a verb with a subject.
fn is_verb(words: Words<'_>, verb: usize) -> bool {
    let Some(token) = words.get(verb) else { return false };
    let clause = |at: usize| words.is(at, Class::That) || super::clause::opens(words, at, words.len());
    let reduced = token.form(Form::Participle)
        && words.get(verb + 1).is_some_and(|next| next.is_quoted() || next.is(Class::That));
    // `Officials, meanwhile, say that`
    let inserted = || {
        token.form(Form::Base)
            && words
                .before(verb)
                .is_some_and(|before| before.is_sign(',') || before.is_dash() || words.is_adverb(verb - 1))
            && clause(verb + 1)
            && super::subject::subject_before(words, verb).is_some()
    };
    words.is_finite(verb) || inverted(words, verb) || closes(words, verb) || reduced || inserted()
}

/// Whether there is nothing between `be` and the verb but adverbs and negations.
fn auxiliary_free(words: Words<'_>, from: usize, verb: usize) -> bool {
    (from + 1..verb).all(|at| words.is_adverb(at) || words.is(at, Class::Neg) || words.is(at, Class::Be))
}

/// In a headline, verbs have capitals.
fn headline(words: Words<'_>, verb: usize) -> bool {
    let stopped = words.tokens.last().is_some_and(|last| last.is_sign('.'));
    let token = words.get(verb);
    let third = token.is_some_and(|token| {
        token.form(Form::Third)
            && token.any(Classes::of(&[Class::Say, Class::Tell, Class::Think]))
            && !token.is(Class::SayNoun)
            && !token.is(Class::Charge)
    });
    third && !stopped && verb > 0 && words.before(verb).is_some_and(|before| before.kind == Kind::Capital)
}

/// `“…,” the statement reads.`: a word that may be a noun, at the end of the sentence, behind a quotation and a subject.
fn closes(words: Words<'_>, verb: usize) -> bool {
    let token = words.get(verb);
    let form = token.is_some_and(|token| token.form(Form::Third) || token.form(Form::Base));
    let last = !words.get(verb + 1).is_some_and(|next| next.is_word());
    let quoted = words.is_quoted(0) || (0..verb).any(|at| words.is_quoted(at));
    form && last && quoted && verb > 0 && {
        let subject = super::phrase::phrase_before(words, verb - 1);
        subject.is_some_and(|subject| {
            words.before(subject.start).is_some_and(|before| before.is_quoted() || before.is_sign(','))
        })
    }
}

/// Behind a quotation or a comma and before a name or noun, the verb stands before its subject.
fn inverted(words: Words<'_>, verb: usize) -> bool {
    let token = words.get(verb);
    let form = token.is_some_and(|token| token.form(Form::Past) || token.form(Form::Third));
    form && words.before(verb).is_some_and(|before| before.is_quoted() || before.is_sign(','))
}

/// `went on to say`, `declined to say`, `is expected to say`: the verb that governs the infinitive belongs to it.
fn governed(words: Words<'_>, group: &mut Group) -> Option<()> {
    let to = group.start - 1;
    let mut at = to;
    while at > 0 && (words.is_adverb(at - 1) || words.is_word(at - 1, &["on", "back"])) {
        at -= 1;
    }
    let governor = at.checked_sub(1)?;
    let token = words.get(governor)?;
    let verb = token.kind == Kind::Lower
        && (token.any(CUES) || token.is(Class::Verb) || words.is_participle(governor) || token.is(Class::Sure))
        && !token.is(Class::Det);
    if !verb || words.before(governor).is_some_and(|token| token.is(Class::Det) || token.is(Class::Poss)) {
        group.infinitive = true;
        return Some(());
    }
    group.negated |= token.is(Class::Decline);
    group.modal |= !words.is_word(governor, &["went", "goes", "going", "began", "continued", "continues"]);
    group.start = governor;
    while group.start > 0 {
        let at = group.start - 1;
        let Some(token) = words.get(at) else { break };
        if token.any(AUXILIARY) {
            group.negated |= token.is(Class::Neg);
        } else if !words.is_adverb(at) {
            break;
        }
        group.start = at;
    }
    // `To be sure` and the like have no subject.
    (group.start > 0).then_some(())
}

/// `was quoted as saying`
fn quoted_as(words: Words<'_>, group: &mut Group) -> bool {
    let verb = group.verb;
    if verb < 2 || !words.is_word(verb - 1, &["as"]) || !words.is_participle(verb - 2) {
        return false;
    }
    group.participle = false;
    group.start = verb - 2;
    while group.start > 0 {
        let at = group.start - 1;
        let fits = words.get(at).is_some_and(|token| token.any(AUXILIARY)) || words.is_adverb(at);
        if !fits {
            break;
        }
        group.start = at;
    }
    true
}

/// Behind `pointed out`, `went on`, `called for`.
fn particle(words: Words<'_>, verb: usize) -> usize {
    let word = words.word(verb);
    let particle = words.word(verb + 1);
    let fits = match word {
        "point" | "points" | "pointed" | "pointing" | "call" | "calls" | "called" | "cry" | "cried" | "spell"
        | "spelled" | "lashed" => particle == "out",
        "go" | "goes" | "went" | "going" => particle == "on",
        "fire" | "fires" | "fired" | "firing" | "shot" | "hit" => particle == "back",
        "figure" | "figures" | "figured" => particle == "out",
        "chime" | "chimed" => particle == "in",
        _ => false,
    };
    verb + 1 + usize::from(fits)
}
