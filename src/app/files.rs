//! File dialogs and everything that reads or writes much: on threads, so that the window never freezes.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use ascribe_engine::{
    Format, ImportError, Imported, Session, Tree,
    dataset::{Destination, Shape},
    default_scheme,
    ledger::{Ledger, write_csv},
    load, pack_with,
    store::{Added, Store, StoreError},
    unpack_with,
};
use ascribe_schema::{AnnotatorName, Document, DocumentId, FORMAT, Project};
use egui::Context;
use rfd::AsyncFileDialog;

use crate::{
    exporting,
    importing::{Progress, Target, Wanted},
    labelled,
    revising::{self, Corrected},
    wording::counted,
};

/// What a path is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A project's folder to open.
    OpenProject,
    /// A bundle to open.
    OpenBundle,
    /// A folder to make a project in.
    NewProject,
    /// Articles to import.
    Import,
    /// A folder of articles to import.
    ImportFolder,
    /// The corrected text of a document.
    Revise,
    /// Labelled data to import.
    Labelled,
    /// A folder of labelled data to import.
    LabelledFolder,
    /// Where a dataset is written.
    Export(Shape),
    /// Where the list of sources is written.
    Sources,
    /// Where it is written what became of one annotator's tags.
    Feedback,
    /// The folder into which that is written for each annotator.
    FeedbackFolder,
    /// A colleague's files to take work from.
    Colleague,
    /// A colleague's folder to take work from.
    ColleagueFolder,
    /// A folder to copy the project to.
    SaveAs,
    /// A file to pack the project into.
    SaveBundle,
}

impl Purpose {
    /// What a person is asked.
    #[must_use]
    pub fn question(self) -> &'static str {
        match self {
            Self::OpenProject => "Which project should be opened?",
            Self::OpenBundle => "Which one-file project should be opened?",
            Self::NewProject => "Where should the new project be made?",
            Self::Import => "Which article, or folder of articles, should be imported?",
            Self::ImportFolder => "Which folder of articles should be imported?",
            Self::Revise => "Which file holds the corrected text of this article?",
            Self::Labelled => "Which labelled data, a file or a folder, should be imported?",
            Self::LabelledFolder => "Which folder of labelled data should be imported?",
            Self::Export(_) => "Where should the dataset be written?",
            Self::Sources => "Where should the list of sources be written?",
            Self::Feedback => "Where should it be written what became of these tags?",
            Self::FeedbackFolder => "Into which folder should a file for each annotator be written?",
            Self::Colleague => "Which bundle or files has your colleague sent?",
            Self::ColleagueFolder => "Which folder is your colleague’s: a project, or their folder of annotations?",
            Self::SaveAs => "Where should the copy be saved?",
            Self::SaveBundle => "Which file should the project be packed into?",
        }
    }

    /// What the button says.
    #[must_use]
    pub fn verb(self) -> &'static str {
        match self {
            Self::OpenProject | Self::OpenBundle | Self::Colleague | Self::ColleagueFolder => "Open",
            Self::NewProject => "Make",
            Self::Import | Self::ImportFolder | Self::Labelled | Self::LabelledFolder => "Import",
            Self::Export(_) | Self::Sources => "Export",
            Self::Revise => "Replace",
            Self::SaveAs | Self::SaveBundle | Self::Feedback | Self::FeedbackFolder => "Save",
        }
    }

    async fn pick(self) -> Vec<PathBuf> {
        let dialog = AsyncFileDialog::new().set_title(self.question());
        let one = match self {
            Self::OpenProject
            | Self::ImportFolder
            | Self::LabelledFolder
            | Self::FeedbackFolder
            | Self::ColleagueFolder => dialog.pick_folder().await,
            Self::Feedback => dialog.set_file_name("feedback.md").save_file().await,
            Self::OpenBundle => dialog.add_filter("Ascribe bundle", &["ron"]).pick_file().await,
            Self::NewProject => dialog.set_file_name("new-project").save_file().await,
            Self::Export(Shape::Folder) => dialog.set_file_name("dataset").save_file().await,
            Self::Export(Shape::File(ending) | Shape::Either(ending)) => {
                let dialog = dialog.set_file_name(format!("dataset.{ending}"));
                dialog.add_filter(ending, &[ending]).save_file().await
            }
            Self::Sources => dialog.set_file_name("sources.csv").add_filter("CSV", &["csv"]).save_file().await,
            Self::SaveAs => dialog.set_file_name("copy").save_file().await,
            Self::SaveBundle => {
                dialog.set_file_name("project.bundle.ron").add_filter("Ascribe bundle", &["ron"]).save_file().await
            }
            Self::Revise => {
                let ends: Vec<_> = Format::all().flat_map(Format::extensions).collect();
                dialog.add_filter("Articles", &ends).add_filter("All files", &["*"]).pick_file().await
            }
            Self::Import => {
                let ends: Vec<_> = Format::all().flat_map(Format::extensions).collect();
                let articles = dialog.add_filter("Articles", &ends).add_filter("All files", &["*"]);
                return paths(&articles.pick_files().await.unwrap_or_default());
            }
            Self::Labelled | Self::Colleague => return paths(&dialog.pick_files().await.unwrap_or_default()),
        };
        paths(one.as_slice())
    }
}

fn paths(picked: &[rfd::FileHandle]) -> Vec<PathBuf> {
    picked.iter().map(|file| file.path().to_owned()).collect()
}

/// How many articles are written before it is asked again whether to go on.
const CHUNK: usize = 256;

/// What is said while a dialog is open.
const DIALOG: &str = "Waiting for the file dialog";

/// What a thread has to tell.
pub enum Outcome {
    /// Paths were chosen; none when the dialog was left.
    Picked(Purpose, Vec<PathBuf>),
    /// A project was opened, or why not; and which of its documents is to be shown.
    Opened(PathBuf, Box<Result<Session, String>>, Option<DocumentId>),
    /// Articles were imported.
    Imported {
        /// The project's folder, which need not be the one that is open by now.
        project: PathBuf,
        /// The new documents with their texts.
        added: Vec<(Document, String)>,
        /// What a person should know of the others, in words.
        refused: Vec<String>,
    },
    /// A document of the project in that folder got a corrected text, or why not.
    Corrected(PathBuf, Box<Result<Corrected, String>>),
    /// Labelled data was imported into the project of that folder, or why not.
    Taken(PathBuf, Box<Result<labelled::Report, String>>),
    /// A project was made or copied there, and is to be opened; and what a person should know.
    Made(PathBuf, Vec<String>),
    /// Something was done, or why not.
    Said(Result<String, String>),
}

/// Runs dialogs and long work, and keeps what they tell until the window asks.
pub struct Files {
    sender: Sender<Outcome>,
    receiver: Receiver<Outcome>,
    /// This program, if it can be started again to read files in a process of its own.
    pub program: Option<PathBuf>,
    /// Whether no dialog of the system is used.
    typed: bool,
    /// What is being done now, for people to see.
    pub busy: Option<String>,
    /// How far that has come, and a way to stop it, where it is long.
    pub writing: Option<Arc<Writing>>,
    /// The same as a person is told it.
    pub progress: Progress,
    /// How often the folder of the open project is looked at; never for nothing.
    pub watch: Option<Duration>,
    /// The project that is being opened, so that a second click does not open it again.
    opening: Option<PathBuf>,
}

impl Files {
    /// Nothing runs yet. `program` is this program, if it can be started again; `typed` says that no dialog of the
    /// system is used.
    #[must_use]
    pub fn new(program: Option<PathBuf>, typed: bool, watch: Option<Duration>) -> Self {
        let (sender, receiver) = channel();
        let progress = Progress::default();
        Self { sender, receiver, program, typed, busy: None, writing: None, progress, watch, opening: None }
    }

    /// What a thread has told, if any has.
    pub fn poll(&mut self) -> Option<Outcome> {
        let outcome = self.receiver.try_recv().ok()?;
        (self.busy, self.writing) = (None, None);
        if matches!(outcome, Outcome::Opened(..)) {
            self.opening = None;
        }
        Some(outcome)
    }

    /// What is being written now and must not be cut off.
    #[must_use]
    pub fn unfinished(&self) -> Option<&str> {
        let dialog = |busy: &&str| busy.starts_with(DIALOG) || self.opening.is_some();
        self.busy.as_deref().filter(|busy| !dialog(busy))
    }

    /// Asks for a path with the system's dialog; false when the system has none.
    pub fn ask(&mut self, ctx: &Context, purpose: Purpose) -> bool {
        if self.typed || !dialogs_exist() {
            return false;
        }
        // The dialog must be made on this thread, for macOS, and waited for on another.
        let picked = purpose.pick();
        self.run(ctx, DIALOG, move || Outcome::Picked(purpose, pollster::block_on(picked)));
        true
    }

    /// Opens a project for an annotator, and shows one of its documents.
    pub fn open(&mut self, ctx: &Context, path: PathBuf, annotator: AnnotatorName, show: Option<DocumentId>) {
        if self.opening.as_ref() == Some(&path) {
            return;
        }
        self.opening = Some(path.clone());
        let wake = ctx.clone();
        self.run(ctx, &format!("Opening {}", path.display()), move || {
            let session = Tree::open(&path)
                .map_err(|error| error.to_string())
                .map(|tree| Session::open(load(&tree), annotator, &ascribe_cli::now(), move || wake.request_repaint()));
            Outcome::Opened(path, Box::new(session), show)
        });
    }

    /// Imports articles into a project, which is made if it is new.
    pub fn import(&mut self, ctx: &Context, target: Target, wanted: Vec<Wanted>) {
        let total = wanted.iter().map(|wanted| wanted.articles.len()).sum();
        let writing = self.begin("Importing", total);
        self.run(ctx, &format!("Importing {}", counted(total, "article")), move || match target {
            Target::Project(project) => {
                let (added, refused) = import_all(&Store::at(&project), wanted, &writing);
                Outcome::Imported { project, added, refused }
            }
            Target::New(path) => match create(&path) {
                Ok(store) => Outcome::Made(path, import_all(&store, wanted, &writing).1),
                Err(error) => Outcome::Said(Err(error.to_string())),
            },
        });
    }

    /// Writes a dataset of so many documents.
    pub fn export(&mut self, ctx: &Context, order: exporting::Order, total: usize, to: PathBuf) {
        let writing = self.begin("Exporting", total);
        self.run(ctx, &format!("Exporting {}", counted(total, "document")), move || {
            let (stopped, mut progress) = (|| writing.stopped(), |done| writing.tell(done));
            let written = order.write(&Destination::Path(to.clone()), &stopped, &mut progress);
            Outcome::Said(match written {
                Ok(written) => Ok(exporting::in_words(&written, &to)),
                Err(_) if writing.stopped() => Err("The export was stopped. Nothing was written.".to_owned()),
                Err(reason) => Err(reason),
            })
        });
    }

    /// Writes the list of sources as CSV.
    pub fn write_sources(&mut self, ctx: &Context, ledger: Ledger, to: PathBuf) {
        self.run(ctx, "Writing the sources", move || {
            let count = counted(ledger.rows.len(), "source");
            let written = write_csv(&ledger, &to).map_err(|error| format!("Nothing was written: {error}."));
            Outcome::Said(written.map(|()| format!("{count} written to {}", to.display())))
        });
    }

    /// Does something that ends in a sentence, or why it was not done.
    pub fn tell(&mut self, ctx: &Context, what: &str, work: impl FnOnce() -> Result<String, String> + Send + 'static) {
        self.run(ctx, what, move || Outcome::Said(work()));
    }

    /// Writes into a project's files, and opens the project again.
    pub fn remake(
        &mut self,
        ctx: &Context,
        what: &str,
        project: PathBuf,
        work: impl FnOnce(&Path) -> Result<String, String> + Send + 'static,
    ) {
        self.run(ctx, what, move || match work(&project) {
            Ok(told) => Outcome::Made(project, vec![told]),
            Err(reason) => Outcome::Said(Err(reason)),
        });
    }

    /// Imports labelled data into its project.
    pub fn take_labelled(&mut self, ctx: &Context, order: labelled::Order) {
        let writing = self.begin("Importing", order.documents);
        self.run(ctx, &format!("Importing {}", counted(order.documents, "document")), move || {
            let (stopped, mut progress) = (|| writing.stopped(), |done| writing.tell(done));
            let taken = order.carry_out(&stopped, &mut progress);
            Outcome::Taken(order.source.project, Box::new(taken))
        });
    }

    /// Notes that so many things are going to be written.
    fn begin(&mut self, what: &'static str, total: usize) -> Arc<Writing> {
        let (done, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        let writing = Arc::new(Writing { what, done, total, stop });
        (self.writing, self.progress) = (Some(writing.clone()), Progress::default());
        writing
    }

    /// Writes the text in a file as the newest text of a document.
    pub fn correct(&mut self, ctx: &Context, project: PathBuf, record: Document, article: PathBuf) {
        let program = self.program.clone();
        self.run(ctx, "Reading the corrected text", move || {
            let corrected = revising::correct(&project, &record, article, program.as_deref());
            Outcome::Corrected(project, Box::new(corrected))
        });
    }

    /// Makes a project without articles.
    pub fn make(&mut self, ctx: &Context, path: PathBuf) {
        self.run(ctx, "Making the project", move || match create(&path) {
            Ok(_) => Outcome::Made(path, Vec::new()),
            Err(error) => Outcome::Said(Err(error.to_string())),
        });
    }

    /// Makes a copy of the sample project in the user's own folder.
    pub fn make_sample(&mut self, ctx: &Context, folder: PathBuf) {
        self.run(ctx, "Copying the sample", move || match crate::sample::copy_into(&folder) {
            Ok(path) => Outcome::Made(path, Vec::new()),
            Err(error) => Outcome::Said(Err(error.to_string())),
        });
    }

    /// Copies a project, folder or bundle, to a new folder, with some files as `newer` has them; and opens the
    /// copy if asked to.
    pub fn copy(&mut self, ctx: &Context, from: PathBuf, newer: Vec<(String, Vec<u8>)>, to: PathBuf, open: bool) {
        self.run(ctx, "Saving the copy", move || match unpack_with(&from, newer, &to) {
            Ok(_) if open => Outcome::Made(to, Vec::new()),
            Ok(count) => Outcome::Said(Ok(format!("{} copied to {}", counted(count, "file"), to.display()))),
            Err(error) => Outcome::Said(Err(error.to_string())),
        });
    }

    /// Packs a project into one file, with some files as `newer` has them.
    pub fn pack(&mut self, ctx: &Context, from: PathBuf, newer: Vec<(String, Vec<u8>)>, to: PathBuf) {
        self.run(ctx, "Packing the project", move || {
            let count = pack_with(&from, newer, &to).map_err(|error| error.to_string());
            Outcome::Said(count.map(|count| format!("{} packed into {}", counted(count, "file"), to.display())))
        });
    }

    fn run(&mut self, ctx: &Context, what: &str, work: impl FnOnce() -> Outcome + Send + 'static) {
        let (sender, wake) = (self.sender.clone(), ctx.clone());
        let spawned = thread::Builder::new().name("files".to_owned()).spawn(move || {
            // The window may have closed meanwhile; then nobody needs the outcome.
            let _ = sender.send(work());
            wake.request_repaint();
        });
        match spawned {
            Ok(_) => self.busy = Some(format!("{what}…")),
            Err(error) => drop(self.sender.send(Outcome::Said(Err(error.to_string())))),
        }
    }
}

/// An import or export that goes on.
pub struct Writing {
    /// What is being done, in a word.
    pub what: &'static str,
    done: AtomicUsize,
    total: usize,
    stop: AtomicBool,
}

impl Writing {
    /// How many of how many things are written.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.total)
    }

    fn tell(&self, done: usize) {
        self.done.store(done, Ordering::Relaxed);
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Asks it to stop; what an import has written by then stays.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

fn create(path: &Path) -> Result<Store, StoreError> {
    let title = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Store::create(path, &Project { format: FORMAT, title, scheme: default_scheme(), ..Project::default() })
}

/// The new documents with their texts, and what a person should know, in words.
fn import_all(store: &Store, wanted: Vec<Wanted>, writing: &Writing) -> (Vec<(Document, String)>, Vec<String>) {
    let (mut added, mut refused, mut known, time) = (Vec::new(), Vec::new(), 0, ascribe_cli::now());
    let mut write = |part: &[Imported], refused: &mut Vec<String>| {
        for (imported, outcome) in part.iter().zip(store.add_documents(part)) {
            match outcome {
                Ok(Added::New) => added.push((imported.document.clone(), imported.text.clone())),
                Ok(Added::Known) => known += 1,
                Err(reason) => refused.push(format!("{} was not imported: {reason}", imported.document.title)),
            }
        }
        writing.done.fetch_add(part.len(), Ordering::Relaxed);
    };
    let stopped = || writing.stopped();
    let (mut chunk, mut files) = (Vec::new(), wanted.into_iter().peekable());
    while let Some(file) = files.next().filter(|_| !stopped()) {
        // Originals may be large: no more of them lie in memory than are written at once.
        let full = if file.original.is_some() { 1 } else { CHUNK };
        match made(file, &time) {
            Ok(made) => chunk.extend(made),
            Err(reason) => refused.push(reason),
        }
        if files.peek().is_none() || chunk.len() >= full {
            let ready = std::mem::take(&mut chunk);
            ready.chunks(CHUNK).take_while(|_| !stopped()).for_each(|part| write(part, &mut refused));
        }
    }
    let left = writing.total.saturating_sub(writing.done.load(Ordering::Relaxed));
    if stopped() && left > 0 {
        refused.push(format!("{} not imported because you stopped", counted(left, "article")));
    }
    if known > 0 {
        let verb = if known == 1 { "is" } else { "are" };
        refused.push(format!("{known} {verb} already in this project"));
    }
    (added, refused)
}

/// The documents of a file, or why there are none, in words.
fn made(file: Wanted, time: &str) -> Result<Vec<Imported>, String> {
    let Wanted { original, origin, articles } = file;
    let refused = |reason: ImportError| format!("{} was not imported: {reason}", origin.file_name);
    let original = original.map(|source| source.original(&origin)).transpose().map_err(refused)?;
    let imported = articles
        .into_iter()
        .map(|article| Ok(Imported { original: original.clone(), ..article.imported(&origin, time)? }));
    imported.collect::<Result<_, _>>().map_err(refused)
}

/// Whether the system can show a file dialog: without one, rfd answers as if it had been cancelled.
fn dialogs_exist() -> bool {
    if !cfg!(target_os = "linux") {
        return true;
    }
    let variable = |name: &str| std::env::var_os(name).unwrap_or_default();
    let zenity = std::env::split_paths(&variable("PATH")).any(|folder| folder.join("zenity").is_file());
    let bus = !variable("DBUS_SESSION_BUS_ADDRESS").is_empty()
        || Path::new(&variable("XDG_RUNTIME_DIR")).join("bus").exists();
    let data = variable("XDG_DATA_DIRS");
    let data = if data.is_empty() { "/usr/local/share:/usr/share".into() } else { data };
    let service = "dbus-1/services/org.freedesktop.portal.Desktop.service";
    let portal = bus && std::env::split_paths(&data).any(|folder| folder.join(service).is_file());
    zenity || portal
}
