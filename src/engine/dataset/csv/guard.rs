//! Rows of CSV, and how cells are kept from being run as formulas.

use std::borrow::Cow;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::dataset::{DatasetError, table::Cell};

/// What stands first in a cell that some spreadsheet program takes for a formula, also after the apostrophes.
const FIRST: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The mark at the beginning of a file for spreadsheet programs, by which they know UTF-8.
pub(super) const MARK: &str = "\u{feff}";

/// Whether a spreadsheet program would take a cell for a formula, or ours for one that was guarded.
pub(in crate::dataset) fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FIRST)
}

/// A cell that is no formula.
fn guarded(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// A cell as it was before it was guarded.
pub(super) fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// Rows of CSV, in memory.
pub(crate) struct Rows {
    writer: csv::Writer<Vec<u8>>,
    guard: bool,
}

impl Rows {
    /// No rows yet; `guard` is whether a spreadsheet program will read them.
    pub fn new(guard: bool) -> Self {
        let mut builder = WriterBuilder::new();
        builder.terminator(Terminator::CRLF).quote_style(QuoteStyle::Necessary).flexible(true);
        Self { writer: builder.from_writer(Vec::new()), guard }
    }

    /// The first row of a file.
    pub fn header(&mut self, names: &[&str]) -> Result<(), DatasetError> {
        self.writer.write_record(names).map_err(|_| DatasetError::Crashed)
    }

    /// Adds a row.
    pub fn push(&mut self, cells: &[Cell<'_>]) -> Result<(), DatasetError> {
        for cell in cells {
            let written = match cell {
                Cell::Text(text) if self.guard => self.writer.write_field(guarded(text).as_bytes()),
                Cell::Text(text) => self.writer.write_field(text.as_bytes()),
                Cell::Number(number) => self.writer.write_field(number.to_string()),
            };
            written.map_err(|_| DatasetError::Crashed)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(|_| DatasetError::Crashed)
    }

    /// All rows.
    pub fn finish(self) -> Result<Vec<u8>, DatasetError> {
        self.writer.into_inner().map_err(|_| DatasetError::Crashed)
    }
}

/// The beginning of a file of rows.
pub(crate) fn head(names: &[&str], guard: bool) -> Result<Vec<u8>, DatasetError> {
    let mut rows = Rows::new(guard);
    rows.header(names)?;
    let mark = if guard { MARK.as_bytes() } else { b"" };
    Ok([mark, &rows.finish()?].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_guarded_is_what_it_was() {
        for cell in ["=1+1", "'=1+1", "''@x", "'quoted'", "", "'", "-5", "＝1", "\t=1", "plain", "'\n"] {
            assert!(!guarded(cell).starts_with(FIRST), "{cell}");
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
        assert_eq!(guarded("'quoted'"), "'quoted'", "what is no formula stays as it is");
    }
}
