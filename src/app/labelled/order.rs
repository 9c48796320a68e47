//! Carrying out an import of labelled data, or only trying it out.

use std::{path::PathBuf, sync::Arc};

use ascribe_engine::{
    Project, Tree,
    dataset::{
        self, DatasetError, Differing, Format, ImportOptions, KnownText, Mapping, ReadOptions, Survey, Taken, Unknown,
        Works,
    },
    load,
    store::Store,
};
use ascribe_schema::AnnotatorName;

use super::{Loaded, Report};
use crate::wording::sentence_case;

/// Where the data comes from, and where it goes.
#[derive(Clone)]
pub struct Source {
    /// The project's folder.
    pub project: PathBuf,
    /// The files and folders.
    pub paths: Vec<PathBuf>,
    /// The texts of the project, for formats that carry none.
    pub known: Arc<[KnownText]>,
    /// The project as it was when the first trial began.
    pub(super) loaded: Loaded,
}

/// An import with everything that it takes.
#[derive(Clone)]
pub struct Order {
    /// Where the data comes from, and where it goes.
    pub source: Source,
    /// The format.
    pub format: Format,
    /// Whose annotations they become; those of the annotators that the files name for nobody.
    pub annotator: Option<AnnotatorName>,
    /// What the names become.
    pub mapping: Mapping,
    /// What happens to names that the scheme does not have.
    pub unknown: Unknown,
    /// What happens to texts that differ.
    pub differing: Differing,
    /// How many documents there are to read.
    pub documents: usize,
}

impl Source {
    /// Says what is in the files, as the chosen format or as the one that they seem to be of.
    ///
    /// # Errors
    ///
    /// Why not, for people.
    pub fn survey(
        &self,
        chosen: Option<Format>,
        stopped: &dyn Fn() -> bool,
        progress: &mut dyn FnMut(usize),
    ) -> Result<(Format, Survey), String> {
        let first = self.paths.first().ok_or("There is nothing to read.")?;
        let format = match chosen {
            Some(format) => format,
            None => dataset::detect(first).map_err(told)?,
        };
        let survey = dataset::survey(self.works(format)?, stopped, progress).map_err(told)?;
        Ok((format, survey))
    }

    fn works(&self, format: Format) -> Result<Works, String> {
        let options = ReadOptions { known: self.known.clone(), ..ReadOptions::default() };
        dataset::read(format, &self.paths, &options).map_err(told)
    }

    fn project(&self) -> Result<Project, String> {
        Tree::open(&self.project).map(|tree| load(&tree)).map_err(|error| error.to_string())
    }
}

impl Order {
    /// What would come of it; nothing is written.
    ///
    /// # Errors
    ///
    /// Why it would not be possible, for people.
    pub fn try_out(&self, stopped: &dyn Fn() -> bool) -> Result<Taken, String> {
        let project = self.source.loaded.get_or_init(|| self.source.project()).clone()?;
        self.run(project, true, stopped, &mut |_| ())
    }

    /// Imports, and keeps what does not fit in a file of its own.
    ///
    /// # Errors
    ///
    /// Why not, for people; what was written by then stays.
    pub fn carry_out(&self, stopped: &dyn Fn() -> bool, progress: &mut dyn FnMut(usize)) -> Result<Report, String> {
        let taken = self.run(self.source.project()?, false, stopped, progress)?;
        let kept = taken.told.keep_refused(&Store::at(&self.source.project), &ascribe_cli::now());
        Ok(Report { taken, kept: kept.map_err(|error| error.to_string()) })
    }

    fn run(
        &self,
        project: Project,
        dry_run: bool,
        stopped: &dyn Fn() -> bool,
        progress: &mut dyn FnMut(usize),
    ) -> Result<Taken, String> {
        let options = ImportOptions {
            annotator: self.annotator.clone(),
            mapping: self.mapping.clone(),
            unknown: self.unknown,
            differing: self.differing,
            format: self.format.name().to_owned(),
            time: ascribe_cli::now(),
            dry_run,
        };
        let store = Store::at(&self.source.project);
        let works = self.source.works(self.format)?;
        dataset::take(project, &store, works, &options, stopped, progress).map_err(told)
    }
}

/// Why something was not done, for people at a window.
fn told(error: DatasetError) -> String {
    match error {
        DatasetError::Unknown(path) => {
            format!("{} is of no format that can be told for certain. Choose one under “Read as”.", path.display())
        }
        DatasetError::Stopped => {
            "Stopped: what was imported by then stays, and importing the same again adds the rest.".to_owned()
        }
        error => sentence_case(&error.to_string()),
    }
}
