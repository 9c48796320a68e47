//! Web Annotations: the W3C's own samples, texts that are known, and both units.

use std::{fs, sync::Arc};

use ascribe_engine::dataset::{KnownText, ReadOptions, Refused, Unit, WriteOptions};
use ascribe_schema::{Span, Text};
use serde_json::{Value, json};

use super::{content, read, records, write};

const INVALID: &str = "no valid Web Annotation";

/// What is told of each of the W3C's samples.
fn samples(kind: &str) -> Option<Vec<(String, Vec<Refused>)>> {
    let Some(folder) = ascribe_tests::shared(&format!("data/web_annotation/w3c/tools/samples/{kind}")) else {
        println!("skipped: no shared data");
        return None;
    };
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let told = |path: &std::path::PathBuf| {
        let (records, told) = read("w3c", path, &ReadOptions::default()).unwrap();
        assert_eq!(records, [], "{}: nothing is known of its text", path.display());
        (path.file_name().unwrap().to_string_lossy().into_owned(), told.refused)
    };
    Some(paths.iter().map(told).collect())
}

#[test]
fn correct_samples_are_valid_and_each_says_why_it_marks_no_words() {
    let Some(samples) = samples("correct") else { return };
    assert_eq!(samples.len(), 45);
    for (name, refused) in &samples {
        for refused in refused {
            assert!(!refused.reason.contains(INVALID), "{name}: {}", refused.reason);
            assert!(!refused.content.is_empty(), "{name}");
        }
        let only_names_pages = name == "example41.json";
        assert_eq!(refused.is_empty(), only_names_pages, "{name}");
    }
}

#[test]
fn incorrect_samples_are_refused_with_a_reason() {
    let Some(samples) = samples("incorrect") else { return };
    assert_eq!(samples.len(), 39);
    for (name, refused) in &samples {
        let [refused] = refused.as_slice() else { panic!("{name}: {refused:?}") };
        assert!(refused.reason.contains(INVALID) || refused.reason.contains("no JSON"), "{name}: {}", refused.reason);
    }
}

/// Options that know one text.
fn known(text: &str) -> ReadOptions {
    let (id, url) = ("a-1".to_owned(), "https://news.example/a".to_owned());
    let text = Arc::new(Text::new(text));
    let known = [KnownText { id, url, text_sha256: "0".to_owned(), text }];
    ReadOptions { known: known.into(), ..ReadOptions::default() }
}

fn annotation(number: usize, selector: &Value) -> Value {
    json!({
        "@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation",
        "id": format!("https://tags.example/{number}"), "creator": { "type": "Person", "nickname": "bo" },
        "body": [{ "type": "TextualBody", "purpose": "tagging", "value": "claim" }],
        "target": { "source": "http://news.example/a/#top", "selector": selector },
    })
}

#[test]
fn words_of_known_documents_are_found_by_position_or_by_themselves() {
    let quote = |exact: &str| json!({ "type": "TextQuoteSelector", "exact": exact });
    let position = |start: u32, end: u32| json!({ "type": "TextPositionSelector", "start": start, "end": end });
    let selectors = [
        json!([quote("no"), position(2, 4)]),
        json!([position(3, 5), quote("no")]),
        position(2, 4),
        quote("said"),
        json!({ "type": "TextQuoteSelector", "exact": "no", "prefix": "she said " }),
        quote("no"),
        quote("never"),
        position(2, 400),
        json!({ "type": "CssSelector", "value": "p" }),
    ];
    let all: Vec<_> = selectors.iter().enumerate().map(|(number, selector)| annotation(number, selector)).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tags.json");
    fs::write(&path, serde_json::to_string_pretty(&all).unwrap()).unwrap();
    let (records, told) = read("w3c", &path, &known("😀 no, she said no one.")).unwrap();
    assert_eq!(records.len(), 1);
    assert_eq!((records[0].id.as_str(), records[0].annotator.as_str()), ("a-1", "bo"));
    let spans: Vec<_> = records[0].annotations.iter().map(|annotation| annotation.spans[0]).collect();
    let (first, last) = (Span::new(2, 4), Span::new(15, 17));
    assert_eq!(spans, [first, first, first, Span::new(10, 14), last]);
    let reasons: Vec<_> = told.refused.iter().map(|refused| refused.reason.as_str()).collect();
    for (reason, part) in reasons.iter().zip(["several places", "not in the text", "offsets", "CssSelector"]) {
        assert!(reason.contains(part), "{reason}");
    }
    assert_eq!(reasons.len(), 4);
}

#[test]
fn utf16_positions_come_back_and_are_what_browsers_count() {
    let options = WriteOptions { offsets: Some(Unit::Utf16), ..WriteOptions::default() };
    let given = records(11, 20);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tags.jsonl");
    write(&given, "w3c", &path, &options).unwrap();
    let (back, told) = read("w3c", &path, &ReadOptions::default()).unwrap();
    assert_eq!(told.refused, []);
    let all = ascribe_engine::dataset::Holds::ALL;
    for (given, back) in given.iter().zip(&back) {
        assert_eq!(content(given, all), content(back, all));
        assert_eq!((&given.id, &given.annotator, &given.meta), (&back.id, &back.annotator, &back.meta));
        let ids = |record: &ascribe_engine::dataset::Record| -> Vec<String> {
            record.annotations.iter().map(|annotation| annotation.id.clone()).collect()
        };
        assert_eq!(ids(given), ids(back));
        assert!(given.annotations.iter().zip(&back.annotations).all(|(given, back)| given.origin == back.origin));
    }
    let mut units: Vec<u16> = Vec::new();
    for line in fs::read_to_string(&path).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        match line["motivation"].as_str().unwrap() {
            "describing" => units = line["body"]["value"].as_str().unwrap().encode_utf16().collect(),
            "tagging" => {
                for target in line["target"].as_array().unwrap() {
                    let at = |name: &str| target["selector"][1][name].as_u64().unwrap() as usize;
                    let words = String::from_utf16(&units[at("start")..at("end")]).unwrap();
                    assert_eq!(words, target["selector"][0]["exact"].as_str().unwrap());
                }
            }
            _ => {}
        }
    }
}
