//! What a person writes about a document beside their set: decisions between annotators, and comments.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ascribe_schema::{
    AnnotatorName, Comment, CommentId, CommentSet, Conflict, Decision, DecisionId, DecisionSet, DocumentId, FORMAT,
};

use crate::{
    Change, Differences, Part,
    set::{ApplyError, fits, replace},
};

/// One person's decisions and comments on one document, in memory, ready to be changed. They are in two files; each
/// change touches one of the two.
#[derive(Clone, Debug, Default)]
pub struct Papers {
    decisions: BTreeMap<DecisionId, Arc<Decision>>,
    comments: BTreeMap<CommentId, Arc<Comment>>,
    /// By the path to what two copies of a file changed differently, which begins with the name of its part.
    conflicts: BTreeMap<String, Arc<Conflict>>,
    version: u64,
}

/// Whether both hold the same, whatever has happened to them.
impl PartialEq for Papers {
    fn eq(&self, other: &Self) -> bool {
        (&self.decisions, &self.comments, &self.conflicts) == (&other.decisions, &other.comments, &other.conflicts)
    }
}

impl Eq for Papers {}

impl Papers {
    /// Puts a file's decisions in the place of those that are here. Of several with one id the first stays.
    pub fn put_decisions(&mut self, set: DecisionSet) {
        self.empty(Part::Decisions);
        for decision in set.decisions {
            self.decisions.entry(decision.id.clone()).or_insert_with(|| Arc::new(decision));
        }
        self.put_conflicts(set.conflicts);
    }

    /// Puts a file's comments in the place of those that are here. Of several with one id the first stays.
    pub fn put_comments(&mut self, set: CommentSet) {
        self.empty(Part::Comments);
        for comment in set.comments {
            self.comments.entry(comment.id.clone()).or_insert_with(|| Arc::new(comment));
        }
        self.put_conflicts(set.conflicts);
    }

    fn put_conflicts(&mut self, conflicts: Vec<Conflict>) {
        for conflict in conflicts {
            self.conflicts.entry(conflict.at.clone()).or_insert_with(|| Arc::new(conflict));
        }
    }

    /// Forgets all that one file holds.
    pub(crate) fn empty(&mut self, part: Part) {
        match part {
            Part::Set => return,
            Part::Decisions => self.decisions.clear(),
            Part::Comments => self.comments.clear(),
        }
        self.conflicts.retain(|_, conflict| Part::of_conflict(conflict) != part);
        self.version += 1;
    }

    /// What one file holds, alone.
    pub(crate) fn only(&self, part: Part) -> Self {
        let mut only = self.clone();
        [Part::Decisions, Part::Comments]
            .into_iter()
            .filter(|other| *other != part)
            .for_each(|other| only.empty(other));
        only
    }

    /// Takes one file's content over from `other`.
    pub(crate) fn take(&mut self, part: Part, other: &Self) {
        self.empty(part);
        match part {
            Part::Set => {}
            Part::Decisions => self.decisions.clone_from(&other.decisions),
            Part::Comments => self.comments.clone_from(&other.comments),
        }
        let here = |conflict: &Arc<Conflict>| Part::of_conflict(conflict) == part;
        let conflicts = other.conflicts.iter().filter(|(_, conflict)| here(conflict));
        self.conflicts.extend(conflicts.map(|(at, conflict)| (at.clone(), conflict.clone())));
    }

    /// The content of the file of decisions, in the order of files.
    #[must_use]
    pub fn decision_set(&self, document: &DocumentId, adjudicator: &AnnotatorName) -> DecisionSet {
        let mut set = DecisionSet {
            format: FORMAT,
            document: document.clone(),
            adjudicator: adjudicator.clone(),
            decisions: self.decisions.values().map(|decision| decision.as_ref().clone()).collect(),
            conflicts: self.conflicts(Part::Decisions).map(|conflict| conflict.as_ref().clone()).collect(),
        };
        set.sort();
        set
    }

    /// The content of the file of comments, in the order of files.
    #[must_use]
    pub fn comment_set(&self, document: &DocumentId, writer: &AnnotatorName) -> CommentSet {
        let mut set = CommentSet {
            format: FORMAT,
            document: document.clone(),
            writer: writer.clone(),
            comments: self.comments.values().map(|comment| comment.as_ref().clone()).collect(),
            conflicts: self.conflicts(Part::Comments).map(|conflict| conflict.as_ref().clone()).collect(),
        };
        set.sort();
        set
    }

    /// Whether there is nothing that a file could hold.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.decisions.is_empty() && self.comments.is_empty() && self.conflicts.is_empty()
    }

    /// The decisions, by id.
    pub fn decisions(&self) -> impl ExactSizeIterator<Item = &Arc<Decision>> {
        self.decisions.values()
    }

    /// The decision with that id.
    #[must_use]
    pub fn decision(&self, id: &DecisionId) -> Option<&Arc<Decision>> {
        self.decisions.get(id)
    }

    /// The comments, by id.
    pub fn comments(&self) -> impl ExactSizeIterator<Item = &Arc<Comment>> {
        self.comments.values()
    }

    /// The comment with that id.
    #[must_use]
    pub fn comment(&self, id: &CommentId) -> Option<&Arc<Comment>> {
        self.comments.get(id)
    }

    /// What two copies of one of the two files changed differently, by the path to it.
    pub fn conflicts(&self, part: Part) -> impl Iterator<Item = &Arc<Conflict>> {
        self.conflicts.values().filter(move |conflict| Part::of_conflict(conflict) == part)
    }

    /// How much another version differs.
    pub(crate) fn differences(&self, other: &Self) -> Differences {
        let decisions = Differences::between(&self.decisions, &other.decisions);
        decisions + Differences::between(&self.comments, &other.comments)
    }

    /// A number that differs after every change, for caches.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Carries out `changes`, all or none.
    ///
    /// # Errors
    ///
    /// When something is not as a change expects it, a change belongs to a set, or one thing changes twice.
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), ApplyError> {
        let mut touched = BTreeSet::new();
        for change in changes {
            if !touched.insert(self.check_before(change)?) {
                return Err(ApplyError::Malformed);
            }
        }
        for change in changes {
            match change {
                Change::Decision(diff) => replace(&mut self.decisions, diff, |decision| &decision.id),
                Change::Comment(diff) => replace(&mut self.comments, diff, |comment| &comment.id),
                Change::Conflict(diff) => replace(&mut self.conflicts, diff, |conflict| &conflict.at),
                _ => {}
            }
        }
        self.version += 1;
        Ok(())
    }

    /// Makes sure that what a change touches is as it expects; returns what that is.
    fn check_before<'a>(&self, change: &'a Change) -> Result<(Part, &'a str), ApplyError> {
        match change {
            Change::Decision(diff) => {
                fits(&self.decisions, diff, |decision| &decision.id)?;
                Ok((Part::Decisions, diff.newest().map_or("", |decision| decision.id.as_str())))
            }
            Change::Comment(diff) => {
                fits(&self.comments, diff, |comment| &comment.id)?;
                Ok((Part::Comments, diff.newest().map_or("", |comment| comment.id.as_str())))
            }
            Change::Conflict(diff) => {
                fits(&self.conflicts, diff, |conflict| &conflict.at)?;
                Ok((Part::Set, diff.newest().map_or("", |conflict| conflict.at.as_str())))
            }
            _ => Err(ApplyError::Malformed),
        }
    }
}
