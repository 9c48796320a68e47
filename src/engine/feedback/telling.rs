//! Feedback as a Markdown file.

use std::{collections::BTreeMap, fmt::Write};

use super::{Changed, Entry, Feedback, Outcome};
use crate::Project;

/// The most characters of a tag that are shown.
const SHOWN: usize = 160;

/// Feedback as Markdown, for a file that a person reads: what is not as they had it, with its place, by document, and
/// the numbers.
#[must_use]
pub fn markdown(feedback: &Feedback, project: &Project) -> String {
    let by = feedback.by.as_ref().map_or("the adjudicator", |name| name.as_str());
    let mut out =
        format!("# What became of the tags of {}\n\nDecided by {by}.\n\n", plain(feedback.annotator.as_str()));
    if feedback.entries.is_empty() {
        return out + "Nothing of theirs was decided yet.\n";
    }
    out += &table("Label", &feedback.labels, Some(&feedback.totals));
    if !feedback.reasons.is_empty() {
        out += &table("Reason", &feedback.reasons, None);
    }
    let mut last = None;
    for entry in feedback.entries.iter().filter(|entry| entry.outcome != Outcome::Accepted) {
        if last != Some(&entry.document) {
            let document = project.documents.get(&entry.document);
            let title = document.map_or(entry.document.as_str(), |document| &document.record.title);
            // Writing to a string cannot fail.
            let _ = write!(out, "## {}\n\n`{}`\n\n", plain(title), entry.document);
            last = Some(&entry.document);
        }
        out += &line(entry);
    }
    out
}

/// How many entries of each row have which outcome.
fn table(
    title: &str,
    rows: &BTreeMap<String, BTreeMap<Outcome, usize>>,
    totals: Option<&BTreeMap<Outcome, usize>>,
) -> String {
    let mut out = format!("| {title} |");
    Outcome::ALL.iter().for_each(|outcome| out += &format!(" {} |", outcome.name()));
    out += "\n| --- |";
    Outcome::ALL.iter().for_each(|_| out += " ---: |");
    out.push('\n');
    let sums = totals.map(|totals| ("all".to_owned(), totals));
    for (name, counts) in rows.iter().map(|(name, counts)| (plain(name), counts)).chain(sums) {
        out += &format!("| {name} |");
        for outcome in Outcome::ALL {
            out += &format!(" {} |", counts.get(&outcome).copied().unwrap_or_default());
        }
        out.push('\n');
    }
    out.push('\n');
    out
}

fn line(entry: &Entry) -> String {
    let words = plain(&short(&entry.text.join(" … ")));
    let place = entry.spans.iter().map(|span| format!("{}–{}", span.start, span.end)).collect::<Vec<_>>().join(", ");
    let tag = entry.annotation.as_ref().map(|id| format!(", tag `{id}`")).unwrap_or_default();
    let mut out = format!("- **{}**: {}: {words} (characters {place}{tag})", entry.outcome.name(), plain(&entry.label));
    for Changed { what, before, after } in &entry.changes {
        let shown = |value: &str| if value.is_empty() { "nothing".to_owned() } else { plain(&short(value)) };
        out += &format!("\n  - {}: {} → {}", plain(&what.name()), shown(before), shown(after));
    }
    if !entry.reason.is_empty() {
        out += &format!("\n  - why: {}", plain(&entry.reason));
    }
    if !entry.note.is_empty() {
        out += &format!("\n  - {}", plain(&entry.note));
    }
    if entry.stale {
        out += "\n  - something has changed since this was decided";
    }
    out + "\n"
}

fn short(words: &str) -> String {
    if words.chars().count() <= SHOWN {
        return words.to_owned();
    }
    words.chars().take(SHOWN - 1).chain(['…']).collect()
}

/// A text inside a line or a cell of Markdown.
fn plain(text: &str) -> String {
    crate::dataset::card::cell(text)
}
