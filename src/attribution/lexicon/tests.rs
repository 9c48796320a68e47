//! The test rows of the lexicons' files, and what every file must hold.

use std::collections::BTreeSet;

use ascribe_schema::Text;

use super::{Class, FILE, Lexicon, lexicon};
use crate::{Proposals, propose};

/// A class of a file, with its test rows.
struct Tested<'a> {
    class: Class,
    rows: Vec<&'a str>,
}

fn tested(file: &str) -> Vec<Tested<'_>> {
    let mut all: Vec<Tested<'_>> = Vec::new();
    for line in file.lines() {
        if let Some(class) = line.strip_prefix('[').and_then(|line| Class::named(line.trim_end_matches(']'))) {
            all.push(Tested { class, rows: Vec::new() });
        }
        if let (Some(row), Some(last)) = (line.strip_prefix("test:"), all.last_mut()) {
            last.rows.push(row.trim());
        }
    }
    all
}

/// What is proposed, as `label words`.
fn found(text: &Text, proposals: &Proposals) -> BTreeSet<String> {
    let words = |span| text.slice(span).unwrap_or_default();
    proposals
        .annotations
        .iter()
        .map(|proposal| {
            let words: Vec<_> = proposal.spans.iter().map(|span| words(*span)).collect();
            format!("{} {}", proposal.label, words.join(" … "))
        })
        .collect()
}

#[test]
fn every_row_of_every_file_holds() {
    let mut wrong = Vec::new();
    for (language, file) in FILE {
        for row in tested(file).iter().flat_map(|tested| &tested.rows) {
            let mut parts = row.split('|').map(str::trim);
            let text = Text::new(parts.next().unwrap_or_default());
            let found = found(&text, &propose(&text, Some(language), &[]));
            let expected: Vec<_> = parts.collect();
            let missing: Vec<_> = expected.iter().filter(|expected| !found.contains(**expected)).collect();
            let quotes = expected.is_empty() && found.iter().any(|found| found.starts_with("quote"));
            if quotes || !missing.is_empty() {
                wrong.push(format!("{language}: {row}\n    missing {missing:?}\n    found {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_class_that_a_file_has_is_tested_there() {
    let silent: Vec<_> = FILE
        .iter()
        .flat_map(|(language, file)| tested(file).into_iter().map(move |tested| (*language, tested)))
        .filter(|(_, tested)| tested.rows.is_empty())
        .map(|(language, tested)| format!("{language} [{}]", tested.class.name()))
        .collect();
    assert!(silent.is_empty(), "no `test:` line under {silent:?}");
}

#[test]
fn every_file_can_be_read() {
    for (language, file) in FILE {
        assert_eq!(Lexicon::read(file).map(|_| ()), Ok(()), "{language}");
        assert!(lexicon(language).is_some_and(|lexicon| !lexicon.is_empty()), "{language}");
    }
    assert!(Class::ALL.len() <= 128, "a set of classes is one number");
}

#[test]
fn what_cannot_be_read_is_told_with_its_line() {
    let told = |file: &str| Lexicon::read(file).err().map(|error| (error.line, error.reason));
    assert_eq!(told("say says"), Some((1, "it stands under no class".into())));
    assert_eq!(told("# remark\n[nothing]"), Some((2, "no class `nothing`".into())));
}
