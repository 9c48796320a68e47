//! What the rules of a language find: utterances, before they become proposals. Positions are bytes.

use std::ops::Range;

/// Something that somebody is said to have said.
#[derive(Clone, Debug, Default)]
pub struct Utterance {
    /// The fragments, in order, apart from each other.
    pub parts: Vec<Range<usize>>,
    /// Who said it, as the text has it.
    pub source: Option<Range<usize>>,
    /// Through whom the words of the source came, as the text has it.
    pub relay: Option<Range<usize>>,
    /// The words that say so.
    pub cue: Vec<Range<usize>>,
    /// The rule by which it was found.
    pub rule: &'static str,
    /// Whether the cue is negated: it was not said.
    pub negated: bool,
    /// Whether the cue leaves it open whether it was said.
    pub modal: bool,
    /// Whether the source was taken over from elsewhere: another verb, the utterance before, the paragraph before.
    pub inherited: bool,
}

/// What somebody is said to have said in a sentence, in its tokens, where a language tells no more of it.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// What was said.
    pub content: Vec<Range<usize>>,
    /// Who said it.
    pub source: Option<Range<usize>>,
    /// The words that say so.
    pub cue: Vec<usize>,
    /// The rule by which it was found.
    pub rule: &'static str,
    /// Whether the verb is denied.
    pub negated: bool,
}

/// A list of one stretch.
pub(crate) fn one(stretch: Range<usize>) -> Vec<Range<usize>> {
    vec![stretch]
}

impl Utterance {
    /// Adds a fragment, and joins it with one that it touches or overlaps.
    pub fn add(&mut self, part: Range<usize>) {
        if part.is_empty() {
            return;
        }
        // Nearly always it comes last.
        let last = self.parts.last().is_none_or(|last| last.end < part.start);
        self.parts.push(part);
        if last {
            return;
        }
        self.parts.sort_by_key(|part| (part.start, part.end));
        let mut joined: Vec<Range<usize>> = Vec::with_capacity(self.parts.len());
        for part in self.parts.drain(..) {
            match joined.last_mut() {
                Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
                _ => joined.push(part),
            }
        }
        self.parts = joined;
    }

    /// The rule by which its source was found.
    #[must_use]
    pub fn names_source(&self) -> &'static str {
        let behind = matches!((self.cue.first(), &self.source), (Some(cue), Some(source)) if cue.end <= source.start);
        match self.rule {
            _ if self.inherited => "source.inherited",
            "quote.according" | "quote.for" => "source.according",
            "quote.noun" => "source.owner",
            _ if behind => "source.inverted",
            _ => "source.subject",
        }
    }

    /// The rule by which its medium was found: that somebody told it, or that it is said to hand the words on.
    #[must_use]
    pub fn names_relay(&self, text: &str) -> &'static str {
        let told = |cue: &Range<usize>, relay: &Range<usize>| {
            text.get(cue.end..relay.start).is_some_and(|between| between.trim().is_empty())
        };
        match (self.cue.last(), &self.relay) {
            (Some(cue), Some(relay)) if told(cue, relay) => "source.told",
            _ => "source.relay",
        }
    }

    /// The smallest range that holds all of it.
    #[must_use]
    pub fn hull(&self) -> Range<usize> {
        let start = self.parts.first().map_or(0, |part| part.start);
        start..self.parts.last().map_or(start, |part| part.end)
    }

    /// Whether all of it lies in another.
    #[must_use]
    pub fn lies_in(&self, other: &Self) -> bool {
        self.parts.iter().all(|part| other.parts.iter().any(|outer| outer.start <= part.start && part.end <= outer.end))
    }
}
