//! `agree`: how alike annotators worked, of a project or of a plain table.

mod continuum;
mod explained;
mod gamma;
mod project;
mod ratings;
mod table;
mod units;

use std::path::PathBuf;

use clap::Args;

pub(crate) use self::ratings::read as read_ratings;
use self::{continuum::Continuum, gamma::Chance, project::Parts};
use crate::{DONE, Failed, Io};

/// What to measure.
#[derive(Debug, Args)]
#[command(after_long_help = explained::all())]
pub(crate) struct Agree {
    /// The project's folder, or a bundle
    #[arg(required_unless_present_any = ["ratings", "units"])]
    project: Option<PathBuf>,
    /// Measure a table of ratings instead: item,RATER,… with a row an item; an empty cell is a missing value; - for
    /// standard input
    #[arg(long, value_name = "FILE.csv", conflicts_with = "project")]
    ratings: Option<PathBuf>,
    /// Measure a table of units instead: annotator,label,start,end with a row a unit; without a header, or with one in
    /// any order; - for standard input
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["project", "ratings"])]
    units: Option<PathBuf>,
    #[command(flatten)]
    parts: Parts,
    #[command(flatten)]
    continuum: Continuum,
    #[command(flatten)]
    chance: Chance,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Say of each figure how it is worked out, and where that is published
    #[arg(long, conflicts_with = "json")]
    explain: bool,
}

/// Measures agreement, and prints the figures.
pub(crate) fn agree(wanted: &Agree, io: &mut Io<'_>) -> Result<u8, Failed> {
    match (&wanted.ratings, &wanted.units, &wanted.project) {
        (Some(file), ..) => ratings::print(file, wanted, io)?,
        (_, Some(file), _) => units::print(file, wanted, io)?,
        (.., Some(project)) => return project::print(project, wanted, io),
        _ => return Err("say of which project, or of which table: --ratings FILE.csv or --units FILE.csv".into()),
    }
    Ok(DONE)
}
