//! The thread that writes: edits go to the journal at once and to the set's file a moment later, so the
//! drawing thread never waits.

use std::{
    collections::BTreeMap,
    io,
    path::PathBuf,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use ascribe_schema::{DocumentId, write};

use super::{Journal, Record, Store, StoreError};
use crate::{Change, SetState, hex_sha256};

/// A set's file is written when its annotator has paused for this long …
const PAUSE: Duration = Duration::from_millis(200);
/// … or has gone on for this long without a pause.
const LONGEST: Duration = Duration::from_secs(2);
/// How long to wait before trying again what failed.
const RETRY: Duration = Duration::from_secs(5);

/// Whether a person's work is on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SaveState {
    /// All of it is in the project's files.
    #[default]
    Saved,
    /// The last moments are in the journal, or on their way.
    Saving,
    /// Something is in the way; the work is in memory, and in the journal if that can be written.
    Failed(Failure),
}

/// Why work is not on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The system refuses, such as for a full disk; tried again by itself. The text says what and where.
    Refused(String),
    /// A set's file was changed by another program; neither version is touched until a person decides.
    Changed(PathBuf),
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(reason) => f.write_str(reason),
            Self::Changed(path) => write!(f, "another program has changed {}", path.display()),
        }
    }
}

/// What the thread is asked to do.
pub(crate) enum Job {
    /// Look after a set, which is as its file, if there is one, with that hash.
    Begin(Box<SetState>, Option<String>),
    /// An edit: its line in the journal, its document, what it changes.
    Edit(Box<Record>, DocumentId, Vec<Change>),
    /// Write everything now, whatever else; then answer.
    Flush(Sender<()>),
    /// Write over files that another program has changed, after backing them up; then answer.
    KeepMine(Sender<()>),
}

/// The thread and what it last said.
pub(crate) struct Saver {
    jobs: Option<Sender<Job>>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    edits: u64,
}

struct Shared {
    status: Mutex<Status>,
    wake: Box<dyn Fn() + Send + Sync>,
}

#[derive(Default)]
struct Status {
    saved: u64,
    failure: Option<Failure>,
}

impl Shared {
    fn status(&self) -> MutexGuard<'_, Status> {
        // A number and a message stay meaningful whatever panicked beside them.
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Saver {
    /// Starts the thread. It calls `wake` whenever the state of saving has changed.
    pub(crate) fn start(store: Store, journal: Journal, wake: Box<dyn Fn() + Send + Sync>) -> io::Result<Self> {
        let (jobs, queue) = channel();
        let shared = Arc::new(Shared { status: Mutex::default(), wake });
        let mut worker = Worker {
            store,
            journal,
            sets: BTreeMap::new(),
            edits: 0,
            unjournaled: Vec::new(),
            since: None,
            shared: shared.clone(),
        };
        let thread = thread::Builder::new().name("saver".to_owned()).spawn(move || worker.run(&queue))?;
        Ok(Self { jobs: Some(jobs), shared, thread: Some(thread), edits: 0 })
    }

    pub(crate) fn send(&mut self, job: Job) {
        self.edits += u64::from(matches!(job, Job::Edit(..)));
        // The thread ends only when the sender is dropped, or by a panic, which `state` then tells.
        let _ = self.jobs.as_ref().map(|jobs| jobs.send(job));
    }

    /// Asks for something and waits for the answer.
    pub(crate) fn ask(&mut self, job: impl FnOnce(Sender<()>) -> Job) {
        let (answer, answered) = channel();
        self.send(job(answer));
        let _ = answered.recv();
    }

    pub(crate) fn state(&self) -> SaveState {
        if self.thread.as_ref().is_some_and(JoinHandle::is_finished) {
            let message = "saving has stopped because of a fault; use “Save as” and start again".to_owned();
            return SaveState::Failed(Failure::Refused(message));
        }
        let status = self.shared.status();
        match &status.failure {
            Some(failure) => SaveState::Failed(failure.clone()),
            None if status.saved == self.edits => SaveState::Saved,
            None => SaveState::Saving,
        }
    }
}

impl Drop for Saver {
    /// Closing waits for the last write.
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A set as the thread knows it: its own copy, changed by the same transactions.
struct Kept {
    state: SetState,
    known: Option<String>,
    dirty: bool,
    /// Whether the file is not as this program writes it. It may hold a person's comments, which our
    /// writing drops, so it is backed up before it is first replaced.
    foreign: bool,
}

struct Worker {
    store: Store,
    journal: Journal,
    sets: BTreeMap<DocumentId, Kept>,
    edits: u64,
    unjournaled: Vec<Record>,
    /// When the oldest edit that is not yet in a file was made.
    since: Option<Instant>,
    shared: Arc<Shared>,
}

impl Worker {
    fn run(&mut self, queue: &Receiver<Job>) {
        let mut wait = PAUSE;
        loop {
            let job = match self.since {
                None => queue.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(_) => queue.recv_timeout(wait),
            };
            match job {
                Ok(job) => {
                    let answers: Vec<_> =
                        [job].into_iter().chain(queue.try_iter()).filter_map(|job| self.take(job)).collect();
                    let journaled = self.write_journal();
                    let asked = !answers.is_empty();
                    if asked || self.since.is_some_and(|since| since.elapsed() > LONGEST) {
                        wait = self.save(journaled, asked);
                    } else {
                        wait = PAUSE;
                    }
                    answers.iter().for_each(|answer| answer.send(()).unwrap_or_default());
                }
                Err(RecvTimeoutError::Timeout) => {
                    let journaled = self.write_journal();
                    wait = self.save(journaled, false);
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let journaled = self.write_journal();
                    self.save(journaled, true);
                    return;
                }
            }
        }
    }

    /// Takes a job in; returns whom to answer when all has been written.
    fn take(&mut self, job: Job) -> Option<Sender<()>> {
        match job {
            Job::Begin(state, known) => {
                let document = state.document().clone();
                self.unjournaled.push(Record::Disk { document: document.clone(), sha256: known.clone() });
                let ours = write(&state.to_file()).ok().map(|text| hex_sha256(text.as_bytes()));
                let foreign = known.is_some() && known != ours;
                let kept = Kept { state: *state, known, dirty: false, foreign };
                self.sets.insert(document, kept);
                None
            }
            Job::Edit(record, document, changes) => {
                self.edits += 1;
                self.since.get_or_insert_with(Instant::now);
                if let Some(kept) = self.sets.get_mut(&document)
                    && kept.state.apply(&changes).is_ok()
                {
                    kept.dirty = true;
                }
                self.unjournaled.push(*record);
                None
            }
            Job::Flush(answer) => Some(answer),
            Job::KeepMine(answer) => {
                for kept in self.sets.values_mut().filter(|kept| kept.dirty) {
                    let (annotator, document) = (kept.state.annotator(), kept.state.document());
                    // Without a backup the other version would be lost: then the conflict stays.
                    if let Ok(backed_up) = self.store.back_up(annotator, document) {
                        kept.known = backed_up;
                    }
                }
                Some(answer)
            }
        }
    }

    fn write_journal(&mut self) -> io::Result<()> {
        if !self.unjournaled.is_empty() {
            self.journal.append(&self.unjournaled)?;
            self.unjournaled.clear();
        }
        Ok(())
    }

    /// Writes the sets that have changed and says when to come back. The files are written even when the
    /// journal cannot be: they are what counts.
    fn save(&mut self, journaled: io::Result<()>, now: bool) -> Duration {
        if self.since.is_none() && !now {
            return PAUSE;
        }
        let mut failure = journaled.err().map(|error| Failure::Refused(format!("cannot write the journal: {error}")));
        for (document, kept) in self.sets.iter_mut().filter(|(_, kept)| kept.dirty) {
            match save_one(&self.store, kept) {
                Ok(sha256) => self.unjournaled.push(Record::Disk { document: document.clone(), sha256 }),
                Err(StoreError::Changed(path)) => failure = Some(Failure::Changed(path)),
                Err(error) => failure = Some(Failure::Refused(error.to_string())),
            }
        }
        // If this fails, the records wait in their order, and the next start finds that the files hold the edits.
        let _ = self.write_journal();
        let failed = failure.is_some();
        let mut status = self.shared.status();
        if !failed {
            self.since = None;
            status.saved = self.edits;
        }
        status.failure = failure;
        drop(status);
        (self.shared.wake)();
        if failed { RETRY } else { PAUSE }
    }
}

fn save_one(store: &Store, kept: &mut Kept) -> Result<Option<String>, StoreError> {
    if kept.foreign {
        store.back_up(kept.state.annotator(), kept.state.document())?;
        kept.foreign = false;
    }
    let sha256 = store.save_set(&kept.state, kept.known.as_deref())?;
    kept.known = sha256.clone();
    kept.dirty = false;
    Ok(sha256)
}
