//! `stats`: counts over a project, and its source ledger.

use std::path::PathBuf;

use ascribe_engine::{Counts, Tree, ledger::write_csv, load, stats as count};
use clap::Args;
use serde::Serialize;

use super::{
    ledger::{ledger_of, rows},
    whose::Whose,
};
use crate::{DONE, Failed, Io};

/// What to count.
#[derive(Debug, Args)]
pub(crate) struct Stats {
    /// The project's folder, or a bundle
    project: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// List all sources, not only the most quoted
    #[arg(long)]
    sources: bool,
    /// Write the sources as CSV for spreadsheet programs, or to - for standard output
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    sources_csv: Option<PathBuf>,
    #[command(flatten)]
    whose: Whose,
}

#[derive(Serialize)]
struct Report<'a> {
    #[serde(flatten)]
    stats: &'a ascribe_engine::Stats,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<&'a [ascribe_engine::ledger::Row]>,
    /// Why there are no sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_sources: Option<&'a str>,
}

/// Counts what is in a project.
pub(crate) fn stats(wanted: &Stats, io: &mut Io<'_>) -> Result<u8, Failed> {
    let project = load(&Tree::open(&wanted.project)?);
    let must = wanted.sources || wanted.sources_csv.is_some();
    let ledger = ledger_of(&wanted.whose, &project, must)?;
    if let (Some(path), Ok(ledger)) = (&wanted.sources_csv, &ledger) {
        write_csv(ledger, path)?;
        let told = format!("{} sources written to {}", ledger.rows.len(), path.display());
        // Standard output holds the table then.
        if path.as_os_str() == "-" {
            writeln!(io.err, "{told}")?
        } else {
            writeln!(io.out, "{told}")?
        }
        return Ok(DONE);
    }
    let stats = count(&project);
    if wanted.json {
        let sources = ledger.as_ref().ok().map(|ledger| ledger.rows.as_slice());
        let no_sources = ledger.as_ref().err().map(String::as_str);
        writeln!(io.out, "{}", serde_json::to_string_pretty(&Report { stats: &stats, sources, no_sources })?)?;
        return Ok(DONE);
    }
    writeln!(io.out, "{}: {} documents", plain(&stats.title), stats.documents.len())?;
    for document in &stats.documents {
        writeln!(io.out, "\n{} ({}, {} words)", plain(&document.title), document.id, document.words)?;
        for (annotator, counts) in &document.sets {
            writeln!(io.out, "  {annotator}: {}", sentence(counts))?;
        }
    }
    if !stats.annotators.is_empty() {
        writeln!(io.out, "\nin all")?;
    }
    for (annotator, counts) in &stats.annotators {
        writeln!(io.out, "  {annotator}: {} finished, {}", counts.finished, sentence(counts))?;
    }
    match ledger {
        Ok(ledger) => rows(&ledger, wanted.sources, io)?,
        Err(why) => writeln!(io.out, "\nsources: {why}")?,
    }
    Ok(DONE)
}

fn sentence(counts: &Counts) -> String {
    let list = |counts: &std::collections::BTreeMap<String, usize>| {
        counts
            .iter()
            .map(|(name, count)| format!("{count} {}", plain(&name.replace('_', " "))))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let waiting = if counts.waiting > 0 { format!(", {} waiting for a place", counts.waiting) } else { String::new() };
    let aside = match counts.paratext {
        0 => String::new(),
        count => format!("; {count} left out, in what is not the article"),
    };
    let (labels, relations) = (list(&counts.labels), list(&counts.relations));
    format!("{} annotations ({labels}){waiting}; relations: {relations}{aside}", counts.annotations)
}

/// What stands in files must not reach a terminal as anything but text: control characters are written out.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { c.escape_debug().to_string() } else { c.to_string() }).collect()
}
