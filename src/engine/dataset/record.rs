//! What every dataset format writes and reads: one document with one annotator's work on it.

use std::{collections::BTreeMap, sync::Arc};

use ascribe_schema::{Span, Text};
use serde::{Deserialize, Serialize};

/// One document with one annotator's annotations and relations: the unit of all datasets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// What the document is called.
    pub id: String,
    /// Its text.
    pub text: Arc<Text>,
    /// What is known of it beside the text: `title`, `url`, `publisher`, `byline`, `dateline`, `published`, `language`,
    /// `text_sha256`, and whatever else a file says.
    pub meta: Meta,
    /// Who tagged it; empty where a file does not say.
    pub annotator: String,
    /// The annotations.
    pub annotations: Vec<Annotation>,
    /// The relations.
    pub relations: Vec<Relation>,
}

/// What is known of a document, by name.
pub type Meta = BTreeMap<String, serde_json::Value>;

/// A label on one or more spans of the record's text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotation {
    /// The id, unique in the record.
    pub id: String,
    /// The label.
    pub label: String,
    /// The fragments, in the order of the text, none empty, none overlapping another, all inside the text.
    pub spans: Vec<Span>,
    /// Values by the name of the attribute.
    pub attributes: BTreeMap<String, String>,
    /// A remark, for people.
    pub note: String,
    /// Who or what made it; nothing where a file does not say.
    pub origin: Option<Origin>,
    /// When, as RFC 3339 in UTC; empty where a file does not say.
    pub created: String,
}

/// A typed, directed tie between two annotations of the record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relation {
    /// The id, unique in the record.
    pub id: String,
    /// The type.
    pub kind: String,
    /// Which annotation it starts from, by its place in [`Record::annotations`].
    pub from: usize,
    /// Which annotation it leads to, likewise.
    pub to: usize,
}

/// Who or what made an annotation, as datasets say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// What kind of maker.
    pub by: By,
    /// The person's, rule's, model's or tool's name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The person who confirmed what a program made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_by: Option<String>,
}

/// What kind of maker an annotation has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A person.
    Person,
    /// A rule.
    Rule,
    /// A model.
    Model,
    /// Labelled data from another tool.
    Import,
}

impl Annotation {
    /// An annotation on one span, with nothing else.
    #[must_use]
    pub fn new(id: impl Into<String>, label: impl Into<String>, spans: Vec<Span>) -> Self {
        Self { id: id.into(), label: label.into(), spans, ..Self::default() }
    }

    /// The smallest span that covers all fragments; empty at 0 for an annotation without any.
    #[must_use]
    pub fn hull(&self) -> Span {
        let start = self.spans.iter().map(|span| span.start).min().unwrap_or_default();
        let end = self.spans.iter().map(|span| span.end).max().unwrap_or_default();
        Span { start, end }
    }
}

impl Record {
    /// A value of [`Record::meta`] as text; empty where there is none or it is no text.
    #[must_use]
    pub fn meta(&self, name: &str) -> &str {
        self.meta.get(name).and_then(serde_json::Value::as_str).unwrap_or_default()
    }

    /// The characters of a span; empty where it does not lie in the text, which no reader lets through.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.slice(span).unwrap_or_default()
    }

    /// The place of the annotation with that id.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.annotations.iter().position(|annotation| annotation.id == id)
    }

    /// Keeps the annotations for which `keep` holds, by their place, and the relations that have both ends then.
    pub fn retain(&mut self, keep: impl Fn(usize, &Annotation) -> bool) {
        let (mut places, mut next) = (Vec::with_capacity(self.annotations.len()), 0);
        for (at, annotation) in self.annotations.iter().enumerate() {
            let kept = keep(at, annotation);
            places.push(kept.then_some(next));
            next += usize::from(kept);
        }
        let mut at = 0;
        self.annotations.retain(|_| {
            at += 1;
            places[at - 1].is_some()
        });
        self.relations.retain_mut(|relation| match (places[relation.from], places[relation.to]) {
            (Some(from), Some(to)) => {
                (relation.from, relation.to) = (from, to);
                true
            }
            _ => false,
        });
    }
}

/// Why spans are not those of an annotation of `text`; nothing if they are.
#[must_use]
pub fn misfit(text: &Text, spans: &[Span]) -> Option<String> {
    if spans.is_empty() {
        return Some("it has no span".to_owned());
    }
    for span in spans {
        if span.is_empty() {
            return Some(format!("its span {span} holds nothing"));
        }
        if span.end > text.len() {
            return Some(format!("its span {span} ends past the text, which has {} characters", text.len()));
        }
    }
    let apart = spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
    (!apart).then(|| "its fragments overlap or are not in the order of the text".to_owned())
}
