//! What a project has decided so far, and what that says of a proposal: counts, and a sentence for each.

use std::collections::BTreeMap;

use ascribe_schema::{Annotation, AnnotationSet, AnnotatorName, Origin, Rejection};

use super::{Proposer, QUOTE, SOURCE};
use crate::{Change, Diff, Document, Project, SetState, Transaction};

/// How many decisions a rule's own score is worth.
const WEIGHT_OF_RULE: f32 = 5.0;
/// How many decisions about the same words the score is worth.
const WEIGHT_OF_WORDS: f32 = 2.0;
/// More decisions about the same words than this say nothing more.
const MOST_OF_WORDS: i64 = 3;
/// How much of what a score lacks to 1 a known source gives it.
const KNOWN: f32 = 0.25;
/// Longer strings, in characters, are not remembered: nobody says them twice.
const LONGEST: usize = 200;

/// What people have decided about suggestions, and what they have tagged, counted over many sets. The same decisions
/// give the same counts in whatever order they are noted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    rules: BTreeMap<String, Decisions>,
    /// How often each name stands as a source.
    names: BTreeMap<String, i64>,
    /// By label, then by the words.
    words: BTreeMap<String, BTreeMap<String, Decisions>>,
}

/// How often something was decided how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Decisions {
    accepted: i64,
    /// Of the accepted ones, how many were changed.
    changed: i64,
    rejected: i64,
}

impl Decisions {
    fn less(self, other: Self) -> Self {
        Self {
            accepted: (self.accepted - other.accepted).max(0),
            changed: (self.changed - other.changed).max(0),
            rejected: (self.rejected - other.rejected).max(0),
        }
    }
}

impl Learned {
    /// What everybody's sets of a project tell; `gold`, which repeats them, aside.
    #[must_use]
    pub fn of_project(project: &Project) -> Self {
        let mut learned = Self::default();
        let sets = project.documents.values().flat_map(|document| document.sets.iter());
        sets.filter(|(name, _)| !name.is_gold()).for_each(|(_, stored)| learned.note_set(&stored.set));
        learned
    }

    /// What others than the annotator with that name have decided about one document. Whoever is to work
    /// independently must not be led by it.
    #[must_use]
    pub fn of_others(document: &Document, annotator: Option<&AnnotatorName>) -> Self {
        let mut learned = Self::default();
        let others = document.sets.iter().filter(|(name, _)| !name.is_gold() && Some(*name) != annotator);
        others.for_each(|(_, stored)| learned.note_set(&stored.set));
        learned
    }

    /// What is left of all this without what `others` have decided.
    #[must_use]
    pub fn without(&self, others: Self) -> Lessons<'_> {
        Lessons { learned: self, others }
    }

    /// Notes all that a set tells.
    pub fn note_set(&mut self, set: &AnnotationSet) {
        set.annotations.iter().for_each(|annotation| self.note(annotation, 1));
        set.rejected.iter().for_each(|rejection| self.note_rejection(rejection, 1));
    }

    /// The same of a set that is being worked on.
    pub fn note_state(&mut self, set: &SetState) {
        set.annotations().for_each(|annotation| self.note(annotation, 1));
        set.rejected().for_each(|rejection| self.note_rejection(rejection, 1));
    }

    /// Notes what a transaction changes.
    pub fn follow(&mut self, transaction: &Transaction) {
        for change in &transaction.changes {
            match change {
                Change::Annotation(Diff { before, after }) => {
                    before.iter().for_each(|annotation| self.note(annotation, -1));
                    after.iter().for_each(|annotation| self.note(annotation, 1));
                }
                Change::Rejection(Diff { before, after }) => {
                    before.iter().for_each(|rejection| self.note_rejection(rejection, -1));
                    after.iter().for_each(|rejection| self.note_rejection(rejection, 1));
                }
                _ => {}
            }
        }
    }

    fn note(&mut self, annotation: &Annotation, times: i64) {
        match &annotation.origin {
            // Nobody has decided about it.
            Origin::Rule { confirmed_by: None, .. } | Origin::Model { confirmed_by: None, .. } => return,
            Origin::Rule { name, changed, .. } | Origin::Model { name, changed, .. } => {
                let rule = self.rules.entry(name.clone()).or_default();
                rule.accepted += times;
                rule.changed += if *changed { times } else { 0 };
            }
            Origin::Human(_) | Origin::Import { .. } => {}
        }
        let name = name_in(annotation);
        if let Some(decisions) = self.words(&annotation.label, &annotation.text, name.is_some()) {
            decisions.accepted += times;
        }
        if let Some(name) = name {
            *self.names.entry(name).or_default() += times;
        }
    }

    fn note_rejection(&mut self, rejection: &Rejection, times: i64) {
        self.rules.entry(rejection.rule.clone()).or_default().rejected += times;
        if let Some(decisions) = self.words(&rejection.label, &rejection.text, false) {
            decisions.rejected += times;
        }
    }

    /// What was decided about some words; nothing for what says nothing elsewhere, such as that `she` is a source.
    fn words(&mut self, label: &str, text: &[String], name: bool) -> Option<&mut Decisions> {
        let words = folded(text).filter(|words| label != SOURCE || name || words.contains(' '))?;
        Some(self.words.entry(label.to_owned()).or_default().entry(words).or_default())
    }

    fn decided(&self, label: &str, words: &str) -> Decisions {
        self.words.get(label).and_then(|known| known.get(words)).copied().unwrap_or_default()
    }
}

/// What has been [`Learned`], as far as it may be used for one document and one annotator.
#[derive(Clone, Debug)]
pub struct Lessons<'a> {
    learned: &'a Learned,
    others: Learned,
}

impl Lessons<'_> {
    /// The score of a proposal after all that is known, and what changed it. `speaker` has the words of a source, or of
    /// the source that a quote or the like is tied to.
    pub(super) fn score(
        &self,
        proposer: &Proposer,
        label: &str,
        text: &[String],
        speaker: Option<&str>,
    ) -> (f32, Vec<String>) {
        let mut told = Vec::new();
        let mut score = self.by_rule(proposer, &mut told);
        let times = speaker.map_or(0, |name| self.known(name));
        if let Some(name) = speaker.filter(|_| times > 0) {
            score += (1.0 - score) * KNOWN;
            told.push(format!("“{name}” is a source in this project already, {}", number_of_times(times)));
        }
        score = self.by_words(score, label, text, &mut told);
        (thousandths(score), told)
    }

    /// Of a rule that has been decided about, its own score counts as much as five decisions; a change counts half.
    pub(super) fn by_rule(&self, proposer: &Proposer, told: &mut Vec<String>) -> f32 {
        let of = |learned: &Learned| learned.rules.get(proposer.name()).copied().unwrap_or_default();
        let Decisions { accepted, changed, rejected } = of(self.learned).less(of(&self.others));
        let all = accepted + rejected;
        if all == 0 {
            return proposer.score;
        }
        let what = if proposer.program == super::RULES { "this rule" } else { "this model" };
        let with = if changed > 0 { format!(", {changed} of them with changes") } else { String::new() };
        told.push(format!("{accepted} of {all} proposals of {what} were accepted in this project{with}"));
        let good = accepted as f32 - changed as f32 / 2.0;
        (proposer.score * WEIGHT_OF_RULE + good) / (WEIGHT_OF_RULE + all as f32)
    }

    fn by_words(&self, score: f32, label: &str, text: &[String], told: &mut Vec<String>) -> f32 {
        let Some(words) = folded(text) else { return score };
        let Decisions { accepted, rejected, .. } =
            self.learned.decided(label, &words).less(self.others.decided(label, &words));
        if accepted + rejected == 0 {
            return score;
        }
        let told_as = match (accepted, rejected) {
            (0, no) => format!("were refused as {label} {}", number_of_times(no)),
            (yes, 0) => format!("were tagged as {label} {}", number_of_times(yes)),
            (yes, no) => {
                format!("were tagged as {label} {}, and refused {}", number_of_times(yes), number_of_times(no))
            }
        };
        told.push(format!("the same words {told_as} elsewhere in this project"));
        let (accepted, rejected) = (accepted.min(MOST_OF_WORDS), rejected.min(MOST_OF_WORDS));
        (score * WEIGHT_OF_WORDS + accepted as f32) / (WEIGHT_OF_WORDS + (accepted + rejected) as f32)
    }

    /// How often a name stands as a source.
    fn known(&self, name: &str) -> i64 {
        let Some(name) = folded(&[name.to_owned()]) else { return 0 };
        let of = |learned: &Learned| learned.names.get(&name).copied().unwrap_or_default();
        of(self.learned) - of(&self.others)
    }
}

/// The words of some fragments, whatever white space is between them; nothing for what is too long to be said twice.
fn folded(text: &[String]) -> Option<String> {
    let mut words = String::new();
    for word in text.iter().flat_map(|fragment| fragment.split_whitespace()) {
        if words.len() > 4 * LONGEST {
            return None;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    (!words.is_empty() && words.chars().count() <= LONGEST).then_some(words)
}

/// The name of a source that is called by its name, not described.
pub(super) fn name_in(annotation: &Annotation) -> Option<String> {
    let [name] = annotation.text.as_slice() else { return None };
    let named = match annotation.attributes.get("naming") {
        Some(naming) => naming == "named",
        None => {
            // Two words in capitals; one may be any word at the start of a sentence.
            let mut words = name.split_whitespace();
            let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
            name.split_whitespace().count() > 1 && words.all(capital)
        }
    };
    if annotation.label == SOURCE && named { folded(std::slice::from_ref(name)) } else { None }
}

/// Whether a proposal with that label may have somebody who says it.
pub(super) fn is_said(label: &str) -> bool {
    label == QUOTE || label == "claim" || label == "denial"
}

/// A score as it is shown and compared.
pub(super) fn thousandths(score: f32) -> f32 {
    (score.clamp(0.0, 1.0) * 1000.0).round() / 1000.0
}

fn number_of_times(number: i64) -> String {
    if number == 1 { "once".to_owned() } else { format!("{number} times") }
}
