//! Several annotators compared over several documents.

use std::{collections::BTreeSet, str::FromStr};

use ascribe_schema::{AnnotationSet, AnnotatorName, DocumentId, NameError};

use super::{Comparison, compare};
use crate::{
    Document, Project,
    adjudicate::{adjudicated, decisions_of},
    in_order::in_order,
};

/// What stands before an adjudicator's name where their decisions are meant.
const DECISIONS: &str = "decisions/";

/// What some annotators made of several documents, matched in each.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    /// Whose work, in the order in which it was asked for.
    pub annotators: Vec<AnnotatorName>,
    /// The documents of which at least two of them have a set, in order. Only those who have one take part.
    pub documents: Vec<Comparison>,
    /// The documents of which fewer than two have a set, with those who do.
    pub not_compared: Vec<(DocumentId, Vec<AnnotatorName>)>,
}

/// Why nothing can be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// Two are needed.
    #[error("name at least two annotators to compare; the project has the work of: {0}")]
    TooFew(String),
    /// Somebody has nothing in the project.
    #[error("`{0}` has annotated nothing in this project; there are: {1}")]
    Nobody(AnnotatorName, String),
    /// Somebody is named twice.
    #[error("`{0}` is named twice")]
    Twice(AnnotatorName),
    /// A document is not there.
    #[error("there is no document `{0}` in the project")]
    NoDocument(DocumentId),
    /// A defect of this program.
    #[error("comparing failed, which is a defect of this program: please report it")]
    Crashed,
}

/// Whose work is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// An annotator's set; `gold` is one.
    Annotator(AnnotatorName),
    /// What an adjudicator made of everybody's work. It is compared under the name `decisions-NAME`.
    Adjudicator(AnnotatorName),
}

impl FromStr for Party {
    type Err = NameError;

    /// An annotator's name, or `decisions/NAME`.
    fn from_str(text: &str) -> Result<Self, NameError> {
        Ok(match text.strip_prefix(DECISIONS) {
            Some(name) => Self::Adjudicator(AnnotatorName::new(name)?),
            None => Self::Annotator(AnnotatorName::new(text)?),
        })
    }
}

impl Party {
    /// Under which name their work is compared.
    fn name(&self) -> AnnotatorName {
        match self {
            Self::Annotator(name) => name.clone(),
            // A name that is too long already stays as it is.
            Self::Adjudicator(name) => AnnotatorName::new(format!("decisions-{name}")).unwrap_or_else(|_| name.clone()),
        }
    }

    /// Their work on a document, if there is any.
    fn set(&self, document: &Document) -> Option<AnnotationSet> {
        match self {
            Self::Annotator(name) => Some(document.sets.get(name)?.set.clone()),
            Self::Adjudicator(name) => {
                document.decisions.get(name)?;
                let set = adjudicated(document, name, &decisions_of(document, name));
                Some(AnnotationSet { annotator: self.name(), ..set })
            }
        }
    }

    fn is_there(&self, document: &Document) -> bool {
        match self {
            Self::Annotator(name) => document.sets.contains_key(name),
            Self::Adjudicator(name) => document.decisions.contains_key(name),
        }
    }
}

/// Matches what some made of some documents; of all where none is named, and everybody's work, gold excepted, where
/// nobody is.
///
/// # Errors
///
/// When there are not two to compare, or one of them or a document is not there.
pub fn compare_project(
    project: &Project,
    parties: &[Party],
    documents: &[DocumentId],
) -> Result<Compared, CompareError> {
    let parties = chosen(project, parties)?;
    if let Some(missing) = documents.iter().find(|id| !project.documents.contains_key(id)) {
        return Err(CompareError::NoDocument(missing.clone()));
    }
    let wanted = |document: &&Document| documents.is_empty() || documents.contains(&document.record.id);
    let make = |document: &Document| {
        let sets: Vec<_> = parties.iter().filter_map(|party| party.set(document)).collect();
        match sets.len() {
            0 | 1 => Err((document.record.id.clone(), sets.into_iter().map(|set| set.annotator).collect())),
            _ => Ok(compare(document, sets)),
        }
    };
    let mut compared = Compared { annotators: parties.iter().map(Party::name).collect(), ..Compared::default() };
    in_order(project.documents.values().filter(wanted), &make, &mut |made| {
        match made.map_err(|_| CompareError::Crashed)? {
            Ok(comparison) => compared.documents.push(comparison),
            Err(alone) => compared.not_compared.push(alone),
        }
        Ok(())
    })?;
    Ok(compared)
}

/// Who is meant.
fn chosen(project: &Project, wanted: &[Party]) -> Result<Vec<Party>, CompareError> {
    let documents = || project.documents.values();
    let all: BTreeSet<&AnnotatorName> = documents().flat_map(|document| document.sets.keys()).collect();
    let adjudicators: BTreeSet<_> = documents().flat_map(|document| document.decisions.keys()).collect();
    let list = || {
        let decided = adjudicators.iter().map(|name| format!("{DECISIONS}{name}"));
        all.iter().map(ToString::to_string).chain(decided).collect::<Vec<_>>().join(", ")
    };
    let there = |party: &&Party| documents().any(|document| party.is_there(document));
    if let Some(missing) = wanted.iter().find(|party| !there(party)) {
        return Err(CompareError::Nobody(missing.name(), list()));
    }
    if let Some((at, _)) = wanted.iter().enumerate().find(|(at, party)| wanted[..*at].contains(party)) {
        return Err(CompareError::Twice(wanted[at].name()));
    }
    let people = || all.iter().filter(|name| !name.is_gold()).map(|name| Party::Annotator((*name).clone())).collect();
    let chosen: Vec<Party> = if wanted.is_empty() { people() } else { wanted.to_vec() };
    if chosen.len() < 2 { Err(CompareError::TooFew(list())) } else { Ok(chosen) }
}
