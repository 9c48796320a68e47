//! What holds for a whole project.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AnnotatorName, DocumentId, Scheme, unique};

/// A project's title, scheme, guidelines and people. Stored as `project.ron`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// The version of the file format.
    pub format: u32,
    /// What the project is called.
    pub title: String,
    /// The guidelines that hold for all labels, as Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub guidelines: String,
    /// What may be tagged.
    pub scheme: Scheme,
    /// The people who are asked to annotate; others may, too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotators: Vec<AnnotatorName>,
    /// Who annotates which document.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique::map")]
    pub assignments: BTreeMap<DocumentId, Vec<AnnotatorName>>,
    /// The rules of lint that do not count in this project, by their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lint_off: Vec<String>,
}
