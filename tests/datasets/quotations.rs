//! Corpora of who said what: every part of every attribution is read, or told.

use std::{fs, path::Path};

use ascribe_engine::dataset::{Kind, ReadOptions, Record, Told, detect};
use ascribe_schema::Span;
use ascribe_tests::shared;
use serde_json::{Value, json};

use super::read;

fn part(spans: &[(u32, u32)], text: &str) -> Value {
    let spans: Vec<_> =
        spans.iter().map(|(begin, end)| json!({ "begin": 0, "charBegin": begin, "charEnd": end, "end": 1 })).collect();
    json!({ "spans": spans, "text": text, "tokenIds": [] })
}

fn news() -> Value {
    let none = part(&[], "");
    json!({
        "documentName": "7 - Rat", "originalText": "😀 „Nein“, sagte sie, „nie“.", "sentences": [], "tokens": [],
        "annotations": [
            { "id": 0, "type": "Direct", "medium": "Speech", "isNested": false, "hasNested": true, "addressee": none,
              "quote": part(&[(2, 8), (21, 26)], "„Nein“ „nie“"), "speaker": part(&[(16, 19)], "sie"),
              "cue": part(&[(10, 15)], "sagte"), "frame": part(&[(10, 19), (16, 20)], "sagte sie sie,") },
            { "id": 1, "type": "Reported", "quote": part(&[(2, 99)], "x"), "speaker": part(&[(16, 19)], "sie"),
              "cue": part(&[(16, 19)], "sagte"), "addressee": [], "frame": part(&[], "sagte") },
        ],
    })
}

fn check_news(records: &[Record], told: &Told) {
    let [record] = records else { panic!("{}", records.len()) };
    assert_eq!((record.id.as_str(), record.meta("title")), ("7 - Rat", "7 - Rat"));
    let found: Vec<_> = record.annotations.iter().map(|found| (found.label.as_str(), found.spans.clone())).collect();
    let wanted = [
        ("cue", vec![Span::new(10, 15)]),
        ("frame", vec![Span::new(10, 20)]),
        ("quote", vec![Span::new(2, 8), Span::new(21, 26)]),
        ("speaker", vec![Span::new(16, 19)]),
        ("speaker", vec![Span::new(16, 19)]),
    ];
    assert_eq!(found, wanted);
    let said: Vec<_> = record.annotations[2].attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(said, ["hasNested=true", "medium=Speech", "type=Direct"]);
    let ties: Vec<_> = record.relations.iter().map(|tie| (tie.kind.as_str(), tie.from, tie.to)).collect();
    assert_eq!(ties, [("cued_by", 2, 0), ("framed_by", 2, 1), ("attributed_to", 2, 3)]);
    let refused: Vec<_> = told.refused.iter().map(|refused| refused.kind).collect();
    assert_eq!(refused, [Kind::Annotation, Kind::Annotation, Kind::Annotation, Kind::Attribute], "{:?}", told.refused);
}

#[test]
fn german_news_are_read_a_document_a_line_or_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let lines = folder.path().join("dev.jsonl");
    fs::write(&lines, format!("{}\n{{\"originalText\": 1}}\nbroken\n", news())).unwrap();
    assert_eq!(detect(&lines).unwrap().name(), "quotations");
    let (records, mut told) = read("quotations", &lines, &ReadOptions::default()).unwrap();
    let bad = told.refused.split_off(4);
    assert_eq!(
        bad.iter().map(|refused| (refused.line, refused.kind)).collect::<Vec<_>>(),
        [(2, Kind::Document), (3, Kind::Document)]
    );
    check_news(&records, &told);
    fs::remove_file(&lines).unwrap();
    fs::write(folder.path().join("7.pretty.json"), serde_json::to_string_pretty(&news()).unwrap()).unwrap();
    assert_eq!(detect(folder.path()).unwrap().name(), "quotations");
    let (records, told) = read("quotations", folder.path(), &ReadOptions::default()).unwrap();
    check_news(&records, &told);
}

#[test]
fn lines_of_attributions_are_read_in_either_unit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    let line = |text: &str, shift: u32| {
        json!({ "doc": "d", "url": "https://n.example/", "text": text, "attributions": [{ "type": "positive",
            "source_clause": [[shift, shift + 7]], "content": [[shift + 8, shift + 12]],
            "source_text": "He said", "content_text": "“no”" }] })
    };
    fs::write(&path, format!("{}\n{}\n", line("😀 He said “no”.", 2), line("😀 He said “no”.", 3))).unwrap();
    assert_eq!(detect(&path).unwrap().name(), "quotations");
    let (records, told) = read("quotations", &path, &ReadOptions::default()).unwrap();
    assert_eq!(told.refused, []);
    for record in &records {
        let [content, source] = record.annotations.as_slice() else { panic!() };
        assert_eq!((record.slice(content.spans[0]), record.slice(source.spans[0])), ("“no”", "He said"));
        assert_eq!((record.relations[0].kind.as_str(), record.relations[0].from), ("attributed_to", 0));
        assert_eq!(content.attributes["type"], "positive");
    }
}

#[test]
fn quotations_of_litbank_are_found_by_sentence_and_token() {
    let folder = tempfile::tempdir().unwrap();
    let marks = concat!(
        "QUOTE\tQ1\t0\t2\t1\t1\t\" É o fim \"\n",
        "QUOTE\tQ1\t0\t0\t0\t0\tEla\nQUOTE\tQ2\t0\t0\t0\t1\tEle disse\nQUOTE\tQ3\t5\t0\t5\t1\tx\nQUOTE\tQ4\tx\t0\t5\t1\tx\n",
        "ATTRIB\tQ1\tAna-0\nATTRIB\tQ1\tBia-1\nATTRIB\tQ9\tAna-0\nnonsense\n",
    );
    fs::write(folder.path().join("0.ann"), "").unwrap();
    fs::write(folder.path().join("0.txt"), "Nada .\n").unwrap();
    fs::write(folder.path().join("1.ann"), marks).unwrap();
    fs::write(folder.path().join("1.txt"), "Ela disse \" É o\nfim \" .\n").unwrap();
    fs::write(folder.path().join("2.ann"), marks).unwrap();
    assert_eq!(detect(folder.path()).unwrap().name(), "quotations");
    let (records, told) = read("quotations", folder.path(), &ReadOptions::default()).unwrap();
    assert_eq!(records.len(), 2);
    let [quote] = records[1].annotations.as_slice() else { panic!() };
    assert_eq!((records[1].slice(quote.spans[0]), quote.attributes["speaker"].as_str()), ("\" É o\nfim \"", "Ana-0"));
    let lines: Vec<_> = told.refused.iter().map(|refused| refused.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 7, 8, 9, 0]);
}

/// How many annotations and relations of a shared corpus are read; nothing of it may be refused.
fn counts(path: &Path) -> (usize, usize, usize) {
    assert_eq!(detect(path).unwrap().name(), "quotations");
    let (records, told) = read("quotations", path, &ReadOptions::default()).unwrap();
    assert_eq!(told.refused, []);
    let sum = |count: fn(&Record) -> usize| records.iter().map(count).sum();
    (records.len(), sum(|record| record.annotations.len()), sum(|record| record.relations.len()))
}

#[test]
fn published_corpora_are_read_whole() {
    let wanted = [
        ("data/wikinews_de_quotes/dev.jsonl", (150, 2220, 1567)),
        ("data/gum_attribution/attribution.jsonl", (43, 902, 451)),
        ("data/litbank/quotations/tsv", (30, 703, 0)),
    ];
    for (name, wanted) in wanted {
        match shared(name) {
            Some(path) => assert_eq!(counts(&path), wanted, "{name}"),
            None => println!("skipped: no shared data"),
        }
    }
}
