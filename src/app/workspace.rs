//! An open project in the window: the session, and how its documents are being read.

use std::{collections::BTreeMap, sync::Arc};

use ascribe_engine::{Action, Session, SetState, WorkingSet};
use ascribe_schema::{Annotation, AnnotationId, AnnotatorName, DocumentId, Scheme};

use crate::{
    command::{Entry, Tab},
    parts::Parts,
    reading::Reading,
};

/// An open project.
pub struct Workspace {
    /// The project and the annotator's work in it.
    pub session: Session,
    /// The document that is shown.
    pub current: Option<DocumentId>,
    /// How each document that was opened is being read.
    pub readings: BTreeMap<DocumentId, Reading>,
    /// Another annotator whose tags are shown instead of one's own, with their set of the current document.
    pub view: Option<(AnnotatorName, Option<WorkingSet>)>,
    /// Where the parts of the window are.
    pub parts: Parts,
    /// What the left side shows.
    pub left: Left,
    /// Words to show only some documents in the list.
    pub filter: String,
    /// A value or note that is being typed and not yet part of the set.
    pub draft: Option<Draft>,
    /// All commands with their keys, for hints.
    pub entries: Arc<Vec<Entry>>,
    /// Whether characters that cannot be seen are shown, and not only those that change an order.
    pub all_signs: bool,
    /// Whether this person has been told that their latest work is not saved.
    pub warned: bool,
}

/// What the left side shows, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Left {
    /// Which of its two lists.
    pub tab: Tab,
    /// Whether it should get the keyboard.
    pub wants_keys: bool,
}

/// Text that is being typed for an annotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The document, which may no longer be the one that is shown when the typing ends.
    pub document: DocumentId,
    /// The annotation.
    pub id: AnnotationId,
    /// The attribute's name; none for the note.
    pub attribute: Option<String>,
    /// What has been typed.
    pub text: String,
    /// When the last letter was typed, in seconds of the window's clock.
    pub time: f64,
}

impl Draft {
    /// What makes the typed text part of the set; white space at its ends only while the typing goes on.
    #[must_use]
    pub fn action(self, finished: bool) -> Action {
        let text = if finished { self.text.trim().to_owned() } else { self.text };
        match self.attribute {
            Some(name) => Action::SetAttribute { id: self.id, name, value: (!text.is_empty()).then_some(text) },
            None => Action::SetNote(self.id, text),
        }
    }
}

impl Workspace {
    /// Shows the first document on which work has not been finished, or else the first.
    #[must_use]
    pub fn new(session: Session) -> Self {
        let mut workspace = Self {
            session,
            current: None,
            readings: BTreeMap::new(),
            view: None,
            parts: Parts::default(),
            left: Left::default(),
            filter: String::new(),
            draft: None,
            entries: Arc::default(),
            all_signs: false,
            warned: false,
        };
        let documents = &workspace.session.project().documents;
        let assigned = |id: &&DocumentId| {
            let assigned = workspace.session.project().file.assignments.get(*id);
            assigned.is_some_and(|names| !names.is_empty())
        };
        let first = documents.keys().find(assigned).or_else(|| documents.keys().next()).cloned();
        if let Some(first) = first {
            workspace.open(&first);
        }
        workspace
    }

    /// The project's scheme.
    #[must_use]
    pub fn scheme(&self) -> &Scheme {
        &self.session.project().file.scheme
    }

    /// Shows a document.
    pub fn open(&mut self, document: &DocumentId) {
        if !self.session.project().documents.contains_key(document) {
            return;
        }
        if let Some(text) = self.session.text(document).cloned() {
            let reading = self.readings.entry(document.clone()).or_insert_with(|| Reading::new(text));
            reading.wants_keys = true;
        }
        self.current = Some(document.clone());
        let viewed = self.view.take().map(|(name, _)| name);
        self.look_at(viewed);
    }

    /// Shows the tags of another annotator, or one's own.
    pub fn look_at(&mut self, annotator: Option<AnnotatorName>) {
        let others = annotator.filter(|name| name != self.session.annotator());
        self.view = others.map(|name| {
            let stored = self.document().and_then(|document| document.sets.get(&name));
            let set = stored.map(|stored| WorkingSet::new(SetState::from_file(stored.set.clone())));
            (name, set)
        });
        if let Some(reading) = self.reading_mut() {
            (reading.focus, reading.tie_from) = (None, None);
        }
    }

    /// The document that is shown.
    #[must_use]
    pub fn document(&self) -> Option<&ascribe_engine::Document> {
        self.session.project().documents.get(self.current.as_ref()?)
    }

    /// How the shown document is being read.
    #[must_use]
    pub fn reading(&self) -> Option<&Reading> {
        self.readings.get(self.current.as_ref()?)
    }

    /// How the shown document is being read.
    pub fn reading_mut(&mut self) -> Option<&mut Reading> {
        self.readings.get_mut(self.current.as_ref()?)
    }

    /// The set whose tags are shown: one's own, or another annotator's.
    #[must_use]
    pub fn shown_set(&self) -> Option<&WorkingSet> {
        match &self.view {
            Some((_, set)) => set.as_ref(),
            None => self.session.set(self.current.as_ref()?),
        }
    }

    /// The annotation in focus.
    #[must_use]
    pub fn focused(&self) -> Option<&Arc<Annotation>> {
        self.shown_set()?.annotation(self.reading()?.focus.as_ref()?)
    }

    /// Whether the tags that are shown may be changed; if not, why.
    #[must_use]
    pub fn read_only(&self) -> Option<String> {
        if let Some((name, _)) = &self.view {
            return Some(format!("these are {name}'s tags; go back to yours to change anything"));
        }
        self.session.read_only(self.current.as_ref()).map(|reason| reason.to_string())
    }
}
