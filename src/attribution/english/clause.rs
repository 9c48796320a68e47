//! How far what was said reaches in its sentence.

use std::ops::Range;

use super::{
    frame::infinitive_follows,
    phrase::{core_after, is_pronoun, phrase_after},
    word::{CUES, Words},
};
use crate::{
    lexicon::{Class, Classes, Form},
    token::{Kind, Token},
};

/// A stretch without the signs and conjunctions at its ends that belong to nobody.
pub fn trim(words: Words<'_>, stretch: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (stretch.start, stretch.end.min(words.len()));
    let sign = |token: &Token| token.is_dash() || matches!(token.kind, Kind::Sign(',' | ':' | ';' | '.' | '…'));
    // Before it, bullets and pictures, too; but not what a sum or a handle begins with.
    let begins = |sign: char| matches!(sign, '(' | '[' | '¿' | '¡' | '#' | '@' | '+' | '$' | '€' | '£' | '¥');
    let opening = |token: &Token| matches!(token.kind, Kind::Sign(sign) if !begins(sign));
    while start < end && words.get(start).is_some_and(opening) {
        start += 1;
    }
    while end > start && words.get(end - 1).is_some_and(sign) {
        end -= 1;
    }
    start..end.max(start)
}

/// Whether a stretch holds a clause: a verb with something before it.
pub fn has_clause(words: Words<'_>, from: usize, to: usize) -> bool {
    (from..to).any(|at| words.is_quoted(at))
        || words.has_finite(from, to)
        || (from..to).any(|at| words.is_ing(at) || words.is_participle(at))
}

/// Whether a clause without `that` begins here: a subject with its verb.
pub fn opens(words: Words<'_>, from: usize, end: usize) -> bool {
    let mut from = from;
    while (words.is_adverb(from) && !words.is(from, Class::Empty))
        || (words.is_word(from, &["at", "more", "less"]) && words.is_word(from + 1, &["least", "most", "than"]))
    {
        from += if words.is_adverb(from) { 1 } else { 2 };
    }
    let Some(token) = words.get(from).filter(|_| from < end) else { return false };
    if is_pronoun(words, from) || token.is(Class::Empty) || token.is(Class::Subject) {
        return (from + 1..end.min(from + 6)).any(|at| words.is_finite(at) || is_predicate(words, at));
    }
    if token.is(Class::Sub) && !token.is(Class::Prep) {
        // `said if it fails, …`
        return words.is_word(from, &["if", "when", "once", "unless", "while", "although", "because"])
            && words.has_finite(from, end);
    }
    if words.is_word(from, &["no", "neither"]) || words.is_ing(from) {
        return words.has_finite(from + 1, end);
    }
    if words.is_quoted(from) {
        return words.has_finite(from, end);
    }
    let Some(phrase) = core_after(words, from, end) else { return false };
    // What stands between subject and verb.
    for at in from + 1..end.min(phrase.end + 14) {
        if words.is_finite(at) || is_predicate(words, at) {
            return true;
        }
        // `noting the filing, Smith offered`: another clause begins.
        if at >= phrase.end && words.is_sign(at, ',') && has_subject(words, at + 1, end) {
            return false;
        }
        let stops = words.get(at).is_some_and(|token| {
            token.is(Class::To)
                || token.is(Class::That)
                || (words.is_word(at, &["as"]) && words.is(at + 1, Class::Subject))
                || matches!(token.kind, Kind::Sign(';' | ':'))
        });
        if at >= phrase.end && stops {
            return false;
        }
    }
    false
}

/// Whether a subject with its verb right behind it begins here.
fn has_subject(words: Words<'_>, from: usize, end: usize) -> bool {
    let subject = if is_pronoun(words, from) { Some(from..from + 1) } else { core_after(words, from, end) };
    subject.is_some_and(|subject| {
        let mut verb = subject.end;
        while words.is_adverb(verb) {
            verb += 1;
        }
        verb < end && words.is_finite(verb)
    })
}

/// Whether a quotation begins with the verb of its sentence: `Smith “overruled” the panel`.
fn is_predicate(words: Words<'_>, at: usize) -> bool {
    const VERBS: [&str; 24] = [
        "is", "was", "are", "were", "has", "had", "have", "will", "would", "can", "could", "may", "might", "must",
        "should", "did", "does", "do", "made", "went", "took", "got", "came", "knew",
    ];
    if !words.is_quoted(at) {
        return false;
    }
    let inside = words.word(at).trim_start_matches(|c: char| !c.is_alphanumeric());
    let first = inside.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let single = inside.trim_end_matches(|c: char| !c.is_alphanumeric()) == first;
    let past = first.len() > 4 && first.ends_with("ed");
    let third = first.len() > 3 && first.ends_with('s') && !first.ends_with("ss") && !single;
    first.starts_with(char::is_lowercase) && (VERBS.contains(&first) || past || third)
}

/// Whether what was said goes on behind a comma, after who said it.
pub fn goes_on(words: Words<'_>, comma: usize, end: usize) -> bool {
    if !words.is_sign(comma, ',') || comma + 1 >= end {
        return false;
    }
    let next = comma + 1;
    let Some(token) = words.get(next) else { return false };
    // `, he said, adding that`, `, he said, and left` and `, he said, quoted by` are about the speaker.
    let about = words.is_ing(next)
        || (words.is_participle(next) && words.is_word(next + 1, &["by"]))
        || token.is(Class::Rel)
        || token.is(Class::Sub) && !words.is_word(next, &["because", "if"])
        || (token.is(Class::Coord) && !words.is_quoted(next + 1));
    !about && !token.is(Class::Prep)
}

/// Behind what only says where, when and how: `in a statement on Tuesday`.
pub fn adjuncts(words: Words<'_>, from: usize, end: usize) -> usize {
    let mut at = from;
    loop {
        if at >= end {
            return at;
        }
        let late = words.is_word(at, &["late", "early", "earlier", "later"]) && words.is(at + 1, Class::Time);
        let before = words.is_word(at, &["before", "after"])
            && core_after(words, at + 1, end).is_some_and(|phrase| words.is(phrase.end, Class::That));
        if late {
            at += 1;
        } else if before {
            at = core_after(words, at + 1, end).map_or(at + 1, |phrase| phrase.end);
        } else if words.is_adverb(at) && !words.is(at, Class::That) && !words.is(at, Class::Empty) {
            at += 1;
        } else if words.is(at, Class::Time)
            && words.get(at).is_some_and(|token| {
                token.kind == Kind::Capital || words.is_word(at, &["today", "yesterday", "tonight"])
            })
        {
            at += 1;
            while words.is(at, Class::Time) || words.get(at).is_some_and(|token| token.kind == Kind::Number) {
                at += 1;
            }
        } else if (words.is(at, Class::Prep) && !words.is_word(at, &["of", "as", "than"]))
            || (words.is(at, Class::To) && !infinitive_follows(words, at))
        {
            let Some(phrase) = core_after(words, at + 1, end) else {
                if words.is(at + 1, Class::Object)
                    || words.is(at + 1, Class::Time)
                    || words.get(at + 1).is_some_and(|token| token.kind == Kind::Number)
                {
                    at += 2;
                    continue;
                }
                return at;
            };
            // `said in Iowa he would go`: the phrase must not swallow the subject of what was said.
            at = behind_place(words, phrase.end, end);
        } else if words.is_word(at, &["last", "this", "next"]) && words.is(at + 1, Class::Time) {
            at += 2;
        } else {
            return at;
        }
    }
}

/// Behind the second half of a place: `in Toledo, Ohio, on Thursday`.
fn behind_place(words: Words<'_>, comma: usize, end: usize) -> usize {
    let state = words.is_sign(comma, ',')
        && words.get(comma + 1).is_some_and(|token| token.kind == Kind::Capital && !token.is(Class::Title));
    match state {
        true if comma + 2 >= end => comma + 2,
        true if words.is_sign(comma + 2, ',') => comma + 3,
        _ => comma,
    }
}

/// Where a clause that begins at `from` ends, in a sentence that ends at `end`.
pub fn end(words: Words<'_>, from: usize, end: usize) -> usize {
    let outer = Outer::around(words, from);
    let mut at = from + 1;
    while at < end {
        let Some(token) = words.get(at) else { break };
        let comma = token.is_sign(',');
        let leaves = match token.kind {
            Kind::Sign(';') => true,
            Kind::Sign(',') => leaves(words, at, end) || outer.resumes(words, at + 1, end),
            Kind::Sign(_) if token.is_dash() => attributes(words, at + 1, end) || outer.resumes(words, at + 1, end),
            _ => token.is(Class::Coord) && !comma && turns_away(words, at, end, outer),
        };
        if leaves {
            return at;
        }
        at += 1;
    }
    end
}

/// What a clause stands in, which goes on behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outer {
    /// The sentence itself.
    Sentence,
    /// A clause or participle before the main clause: `After he said that …, he left`.
    Fronted,
    /// A relative clause: `Smith, who said that …, left`.
    Relative,
    /// A participle that may be one of several: `saying that … and adding`.
    Participle,
}

impl Outer {
    /// What the clause that begins at `from` stands in.
    fn around(words: Words<'_>, from: usize) -> Self {
        let first = (from.saturating_sub(40)..from).rev().find(|at| {
            words.get(*at).is_some_and(|token| {
                token.is_sign(';') || token.is_quoted() || (token.is_sign(',') && opens(words, at + 1, from))
            })
        });
        let first = first.map_or(0, |at| at + 1);
        let opener = words.get(first);
        let fronts = words.is_word(
            first,
            &[
                "after", "when", "while", "if", "because", "once", "although", "though", "as", "since", "before",
                "until", "unless", "asked", "told",
            ],
        ) || (first == 0
            && words.word(0).ends_with("ing")
            && opener.is_some_and(|token| token.kind == Kind::Capital && token.any(CUES)));
        if fronts {
            return Self::Fronted;
        }
        let near = (from.saturating_sub(14)..from)
            .rev()
            .find(|at| words.get(*at).is_some_and(|token| token.is_sign(',') || token.is_dash()));
        if near.is_some_and(|near| words.is(near + 1, Class::Rel) && !words.is_word(near + 1, &["what"])) {
            return Self::Relative;
        }
        let cue = (from.saturating_sub(3)..from)
            .any(|at| words.is_ing(at) && words.get(at).is_some_and(|token| token.any(CUES)));
        if cue { Self::Participle } else { Self::Sentence }
    }

    /// Whether what it stands in goes on at a place behind a comma or dash.
    fn resumes(self, words: Words<'_>, at: usize, end: usize) -> bool {
        match self {
            Self::Fronted => opens(words, at, end) && !words.is(at, Class::Sub),
            Self::Relative => {
                let mut verb = at;
                while words.is_adverb(verb) {
                    verb += 1;
                }
                words.is_finite(verb) || words.get(verb).is_some_and(|token| token.any(CUES) && token.form(Form::Base))
            }
            Self::Sentence | Self::Participle => {
                // `, but reporters heard another story`
                words.is_word(at, &["but"]) && !is_pronoun(words, at + 1) && opens(words, at + 1, end)
            }
        }
    }
}

/// Whether a conjunction without a comma leaves what was said: `and added that`, `but Smith denied it`.
fn turns_away(words: Words<'_>, at: usize, end: usize, outer: Outer) -> bool {
    if words.before(at).is_some_and(|before| before.is_sign(',')) {
        return false;
    }
    let participle = outer == Outer::Participle && words.is_ing(at + 1) && words.is_word(at, &["and"]);
    let another = words.is_word(at, &["but"])
        && words.get(at + 1).is_some_and(|token| token.kind == Kind::Capital)
        && opens(words, at + 1, end);
    participle || another || reports(words, at + 1, end)
}

const REPORTS: Classes = Classes::of(&[Class::Say, Class::Tell, Class::Ask, Class::Order, Class::Call, Class::Accuse]);

/// Whether the speaker does something else here: `and added that`.
fn reports(words: Words<'_>, from: usize, end: usize) -> bool {
    let mut at = from;
    while at < end
        && (words.is_adverb(at) || words.get(at).is_some_and(|token| token.any(Classes::of(&[Class::Have, Class::Be]))))
    {
        at += 1;
    }
    words.get(at).is_some_and(|token| token.any(REPORTS) && token.kind == Kind::Lower && token.form(Form::Past))
        && !words.get(at).is_some_and(|token| token.is(Class::Charge) && !token.form(Form::Past))
}

/// Whether somebody is named who says it: `, he said`, `, according to`.
fn attributes(words: Words<'_>, from: usize, end: usize) -> bool {
    if words.is(from, Class::According) && words.is(from + 1, Class::To) || words.is_word(from, &["per"]) {
        return true;
    }
    let said = |at: usize| {
        words.get(at).is_some_and(|token| {
            token.any(REPORTS)
                && (token.form(Form::Past) || token.form(Form::Third))
                && token.kind == Kind::Lower
                && !token.is(Class::SayNoun)
        })
    };
    if said(from) {
        return true;
    }
    let subject = if is_pronoun(words, from) { Some(from..from + 1) } else { core_after(words, from, end) };
    subject.is_some_and(|subject| {
        let mut at = subject.end;
        while words.is_adverb(at) || words.get(at).is_some_and(|token| token.is(Class::Have)) {
            at += 1;
        }
        said(at) && !words.is(at + 1, Class::That) && {
            let told = words.is(at, Class::Tell) && !words.is(at, Class::Say);
            let told = if told { core_after(words, at + 1, end).map_or(at + 2, |phrase| phrase.end) } else { at + 1 };
            let after = adjuncts(words, told, end);
            after >= end || words.is_sign(after, ',')
        }
    })
}

/// Whether behind a comma the sentence leaves what was said.
fn leaves(words: Words<'_>, comma: usize, end: usize) -> bool {
    let next = comma + 1;
    if attributes(words, next, end) {
        return true;
    }
    // `, adding that`, `, saying:`
    let participle = words.is_ing(next) && words.get(next).is_some_and(|token| token.any(REPORTS));
    if participle {
        return true;
    }
    let coordinated = words.get(next).is_some_and(|token| token.is(Class::Coord));
    if coordinated && reports(words, next + 1, end) {
        return true;
    }
    // `, but Jones said`, `, while Jones said`: another speaks.
    let turns = coordinated || words.is_word(next, &["while", "whereas", "although", "though"]);
    turns && {
        let subject = phrase_after(words, next + 1, end);
        subject.is_some_and(|subject| {
            let mut at = subject.end + usize::from(words.is_sign(subject.end, ','));
            while words.is_adverb(at)
                || words.get(at).is_some_and(|token| {
                    token.any(Classes::of(&[Class::Have, Class::Be, Class::Do, Class::Neg, Class::Modal]))
                })
            {
                at += 1;
            }
            words.get(at).is_some_and(|token| token.any(REPORTS) && token.kind == Kind::Lower && !token.is(Class::Noun))
                && words.is_finite(at)
        })
    }
}

/// Where a clause ends that belongs to a noun: before the verb of that noun, as in `the claim that it failed was wrong`.
pub fn inner_end(words: Words<'_>, from: usize, end: usize) -> usize {
    let stop = self::end(words, from, end);
    let joins = Classes::of(&[Class::Coord, Class::That, Class::Rel, Class::Sub, Class::Wh, Class::To]);
    let auxiliary = Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal]);
    let mut verb: Option<usize> = None;
    for at in from + 1..stop {
        let Some(token) = words.get(at) else { break };
        if verb.is_some() && (token.any(joins) || token.is_sign(',') || token.is_quoted()) {
            return stop;
        }
        if words.is_finite(at) {
            let second = verb.is_some_and(|verb| {
                at > verb + 1 || (token.any(auxiliary) && !words.get(verb).is_some_and(|verb| verb.any(auxiliary)))
            });
            if second {
                return at;
            }
            verb = Some(at);
        } else if words.is_adverb(at) || token.is(Class::Neg) || token.any(auxiliary) {
            verb = verb.map(|_| at);
        }
    }
    stop
}

/// Where an intention ends, before another clause: `to go, but the others stayed`.
pub fn infinitive_end(words: Words<'_>, from: usize, end: usize) -> usize {
    let stop = self::end(words, from, end);
    (from + 1..stop)
        .find(|at| {
            let turns = words.is_word(at + 1, &["but", "although", "though", "while", "and", "whereas", "so"]);
            words.is_sign(*at, ',') && turns && opens(words, at + 2, stop)
        })
        .unwrap_or(stop)
}

/// Behind a dateline, as in `LONDON, May 3 (Reuters) – `; the start of a sentence without one.
pub fn dateline(words: Words<'_>) -> usize {
    let Some(dash) = (1..words.len().min(12)).find(|at| words.get(*at).is_some_and(Token::is_dash)) else { return 0 };
    let place = |at: usize| {
        words.get(at).is_some_and(|token| match token.kind {
            Kind::Capital | Kind::Number | Kind::Sign('(' | ')' | ',' | '.' | '/') => true,
            _ => token.is(Class::Time),
        })
    };
    let capital = words.get(dash + 1).is_some_and(|token| token.kind == Kind::Capital || token.is_quoted());
    if capital && (0..dash).all(place) { dash + 1 } else { 0 }
}
