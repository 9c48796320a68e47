//! Counts over a project: documents, progress, labels, attributes, relations.

use std::collections::BTreeMap;

use ascribe_schema::{Annotation, AnnotationSet, AnnotatorName, DocumentId, Progress};
use serde::Serialize;

use crate::{Document, Project, lies_in, paratext};

/// Counts over a whole project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// The project's title.
    pub title: String,
    /// One entry a document, by id.
    pub documents: Vec<DocumentStats>,
    /// Counts over all documents, by annotator; `gold` among them.
    pub annotators: BTreeMap<AnnotatorName, Counts>,
}

/// Counts of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentStats {
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// The length of its text in Unicode scalar values; none when the text is missing.
    pub characters: Option<u32>,
    /// The words of its text, by UAX #29.
    pub words: usize,
    /// Counts by annotator.
    pub sets: BTreeMap<AnnotatorName, Counts>,
}

/// Counts of one annotator's work, in one document or in all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Sets marked as finished.
    pub finished: usize,
    /// Sets not yet finished.
    pub in_progress: usize,
    /// All annotations of the article; those in what is not the article are counted in `paratext` only.
    pub annotations: usize,
    /// Annotations that have no place in the text, because it was corrected, and wait for a person; they are counted
    /// here only.
    pub waiting: usize,
    /// Annotations that are left out of all other numbers, because they lie in what is not the article.
    pub paratext: usize,
    /// Annotations by label.
    pub labels: BTreeMap<String, usize>,
    /// Annotations by `label.attribute`, then by value.
    pub attributes: BTreeMap<String, BTreeMap<String, usize>>,
    /// Relations by type, of all annotations.
    pub relations: BTreeMap<String, usize>,
}

/// Counts everything in `project`.
#[must_use]
pub fn stats(project: &Project) -> Stats {
    let mut stats = Stats { title: project.file.title.clone(), ..Stats::default() };
    for (id, document) in &project.documents {
        let sets: BTreeMap<_, _> =
            document.sets.iter().map(|(name, stored)| (name.clone(), Counts::of(&stored.set, document))).collect();
        for (name, counts) in &sets {
            stats.annotators.entry(name.clone()).or_default().add(counts);
        }
        let text = document.text.as_deref();
        stats.documents.push(DocumentStats {
            id: id.clone(),
            title: document.record.title.clone(),
            characters: text.map(|text| text.len().0),
            words: text.map_or(0, |text| crate::segment::words(text.as_str()).count()),
            sets,
        });
    }
    stats
}

impl Counts {
    fn of(set: &AnnotationSet, document: &Document) -> Self {
        let mut counts = Self { waiting: set.waiting().count(), ..Self::default() };
        let proposed = document.proposed(&set.text_sha256);
        let placed = |annotation: &Annotation| set.text_of(annotation) == set.text_sha256;
        // What waits for a place lies in no text, and is counted by itself.
        let here = || set.annotations.iter().filter(|annotation| placed(annotation));
        let aside = paratext(proposed, here());
        match set.progress {
            Progress::Finished => counts.finished = 1,
            Progress::InProgress => counts.in_progress = 1,
        }
        for annotation in here() {
            if lies_in(&aside, annotation) {
                counts.paratext += 1;
                continue;
            }
            // That somebody kept a line in the article is no mark on it.
            if annotation.paratext() == Some(false) {
                continue;
            }
            counts.annotations += 1;
            *counts.labels.entry(annotation.label.clone()).or_default() += 1;
            for (name, value) in &annotation.attributes {
                let values = counts.attributes.entry(format!("{}.{name}", annotation.label)).or_default();
                *values.entry(value.clone()).or_default() += 1;
            }
        }
        for relation in &set.relations {
            *counts.relations.entry(relation.kind.clone()).or_default() += 1;
        }
        counts
    }

    fn add(&mut self, other: &Self) {
        self.finished += other.finished;
        self.in_progress += other.in_progress;
        self.annotations += other.annotations;
        self.waiting += other.waiting;
        self.paratext += other.paratext;
        add(&mut self.labels, &other.labels);
        add(&mut self.relations, &other.relations);
        for (name, values) in &other.attributes {
            add(self.attributes.entry(name.clone()).or_default(), values);
        }
    }
}

fn add(sums: &mut BTreeMap<String, usize>, counts: &BTreeMap<String, usize>) {
    for (name, count) in counts {
        *sums.entry(name.clone()).or_default() += count;
    }
}
