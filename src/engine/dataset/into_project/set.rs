//! The sets that records are added to.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    thread,
};

use ascribe_schema::{
    AnnotationId, AnnotationSet, AnnotatorName, DocumentId, FORMAT, Origin as Stored, Progress, RelationId, Span,
};
use sha2::{Digest, Sha256};

use super::{Import, Placed};
use crate::{
    Part, SetState, StoredSet,
    dataset::{Annotation, By, DatasetError, Kind, Record},
    part::{Content, FileKey},
    store::StoreError,
};

/// How many sets are written at once when many are.
const WRITERS: usize = 8;
/// What the program's own ids are made of.
const ID: &str = "0123456789abcdefghjkmnpqrstvwxyz";

/// What makes two annotations the same: label, spans, attributes and note.
type Sameness = (String, Vec<Span>, BTreeMap<String, String>, String);

impl Import<'_> {
    /// Adds the records to their sets and writes those.
    pub(super) fn write_sets(&mut self, placed: Vec<Placed>) -> Result<(), DatasetError> {
        let mut changed: BTreeSet<(DocumentId, AnnotatorName)> = BTreeSet::new();
        for (id, annotator, record) in placed {
            if !self.options.dry_run && !self.locks.contains_key(&annotator) {
                self.locks.insert(annotator.clone(), self.store.lock(&annotator)?);
            }
            if self.add(&id, &annotator, &record) {
                changed.insert((id, annotator));
            }
        }
        if self.options.dry_run {
            return Ok(());
        }
        let sets: Vec<_> = changed
            .into_iter()
            .filter_map(|(id, annotator)| {
                let stored = self.project.documents.get(&id)?.sets.get(&annotator)?;
                let known = Some(stored.file_sha256.clone()).filter(|hash| !hash.is_empty());
                Some((annotator, (id, Part::Set), Content::Set(SetState::from_file(stored.set.clone())), known))
            })
            .collect();
        let share = sets.len().div_ceil(WRITERS).max(1);
        let write = |part: &[(AnnotatorName, FileKey, Content, Option<String>)]| -> Result<Vec<_>, StoreError> {
            let save = |(annotator, key, content, known): &(_, _, _, Option<String>)| {
                self.store.save(annotator, key, content, known.as_deref())
            };
            part.iter().map(save).collect()
        };
        let hashes: Vec<Result<Vec<_>, StoreError>> = thread::scope(|scope| {
            let running: Vec<_> = sets.chunks(share).map(|part| scope.spawn(|| write(part))).collect();
            running
                .into_iter()
                .map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        let hashes: Vec<_> = hashes.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
        for ((annotator, (id, _), ..), hash) in sets.into_iter().zip(hashes) {
            let document = self.project.documents.get_mut(&id);
            if let Some(stored) = document.and_then(|document| document.sets.get_mut(&annotator)) {
                stored.file_sha256 = hash.unwrap_or_default();
            }
        }
        Ok(())
    }

    /// Adds a record to its set in memory; whether that changed it.
    fn add(&mut self, id: &DocumentId, annotator: &AnnotatorName, record: &Record) -> bool {
        let Some(document) = self.project.documents.get_mut(id) else { return false };
        let text_sha256 = document.text_sha256().to_owned();
        let fresh = !document.sets.contains_key(annotator);
        let stored = document.sets.entry(annotator.clone()).or_insert_with(|| StoredSet {
            set: AnnotationSet {
                format: FORMAT,
                document: id.clone(),
                text_sha256: text_sha256.clone(),
                annotator: annotator.clone(),
                progress: Progress::InProgress,
                annotations: Vec::new(),
                relations: Vec::new(),
                rejected: Vec::new(),
                conflicts: Vec::new(),
            },
            whole: true,
            writable: true,
            file_sha256: String::new(),
        });
        let reason = if !stored.whole {
            Some("the annotator's set of it cannot be read whole; see `check`")
        } else {
            (stored.set.text_sha256 != text_sha256)
                .then_some("the annotator's set of it belongs to an older text; open the project as them first")
        };
        if let Some(reason) = reason {
            let numbers = self.taken.numbers.entry(Kind::Document).or_default();
            numbers.known = numbers.known.saturating_sub(1);
            self.refuse(record, reason);
            return false;
        }
        if fresh && record.meta("progress") == "finished" {
            stored.set.progress = Progress::Finished;
        }
        let ids = add_annotations(&mut stored.set, record, self.options, &mut self.taken.numbers);
        let changed =
            add_relations(&mut stored.set, record, &ids, &mut self.taken.numbers) || ids.iter().any(|(_, new)| *new);
        stored.set.sort();
        changed || fresh
    }
}

/// Adds the annotations that are not there yet; the ids of all in their order, and whether each is new.
fn add_annotations(
    set: &mut AnnotationSet,
    record: &Record,
    options: &super::ImportOptions,
    numbers: &mut BTreeMap<Kind, super::TakenNumbers>,
) -> Vec<(AnnotationId, bool)> {
    let mut there: HashMap<Sameness, Vec<AnnotationId>> = HashMap::new();
    for annotation in set.annotations.iter().rev().filter(|annotation| annotation.text_sha256.is_empty()) {
        let sameness = (
            annotation.label.clone(),
            annotation.spans.clone(),
            annotation.attributes.clone(),
            annotation.note.clone(),
        );
        there.entry(sameness).or_default().push(annotation.id.clone());
    }
    let mut taken: BTreeSet<AnnotationId> = set.annotations.iter().map(|annotation| annotation.id.clone()).collect();
    let mut ids = Vec::with_capacity(record.annotations.len());
    for annotation in &record.annotations {
        let sameness = (
            annotation.label.clone(),
            annotation.spans.clone(),
            annotation.attributes.clone(),
            annotation.note.clone(),
        );
        let known = there.get_mut(&sameness).and_then(Vec::pop);
        let new = known.is_none();
        let id = known.unwrap_or_else(|| {
            let seed = format!("{} {} {:?}", set.document, set.annotator, sameness);
            free_id(&annotation.id, &seed, |id| taken.contains(&AnnotationId::from(id))).into()
        });
        let counts = Kind::of(annotation);
        for (kind, count) in counts {
            let numbers = numbers.entry(kind).or_default();
            if new { numbers.imported += count } else { numbers.known += count }
        }
        if new {
            taken.insert(id.clone());
            set.annotations.push(ascribe_schema::Annotation {
                id: id.clone(),
                label: annotation.label.clone(),
                spans: annotation.spans.clone(),
                text: annotation.spans.iter().map(|span| record.slice(*span).to_owned()).collect(),
                attributes: annotation.attributes.clone(),
                note: annotation.note.clone(),
                text_sha256: String::new(),
                origin: origin(annotation, &options.format),
                created: if annotation.created.is_empty() { options.time.clone() } else { annotation.created.clone() },
                decided: None,
            });
        }
        ids.push((id, new));
    }
    ids
}

/// Adds the relations that are not there yet; whether there are any.
fn add_relations(
    set: &mut AnnotationSet,
    record: &Record,
    ids: &[(AnnotationId, bool)],
    numbers: &mut BTreeMap<Kind, super::TakenNumbers>,
) -> bool {
    let numbers = numbers.entry(Kind::Relation).or_default();
    let mut there: HashMap<(String, AnnotationId, AnnotationId), usize> = HashMap::new();
    for relation in &set.relations {
        *there.entry((relation.kind.clone(), relation.from.clone(), relation.to.clone())).or_default() += 1;
    }
    let mut taken: BTreeSet<RelationId> = set.relations.iter().map(|relation| relation.id.clone()).collect();
    let before = set.relations.len();
    for relation in &record.relations {
        let (from, to) = (ids[relation.from].0.clone(), ids[relation.to].0.clone());
        let key = (relation.kind.clone(), from.clone(), to.clone());
        if let Some(left) = there.get_mut(&key).filter(|left| **left > 0) {
            *left -= 1;
            numbers.known += 1;
            continue;
        }
        let seed = format!("{} {} {key:?}", set.document, set.annotator);
        let id = RelationId::from(free_id(&relation.id, &seed, |id| taken.contains(&RelationId::from(id))));
        taken.insert(id.clone());
        numbers.imported += 1;
        set.relations.push(ascribe_schema::Relation { id, kind: relation.kind.clone(), from, to });
    }
    set.relations.len() > before
}

/// The id itself if it is one of ours and free; else one that follows from `seed`, so that it is the same each time.
fn free_id(id: &str, seed: &str, taken: impl Fn(&str) -> bool) -> String {
    let ours = id.len() == 10 && id.chars().all(|c| ID.contains(c));
    if ours && !taken(id) {
        return id.to_owned();
    }
    let mut number = 0_u64;
    loop {
        let hash: [u8; 32] = Sha256::digest(format!("{seed} {number}").as_bytes()).into();
        let bits = hash[..8].iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
        let id = AnnotationId::from_bits(bits).as_str().to_owned();
        if !taken(&id) {
            return id;
        }
        number += 1;
    }
}

/// Who made an annotation: as the record says, where that can be said here; else the import itself.
fn origin(annotation: &Annotation, format: &str) -> Stored {
    let import = |name: &str| Stored::Import { name: name.to_owned(), confirmed_by: None };
    let Some(origin) = &annotation.origin else { return import(format) };
    let confirmed_by = origin.confirmed_by.as_ref().and_then(|name| AnnotatorName::new(name.as_str()).ok());
    let name = origin.name.clone();
    match origin.by {
        By::Person => {
            AnnotatorName::new(name.as_str()).map_or_else(|_| import(&format!("{format}: {name}")), Stored::Human)
        }
        By::Rule => Stored::Rule { name, confirmed_by, changed: false },
        By::Model => Stored::Model { name, confirmed_by, changed: false },
        By::Import => Stored::Import { name, confirmed_by },
    }
}
