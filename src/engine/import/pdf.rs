//! Files in the format pdf.

use super::{Article, ImportError};

/// Reads such a file.
pub(super) fn read(bytes: &[u8]) -> Result<Article, ImportError> {
    let _ = bytes;
    Err(ImportError::Kind)
}
