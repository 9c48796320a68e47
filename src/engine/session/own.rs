//! The annotator's own files: what they hold in memory, and what is known of them on disk.

use std::{collections::BTreeSet, sync::Arc};

use ascribe_schema::{AnnotationSet, AnnotatorName, CommentSet, DecisionSet, DocumentId, Severity};

use super::{ReadOnly, Session};
use crate::{
    Part, Project, SetState, Stored, WorkingSet,
    part::{Content, FileKey},
    store::{Job, OnDisk, Record, SaveState, Taken},
};

/// What is known of one of the annotator's own files.
pub(super) struct OwnFile {
    /// Whether all of it was read, so that writing it back loses nothing.
    pub(super) whole: bool,
    /// Whether it is whole and its text is there.
    pub(super) writable: bool,
    /// The hash of the file as it was read; nothing if there was none.
    pub(super) sha256: Option<String>,
    /// Whether the saving thread looks after it already.
    pub(super) handed_over: bool,
    /// What another program has made of it that could not be taken over, by its hash, and why.
    pub(super) refused: Option<(Option<String>, String)>,
}

impl OwnFile {
    pub(super) fn of<T>(stored: &Stored<T>) -> Self {
        let Stored { whole, writable, file_sha256, .. } = stored;
        Self {
            whole: *whole,
            writable: *writable,
            sha256: Some(file_sha256.clone()),
            handed_over: false,
            refused: None,
        }
    }

    pub(super) fn none() -> Self {
        Self { whole: true, writable: true, sha256: None, handed_over: false, refused: None }
    }
}

/// What a person's files about one document hold, as they were read.
pub(super) struct OwnStored {
    pub(super) set: Option<Stored<AnnotationSet>>,
    pub(super) decisions: Option<Stored<DecisionSet>>,
    pub(super) comments: Option<Stored<CommentSet>>,
}

impl OwnStored {
    /// Takes a person's files of a document out of a project.
    pub(super) fn out_of(document: &mut crate::Document, person: &AnnotatorName) -> Self {
        Self {
            set: document.sets.remove(person),
            decisions: document.decisions.remove(person),
            comments: document.comments.remove(person),
        }
    }

    /// What each file that is there holds, and what is known of it.
    pub(super) fn files(self) -> Vec<(Part, OwnFile, Content)> {
        let mut files = Vec::new();
        if let Some(stored) = self.set {
            files.push((Part::Set, OwnFile::of(&stored), Content::Set(SetState::from_file(stored.set))));
        }
        let mut papers = crate::Papers::default();
        if let Some(stored) = self.decisions {
            let file = OwnFile::of(&stored);
            papers.put_decisions(stored.set);
            files.push((Part::Decisions, file, Content::Papers(papers.only(Part::Decisions))));
        }
        if let Some(stored) = self.comments {
            let file = OwnFile::of(&stored);
            papers.put_comments(stored.set);
            files.push((Part::Comments, file, Content::Papers(papers.only(Part::Comments))));
        }
        files
    }
}

impl Session {
    /// What one of the annotator's files holds now; nothing for one that is not there.
    pub(super) fn content(&self, key: &FileKey) -> Option<Content> {
        self.files.get(key)?;
        match key.1 {
            Part::Set => self.sets.get(&key.0).map(|set| Content::Set(set.state().clone())),
            part => self.papers.get(&key.0).map(|papers| Content::Papers(papers.only(part))),
        }
    }

    /// Puts something else in its place.
    pub(super) fn put(&mut self, key: &FileKey, content: Content) {
        match content {
            Content::Set(state) => match self.sets.get_mut(&key.0) {
                Some(set) => set.replace(state),
                None => drop(self.sets.insert(key.0.clone(), WorkingSet::new(state))),
            },
            Content::Papers(papers) => self.papers.entry(key.0.clone()).or_default().take(key.1, &papers),
        }
    }

    /// As if there had never been such a file.
    pub(super) fn forget(&mut self, key: &FileKey) {
        self.files.remove(key);
        match key.1 {
            Part::Set => drop(self.sets.remove(&key.0)),
            part => self.papers.entry(key.0.clone()).or_default().empty(part),
        }
    }

    /// Takes in one of the annotator's files as it was read.
    pub(super) fn take_in(&mut self, key: FileKey, file: OwnFile, content: Content) {
        self.files.insert(key.clone(), file);
        self.put(&key, content);
    }

    /// The file as this window last read or wrote it.
    pub(super) fn on_disk(&self, key: &FileKey) -> Option<OnDisk> {
        let file = self.files.get(key)?;
        let saver = self.writer.as_ref().ok().filter(|_| file.handed_over).map(|writer| &writer.saver);
        match saver {
            Some(saver) => saver.on_disk(key),
            None => Some((file.sha256.clone(), Arc::new(self.content(key)?))),
        }
    }

    /// Why one of the annotator's files cannot be changed; nothing when it can.
    #[must_use]
    pub fn read_only_part(&self, document: &DocumentId, part: Part) -> Option<ReadOnly> {
        if part == Part::Set {
            return self.read_only(Some(document));
        }
        self.read_only(None).or_else(|| (!self.is_writable(document, part)).then_some(ReadOnly::Papers(part)))
    }

    pub(super) fn is_writable(&self, document: &DocumentId, part: Part) -> bool {
        let Some(here) = self.project.documents.get(document) else { return false };
        let key = (document.clone(), part);
        let writable = self.files.get(&key).is_none_or(|file| file.writable);
        // A comment counts in no text.
        (here.genuine || part == Part::Comments) && writable && !self.unreadable.contains(&key)
    }

    /// Whether writing a file loses nothing; whether its text is there and genuine does not matter for that.
    pub(super) fn is_whole(&self, key: &FileKey) -> bool {
        let whole = self.files.get(key).is_none_or(|file| file.whole);
        whole && self.project.documents.contains_key(&key.0) && !self.unreadable.contains(key)
    }

    /// What a file that is not there yet holds.
    pub(super) fn none(&self, key: &FileKey, text_sha256: String) -> Content {
        Content::none(key, &self.annotator, text_sha256)
    }

    /// Makes sure that there is a file; returns the job that hands it over if that has not been done.
    pub(super) fn begin(&mut self, key: &FileKey, record: &Record) -> Option<Job> {
        if !self.files.contains_key(key) {
            // What is done again was done before it was moved.
            let undone = matches!(record, Record::Redo).then(|| self.history.undone().iter().rev());
            let older = undone.and_then(|undone| super::moving::first_text(undone, key).map(str::to_owned));
            let text = older.unwrap_or_else(|| self.text_sha256(&key.0));
            self.take_in(key.clone(), OwnFile::none(), self.none(key, text));
        }
        let file = self.files.get(key).filter(|file| !file.handed_over)?;
        let (sha256, saved) = (file.sha256.clone(), Arc::new(self.content(key)?));
        Some(Job::Take(key.clone(), Taken { sha256, saved, wanted: None, replaced: None }))
    }

    /// Whether all work is on disk.
    #[must_use]
    pub fn save_state(&self) -> SaveState {
        self.writer.as_ref().map_or(SaveState::Saved, |writer| writer.saver.state())
    }

    /// Waits until all work is on disk, or cannot be; returns which.
    pub fn flush(&mut self) -> SaveState {
        if let Ok(writer) = &mut self.writer {
            writer.saver.ask(Job::Flush);
        }
        self.save_state()
    }

    /// The files that were changed in this run, as they are now, by path from the project's folder: what a copy
    /// must hold if saving has failed.
    #[must_use]
    pub fn changed_files(&self) -> Vec<(String, Vec<u8>)> {
        let changed = self.files.iter().filter(|(_, file)| file.handed_over);
        let file = |(key, _): (&FileKey, &OwnFile)| {
            let content = self.content(key).filter(Content::is_started)?;
            let path = key.1.path(&self.annotator, &key.0);
            let text = content.ron(key, &self.annotator, path.as_ref()).ok()?;
            Some((path, text.into_bytes()))
        };
        changed.filter_map(file).collect()
    }

    /// The sets that were changed in this run, as they are now; nothing for one that is not started any more.
    #[must_use]
    pub fn changed_sets(&self) -> Vec<(DocumentId, Option<AnnotationSet>)> {
        let changed = self.files.iter().filter(|((_, part), file)| *part == Part::Set && file.handed_over);
        changed.map(|((id, _), _)| (id.clone(), self.set(id).map(|set| set.state().to_file()))).collect()
    }

    /// Lets go of the annotator's files, so that an import may write to them: from here on nothing can be changed.
    /// What is not saved by then stays in the journal.
    pub fn release(&mut self) {
        let reason = "labelled data is being imported into this project".to_owned();
        self.writer = Err(ReadOnly::Store(reason));
    }

    /// Writes this window's version over a file that another program has changed; that version is kept in
    /// `.ascribe/backups/`.
    pub fn keep_mine(&mut self) -> SaveState {
        if let Ok(writer) = &mut self.writer {
            writer.saver.ask(Job::KeepMine);
        }
        self.save_state()
    }

    /// The path of the annotator's set of a document, from the project's folder.
    #[must_use]
    pub fn set_path(&self, document: &DocumentId) -> String {
        Part::Set.path(&self.annotator, document)
    }
}

/// The files of the annotator that are there, or whose folder is, and cannot be read at all.
pub(super) fn unreadable(
    project: &Project,
    annotator: &AnnotatorName,
    is_read: impl Fn(&FileKey) -> bool,
) -> BTreeSet<FileKey> {
    let errors = project.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let broken: BTreeSet<_> = errors.map(|problem| problem.place.file.as_str()).collect();
    let mut lost = BTreeSet::new();
    for part in Part::ALL {
        let folder = format!("{}/{annotator}", part.folder());
        let folders = [part.folder(), &folder].iter().any(|folder| broken.contains(folder));
        let is_lost = |id: &&DocumentId| folders || broken.contains(part.path(annotator, id).as_str());
        let keys = project.documents.keys().filter(is_lost).map(|id| (id.clone(), part));
        lost.extend(keys.filter(|key| !is_read(key)));
    }
    lost
}
