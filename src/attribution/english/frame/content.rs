//! What was said: behind the verb, before it, or both.

use std::ops::Range;

use super::{Frame, right::Behind};
use crate::{
    english::{clause, partial::is_spoken, subject::subject_before, verb::Group, word::Words},
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
        let joined =
            left.filter(|left| right.joins && token.any(AFTER) && (right.rule != "before" || begins(words, left)));
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
        Some(left) if quoted || (!voice && (words.has_finite(left.start, left.end) || behind.inverted)) => {
            Some(Content { content: vec![clause::trim(words, left)], open: true, voice, rule: "after" })
        }
        // `Smith explained from a podium. “I love cats.”`
        None if !group.passive && !token.is(Class::Think) => {
            Some(Content { content: Vec::new(), open: true, voice: true, rule: "beside" })
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
        start = subject_before(words, group.start)?.start;
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
    let from = earlier.iter().map(end).filter(|end| end + 1 < start).max().unwrap_or(0).max(clause::dateline(words));
    let left = clause::trim(words, from..start);
    (!left.is_empty()).then_some(left)
}
