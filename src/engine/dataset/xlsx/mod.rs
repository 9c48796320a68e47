//! `xlsx`: a workbook for Excel, LibreOffice and whoever reads Office Open XML.
//!
//! ECMA-376, <https://ecma-international.org/publications-and-standards/standards/ecma-376/>. Sheets `documents`
//! (one row a document and annotator, with the text), `annotations` (one row a fragment), `relations` and `about`;
//! columns as in `table.rs`. Offsets count Unicode scalar values. A sheet that is full, at 1,048,576 rows, goes on in
//! another.
//!
//! Every cell is written as text or as a number, so none is a formula, whatever stands in it. A cell holds 32,767
//! UTF-16 units: what is longer is cut, and the account says of each what. Control characters are written as Excel
//! writes them, `_x000B_`, and read so by it.

mod book;
mod write;

pub(super) use self::write::Writer;
