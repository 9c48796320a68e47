//! The records of a project: whose, of which documents, and what of them.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use ascribe_schema::{AnnotationSet, AnnotatorName, DocumentId, GOLD, Origin as Stored, Progress, Span, Text};

use super::{Account, Annotation, By, DatasetError, Kind, Meta, Origin, Record, Relation, Told, Work, Works, misfit};
use crate::{Document, Project, lies_in, paratext};

/// How many documents are one work.
const AT_ONCE: usize = 16;

/// What is left out because something is wrong with the project.
const BROKEN: [&str; 3] = [
    "the text that was annotated is missing or was changed",
    "its offsets do not fit the text; see `check`",
    "an end of it is missing in the project",
];

/// Whether anything was left out because something is wrong with the project.
#[must_use]
pub fn needs_a_person(account: &Account) -> bool {
    account.losses().any(|(_, _, reason, _)| BROKEN.contains(&reason))
}

/// Whose annotations are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Chosen {
    /// The only annotator's; where there are several, somebody must choose.
    #[default]
    Only,
    /// Everybody's, each as a record of its own, without the adjudicated ones.
    All,
    /// These annotators'.
    Named(Vec<AnnotatorName>),
    /// What was adjudicated.
    Gold,
}

/// What of a project becomes records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Whose.
    pub chosen: Chosen,
    /// Only these documents; all if empty.
    pub documents: Vec<DocumentId>,
    /// Only annotations with these labels; all if empty.
    pub labels: Vec<String>,
    /// Only sets that their annotators have marked as finished.
    pub finished: bool,
    /// Also annotations that lie in what is not the article.
    pub paratext: bool,
}

impl Selection {
    /// The annotators that are meant.
    ///
    /// # Errors
    ///
    /// When there are several and none is chosen, or a chosen one or a document is not there.
    pub fn annotators(&self, project: &Project) -> Result<BTreeSet<AnnotatorName>, DatasetError> {
        let all = project.documents.values().flat_map(|document| document.sets.keys().cloned());
        let all: BTreeSet<AnnotatorName> = all.collect();
        let people: BTreeSet<_> = all.iter().filter(|name| !name.is_gold()).cloned().collect();
        let list =
            |names: &BTreeSet<AnnotatorName>| names.iter().map(AnnotatorName::as_str).collect::<Vec<_>>().join(", ");
        if let Some(missing) = self.documents.iter().find(|id| !project.documents.contains_key(id)) {
            return Err(DatasetError::Options(format!("there is no document `{missing}` in the project")));
        }
        let chosen = match &self.chosen {
            Chosen::All => people,
            Chosen::Gold => all.into_iter().filter(|name| name.as_str() == GOLD).collect(),
            Chosen::Named(names) => {
                if let Some(missing) = names.iter().find(|name| !all.contains(name)) {
                    let known = list(&all);
                    let message = format!("`{missing}` has annotated nothing in this project; there are: {known}");
                    return Err(DatasetError::Options(message));
                }
                names.iter().cloned().collect()
            }
            Chosen::Only if all.len() > 1 => {
                let message = format!(
                    "several people have annotated: {}; choose with --annotator NAME, --gold or --all",
                    list(&all)
                );
                return Err(DatasetError::Options(message));
            }
            Chosen::Only => all,
        };
        if chosen.is_empty() {
            let what = if self.chosen == Chosen::Gold { "adjudicated" } else { "annotated" };
            return Err(DatasetError::Options(format!("nothing has been {what} in this project yet")));
        }
        Ok(chosen)
    }
}

/// The chosen records of a project, in the order of document and annotator.
///
/// # Errors
///
/// As [`Selection::annotators`].
pub fn records(project: &Arc<Project>, selection: &Selection) -> Result<Works, DatasetError> {
    let annotators = Arc::new(selection.annotators(project)?);
    let selection = Arc::new(selection.clone());
    let documents: Vec<_> = project.documents.keys().cloned().collect();
    let project = project.clone();
    let mut groups = documents.chunks(AT_ONCE).map(<[_]>::to_vec).collect::<Vec<_>>().into_iter();
    Ok(Box::new(std::iter::from_fn(move || {
        let group = groups.next()?;
        let (project, selection, annotators) = (project.clone(), selection.clone(), annotators.clone());
        let work: Work = Box::new(move |told| {
            let mut found = Vec::new();
            for id in group {
                if let Some(document) = project.documents.get(&id) {
                    of_document(document, &selection, &annotators, told, &mut found);
                }
            }
            found
        });
        Some(work)
    })))
}

/// For each document that will be written, its rarest label, so that a split can give each part its share of all.
///
/// # Errors
///
/// As [`Selection::annotators`].
pub fn strata(project: &Arc<Project>, selection: &Selection) -> Result<Vec<(String, String)>, DatasetError> {
    let (mut told, mut labels) = (Told::default(), BTreeMap::<String, BTreeSet<String>>::new());
    for work in records(project, selection)? {
        for record in work(&mut told) {
            let used = labels.entry(record.id).or_default();
            used.extend(record.annotations.into_iter().map(|annotation| annotation.label));
        }
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    labels.values().flatten().for_each(|label| *counts.entry(label).or_default() += 1);
    let rarest = |used: &BTreeSet<String>| used.iter().min_by_key(|label| counts[label.as_str()]).cloned();
    Ok(labels.iter().map(|(id, used)| (id.clone(), rarest(used).unwrap_or_default())).collect())
}

fn of_document(
    document: &Document,
    selection: &Selection,
    annotators: &BTreeSet<AnnotatorName>,
    told: &mut Told,
    found: &mut Vec<Record>,
) {
    let id = &document.record.id;
    let mut leave_out = |reason: &'static str| told.left_out.leave_out(Kind::Document, 1, reason, || id.to_string());
    if !selection.documents.is_empty() && !selection.documents.contains(id) {
        return leave_out("it was not asked for");
    }
    let sets: Vec<_> = document.sets.iter().filter(|(name, _)| annotators.contains(name)).collect();
    if sets.is_empty() {
        return leave_out("none of the chosen annotators has begun it");
    }
    for (_, stored) in sets {
        let set = &stored.set;
        let whole = bare(document, set);
        if selection.finished && set.progress != Progress::Finished {
            told.left_out.leave_out_record(&whole, "it is not marked as finished");
            continue;
        }
        match document.text_of(&set.text_sha256) {
            Some(text) => found.push(of_set(document, set, text, selection, told)),
            None => told.left_out.leave_out_record(&whole, BROKEN[0]),
        }
    }
}

/// A set as a record without its text, with nothing left out, to be counted.
fn bare(document: &Document, set: &AnnotationSet) -> Record {
    Record { text: Arc::default(), ..whole(document, set, &Arc::default()) }
}

fn whole(document: &Document, set: &AnnotationSet, text: &Arc<Text>) -> Record {
    let annotations: Vec<_> = set.annotations.iter().map(annotation).collect();
    let places: HashMap<_, _> =
        set.annotations.iter().enumerate().map(|(at, annotation)| (&annotation.id, at)).collect();
    let relations = set.relations.iter().filter_map(|relation| {
        let (from, to) = (*places.get(&relation.from)?, *places.get(&relation.to)?);
        Some(Relation { id: relation.id.to_string(), kind: relation.kind.clone(), from, to })
    });
    Record {
        id: document.record.id.to_string(),
        text: text.clone(),
        meta: meta(document, set),
        annotator: set.annotator.to_string(),
        relations: relations.collect(),
        annotations,
    }
}

/// The record of a set, less what is not wanted.
fn of_set(
    document: &Document,
    set: &AnnotationSet,
    text: &Arc<Text>,
    selection: &Selection,
    told: &mut Told,
) -> Record {
    let mut record = whole(document, set, text);
    // A relation without its ends is an error in the file, which `check` tells.
    let broken = set.relations.len() - record.relations.len();
    told.left_out.leave_out(Kind::Relation, broken, BROKEN[2], || record.id.clone());
    let placed = |annotation: &&ascribe_schema::Annotation| set.text_of(annotation) == set.text_sha256;
    let aside = paratext(document.proposed(&set.text_sha256), set.annotations.iter().filter(placed));
    let why = |stored: &ascribe_schema::Annotation| -> Option<&'static str> {
        if !placed(&stored) {
            return Some("it waits for a place in a corrected text");
        }
        if misfit(text, &stored.spans).is_some() {
            return Some(BROKEN[1]);
        }
        if !selection.labels.is_empty() && !selection.labels.contains(&stored.label) {
            return Some("its label was not asked for");
        }
        if selection.paratext {
            return None;
        }
        if lies_in(&aside, stored) {
            return Some("it lies in what is not the article");
        }
        let marks = match stored.paratext()? {
            true => "it only marks what is not the article",
            false => "it only keeps a line in the article",
        };
        // Whoever asks for these marks by their label gets them.
        selection.labels.is_empty().then_some(marks)
    };
    let reasons: Vec<_> = set.annotations.iter().map(why).collect();
    leave_out(&record, &reasons, told);
    record.retain(|at, _| reasons[at].is_none());
    record
}

/// Counts the annotations that have a reason to be left out, and what goes with them.
fn leave_out(record: &Record, reasons: &[Option<&'static str>], told: &mut Told) {
    for (annotation, reason) in record.annotations.iter().zip(reasons) {
        let Some(reason) = *reason else { continue };
        let example = || format!("{} {}", record.id, annotation.id);
        let counts = Kind::of(annotation);
        counts.into_iter().for_each(|(kind, count)| told.left_out.leave_out(kind, count, reason, example));
    }
    for relation in &record.relations {
        if reasons[relation.from].is_some() || reasons[relation.to].is_some() {
            let example = || format!("{} {}", record.id, relation.id);
            told.left_out.leave_out(Kind::Relation, 1, "an end of it is left out", example);
        }
    }
}

fn annotation(stored: &ascribe_schema::Annotation) -> Annotation {
    let made = |by, name: &str, confirmed_by: &Option<AnnotatorName>| Origin {
        by,
        name: name.to_owned(),
        confirmed_by: confirmed_by.as_ref().map(AnnotatorName::to_string),
    };
    let origin = match &stored.origin {
        Stored::Human(name) => made(By::Person, name.as_str(), &None),
        Stored::Rule { name, confirmed_by, .. } => made(By::Rule, name, confirmed_by),
        Stored::Model { name, confirmed_by, .. } => made(By::Model, name, confirmed_by),
        Stored::Import { name, confirmed_by } => made(By::Import, name, confirmed_by),
    };
    let mut spans: Vec<Span> = stored.spans.clone();
    spans.sort_unstable();
    Annotation {
        id: stored.id.to_string(),
        label: stored.label.clone(),
        spans,
        attributes: stored.attributes.clone(),
        note: stored.note.clone(),
        origin: Some(origin),
        created: stored.created.clone(),
    }
}

fn meta(document: &Document, set: &AnnotationSet) -> Meta {
    let record = &document.record;
    let progress = if set.progress == Progress::Finished { "finished" } else { "in_progress" };
    let fields = [
        ("title", record.title.as_str()),
        ("url", &record.url),
        ("publisher", &record.publisher),
        ("byline", &record.byline),
        ("dateline", &record.dateline),
        ("published", &record.published),
        ("language", &record.language),
        ("text_sha256", &set.text_sha256),
        ("progress", progress),
    ];
    let filled = fields.into_iter().filter(|(_, value)| !value.is_empty());
    filled.map(|(name, value)| (name.to_owned(), value.into())).collect()
}
