//! An open project in the window: the session, and how its documents are being read.

use std::{collections::BTreeMap, sync::Arc};

use ascribe_engine::{Action, GoldMade, Session, SetState, WorkingSet};
use ascribe_schema::{Annotation, AnnotationId, AnnotatorName, DocumentId, Scheme, Span, Text};

use crate::{
    background::Job,
    command::{Entry, Room, Tab},
    figures::Figures,
    linting::Lint,
    parts::Parts,
    reading::Reading,
    reviewing::Reviewing,
    revising::{Earlier, Waiting},
    sources::SourceList,
    suggesting::Open,
    team::Team,
};

/// An open project.
pub struct Workspace {
    /// The project and the annotator's work in it.
    pub session: Session,
    /// What the window shows of it.
    pub room: Room,
    /// The document that is shown.
    pub current: Option<DocumentId>,
    /// How each document that was opened is being read.
    pub readings: BTreeMap<DocumentId, Reading>,
    /// Another annotator whose tags are shown instead of one's own, with their set of the current document.
    pub view: Option<(AnnotatorName, Option<WorkingSet>)>,
    /// An earlier text that is shown instead of the one that tags lie in.
    pub earlier: Option<Earlier>,
    /// Where tags without a place in a corrected text were and may be.
    pub waiting: Waiting,
    /// The document for which a corrected text is being chosen.
    pub revising: Option<DocumentId>,
    /// Where the parts of the window are.
    pub parts: Parts,
    /// What the left side shows.
    pub left: Left,
    /// What lint finds.
    pub lint: Lint,
    /// The list of sources.
    pub sources: SourceList,
    /// What is compared and decided.
    pub reviewing: Reviewing,
    /// Gold that is being made of what was decided.
    pub(crate) gold: Option<Job<GoldMade>>,
    /// How alike annotators worked.
    pub figures: Figures,
    /// Who does what.
    pub team: Team,
    /// Words to show only some documents in the list.
    pub filter: String,
    /// A value or note that is being typed and not yet part of the set.
    pub draft: Option<Draft>,
    /// All commands with their keys, for hints.
    pub entries: Arc<Vec<Entry>>,
    /// Whether characters that cannot be seen are shown, and not only those that change an order.
    pub all_signs: bool,
    /// Whether suggestions are shown.
    pub suggestions: bool,
    /// Whether this person has been told that their latest work is not saved.
    pub warned: bool,
}

/// What the left side shows, and how.
#[derive(Clone, Copy, Debug, Default)]
pub struct Left {
    /// Which of its lists.
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
            room: Room::default(),
            current: None,
            readings: BTreeMap::new(),
            view: None,
            earlier: None,
            waiting: Waiting::default(),
            revising: None,
            parts: Parts::default(),
            left: Left::default(),
            lint: Lint::default(),
            sources: SourceList::default(),
            reviewing: Reviewing::default(),
            gold: None,
            figures: Figures::default(),
            team: Team::default(),
            filter: String::new(),
            draft: None,
            entries: Arc::default(),
            all_signs: false,
            suggestions: true,
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
        self.current = Some(document.clone());
        let viewed = self.view.take().map(|(name, _)| name);
        self.look_at(viewed);
        if let Some(reading) = self.reading_mut() {
            reading.wants_keys = true;
            reading.offers.look_again();
        }
    }

    /// Shows the tags of another annotator, or one's own.
    pub fn look_at(&mut self, annotator: Option<AnnotatorName>) {
        let others = annotator.filter(|name| name != self.session.annotator() && !self.hides(name));
        self.view = others.map(|name| {
            let stored = self.document().and_then(|document| document.sets.get(&name));
            // On a text that is not there, nothing lies where it should.
            let lost = |stored: &&ascribe_engine::StoredSet| self.is_on_lost_text(&stored.set.text_sha256);
            let stored = stored.filter(|stored| !lost(stored));
            let set = stored.map(|stored| WorkingSet::new(SetState::from_file(stored.set.clone())));
            (name, set)
        });
        self.earlier = None;
        self.fit_text();
        if let Some(reading) = self.reading_mut() {
            (reading.focus, reading.tie_from) = (None, None);
        }
    }

    /// Whether a set belongs to an earlier text of the shown document that cannot be read.
    fn is_on_lost_text(&self, text_sha256: &str) -> bool {
        let known = |document: &ascribe_engine::Document| document.record.revision_of(text_sha256).is_some();
        self.document().is_some_and(|document| {
            known(document) && document.text_sha256() != text_sha256 && document.text_of(text_sha256).is_none()
        })
    }

    /// The text that is shown: the one that the shown tags lie in, or an earlier one that was asked for.
    #[must_use]
    pub fn shown_text(&self) -> Option<&Arc<Text>> {
        let newest = || self.document()?.text.as_ref();
        match (&self.earlier, &self.view) {
            (Some(earlier), _) => Some(&earlier.text),
            (None, Some((_, Some(set)))) => self.document()?.text_of(set.state().text_sha256()).or_else(newest),
            (None, Some((_, None))) => newest(),
            (None, None) => self.session.text(self.current.as_ref()?),
        }
    }

    /// The number of the text that is shown, counted from 1.
    #[must_use]
    pub fn shown_number(&self) -> Option<usize> {
        let document = self.document()?;
        if let Some(earlier) = &self.earlier {
            return Some(earlier.number);
        }
        let set = self.shown_set().map(|set| set.state().text_sha256());
        set.and_then(|sha256| document.record.revision_of(sha256)).or(Some(document.record.newest()))
    }

    /// Whether the text that is shown is the newest.
    #[must_use]
    pub fn shows_newest(&self) -> bool {
        self.document().is_none_or(|document| self.shown_number() == Some(document.record.newest()))
    }

    /// What the program thinks is not the article, in the text that is shown.
    #[must_use]
    pub fn paratext(&self) -> &[Span] {
        let shown = self.document().zip(self.shown_number());
        let revision = shown.and_then(|(document, number)| document.record.revisions.get(number.checked_sub(1)?));
        let shown = shown.zip(revision).map(|((document, _), revision)| document.proposed(&revision.text_sha256));
        shown.unwrap_or(&[])
    }

    /// Begins to read another text of the shown document, if that is what is shown by now.
    pub fn fit_text(&mut self) {
        let (Some(current), Some(text)) = (self.current.clone(), self.shown_text().cloned()) else { return };
        let same = self.readings.get(&current).is_some_and(|reading| Arc::ptr_eq(reading.pane.text(), &text));
        if !same {
            self.readings.insert(current, Reading::new(text));
        }
    }

    /// Shows an earlier text, with the tags that wait in it.
    pub fn show_earlier(&mut self, earlier: Earlier) {
        self.earlier = Some(earlier);
        self.fit_text();
    }

    /// Shows the text that tags lie in again.
    pub fn leave_earlier(&mut self) {
        self.earlier = None;
        self.fit_text();
    }

    /// One's own set of the shown document.
    #[must_use]
    pub fn own_set(&self) -> Option<&WorkingSet> {
        self.session.set(self.current.as_ref()?)
    }

    /// The document that is shown.
    #[must_use]
    pub fn document(&self) -> Option<&ascribe_engine::Document> {
        self.session.project().documents.get(self.current.as_ref()?)
    }

    /// How the shown document is being read.
    #[must_use]
    pub fn reading(&self) -> Option<&Reading> {
        match self.room {
            Room::Review => self.reviewing.reading(),
            _ => self.readings.get(self.current.as_ref()?),
        }
    }

    /// How the shown document is being read.
    pub fn reading_mut(&mut self) -> Option<&mut Reading> {
        match self.room {
            Room::Review => self.reviewing.reading_mut(),
            _ => self.readings.get_mut(self.current.as_ref()?),
        }
    }

    /// The set whose tags are shown: one's own, or another annotator's.
    #[must_use]
    pub fn shown_set(&self) -> Option<&WorkingSet> {
        if let Some(earlier) = &self.earlier {
            return Some(&earlier.set);
        }
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

    /// The suggestion in focus, among all that are open.
    #[must_use]
    pub fn suggestion(&self) -> Option<(&Arc<Open>, &Arc<Annotation>)> {
        let reading = self.reading()?;
        Some((reading.offers.open()?, reading.suggestion()?))
    }

    /// Whether the tags that are shown may be changed; if not, why.
    #[must_use]
    pub fn read_only(&self) -> Option<String> {
        if self.room != Room::Read {
            return Some("your own tags are changed where the article is read".to_owned());
        }
        if self.earlier.is_some() {
            return Some("this is an earlier text; go back to the newest to change anything".to_owned());
        }
        if let Some((name, _)) = &self.view {
            return Some(format!("these are {name}'s tags; go back to yours to change anything"));
        }
        self.session.read_only(self.current.as_ref()).map(|reason| reason.to_string())
    }
}
