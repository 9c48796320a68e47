//! What reading a dataset has to tell: what does not fit, line by line, and what was read otherwise.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Account, Kind, Reason};
use crate::store::{Store, StoreError};

/// Something in a file that did not become part of a record. It is kept, so that nothing is lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The file, by the path that it was found by.
    pub file: String,
    /// The line, counted from 1; 0 where it is not known.
    pub line: u64,
    /// What it would have been.
    pub kind: Kind,
    /// Why not, for people.
    pub reason: String,
    /// The line or piece itself, exactly.
    pub content: String,
}

/// What reading has to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What does not fit, in the order of the files.
    pub refused: Vec<Refused>,
    /// What was read, but otherwise than it stands there, or what belongs to no record; how often, by reason.
    pub noted: BTreeMap<Reason, usize>,
    /// What was left out before any format was asked, such as what lies in what is not the article.
    pub left_out: Account,
    /// The bytes that were read.
    pub bytes: u64,
}

impl Told {
    /// Keeps something that does not fit.
    pub fn refuse(
        &mut self,
        (file, line): (&str, u64),
        kind: Kind,
        reason: impl Into<String>,
        content: impl Into<String>,
    ) {
        let (file, reason, content) = (file.to_owned(), reason.into(), content.into());
        self.refused.push(Refused { file, line, kind, reason, content });
    }

    /// Counts something that was read otherwise than it stands there.
    pub fn note(&mut self, reason: impl Into<Reason>) {
        *self.noted.entry(reason.into()).or_default() += 1;
    }

    /// Keeps everything that was refused in a file of its own in a project, one JSON object a line, and returns its
    /// path from the project's folder; nothing where nothing was refused. `time` is now, as RFC 3339 in UTC.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn keep_refused(&self, store: &Store, time: &str) -> Result<Option<String>, StoreError> {
        if self.refused.is_empty() {
            return Ok(None);
        }
        let mut lines = Vec::new();
        for refused in &self.refused {
            // Writing strings and numbers into memory cannot fail.
            let _ = serde_json::to_writer(&mut lines, refused);
            lines.push(b'\n');
        }
        // Not every system has colons in names.
        let name: String = time.chars().filter(|c| *c != ':').collect();
        let path = store.free_path(".ascribe/refused", &name, "jsonl");
        store.write_file(&path, &lines)?;
        Ok(Some(path))
    }

    /// Adds what another part had to tell.
    pub fn add(&mut self, other: Self) {
        self.refused.extend(other.refused);
        for (reason, count) in other.noted {
            *self.noted.entry(reason).or_default() += count;
        }
        self.left_out.add(other.left_out);
        self.bytes += other.bytes;
    }
}
