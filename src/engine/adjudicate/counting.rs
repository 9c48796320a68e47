//! Whose decisions count for gold.

use std::{collections::BTreeSet, sync::Arc};

use ascribe_schema::{AnnotatorName, Decision};

use crate::{Document, Project};

/// Why there is nobody whose decisions count.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAdjudicator {
    /// There are no decisions.
    #[error("nobody has decided anything in this project yet")]
    Nobody,
    /// There are decisions of several people.
    #[error(
        "{} have decided; say whose decisions count for gold, such as adjudicator: Some(\"{}\") in project.ron",
        .0.iter().map(AnnotatorName::as_str).collect::<Vec<_>>().join(" and "),
        .0.first().map_or("", |name| name.as_str())
    )]
    Several(Vec<AnnotatorName>),
}

/// Whose decisions count: of whom the project names, or else of the only one who has decided anything.
///
/// # Errors
///
/// When nobody is named, and nobody or several have decided.
pub fn counting(project: &Project) -> Result<AnnotatorName, NoAdjudicator> {
    if let Some(name) = &project.file.adjudicator {
        return Ok(name.clone());
    }
    let names: BTreeSet<_> = project.documents.values().flat_map(|document| document.decisions.keys()).collect();
    match names.into_iter().cloned().collect::<Vec<_>>() {
        none if none.is_empty() => Err(NoAdjudicator::Nobody),
        mut one if one.len() == 1 => one.pop().ok_or(NoAdjudicator::Nobody),
        several => Err(NoAdjudicator::Several(several)),
    }
}

/// What somebody has decided about a document, as it was read.
#[must_use]
pub fn decisions_of(document: &Document, adjudicator: &AnnotatorName) -> Vec<Arc<Decision>> {
    let stored = document.decisions.get(adjudicator).into_iter();
    stored.flat_map(|stored| &stored.set.decisions).map(|decision| Arc::new(decision.clone())).collect()
}
