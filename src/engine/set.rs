//! One annotator's set of one document, in memory, ready to be changed and asked.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ascribe_schema::{
    Annotation, AnnotationId, AnnotationSet, AnnotatorName, Conflict, DocumentId, FORMAT, Progress, Rejection,
    RejectionId, Relation, RelationId, Span,
};

use crate::{Change, Density, Diff, Differences, SpanIndex, ties::Ties};

/// The content of a set: what transactions change and files hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetState {
    document: DocumentId,
    annotator: AnnotatorName,
    text_sha256: String,
    /// Whether the set exists: what has not been started has no file.
    started: bool,
    progress: Progress,
    annotations: BTreeMap<AnnotationId, Arc<Annotation>>,
    relations: BTreeMap<RelationId, Arc<Relation>>,
    rejected: BTreeMap<RejectionId, Arc<Rejection>>,
    /// By the path to what two copies changed differently.
    conflicts: BTreeMap<String, Arc<Conflict>>,
    ties: Ties,
}

/// Why a transaction does not fit a set. Nothing has been changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// Something is not as it was when the change was made.
    #[error("`{0}` has changed since")]
    Stale(String),
    /// A relation would be left without one of its ends.
    #[error("the relation `{0}` would point at a missing annotation")]
    MissingEnd(RelationId),
    /// A change has neither a before nor an after, or two different ids, or one thing changes twice.
    #[error("the change is not well formed")]
    Malformed,
}

impl SetState {
    /// The set of a document that has not been started.
    #[must_use]
    pub fn empty(document: DocumentId, annotator: AnnotatorName, text_sha256: String) -> Self {
        Self {
            document,
            annotator,
            text_sha256,
            started: false,
            progress: Progress::default(),
            annotations: BTreeMap::new(),
            relations: BTreeMap::new(),
            rejected: BTreeMap::new(),
            conflicts: BTreeMap::new(),
            ties: Ties::default(),
        }
    }

    /// Takes over a file's content. Of several things of one kind with one id the first stays.
    #[must_use]
    pub fn from_file(set: AnnotationSet) -> Self {
        let mut state = Self::empty(set.document, set.annotator, set.text_sha256);
        (state.started, state.progress) = (true, set.progress);
        for mut annotation in set.annotations {
            // Lists that were read grow in steps; of a hundred thousand, the spare room would count.
            annotation.spans.shrink_to_fit();
            annotation.text.shrink_to_fit();
            state.annotations.entry(annotation.id.clone()).or_insert_with(|| Arc::new(annotation));
        }
        for mut relation in set.relations {
            // One copy of each id is enough.
            for end in [&mut relation.from, &mut relation.to] {
                if let Some((id, _)) = state.annotations.get_key_value(end) {
                    *end = id.clone();
                }
            }
            state.relations.entry(relation.id.clone()).or_insert_with(|| Arc::new(relation));
        }
        for rejection in set.rejected {
            state.rejected.entry(rejection.id.clone()).or_insert_with(|| Arc::new(rejection));
        }
        for conflict in set.conflicts {
            state.conflicts.entry(conflict.at.clone()).or_insert_with(|| Arc::new(conflict));
        }
        state.relations.values().for_each(|relation| state.ties.add(relation));
        state
    }

    /// The file's content, in the order of files.
    #[must_use]
    pub fn to_file(&self) -> AnnotationSet {
        let mut set = AnnotationSet {
            format: FORMAT,
            document: self.document.clone(),
            text_sha256: self.text_sha256.clone(),
            annotator: self.annotator.clone(),
            progress: self.progress,
            annotations: self.annotations.values().map(|annotation| annotation.as_ref().clone()).collect(),
            relations: self.relations.values().map(|relation| relation.as_ref().clone()).collect(),
            rejected: self.rejected.values().map(|rejection| rejection.as_ref().clone()).collect(),
            conflicts: self.conflicts.values().map(|conflict| conflict.as_ref().clone()).collect(),
        };
        set.sort();
        set
    }

    /// The document that the set is about.
    #[must_use]
    pub fn document(&self) -> &DocumentId {
        &self.document
    }

    /// Whose work it is.
    #[must_use]
    pub fn annotator(&self) -> &AnnotatorName {
        &self.annotator
    }

    /// The hash of the text that the set belongs to.
    #[must_use]
    pub fn text_sha256(&self) -> &str {
        &self.text_sha256
    }

    /// The hash of the text that an annotation's spans count in.
    #[must_use]
    pub fn text_of<'a>(&'a self, annotation: &'a Annotation) -> &'a str {
        if annotation.text_sha256.is_empty() { &self.text_sha256 } else { &annotation.text_sha256 }
    }

    /// All annotations, those that wait for a place too, by id.
    pub fn annotations(&self) -> impl Iterator<Item = &Arc<Annotation>> {
        self.annotations.values()
    }

    /// All relations, by id.
    pub fn relations(&self) -> impl ExactSizeIterator<Item = &Arc<Relation>> {
        self.relations.values()
    }

    /// The suggestions that were refused, by id.
    pub fn rejected(&self) -> impl ExactSizeIterator<Item = &Arc<Rejection>> {
        self.rejected.values()
    }

    /// What two copies of the set changed differently, by the path to it.
    pub fn conflicts(&self) -> impl ExactSizeIterator<Item = &Arc<Conflict>> {
        self.conflicts.values()
    }

    /// How much another version differs, in annotations, relations and refusals.
    pub(crate) fn differences(&self, other: &Self) -> Differences {
        let annotations = Differences::between(&self.annotations, &other.annotations);
        let relations = Differences::between(&self.relations, &other.relations);
        annotations + relations + Differences::between(&self.rejected, &other.rejected)
    }

    /// Whether there is a set at all: a document of which all is undone is as if it had never been opened.
    #[must_use]
    pub fn is_started(&self) -> bool {
        self.started
    }

    /// How far its annotator has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.progress
    }

    /// Carries out `changes`, all or none.
    ///
    /// # Errors
    ///
    /// When something is not as a change expects it, or a relation would lose an end.
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), ApplyError> {
        for change in changes {
            self.check_before(change)?;
        }
        self.check_ends(changes)?;
        self.started = true;
        for change in changes {
            match change {
                Change::Start { after, .. } => self.started = *after,
                Change::Annotation(diff) => replace(&mut self.annotations, diff, |annotation| &annotation.id),
                Change::Relation(diff) => {
                    diff.before.iter().for_each(|relation| self.ties.remove(relation));
                    diff.after.iter().for_each(|relation| self.ties.add(relation));
                    replace(&mut self.relations, diff, |relation| &relation.id);
                }
                Change::Rejection(diff) => replace(&mut self.rejected, diff, |rejection| &rejection.id),
                Change::Conflict(diff) => replace(&mut self.conflicts, diff, |conflict| &conflict.at),
                Change::Decision(_) | Change::Comment(_) => {}
                Change::Text { after, .. } => self.text_sha256.clone_from(after),
                Change::Progress { after, .. } => self.progress = *after,
            }
        }
        // What holds something exists, whatever the changes say.
        let empty = self.annotations.is_empty()
            && self.relations.is_empty()
            && self.rejected.is_empty()
            && self.conflicts.is_empty();
        self.started |= !empty || self.progress != Progress::default();
        Ok(())
    }

    fn check_before(&self, change: &Change) -> Result<(), ApplyError> {
        match change {
            Change::Annotation(diff) => fits(&self.annotations, diff, |annotation| &annotation.id),
            Change::Relation(diff) => fits(&self.relations, diff, |relation| &relation.id),
            Change::Rejection(diff) => fits(&self.rejected, diff, |rejection| &rejection.id),
            Change::Conflict(diff) => fits(&self.conflicts, diff, |conflict| &conflict.at),
            // They belong to papers of their own.
            Change::Decision(_) | Change::Comment(_) => Err(ApplyError::Malformed),
            Change::Start { before, .. } if *before != self.started => Err(ApplyError::Stale("set".to_owned())),
            Change::Start { .. } => Ok(()),
            Change::Text { before, .. } if *before != self.text_sha256 => Err(ApplyError::Stale("text".to_owned())),
            Change::Text { .. } => Ok(()),
            Change::Progress { before, .. } if *before != self.progress => {
                Err(ApplyError::Stale("progress".to_owned()))
            }
            Change::Progress { .. } => Ok(()),
        }
    }

    /// Each thing changes once; relations that come need both ends afterwards; annotations that go must leave
    /// none behind.
    fn check_ends(&self, changes: &[Change]) -> Result<(), ApplyError> {
        let (mut annotations, mut relations, mut rejected) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        let mut conflicts = BTreeSet::new();
        let (mut start, mut text, mut progress) = (0, 0, 0);
        for change in changes {
            match change {
                Change::Annotation(diff) => {
                    annotations.extend(diff.newest().map(|annotation| (&annotation.id, diff.after.is_some())));
                }
                Change::Relation(diff) => {
                    relations.extend(diff.newest().map(|relation| (&relation.id, diff.after.as_ref())));
                }
                Change::Rejection(diff) => rejected.extend(diff.newest().map(|rejection| &rejection.id)),
                Change::Conflict(diff) => conflicts.extend(diff.newest().map(|conflict| &conflict.at)),
                Change::Decision(_) | Change::Comment(_) => {}
                Change::Start { .. } => start = 1,
                Change::Text { .. } => text = 1,
                Change::Progress { .. } => progress = 1,
            }
        }
        let once = annotations.len() + relations.len() + rejected.len() + conflicts.len() + start + text + progress;
        if once != changes.len() {
            return Err(ApplyError::Malformed);
        }
        let there =
            |id: &AnnotationId| annotations.get(id).copied().unwrap_or_else(|| self.annotations.contains_key(id));
        let missing = |relation: &Relation| !there(&relation.from) || !there(&relation.to);
        if let Some(relation) = relations.values().copied().flatten().find(|relation| missing(relation)) {
            return Err(ApplyError::MissingEnd(relation.id.clone()));
        }
        let gone = annotations.iter().filter(|(_, stays)| !**stays);
        match gone.flat_map(|(id, _)| self.ties.of(id)).find(|id| !relations.contains_key(id)) {
            Some(left) => Err(ApplyError::MissingEnd(left.clone())),
            None => Ok(()),
        }
    }
}

pub(crate) fn fits<K: Ord + ToString, T: PartialEq>(
    things: &BTreeMap<K, Arc<T>>,
    diff: &Diff<T>,
    id: impl Fn(&T) -> &K,
) -> Result<(), ApplyError> {
    let newest = diff.newest().ok_or(ApplyError::Malformed)?;
    if diff.before.as_ref().is_some_and(|before| id(before) != id(newest)) {
        return Err(ApplyError::Malformed);
    }
    if things.get(id(newest)) == diff.before.as_ref() { Ok(()) } else { Err(ApplyError::Stale(id(newest).to_string())) }
}

pub(crate) fn replace<K: Ord + Clone, T>(things: &mut BTreeMap<K, Arc<T>>, diff: &Diff<T>, id: impl Fn(&T) -> &K) {
    if let Some(after) = &diff.after {
        things.insert(id(after).clone(), after.clone());
    } else if let Some(before) = &diff.before {
        things.remove(id(before));
    }
}

/// A set with everything needed to show it: what lies where, what comes next, what is tied to what.
#[derive(Clone, Debug)]
pub struct WorkingSet {
    state: SetState,
    index: SpanIndex,
    order: BTreeSet<(Span, AnnotationId)>,
    /// What has no place in the text and is in none of the above.
    waiting: BTreeSet<AnnotationId>,
    density: BTreeMap<String, Density>,
    version: u64,
}

impl WorkingSet {
    /// Prepares a set for work.
    #[must_use]
    pub fn new(state: SetState) -> Self {
        let (index, order) = (SpanIndex::default(), BTreeSet::new());
        let (waiting, density) = (BTreeSet::new(), BTreeMap::new());
        let mut set = Self { state, index, order, waiting, density, version: 0 };
        let all: Vec<_> = set.state.annotations.values().cloned().collect();
        all.iter().for_each(|annotation| set.learn(annotation));
        set
    }

    /// Puts another content in the place of this one.
    pub(crate) fn replace(&mut self, state: SetState) {
        *self = Self { version: self.version + 1, ..Self::new(state) };
    }

    /// The content.
    #[must_use]
    pub fn state(&self) -> &SetState {
        &self.state
    }

    /// A number that differs after every change, for caches.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// How far its annotator has come.
    #[must_use]
    pub fn progress(&self) -> Progress {
        self.state.progress
    }

    /// How many annotations lie in the text.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether no annotation lies in the text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The annotations that have no place in the text, because it was corrected, and wait for a person; by id.
    pub fn waiting(&self) -> impl ExactSizeIterator<Item = &Arc<Annotation>> {
        self.waiting.iter().map(|id| &self.state.annotations[id])
    }

    /// Whether that annotation waits for a place in the text.
    #[must_use]
    pub fn is_waiting(&self, id: &AnnotationId) -> bool {
        self.waiting.contains(id)
    }

    /// The annotation with that id, if it lies in the text.
    #[must_use]
    pub fn placed(&self, id: &AnnotationId) -> Option<&Arc<Annotation>> {
        self.annotation(id).filter(|annotation| !self.is_waiting(&annotation.id))
    }

    /// The annotation with that id, whether or not it lies in the text.
    #[must_use]
    pub fn annotation(&self, id: &AnnotationId) -> Option<&Arc<Annotation>> {
        self.state.annotations.get(id)
    }

    /// All annotations that lie in the text, in its order.
    pub fn annotations(&self) -> impl DoubleEndedIterator<Item = &Arc<Annotation>> {
        self.order.iter().filter_map(|(_, id)| self.state.annotations.get(id))
    }

    /// The annotations from the one with that number on, counted from 0 in the order of the text. Getting
    /// there costs a step an annotation, without looking at any.
    pub fn annotations_from(&self, number: usize) -> impl Iterator<Item = &Arc<Annotation>> {
        self.order.iter().skip(number).filter_map(|(_, id)| self.state.annotations.get(id))
    }

    /// All relations, by id.
    pub fn relations(&self) -> impl ExactSizeIterator<Item = &Arc<Relation>> {
        self.state.relations.values()
    }

    /// The relation with that id.
    #[must_use]
    pub fn relation(&self, id: &RelationId) -> Option<&Arc<Relation>> {
        self.state.relations.get(id)
    }

    /// The relations that start from or lead to an annotation, by id.
    pub fn relations_of(&self, id: &AnnotationId) -> impl Iterator<Item = &Arc<Relation>> {
        self.state.ties.of(id).filter_map(|id| self.state.relations.get(id))
    }

    /// What lies where.
    #[must_use]
    pub fn index(&self) -> &SpanIndex {
        &self.index
    }

    /// The annotations of which a fragment lies on all of `span`, and whether on exactly that.
    pub fn covering(&self, span: Span) -> impl Iterator<Item = (&Arc<Annotation>, bool)> {
        let here = self.index.overlapping(span).into_iter().filter(move |(other, _)| other.covers(span));
        here.filter_map(move |(other, id)| Some((self.state.annotations.get(&id)?, other == span)))
    }

    /// How densely each label lies on the parts of the text, by the label's name.
    pub fn density(&self) -> impl Iterator<Item = (&str, &Density)> {
        self.density.iter().map(|(label, density)| (label.as_str(), density))
    }

    /// The annotations after `place` in the order of the text, the nearest first.
    pub fn after(&self, place: &(Span, AnnotationId)) -> impl Iterator<Item = &Arc<Annotation>> {
        let later = self.order.range((std::ops::Bound::Excluded(place), std::ops::Bound::Unbounded));
        later.filter_map(|(_, id)| self.state.annotations.get(id))
    }

    /// The annotations before `place` in the order of the text, the nearest first.
    pub fn before(&self, place: &(Span, AnnotationId)) -> impl Iterator<Item = &Arc<Annotation>> {
        self.order.range(..place).rev().filter_map(|(_, id)| self.state.annotations.get(id))
    }

    /// Carries out `changes`, all or none; the cost grows with the changes, not with the set.
    ///
    /// # Errors
    ///
    /// As [`SetState::apply`].
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), ApplyError> {
        self.state.apply(changes)?;
        self.version += 1;
        if changes.iter().any(|change| matches!(change, Change::Text { .. })) {
            // Nothing lies where it lay.
            let empty = SetState::empty(self.state.document.clone(), self.state.annotator.clone(), String::new());
            let state = std::mem::replace(&mut self.state, empty);
            self.replace(state);
            return Ok(());
        }
        for change in changes {
            match change {
                Change::Annotation(diff) => {
                    diff.before.iter().for_each(|annotation| self.forget(annotation));
                    diff.after.iter().for_each(|annotation| self.learn(annotation));
                }
                Change::Relation(_)
                | Change::Rejection(_)
                | Change::Conflict(_)
                | Change::Decision(_)
                | Change::Comment(_)
                | Change::Start { .. }
                | Change::Text { .. }
                | Change::Progress { .. } => {}
            }
        }
        Ok(())
    }

    fn forget(&mut self, annotation: &Annotation) {
        if self.waiting.remove(&annotation.id) {
            return;
        }
        self.order.remove(&(annotation.extent(), annotation.id.clone()));
        for &span in &annotation.spans {
            self.index.remove(span, &annotation.id);
            self.density.entry(annotation.label.clone()).or_default().remove(span);
        }
    }

    fn learn(&mut self, annotation: &Annotation) {
        if self.state.text_of(annotation) != self.state.text_sha256 {
            self.waiting.insert(annotation.id.clone());
            return;
        }
        self.order.insert((annotation.extent(), annotation.id.clone()));
        for &span in &annotation.spans {
            self.index.insert(span, &annotation.id);
            self.density.entry(annotation.label.clone()).or_default().add(span);
        }
    }
}
