//! Who annotates which document: by hand, or evenly; and how far everybody is.

mod progress;
mod spread;

use std::collections::BTreeMap;

use ascribe_schema::{AnnotatorName, DocumentId, Project};

pub use self::{
    progress::{Cell, DocumentProgress, ProgressTable, Stage, StageCounts, progress},
    spread::{Load, Spread, loads, pairs, spread},
};

/// Who annotates which document, as a project keeps it.
pub type Assignments = BTreeMap<DocumentId, Vec<AnnotatorName>>;

/// Why nobody was given anything.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssignError {
    /// Every document should get more people than there are.
    #[error("each article cannot get {each} of {annotators} annotators; name more people, or ask for fewer")]
    TooFew {
        /// How many each document should get.
        each: usize,
        /// How many people there are.
        annotators: usize,
    },
    /// Nobody was named, or each document should get nobody.
    #[error("name at least one annotator for each article")]
    Nobody,
    /// The name of the adjudicated sets.
    #[error("gold is made from decisions; nobody annotates under this name")]
    Gold,
}

/// The project with these people asked to annotate a document, too.
///
/// # Errors
///
/// When nobody is named, or gold is.
pub fn assigned(
    project: &Project,
    document: &DocumentId,
    annotators: &[AnnotatorName],
) -> Result<Project, AssignError> {
    check(annotators)?;
    let mut names = project.assignments.get(document).cloned().unwrap_or_default();
    names.extend(annotators.iter().cloned());
    Ok(with(project, BTreeMap::from([(document.clone(), names)])))
}

/// The project with these people no longer asked to annotate a document. What they have tagged stays.
#[must_use]
pub fn unassigned(project: &Project, document: &DocumentId, annotators: &[AnnotatorName]) -> Project {
    let mut names = project.assignments.get(document).cloned().unwrap_or_default();
    names.retain(|name| !annotators.contains(name));
    with(project, BTreeMap::from([(document.clone(), names)]))
}

/// The project with what [`spread`] gave.
#[must_use]
pub fn with(project: &Project, assignments: Assignments) -> Project {
    let mut after = project.clone();
    for (document, mut names) in assignments {
        names.sort();
        names.dedup();
        // People who are given something are asked to annotate.
        let new = names.iter().filter(|name| !project.annotators.contains(name));
        after.annotators.extend(new.cloned());
        match names.is_empty() {
            true => drop(after.assignments.remove(&document)),
            false => drop(after.assignments.insert(document, names)),
        }
    }
    let first = project.annotators.len();
    after.annotators[first..].sort();
    after.annotators.dedup();
    after
}

fn check(annotators: &[AnnotatorName]) -> Result<(), AssignError> {
    if annotators.is_empty() {
        return Err(AssignError::Nobody);
    }
    if annotators.iter().any(AnnotatorName::is_gold) { Err(AssignError::Gold) } else { Ok(()) }
}
