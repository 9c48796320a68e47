//! Gold that follows from the annotator's decisions while the project is open.

use std::{collections::BTreeSet, sync::Arc};

use ascribe_schema::{AnnotationSet, AnnotatorName, Decision, DocumentId, write};

use super::Session;
use crate::{
    Document, Place, Refreshed, SaveState, Stored,
    adjudicate::{GoldError, GoldWritten, NoAdjudicator, counting, gold, save_gold},
    hex_sha256, set_path,
    store::Store,
};

/// The documents of which gold is to be made anew.
#[derive(Default)]
pub(super) struct GoldDue {
    due: BTreeSet<DocumentId>,
    /// Those with gold that no decision explains: it is not written over.
    by_hand: BTreeSet<DocumentId>,
}

/// What gold of one document is made of. Making it is meant for a thread.
pub struct GoldToMake {
    store: Store,
    document: Document,
    adjudicator: AnnotatorName,
    decisions: Vec<Arc<Decision>>,
}

/// What came of making gold.
pub struct GoldMade {
    /// The document.
    pub document: DocumentId,
    /// What became of the file, or why it was not written.
    pub written: Result<GoldWritten, GoldError>,
    set: AnnotationSet,
}

impl GoldToMake {
    /// Makes it and writes it where that changes anything.
    #[must_use]
    pub fn make(self) -> GoldMade {
        let set = gold(&self.document, &self.adjudicator, &self.decisions).set;
        GoldMade { document: self.document.record.id, written: save_gold(&self.store, &set, false, false), set }
    }
}

impl GoldDue {
    pub(super) fn add(&mut self, document: &DocumentId) {
        if !self.by_hand.contains(document) {
            self.due.insert(document.clone());
        }
    }
}

impl Session {
    /// What gold is to be made of: a document about which the annotator has decided something else since it was made.
    /// Nothing until the decisions are saved, and where those of somebody else count for gold.
    pub fn gold_to_make(&mut self) -> Option<GoldToMake> {
        let Place::Folder(root) = &self.project.place else { return None };
        if self.gold_due.due.is_empty() || self.save_state() != SaveState::Saved {
            return None;
        }
        if !self.counts_for_gold() {
            self.gold_due.due.clear();
            return None;
        }
        let store = Store::at(root);
        let id = self.gold_due.due.pop_first()?;
        let mut document = self.project.documents.get(&id)?.clone();
        if let Some(set) = self.set(&id) {
            document.sets.insert(self.annotator.clone(), stored(set.state().to_file(), String::new()));
        }
        let decisions = self.papers(&id).map(|papers| papers.decisions().cloned().collect()).unwrap_or_default();
        Some(GoldToMake { store, document, adjudicator: self.annotator.clone(), decisions })
    }

    /// Takes in gold that was made; returns what is new here.
    pub fn take_gold(&mut self, made: &GoldMade) -> Refreshed {
        let mut news = Refreshed::default();
        let id = &made.document;
        let there = match &made.written {
            Ok(GoldWritten::New | GoldWritten::Changed) => {
                write(&made.set).ok().map(|text| hex_sha256(text.as_bytes()))
            }
            Ok(GoldWritten::Removed) => None,
            Ok(GoldWritten::Same) => return news,
            Err(GoldError::HandMade(_)) => {
                self.gold_due.by_hand.insert(id.clone());
                return news;
            }
            Err(GoldError::Store(_)) => return news,
        };
        let name = &made.set.annotator;
        if let Ok(writer) = &self.writer {
            writer.saver.has_written(set_path(name, id), there.clone());
        }
        if let Some(document) = self.project.documents.get_mut(id) {
            match there {
                Some(sha256) => drop(document.sets.insert(name.clone(), stored(made.set.clone(), sha256))),
                None => drop(document.sets.remove(name)),
            }
            news.others.entry(name.clone()).or_default().insert(id.clone());
        }
        news
    }

    fn counts_for_gold(&self) -> bool {
        // The annotator's own decisions are not in the project.
        match counting(&self.project) {
            Ok(name) => name == self.annotator,
            Err(NoAdjudicator::Nobody) => true,
            Err(NoAdjudicator::Several(_)) => false,
        }
    }
}

fn stored(set: AnnotationSet, file_sha256: String) -> Stored<AnnotationSet> {
    Stored { set, whole: true, writable: true, file_sha256 }
}
