//! Writing REFI-QDA projects: what is made of each record.

use std::collections::{BTreeMap, BTreeSet};

use super::{FRAGMENT, ORIGIN, assemble::Project, fragment_guid, guid, label_guid, user_guid, value_guid};
use crate::dataset::{
    DatasetError, Entry, Holds, Record, Thing, WriteOptions,
    markup::{is_legal, legalised, push_attribute, push_element},
    names::is_time,
    pump::{Encode, Place},
};

/// Writes one project.
pub struct Writer {
    title: String,
    time: String,
    /// The labels of the scheme with their colours and guidelines.
    labels: BTreeMap<String, (String, String)>,
}

/// What is made of one record.
pub struct Piece {
    pub source: String,
    pub name: String,
    pub annotator: String,
    pub text: String,
    pub labels: BTreeSet<String>,
    pub values: BTreeSet<(String, String)>,
    pub meta: Vec<(String, String)>,
    /// The selections, and the links between them, as XML.
    pub selections: String,
    pub links: String,
}

impl Writer {
    /// As the options have it.
    pub fn new(options: &WriteOptions) -> Self {
        let scheme = options.scheme.iter().flat_map(|scheme| &scheme.labels);
        let labels = scheme.map(|label| (label.name.clone(), (label.color.clone(), label.guideline.clone())));
        Self { title: options.title.clone(), time: options.time.clone(), labels: labels.collect() }
    }
}

/// The GUID of one fragment of an annotation of a source.
fn selection_guid(source: &str, record: &Record, annotation: usize, fragment: usize) -> String {
    let id = &record.annotations[annotation].id;
    guid(&["qdpx selection", source, &record.annotator, id, &fragment.to_string()])
}

/// Who made something and when, as attributes; the time only where it is one.
pub(super) fn push_made(out: &mut String, annotator: &str, created: &str) {
    if !annotator.is_empty() {
        push_attribute(out, "creatingUser", &user_guid(annotator));
    }
    if is_time(created) {
        push_attribute(out, "creationDateTime", created);
    }
}

/// Marks what XML cannot hold, and what other programs see otherwise.
fn settle(entry: &mut Entry) {
    const CONTROL: &str = "a control character in it, which XML cannot hold, became \u{fffd}";
    let mut marks = Vec::new();
    for (at, annotation) in entry.record().annotations.iter().enumerate() {
        if annotation.spans.len() > 1 {
            marks.push((Thing::Annotation(at), "its fragments are selections of their own, tied together by links"));
        }
        if !is_legal(&annotation.label) {
            marks.push((Thing::Annotation(at), CONTROL));
        }
        for (number, (name, value)) in annotation.attributes.iter().enumerate() {
            if !is_legal(name) || !is_legal(value) {
                marks.push((Thing::Attribute(at, number), CONTROL));
            }
        }
        if !is_legal(&annotation.note) {
            marks.push((Thing::Note(at), CONTROL));
        }
    }
    for (at, relation) in entry.record().relations.iter().enumerate() {
        if !is_legal(&relation.kind) {
            marks.push((Thing::Relation(at), CONTROL));
        }
    }
    marks.into_iter().for_each(|(thing, why)| entry.degrade(thing, why));
}

fn piece(entry: &Entry) -> Piece {
    let record = entry.record();
    let mut piece = Piece {
        source: guid(&["qdpx source", &record.id, record.text.as_str()]),
        name: record.id.clone(),
        annotator: record.annotator.clone(),
        text: record.text.as_str().to_owned(),
        labels: BTreeSet::new(),
        values: BTreeSet::new(),
        meta: Vec::new(),
        selections: String::new(),
        links: String::new(),
    };
    for (name, value) in &record.meta {
        piece.meta.push((name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    }
    for (at, annotation) in entry.annotations() {
        let first = selection_guid(&piece.source, record, at, 0);
        for fragment in 0..annotation.spans.len() {
            selection(&piece.source, entry, at, fragment, &mut piece.selections);
            if fragment > 0 {
                let this = selection_guid(&piece.source, record, at, fragment);
                link(&mut piece.links, &fragment_guid(&first, &this), FRAGMENT, &first, &this);
            }
        }
        piece.labels.insert(annotation.label.clone());
        piece.values.extend(entry.attributes(at).map(|(name, value)| (legalised(name), legalised(value))));
    }
    for (_, relation) in entry.relations() {
        let own = guid(&["qdpx link", &piece.source, &record.annotator, &relation.id]);
        let [from, to] = [relation.from, relation.to].map(|end| selection_guid(&piece.source, record, end, 0));
        link(&mut piece.links, &own, &relation.kind, &from, &to);
    }
    piece
}

fn selection(source: &str, entry: &Entry, at: usize, fragment: usize, out: &mut String) {
    let record = entry.record();
    let annotation = &record.annotations[at];
    let span = annotation.spans[fragment];
    let own = selection_guid(source, record, at, fragment);
    out.push_str("<PlainTextSelection");
    push_attribute(out, "guid", &own);
    push_attribute(out, "name", record.slice(span));
    push_attribute(out, "startPosition", &span.start.to_string());
    push_attribute(out, "endPosition", &span.end.to_string());
    push_made(out, &record.annotator, &annotation.created);
    out.push('>');
    if let Some(note) = entry.note(at).filter(|_| fragment == 0) {
        push_element(out, "Description", note);
    }
    // By the names that XML can hold, since these are what a reader sees.
    let values = entry.attributes(at).map(|(name, value)| value_guid(&legalised(name), &legalised(value)));
    for code in std::iter::once(label_guid(&annotation.label)).chain(values) {
        out.push_str("<Coding");
        push_attribute(out, "guid", &guid(&["qdpx coding", &own, &code]));
        push_made(out, &record.annotator, &annotation.created);
        out.push_str("><CodeRef");
        push_attribute(out, "targetGUID", &code);
        out.push_str("/></Coding>");
    }
    out.push_str("</PlainTextSelection>\n");
}

fn link(out: &mut String, own: &str, name: &str, from: &str, to: &str) {
    out.push_str("<Link");
    push_attribute(out, "guid", own);
    push_attribute(out, "name", name);
    push_attribute(out, "direction", "OneWay");
    push_attribute(out, "originGUID", from);
    push_attribute(out, "targetGUID", to);
    out.push_str("/>\n");
}

impl Encode for Writer {
    type Piece = Vec<Piece>;
    type Sink = Project;

    fn holds(&self) -> Holds {
        Holds::ALL
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Vec<Piece>, DatasetError> {
        entries.iter_mut().for_each(settle);
        Ok(entries.iter().map(piece).collect())
    }

    fn open(&self, place: Place<'_>) -> Result<Project, DatasetError> {
        let title = if self.title.is_empty() { "Ascribe" } else { &self.title };
        let mut head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project".to_owned();
        push_attribute(&mut head, "name", title);
        push_attribute(&mut head, "origin", &format!("{ORIGIN} {}", env!("CARGO_PKG_VERSION")));
        if is_time(&self.time) {
            push_attribute(&mut head, "creationDateTime", &self.time);
        }
        push_attribute(&mut head, "xmlns", "urn:QDA-XML:project:1.0");
        head.push_str(">\n");
        Project::begin(place, head, self.labels.clone())
    }
}
