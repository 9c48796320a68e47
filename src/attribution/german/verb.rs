//! German verbs that say who says something, whole (`sagte`), split (`teilte … mit`) and made of two (`hat … gesagt`),
//! and whose they are.

use std::ops::Range;

use super::{
    phrase::{Joins, can_be_subject, is_noun, phrase},
    segment::{Segment, is_past},
};
use crate::{
    english::word::{CUES, Words},
    lexicon::{Class, Classes, Form},
    token::{Kind, Token},
};

/// Verbs that stand with another one.
const HELPERS: Classes = Classes::of(&[Class::Be, Class::Have, Class::Modal]);

/// A verb that says that something was said.
#[derive(Clone, Debug)]
pub struct Cue {
    /// The part of the sentence that it stands in.
    pub segment: usize,
    /// Its finite form.
    pub finite: usize,
    /// The other words of it.
    pub more: Option<usize>,
    /// The part of the sentence behind which what was said can begin.
    pub last: usize,
    /// Whether the one who says it cannot be the subject (`wurde mitgeteilt`).
    pub passive: bool,
    /// Whether its verb stands at the end of a subordinate clause.
    pub subordinate: bool,
}

impl Cue {
    /// Whether it is in that class.
    pub fn is(&self, words: Words<'_>, class: Class) -> bool {
        words.is(self.more.unwrap_or(self.finite), class) || words.is(self.finite, class)
    }
}

/// The cues of a sentence, in order.
pub fn cues(words: Words<'_>, segments: &[Segment]) -> Vec<Cue> {
    let mut found = Vec::new();
    for (number, segment) in segments.iter().enumerate() {
        if segment.is_subordinate(words, number) {
            found.extend(at_end(words, segments, number).or_else(|| far_end(words, segments, number)));
            continue;
        }
        let mut at = segment.range.start;
        while let Some(cue) = (at..segment.range.end).find_map(|at| main(words, segments, number, at)) {
            let from = cue.finite + 1;
            found.push(cue);
            let Some(joint) = (from..segment.range.end).find(|at| words.is(*at, Class::Coord)) else { break };
            at = joint;
        }
    }
    found
}

/// The cue of a main clause whose finite form stands here.
fn main(words: Words<'_>, segments: &[Segment], number: usize, at: usize) -> Option<Cue> {
    let token = words.get(at).filter(|token| token.kind == Kind::Lower || at == 0)?;
    if token.is(Class::Det) || token.is(Class::Some) {
        return None;
    }
    let segment = &segments[number];
    let cue = |more: Option<usize>, last: usize, passive: bool| Cue {
        segment: number,
        finite: at,
        more,
        last,
        passive,
        subordinate: false,
    };
    if token.any(HELPERS) || token.is(Class::Reported) && token.is(Class::Have) {
        let be = words.is_word(at, &["wird", "werden", "wurde", "wurden", "ist", "sind", "war", "waren"]);
        let modal = token.is(Class::Modal);
        let (more, last) = second(words, segments, number, |words, at| {
            words.get(at).is_some_and(|token| {
                let form = token.form(Form::Participle) || (modal && token.form(Form::Base));
                token.kind == Kind::Lower && token.any(CUES) && form
            })
        })?;
        let passive = be || words.is_word(more + 1, &["worden", "werden"]);
        return (more > at).then(|| cue(Some(more), last, passive && !words.is_word(more, &["zitiert"])));
    }
    if token.is(Class::Split) {
        let particle = second(words, segments, number, |words, at| words.is(at, Class::Particle));
        if let Some((more, last)) =
            particle.filter(|(more, _)| *more > at && goes_with(words.word(at), words.word(*more)))
        {
            return Some(cue(Some(more), last, false));
        }
    }
    let finite = token.form(Form::Past) || token.form(Form::Third) || token.form(Form::Base);
    if !finite || !token.any(CUES) {
        return None;
    }
    let infinitive = token.form(Form::Base) && !token.form(Form::Third) && is_infinitive(words, segment, at);
    let named = words.word(at).starts_with("heiß") && !words.is_word(at + 1, &["es"]);
    (!infinitive && !named && !is_attribute(words, segment, at)).then(|| cue(None, number, false))
}

/// Whether a form of a verb describes the noun behind it.
fn is_attribute(words: Words<'_>, segment: &Segment, at: usize) -> bool {
    let opened = |before: &Token| before.any(Classes::of(&[Class::Det, Class::Poss, Class::Prep]));
    let described = words.word(at.wrapping_sub(1)).ends_with("en") && words.word(at).ends_with("en");
    // `Israel begann die seit Tagen erwartete Offensive`
    let second = || {
        (segment.range.start..at)
            .rev()
            .take_while(|before| !words.is(*before, Class::Coord))
            .any(|before| is_verb(words, before) || (is_past(words, before) && !is_noun(words, before + 1)))
    };
    is_noun(words, at + 1) && (words.before(at).is_some_and(opened) || described || second())
}

/// Whether the last part of a verb goes with its first part, and the two of them report words.
pub fn goes_with(first: &str, last: &str) -> bool {
    const PAIRS: [(&str, &[&str]); 23] = [
        ("mit", &["teil"]),
        ("bekannt", &["gab", "gib", "geb", "gäb", "mach"]),
        (
            "an",
            &[
                "gab", "gib", "geb", "kündig", "merk", "führ", "deut", "mahn", "prang", "nahm", "nimm", "nehm", "reg",
                "klag", "bot", "biet",
            ],
        ),
        ("ein", &["räum", "gest", "wand", "stuf"]),
        ("zurück", &["wies", "weis"]),
        ("fest", &["stell", "leg", "hielt", "hält"]),
        ("klar", &["stell"]),
        ("hin", &["wies", "weis"]),
        ("daraufhin", &["wies", "weis"]),
        ("hinzu", &["füg"]),
        ("fort", &["fuhr", "fähr", "fahr"]),
        ("vor", &["schl", "trug", "träg", "rechn", "warf", "wirf", "werf", "hielt", "hält", "las"]),
        ("aus", &["führ", "sag", "sprach", "sprich", "drück", "schl", "ging", "geh"]),
        ("ab", &["lehn", "stritt", "streit", "wink"]),
        ("dar", &["leg"]),
        ("zu", &["gab", "gib", "geb", "sag", "stimm", "sicher"]),
        ("hervor", &["hob", "heb"]),
        ("nahe", &["leg"]),
        ("bei", &["pflicht"]),
        ("zusammen", &["fass"]),
        ("voraus", &["sag"]),
        ("auf", &["forder", "rief", "ruf", "zeig"]),
        ("heraus", &["stell", "fand", "find"]),
    ];
    PAIRS.iter().any(|(particle, stems)| *particle == last && stems.iter().any(|stem| first.starts_with(stem)))
}

/// The other word of a verb: at the end of its part of the sentence, or behind what is inserted.
fn second(
    words: Words<'_>,
    segments: &[Segment],
    number: usize,
    fits: impl Fn(Words<'_>, usize) -> bool,
) -> Option<(usize, usize)> {
    for (last, segment) in segments.iter().enumerate().skip(number).take(4) {
        if last > number && segment.sign != ',' {
            return None;
        }
        let mut end = segment.range.end - 1;
        // `war bezeichnet worden`
        let behind = ["worden", "werden", "haben"];
        if end > segment.range.start && words.is_word(end, &behind) && fits(words, end - 1) {
            end -= 1;
        }
        if fits(words, end) && (last == number || segment.range.len() <= 6) {
            return Some((end, last));
        }
        // `hat erklärt und`, `wies alles zurück und`
        let inner = segment.range.clone().find(|at| words.is(*at + 1, Class::Coord) && fits(words, *at));
        if let Some(inner) = inner.filter(|_| last == number) {
            return Some((inner, last));
        }
        if last > number && !segment.is_phrase(words) && !segment.is_relative(words) {
            return None;
        }
    }
    None
}

/// Whether an infinitive stands here: with `zu` or a helping verb before it.
fn is_infinitive(words: Words<'_>, segment: &Segment, at: usize) -> bool {
    let end = at + 1 == segment.range.end;
    let helped = (segment.range.start..at).any(|before| words.get(before).is_some_and(|token| token.any(HELPERS)));
    words.before(at).is_some_and(|_| words.is_word(at - 1, &["zu"])) || (end && helped)
}

/// `Wie der Direktor des Amtes, Smith, mitteilte`: the cue at the end of a later part of the sentence.
fn far_end(words: Words<'_>, segments: &[Segment], number: usize) -> Option<Cue> {
    let wie = words.is_word(segments[number].head(words), &["wie"]);
    let whole = phrase(words, segments[number].head(words) + 1, Joins::All) == Some(segments[number].range.end);
    let last = (number + 1..segments.len().min(number + 4)).take_while(|_| wie && whole).find_map(|last| {
        let token = words.get(segments[last].range.end - 1)?;
        (segments[last].sign == ',' && token.kind == Kind::Lower && token.any(CUES)).then_some(last)
    })?;
    let finite = segments[last].range.end - 1;
    Some(Cue { segment: number, finite, more: None, last, passive: false, subordinate: true })
}

/// The cue at the end of a subordinate clause.
fn at_end(words: Words<'_>, segments: &[Segment], number: usize) -> Option<Cue> {
    let segment = &segments[number];
    let end = segment.range.end - 1;
    let helped = words.get(end).is_some_and(|token| token.any(HELPERS) || token.is(Class::Reported));
    let finite = if helped { end.checked_sub(1)? } else { end };
    let token = words.get(finite).filter(|token| token.kind == Kind::Lower)?;
    let split = words.is(finite, Class::Split) && words.is(finite.checked_sub(1)?, Class::Particle);
    if finite <= segment.range.start || !(token.any(CUES) || split) {
        return None;
    }
    let passive = helped && words.is(end, Class::Be);
    Some(Cue { segment: number, finite, more: helped.then_some(end), last: number, passive, subordinate: true })
}

/// Whose the verb is, and whether the part of the sentence begins with it.
pub fn subject(words: Words<'_>, segments: &[Segment], cue: &Cue) -> Option<Range<usize>> {
    let segment = &segments[cue.segment];
    if cue.subordinate {
        let subject = of_subordinate(words, segment)?;
        let tail = &segments[cue.last].range;
        if cue.last > cue.segment && phrase(words, tail.start, Joins::All) == Some(cue.finite) {
            return Some(subject.start..cue.finite);
        }
        let last = segments[cue.segment..cue.last].iter().skip(1).rfind(|segment| segment.is_phrase(words));
        return Some(subject.start..last.map_or(subject.end, |last| last.range.end));
    }
    if cue.finite > segment.head(words) && words.before(cue.finite).is_some_and(|before| before.is(Class::Coord)) {
        return main_subject(words, segments);
    }
    let head = segment.head(words);
    if words.word(cue.finite).starts_with("zitier") {
        return (cue.finite + 1..segment.range.end.min(cue.finite + 4))
            .find_map(|at| phrase(words, at, Joins::Of).map(|end| at..end.min(segment.range.end)));
    }
    if cue.finite == head {
        return if cue.segment > 0 && head > segment.range.start {
            None
        } else {
            let other = words.is_word(cue.finite + 1, &["er", "ich", "wir"]);
            inserted(words, segments, cue.segment)
                .filter(|_| !other)
                .or_else(|| behind(words, segments, cue.segment, cue.finite))
        };
    }
    before(words, segments, cue.segment, cue.finite).or_else(|| behind(words, segments, cue.segment, cue.finite))
}

/// The subject of a clause that a conjunction or a relative pronoun begins.
fn of_subordinate(words: Words<'_>, segment: &Segment) -> Option<Range<usize>> {
    let head = segment.head(words);
    if segment.is_relative(words) {
        return (!words.is(head, Class::Prep) && can_be_subject(words, head)).then_some(head..head + 1).or_else(|| {
            (head + 1..(head + 3).min(segment.range.end))
                .find_map(|at| phrase(words, at, Joins::Of).filter(|_| can_be_subject(words, at)).map(|end| at..end))
        });
    }
    (head + 1..(head + 4).min(segment.range.end))
        .find_map(|at| phrase(words, at, Joins::All).filter(|_| can_be_subject(words, at)).map(|end| at..end))
        .map(|found| found.start..found.end.min(segment.range.end))
}

/// The subject before the verb, if nothing but it stands there.
fn before(words: Words<'_>, segments: &[Segment], number: usize, finite: usize) -> Option<Range<usize>> {
    let head = segments[number].head(words);
    if let Some(named) = nobiliary(words, head).filter(|named| *named == finite && !is_noun(words, finite + 1)) {
        return Some(head..named);
    }
    let mut end = phrase(words, head, Joins::All)?;
    while end < finite && (words.is(end, Class::Adverb) || words.is(end, Class::Object)) {
        end += 1;
    }
    let other = words.is_word(finite + 1, &["er", "ich", "wir"]);
    let object = !can_be_subject(words, head) || is_addressed(words, head, finite) || other;
    if end != finite || object {
        return None;
    }
    let mut last = finite;
    while last > head + 1 && words.is(last - 1, Class::Adverb) && !is_noun(words, last - 1) {
        last -= 1;
    }
    Some(head..last)
}

/// `Von der Leyen`: where a name ends that a small word begins.
fn nobiliary(words: Words<'_>, head: usize) -> Option<usize> {
    let small = words.is_word(head, &["von", "zu"]);
    let article = usize::from(words.is_word(head, &["von"]) && words.is_word(head + 1, &["der", "dem", "den"]));
    let name = head + 1 + article;
    (small && is_noun(words, name)).then_some(name + 1)
}

/// Whether somebody is addressed who stands before the verb: `Der Zeitung sagte Karma`.
fn is_addressed(words: Words<'_>, head: usize, finite: usize) -> bool {
    words.is_word(head, &["der"]) && words.is(finite - 1, Class::Media) && is_noun(words, finite + 1)
}

/// `Celebi, die Anwältin der Frau, riet`: the subject is before what is inserted.
fn inserted(words: Words<'_>, segments: &[Segment], number: usize) -> Option<Range<usize>> {
    let is_phrase =
        |segment: &Segment| phrase(words, segment.head(words), Joins::All).is_some_and(|end| end >= segment.range.end);
    let between = (1..number).rev().take_while(|at| {
        let segment = &segments[*at];
        segment.sign == ',' && (is_phrase(segment) || words.is(segment.range.start, Class::Rel))
    });
    let whole = |at: usize| is_phrase(&segments[at]) && can_be_subject(words, segments[at].head(words));
    let first = number.checked_sub(1 + between.count())?;
    let first = first + usize::from(!whole(first));
    if number == 0 || segments[number].sign != ',' || first + 1 >= number || !whole(first) {
        return None;
    }
    let head = segments[first].head(words);
    let appositions =
        (first + 1..number).take_while(|at| is_phrase(&segments[*at]) && !segments[*at].is_relative(words));
    let last = appositions.last().unwrap_or(first);
    Some(head..segments[last].range.end)
}

/// The subject behind the verb.
pub fn behind(words: Words<'_>, segments: &[Segment], number: usize, finite: usize) -> Option<Range<usize>> {
    let segment = &segments[number];
    let mut at = finite + 1;
    while at < segment.range.end {
        let Some(token) = words.get(at) else { break };
        let fits = can_be_subject(words, at) && !token.is(Class::Prep) && !token.is(Class::Adverb);
        // `sprach der Präsident von`
        let of = ["spr", "bericht"].iter().any(|verb| words.word(finite).starts_with(verb));
        if fits && let Some(end) = phrase(words, at, if of { Joins::None } else { Joins::Of }) {
            let end = end.min(segment.range.end);
            return Some(at..with_apposition(words, segments, number, end));
        }
        at = if token.is(Class::Prep) || !can_be_subject(words, at) {
            phrase(words, at + usize::from(token.is(Class::Prep)), Joins::Of).unwrap_or(at + 1).max(at + 1)
        } else {
            at + 1
        };
    }
    None
}

/// `General Hagee, Kommandant des Korps,`: where a phrase ends with what is said of it between commas.
pub fn with_apposition(words: Words<'_>, segments: &[Segment], number: usize, end: usize) -> usize {
    let whole = end == segments[number].range.end;
    let next = segments.get(number + 1).filter(|next| whole && next.sign == ',');
    match next {
        Some(next) if next.is_phrase(words) && !next.is_relative(words) => {
            let closes =
                segments.get(number + 2).is_some_and(|after| after.sign != '"') || number + 2 == segments.len();
            if closes { next.range.end } else { end }
        }
        _ => end,
    }
}

/// The subject of a sentence that has no cue: the phrase before its verb or behind it.
pub fn main_subject(words: Words<'_>, segments: &[Segment]) -> Option<Range<usize>> {
    let (number, first) =
        segments.iter().enumerate().find(|(number, segment)| !segment.is_subordinate(words, *number))?;
    let head = first.head(words);
    if can_be_subject(words, head)
        && let Some(end) = phrase(words, head, Joins::All)
        && !words.is(head, Class::Prep)
    {
        return Some(head..with_apposition(words, segments, number, end.min(first.range.end)));
    }
    let verb = first.range.clone().find(|at| is_verb(words, *at))?;
    behind(words, segments, number, verb)
}

/// Whether it looks like a finite verb.
pub fn is_verb(words: Words<'_>, at: usize) -> bool {
    words.get(at).is_some_and(|token| {
        let known = token.any(HELPERS)
            || token.any(CUES)
            || token.any(Classes::of(&[Class::Split, Class::Verb, Class::Reported]));
        token.kind == Kind::Lower && known
    })
}
