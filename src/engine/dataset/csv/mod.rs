//! `csv`: tables, one row a fragment, for pandas, R, DuckDB and spreadsheet programs.
//!
//! RFC 4180, <https://www.rfc-editor.org/rfc/rfc4180>: UTF-8, commas, quoted where needed, lines that end in CRLF,
//! the names of the columns first (`table.rs`). Offsets count Unicode scalar values.
//!
//! - One file holds the annotations, and in a last column `relations` those that start from each, as a JSON list, in
//!   the first row of an annotation. A document without annotations has a row without one. The texts and what is known
//!   of the documents are not in it, which the account says of each; reading it needs texts that are known.
//! - A folder holds `documents.csv` with the texts, `annotations.csv` without that last column, and `relations.csv`.
//!   Nothing is lost.
//!
//! For spreadsheet programs there is a byte-order mark, and an apostrophe stands before what they would run as a
//! formula; the account says where. Reading takes it away again. Excel cuts cells after 32,767 characters when it opens
//! such a file, so longer texts are better given to it as `xlsx`, where the account says so.
//!
//! Other tables are read by the names of their columns, also ones with a text a row. A table is read into memory as a
//! whole, because the rows of a document may stand anywhere in it.

mod guard;
mod read;
mod record;
mod sheet;
mod write;

pub(crate) use self::guard::{Rows, head};
pub(super) use self::{
    read::{open, recognise},
    write::{Writer, mark_formulas},
};
