//! An article as it was read from a file, and the document that is made of it.

use ascribe_schema::{Document, DocumentId, FORMAT, Problem, Provenance, Revision, Severity, Span, hash_suffix};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Format, ImportError, hex};

/// The most characters of the title that go into a document's id.
const SLUG_CHARS: usize = 40;

/// An article as it was read: a preview, which a person may correct before it becomes a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The text as a reader sees it: paragraphs apart by an empty line where the format has paragraphs, LF
    /// line ends, otherwise every character as it was.
    pub text: String,
    /// What the article says of itself.
    pub about: About,
    /// What it was read as.
    pub format: Format,
    /// The encoding, by its WHATWG name; empty where the format says nothing of it.
    pub encoding: String,
    /// Lines that are probably not the article, in the order of the text; they stay in the text.
    pub paratext: Vec<Span>,
    /// What a person should look at.
    pub doubts: Vec<Doubt>,
}

/// What an article says of itself; empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// The headline.
    pub title: String,
    /// Where it was published: the address that the page itself calls the right one.
    pub url: String,
    /// Who published it.
    pub publisher: String,
    /// Who wrote it, as the article says.
    pub byline: String,
    /// Where it was written, as the article says.
    pub dateline: String,
    /// When it was published: an RFC 3339 date or time, as exact as is known; as the article says where it is
    /// neither.
    pub published: String,
    /// The language, as a BCP 47 tag.
    pub language: String,
}

/// Something about an article that a person should look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// What kind.
    pub kind: DoubtKind,
    /// What, as a sentence without a full stop.
    pub message: String,
    /// What to do about it; empty when nothing useful can be said.
    pub hint: String,
}

/// The kinds of doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DoubtKind {
    /// The encoding was guessed, and another one fits about as well.
    UnsureEncoding,
    /// A part that a reader sees is not in the text, such as a page that is only a picture.
    PartMissing,
    /// Something that is not the article was left out, such as comments or attachments.
    LeftOut,
}

impl DoubtKind {
    /// Whether a person must look before the article can be relied on.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::UnsureEncoding | Self::PartMissing => Severity::Warning,
            Self::LeftOut => Severity::Note,
        }
    }

    /// The short name of the problem, which never changes.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            Self::UnsureEncoding => "encoding-unsure",
            Self::PartMissing => "part-missing",
            Self::LeftOut => "left-out",
        }
    }
}

impl Doubt {
    /// A doubt without a hint.
    pub fn new(kind: DoubtKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: String::new() }
    }

    /// The same, saying what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// As a problem of `file`.
    #[must_use]
    pub fn problem(&self, file: &str) -> Problem {
        Problem::new(self.kind.severity(), self.kind.rule(), file, &*self.message).hint(&*self.hint)
    }
}

/// The file that an article came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its name, without its folder.
    pub file_name: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub file_sha256: String,
}

/// An article that has become a document, not yet in any project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// What is known of it.
    pub document: Document,
    /// Its text.
    pub text: String,
    /// The original file, if it is to be kept beside the text: how its name ends, without the dot, and its bytes.
    pub original: Option<(String, Vec<u8>)>,
}

impl Article {
    /// The article as a document that was imported from `origin` at `time` (RFC 3339).
    ///
    /// # Errors
    ///
    /// As [`Article::document`].
    pub fn imported(self, origin: &Origin, time: &str) -> Result<Imported, ImportError> {
        Ok(Imported { document: self.document(origin, time)?, text: self.text, original: None })
    }

    /// What the record of a document says of this text: where it came from and its hash. `time` is RFC 3339.
    #[must_use]
    pub fn revision(&self, origin: &Origin, time: &str) -> Revision {
        let imported = Provenance {
            file_name: origin.file_name.clone(),
            file_sha256: origin.file_sha256.clone(),
            importer: self.format.importer(),
            encoding: self.encoding.clone(),
            time: time.to_owned(),
        };
        Revision { text_sha256: hex(&Sha256::digest(self.text.as_bytes()).into()), imported }
    }

    /// The record of a new document with this text, imported from `origin` at `time` (RFC 3339).
    ///
    /// # Errors
    ///
    /// When the title gives no id, which no title is known to do.
    pub fn document(&self, origin: &Origin, time: &str) -> Result<Document, ImportError> {
        let hash: [u8; 32] = Sha256::digest(self.text.as_bytes()).into();
        let id = DocumentId::new(format!("{}-{}", slug(&self.about.title), hash_suffix(&hash)))
            .map_err(|reason| ImportError::Name(reason.to_string()))?;
        let About { title, url, publisher, byline, dateline, published, language } = self.about.clone();
        let revisions = vec![self.revision(origin, time)];
        let paratext = self.paratext.clone();
        Ok(Document {
            format: FORMAT,
            id,
            title,
            url,
            publisher,
            byline,
            dateline,
            published,
            language,
            revisions,
            paratext,
        })
    }
}

/// The first line that says something, for articles that name no title.
pub(super) fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.chars().filter(|c| !c.is_control()).take(300).collect()
}

/// The title in ASCII words, joined by `-`.
fn slug(title: &str) -> String {
    let whole = slug::slugify(title);
    let mut short = String::new();
    for word in whole.split('-') {
        if short.len() + word.len() >= SLUG_CHARS {
            break;
        }
        if !short.is_empty() {
            short.push('-');
        }
        short.push_str(word);
    }
    if short.is_empty() { "article".to_owned() } else { short }
}
