//! The journal: every edit, synced to disk within moments, so that a crash loses none and undo survives a
//! restart.
//!
//! One record a line, as RON, in `.ascribe/journal/ANNOTATOR.ron`. It is never needed to understand the
//! project: whoever deletes it loses the undo history and nothing else.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    path::PathBuf,
};

use ascribe_schema::{AnnotatorName, DocumentId};
use serde::{Deserialize, Serialize};

use super::{Store, replace::replace};
use crate::{History, Part, Transaction, part::FileKey};

/// How many deeds are still undoable after a restart.
const KEPT: usize = 1000;

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Record {
    /// The file has this hash, and holds all edits of it up to here; no hash, no file.
    Disk {
        document: DocumentId,
        #[serde(default, skip_serializing_if = "Part::is_set")]
        part: Part,
        sha256: Option<String>,
    },
    /// An edit.
    Commit(Transaction),
    /// The newest edit was undone.
    Undo,
    /// The newest undone edit was done again.
    Redo,
    /// These deeds, counted from the newest, from 0, no longer fit, because a file was changed by another program.
    Forget { done: Vec<usize>, undone: Vec<usize> },
}

impl Record {
    pub(crate) fn disk((document, part): &FileKey, sha256: Option<&str>) -> Self {
        Self::Disk { document: document.clone(), part: *part, sha256: sha256.map(str::to_owned) }
    }
}

/// The open end of a journal.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    /// How long the file is after the last record that is surely on disk.
    length: u64,
    /// Whether an append has failed since, as on a full disk, and may have left part of a line.
    torn: bool,
}

/// What a journal of an earlier run tells.
#[derive(Debug, Default)]
pub(crate) struct Recovered {
    pub(crate) history: History,
    /// For each file, its last known hash, and the edits made since.
    pub(crate) unsaved: BTreeMap<FileKey, (Option<String>, Vec<Transaction>)>,
    /// The number, counted from 1, of the first line that cannot be read. What was undone or redone around
    /// it is not certain, so the history starts after it.
    pub(crate) broken: Option<usize>,
}

impl Journal {
    /// Starts a journal that holds `history` and the hashes of the files, in place of the old one.
    pub(crate) fn start(
        store: &Store,
        annotator: &AnnotatorName,
        history: &History,
        disk: &BTreeMap<FileKey, Option<String>>,
    ) -> io::Result<Self> {
        let mut short = history.clone();
        short.shorten(KEPT);
        let mut text = String::new();
        let mut push = |record: &Record| line(record).map(|line| text.push_str(&line));
        short.done().iter().try_for_each(|done| push(&Record::Commit(done.clone())))?;
        short.undone().iter().rev().try_for_each(|undone| push(&Record::Commit(undone.clone())))?;
        short.undone().iter().try_for_each(|_| push(&Record::Undo))?;
        // Last, so that none of the edits above counts as unsaved.
        disk.iter().try_for_each(|(key, sha256)| push(&Record::disk(key, sha256.as_deref())))?;
        let path = path(store, annotator);
        replace(&path, text.as_bytes())?;
        let mut file = OpenOptions::new().write(true).open(path)?;
        let length = file.seek(SeekFrom::End(0))?;
        Ok(Self { file, length, torn: false })
    }

    /// Adds records; they are on disk when this returns. When it fails, none of them counts as written: the
    /// next append starts where this one did.
    pub(crate) fn append(&mut self, records: &[Record]) -> io::Result<()> {
        let lines: String = records.iter().map(line).collect::<io::Result<_>>()?;
        if self.torn {
            self.file.set_len(self.length)?;
            self.file.seek(SeekFrom::Start(self.length))?;
        }
        self.torn = true;
        self.file.write_all(lines.as_bytes())?;
        self.file.sync_data()?;
        self.length += lines.len() as u64;
        self.torn = false;
        Ok(())
    }
}

/// Puts the old journal aside, where a person can find it, because it does not fit the files any more.
pub(crate) fn set_aside(store: &Store, annotator: &AnnotatorName, time: &str) -> io::Result<PathBuf> {
    let old = path(store, annotator);
    let time: String = time.chars().filter(char::is_ascii_alphanumeric).collect();
    let kept = old.with_file_name(format!("{annotator}.{time}.kept.ron"));
    fs::rename(old, &kept)?;
    Ok(kept)
}

/// Reads the journal of an earlier run. A last line that was cut off by a crash never reached its sync, so
/// it is passed over. Any other line that cannot be read is told, and what follows is read.
pub(crate) fn recover(store: &Store, annotator: &AnnotatorName) -> io::Result<Recovered> {
    let mut recovered = Recovered::default();
    // Bytes, because a crash can cut the last line inside a character.
    let bytes = match fs::read(path(store, annotator)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        bytes => bytes?,
    };
    for (number, line) in (1..).zip(bytes.split_inclusive(|&byte| byte == b'\n')) {
        let Some(line) = line.strip_suffix(b"\n") else { break };
        let Ok(record) = ron::de::from_bytes(line) else {
            recovered.broken.get_or_insert(number);
            recovered.history = History::default();
            continue;
        };
        let edit = match record {
            Record::Disk { document, part, sha256 } => {
                recovered.unsaved.insert((document, part), (sha256, Vec::new()));
                None
            }
            Record::Forget { done, undone } => {
                recovered.history.forget(&done, &undone);
                None
            }
            Record::Commit(transaction) => {
                recovered.history.push(transaction.clone());
                Some(transaction)
            }
            Record::Undo => recovered.history.undo().map(Transaction::inverse),
            Record::Redo => recovered.history.redo().cloned(),
        };
        if let Some((edit, part)) = edit.and_then(|edit| edit.part().map(|part| (edit, part))) {
            recovered.unsaved.entry((edit.document.clone(), part)).or_default().1.push(edit);
        }
    }
    Ok(recovered)
}

fn path(store: &Store, annotator: &AnnotatorName) -> PathBuf {
    store.path(&format!(".ascribe/journal/{annotator}.ron"))
}

fn line(record: &Record) -> io::Result<String> {
    ron::to_string(record).map(|line| line + "\n").map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn after_a_failed_append_the_next_one_does_not_continue_a_torn_line() {
        let folder = tempfile::tempdir().unwrap();
        let (store, amina) = (Store::at(folder.path()), AnnotatorName::new("amina").unwrap());
        let deed = |name: &str| {
            let (document, name) = (DocumentId::new("a").unwrap(), name.to_owned());
            Record::Commit(Transaction { document, name, changes: Vec::new() })
        };
        let mut journal = Journal::start(&store, &amina, &History::default(), &BTreeMap::new()).unwrap();
        journal.append(&[deed("one")]).unwrap();

        // A file that cannot be written to stands for the full disk, which took half a line.
        let path = path(&store, &amina);
        let mut sound = std::mem::replace(&mut journal.file, File::open(&path).unwrap());
        assert!(journal.append(&[deed("two"), deed("three")]).is_err());
        sound.write_all(&line(&deed("two")).unwrap().as_bytes()[..9]).unwrap();
        journal.file = sound;

        journal.append(&[deed("two"), deed("three")]).unwrap();
        journal.append(&[deed("four")]).unwrap();
        let recovered = recover(&store, &amina).unwrap();
        let names: Vec<_> = recovered.history.done().iter().map(|deed| deed.name.as_str()).collect();
        assert_eq!((names, recovered.broken), (vec!["one", "two", "three", "four"], None));
    }
}
