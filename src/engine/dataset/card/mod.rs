//! What goes beside a dataset: a data card in the form of Hugging Face, hashes of the texts, and a script that checks
//! the offsets.
//!
//! The card's head is YAML as <https://huggingface.co/docs/hub/datasets-cards> says, so that a dataset that is put
//! there is found and loads by itself.

mod agreement;
mod verifier;

use std::{collections::BTreeMap, fmt::Write};

use ascribe_schema::Scheme;

pub use self::agreement::agreement_of;
use super::{Fate, Format, Kind, Shape, Summary, Written};

/// What a data card says that is not in the data.
#[derive(Clone, Copy, Debug)]
pub struct CardAbout<'a> {
    /// What the dataset is called.
    pub title: &'a str,
    /// Its format.
    pub format: Format,
    /// The names of its parts; none if it is not divided.
    pub parts: &'a [String],
    /// The labels and relation types with their guidelines, if they are known.
    pub scheme: Option<&'a Scheme>,
    /// The licence, by the name that Hugging Face has for it; empty if that is to be filled in.
    pub licence: &'a str,
    /// How far annotators agree, in Markdown; empty if that was not measured.
    pub agreement: &'a str,
}

/// The name of the card.
const CARD: &str = "README.md";
/// The name of the list of hashes.
const HASHES: &str = "texts.sha256";
/// The name of the script.
const SCRIPT: &str = "verify.py";

/// The files beside a dataset, by name: its card, the hashes of its texts and, for formats that carry the annotated
/// words, a script that checks them. What was written must have been counted ([`super::Way::summary`]).
#[must_use]
pub fn card(written: &Written, about: &CardAbout<'_>) -> Vec<(String, Vec<u8>)> {
    let mut all = Summary::default();
    written.summaries.iter().cloned().for_each(|summary| all.add(summary));
    let script = verifier::script(about.format);
    let mut hashes = String::new();
    for (document, hash) in &all.texts {
        // Writing into a string cannot fail.
        let _ = writeln!(hashes, "{hash}  {document}");
    }
    let card = head(&all, about) + &body(&all, written, about, script.is_some());
    let mut files = vec![(CARD.to_owned(), card.into_bytes()), (HASHES.to_owned(), hashes.into_bytes())];
    files.extend(script.map(|script| (SCRIPT.to_owned(), script.into_bytes())));
    files
}

/// A text as YAML has it, whatever is in it: JSON is YAML.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The files that a program loads, by what they are.
fn files(format: Format) -> &'static [(&'static str, &'static str)] {
    match format.name() {
        "parquet" => &[("default", "records.parquet"), ("annotations", "annotations.parquet")],
        "csv" => &[("default", "annotations.csv"), ("documents", "documents.csv"), ("relations", "relations.csv")],
        _ => &[],
    }
}

/// The data about data, in YAML.
fn head(all: &Summary, about: &CardAbout<'_>) -> String {
    let languages: Vec<_> = all.languages.keys().filter(|language| !language.is_empty()).map(|l| quoted(l)).collect();
    let licence = if about.licence.is_empty() {
        "unknown # say under which licence the texts and the annotations may be used".to_owned()
    } else {
        quoted(about.licence)
    };
    let size = match all.records {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        100_000..1_000_000 => "100K<n<1M",
        _ => "1M<n<10M",
    };
    let mut head = format!("---\npretty_name: {}\nlicense: {licence}\n", quoted(about.title));
    if !languages.is_empty() {
        head += &format!("language: [{}]\n", languages.join(", "));
    }
    head += "task_categories: [token-classification]\ntags: [quotation, attribution, span-annotation]\n";
    head += &format!("size_categories: [\"{size}\"]\n");
    head + &configs(about) + "---\n\n"
}

/// Which files a program loads, by part.
fn configs(about: &CardAbout<'_>) -> String {
    let split = |part: &str, path: &str| format!("      - split: {part}\n        path: {}\n", quoted(path));
    let mut configs = String::new();
    match about.format.shape() {
        Shape::File("jsonl") if !about.parts.is_empty() => {
            configs += "configs:\n  - config_name: default\n    data_files:\n";
            configs.extend(about.parts.iter().map(|part| split(part, &format!("{part}.jsonl"))));
        }
        Shape::Either(_) => {
            configs += "configs:\n";
            for (name, file) in files(about.format) {
                configs += &format!("  - config_name: {name}\n    data_files:\n");
                configs.extend(about.parts.iter().map(|part| split(part, &format!("{part}/{file}"))));
                if about.parts.is_empty() {
                    configs += &split("train", file);
                }
            }
        }
        _ => {}
    }
    configs
}

/// What is said in words.
fn body(all: &Summary, written: &Written, about: &CardAbout<'_>, script: bool) -> String {
    let mut body = format!("# {}\n\n", cell(about.title));
    let annotations: usize = all.labels.values().sum();
    let relations: usize = all.relations.values().sum();
    body += &format!(
        "{} documents ({} with each annotator's work counted apart), {annotations} annotations, {relations} relations.\n\
         Written by Ascribe in the format `{}`: {}.\n\n",
        all.texts.len(),
        all.records,
        about.format.name(),
        about.format.about(),
    );
    let guideline = |name: &str| {
        let label = about.scheme.and_then(|scheme| scheme.labels.iter().find(|label| label.name == name));
        label.map_or("", |label| label.guideline.as_str())
    };
    body += &table("Labels", ["label", "annotations", "what it marks"], &all.labels, guideline);
    let guideline = |name: &str| {
        let kind = about.scheme.and_then(|scheme| scheme.relations.iter().find(|kind| kind.name == name));
        kind.map_or("", |kind| kind.guideline.as_str())
    };
    body += &table("Relations", ["type", "relations", "what it says"], &all.relations, guideline);
    body += &splits(&written.summaries, about.parts);
    body += &table("Annotators", ["annotator", "annotations", ""], &all.annotators, |_| "");
    body += "## Agreement\n\n";
    body += if about.agreement.is_empty() { "Not measured.\n" } else { about.agreement };
    body += "\n\n## Texts and offsets\n\n";
    body += offsets(about.format);
    body += "\n\nTexts are as they were imported: decoded, without a byte-order mark, lines ending in LF, and otherwise \
             unchanged. They are not normalised (neither NFC nor NFD), and quote marks are not mended.\n";
    body += &format!("`{HASHES}` has the SHA-256 of every text's UTF-8 bytes, by document.");
    if script {
        body += &format!(
            " `{SCRIPT}` compares the texts with them and checks that every annotation's words stand at its offsets."
        );
    }
    body + "\n\n" + &losses(written)
}

/// What offsets count, for whoever writes a program.
fn offsets(format: Format) -> &'static str {
    let unit = format.unit();
    if unit.contains("UTF-16") {
        "Offsets count UTF-16 code units from 0, as Java and JavaScript do, and an end is not included. In Python an \
         annotation's words are `text.encode(\"utf-16-le\")[2 * start:2 * end].decode(\"utf-16-le\")`."
    } else if unit.contains("code points") {
        "Offsets count Unicode code points from 0, and an end is not included. In Python an annotation's words are \
         `text[start:end]`; in Java and JavaScript, which count UTF-16 units, they are not where a character beyond \
         U+FFFF stands before."
    } else if unit.contains("token") {
        "Annotations are on tokens, which are words by Unicode's UAX #29 and single signs."
    } else {
        "There are no offsets in this format."
    }
}

fn splits(summaries: &[Summary], parts: &[String]) -> String {
    if parts.is_empty() {
        return String::new();
    }
    let mut splits = "## Splits\n\nBy document: all annotators' work on one document is in one part.\n\n".to_owned();
    splits += "| split | records | annotations | relations |\n| --- | ---: | ---: | ---: |\n";
    for (part, summary) in parts.iter().zip(summaries) {
        let (labels, relations): (usize, usize) = (summary.labels.values().sum(), summary.relations.values().sum());
        splits += &format!("| {} | {} | {labels} | {relations} |\n", cell(part), summary.records);
    }
    splits + "\n"
}

fn table<'a>(
    title: &str,
    [name, count, words]: [&str; 3],
    counts: &BTreeMap<String, usize>,
    about: impl Fn(&str) -> &'a str,
) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let mut table = format!("## {title}\n\n| {name} | {count} | {words} |\n| --- | ---: | --- |\n");
    for (name, count) in counts {
        let named = if name.is_empty() { "(not said)" } else { name };
        table += &format!("| {} | {count} | {} |\n", cell(named), cell(about(name)));
    }
    table + "\n"
}

/// A text inside a line or a cell of Markdown.
pub(crate) fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => cell.push(' '),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '#' => cell.extend(['\\', c]),
            c => cell.push(c),
        }
    }
    cell
}

/// What is not in the data as it was tagged.
fn losses(written: &Written) -> String {
    let mut losses = "## What the format could not hold\n\n".to_owned();
    if !written.account.has_losses() {
        return losses + "Nothing was lost.\n";
    }
    for (fate, kind, reason, loss) in written.account.losses() {
        let fate = if fate == Fate::LeftOut { "left out" } else { "written otherwise" };
        losses += &format!("- {} {} {fate}: {}\n", loss.count, Kind::word(kind, loss.count), cell(reason));
    }
    losses + "\n`account.json` says the same with examples.\n"
}

#[cfg(test)]
mod tests;
