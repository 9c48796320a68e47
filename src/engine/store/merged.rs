//! Putting joined and received files in their place.

use super::{ATTRIBUTES, HINTS, Store, StoreError, write_file};

impl Store {
    /// Puts a file of the project in the place of the one that was read, of which a copy stays in
    /// `.ascribe/backups/`; or where there was none.
    ///
    /// # Errors
    ///
    /// When the file on disk is not the one that was read, or the system refuses.
    pub fn replace_read(&self, path: &str, before: Option<&[u8]>, after: &[u8]) -> Result<(), StoreError> {
        if self.read(path)?.as_deref() != before {
            return Err(StoreError::Changed(self.path(path)));
        }
        if let Some(before) = before.filter(|before| *before != after) {
            self.keep_aside(path, before)?;
        }
        self.write_file(path, after)
    }

    /// Makes git join the project's files by the merge driver `ascribe`; returns the lines that were missing in
    /// `.gitattributes`. What else stands there stays.
    ///
    /// # Errors
    ///
    /// When the system refuses, or the file is not UTF-8.
    pub fn set_up_git(&self) -> Result<Vec<&'static str>, StoreError> {
        let path = self.path(ATTRIBUTES);
        let there = self.read(ATTRIBUTES)?.unwrap_or_default();
        let mut text = String::from_utf8(there).map_err(|error| StoreError::Io {
            path: path.clone(),
            source: std::io::Error::other(error.utf8_error()),
        })?;
        let missing: Vec<_> = HINTS.lines().filter(|line| !text.lines().any(|there| there.trim() == *line)).collect();
        if !missing.is_empty() {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            missing.iter().for_each(|line| text.extend([*line, "\n"]));
            write_file(&path, text.as_bytes())?;
        }
        Ok(missing)
    }
}
