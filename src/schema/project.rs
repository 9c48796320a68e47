//! What holds for a whole project.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AnnotatorName, Conflict, DocumentId, Scheme, unique};

/// How long a model may take for one document, unless somebody says, in seconds.
const PATIENCE: u32 = 60;

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
    /// Programs of one's own that propose annotations. Each runs only when a person asks for it; reading a project
    /// never runs anything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<Model>,
    /// The rules of lint that do not count in this project, by their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lint_off: Vec<String>,
    /// Whose decisions gold is made from; of the only adjudicator where nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adjudicator: Option<AnnotatorName>,
    /// Reasons for decisions that this project has besides [`REASONS`](crate::REASONS).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// What two copies of this file changed differently, until somebody decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// A program that proposes annotations: it is given texts as JSON lines and answers in JSON lines, as `suggest
/// --stream` does.
///
/// ```ron
/// models: [
///     (name: "according-to", run: Command(["python3", "model.py"])),
///     (name: "large", run: Http("http://127.0.0.1:8000/suggest"), timeout_s: 300),
/// ]
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Model {
    /// What it is called; also the folder of what it proposes, `suggestions/NAME/`.
    pub name: AnnotatorName,
    /// How it is asked.
    pub run: Run,
    /// How long it may take for one document, in seconds.
    #[serde(default = "patience", skip_serializing_if = "is_usual")]
    pub timeout_s: u32,
}

/// How a model is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Run {
    /// A program and its arguments, started in the project's folder, without a shell. All texts are written to its
    /// standard input, one a line, and its answers are read from its standard output.
    Command(Vec<String>),
    /// An address on this machine, `http://127.0.0.1:…` or `http://localhost:…`, to which each text is posted as one
    /// line, and which answers with one line.
    Http(String),
}

fn patience() -> u32 {
    PATIENCE
}

/// For what need not be written.
fn is_usual(timeout_s: &u32) -> bool {
    *timeout_s == PATIENCE
}
