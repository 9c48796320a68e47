//! Lists of articles: JSON lines and tables.

use super::{Article, ImportError, Options};

/// Reads JSON lines: an object a line, with at least a text.
pub(super) fn read_json(bytes: &[u8], options: &Options) -> Result<Vec<Article>, ImportError> {
    let _ = (bytes, options);
    Err(ImportError::Kind)
}

/// Reads a table with a header: a row an article.
pub(super) fn read_table(bytes: &[u8], separator: u8, options: &Options) -> Result<Vec<Article>, ImportError> {
    let _ = (bytes, separator, options);
    Err(ImportError::Kind)
}
