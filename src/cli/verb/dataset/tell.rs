//! What became of a dataset, told to people or in JSON.

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
};

use ascribe_engine::{
    dataset::{Account, Fate, Kind, Refused, Taken, TakenNumbers, Told},
    store::write_file,
};
use serde::Serialize;

use super::super::reading::plain;
use crate::Failed;

/// How many refused pieces, each with those like it, are told to people; all are kept in a file.
const FIRST: usize = 20;

#[derive(Serialize)]
struct WrittenReport<'a> {
    to: String,
    account: &'a Account,
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<ReadReport<'a>>,
}

#[derive(Serialize)]
struct ReadReport<'a> {
    bytes: u64,
    noted: BTreeMap<&'a str, usize>,
    refused: &'a [Refused],
    #[serde(skip_serializing_if = "Option::is_none")]
    refused_file: Option<String>,
}

#[derive(Serialize)]
struct TakenReport<'a> {
    numbers: &'a BTreeMap<Kind, TakenNumbers>,
    new_documents: Vec<&'a str>,
    new_names: Vec<&'a str>,
    left_out: &'a Account,
    #[serde(flatten)]
    read: ReadReport<'a>,
}

/// Tells what was written of everything, where; or would be.
pub(super) fn written(
    to: &Path,
    account: &Account,
    read: Option<(&Told, Option<&PathBuf>)>,
    json: bool,
    dry_run: bool,
    out: &mut dyn Write,
) -> Result<(), Failed> {
    let to = if to.as_os_str() == "-" { "standard output".to_owned() } else { to.display().to_string() };
    if json {
        let read = read.map(|(told, file)| read_report(told, file));
        writeln!(out, "{}", serde_json::to_string_pretty(&WrittenReport { to, account, read })?)?;
        return Ok(());
    }
    if dry_run {
        writeln!(out, "would be written")?;
    } else {
        writeln!(out, "written to {to}")?;
    }
    numbers(account, out)?;
    losses(account, out)?;
    if let Some((told, file)) = read {
        reading(told, file, out)?;
    }
    Ok(())
}

/// Tells what was taken into a project.
pub(super) fn taken(taken: &Taken, file: Option<&PathBuf>, json: bool, out: &mut dyn Write) -> Result<(), Failed> {
    let new_names: Vec<_> = taken.new_names.iter().map(String::as_str).collect();
    if json {
        let report = TakenReport {
            numbers: &taken.numbers,
            new_documents: taken.new_documents.iter().map(|id| id.as_str()).collect(),
            new_names,
            left_out: &taken.told.left_out,
            read: read_report(&taken.told, file),
        };
        writeln!(out, "{}", serde_json::to_string_pretty(&report)?)?;
        return Ok(());
    }
    writeln!(out, "{:<12} {:>9} {:>9} {:>9}", "", "imported", "known", "refused")?;
    for kind in Kind::ALL {
        let TakenNumbers { imported, known, refused } = taken.numbers.get(&kind).copied().unwrap_or_default();
        writeln!(out, "{:<12} {imported:>9} {known:>9} {refused:>9}", kind.word(2))?;
    }
    if !new_names.is_empty() {
        writeln!(out, "new in the scheme: {}", plain(&new_names.join(", ")))?;
    }
    losses(&taken.told.left_out, out)?;
    reading(&taken.told, file, out)
}

fn numbers(account: &Account, out: &mut dyn Write) -> Result<(), Failed> {
    writeln!(out, "{:<12} {:>9} {:>9} {:>9}", "", "written", "changed", "left out")?;
    for kind in Kind::ALL {
        let numbers = account.numbers(kind);
        let (written, degraded, left_out) = (numbers.written, numbers.degraded, numbers.left_out);
        writeln!(out, "{:<12} {written:>9} {degraded:>9} {left_out:>9}", kind.word(2))?;
    }
    Ok(())
}

fn losses(account: &Account, out: &mut dyn Write) -> Result<(), Failed> {
    for (fate, kind, reason, loss) in account.losses() {
        let fate = if fate == Fate::LeftOut { "left out" } else { "changed" };
        let examples = plain(&loss.examples.join(", "));
        writeln!(out, "{fate}: {} {}: {} (such as {examples})", loss.count, kind.word(loss.count), plain(reason))?;
    }
    Ok(())
}

/// Tells what reading had to tell.
pub(crate) fn reading(told: &Told, file: Option<&PathBuf>, out: &mut dyn Write) -> Result<(), Failed> {
    for (reason, count) in &told.noted {
        let times = if *count == 1 { "once".to_owned() } else { format!("{count} times") };
        writeln!(out, "read otherwise, {times}: {}", plain(reason))?;
    }
    let alike = alike(&told.refused);
    for (refused, count) in alike.iter().take(FIRST) {
        let line = if refused.line > 0 { format!(":{}", refused.line) } else { String::new() };
        let more = if *count > 1 { format!(" (and {} more like it)", count - 1) } else { String::new() };
        writeln!(out, "refused: {}{line}: {}{more}", plain(&refused.file), plain(&refused.reason))?;
    }
    let rest: usize = alike.iter().skip(FIRST).map(|(_, count)| count).sum();
    if rest > 0 {
        writeln!(out, "and {rest} more for other reasons or in other files")?;
    }
    if let Some(file) = file {
        writeln!(out, "everything that was refused is kept in {}", file.display())?;
    }
    Ok(())
}

/// The first of all pieces that one file has for one reason, and how many there are.
fn alike(refused: &[Refused]) -> Vec<(&Refused, usize)> {
    let (mut groups, mut places) = (Vec::new(), BTreeMap::new());
    for piece in refused {
        let place = *places.entry((&piece.file, &piece.reason)).or_insert(groups.len());
        if place == groups.len() {
            groups.push((piece, 0));
        }
        groups[place].1 += 1;
    }
    groups
}

fn read_report<'a>(told: &'a Told, file: Option<&PathBuf>) -> ReadReport<'a> {
    ReadReport {
        bytes: told.bytes,
        noted: told.noted.iter().map(|(reason, count)| (reason.as_ref(), *count)).collect(),
        refused: &told.refused,
        refused_file: file.map(|file| file.display().to_string()),
    }
}

/// Keeps what was refused in a file, one piece a line; nothing where nothing was.
pub(super) fn keep(refused: &[Refused], file: PathBuf) -> Result<Option<PathBuf>, Failed> {
    if refused.is_empty() {
        return Ok(None);
    }
    let mut lines = Vec::new();
    for piece in refused {
        serde_json::to_writer(&mut lines, piece)?;
        lines.push(b'\n');
    }
    write_file(&file, &lines)?;
    Ok(Some(file))
}
