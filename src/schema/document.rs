//! What is known of an article beside its text.

use serde::{Deserialize, Serialize};

use crate::{DocumentId, Span};

/// One article: its metadata, and a hash of each text it has had. Stored as `documents/ID.ron`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The version of the file format.
    pub format: u32,
    /// The document's name, the same as the stem of its file.
    pub id: DocumentId,
    /// The headline.
    pub title: String,
    /// Where it was published, as a web address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// Who published it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    /// Who wrote it, as the article says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub byline: String,
    /// Where it was written, as the article says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub dateline: String,
    /// When it was published: an RFC 3339 date or time, as exact as is known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub published: String,
    /// The language, as a BCP 47 tag.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    /// The texts, the oldest first. The first is `documents/ID.txt`, the second `documents/ID.r2.txt`.
    pub revisions: Vec<Revision>,
    /// Proposals, made at import, of what is not the article, in the newest text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paratext: Vec<Span>,
}

/// One text of a document and where it came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// SHA-256 of the text as UTF-8, in lower-case hexadecimal.
    pub text_sha256: String,
    /// How it was imported.
    pub imported: Provenance,
}

/// Where a text came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The name of the original file, without its folder.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file_name: String,
    /// SHA-256 of the original bytes, in lower-case hexadecimal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub file_sha256: String,
    /// The importer and its version, such as `text 1`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub importer: String,
    /// The encoding of the original, by its WHATWG name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub encoding: String,
    /// When, as RFC 3339 in UTC.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub time: String,
}

impl Document {
    /// The number of the newest text, counted from 1; 0 for a document without any.
    #[must_use]
    pub fn newest(&self) -> usize {
        self.revisions.len()
    }

    /// The file name of the text with that number, counted from 1.
    #[must_use]
    pub fn text_file(&self, revision: usize) -> String {
        match revision {
            0 | 1 => format!("{}.txt", self.id),
            n => format!("{}.r{n}.txt", self.id),
        }
    }

    /// The file name of the original of the text with that number, where it is kept; `extension` is without
    /// the dot.
    #[must_use]
    pub fn original_file(&self, revision: usize, extension: &str) -> String {
        match revision {
            0 | 1 => format!("{}.original.{extension}", self.id),
            n => format!("{}.r{n}.original.{extension}", self.id),
        }
    }

    /// The number, counted from 1, of the text with that hash.
    #[must_use]
    pub fn revision_of(&self, text_sha256: &str) -> Option<usize> {
        self.revisions.iter().position(|revision| revision.text_sha256 == text_sha256).map(|i| i + 1)
    }
}
