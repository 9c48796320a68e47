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
    let (first, rule) = if words.is_word(at, &["according"]) && words.is(at + 1, Class::To) {
        (at + 2, "quote.according")
    } else if words.is_word(at, &["per"]) && words.before(at).is_some_and(|before| before.is_sign(',')) {
        (at + 1, "quote.according")
    } else if words.is_word(at, &["in"])
        && words.is_word(at + 1, &["the"])
        && words.is_word(at + 2, &["words"])
        && words.is_word(at + 3, &["of"])
    {
        (at + 4, "quote.according")
    } else if words.is_word(at, &["for"])
        && at == 0
        && words.get(1).is_some_and(|token| token.kind == Kind::Capital)
        && !words.is(1, Class::Time)
    {
        (1, "quote.for")
    } else {
        return None;
    };
    if words.is_quoted(first) {
        return None;
    }
    let core =
        core_after(words, first, end).or_else(|| object(words, first)).or_else(|| phrase_after(words, first, end))?;
    let whole = phrase_after(words, first, end).unwrap_or(core.clone());
    let whole = if at == 0 { without_subject(words, whole, end) } else { whole };
    let apposed = whole.end > core.end;
    let spoken = (whole.end..end).any(|at| words.is_quoted(at));
    // `According to the Herald, Professor Burrows said`: what follows the comma is the clause, unless another comes.
    let apart = at > 0 || (words.is_sign(whole.end, ',') && clause::has_clause(words, whole.end + 1, end));
    let source = if apart
        && at == 0
        && is_name(words, &core)
        && words.get(core.end + 1).is_some_and(|next| next.kind == Kind::Capital)
    {
        core
    } else if apart {
        whole
    } else {
        core
    };
    if rule == "quote.for" && !(apposed || spoken) {
        return None;
    }
    if rule == "quote.for" && !(words.is_sign(source.end, ',') && clause::has_clause(words, source.end + 1, end)) {
        return None;
    }
    let mut after = source.end;
    // `According to Smith the plan failed`
    let bare = at == 0
        && !words.is_sign(after, ',')
        && clause::opens(words, after, end)
        && words.get(after).is_some_and(|token| token.is(Class::Det) || token.is(Class::Subject));
    // `according to a statement released on Monday, …`
    if !bare && !words.is_sign(after, ',') && after < end {
        after = (after..end).find(|at| words.is_sign(*at, ',')).unwrap_or(end);
    }
    // `According to the agency, quoting the ministry, …`
    if at == 0 && words.is_word(after + 1, &["quoting", "citing"]) {
        after = (after + 1..end).find(|at| words.is_sign(*at, ',')).unwrap_or(end);
    }
    let before = clause::trim(words, clause::dateline(words).min(at)..at);
    let mut content = Vec::new();
    let fronted = before.is_empty()
        || !clause::has_clause(words, before.start, before.end) && !words.has_finite(0, at) && before.len() <= 4;
    let quotes = words.is_sign(after, ',') && words.is_quoted(after + 1);
    if !fronted && !(quotes && words.is_word(at, &["in"])) {
        content.push(before);
    }
    if (fronted || quotes || clause::goes_on(words, after, end)) && after < end {
        content.push(clause::trim(words, after..clause::end(words, after, end)));
    }
    content.retain(|stretch| !stretch.is_empty());
    if content.is_empty() {
        return None;
    }
    Some(Frame {
        cue: at..first,
        source: Some(source),
        content,
        open: false,
        voice: false,
        negated: false,
        modal: false,
        rule,
        inherited: false,
    })
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
