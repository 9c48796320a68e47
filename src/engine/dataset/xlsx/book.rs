//! A workbook that is written row by row, in memory that does not grow.

use std::{
    fs::File,
    io::{self, Seek, SeekFrom},
};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

use crate::{dataset::table::Cell, store::Stream};

/// How many rows a sheet has.
const ROWS: u32 = 1_048_576;

/// How a sheet is called, its columns and where the next row goes.
struct Sheet {
    name: &'static str,
    columns: &'static [&'static str],
    /// The place of the sheet, or of the newest that continues it.
    at: usize,
    /// How many sheets it takes.
    count: usize,
    next: u32,
}

/// A workbook that is being written.
pub(super) struct Book {
    workbook: Workbook,
    sheets: Vec<Sheet>,
    bold: Format,
    made: usize,
}

impl Book {
    /// A workbook with these sheets; `time` is RFC 3339.
    pub fn new(title: &str, time: &str, sheets: &[(&'static str, &'static [&'static str])]) -> Result<Self, XlsxError> {
        let mut workbook = Workbook::new();
        // Any fixed day: without one, the same records would be other bytes a second later.
        let made = ExcelDateTime::parse_from_str(time).or_else(|_| ExcelDateTime::from_ymd(2000, 1, 1))?;
        workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
        let mut book = Self { workbook, sheets: Vec::new(), bold: Format::new().set_bold(), made: 0 };
        for (name, columns) in sheets {
            book.sheets.push(Sheet { name, columns, at: 0, count: 0, next: 0 });
            book.add(book.sheets.len() - 1)?;
        }
        Ok(book)
    }

    /// Adds a worksheet for a sheet, which may have some that are full.
    fn add(&mut self, number: usize) -> Result<(), XlsxError> {
        let sheet = &mut self.sheets[number];
        (sheet.at, sheet.next, sheet.count) = (self.made, 1, sheet.count + 1);
        let name = if sheet.count == 1 { sheet.name.to_owned() } else { format!("{} {}", sheet.name, sheet.count) };
        let worksheet = self.workbook.add_worksheet_with_constant_memory()?;
        worksheet.set_name(name)?.set_freeze_panes(1, 0)?;
        for (column, name) in (0..).zip(sheet.columns) {
            worksheet.write_string_with_format(0, column, *name, &self.bold)?;
        }
        self.made += 1;
        Ok(())
    }

    /// Adds a row to a sheet.
    pub fn push(&mut self, number: usize, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        if self.sheets[number].next == ROWS {
            self.add(number)?;
        }
        let sheet = &mut self.sheets[number];
        let worksheet = self.workbook.worksheet_from_index(sheet.at)?;
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(text) => worksheet.write_string(sheet.next, column, text.as_ref())?,
                Cell::Number(number) => worksheet.write_number(sheet.next, column, *number)?,
            };
        }
        sheet.next += 1;
        Ok(())
    }

    /// Adds a sheet of names with values at the end.
    pub fn about(&mut self, rows: &[(&str, String)]) -> Result<(), XlsxError> {
        let worksheet = self.workbook.add_worksheet();
        worksheet.set_name("about")?.set_column_width(0, 30)?.set_column_width(1, 60)?;
        for (row, (name, value)) in (0..).zip(rows) {
            worksheet.write_string_with_format(row, 0, *name, &self.bold)?;
            worksheet.write_string(row, 1, value)?;
        }
        Ok(())
    }

    /// Writes the workbook.
    pub fn finish(mut self, to: &mut Stream) -> io::Result<()> {
        // The end of an archive is put together by going back in it, which a stream cannot.
        let mut file: File = tempfile::tempfile()?;
        self.workbook.save_to_writer(&mut file).map_err(io::Error::other)?;
        file.seek(SeekFrom::Start(0))?;
        io::copy(&mut file, to)?;
        Ok(())
    }
}
