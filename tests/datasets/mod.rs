//! Datasets in every format: written and read back, nothing is lost but what the account says.

mod brat;
mod card;
mod claimreview;
mod conll;
mod csv;
mod damage;
mod doccano;
mod hypothesis;
mod label_studio;
mod parquet;
mod prodigy;
mod qdpx;
mod quotations;
mod round_trips;
mod tei;
mod triples;
mod uima;
mod verbs;
mod w3c;
mod webanno_tsv;
mod xlsx;

use std::{collections::BTreeMap, path::Path, sync::Arc};

use ascribe_engine::dataset::{
    self, Annotation, By, DatasetError, Destination, Format, Fragments, Holds, Kind, KnownText, Origin, ReadOptions,
    Record, Relation, Told, Way, Work, Works, WriteOptions, Written,
};
use ascribe_schema::{Span, Text};
use ascribe_tests::Random;

/// Pieces of which texts are made: what formats, tokenisers and unit conversions stumble over.
const PIECES: [&str; 30] = [
    "The minister",
    " said",
    " “never”",
    ".",
    "\n",
    "\n\n",
    " 😀",
    "👩\u{200d}👩\u{200d}👧",
    " Cafe\u{301}",
    "\u{a0}%",
    " قال الوزير",
    " שלום",
    "東京",
    " a|b",
    " <b>&amp;",
    " \"x\"",
    "\\",
    "\t",
    "_",
    " ; ",
    "[1]",
    "*",
    "=1+1",
    "soft\u{ad}ly",
    "  ",
    " don’t",
    "-",
    " ’",
    "ß",
    "@",
];
const LABELS: [&str; 4] = ["claim", "quote", "source", "denial"];
const ATTRIBUTES: [(&str, &str); 5] = [
    ("form", "direct"),
    ("entity", "Zoë “Z” <M> & 😀 | x\ty"),
    ("kind", "person"),
    ("strength", "outright"),
    ("naming", "named"),
];
const NOTES: [&str; 4] = ["", "", "see <b>“here”</b> & there | \\ _ *", "two\nlines\tand 😀"];
const KINDS: [&str; 2] = ["attributed_to", "same_as"];

/// Records that repeat for the same seed: nested, crossing and equal spans, fragments, relations, attributes, notes.
pub fn records(seed: u64, count: usize) -> Vec<Record> {
    let mut random = Random(seed);
    (0..count).map(|number| record(&mut random, number)).collect()
}

fn record(random: &mut Random, number: usize) -> Record {
    let text: String = (0..1 + random.below(40)).map(|_| *random.pick(&PIECES)).collect();
    let text = Text::new(format!("Start {text} end"));
    let length = text.len().0;
    let mut record = Record { id: format!("doc-{number}"), annotator: "amina".to_owned(), ..Record::default() };
    record.meta.insert("title".to_owned(), "Title “T” <x> & 😀".into());
    for at in 0..random.below(8) {
        let mut edges: Vec<u32> = (0..2 * (1 + random.below(3))).map(|_| random.below(length + 1)).collect();
        edges.sort_unstable();
        edges.dedup();
        let spans: Vec<_> = edges.chunks_exact(2).map(|pair| Span::new(pair[0], pair[1])).collect();
        if spans.is_empty() {
            continue;
        }
        let mut annotation = Annotation::new(format!("a{at}"), *random.pick(&LABELS), spans);
        for _ in 0..random.below(3) {
            let (name, value) = *random.pick(&ATTRIBUTES);
            annotation.attributes.insert(name.to_owned(), value.to_owned());
        }
        annotation.note = (*random.pick(&NOTES)).to_owned();
        annotation.origin = Some(Origin { by: By::Person, name: "amina".to_owned(), confirmed_by: None });
        record.annotations.push(annotation);
    }
    let count = record.annotations.len();
    for at in 0..random.below(4) {
        if count > 1 {
            let [from, to] = [0, 0].map(|_: i32| random.below(count as u32) as usize);
            let kind = (*random.pick(&KINDS)).to_owned();
            record.relations.push(Relation { id: format!("r{at}"), kind, from, to });
        }
    }
    record.text = Arc::new(text);
    record
}

/// Writes records.
pub fn write(records: &[Record], format: &str, to: &Path, options: &WriteOptions) -> Result<Written, DatasetError> {
    let works: Vec<Work> =
        records.iter().cloned().map(|record| Box::new(move |_: &mut Told| vec![record]) as Work).collect();
    let works: Works = Box::new(works.into_iter());
    let way = Way {
        change: &|record, _: &mut Told| Some(record),
        parts: Vec::new(),
        part: &|_| 0,
        summary: false,
        stopped: &|| false,
        progress: &mut |_| (),
    };
    let format = Format::named(format).unwrap();
    dataset::write(works, format, &Destination::Path(to.to_owned()), options, way, &|_| Vec::new())
}

/// Reads a file or folder.
pub fn read(format: &str, path: &Path, options: &ReadOptions) -> Result<(Vec<Record>, Told), DatasetError> {
    let (mut records, mut told) = (Vec::new(), Told::default());
    for work in dataset::read(Format::named(format).unwrap(), &[path.to_owned()], options)? {
        records.extend(work(&mut told));
    }
    Ok((records, told))
}

/// Options for formats that carry no texts.
pub fn knowing(records: &[Record]) -> ReadOptions {
    let known = |record: &Record| KnownText {
        id: record.id.clone(),
        url: record.meta("url").to_owned(),
        text_sha256: ascribe_engine::hex_sha256(record.text.as_str().as_bytes()),
        text: record.text.clone(),
    };
    ReadOptions { known: records.iter().map(known).collect(), ..ReadOptions::default() }
}

/// All that a format could keep of a record, apart from ids and order, to be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Content {
    pub text: String,
    pub annotations: Vec<Tag>,
    pub relations: Vec<(String, Tag, Tag)>,
}

/// An annotation without its id: label, spans, attributes, note.
pub type Tag = (String, Vec<(u32, u32)>, BTreeMap<String, String>, String);

/// What is left of a record in a format that holds so much.
pub fn content(record: &Record, holds: Holds) -> Content {
    let tag = |annotation: &Annotation, spans: &[Span]| -> Tag {
        let spans = spans.iter().map(|span| (span.start.0, span.end.0)).collect();
        let attributes = if holds.attributes { annotation.attributes.clone() } else { BTreeMap::new() };
        let note = if holds.notes { annotation.note.clone() } else { String::new() };
        (annotation.label.clone(), spans, attributes, note)
    };
    let tags = |annotation: &Annotation| match holds.fragments {
        Fragments::Kept => vec![tag(annotation, &annotation.spans)],
        Fragments::Hull => vec![tag(annotation, &[annotation.hull()])],
        Fragments::Split => annotation.spans.iter().map(|span| tag(annotation, &[*span])).collect(),
    };
    let mut annotations: Vec<_> = record.annotations.iter().flat_map(tags).collect();
    annotations.sort();
    let end = |at: usize| tags(&record.annotations[at]).swap_remove(0);
    let relations = record.relations.iter().filter(|_| holds.relations);
    let mut relations: Vec<_> =
        relations.map(|relation| (relation.kind.clone(), end(relation.from), end(relation.to))).collect();
    relations.sort();
    Content { text: record.text.as_str().to_owned(), annotations, relations }
}

/// How many things of a kind were written, if only in part.
pub fn kept(written: &Written, kind: Kind) -> usize {
    let numbers = written.account.numbers(kind);
    numbers.written + numbers.degraded
}
