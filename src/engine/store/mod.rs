//! The only module that writes: project folders, and the files that people ask for.
//!
//! A file is replaced as a whole: what is RON is first parsed again and compared; then it is written beside the
//! old one, synced, renamed over it, and the folder synced. So at any moment the old file or the new one is
//! there, never half of one.

mod draft;
mod journal;
mod merged;
mod replace;
mod revision;
mod saver;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, TryLockError},
    io,
    panic::resume_unwind,
    path::{Path, PathBuf},
    thread,
};

use ascribe_schema::{AnnotatorName, DocumentId, Project, SuggestionSet, read, write};

use crate::{
    Imported, hex_sha256,
    part::{Content, FileKey},
    project::suggestions_path,
};

pub(crate) use self::draft::{Draft, Stream};
pub use self::{
    draft::ACCOUNT_FILE,
    saver::{Failure, SaveState},
};
pub(crate) use self::{
    journal::{Journal, Record, Recovered, recover, set_aside},
    saver::{Hashes, Job, OnDisk, Saver, Taken, Written},
};

/// The files that keep the machine's own files out of git, keep git from changing line ends, for every text is known
/// by its hash, and make it join our files by ids and fields, once it is told how: until then it joins them by lines.
const HIDDEN: [(&str, &str); 2] = [(".gitignore", ".ascribe/\n"), (ATTRIBUTES, HINTS)];

/// Where git looks for what it must know of files.
const ATTRIBUTES: &str = ".gitattributes";

const HINTS: &str = "\
*.txt -text
*.ron text eol=lf
/project.ron merge=ascribe
/annotations/** merge=ascribe
/decisions/** merge=ascribe
/comments/** merge=ascribe
/suggestions/** merge=ascribe
";

/// How many files are written at once when many are.
const WRITERS: usize = 8;

/// A project folder that can be written to.
#[derive(Clone, Debug)]
pub struct Store {
    root: PathBuf,
}

/// Why something could not be written. Nothing was replaced.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused.
    #[error("cannot write {}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is a project or another file already.
    #[error("{} exists already; choose another name", .0.display())]
    Exists(PathBuf),
    /// What was about to be written could not be read back as the same.
    #[error("{} was not written because it could not be read back: {reason}", path.display())]
    Unverified {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        reason: String,
    },
    /// Another window has the same annotator's sets open.
    #[error("another window has the work of {0} in this project open; close it, or read only here")]
    Locked(AnnotatorName),
    /// A folder stands where a file was to be written.
    #[error("{} is a folder; name a file", .0.display())]
    Folder(PathBuf),
    /// A file stands where a folder was to be written.
    #[error("{} is a file, and this makes several; name a folder", .0.display())]
    NotFolder(PathBuf),
    /// A folder holds other things than an older dataset of ours.
    #[error("{} holds other files; name a new folder, or empty it", .0.display())]
    Occupied(PathBuf),
    /// The file on disk is not the one that was read.
    #[error("{} was changed by another program", .0.display())]
    Changed(PathBuf),
}

/// Holds one annotator's sets of a project for one window; released when dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// The first of `name`, `name-2`, `name-3` … that `folder` does not hold yet.
#[must_use]
pub fn free_place(folder: &Path, name: &str) -> PathBuf {
    let mut place = folder.join(name);
    let mut number = 1;
    while place.exists() {
        number += 1;
        place = folder.join(format!("{name}-{number}"));
    }
    place
}

/// Whether a document was new to a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was written.
    New,
    /// The same text with the same title was there already; nothing was written.
    Known,
}

impl Store {
    /// The store of an existing project folder.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Makes a new project folder.
    ///
    /// # Errors
    ///
    /// When there is something in the folder already, or the system refuses.
    pub fn create(root: impl Into<PathBuf>, project: &Project) -> Result<Self, StoreError> {
        let store = Self::new_folder(root)?;
        store.write_files(&HIDDEN)?;
        store.write_typed("project.ron", project)?;
        Ok(store)
    }

    /// Makes a new project folder that holds these files, by path. When one of them cannot be written,
    /// whatever has been made by then is removed again.
    ///
    /// # Errors
    ///
    /// When there is something in the folder already, or the system refuses.
    pub fn create_with(root: &Path, files: &[(impl AsRef<str>, impl AsRef<[u8]>)]) -> Result<Self, StoreError> {
        let made: Vec<_> = root.ancestors().take_while(|folder| !folder.exists()).collect();
        let store = Self::new_folder(root)?;
        // Hidden files are not in bundles: the machine's own files must stay out of git here, too.
        if let Err(reason) = store.write_files(files).and_then(|()| store.write_files(&HIDDEN)) {
            let paths = files.iter().map(|(path, _)| path.as_ref()).chain(HIDDEN.map(|(path, _)| path));
            replace::remove_all(root, paths, &made);
            return Err(reason);
        }
        Ok(store)
    }

    fn write_files(&self, files: &[(impl AsRef<str>, impl AsRef<[u8]>)]) -> Result<(), StoreError> {
        files.iter().try_for_each(|(path, bytes)| self.write_file(path.as_ref(), bytes.as_ref()))
    }

    /// Makes an empty folder for a project, or takes one that is there and empty.
    ///
    /// # Errors
    ///
    /// When there is something in the folder already, or the system refuses.
    pub fn new_folder(root: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let store = Self::at(root);
        let refused = |source| StoreError::Io { path: store.root.clone(), source };
        fs::create_dir_all(&store.root).map_err(refused)?;
        match fs::read_dir(&store.root).map_err(refused)?.next() {
            None => Ok(store),
            Some(_) => Err(StoreError::Exists(store.root)),
        }
    }

    /// The project's folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Adds an imported document.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn add_document(&self, imported: &Imported) -> Result<Added, StoreError> {
        let added = self.add_unsynced(imported)?;
        self.sync_documents()?;
        Ok(added)
    }

    /// Adds many imported documents, in less time than one after the other; answers for each, in their order.
    pub fn add_documents(&self, imported: &[Imported]) -> Vec<Result<Added, StoreError>> {
        let mut seen = BTreeSet::new();
        let (first, again): (Vec<_>, Vec<_>) =
            (0..imported.len()).partition(|number| seen.insert(&imported[*number].document.id));
        // Most of the time is waiting for the disk, which serves several writers as fast as one.
        let share = first.len().div_ceil(WRITERS).max(1);
        let write = |numbers: &[usize]| -> Vec<_> {
            numbers.iter().map(|&number| (number, self.add_unsynced(&imported[number]))).collect()
        };
        let mut outcomes: BTreeMap<_, _> = thread::scope(|scope| {
            let running: Vec<_> = first.chunks(share).map(|numbers| scope.spawn(|| write(numbers))).collect();
            let outcomes = running.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
            outcomes.flatten().collect()
        });
        // The same article again is known by now, unless its first copy could not be written.
        outcomes.extend(write(&again));
        let synced = self.sync_documents().is_ok();
        let durable = |added| if synced { Ok(added) } else { self.sync_documents().map(|()| added) };
        outcomes.into_values().map(|outcome| outcome.and_then(durable)).collect()
    }

    /// Whether the project has that document.
    #[must_use]
    pub fn has_document(&self, id: &DocumentId) -> bool {
        self.path(&format!("documents/{id}.ron")).exists()
    }

    fn add_unsynced(&self, imported: &Imported) -> Result<Added, StoreError> {
        let Imported { document, text, original } = imported;
        let record = format!("documents/{}.ron", document.id);
        if self.has_document(&document.id) {
            return Ok(Added::Known);
        }
        let write = |name: String, bytes: &[u8]| {
            let path = self.path(&format!("documents/{name}"));
            replace::replace_unsynced(&path, bytes).map_err(|source| StoreError::Io { path, source })
        };
        // The record last: without its text it would be a broken document.
        write(document.text_file(1), text.as_bytes())?;
        if let Some((extension, bytes)) = original {
            write(document.original_file(1, extension), bytes)?;
        }
        write(format!("{}.ron", document.id), verified(document, &self.path(&record))?.as_bytes())?;
        Ok(Added::New)
    }

    fn sync_documents(&self) -> Result<(), StoreError> {
        let path = self.path("documents");
        replace::sync_folder(&path).map_err(|source| StoreError::Io { path, source })
    }

    /// Replaces one of a person's files and returns the SHA-256 of its bytes; or takes the file of what is not started
    /// any more away, and returns nothing.
    ///
    /// `known` is the hash of the file as it was last read or written, if there was one.
    ///
    /// # Errors
    ///
    /// When the file on disk has another hash, or the system refuses.
    pub(crate) fn save(
        &self,
        person: &AnnotatorName,
        key: &FileKey,
        content: &Content,
        known: Option<&str>,
    ) -> Result<Option<String>, StoreError> {
        let file = key.1.path(person, &key.0);
        let path = self.path(&file);
        let text = if content.is_started() { Some(content.ron(key, person, &path)?) } else { None };
        if self.read(&file)?.map(|bytes| hex_sha256(&bytes)).as_deref() != known {
            return Err(StoreError::Changed(path));
        }
        match text {
            Some(text) => write_file(&path, text.as_bytes()).map(|()| Some(hex_sha256(text.as_bytes()))),
            None if known.is_none() => Ok(None),
            None => replace::remove(&path).map(|()| None).map_err(|source| StoreError::Io { path, source }),
        }
    }

    /// Replaces the project's own file, such as after its scheme has grown; `before` is the file as it was read.
    ///
    /// # Errors
    ///
    /// When the file on disk is not `before`, or holds something that would be lost, or the system refuses.
    pub fn save_project(&self, before: &Project, after: &Project) -> Result<(), StoreError> {
        let path = self.path("project.ron");
        let bytes = self.read("project.ron")?.unwrap_or_default();
        match read::<Project>(&bytes, "project.ron") {
            Ok(there) if there.value == *before && there.complete => self.write_typed("project.ron", after).map(drop),
            Ok(there) if there.value == *before => {
                let reason = "it holds something that this version does not know and would lose; update Ascribe";
                Err(StoreError::Unverified { path, reason: reason.to_owned() })
            }
            _ => Err(StoreError::Changed(path)),
        }
    }

    /// Replaces what a program proposes for a document.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn save_suggestions(&self, set: &SuggestionSet) -> Result<(), StoreError> {
        self.write_typed(&suggestions_path(&set.by, &set.document), set).map(drop)
    }

    /// Keeps a copy of one of a person's files, whatever it holds, under `.ascribe/backups/`; returns the hash of what
    /// was copied, or nothing where there is no file.
    pub(crate) fn back_up(&self, person: &AnnotatorName, key: &FileKey) -> Result<Option<String>, StoreError> {
        let path = key.1.path(person, &key.0);
        let Some(bytes) = self.read(&path)? else { return Ok(None) };
        self.keep_aside(&path, &bytes).map(Some)
    }

    /// Keeps a version of a file under `.ascribe/backups/`; returns its hash.
    pub(crate) fn keep_aside(&self, path: &str, bytes: &[u8]) -> Result<String, StoreError> {
        let hash = hex_sha256(bytes);
        let name = path.strip_prefix("annotations/").unwrap_or(path);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        self.write_file(&format!(".ascribe/backups/{stem}.{}.{ending}", &hash[..8]), bytes)?;
        Ok(hash)
    }

    /// The bytes of a file; nothing if it is not there, which is not the same as not readable.
    pub(crate) fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.path(path);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(source) => Err(StoreError::Io { path, source }),
        }
    }

    /// Takes an annotator's sets for this window.
    ///
    /// # Errors
    ///
    /// When another window has them, or the system refuses.
    pub fn lock(&self, annotator: &AnnotatorName) -> Result<Lock, StoreError> {
        let path = self.path(&format!(".ascribe/locks/{annotator}"));
        let refused = |source| StoreError::Io { path: path.clone(), source };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(refused)?;
        }
        let file = File::create(&path).map_err(refused)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::Locked(annotator.clone())),
            Err(TryLockError::Error(source)) => Err(refused(source)),
        }
    }

    /// The first of `folder/name.ending`, `folder/name-2.ending` … that the project does not have yet.
    #[must_use]
    pub(crate) fn free_path(&self, folder: &str, name: &str, ending: &str) -> String {
        let path = |number: usize| match number {
            1 => format!("{folder}/{name}.{ending}"),
            _ => format!("{folder}/{name}-{number}.{ending}"),
        };
        (1..).map(path).find(|path| !self.path(path).exists()).unwrap_or_else(|| path(1))
    }

    /// Writes any file of the project.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn write_file(&self, path: &str, bytes: &[u8]) -> Result<(), StoreError> {
        write_file(&self.path(path), bytes)
    }

    fn write_typed<T>(&self, path: &str, value: &T) -> Result<String, StoreError>
    where
        T: ascribe_schema::File + PartialEq,
    {
        let path = self.path(path);
        let text = verified(value, &path)?;
        write_file(&path, text.as_bytes())?;
        Ok(hex_sha256(text.as_bytes()))
    }

    fn path(&self, path: &str) -> PathBuf {
        path.split('/').fold(self.root.clone(), |folder, name| folder.join(name))
    }
}

/// Replaces a file anywhere, such as a bundle, making its folder if need be.
///
/// # Errors
///
/// When the system refuses.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    replace::replace(path, bytes).map_err(|source| StoreError::Io { path: path.to_owned(), source })
}

/// Writes a value as RON after making sure that reading gives the same value.
///
/// # Errors
///
/// When it does not.
pub fn verified<T>(value: &T, path: &Path) -> Result<String, StoreError>
where
    T: ascribe_schema::File + PartialEq,
{
    let unverified = |reason: String| StoreError::Unverified { path: path.to_owned(), reason };
    let text = write(value).map_err(|error| unverified(error.to_string()))?;
    let again = read::<T>(text.as_bytes(), "").map_err(|problem| unverified(problem.message))?;
    if again.value == *value { Ok(text) } else { Err(unverified("it reads differently".to_owned())) }
}
