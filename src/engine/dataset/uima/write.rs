//! Writing records as CAS XMI, as CAS JSON, and the type system of both.

use std::{collections::BTreeSet, io::Write};

use ascribe_schema::{Span, Text};

use super::{
    form::{Form, Json, Xml, fits_xml},
    layers::{CONTINUATION, DOCUMENT, META, RELATION, SPAN},
    names::{Names, feature_name},
    type_system::{Written, description, written},
};
use crate::dataset::{
    DatasetError, Entry, Holds, Thing, Vocabulary, WriteOptions,
    pump::{Encode, Place, Sink},
};

/// Writes a folder of CAS files.
pub struct Writer<'a>(pub &'a WriteOptions);

/// The files of some records, and the features that they use.
pub struct Piece {
    files: Vec<Files>,
    features: BTreeSet<String>,
}

struct Files {
    annotator: String,
    id: String,
    /// Nothing where XML cannot hold it.
    xmi: Option<Vec<u8>>,
    json: Vec<u8>,
}

/// Writes files, and the type system when all features are known.
pub struct Folder {
    names: Names,
    features: BTreeSet<String>,
}

/// The ids of the first structures; those of the record follow.
const SOFA: u64 = 1;
const FIRST: u64 = 2;

impl Encode for Writer<'_> {
    type Piece = Piece;
    type Sink = Folder;

    fn holds(&self) -> Holds {
        Holds::ALL
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Piece, DatasetError> {
        let mut piece = Piece { files: Vec::with_capacity(entries.len()), features: BTreeSet::new() };
        for entry in entries {
            piece.files.push(files(entry, &mut piece.features));
        }
        Ok(piece)
    }

    fn open(&self, _: Place<'_>) -> Result<Folder, DatasetError> {
        let known = self.0.scheme.as_ref().map(Vocabulary::of_scheme).unwrap_or_default();
        let features = known.attributes().into_keys().map(feature_name).collect();
        Ok(Folder { names: Names::default(), features })
    }
}

impl Sink<Piece> for Folder {
    fn put(&mut self, place: Place<'_>, piece: Piece) -> Result<(), DatasetError> {
        for Files { annotator, id, xmi, json } in piece.files {
            let name = self.names.next(&annotator, &id);
            if let Some(xmi) = xmi {
                place.write(&format!("{name}.xmi"), &xmi)?;
            }
            place.write(&format!("{name}.json"), &json)?;
        }
        self.features.extend(piece.features);
        Ok(())
    }

    fn finish(self, place: Place<'_>) -> Result<(), DatasetError> {
        place.write("TypeSystem.xml", description(&self.features).as_bytes())
    }
}

/// Marks what cannot be written as it is, and makes both files of a record.
fn files(entry: &mut Entry, features: &mut BTreeSet<String>) -> Files {
    let mut renamed = Vec::new();
    let mut own = BTreeSet::new();
    for (at, annotation) in entry.record().annotations.iter().enumerate() {
        for (number, name) in annotation.attributes.keys().enumerate() {
            let feature = feature_name(name);
            if feature != *name {
                renamed.push(Thing::Attribute(at, number));
            }
            own.insert(feature);
        }
    }
    for thing in renamed {
        entry.degrade(thing, "its name is no name of a feature, so it is written with _xHH_ for some characters");
    }
    let fits = fits(entry);
    if !fits {
        entry.degrade(Thing::Document, "it holds characters that XML cannot, so it is written as JSON only");
    }
    let files = Files {
        annotator: entry.record().annotator.clone(),
        id: entry.record().id.clone(),
        xmi: fits.then(|| xmi(entry)),
        json: json(entry, &own),
    };
    features.append(&mut own);
    files
}

fn fits(entry: &Entry) -> bool {
    let record = entry.record();
    let annotations = record.annotations.iter().all(|annotation| {
        fits_xml(&annotation.label)
            && fits_xml(&annotation.note)
            && fits_xml(&annotation.id)
            && annotation.attributes.values().all(|value| fits_xml(value))
    });
    let relations = record.relations.iter().all(|relation| fits_xml(&relation.kind) && fits_xml(&relation.id));
    let meta = record.meta.iter().all(|(name, value)| fits_xml(name) && value.as_str().is_none_or(fits_xml));
    annotations
        && relations
        && meta
        && fits_xml(record.text.as_str())
        && fits_xml(&record.id)
        && fits_xml(&record.annotator)
}

fn xmi(entry: &Entry) -> Vec<u8> {
    let text = entry.record().text.as_str();
    let mut out = Vec::with_capacity(text.len() + text.len() / 16 + 160 * entry.record().annotations.len() + 1024);
    out.extend_from_slice(
        concat!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" ",
            "xmlns:cas=\"http:///uima/cas.ecore\" xmlns:custom=\"http:///custom.ecore\" ",
            "xmlns:metadata=\"http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore\" xmi:version=\"2.0\">\n",
            "<cas:NULL xmi:id=\"0\"/>\n",
        )
        .as_bytes(),
    );
    let last = structures(entry, &mut Xml(&mut out));
    out.extend_from_slice(b"<cas:Sofa");
    let mut form = Xml(&mut out);
    form.literal("xmi:id", SOFA);
    form.literal("sofaNum", 1);
    form.text("sofaID", "_InitialView");
    form.text("mimeType", "text");
    form.text("sofaString", text);
    form.close();
    out.extend_from_slice(b"<cas:View sofa=\"1\" members=\"");
    members(last, b' ', &mut out);
    out.extend_from_slice(b"\"/>\n</xmi:XMI>\n");
    out
}

fn json(entry: &Entry, features: &BTreeSet<String>) -> Vec<u8> {
    let text = entry.record().text.as_str();
    let mut out = Vec::with_capacity(text.len() + text.len() / 16 + 160 * entry.record().annotations.len() + 2048);
    out.extend_from_slice(b"{\"%TYPES\":{");
    for (at, Written { name, parent, features }) in written(features).into_iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        // Writing into memory cannot fail, here and below.
        let _ = write!(out, "{comma}\n\"{name}\":{{\"%NAME\":\"{name}\",\"%SUPER_TYPE\":\"{parent}\"");
        for (feature, range) in features {
            let _ = write!(out, ",\"{feature}\":{{\"%NAME\":\"{feature}\",\"%RANGE\":\"{range}\"}}");
        }
        out.push(b'}');
    }
    out.extend_from_slice(b"\n},\"%FEATURE_STRUCTURES\":[");
    let mut form = Json { out: &mut out, first: true };
    form.open("uima.cas.Sofa", SOFA);
    form.literal("sofaNum", 1);
    form.text("sofaID", "_InitialView");
    form.text("mimeType", "text");
    form.text("sofaString", text);
    form.close();
    let last = structures(entry, &mut form);
    out.extend_from_slice(b"\n],\"%VIEWS\":{\"_InitialView\":{\"%SOFA\":1,\"%MEMBERS\":[");
    members(last, b',', &mut out);
    out.extend_from_slice(b"]}}}\n");
    out
}

/// The ids of all structures that are written.
fn members(last: u64, between: u8, out: &mut Vec<u8>) {
    for id in FIRST..=last {
        if id > FIRST {
            out.push(between);
        }
        let _ = write!(out, "{id}");
    }
}

/// Writes all structures but the text; the id of the last.
fn structures(entry: &Entry, form: &mut impl Form) -> u64 {
    let (record, text) = (entry.record(), &*entry.record().text);
    let mut id = FIRST;
    document(entry, form, id);
    for (name, value) in record.meta.iter().filter(|(name, value)| !in_document(name, value)) {
        id += 1;
        meta(form, id, name, value);
    }
    if !record.annotator.is_empty() {
        id += 1;
        meta(form, id, "annotator", &record.annotator.as_str().into());
    }
    let mut firsts = vec![0; record.annotations.len()];
    let mut continuations = Vec::new();
    for (at, annotation) in entry.annotations() {
        firsts[at] = id + 1;
        for (number, span) in annotation.spans.iter().enumerate() {
            id += 1;
            place(form, SPAN, id, text, *span);
            form.text("label", &annotation.label);
            if number > 0 {
                continuations.push((firsts[at], id, *span));
                form.close();
                continue;
            }
            form.text("identifier", &annotation.id);
            if let Some(note) = entry.note(at) {
                form.text("note", note);
            }
            for (name, value) in entry.attributes(at) {
                form.text(&feature_name(name), value);
            }
            form.close();
        }
    }
    for (first, other, span) in continuations {
        id += 1;
        place(form, CONTINUATION, id, text, span);
        form.reference("Governor", first);
        form.reference("Dependent", other);
        form.close();
    }
    for (_, relation) in entry.relations() {
        id += 1;
        let span = record.annotations[relation.to].spans.first().copied().unwrap_or_default();
        place(form, RELATION, id, text, span);
        form.reference("Governor", firsts[relation.from]);
        form.reference("Dependent", firsts[relation.to]);
        form.text("label", &relation.kind);
        form.text("identifier", &relation.id);
        form.close();
    }
    id
}

/// Begins a structure that lies in the text.
fn place(form: &mut impl Form, kind: &'static str, id: u64, text: &Text, span: Span) {
    form.open(kind, id);
    form.reference_to_sofa();
    // Every span of a record lies in its text.
    form.literal("begin", text.utf16(span.start).unwrap_or_default());
    form.literal("end", text.utf16(span.end).unwrap_or_default());
}

fn document(entry: &Entry, form: &mut impl Form, id: u64) {
    let record = entry.record();
    place(form, DOCUMENT, id, &record.text, record.text.span());
    let language = record.meta("language");
    form.text("language", if language.is_empty() { "x-unspecified" } else { language });
    if !record.meta("title").is_empty() {
        form.text("documentTitle", record.meta("title"));
    }
    form.text("documentId", &record.id);
    if !record.meta("url").is_empty() {
        form.text("documentUri", record.meta("url"));
    }
    form.literal("isLastSegment", true);
    form.close();
}

/// Whether `DocumentMetaData` has a place for it.
fn in_document(name: &str, value: &serde_json::Value) -> bool {
    matches!(name, "title" | "url" | "language") && value.as_str().is_some_and(|value| !value.is_empty())
}

fn meta(form: &mut impl Form, id: u64, name: &str, value: &serde_json::Value) {
    form.open(META, id);
    form.reference_to_sofa();
    form.text("name", name);
    match value.as_str() {
        Some(value) => form.text("value", value),
        None => form.text("json", &value.to_string()),
    }
    form.close();
}
