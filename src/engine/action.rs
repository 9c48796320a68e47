//! What a person can want to do to their set, and why it may be refused.

use std::collections::BTreeMap;

use ascribe_schema::{AnnotationId, AnnotatorName, Offset, Origin, Progress, RelationId, Span, SuggestionId};

use crate::{Labelling, SuggestedTie};

/// What new annotations and relations are stamped with; time and randomness come from outside.
pub struct Stamp<'a> {
    /// Whose work it is.
    pub annotator: &'a AnnotatorName,
    /// The time, as RFC 3339 in UTC.
    pub time: &'a str,
    /// Gives 64 random bits a call, for ids.
    pub random: &'a mut dyn FnMut() -> u64,
}

/// What a person wants to do to their set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Tag spans with a label; and tie the new annotation to another, either way round, by the first
    /// relation type of the scheme that fits.
    Tag {
        /// The name of the label.
        label: String,
        /// The fragments.
        spans: Vec<Span>,
        /// What to tie it to.
        tie: Option<AnnotationId>,
    },
    /// Tag spans as something else was tagged: with its label, its attributes and its tie.
    TagLike(Labelling, Vec<Span>),
    /// Tag each of several spans on its own. What is tagged exactly so already, or would cut what a reader
    /// sees as one character, is left out and counted.
    TagAll {
        /// The name of the label.
        label: String,
        /// The spans.
        spans: Vec<Span>,
        /// The attributes that each gets, as far as the scheme allows them.
        attributes: BTreeMap<String, String>,
    },
    /// Take suggestions over as annotations of one's own, tied as they were proposed; attributes and ties that the
    /// scheme does not allow are left out.
    Accept(Vec<Acceptance>),
    /// Refuse a suggestion, so that it is not made again.
    Reject(Refusal),
    /// Say that words are the article: marks of the opposite go, and of proposals it is remembered.
    KeepInArticle {
        /// The words.
        span: Span,
        /// What was proposed there as something else.
        proposed: Vec<Span>,
    },
    /// Delete an annotation, and the relations that it is part of.
    Delete(AnnotationId),
    /// Give an annotation another label; attributes and ties that the scheme does not allow for it go.
    Relabel(AnnotationId, String),
    /// Give an annotation one more fragment; fragments that touch become one.
    AddFragment(AnnotationId, Span),
    /// Take one fragment from an annotation that has several.
    RemoveFragment(AnnotationId, Span),
    /// Move the start or the end of an annotation.
    MoveBoundary {
        /// The annotation.
        id: AnnotationId,
        /// Which of its two ends.
        edge: Edge,
        /// By how much.
        step: Step,
        /// To the end of the text, or to its beginning.
        forward: bool,
    },
    /// Put one fragment of an annotation somewhere else; it must not come to touch another.
    Reshape {
        /// The annotation.
        id: AnnotationId,
        /// The fragment as it is.
        from: Span,
        /// What it becomes.
        to: Span,
    },
    /// Give an annotation these fragments and no others; they come into the order of the text.
    SetSpans(AnnotationId, Vec<Span>),
    /// Give an annotation that waits for a place in a corrected text these fragments.
    Place(AnnotationId, Vec<Span>),
    /// Give an attribute a value, or none.
    SetAttribute {
        /// The annotation.
        id: AnnotationId,
        /// The attribute's name.
        name: String,
        /// Its value.
        value: Option<String>,
    },
    /// Give an attribute of several annotations one value, or none.
    SetAttributeOfEach {
        /// The annotations.
        ids: Vec<AnnotationId>,
        /// The attribute's name.
        name: String,
        /// Its value.
        value: Option<String>,
    },
    /// Give an annotation these attributes, and no others.
    SetAttributes(AnnotationId, BTreeMap<String, String>),
    /// Write or clear the note.
    SetNote(AnnotationId, String),
    /// Tie two annotations, either way round, by the named relation type or else the first that fits.
    Tie {
        /// One end.
        from: AnnotationId,
        /// The other.
        to: AnnotationId,
        /// The relation type, if not the first that fits.
        kind: Option<String>,
    },
    /// Let a relation that starts from an annotation lead to another one instead.
    Retie(RelationId, AnnotationId),
    /// Take a relation away.
    Untie(RelationId),
    /// Mark the document as finished, or reopen it.
    SetProgress(Progress),
}

/// A suggestion on its way into a set, as it is or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The suggestion.
    pub id: SuggestionId,
    /// The label that it gets.
    pub label: String,
    /// The fragments that it gets.
    pub spans: Vec<Span>,
    /// Label and fragments as they were proposed.
    pub proposed: (String, Vec<Span>),
    /// The attributes that were proposed.
    pub attributes: BTreeMap<String, String>,
    /// Who proposed it.
    pub origin: Origin,
    /// What it is tied to, if that is accepted too, or tagged.
    pub ties: Vec<SuggestedTie>,
}

/// A suggestion that is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The label.
    pub label: String,
    /// The fragments.
    pub spans: Vec<Span>,
    /// The rule, or the model, that proposed it.
    pub rule: String,
    /// Why, in the person's words; it may be empty.
    pub reason: String,
}

/// An end of an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// How far to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// One grapheme cluster: what a reader sees as one character.
    Character,
    /// A start to the next start of a word, an end to the next end.
    Word,
}

/// Why an action cannot be carried out, in words for the person who wanted it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// There is nothing at that place.
    #[error("nothing is selected")]
    Empty,
    /// It has been deleted meanwhile.
    #[error("this annotation is no longer there")]
    Gone,
    /// It has no place in the text that could be changed.
    #[error("this tag waits for a place in the corrected text; place it first")]
    Waiting,
    /// The span lies outside the text.
    #[error("the span {0} lies outside the text")]
    Outside(Span),
    /// The span would cut what a reader sees as one character.
    #[error("{0} lies inside one visible character; a span must hold all of it or nothing")]
    CutsCharacter(Offset),
    /// The scheme has no such label.
    #[error("this project has no label `{0}`")]
    NoLabel(String),
    /// The scheme has no such attribute for annotations with that label.
    #[error("a {label} has no attribute `{name}` in this project")]
    NoAttribute {
        /// The annotation's label.
        label: String,
        /// The attribute's name.
        name: String,
    },
    /// The scheme does not allow this value.
    #[error("`{name}` cannot be `{value}` in this project")]
    NoValue {
        /// The attribute's name.
        name: String,
        /// The value.
        value: String,
    },
    /// The scheme has no relation between two such annotations.
    #[error("no relation of this project ties a {0} to a {1}")]
    NoRelation(String, String),
    /// The tie is there already.
    #[error("the two are already tied by `{0}`")]
    Tied(String),
    /// The boundary would cross the other end, another fragment, or the end of the text.
    #[error("the boundary cannot move further")]
    Blocked,
    /// All that was to be tagged is tagged so already.
    #[error("all of it is tagged as {0} already")]
    AllTagged(String),
    /// Nothing would change.
    #[error("nothing to change")]
    Same,
}
