//! What became of one annotator's tags when they were adjudicated, and why.

mod differences;
mod file;
mod telling;

use std::{
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::Arc,
};

use ascribe_schema::{
    Annotation, AnnotationId, AnnotationRef, AnnotatorName, Decision, DecisionId, DocumentId, Input, Span, Verdict,
};
use serde::Serialize;

use self::differences::Targets;
pub use self::{
    differences::{Changed, Part},
    file::file,
    telling::markdown,
};
use crate::{
    Document, Project,
    adjudicate::{Adjudication, Gold, NoAdjudicator, Ruling, Touched, counting, decisions_of, gold_of, standing},
    compare::{Comparison, Side},
};

/// What became of one annotator's tags in all documents that were adjudicated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Feedback {
    /// Whose tags.
    pub annotator: AnnotatorName,
    /// Who decided; nothing where names are hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<AnnotatorName>,
    /// One entry a tag of theirs, or that they do not have; by document, in the order of the text.
    pub entries: Vec<Entry>,
    /// How many entries have which outcome.
    pub totals: BTreeMap<Outcome, usize>,
    /// The same by label.
    pub labels: BTreeMap<String, BTreeMap<Outcome, usize>>,
    /// The same by reason, where one was given.
    pub reasons: BTreeMap<String, BTreeMap<Outcome, usize>>,
}

/// What became of one tag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The document.
    pub document: DocumentId,
    /// The annotation; nothing for what the annotator does not have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotation: Option<AnnotationId>,
    /// The label that it has or had; or that it should have.
    pub label: String,
    /// Where it lies in the newest text.
    #[serde(serialize_with = "crate::revise::pairs")]
    pub spans: Vec<Span>,
    /// The words there.
    pub text: Vec<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// What was changed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Changed>,
    /// Why, in a word of the list; empty if nothing was said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Why, in the adjudicator's words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The decision; nothing where there is none yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionId>,
    /// Whether something has changed since it was decided, such as the annotator's own tag.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stale: bool,
}

/// What became of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is in gold as it is.
    Accepted,
    /// It is in gold as it is, and beside it another that lies there.
    AcceptedBeside,
    /// Gold has something else in its place.
    Changed,
    /// Gold has nothing there.
    Rejected,
    /// The annotator had nothing there, and gold has this.
    Overlooked,
    /// Nothing was decided yet, or it was put off.
    Undecided,
}

impl Outcome {
    /// All of them, the best first.
    pub const ALL: [Self; 6] =
        [Self::Accepted, Self::AcceptedBeside, Self::Changed, Self::Rejected, Self::Overlooked, Self::Undecided];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::AcceptedBeside => "accepted beside another",
            Self::Changed => "changed",
            Self::Rejected => "rejected",
            Self::Overlooked => "overlooked",
            Self::Undecided => "not decided yet",
        }
    }
}

/// What became of an annotator's tags in all documents about which somebody whose decisions count has decided. Without
/// names, it does not say who that is.
///
/// # Errors
///
/// When it is not clear whose decisions count.
pub fn feedback(project: &Project, annotator: &AnnotatorName, anonymous: bool) -> Result<Feedback, NoAdjudicator> {
    let by = counting(project)?;
    let mut entries = Vec::new();
    for document in project.documents.values() {
        entries.extend(document_feedback(document, annotator, &by, &decisions_of(document, &by)));
    }
    let mut feedback = Feedback {
        annotator: annotator.clone(),
        by: (!anonymous).then_some(by),
        entries,
        totals: BTreeMap::new(),
        labels: BTreeMap::new(),
        reasons: BTreeMap::new(),
    };
    feedback.count();
    Ok(feedback)
}

impl Feedback {
    /// Leaves out what is told of some documents, and returns how many of them there was something to tell of.
    pub fn leave_out(&mut self, documents: &BTreeSet<DocumentId>) -> usize {
        let (out, rest): (Vec<_>, Vec<_>) =
            mem::take(&mut self.entries).into_iter().partition(|entry| documents.contains(&entry.document));
        self.entries = rest;
        self.count();
        out.iter().map(|entry| &entry.document).collect::<BTreeSet<_>>().len()
    }

    fn count(&mut self) {
        (self.totals, self.labels, self.reasons) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for Entry { outcome, label, reason, .. } in &self.entries {
            *self.totals.entry(*outcome).or_default() += 1;
            *self.labels.entry(label.clone()).or_default().entry(*outcome).or_default() += 1;
            if !reason.is_empty() {
                *self.reasons.entry(reason.clone()).or_default().entry(*outcome).or_default() += 1;
            }
        }
    }
}

/// What became of an annotator's tags of one document; nothing where they were not compared.
#[must_use]
pub fn document_feedback(
    document: &Document,
    annotator: &AnnotatorName,
    adjudicator: &AnnotatorName,
    decisions: &[Arc<Decision>],
) -> Vec<Entry> {
    let (comparison, adjudication) = standing(document, decisions);
    let Some(side) = comparison.sides.iter().find(|side| side.annotator == *annotator) else { return Vec::new() };
    let gold = gold_of(document, adjudicator, &comparison, &adjudication);
    let mut telling = Telling::of(side, &gold, &comparison);
    for ruling in adjudication.rulings.iter().filter(|ruling| !ruling.superseded) {
        telling.tell(ruling);
    }
    telling.tell_open(&adjudication);
    let mut entries = telling.entries;
    entries.sort_by(|a, b| (&a.spans, &a.annotation, &a.decision).cmp(&(&b.spans, &b.annotation, &b.decision)));
    entries
}

/// An annotator's side of a comparison, and gold, while entries are made.
struct Telling<'a> {
    side: &'a Side,
    gold: &'a Gold,
    own: BTreeMap<&'a AnnotationId, &'a Annotation>,
    made: BTreeMap<&'a AnnotationId, &'a Annotation>,
    targets: Targets<'a>,
    entries: Vec<Entry>,
}

impl<'a> Telling<'a> {
    fn of(side: &'a Side, gold: &'a Gold, comparison: &'a Comparison) -> Self {
        let own = side.set.annotations.iter().map(|annotation| (&annotation.id, annotation));
        let made = gold.set.annotations.iter().map(|annotation| (&annotation.id, annotation));
        let targets = Targets::of(gold, comparison);
        Self { side, gold, own: own.collect(), made: made.collect(), targets, entries: Vec::new() }
    }

    /// What a decision says to the annotator.
    fn tell(&mut self, ruling: &Ruling) {
        let decision = &ruling.decision;
        let made = self.gold.made.get(&decision.id).into_iter().flatten();
        let made: Vec<_> = made.filter_map(|id| self.made.get(id).copied()).collect();
        let Some(input) = decision.about.iter().find(|input| input.annotator == self.side.annotator) else {
            // Who has one there by now has not overlooked it.
            let late = ruling.touched.contains(&Touched::Added(self.side.annotator.clone()));
            if decision.without.contains(&self.side.annotator) && !late {
                let overlooked = made.iter().map(|gold| Entry {
                    label: gold.label.clone(),
                    spans: gold.spans.clone(),
                    text: gold.text.clone(),
                    ..self.entry(ruling, Outcome::Overlooked)
                });
                let overlooked: Vec<_> = overlooked.collect();
                self.entries.extend(overlooked);
            }
            return;
        };
        let (outcome, changes) = self.outcome(ruling, input, &made);
        let here = self.own.get(&input.annotation);
        let entry = Entry {
            annotation: here.map(|annotation| annotation.id.clone()),
            label: input.label.clone(),
            spans: here.map_or_else(|| vec![ruling.place()], |annotation| annotation.spans.clone()),
            text: here.map_or(&input.text, |annotation| &annotation.text).clone(),
            changes,
            ..self.entry(ruling, outcome)
        };
        self.entries.push(entry);
    }

    fn outcome(&self, ruling: &Ruling, input: &Input, made: &[&Annotation]) -> (Outcome, Vec<Changed>) {
        let from = AnnotationRef::of(input);
        let is_from = |gold: &&&Annotation| gold.decided.as_ref().is_some_and(|decided| decided.from.contains(&from));
        let accepted = match &ruling.decision.verdict {
            Verdict::Defer => return (Outcome::Undecided, Vec::new()),
            Verdict::Accept(_) => made.iter().find(is_from),
            Verdict::Edit(_) | Verdict::Reject => None,
        };
        let moved = ruling.decision.text_sha256 != self.gold.set.text_sha256;
        let differing = made.iter().map(|gold| self.targets.differences(input, gold, moved)).min_by_key(Vec::len);
        match (accepted, differing) {
            (Some(_), _) if made.len() == 1 => (Outcome::Accepted, Vec::new()),
            (Some(_), _) => (Outcome::AcceptedBeside, Vec::new()),
            (None, Some(changes)) if changes.is_empty() => (Outcome::Accepted, changes),
            (None, Some(changes)) => (Outcome::Changed, changes),
            // What was accepted has no place in today's text.
            (None, None) if ruling.lost => (Outcome::Undecided, Vec::new()),
            (None, None) => (Outcome::Rejected, Vec::new()),
        }
    }

    /// The annotator's tags about which nothing was decided.
    fn tell_open(&mut self, adjudication: &Adjudication) {
        let rulings = adjudication.rulings.iter();
        let decided: BTreeSet<_> =
            rulings.flat_map(|ruling| ruling.decision.about.iter().map(AnnotationRef::of)).collect();
        for case in &adjudication.cases {
            let own = case.inputs.iter().filter(|input| input.annotator == self.side.annotator);
            for input in own.filter(|input| !decided.contains(&AnnotationRef::of(input))) {
                self.entries.push(Entry {
                    document: self.gold.set.document.clone(),
                    annotation: Some(input.annotation.clone()),
                    label: input.label.clone(),
                    spans: input.spans.clone(),
                    text: input.text.clone(),
                    outcome: Outcome::Undecided,
                    changes: Vec::new(),
                    reason: String::new(),
                    note: String::new(),
                    decision: None,
                    stale: false,
                });
            }
        }
    }

    /// An entry about a decision, of which the annotation is still to be said.
    fn entry(&self, ruling: &Ruling, outcome: Outcome) -> Entry {
        let decision = &ruling.decision;
        Entry {
            document: self.gold.set.document.clone(),
            annotation: None,
            label: String::new(),
            spans: Vec::new(),
            text: Vec::new(),
            outcome,
            changes: Vec::new(),
            reason: decision.reason.clone(),
            note: decision.note.clone(),
            decision: Some(decision.id.clone()),
            stale: !ruling.stands(),
        }
    }
}
