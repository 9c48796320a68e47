//! Writing what was chosen of colleagues' work into the project's folder.

use ascribe_schema::DocumentId;

use super::{Offer, Piece, Standing};
use crate::{
    Project, Tree,
    merge::{FileError, merge_bytes},
    store::{Store, StoreError},
    stored_text,
};

/// How a file is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// As it is, in the place of the one here, of which a copy stays in `.ascribe/backups/`.
    Replace,
    /// Together with the one here, by ids and fields. What both started from is not known: nothing is deleted, and
    /// what they say differently is left open in the file.
    Merge,
}

/// What became of what was chosen.
#[derive(Debug, Default)]
pub struct Account {
    /// By number of the piece in its offer.
    pub pieces: Vec<(usize, Result<Taken, TakeError>)>,
    /// The documents that came along.
    pub documents: Vec<DocumentId>,
}

/// How a file was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// There was none here.
    Written,
    /// The one here was replaced.
    Replaced,
    /// The two were joined, and so many places are open.
    Merged(usize),
}

/// Why a file was not taken. The one here is as it was.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// It cannot be, or it is one's own and was not to be merged.
    #[error("{0} is left as it is")]
    Left(String),
    /// The two cannot be joined.
    #[error(transparent)]
    Merge(#[from] FileError),
    /// It cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes the pieces with these numbers, each in its way, and the documents that they need.
pub fn take(store: &Store, project: &Project, offer: &Offer, chosen: &[(usize, How)]) -> Account {
    let mut account = Account::default();
    for &(number, how) in chosen {
        let Some(piece) = offer.pieces.get(number) else { continue };
        let outcome = may_take(piece, how)
            .and_then(|()| Ok(bring(store, offer, piece, &mut account.documents)?))
            .and_then(|()| take_one(store, project, piece, how));
        account.pieces.push((number, outcome));
    }
    account
}

/// Writes the document that a piece needs, once.
fn bring(store: &Store, offer: &Offer, piece: &Piece, brought: &mut Vec<DocumentId>) -> Result<(), StoreError> {
    let files = offer.documents.get(&piece.document).filter(|_| !brought.contains(&piece.document));
    let Some(files) = files else { return Ok(()) };
    for (path, bytes) in files {
        // An earlier attempt may have come this far.
        if store.read(path)?.as_ref() != Some(bytes) {
            store.replace_read(path, None, bytes)?;
        }
    }
    brought.push(piece.document.clone());
    Ok(())
}

/// Refuses what cannot be taken, or not so.
fn may_take(piece: &Piece, how: How) -> Result<(), TakeError> {
    match (&piece.standing, how) {
        (Standing::Refused, _) | (Standing::Mine(_), How::Replace) => Err(TakeError::Left(piece.path.clone())),
        _ => Ok(()),
    }
}

fn take_one(store: &Store, project: &Project, piece: &Piece, how: How) -> Result<Taken, TakeError> {
    let here = piece.here.as_deref();
    let (Some(mine), How::Merge) = (here, how) else {
        store.replace_read(&piece.path, here, &piece.bytes)?;
        return Ok(if here.is_none() { Taken::Written } else { Taken::Replaced });
    };
    let tree = Tree::Folder(project.place.path().clone());
    let texts = |sha256: &str| stored_text(&tree, &piece.document, sha256);
    let names = (format!("{} (here)", piece.path), format!("{} (from outside)", piece.found));
    let joined = merge_bytes((b"", ""), (mine, &names.0), (&piece.bytes, &names.1), &texts)?;
    store.replace_read(&piece.path, here, joined.text.as_bytes())?;
    Ok(Taken::Merged(joined.conflicts.len()))
}
