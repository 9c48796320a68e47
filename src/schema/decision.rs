//! What an adjudicator decided between annotators.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{AnnotationId, AnnotatorName, Conflict, DecisionId, DocumentId, Span, unique};

/// The reasons for decisions that every project offers; [`Project::reasons`](crate::Project::reasons) adds to them.
pub const REASONS: [&str; 8] = [
    "boundary",
    "wrong label",
    "wrong attribute",
    "wrong link",
    "not in the guidelines",
    "guideline gap",
    "overlooked",
    "slip",
];

/// All that one adjudicator decided about one document; only that adjudicator's program writes it.
/// Stored as `decisions/ADJUDICATOR/ID.ron`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionSet {
    /// The version of the file format.
    pub format: u32,
    /// The document, the same as the stem of the file.
    pub document: DocumentId,
    /// The adjudicator, the same as the name of the folder.
    pub adjudicator: AnnotatorName,
    /// The decisions, in the order of [`Decision::order`].
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// What two copies of this file changed differently.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<Conflict>,
}

/// One decision about what some annotators tagged at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The id, unique in the file.
    pub id: DecisionId,
    /// The text that its spans count in, by its SHA-256 in lower-case hexadecimal. When a text is corrected, decisions
    /// stay as they were made, and are looked up in the newer text whenever they are read.
    pub text_sha256: String,
    /// Where it lies in that text.
    pub place: Span,
    /// The annotations that were decided about, at most one an annotator, by annotator; none where the adjudicator
    /// adds what everybody overlooked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Input>,
    /// The annotators who were compared and have nothing there, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<AnnotatorName>,
    /// What was decided.
    pub verdict: Verdict,
    /// Why, in a word of [`REASONS`] or of the project's own list; empty if nothing was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Why, in the adjudicator's own words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When, as RFC 3339 in UTC.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub created: String,
}

/// An annotation as it was when something was decided about it, without its note. When it differs from today's, the
/// decision is stale; gold has it as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Whose.
    pub annotator: AnnotatorName,
    /// Its id in their set.
    pub annotation: AnnotationId,
    /// Its label then.
    pub label: String,
    /// Its fragments then.
    pub spans: Vec<Span>,
    /// The exact characters of each span.
    pub text: Vec<String>,
    /// Its values then, by the name of the attribute.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique::map")]
    pub attributes: BTreeMap<String, String>,
    /// Where its relations led then, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// These annotators are right as they are. Where their annotations differ, all of them stay.
    Accept(Vec<AnnotatorName>),
    /// None is right as it is; this is.
    Edit(Edited),
    /// Nothing here is right.
    Reject,
    /// To be decided later.
    Defer,
}

/// An annotation as an adjudicator made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// The name of the label.
    pub label: String,
    /// The fragments, in the order of the text.
    pub spans: Vec<Span>,
    /// The exact characters of each span.
    pub text: Vec<String>,
    /// Values by the name of the attribute.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique::map")]
    pub attributes: BTreeMap<String, String>,
    /// What it is tied to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// A tie to an annotation of an annotator, or to whatever was decided about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Link {
    /// The name of the relation type.
    pub kind: String,
    /// The annotation that it leads to; in gold, it leads to what was decided about that.
    pub to: AnnotationRef,
}

/// An annotation of anybody.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AnnotationRef {
    /// Whose.
    pub annotator: AnnotatorName,
    /// Its id in their set.
    pub annotation: AnnotationId,
}

/// How an annotation came into gold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// The adjudicator.
    pub by: AnnotatorName,
    /// The decision.
    pub decision: DecisionId,
    /// The annotations that it was made from, by annotator; none where everybody had overlooked it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<AnnotationRef>,
}

impl AnnotationRef {
    /// The annotation that was decided about.
    #[must_use]
    pub fn of(input: &Input) -> Self {
        Self { annotator: input.annotator.clone(), annotation: input.annotation.clone() }
    }
}

impl Decision {
    /// The order of decisions in a file: by place, then by id.
    #[must_use]
    pub fn order(&self) -> (Span, &DecisionId) {
        (self.place, &self.id)
    }
}

impl DecisionSet {
    /// Puts everything in the order of files.
    pub fn sort(&mut self) {
        self.decisions.sort_by(|a, b| a.order().cmp(&b.order()));
        self.conflicts.sort();
    }
}
