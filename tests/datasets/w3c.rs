//! Web Annotations: the W3C's own samples, texts that are known, and both units.

use std::{fs, sync::Arc};

use ascribe_engine::dataset::{Annotation, KnownText, ReadOptions, Record, Refused, Unit, WriteOptions};
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
        json!({ "type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc5147", "value": "char=2,4" }),
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
    assert_eq!(spans, [first, first, first, Span::new(10, 14), last, first]);
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
        let ids = |record: &Record| -> Vec<String> {
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

#[test]
fn context_is_no_longer_than_browsers_search_with() {
    let text = Text::new(format!("{}no{}", "x😀".repeat(30), "😀y".repeat(30)));
    let at = text.as_str().chars().position(|c| c == 'n').unwrap() as u32;
    let annotations = vec![Annotation::new("a", "claim", vec![Span::new(at, at + 2)])];
    let record = Record { id: "d".to_owned(), text: text.into(), annotations, ..Record::default() };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tags.jsonl");
    for offsets in [None, Some(Unit::Utf16)] {
        write(std::slice::from_ref(&record), "w3c", &path, &WriteOptions { offsets, ..WriteOptions::default() })
            .unwrap();
        let lines = fs::read_to_string(&path).unwrap();
        let line: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
        let quote = &line["target"][0]["selector"][0];
        for (name, words) in [("prefix", "x😀".repeat(10) + "x😀"), ("suffix", "😀y".repeat(10) + "😀")] {
            let context = quote[name].as_str().unwrap();
            let units = context.encode_utf16().count();
            assert!((31..=32).contains(&units), "{name}: {units}");
            assert!(words.ends_with(context) || words.starts_with(context), "{name}: {context}");
        }
    }
}

#[test]
fn a_divided_dataset_is_known_and_read_by_its_folder() {
    for format in ["jsonl", "prodigy", "doccano", "w3c"] {
        let folder = tempfile::tempdir().unwrap();
        for (number, part) in ["dev.jsonl", "train.jsonl"].iter().enumerate() {
            write(&records(number as u64, 3), format, &folder.path().join(part), &WriteOptions::default()).unwrap();
        }
        fs::write(folder.path().join("account.json"), "{}").unwrap();
        fs::write(folder.path().join("README.md"), "# Card").unwrap();
        fs::write(folder.path().join("apart.jsonl"), "").unwrap();
        assert_eq!(ascribe_engine::dataset::detect(folder.path()).unwrap().name(), format);
        let (back, told) = read(format, folder.path(), &ReadOptions::default()).unwrap();
        assert_eq!((back.len(), told.refused.len()), (6, 0), "{format}");
    }
}

#[test]
fn graphs_pages_and_links_of_words_to_the_web_are_read() {
    let selector = json!({ "type": "TextQuoteSelector", "exact": "said" });
    let mut link = annotation(1, &selector);
    link["motivation"] = json!("linking");
    link["body"] = json!("https://wiki.example/Speech");
    let mut twice = annotation(2, &selector);
    for value in ["strength=weak", "strength=strong"] {
        let body = json!({ "type": "TextualBody", "purpose": "classifying", "value": value });
        twice["body"].as_array_mut().unwrap().push(body);
    }
    let context = "http://www.w3.org/ns/anno.jsonld";
    let next = json!({ "type": "AnnotationPage", "items": [annotation(3, &selector)], "next": "https://x.example/3" });
    let page = json!({ "@context": context, "type": "AnnotationPage", "items": [twice], "next": next });
    let graph = json!({ "@context": context, "@graph": [link] });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tags.json");
    fs::write(&path, format!("{graph}\n{page}\n")).unwrap();
    let (records, told) = read("w3c", &path, &known("They said no.")).unwrap();
    assert_eq!(told.refused, []);
    let annotations: Vec<_> = records.iter().flat_map(|record| &record.annotations).collect();
    assert_eq!(annotations.len(), 3);
    assert_eq!(
        (annotations[0].label.as_str(), annotations[0].note.as_str()),
        ("linking", "https://wiki.example/Speech")
    );
    assert_eq!(
        (annotations[1].attributes["strength"].as_str(), annotations[1].note.as_str()),
        ("weak", "strength=strong")
    );
    assert!(told.noted.keys().any(|note| note.contains("elsewhere")));
}
