//! What German verbs and phrases that name a source govern.

use std::ops::Range;

use super::{
    partial::speaks,
    phrase::{Joins, is_noun, phrase},
    segment::{Segment, is_past, segments},
    verb::{Cue, behind, cues, is_verb, main_subject, subject},
};
use crate::{
    english::word::Words,
    lexicon::{Class, Classes},
    token::Kind,
    utterance::{Frame, one},
};

/// All frames of a sentence.
pub fn frames(words: Words<'_>) -> Vec<Frame> {
    let (segments, end) = segments(words);
    let mut found: Vec<Frame> = Vec::new();
    let mut used = vec![false; segments.len()];
    super::according::frames(words, &segments, end, &mut found, &mut used);
    for cue in cues(words, &segments) {
        if used[cue.segment] {
            continue;
        }
        let before = found.iter().rev().find_map(|frame| frame.source.clone());
        if let Some(mut frame) = of_verb(words, &segments, end, &cue) {
            let start = segments[cue.segment].range.start;
            let behind = matches!(frame.rule, "quote.after" | "quote.around" | "quote.according");
            if !behind && start == cue.finite {
                // `Auf die Frage, ob das stimme, sagte er: „…“`
                found.iter_mut().for_each(|earlier| cut(&mut earlier.content, start));
            }
            found.retain(|earlier| !yields(earlier, &frame));
            let joined = words.is(start, Class::Coord) && frame.source.is_none();
            if joined {
                found.iter_mut().for_each(|earlier| cut(&mut earlier.content, start));
                frame.source = before.or_else(|| main_subject(words, &segments)).filter(|_| !cue.passive);
            }
            found.push(frame);
        }
    }
    if found.is_empty() {
        found.extend(by_order(words, &segments, end));
    }
    if found.is_empty() {
        found.extend(by_colon(words, &segments, end));
        found.extend(by_noun(words, &segments, end));
    }
    if found.is_empty() {
        found.extend(whole(words, &segments));
    }
    found.retain(|frame| !frame.content.is_empty());
    found
}

/// `X lehnte ab; das sei falsch, hieß es`: whether what was said is not what the earlier verb governs.
fn yields(earlier: &Frame, later: &Frame) -> bool {
    let begins = |frame: &Frame| frame.content.first().map(|part| part.start);
    matches!(later.rule, "quote.after" | "quote.around")
        && earlier.rule != "quote.according"
        && begins(earlier) == begins(later)
}

/// Ends what was said before a place.
fn cut(content: &mut [Range<usize>], at: usize) {
    for part in content.iter_mut().filter(|part| part.start < at && part.end > at) {
        part.end = at;
    }
}

/// The frame of a verb.
fn of_verb(words: Words<'_>, segments: &[Segment], end: usize, cue: &Cue) -> Option<Frame> {
    let segment = &segments[cue.segment];
    let mut frame = Frame {
        source: source(words, segments, cue),
        cue: std::iter::once(cue.finite).chain(cue.more).collect(),
        negated: segment.range.clone().any(|at| words.is_word(at, &["nicht", "nie", "niemals"])),
        ..Frame::default()
    };
    let head = segment.head(words);
    if words.is_word(head, &["wie"]) && cue.subordinate {
        frame.rule = "quote.according";
        frame.content = around(segments, cue.segment..cue.last + 1, end);
        return Some(frame);
    }
    let first = head == cue.finite || (words.is_word(head, &["so"]) && head + 1 == cue.finite && cue.segment > 0);
    let inserted = frame.source.as_ref().is_some_and(|source| source.start < segment.range.start);
    let fronted = (0..cue.segment).all(|number| is_fronted(words, segments, number));
    let colon = segments.get(cue.last + 1).is_some_and(|next| next.sign == ':' && words.is_quoted(next.range.start));
    let after = first && !colon && cue.segment > 0 && segment.sign != ':' && !inserted && !cue.subordinate;
    if after && head == segment.range.start && !fronted && !(cue.passive && frame.source.is_none()) {
        let nobody = frame.source.is_none() && !words.is_word(cue.finite + 1, &["es"]);
        if nobody && !words.is_quoted(segments[cue.segment - 1].range.start) {
            return None;
        }
        frame.content = behind_it(words, segments, cue, end);
        frame.rule = if frame.content.len() > 1 { "quote.around" } else { "quote.after" };
        return Some(frame);
    }
    let last = last_of_source(segments, cue, frame.source.as_ref());
    let (start, direct) = complement(words, segments, cue, last + 1)?;
    frame.rule = rule(words, start, end, direct);
    frame.content.push(start..if direct { quotations(words, start, end) } else { end });
    Some(frame)
}

/// Who speaks where a verb stands.
pub fn source(words: Words<'_>, segments: &[Segment], cue: &Cue) -> Option<Range<usize>> {
    let source = if cue.passive { agent(words, segments, cue) } else { subject(words, segments, cue) };
    source.or_else(|| place(words, segments, cue))
}

/// `wurde von der Opposition kritisiert`: who says it in a passive clause.
fn agent(words: Words<'_>, segments: &[Segment], cue: &Cue) -> Option<Range<usize>> {
    let range = &segments[cue.segment].range;
    let from =
        if cue.subordinate || words.is_word(range.start, &["von", "vom"]) { range.start } else { cue.finite + 1 };
    let by = (from..range.end).find(|at| words.is_word(*at, &["von", "vom"]))?;
    let joined = by > range.start && is_noun(words, by - 1);
    let end = phrase(words, by + 1, Joins::Of).filter(|_| !joined)?;
    Some(by + 1..end.min(range.end))
}

/// Whether a part of the sentence only stands before its verb: a subordinate clause, an infinitive, a noun phrase.
fn is_fronted(words: Words<'_>, segments: &[Segment], number: usize) -> bool {
    let segment = &segments[number];
    segment.is_subordinate(words, number)
        || has_zu(words, segment)
        || words.is_word(segment.range.start, &["um", "ohne", "statt", "anstatt"])
        || (segment.is_phrase(words) && !words.is_quoted(segment.range.start))
}

/// The rule for what stands behind a verb, by what it begins with.
fn rule(words: Words<'_>, start: usize, end: usize, direct: bool) -> &'static str {
    let head = start + usize::from(words.is(start, Class::Coord));
    let infinitive =
        (start..end).any(|at| words.is_word(at, &["zu"])) && !(start..end).any(|at| is_reported(words, at));
    match () {
        () if direct => "quote.before",
        () if words.is(head, Class::That) => "quote.that",
        () if words.is(head, Class::Wh) => "quote.whether",
        () if infinitive => "quote.to",
        () => "quote.clause",
    }
}

/// `In einer Erklärung heißt es`: the place stands for the source.
fn place(words: Words<'_>, segments: &[Segment], cue: &Cue) -> Option<Range<usize>> {
    let segment = &segments[cue.segment];
    let near =
        (segments[0].range.start..segment.range.end).find(|at| words.is_word(*at, &["in", "im", "aus", "auf"]))?;
    let nobody = words.is_word(cue.finite + 1, &["es"]) || words.is_word(cue.finite, &["verlautete", "steht"]);
    let end = phrase(words, near + 1, Joins::All).filter(|_| nobody || cue.passive)?;
    Some(near + 1..end.min(segment.range.end))
}

/// The last part of the sentence that the source reaches into, or the verb.
fn last_of_source(segments: &[Segment], cue: &Cue, source: Option<&Range<usize>>) -> usize {
    let reached = source.and_then(|source| segments.iter().rposition(|segment| segment.range.start < source.end));
    reached.unwrap_or(0).max(cue.last).max(cue.segment)
}

/// Everything but some parts of the sentence.
pub fn around(segments: &[Segment], but: Range<usize>, end: usize) -> Vec<Range<usize>> {
    let mut content = Vec::new();
    if let Some(before) = but.start.checked_sub(1) {
        content.push(segments[0].range.start..segments[before].range.end);
    }
    if let Some(after) = segments.get(but.end) {
        content.push(after.range.start..end);
    }
    content
}

/// What stands before a verb that comes behind it, and what goes on after it.
fn behind_it(words: Words<'_>, segments: &[Segment], cue: &Cue, end: usize) -> Vec<Range<usize>> {
    let part = segments[..cue.segment].iter().rfind(|segment| segment.sign == ';').unwrap_or(&segments[0]);
    let mut content = one(part.head(words)..segments[cue.segment - 1].range.end);
    // What a quotation alone is must not take in what is before it.
    let before = &segments[cue.segment - 1];
    if before.range.len() == 1 && words.is_quoted(before.range.start) && cue.segment > 1 && before.sign == ':' {
        content = vec![before.range.clone()];
    }
    if let Some(start) = goes_on(words, segments, cue.last + 1) {
        content.push(start..end);
    }
    content
}

/// Where what was said goes on behind a frame in the middle of it.
pub fn goes_on(words: Words<'_>, segments: &[Segment], from: usize) -> Option<usize> {
    segments.iter().enumerate().skip(from).find_map(|(number, segment)| {
        let start = segment.range.start;
        let reported = !segment.is_relative(words) && segment.range.clone().any(|at| is_reported(words, at));
        let goes = words.is_quoted(start) || words.is(start, Class::That) || reported;
        (goes && number >= from).then_some(start)
    })
}

/// Where a complement begins, and whether it is a quotation.
fn complement(words: Words<'_>, segments: &[Segment], cue: &Cue, from: usize) -> Option<(usize, bool)> {
    for (number, segment) in segments.iter().enumerate().skip(from).take(4) {
        let (start, head) = (segment.range.start, segment.head(words));
        if segment.sign == ':' || words.is_quoted(start) {
            // `versprach, „Präsident aller Deutschen“ zu sein`
            let all = segment.sign == ':' || segment.range.clone().all(|at| words.is_quoted(at));
            return Some((start, words.is_quoted(start) && all));
        }
        let asks =
            words.is(head, Class::Wh) && (!words.is_word(head, &["was", "wie", "wo"]) || cue.is(words, Class::Ask));
        if words.is(head, Class::That) || (asks && number == from) {
            return Some((start, false));
        }
        let condition = words.is_word(head, &["wenn", "falls", "sollte", "sollten", "solange", "sobald"]);
        let rest = segments[number..].iter().take(3).filter(|segment| !segment.is_relative(words));
        let reported = rest.flat_map(|segment| segment.range.clone()).any(|at| is_reported(words, at));
        if (words.is(head, Class::Sub) && !condition) || segment.is_relative(words) {
            continue;
        } else if reported
            || (has_zu(words, segment) && !cue.is(words, Class::Show) && (!cue.passive || number == from))
        {
            return Some((start, false));
        } else if segment.is_phrase(words) && segments.len() > number + 1 && segment.sign == ',' {
            continue;
        }
        let says = cue.is(words, Class::Say) || cue.is(words, Class::Think);
        let clause = segment.head(words) == start;
        return (says && clause && !cue.passive && number == from && starts_clause(words, start))
            .then_some((start, false));
    }
    None
}

/// Whether a verb stands here in the form of indirect speech.
pub fn is_reported(words: Words<'_>, at: usize) -> bool {
    words.get(at).is_some_and(|token| {
        let unknown = token.entry.classes.is_empty() && words.word(at).ends_with("iere");
        token.kind == Kind::Lower && (token.is(Class::Reported) || unknown)
    })
}

/// Whether a main clause can begin here: not with a verb.
fn starts_clause(words: Words<'_>, at: usize) -> bool {
    !is_verb(words, at) && !words.is_word(at, &["darunter", "vor", "so"])
}

/// Whether there is an infinitive with `zu`.
fn has_zu(words: Words<'_>, segment: &Segment) -> bool {
    let lower = |at: usize| words.get(at).is_some_and(|token| token.kind == Kind::Lower);
    segment.range.clone().any(|at| words.is_word(at, &["zu"]) && at + 2 >= segment.range.end && lower(at + 1))
        || words.get(segment.range.end - 1).is_some_and(|last| {
            let word = words.word(segment.range.end - 1);
            last.kind == Kind::Lower && word.contains("zu") && word.ends_with('n')
        })
}

/// Where the quotations end that begin here; all of the rest where other words go on.
fn quotations(words: Words<'_>, start: usize, end: usize) -> usize {
    let quoted = (start..end).take_while(|at| words.is_quoted(*at)).count();
    if quoted > 0 { start + quoted } else { end }
}

/// `Er bestreitet jede Kenntnis: „…“`: a quotation or indirect speech behind a colon, whatever the verb.
fn by_colon(words: Words<'_>, segments: &[Segment], end: usize) -> Option<Frame> {
    let (number, segment) = segments.iter().enumerate().find(|(_, segment)| segment.sign == ':')?;
    let start = segment.range.start;
    let source = main_subject(words, segments).filter(|source| source.end <= start);
    let quoted = words.is_quoted(start);
    let reported = || segments[number..].iter().any(|part| part.range.clone().any(|at| is_reported(words, at)));
    if !quoted && (source.is_none() || !reported()) {
        return None;
    }
    let end = if quoted { quotations(words, start, end) } else { end };
    Some(Frame { content: one(start..end), source, rule: "quote.colon", ..Frame::default() })
}

/// `„…“, skandierten die Demonstranten`: a verb behind a quotation that is in no list.
fn by_order(words: Words<'_>, segments: &[Segment], end: usize) -> Option<Frame> {
    let (number, _) = segments.iter().enumerate().skip(1).find(|(number, segment)| {
        let before = &segments[number - 1].range;
        let verb = words.get(segment.range.start).is_some_and(|token| {
            let unknown = token.entry.classes.is_empty() && is_past(words, segment.range.start);
            token.kind == Kind::Lower && (unknown || token.is(Class::Verb) || token.is(Class::Split))
        });
        verb && before.len() == 1 && words.is_quoted(before.start)
    })?;
    let at = segments[number].range.start;
    let source = Some(behind(words, segments, number, at)?);
    let mut content = one(segments[number - 1].range.clone());
    content.extend(goes_on(words, segments, number + 1).map(|start| start..end));
    Some(Frame { content, source, cue: vec![at], rule: "quote.after", ..Frame::default() })
}

/// The beginnings of verbs whose object is what was said.
const OBJECTS: [&str; 21] = [
    "beschuldig",
    "befürcht",
    "gedroht",
    "nenn",
    "nannt",
    "kündig",
    "angekündig",
    "verlang",
    "bemängel",
    "kritisier",
    "begründ",
    "erwart",
    "vermut",
    "protestier",
    "fordert",
    "gefordert",
    "bezeichn",
    "warn",
    "rechne",
    "dementier",
    "prognostizier",
];

/// `Sie kündigte ihren Rücktritt an.`: what was said is in the sentence, but not in a clause of its own.
fn whole(words: Words<'_>, segments: &[Segment]) -> Option<Frame> {
    let cue = cues(words, segments).into_iter().find(|cue| {
        let first = words.word(cue.finite);
        let word = cue.more.map_or(first, |more| words.word(more));
        let of = ["sprach", "sprich", "spreche", "gesprochen", "bericht"].iter().any(|verb| word.starts_with(verb))
            && (cue.finite..words.len().min(cue.finite + 8)).any(|at| words.is_word(at, &["von", "vom", "über"]));
        let with = OBJECTS.iter().any(|verb| word.starts_with(verb) || first.starts_with(verb));
        !cue.subordinate && (of || with)
    })?;
    let source = subject(words, segments, &cue).filter(|_| !cue.passive)?;
    // `Das meldete die Zeitung` points to the sentence before; a quotation is given by itself.
    let points = words.is_word(0, &["das", "dies"]) && cue.finite == 1;
    if points || (0..words.len()).any(|at| words.is_quoted(at) && speaks(words, at, true)) {
        return None;
    }
    let cues = std::iter::once(cue.finite).chain(cue.more).collect();
    let negated = words.tokens.iter().any(|token| token.is(Class::Neg));
    Some(Frame { content: one(0..words.len()), source: Some(source), cue: cues, rule: "quote.whole", negated })
}

/// `Er ist der Ansicht, dass`: a noun or an adjective carries the clause.
fn by_noun(words: Words<'_>, segments: &[Segment], end: usize) -> Option<Frame> {
    let sure = Classes::of(&[Class::Noun, Class::Sure]);
    segments.iter().zip(segments.iter().skip(1)).enumerate().find_map(|(number, (before, clause))| {
        if before.is_subordinate(words, number) || words.is(before.range.start, Class::Wh) {
            return None;
        }
        let last = before.range.end - 1;
        let noun = (before.range.start..before.range.end)
            .rev()
            .take(4)
            .find(|at| words.get(*at).is_some_and(|token| token.any(sure)))?;
        let near = noun == last || !is_noun(words, last);
        let start = clause.range.start;
        let reported = clause.range.clone().any(|at| words.is(at, Class::Reported));
        let carries = words.is(start, Class::That)
            || (words.is(noun, Class::Noun) && has_zu(words, clause))
            || words.is_word(start, &["ob", "wonach"])
            || (reported && !clause.is_relative(words));
        if !near || clause.sign != ',' || !carries {
            return None;
        }
        let start = start + usize::from(words.is_word(start, &["wonach"]));
        let source = main_subject(words, segments).filter(|source| source.end <= start);
        let rule = if words.is(noun, Class::Sure) { "quote.sure" } else { "quote.noun" };
        Some(Frame { content: one(start..end), source, cue: vec![noun], rule, ..Frame::default() })
    })
}
