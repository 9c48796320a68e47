//! Taking the annotator's sets along to corrected texts.

use std::{collections::BTreeMap, sync::Arc};

use ascribe_schema::{Annotation, DocumentId, Text};

use super::{CommitError, ReadOnly, Session};
use crate::{
    Change, MoveReport, Moved, Transaction,
    revise::{find_waiting, plan_move},
    set_path,
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
        let file = set_path(&self.annotator, document);
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
        if !started && self.sets.contains_key(&id) {
            // What was undone leaves nothing that could be moved; the thread must have taken its file away.
            self.flush();
            self.sets.remove(&id);
        }
        let Some(document) = self.project.documents.get_mut(&id) else { return };
        if let Some(old) = document.text.take().filter(|_| document.genuine) {
            document.older.insert(document.text_sha256().to_owned(), old);
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
        let undone = |document: &DocumentId, deed: &Transaction| deed.is_move() && deed.document == *document;
        for document in behind {
            if !self.history.undone().iter().any(|deed| undone(&document, deed)) {
                // As above.
                let _ = self.move_set(&document);
            }
        }
    }

    /// Forgets deeds that can no longer be done again, because a document that has not been started got a
    /// corrected text since.
    pub(super) fn forget_misfits(&mut self) {
        let (sets, documents) = (&self.sets, &self.project.documents);
        self.history.retain(|deed| {
            let started = sets.get(&deed.document).is_some_and(|own| own.set.state().is_started());
            let text = documents.get(&deed.document).and_then(|document| document.text.as_deref());
            started || text.is_none_or(|text| fits(deed, text))
        });
    }

    /// Why the annotator's tags of a document cannot be edited, though undo works.
    pub(super) fn held_back(&self, document: &DocumentId) -> Option<ReadOnly> {
        self.is_behind(document).then_some(ReadOnly::Older)
    }
}

/// Whether what a deed leaves behind stands in the text.
pub(super) fn fits(deed: &Transaction, text: &Text) -> bool {
    let fits = |annotation: &Annotation| {
        let mut pairs = annotation.spans.iter().zip(&annotation.text);
        !annotation.text_sha256.is_empty() || pairs.all(|(span, exact)| text.slice(*span) == Some(exact))
    };
    deed.changes.iter().all(|change| match change {
        Change::Annotation(diff) => diff.after.as_ref().is_none_or(|after| fits(after)),
        _ => true,
    })
}
