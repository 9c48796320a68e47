//! Documents that are archives of XML: Word, OpenDocument, EPUB.

mod archive;
mod docx;
mod epub;
mod odt;
mod xml;

pub(super) use self::{docx::read as read_docx, epub::read as read_epub, odt::read as read_odt};
