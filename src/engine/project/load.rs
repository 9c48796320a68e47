//! Reading a project: whatever can be read is read, and everything else is a problem with a place.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    io,
    sync::Arc,
};

use ascribe_schema::{
    AnnotationSet, AnnotatorName, DocumentId, FORMAT, Problem, Scheme, Severity, Text, check_scheme, check_set, read,
    read_set,
};

use super::{Document, Project, StoredSet, Tree, set_path};
use crate::{Part, hex_sha256, lint::check_off, merge::open_conflicts, model, snap::cuts_cluster};

/// The largest text that offsets can count, in bytes.
const LARGEST: usize = u32::MAX as usize;

/// The scheme that new projects start from.
#[must_use]
pub fn default_scheme() -> Scheme {
    // The file is part of the program, and a test reads it; an empty scheme would only lack labels.
    read::<Scheme>(Scheme::DEFAULT_RON.as_bytes(), "default.ron").map(|read| read.value).unwrap_or_default()
}

/// Reads a whole project. It never fails: what cannot be read is among the problems.
#[must_use]
pub fn load(tree: &Tree) -> Project {
    let mut problems = Vec::new();
    // First, so that what changes meanwhile counts as changed since.
    let stamps = tree.stamps().unwrap_or_default();
    let file = load_project_file(tree, &mut problems);
    let mut documents = BTreeMap::new();
    let names = names(tree, "documents", &mut problems);
    problems.extend(names.iter().filter(|name| is_stray(name, &names)).map(|name| stray_text(name)));
    for name in names {
        if let Some(stem) = name.strip_suffix(".ron")
            && let Some((id, document)) = load_document(tree, stem, &mut problems)
        {
            documents.insert(id, document);
        }
    }
    load_sets(tree, &mut documents, &file.scheme, &mut problems);
    super::papers::load_papers(tree, &mut documents, &file.scheme, &mut problems);
    super::suggested::load_suggestions(tree, &mut documents, &mut problems);
    problems.sort_by_key(|problem| Reverse(problem.severity));
    Project { place: tree.place(), file, documents, problems, stamps }
}

pub(super) fn error(rule: &'static str, file: impl Into<String>, message: impl Into<String>) -> Problem {
    Problem::new(Severity::Error, rule, file, message)
}

pub(super) fn unreadable(file: &str, reason: &io::Error) -> Problem {
    error("unreadable-file", file, reason.to_string()).hint("restore the file from a copy, or check its permissions")
}

pub(super) fn names(tree: &Tree, folder: &str, problems: &mut Vec<Problem>) -> Vec<String> {
    tree.names(folder).unwrap_or_else(|reason| {
        problems.push(unreadable(folder, &reason));
        Vec::new()
    })
}

fn load_project_file(tree: &Tree, problems: &mut Vec<Problem>) -> ascribe_schema::Project {
    const FILE: &str = "project.ron";
    let bytes = tree.read(FILE).map_err(|reason| Box::new(unreadable(FILE, &reason)));
    match bytes.and_then(|bytes| read::<ascribe_schema::Project>(&bytes, FILE)) {
        Ok(read) => {
            problems.extend(read.problems);
            problems.extend(check_scheme(&read.value.scheme, FILE));
            problems.extend(model::problems(&read.value.models, FILE));
            problems.extend(check_off(&read.value.lint_off, FILE));
            problems.extend(open_conflicts(&read.value.conflicts, FILE));
            read.value
        }
        Err(problem) => {
            problems.push(*problem);
            let hint = "the default labels are shown until project.ron can be read";
            problems.push(Problem::new(Severity::Note, "default-scheme", FILE, hint));
            let title = tree.place().path().file_name().map(|name| name.to_string_lossy().into_owned());
            ascribe_schema::Project {
                format: FORMAT,
                title: title.unwrap_or_default(),
                scheme: default_scheme(),
                ..ascribe_schema::Project::default()
            }
        }
    }
}

/// Whether that is a text, of whatever revision, of which there is no record, not even one that is broken.
fn is_stray(name: &str, names: &[String]) -> bool {
    let record = |id: &str| names.binary_search(&format!("{id}.ron")).is_ok();
    name.strip_suffix(".txt").is_some_and(|stem| !record(stem.split('.').next().unwrap_or(stem)))
}

fn stray_text(name: &str) -> Problem {
    let message = "this text has no record, so it is no document of the project";
    let hint = "restore its record from a copy; or add it as an article, and delete it here";
    Problem::new(Severity::Warning, "stray-file", format!("documents/{name}"), message).hint(hint)
}

fn load_document(tree: &Tree, stem: &str, problems: &mut Vec<Problem>) -> Option<(DocumentId, Document)> {
    let file = format!("documents/{stem}.ron");
    let bytes = tree.read(&file).map_err(|reason| problems.push(unreadable(&file, &reason))).ok()?;
    let record = match read::<ascribe_schema::Document>(&bytes, &file) {
        Ok(read) => {
            problems.extend(read.problems);
            read.value
        }
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    };
    if record.id.as_str() != stem {
        let message = format!("the file says that it is `{}`", record.id);
        problems.push(error("wrong-name", &file, message).hint("rename the file, or mend the id in it"));
        return None;
    }
    let text_file = format!("documents/{}", record.text_file(record.newest()));
    let text = load_text(tree, &text_file).map_err(|problem| problems.push(*problem)).ok();
    let sha256 = record.revisions.last().map(|revision| revision.text_sha256.clone()).unwrap_or_default();
    let genuine = text.as_ref().is_some_and(|text| hex_sha256(text.as_str().as_bytes()) == sha256);
    if text.is_some() && !genuine {
        let hint = "a text never changes after import: restore it from a copy; tags are shown read-only until then";
        problems.push(error("text-changed", text_file, "the text is not the one that was imported").hint(hint));
    }
    let document = Document { text: text.map(Arc::new), genuine, ..Document::of(record) };
    Some((document.record.id.clone(), document))
}

fn load_text(tree: &Tree, file: &str) -> Result<Text, Box<Problem>> {
    let bytes = tree.read(file).map_err(|reason| match reason.kind() {
        io::ErrorKind::NotFound => error("text-missing", file, "the text of this document is missing")
            .hint("restore the file from a copy; its tags are kept"),
        _ => unreadable(file, &reason),
    })?;
    if bytes.len() >= LARGEST {
        return Err(Box::new(error("text-too-large", file, "the text has 4 GiB or more")));
    }
    let content = String::from_utf8(bytes).map_err(|reason| {
        let message = format!("byte {} of the text is not UTF-8", reason.utf8_error().valid_up_to());
        error("not-utf8", file, message).hint("restore the file from a copy; its tags are kept")
    })?;
    Ok(Text::new(content))
}

/// Reads the text with that number and makes sure that it is the one that was imported.
pub(super) fn older_text(
    tree: &Tree,
    record: &ascribe_schema::Document,
    revision: usize,
) -> Result<Arc<Text>, Box<Problem>> {
    let file = format!("documents/{}", record.text_file(revision));
    let text = load_text(tree, &file)?;
    let expected = revision.checked_sub(1).and_then(|index| record.revisions.get(index));
    if expected.is_some_and(|expected| expected.text_sha256 == hex_sha256(text.as_str().as_bytes())) {
        return Ok(Arc::new(text));
    }
    let hint = "a text never changes after import: restore it from a copy; tags made on it are read-only until then";
    Err(Box::new(error("text-changed", file, "the text is not the one that was imported").hint(hint)))
}

/// The text of a document with that hash, whether or not its record names it: in the middle of a merge it may not yet.
#[must_use]
pub fn stored_text(tree: &Tree, document: &DocumentId, text_sha256: &str) -> Option<Arc<Text>> {
    let names = tree.names("documents").ok()?;
    let own = names.iter().filter(|name| {
        let rest = name.strip_prefix(document.as_str()).and_then(|rest| rest.strip_suffix("txt"));
        rest.is_some_and(|rest| rest == "." || rest.starts_with(".r"))
    });
    let texts = own.filter_map(|name| load_text(tree, &format!("documents/{name}")).ok());
    texts.into_iter().find(|text| hex_sha256(text.as_str().as_bytes()) == text_sha256).map(Arc::new)
}

/// Reads those of the needed texts that are older ones.
pub(super) fn load_older<'a>(
    tree: &Tree,
    needed: impl IntoIterator<Item = &'a str>,
    document: &mut Document,
    problems: &mut Vec<Problem>,
) {
    for sha256 in needed.into_iter().collect::<BTreeSet<_>>() {
        let number = document.record.revision_of(sha256).filter(|&number| number < document.record.newest());
        let Some(number) = number.filter(|_| !document.older.contains_key(sha256)) else { continue };
        match older_text(tree, &document.record, number) {
            Ok(text) => {
                // The record keeps only what was proposed for the newest.
                let paratext = crate::import::proposed(text.as_str(), &document.record.title);
                document.keep_older(sha256.to_owned(), text, paratext);
            }
            // Several sets may need it.
            Err(problem) if !problems.contains(&problem) => problems.push(*problem),
            Err(_) => {}
        }
    }
}

fn load_sets(
    tree: &Tree,
    documents: &mut BTreeMap<DocumentId, Document>,
    scheme: &Scheme,
    problems: &mut Vec<Problem>,
) {
    for (annotator, id) in persons_files(tree, Part::Set, problems) {
        let stored = load_set(tree, &annotator, &id, documents.get_mut(&id), scheme, problems);
        if let (Some(document), Some(stored)) = (documents.get_mut(&id), stored) {
            document.sets.insert(annotator, stored);
        }
    }
}

/// Everybody's files of one kind: whose, and about which document.
pub(super) fn persons_files(tree: &Tree, part: Part, problems: &mut Vec<Problem>) -> Vec<(AnnotatorName, DocumentId)> {
    let mut files = Vec::new();
    for folder in names(tree, part.folder(), problems) {
        let path = format!("{}/{folder}", part.folder());
        let person = match AnnotatorName::new(folder.as_str()) {
            Ok(person) => person,
            Err(reason) => {
                problems.push(error("annotator-name", path, reason.to_string()));
                continue;
            }
        };
        for name in names(tree, &path, problems) {
            match name.strip_suffix(".ron").and_then(|stem| DocumentId::new(stem).ok()) {
                Some(id) => files.push((person.clone(), id)),
                None => {
                    let message = format!("this is not the name of a file of {}", part.folder());
                    problems.push(Problem::new(Severity::Warning, "stray-file", format!("{path}/{name}"), message));
                }
            }
        }
    }
    files
}

fn load_set(
    tree: &Tree,
    annotator: &AnnotatorName,
    id: &DocumentId,
    document: Option<&mut Document>,
    scheme: &Scheme,
    problems: &mut Vec<Problem>,
) -> Option<StoredSet> {
    let file = set_path(annotator, id);
    let bytes = tree.read(&file).map_err(|reason| problems.push(unreadable(&file, &reason))).ok()?;
    let read = read_set(&bytes, &file).map_err(|problem| problems.push(*problem)).ok()?;
    let (mut set, mut whole, mut fits) = (read.value, read.complete, true);
    whole &= is_distinct(&set);
    let mut found = read.problems;
    if set.document != *id || set.annotator != *annotator {
        let message = format!("the file says that it is {}'s set of `{}`", set.annotator, set.document);
        found.push(error("wrong-name", &file, message).hint("move the file, or mend the two names in it"));
        (set.document, set.annotator, whole) = (id.clone(), annotator.clone(), false);
    }
    match document {
        None => found.push(
            error("orphan-set", &file, "there is no such document").hint("restore the document, or delete the set"),
        ),
        Some(document) => {
            let needed = set.waiting().map(|annotation| set.text_of(annotation)).chain([&*set.text_sha256]);
            load_older(tree, needed, document, &mut found);
            fits = document.text_of(&set.text_sha256).is_some();
            if set.text_sha256 != document.text_sha256() {
                found.push(other_text(&set, document, &file));
            }
            found.extend(waiting(&set, &file));
            found.extend(open_conflicts(&set.conflicts, &file));
            // Without the set's own text, the newest shows best what does not fit.
            let known = |sha256: &str| document.record.revision_of(sha256).is_some();
            let newest = |sha256: &str| document.text.as_ref().filter(|_| !is_older(sha256, document));
            let text_of = |sha256: &str| {
                let own = document.text_of(sha256).filter(|_| known(sha256)).or_else(|| newest(sha256));
                own.map(|text| &**text)
            };
            let mut wrong = check_set(&set, text_of, scheme, &file);
            wrong.extend(check_clusters(&set, text_of, &file));
            locate(&mut wrong, &bytes);
            found.extend(wrong);
        }
    }
    problems.extend(found);
    Some(StoredSet { set, whole, writable: whole && fits, file_sha256: hex_sha256(&bytes) })
}

/// Whether no two annotations, relations or rejections have one id: only the first of two would be kept.
fn is_distinct(set: &AnnotationSet) -> bool {
    let annotations: BTreeSet<_> = set.annotations.iter().map(|annotation| &annotation.id).collect();
    let relations: BTreeSet<_> = set.relations.iter().map(|relation| &relation.id).collect();
    let rejected: BTreeSet<_> = set.rejected.iter().map(|rejection| &rejection.id).collect();
    let conflicts: BTreeSet<_> = set.conflicts.iter().map(|conflict| &conflict.at).collect();
    let distinct = conflicts.len() == set.conflicts.len()
        && annotations.len() == set.annotations.len()
        && relations.len() == set.relations.len();
    distinct && rejected.len() == set.rejected.len()
}

fn is_older(text_sha256: &str, document: &Document) -> bool {
    document.record.revision_of(text_sha256).is_some_and(|number| number < document.record.newest())
}

/// Says that annotations wait for a person.
fn waiting(set: &AnnotationSet, file: &str) -> Option<Problem> {
    let count = set.waiting().count();
    let message = match count {
        0 => return None,
        1 => "1 annotation has no place in the corrected text".to_owned(),
        _ => format!("{count} annotations have no place in the corrected text"),
    };
    let hint = "open the article, and place or delete what waits";
    Some(Problem::new(Severity::Warning, "waiting", file, message).hint(hint))
}

fn other_text(set: &AnnotationSet, document: &Document, file: &str) -> Problem {
    if is_older(&set.text_sha256, document) {
        let hint = "it moves when its annotator opens the project, or, if they took that back, chooses “Move tags to \
                    the corrected text”; until then it is shown on the text it was made on";
        Problem::new(Severity::Warning, "older-text", file, "the set was made on an older text").hint(hint)
    } else {
        let hint = "it opens read-only; restore the text that it was made on";
        error("other-text", file, "the set was made on a text that this document never had").hint(hint)
    }
}

/// Spans must not cut what a reader sees as one character (UAX #29, grapheme clusters).
fn check_clusters<'a>(set: &AnnotationSet, text_of: impl Fn(&str) -> Option<&'a Text>, file: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for annotation in &set.annotations {
        let Some(text) = text_of(set.text_of(annotation)) else { continue };
        let boundaries = annotation.spans.iter().flat_map(|span| [span.start, span.end]);
        for offset in boundaries.filter(|&offset| cuts_cluster(text, offset)) {
            let message = format!("the span starts or ends at {offset}, inside one visible character");
            let hint = "move the boundary by one character in either direction";
            problems.push(error("span-cuts-character", file, message).of(&annotation.id).hint(hint));
        }
    }
    problems
}

/// Adds the line to problems of which only the id is known: annotations stand on a line of their own.
pub(super) fn locate(problems: &mut [Problem], bytes: &[u8]) {
    if problems.is_empty() {
        return;
    }
    let text = String::from_utf8_lossy(bytes);
    let mut lines = BTreeMap::new();
    for (number, line) in (1..).zip(text.lines()) {
        let id = line.trim_start().strip_prefix("(id: \"").and_then(|rest| rest.split('"').next());
        id.map(|id| lines.insert(id, number));
    }
    for problem in problems {
        let line = problem.place.id.as_deref().and_then(|id| lines.get(id).copied());
        problem.place.line = problem.place.line.or(line);
    }
}
