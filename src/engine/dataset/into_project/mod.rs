//! Records of a dataset become documents and annotation sets of a project.
//!
//! A record's document is the one with the same text, by its hash, or a new one. What is in an annotator's set already
//! is known and not added again, so that importing a file twice changes nothing.

mod document;
mod fit;
mod set;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use ascribe_schema::{AnnotatorName, DocumentId};
use serde::Serialize;

use super::{
    DatasetError, Kind, KnownText, Mapping, Record, Told, Work, Works, jsonl, line_ends::unify, pump::in_order,
};
use crate::{
    Project,
    store::{Lock, Store},
};

/// How many records are written before it is asked again whether to go on.
const AT_ONCE: usize = 256;

/// What happens to a label, attribute or relation type that the project's scheme does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unknown {
    /// It is added to the scheme.
    #[default]
    Add,
    /// What has it is refused.
    Refuse,
}

/// What happens to a record of a document that the project has with another text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Differing {
    /// It is refused.
    #[default]
    Refuse,
    /// Its annotations are looked for in the project's text, by their words and what stands around them; what is not
    /// found at exactly one place is refused.
    Reanchor,
}

/// How records become part of a project.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Whose sets they go to; the records' own annotators' otherwise.
    pub annotator: Option<AnnotatorName>,
    /// Other names for labels, attributes and relation types.
    pub mapping: Mapping,
    /// What happens to names that the scheme does not have.
    pub unknown: Unknown,
    /// What happens to texts that differ.
    pub differing: Differing,
    /// The format's name, for the origin of annotations that do not name one.
    pub format: String,
    /// Now, as RFC 3339 in UTC.
    pub time: String,
    /// Write nothing; say what would be imported.
    pub dry_run: bool,
}

/// What became of things of one kind. `imported + known + refused` is how many there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TakenNumbers {
    /// Written into the project.
    pub imported: usize,
    /// In the project already.
    pub known: usize,
    /// Refused, and told.
    pub refused: usize,
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// What became of everything that was read; a document counts as known when the project had its text.
    pub numbers: BTreeMap<Kind, TakenNumbers>,
    /// Documents that the project did not have.
    pub new_documents: Vec<DocumentId>,
    /// The labels, attributes (`label.attribute`) and relation types that the scheme got.
    pub new_names: BTreeSet<String>,
    /// What does not fit, and what was read otherwise.
    pub told: Told,
}

/// Everything that one import works with.
struct Import<'a> {
    options: &'a ImportOptions,
    store: &'a Store,
    project: Project,
    /// The documents by the hashes of their newest texts.
    by_text: HashMap<String, DocumentId>,
    locks: BTreeMap<AnnotatorName, Lock>,
    /// The project's file as it is on disk.
    on_disk: ascribe_schema::Project,
    taken: Taken,
}

/// The texts of a project's documents, for formats that carry none.
#[must_use]
pub fn known_texts(project: &Project) -> Arc<[KnownText]> {
    let known = project.documents.values().filter_map(|document| {
        Some(KnownText {
            id: document.record.id.to_string(),
            url: document.record.url.clone(),
            text_sha256: document.text_sha256().to_owned(),
            text: document.text.clone().filter(|_| document.genuine)?,
        })
    });
    known.collect()
}

/// Reads all works into a project. `stopped` is asked now and then; what is written by then stays.
///
/// # Errors
///
/// When a set is open in a window, the system refuses, or somebody asked to stop.
pub fn take(
    project: Project,
    store: &Store,
    works: Works,
    options: &ImportOptions,
    stopped: &dyn Fn() -> bool,
    progress: &mut dyn FnMut(usize),
) -> Result<Taken, DatasetError> {
    let by_text = project
        .documents
        .iter()
        .filter(|(_, document)| document.genuine)
        .map(|(id, document)| (document.text_sha256().to_owned(), id.clone()))
        .collect();
    let (locks, taken) = (BTreeMap::new(), Taken::default());
    let on_disk = project.file.clone();
    let mut import = Import { options, store, project, by_text, locks, on_disk, taken };
    let read = |work: Work| {
        let mut told = Told::default();
        let mut records = Vec::new();
        for record in work(&mut told) {
            let (record, unified) = unify(record, &mut told);
            if unified {
                told.note("line ends became LF, and every offset moved with them");
            }
            records.push(options.mapping.apply(record, &mut told));
        }
        (records, told)
    };
    let mut count = 0;
    in_order(works, &read, stopped, &mut |(records, told)| {
        import.taken.told.add(told);
        let mut records = records.into_iter();
        loop {
            let part: Vec<_> = records.by_ref().take(AT_ONCE).collect();
            if part.is_empty() {
                return Ok(());
            }
            if stopped() {
                return Err(DatasetError::Stopped);
            }
            count += part.len();
            import.take_in(part)?;
            progress(count);
        }
    })?;
    Ok(import.finish())
}

/// A record as it is kept when it is refused.
fn content(record: &Record) -> String {
    let mut line = Vec::new();
    // Writing into memory fails only for values that are no JSON, which no record has.
    let _ = jsonl::line(record, &mut line);
    String::from_utf8(line).unwrap_or_default()
}

/// A record with its annotator's name and its document's.
type Placed = (DocumentId, AnnotatorName, Record);

impl Import<'_> {
    /// Makes documents and sets of some records, and writes them.
    fn take_in(&mut self, records: Vec<Record>) -> Result<(), DatasetError> {
        let records: Vec<_> = records.into_iter().filter_map(|record| self.annotated(record)).collect();
        let mut placed = self.place(records)?;
        for (_, _, record) in &mut placed {
            self.fit(record);
        }
        self.write_scheme()?;
        self.write_sets(placed)
    }

    /// A record with the annotator whose it will be; refused where there is none.
    fn annotated(&mut self, record: Record) -> Option<(AnnotatorName, Record)> {
        let named = match &self.options.annotator {
            Some(name) => Ok(name.clone()),
            None if record.annotator.is_empty() => {
                Err("it does not say who annotated it; name an annotator".to_owned())
            }
            None => AnnotatorName::new(record.annotator.as_str()).map_err(|reason| format!("its annotator: {reason}")),
        };
        match named {
            Ok(name) if name.is_gold() => {
                self.refuse(&record, "what is adjudicated is made from decisions, not imported; name an annotator")
            }
            Ok(name) => return Some((name, record)),
            Err(reason) => self.refuse(&record, &reason),
        }
        None
    }

    /// Refuses a whole record.
    fn refuse(&mut self, record: &Record, reason: &str) {
        let content = content(record);
        self.taken.told.refuse((&record.id, 0), Kind::Document, reason, content);
        for kind in Kind::ALL {
            if kind != Kind::Document {
                // The document's own count comes from what was told.
                self.taken.numbers.entry(kind).or_default().refused += kind.count(record);
            }
        }
    }

    /// The scheme as it was when the project was read, with what has been added.
    fn write_scheme(&mut self) -> Result<(), DatasetError> {
        if self.project.file != self.on_disk && !self.options.dry_run {
            self.store.save_project(&self.on_disk, &self.project.file)?;
            self.on_disk = self.project.file.clone();
        }
        Ok(())
    }

    fn finish(self) -> Taken {
        let mut taken = self.taken;
        for refused in &taken.told.refused {
            taken.numbers.entry(refused.kind).or_default().refused += 1;
        }
        for kind in Kind::ALL {
            let left_out = taken.told.left_out.numbers(kind).left_out;
            taken.numbers.entry(kind).or_default().refused += left_out;
        }
        taken
    }
}
