//! Corrected texts in the window: what became of the tags, which of them wait for a place, and the earlier texts.

mod report;
mod waiting;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use ascribe_engine::{Moved, Options, Origin, Reader, Session, SetState, Source, WorkingSet, hex_sha256, revised};
use ascribe_engine::{ReviseError, store::Store};
use ascribe_schema::{AnnotationId, AnnotationSet, Document, DocumentId, FORMAT, Progress, Text};
use egui::Context;

use crate::{background::Job, text::isolated};

pub(crate) use self::report::counts;
pub use self::report::{Report, ui as report_ui};
pub(crate) use self::waiting::{list_ui, place_ui};

/// An earlier text that is shown, with those of the tags that wait in it.
pub struct Earlier {
    /// Its number, counted from 1.
    pub number: usize,
    /// The text.
    pub text: Arc<Text>,
    /// The tags that count in it.
    pub set: WorkingSet,
}

impl Earlier {
    /// Reads the text of a document with that number.
    ///
    /// # Errors
    ///
    /// When it is missing or not the one that was imported, in words.
    pub fn read(session: &Session, document: &DocumentId, number: usize) -> Result<Self, String> {
        let text = session.project().text_numbered(document, number);
        let text = text.map_err(|problem| format!("This text cannot be shown: {}.", problem.message))?;
        let text_sha256 = hex_sha256(text.as_str().as_bytes());
        let waiting = session.set(document).into_iter().flat_map(WorkingSet::waiting);
        let here = waiting.filter(|annotation| annotation.text_sha256 == text_sha256);
        let set = AnnotationSet {
            format: FORMAT,
            document: document.clone(),
            text_sha256: text_sha256.clone(),
            annotator: session.annotator().clone(),
            progress: Progress::InProgress,
            annotations: here.map(|annotation| annotation.as_ref().clone()).collect(),
            relations: Vec::new(),
            rejected: Vec::new(),
            conflicts: Vec::new(),
        };
        Ok(Self { number, text, set: WorkingSet::new(SetState::from_file(set)) })
    }
}

/// Where waiting tags were and may be, as far as that has been worked out.
#[derive(Default)]
pub struct Waiting {
    /// The newest text that it was worked out for, by its hash.
    text_sha256: String,
    found: BTreeMap<AnnotationId, Moved>,
    job: Option<Job<Vec<Moved>>>,
}

impl Waiting {
    /// What is known of a waiting tag; nothing yet while it is being worked out.
    #[must_use]
    pub fn of(&self, id: &AnnotationId) -> Option<&Moved> {
        self.found.get(id)
    }

    /// Works out what is not known, on a thread: a long text takes a moment.
    pub(crate) fn prepare(&mut self, ctx: &Context, session: &Session, document: &DocumentId) {
        let Some((set, here)) = session.set(document).zip(session.project().documents.get(document)) else { return };
        if self.text_sha256 != here.text_sha256() {
            *self = Self { text_sha256: here.text_sha256().to_owned(), ..Self::default() };
            let told = session.moved(document).into_iter().flat_map(|report| report.waiting());
            self.found.extend(told.map(|moved| (moved.id.clone(), moved.clone())));
        }
        if let Some(job) = self.job.take() {
            match job.poll() {
                Ok(None) => self.job = Some(job),
                Ok(Some(found)) => self.found.extend(found.into_iter().map(|moved| (moved.id.clone(), moved))),
                Err(_) => {}
            }
        } else if set.waiting().any(|annotation| !self.found.contains_key(&annotation.id)) {
            let work = session.waiting_later(document);
            self.job = work.map(|work| Job::start(ctx, move |_| work()));
        }
    }
}

/// A corrected text that was written, and what a person should know of it.
pub struct Corrected {
    /// The record with the new text.
    pub document: Document,
    /// The text.
    pub text: String,
    /// What a person should know, each a sentence.
    pub notes: Vec<String>,
}

/// Reads a corrected article and writes it as the newest text of a document; `program` reads risky files in a
/// process of its own.
///
/// # Errors
///
/// When it cannot be read, or is no new text of this document; in words.
pub fn correct(
    project: &Path,
    record: &Document,
    article: PathBuf,
    program: Option<&Path>,
) -> Result<Corrected, String> {
    let source = Source::File(article);
    let refused = |reason: String| format!("{} was not taken: {reason}", source.file_name());
    let bytes = source.bytes().map_err(|reason| refused(reason.to_string()))?;
    let (name, origin_hash) = (source.file_name(), hex_sha256(&bytes));
    let articles = Reader::new(program).read(&name, &bytes, &Options::default(), &|| false);
    let mut articles = articles.map_err(|reason| refused(reason.to_string()))?;
    if articles.len() != 1 {
        return Err(refused(format!("it holds {} articles; a corrected text is one", articles.len())));
    }
    let article = articles.remove(0);
    let doubts = article.doubts.iter().map(|doubt| format!("{}.", doubt.message));
    let mut notes: Vec<_> = doubts.collect();
    let origin = Origin { file_name: name, file_sha256: origin_hash };
    let change = revised(record, article, &origin, &ascribe_cli::now()).map_err(|reason| match reason {
        ReviseError::Same => "The article has exactly this text already: nothing was changed.".to_owned(),
        older => refused(older.to_string()),
    })?;
    Store::at(project).add_revision(record, &change).map_err(|reason| refused(reason.to_string()))?;
    let differs = change.differs.iter().map(|differing| {
        let (old, new) = (isolated(&differing.old), isolated(&differing.new));
        format!("The {} stays “{old}”; the corrected article says “{new}”.", differing.field)
    });
    notes.extend(differs);
    Ok(Corrected { document: change.document, text: change.text, notes })
}
