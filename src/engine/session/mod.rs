//! An open project and the one annotator who works in it.

mod moving;
mod recovery;
mod rules;
mod suggesting;

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use ascribe_schema::{AnnotationSet, AnnotatorName, DocumentId, Progress, Severity, Text};

pub use self::rules::TurnError;
use crate::{
    Change, History, Learned, MoveReport, Place, Project, SaveState, SetState, StoredSet, Transaction, WorkingSet,
    action::{Action, ActionError, Stamp},
    plan::plan,
    session::moving::first_text,
    set::ApplyError,
    set_path,
    store::{Job, Journal, Lock, Record, Saver, Store, StoreError, recover},
};

/// An open project with one annotator's sets ready for work. Every change goes through
/// [`Session::commit`], is undoable, and is saved by itself.
pub struct Session {
    project: Project,
    annotator: AnnotatorName,
    sets: BTreeMap<DocumentId, OwnSet>,
    /// The documents for which there is a file, but none that could be read.
    unreadable: BTreeSet<DocumentId>,
    history: History,
    /// What became of sets that were moved to corrected texts in this run.
    moved: BTreeMap<DocumentId, MoveReport>,
    /// What everybody's sets tell of suggestions, the annotator's own as they are now.
    learned: Learned,
    writer: Result<Writer, ReadOnly>,
}

/// One of the annotator's own sets.
struct OwnSet {
    set: WorkingSet,
    /// Whether all of its file was read, so that writing it back loses nothing.
    whole: bool,
    /// Whether it is whole and its text is there.
    writable: bool,
    /// The hash of its file as it was read; nothing if there was none.
    file_sha256: Option<String>,
    /// Whether the saving thread looks after it already.
    handed_over: bool,
}

impl OwnSet {
    fn of_file(stored: StoredSet) -> Self {
        Self {
            set: WorkingSet::new(SetState::from_file(stored.set)),
            whole: stored.whole,
            writable: stored.writable,
            file_sha256: Some(stored.file_sha256),
            handed_over: false,
        }
    }

    fn of_none(state: SetState) -> Self {
        Self { set: WorkingSet::new(state), whole: true, writable: true, file_sha256: None, handed_over: false }
    }
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
    /// The project's folder cannot be written to.
    #[error("{0}")]
    Store(String),
    /// The document has a corrected text, and the tags have not been moved to it.
    #[error("these tags belong to an earlier text of this article; move them to the corrected text to change them")]
    Older,
    /// This one document cannot be changed.
    #[error("this document's tags are read-only because of a problem; see the list of problems")]
    Document,
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
        let mut sets = BTreeMap::new();
        for (id, document) in &mut project.documents {
            if let Some(stored) = document.sets.remove(&annotator) {
                sets.insert(id.clone(), OwnSet::of_file(stored));
            }
        }
        let unreadable = unreadable(&project, &annotator, &sets);
        let (history, writer) = (History::default(), Err(ReadOnly::Bundle));
        let (moved, learned) = (BTreeMap::new(), Learned::default());
        let mut session = Self { project, annotator, sets, unreadable, history, moved, learned, writer };
        session.writer = session.start_writing(time, Box::new(wake));
        session.move_all();
        session.learn();
        session
    }

    fn start_writing(&mut self, time: &str, wake: Box<dyn Fn() + Send + Sync>) -> Result<Writer, ReadOnly> {
        let Place::Folder(root) = &self.project.place else { return Err(ReadOnly::Bundle) };
        if self.annotator.is_gold() {
            return Err(ReadOnly::Gold);
        }
        let store = Store::at(root);
        let refused = |error: StoreError| ReadOnly::Store(error.to_string());
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
            self.sets.iter().map(|(id, own)| (id.clone(), own.file_sha256.clone())).collect();
        for deed in self.history.done().iter().chain(self.history.undone()) {
            disk.entry(deed.document.clone()).or_insert(None);
        }
        let saver = Journal::start(&store, &self.annotator, &self.history, &disk)
            .and_then(|journal| Saver::start(store, journal, wake));
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
        let (older, older_paratext) = (BTreeMap::new(), BTreeMap::new());
        let (sets, suggestions) = (BTreeMap::new(), BTreeMap::new());
        let document = crate::Document { text, genuine: true, older, older_paratext, sets, suggestions, record };
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
        self.sets.get(document).map(|own| &own.set).filter(|set| set.state().is_started())
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
        self.sets.values().filter(|own| own.set.progress() == Progress::Finished).count()
    }

    /// Why nothing, or not this document, can be changed; nothing when it can.
    #[must_use]
    pub fn read_only(&self, document: Option<&DocumentId>) -> Option<ReadOnly> {
        if let Err(reason) = &self.writer {
            return Some(reason.clone());
        }
        let document = document?;
        if self.is_writable(document) { self.held_back(document) } else { Some(ReadOnly::Document) }
    }

    fn is_writable(&self, document: &DocumentId) -> bool {
        let genuine = self.project.documents.get(document).is_some_and(|document| document.genuine);
        let whole = self.sets.get(document).is_none_or(|own| own.writable);
        genuine && whole && !self.unreadable.contains(document)
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
        self.leave_older_text(&transaction.document);
        let transaction = self.starting(transaction);
        self.change(&transaction, Record::Commit(transaction.clone()))?;
        self.history.push(transaction);
        Ok(())
    }

    /// The first change of a document also starts it, so that undo leaves no trace of it.
    fn starting(&self, mut transaction: Transaction) -> Transaction {
        let starts = transaction.changes.iter().any(|change| matches!(change, Change::Start { .. }));
        if !starts && self.set(&transaction.document).is_none() {
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
        // Tags on an older text are held back from edits, but undo and the move itself must reach them.
        match self.read_only(Some(&transaction.document)) {
            None | Some(ReadOnly::Older) => {}
            Some(reason) => return Err(reason.into()),
        }
        self.check_texts(transaction)?;
        let started = self.sets.contains_key(&transaction.document);
        // The thread must have the set as it was before this change.
        let before = self.begin(&transaction.document, &record);
        let own = self.sets.get_mut(&transaction.document).ok_or(CommitError::NoText)?;
        if let Err(reason) = own.set.apply(&transaction.changes) {
            if !started {
                self.sets.remove(&transaction.document);
            }
            return Err(reason.into());
        }
        self.learned.follow(transaction);
        if let Ok(writer) = &mut self.writer {
            if let Some(begin) = before {
                own.handed_over = true;
                writer.saver.send(begin);
            }
            writer.saver.send(edit(transaction, record));
        }
        Ok(())
    }

    /// Makes sure that there is a set; returns the job that hands it over if that has not been done.
    fn begin(&mut self, document: &DocumentId, record: &Record) -> Option<Job> {
        let mut empty = self.empty_state(document);
        if matches!(record, Record::Redo)
            && let Some(older) = first_text(self.history.undone().iter().rev(), document)
        {
            // What is done again was done before the tags were moved.
            empty = SetState::empty(document.clone(), self.annotator.clone(), older.to_owned());
        }
        let own = self.sets.entry(document.clone()).or_insert_with(|| OwnSet::of_none(empty));
        let job = || Job::Begin(Box::new(own.set.state().clone()), own.file_sha256.clone());
        (!own.handed_over).then(job)
    }

    fn empty_state(&self, document: &DocumentId) -> SetState {
        SetState::empty(document.clone(), self.annotator.clone(), self.text_sha256(document))
    }

    fn text_sha256(&self, document: &DocumentId) -> String {
        self.project.documents.get(document).map(|document| document.text_sha256().to_owned()).unwrap_or_default()
    }

    /// Whether all work is on disk.
    #[must_use]
    pub fn save_state(&self) -> SaveState {
        self.writer.as_ref().map_or(SaveState::Saved, |writer| writer.saver.state())
    }

    /// Waits until all work is on disk, or cannot be; returns which.
    pub fn flush(&mut self) -> SaveState {
        if let Ok(writer) = &mut self.writer {
            writer.saver.ask(Job::Flush);
        }
        self.save_state()
    }

    /// The sets that were changed in this run, as they are now, by path from the project's folder: what a copy
    /// must hold if saving has failed.
    #[must_use]
    pub fn changed_files(&self) -> Vec<(String, Vec<u8>)> {
        let changed = self.sets.iter().filter(|(_, own)| own.handed_over && own.set.state().is_started());
        let file = |(id, own): (&DocumentId, &OwnSet)| {
            let text = ascribe_schema::write(&own.set.state().to_file()).ok()?;
            Some((self.set_path(id), text.into_bytes()))
        };
        changed.filter_map(file).collect()
    }

    /// The sets that were changed in this run, as they are now; nothing for one that is not started any more.
    #[must_use]
    pub fn changed_sets(&self) -> Vec<(DocumentId, Option<AnnotationSet>)> {
        let changed = self.sets.iter().filter(|(_, own)| own.handed_over);
        let set = |own: &OwnSet| own.set.state().is_started().then(|| own.set.state().to_file());
        changed.map(|(id, own)| (id.clone(), set(own))).collect()
    }

    /// Lets go of the annotator's sets, so that an import may write to them: from here on nothing can be changed.
    /// What is not saved by then stays in the journal.
    pub fn release(&mut self) {
        let reason = "labelled data is being imported into this project".to_owned();
        self.writer = Err(ReadOnly::Store(reason));
    }

    /// Writes this window's version over a file that another program has changed; that version is kept in
    /// `.ascribe/backups/`.
    pub fn keep_mine(&mut self) -> SaveState {
        if let Ok(writer) = &mut self.writer {
            writer.saver.ask(Job::KeepMine);
        }
        self.save_state()
    }

    /// The path of the annotator's set of a document, from the project's folder.
    #[must_use]
    pub fn set_path(&self, document: &DocumentId) -> String {
        set_path(&self.annotator, document)
    }
}

/// The documents of which the annotator's set, or its folder, is there and cannot be read at all.
fn unreadable(
    project: &Project,
    annotator: &AnnotatorName,
    sets: &BTreeMap<DocumentId, OwnSet>,
) -> BTreeSet<DocumentId> {
    let errors = project.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let broken: BTreeSet<_> = errors.map(|problem| problem.place.file.as_str()).collect();
    let folder = format!("annotations/{annotator}");
    let folders = ["annotations", &folder].iter().any(|folder| broken.contains(folder));
    let lost =
        |id: &&DocumentId| !sets.contains_key(id) && (folders || broken.contains(set_path(annotator, id).as_str()));
    project.documents.keys().filter(lost).cloned().collect()
}

fn edit(transaction: &Transaction, record: Record) -> Job {
    let changes: Vec<Change> = transaction.changes.clone();
    Job::Edit(Box::new(record), transaction.document.clone(), changes)
}
