//! Colleagues' work from outside the project: what a bundle, a folder or some files would bring, and taking it.
//!
//! [`look`] only reads, and says of each file what it is to the one that is here; [`take`] writes what was chosen. A
//! file of somebody else stays as they wrote it, on the text that they made it on: comparing takes it along in memory,
//! and its owner's program moves it for good. One's own files are left alone.

mod gather;
mod look;
mod take;

use std::{collections::BTreeMap, io, path::PathBuf};

use ascribe_schema::{AnnotatorName, DocumentId, Problem};

pub use self::{
    look::look,
    take::{Account, How, TakeError, Taken, take},
};
use crate::{MoveReport, OpenError, merge::Kind};

/// All that some paths would bring.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// The files, by where they belong in the project.
    pub pieces: Vec<Piece>,
    /// What cannot be taken, and what is left out, with the reason.
    pub problems: Vec<Problem>,
    /// The files of documents that the project does not have, by document: they come along with what is about them.
    documents: BTreeMap<DocumentId, Vec<(String, Vec<u8>)>>,
}

/// One file of somebody's work.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Where it was found.
    pub found: String,
    /// Where it belongs in the project, such as `annotations/bo/ID.ron`.
    pub path: String,
    /// What it holds.
    pub kind: Kind,
    /// Whose work it is.
    pub person: AnnotatorName,
    /// The document that it is about.
    pub document: DocumentId,
    /// How many annotations, decisions or comments it holds.
    pub count: usize,
    /// What it is to the file that is here.
    pub standing: Standing,
    /// What becomes of its annotations on the newest text, where it was made on an older one. The file stays on the
    /// older text.
    pub moved: Option<MoveReport>,
    /// Its bytes.
    bytes: Vec<u8>,
    /// The bytes of the file that is here.
    here: Option<Vec<u8>>,
}

/// What a file from outside is to the one that is here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is none here.
    New,
    /// There is none here, and the document is not here either: it comes along.
    WithDocument,
    /// It says the same.
    Same,
    /// It has all that is here, and more.
    Newer(Differences),
    /// All of it is here, and more.
    Older(Differences),
    /// Each has something that the other lacks or says otherwise.
    Different(Differences),
    /// The one here cannot be read.
    HereUnreadable,
    /// It is one's own: it is left alone, unless it is to be merged.
    Mine(Differences),
    /// It cannot be taken; why is among the problems.
    Refused,
}

/// How a file from outside differs from the one that is here, in things that have ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// What only the one from outside has; that it is finished counts as one.
    pub added: usize,
    /// What both have, and say differently; the text that they count in, and what is open in them, count as one each.
    pub changed: usize,
    /// What only the one here has; that it is finished counts as one.
    pub missing: usize,
}

/// Why a path cannot be looked at.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    /// The project itself cannot be read.
    #[error(transparent)]
    Project(#[from] OpenError),
    /// The system refuses.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is nothing of anybody's in it.
    #[error(
        "{} is no bundle, project, annotator’s folder or file of annotations, decisions or comments; ask your \
         colleague for one of these", .0.display()
    )]
    Nothing(PathBuf),
}

impl Piece {
    /// Whether something would be written if it were taken.
    #[must_use]
    pub fn brings(&self) -> bool {
        !matches!(self.standing, Standing::Same | Standing::Refused | Standing::Mine(_) | Standing::Older(_))
    }

    /// Whether a person must choose between the two files.
    #[must_use]
    pub fn asks(&self) -> bool {
        matches!(self.standing, Standing::Different(_) | Standing::HereUnreadable)
    }
}
