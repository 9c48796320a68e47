//! A line that goes out: what is proposed for a text, or why nothing is.

use std::borrow::Cow;

use ascribe_attribution::{Proposal, Proposals, Tie};
use ascribe_schema::{Span, Text};
use serde::{Serialize, Serializer};

use crate::dataset::json;

#[derive(Serialize)]
struct Answer<'a> {
    id: &'a str,
    annotations: Annotations<'a>,
    relations: Relations<'a>,
}

#[derive(Serialize)]
struct Refusal<'a> {
    line: u64,
    error: &'a str,
}

struct Annotations<'a>(&'a Text, &'a [Proposal]);

struct Relations<'a>(&'a [Tie]);

#[derive(Serialize)]
struct Tag<'a> {
    id: Numbered,
    label: &'a str,
    spans: Pairs<'a>,
    text: Slices<'a>,
    attributes: Attributes<'a>,
    score: f64,
    rule: &'a str,
}

#[derive(Serialize)]
struct Link<'a> {
    id: Numbered,
    kind: &'a str,
    from: Numbered,
    to: Numbered,
}

/// A letter and a number that counts from 1.
struct Numbered(char, usize);

struct Pairs<'a>(&'a [Span]);

struct Slices<'a>(&'a Text, &'a [Span]);

struct Attributes<'a>(&'a [(&'static str, Cow<'static, str>)]);

/// Writes what is proposed for a text as one line.
pub(super) fn write(id: &str, text: &Text, proposals: &Proposals, out: &mut Vec<u8>) -> serde_json::Result<()> {
    let annotations = Annotations(text, &proposals.annotations);
    json::line(&Answer { id, annotations, relations: Relations(&proposals.relations) }, out)
}

/// Writes why a line of the input has no proposals.
pub(super) fn refuse(line: u64, error: &str, out: &mut Vec<u8>) {
    // Writing a string and a number into memory cannot fail.
    let _ = json::line(&Refusal { line, error }, out);
}

impl Serialize for Annotations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(text, proposals) = self;
        serializer.collect_seq((1..).zip(*proposals).map(|(number, proposal)| Tag {
            id: Numbered('a', number),
            label: proposal.label,
            spans: Pairs(&proposal.spans),
            text: Slices(text, &proposal.spans),
            attributes: Attributes(&proposal.attributes),
            score: (f64::from(proposal.score) * 100.0).round() / 100.0,
            rule: proposal.rule,
        }))
    }
}

impl Serialize for Relations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((1..).zip(self.0).map(|(number, tie)| Link {
            id: Numbered('r', number),
            kind: tie.kind,
            from: Numbered('a', tie.from + 1),
            to: Numbered('a', tie.to + 1),
        }))
    }
}

impl Serialize for Numbered {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}{}", self.0, self.1))
    }
}

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|span| [span.start.0, span.end.0]))
    }
}

impl Serialize for Slices<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.iter().map(|span| self.0.slice(*span).unwrap_or_default()))
    }
}

impl Serialize for Attributes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value.as_ref())))
    }
}
