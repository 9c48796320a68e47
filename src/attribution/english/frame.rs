//! Frames: a word that attributes, who speaks, and what is attributed, inside one sentence.

use std::ops::Range;

use super::{
    clause,
    phrase::{adjunct, core_after, phrase_after},
    subject::{main_subject, subject_after, subject_before},
    verb::{Group, group},
    word::Words,
};
use crate::{
    lexicon::{Class, Classes, Form},
    token::Kind,
};

/// Somebody is said to have said something: all as places of tokens in the sentence.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The words that say so.
    pub cue: Range<usize>,
    /// Who speaks.
    pub source: Option<Range<usize>>,
    /// What was said: stretches of the sentence.
    pub content: Vec<Range<usize>>,
    /// Whether what follows the sentence can belong to it: it ends with a quotation, a colon, or the cue.
    pub open: bool,
    /// The frame stands beside quotations only, and is none without one.
    pub voice: bool,
    /// Whether the cue is negated.
    pub negated: bool,
    /// Whether the cue is less than certain.
    pub modal: bool,
    /// What kind of frame it is, for the reason and the score.
    pub rule: &'static str,
    /// The source was taken over from another verb of the sentence.
    pub inherited: bool,
}

/// All frames of a sentence, in the order of their cues.
pub fn frames(words: Words<'_>) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let found = according(words, at)
            .or_else(|| verbal(words, at, &frames))
            .or_else(|| sure(words, at))
            .or_else(|| nominal(words, at));
        match found {
            Some(frame) => {
                at = frame.cue.end.max(at + 1);
                frames.push(frame);
            }
            None => at += 1,
        }
    }
    frames
}

const END: [char; 5] = ['.', '!', '?', '…', ';'];

/// Where the sentence ends, without its full stop.
pub fn sentence_end(words: Words<'_>) -> usize {
    let mut end = words.len();
    while end > 0
        && words.get(end - 1).is_some_and(|token| matches!(token.kind, Kind::Sign(sign) if END.contains(&sign)))
    {
        end -= 1;
    }
    end
}

/// `According to the police, nobody was hurt`; `, according to the police`.
fn according(words: Words<'_>, at: usize) -> Option<Frame> {
    let end = sentence_end(words);
    let (first, rule) = if words.is_word(at, &["according"]) && words.is(at + 1, Class::To) {
        (at + 2, "according")
    } else if words.is_word(at, &["per"]) && words.before(at).is_some_and(|before| before.is_sign(',')) {
        (at + 1, "according")
    } else if words.is_word(at, &["for"])
        && at == 0
        && words.get(1).is_some_and(|token| token.kind == Kind::Capital)
        && !words.is(1, Class::Time)
    {
        (1, "for")
    } else {
        return None;
    };
    if words.is_quoted(first) {
        return None;
    }
    let core =
        core_after(words, first, end).or_else(|| object(words, first)).or_else(|| phrase_after(words, first, end))?;
    let whole = phrase_after(words, first, end).unwrap_or(core.clone());
    // `According to the Herald, Professor Burrows said`: what follows the comma is the clause, unless another comes.
    let apart = at > 0 || (words.is_sign(whole.end, ',') && clause::has_clause(words, whole.end + 1, end));
    let source = if apart && at == 0 && words.get(core.end + 1).is_some_and(|next| next.kind == Kind::Capital) {
        core
    } else if apart {
        whole
    } else {
        core
    };
    if rule == "for" && !(words.is_sign(source.end, ',') && clause::has_clause(words, source.end + 1, end)) {
        return None;
    }
    let mut after = source.end;
    // `according to a statement released on Monday, …`
    if !words.is_sign(after, ',') && after < end {
        after = (after..end).find(|at| words.is_sign(*at, ',')).unwrap_or(end);
    }
    // `According to the agency, quoting the ministry, …`
    if at == 0 && words.is_word(after + 1, &["quoting", "citing"]) {
        after = (after + 1..end).find(|at| words.is_sign(*at, ',')).unwrap_or(end);
    }
    let before = clause::trim(words, 0..at);
    let mut content = Vec::new();
    let fronted = before.is_empty()
        || !clause::has_clause(words, before.start, before.end) && !words.has_finite(0, at) && before.len() <= 4;
    if !fronted {
        content.push(clause::before(words, before));
    }
    if (fronted || clause::goes_on(words, after, end)) && after < end {
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

/// A pronoun as an object.
fn object(words: Words<'_>, at: usize) -> Option<Range<usize>> {
    words.is(at, Class::Object).then_some(at..at + 1)
}

/// A frame around a reporting verb.
fn verbal(words: Words<'_>, at: usize, earlier: &[Frame]) -> Option<Frame> {
    let group = group(words, at)?;
    let end = sentence_end(words);
    let mut inherited = false;
    let inverted = inverted_subject(words, &group, end);
    let mut source = match &inverted {
        Some(subject) => Some(subject.clone()),
        None => subject_before(words, group.start),
    };
    let own = source.is_some();
    if own && group.participle {
        // `a letter warning that`, but not `Smith, warning that`.
        let carried = source.as_ref().is_some_and(|source| {
            source.end == group.start && source.clone().any(|at| words.get(at).is_some_and(|token| token.any(TEXTS)))
        });
        source = source.filter(|_| carried);
    }
    if group.participle && source.is_none() {
        source = text_before(words, group.start);
    }
    if source.is_none() {
        source = coordinated(words, group.start);
        if source.is_none() {
            let last = earlier.iter().rev().find(|frame| frame.rule != "noun").and_then(|frame| frame.source.clone());
            source = last
                .or_else(|| main_subject(words, group.start))
                .or_else(|| (group.start == 0).then(|| behind_participle(words, end)).flatten());
        }
        inherited = source.is_some();
    }
    let behind = inverted.as_ref().map_or(group.end, |subject| subject.end);
    let frame = content(words, &group, behind, inverted.is_some(), own, end, earlier)?;
    let Content { mut content, open, voice, rule } = frame;
    if group.passive {
        source = by_agent(words, behind, end);
        content.retain(|stretch| {
            !source.as_ref().is_some_and(|source| stretch.start < source.end && source.start < stretch.end)
        });
    }
    if group.infinitive && source.is_none() {
        return None;
    }
    let (negated, modal) = (group.negated, group.modal);
    let cue = group.start..group.end;
    // A source is never part of what it says.
    let mut parts = Vec::new();
    for stretch in content {
        match &source {
            Some(source) if stretch.start < source.end && source.start < stretch.end => {
                parts.push(stretch.start..source.start.max(stretch.start));
                parts.push(source.end.min(stretch.end)..stretch.end);
            }
            _ => parts.push(stretch),
        }
    }
    let mut content: Vec<_> = parts.into_iter().map(|stretch| clause::trim(words, stretch)).collect();
    content.retain(|stretch| !stretch.is_empty());
    if content.is_empty() && !open {
        return None;
    }
    Some(Frame { cue, source, content, open, voice, negated, modal, rule, inherited })
}

/// Texts can carry a participle: `a letter warning that`.
const TEXTS: Classes = Classes::of(&[Class::Document, Class::SayNoun]);

/// The text that a participle belongs to, over a time: `a letter last month warning that`.
fn text_before(words: Words<'_>, start: usize) -> Option<Range<usize>> {
    let mut at = start;
    while at > 0 && (words.is(at - 1, Class::Time) || words.is_word(at - 1, &["last", "this", "on"])) {
        at -= 1;
    }
    let last = at.checked_sub(1).filter(|last| *last + 1 < start)?;
    let phrase = super::phrase::phrase_before(words, last)?;
    words.get(last)?.any(TEXTS).then_some(phrase)
}

/// The subject of the verb that a verb behind `and` is coordinated with.
fn coordinated(words: Words<'_>, start: usize) -> Option<Range<usize>> {
    let mut at = start.checked_sub(1)?;
    while at > 0 && (words.is_adverb(at) || words.is_sign(at, ',')) {
        at -= 1;
    }
    if !words.is(at, Class::Coord) {
        return None;
    }
    let first = at.saturating_sub(30);
    (first..at).rev().filter(|at| words.is_finite(*at)).find_map(|at| {
        let mut verb = at;
        while verb > 0 && (words.is_adverb(verb - 1) || words.is_finite(verb - 1)) {
            verb -= 1;
        }
        subject_before(words, verb)
    })
}

/// `Speaking in Ohio, the senator said`: the subject of what comes after the comma.
fn behind_participle(words: Words<'_>, end: usize) -> Option<Range<usize>> {
    let comma = (0..end).find(|at| words.is_sign(*at, ','))?;
    phrase_after(words, comma + 1, end)
}

/// The subject, where it stands behind the verb.
fn inverted_subject(words: Words<'_>, group: &Group, end: usize) -> Option<Range<usize>> {
    let token = words.get(group.verb)?;
    let simple = group.start == group.verb && (token.form(Form::Past) || token.form(Form::Third));
    let reports = token.any(Classes::of(&[Class::Say, Class::Voice, Class::Ask, Class::Think]));
    let before = words.before(group.start)?;
    let comma = before.is_sign(',') || before.is_dash() || matches!(before.kind, Kind::Sign('?' | '!'));
    let opened = before.is_quoted() || comma || words.is_word(group.start - 1, &["as", "so"]);
    if !simple || !reports || !opened {
        return None;
    }
    let subject = subject_after(words, group.end, end)?;
    // `, said the plan was bad` goes on with a verb, so the phrase is what was said.
    if words.is_finite(subject.end) && !words.is_sign(subject.end, ',') {
        return None;
    }
    // `The mayor, Hector Salas, hailed the vote`: a verb with an object and a subject before the comma.
    let quoted = before.is_quoted() || (comma && group.start >= 2 && words.is_quoted(group.start - 2));
    let object = token.is(Class::Call) || !plain(words, group.verb);
    if comma && !quoted && (object || !words.has_finite(0, group.start)) && subject_before(words, group.start).is_some()
    {
        return None;
    }
    Some(subject)
}

/// The verbs that most often stand before their subject.
fn plain(words: Words<'_>, verb: usize) -> bool {
    words.is_word(
        verb,
        &[
            "said",
            "says",
            "added",
            "asked",
            "explained",
            "wrote",
            "replied",
            "wondered",
            "tweeted",
            "recalled",
            "noted",
            "warned",
            "argued",
            "insisted",
        ],
    )
}

/// `by the ministry`, behind a passive.
fn by_agent(words: Words<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    words.is_word(from, &["by"]).then(|| phrase_after(words, from + 1, end)).flatten()
}

struct Content {
    content: Vec<Range<usize>>,
    open: bool,
    voice: bool,
    rule: &'static str,
}

/// What was said: behind the verb, before it, or both.
fn content(
    words: Words<'_>,
    group: &Group,
    behind: usize,
    inverted: bool,
    own: bool,
    end: usize,
    earlier: &[Frame],
) -> Option<Content> {
    let token = words.get(group.verb)?;
    let from = earlier
        .last()
        .map_or(0, |frame| frame.cue.end.max(frame.content.iter().map(|stretch| stretch.end).max().unwrap_or(0)));
    let left = left(words, group, inverted, from);
    let left_quoted = left.as_ref().is_some_and(|left| {
        let spoken = words.is_quoted(left.end - 1) && super::partial::is_spoken(words, left.end - 1);
        spoken || (left.clone().any(|at| words.is_quoted(at)) && words.has_finite(left.start, left.end))
    });
    let speech = token.any(Classes::of(&[Class::Say, Class::Tell, Class::Ask, Class::Voice, Class::Think]));
    if let Some(right) = right(words, group, behind, end, left.is_some()) {
        let mut content = Vec::new();
        if right.joins && speech && left.is_some() {
            content.extend(left);
        }
        let rule = right.rule;
        let open = right.open;
        content.push(right.stretch);
        return Some(Content { content, open, voice: right.quoted_only, rule });
    }
    let infinitive = words.before(group.verb).is_some_and(|before| before.is(Class::To));
    let post = !infinitive && speech || token.any(Classes::of(&[Class::Show, Class::Call, Class::Deny]));
    if !post || (!own && !inverted && !left_quoted && !group.participle) {
        return None;
    }
    let voice = !token.any(Classes::of(&[Class::Say, Class::Think, Class::Tell, Class::Show]));
    match left {
        Some(left) if left_quoted || (!voice && clause::has_clause(words, left.start, left.end)) => {
            Some(Content { content: vec![clause::before(words, left)], open: true, voice, rule: "after" })
        }
        // `Smith explained from a podium. “I love cats.”`
        None if token.any(Classes::of(&[Class::Say, Class::Tell, Class::Ask, Class::Voice])) && !group.passive => {
            Some(Content { content: Vec::new(), open: true, voice: true, rule: "beside" })
        }
        _ => None,
    }
}

/// What stands before the subject, as far as it can be what was said.
fn left(words: Words<'_>, group: &Group, inverted: bool, from: usize) -> Option<Range<usize>> {
    let mut start = group.start;
    if !inverted {
        let subject = subject_before(words, group.start)?;
        start = subject.start;
        while start > 0 && words.is_word(start - 1, &["as"]) {
            start -= 1;
        }
    }
    let joined = words.before(start).is_some_and(|before| {
        before.is_quoted() || before.is_sign(',') || before.is_dash() || matches!(before.kind, Kind::Sign('?' | '!'))
    });
    if start <= from || !joined {
        return None;
    }
    let left = clause::trim(words, from..start);
    (!left.is_empty()).then_some(left)
}

struct Right {
    stretch: Range<usize>,
    /// What stands before the subject belongs to it.
    joins: bool,
    open: bool,
    quoted_only: bool,
    rule: &'static str,
}

/// What stands behind the verb, as far as it can be what was said.
fn right(words: Words<'_>, group: &Group, behind: usize, end: usize, has_left: bool) -> Option<Right> {
    let token = words.get(group.verb)?;
    let is = |class| token.is(class);
    let mut at = behind;
    if is(Class::Tell) || is(Class::Order) || (is(Class::Ask) && !words.is(at, Class::Wh)) {
        at = addressee(words, at, end);
    }
    let speech = token.any(Classes::of(&[
        Class::Say,
        Class::Tell,
        Class::Ask,
        Class::Voice,
        Class::Think,
        Class::Show,
        Class::Deny,
    ]));
    let clause_end = |from: usize| clause::end(words, from, end);
    let make = |from: usize, to: usize, rule| {
        let stretch = clause::trim(words, from..to);
        let open = stretch.end > 0 && words.is_quoted(stretch.end.saturating_sub(1));
        (!stretch.is_empty()).then_some(Right { stretch, joins: false, open, quoted_only: false, rule })
    };
    if let Some(mut right) = quotation(words, group, at, end, speech) {
        right.joins = has_left;
        return Some(right);
    }
    let skipped = clause::adjuncts(words, at, end);
    // `Smith, he said, would go`: what was said goes on behind the comma.
    let infinitive = words.before(group.verb).is_some_and(|before| before.is(Class::To));
    if has_left && !infinitive && words.is_sign(skipped, ',') && speech && clause::goes_on(words, skipped, end) {
        let mut right = make(skipped + 1, clause_end(skipped + 1), "around")?;
        right.joins = true;
        return Some(right);
    }
    if has_left && (words.is_sign(at, ',') || at >= end || skipped >= end) {
        return None;
    }
    let carries = token.any(Classes::of(&[
        Class::Say,
        Class::Tell,
        Class::Think,
        Class::Show,
        Class::Deny,
        Class::Ask,
        Class::Order,
    ]));
    for from in [at, skipped] {
        if carries && words.is(from, Class::That) && from < end && clause::has_clause(words, from + 1, end) {
            return make(from, clause_end(from), "that");
        }
        if words.is(from, Class::Wh)
            && !words.is_word(from, &["which"])
            && (is(Class::Ask) || is(Class::Say) || is(Class::Think) || is(Class::Tell) || is(Class::Show))
            && from < end
            && clause::has_clause(words, from + 1, end)
        {
            return make(from, clause_end(from), "whether");
        }
        if words.is(from, Class::To)
            && from < end
            && infinitive_follows(words, from)
            && (is(Class::Want) || is(Class::Order) || group.passive)
        {
            return make(from, clause_end(from), if is(Class::Order) && !is(Class::Want) { "order" } else { "to" });
        }
    }
    if is(Class::Say) && words.is_word(at, &["of"]) || is(Class::Accuse) {
        if let Some(of) =
            (at..end.min(at + 12)).find(|at| words.is_word(*at, &["of"])).filter(|of| words.is_ing(of + 1))
        {
            return make(of, clause_end(of), "accuse");
        }
    }
    if is(Class::Call)
        && let Some(right) = called(words, at, end)
    {
        return Some(right);
    }
    let bare = token.any(Classes::of(&[Class::Say, Class::Tell, Class::Think, Class::Show])) && !is(Class::Voice)
        || token.is(Class::Think)
        || words.is_word(group.verb, &["said", "says", "say", "saying"]);
    if bare && !group.passive {
        for from in [at, skipped] {
            if from < end && !words.is_sign(from, ',') && clause::opens(words, from, end) {
                return make(from, clause_end(from), "clause");
            }
        }
    }
    if token.is(Class::Deny)
        && at < end
        && (words.is_ing(at) || words.get(at).is_some_and(|token| token.is(Class::Det) || token.is(Class::Poss)))
    {
        return make(at, clause_end(at), "object");
    }
    None
}

fn infinitive_follows(words: Words<'_>, to: usize) -> bool {
    let mut at = to + 1;
    if words.is_quoted(at) {
        return true;
    }
    while words.is_adverb(at) || words.is(at, Class::Neg) {
        at += 1;
    }
    let det =
        words.get(at).is_some_and(|token| token.is(Class::Det) || token.is(Class::Poss) || token.is(Class::Object));
    words.get(at).is_some_and(|token| token.kind == Kind::Lower)
        && !det
        && !words.is_ing(at)
        && !words.get(at).is_some_and(|token| token.form(Form::Plural) || token.is(Class::Group))
}

/// A quotation right behind the verb, or behind a comma or colon, or as part of its object.
fn quotation(words: Words<'_>, group: &Group, at: usize, end: usize, speech: bool) -> Option<Right> {
    let token = words.get(group.verb)?;
    let skipped = clause::adjuncts(words, at, end);
    for mut from in [at, skipped] {
        let comma = words.is_sign(from, ',')
            || words.is_sign(from, ':')
            || words.get(from).is_some_and(crate::token::Token::is_dash);
        let colon = words.is_sign(from, ':');
        from += usize::from(comma);
        while words.is_word(from, &["and", "but"]) && words.is_quoted(from + 1) {
            from += 1;
        }
        if !speech && !(token.any(Classes::of(&[Class::Call])) && words.is_quoted(from)) && !colon {
            continue;
        }
        if words.is_quoted(from) && from < end {
            let to = if comma { quoted_run(words, from, end) } else { clause::end(words, from, end) };
            let quoted_only = token.is(Class::Voice) && !token.is(Class::Say);
            return Some(Right {
                stretch: clause::trim(words, from..to),
                joins: false,
                open: true,
                quoted_only,
                rule: "before",
            });
        }
        if colon && from >= end {
            return Some(Right { stretch: from..from, joins: false, open: true, quoted_only: true, rule: "colon" });
        }
        if colon && speech && from < end {
            return Some(Right {
                stretch: clause::trim(words, from..end),
                joins: false,
                open: true,
                quoted_only: false,
                rule: "colon",
            });
        }
    }
    None
}

/// Quotations one after the other, with what joins them.
fn quoted_run(words: Words<'_>, from: usize, end: usize) -> usize {
    let mut at = from;
    let mut last = from;
    while at < end {
        if words.is_quoted(at) {
            last = at + 1;
        } else if !(words.is_word(at, &["and", "but"]) || words.is_sign(at, ',')) {
            break;
        }
        at += 1;
    }
    // What goes on behind the quotation in small letters still belongs to the sentence that is quoted.
    let continues =
        words.get(last).is_some_and(|next| next.kind == Kind::Lower && !next.is(Class::Sub) && !next.is(Class::Coord));
    if continues && last < end && !words.get(last).is_some_and(|next| next.is(Class::Prep)) {
        clause::end(words, from, end)
    } else {
        last
    }
}

/// `called the plan “a disaster”`, `described it as a disaster`.
fn called(words: Words<'_>, at: usize, end: usize) -> Option<Right> {
    let stop = clause::end(words, at, end);
    let quoted = (at..stop.min(at + 14)).find(|at| words.is_quoted(*at));
    if let Some(quoted) = quoted {
        if (at..quoted).any(|at| words.is_finite(at)) {
            return None;
        }
        let to = quoted_run(words, quoted, stop);
        return Some(Right {
            stretch: clause::trim(words, at..to),
            joins: false,
            open: true,
            quoted_only: false,
            rule: "called",
        });
    }
    let object = if words.is(at, Class::Object) || words.is(at, Class::Empty) {
        Some(at..at + 1)
    } else {
        core_after(words, at, end)
    }?;
    let by_as = words.is_word(object.end, &["as"]);
    let judged = words.is_word(object.end, &["a", "an"]);
    (by_as || judged).then(|| Right {
        stretch: clause::trim(words, at..stop),
        joins: false,
        open: false,
        quoted_only: false,
        rule: "called",
    })
}

/// Behind who was told: `told reporters on Tuesday`.
fn addressee(words: Words<'_>, at: usize, end: usize) -> usize {
    if at >= end
        || words.is(at, Class::That)
        || words.is_quoted(at)
        || words.is(at, Class::Wh)
        || words.is(at, Class::To)
    {
        return at;
    }
    if words.is(at, Class::Object)
        || (words.is(at, Class::Poss) && !words.is_nominal(at + 1))
        || words.is_word(at, &["you"])
    {
        return at + 1;
    }
    match core_after(words, at, end) {
        // `told him the plan was bad`: a phrase with a verb behind it is a subject.
        Some(phrase) if !words.is_finite(phrase.end) || words.is(phrase.end, Class::That) => {
            // `told supporters he would go`: two phrases meet.
            phrase.end
        }
        Some(phrase) => split(words, phrase.clone()).unwrap_or(at),
        None => at,
    }
}

/// Where a second phrase begins inside what looks like one: `told reporters Smith was wrong`.
fn split(words: Words<'_>, phrase: Range<usize>) -> Option<usize> {
    (phrase.start + 1..phrase.end).find(|at| {
        let (Some(before), Some(here)) = (words.before(*at), words.get(*at)) else { return false };
        (before.kind == Kind::Lower
            && here.kind == Kind::Capital
            && !before.is(Class::Prep)
            && !before.is(Class::Det)
            && !before.is(Class::Title))
            || (here.is(Class::Det) && !before.is(Class::Prep))
    })
}

/// `is confident that`, `was glad to`
fn sure(words: Words<'_>, at: usize) -> Option<Frame> {
    let token = words.get(at)?;
    if !token.is(Class::Sure) || token.kind != Kind::Lower {
        return None;
    }
    let end = sentence_end(words);
    let mut start = at;
    let (mut be, mut negated) = (false, false);
    while start > 0 {
        let here = words.get(start - 1)?;
        if here.any(Classes::of(&[Class::Be, Class::Have, Class::Modal, Class::Neg])) {
            be |= here.is(Class::Be);
            negated |= here.is(Class::Neg);
        } else if !words.is_adverb(start - 1) {
            break;
        }
        start -= 1;
    }
    let that = words.is(at + 1, Class::That)
        || (words.is(at + 1, Class::Wh) && words.is_word(at + 1, &["whether", "if", "how", "why"]));
    let to = words.is(at + 1, Class::To)
        && infinitive_follows(words, at + 1)
        && words
            .is_word(at, &["willing", "unwilling", "ready", "prepared", "reluctant", "determined", "eager", "keen"]);
    let bare = !that && !to && clause::opens(words, at + 1, end);
    if !be || !(that || to || bare) {
        return None;
    }
    let source = subject_before(words, start)?;
    let content = vec![clause::trim(words, at + 1..clause::end(words, at + 1, end))];
    Some(Frame {
        cue: start..at + 1,
        source: Some(source),
        content,
        open: false,
        voice: false,
        negated,
        modal: false,
        rule: "sure",
        inherited: false,
    })
}

/// `his claim that the plan failed`, `a promise to go`
fn nominal(words: Words<'_>, at: usize) -> Option<Frame> {
    let token = words.get(at)?;
    let in_order = at > 0 && words.is_word(at, &["order"]) && words.is_word(at - 1, &["in"]);
    if !token.is(Class::SayNoun) || token.kind != Kind::Lower || in_order {
        return None;
    }
    let end = sentence_end(words);
    let promise = words.is_word(
        at,
        &[
            "promise",
            "promises",
            "pledge",
            "pledges",
            "vow",
            "vows",
            "plan",
            "plans",
            "threat",
            "threats",
            "decision",
            "intention",
            "intentions",
            "desire",
            "request",
            "requests",
            "call",
            "calls",
            "order",
            "orders",
            "demand",
            "demands",
            "proposal",
            "proposals",
            "refusal",
        ],
    );
    let mut by = at + 1;
    let mut agent = None;
    if words.is_word(by, &["by", "from"])
        && let Some(phrase) = core_after(words, by + 1, end)
    {
        by = phrase.end;
        agent = Some(phrase);
    }
    let that = words.is(by, Class::That) && clause::has_clause(words, by + 1, end);
    let to = promise && words.is(by, Class::To) && infinitive_follows(words, by);
    if !(that || to) {
        return None;
    }
    let source = agent.or_else(|| owner(words, at)).or_else(|| maker(words, at));
    let content = vec![clause::trim(words, by..clause::end(words, by, end))];
    Some(Frame {
        cue: at..at + 1,
        source,
        content,
        open: false,
        voice: false,
        negated: false,
        modal: false,
        rule: "noun",
        inherited: false,
    })
}

/// Whose claim it is: `his`, `the senator’s`.
pub(super) fn owner(words: Words<'_>, noun: usize) -> Option<Range<usize>> {
    let mut at = noun;
    while at > 0 && noun - at < 4 {
        at -= 1;
        let token = words.get(at)?;
        if token.is(Class::Poss) {
            return Some(at..at + 1);
        }
        if token.kind == Kind::Possessive {
            return super::phrase::phrase_before(words, at.checked_sub(1)?);
        }
        if !words.is_nominal(at) {
            return None;
        }
    }
    None
}

/// Who made the claim: `the senator made the claim that`.
fn maker(words: Words<'_>, noun: usize) -> Option<Range<usize>> {
    let verb = (0..noun).rev().take(6).find(|at| words.is_finite(*at))?;
    let makes = words.is_word(
        verb,
        &[
            "made",
            "makes",
            "make",
            "issued",
            "issues",
            "released",
            "expressed",
            "has",
            "have",
            "had",
            "repeated",
            "gave",
            "reiterated",
            "voiced",
            "offered",
        ],
    );
    if !makes {
        return None;
    }
    subject_before(words, verb)
}

/// Where a frame's adjuncts are looked for elsewhere, too.
pub fn is_adjunct(words: Words<'_>, at: usize, end: usize) -> bool {
    words.is(at, Class::Prep) && adjunct(words, at, end)
}
