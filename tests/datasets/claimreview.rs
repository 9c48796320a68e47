//! Claim reviews: drafts of claims that have a verdict, and of nothing else.

use std::fs;

use ascribe_engine::dataset::{Annotation, Kind, Record, Relation, WriteOptions};
use ascribe_schema::{Span, Text};
use serde_json::{Value, json};

use super::write;

#[test]
fn a_checked_claim_becomes_a_draft_with_who_made_it() {
    let tag = |id: &str, label: &str, start, end, attributes: &[(&str, &str)]| {
        let mut annotation = Annotation::new(id, label, vec![Span::new(start, end)]);
        annotation.attributes = attributes.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        annotation
    };
    let tie = |id: &str, kind: &str, from, to| Relation { id: id.into(), kind: kind.into(), from, to };
    let mut record = Record {
        id: "a-1".to_owned(),
        text: Text::new("“Taxes fell,” said the minister. Rents rose.").into(),
        annotations: vec![
            tag("q", "quote", 0, 13, &[]),
            tag("c", "claim", 1, 11, &[("verification", "refuted"), ("polarity", "positive")]),
            tag("s", "source", 19, 31, &[("kind", "person"), ("entity", "Zoë Müller")]),
            tag("d", "claim", 33, 43, &[("verification", "in_progress")]),
            tag("e", "claim", 33, 38, &[("verification", "supported")]),
            tag("t", "source", 0, 13, &[("kind", "document")]),
        ],
        relations: vec![
            tie("r1", "expresses", 0, 1),
            tie("r2", "attributed_to", 0, 2),
            tie("r3", "attributed_to", 4, 5),
        ],
        ..Record::default()
    };
    record.meta.insert("url".to_owned(), "https://news.example/a".into());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("drafts.jsonl");
    let written = write(&[record], "claimreview", &path, &WriteOptions::default()).unwrap();
    let drafts = fs::read_to_string(&path).unwrap();
    let drafts: Vec<Value> = drafts.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(drafts.len(), 2);
    assert_eq!(drafts[1]["itemReviewed"]["author"]["@type"], "Thing");
    assert_eq!(drafts[0]["claimReviewed"], "Taxes fell");
    assert_eq!(drafts[0]["itemReviewed"]["author"], json!({ "@type": "Person", "name": "Zoë Müller" }));
    assert_eq!(drafts[0]["itemReviewed"]["appearance"]["url"], "https://news.example/a");
    assert_eq!(drafts[0]["reviewRating"]["alternateName"], "Refuted");
    assert_eq!((&drafts[0]["url"], &drafts[0]["author"]["name"]), (&json!(""), &json!("")), "left to fill in");
    let numbers = |kind| {
        let numbers = written.account.numbers(kind);
        (numbers.written, numbers.degraded, numbers.left_out)
    };
    assert_eq!(numbers(Kind::Annotation), (0, 4, 2));
    assert_eq!(numbers(Kind::Attribute), (4, 1, 2), "schema.org has no author that is a document");
    assert_eq!(numbers(Kind::Relation), (1, 0, 2));
}
