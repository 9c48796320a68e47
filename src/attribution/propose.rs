//! From a text to its proposals.

use std::{borrow::Cow, collections::HashMap, ops::Range};

use ascribe_schema::{Span, Text};

use crate::{
    Proposal, Proposals, Tie, english, lexicon::lexicon, reading::Reading, score, source, utterance::Utterance,
};

/// What the rules propose for a text. Nothing is proposed for what lies `aside`, which is not the article.
///
/// `language` is a BCP 47 tag; without one, the language is found out.
#[must_use]
pub fn propose(text: &Text, language: Option<&str>, aside: &[Span]) -> Proposals {
    let _ = language;
    let Some(lexicon) = lexicon("en") else { return Proposals::default() };
    let aside: Vec<Range<usize>> =
        aside.iter().filter_map(|span| Some(text.byte(span.start)?..text.byte(span.end)?)).collect();
    let reading = Reading::new(text.as_str(), &aside, lexicon);
    let utterances = english::utterances(&reading);
    assemble(text, &reading, &utterances)
}

fn assemble(text: &Text, reading: &Reading<'_>, utterances: &[Utterance]) -> Proposals {
    let span = |range: &Range<usize>| {
        Some(Span { start: text.offset_of_byte(range.start)?, end: text.offset_of_byte(range.end)? })
    };
    let mut annotations: Vec<Proposal> = Vec::new();
    let mut relations = Vec::new();
    let mut sources = Sources::default();
    for utterance in utterances {
        let spans: Vec<Span> = utterance.parts.iter().filter_map(span).collect();
        if spans.is_empty() || spans.iter().any(|span| span.is_empty()) {
            continue;
        }
        let because = utterance.cue.iter().filter_map(span).collect();
        let attributes = vec![("form", Cow::Borrowed(form(reading, utterance)))];
        let score = score::quote(utterance);
        annotations.push(Proposal { label: "quote", spans, attributes, score, rule: utterance.rule, because });
        let from = annotations.len() - 1;
        let Some((range, place)) = utterance.source.as_ref().and_then(|range| Some((range, span(range)?))) else {
            continue;
        };
        let rule = utterance.names_source();
        let because = annotations[from].because.clone();
        let to = sources.add(&mut annotations, range, place, rule, score::source(rule), &because);
        relations.push(Tie { kind: "attributed_to", from, to });
        let Some((range, place)) = utterance.relay.as_ref().and_then(|range| Some((range, span(range)?))) else {
            continue;
        };
        let relay = utterance.names_relay(reading.text);
        let medium = sources.add(&mut annotations, range, place, relay, score::source(relay), &because);
        let tie = Tie { kind: "relayed_by", from: to, to: medium };
        if to != medium && !relations.contains(&tie) {
            relations.push(tie);
        }
    }
    sources.describe(reading, &mut annotations);
    Proposals { language: "en".into(), annotations, relations }
}

/// The sources of a text, each proposed once.
#[derive(Default)]
struct Sources {
    ranges: Vec<Range<usize>>,
    /// By its range, its place among the annotations.
    known: HashMap<(usize, usize), usize>,
}

impl Sources {
    /// The place of a source among the annotations, where it is put if it is new.
    fn add(
        &mut self,
        annotations: &mut Vec<Proposal>,
        range: &Range<usize>,
        span: Span,
        rule: &'static str,
        score: f32,
        because: &[Span],
    ) -> usize {
        if let Some(at) = self.known.get(&(range.start, range.end)) {
            let known = &mut annotations[*at];
            if score > known.score {
                (known.rule, known.score, known.because) = (rule, score, because.to_vec());
            }
            return *at;
        }
        let because = because.to_vec();
        annotations.push(Proposal { label: "source", spans: vec![span], score, rule, because, ..Proposal::default() });
        self.ranges.push(range.clone());
        self.known.insert((range.start, range.end), annotations.len() - 1);
        annotations.len() - 1
    }

    /// Says of each what it is and who it is.
    fn describe(&self, reading: &Reading<'_>, annotations: &mut [Proposal]) {
        let described = source::attributes(reading, &self.ranges, false);
        for (range, attributes) in self.ranges.iter().zip(described) {
            if let Some(at) = self.known.get(&(range.start, range.end)) {
                annotations[*at].attributes = attributes;
            }
        }
    }
}

/// Whether an utterance is given in quotation marks, in part, or not.
fn form(reading: &Reading<'_>, utterance: &Utterance) -> &'static str {
    let letters = |range: Range<usize>| reading.text[range].chars().filter(|c| !c.is_whitespace()).count();
    let (mut all, mut quoted) = (0, 0);
    for part in &utterance.parts {
        all += letters(part.clone());
        for other in reading.quoted.iter().flat_map(|quoted| &quoted.parts) {
            let (start, end) = (part.start.max(other.start), part.end.min(other.end));
            if start < end {
                quoted += letters(start..end);
            }
        }
    }
    match quoted * 100 {
        0 => "indirect",
        share if share >= all * 80 => "direct",
        _ => "mixed",
    }
}
