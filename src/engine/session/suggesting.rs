//! What programs propose to the annotator.

use ascribe_schema::DocumentId;

use super::Session;
use crate::{Basis, Learned, Proposed, Suggestions, suggestions};

impl Session {
    /// What proposals for a document are made of as things are now: what was [`Session::propose_later`]d holds as long
    /// as it was made of the same.
    #[must_use]
    pub fn basis(&self, document: &DocumentId) -> Option<Basis> {
        Some(Basis::of(self.project.documents.get(document)?, self.set(document)))
    }

    /// Asking all programs about a document, as work for a thread, because a long text takes a moment; nothing where
    /// there is no text.
    #[must_use]
    pub fn propose_later(&self, document: &DocumentId) -> Option<impl FnOnce() -> Proposed + Send + 'static> {
        let (basis, text) = (self.basis(document)?, self.text(document)?.clone());
        let here = self.project.documents.get(document)?;
        let models: Vec<_> =
            here.suggestions.values().filter(|set| set.text_sha256 == basis.text_sha256).cloned().collect();
        Some(move || basis.propose(text, &models))
    }

    /// What is open for the annotator of what is proposed for a document, by what the project has learned so far.
    /// Cheap enough for after each edit.
    #[must_use]
    pub fn suggestions(&self, document: &DocumentId, proposed: &Proposed) -> Suggestions {
        let (Some(here), Some(basis)) = (self.project.documents.get(document), self.basis(document)) else {
            return Suggestions::default();
        };
        if basis.text_sha256 != proposed.basis().text_sha256 {
            return Suggestions::default();
        }
        let lessons = self.learned.without(Learned::of_others(here, Some(&self.annotator)));
        suggestions(proposed, self.set(document), &basis.aside, &self.project.file.scheme, &lessons)
    }

    /// Takes in what a program has just proposed for a document, in place of what it proposed before.
    pub fn put_suggestions(&mut self, set: ascribe_schema::SuggestionSet) {
        if let Some(document) = self.project.documents.get_mut(&set.document) {
            document.suggestions.insert(set.by.clone(), set);
        }
    }

    /// Counts what everybody has decided so far.
    pub(super) fn learn(&mut self) {
        self.learned = Learned::of_project(&self.project);
        // Nobody's answers are in `gold`, which repeats them.
        let own = self.sets.values().filter(|_| !self.annotator.is_gold());
        own.for_each(|set| self.learned.note_state(set.state()));
    }
}
