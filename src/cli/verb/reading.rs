//! The verbs that only read: `check` and `stats`.

use std::path::Path;

use ascribe_engine::{Counts, Tree, load};
use ascribe_schema::{Problem, Severity};
use serde::Serialize;

use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

#[derive(Serialize)]
struct Report<'a> {
    errors: usize,
    warnings: usize,
    notes: usize,
    problems: &'a [Problem],
}

/// Lists every problem of a project.
pub(crate) fn check(project: &Path, json: bool, strict: bool, io: &mut Io<'_>) -> Result<u8, Failed> {
    let project = load(&Tree::open(project)?);
    let count = |severity| project.problems.iter().filter(|problem| problem.severity == severity).count();
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(count);
    if json {
        let report = Report { errors, warnings, notes, problems: &project.problems };
        writeln!(io.out, "{}", serde_json::to_string_pretty(&report)?)?;
    } else {
        for problem in &project.problems {
            writeln!(io.out, "{problem}")?;
        }
        writeln!(io.out, "{} documents: {errors} errors, {warnings} warnings, {notes} notes", project.documents.len())?;
    }
    let wanting = errors > 0 || (strict && warnings > 0);
    Ok(if wanting { NEEDS_A_PERSON } else { DONE })
}

/// Counts what is in a project.
pub(crate) fn stats(project: &Path, json: bool, io: &mut Io<'_>) -> Result<u8, Failed> {
    let stats = ascribe_engine::stats(&load(&Tree::open(project)?));
    if json {
        writeln!(io.out, "{}", serde_json::to_string_pretty(&stats)?)?;
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
