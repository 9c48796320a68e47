//! German sources without a verb: `laut X`, `nach Angaben von X`, `X zufolge`, `so X`, `demnach`.

use std::ops::Range;

use super::{
    frame::goes_on,
    phrase::{Joins, phrase},
    segment::Segment,
};
use crate::{
    english::word::Words,
    lexicon::Class,
    utterance::{Frame, one},
};

/// Adds the frames of a sentence, and marks which of its parts they are made of.
pub fn frames(words: Words<'_>, segments: &[Segment], end: usize, found: &mut Vec<Frame>, used: &mut [bool]) {
    for (number, segment) in segments.iter().enumerate() {
        if let Some(frame) = so(words, segments, number, end) {
            used[number] = true;
            found.push(frame);
        }
        let mut at = segment.range.start;
        while at < segment.range.end {
            let Some((stretch, source)) = stretch(words, segment, at) else {
                at += 1;
                continue;
            };
            let (stretch, source, number) = described(words, segments, number, stretch, source);
            let cue = stretch.clone().filter(|at| words.is(*at, Class::According)).collect();
            let content = apart_from(words, segments, number, &stretch, end);
            at = stretch.end.max(at + 1);
            found.push(Frame { content, source, cue, rule: "quote.according", negated: false });
        }
    }
}

/// Takes in what is said of a source between commas.
fn described(
    words: Words<'_>,
    segments: &[Segment],
    number: usize,
    stretch: Range<usize>,
    source: Option<Range<usize>>,
) -> (Range<usize>, Option<Range<usize>>, usize) {
    let end = super::verb::with_apposition(words, segments, number, stretch.end);
    match source {
        Some(source) if end > stretch.end && source.end == stretch.end => {
            (stretch.start..end, Some(source.start..end), number + 1)
        }
        source => (stretch, source, number),
    }
}

/// `…, so X`, and `So X: …`.
fn so(words: Words<'_>, segments: &[Segment], number: usize, end: usize) -> Option<Frame> {
    let segment = &segments[number];
    let at = segment.range.start;
    let begins = words.is_word(at, &["so"]) && !words.is(at + 1, Class::That) && !words.is(at + 1, Class::Prep);
    let source_end = phrase(words, at + 1, Joins::Of).filter(|_| begins)?.min(segment.range.end);
    let source = Some(at + 1..super::verb::with_apposition(words, segments, number, source_end));
    let frame = Frame { source, cue: vec![at], rule: "quote.according", ..Frame::default() };
    if number == 0 {
        let next = segments.get(1).filter(|next| next.sign == ':')?;
        return Some(Frame { content: one(next.range.start..end), ..frame });
    }
    let mut content = one(segments[0].head(words)..segments[number - 1].range.end);
    if let Some(start) = goes_on(words, segments, number + 1) {
        content.push(start..end);
    }
    Some(Frame { content, ..frame })
}

/// The words that name a source from `at` on, and the source in them.
fn stretch(words: Words<'_>, segment: &Segment, at: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
    if words.is_word(at, &["demnach", "demzufolge"]) {
        return Some((at..at + 1, None));
    }
    if words.is(at, Class::According) {
        return after_word(words, segment, at);
    }
    // `X zufolge`, `seiner Meinung nach`
    let end = phrase(words, at, Joins::All).filter(|end| *end < segment.range.end)?;
    if words.is_word(end, &["zufolge"]) {
        return Some((at..end + 1, Some(speaker(words, at..end))));
    }
    let opinion = words.is_word(end, &["nach"]) && words.is(end - 1, Class::SayNoun) && words.is(at, Class::Poss);
    opinion.then(|| (at..end + 1, Some(at..end)))
}

/// `laut X`, `nach Angaben von X`.
fn after_word(words: Words<'_>, segment: &Segment, at: usize) -> Option<(Range<usize>, Option<Range<usize>>)> {
    let end = phrase(words, at + 1, Joins::Of)?.min(segment.range.end);
    let nach = words.is_word(at, &["nach"]);
    if words.is_word(at, &["zufolge"]) || (nach && !(at + 1..end.min(at + 7)).any(|at| says(words, at))) {
        return None;
    }
    Some((at..end, Some(speaker(words, at + 1..end))))
}

/// Whether a noun is one of saying, also as the last part of a longer one.
fn says(words: Words<'_>, at: usize) -> bool {
    let word = words.word(at);
    words.is(at, Class::SayNoun)
        || (word.len() > 12
            && ["angaben", "berichten", "meldungen", "informationen", "aussagen", "untersuchungen", "bericht"]
                .iter()
                .any(|end| word.ends_with(end)))
}

/// Who speaks in `Angaben der Polizei`: the police, but in `ersten Angaben`, all of it.
fn speaker(words: Words<'_>, whole: Range<usize>) -> Range<usize> {
    let Some(noun) = whole.clone().take(5).find(|at| says(words, *at)) else { return whole };
    let document = words.is(noun, Class::Document) || words.word(noun).starts_with("Umfrage");
    let of = noun + 1 + usize::from(words.is_word(noun + 1, &["von", "vom"]));
    let time = (of..whole.end).any(|at| words.is(at, Class::Time));
    if time || document || of >= whole.end || words.is(of, Class::Prep) { whole } else { of..whole.end }
}

/// The sentence without the words that name the source.
fn apart_from(
    words: Words<'_>,
    segments: &[Segment],
    number: usize,
    stretch: &Range<usize>,
    end: usize,
) -> Vec<Range<usize>> {
    let part = |segment: &&Segment| segment.sign == ';';
    let first = segments[..=number].iter().rfind(part).unwrap_or(&segments[0]).head(words);
    let end = segments[number + 1..].iter().find(part).map_or(end, |segment| segment.range.start - 1);
    let mut content = Vec::new();
    if stretch.start > first {
        content.push(first..stretch.start);
    }
    let mut rest = stretch.end;
    let next = segments.get(number + 1);
    if let Some(next) = next.filter(|next| rest + 1 == next.range.start || rest >= segments[number].range.end) {
        rest = next.range.start;
        // `Nach Einschätzung von X, der das Land berät, sei`
        if let Some(after) = segments.get(number + 2).filter(|after| after.sign == ',' && next.is_relative(words)) {
            rest = after.range.start;
        }
    }
    if rest < end {
        content.push(rest..end);
    }
    content
}
