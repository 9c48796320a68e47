//! How far everybody is with every document.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{AnnotatorName, DocumentId, Progress};
use serde::Serialize;

use crate::{
    Document, Project,
    adjudicate::{Case, CaseCounts, counting, decisions_of, standing},
};

/// How far an annotator is with a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// There is no set.
    #[default]
    NotStarted,
    /// It is being worked on.
    InProgress,
    /// Its annotator has marked it as finished.
    Finished,
    /// It was compared, and everything in it is decided.
    Adjudicated,
}

/// An annotator and a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Whether they were asked to annotate it.
    pub assigned: bool,
    /// How far they are.
    pub stage: Stage,
    /// How many annotations they have made.
    pub annotations: usize,
}

/// A document and everybody on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentProgress {
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// Those who were asked to annotate it, or have begun.
    pub annotators: BTreeMap<AnnotatorName, Cell>,
    /// What is decided by whose decisions count; nothing where nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases: Option<CaseCounts>,
}

/// How many documents are how far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StageCounts {
    /// Documents that they were asked to annotate.
    pub assigned: usize,
    /// Of these, those that they have not begun.
    pub not_started: usize,
    /// Documents that they are working on.
    pub in_progress: usize,
    /// Documents that they have finished, and that are not all decided.
    pub finished: usize,
    /// Documents in which everything of theirs is decided.
    pub adjudicated: usize,
    /// All their annotations.
    pub annotations: usize,
}

/// How far a project is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ProgressTable {
    /// One row a document, by id.
    pub documents: Vec<DocumentProgress>,
    /// Sums, by annotator: those who are asked to annotate, were given something, or have begun.
    pub annotators: BTreeMap<AnnotatorName, StageCounts>,
    /// Sums over all of them.
    pub total: StageCounts,
}

impl Stage {
    /// All of them, from nothing to everything.
    pub const ALL: [Self; 4] = [Self::NotStarted, Self::InProgress, Self::Finished, Self::Adjudicated];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NotStarted => "not started",
            Self::InProgress => "in progress",
            Self::Finished => "finished",
            Self::Adjudicated => "adjudicated",
        }
    }

    /// A sign that tells it from the others without colour.
    #[must_use]
    pub fn sign(self) -> char {
        match self {
            Self::NotStarted => '○',
            Self::InProgress => '◐',
            Self::Finished => '●',
            Self::Adjudicated => '◆',
        }
    }
}

/// How far everybody is with every document of a project.
#[must_use]
pub fn progress(project: &Project) -> ProgressTable {
    let adjudicator = counting(project).ok();
    let mut table = ProgressTable::default();
    for name in &project.file.annotators {
        table.annotators.entry(name.clone()).or_default();
    }
    for (id, document) in &project.documents {
        let assigned = project.file.assignments.get(id).map_or(&[] as &[AnnotatorName], Vec::as_slice);
        let row = row(document, assigned, adjudicator.as_ref());
        for (name, cell) in &row.annotators {
            table.annotators.entry(name.clone()).or_default().count(cell);
            table.total.count(cell);
        }
        table.documents.push(row);
    }
    table
}

fn row(document: &Document, assigned: &[AnnotatorName], adjudicator: Option<&AnnotatorName>) -> DocumentProgress {
    let decisions = adjudicator.map(|name| decisions_of(document, name)).unwrap_or_default();
    let adjudicated = (!decisions.is_empty()).then(|| standing(document, &decisions));
    let people: BTreeSet<_> = document.sets.keys().filter(|name| !name.is_gold()).chain(assigned).collect();
    let cell = |name: &AnnotatorName| {
        let set = document.sets.get(name).map(|stored| &stored.set);
        let decided = adjudicated.as_ref().is_some_and(|(comparison, adjudication)| {
            let waits = |case: &Case| case.state.waits() && case.inputs.iter().any(|input| input.annotator == *name);
            comparison.sides.iter().any(|side| side.annotator == *name) && !adjudication.cases.iter().any(waits)
        });
        let stage = match set.map(|set| set.progress) {
            None => Stage::NotStarted,
            Some(Progress::Finished) if decided => Stage::Adjudicated,
            Some(Progress::Finished) => Stage::Finished,
            Some(Progress::InProgress) => Stage::InProgress,
        };
        Cell { assigned: assigned.contains(name), stage, annotations: set.map_or(0, |set| set.annotations.len()) }
    };
    DocumentProgress {
        id: document.record.id.clone(),
        title: document.record.title.clone(),
        annotators: people.into_iter().map(|name| (name.clone(), cell(name))).collect(),
        cases: adjudicated.map(|(_, adjudication)| adjudication.counts()),
    }
}

impl StageCounts {
    fn count(&mut self, cell: &Cell) {
        self.assigned += usize::from(cell.assigned);
        self.annotations += cell.annotations;
        *match cell.stage {
            Stage::NotStarted => &mut self.not_started,
            Stage::InProgress => &mut self.in_progress,
            Stage::Finished => &mut self.finished,
            Stage::Adjudicated => &mut self.adjudicated,
        } += 1;
    }
}
