//! Writing documents as TEI.

use std::collections::{BTreeMap, HashMap};

use crate::dataset::{
    Annotation, DatasetError, Entry, Holds, Record, Thing,
    markup::{is_legal, push_attribute, push_element, push_text},
    names::file_name,
    pump::{Encode, Place, Sink},
};

/// Writes a file a document.
pub struct Writer;

/// Files with their names, which have no ending yet.
pub type Files = Vec<(String, String)>;

/// What `xml:id` the text has.
const TEXT: &str = "text";

/// Writes files into a folder.
#[derive(Default)]
pub struct Folder {
    /// How many files have had a name, in lower case, because some systems make no difference.
    names: HashMap<String, usize>,
}

impl Encode for Writer {
    type Piece = Files;
    type Sink = Folder;

    fn holds(&self) -> Holds {
        Holds::ALL
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Files, DatasetError> {
        entries.iter_mut().for_each(settle);
        let kept = entries.iter().filter(|entry| entry.keeps(Thing::Document));
        Ok(kept.map(|entry| (name(entry.record()), document(entry))).collect())
    }

    fn open(&self, _: Place<'_>) -> Result<Folder, DatasetError> {
        Ok(Folder::default())
    }
}

impl Sink<Files> for Folder {
    fn put(&mut self, place: Place<'_>, files: Files) -> Result<(), DatasetError> {
        files.iter().try_for_each(|(name, content)| {
            let count = self.names.entry(name.to_lowercase()).or_default();
            *count += 1;
            // No id makes a `%` before an ordinal.
            let name = if *count == 1 { format!("{name}.xml") } else { format!("{name}%{count}.xml") };
            place.write(&name, content.as_bytes())
        })
    }

    fn finish(self, _: Place<'_>) -> Result<(), DatasetError> {
        Ok(())
    }
}

fn name(record: &Record) -> String {
    let id = file_name(&record.id);
    match record.annotator.as_str() {
        "" => id,
        annotator => format!("{}/{id}", file_name(annotator)),
    }
}

/// Marks what XML cannot hold.
fn settle(entry: &mut Entry) {
    const CONTROL: &str = "a control character in it, which XML cannot hold, became \u{fffd}";
    let record = entry.record();
    if !is_legal(record.text.as_str()) {
        entry.leave_out(Thing::Document, "its text has a control character, which XML cannot hold");
        return;
    }
    let mut marks = Vec::new();
    for (at, annotation) in record.annotations.iter().enumerate() {
        if !is_legal(&annotation.label) {
            marks.push((Thing::Annotation(at), CONTROL));
        }
        let attributes = annotation.attributes.iter().enumerate();
        let illegal = attributes.filter(|(_, (name, value))| !is_legal(name) || !is_legal(value));
        marks.extend(illegal.map(|(number, _)| (Thing::Attribute(at, number), CONTROL)));
        if !is_legal(&annotation.note) {
            marks.push((Thing::Note(at), CONTROL));
        }
    }
    for (at, relation) in record.relations.iter().enumerate() {
        if word(&relation.kind) != relation.kind {
            marks.push((Thing::Relation(at), "its type is no word of XML, and other characters became _"));
        }
    }
    marks.into_iter().for_each(|(thing, why)| entry.degrade(thing, why));
}

/// A text as `teidata.word` has it: letters, digits, marks and signs, no space.
fn word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "_-.:".contains(c);
    let word: String = text.chars().map(|c| if plain(c) { c } else { '_' }).collect();
    if word.is_empty() { "_".to_owned() } else { word }
}

/// Whether a text may be part of an `xml:id`.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_')
}

/// The `xml:id` of the label's category. Those of annotations and relations have a dot after their first letter.
fn label_ids(record: &Record) -> BTreeMap<&str, String> {
    let labels: BTreeMap<&str, String> =
        record.annotations.iter().map(|annotation| (annotation.label.as_str(), String::new())).collect();
    let id = |number: usize, label: &str| {
        let named = is_plain(label) && label.starts_with(|c: char| c.is_ascii_alphabetic()) && label != TEXT;
        if named { label.to_owned() } else { format!("label.{}", number + 1) }
    };
    labels.keys().enumerate().map(|(number, label)| (*label, id(number, label))).collect()
}

fn id(kind: char, own: &str, number: usize) -> String {
    if is_plain(own) { format!("{kind}.{own}") } else { format!("{kind}..{}", number + 1) }
}

fn document(entry: &Entry) -> String {
    let record = entry.record();
    let mut out = String::with_capacity(record.text.as_str().len() * 2 + 1000);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n");
    let labels = label_ids(record);
    header(record, &labels, &mut out);
    stand_off(entry, &labels, &mut out);
    out.push_str("<text");
    if let Some(language) = language(record) {
        push_attribute(&mut out, "xml:lang", language);
    }
    out.push_str("><body><ab");
    push_attribute(&mut out, "xml:id", TEXT);
    out.push_str(" xml:space=\"preserve\">");
    for (number, line) in record.text.as_str().split('\n').enumerate() {
        if number > 0 {
            out.push_str("\n<lb/>");
        }
        push_text(&mut out, line);
    }
    out.push_str("</ab></body></text>\n</TEI>\n");
    out
}

/// The language as `teidata.language` has it, if that is what the record says.
fn language(record: &Record) -> Option<&str> {
    let language = record.meta("language");
    let tag = language.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
    (!language.is_empty() && tag).then_some(language)
}

fn header(record: &Record, labels: &BTreeMap<&str, String>, out: &mut String) {
    let title = if record.meta("title").is_empty() { &record.id } else { record.meta("title") };
    out.push_str("<teiHeader>\n<fileDesc>\n<titleStmt>");
    push_element(out, "title", title);
    if !record.annotator.is_empty() {
        out.push_str("<respStmt><resp>annotator</resp>");
        push_element(out, "name", &record.annotator);
        out.push_str("</respStmt>");
    }
    out.push_str("</titleStmt>\n<publicationStmt><p>Written by Ascribe as a dataset.</p></publicationStmt>\n");
    out.push_str("<sourceDesc><bibl>");
    push_element(out, "title", title);
    for (name, element) in [("byline", "author"), ("publisher", "publisher"), ("dateline", "pubPlace")] {
        if !record.meta(name).is_empty() {
            push_element(out, element, record.meta(name));
        }
    }
    if !record.meta("published").is_empty() {
        push_element(out, "date", record.meta("published"));
    }
    push_idno(out, "document", &record.id);
    for (name, value) in &record.meta {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        if name == "url" {
            push_idno(out, "URI", &value);
        } else if !["title", "byline", "publisher", "dateline", "published", "language"].contains(&name.as_str()) {
            push_idno(out, &word(name), &value);
        }
    }
    out.push_str("</bibl></sourceDesc>\n</fileDesc>\n");
    if !labels.is_empty() {
        out.push_str("<encodingDesc><classDecl><taxonomy>\n");
        for (label, id) in labels {
            out.push_str("<category");
            push_attribute(out, "xml:id", id);
            out.push('>');
            push_element(out, "catDesc", label);
            out.push_str("</category>\n");
        }
        out.push_str("</taxonomy></classDecl></encodingDesc>\n");
    }
    if let Some(language) = language(record) {
        out.push_str("<profileDesc><langUsage><language");
        push_attribute(out, "ident", language);
        out.push_str("/></langUsage></profileDesc>\n");
    }
    out.push_str("</teiHeader>\n");
}

fn push_idno(out: &mut String, kind: &str, value: &str) {
    out.push_str("<idno");
    push_attribute(out, "type", kind);
    out.push('>');
    push_text(out, value);
    out.push_str("</idno>");
}

fn stand_off(entry: &Entry, labels: &BTreeMap<&str, String>, out: &mut String) {
    let record = entry.record();
    if entry.annotations().next().is_none() {
        return;
    }
    out.push_str("<standOff>\n<listAnnotation>\n");
    for (at, annotation) in entry.annotations() {
        push_annotation(entry, at, annotation, &labels[annotation.label.as_str()], out);
    }
    out.push_str("</listAnnotation>\n");
    if entry.relations().next().is_some() {
        out.push_str("<listRelation>\n");
        for (at, relation) in entry.relations() {
            out.push_str("<relation");
            push_attribute(out, "xml:id", &id('r', &relation.id, at));
            push_attribute(out, "name", &word(&relation.kind));
            let end = |end: usize| format!("#{}", id('a', &record.annotations[end].id, end));
            push_attribute(out, "active", &end(relation.from));
            push_attribute(out, "passive", &end(relation.to));
            out.push_str("/>\n");
        }
        out.push_str("</listRelation>\n");
    }
    out.push_str("</standOff>\n");
}

fn push_annotation(entry: &Entry, at: usize, annotation: &Annotation, label: &str, out: &mut String) {
    let ranges: Vec<_> =
        annotation.spans.iter().map(|span| format!("#string-range({TEXT},{},{})", span.start, span.len())).collect();
    out.push_str("<annotation");
    push_attribute(out, "xml:id", &id('a', &annotation.id, at));
    push_attribute(out, "ana", &format!("#{label}"));
    push_attribute(out, "motivation", "classifying");
    push_attribute(out, "target", &ranges.join(" "));
    out.push('>');
    if let Some(origin) = &annotation.origin {
        out.push_str("<respStmt><resp>made by</resp>");
        push_element(out, "name", &origin.name);
        out.push_str("</respStmt>");
    }
    // Potato takes the first note for the label.
    out.push_str("<note type=\"label\">");
    push_text(out, &annotation.label);
    out.push_str("</note>");
    for (name, value) in entry.attributes(at) {
        out.push_str("<note type=\"attribute\"");
        push_attribute(out, "n", name);
        out.push('>');
        push_text(out, value);
        out.push_str("</note>");
    }
    if let Some(note) = entry.note(at) {
        out.push_str("<note type=\"comment\" xml:space=\"preserve\">");
        push_text(out, note);
        out.push_str("</note>");
    }
    out.push_str("</annotation>\n");
}
