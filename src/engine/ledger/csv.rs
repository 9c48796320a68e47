//! The ledger as a table for spreadsheet programs.

use std::{collections::BTreeMap, io::Write, path::Path};

use super::{Ledger, Row};
use crate::{
    dataset::{Cell, DatasetError, Rows, head},
    store::Draft,
};

/// The columns.
const COLUMNS: [&str; 12] = [
    "name",
    "also",
    "kind",
    "naming",
    "quotes",
    "claims",
    "denials",
    "denied",
    "articles",
    "documents",
    "annotators",
    "grouped_by",
];

/// The ledger as CSV, in which no cell can run as a formula; several values in a cell are divided by `; `.
///
/// # Errors
///
/// When a row cannot be written, which memory alone can cause.
pub fn csv(ledger: &Ledger) -> Result<Vec<u8>, DatasetError> {
    let mut rows = Rows::new(true);
    for row in &ledger.rows {
        rows.push(&cells(row))?;
    }
    Ok([head(&COLUMNS, true)?, rows.finish()?].concat())
}

/// Writes the ledger as CSV into a file, whole or not at all; `-` is standard output.
///
/// # Errors
///
/// When the file cannot be written.
pub fn write_csv(ledger: &Ledger, path: &Path) -> Result<(), DatasetError> {
    let bytes = csv(ledger)?;
    let draft = if path.as_os_str() == "-" { Draft::standard_output() } else { Draft::file(path)? };
    let mut stream = draft.stream()?;
    let written = stream.write_all(&bytes).and_then(|()| stream.flush());
    written.map_err(|source| draft.io(source))?;
    drop(stream);
    Ok(draft.finish()?)
}

fn cells(row: &Row) -> [Cell<'_>; 12] {
    let number = |count: usize| Cell::Number(u32::try_from(count).unwrap_or(u32::MAX));
    let list = |values: &mut dyn Iterator<Item = &str>| Cell::Text(values.collect::<Vec<_>>().join("; ").into());
    let by_count = |counts: &BTreeMap<String, usize>| {
        let mut values: Vec<_> = counts.iter().collect();
        values.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        Cell::Text(values.into_iter().map(|(value, _)| value.as_str()).collect::<Vec<_>>().join("; ").into())
    };
    let grouped = match row.grouped_by {
        super::Grouping::Entity => "entity",
        super::Grouping::Name => "name",
        super::Grouping::Unresolved => "unresolved",
    };
    [
        Cell::from(row.name.as_str()),
        list(&mut row.also.iter().map(String::as_str)),
        by_count(&row.kind),
        by_count(&row.naming),
        number(row.quotes),
        number(row.claims),
        number(row.denials),
        number(row.denied),
        number(row.documents.len()),
        list(&mut row.documents.iter().map(|id| id.as_str())),
        list(&mut row.annotators.iter().map(|name| name.as_str())),
        Cell::from(grouped),
    ]
}
