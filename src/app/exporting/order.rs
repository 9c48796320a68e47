//! Carrying out an export, or only counting what it would write.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use ascribe_engine::{
    Project, Tree,
    dataset::{self, Beginning, DatasetError, Destination, Fate, Kind, Written, beginning, records},
    load,
};
use ascribe_schema::{AnnotationSet, AnnotatorName, DocumentId};

use crate::wording::{grouped, listed};

/// How much of a file is shown before it is written, in characters.
const SHOWN: usize = 2000;

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
    ///
    /// # Errors
    ///
    /// Why it cannot be read, for people.
    pub fn project(&self) -> Result<Arc<Project>, String> {
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
    /// What is wanted of it.
    pub wanted: dataset::Order,
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
        dataset::export(&project, &self.wanted, to, stopped, progress).map_err(told)
    }

    /// The files that the format makes of the first record.
    ///
    /// # Errors
    ///
    /// Why not, for people.
    pub fn begin(&self, stopped: &(dyn Fn() -> bool + Sync)) -> Result<Vec<Beginning>, String> {
        let project = self.material.project()?;
        let options = self.wanted.options(&project);
        let works = records(&project, &self.wanted.selection).map_err(told)?;
        beginning(works, self.wanted.format, &options, &|record, _| Some(record), SHOWN, stopped).map_err(told)
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
