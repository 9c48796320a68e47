//! What people write to each other about annotations.

use serde::{Deserialize, Serialize};

use crate::{AnnotationRef, AnnotatorName, CommentId, Conflict, DocumentId};

/// All comments of one writer on one document; only that writer's program writes it.
/// Stored as `comments/WRITER/ID.ron`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentSet {
    /// The version of the file format.
    pub format: u32,
    /// The document, the same as the stem of the file.
    pub document: DocumentId,
    /// The writer, the same as the name of the folder.
    pub writer: AnnotatorName,
    /// The comments, in the order of [`Comment::order`].
    #[serde(default)]
    pub comments: Vec<Comment>,
    /// What two copies of this file changed differently.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// One comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// The id, unique in the file; made at random, so that other files can name it.
    pub id: CommentId,
    /// What it is about: one annotation; several that differ; or none for the whole document. An answer has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<AnnotationRef>,
    /// The comment, of anybody, that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<CommentId>,
    /// What it says.
    pub text: String,
    /// When it was written, as RFC 3339 in UTC.
    pub created: String,
    /// Whether its writer regards the matter as settled.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub settled: bool,
}

impl Comment {
    /// The order of comments in a file: by time, then by id.
    #[must_use]
    pub fn order(&self) -> (&str, &CommentId) {
        (&self.created, &self.id)
    }
}

impl CommentSet {
    /// Puts everything in the order of files.
    pub fn sort(&mut self) {
        self.comments.sort_by(|a, b| a.order().cmp(&b.order()));
        self.conflicts.sort();
    }
}
