//! An open project and the one annotator who works in it.

mod gold;
mod moving;
mod own;
mod recovery;
mod refresh;
mod rules;
mod suggesting;

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use ascribe_schema::{AnnotatorName, DocumentId, Progress, Text};

use self::{
    gold::GoldDue,
    own::{OwnFile, OwnStored, unreadable},
};
pub use self::{
    gold::{GoldMade, GoldToMake},
    rules::ProjectError,
};
use crate::{
    Change, History, Learned, MoveReport, Papers, Part, Place, Project, SetState, Transaction, WorkingSet,
    action::{Action, ActionError, Stamp},
    part::FileKey,
    plan::plan,
    set::ApplyError,
    store::{Job, Journal, Lock, Record, Saver, Store, StoreError, recover},
};

/// An open project with one annotator's sets ready for work. Every change goes through
/// [`Session::commit`], is undoable, and is saved by itself.
pub struct Session {
    project: Project,
    annotator: AnnotatorName,
    sets: BTreeMap<DocumentId, WorkingSet>,
    /// The annotator's decisions and comments.
    papers: BTreeMap<DocumentId, Papers>,
    /// The annotator's files, of sets and of papers, that are there or were made in this run.
    files: BTreeMap<FileKey, OwnFile>,
    /// The files that are there, and could not be read.
    unreadable: BTreeSet<FileKey>,
    history: History,
    /// What became of sets that were moved to corrected texts in this run.
    moved: BTreeMap<DocumentId, MoveReport>,
    /// What everybody's sets tell of suggestions, the annotator's own as they are now.
    learned: Learned,
    gold_due: GoldDue,
    writer: Result<Writer, ReadOnly>,
}

struct Writer {
    saver: Saver,
    _lock: Lock,
}

/// Why nothing can be changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadOnly {
    /// A bundle is a copy to read.
    #[error("a bundle is read-only; use “Save as” to make a folder of it and work there")]
    Bundle,
    /// The name `gold` belongs to the adjudicated sets.
    #[error("gold is made from decisions and is never edited by hand; open the project under your own name")]
    Gold,
    /// Another window has the annotator's work open.
    #[error("{0}’s work in this project is open in another window; only one can write")]
    Elsewhere(AnnotatorName),
    /// The project's folder cannot be written to.
    #[error("{0}")]
    Store(String),
    /// The document has a corrected text, and the tags have not been moved to it.
    #[error("these tags belong to an earlier text of this article; move them to the corrected text to change them")]
    Older,
    /// This one document cannot be changed.
    #[error("this document's tags are read-only because of a problem; see the list of problems")]
    Document,
    /// The decisions or comments on this one document cannot be changed.
    #[error("your {} about this document are read-only because of a problem; see the list of problems", .0.folder())]
    Papers(Part),
}

/// Why a change was not made. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// Nothing may be changed here.
    #[error(transparent)]
    ReadOnly(#[from] ReadOnly),
    /// The action makes no sense here.
    #[error(transparent)]
    Action(#[from] ActionError),
    /// The change does not fit what is there.
    #[error(transparent)]
    Apply(#[from] ApplyError),
    /// There is no such document, or it has no text.
    #[error("this document has no text that could be tagged")]
    NoText,
}

impl Session {
    /// Opens `project` for `annotator`: takes over what an earlier run could not save, and the undo history; and
    /// moves the annotator's sets to corrected texts, unless that was undone in an earlier run ([`Session::moved`]).
    /// `wake` is called from another thread whenever the state of saving has changed; `time` is now, as
    /// RFC 3339.
    #[must_use]
    pub fn open(
        mut project: Project,
        annotator: AnnotatorName,
        time: &str,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let documents = project.documents.iter_mut();
        let own: Vec<_> =
            documents.map(|(id, document)| (id.clone(), OwnStored::out_of(document, &annotator))).collect();
        let mut session = Self {
            project,
            annotator,
            sets: BTreeMap::new(),
            papers: BTreeMap::new(),
            files: BTreeMap::new(),
            unreadable: BTreeSet::new(),
            history: History::default(),
            moved: BTreeMap::new(),
            learned: Learned::default(),
            gold_due: GoldDue::default(),
            writer: Err(ReadOnly::Bundle),
        };
        for (id, stored) in own {
            for (part, file, content) in stored.files() {
                session.take_in((id.clone(), part), file, content);
            }
        }
        session.find_unreadable();
        session.writer = session.start_writing(time, Box::new(wake));
        session.move_all();
        session.learn();
        session
    }

    fn find_unreadable(&mut self) {
        self.unreadable = unreadable(&self.project, &self.annotator, |key| self.files.contains_key(key));
    }

    fn start_writing(&mut self, time: &str, wake: Box<dyn Fn() + Send + Sync>) -> Result<Writer, ReadOnly> {
        let Place::Folder(root) = &self.project.place else { return Err(ReadOnly::Bundle) };
        if self.annotator.is_gold() {
            return Err(ReadOnly::Gold);
        }
        let store = Store::at(root);
        let refused = |error: StoreError| match error {
            StoreError::Locked(name) => ReadOnly::Elsewhere(name),
            error => ReadOnly::Store(error.to_string()),
        };
        let lock = store.lock(&self.annotator).map_err(refused)?;
        // A journal that cannot be read may hold the only copy of somebody's work: it must not be replaced.
        let unread = |error: io::Error| ReadOnly::Store(format!("cannot read the journal of an earlier run: {error}"));
        let recovered = recover(&store, &self.annotator).map_err(unread)?;
        self.take_over(recovered, &store, time).map_err(refused)?;
        self.load_older_texts();
        let documents = &self.project.documents;
        self.history.retain(|deed| documents.contains_key(&deed.document));
        self.forget_misfits();
        let mut disk: BTreeMap<_, _> =
            self.files.iter().map(|(key, file)| (key.clone(), file.sha256.clone())).collect();
        for deed in self.history.done().iter().chain(self.history.undone()) {
            if let Some(part) = deed.part() {
                disk.entry((deed.document.clone(), part)).or_insert(None);
            }
        }
        let saver = Journal::start(&store, &self.annotator, &self.history, &disk)
            .and_then(|journal| Saver::start(store, self.annotator.clone(), journal, wake));
        let failed = |error: io::Error| ReadOnly::Store(format!("cannot write to the project's folder: {error}"));
        Ok(Writer { saver: saver.map_err(failed)?, _lock: lock })
    }

    /// The project, without the annotator's own sets.
    #[must_use]
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Takes in a document that has just been added to the project's folder.
    pub fn insert(&mut self, record: ascribe_schema::Document, text: String) {
        let text = Some(std::sync::Arc::new(Text::new(text)));
        let document = crate::Document { text, genuine: true, ..crate::Document::of(record) };
        self.project.documents.entry(document.record.id.clone()).or_insert(document);
    }

    /// Whose work is being done.
    #[must_use]
    pub fn annotator(&self) -> &AnnotatorName {
        &self.annotator
    }

    /// The annotator's set of a document; nothing when it is not started.
    #[must_use]
    pub fn set(&self, document: &DocumentId) -> Option<&WorkingSet> {
        self.sets.get(document).filter(|set| set.state().is_started())
    }

    /// The annotator's decisions and comments on a document; nothing where there are none.
    #[must_use]
    pub fn papers(&self, document: &DocumentId) -> Option<&Papers> {
        self.papers.get(document).filter(|papers| !papers.is_empty())
    }

    /// The text of a document that the annotator's set of it belongs to; the newest where there is no set, or its
    /// own text is missing.
    #[must_use]
    pub fn text(&self, document: &DocumentId) -> Option<&std::sync::Arc<Text>> {
        let here = self.project.documents.get(document)?;
        let own = self.set(document).and_then(|set| here.text_of(set.state().text_sha256()));
        own.or(here.text.as_ref())
    }

    /// How far the annotator has come; nothing when the document is not started.
    #[must_use]
    pub fn progress(&self, document: &DocumentId) -> Option<Progress> {
        self.set(document).map(WorkingSet::progress)
    }

    /// How many documents the annotator has marked as finished.
    #[must_use]
    pub fn finished(&self) -> usize {
        self.sets.values().filter(|set| set.progress() == Progress::Finished).count()
    }

    /// Why nothing, or not this document, can be changed; nothing when it can.
    #[must_use]
    pub fn read_only(&self, document: Option<&DocumentId>) -> Option<ReadOnly> {
        if let Err(reason) = &self.writer {
            return Some(reason.clone());
        }
        let document = document?;
        if self.is_writable(document, Part::Set) { self.held_back(document) } else { Some(ReadOnly::Document) }
    }

    /// What undo and redo know.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Works out an action, carries it out, and returns what was done.
    ///
    /// # Errors
    ///
    /// When the document is read-only or the action makes no sense; nothing has changed then.
    pub fn act(
        &mut self,
        document: &DocumentId,
        action: Action,
        time: &str,
        random: &mut dyn FnMut() -> u64,
    ) -> Result<Transaction, CommitError> {
        let transaction = self.starting(self.plan(document, action, time, random)?);
        self.commit(transaction.clone())?;
        Ok(transaction)
    }

    /// Works out what an action changes, and changes nothing.
    pub(crate) fn plan(
        &self,
        document: &DocumentId,
        action: Action,
        time: &str,
        random: &mut dyn FnMut() -> u64,
    ) -> Result<Transaction, CommitError> {
        let text = self.text(document).ok_or(CommitError::NoText)?;
        if let Some(reason) = self.held_back(document) {
            return Err(reason.into());
        }
        let annotator = self.annotator.clone();
        let mut stamp = Stamp { annotator: &annotator, time, random };
        let empty;
        let set = match self.set(document) {
            Some(set) => set,
            None => {
                empty = WorkingSet::new(self.empty_state(document));
                &empty
            }
        };
        Ok(plan(action, set, text, &self.project.file.scheme, &mut stamp)?)
    }

    /// Carries out a transaction, all or nothing, and makes it undoable.
    ///
    /// # Errors
    ///
    /// When the document is read-only or the transaction does not fit.
    pub fn commit(&mut self, transaction: Transaction) -> Result<(), CommitError> {
        if transaction.changes_set() {
            self.leave_older_text(&transaction.document);
        }
        let transaction = self.starting(transaction);
        self.change(&transaction, Record::Commit(transaction.clone()))?;
        self.history.push(transaction);
        Ok(())
    }

    /// The first change of a document also starts it, so that undo leaves no trace of it.
    fn starting(&self, mut transaction: Transaction) -> Transaction {
        let starts = transaction.changes.iter().any(|change| matches!(change, Change::Start { .. }));
        if !starts && transaction.changes_set() && self.set(&transaction.document).is_none() {
            transaction.changes.insert(0, Change::Start { before: false, after: true });
        }
        transaction
    }

    /// Takes the newest deed back, in whichever document it was; returns it.
    ///
    /// # Errors
    ///
    /// When its document has become read-only.
    pub fn undo(&mut self) -> Result<Option<Transaction>, CommitError> {
        let Some(deed) = self.history.undoable().cloned() else { return Ok(None) };
        self.change(&deed.inverse(), Record::Undo)?;
        self.history.undo();
        Ok(Some(deed))
    }

    /// Does again what was undone last; returns it.
    ///
    /// # Errors
    ///
    /// When its document has become read-only.
    pub fn redo(&mut self) -> Result<Option<Transaction>, CommitError> {
        let Some(deed) = self.history.redoable().cloned() else { return Ok(None) };
        self.change(&deed, Record::Redo)?;
        self.history.redo();
        Ok(Some(deed))
    }

    fn change(&mut self, transaction: &Transaction, record: Record) -> Result<(), CommitError> {
        let part = transaction.part().ok_or(ApplyError::Malformed)?;
        // Tags on an older text are held back from edits, but undo and the move itself must reach them.
        match self.read_only_part(&transaction.document, part) {
            None | Some(ReadOnly::Older) => {}
            Some(reason) => return Err(reason.into()),
        }
        self.check_texts(transaction)?;
        let key = (transaction.document.clone(), part);
        let started = self.files.contains_key(&key);
        // The thread must have the file as it was before this change.
        let before = self.begin(&key, &record);
        if let Err(reason) = self.apply(&key, &transaction.changes) {
            if !started {
                self.forget(&key);
            }
            return Err(reason);
        }
        if let Ok(writer) = &mut self.writer {
            if let Some(begin) = before {
                writer.saver.send(begin);
                self.files.entry(key.clone()).and_modify(|file| file.handed_over = true);
            }
            writer.saver.send(Job::Edit(Box::new(record), key, transaction.changes.clone()));
        }
        match part {
            Part::Set => self.learned.follow(transaction),
            Part::Decisions => self.gold_due.add(&transaction.document),
            Part::Comments => {}
        }
        Ok(())
    }

    fn apply(&mut self, (document, part): &FileKey, changes: &[Change]) -> Result<(), CommitError> {
        match part {
            Part::Set => self.sets.get_mut(document).ok_or(CommitError::NoText)?.apply(changes)?,
            Part::Decisions | Part::Comments => {
                self.papers.get_mut(document).ok_or(CommitError::NoText)?.apply(changes)?;
            }
        }
        Ok(())
    }

    fn empty_state(&self, document: &DocumentId) -> SetState {
        SetState::empty(document.clone(), self.annotator.clone(), self.text_sha256(document))
    }

    fn text_sha256(&self, document: &DocumentId) -> String {
        self.project.documents.get(document).map(|document| document.text_sha256().to_owned()).unwrap_or_default()
    }
}
