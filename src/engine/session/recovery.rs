//! Taking over what an earlier run did: its undo history, and the edits that it could not save.

use std::collections::BTreeMap;

use ascribe_schema::{Problem, Severity};

use super::{OwnFile, Session, moving::fits};
use crate::{
    Transaction,
    part::{Content, FileKey},
    store::{Recovered, Store, StoreError, set_aside},
};

/// What came of the edits that an earlier run had left unsaved.
#[derive(Default)]
struct Outcome {
    /// Those that are in the files now.
    kept: Vec<Transaction>,
    /// How many no longer fit.
    lost: usize,
    /// Whether another program has changed a file.
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
        unsaved: BTreeMap<FileKey, (Option<String>, Vec<Transaction>)>,
        store: &Store,
    ) -> Result<Outcome, StoreError> {
        let mut outcome = Outcome::default();
        for (key, (sha256, edits)) in unsaved {
            let on_disk = self.files.get(&key).and_then(|file| file.sha256.clone());
            // Where there is no file, the edits tell which text it belonged to.
            let texts = || edits.iter().flat_map(Transaction::texts);
            let (before, after) = (texts().next().map(|(from, _)| from), texts().last().map(|(_, to)| to));
            let state = |text: Option<&str>| {
                let text = text.map_or_else(|| self.text_sha256(&key.0), str::to_owned);
                self.content(&key).unwrap_or_else(|| self.none(&key, text))
            };
            let (mut saved, mut state) = (state(after), state(before));
            if on_disk != sha256 && !edits.is_empty() && edits.iter().rev().all(|edit| undoes(&mut saved, edit)) {
                continue; // The file was saved, but the crash came before the journal knew.
            }
            outcome.foreign |= on_disk != sha256;
            // A document that was not started may have got a corrected text since.
            let text = self.project.documents.get(&key.0).and_then(|document| document.text.as_deref());
            let settled = self.files.contains_key(&key) || before.is_some();
            let fits = settled || text.is_none_or(|text| edits.iter().all(|edit| fits(edit, text)));
            if !fits || !edits.iter().all(|edit| self.is_whole(&key) && state.apply(&edit.changes).is_ok()) {
                outcome.lost += edits.len();
            } else if !edits.is_empty() {
                self.save_recovered(key, state, on_disk, store)?;
                outcome.kept.extend(edits);
            }
        }
        Ok(outcome)
    }

    fn save_recovered(
        &mut self,
        key: FileKey,
        content: Content,
        known: Option<String>,
        store: &Store,
    ) -> Result<(), StoreError> {
        store.back_up(&self.annotator, &key)?;
        let sha256 = store.save(&self.annotator, &key, &content, known.as_deref())?;
        let file = self.files.remove(&key).unwrap_or_else(OwnFile::none);
        self.take_in(key, OwnFile { sha256, ..file }, content);
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
            let message = format!("{lost} unsaved edits no longer fit your files, which another program has changed");
            report(Severity::Error, "edits-lost", message, None);
        }
        if broken.is_some() {
            let message = "a line of the journal cannot be read; what you did before cannot be undone any more";
            report(Severity::Note, "journal-broken", message.to_owned(), broken);
        } else if lost == 0 {
            let message = "your files were changed by another program; what you did before cannot be undone any more";
            report(Severity::Note, "history-ended", message.to_owned(), None);
        }
        Ok(())
    }
}

/// Takes an edit back in `state`; false if it is not there as it was made.
fn undoes(state: &mut Content, edit: &Transaction) -> bool {
    state.apply(&edit.inverse().changes).is_ok()
}
