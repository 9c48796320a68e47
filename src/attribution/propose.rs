//! From a text to its proposals.

use std::{borrow::Cow, ops::Range};

use ascribe_schema::{Offset, Span, Text};

use crate::{Proposal, Proposals, Tie, english, lexicon::lexicon, reading::Reading, utterance::Utterance};

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
    for utterance in utterances {
        let spans: Vec<Span> = utterance.parts.iter().filter_map(span).collect();
        if spans.is_empty() || spans.iter().any(|span| span.is_empty()) {
            continue;
        }
        let because = utterance.cue.iter().filter_map(span).collect();
        let attributes = vec![("form", Cow::Borrowed(form(reading, utterance)))];
        annotations.push(Proposal { label: "quote", spans, attributes, score: 0.9, rule: utterance.rule, because });
        let from = annotations.len() - 1;
        let Some(source) = utterance.source.as_ref().and_then(span) else { continue };
        let known =
            annotations.iter().position(|annotation| annotation.label == "source" && annotation.spans == [source]);
        let to = known.unwrap_or_else(|| {
            annotations.push(Proposal {
                label: "source",
                spans: vec![source],
                score: 0.9,
                rule: "source",
                ..Proposal::default()
            });
            annotations.len() - 1
        });
        relations.push(Tie { kind: "attributed_to", from, to });
    }
    let _ = Offset::ZERO;
    Proposals { language: "en".into(), annotations, relations }
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
