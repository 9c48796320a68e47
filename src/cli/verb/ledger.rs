//! The source ledger for a terminal: whose, and as a table.

use super::{reading::plain, whose::Whose};
use crate::{Failed, Io};
use ascribe_engine::{
    Project,
    dataset::{Chosen, Selection},
    ledger::{Column, Ledger, Row, ledger},
};

/// How many sources are listed unless all are asked for.
const TOP: usize = 10;
/// How many characters of a name are shown.
const WIDEST: usize = 40;

/// The ledger of those whose work counts, or why there is none though nobody asked for it.
pub(super) fn ledger_of(whose: &Whose, project: &Project, must: bool) -> Result<Result<Ledger, String>, Failed> {
    let chosen = whose.chosen()?;
    let must = must || chosen != Chosen::Only;
    match ledger(project, &Selection { chosen, ..Selection::default() }) {
        Err(error) if !must => Ok(Err(error.to_string())),
        ledger => Ok(Ok(ledger?)),
    }
}

/// Prints the sources as a table: all, or those that come first.
pub(super) fn rows(ledger: &Ledger, all: bool, io: &mut Io<'_>) -> Result<(), Failed> {
    let shown = if all { ledger.rows.len() } else { ledger.rows.len().min(TOP) };
    writeln!(io.out, "\n{} sources", ledger.rows.len())?;
    let cells = |row: &Row| Column::ALL.map(|column| short(&plain(&column.text(row))));
    let table: Vec<_> = [Column::ALL.map(|column| column.name().to_lowercase())]
        .into_iter()
        .chain(ledger.rows[..shown].iter().map(cells))
        .collect();
    let mut widths = [0; Column::ALL.len()];
    for cells in &table {
        for (width, cell) in widths.iter_mut().zip(cells) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for cells in table.iter().filter(|_| shown > 0) {
        let padded = cells.iter().zip(widths).zip(Column::ALL).map(|((cell, width), column)| match column {
            Column::Name | Column::Kind => format!("{cell:width$}"),
            _ => format!("{cell:>width$}"),
        });
        writeln!(io.out, "  {}", padded.collect::<Vec<_>>().join("  "))?;
    }
    if shown < ledger.rows.len() {
        writeln!(io.out, "  and {} more; --sources lists all", ledger.rows.len() - shown)?;
    }
    Ok(())
}

fn short(name: &str) -> String {
    if name.chars().count() <= WIDEST {
        return name.to_owned();
    }
    name.chars().take(WIDEST - 1).chain(['…']).collect()
}
