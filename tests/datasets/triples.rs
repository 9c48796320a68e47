//! Who said what: a row for every attribution, and a reason for everything that is in none.

use ascribe_engine::dataset::{Annotation, Fate, Kind, Record, Relation, WriteOptions};
use ascribe_schema::{Span, Text};

use super::write;

fn given() -> Vec<Record> {
    let text = "Bo, 😀, said “no” and “never”. It rained.";
    let tags = [
        ("s", "source", vec![(0, 2)]),
        ("q", "quote", vec![(12, 16), (21, 28)]),
        ("c", "cue", vec![(7, 11)]),
        ("r", "claim", vec![(30, 40)]),
    ];
    let tag = |(id, label, spans): (&str, &str, Vec<(u32, u32)>)| {
        let spans = spans.into_iter().map(|(start, end)| Span::new(start, end)).collect();
        Annotation::new(id, label, spans)
    };
    let tie = |(id, kind, from, to): (&str, &str, usize, usize)| Relation {
        id: id.to_owned(),
        kind: kind.to_owned(),
        from,
        to,
    };
    let record = |id: &str| Record { id: id.to_owned(), text: Text::new(text).into(), ..Record::default() };
    let mut first = record("one");
    first.annotations = tags.into_iter().map(tag).collect();
    let ties = [
        ("r1", "attributed_to", 1, 0),
        ("r2", "cued_by", 1, 2),
        ("r3", "same_as", 1, 3),
        ("r4", "attributed_to", 3, 0),
    ];
    first.relations = ties[..3].iter().copied().map(tie).collect();
    let mut second = first.clone();
    second.id = "two".to_owned();
    second.relations = vec![tie(ties[3])];
    vec![first, second, record("three")]
}

#[test]
fn every_attribution_is_a_row_and_the_rest_is_accounted_for() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("x.jsonl");
    let written = write(&given(), "triples-jsonl", &to, &WriteOptions::default()).unwrap();
    let lines: Vec<serde_json::Value> =
        std::fs::read_to_string(&to).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    let first = &lines[0];
    assert_eq!((&first["source"], &first["cue"]), (&"Bo".into(), &"said".into()));
    assert_eq!(first["content"], "“no” … “never”");
    assert_eq!((&first["content_start"], &first["content_spans"]), (&12.into(), &"12-16 21-28".into()));
    assert_eq!((&lines[1]["content_label"], lines[1].get("cue")), (&"claim".into(), None));
    let left_out = |kind| written.account.numbers(kind).left_out;
    assert_eq!([Kind::Document, Kind::Annotation, Kind::Relation].map(left_out), [1, 3, 1]);
    assert!(written.account.losses().all(|(fate, ..)| fate == Fate::LeftOut));

    let to = folder.path().join("x.csv");
    write(&given(), "triples", &to, &WriteOptions::default()).unwrap();
    let table = std::fs::read_to_string(&to).unwrap();
    assert_eq!(table.lines().count(), 3);
    assert!(
        table.contains("\r\none,,,,,r1,Bo,0,2,0-2,said,7,11,7-11,quote,“no” … “never”,12,28,12-16 21-28,q\r\n"),
        "{table}"
    );
}
