//! Writing a corrected text beside the older ones.

use ascribe_schema::Document;

use super::{Store, StoreError, replace, verified};
use crate::Revised;

impl Store {
    /// Writes the newest text of a revised document, and then its record in place of `before`, which is the record
    /// as it was read. The older texts stay.
    ///
    /// # Errors
    ///
    /// When the record on disk is not `before`, or holds something that would be lost, or the system refuses.
    /// The document is as it was then.
    pub fn add_revision(&self, before: &Document, revised: &Revised) -> Result<(), StoreError> {
        let Revised { document, text, original, .. } = revised;
        let record = format!("documents/{}.ron", document.id);
        let path = self.path(&record);
        let bytes = self.read(&record)?.unwrap_or_default();
        let there = ascribe_schema::read::<Document>(&bytes, &record);
        match &there {
            Ok(there) if there.value == *before && there.complete => {}
            Ok(there) if there.value == *before => {
                let reason = "it holds something that this version does not know and would lose; update Ascribe";
                return Err(StoreError::Unverified { path, reason: reason.to_owned() });
            }
            _ => return Err(StoreError::Changed(path)),
        }
        let content = verified(document, &path)?;
        let number = document.newest();
        let text_file = format!("documents/{}", document.text_file(number));
        // The same bytes are what a crash left behind; others may be somebody's only copy.
        if self.read(&text_file)?.is_some_and(|there| there != text.as_bytes()) {
            let reason = "another text is there, which no record names; move it away first";
            return Err(StoreError::Io { path: self.path(&text_file), source: std::io::Error::other(reason) });
        }
        // The record last: until it names the new text, the document is as it was.
        self.write_file(&text_file, text.as_bytes())?;
        if let Some((extension, bytes)) = original {
            self.write_file(&format!("documents/{}", document.original_file(number, extension)), bytes)?;
        }
        replace::replace(&path, content.as_bytes()).map_err(|source| StoreError::Io { path, source })
    }
}
