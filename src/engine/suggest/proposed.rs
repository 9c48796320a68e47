//! All that programs propose for one text, each thing once.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use ascribe_attribution::Proposals;
use ascribe_schema::{
    AnnotationId, AnnotatorName, DocumentId, FORMAT, NameError, PARATEXT, Span, SuggestedRelation,
    Suggestion as Stored, SuggestionId, SuggestionSet, Text,
};
use sha2::{Digest, Sha256};

use super::{Proposer, RULES, alike, extent};
use crate::{Document, SpanIndex, WorkingSet, paratext, plan::joined};

/// What proposals are made of: as long as it is the same, so are they.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Basis {
    /// The text, by its SHA-256.
    pub text_sha256: String,
    /// Its language, as a BCP 47 tag, where the document says so.
    pub language: Option<String>,
    /// What of it is not the article, for the annotator.
    pub aside: Vec<Span>,
}

/// What all programs propose for one text, before anybody has settled any of it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Proposed(Arc<Content>);

#[derive(Debug)]
struct Content {
    basis: Basis,
    text: Arc<Text>,
    candidates: Vec<Candidate>,
    /// The places of each candidate's ties in `ties`.
    ties_of: Vec<Vec<usize>>,
    ties: Vec<Tie>,
}

/// Something that at least one program proposes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    pub id: SuggestionId,
    pub label: String,
    pub spans: Vec<Span>,
    /// As less sure programs propose it.
    pub other_spans: Vec<Vec<Span>>,
    pub attributes: BTreeMap<String, String>,
    pub because: Vec<Span>,
    /// The surest.
    pub by: Proposer,
    pub also: Vec<Proposer>,
}

/// A tie between two candidates, by their places.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tie {
    pub kind: String,
    pub from: usize,
    pub to: usize,
}

impl Basis {
    /// What proposals for a document are made of, for the annotator with that set, or one who has none.
    #[must_use]
    pub fn of(document: &Document, set: Option<&WorkingSet>) -> Self {
        let text_sha256 = set.map_or_else(|| document.text_sha256(), |set| set.state().text_sha256());
        // Most sets mark nothing so, and this is asked after each edit.
        let marks = |set: &&WorkingSet| set.density().any(|(label, _)| label == PARATEXT);
        let marks = set.filter(marks).into_iter().flat_map(WorkingSet::annotations).map(|annotation| &**annotation);
        let aside = paratext(document.proposed(text_sha256), marks);
        let language = Some(document.record.language.clone()).filter(|language| !language.is_empty());
        Self { text_sha256: text_sha256.to_owned(), language, aside }
    }

    /// Asks the rules, and puts what models have proposed for the same text beside it. Takes a moment for a long text.
    #[must_use]
    pub fn propose<'a>(self, text: Arc<Text>, models: impl IntoIterator<Item = &'a SuggestionSet>) -> Proposed {
        let ours = ascribe_attribution::propose(&text, self.language.as_deref(), &self.aside);
        let mut merged = Merged::default();
        let ties = ours.relations.iter().map(|tie| (tie.kind.to_owned(), tie.from, tie.to)).collect();
        merged.add(of_rules(ours), ties);
        for set in models {
            // What is kept of the rules' proposals is for other programs: they are here already.
            if set.by.as_str() != RULES && set.text_sha256 == self.text_sha256 {
                let places: HashMap<_, _> = set.suggestions.iter().zip(0..).map(|(one, at)| (&one.id, at)).collect();
                let tie =
                    |tie: &SuggestedRelation| Some((tie.kind.clone(), *places.get(&tie.from)?, *places.get(&tie.to)?));
                merged.add(of_model(set), set.relations.iter().filter_map(tie).collect());
            }
        }
        merged.finish(self, text)
    }
}

impl Proposed {
    /// What it was made of.
    #[must_use]
    pub fn basis(&self) -> &Basis {
        &self.0.basis
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &Arc<Text> {
        &self.0.text
    }

    /// How many proposals there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.candidates.len()
    }

    /// Whether nothing is proposed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.candidates.is_empty()
    }

    pub(super) fn candidates(&self) -> &[Candidate] {
        &self.0.candidates
    }

    /// The ties of the candidate with that number.
    pub(super) fn ties_of(&self, number: usize) -> impl Iterator<Item = &Tie> {
        self.0.ties_of[number].iter().map(|&tie| &self.0.ties[tie])
    }
}

/// The name of a proposal, which follows from its label and spans.
pub(crate) fn name_of(label: &str, spans: &[Span]) -> SuggestionId {
    let mut hash = Sha256::new_with_prefix(label);
    for span in spans {
        hash.update([0]);
        hash.update(span.start.0.to_le_bytes());
        hash.update(span.end.0.to_le_bytes());
    }
    let hash: [u8; 32] = hash.finalize().into();
    SuggestionId::from_bits(hash[..8].iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte)))
}

fn of_rules(proposals: Proposals) -> Vec<Candidate> {
    let candidate = |proposal: ascribe_attribution::Proposal| Candidate {
        id: name_of(proposal.label, &proposal.spans),
        label: proposal.label.to_owned(),
        spans: proposal.spans,
        other_spans: Vec::new(),
        attributes: proposal
            .attributes
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into_owned()))
            .collect(),
        because: proposal.because,
        by: Proposer { program: RULES.to_owned(), rule: proposal.rule.to_owned(), score: proposal.score },
        also: Vec::new(),
    };
    proposals.annotations.into_iter().map(candidate).collect()
}

fn of_model(set: &SuggestionSet) -> Vec<Candidate> {
    let candidate = |one: &Stored, spans: Vec<Span>| Candidate {
        id: name_of(&one.label, &spans),
        label: one.label.clone(),
        spans,
        other_spans: Vec::new(),
        attributes: one.attributes.clone(),
        because: one.because.clone(),
        by: Proposer { program: set.by.to_string(), rule: one.rule.clone(), score: one.score },
        also: Vec::new(),
    };
    set.suggestions.iter().map(|one| candidate(one, joined(one.spans.clone()))).collect()
}

/// What has been proposed so far; what two programs propose is one thing with two proposers.
#[derive(Default)]
struct Merged {
    candidates: Vec<Candidate>,
    ties: Vec<Tie>,
    index: SpanIndex,
    /// Candidates by the ids under which the index knows them.
    known: HashMap<AnnotationId, usize>,
    /// Candidates by their own.
    named: HashMap<SuggestionId, usize>,
}

impl Merged {
    /// Adds what one program proposes.
    fn add(&mut self, proposals: Vec<Candidate>, ties: Vec<(String, usize, usize)>) {
        let before = self.candidates.len();
        let mut places = Vec::with_capacity(proposals.len());
        for proposal in proposals {
            let same = self.named.get(&proposal.id).copied().or_else(|| self.same(&proposal));
            let place = same.unwrap_or(self.candidates.len());
            self.named.entry(proposal.id.clone()).or_insert(place);
            places.push(place);
            match self.candidates.get_mut(place) {
                Some(there) => there.join(proposal),
                None => self.candidates.push(proposal),
            }
        }
        let tie = |(kind, from, to): (String, usize, usize)| {
            Some(Tie { kind, from: *places.get(from)?, to: *places.get(to)? })
        };
        self.ties.extend(ties.into_iter().filter_map(tie).filter(|tie| tie.from != tie.to));
        // Within one program nothing else is taken for the same: quotes may lie in quotes.
        for (number, candidate) in self.candidates.iter().enumerate().skip(before) {
            let id = AnnotationId::from_bits(number as u64);
            self.index.insert(extent(&candidate.spans), &id);
            self.known.insert(id, number);
        }
    }

    /// What other programs have proposed so far and is the same.
    fn same(&self, proposal: &Candidate) -> Option<usize> {
        if self.known.is_empty() {
            return None;
        }
        let here = self.index.overlapping(extent(&proposal.spans)).into_iter();
        let here = here.filter_map(|(_, id)| self.known.get(&id).copied());
        let same = here.filter(|&number| {
            let other = &self.candidates[number];
            other.label == proposal.label && alike(&proposal.label, &other.spans, &proposal.spans)
        });
        same.min_by_key(|&number| {
            let spans = &self.candidates[number].spans;
            let apart = |a: Span, b: Span| a.start.0.abs_diff(b.start.0) + a.end.0.abs_diff(b.end.0);
            (apart(extent(spans), extent(&proposal.spans)), number)
        })
    }

    fn finish(mut self, basis: Basis, text: Arc<Text>) -> Proposed {
        self.ties.sort();
        self.ties.dedup();
        let mut ties_of = vec![Vec::new(); self.candidates.len()];
        for (number, tie) in self.ties.iter().enumerate() {
            ties_of[tie.from].push(number);
            ties_of[tie.to].push(number);
        }
        Proposed(Arc::new(Content { basis, text, candidates: self.candidates, ties_of, ties: self.ties }))
    }
}

impl Candidate {
    /// All that propose it.
    pub(super) fn proposers(&self) -> impl Iterator<Item = &Proposer> {
        std::iter::once(&self.by).chain(&self.also)
    }

    /// Takes the same proposal of another program in: the surer one stays, with what only the other says of it, and both
    /// are named.
    fn join(&mut self, mut other: Self) {
        if other.by.score > self.by.score {
            std::mem::swap(self, &mut other);
        }
        for (name, value) in other.attributes {
            self.attributes.entry(name).or_insert(value);
        }
        self.other_spans.push(other.spans);
        self.other_spans.append(&mut other.other_spans);
        self.also.push(other.by);
        self.also.append(&mut other.also);
    }
}

/// What the rules propose for a document's newest text, as a file that other programs can read.
///
/// # Errors
///
/// Never in practice: [`RULES`] is a good name.
pub fn stored(document: &DocumentId, proposed: &Proposed) -> Result<SuggestionSet, NameError> {
    let text = proposed.text();
    let exact = |span: &Span| text.slice(*span).unwrap_or_default().to_owned();
    let own = |candidate: &Candidate| candidate.proposers().find(|proposer| proposer.program == RULES).cloned();
    let suggestion = |candidate: &Candidate| {
        let proposer = own(candidate)?;
        Some(Stored {
            id: candidate.id.clone(),
            label: candidate.label.clone(),
            spans: candidate.spans.clone(),
            text: candidate.spans.iter().map(exact).collect(),
            attributes: candidate.attributes.clone(),
            score: proposer.score,
            rule: proposer.rule,
            because: candidate.because.clone(),
        })
    };
    let all = proposed.candidates();
    let id = |number: usize| all[number].id.clone();
    let ours = |number: usize| own(&all[number]).is_some();
    let ties = proposed.0.ties.iter().filter(|tie| ours(tie.from) && ours(tie.to));
    let relation = |tie: &Tie| SuggestedRelation { kind: tie.kind.clone(), from: id(tie.from), to: id(tie.to) };
    let mut set = SuggestionSet {
        format: FORMAT,
        document: document.clone(),
        text_sha256: proposed.basis().text_sha256.clone(),
        by: AnnotatorName::new(RULES)?,
        suggestions: all.iter().filter_map(suggestion).collect(),
        relations: ties.map(relation).collect(),
    };
    set.sort();
    Ok(set)
}
