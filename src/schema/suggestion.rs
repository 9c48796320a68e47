//! Suggestions: what a program proposes for one document, until a person accepts or refuses it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AnnotatorName, DocumentId, Span, SuggestionId, unique};

/// All that one program proposes for one document; it counts nowhere, and can be made anew.
/// Stored as `suggestions/NAME/ID.ron`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuggestionSet {
    /// The version of the file format.
    pub format: u32,
    /// The document, the same as the stem of the file.
    pub document: DocumentId,
    /// The text that the spans count in, by its SHA-256 in lower-case hexadecimal.
    pub text_sha256: String,
    /// The program, the same as the name of the folder.
    pub by: AnnotatorName,
    /// What it proposes, in the order of [`Suggestion::order`].
    #[serde(default)]
    pub suggestions: Vec<Suggestion>,
    /// The ties between its proposals, in their order.
    #[serde(default)]
    pub relations: Vec<SuggestedRelation>,
}

/// An annotation that a program proposes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The id, unique in the file.
    pub id: SuggestionId,
    /// The name of the label.
    pub label: String,
    /// The fragments, in the order of the text, none empty, none overlapping another.
    pub spans: Vec<Span>,
    /// The exact characters of each span, as proof that the offsets fit the text.
    pub text: Vec<String>,
    /// Values by the name of the attribute; computed ones may be among them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique::map")]
    pub attributes: BTreeMap<String, String>,
    /// How sure the program is, from 0 to 1.
    pub score: f32,
    /// The rule that proposes it, by its name; empty for a program that knows none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// The words that made the program propose it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Span>,
}

/// A typed, directed tie between two suggestions of one file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SuggestedRelation {
    /// The name of the relation type.
    pub kind: String,
    /// The suggestion that it starts from.
    pub from: SuggestionId,
    /// The suggestion that it leads to.
    pub to: SuggestionId,
}

impl Suggestion {
    /// What files are sorted by: the fragments, the label, the id.
    #[must_use]
    pub fn order(&self) -> (&[Span], &str, &SuggestionId) {
        (&self.spans, &self.label, &self.id)
    }
}

impl SuggestionSet {
    /// Brings suggestions and relations into the order in which they are written.
    pub fn sort(&mut self) {
        self.suggestions.sort_by(|a, b| a.order().cmp(&b.order()));
        self.relations.sort();
    }
}
