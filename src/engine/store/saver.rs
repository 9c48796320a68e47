//! The thread that writes: edits go to the journal at once and to the file a moment later, so the drawing thread
//! never waits.

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

use ascribe_schema::AnnotatorName;

use super::{Journal, Record, Store, StoreError};
use crate::{
    Change, hex_sha256,
    part::{Content, FileKey},
};

/// A file is written when its annotator has paused for this long …
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
    /// A file was changed by another program; neither version is touched until a person decides.
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
    /// Look after a file, or take it as it is now.
    Take(FileKey, Taken),
    /// An edit: its line in the journal, its file, what it changes.
    Edit(Box<Record>, FileKey, Vec<Change>),
    /// Something else for the journal.
    Note(Box<Record>),
    /// Write everything now, whatever else; then answer.
    Flush(Sender<()>),
    /// Write over files that another program has changed, after backing them up; then answer.
    KeepMine(Sender<()>),
}

/// A file as it is on disk, and as it is to be.
pub(crate) struct Taken {
    /// The hash of the file; nothing where there is none.
    pub(crate) sha256: Option<String>,
    /// What the file holds.
    pub(crate) saved: Arc<Content>,
    /// What it is to hold, where that is something else.
    pub(crate) wanted: Option<Arc<Content>>,
    /// What this window had until now, which is kept aside.
    pub(crate) replaced: Option<Arc<Content>>,
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
    /// What the files hold, as this window last read or wrote them, with their hashes.
    files: BTreeMap<FileKey, OnDisk>,
    /// The hashes of other files as this window has written them, by path; nothing for one that it took away.
    others: BTreeMap<String, Option<String>>,
}

/// The hashes of files as a window last read or wrote them; nothing for one that is not there.
pub(crate) type Hashes = BTreeMap<FileKey, Option<String>>;

/// Tells another thread what this one writes.
#[derive(Clone)]
pub(crate) struct Written(Arc<Shared>);

impl Written {
    /// The hashes of the files that the thread looks after.
    pub(crate) fn hashes(&self) -> Hashes {
        self.0.status().files.iter().map(|(key, (hash, _))| (key.clone(), hash.clone())).collect()
    }

    /// The hash of a file that the window has written besides.
    pub(crate) fn other(&self, path: &str) -> Option<Option<String>> {
        self.0.status().others.get(path).cloned()
    }
}

/// A file as a window last read or wrote it: its hash, if there is one, and what it holds.
pub(crate) type OnDisk = (Option<String>, Arc<Content>);

impl Shared {
    fn status(&self) -> MutexGuard<'_, Status> {
        // A number and a message stay meaningful whatever panicked beside them.
        self.status.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Saver {
    /// Starts the thread. It calls `wake` whenever the state of saving has changed.
    pub(crate) fn start(
        store: Store,
        person: AnnotatorName,
        journal: Journal,
        wake: Box<dyn Fn() + Send + Sync>,
    ) -> io::Result<Self> {
        let (jobs, queue) = channel();
        let shared = Arc::new(Shared { status: Mutex::default(), wake });
        let mut worker = Worker {
            store,
            person,
            journal,
            files: BTreeMap::new(),
            aside: Vec::new(),
            edits: 0,
            unjournaled: Vec::new(),
            since: None,
            shared: shared.clone(),
        };
        let thread = thread::Builder::new().name("saver".to_owned()).spawn(move || worker.run(&queue))?;
        Ok(Self { jobs: Some(jobs), shared, thread: Some(thread), edits: 0 })
    }

    pub(crate) fn send(&mut self, job: Job) {
        self.edits += u64::from(job.is_edit());
        if let Job::Take(key, taken) = &job {
            self.shared.status().files.insert(key.clone(), (taken.sha256.clone(), taken.saved.clone()));
        }
        // The thread ends only when the sender is dropped, or by a panic, which `state` then tells.
        let _ = self.jobs.as_ref().map(|jobs| jobs.send(job));
    }

    /// Asks for something and waits for the answer.
    pub(crate) fn ask(&mut self, job: impl FnOnce(Sender<()>) -> Job) {
        let (answer, answered) = channel();
        self.send(job(answer));
        let _ = answered.recv();
    }

    /// A file as it was last read or written; nothing for one that the thread does not look after.
    pub(crate) fn on_disk(&self, key: &FileKey) -> Option<OnDisk> {
        self.shared.status().files.get(key).cloned()
    }

    /// Notes that the window has written a file that the thread does not look after, or taken it away.
    pub(crate) fn has_written(&self, path: String, sha256: Option<String>) {
        self.shared.status().others.insert(path, sha256);
    }

    /// What tells another thread what this one writes.
    pub(crate) fn written(&self) -> Written {
        Written(self.shared.clone())
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

impl Job {
    /// Whether it leaves something to be written.
    fn is_edit(&self) -> bool {
        match self {
            Self::Edit(..) => true,
            Self::Take(_, taken) => taken.wanted.is_some() || taken.replaced.is_some(),
            Self::Note(_) | Self::Flush(_) | Self::KeepMine(_) => false,
        }
    }
}

/// A file as the thread knows it: its own copy of what it holds, changed by the same transactions.
struct Kept {
    content: Content,
    known: Option<String>,
    dirty: bool,
    /// Whether the file is not as this program writes it. It may hold a person's comments, which our
    /// writing drops, so it is backed up before it is first replaced.
    foreign: bool,
}

struct Worker {
    store: Store,
    person: AnnotatorName,
    journal: Journal,
    files: BTreeMap<FileKey, Kept>,
    /// What is still to be kept aside.
    aside: Vec<(FileKey, Arc<Content>)>,
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
        if job.is_edit() {
            self.edits += 1;
            self.since.get_or_insert_with(Instant::now);
        }
        match job {
            Job::Take(key, taken) => self.look_after(key, taken),
            Job::Edit(record, key, changes) => {
                if let Some(kept) = self.files.get_mut(&key)
                    && kept.content.apply(&changes).is_ok()
                {
                    kept.dirty = true;
                }
                self.unjournaled.push(*record);
            }
            Job::Note(record) => self.unjournaled.push(*record),
            Job::Flush(answer) => return Some(answer),
            Job::KeepMine(answer) => {
                for (key, kept) in self.files.iter_mut().filter(|(_, kept)| kept.dirty) {
                    // Without a backup the other version would be lost: then the conflict stays.
                    if let Ok(backed_up) = self.store.back_up(&self.person, key) {
                        kept.known = backed_up;
                    }
                }
                return Some(answer);
            }
        }
        None
    }

    fn look_after(&mut self, key: FileKey, taken: Taken) {
        let Taken { sha256, saved, wanted, replaced } = taken;
        // What is still to be written must not count as saved: the edits in it are in no file yet.
        if wanted.is_none() {
            self.unjournaled.push(Record::disk(&key, sha256.as_deref()));
        }
        let path = self.store.path(&key.1.path(&self.person, &key.0));
        let ours = saved.ron(&key, &self.person, &path).ok().map(|text| hex_sha256(text.as_bytes()));
        let (foreign, dirty) = (sha256.is_some() && sha256 != ours, wanted.is_some());
        let content = Arc::unwrap_or_clone(wanted.unwrap_or(saved));
        self.aside.extend(replaced.map(|replaced| (key.clone(), replaced)));
        self.files.insert(key, Kept { content, known: sha256, dirty, foreign });
    }

    fn write_journal(&mut self) -> io::Result<()> {
        if !self.unjournaled.is_empty() {
            self.journal.append(&self.unjournaled)?;
            self.unjournaled.clear();
        }
        Ok(())
    }

    /// Writes the files that have changed and says when to come back. The files are written even when the
    /// journal cannot be: they are what counts.
    fn save(&mut self, journaled: io::Result<()>, now: bool) -> Duration {
        if self.since.is_none() && !now {
            return PAUSE;
        }
        let mut failure = journaled.err().map(|error| Failure::Refused(format!("cannot write the journal: {error}")));
        if let Err(error) = self.keep_aside() {
            failure = Some(Failure::Refused(error.to_string()));
        }
        let mut written = Vec::new();
        for (key, kept) in self.files.iter_mut().filter(|(_, kept)| kept.dirty) {
            match save_one(&self.store, &self.person, key, kept) {
                Ok(sha256) => {
                    self.unjournaled.push(Record::disk(key, sha256.as_deref()));
                    written.push((key.clone(), (sha256, Arc::new(kept.content.clone()))));
                }
                Err(StoreError::Changed(path)) => failure = Some(Failure::Changed(path)),
                Err(error) => failure = Some(Failure::Refused(error.to_string())),
            }
        }
        // If this fails, the records wait in their order, and the next start finds that the files hold the edits.
        let _ = self.write_journal();
        let failed = failure.is_some();
        let mut status = self.shared.status();
        status.files.extend(written);
        if !failed {
            self.since = None;
            status.saved = self.edits;
        }
        status.failure = failure;
        drop(status);
        (self.shared.wake)();
        if failed { RETRY } else { PAUSE }
    }

    /// Keeps aside what another program has written over.
    fn keep_aside(&mut self) -> Result<(), StoreError> {
        while let Some((key, content)) = self.aside.last() {
            let path = key.1.path(&self.person, &key.0);
            let text = content.ron(key, &self.person, path.as_ref())?;
            self.store.keep_aside(&path, text.as_bytes())?;
            self.aside.pop();
        }
        Ok(())
    }
}

fn save_one(
    store: &Store,
    person: &AnnotatorName,
    key: &FileKey,
    kept: &mut Kept,
) -> Result<Option<String>, StoreError> {
    if kept.foreign {
        store.back_up(person, key)?;
        kept.foreign = false;
    }
    let sha256 = store.save(person, key, &kept.content, kept.known.as_deref())?;
    kept.known = sha256.clone();
    kept.dirty = false;
    Ok(sha256)
}
