//! A change as a value: for each thing it touches, what was there before and what is there after.

use std::sync::Arc;

use ascribe_schema::{Annotation, Comment, Conflict, Decision, DocumentId, Progress, Rejection, Relation};
use serde::{Deserialize, Serialize};

use crate::Part;

/// One change of one file of one person, a set, decisions or comments, applied as a whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// The document that the file is about.
    pub document: DocumentId,
    /// What it does, for the undo menu, such as `Tag as quote`.
    pub name: String,
    /// What it touches, each thing once.
    pub changes: Vec<Change>,
}

/// What happens to one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// An annotation appears, changes or goes.
    Annotation(Diff<Annotation>),
    /// A relation appears, changes or goes.
    Relation(Diff<Relation>),
    /// A suggestion is refused, or is no longer.
    Rejection(Diff<Rejection>),
    /// What two copies of the file changed differently is settled, or is open again.
    Conflict(Diff<Conflict>),
    /// Something is decided, decided otherwise, or is open again. It changes no set.
    Decision(Diff<Decision>),
    /// A comment appears, changes or goes. It changes no set.
    Comment(Diff<Comment>),
    /// The document is started: there is a set of it, where there was none; or the other way round.
    Start {
        /// Whether there was a set.
        before: bool,
        /// Whether there is one afterwards.
        after: bool,
    },
    /// The set moves to another text of its document.
    Text {
        /// The hash of the text that its spans counted in.
        before: String,
        /// The hash of the text that they count in afterwards.
        after: String,
    },
    /// The document is marked as finished, or reopened.
    Progress {
        /// What it was.
        before: Progress,
        /// What it becomes.
        after: Progress,
    },
}

/// A thing before and after; at least one of the two is there, and both have the same id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diff<T> {
    /// What was there; nothing for a thing that is made.
    pub before: Option<Arc<T>>,
    /// What is there afterwards; nothing for a thing that is deleted.
    pub after: Option<Arc<T>>,
}

impl<T> Diff<T> {
    /// A new thing.
    pub fn added(after: T) -> Self {
        Self { before: None, after: Some(Arc::new(after)) }
    }

    /// A thing that goes.
    #[must_use]
    pub fn removed(before: Arc<T>) -> Self {
        Self { before: Some(before), after: None }
    }

    /// A thing that becomes another.
    pub fn changed(before: Arc<T>, after: T) -> Self {
        Self { before: Some(before), after: Some(Arc::new(after)) }
    }

    /// The newest state: what is there afterwards, or else what was there.
    #[must_use]
    pub fn newest(&self) -> Option<&Arc<T>> {
        self.after.as_ref().or(self.before.as_ref())
    }

    fn inverse(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }
}

impl Change {
    /// Which file it changes.
    fn part(&self) -> Part {
        match self {
            Self::Annotation(_) | Self::Relation(_) | Self::Rejection(_) => Part::Set,
            Self::Start { .. } | Self::Text { .. } | Self::Progress { .. } => Part::Set,
            Self::Conflict(diff) => diff.newest().map_or(Part::Set, |conflict| Part::of_conflict(conflict)),
            Self::Decision(_) => Part::Decisions,
            Self::Comment(_) => Part::Comments,
        }
    }
}

impl Transaction {
    /// The change that undoes this one.
    #[must_use]
    pub fn inverse(&self) -> Self {
        let inverse = |change: &Change| match change {
            Change::Annotation(diff) => Change::Annotation(diff.inverse()),
            Change::Relation(diff) => Change::Relation(diff.inverse()),
            Change::Rejection(diff) => Change::Rejection(diff.inverse()),
            Change::Conflict(diff) => Change::Conflict(diff.inverse()),
            Change::Decision(diff) => Change::Decision(diff.inverse()),
            Change::Comment(diff) => Change::Comment(diff.inverse()),
            Change::Start { before, after } => Change::Start { before: *after, after: *before },
            Change::Text { before, after } => Change::Text { before: after.clone(), after: before.clone() },
            Change::Progress { before, after } => Change::Progress { before: *after, after: *before },
        };
        let changes = self.changes.iter().rev().map(inverse).collect();
        Self { document: self.document.clone(), name: self.name.clone(), changes }
    }

    /// Which of a person's files about the document it changes; nothing where that is more than one, or none.
    #[must_use]
    pub fn part(&self) -> Option<Part> {
        let part = self.changes.first()?.part();
        self.changes.iter().all(|change| change.part() == part).then_some(part)
    }

    /// Whether it changes a set. Decisions and comments do not: they are papers of their own.
    #[must_use]
    pub fn changes_set(&self) -> bool {
        self.part() == Some(Part::Set)
    }

    /// Whether it moves the set to another text.
    #[must_use]
    pub fn is_move(&self) -> bool {
        self.changes.iter().any(|change| matches!(change, Change::Text { .. }))
    }

    /// From which text to which it moves the set, by their hashes; nothing where it does not.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.changes.iter().filter_map(|change| match change {
            Change::Text { before, after } => Some((before.as_str(), after.as_str())),
            _ => None,
        })
    }

    /// The hashes of all texts that it names, for annotations that wait too.
    pub fn text_hashes(&self) -> impl Iterator<Item = &str> {
        let waiting = self.changes.iter().flat_map(|change| match change {
            Change::Annotation(diff) => [diff.before.as_deref(), diff.after.as_deref()],
            _ => [None, None],
        });
        let waiting = waiting.flatten().map(|annotation| annotation.text_sha256.as_str());
        let texts = self.texts().flat_map(|(before, after)| [before, after]);
        texts.chain(waiting.filter(|sha256| !sha256.is_empty()))
    }

    /// The annotations that it makes or changes, or else those that it deletes: what to show a person.
    pub fn annotations(&self) -> impl Iterator<Item = &Arc<Annotation>> {
        self.changes.iter().filter_map(|change| match change {
            Change::Annotation(diff) => diff.newest(),
            _ => None,
        })
    }
}
