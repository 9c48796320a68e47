//! A project as it was read: from a folder or a bundle, with everything that is wrong with it.

mod load;
mod papers;
mod suggested;
mod tree;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use ascribe_schema::{
    AnnotationSet, AnnotatorName, CommentSet, DecisionSet, DocumentId, Problem, Severity, Span, SuggestionSet, Text,
};

pub(crate) use self::tree::Stamps;
pub use self::{
    load::{default_scheme, load, stored_text},
    tree::{OpenError, Tree},
};
use crate::Part;

/// A whole project in memory.
#[derive(Clone, Debug)]
pub struct Project {
    /// Where it is.
    pub place: Place,
    /// Its title, scheme, guidelines and people.
    pub file: ascribe_schema::Project,
    /// Its documents.
    pub documents: BTreeMap<DocumentId, Document>,
    /// Everything that is wrong with it, the worst first.
    pub problems: Vec<Problem>,
    /// What its files looked like when they were read.
    pub(crate) stamps: Stamps,
}

/// Where a project is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a folder, which can be worked in.
    Folder(PathBuf),
    /// In one file, which can be read.
    Bundle(PathBuf),
}

/// A document with its newest text and everyone's sets.
#[derive(Clone, Debug)]
pub struct Document {
    /// What is known of it.
    pub record: ascribe_schema::Document,
    /// Its newest text; nothing when that is missing or unreadable.
    pub text: Option<Arc<Text>>,
    /// Whether the text is the one that the record names by its hash.
    pub genuine: bool,
    /// Its older texts by their hash, as far as sets need them.
    pub older: BTreeMap<String, Arc<Text>>,
    /// What in each of these texts is probably not the article, by its hash.
    pub older_paratext: BTreeMap<String, Vec<Span>>,
    /// The annotation sets, by annotator; `gold` among them.
    pub sets: BTreeMap<AnnotatorName, StoredSet>,
    /// What was decided between annotators, by adjudicator.
    pub decisions: BTreeMap<AnnotatorName, StoredDecisions>,
    /// What people wrote about it, by writer.
    pub comments: BTreeMap<AnnotatorName, StoredComments>,
    /// What programs propose for its newest text, by program. It counts nowhere.
    pub suggestions: BTreeMap<AnnotatorName, SuggestionSet>,
}

/// One of a person's files as it was read.
#[derive(Clone, Debug)]
pub struct Stored<T> {
    /// What could be read.
    pub set: T,
    /// Whether all of the file was read, under its own name, so that writing it back loses nothing.
    pub whole: bool,
    /// Whether it may be changed: it is whole, and belongs to a text of this document that is there and genuine.
    pub writable: bool,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub file_sha256: String,
}

/// An annotation set as it was read.
pub type StoredSet = Stored<AnnotationSet>;
/// An adjudicator's decisions as they were read.
pub type StoredDecisions = Stored<DecisionSet>;
/// A writer's comments as they were read.
pub type StoredComments = Stored<CommentSet>;

impl Place {
    /// The folder or file.
    #[must_use]
    pub fn path(&self) -> &PathBuf {
        match self {
            Self::Folder(path) | Self::Bundle(path) => path,
        }
    }
}

impl Document {
    /// A document of which only the record is known.
    pub(crate) fn of(record: ascribe_schema::Document) -> Self {
        Self {
            record,
            text: None,
            genuine: false,
            older: BTreeMap::new(),
            older_paratext: BTreeMap::new(),
            sets: BTreeMap::new(),
            decisions: BTreeMap::new(),
            comments: BTreeMap::new(),
            suggestions: BTreeMap::new(),
        }
    }

    /// The hash of the newest text, as the record has it.
    #[must_use]
    pub fn text_sha256(&self) -> &str {
        self.record.revisions.last().map_or("", |revision| &revision.text_sha256)
    }

    /// The text with that hash: the newest, or an older one that a set needs; nothing for one that is missing or
    /// that this document never had.
    #[must_use]
    pub fn text_of(&self, text_sha256: &str) -> Option<&Arc<Text>> {
        let newest = || self.text.as_ref().filter(|_| self.genuine && text_sha256 == self.text_sha256());
        self.older.get(text_sha256).or_else(newest)
    }

    /// What in the text with that hash is probably not the article; nothing for one that is not there.
    #[must_use]
    pub fn proposed(&self, text_sha256: &str) -> &[Span] {
        if text_sha256 == self.text_sha256() {
            return &self.record.paratext;
        }
        self.older_paratext.get(text_sha256).map_or(&[], Vec::as_slice)
    }

    /// Keeps an older text with what in it is probably not the article.
    pub(crate) fn keep_older(&mut self, text_sha256: String, text: Arc<Text>, paratext: Vec<Span>) {
        self.older_paratext.insert(text_sha256.clone(), paratext);
        self.older.insert(text_sha256, text);
    }
}

impl Project {
    /// The text of a document with that number, counted from 1, whether or not a set needs it.
    ///
    /// # Errors
    ///
    /// A problem, when it cannot be read or is not the one that was imported.
    pub fn text_numbered(&self, document: &DocumentId, revision: usize) -> Result<Arc<Text>, Box<Problem>> {
        let file = format!("documents/{document}.ron");
        let missing = || Box::new(Problem::new(Severity::Error, "text-missing", &*file, "there is no such text"));
        let document = self.documents.get(document).ok_or_else(missing)?;
        let wanted = revision.checked_sub(1).and_then(|index| document.record.revisions.get(index));
        let sha256 = &wanted.ok_or_else(missing)?.text_sha256;
        if let Some(text) = document.text_of(sha256) {
            return Ok(text.clone());
        }
        let unreadable = |error: OpenError| Problem::new(Severity::Error, "unreadable-file", &*file, error.to_string());
        let tree = Tree::open(self.place.path()).map_err(|error| Box::new(unreadable(error)))?;
        load::older_text(&tree, &document.record, revision)
    }

    /// Reads an older text of a document, if it has one with that hash and it is not there yet.
    pub(crate) fn load_older(&mut self, id: &DocumentId, text_sha256: &str) -> Result<(), Box<Problem>> {
        let Some(document) = self.documents.get(id) else { return Ok(()) };
        let number = document.record.revision_of(text_sha256).filter(|&number| number < document.record.newest());
        let Some(number) = number.filter(|_| !document.older.contains_key(text_sha256)) else { return Ok(()) };
        let text = self.text_numbered(id, number)?;
        if let Some(document) = self.documents.get_mut(id) {
            let paratext = crate::import::proposed(text.as_str(), &document.record.title);
            document.keep_older(text_sha256.to_owned(), text, paratext);
        }
        Ok(())
    }

    /// Takes in an annotator's sets as a window has them, in place of what was read; a document for which there is
    /// nothing loses theirs.
    pub fn put_sets(&mut self, annotator: &AnnotatorName, sets: Vec<(DocumentId, Option<AnnotationSet>)>) {
        for (id, set) in sets {
            if let Some(set) = &set {
                // An older text that cannot be read is missed where the set is used.
                let _ = self.load_older(&id, &set.text_sha256);
            }
            let Some(document) = self.documents.get_mut(&id) else { continue };
            let stored = |set| StoredSet { set, whole: true, writable: true, file_sha256: String::new() };
            match set {
                Some(set) => drop(document.sets.insert(annotator.clone(), stored(set))),
                None => drop(document.sets.remove(annotator)),
            }
        }
    }

    /// Whether anything is wrong that a person must see to.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }
}

/// The path of a set's file from the project's folder.
#[must_use]
pub fn set_path(annotator: &AnnotatorName, document: &DocumentId) -> String {
    Part::Set.path(annotator, document)
}

/// The path of a program's suggestions for a document from the project's folder.
#[must_use]
pub fn suggestions_path(program: &AnnotatorName, document: &DocumentId) -> String {
    format!("suggestions/{program}/{document}.ron")
}
