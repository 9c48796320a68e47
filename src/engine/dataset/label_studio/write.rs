//! Writing tasks for Label Studio.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    io::Write,
};

use ascribe_schema::Scheme;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{FRAGMENT_OF, LABEL, NOTE, TEXT, config, control};
use crate::{
    dataset::{
        Annotation, DatasetError, Entry, Holds, Record, Thing, Vocabulary, WriteOptions, json,
        pump::{Encode, Place, Sink},
    },
    store::Stream,
};

/// Keys of a task's data that are ours.
pub(super) const DATA: [&str; 4] = ["text", "document", "annotator", "meta"];

/// Writes tasks and a labelling configuration.
pub struct Writer {
    scheme: Option<Scheme>,
    /// The attributes that are chosen from a list.
    chosen: BTreeSet<String>,
}

#[derive(Serialize)]
struct Task<'a> {
    data: Map<String, Value>,
    annotations: Vec<Work<'a>>,
}

#[derive(Serialize)]
struct Work<'a> {
    result: Vec<Part<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Part<'a> {
    Region {
        id: &'a str,
        from_name: String,
        to_name: &'a str,
        #[serde(rename = "type")]
        kind: &'a str,
        value: Where<'a>,
    },
    Tie {
        #[serde(rename = "type")]
        kind: &'a str,
        from_id: &'a str,
        to_id: &'a str,
        direction: &'a str,
        labels: [&'a str; 1],
    },
}

#[derive(Serialize)]
struct Where<'a> {
    start: u32,
    end: u32,
    #[serde(flatten)]
    said: Said<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Said<'a> {
    Label { text: &'a str, labels: [&'a str; 1] },
    Choice { text: &'a str, choices: [&'a str; 1] },
    Text { text: [&'a str; 1] },
}

impl Writer {
    /// A writer for a scheme, where that is known.
    pub fn new(options: &WriteOptions) -> Self {
        let scheme = options.scheme.clone();
        Self { chosen: config::chosen(scheme.as_ref()), scheme }
    }
}

impl Encode for Writer {
    type Piece = (Vec<u8>, Vocabulary);
    type Sink = Tasks;

    fn holds(&self) -> Holds {
        Holds::ALL
    }

    fn encode(&self, entries: &mut [Entry]) -> Result<Self::Piece, DatasetError> {
        let mut out = Vec::with_capacity(1 << 20);
        for entry in entries.iter_mut() {
            decide(entry);
            let separator: &[u8] = if out.is_empty() { b"\n" } else { b",\n" };
            out.extend_from_slice(separator);
            self.task(entry, &mut out).map_err(|_| DatasetError::Crashed)?;
        }
        let mut vocabulary = Vocabulary::of(entries);
        for (name, values) in vocabulary.labels.values_mut().flatten() {
            if !self.chosen.contains(name) {
                values.clear();
            }
        }
        Ok((out, vocabulary))
    }

    fn open(&self, place: Place<'_>) -> Result<Tasks, DatasetError> {
        let vocabulary = self.scheme.as_ref().map(Vocabulary::of_scheme).unwrap_or_default();
        let mut tasks = place.stream_to("tasks.json")?;
        tasks.write_all(b"[").map_err(|source| place.io(source))?;
        Ok(Tasks { tasks, first: true, vocabulary, scheme: self.scheme.clone(), chosen: self.chosen.clone() })
    }
}

/// Leaves out what our own use of relations would make something else of.
fn decide(entry: &mut Entry) {
    let kinds = entry.record().relations.iter().enumerate();
    let taken: Vec<_> = kinds.filter(|(_, relation)| relation.kind == FRAGMENT_OF).map(|(at, _)| at).collect();
    for at in taken {
        entry.leave_out(Thing::Relation(at), "its type is what ties fragments together here");
    }
}

impl Writer {
    fn task(&self, entry: &Entry, out: &mut Vec<u8>) -> serde_json::Result<()> {
        let record = entry.record();
        let ids = Ids::of(record);
        let mut result = Vec::new();
        for (at, annotation) in entry.annotations() {
            self.regions(entry, at, annotation, &ids, &mut result);
        }
        for (_, relation) in entry.relations() {
            result.push(tie(ids.get(relation.from, 0), ids.get(relation.to, 0), &relation.kind));
        }
        // A document that nobody has looked at yet is a task to do.
        let untouched = result.is_empty() && record.annotator.is_empty();
        let annotations = if untouched { Vec::new() } else { vec![Work { result }] };
        json::write(&Task { data: data(record), annotations }, out)
    }

    /// The regions of an annotation, what is said of it, and what ties its fragments.
    fn regions<'a>(
        &self,
        entry: &'a Entry,
        at: usize,
        annotation: &'a Annotation,
        ids: &'a Ids<'a>,
        result: &mut Vec<Part<'a>>,
    ) {
        let first = ids.get(at, 0);
        for (fragment, span) in annotation.spans.iter().enumerate() {
            let id = ids.get(at, fragment);
            let text = entry.record().slice(*span);
            let region = |from_name: String, kind, said| {
                let value = Where { start: span.start.0, end: span.end.0, said };
                Part::Region { id, from_name, to_name: TEXT, kind, value }
            };
            result.push(region(LABEL.to_owned(), "labels", Said::Label { text, labels: [&annotation.label] }));
            if fragment > 0 {
                result.push(tie(id, first, FRAGMENT_OF));
                continue;
            }
            for (name, value) in entry.attributes(at) {
                result.push(match self.chosen.contains(name) {
                    true => region(control(name), "choices", Said::Choice { text, choices: [value] }),
                    false => region(control(name), "textarea", Said::Text { text: [value] }),
                });
            }
            if let Some(note) = entry.note(at) {
                result.push(region(NOTE.to_owned(), "textarea", Said::Text { text: [note] }));
            }
        }
    }
}

fn tie<'a>(from_id: &'a str, to_id: &'a str, kind: &'a str) -> Part<'a> {
    Part::Tie { kind: "relation", from_id, to_id, direction: "right", labels: [kind] }
}

/// The text of a task and what is known of it; what is known under a name of ours stands apart.
fn data(record: &Record) -> Map<String, Value> {
    let mut data = Map::new();
    let (ours, others): (BTreeMap<_, _>, BTreeMap<_, _>) =
        record.meta.iter().partition(|(name, _)| DATA.contains(&name.as_str()));
    data.insert("text".to_owned(), record.text.as_str().into());
    data.insert("document".to_owned(), record.id.as_str().into());
    if !record.annotator.is_empty() {
        data.insert("annotator".to_owned(), record.annotator.as_str().into());
    }
    if !ours.is_empty() {
        data.insert("meta".to_owned(), json!(ours));
    }
    data.extend(others.into_iter().map(|(name, value)| (name.clone(), value.clone())));
    data
}

/// The ids of a record's regions: the annotation's for its first fragment, others made of it.
struct Ids<'a>(Vec<Vec<std::borrow::Cow<'a, str>>>);

impl<'a> Ids<'a> {
    fn of(record: &'a Record) -> Self {
        let mut taken: HashSet<String> = record.annotations.iter().map(|annotation| annotation.id.clone()).collect();
        let ids = record.annotations.iter().map(|annotation| {
            let fragment = |fragment: usize| {
                if fragment == 0 {
                    return annotation.id.as_str().into();
                }
                let mut id = format!("{}_{fragment}", annotation.id);
                while !taken.insert(id.clone()) {
                    id.push('_');
                }
                id.into()
            };
            (0..annotation.spans.len()).map(fragment).collect()
        });
        Self(ids.collect())
    }

    fn get(&self, annotation: usize, fragment: usize) -> &str {
        &self.0[annotation][fragment]
    }
}

/// The file of tasks, which is one array, and the configuration, which is written when all labels are known.
pub struct Tasks {
    tasks: Stream,
    first: bool,
    vocabulary: Vocabulary,
    scheme: Option<Scheme>,
    chosen: BTreeSet<String>,
}

impl Sink<(Vec<u8>, Vocabulary)> for Tasks {
    fn put(&mut self, place: Place<'_>, (tasks, vocabulary): (Vec<u8>, Vocabulary)) -> Result<(), DatasetError> {
        self.vocabulary.add(vocabulary);
        if tasks.is_empty() {
            return Ok(());
        }
        let separator: &[u8] = if self.first { b"" } else { b"," };
        self.first = false;
        let written = self.tasks.write_all(separator).and_then(|()| self.tasks.write_all(&tasks));
        written.map_err(|source| place.io(source))
    }

    fn finish(mut self, place: Place<'_>) -> Result<(), DatasetError> {
        let ended = self.tasks.write_all(b"\n]\n").and_then(|()| self.tasks.flush());
        ended.map_err(|source| place.io(source))?;
        let config = config::xml(&self.vocabulary, self.scheme.as_ref(), &self.chosen);
        place.write("config.xml", config.as_bytes())
    }
}
