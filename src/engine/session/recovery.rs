//! Taking over what an earlier run did: its undo history, and the edits that it could not save.

use std::collections::BTreeMap;

use ascribe_schema::{DocumentId, Problem, Severity};

use super::{OwnSet, Session, moving::fits};
use crate::{
    SetState, Transaction, WorkingSet,
    store::{Recovered, Store, StoreError, set_aside},
};

/// What came of the edits that an earlier run had left unsaved.
#[derive(Default)]
struct Outcome {
    /// Those that are in the sets now.
    kept: Vec<Transaction>,
    /// How many no longer fit.
    lost: usize,
    /// Whether another program has changed a set.
    foreign: bool,
}

impl Session {
    /// Takes over the undo history of the last run, and the edits that it could not save. Where a file was
    /// changed by another program meanwhile, edits are kept if they still fit, and the history ends.
    pub(super) fn take_over(&mut self, recovered: Recovered, store: &Store, time: &str) -> Result<(), StoreError> {
        let outcome = self.recover_edits(recovered.unsaved, store)?;
        if outcome.foreign || outcome.lost > 0 || recovered.broken.is_some() {
            self.report_ended_history(store, time, outcome.lost, recovered.broken)?;
            outcome.kept.iter().cloned().for_each(|edit| self.history.push(edit));
        } else {
            self.history = recovered.history;
        }
        if !outcome.kept.is_empty() {
            let message = format!("edits that had not been saved are back: {}", outcome.kept.len());
            let file = format!(".ascribe/journal/{}.ron", self.annotator);
            self.project.problems.push(Problem::new(Severity::Note, "recovered", file, message));
        }
        Ok(())
    }

    fn recover_edits(
        &mut self,
        unsaved: BTreeMap<DocumentId, (Option<String>, Vec<Transaction>)>,
        store: &Store,
    ) -> Result<Outcome, StoreError> {
        let mut outcome = Outcome::default();
        for (document, (sha256, edits)) in unsaved {
            let own = self.sets.get(&document);
            // Where there is no file, the edits tell which text it belonged to.
            let state = |text: Option<&str>| {
                let text = text.map_or_else(|| self.text_sha256(&document), str::to_owned);
                let empty = || SetState::empty(document.clone(), self.annotator.clone(), text);
                own.map_or_else(empty, |own| own.set.state().clone())
            };
            let on_disk = own.and_then(|own| own.file_sha256.clone());
            let texts = || edits.iter().flat_map(Transaction::texts);
            let before = state(texts().next().map(|(from, _)| from));
            let moves = texts().next().is_some();
            let mut state = state(texts().last().map(|(_, to)| to));
            if on_disk != sha256 && !edits.is_empty() && edits.iter().rev().all(|edit| undoes(&mut state, edit)) {
                continue; // The file was saved, but the crash came before the journal knew.
            }
            outcome.foreign |= on_disk != sha256;
            let mut state = before;
            // A document that was not started may have got a corrected text since.
            let text = self.project.documents.get(&document).and_then(|document| document.text.as_deref());
            let fits = own.is_some() || moves || text.is_none_or(|text| edits.iter().all(|edit| fits(edit, text)));
            if !fits || !edits.iter().all(|edit| self.is_whole(&document) && state.apply(&edit.changes).is_ok()) {
                outcome.lost += edits.len();
            } else if !edits.is_empty() {
                self.save_recovered(state, on_disk, store)?;
                outcome.kept.extend(edits);
            }
        }
        Ok(outcome)
    }

    /// Whether writing a set loses nothing; whether its text is there and genuine does not matter for that.
    fn is_whole(&self, document: &DocumentId) -> bool {
        let whole = self.sets.get(document).is_none_or(|own| own.whole);
        whole && self.project.documents.contains_key(document) && !self.unreadable.contains(document)
    }

    fn save_recovered(&mut self, state: SetState, known: Option<String>, store: &Store) -> Result<(), StoreError> {
        let document = state.document().clone();
        store.back_up(&self.annotator, &document)?;
        let file_sha256 = store.save_set(&state, known.as_deref())?;
        let own = self.sets.entry(document).or_insert_with(|| OwnSet::of_none(state.clone()));
        own.set = WorkingSet::new(state);
        own.file_sha256 = file_sha256;
        Ok(())
    }

    /// Puts the journal aside and says so; where that fails, it must stay where it is.
    fn report_ended_history(
        &mut self,
        store: &Store,
        time: &str,
        lost: usize,
        broken: Option<usize>,
    ) -> Result<(), StoreError> {
        let refused = |source| StoreError::Io { path: store.root().to_owned(), source };
        let file = set_aside(store, &self.annotator, time).map_err(refused)?.display().to_string();
        let hint = "the old journal is kept at this path, in case something is missing";
        let mut report = |severity, rule, message: String, line: Option<usize>| {
            let problem = Problem::new(severity, rule, file.as_str(), message).hint(hint);
            self.project.problems.push(line.map_or(problem.clone(), |line| problem.at(line, 1)));
        };
        if lost > 0 {
            let message = format!("{lost} unsaved edits no longer fit your sets, which another program has changed");
            report(Severity::Error, "edits-lost", message, None);
        }
        if broken.is_some() {
            let message = "a line of the journal cannot be read; what you did before cannot be undone any more";
            report(Severity::Note, "journal-broken", message.to_owned(), broken);
        } else if lost == 0 {
            let message = "your sets were changed by another program; what you did before cannot be undone any more";
            report(Severity::Note, "history-ended", message.to_owned(), None);
        }
        Ok(())
    }
}

/// Takes an edit back in `state`; false if it is not there as it was made.
fn undoes(state: &mut SetState, edit: &Transaction) -> bool {
    state.apply(&edit.inverse().changes).is_ok()
}
