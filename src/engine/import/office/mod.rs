//! Documents that are archives of XML: Word, OpenDocument, EPUB.

use super::{Article, ImportError, html};

/// Reads a document of Microsoft Word.
pub(super) fn read_docx(bytes: &[u8]) -> Result<Article, ImportError> {
    let _ = bytes;
    Err(ImportError::Kind)
}

/// Reads a document of LibreOffice.
pub(super) fn read_odt(bytes: &[u8]) -> Result<Article, ImportError> {
    let _ = bytes;
    Err(ImportError::Kind)
}

/// Reads an electronic book.
pub(super) fn read_epub(bytes: &[u8]) -> Result<Article, ImportError> {
    Ok(html::whole(&String::from_utf8_lossy(bytes)))
}
