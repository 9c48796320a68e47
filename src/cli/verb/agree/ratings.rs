//! `agree --ratings`: a plain table of items and raters.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

use ascribe_engine::agreement::{Figure, Measure, Ratings};
use csv::StringRecord;
use serde::Serialize;

use super::{Agree, explained, table::Table};
use crate::{Failed, Io};

#[derive(Serialize)]
struct Report {
    n_items: usize,
    n_raters: usize,
    measures: BTreeMap<&'static str, Row>,
}

#[derive(Serialize)]
struct Row {
    value: Option<f64>,
    /// How many items the figure is made of.
    n_items: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Reads the table, and prints every measure of it.
pub(super) fn print(file: &Path, wanted: &Agree, io: &mut Io<'_>) -> Result<(), Failed> {
    let ratings = ratings(&Table::read(file)?)?;
    let figures = ratings.figures();
    let (items, raters) = (ratings.items(), ratings.raters().len());
    if wanted.json {
        let measures = figures.iter().map(|(measure, figure)| (measure.key, row(figure))).collect();
        let report = Report { n_items: items, n_raters: raters, measures };
        writeln!(io.out, "{}", serde_json::to_string_pretty(&report)?)?;
        return Ok(());
    }
    let categories = ratings.categories().len();
    writeln!(io.out, "{items} items, {raters} raters, {categories} categories\n")?;
    let shown: Vec<(&Measure, Figure)> = figures;
    explained::figures(&shown, wanted.explain, io)
}

fn row(figure: &Figure) -> Row {
    let reason = figure.value.err().map(|reason| reason.to_string());
    Row { value: figure.value.ok(), n_items: figure.n, reason }
}

/// Reads a table from its bytes; errors call it `name`.
pub(crate) fn read(name: &str, bytes: Vec<u8>) -> Result<Ratings, Failed> {
    ratings(&Table::of(name.to_owned(), bytes)?)
}

/// Reads a table with the header `item,RATER,…`.
fn ratings(table: &Table) -> Result<Ratings, Failed> {
    let mut ratings: Option<Ratings> = None;
    let mut lines: HashMap<String, u64> = HashMap::new();
    table.each(|row, line| {
        let Some(ratings) = &mut ratings else {
            ratings = Some(Ratings::new(raters(row).map_err(|what| table.wrong(line, &what))?));
            return Ok(());
        };
        let item = &row[0];
        if let Some(first) = lines.insert(item.to_owned(), line).filter(|_| !item.is_empty()) {
            let what = format!("the item `{item}` stands in line {first}, too; give each item one row");
            return Err(table.wrong(line, &what));
        }
        ratings.add(row.iter().skip(1).map(|cell| Some(cell).filter(|cell| !cell.is_empty())));
        Ok(())
    })?;
    ratings
        .map(Ratings::by_number)
        .ok_or_else(|| table.lacks("there is nothing in it; the first line must be a header: item,RATER,…"))
}

fn raters(header: &StringRecord) -> Result<Vec<String>, String> {
    let names: Vec<String> = header.iter().skip(1).map(str::to_owned).collect();
    if !header[0].eq_ignore_ascii_case("item") {
        return Err(format!("the header must be item,RATER,… and this begins with `{}`", &header[0]));
    }
    if names.is_empty() {
        return Err("there is no rater in the header; it must be item,RATER,…".to_owned());
    }
    for (number, name) in names.iter().enumerate() {
        if name.is_empty() {
            return Err(format!("the rater in column {} has no name", number + 2));
        }
        if names[..number].contains(name) {
            return Err(format!("two raters are called `{name}`"));
        }
    }
    Ok(names)
}
