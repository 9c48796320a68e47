//! Writing brat folders.

use std::{collections::HashSet, fmt::Write as _};

use ascribe_schema::Span;

use super::{
    conf::conf,
    names::{self, Kept},
};
use crate::dataset::{
    DatasetError, Entry, Holds, Record, Thing, Vocabulary, WriteOptions,
    pump::{Encode, Place, Sink},
};

const LABEL: &str = "its label has characters that brat has no place for, which became _";
const NAME: &str = "its name has characters that brat has no place for, which became _";
const KIND: &str = "its type has characters that brat has no place for, which became _";
const SAME: &str = "another attribute of its annotation has the same name in brat";
const VALUE: &str = "its value has tabs or line breaks, which became spaces";
const EMPTY: &str = "its value is empty, for which brat has `true`";
const NOTE: &str = "it has line breaks, which became spaces";
const BREAKS: &str = "it covers nothing but line breaks, which brat cannot annotate";
const FILE: &str = "its name, or its annotator's, cannot be that of a file, and was changed";

/// Writes brat folders.
pub struct Writer {
    scheme: Vocabulary,
}

impl Writer {
    /// With the labels that are known beforehand.
    pub fn new(options: &WriteOptions) -> Self {
        Self { scheme: options.scheme.as_ref().map(Vocabulary::of_scheme).unwrap_or_default() }
    }
}

/// Some documents, and what they use.
pub struct Piece {
    documents: Vec<Document>,
    vocabulary: Vocabulary,
}

struct Document {
    /// The path without an ending.
    name: String,
    text: Vec<u8>,
    annotations: String,
}

impl Encode for Writer {
    type Piece = Piece;
    type Sink = Folder;

    fn holds(&self) -> Holds {
        Holds::ALL
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Piece, DatasetError> {
        let mut documents = Vec::with_capacity(entries.len());
        for entry in entries.iter_mut() {
            mark(entry);
            documents.push(document(entry));
        }
        Ok(Piece { documents, vocabulary: Vocabulary::of(entries) })
    }

    fn open(&self, _: Place<'_>) -> Result<Folder, DatasetError> {
        Ok(Folder { vocabulary: self.scheme.clone(), names: HashSet::new() })
    }
}

/// Says what brat cannot hold.
fn mark(entry: &mut Entry) {
    let mut marks: Vec<(Thing, &'static str)> = Vec::new();
    let mut left = Vec::new();
    let record = entry.record();
    if names::file_name(&record.id) != record.id
        || (!record.annotator.is_empty() && names::file_name(&record.annotator) != record.annotator)
    {
        marks.push((Thing::Document, FILE));
    }
    for (at, annotation) in record.annotations.iter().enumerate() {
        if names::fragments(&record.text, &annotation.spans).is_some_and(|fragments| fragments.is_empty()) {
            left.push((Thing::Annotation(at), BREAKS));
            continue;
        }
        if names::name(&annotation.label) != annotation.label {
            marks.push((Thing::Annotation(at), LABEL));
        }
        let mut taken = Vec::new();
        for (number, (name, value)) in annotation.attributes.iter().enumerate() {
            let thing = Thing::Attribute(at, number);
            let legal = names::name(name);
            if taken.contains(&legal) {
                left.push((thing, SAME));
                continue;
            }
            taken.push(legal);
            if names::name(name) != *name {
                marks.push((thing, NAME));
            }
            if names::value(value) != *value {
                marks.push((thing, if value.is_empty() { EMPTY } else { VALUE }));
            }
        }
        if names::note(&annotation.note) != annotation.note {
            marks.push((Thing::Note(at), NOTE));
        }
    }
    for (at, relation) in record.relations.iter().enumerate() {
        if names::name(&relation.kind) != relation.kind {
            marks.push((Thing::Relation(at), KIND));
        }
    }
    left.into_iter().for_each(|(thing, why)| entry.leave_out(thing, why));
    marks.into_iter().for_each(|(thing, why)| entry.degrade(thing, why));
}

/// The files of a document.
fn document(entry: &Entry) -> Document {
    let record = entry.record();
    let mut lines = Lines::default();
    let mut places = vec![0; record.annotations.len()];
    for (number, (at, _)) in (1..).zip(entry.annotations()) {
        places[at] = number;
        lines.annotation(entry, at, number);
    }
    for (number, (_, relation)) in (1..).zip(entry.relations()) {
        let kind = names::name(&relation.kind);
        let (from, to) = (places[relation.from], places[relation.to]);
        // Writing to a string cannot fail.
        let _ = writeln!(lines.ties, "R{number}\t{kind} Arg1:T{from} Arg2:T{to}\t");
        let kept = Kept { kind: (kind != relation.kind).then(|| relation.kind.clone()), ..Kept::default() };
        lines.keep(&kept, 'R', number);
    }
    let name = match record.annotator.as_str() {
        "" => names::file_name(&record.id).into_owned(),
        annotator => format!("{}/{}", names::file_name(annotator), names::file_name(&record.id)),
    };
    let Lines { tags, attributes, ties, remarks, .. } = lines;
    let annotations = tags + &attributes + &ties + &remarks;
    Document { name, text: record.text.as_str().as_bytes().to_vec(), annotations }
}

/// The lines of an annotation file, by their kind.
#[derive(Default)]
struct Lines {
    tags: String,
    attributes: String,
    attribute: usize,
    ties: String,
    remarks: String,
    remark: usize,
}

impl Lines {
    fn annotation(&mut self, entry: &Entry, at: usize, number: usize) {
        let record = entry.record();
        let annotation = &record.annotations[at];
        let mut kept = Kept::default();
        let split = names::fragments(&record.text, &annotation.spans);
        if split.is_some() {
            kept.spans = annotation.spans.iter().map(|span| (span.start.0, span.end.0)).collect();
        }
        let label = names::name(&annotation.label);
        if label != annotation.label {
            kept.label = Some(annotation.label.clone());
        }
        self.tag(record, split.as_deref().unwrap_or(&annotation.spans), &label, number);
        for (name, value) in entry.attributes(at) {
            let (legal, held) = (names::name(name), names::value(value));
            self.attribute += 1;
            let _ = writeln!(self.attributes, "A{}\t{legal} T{number} {held}", self.attribute);
            if legal != name || held != value {
                kept.attributes.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some(note) = entry.note(at) {
            let held = names::note(note);
            self.remark += 1;
            let _ = writeln!(self.remarks, "#{}\t{} T{number}\t{held}", self.remark, names::NOTE);
            if held != note {
                kept.note = Some(note.to_owned());
            }
        }
        self.keep(&kept, 'T', number);
    }

    fn tag(&mut self, record: &Record, spans: &[Span], label: &str, number: usize) {
        let _ = write!(self.tags, "T{number}\t{label}");
        for (at, span) in spans.iter().enumerate() {
            let _ = write!(self.tags, "{}{} {}", if at == 0 { ' ' } else { ';' }, span.start, span.end);
        }
        for (at, span) in spans.iter().enumerate() {
            self.tags.push(if at == 0 { '\t' } else { ' ' });
            self.tags.push_str(record.slice(*span));
        }
        self.tags.push('\n');
    }

    /// Adds a line that restores what brat cannot hold, if there is anything.
    fn keep(&mut self, kept: &Kept, kind: char, number: usize) {
        if *kept == Kept::default() {
            return;
        }
        let Ok(json) = serde_json::to_string(kept) else { return };
        self.remark += 1;
        let _ = write!(self.remarks, "#{}\t{} {kind}{number}\t", self.remark, names::RESTORING);
        for c in json.chars() {
            // JSON leaves some characters as they are that end a line for brat.
            let _ = if names::is_break(c) {
                write!(self.remarks, "\\u{:04x}", u32::from(c))
            } else {
                self.remarks.write_char(c)
            };
        }
        self.remarks.push('\n');
    }
}

/// Writes the files.
pub struct Folder {
    vocabulary: Vocabulary,
    /// The names that are taken, in lower case, for file systems that see no difference.
    names: HashSet<String>,
}

impl Sink<Piece> for Folder {
    fn put(&mut self, place: Place<'_>, piece: Piece) -> Result<(), DatasetError> {
        for Document { name, text, annotations } in piece.documents {
            let mut free = name.clone();
            let mut number = 1;
            while !self.names.insert(free.to_lowercase()) {
                number += 1;
                free = format!("{name}-{number}");
            }
            place.write(&format!("{free}.txt"), &text)?;
            place.write(&format!("{free}.ann"), annotations.as_bytes())?;
        }
        self.vocabulary.add(piece.vocabulary);
        Ok(())
    }

    fn finish(self, place: Place<'_>) -> Result<(), DatasetError> {
        place.write("annotation.conf", conf(&self.vocabulary).as_bytes())
    }
}
