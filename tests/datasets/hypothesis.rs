//! Annotations from Hypothes.is, on articles that are known.

use std::{fs, sync::Arc};

use ascribe_engine::dataset::{KnownText, ReadOptions, detect};
use ascribe_schema::{Span, Text};
use serde_json::json;

use super::read;

#[test]
fn tags_users_and_notes_are_read_and_what_marks_no_words_is_refused() {
    let row = |id: &str, user: &str, tags: &[&str], exact: &str| {
        json!({
            "id": id, "uri": "https://news.example/a", "user": format!("acct:{user}@hypothes.is"), "tags": tags,
            "text": "see page 3", "created": "2026-11-22T10:12:31.123456+00:00",
            "target": [{ "source": "https://news.example/a", "selector": [
                { "type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0, "endContainer": "/p[1]", "endOffset": 4 },
                { "type": "TextPositionSelector", "start": 2003, "end": 2007 },
                { "type": "TextQuoteSelector", "exact": exact, "prefix": "", "suffix": "" },
            ] }],
        })
    };
    let mut reply = row("r", "bo", &[], "said");
    reply["references"] = json!(["a"]);
    let mut page = row("p", "bo", &[], "said");
    page["target"] = json!([{ "source": "https://news.example/a" }]);
    let mut elsewhere = row("e", "bo", &[], "said");
    elsewhere["uri"] = json!("https://other.example/");
    let rows = [
        row("a", "amina", &["claim", "polarity:negative", "urgent"], "said"),
        row("b", "bo", &[], "nothing"),
        row("c", "bo", &["quote"], "not there"),
        reply,
        page,
        elsewhere,
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("search.json");
    fs::write(&path, json!({ "total": rows.len(), "rows": rows }).to_string()).unwrap();
    assert_eq!(detect(&path).unwrap().name(), "hypothesis");
    let (id, url) = ("a-1".to_owned(), "https://news.example/a".to_owned());
    let text = Arc::new(Text::new("😀 They said nothing."));
    let known = [KnownText { id, url, text_sha256: String::new(), text }];
    let options = ReadOptions { known: known.into(), ..ReadOptions::default() };
    let (records, told) = read("hypothesis", &path, &options).unwrap();
    let annotators: Vec<_> = records.iter().map(|record| record.annotator.as_str()).collect();
    assert_eq!(annotators, ["amina", "bo"]);
    let claim = &records[0].annotations[0];
    assert_eq!((claim.label.as_str(), claim.note.as_str()), ("claim", "see page 3"));
    assert_eq!(claim.spans, [Span::new(7, 11)]);
    let attributes: Vec<_> = claim.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(attributes, [("polarity", "negative"), ("urgent", "true")]);
    assert_eq!(records[1].annotations[0].label, "comment");
    let reasons: Vec<_> = told.refused.iter().map(|refused| refused.reason.as_str()).collect();
    for (reason, part) in reasons.iter().zip(["not in the text", "reply", "whole page", "not known"]) {
        assert!(reason.contains(part), "{reason}");
    }
    assert_eq!(reasons.len(), 4);
}

/// Options that know one text.
fn known(text: &str) -> ReadOptions {
    let (id, url, text) = ("a-1".to_owned(), "https://news.example/a".to_owned(), Arc::new(Text::new(text)));
    ReadOptions { known: [KnownText { id, url, text_sha256: String::new(), text }].into(), ..ReadOptions::default() }
}

#[test]
fn replies_beside_the_rows_other_addresses_and_tags_that_say_a_thing_twice_are_not_lost() {
    let row = json!({
        "id": "a", "uri": "https://news.example/a?from=mail", "user": "acct:bo@hypothes.is", "text": null,
        "document": { "link": [{ "rel": "canonical", "href": "https://news.example/a" }], "title": ["A"] },
        "tags": ["claim", "strength:weak", "strength:strong"], "references": null,
        "target": [{ "selector": [{ "type": "TextQuoteSelector", "exact": "said" }] }],
    });
    let mut reply = row.clone();
    reply["references"] = json!(["a"]);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("search.json");
    fs::write(&path, json!({ "total": 1, "rows": [row], "replies": [reply] }).to_string()).unwrap();
    let (records, told) = read("hypothesis", &path, &known("They said no.")).unwrap();
    let annotation = &records[0].annotations[0];
    assert_eq!((annotation.attributes["strength"].as_str(), annotation.note.as_str()), ("weak", "strength:strong"));
    assert_eq!(told.refused.len(), 1);
    assert!(told.refused[0].reason.contains("reply"));
}

#[test]
fn a_file_that_ends_in_the_middle_is_refused_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("search.json");
    let whole = serde_json::to_string_pretty(&json!({ "rows": [{ "id": "a", "tags": ["x", "y"] }] })).unwrap();
    fs::write(&path, &whole[..whole.len() - 4]).unwrap();
    let (records, told) = read("hypothesis", &path, &ReadOptions::default()).unwrap();
    assert_eq!((records.len(), told.refused.len()), (0, 1));
    assert!(told.refused[0].reason.contains("EOF") && told.refused[0].content.contains("\"y\""));
}
