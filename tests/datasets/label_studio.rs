//! Label Studio's tasks: what its server exports, and the configuration for what is imported.

use std::fs;

use ascribe_engine::{
    dataset::{Annotation, Kind, ReadOptions, Record, Relation, Told, WriteOptions, detect},
    default_scheme,
};
use ascribe_schema::{Span, Text};
use serde_json::{Value, json};

use super::{read, records, write};

fn of(tasks: &Value) -> (Vec<Record>, Told) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.json");
    fs::write(&path, serde_json::to_string_pretty(tasks).unwrap()).unwrap();
    assert_eq!(detect(&path).unwrap().name(), "label-studio");
    read("label-studio", &path, &ReadOptions::default()).unwrap()
}

fn region(id: &str, start: u32, end: u32, text: &str, label: &str) -> Value {
    json!({ "id": id, "from_name": "tags", "to_name": "article", "type": "labels", "origin": "manual",
        "value": { "start": start, "end": end, "text": text, "labels": [label] } })
}

fn tie(from: &str, to: &str, direction: &str, labels: Value) -> Value {
    json!({ "type": "relation", "from_id": from, "to_id": to, "direction": direction, "labels": labels })
}

#[test]
fn an_export_of_the_server_gives_a_record_for_each_annotator() {
    let first = json!({ "id": 7, "completed_by": { "id": 2, "email": "bo@example.org" }, "created_at": "2026-11-22T10:00:00.1Z", "result": [
        tie("b", "a", "right", json!(["attributed_to"])), tie("a", "b", "left", json!(["denies", "doubts"])),
        tie("a", "b", "bi", json!([])), tie("a", "nowhere", "right", json!(["denies"])),
        { "id": "b", "from_name": "strength", "to_name": "article", "type": "choices", "value": { "start": 3, "end": 9, "choices": ["outright"] } },
        { "id": "b", "from_name": "note", "to_name": "article", "type": "textarea", "value": { "start": 3, "end": 9, "text": ["one", "two"] } },
        { "id": "b", "from_name": "sure", "to_name": "article", "type": "rating", "value": { "rating": 4 } },
        { "id": "z", "from_name": "genre", "to_name": "article", "type": "choices", "value": { "choices": ["news"] } },
        region("a", 0, 2, "He", "source"), region("b", 3, 9, "denied", "denial"), region("c", 3, 9, "wrong", "denial"),
    ] });
    let skipped = json!({ "completed_by": 4, "was_cancelled": true, "result": [] });
    let second = json!({ "completed_by": 3, "result": [region("a", 10, 12, "it", "claim")] });
    let tasks = json!([
        { "id": 41, "data": { "article": "He denied it", "lang": "en" }, "annotations": [first, skipped, second], "predictions": [{ "result": [] }] },
        { "id": 42, "data": { "article": "Nobody looked yet" }, "annotations": [] },
    ]);
    let (back, told) = of(&tasks);
    let by: Vec<_> =
        back.iter().map(|record| (record.id.as_str(), record.annotator.as_str(), record.annotations.len())).collect();
    assert_eq!(by, [("41", "bo@example.org", 2), ("41", "3", 1), ("42", "", 0)]);
    let ties: Vec<_> = back[0].relations.iter().map(|tie| (tie.kind.as_str(), tie.from, tie.to)).collect();
    assert_eq!(ties, [("attributed_to", 1, 0), ("denies", 1, 0), ("doubts", 1, 0), ("relation", 0, 1)]);
    let denial = &back[0].annotations[1];
    assert_eq!((denial.note.as_str(), denial.created.as_str()), ("one\ntwo", "2026-11-22T10:00:00.1Z"));
    assert_eq!((denial.attributes["strength"].as_str(), denial.attributes["sure"].as_str()), ("outright", "4"));
    assert_eq!((back[0].meta("genre"), back[0].meta("lang")), ("news", "en"));
    let refused: Vec<_> = told.refused.iter().map(|refused| (refused.kind, refused.reason.as_str())).collect();
    assert_eq!(
        refused,
        [
            (Kind::Document, "it was skipped"),
            (Kind::Annotation, "its text is not what stands at its offsets, which count code points"),
            (Kind::Relation, "there is no region at an end of it"),
        ]
    );
}

#[test]
fn regions_of_old_exports_in_utf16_and_of_html_are_found_by_their_text_or_refused() {
    let html = |text: &str| {
        let value = json!({ "start": "/div[1]/text()[1]", "end": "/div[1]/text()[1]", "startOffset": 3, "endOffset": 9,
            "globalOffsets": { "start": 3, "end": 9 }, "text": text, "hypertextlabels": ["denial"] });
        json!({ "id": text, "from_name": "tags", "to_name": "text", "type": "hypertextlabels", "value": value })
    };
    let (back, told) = of(&json!([
        { "id": 1, "data": { "text": "😀 He\ndenied it" }, "completions": [{ "result": [region("a", 3, 12, "He\\ndenied", "denial")] }] },
        { "id": 2, "data": { "text": "He denied it" }, "annotations": [{ "result": [html("denied"), html("wrong")] }] },
    ]));
    assert_eq!(back[0].annotations[0].spans, [Span::new(2, 11)]);
    assert_eq!(back[1].annotations[0].spans, [Span::new(3, 9)]);
    assert_eq!((told.refused.len(), told.noted.len()), (1, 1));
}

#[test]
fn the_flat_export_is_read_as_far_as_it_goes() {
    let (back, told) = of(
        &json!([{ "text": "He denied it", "id": 5, "annotator": 2, "annotation_id": 9, "created_at": "2026-11-22T10:00:00Z",
        "updated_at": "2026-11-22T10:00:00Z", "lead_time": 3.5, "strength": "outright",
        "label": [{ "start": 3, "end": 9, "text": "denied", "labels": ["denial"] }] }]),
    );
    assert_eq!((back[0].id.as_str(), back[0].annotator.as_str(), back[0].meta("strength")), ("5", "2", "outright"));
    assert_eq!(back[0].annotations[0].spans, [Span::new(3, 9)]);
    assert_eq!((told.refused.len(), told.noted.len()), (0, 1));
}

#[test]
fn the_configuration_has_all_that_tasks_use() {
    let folder = tempfile::tempdir().unwrap();
    let options = WriteOptions { scheme: Some(default_scheme()), ..WriteOptions::default() };
    write(&records(2, 30), "label-studio", folder.path().join("set").as_path(), &options).unwrap();
    let config = fs::read_to_string(folder.path().join("set/config.xml")).unwrap();
    let tasks: Value = serde_json::from_slice(&fs::read(folder.path().join("set/tasks.json")).unwrap()).unwrap();
    let results =
        tasks.as_array().unwrap().iter().flat_map(|task| task["annotations"][0]["result"].as_array().unwrap());
    let mut kinds = [0; 4];
    for part in results {
        let kind = part["type"].as_str().unwrap();
        let (at, wanted) = match kind {
            "labels" => (0, format!("<Label value=\"{}\"/>", part["value"]["labels"][0].as_str().unwrap())),
            "choices" => (1, format!("<Choice value=\"{}\"/>", part["value"]["choices"][0].as_str().unwrap())),
            "relation" => (2, format!("<Relation value=\"{}\"/>", part["labels"][0].as_str().unwrap())),
            _ => (3, format!("<TextArea name=\"{}\"", part["from_name"].as_str().unwrap())),
        };
        kinds[at] += 1;
        assert!(config.contains(&wanted), "{wanted} in {config}");
    }
    assert!(kinds.iter().all(|count| *count > 0), "{kinds:?}");
}

#[test]
fn a_relation_named_like_the_tie_of_fragments_is_left_out_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let annotations = ["a", "b"].map(|id| Annotation::new(id, "claim", vec![Span::new(0, 2)])).to_vec();
    let relations = vec![Relation { id: "r".to_owned(), kind: "fragment_of".to_owned(), from: 0, to: 1 }];
    let record = Record {
        id: "x".to_owned(),
        text: Text::new("He denied it").into(),
        annotations,
        relations,
        ..Record::default()
    };
    let to = folder.path().join("set");
    let written = write(&[record], "label-studio", &to, &WriteOptions::default()).unwrap();
    assert_eq!(written.account.numbers(Kind::Relation).left_out, 1);
    let (back, _) = read("label-studio", &to, &ReadOptions::default()).unwrap();
    assert_eq!((back[0].annotations.len(), back[0].relations.len()), (2, 0));
}

#[test]
fn an_annotation_in_a_file_of_its_own_is_read_with_the_task_inside_it() {
    let work = json!({ "id": 7, "completed_by": { "id": 1, "email": "amina@n.example" },
        "result": [{ "id": "a", "type": "labels", "from_name": "l", "to_name": "text", "parentID": "z",
            "value": { "start": 3, "end": 9, "text": "denied", "labels": ["denial"] } }],
        "task": { "id": 3, "data": { "text": "He denied it" } } });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("7.json");
    fs::write(&path, serde_json::to_string_pretty(&work).unwrap()).unwrap();
    assert_eq!(detect(folder.path()).unwrap().name(), "label-studio");
    let (records, told) = read("label-studio", folder.path(), &Default::default()).unwrap();
    assert_eq!((records[0].id.as_str(), records[0].annotator.as_str()), ("3", "amina@n.example"));
    assert_eq!(records[0].slice(records[0].annotations[0].spans[0]), "denied");
    assert_eq!(told.noted["the region that a region belongs to was not kept"], 1);
}
