//! Noticing that other programs change a project's folder while it is open: a pull, a synced folder, a second window.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{AnnotatorName, DocumentId};

use crate::{
    Part, Place, Project, Session, Tree, hex_sha256, load,
    part::FileKey,
    project::Stamps,
    store::{Hashes, Written},
};

/// Looks at a project's folder again and again. A look asks for the stamps of all files; only where one has changed,
/// and not by this window, is the project read anew. Meant for a thread; how often to look is up to the caller.
pub struct Watch {
    tree: Tree,
    person: AnnotatorName,
    /// What this window writes.
    written: Option<Written>,
    /// The stamps of what the window knows.
    known: Stamps,
    /// What was found changed at the last look, and is told when it has not changed since: a pull takes a moment.
    pending: BTreeSet<String>,
    last: Stamps,
}

/// A project as it was read after another program had changed something in it.
pub struct Seen {
    pub(crate) project: Project,
    /// The hashes of this window's files when that was read; only of those that it was not just writing.
    pub(crate) written: Hashes,
}

impl Watch {
    pub(crate) fn new(project: &Project, person: &AnnotatorName, written: Option<Written>) -> Option<Self> {
        let Place::Folder(folder) = &project.place else { return None };
        let (pending, last) = (BTreeSet::new(), Stamps::new());
        let (tree, known) = (Tree::Folder(folder.clone()), project.stamps.clone());
        Some(Self { tree, person: person.clone(), written, known, pending, last })
    }

    /// What has changed since the project was opened, or since this told it last; nothing while there is nothing to
    /// tell, while files are still changing, and while the folder cannot be read.
    pub fn look(&mut self) -> Option<Seen> {
        let now = self.tree.stamps().ok()?;
        let paths: BTreeSet<_> = self.known.keys().chain(now.keys()).collect();
        let differs = |path: &&&String| self.known.get(**path) != now.get(**path);
        let changed: Vec<String> = paths.iter().filter(differs).map(|path| (**path).clone()).collect();
        let (own, changed): (Vec<_>, Vec<_>) = changed.into_iter().partition(|path| self.is_own(path));
        for path in own {
            match now.get(&path) {
                Some(stamp) => drop(self.known.insert(path, *stamp)),
                None => drop(self.known.remove(&path)),
            }
        }
        let still = |path: &String| self.last.get(path) == now.get(path);
        let changed = BTreeSet::from_iter(changed);
        let settled = changed == self.pending && changed.iter().all(still);
        (self.pending, self.last) = (changed, now);
        if self.pending.is_empty() || !settled { None } else { Some(self.read()) }
    }

    fn read(&mut self) -> Seen {
        let hashes = || self.written.as_ref().map(Written::hashes).unwrap_or_default();
        let mut written = hashes();
        let project = load(&self.tree);
        let after = hashes();
        self.known = project.stamps.clone();
        // What was written meanwhile is looked at again.
        let moving: Vec<_> = after.keys().filter(|key| written.get(key) != after.get(key)).cloned().collect();
        for key in moving {
            written.remove(&key);
            self.known.remove(&key.1.path(&self.person, &key.0));
        }
        self.pending.clear();
        Seen { project, written }
    }

    /// Whether a file is just as this window has written it.
    fn is_own(&self, path: &str) -> bool {
        let known = self.written.as_ref().and_then(|written| match self.key(path) {
            Some(key) => written.hashes().remove(&key),
            None => written.other(path),
        });
        let Some(known) = known else { return false };
        let there = self.tree.read(path).ok().map(|bytes| hex_sha256(&bytes));
        there == known
    }

    /// Which of the person's own files that is.
    fn key(&self, path: &str) -> Option<FileKey> {
        let mut names = path.split('/');
        let folder = names.next()?;
        let part = Part::ALL.into_iter().find(|part| part.folder() == folder)?;
        let document = names.nth(1)?.strip_suffix(".ron")?;
        let key = (DocumentId::new(document).ok()?, part);
        (key.1.path(&self.person, &key.0) == path).then_some(key)
    }
}

impl Session {
    /// What to look at the project's folder with while the session is open; nothing for a bundle. What it sees is for
    /// [`Session::refresh`].
    #[must_use]
    pub fn watch(&self) -> Option<Watch> {
        Watch::new(self.project(), self.annotator(), self.written())
    }
}

/// Something that other programs have changed in a project while it was open, and what became of it here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Refreshed {
    /// The annotator's own files.
    pub own: Vec<OwnChange>,
    /// Whose other files have changed, of which documents; programs that propose among them.
    pub others: BTreeMap<AnnotatorName, BTreeSet<DocumentId>>,
    /// The documents that are new.
    pub added: Vec<DocumentId>,
    /// The documents whose record or text is another.
    pub revised: Vec<DocumentId>,
    /// The documents that are no longer in the folder; they stay in the window until it is opened anew.
    pub gone: Vec<DocumentId>,
    /// Whether `project.ron` has changed.
    pub project: bool,
    /// How many deeds can no longer be undone or done again, because they do not fit what is there now.
    pub forgotten: usize,
}

/// One of the annotator's own files that another program has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnChange {
    /// The document that it is about.
    pub document: DocumentId,
    /// Which file.
    pub part: Part,
    /// What became of it.
    pub fate: OwnFate,
}

/// What became of an own file that another program has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnFate {
    /// There was nothing unsaved here: the window shows the file as it is now.
    Taken(Differences),
    /// Their changes and those of this window are both here; the number of things that both have changed, and about
    /// which the annotator must decide.
    Merged(Differences, usize),
    /// The two cannot be joined, or the file cannot be read in full: the window shows what it had, and writes nothing
    /// over the file. The text says why.
    Refused(String),
}

/// How much one version of a file differs from another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    /// Things that are new.
    pub added: usize,
    /// Things that are otherwise.
    pub changed: usize,
    /// Things that are gone.
    pub removed: usize,
}

impl Differences {
    /// Counts the differences between things by their ids.
    pub(crate) fn between<K: Ord, T: PartialEq>(before: &BTreeMap<K, T>, after: &BTreeMap<K, T>) -> Self {
        Self {
            added: after.keys().filter(|id| !before.contains_key(id)).count(),
            changed: after.iter().filter(|(id, thing)| before.get(id).is_some_and(|was| was != *thing)).count(),
            removed: before.keys().filter(|id| !after.contains_key(id)).count(),
        }
    }

    /// Whether something that was there is so no more.
    #[must_use]
    pub fn loses(&self) -> bool {
        self.changed + self.removed > 0
    }
}

impl std::ops::Add for Differences {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (added, changed) = (self.added + other.added, self.changed + other.changed);
        Self { added, changed, removed: self.removed + other.removed }
    }
}

impl Refreshed {
    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What a person should be told, a sentence each, what concerns their own work first. `title` names a document.
    #[must_use]
    pub fn sentences(&self, title: impl Fn(&DocumentId) -> String) -> Vec<String> {
        let mut told: Vec<_> = self.own.iter().map(|own| own.sentence(&title(&own.document))).collect();
        if self.forgotten > 0 {
            told.push(format!("{} can no longer be undone", counted(self.forgotten, "earlier change")));
        }
        for (name, documents) in &self.others {
            told.push(format!("New from {name}: {}", counted(documents.len(), "article")));
        }
        let lists = [("New", &self.added), ("Changed", &self.revised), ("No longer in the folder", &self.gone)];
        for (what, documents) in lists.into_iter().filter(|(_, documents)| !documents.is_empty()) {
            told.push(format!("{what}: {}", counted(documents.len(), "article")));
        }
        if self.project {
            told.push("The project’s own file has changed".to_owned());
        }
        told
    }
}

impl OwnChange {
    /// What a person should be told.
    #[must_use]
    pub fn sentence(&self, title: &str) -> String {
        let what = match self.part {
            Part::Set => "tags",
            Part::Decisions => "decisions",
            Part::Comments => "comments",
        };
        let of = if self.part == Part::Set { "of" } else { "about" };
        let whose = format!("Your {what} {of} “{title}” were changed by another program");
        match &self.fate {
            OwnFate::Taken(differences) => format!("{whose}: {differences}"),
            OwnFate::Merged(differences, 0) => format!("{whose} and merged: {differences}"),
            OwnFate::Merged(differences, open) => {
                format!("{whose} and merged: {differences}, {} to decide", counted(*open, "conflict"))
            }
            OwnFate::Refused(reason) => format!("{whose} and not taken over: {reason}"),
        }
    }
}

impl std::fmt::Display for Differences {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let counts = [(self.added, "new"), (self.changed, "changed"), (self.removed, "deleted")];
        let some: Vec<_> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")).collect();
        if some.is_empty() { f.write_str("nothing that counts") } else { f.write_str(&some.join(", ")) }
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
