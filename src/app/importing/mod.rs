//! Import of articles, before it happens: which files were read as what, and what of it a person corrects.
//!
//! Nothing is written here. What is wanted goes to `files`, which writes each article whole or not at all.

mod preview;
mod progress;
mod sheet;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

use ascribe_engine::{Article, Candidate, Format, ImportError, Options, Origin, Source, read_all};
use ascribe_schema::{DocumentId, Severity};
use egui::Context;

use crate::background::{Job, Lost};

pub use self::progress::Progress;
pub(crate) use self::{
    progress::progress_ui,
    sheet::{Verdict, ui},
};

/// Where the articles go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Into the project of this folder.
    Project(PathBuf),
    /// Into a project that is made in this folder.
    New(PathBuf),
}

/// What is imported if a person says so.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Where the articles come from, for those of which the original is to be kept.
    pub original: Option<Source>,
    /// The name and hash of that file.
    pub origin: Origin,
    /// The articles, as the person left them.
    pub articles: Vec<Article>,
}

/// The files of one import.
pub struct Importing {
    /// Where the articles go.
    pub target: Target,
    /// What is in the target already.
    known: Arc<BTreeSet<DocumentId>>,
    rows: Vec<Row>,
    /// Which row is shown.
    chosen: usize,
    keep_originals: bool,
    /// Files in folders that are of no kind that can be imported, by the ends of their names.
    skipped: BTreeMap<String, usize>,
    jobs: Vec<Reading>,
    progress: Progress,
    preview: preview::Preview,
    /// Whether the sheet has just come and wants the keyboard.
    fresh: bool,
}

/// One file.
struct Row {
    source: Source,
    options: Options,
    /// What was read; nothing yet while that goes on.
    read: Option<Read>,
    /// Whether it is to be imported, if it was read.
    wanted: bool,
}

/// What came of reading a file.
struct Read {
    candidate: Candidate,
    /// How many of its articles the target has already.
    known: usize,
    /// The length of all its texts.
    characters: usize,
}

impl Read {
    /// Looks at all of the text, so not while the window waits.
    fn new(candidate: Candidate, known: &BTreeSet<DocumentId>) -> Self {
        let articles = || candidate.outcome.iter().flatten();
        let is_known = |article: &&Article| {
            article.document(&candidate.origin, "").is_ok_and(|document| known.contains(&document.id))
        };
        let count = articles().filter(is_known).count();
        let characters = articles().map(|article| article.text.chars().count()).sum();
        Self { known: count, characters, candidate }
    }
}

/// Reading that goes on.
struct Reading {
    /// The row of its first file; nothing while the files are being listed.
    first: Option<usize>,
    job: Job<Told>,
}

enum Told {
    /// The files, and what else lies in their folders.
    Listed(Vec<Source>, BTreeMap<String, usize>),
    /// What came of the file with that number.
    Read(usize, Read),
}

impl Importing {
    /// Starts to read files, and the files of folders.
    pub fn start(
        ctx: &Context,
        target: Target,
        known: BTreeSet<DocumentId>,
        sources: Vec<Source>,
        program: Option<PathBuf>,
    ) -> Self {
        let mut importing = Self {
            target,
            known: Arc::new(known),
            rows: Vec::new(),
            chosen: 0,
            keep_originals: false,
            skipped: BTreeMap::new(),
            jobs: Vec::new(),
            progress: Progress::default(),
            preview: preview::Preview::default(),
            fresh: true,
        };
        importing.add(ctx, sources, program);
        importing
    }

    /// Reads more files.
    pub fn add(&mut self, ctx: &Context, sources: Vec<Source>, program: Option<PathBuf>) {
        let known = self.known.clone();
        let job = Job::telling(ctx, move |stopped, tell| {
            let (sources, skipped) = listed(sources);
            tell(Told::Listed(sources.clone(), skipped));
            let mut each = |number, candidate| tell(Told::Read(number, Read::new(candidate, &known)));
            read_all(&sources, program.as_deref(), &Options::default(), stopped, &mut each);
        });
        self.jobs.push(Reading { first: None, job });
    }

    /// Reads the file of a row again, as its options say.
    fn read_again(&mut self, ctx: &Context, number: usize, program: Option<PathBuf>) {
        let Some(row) = self.rows.get_mut(number) else { return };
        row.read = None;
        let (source, options, known) = (row.source.clone(), row.options.clone(), self.known.clone());
        let job = Job::telling(ctx, move |stopped, tell| {
            read_all(&[source], program.as_deref(), &options, stopped, &mut |number, candidate| {
                tell(Told::Read(number, Read::new(candidate, &known)));
            });
        });
        self.jobs.push(Reading { first: Some(number), job });
    }

    /// Takes in what the threads have told.
    fn poll(&mut self, now: f64) {
        for mut reading in std::mem::take(&mut self.jobs) {
            loop {
                match reading.job.poll() {
                    Ok(Some(told)) => self.hear(&mut reading, told),
                    Ok(None) => {
                        self.jobs.push(reading);
                        break;
                    }
                    Err(Lost) => break,
                }
            }
        }
        self.progress.tell(self.rows.iter().filter(|row| row.read.is_some()).count(), self.rows.len(), now);
    }

    fn hear(&mut self, reading: &mut Reading, told: Told) {
        match told {
            Told::Listed(sources, skipped) => {
                reading.first = Some(self.rows.len());
                let row = |source| Row { source, options: Options::default(), read: None, wanted: true };
                self.rows.extend(sources.into_iter().map(row));
                for (kind, count) in skipped {
                    *self.skipped.entry(kind).or_default() += count;
                }
            }
            Told::Read(number, read) => {
                let number = reading.first.unwrap_or_default() + number;
                if let Some(row) = self.rows.get_mut(number) {
                    row.read = Some(read);
                }
                if number == self.chosen {
                    self.preview.forget();
                }
            }
        }
    }

    /// Reads no more; what has not been read by now is told as such.
    fn stop(&mut self) {
        self.jobs.clear();
        for row in self.rows.iter_mut().filter(|row| row.read.is_none()) {
            let candidate = Candidate { origin: Origin::default(), outcome: Err(ImportError::Stopped) };
            row.read = Some(Read { candidate, known: 0, characters: 0 });
        }
    }

    /// Shows the row with that number.
    fn choose(&mut self, number: usize) {
        if self.chosen != number {
            self.chosen = number;
            self.preview.forget();
        }
    }

    fn is_reading(&self) -> bool {
        !self.jobs.is_empty()
    }

    /// How many articles would be imported now.
    fn count(&self) -> usize {
        self.rows.iter().filter(|row| row.wanted).map(Row::news).sum()
    }

    /// What is to be imported, as the person has left it.
    fn wanted(&mut self) -> Vec<Wanted> {
        let keep = self.keep_originals;
        let rows = std::mem::take(&mut self.rows).into_iter().filter(|row| row.wanted);
        let wanted = |row: Row| {
            let candidate = row.read?.candidate;
            let articles = candidate.outcome.ok()?;
            let many = articles.first().is_some_and(|article| article.format.holds_many());
            let original = (keep && !many).then_some(row.source);
            Some(Wanted { original, origin: candidate.origin, articles })
        };
        rows.filter_map(wanted).collect()
    }
}

impl Row {
    fn articles(&self) -> Option<&Vec<Article>> {
        self.read.as_ref()?.candidate.outcome.as_ref().ok()
    }

    /// How many of its articles the target does not have yet.
    fn news(&self) -> usize {
        self.read.as_ref().map_or(0, |read| self.articles().map_or(0, Vec::len) - read.known)
    }

    fn refused(&self) -> Option<&ImportError> {
        self.read.as_ref()?.candidate.outcome.as_ref().err()
    }

    /// Whether a person must look before relying on it.
    fn is_unsure(&self) -> bool {
        let doubts = self.articles().into_iter().flatten().flat_map(|article| &article.doubts);
        doubts.into_iter().any(|doubt| doubt.kind.severity() >= Severity::Warning)
    }
}

/// The files, and those of folders that can be imported; and the other files of folders, counted by their kind.
fn listed(sources: Vec<Source>) -> (Vec<Source>, BTreeMap<String, usize>) {
    let (mut files, mut skipped) = (Vec::new(), BTreeMap::new());
    for source in sources {
        let Source::File(path) = &source else {
            files.push(source);
            continue;
        };
        if !path.is_dir() {
            files.push(source);
            continue;
        }
        for path in ascribe_cli::articles(path) {
            let source = Source::File(path);
            let name = source.file_name();
            if Format::of_name(&name).is_some() {
                files.push(source);
            } else {
                let kind = name.rsplit_once('.').map(|(_, end)| format!(".{}", end.to_lowercase()));
                *skipped.entry(kind.unwrap_or_else(|| "without extension".to_owned())).or_default() += 1;
            }
        }
    }
    (files, skipped)
}
