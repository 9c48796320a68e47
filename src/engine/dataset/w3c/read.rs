//! Reading Web Annotations.

use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
    sync::Arc,
};

use ascribe_schema::{Span, Text};
use serde_json::{Map, Value};

use super::{
    CONTEXT, TERMS, TEXT_LINE, UTF16,
    body::{Said, agent, list, origin, said, text},
    valid,
};
use crate::{
    dataset::{
        Annotation, DatasetError, Kind, Meta, ReadOptions, Record, Relation, Told, Unit, Works,
        anchor::{Quote, Texts, anchor, unknown},
        files::{Chunk, Peek, ending, find_ending, is_account, lines_from},
        misfit,
    },
    revise::Quoted,
};

type Object = Map<String, Value>;

/// Whether a file is of this format.
pub fn recognise(peek: &Peek<'_>) -> bool {
    let names = |peek: &Peek<'_>| peek.text().trim_start().starts_with(['{', '[']) && peek.text().contains(CONTEXT);
    let ours = |file: &&PathBuf| ENDINGS.contains(&ending(file).as_str()) && !is_account(file);
    // A part of a divided dataset may be empty.
    let mut files = peek.files.iter().filter(ours).filter_map(|file| Peek::at(file).ok());
    names(peek) || files.find(|peek| !peek.head.is_empty()).is_some_and(|peek| names(&peek))
}

const ENDINGS: [&str; 3] = ["jsonl", "json", "jsonld"];

/// Reads files of annotations.
///
/// # Errors
///
/// When a file cannot be read.
pub fn open(paths: &[PathBuf], options: &ReadOptions) -> Result<Works, DatasetError> {
    let texts = Texts::new(&options.known);
    let unit = options.offsets;
    let begins: fn(&[u8]) -> bool = |line| line.starts_with(TEXT_LINE.as_bytes());
    lines_from(&find_ending(paths, &ENDINGS)?, Some(begins), move |chunk, told| {
        let mut book = Book::new(&texts, unit, chunk.file());
        read(chunk, &mut book, told);
        book.finish(told)
    })
}

/// One annotation as it stands in a file.
struct Found<'a> {
    line: u64,
    object: &'a Object,
    /// Whether it lies in a page or a collection that has the context.
    inherits: bool,
}

/// A file, or some documents of one, whatever it is made of: JSON lines, or one value over many lines.
fn read(chunk: &Chunk, book: &mut Book<'_>, told: &mut Told) {
    let lines = chunk.lines(told);
    let Some((first, line)) = lines.first() else { return };
    if lines.len() > 1 && serde_json::from_str::<serde::de::IgnoredAny>(line).is_err() {
        let end_of_object = |line: &&(u64, &str)| line.1.trim_end().ends_with('}') && line.1.starts_with('{');
        match serde_json::from_slice::<Value>(chunk.bytes()) {
            Ok(value) => return book.take(&value, 0, None, false, told),
            Err(reason) if lines.iter().filter(end_of_object).count() * 2 <= lines.len() => {
                let content = String::from_utf8_lossy(chunk.bytes());
                return told.refuse((chunk.file(), *first), Kind::Document, format!("no JSON: {reason}"), content);
            }
            Err(_) => {}
        }
    }
    for (number, line) in lines {
        match serde_json::from_str::<Value>(line) {
            Ok(value) => book.take(&value, number, Some(line), false, told),
            Err(reason) => told.refuse((chunk.file(), number), Kind::Document, format!("no JSON: {reason}"), line),
        }
    }
}

/// What has been read of a file, and where everything belongs.
struct Book<'a> {
    texts: &'a Texts,
    unit: Option<Unit>,
    file: &'a str,
    records: Vec<Open>,
    /// The latest record whose text stands in the file, by the source that targets name.
    sources: HashMap<String, usize>,
    /// The records of known texts, by the source and who annotated it.
    known: HashMap<(String, String), usize>,
    /// Where an annotation went, by its IRI.
    places: HashMap<String, (usize, usize)>,
    /// Annotations that tie others together, which may stand before those.
    links: Vec<(u64, Object)>,
}

struct Open {
    record: Record,
    quoted: Quoted,
    units: Vec<Unit>,
    ids: HashSet<String>,
    ties: HashSet<String>,
}

impl Open {
    fn new(record: Record, units: Vec<Unit>) -> Self {
        let quoted = Quoted::new(record.text.clone());
        Self { record, quoted, units, ids: HashSet::new(), ties: HashSet::new() }
    }
}

impl<'a> Book<'a> {
    fn new(texts: &'a Texts, unit: Option<Unit>, file: &'a str) -> Self {
        let (sources, known, places) = (HashMap::new(), HashMap::new(), HashMap::new());
        Self { texts, unit, file, records: Vec::new(), sources, known, places, links: Vec::new() }
    }

    /// Takes an annotation, or what holds annotations. `content` is how it stands in the file, where that is known.
    fn take(&mut self, value: &Value, line: u64, content: Option<&str>, inherits: bool, told: &mut Told) {
        let object = match value {
            Value::Array(values) => {
                return values.iter().for_each(|value| self.take(value, line, None, inherits, told));
            }
            Value::Object(object) => object,
            _ => {
                let content = value.to_string();
                return told.refuse((self.file, line), Kind::Document, "neither an annotation nor a list", content);
            }
        };
        let is = |name: &str| list(object.get("type")).iter().any(|kind| kind == name);
        let inherits = inherits || list(object.get("@context")).iter().any(|context| context == CONTEXT);
        if is("AnnotationCollection") || is("AnnotationPage") || object.contains_key("@graph") {
            for held in ["items", "@graph", "first", "next"].iter().filter_map(|key| object.get(*key)) {
                match held {
                    Value::String(_) => told.note("a page of annotations is only named, and is elsewhere"),
                    held => self.take(held, line, None, inherits, told),
                }
            }
            return;
        }
        let found = Found { line, object, inherits };
        if let Err((kind, reason)) = self.annotation(&found, told) {
            let content = content.map_or_else(|| value.to_string(), str::to_owned);
            told.refuse((self.file, line), kind, reason, content);
        }
    }

    fn annotation(&mut self, found: &Found<'_>, told: &mut Told) -> Result<(), (Kind, String)> {
        let object = found.object;
        if let Some(why) = valid::violation(object, found.inherits) {
            return Err((Kind::Annotation, format!("no valid Web Annotation: {why}")));
        }
        if let Some((source, open)) = text_line(object, self.unit) {
            self.sources.insert(source, self.records.len());
            self.records.push(open);
            return Ok(());
        }
        let links = list(object.get("motivation")).iter().any(|motivation| motivation == "linking");
        // Other programs link words to something elsewhere on the web: those are annotations of words.
        if links && !list(object.get("target")).iter().any(|target| target.get("selector").is_some()) {
            self.links.push((found.line, object.clone()));
            return Ok(());
        }
        self.tag(object, told).map_err(|why| (Kind::Annotation, why))
    }

    /// An annotation of words; on texts of several documents it becomes one on each.
    fn tag(&mut self, object: &Object, told: &mut Told) -> Result<(), String> {
        let mut spans: Vec<(usize, Vec<Span>)> = Vec::new();
        for target in list(object.get("target")) {
            let (source, selection) = selection(target)?;
            let at = self.record(source, object)?;
            let open = &self.records[at];
            let span = anchor(&open.quoted, selection.position, selection.quote.as_ref(), &open.units, told)?;
            match spans.iter_mut().find(|(record, _)| *record == at) {
                Some((_, spans)) => spans.push(span),
                None => spans.push((at, vec![span])),
            }
        }
        let iri = text(object, "id");
        let Said { label, attributes, note } = said(object, told);
        for (at, mut spans) in spans {
            spans.sort_unstable();
            spans.dedup();
            let open = &mut self.records[at];
            if let Some(why) = misfit(&open.record.text, &spans) {
                return Err(why);
            }
            let names = [text(object, "dcterms:identifier"), iri.strip_prefix("urn:uuid:").unwrap_or(iri)];
            let free = names.into_iter().find(|name| !name.is_empty() && !open.ids.contains(*name));
            let id = free.ok_or("another annotation has the same id")?.to_owned();
            open.ids.insert(id.clone());
            self.places.insert(iri.to_owned(), (at, open.record.annotations.len()));
            let (label, attributes, note) = (label.clone(), attributes.clone(), note.clone());
            let (origin, created) = (origin(object), text(object, "created").to_owned());
            open.record.annotations.push(Annotation { id, label, spans, attributes, note, origin, created });
        }
        Ok(())
    }

    /// The record that an annotation of a source belongs to.
    fn record(&mut self, source: &str, object: &Object) -> Result<usize, String> {
        if let Some(at) = self.sources.get(source) {
            return Ok(*at);
        }
        let text = self.texts.find(source).ok_or_else(|| unknown(source))?;
        let annotator = list(object.get("creator")).first().map(agent).unwrap_or_default();
        let at = *self.known.entry((text.id.clone(), annotator.clone())).or_insert(self.records.len());
        if at == self.records.len() {
            let meta = Meta::from([("text_sha256".to_owned(), text.text_sha256.clone().into())]);
            let record = Record { id: text.id.clone(), text: text.text.clone(), meta, annotator, ..Record::default() };
            self.records.push(Open::new(record, units(self.unit)));
        }
        Ok(at)
    }

    /// Ties the annotations together, and gives the records.
    fn finish(mut self, told: &mut Told) -> Vec<Record> {
        for (line, link) in std::mem::take(&mut self.links) {
            if let Err(why) = self.link(&link) {
                told.refuse((self.file, line), Kind::Relation, why, Value::Object(link).to_string());
            }
        }
        self.records.into_iter().map(|open| open.record).collect()
    }

    fn link(&mut self, link: &Object) -> Result<(), &'static str> {
        let iri = |value: &Value| value.as_str().or_else(|| value.get("id")?.as_str()).map(str::to_owned);
        let mut ends: Vec<_> = list(link.get("target")).iter().filter_map(iri).collect();
        if ends.len() == 1 {
            // Recogito: the target is where the tie starts, the body where it leads to.
            ends.extend(list(link.get("body")).iter().filter_map(iri).take(1));
        }
        let [from, to] = ends.as_slice() else { return Err("it does not tie two annotations together") };
        let unknown = "there is no annotation at an end of it";
        let (from, to) = (self.places.get(from).ok_or(unknown)?, self.places.get(to).ok_or(unknown)?);
        if from.0 != to.0 {
            return Err("its ends are annotations of different documents or annotators");
        }
        let mut bodies = list(link.get("body")).iter().filter_map(|body| body.get("value")?.as_str());
        let kind = bodies.next().unwrap_or("linking").to_owned();
        let id = match text(link, "dcterms:identifier") {
            "" => text(link, "id").to_owned(),
            id => id.to_owned(),
        };
        let open = &mut self.records[from.0];
        if !open.ties.insert(id.clone()) {
            return Err("another relation has the same id");
        }
        open.record.relations.push(Relation { id, kind, from: from.1, to: to.1 });
        Ok(())
    }
}

/// What offsets may count, likeliest first.
fn units(unit: Option<Unit>) -> Vec<Unit> {
    unit.map_or_else(|| vec![Unit::CodePoints, Unit::Utf16], |unit| vec![unit])
}

/// The document that a line with a text is about, with its source.
fn text_line(object: &Object, unit: Option<Unit>) -> Option<(String, Open)> {
    let target = object.get("target")?.as_object()?;
    let id = target.get("dcterms:identifier")?.as_str()?.to_owned();
    let body = object.get("body")?.as_object().filter(|_| text(object, "motivation") == "describing")?;
    let content = body.get("value")?.as_str().filter(|_| text(target, "type") == "Text")?;
    let mut meta = Meta::new();
    for (name, term) in TERMS {
        if let Some(value) = target.get(term) {
            meta.insert(name.to_owned(), value.clone());
        }
    }
    for property in list(target.get("schema:additionalProperty")) {
        let (Some(name), Some(value)) =
            (property.get("schema:name").and_then(Value::as_str), property.get("schema:value"))
        else {
            continue;
        };
        let json = property.get("schema:encodingFormat").is_some_and(|format| format == "application/json");
        let read = value.as_str().filter(|_| json).and_then(|value| serde_json::from_str(value).ok());
        meta.insert(name.to_owned(), read.unwrap_or_else(|| value.clone()));
    }
    let annotator = list(object.get("creator")).first().map(agent).unwrap_or_default();
    let utf16 = text(target, "schema:unitText") == UTF16;
    let own = unit.unwrap_or(if utf16 { Unit::Utf16 } else { Unit::CodePoints });
    let record = Record { id, text: Arc::new(Text::new(content)), meta, annotator, ..Record::default() };
    Some((text(target, "id").to_owned(), Open::new(record, units(Some(own)))))
}

/// How a target says which words it means.
#[derive(Default)]
struct Selection {
    position: Option<(u64, u64)>,
    quote: Option<Quote>,
}

/// The source of a target, and which of its words are meant.
fn selection(target: &Value) -> Result<(&str, Selection), String> {
    let whole = || "it targets something as a whole, and no words of a text".to_owned();
    let object = target.as_object().filter(|object| object.contains_key("source")).ok_or_else(whole)?;
    let source = object.get("source").and_then(|source| source.as_str().or_else(|| source.get("id")?.as_str()));
    let mut selection = Selection::default();
    let mut kinds = Vec::new();
    for selector in list(object.get("selector")) {
        take_selector(selector, false, &mut selection, &mut kinds);
    }
    if selection.position.is_none() && selection.quote.is_none() {
        return Err(match kinds.first() {
            Some(kind) => format!("its selector is a {kind}, which says no words of a text"),
            None => whole(),
        });
    }
    Ok((source.ok_or_else(whole)?, selection))
}

/// A selector and what refines it; offsets that refine count from elsewhere, words do not.
fn take_selector(selector: &Value, refines: bool, selection: &mut Selection, kinds: &mut Vec<String>) {
    let Some(object) = selector.as_object() else { return kinds.push("link".to_owned()) };
    let number = |name: &str| object.get(name).and_then(Value::as_u64);
    match text(object, "type") {
        "TextPositionSelector" if !refines => selection.position = number("start").zip(number("end")),
        "TextQuoteSelector" => {
            let [exact, prefix, suffix] = ["exact", "prefix", "suffix"].map(|name| text(object, name).to_owned());
            selection.quote = Some(Quote { exact, prefix, suffix });
        }
        kind => match characters(text(object, "value")) {
            Some(position) if kind == "FragmentSelector" && !refines => selection.position = Some(position),
            _ => kinds.push(kind.to_owned()),
        },
    }
    for refined in list(object.get("refinedBy")) {
        take_selector(refined, true, selection, kinds);
    }
}

/// The positions in a fragment of a plain text (RFC 5147): `char=5,8`, between characters as ours.
fn characters(fragment: &str) -> Option<(u64, u64)> {
    let range = fragment.strip_prefix("char=")?.split(';').next()?;
    let (start, end) = range.split_once(',')?;
    Some((start.parse().ok()?, end.parse().ok()?))
}
