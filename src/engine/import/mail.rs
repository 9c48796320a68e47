//! E-mails, and web pages that were saved as one.

use super::{Article, ImportError, Options};

/// Reads an e-mail.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Article, ImportError> {
    let _ = (bytes, options);
    Err(ImportError::Kind)
}

/// Reads the article of a web page that was saved with all its parts.
pub(super) fn read_mhtml(bytes: &[u8], options: &Options) -> Result<Article, ImportError> {
    let _ = (bytes, options);
    Err(ImportError::Kind)
}
