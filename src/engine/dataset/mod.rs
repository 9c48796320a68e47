//! Datasets: annotated documents in the formats of other tools, read and written record by record.
//!
//! A [`Record`] is one document with one annotator's work. Reading is a row of works, each of which gives some records
//! on whatever thread does it; writing makes pieces of them and puts those in order into a draft, which gets its
//! final name only when it is whole. What a format cannot hold is decided before a byte is written (`entry.rs`), and
//! the [`Account`] is made of the same marks; what a file holds that is no record is [`Told`].
//!
//! Each format has a folder: `read.rs` opens files, `write.rs` makes pieces. `format.rs` is the one table of them.

mod account;
mod anchor;
mod beginning;
mod brat;
pub(crate) mod card;
mod claimreview;
mod conll;
mod csv;
mod doccano;
mod elements;
mod entry;
mod error;
mod export;
mod files;
mod format;
mod from_project;
mod hypothesis;
mod into_project;
pub(crate) mod json;
mod jsonl;
mod label_studio;
mod line_ends;
mod mapping;
mod markup;
mod names;
mod options;
mod parquet;
mod prodigy;
mod pump;
mod qdpx;
mod quotations;
mod record;
mod regions;
mod spacy;
mod split;
mod summary;
mod survey;
mod table;
mod tei;
mod tokens;
mod told;
mod triples;
mod uima;
mod vocabulary;
mod w3c;
mod webanno_tsv;
mod xlsx;

use std::path::{Path, PathBuf};

pub use self::{
    account::{Account, Fate, Kind, Loss, Numbers, Reason, Thing},
    beginning::{Beginning, beginning},
    card::{CardAbout, agreement_of, card},
    entry::{Entry, Fragments, Holds},
    error::DatasetError,
    export::{Order, export},
    format::{Format, Shape},
    from_project::{Chosen, Selection, needs_a_person, records, strata},
    into_project::{Differing, ImportOptions, Taken, TakenNumbers, Unknown, known_texts, take},
    line_ends::unify,
    mapping::Mapping,
    options::{KnownText, ReadOptions, Tagging, Unit, WriteOptions},
    pump::{Change, Work, Works},
    record::{Annotation, By, Meta, Origin, Record, Relation, misfit},
    split::Split,
    summary::Summary,
    survey::{Survey, survey},
    told::{Refused, Told},
    vocabulary::Vocabulary,
};
pub(crate) use self::{
    csv::{Rows, head},
    table::Cell,
};
use self::{
    files::{Peek, is_account},
    pump::{Flow, Place},
};
use crate::store::{ACCOUNT_FILE, Draft};

/// Where a dataset is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A file or a folder, as the format has it; with a split always a folder.
    Path(PathBuf),
    /// Standard output.
    StandardOutput,
    /// Nowhere: only the account is wanted.
    Nowhere,
}

/// How records are changed and divided on their way, and who watches.
pub struct Way<'a> {
    /// What is done to each record.
    pub change: Change<'a>,
    /// The names of the parts; none for a dataset that is not divided.
    pub parts: Vec<String>,
    /// Which part a record belongs to.
    pub part: &'a (dyn Fn(&Record) -> usize + Sync),
    /// Whether to count what each part holds, for files beside the data: what is written is a folder then.
    pub summary: bool,
    /// Whether to give up.
    pub stopped: &'a (dyn Fn() -> bool + Sync),
    /// Hears how many records have been written.
    pub progress: &'a mut dyn FnMut(usize),
}

/// What came of writing a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// What became of everything that was to be written.
    pub account: Account,
    /// What reading had to tell.
    pub told: Told,
    /// What each part holds, if that was asked for; one for a dataset that is not divided.
    pub summaries: Vec<Summary>,
}

/// Files beside the data: their names and bytes.
pub type Beside = Vec<(String, Vec<u8>)>;

/// What format a file or folder is of, by its content.
///
/// # Errors
///
/// When it cannot be read, or is of no format that is known.
pub fn detect(path: &Path) -> Result<Format, DatasetError> {
    let peek = Peek::at(path)?;
    // A folder that is no format's own may hold files of one, such as the parts of a divided dataset.
    let files = peek.files.iter().filter(|file| !is_account(file)).filter_map(|file| Peek::at(file).ok());
    let found = Format::recognising(&peek).or_else(|| files.into_iter().find_map(|file| Format::recognising(&file)));
    found.ok_or_else(|| DatasetError::Unknown(path.to_owned()))
}

/// Begins to read files and folders.
///
/// # Errors
///
/// When one is not there, or the format cannot be read.
pub fn read(format: Format, paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    format.open(paths, options)
}

/// Writes all records that `works` give; `more` are files beside the data, made when all is known.
///
/// # Errors
///
/// When something cannot be written, there is no record, or somebody asked to stop. Then what was there before still
/// is.
pub fn write(
    works: Works,
    format: Format,
    to: &Destination,
    options: &WriteOptions,
    way: Way<'_>,
    more: &dyn Fn(&Written) -> Beside,
) -> Result<Written, DatasetError> {
    let Way { change, parts, part, summary, stopped, progress } = way;
    let folder = !parts.is_empty()
        || summary
        || format.shape() == Shape::Folder
        || (matches!(format.shape(), Shape::Either(_)) && (options.folder || to.is_folder()));
    let draft = match to {
        Destination::Path(path) if folder => Draft::folder(path)?,
        Destination::Path(path) => Draft::file(path)?,
        Destination::StandardOutput if folder => {
            return Err(DatasetError::Options(format!("{} makes several files; name a folder", format.name())));
        }
        Destination::StandardOutput => Draft::standard_output(),
        Destination::Nowhere => Draft::nothing(),
    };
    let names = parts.iter().map(|name| match format.shape() {
        Shape::File(ending) => (String::new(), Some(format!("{name}.{ending}"))),
        Shape::Folder | Shape::Either(_) => (format!("{name}/"), None),
    });
    let alone = match format.shape() {
        Shape::File(ending) if folder => Some(format!("data.{ending}")),
        _ => None,
    };
    let names: Vec<_> = if parts.is_empty() { vec![(String::new(), alone)] } else { names.collect() };
    let places: Vec<_> = names
        .iter()
        .map(|(part, file)| Place {
            draft: &draft,
            folder: part,
            file: file.as_deref(),
            many: folder && file.is_none(),
        })
        .collect();
    let flow = Flow { works, change, part, places: &places, summary, stopped, progress };
    let pumped = format.write(options, flow)?;
    let written = Written { account: pumped.account, told: pumped.told, summaries: pumped.summaries };
    if written.account.numbers(Kind::Document).all() == 0 {
        return Err(DatasetError::Empty(Box::new(written.told)));
    }
    if folder {
        let account = serde_json::to_vec_pretty(&written.account).map_err(|_| DatasetError::Crashed)?;
        draft.write(ACCOUNT_FILE, &account)?;
        for (name, bytes) in more(&written) {
            draft.write(&name, &bytes)?;
        }
    }
    drop(places);
    draft.finish()?;
    Ok(written)
}

impl Destination {
    /// Whether it is a folder: one is there, or the path ends as a folder's.
    fn is_folder(&self) -> bool {
        matches!(self, Self::Path(path) if names_folder(path))
    }
}

/// Whether a path means a folder: one is there, or it ends as a folder's.
#[must_use]
pub fn names_folder(path: &Path) -> bool {
    let last = path.as_os_str().as_encoded_bytes().last();
    path.is_dir() || last.is_some_and(|byte| std::path::is_separator(char::from(*byte)))
}
