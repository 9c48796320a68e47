//! Writing decisions and gold without a window.

use ascribe_schema::{AnnotationSet, AnnotatorName, DocumentId, Progress, read_set};

use crate::{
    Papers, Part, SetState, hex_sha256,
    part::Content,
    set_path,
    store::{Store, StoreError},
};

/// What became of the file of gold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GoldWritten {
    /// There was none.
    New,
    /// It was another.
    Changed,
    /// It holds just this already.
    Same,
    /// Nothing is decided any more, so there is none.
    Removed,
}

/// Why gold was not written. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// There is gold that no decision explains.
    #[error(
        "{0} was not made from decisions, and is not written over; move it away, or say --replace, and a copy is kept \
         in .ascribe/backups"
    )]
    HandMade(String),
    /// It could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether every annotation of a set says by which decision it is there, but for marks of what is the article.
#[must_use]
pub fn is_from_decisions(set: &AnnotationSet) -> bool {
    set.annotations.iter().all(|annotation| annotation.decided.is_some() || annotation.paratext().is_some())
}

/// Writes gold where that changes anything, and says what it did; or only what it would do.
///
/// # Errors
///
/// When there is gold that no decision explains and it is not to be replaced, or the system refuses.
pub fn save_gold(store: &Store, gold: &AnnotationSet, replace: bool, dry_run: bool) -> Result<GoldWritten, GoldError> {
    let path = set_path(&gold.annotator, &gold.document);
    let key = (gold.document.clone(), Part::Set);
    let there = store.read(&path)?;
    let known = there.as_ref().map(|bytes| hex_sha256(bytes));
    let before = there.map(|bytes| read_set(&bytes, &path));
    let explained = match &before {
        None => true,
        Some(Ok(read)) => read.complete && is_from_decisions(&read.value),
        Some(Err(_)) => false,
    };
    if !explained && !replace {
        return Err(GoldError::HandMade(path));
    }
    // Where everything was rejected, gold says that there is nothing; where nothing was decided, there is no gold.
    let decided = !gold.annotations.is_empty() || gold.progress == Progress::Finished;
    let content = if decided {
        Content::Set(SetState::from_file(gold.clone()))
    } else {
        Content::none(&key, &gold.annotator, gold.text_sha256.clone())
    };
    let written = match &before {
        Some(_) if !content.is_started() => GoldWritten::Removed,
        Some(Ok(read)) if read.value == *gold => GoldWritten::Same,
        Some(_) => GoldWritten::Changed,
        None if !content.is_started() => GoldWritten::Same,
        None => GoldWritten::New,
    };
    if written != GoldWritten::Same && !dry_run {
        if !explained {
            store.back_up(&gold.annotator, &key)?;
        }
        store.save(&gold.annotator, &key, &content, known.as_deref())?;
    }
    Ok(written)
}

/// Replaces the file of somebody's decisions about a document. Nobody else may have that person's files open.
///
/// # Errors
///
/// When a window has them open, the file is not as it was read any more (`known` is the hash of it, if there was
/// one), or the system refuses.
pub fn save_decisions(
    store: &Store,
    document: &DocumentId,
    adjudicator: &AnnotatorName,
    papers: &Papers,
    known: Option<&str>,
) -> Result<(), StoreError> {
    let _lock = store.lock(adjudicator)?;
    let content = Content::Papers(papers.only(Part::Decisions));
    store.save(adjudicator, &(document.clone(), Part::Decisions), &content, known).map(drop)
}
