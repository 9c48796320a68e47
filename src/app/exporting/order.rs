//! Carrying out an export, or only counting what it would write.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use ascribe_engine::{
    Project, Tree,
    dataset::{
        Beginning, DatasetError, Destination, Fate, Format, Kind, Record, Selection, Split, Way, WriteOptions, Written,
        beginning, records, strata, write,
    },
    load,
};
use ascribe_schema::{AnnotationSet, AnnotatorName, DocumentId};

use crate::wording::{grouped, listed};

/// How much of a file is shown before it is written, in characters.
const SHOWN: usize = 2000;

/// Which part of a dataset a record comes into.
type PartOf = Box<dyn Fn(&Record) -> usize + Sync>;

/// Where the records come from: what is in the project's files, with the sets as the window has them.
pub struct Material {
    /// The project's folder or bundle.
    pub place: std::path::PathBuf,
    /// Whose sets are newer in the window.
    pub annotator: AnnotatorName,
    /// Those sets.
    pub newer: Vec<(DocumentId, Option<AnnotationSet>)>,
    /// The project, once it has been read.
    loaded: Mutex<Option<Arc<Project>>>,
}

impl Material {
    /// Nothing has been read yet.
    pub fn new(
        place: std::path::PathBuf,
        annotator: AnnotatorName,
        newer: Vec<(DocumentId, Option<AnnotationSet>)>,
    ) -> Self {
        Self { place, annotator, newer, loaded: Mutex::new(None) }
    }

    /// The project, read the first time.
    fn project(&self) -> Result<Arc<Project>, String> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(project) = &*loaded {
            return Ok(project.clone());
        }
        let tree = Tree::open(&self.place).map_err(|error| error.to_string())?;
        let mut project = load(&tree);
        project.put_sets(&self.annotator, self.newer.clone());
        let project = Arc::new(project);
        *loaded = Some(project.clone());
        Ok(project)
    }
}

/// An export with everything that it takes.
#[derive(Clone)]
pub struct Order {
    /// Where the records come from.
    pub material: Arc<Material>,
    /// What of it.
    pub selection: Selection,
    /// The format.
    pub format: Format,
    /// How it is written.
    pub options: WriteOptions,
    /// The parts, and whether each gets its share of every label.
    pub division: Option<(Split, bool)>,
}

impl Order {
    /// Writes the dataset, or only counts.
    ///
    /// # Errors
    ///
    /// Why not, for people.
    pub fn write(
        &self,
        to: &Destination,
        stopped: &(dyn Fn() -> bool + Sync),
        progress: &mut dyn FnMut(usize),
    ) -> Result<Written, String> {
        let project = self.material.project()?;
        let options = self.options(&project);
        let works = records(&project, &self.selection).map_err(told)?;
        let parts = self.division.iter().flat_map(|(split, _)| split.names().map(str::to_owned)).collect();
        let part = self.part(&project)?;
        let way = Way { change: &|record, _| Some(record), parts, part: &*part, summary: true, stopped, progress };
        write(works, self.format, to, &options, way, &|_| Vec::new()).map_err(told)
    }

    /// The files that the format makes of the first record.
    ///
    /// # Errors
    ///
    /// Why not, for people.
    pub fn begin(&self, stopped: &(dyn Fn() -> bool + Sync)) -> Result<Vec<Beginning>, String> {
        let project = self.material.project()?;
        let options = self.options(&project);
        let works = records(&project, &self.selection).map_err(told)?;
        beginning(works, self.format, &options, &|record, _| Some(record), SHOWN, stopped).map_err(told)
    }

    fn options(&self, project: &Project) -> WriteOptions {
        let (title, scheme) = (project.file.title.clone(), Some(project.file.scheme.clone()));
        WriteOptions { title, scheme, time: ascribe_cli::now(), ..self.options.clone() }
    }

    /// Which part a record comes into.
    fn part(&self, project: &Arc<Project>) -> Result<PartOf, String> {
        match &self.division {
            None => Ok(Box::new(|_| 0)),
            Some((split, false)) => {
                let split = split.clone();
                Ok(Box::new(move |record| split.part(&record.id)))
            }
            Some((split, true)) => {
                let strata = strata(project, &self.selection).map_err(told)?;
                let pairs: Vec<_> = strata.iter().map(|(id, label)| (id.as_str(), label.as_str())).collect();
                let parts = split.stratified(&pairs);
                let parts: HashMap<_, _> = strata.into_iter().map(|(id, _)| id).zip(parts).collect();
                Ok(Box::new(move |record| parts.get(&record.id).copied().unwrap_or_default()))
            }
        }
    }
}

/// Why something was not done, for people at a window.
fn told(error: DatasetError) -> String {
    crate::wording::sentence_case(&error.to_string())
}

/// What has been written and where, in a line.
#[must_use]
pub fn in_words(written: &Written, path: &Path) -> String {
    let count = |kind: Kind, count: usize| format!("{} {}", grouped(count), kind.word(count));
    let account = &written.account;
    let there = |kind| account.numbers(kind).written + account.numbers(kind).degraded;
    let kinds = |fate| {
        let of = move |kind: &Kind| match fate {
            Fate::Degraded => account.numbers(*kind).degraded,
            Fate::LeftOut => account.numbers(*kind).left_out,
        };
        listed(Kind::ALL.iter().filter(|kind| of(kind) > 0).map(|kind| count(*kind, of(kind))))
    };
    let mut words = format!(
        "{} and {} written to {}",
        count(Kind::Document, there(Kind::Document)),
        count(Kind::Annotation, there(Kind::Annotation)),
        path.display()
    );
    for (fate, what) in [(Fate::Degraded, "changed"), (Fate::LeftOut, "left out")] {
        let kinds = kinds(fate);
        if !kinds.is_empty() {
            words += &format!("; {what}: {kinds}");
        }
    }
    words
}
