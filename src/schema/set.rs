//! Annotations and relations, and the set that holds one annotator's work on one document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    AnnotationId, AnnotatorName, Conflict, Decided, DocumentId, PARATEXT, REJECTED, RejectionId, RelationId, Span,
    unique,
};

/// All annotations and relations that one annotator made on one document: one file, one writer.
/// Stored as `annotations/ANNOTATOR/ID.ron`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnotationSet {
    /// The version of the file format.
    pub format: u32,
    /// The document, the same as the stem of the file.
    pub document: DocumentId,
    /// The text that the spans count in, by its SHA-256 in lower-case hexadecimal.
    pub text_sha256: String,
    /// Whose work it is, the same as the name of the folder.
    pub annotator: AnnotatorName,
    /// How far it has come.
    #[serde(default)]
    pub progress: Progress,
    /// The annotations, in the order of [`Annotation::order`].
    #[serde(default)]
    pub annotations: Vec<Annotation>,
    /// The relations, ordered by id.
    #[serde(default)]
    pub relations: Vec<Relation>,
    /// The suggestions that the annotator refused, in the order of [`Rejection::order`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rejected: Vec<Rejection>,
    /// What two copies of this set changed differently, until its annotator decides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// How far an annotator has come with a document. A document without a set is not started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Progress {
    /// Being worked on.
    #[default]
    InProgress,
    /// Marked as finished by its annotator; reviewers wait for this.
    Finished,
}

/// A label on one or more spans of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// The id, unique in the set.
    pub id: AnnotationId,
    /// The name of the label.
    pub label: String,
    /// The fragments, in the order of the text, none empty, none overlapping another.
    pub spans: Vec<Span>,
    /// The exact characters of each span, as proof that the offsets fit the text.
    pub text: Vec<String>,
    /// Values by the name of the attribute.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique::map")]
    pub attributes: BTreeMap<String, String>,
    /// A remark, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The older text that its spans count in, by its SHA-256: it could not be found again in a corrected text,
    /// has no place there, and waits for a person. Empty for one that lies in the set's own text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text_sha256: String,
    /// Who or what made it.
    pub origin: Origin,
    /// When, as RFC 3339 in UTC.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub created: String,
    /// In gold, by which decision it came there; nothing elsewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Box<Decided>>,
}

/// A suggestion that the annotator refused, so that it is not made again. It counts nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// The id, unique among the rejections of the set.
    pub id: RejectionId,
    /// The label that was proposed.
    pub label: String,
    /// The fragments that were proposed, in the order of the text.
    pub spans: Vec<Span>,
    /// The exact characters of each.
    pub text: Vec<String>,
    /// The rule or the model that proposed it.
    pub rule: String,
    /// Why it was refused, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The older text that its spans count in, by its SHA-256, where its words are not in the set's own text any more.
    /// Empty for one that lies in the set's own text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text_sha256: String,
    /// When, as RFC 3339 in UTC.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub created: String,
}

/// Who or what made an annotation, and the person who confirmed it if a program did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// A person.
    Human(AnnotatorName),
    /// A rule, by its name.
    Rule {
        /// The rule.
        name: String,
        /// The person who accepted its proposal.
        confirmed_by: Option<AnnotatorName>,
        /// Whether that person changed what was proposed: its spans, its label, or a value.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        changed: bool,
    },
    /// A model, by its name and version.
    Model {
        /// The model.
        name: String,
        /// The person who accepted its proposal.
        confirmed_by: Option<AnnotatorName>,
        /// Whether that person changed what was proposed: its spans, its label, or a value.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        changed: bool,
    },
    /// Labelled data from another tool.
    Import {
        /// The tool or file.
        name: String,
        /// The person who checked it.
        confirmed_by: Option<AnnotatorName>,
    },
}

/// A typed, directed tie between two annotations of one set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    /// The id, unique in the set.
    pub id: RelationId,
    /// The name of the relation type.
    pub kind: String,
    /// The annotation that it starts from.
    pub from: AnnotationId,
    /// The annotation that it leads to.
    pub to: AnnotationId,
}

impl Annotation {
    /// The smallest span that covers all fragments; empty at 0 for an annotation without any.
    #[must_use]
    pub fn extent(&self) -> Span {
        extent(&self.spans)
    }

    /// What files are sorted by: start, end, id.
    #[must_use]
    pub fn order(&self) -> (Span, &AnnotationId) {
        (self.extent(), &self.id)
    }

    /// Whether it says of its words that they are not the article (`true`), or that they are though they were
    /// proposed as something else (`false`); nothing for all other annotations.
    #[must_use]
    pub fn paratext(&self) -> Option<bool> {
        let rejected = self.attributes.get(REJECTED.0).is_some_and(|value| value == REJECTED.1);
        (self.label == PARATEXT).then_some(!rejected)
    }

    /// The exact characters of all fragments, joined by ` … `.
    #[must_use]
    pub fn quote(&self) -> String {
        self.text.join(" … ")
    }
}

impl Rejection {
    /// What files are sorted by: start, end, label, id.
    #[must_use]
    pub fn order(&self) -> (Span, &str, &RejectionId) {
        (extent(&self.spans), &self.label, &self.id)
    }

    /// Whether `label` on `spans` of the set's own text is what was refused.
    #[must_use]
    pub fn refuses(&self, label: &str, spans: &[Span]) -> bool {
        self.text_sha256.is_empty() && self.label == label && self.spans == spans
    }
}

/// The smallest span that covers all of `spans`; empty at 0 for none.
fn extent(spans: &[Span]) -> Span {
    let start = spans.iter().map(|span| span.start).min().unwrap_or_default();
    let end = spans.iter().map(|span| span.end).max().unwrap_or_default();
    Span { start, end }
}

impl AnnotationSet {
    /// The hash of the text that an annotation's spans count in.
    #[must_use]
    pub fn text_of<'a>(&'a self, annotation: &'a Annotation) -> &'a str {
        if annotation.text_sha256.is_empty() { &self.text_sha256 } else { &annotation.text_sha256 }
    }

    /// The annotations that have no place in the set's text and wait for a person.
    pub fn waiting(&self) -> impl Iterator<Item = &Annotation> {
        self.annotations.iter().filter(|annotation| self.text_of(annotation) != self.text_sha256)
    }

    /// Brings everything into the order in which it is written.
    pub fn sort(&mut self) {
        self.annotations.sort_by(|a, b| a.order().cmp(&b.order()));
        self.relations.sort_by(|a, b| a.id.cmp(&b.id));
        self.rejected.sort_by(|a, b| a.order().cmp(&b.order()));
        self.conflicts.sort();
    }
}
