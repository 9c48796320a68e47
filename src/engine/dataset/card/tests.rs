//! The card says what is in the data, and the scripts are short.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{collections::BTreeMap, sync::Arc};

use ascribe_schema::{Span, Text};

use super::*;
use crate::dataset::{Annotation, Entry, Holds, Record};

fn written() -> Written {
    let mut record = Record { id: "one".to_owned(), text: Arc::new(Text::new("😀 said")), ..Record::default() };
    record.annotator = "amina".to_owned();
    record.meta = BTreeMap::from([("language".to_owned(), "no".into())]);
    record.annotations.push(Annotation::new("a", "quote", vec![Span::new(2, 6)]));
    record.annotations.push(Annotation::new("b", "a|b", vec![Span::new(0, 1)]));
    let summary = Summary::of(&[Entry::new(record, Holds::ALL)]);
    Written { summaries: vec![summary, Summary::default()], ..Written::default() }
}

fn readme(format: &str, parts: &[String]) -> String {
    let format = Format::named(format).unwrap();
    let about = CardAbout { title: "A: \"b\"", format, parts, scheme: None, licence: "", agreement: "" };
    let files = card(&written(), &about);
    assert_eq!(files[0].0, "README.md");
    assert!(String::from_utf8_lossy(&files[1].1).ends_with("  one\n"));
    String::from_utf8(files[0].1.clone()).unwrap()
}

#[test]
fn the_card_counts_what_is_there_and_names_the_files_of_each_split() {
    let parts = ["train".to_owned(), "test".to_owned()];
    let card = readme("parquet", &parts);
    for wanted in [
        "pretty_name: \"A: \\\"b\\\"\"\n",
        "language: [\"no\"]\n",
        "      - split: train\n        path: \"train/records.parquet\"\n",
        "        path: \"test/annotations.parquet\"\n",
        "| quote | 1 |  |\n",
        "| a\\|b | 1 |  |\n",
        "| train | 1 | 2 | 0 |\n| test | 0 | 0 | 0 |\n",
        "| amina | 2 |",
        "## Agreement\n\nNot measured.\n",
        "`text[start:end]`",
        "Nothing was lost.",
    ] {
        assert!(card.contains(wanted), "{wanted} is missing in\n{card}");
    }
    assert!(readme("jsonl", &parts).contains("path: \"test.jsonl\""));
    assert!(readme("csv", &[]).contains("path: \"annotations.csv\""));
}

#[test]
fn scripts_have_twenty_lines_at_most() {
    for script in Format::all().filter_map(verifier::script) {
        assert!(script.lines().count() <= 20, "{script}");
    }
}
