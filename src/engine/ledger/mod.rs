//! The source ledger: who speaks in a project, under which names, how often and where.

mod build;
mod csv;
mod mention;
mod name;
mod order;
mod rename;

use std::collections::BTreeMap;

use ascribe_schema::{AnnotationId, AnnotatorName, DocumentId, Span};
use serde::Serialize;

pub use self::{
    build::{Sources, ledger, ledger_of},
    csv::{csv, write_csv},
    order::{Column, matches, sort},
    rename::Renamed,
};

/// Every source of a project, one row each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// The rows, the most quoted first.
    pub rows: Vec<Row>,
}

/// One source with what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What tells it from all other rows.
    pub key: String,
    /// What it is called: its entity, or the name that is used most. A source of which it is not said who it is
    /// begins with `unresolved: `.
    pub name: String,
    /// Other names for it in the articles, the most used first.
    pub also: Vec<String>,
    /// Why its mentions are one row.
    pub grouped_by: Grouping,
    /// What kind of source it is called, by how often.
    pub kind: BTreeMap<String, usize>,
    /// How the articles refer to it, by how often.
    pub naming: BTreeMap<String, usize>,
    /// Quotes that are attributed to it.
    pub quotes: usize,
    /// Claims that are attributed to it, or that its quotes and denials express.
    pub claims: usize,
    /// Denials that are attributed to it.
    pub denials: usize,
    /// Denials by others of what it claims or is quoted with.
    pub denied: usize,
    /// The articles in which it is a source.
    pub documents: Vec<DocumentId>,
    /// Whose annotations these are.
    pub annotators: Vec<AnnotatorName>,
    /// Where it stands, by document, annotator and place.
    pub mentions: Vec<Mention>,
}

/// Why mentions are one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grouping {
    /// They have one entity.
    Entity,
    /// They have one name, but for case, spaces, articles, titles and the possessive.
    Name,
    /// It is not said who they are; they are the same words in one article.
    Unresolved,
}

impl Grouping {
    /// Why, in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Entity => "they have the same entity",
            Self::Name => "they have the same name, but for titles, articles, case and the possessive",
            Self::Unresolved => "it is not said who this is; give it an entity to count it with its source",
        }
    }
}

/// One annotation of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mention {
    /// The document.
    pub document: DocumentId,
    /// Whose annotation it is.
    pub annotator: AnnotatorName,
    /// The annotation.
    pub annotation: AnnotationId,
    /// Where it stands; nothing while it waits for a place in a corrected text.
    pub span: Option<Span>,
    /// Its words.
    pub words: String,
    /// The entity that it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
}
