//! Claims: what a fact-checker would look at, inside what somebody says and in the author's own voice.
//!
//! How much a clause is worth checking is a weighted sum of what stands in it, put between 0 and 1 by the logistic
//! function. What counts follows ClaimBuster (Hassan, Arslan, Li and Tremayne 2017, “Toward Automated Fact-Checking”),
//! whose most telling features were numbers, verbs in the past and names; comparisons, causes and what is on record are
//! added. The weights are set by hand; the table of tests holds them. Few are proposed: one in sixty words at most.

#[cfg(test)]
mod table;
mod worth;

use std::ops::Range;

use super::{
    bytes, clause,
    frame::sentence_end,
    passage::Place,
    phrase::{core_after, is_pronoun},
    word::Words,
};
use crate::{
    lexicon::{Class, Classes},
    statement::Claim,
    token::Kind,
    utterance::Utterance,
};

pub use worth::of_range;

/// What must be reached to be proposed.
const THRESHOLD: f32 = 0.5;
/// A text has at most one claim in so many words.
const WORDS: usize = 60;

/// Finds the claims of a text, sentence by sentence.
pub struct Claims {
    spoken: Spoken,
    found: Vec<Claim>,
    words: usize,
}

impl Claims {
    /// For a text in which this was said.
    pub fn new(utterances: &[Utterance]) -> Self {
        Self { spoken: Spoken::of(utterances), found: Vec::new(), words: 0 }
    }

    /// Weighs the clauses of a sentence.
    pub fn see(&mut self, words: Words<'_>, place: Place) {
        self.words += words.tokens.iter().filter(|token| token.is_word()).count();
        let Some(last) = words.tokens.last() else { return };
        if last.is_sign('?') {
            return;
        }
        let end = sentence_end(words);
        if place.quoted.is_some() {
            if self.spoken.holds(words) {
                segments(words, 0..end, &mut self.found);
            }
            return;
        }
        let said = self.spoken.within(words);
        // A line without a full stop is a headline or a caption.
        if said.is_empty() && last.is_sign('.') && !reports(words) {
            segments(words, 0..end, &mut self.found);
        }
        for stretch in said {
            let from = stretch.start + usize::from(words.is(stretch.start, Class::That));
            if is_sentence(words, from, stretch.end) {
                segments(words, from..stretch.end, &mut self.found);
            }
        }
    }

    /// Those that are most worth checking, in the order of the text.
    pub fn best(self) -> Vec<Claim> {
        let mut claims = self.found;
        claims.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.range.start.cmp(&other.range.start)));
        claims.truncate(self.words.div_ceil(WORDS));
        claims.sort_by_key(|claim| claim.range.start);
        claims
    }
}

/// Whether somebody seems to say something, though no rule has found out who and what.
fn reports(words: Words<'_>) -> bool {
    const SAYS: Classes = Classes::of(&[Class::Say, Class::Tell, Class::Think]);
    const NOUNS: Classes = Classes::of(&[Class::SayNoun, Class::Document, Class::Charge, Class::Media]);
    (0..words.len())
        .any(|at| words.get(at).is_some_and(|token| token.any(SAYS) && !token.any(NOUNS)) && words.is_finite(at))
}

/// Where somebody is said to have said something: parts with the words that say so, by their start.
struct Spoken {
    parts: Vec<(Range<usize>, bool)>,
}

impl Spoken {
    fn of(utterances: &[Utterance]) -> Self {
        let mut parts: Vec<(Range<usize>, bool)> = Vec::new();
        for utterance in utterances {
            // What is only asked, wanted or denied is claimed by nobody.
            let claimed = !utterance.negated && !utterance.modal && claims_something(utterance.rule);
            parts.extend(utterance.parts.iter().map(|part| (part.clone(), claimed)));
            parts.extend(utterance.cue.iter().map(|part| (part.clone(), false)));
        }
        parts.sort_by_key(|(part, _)| (part.start, part.end));
        Self { parts }
    }

    /// Whether an utterance holds the sentence.
    fn holds(&self, words: Words<'_>) -> bool {
        let Some(first) = words.get(0) else { return false };
        let start = first.start as usize;
        let before = self.parts.partition_point(|(part, _)| part.start <= start);
        self.parts[before.saturating_sub(6)..before].iter().any(|(part, claimed)| *claimed && start < part.end)
    }

    /// The stretches of a sentence that are said in the writer's words, empty ones for whatever else belongs to
    /// an utterance; none where nobody says anything.
    fn within(&self, words: Words<'_>) -> Vec<Range<usize>> {
        let (Some(first), Some(last)) = (words.get(0), words.tokens.last()) else { return Vec::new() };
        let (start, end) = (first.start as usize, last.end as usize);
        let from = self.parts.partition_point(|(part, _)| part.start < start);
        let earlier = self.parts[from.saturating_sub(6)..from].iter().any(|(part, _)| part.end > start);
        let mut stretches: Vec<_> = earlier.then_some(0..0).into_iter().collect();
        for (part, claimed) in self.parts[from..].iter().take_while(|(part, _)| part.start < end) {
            let first = words.tokens.partition_point(|token| (token.start as usize) < part.start);
            let behind = words.tokens.partition_point(|token| (token.start as usize) < part.end);
            let quoted = (first..behind).any(|at| words.is_quoted(at));
            stretches.push(if *claimed && !quoted { first..behind } else { 0..0 });
        }
        stretches
    }
}

/// Whether a stretch can be said alone: not `seated between them`, `is the worst`.
fn is_sentence(words: Words<'_>, from: usize, end: usize) -> bool {
    let verb = |at: usize| {
        words.is_finite(at)
            || words.is_ing(at)
            || words.is_participle(at)
            || words.is_word(at, &["with", "as", "for", "to"])
    };
    // `Dated March 3 and published last week`
    let participle = words.word(from).ends_with("ed")
        && words.get(from + 1).is_some_and(|next| next.kind != Kind::Capital || next.is(Class::Time));
    let told = words.has_finite(from, end) || (from..end).any(|at| words.is(at, Class::Record));
    from < end && !verb(from) && !participle && told
}

/// Whether what a frame of this kind holds is presented as being so.
fn claims_something(rule: &str) -> bool {
    let kind = rule.rsplit('.').next().unwrap_or(rule);
    !matches!(kind, "whether" | "to" | "order" | "object" | "sure" | "called" | "accuse")
}

/// Weighs the clauses of a stretch of a sentence.
fn segments(words: Words<'_>, stretch: Range<usize>, claims: &mut Vec<Claim>) {
    let mut from = stretch.start;
    while from < stretch.end {
        let stop = (from + 4..stretch.end).find(|at| divides(words, from, *at, stretch.end)).unwrap_or(stretch.end);
        weigh(words, opening(words, from, stop)..stop, claims);
        // What hangs on the clause before is no claim alone.
        from = (stop + 1..stretch.end).find(|at| begins(words, *at, stretch.end)).unwrap_or(stretch.end);
    }
}

/// Whether a clause that began at `from` ends at a comma or semicolon.
fn divides(words: Words<'_>, from: usize, at: usize, end: usize) -> bool {
    if words.is_sign(at, ';') || words.is_sign(at, ':') {
        return true;
    }
    if words.get(at).is_some_and(|token| token.is_dash()) && !words.is_word(at, &["-"]) {
        return words.has_finite(from, at);
    }
    let Some(next) = words.get(at + 1) else { return false };
    words.is_sign(at, ',')
        && words.has_finite(from, at)
        && (next.is(Class::Rel)
            || next.is(Class::Sub) && !words.is_word(at + 1, &["because"])
            || words.is_ing(at + 1)
            // `, a first visit aimed at peace`
            || words.is_word(at + 1, &["a", "an"])
            || next.is(Class::Coord) && subject_follows(words, at + 2, end))
}

/// Whether a clause of its own begins behind what divides.
fn begins(words: Words<'_>, at: usize, end: usize) -> bool {
    let Some(before) = words.before(at) else { return false };
    (before.is(Class::Coord) && words.before(at - 1).is_some_and(|sign| matches!(sign.kind, Kind::Sign(_)))
        || before.is_sign(';'))
        && subject_follows(words, at, end)
}

/// Whether a subject with its verb stands here.
fn subject_follows(words: Words<'_>, at: usize, end: usize) -> bool {
    let behind = if is_pronoun(words, at) || words.is(at, Class::Empty) {
        at + 1
    } else {
        core_after(words, at, end).map_or(at, |phrase| phrase.end)
    };
    let mut verb = behind;
    while words.is_adverb(verb) {
        verb += 1;
    }
    behind > at && verb < end && words.is_finite(verb)
}

/// Behind `that`, `but`, `however,` at the front of a clause.
fn opening(words: Words<'_>, from: usize, end: usize) -> usize {
    let mut at = from;
    while at < end {
        let Some(token) = words.get(at) else { break };
        let sign = matches!(token.kind, Kind::Sign(',' | '“' | '”' | '"' | ':' | '•' | '*'));
        let joins = token.is(Class::Coord) && !words.is_word(at, &["nor"])
            || token.is(Class::That) && words.is_word(at, &["that"]) && clause::opens(words, at + 1, end);
        let adverb = words.is_sign(at + 1, ',')
            && (token.is(Class::Adverb) || words.word(at).ends_with("ly"))
            && token.kind == Kind::Capital;
        if !(sign || joins || adverb) {
            break;
        }
        at += 1;
    }
    at
}

/// Adds a clause that is worth it.
fn weigh(words: Words<'_>, stretch: Range<usize>, claims: &mut Vec<Claim>) {
    let stretch = clause::trim(words, stretch);
    if !is_sentence(words, stretch.start, stretch.end) && !words.is_word(stretch.start, &["with", "as", "for"]) {
        return;
    }
    let Some(worth) = worth::of(words, &stretch) else { return };
    let Some(range) = bytes(words, &stretch) else { return };
    if worth.score >= THRESHOLD {
        claims.push(Claim {
            range,
            score: worth.score,
            cue: worth.cue,
            rule: worth.rule,
            negative: worth.negative,
            certainty: worth.certainty,
        });
    }
}
