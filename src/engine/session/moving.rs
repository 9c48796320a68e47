//! Taking the annotator's sets along to corrected texts.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ascribe_schema::{DocumentId, Span, Text};

use super::{CommitError, ReadOnly, Session};
use crate::{
    Change, MoveReport, Moved, Part, Transaction, WorkingSet,
    part::FileKey,
    revise::{find_waiting, plan_move},
};

impl Session {
    /// Whether the annotator's set of a document belongs to an older text of it.
    #[must_use]
    pub fn is_behind(&self, document: &DocumentId) -> bool {
        let Some((set, here)) = self.set(document).zip(self.project.documents.get(document)) else { return false };
        let number = here.record.revision_of(set.state().text_sha256());
        number.is_some_and(|number| number < here.record.newest())
    }

    /// What became of the annotations of a set that was moved in this run and has not been moved back.
    #[must_use]
    pub fn moved(&self, document: &DocumentId) -> Option<&MoveReport> {
        self.moved.get(document).filter(|_| !self.is_behind(document))
    }

    /// The documents of which the annotator's set was moved in this run.
    pub fn moved_documents(&self) -> impl Iterator<Item = &DocumentId> {
        self.moved.keys().filter(|document| !self.is_behind(document))
    }

    /// Moves the annotator's set of a document to its newest text, as one change that can be undone.
    ///
    /// # Errors
    ///
    /// When the document is read-only, the set is not on an older text, or a text is missing.
    pub fn move_set(&mut self, document: &DocumentId) -> Result<&MoveReport, CommitError> {
        let (transaction, report) = self.planned_move(document).ok_or(CommitError::NoText)?;
        self.commit(transaction)?;
        let file = self.set_path(document);
        self.project.problems.retain(|problem| problem.rule != "older-text" || problem.place.file != file);
        self.moved.remove(document);
        Ok(self.moved.entry(document.clone()).or_insert(report))
    }

    /// What moving the annotator's set of a document to its newest text would change; nothing where it is on that
    /// text already, or a text is missing.
    fn planned_move(&self, document: &DocumentId) -> Option<(Transaction, MoveReport)> {
        let here = self.project.documents.get(document).filter(|here| here.genuine && self.is_behind(document))?;
        let (set, newest) = (self.set(document)?, here.text.as_ref()?);
        plan_move(set.state(), &|sha256| here.text_of(sha256).cloned(), newest, here.text_sha256())
    }

    /// The annotations that wait for a place in a document's newest text: where they were, and where they may be.
    #[must_use]
    pub fn waiting(&self, document: &DocumentId) -> Vec<Moved> {
        self.waiting_later(document).map(|work| work()).unwrap_or_default()
    }

    /// The same as work for a thread, because a long text takes a moment; nothing where none wait.
    #[must_use]
    pub fn waiting_later(&self, document: &DocumentId) -> Option<impl FnOnce() -> Vec<Moved> + Send + 'static> {
        let here = self.project.documents.get(document).filter(|_| !self.is_behind(document))?;
        let (set, newest) = (self.set(document)?, here.text.clone()?);
        if set.waiting().len() == 0 {
            return None;
        }
        let texts: BTreeMap<_, _> = set
            .waiting()
            .map(|annotation| (annotation.text_sha256.clone(), here.text_of(&annotation.text_sha256).cloned()))
            .collect();
        let waiting: Vec<_> = set.waiting().cloned().collect();
        Some(move || find_waiting(&waiting, &|sha256| texts.get(sha256).cloned().flatten(), &newest))
    }

    /// Takes in a corrected text that has just been written to the project's folder, and takes the annotator's set
    /// along.
    pub fn revise(&mut self, record: ascribe_schema::Document, text: String) {
        let id = record.id.clone();
        let started = self.set(&id).is_some();
        let key = (id.clone(), Part::Set);
        if !started && self.files.contains_key(&key) {
            self.forget_unstarted(&key);
        }
        let Some(document) = self.project.documents.get_mut(&id) else { return };
        if let Some(old) = document.text.take().filter(|_| document.genuine) {
            let paratext = std::mem::take(&mut document.record.paratext);
            document.keep_older(document.text_sha256().to_owned(), old, paratext);
        }
        (document.text, document.genuine, document.record) = (Some(Arc::new(Text::new(text))), true, record);
        self.forget_misfits();
        if started {
            // What stands in the way is told wherever something is to be changed; the tags stay on the old text.
            let _ = self.move_set(&id);
        }
    }

    /// Moves every set that belongs to an older text, unless the annotator has taken that back.
    pub(super) fn move_all(&mut self) {
        let behind: Vec<_> = self.sets.keys().filter(|document| self.is_behind(document)).cloned().collect();
        for document in behind {
            let newest = self.text_sha256(&document);
            let undone = |deed: &Transaction| {
                deed.document == document && deed.changes_set() && deed.texts().any(|(_, to)| to == newest)
            };
            if !self.history.undone().iter().any(undone) {
                // As above.
                let _ = self.move_set(&document);
            }
        }
    }

    /// Forgets deeds that can no longer be done again, because a document that has not been started got a
    /// corrected text since.
    pub(super) fn forget_misfits(&mut self) {
        let (sets, documents) = (&self.sets, &self.project.documents);
        let undone = self.history.undone();
        let first = |id: &DocumentId| {
            let from = first_text(undone.iter().rev(), &(id.clone(), Part::Set))?;
            Some((id.clone(), from.to_owned()))
        };
        let moved_from: BTreeMap<_, _> = documents.keys().filter_map(first).collect();
        self.history.retain(|deed| {
            let started = sets.get(&deed.document).is_some_and(|set| set.state().is_started());
            let started = started || !deed.changes_set();
            let Some(document) = documents.get(&deed.document).filter(|_| !started) else { return true };
            match moved_from.get(&deed.document) {
                // All of it is done again on the text on which it was done.
                Some(older) => document.text_of(older).is_some(),
                None => document.text.as_deref().is_none_or(|text| fits(deed, text)),
            }
        });
    }

    /// Lets go of a set of which all is undone, and which belonged to an older text: what is done from now on is
    /// done on the newest.
    pub(super) fn leave_older_text(&mut self, document: &DocumentId) {
        let newest = self.text_sha256(document);
        let left = |set: &WorkingSet| !set.state().is_started() && set.state().text_sha256() != newest;
        if self.sets.get(document).is_some_and(left) {
            self.forget_unstarted(&(document.clone(), Part::Set));
        }
    }

    fn forget_unstarted(&mut self, key: &FileKey) {
        // What was undone leaves nothing that could be moved; the thread must have taken its file away.
        self.flush();
        self.forget(key);
    }

    /// Reads the older texts that undo and redo, or edits that an earlier run could not save, lead to.
    pub(super) fn load_older_texts(&mut self) {
        let mut needed: BTreeSet<(DocumentId, String)> = BTreeSet::new();
        for deed in self.history.done().iter().chain(self.history.undone()) {
            needed.extend(deed.text_hashes().map(|sha256| (deed.document.clone(), sha256.to_owned())));
        }
        for (id, set) in &self.sets {
            let state = set.state();
            let hashes = set.waiting().map(|annotation| state.text_of(annotation)).chain([state.text_sha256()]);
            needed.extend(hashes.map(|sha256| (id.clone(), sha256.to_owned())));
        }
        for (id, sha256) in needed {
            if let Err(problem) = self.project.load_older(&id, &sha256)
                && !self.project.problems.contains(&problem)
            {
                self.project.problems.push(*problem);
            }
        }
    }

    /// Refuses to go to a text that is not there: the tags would be shown on another.
    pub(super) fn check_texts(&self, transaction: &Transaction) -> Result<(), CommitError> {
        let document = self.project.documents.get(&transaction.document);
        let there = |to: &str| document.is_some_and(|document| document.text_of(to).is_some());
        if transaction.texts().all(|(_, to)| there(to)) { Ok(()) } else { Err(CommitError::NoText) }
    }

    /// Why the annotator's tags of a document cannot be edited, though undo works.
    pub(super) fn held_back(&self, document: &DocumentId) -> Option<ReadOnly> {
        self.is_behind(document).then_some(ReadOnly::Older)
    }
}

/// The text that a file belongs to before `deeds`, in their order, if they move it.
pub(super) fn first_text<'a>(deeds: impl IntoIterator<Item = &'a Transaction>, key: &FileKey) -> Option<&'a str> {
    let here = deeds.into_iter().filter(|deed| deed.document == key.0 && deed.part() == Some(key.1));
    here.flat_map(Transaction::texts).next().map(|(from, _)| from)
}

/// Whether what a deed leaves behind stands in the text.
pub(super) fn fits(deed: &Transaction, text: &Text) -> bool {
    let fits = |text_sha256: &str, spans: &[Span], exact: &[String]| {
        let mut pairs = spans.iter().zip(exact);
        !text_sha256.is_empty() || pairs.all(|(span, exact)| text.slice(*span) == Some(exact))
    };
    deed.changes.iter().all(|change| match change {
        Change::Annotation(diff) => {
            diff.after.as_ref().is_none_or(|after| fits(&after.text_sha256, &after.spans, &after.text))
        }
        Change::Rejection(diff) => {
            diff.after.as_ref().is_none_or(|after| fits(&after.text_sha256, &after.spans, &after.text))
        }
        _ => true,
    })
}
