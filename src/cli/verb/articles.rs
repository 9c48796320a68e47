//! Importing articles: `add`, and the second half of `new`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use ascribe_engine::{
    Article, Candidate, Format, ImportError, Imported, Options, Origin, Place, Source, Tree, read_all,
    store::{Added, Store},
};
use ascribe_schema::{DocumentId, Problem};
use clap::{Args, builder::PossibleValuesParser};
use indicatif::{ProgressBar, ProgressStyle};

use super::account::{Account, Outcome, Told};
use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// So many articles, or so many bytes of them, are written at once.
const CHUNK: (usize, usize) = (256, 32 << 20);
/// From so many files on, a bar shows how far it is.
const BAR: usize = 20;

/// How to import.
#[derive(Debug, Default, Args)]
pub(crate) struct How {
    /// The encoding of the files, such as utf-8, windows-1252, iso-8859-15 or macintosh; guessed otherwise
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// What the files are; told by their names otherwise
    #[arg(long, value_parser = PossibleValuesParser::new(Format::all().map(Format::name)))]
    format: Option<String>,
    /// The language of the articles as a BCP 47 tag, such as fr; found out otherwise
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// In tables and JSON lines: what holds the text
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// Keep the original files beside the texts, but for lists of articles
    #[arg(long)]
    keep_original: bool,
    /// Write nothing; say what would be imported
    #[arg(long)]
    pub dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl How {
    fn options(&self) -> Options {
        Options {
            encoding: self.encoding.clone(),
            format: self.format.as_deref().and_then(Format::named),
            language: self.language.clone(),
            text_column: self.text_column.clone(),
        }
    }
}

/// Imports `articles` into `project`, prints the new ids, and says of every file that was not imported why.
pub(crate) fn add(project: &Path, articles: &[PathBuf], how: &How, io: &mut Io<'_>) -> Result<u8, Failed> {
    let Place::Folder(root) = Tree::open(project)?.place() else {
        return Err("a bundle cannot be changed; unpack it first".into());
    };
    add_to(&Store::at(root), Batch::find(articles)?, how, io)
}

/// As [`add`], into a project that is there, or would be.
pub(crate) fn add_to(store: &Store, wanted: Batch, how: &How, io: &mut Io<'_>) -> Result<u8, Failed> {
    let options = how.options();
    let account = Account::begin(how.json, io)?;
    let bar = bar(wanted.sources.len());
    let (time, program) = (io.time.clone(), io.program.clone());
    let mut work = Work { store, how, time, io, bar, account, ready: Vec::new(), bytes: 0, seen: BTreeSet::new() };
    let (mut unreadable, mut broken) = (wanted.unreadable.into_iter().peekable(), None);
    let stop = std::sync::atomic::AtomicBool::new(false);
    let stopped = || stop.load(std::sync::atomic::Ordering::Relaxed);
    read_all(&wanted.sources, program.as_deref(), &options, &stopped, &mut |number, candidate| {
        while let Some((_, file, reason)) = unreadable.next_if(|(before, ..)| *before <= number) {
            work.ready.push((file, Err(reason)));
        }
        if let Err(reason) = work.take(&wanted.sources[number], candidate) {
            // Nobody hears what came of it, such as where a pipe is closed.
            broken = Some(reason);
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    });
    if let Some(reason) = broken {
        return Err(reason);
    }
    work.ready.extend(unreadable.map(|(_, file, reason)| (file, Err(reason))));
    work.write()?;
    work.bar.finish_and_clear();
    let Work { account, io, .. } = work;
    let wanting = account.end(wanted.skipped, &ImportError::Kind.to_string(), io)?;
    if how.dry_run {
        writeln!(io.err, "nothing was written, because of --dry-run")?;
    }
    Ok(if wanting { NEEDS_A_PERSON } else { DONE })
}

/// What is to be imported.
#[derive(Default)]
pub(crate) struct Batch {
    sources: Vec<Source>,
    /// Folders that cannot be read: how many sources stand before, which folder, and why.
    unreadable: Vec<(usize, String, String)>,
    /// Files in folders that hold no articles, by how their names end.
    skipped: BTreeMap<String, usize>,
}

impl Batch {
    /// Just these.
    pub fn of(sources: Vec<Source>) -> Self {
        Self { sources, ..Self::default() }
    }

    /// The files that `articles` name, what is in folders that they name, and standard input.
    pub fn find(articles: &[PathBuf]) -> Result<Self, Failed> {
        let mut wanted = Self::default();
        for article in articles {
            if article.as_os_str() == "-" {
                wanted.sources.push(standard_input()?);
                continue;
            }
            let before = (wanted.sources.len(), wanted.unreadable.len());
            for path in files(article) {
                wanted.take(article, path);
            }
            if before == (wanted.sources.len(), wanted.unreadable.len()) {
                let reason = io::Error::other("nothing in this folder can be imported");
                wanted.take(article, Err(reason));
            }
        }
        Ok(wanted)
    }

    fn take(&mut self, article: &Path, path: io::Result<PathBuf>) {
        match path {
            Err(reason) => {
                let before = self.sources.len();
                self.unreadable.push((before, article.display().to_string(), reason.to_string()));
            }
            Ok(path) => match foreign_kind(&path).filter(|_| path != *article) {
                Some(kind) => *self.skipped.entry(kind).or_default() += 1,
                None => self.sources.push(Source::File(path)),
            },
        }
    }
}

/// What comes in by standard input; its first bytes say what it is, if nobody does.
fn standard_input() -> Result<Source, Failed> {
    Ok(Source::of_stream("standard-input", io::stdin())?)
}

/// What a file is that cannot be imported, as its name says: `.jpg`, or `without extension`.
fn foreign_kind(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let kind = extension.map(|extension| format!(".{}", extension.escape_debug()));
    Format::of_name(&name).is_none().then(|| kind.unwrap_or_else(|| "without extension".to_owned()))
}

/// A bar on a terminal, with the rate and the time left; nothing where there is none, or little to do.
fn bar(files: usize) -> ProgressBar {
    if files < BAR {
        return ProgressBar::hidden();
    }
    let template = "{bar:30} {human_pos}/{human_len} files, {per_sec}, {eta} left";
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(files as u64).with_style(style)
}

/// An article that is read, with the name of its format and what a person should look at.
type Ready = (Imported, &'static str, Vec<Problem>);

/// The work of one run: articles are written in chunks while the next ones are read.
struct Work<'a, 'io> {
    store: &'a Store,
    how: &'a How,
    time: String,
    io: &'a mut Io<'io>,
    bar: ProgressBar,
    account: Account,
    /// Files that are read and not written yet, with their articles or why there are none.
    ready: Vec<(String, Result<Vec<Ready>, String>)>,
    /// The size of what is ready.
    bytes: usize,
    /// What would have been written, where nothing is.
    seen: BTreeSet<DocumentId>,
}

impl Work<'_, '_> {
    fn take(&mut self, source: &Source, candidate: Candidate) -> Result<(), Failed> {
        self.bar.inc(1);
        let Candidate { origin, outcome } = candidate;
        let articles = outcome.and_then(|articles| self.imported(source, &origin, articles));
        for (imported, ..) in articles.iter().flatten() {
            self.bytes += imported.text.len() + imported.original.as_ref().map_or(0, |(_, bytes)| bytes.len());
        }
        self.ready.push((source.place(), articles.map_err(|reason| reason.to_string())));
        let count: usize = self.ready.iter().map(|(_, articles)| articles.as_ref().map_or(1, Vec::len)).sum();
        if count >= CHUNK.0 || self.bytes >= CHUNK.1 { self.write() } else { Ok(()) }
    }

    fn imported(&self, source: &Source, origin: &Origin, articles: Vec<Article>) -> Result<Vec<Ready>, ImportError> {
        let file = source.place();
        let ready = |article: Article| {
            let format = article.format;
            let problems = article.doubts.iter().map(|doubt| doubt.problem(&file)).collect();
            let mut imported = article.imported(origin, &self.time)?;
            if self.how.keep_original && !format.holds_many() && !self.how.dry_run {
                imported.original = Some(source.original(origin)?);
            }
            Ok((imported, format.name(), problems))
        };
        articles.into_iter().map(ready).collect()
    }

    /// Writes what is ready, and tells of it.
    fn write(&mut self) -> Result<(), Failed> {
        let (mut all, mut files) = (Vec::new(), Vec::new());
        for (file, articles) in self.ready.drain(..) {
            let articles = articles.map(|articles| {
                let told = articles.into_iter().map(|(imported, format, problems)| {
                    all.push(imported);
                    (format, problems)
                });
                told.collect::<Vec<_>>()
            });
            files.push((file, articles));
        }
        self.bytes = 0;
        let added = self.added(&all);
        let mut written = all.into_iter().zip(added);
        let (account, io) = (&mut self.account, &mut *self.io);
        self.bar.suspend(|| {
            for (file, articles) in files {
                let articles = articles.map(|articles| {
                    let told = articles
                        .into_iter()
                        .zip(&mut written)
                        .map(|((format, problems), (imported, added))| Told::new(imported, format, problems, added));
                    told.collect()
                });
                account.tell(&Outcome { file, articles }, io)?;
            }
            Ok(())
        })
    }

    /// Which of the articles were new, in their order; without writing any if so asked.
    fn added(&mut self, all: &[Imported]) -> Vec<Result<Added, String>> {
        if !self.how.dry_run {
            return self.store.add_documents(all).into_iter().map(|added| added.map_err(|r| r.to_string())).collect();
        }
        let added = all.iter().map(|imported| {
            let id = &imported.document.id;
            let known = self.store.has_document(id) || !self.seen.insert(id.clone());
            Ok(if known { Added::Known } else { Added::New })
        });
        added.collect()
    }
}

/// The file itself, or the files in a folder, sorted, hidden ones left out. Links to folders inside that
/// folder are not followed: they may lead anywhere, or round in a circle.
pub(crate) fn files(path: &Path) -> Vec<io::Result<PathBuf>> {
    if !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => return vec![Err(io::Error::new(error.kind(), format!("{}: {error}", path.display())))],
    };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.')));
    paths.retain(|path| !(path.is_symlink() && path.is_dir()));
    paths.sort();
    paths.iter().flat_map(|path| files(path)).collect()
}
