//! What a corrected article changes in the record of its document.

use ascribe_schema::Document;

use crate::{Article, Format, Origin};

/// A document with one more text, not yet in its project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revised {
    /// The record as it becomes.
    pub document: Document,
    /// The corrected text.
    pub text: String,
    /// The original file, if it is to be kept beside the text: how its name ends, without the dot, and its bytes.
    pub original: Option<(String, Vec<u8>)>,
    /// What the corrected article says of itself and the document does not: the document's own values stay.
    pub differs: Vec<Differing>,
}

/// A field of which a corrected article says something else than its document.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Differing {
    /// The field's name.
    pub field: &'static str,
    /// What the document says, and goes on saying.
    pub old: String,
    /// What the corrected article says.
    pub new: String,
}

/// Why a text cannot become the newest text of a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReviseError {
    /// It is that already.
    #[error("the document has exactly this text already; nothing was written")]
    Same,
    /// It is an older one.
    #[error(
        "this is text {number} of {of} of this document: an older text cannot come back; to have the newest text as it was, correct the article again"
    )]
    Older {
        /// Its number, counted from 1.
        number: usize,
        /// How many texts the document has.
        of: usize,
    },
}

/// Gives a document a corrected text that was imported from `origin` at `time` (RFC 3339). What the document says of
/// itself stays; what it does not say is taken from the corrected article.
///
/// # Errors
///
/// When the document has or had this text.
pub fn revised(record: &Document, article: Article, origin: &Origin, time: &str) -> Result<Revised, ReviseError> {
    let revision = article.revision(origin, time);
    match record.revision_of(&revision.text_sha256) {
        Some(number) if number == record.newest() => return Err(ReviseError::Same),
        Some(number) => return Err(ReviseError::Older { number, of: record.newest() }),
        None => {}
    }
    let (mut document, mut differs) = (record.clone(), Vec::new());
    document.revisions.push(revision);
    document.paratext = article.paratext;
    let mut about = article.about;
    if matches!(article.format, Format::Text | Format::Markdown) {
        // There the title is only the first line.
        about.title.clear();
    }
    for (field, old, new) in [
        ("title", &mut document.title, about.title),
        ("url", &mut document.url, about.url),
        ("publisher", &mut document.publisher, about.publisher),
        ("byline", &mut document.byline, about.byline),
        ("dateline", &mut document.dateline, about.dateline),
        ("published", &mut document.published, about.published),
        ("language", &mut document.language, about.language),
    ] {
        if old.is_empty() {
            *old = new;
        } else if !new.is_empty() && *old != new {
            differs.push(Differing { field, old: old.clone(), new });
        }
    }
    Ok(Revised { document, text: article.text, original: None, differs })
}
