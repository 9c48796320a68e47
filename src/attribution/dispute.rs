//! Denials and claims among the proposals, with their ties: who denies, what is denied, who claims.

use std::{borrow::Cow, ops::Range};

use crate::{
    Proposal, Tie, english,
    lexicon::{Class, Classes, Lexicon},
    propose::Draft,
    statement::{Claim, Denial, Object, Strength},
    utterance::Utterance,
};

/// How many utterances before a denial may be what is denied.
const NEAR: usize = 16;
/// How many paragraphs before a denial may hold what is denied.
const PARAGRAPHS: usize = 2;

/// Adds claims, then denials, which may be about them.
pub fn add(draft: &mut Draft<'_>, lexicon: &Lexicon, utterances: &[Utterance], denials: &[Denial], claims: &[Claim]) {
    let mut dispute = Dispute { draft, lexicon, utterances };
    // What somebody denies is proposed with the denial.
    let denied = |claim: &Claim| {
        denials.iter().any(|denial| denial.range.start < claim.range.end && claim.range.start < denial.range.end)
    };
    claims.iter().filter(|claim| !denied(claim)).for_each(|claim| dispute.claim(claim));
    denials.iter().for_each(|denial| dispute.denial(denial));
}

struct Dispute<'a, 'b> {
    draft: &'a mut Draft<'b>,
    /// The words that the rules go by.
    lexicon: &'a Lexicon,
    /// What was found to be said.
    utterances: &'a [Utterance],
}

impl Dispute<'_, '_> {
    fn claim(&mut self, claim: &Claim) {
        let Some(span) = self.draft.span(&claim.range) else { return };
        let checkworthy = if claim.score >= 0.7 { "yes" } else { "minor" };
        let polarity = if claim.negative { "negative" } else { "positive" };
        let mut attributes: Vec<_> = vec![("checkworthy", checkworthy.into()), ("polarity", polarity.into())];
        attributes.extend(claim.certainty.map(|certainty| ("certainty", Cow::Borrowed(certainty))));
        let because = claim.cue.iter().filter_map(|cue| self.draft.span(cue)).collect();
        let score = claim.score;
        self.draft.annotations.push(Proposal {
            label: "claim",
            spans: vec![span],
            attributes,
            score,
            rule: claim.rule,
            because,
        });
        let at = self.draft.annotations.len() - 1;
        let holds = |utterance: &Utterance| {
            utterance.parts.iter().any(|part| part.start <= claim.range.start && claim.range.end <= part.end)
        };
        // They are in the order of the text, and seldom in each other.
        let behind = self.utterances.partition_point(|utterance| utterance.hull().start <= claim.range.start);
        let near = behind.saturating_sub(NEAR);
        let Some(utterance) = self.utterances[near..behind].iter().rposition(holds).map(|at| near + at) else { return };
        if let Some(quote) = self.draft.quotes.get(utterance).copied().flatten() {
            self.draft.relations.push(Tie { kind: "expresses", from: quote, to: at });
        }
        // Inside quotation marks, the quote says whose claim it is.
        let holds = |part: &Range<usize>| part.start <= claim.range.start && claim.range.end <= part.end;
        let indirect = !self.draft.reading.quoted_within(&claim.range).any(holds);
        if indirect && let Some(source) = self.utterances[utterance].source.clone() {
            self.attribute(at, &source);
        }
    }

    fn denial(&mut self, denial: &Denial) {
        let Some(span) = self.draft.span(&denial.range) else { return };
        let attributes = vec![("strength", denial.strength.as_str().into())];
        let because = self.draft.span(&denial.cue).into_iter().collect();
        let (score, rule) = (denial.score, denial.rule);
        self.draft.annotations.push(Proposal { label: "denial", spans: vec![span], attributes, score, rule, because });
        let at = self.draft.annotations.len() - 1;
        if let Some(source) = &denial.source {
            self.attribute(at, source);
        }
        let target = match &denial.object {
            Object::Clause(clause) => self.denied_clause(denial, clause),
            // Who says nothing about a report denies nothing of it.
            Object::Earlier(_) if denial.strength == Strength::NoComment => None,
            Object::Earlier(back) => self.denied_before(denial, back),
            Object::Nothing => None,
        };
        self.draft.relations.extend(target.map(|to| Tie { kind: "denies", from: at, to }));
    }

    /// Ties an annotation to who says it.
    fn attribute(&mut self, from: usize, source: &Range<usize>) {
        let because = self.draft.annotations[from].because.clone();
        let to = self.draft.source(source, "source.subject", &because);
        self.draft.relations.extend(to.map(|to| Tie { kind: "attributed_to", from, to }));
    }

    /// The clause that stands in the denial, as a claim. It is not the claim of who denies it.
    fn denied_clause(&mut self, denial: &Denial, clause: &Range<usize>) -> Option<usize> {
        let span = self.draft.span(clause)?;
        let known = self.draft.annotations.iter().position(|other| other.label == "claim" && other.spans == [span]);
        if known.is_some() {
            return known;
        }
        let worth = english::worth(self.draft.reading.text, clause);
        let checkworthy = if worth >= 0.5 { "yes" } else { "minor" };
        let because = self.draft.span(&denial.cue).into_iter().collect();
        let (spans, attributes) = (vec![span], vec![("checkworthy", checkworthy.into())]);
        let score = denial.score * 0.9;
        self.draft.annotations.push(Proposal {
            label: "claim",
            spans,
            attributes,
            score,
            rule: "claim.denied",
            because,
        });
        Some(self.draft.annotations.len() - 1)
    }

    /// The quote before that words such as `the allegations` point to: the one that has most in common with them.
    fn denied_before(&self, denial: &Denial, back: &Range<usize>) -> Option<usize> {
        let here = self.paragraph(denial.range.start);
        let retracts = denial.strength == Strength::Retraction;
        let mut best: Option<(u32, usize)> = None;
        let first = self.utterances.partition_point(|utterance| utterance.hull().start < denial.range.start);
        for (number, utterance) in self.utterances[..first].iter().enumerate().rev().take(NEAR) {
            let hull = utterance.hull();
            let away = here.saturating_sub(self.paragraph(hull.start));
            if away > PARAGRAPHS {
                break;
            }
            let Some(quote) = self.draft.quotes.get(number).copied().flatten() else { continue };
            let same = self.same_source(denial.source.as_ref(), utterance.source.as_ref());
            if hull.end > denial.range.start && !(retracts && same) {
                continue;
            }
            let evidence = match (retracts, same) {
                (true, true) => 1,
                (true, false) if utterance.source.is_none() && away == 0 => 1,
                (true, false) | (false, true) => 0,
                (false, false) => self.evidence(denial, back, utterance, away),
            };
            if evidence > best.map_or(0, |(most, _)| most) {
                best = Some((evidence, quote));
            }
        }
        best.map(|(_, quote)| quote)
    }

    fn paragraph(&self, byte: usize) -> usize {
        self.draft.reading.paragraphs.partition_point(|paragraph| paragraph.range.start <= byte)
    }

    /// Whether two sources are called by the same word.
    fn same_source(&self, one: Option<&Range<usize>>, other: Option<&Range<usize>>) -> bool {
        let (Some(one), Some(other)) = (one, other) else { return false };
        let last = |range: &Range<usize>| words(&self.draft.reading.text[range.clone()]).next_back();
        one == other || last(one).zip(last(other)).is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
    }

    /// What speaks for an utterance being what is denied: words of what is denied, the name of who denies, or that it
    /// is an accusation.
    fn evidence(&self, denial: &Denial, back: &Range<usize>, utterance: &Utterance, away: usize) -> u32 {
        let text = self.draft.reading.text;
        let shares = |range: &Range<usize>| {
            words(&text[range.clone()]).filter(|word| self.is_content(word)).any(|word| {
                let said = utterance.parts.iter().flat_map(|part| words(&text[part.clone()]));
                said.into_iter().any(|other| other.eq_ignore_ascii_case(word))
            })
        };
        if shares(back) {
            return 3;
        }
        if denial.source.as_ref().is_some_and(shares) {
            return 2;
        }
        let accuses =
            utterance.cue.iter().flat_map(|cue| words(&text[cue.clone()])).any(|word| {
                self.lexicon.get(&word.to_lowercase()).classes.has(Class::Accuse) || word.starts_with("alleg")
            });
        u32::from(accuses && away <= 1)
    }

    /// Whether a word means something by itself, and is not only a word for what is said.
    fn is_content(&self, word: &str) -> bool {
        const EMPTY: Classes = Classes::of(&[
            Class::Charge,
            Class::SayNoun,
            Class::Det,
            Class::Poss,
            Class::Prep,
            Class::Subject,
            Class::Object,
            Class::That,
            Class::False,
            Class::Neg,
            Class::Adverb,
            Class::Title,
        ]);
        word.len() >= 4 && (!self.lexicon.get(&word.to_lowercase()).classes.any(EMPTY) || starts_as_name(word))
    }
}

/// `Justice` may be a title, `The` no name.
fn starts_as_name(word: &str) -> bool {
    word.len() > 5 && word.starts_with(char::is_uppercase)
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
