//! Tables to measure: comma-separated, or where no comma is in the first line, by semicolons or tabs.

use std::{
    fs,
    io::{self, Read},
    path::Path,
};

use csv::{ErrorKind, ReaderBuilder, StringRecord, Trim};

use crate::Failed;

/// The rows of a file, each with its line.
pub(super) struct Table {
    name: String,
    text: String,
}

impl Table {
    /// Reads a file, or standard input.
    pub(super) fn read(file: &Path) -> Result<Self, Failed> {
        let name = if file.as_os_str() == "-" { "standard input".to_owned() } else { file.display().to_string() };
        let mut bytes = Vec::new();
        let read = match file.as_os_str() == "-" {
            true => io::stdin().read_to_end(&mut bytes),
            false => fs::File::open(file).and_then(|mut file| file.read_to_end(&mut bytes)),
        };
        read.map_err(|reason| format!("{name}: {reason}"))?;
        Self::of(name, bytes)
    }

    /// The table that `bytes` hold; errors call it `name`.
    pub(super) fn of(name: String, bytes: Vec<u8>) -> Result<Self, Failed> {
        let text = String::from_utf8(bytes).map_err(|wrong| {
            let line = 1 + wrong.as_bytes()[..wrong.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count();
            format!("{name}, line {line}: this is not UTF-8; save the table as UTF-8")
        })?;
        Ok(Self { name, text })
    }

    /// Hands `work` each row with its line. Spaces around cells do not count, and empty lines are no rows.
    pub(super) fn each(&self, mut work: impl FnMut(&StringRecord, u64) -> Result<(), Failed>) -> Result<(), Failed> {
        let text = self.text.strip_prefix('\u{feff}').unwrap_or(&self.text);
        let mut reader = ReaderBuilder::new()
            .has_headers(false)
            .delimiter(separator(text))
            .trim(Trim::All)
            .from_reader(text.as_bytes());
        let mut row = StringRecord::new();
        loop {
            match reader.read_record(&mut row) {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(reason) => {
                    let line = reason.position().map_or(1, csv::Position::line);
                    return Err(self.wrong(line, &told(&reason)));
                }
            }
            let line = row.position().map_or(1, csv::Position::line);
            work(&row, line)?;
        }
    }

    /// What is wrong, and where.
    pub(super) fn wrong(&self, line: u64, what: &str) -> Failed {
        format!("{}, line {line}: {what}", self.name).into()
    }

    /// What is wrong with the file as a whole.
    pub(super) fn lacks(&self, what: &str) -> Failed {
        format!("{}: {what}", self.name).into()
    }
}

/// What separates the cells of the first line.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    [b',', b'\t', b';'].into_iter().find(|separator| first.as_bytes().contains(separator)).unwrap_or(b',')
}

fn told(reason: &csv::Error) -> String {
    match reason.kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("this row has {len} cells, and the first one has {expected_len}")
        }
        _ => reason.to_string(),
    }
}
