//! Taking in what other programs have changed while the project is open.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ascribe_schema::{AnnotatorName, Problem, Severity};

use super::{OwnFile, OwnStored, Session, unreadable};
use crate::{
    Document, Project, Transaction,
    part::{Content, FileKey},
    store::{Hashes, Job, OnDisk, Record, Taken, Written},
    watch::{OwnChange, OwnFate, Refreshed, Seen},
};

/// The problems that opening found, and reading again does not.
const KEPT: [&str; 4] = ["recovered", "edits-lost", "journal-broken", "history-ended"];

/// The problem of a document that is no longer there.
const GONE: &str = "document-gone";

/// The note that `project.ron` could not be read, and something else stands in for it.
const UNREAD: &str = "default-scheme";

/// The annotator's files as they were read anew.
type Anew = BTreeMap<FileKey, (OwnFile, Content)>;

impl Session {
    pub(crate) fn written(&self) -> Option<Written> {
        self.writer.as_ref().ok().map(|writer| writer.saver.written())
    }

    /// Takes in what other programs have changed. What of the annotator's own work has changed is shown as it is now
    /// where nothing here was unsaved, and joined with what was; where that cannot be done, it stays as it is here, and
    /// nothing is written over the file.
    pub fn refresh(&mut self, seen: Seen) -> Refreshed {
        let Seen { mut project, written } = seen;
        let mut told = Refreshed::default();
        let mut anew = Anew::new();
        for (id, document) in &mut project.documents {
            for (part, file, content) in OwnStored::out_of(document, &self.annotator).files() {
                anew.insert((id.clone(), part), (file, content));
            }
        }
        // What a person made of a document that is gone, or whose record cannot be read, stays as it is here.
        let present: BTreeSet<_> = project.documents.keys().cloned().collect();
        self.adopt(project, &mut told);
        self.unreadable = unreadable(&self.project, &self.annotator, |key| anew.contains_key(key));
        let keys = self.files.keys().chain(anew.keys()).filter(|(id, _)| present.contains(id));
        let keys: BTreeSet<_> = keys.cloned().collect();
        let mut changed = Vec::new();
        for key in keys {
            let there = anew.remove(&key);
            if let Some(fate) = self.refresh_own(&key, there, &written) {
                told.own.push(OwnChange { document: key.0.clone(), part: key.1, fate });
                changed.push(key);
            }
        }
        self.load_older_texts();
        told.forgotten = self.forget_what_no_longer_fits(&changed);
        self.forget_misfits();
        self.move_all();
        self.learn();
        told
    }

    /// Takes over everything but the annotator's own files.
    fn adopt(&mut self, mut fresh: Project, told: &mut Refreshed) {
        if fresh.problems.iter().any(|problem| problem.rule == UNREAD) {
            fresh.file = self.project.file.clone();
        }
        told.project = fresh.file != self.project.file;
        for (id, document) in &mut fresh.documents {
            match self.project.documents.remove(id) {
                None => told.added.push(id.clone()),
                Some(old) => {
                    if old.record != document.record || old.genuine != document.genuine {
                        told.revised.push(id.clone());
                    }
                    note_others(&old, document, told);
                    keep_texts(old, document);
                }
            }
        }
        let was_gone = |problem: &&Problem| problem.rule == GONE;
        let before: Vec<_> = self.project.problems.iter().filter(was_gone).map(|one| one.place.file.clone()).collect();
        for (id, document) in std::mem::take(&mut self.project.documents) {
            let file = format!("documents/{id}.ron");
            if !before.contains(&file) {
                told.gone.push(id.clone());
            }
            let message = "the document is no longer in the folder; it is shown as it was";
            let hint = "restore it from a copy, or open the project anew";
            fresh.problems.push(Problem::new(Severity::Warning, GONE, file, message).hint(hint));
            fresh.documents.insert(id, document);
        }
        let kept = self.project.problems.iter().filter(|problem| KEPT.contains(&problem.rule));
        fresh.problems.extend(kept.cloned());
        self.project = fresh;
    }

    /// Takes over one of the annotator's own files; says what became of it, if it has changed.
    fn refresh_own(&mut self, key: &FileKey, there: Option<(OwnFile, Content)>, written: &Hashes) -> Option<OwnFate> {
        let handed_over = self.files.get(key).is_some_and(|file| file.handed_over);
        let known = self.on_disk(key);
        // The thread has written it since: whoever looks next sees what came of that.
        if handed_over && written.get(key) != known.as_ref().map(|(hash, _)| hash) {
            return None;
        }
        if self.unreadable.contains(key) {
            return self.close(key, "it cannot be read; see the list of problems");
        }
        let hash = there.as_ref().and_then(|(file, _)| file.sha256.clone());
        if hash == known.as_ref().and_then(|(hash, _)| hash.clone()) {
            if let (Some((now, _)), Some(file)) = (there, self.files.get_mut(key)) {
                (file.whole, file.writable, file.refused) = (now.whole, now.writable, None);
            }
            return None;
        }
        if there.as_ref().is_some_and(|(file, _)| !file.whole) {
            return self.close(key, "it cannot be read in full; see the list of problems");
        }
        let none = || self.none(key, self.text_sha256(&key.0));
        let (file, theirs) = there.unwrap_or_else(|| (OwnFile::none(), none()));
        let base = known.map_or_else(|| Arc::new(none()), |(_, base): OnDisk| base);
        let ours = self.content(key).unwrap_or_else(none);
        let here = self.project.documents.get(&key.0)?;
        let texts = |sha256: &str| here.text_of(sha256).cloned();
        let merged =
            if ours == *base { Ok(theirs.clone()) } else { base.merged(&ours, &theirs, key, &self.annotator, &texts) };
        match merged {
            Ok(merged) => Some(self.take_joined(key, file, theirs, [&base, &ours], merged)),
            Err(reason) => self.refuse(key, hash, reason),
        }
    }

    /// Leaves a version that cannot be taken over; says so once.
    fn refuse(&mut self, key: &FileKey, sha256: Option<String>, reason: String) -> Option<OwnFate> {
        let refused = (sha256, reason.clone());
        let told = self.files.get_mut(key).and_then(|file| file.refused.replace(refused.clone()));
        (told != Some(refused)).then_some(OwnFate::Refused(reason))
    }

    /// Makes one of the annotator's files read-only as it is here; says so if it was not.
    fn close(&mut self, key: &FileKey, reason: &str) -> Option<OwnFate> {
        let file = self.files.entry(key.clone()).or_insert_with(OwnFile::none);
        let news = file.writable;
        (file.whole, file.writable) = (false, false);
        news.then(|| OwnFate::Refused(reason.to_owned()))
    }

    /// Puts what became of a file in its place, and hands it over to the thread.
    fn take_joined(
        &mut self,
        key: &FileKey,
        file: OwnFile,
        theirs: Content,
        [base, ours]: [&Content; 2],
        merged: Content,
    ) -> OwnFate {
        let differences = ours.differences(&merged);
        let fate =
            if base == ours { OwnFate::Taken(differences) } else { OwnFate::Merged(differences, merged.conflicts()) };
        let sha256 = file.sha256.clone();
        self.take_in(key.clone(), OwnFile { handed_over: self.writer.is_ok(), ..file }, merged.clone());
        if let Ok(writer) = &mut self.writer {
            let wanted = (merged != theirs).then(|| Arc::new(merged));
            let replaced = (differences.loses() && ours.is_started()).then(|| Arc::new(ours.clone()));
            writer.saver.send(Job::Take(key.clone(), Taken { sha256, saved: Arc::new(theirs), wanted, replaced }));
        }
        fate
    }

    /// Forgets the deeds that can no longer be undone or done again after these files have changed; says how many.
    fn forget_what_no_longer_fits(&mut self, changed: &[FileKey]) -> usize {
        let misfits = |deeds: &[Transaction], turned: &dyn Fn(&Transaction) -> Transaction| {
            let mut contents: BTreeMap<&FileKey, Option<Content>> = BTreeMap::new();
            let mut misfits = Vec::new();
            for (number, deed) in deeds.iter().rev().enumerate() {
                let of = |key: &&FileKey| deed.document == key.0 && deed.part() == Some(key.1);
                let Some(key) = changed.iter().find(of) else { continue };
                let content = contents.entry(key).or_insert_with(|| self.content(key));
                if content.as_mut().is_none_or(|content| content.apply(&turned(deed).changes).is_err()) {
                    misfits.push(number);
                }
            }
            misfits
        };
        let done = misfits(self.history.done(), &Transaction::inverse);
        let undone = misfits(self.history.undone(), &Transaction::clone);
        let count = done.len() + undone.len();
        if count > 0 {
            self.history.forget(&done, &undone);
            if let Ok(writer) = &mut self.writer {
                writer.saver.send(Job::Note(Box::new(Record::Forget { done, undone })));
            }
        }
        count
    }
}

/// Notes whose files about a document have changed.
fn note_others(old: &Document, new: &Document, told: &mut Refreshed) {
    let mut names = differing(&old.sets, &new.sets, |stored| &stored.file_sha256);
    names.extend(differing(&old.decisions, &new.decisions, |stored| &stored.file_sha256));
    names.extend(differing(&old.comments, &new.comments, |stored| &stored.file_sha256));
    names.extend(differing(&old.suggestions, &new.suggestions, |set| set));
    for name in names {
        told.others.entry(name).or_default().insert(new.record.id.clone());
    }
}

/// Whose files are not the same.
fn differing<T, V: PartialEq + ?Sized>(
    old: &BTreeMap<AnnotatorName, T>,
    new: &BTreeMap<AnnotatorName, T>,
    what: impl Fn(&T) -> &V,
) -> BTreeSet<AnnotatorName> {
    let differs = |name: &&AnnotatorName| old.get(*name).map(&what) != new.get(*name).map(&what);
    old.keys().chain(new.keys()).filter(differs).cloned().collect()
}

/// Keeps the texts that are in memory, and those that only the window needs.
fn keep_texts(old: Document, new: &mut Document) {
    if old.genuine && new.genuine && old.text_sha256() == new.text_sha256() {
        new.text = old.text;
    } else if let Some(text) = old.text.clone().filter(|_| old.genuine) {
        new.keep_older(old.text_sha256().to_owned(), text, old.record.paratext.clone());
    }
    for (sha256, text) in old.older {
        let paratext = old.older_paratext.get(&sha256).cloned().unwrap_or_default();
        new.keep_older(sha256, text, paratext);
    }
}
