//! Import of labelled data from other tools, before it happens: what was found, what it becomes, what would come of it.
//!
//! Nothing is written here: what would come of it is worked out by the import itself, told to write nothing. What is
//! wanted is an [`Order`], which `files` carries out.

mod account;
mod names;
mod order;
mod report;
mod sheet;

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use ascribe_engine::{
    Project, Session,
    dataset::{Differing, Format, Kind, KnownText, Survey, Taken, Unknown, known_texts},
};
use ascribe_schema::{AnnotatorName, Scheme};
use egui::Context;

use self::names::Row;
use crate::background::{Job, Lost};

pub use self::{
    order::{Order, Source},
    report::Report,
};
pub(crate) use self::{
    report::ui as report_ui,
    sheet::{Verdict, ui},
};

/// One import.
pub struct Labelled {
    source: Source,
    scheme: Scheme,
    /// The format that a person chose; found out where none is.
    chosen: Option<Format>,
    reading: Option<Job<Told>>,
    /// How many documents have been read.
    count: usize,
    found: Option<Result<Found, String>>,
    choice: Choice,
    trial: Trial,
    /// Whether the sheet has just come and wants the keyboard.
    fresh: bool,
}

/// What is in the files.
pub struct Found {
    format: Format,
    survey: Survey,
    /// The names in them, with what they become.
    rows: Vec<Row>,
}

/// What a person decides beside the names.
#[derive(Clone, Debug, Default, PartialEq)]
struct Choice {
    /// Whether the annotations go to one annotator, and not to those that the files name.
    one: bool,
    /// That annotator, as it was typed.
    name: String,
    unknown: Unknown,
    differing: Differing,
}

/// What would come of the import.
#[derive(Default)]
struct Trial {
    job: Option<Job<Result<Taken, String>>>,
    taken: Option<Result<Taken, String>>,
}

enum Told {
    Progress(usize),
    Read(Box<Result<(Format, Survey), String>>),
}

impl Labelled {
    /// Begins to read files and folders, for the project that is open.
    #[must_use]
    pub fn start(ctx: &Context, session: &Session, paths: Vec<PathBuf>) -> Self {
        let project = session.project();
        let known: Arc<[KnownText]> = known_texts(project);
        let place = project.place.path().clone();
        let mut labelled = Self {
            source: Source { project: place, paths, known, loaded: Arc::new(OnceLock::new()) },
            scheme: project.file.scheme.clone(),
            chosen: None,
            reading: None,
            count: 0,
            found: None,
            choice: Choice::default(),
            trial: Trial::default(),
            fresh: true,
        };
        labelled.read(ctx);
        labelled
    }

    /// Reads the files, as the chosen format or as they seem to be.
    fn read(&mut self, ctx: &Context) {
        (self.found, self.trial, self.count) = (None, Trial::default(), 0);
        let (source, chosen) = (self.source.clone(), self.chosen);
        self.reading = Some(Job::telling(ctx, move |stopped, tell| {
            let read = source.survey(chosen, stopped, &mut |count| tell(Told::Progress(count)));
            tell(Told::Read(Box::new(read)));
        }));
    }

    /// Takes in what the threads have told.
    fn poll(&mut self, ctx: &Context) {
        while let Some(job) = &self.reading {
            match job.poll() {
                Ok(None) => break,
                Ok(Some(Told::Progress(count))) => self.count = count,
                Ok(Some(Told::Read(read))) => {
                    self.reading = None;
                    self.hear(ctx, *read);
                }
                Err(Lost) => {
                    self.reading = None;
                    self.found = Some(Err("These files could not be read.".to_owned()));
                }
            }
        }
        match self.trial.job.as_ref().map(Job::poll) {
            Some(Ok(Some(taken))) => self.trial = Trial { job: None, taken: Some(taken) },
            Some(Err(Lost)) => {
                let reason = "What would come of it could not be worked out.".to_owned();
                self.trial = Trial { job: None, taken: Some(Err(reason)) };
            }
            Some(Ok(None)) | None => {}
        }
    }

    fn hear(&mut self, ctx: &Context, read: Result<(Format, Survey), String>) {
        self.found = Some(read.map(|(format, survey)| {
            // Who is named in the files keeps what is theirs, unless somebody else is chosen.
            self.choice.one = !survey.annotators.is_empty() && survey.annotators.keys().all(String::is_empty);
            // Whoever has to type a name must not lose the keyboard on the way.
            self.fresh &= !self.choice.one;
            Found { rows: names::rows(&survey, &self.scheme), format, survey }
        }));
        self.try_out(ctx);
    }

    /// Stops reading.
    fn stop(&mut self) {
        self.reading = None;
        self.found = Some(Err("Reading was stopped.".to_owned()));
    }

    /// Works out anew what would come of it.
    fn try_out(&mut self, ctx: &Context) {
        self.trial.job = match self.order() {
            Ok(order) => Some(Job::start(ctx, move |stopped| order.try_out(stopped))),
            Err(reason) => {
                self.trial.taken = reason.map(Err);
                None
            }
        };
    }

    /// What is to be done as things are decided now.
    ///
    /// # Errors
    ///
    /// What is still to be decided, for people; nothing while the files are not read.
    fn order(&self) -> Result<Order, Option<String>> {
        let Some(Ok(found)) = &self.found else { return Err(None) };
        let Choice { one, name, unknown, differing } = &self.choice;
        let annotator = match one {
            true => Some(self.annotator(name).map_err(Some)?),
            false => None,
        };
        Ok(Order {
            source: self.source.clone(),
            format: found.format,
            annotator,
            mapping: names::mapping(&found.rows),
            unknown: *unknown,
            differing: *differing,
            documents: found.survey.numbers.get(&Kind::Document).copied().unwrap_or_default(),
        })
    }

    fn annotator(&self, typed: &str) -> Result<AnnotatorName, String> {
        if typed.trim().is_empty() {
            return Err("Say whose annotations these are.".to_owned());
        }
        let name = AnnotatorName::new(typed.trim()).map_err(|reason| format!("The annotator’s name: {reason}."))?;
        if name.is_gold() {
            return Err("What is adjudicated is made from decisions, not imported; name an annotator.".to_owned());
        }
        Ok(name)
    }

    /// How many annotations would be new, once that is known.
    fn news(&self) -> Option<(usize, usize)> {
        let taken = self.trial.taken.as_ref().filter(|_| self.trial.job.is_none())?.as_ref().ok()?;
        let new = |kind| taken.numbers.get(&kind).map_or(0, |numbers| numbers.imported);
        Some((new(Kind::Document), new(Kind::Annotation)))
    }
}

/// A project that has been read, for a trial.
type Loaded = Arc<OnceLock<Result<Project, String>>>;
