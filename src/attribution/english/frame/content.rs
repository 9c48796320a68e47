//! What was said: behind the verb, before it, or both.

use std::ops::Range;

use super::{Frame, right::Behind};
use crate::{
    english::{
        clause,
        partial::{is_spoken, is_title},
        subject::subject_before,
        verb::Group,
        word::Words,
    },
    lexicon::{Class, Classes},
    token::Kind,
};

/// What a verb says was said.
pub struct Content {
    /// The stretches.
    pub content: Vec<Range<usize>>,
    /// Whether what follows the sentence can belong to it.
    pub open: bool,
    /// Whether it is nothing without a quotation.
    pub voice: bool,
    /// By which rule.
    pub rule: &'static str,
}

/// Verbs that can stand behind what was said.
const AFTER: Classes = Classes::of(&[
    Class::Say,
    Class::Tell,
    Class::Ask,
    Class::Voice,
    Class::Think,
    Class::Show,
    Class::Call,
    Class::Deny,
]);

/// Verbs that need no quotation to stand behind what was said.
const PLAIN: Classes = Classes::of(&[Class::Say, Class::Think, Class::Tell, Class::Show]);

/// What was said, by a verb whose subject may stand `behind` it and is its `own`.
pub fn content(words: Words<'_>, group: &Group, behind: &Behind, own: bool, earlier: &[Frame]) -> Option<Content> {
    let token = words.get(group.verb)?;
    let left = left(words, group, behind.inverted, earlier);
    if let Some(right) = behind.content(words, group, left.as_ref()) {
        let joined = left
            .filter(|left| right.joins && token.any(AFTER) && (right.rule != "quote.before" || begins(words, left)));
        let content = joined.into_iter().chain([right.stretch]).collect();
        return Some(Content { content, open: right.open, voice: right.voice, rule: right.rule });
    }
    let infinitive = words.before(group.verb).is_some_and(|before| before.is(Class::To));
    let quoted = left.as_ref().is_some_and(|left| ends_quoted(words, left));
    if infinitive || !token.any(AFTER) || !(own || behind.inverted || quoted || group.participle) {
        return None;
    }
    let voice = !token.any(PLAIN);
    match left {
        Some(left)
            if quoted || (!voice && !group.passive && (words.has_finite(left.start, left.end) || behind.inverted)) =>
        {
            Some(Content { content: vec![clause::trim(words, left)], open: true, voice, rule: "quote.after" })
        }
        // `Smith explained from a podium. “I love cats.”`
        None if !group.passive && !token.is(Class::Think) => {
            Some(Content { content: Vec::new(), open: true, voice: true, rule: "quote.beside" })
        }
        _ => None,
    }
}

/// Whether a stretch is somebody's words: it ends with them, or they stand in a clause.
fn ends_quoted(words: Words<'_>, left: &Range<usize>) -> bool {
    let spoken = words.is_quoted(left.end - 1) && is_spoken(words, left.end - 1);
    spoken || (left.clone().any(|at| words.is_quoted(at)) && words.has_finite(left.start, left.end))
}

/// Whether what stands before the speaker begins what is quoted behind: `“No,” he said, “never.”`, `The plan, he said, “is
/// bad”`; but not `When asked, he said, “No”`.
fn begins(words: Words<'_>, left: &Range<usize>) -> bool {
    let aside = Classes::of(&[Class::Sub, Class::Prep, Class::Wh, Class::Coord]);
    let first = words.get(left.start);
    let clause = words.has_finite(left.start, left.end)
        || words.is_ing(left.start)
        || first.is_some_and(|token| token.any(aside));
    words.is_quoted(left.end - 1) || words.is_quoted(left.start) || !clause
}

/// What stands before the subject, as far as it can be what was said, and belongs to no earlier frame. A frame that ends
/// right before the subject is part of what was said: `He wants to go, she said`.
fn left(words: Words<'_>, group: &Group, inverted: bool, earlier: &[Frame]) -> Option<Range<usize>> {
    let mut start = group.start;
    if !inverted {
        let subject = subject_before(words, group.start)?;
        // A relative pronoun belongs to the noun before it, which was not said.
        if words.is(subject.start, Class::Rel) || words.is_word(subject.start, &["whose"]) {
            return None;
        }
        start = subject.start;
        while start > 0 && words.is_word(start - 1, &["as"]) {
            start -= 1;
        }
    }
    let before = words.before(start)?;
    let joined = before.is_quoted() || before.is_dash() || matches!(before.kind, Kind::Sign(',' | '?' | '!'));
    if !joined {
        return None;
    }
    let end = |frame: &Frame| frame.content.iter().map(|part| part.end).fold(frame.cue.end, usize::max);
    let said = earlier.iter().filter(|frame| !frame.content.is_empty());
    let before = said.clone().map(end).filter(|end| end + 1 < start).max();
    // Inside what somebody else says, only that.
    let around =
        said.flat_map(|frame| &frame.content).filter(|part| part.contains(&group.verb)).map(|part| part.start).max();
    let from = before.max(around).unwrap_or(0).max(clause::dateline(words));
    let left = clause::trim(words, from..start);
    let last = left.end.checked_sub(1)?;
    (!left.is_empty() && !is_named(words, last) && !is_fronted(words, &left)).then_some(left)
}

/// Whether the quotation at a place is the title of what is spoken of: `on “Eight O’Clock,”`.
fn is_named(words: Words<'_>, at: usize) -> bool {
    let opens = Classes::of(&[Class::Prep, Class::Work, Class::Named]);
    let before = words.before(at).is_some_and(|before| before.any(opens) || before.kind == Kind::Possessive);
    words.is_quoted(at) && before && is_title(words, at)
}

/// Whether a stretch only says when or why something was said: `When he arrived, …`.
fn is_fronted(words: Words<'_>, left: &Range<usize>) -> bool {
    let opens = words.is_word(
        left.start,
        &[
            "when", "while", "if", "because", "once", "although", "though", "as", "after", "before", "since", "in",
            "on", "at", "during", "with", "by", "asked", "told",
        ],
    ) || (words.get(left.start).is_some_and(|token| token.kind == Kind::Capital)
        && words.word(left.start).ends_with("ing"));
    let main = || (left.start + 1..left.end).any(|at| words.is_sign(at, ',') && clause::opens(words, at + 1, left.end));
    let begins = !words.before(left.start).is_some_and(|before| before.is_word());
    begins && opens && !left.clone().any(|at| words.is_quoted(at)) && !main()
}
