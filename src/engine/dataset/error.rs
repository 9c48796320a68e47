//! Why a dataset could not be read or written.

use std::{io, path::PathBuf};

use super::{Format, Told};
use crate::store::StoreError;

/// Why a dataset could not be read or written. No file got its final name.
#[derive(Debug, thiserror::Error)]
pub enum DatasetError {
    /// A file or folder could not be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something could not be written.
    #[error(transparent)]
    Write(#[from] StoreError),
    /// A file is not what it was said to be, as a whole.
    #[error("{} is no {}: {reason}", path.display(), format.name())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What it was said to be.
        format: Format,
        /// What is wrong, for people.
        reason: String,
    },
    /// There is nothing of that format among what was named.
    #[error("there is nothing that could be {} in {}", format.name(), path.display())]
    Nothing {
        /// The first of what was named.
        path: PathBuf,
        /// What was looked for.
        format: Format,
    },
    /// What a file is cannot be told.
    #[error("{} is of no format that can be told by its content; name it with --format, or --from to convert", .0.display())]
    Unknown(PathBuf),
    /// The format is only written, or only read.
    #[error("{} cannot be {}", .0.name(), if *.1 { "written" } else { "read" })]
    OneWay(Format, bool),
    /// Options that contradict each other or the format.
    #[error("{0}")]
    Options(String),
    /// Something cannot be put into the format at all.
    #[error("cannot be written as {}: {reason}", format.name())]
    Unfit {
        /// The format.
        format: Format,
        /// Why, for people.
        reason: String,
    },
    /// Nothing that was read is a document; with what there is to tell of it.
    #[error("there is no document in what was read")]
    Empty(Box<Told>),
    /// Somebody asked to stop.
    #[error("stopped")]
    Stopped,
    /// A defect of this program.
    #[error("this program has failed; please report which file it was reading or writing")]
    Crashed,
}
