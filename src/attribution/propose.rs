//! From a text to its proposals.

use std::{borrow::Cow, ops::Range};

use ascribe_schema::{Span, Text};

use crate::{
    Proposal, Proposals, Tie, dispute, english, german, language,
    lexicon::{lexicon, none},
    plain,
    reading::Reading,
    score, source,
    sources::Sources,
    utterance::Utterance,
};

/// What the rules propose for a text. Nothing is proposed for what lies `aside`, which is not the article.
///
/// `language` is a BCP 47 tag; without one, the language is found out.
#[must_use]
pub fn propose(text: &Text, language: Option<&str>, aside: &[Span]) -> Proposals {
    let language = language::language(text.as_str(), language);
    let lexicon = language.map_or_else(none, |language| lexicon(language).unwrap_or_else(none));
    let aside: Vec<Range<usize>> =
        aside.iter().filter_map(|span| Some(text.byte(span.start)?..text.byte(span.end)?)).collect();
    let reading = Reading::new(text.as_str(), &aside, lexicon);
    let utterances = match language {
        Some("en") => english::utterances(&reading),
        Some("de") => german::utterances(&reading),
        Some(_) => plain::utterances(&reading),
        None => plain::marks(&reading),
    };
    let mut draft = Draft::new(text, &reading);
    utterances.iter().for_each(|utterance| draft.utterance(utterance));
    if language == Some("en") {
        let (denials, claims) = english::statements(&reading, &utterances);
        dispute::add(&mut draft, lexicon, &utterances, &denials, &claims);
    } else if language.is_some() {
        let denials = plain::denials(text.as_str(), lexicon, &utterances);
        dispute::add(&mut draft, lexicon, &utterances, &denials, &[]);
    }
    draft.finish(language.unwrap_or_default())
}

/// What is proposed so far.
pub struct Draft<'a> {
    /// The text.
    text: &'a Text,
    /// How it is read.
    pub reading: &'a Reading<'a>,
    /// The annotations.
    pub annotations: Vec<Proposal>,
    /// The ties between them.
    pub relations: Vec<Tie>,
    /// The proposal that each utterance has become.
    pub quotes: Vec<Option<usize>>,
    sources: Sources,
}

impl<'a> Draft<'a> {
    fn new(text: &'a Text, reading: &'a Reading<'a>) -> Self {
        let (annotations, relations, quotes) = (Vec::new(), Vec::new(), Vec::new());
        Self { text, reading, annotations, relations, quotes, sources: Sources::default() }
    }

    /// A place in the text; nothing where nothing stands.
    #[must_use]
    pub fn span(&self, range: &Range<usize>) -> Option<Span> {
        let span = Span { start: self.text.offset_of_byte(range.start)?, end: self.text.offset_of_byte(range.end)? };
        (!span.is_empty()).then_some(span)
    }

    fn utterance(&mut self, utterance: &Utterance) {
        let spans: Vec<Span> = utterance.parts.iter().filter_map(|part| self.span(part)).collect();
        if spans.is_empty() {
            return self.quotes.push(None);
        }
        let because: Vec<Span> = utterance.cue.iter().filter_map(|cue| self.span(cue)).collect();
        let attributes = vec![("form", Cow::Borrowed(form(self.reading, utterance)))];
        let (score, rule) = (score::quote(utterance), utterance.rule);
        let quote = self.annotations.len();
        self.annotations.push(Proposal { label: "quote", spans, attributes, score, rule, because: because.clone() });
        self.quotes.push(Some(quote));
        let Some(range) = &utterance.source else { return };
        let Some(source) = self.source(range, utterance.names_source(), &because) else { return };
        self.relations.push(Tie { kind: "attributed_to", from: quote, to: source });
        let Some(range) = &utterance.relay else { return };
        let Some(medium) = self.source(range, utterance.names_relay(self.reading.text), &because) else { return };
        let tie = Tie { kind: "relayed_by", from: source, to: medium };
        if source != medium && !self.relations.contains(&tie) {
            self.relations.push(tie);
        }
    }

    /// The place of a source among the annotations, where it is put if it is new.
    pub fn source(&mut self, range: &Range<usize>, rule: &'static str, because: &[Span]) -> Option<usize> {
        let span = self.span(range)?;
        Some(self.sources.add(&mut self.annotations, range, span, rule, because))
    }

    fn finish(mut self, language: &'static str) -> Proposals {
        let described = source::attributes(self.reading, self.sources.ranges(), language == "de");
        self.sources.describe(&mut self.annotations, described);
        Proposals { language: language.into(), annotations: self.annotations, relations: self.relations }
    }
}

/// Whether an utterance is given in quotation marks, in part, or not.
fn form(reading: &Reading<'_>, utterance: &Utterance) -> &'static str {
    let letters = |range: Range<usize>| reading.text[range].chars().filter(|c| !c.is_whitespace()).count();
    let (mut all, mut quoted) = (0, 0);
    for part in &utterance.parts {
        all += letters(part.clone());
        for other in reading.quoted_within(part) {
            quoted += letters(part.start.max(other.start)..part.end.min(other.end));
        }
    }
    match quoted * 100 {
        0 => "indirect",
        share if share >= all * 80 => "direct",
        _ => "mixed",
    }
}
