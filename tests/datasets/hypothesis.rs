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
