//! What verbs of saying and words such as `selon` govern in the languages that share rules.

use std::ops::Range;

use super::{parts_sentence, phrase::phrase};
use crate::{
    english::word::{CUES, Words},
    lexicon::{Class, Classes, Form, Forms},
    token::{Kind, Token},
    utterance::{Frame, one},
};

/// Words that stand with a verb, before it.
const HELPERS: Classes = Classes::of(&[Class::Have, Class::Be, Class::Neg, Class::Adverb, Class::Object, Class::Coord]);

/// Verbs to which a pronoun can be joined.
const VERBS: Classes = CUES.with(Class::Have);

/// What begins words that are only put in between commas.
const ASIDE: Classes = Classes::of(&[Class::Prep, Class::Adverb]);

/// A verb of saying with its helping words.
#[derive(Clone, Debug)]
struct Cue {
    group: Range<usize>,
    verb: usize,
}

/// All frames of a sentence.
pub fn frames(words: Words<'_>) -> Vec<Frame> {
    let end = end_of(words);
    let mut found = Vec::new();
    let mut at = 0;
    while at < end {
        if let Some(stretch) = according(words, at, end) {
            at = stretch.1.max(at + 1);
            found.extend(stretch.0);
            continue;
        }
        let Some(cue) = cue(words, at, end) else {
            at += 1;
            continue;
        };
        at = cue.group.end;
        if let Some(frame) = of_verb(words, &cue, end) {
            at = frame.content.last().map_or(at, |content| {
                if !matches!(frame.rule, "quote.after" | "quote.around") { content.end.max(at) } else { at }
            });
            found.push(frame);
        }
    }
    if found.is_empty() {
        found.extend(by_colon(words, end));
    }
    found.retain(|frame| !frame.content.is_empty());
    found
}

/// The end of a sentence without its full stop.
fn end_of(words: Words<'_>) -> usize {
    let full = |token: &Token| matches!(token.kind, Kind::Sign('.' | '!' | '?' | '؟' | '…'));
    words.len() - words.tokens.iter().rev().take_while(|token| full(token)).count()
}

/// The verb whose helping words begin here.
fn cue(words: Words<'_>, at: usize, end: usize) -> Option<Cue> {
    let verb = (at..end.min(at + 5)).find(|at| !words.get(*at).is_some_and(|token| token.any(HELPERS)))?;
    let token = words.get(verb).filter(|token| token.is_word() && token.any(CUES))?;
    let free = token.entry.forms == Forms::default();
    let finite = free || token.form(Form::Third) || token.form(Form::Past);
    let helped = token.form(Form::Participle) && (at..verb).any(|at| words.is(at, Class::Have));
    // `le dit`, `la mesure annoncée`
    let noun = words
        .before(verb)
        .is_some_and(|before| before.is(Class::Det) && !before.is(Class::Object) && !before.is(Class::Some));
    ((finite && !noun) || helped).then_some(Cue { group: at..verb + 1, verb })
}

/// The frame of a verb.
fn of_verb(words: Words<'_>, cue: &Cue, end: usize) -> Option<Frame> {
    let start = start_of(words, cue.group.start);
    let negated = cue.group.clone().any(|at| words.is(at, Class::Neg));
    let frame = Frame { cue: vec![cue.verb], negated, ..Frame::default() };
    let that = that(words, cue, end);
    let colon = (cue.group.end..end).take_while(|at| !words.is(*at, Class::That)).find(|at| words.is_sign(*at, ':'));
    let first = start == cue.group.start || (start..cue.group.start).all(|at| words.is(at, Class::Coord));
    let behind =
        cue.group.clone().find_map(|at| inverted(words, at)).or_else(|| subject_behind(words, cue.group.end, end));
    if first && start > 0 && that.is_none() && colon.is_none() {
        let named = !words.is_quoted(start - 1) && subject_before(words, start, cue.group.start).is_some();
        if named && !words.is_quoted(start.saturating_sub(2)) {
            return None;
        }
        let content = behind_it(words, start, cue, behind.as_ref(), end)?;
        let quoted = content.first().is_some_and(|content| words.is_quoted(content.end - 1));
        let rule = if content.len() > 1 { "quote.around" } else { "quote.after" };
        return (quoted || behind.is_some()).then_some(Frame { content, source: behind, rule, ..frame });
    }
    let before = subject_before(words, start, cue.group.start);
    let source = if first && before.is_none() { behind } else { before.or(behind) };
    let begins = that.or(colon.map(|colon| colon + 1))?;
    let quoted = words.is_quoted(begins);
    let end = (begins..end).find(|at| words.is_sign(*at, ';')).unwrap_or(end);
    let rule = match that {
        None => "quote.before",
        Some(at) if words.is(at, Class::That) => "quote.that",
        Some(_) => "quote.whether",
    };
    let content = begins..if quoted { quotations(words, begins) } else { end };
    Some(Frame { content: vec![content], source, rule, ..frame })
}

/// Where the part of the sentence begins that holds a place.
fn start_of(words: Words<'_>, at: usize) -> usize {
    let parts = |at: &usize| words.get(*at).is_some_and(parts_sentence) || ends_quoted(words, *at);
    (0..at).rev().find(parts).map_or(0, |sign| sign + 1)
}

/// Whether a quotation stands here that is followed by its verb.
fn ends_quoted(words: Words<'_>, at: usize) -> bool {
    words.is_quoted(at) && words.word(at).split_whitespace().count() > 2
}

/// The word that introduces what was said, near the verb.
fn that(words: Words<'_>, cue: &Cue, end: usize) -> Option<usize> {
    let asks = words.is(cue.verb, Class::Ask);
    (cue.group.end..end.min(cue.group.end + 24)).take_while(|at| !words.is_sign(*at, ':')).find(|at| {
        let question = asks && words.is(*at, Class::Wh);
        words.get(*at).is_some_and(|token| token.is(Class::That)) || question
    })
}

/// `dit-il`: the pronoun that is joined to the verb.
fn inverted(words: Words<'_>, verb: usize) -> Option<Range<usize>> {
    let word = words.word(verb);
    let joined = ["-il", "-elle", "-ils", "-elles", "-on", "-je"].iter().any(|pronoun| word.ends_with(pronoun));
    joined.then_some(verb..verb + 1)
}

/// The subject behind a verb.
fn subject_behind(words: Words<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let at = (from..end.min(from + 3)).find(|at| !words.get(*at).is_some_and(|token| token.is(Class::Adverb)))?;
    if words.is(at, Class::Prep) && at + 1 < end {
        // `a indiqué à l'AFP l'avocate`
        let told = phrase(words, at + 1).filter(|told| *told < end && *told <= at + 4)?;
        let stop = phrase(words, told)?.min(end);
        return (stop > told).then(|| told..with_apposition(words, stop, end));
    }
    let stop = phrase(words, at)?.min(end);
    (stop > at).then(|| at..with_apposition(words, stop, end))
}

/// The subject before a verb, with what is said of it between commas.
fn subject_before(words: Words<'_>, start: usize, verb: usize) -> Option<Range<usize>> {
    if start == verb {
        // `Jean Dupont, ministre de la Santé, a déclaré`
        let comma = start.checked_sub(1).filter(|at| words.is_sign(*at, ',') || words.is_sign(*at, '،'))?;
        let inner = start_of(words, comma);
        let apposition = phrase(words, inner).is_some_and(|stop| stop == comma);
        // `Maduro, por su parte, dijo`
        let aside = words.get(inner).is_some_and(|token| token.any(ASIDE));
        let outer = inner.checked_sub(1).filter(|_| apposition || aside)?;
        let head = start_of(words, outer);
        return phrase(words, head).filter(|stop| *stop == outer).map(|_| head..if apposition { comma } else { outer });
    }
    let relative = (start..verb).find(|at| words.is(*at, Class::Rel));
    if let Some(relative) = relative.filter(|at| *at + 1 == verb) {
        return (start..relative)
            .find_map(|at| phrase(words, at).filter(|stop| *stop == relative).map(|stop| at..stop));
    }
    (start..verb).find_map(|at| {
        let fits = !words.is(at, Class::Coord) && (at == start || !words.is(at - 1, Class::Prep));
        phrase(words, at).filter(|stop| *stop == verb && fits).map(|stop| at..stop)
    })
}

/// Where a phrase ends with what is said of it between commas, where the sentence goes on or ends behind that.
fn with_apposition(words: Words<'_>, stop: usize, end: usize) -> usize {
    if !(words.is_sign(stop, ',') || words.is_sign(stop, '،')) || words.is(stop + 1, Class::Subject) {
        return stop;
    }
    let plain = words.is(stop + 2, Class::Named) && words.get(stop + 1).is_some_and(|token| token.kind == Kind::Lower);
    let bare = || (stop + 2..end.min(stop + 10)).find(|at| words.get(*at).is_some_and(parts_sentence)).unwrap_or(end);
    match phrase(words, stop + 1).or_else(|| plain.then(bare)) {
        Some(next) if next >= end || words.get(next).is_some_and(parts_sentence) => next.min(end),
        _ => stop,
    }
}

/// What stands before a verb that comes behind it, and the quotation that goes on after it.
fn behind_it(
    words: Words<'_>,
    start: usize,
    cue: &Cue,
    source: Option<&Range<usize>>,
    end: usize,
) -> Option<Vec<Range<usize>>> {
    let before = start - usize::from(words.get(start - 1).is_some_and(parts_sentence));
    let mut first = 0;
    if let Some(quoted) = before.checked_sub(1).filter(|at| words.is_quoted(*at)) {
        let colon = (0..quoted).rfind(|at| words.is_sign(*at, ':'));
        first = if (0..quoted).all(|at| !words.get(at).is_some_and(Token::is_word)) {
            quoted
        } else {
            colon.map_or(0, |colon| colon + 1)
        };
    }
    let mut content = one(first..before);
    let from = source.map_or(cue.group.end, |source| source.end.max(cue.group.end));
    let after_comma = |at: usize| words.is_quoted(at) && words.before(at).is_some_and(parts_sentence);
    if let Some(next) = (from..end).find(|at| after_comma(*at)) {
        content.push(next..next + 1);
    }
    content.retain(|content| !content.is_empty());
    (!content.is_empty()).then_some(content)
}

/// `selon X` and the like, with where they end.
fn according(words: Words<'_>, at: usize, end: usize) -> Option<(Option<Frame>, usize)> {
    if !words.is(at, Class::According) {
        return None;
    }
    let mut from = at + 1;
    let small = |token: &Token| token.any(Classes::of(&[Class::Named, Class::Prep])) && !token.is(Class::Det);
    while from < end && words.get(from).is_some_and(|token| small(token) || token.any(CUES)) {
        from += 1;
    }
    let Some(stop) = phrase(words, from).map(|stop| stop.min(end)).filter(|stop| *stop > from) else {
        return Some((None, from));
    };
    let described = with_apposition(words, stop, end);
    // `de acuerdo con`
    let at = at - usize::from(at > 0 && words.is_word(at - 1, &["de"]));
    let before = at - usize::from(at > 0 && words.get(at - 1).is_some_and(parts_sentence));
    let stop = if before > 0 || described < end { described } else { stop };
    let mut content = Vec::new();
    if before > 0 {
        content.push(0..before);
    }
    let after = stop + usize::from(words.get(stop).is_some_and(parts_sentence));
    if after < end {
        content.push(after..end);
    }
    let frame = Frame { content, source: Some(from..stop), cue: vec![at], rule: "quote.according", negated: false };
    Some((Some(frame), stop))
}

/// Where the quotations end that begin here.
fn quotations(words: Words<'_>, start: usize) -> usize {
    start + (start..words.len()).take_while(|at| words.is_quoted(*at)).count()
}

/// `X : « … »`: a quotation behind a colon, whatever the verb.
fn by_colon(words: Words<'_>, end: usize) -> Option<Frame> {
    let colon = (0..end).find(|at| words.is_sign(*at, ':') && words.is_quoted(at + 1))?;
    let source = phrase(words, 0).filter(|stop| *stop <= colon).map(|stop| 0..stop);
    Some(Frame {
        content: one(colon + 1..quotations(words, colon + 1)),
        source,
        rule: "quote.colon",
        ..Frame::default()
    })
}

/// Who speaks in a sentence with a verb of saying and a quotation at `at` that it does not govern.
pub fn speaker(words: Words<'_>, at: usize) -> Option<Range<usize>> {
    let cue = (0..at).find_map(|from| cue(words, from, at))?;
    let start = start_of(words, cue.group.start);
    subject_before(words, start, cue.group.start)
        .or_else(|| cue.group.clone().find_map(|at| inverted(words, at)))
        .or_else(|| {
            subject_behind(words, cue.group.end, at)
                .filter(|_| start == cue.group.start && !words.is(cue.verb, Class::Call))
        })
}

/// The bytes of a source without what is only written together with it: `dit-` of `dit-il`, `ل` of `وفقا لوزارة`.
pub fn without_clitic(words: Words<'_>, source: Range<usize>) -> Range<usize> {
    let Some(range) = crate::english::bytes(words, &source) else { return 0..0 };
    let word = words.word(source.start);
    if source.len() == 1 && words.get(source.start).is_some_and(|token| token.any(VERBS)) {
        let joined = word.rfind('-').map_or(0, |hyphen| hyphen + 1);
        return range.start + joined..range.end;
    }
    let lam = word.starts_with('ل')
        && !word.starts_with("لل")
        && !words.get(source.start).is_some_and(|token| token.is(Class::Noun));
    let after = source.start.checked_sub(1).is_some_and(|before| words.is(before, Class::According));
    if lam && after { range.start + 'ل'.len_utf8()..range.end } else { range }
}
