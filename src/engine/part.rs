//! The three files that one person has about one document, and what they hold in memory.

use std::path::Path;

use ascribe_schema::{AnnotatorName, Conflict, DocumentId};
use serde::{Deserialize, Serialize};

use crate::{
    Change, Differences, Papers, SetState, TextOf,
    merge::{MergeError, merge, merge_sets},
    set::ApplyError,
    store::{StoreError, verified},
};

/// Which of a person's files about a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// Their annotation set.
    #[default]
    Set,
    /// What they decided between annotators.
    Decisions,
    /// Their comments.
    Comments,
}

/// One file of the person who works: of which document, and which.
pub(crate) type FileKey = (DocumentId, Part);

impl Part {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Set, Self::Decisions, Self::Comments];

    /// The folder of the project in which each person has a folder for these files.
    #[must_use]
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Set => "annotations",
            Self::Decisions => "decisions",
            Self::Comments => "comments",
        }
    }

    /// The path of a person's file from the project's folder.
    #[must_use]
    pub fn path(self, person: &AnnotatorName, document: &DocumentId) -> String {
        format!("{}/{person}/{document}.ron", self.folder())
    }

    /// Which kind of file holds that conflict: a path to something in it begins with the name of the list.
    #[must_use]
    pub fn of_conflict(conflict: &Conflict) -> Self {
        match conflict.at.split('.').next() {
            Some("decisions") => Self::Decisions,
            Some("comments") => Self::Comments,
            _ => Self::Set,
        }
    }

    /// Whether it is the set, which journals did not use to name.
    pub(crate) fn is_set(&self) -> bool {
        *self == Self::Set
    }
}

/// What one of a person's files holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// A set.
    Set(SetState),
    /// Decisions or comments, the others being empty.
    Papers(Papers),
}

impl Content {
    /// What a file that is not there holds; `text_sha256` is the text that the spans of a set would count in.
    pub(crate) fn none(key: &FileKey, person: &AnnotatorName, text_sha256: String) -> Self {
        match key.1 {
            Part::Set => Self::Set(SetState::empty(key.0.clone(), person.clone(), text_sha256)),
            Part::Decisions | Part::Comments => Self::Papers(Papers::default()),
        }
    }

    /// Whether there is anything to keep: where there is not, there is no file.
    pub(crate) fn is_started(&self) -> bool {
        match self {
            Self::Set(state) => state.is_started(),
            Self::Papers(papers) => !papers.is_empty(),
        }
    }

    /// How much another version of the same file differs.
    pub(crate) fn differences(&self, other: &Self) -> Differences {
        match (self, other) {
            (Self::Set(before), Self::Set(after)) => before.differences(after),
            (Self::Papers(before), Self::Papers(after)) => before.differences(after),
            _ => Differences::default(),
        }
    }

    /// How many things two copies of it have changed differently.
    pub(crate) fn conflicts(&self) -> usize {
        match self {
            Self::Set(state) => state.conflicts().len(),
            Self::Papers(papers) => Part::ALL.iter().map(|part| papers.conflicts(*part).count()).sum(),
        }
    }

    /// Joins two versions that started from this one; `texts` gives the document's texts by their hash. Where that
    /// cannot be done, the text says why.
    pub(crate) fn merged(
        &self,
        ours: &Self,
        theirs: &Self,
        (document, part): &FileKey,
        person: &AnnotatorName,
        texts: TextOf<'_>,
    ) -> Result<Self, String> {
        let refused = |error: MergeError| error.to_string();
        if !theirs.is_started() {
            return Err("it was deleted".to_owned());
        }
        let of = |content: &Self| content.is_started();
        match (self, ours, theirs) {
            (Self::Set(base), Self::Set(ours), Self::Set(theirs)) => {
                let base = of(self).then(|| base.to_file());
                let merged = merge_sets(base.as_ref(), &ours.to_file(), &theirs.to_file(), texts);
                merged.map(|set| Self::Set(SetState::from_file(set))).map_err(refused)
            }
            (Self::Papers(base), Self::Papers(ours), Self::Papers(theirs)) => {
                let mut papers = Papers::default();
                if *part == Part::Comments {
                    let file = |papers: &Papers| papers.comment_set(document, person);
                    let base = of(self).then(|| file(base));
                    papers.put_comments(merge(base.as_ref(), &file(ours), &file(theirs)).map_err(refused)?);
                } else {
                    let file = |papers: &Papers| papers.decision_set(document, person);
                    let base = of(self).then(|| file(base));
                    papers.put_decisions(merge(base.as_ref(), &file(ours), &file(theirs)).map_err(refused)?);
                }
                Ok(Self::Papers(papers))
            }
            _ => Err("it is another kind of file".to_owned()),
        }
    }

    /// Carries out `changes`, all or none.
    pub(crate) fn apply(&mut self, changes: &[Change]) -> Result<(), ApplyError> {
        match self {
            Self::Set(state) => state.apply(changes),
            Self::Papers(papers) => papers.apply(changes),
        }
    }

    /// The bytes of its file, after making sure that reading them gives the same; `path` names it in errors.
    pub(crate) fn ron(&self, key: &FileKey, person: &AnnotatorName, path: &Path) -> Result<String, StoreError> {
        match (self, key.1) {
            (Self::Set(state), _) => verified(&state.to_file(), path),
            (Self::Papers(papers), Part::Comments) => verified(&papers.comment_set(&key.0, person), path),
            (Self::Papers(papers), _) => verified(&papers.decision_set(&key.0, person), path),
        }
    }
}
