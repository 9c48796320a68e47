//! Writing records as Web Annotations.

use std::io::Write;

use ascribe_schema::{Offset, Span};
use serde::Serialize;
use serde_json::{Map, Value};

use super::{CONTEXT, TERMS, UTF16, valid};
use crate::dataset::{
    Annotation, By, DatasetError, Entry, Holds, Origin, Record, Relation, Thing, Unit, WriteOptions, json,
    jsonl::Lines,
    names::{is_time, uuid},
    pump::{Encode, Place},
};

/// How much context stands beside a quotation, in UTF-16 code units: browsers' programs search with no more.
const CONTEXT_LENGTH: u32 = 32;

/// Writes one annotation a line.
pub struct Writer {
    utf16: bool,
}

#[derive(Serialize)]
struct Line<'a, Body, Target> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    id: String,
    #[serde(rename = "dcterms:identifier", skip_serializing_if = "str::is_empty")]
    identifier: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    created: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    creator: Vec<Agent<'a>>,
    body: Body,
    target: Target,
}

#[derive(Serialize)]
struct Agent<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
    /// What kind of program it is.
    #[serde(rename = "schema:additionalType", skip_serializing_if = "Option::is_none")]
    by: Option<By>,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    purpose: &'static str,
    format: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
struct Target<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    source: &'a str,
    selector: (Quote<'a>, Position),
}

#[derive(Serialize)]
struct Quote<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

#[derive(Serialize)]
struct Position {
    #[serde(rename = "type")]
    kind: &'static str,
    start: usize,
    end: usize,
}

impl Writer {
    /// As the options have it.
    pub fn new(options: &WriteOptions) -> Self {
        Self { utf16: options.offsets == Some(Unit::Utf16) }
    }

    /// The line that carries a document's text.
    fn text(&self, record: &Record, own: &str, source: &str, out: &mut Vec<u8>) -> serde_json::Result<()> {
        let mut target = Map::new();
        let mut say = |name: &str, value: &str| drop(target.insert(name.to_owned(), value.into()));
        [("id", source), ("type", "Text"), ("format", "text/plain"), ("dcterms:identifier", &record.id)]
            .iter()
            .for_each(|(name, value)| say(name, value));
        if self.utf16 {
            say("schema:unitText", UTF16);
        }
        let mut more = Vec::new();
        for (name, value) in &record.meta {
            match (TERMS.iter().find(|(known, _)| known == name), value) {
                (Some((_, term)), Value::String(value)) => say(term, value),
                (_, Value::String(value)) => more.push(property(name, value, None)),
                // Lists of lists and the like mean something else in JSON-LD, or nothing.
                _ => more.push(property(name, &value.to_string(), Some("application/json"))),
            }
        }
        if !more.is_empty() {
            target.insert("schema:additionalProperty".to_owned(), more.into());
        }
        let line = Line {
            context: CONTEXT,
            kind: "Annotation",
            motivation: "describing",
            id: iri(&["w3c text", own, &record.annotator]),
            identifier: "",
            created: "",
            creator: person(&record.annotator).into_iter().collect(),
            body: body("describing", record.text.as_str()),
            target,
        };
        put(&line, out)
    }

    fn annotation(
        &self,
        entry: &Entry,
        at: usize,
        own: &str,
        source: &str,
        out: &mut Vec<u8>,
    ) -> serde_json::Result<()> {
        let record = entry.record();
        let annotation = &record.annotations[at];
        let values: Vec<String> = entry.attributes(at).map(|(name, value)| format!("{name}={value}")).collect();
        let mut bodies = vec![body("tagging", &annotation.label)];
        bodies.extend(values.iter().map(|value| body("classifying", value)));
        bodies.extend(entry.note(at).map(|note| body("commenting", note)));
        let targets: Vec<_> = annotation.spans.iter().map(|span| self.target(record, source, *span)).collect();
        let line = Line {
            context: CONTEXT,
            kind: "Annotation",
            motivation: "tagging",
            id: annotation_iri(own, record, annotation),
            identifier: &annotation.id,
            created: if is_time(&annotation.created) { &annotation.created } else { "" },
            creator: creators(record, annotation.origin.as_ref()),
            body: bodies,
            target: targets,
        };
        put(&line, out)
    }

    fn target<'a>(&self, record: &'a Record, source: &'a str, span: Span) -> Target<'a> {
        let text = &record.text;
        let mut before = Span { start: span.start.minus(CONTEXT_LENGTH), end: span.start };
        let mut after = Span { start: span.end, end: span.end.plus(CONTEXT_LENGTH).min(text.len()) };
        let long = |span: Span| record.slice(span).encode_utf16().count() > CONTEXT_LENGTH as usize;
        while long(before) {
            before.start = before.start.plus(1);
        }
        while long(after) {
            after.end = after.end.minus(1);
        }
        let [exact, prefix, suffix] = [span, before, after].map(|span| record.slice(span));
        let unit = |offset: Offset| match self.utf16 {
            true => text.utf16(offset).unwrap_or_default(),
            false => offset.get(),
        };
        let position = Position { kind: "TextPositionSelector", start: unit(span.start), end: unit(span.end) };
        let quote = Quote { kind: "TextQuoteSelector", exact, prefix, suffix };
        Target { kind: "SpecificResource", source, selector: (quote, position) }
    }
}

fn relation(record: &Record, relation: &Relation, own: &str, out: &mut Vec<u8>) -> serde_json::Result<()> {
    let end = |at: usize| annotation_iri(own, record, &record.annotations[at]);
    let line = Line {
        context: CONTEXT,
        kind: "Annotation",
        motivation: "linking",
        id: iri(&["w3c relation", own, &record.annotator, &relation.id]),
        identifier: &relation.id,
        created: "",
        creator: person(&record.annotator).into_iter().collect(),
        body: [body("tagging", &relation.kind)],
        target: [end(relation.from), end(relation.to)],
    };
    put(&line, out)
}

fn put(line: &impl Serialize, out: &mut Vec<u8>) -> serde_json::Result<()> {
    json::write(line, out)?;
    out.write_all(b"\n").map_err(serde_json::Error::io)
}

fn property(name: &str, value: &str, format: Option<&str>) -> Value {
    let mut property =
        serde_json::json!({ "type": "schema:PropertyValue", "schema:name": name, "schema:value": value });
    if let Some(format) = format {
        property["schema:encodingFormat"] = format.into();
    }
    property
}

fn body<'a>(purpose: &'static str, value: &'a str) -> Body<'a> {
    Body { kind: "TextualBody", purpose, format: "text/plain", value }
}

fn person(name: &str) -> Option<Agent<'_>> {
    (!name.is_empty()).then_some(Agent { kind: "Person", name, by: None })
}

/// Who or what made an annotation, and who confirmed it; the annotator where nothing is said.
fn creators<'a>(record: &'a Record, origin: Option<&'a Origin>) -> Vec<Agent<'a>> {
    let Some(Origin { by, name, confirmed_by }) = origin else {
        return person(&record.annotator).into_iter().collect();
    };
    if *by == By::Person {
        return [person(name), confirmed_by.as_deref().and_then(person)].into_iter().flatten().collect();
    }
    let program = Agent { kind: "Software", name, by: Some(*by) };
    [Some(program), confirmed_by.as_deref().and_then(person)].into_iter().flatten().collect()
}

fn iri(words: &[&str]) -> String {
    uuid(words).urn().to_string()
}

fn annotation_iri(own: &str, record: &Record, annotation: &Annotation) -> String {
    iri(&["w3c annotation", own, &record.annotator, &annotation.id])
}

/// Marks what cannot be written so that it could be read again.
fn settle(entry: &mut Entry) {
    let (mut unnamed, mut undated) = (Vec::new(), Vec::new());
    for (at, annotation) in entry.record().annotations.iter().enumerate() {
        let named = annotation.attributes.keys().enumerate().filter(|(_, name)| name.is_empty() || name.contains('='));
        unnamed.extend(named.map(|(number, _)| Thing::Attribute(at, number)));
        if !annotation.created.is_empty() && !is_time(&annotation.created) {
            undated.push(Thing::Annotation(at));
        }
    }
    for attribute in unnamed {
        entry.leave_out(attribute, "its name is empty or holds an equals sign");
    }
    for annotation in undated {
        entry.degrade(annotation, "its date is left out, because it is not a date and time with a time zone");
    }
}

impl Encode for Writer {
    type Piece = Vec<u8>;
    type Sink = Lines;

    fn holds(&self) -> Holds {
        Holds::ALL
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Vec<u8>, DatasetError> {
        let mut out = Vec::with_capacity(1 << 20);
        let mut write = |entry: &Entry| -> serde_json::Result<()> {
            let record = entry.record();
            let url = record.meta("url");
            let own = iri(&["w3c document", &record.id, record.text.as_str()]);
            let source = if valid::is_iri(url) { url } else { &own };
            self.text(record, &own, source, &mut out)?;
            entry.annotations().try_for_each(|(at, _)| self.annotation(entry, at, &own, source, &mut out))?;
            entry.relations().try_for_each(|(_, tie)| relation(record, tie, &own, &mut out))
        };
        for entry in entries {
            settle(entry);
            write(entry).map_err(|_| DatasetError::Crashed)?;
        }
        Ok(out)
    }

    fn open(&self, place: Place<'_>) -> Result<Lines, DatasetError> {
        Ok(Lines(place.stream()?))
    }
}
