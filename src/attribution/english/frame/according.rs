//! Sources without a verb: `according to the police`.

use std::ops::Range;

use super::{Frame, sentence_end};
use crate::{
    english::{
        clause,
        phrase::{core_after, is_name, phrase_after},
        word::Words,
    },
    lexicon::{Class, Classes},
    token::Kind,
};

/// `According to the police, nobody was hurt`; `, according to the police`.
pub fn according(words: Words<'_>, at: usize) -> Option<Frame> {
    let end = sentence_end(words);
    let (first, rule) = introduced(words, at)?;
    let source = source(words, at, first, rule)?;
    let after = behind(words, at, source.end, end);
    let before = clause::trim(words, clause::dateline(words).min(at)..at);
    let fronted = before.is_empty()
        || !clause::has_clause(words, before.start, before.end) && !words.has_finite(0, at) && before.len() <= 4;
    let quotes = words.is_sign(after, ',') && words.is_quoted(after + 1);
    let mut content = Vec::new();
    let quoted_only = quotes && words.is_word(at, &["in"]);
    if !(fronted || quoted_only) {
        content.push(before);
    }
    if (fronted || quotes || clause::goes_on(words, after, end)) && after < end {
        content.push(clause::trim(words, after..clause::end(words, after, end)));
    }
    content.retain(|stretch| !stretch.is_empty());
    (!content.is_empty()).then(|| Frame::new(at..first, Some(source), content, rule))
}

/// Where a source begins that the words at a place introduce, and the rule.
fn introduced(words: Words<'_>, at: usize) -> Option<(usize, &'static str)> {
    let name = |at: usize| words.get(at).is_some_and(|token| token.kind == Kind::Capital) && !words.is(at, Class::Time);
    let comma = words.before(at).is_some_and(|before| before.is_sign(','));
    let in_words =
        ["in", "the", "words", "of"].iter().enumerate().all(|(next, word)| words.is_word(at + next, &[word]));
    let (first, rule) = match () {
        () if words.is_word(at, &["according"]) && words.is(at + 1, Class::To) => (at + 2, "quote.according"),
        () if words.is_word(at, &["per"]) && comma => (at + 1, "quote.according"),
        () if in_words => (at + 4, "quote.according"),
        () if words.is_word(at, &["for"]) && at == 0 && name(1) => (1, "quote.for"),
        () => return None,
    };
    (!words.is_quoted(first)).then_some((first, rule))
}

/// The source that begins at `first`.
fn source(words: Words<'_>, at: usize, first: usize, rule: &str) -> Option<Range<usize>> {
    let end = sentence_end(words);
    let core =
        core_after(words, first, end).or_else(|| object(words, first)).or_else(|| phrase_after(words, first, end))?;
    let whole = phrase_after(words, first, end).unwrap_or(core.clone());
    let whole = if at == 0 { without_subject(words, whole, end) } else { whole };
    let clause_behind =
        |source: &Range<usize>| words.is_sign(source.end, ',') && clause::has_clause(words, source.end + 1, end);
    let (apposed, spoken) = (whole.end > core.end, (whole.end..end).any(|at| words.is_quoted(at)));
    // `According to the Herald, Professor Burrows said`: what follows the comma is the clause, unless another comes.
    let apart = at > 0 || clause_behind(&whole);
    let name = words.get(core.end + 1).is_some_and(|next| next.kind == Kind::Capital) && is_name(words, &core);
    let source = if apart && !(at == 0 && name) { whole } else { core };
    // `For Smith, a writer, it failed` says what Smith thinks; `For Smith, it ended in May` does not.
    let thinks = rule != "quote.for" || ((apposed || spoken) && clause_behind(&source));
    thinks.then_some(source)
}

/// Where the clause may begin that belongs to a source which ends at `from`.
fn behind(words: Words<'_>, at: usize, from: usize, end: usize) -> usize {
    let comma = |from: usize| (from..end).find(|at| words.is_sign(*at, ',')).unwrap_or(end);
    // `According to Smith the plan failed`
    let bare = at == 0
        && clause::opens(words, from, end)
        && words.get(from).is_some_and(|token| token.is(Class::Det) || token.is(Class::Subject));
    // `according to a statement released on Monday, …`
    let after = if bare || words.is_sign(from, ',') || from >= end { from } else { comma(from) };
    // `According to the agency, quoting the ministry, …`
    if at == 0 && words.is_word(after + 1, &["quoting", "citing"]) { comma(after + 1) } else { after }
}

/// What looks like a last apposition is the subject of the clause where none is left for its verb: `For Smith, a
/// writer, the visit, in full tension, was no coincidence`.
fn without_subject(words: Words<'_>, whole: Range<usize>, end: usize) -> Range<usize> {
    let mut at = whole.end + usize::from(words.is_sign(whole.end, ','));
    if words.is(at, Class::Prep) {
        at = (at..end).find(|at| words.is_sign(*at, ',')).map_or(end, |comma| comma + 1);
    }
    let verb = words.is_finite(at) || words.get(at).is_some_and(|token| token.any(AUXILIARY));
    let comma = whole.clone().rev().find(|at| words.is_sign(*at, ','));
    comma.filter(|_| verb).map_or(whole.clone(), |comma| whole.start..comma)
}

const AUXILIARY: Classes = Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal]);

/// A pronoun as an object.
fn object(words: Words<'_>, at: usize) -> Option<Range<usize>> {
    words.is(at, Class::Object).then_some(at..at + 1)
}
