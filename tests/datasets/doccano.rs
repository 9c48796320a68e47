//! doccano's lines: both units, told apart where the file does not say, and what people exported.

use std::{fs, path::Path};

use ascribe_engine::dataset::{Format, Kind, ReadOptions, Told, Unit, WriteOptions, detect};
use ascribe_schema::Span;
use ascribe_tests::shared;
use serde_json::{Value, json};

use super::{content, read, records, write};

fn of(lines: &[Value], options: &ReadOptions) -> (Vec<ascribe_engine::dataset::Record>, Told) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lines.jsonl");
    fs::write(&path, lines.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
    assert_eq!(detect(&path).unwrap().name(), "doccano");
    read("doccano", &path, options).unwrap()
}

#[test]
fn both_units_are_read_back_even_where_no_line_names_them() {
    for (name, unit) in [("doccano", Unit::Utf16), ("doccano-py", Unit::CodePoints)] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lines.jsonl");
        let given = records(11, 40);
        write(&given, name, &path, &WriteOptions::default()).unwrap();
        let lines = fs::read_to_string(&path).unwrap();
        let wanted: Vec<_> = given.iter().map(|record| content(record, Format::named(name).unwrap().holds())).collect();
        let check = |options: &ReadOptions| {
            let (back, told) = read("doccano", &path, options).unwrap();
            assert_eq!(told.refused, [], "{name}");
            let got: Vec<_> = back.iter().map(|record| content(record, Format::named(name).unwrap().holds())).collect();
            assert!(wanted == got, "{name}");
        };
        check(&ReadOptions::default());
        let unnamed: String = lines
            .lines()
            .map(|line| {
                let mut line: Value = serde_json::from_str(line).unwrap();
                line.as_object_mut().unwrap().remove("offsets").unwrap();
                format!("{line}\n")
            })
            .collect();
        fs::write(&path, unnamed).unwrap();
        check(&ReadOptions::default());
        check(&ReadOptions { offsets: Some(unit), ..ReadOptions::default() });
    }
}

#[test]
fn a_unit_that_nothing_shows_is_said_to_be_a_guess_and_may_be_given() {
    // Both readings are whole words: “one” in UTF-16 units, “two” in code points.
    let line = json!({ "text": "😀😀😀😀 one two", "label": [[9, 12, "claim"]] });
    let (back, told) = of(std::slice::from_ref(&line), &ReadOptions::default());
    assert_eq!(back[0].annotations[0].spans, [Span::new(5, 8)]);
    assert_eq!(told.noted.len(), 1, "{:?}", told.noted);
    let given = ReadOptions { offsets: Some(Unit::CodePoints), ..ReadOptions::default() };
    let (back, told) = of(&[line], &given);
    assert_eq!(back[0].annotations[0].spans, [Span::new(9, 12)]);
    assert!(told.noted.is_empty());
}

#[test]
fn every_shape_that_doccano_had_is_read_and_the_rest_told() {
    let lines = [
        json!({ "id": 3, "text": "He denied it", "label": [[3, 9, "denial"], "news"], "Comments": ["see page 4"], "source": "wire" }),
        json!({ "id": 4, "data": "He denied it", "annotations": [{ "label": 7, "start_offset": 0, "end_offset": 2, "user": 1 }] }),
        json!({ "text": "He denied it", "entities": [{ "id": 8, "label": "source", "start_offset": 0, "end_offset": 2 },
            { "id": 9, "label": "denial", "start_offset": 3, "end_offset": 9 }],
            "relations": [{ "id": 0, "from_id": 9, "to_id": 8, "type": "attributed_to" }, { "id": 1, "from_id": 9, "to_id": 5, "type": "denies" }] }),
        json!({ "text": "He denied it", "label": [[3, 99, "denial"], [3, 3, "denial"], [3, "x", "denial"], [9, 3, "denial"]] }),
        json!({ "label": [[0, 1, "claim"]] }),
    ];
    let (back, told) = of(&lines, &ReadOptions::default());
    assert_eq!(back.len(), 4);
    assert_eq!((back[0].id.as_str(), back[0].meta("source")), ("3", "wire"));
    assert_eq!((&back[0].meta["label"], &back[0].meta["Comments"]), (&json!(["news"]), &json!(["see page 4"])));
    assert_eq!(back[1].annotations[0].label, "7");
    assert_eq!((back[2].relations[0].from, back[2].relations[0].to), (1, 0));
    let refused: Vec<_> = told.refused.iter().map(|refused| (refused.line, refused.kind)).collect();
    let annotation = (4, Kind::Annotation);
    assert_eq!(refused, [(3, Kind::Relation), annotation, annotation, annotation, annotation, (5, Kind::Document)]);
}

#[test]
fn what_doccano_itself_ships_is_read_whole() {
    let Some(folder) = shared("data/jsonl_exports/doccano/backend/data_import/tests/data") else { return };
    // File, documents, annotations, relations, lines without text.
    let files = [
        ("sequence_labeling/example.jsonl", 2, 1, 0, 1),
        ("sequence_labeling/example_overlapping.jsonl", 1, 2, 0, 0),
        ("relation_extraction/example.jsonl", 1, 4, 3, 0),
        ("intent/example.jsonl", 4, 2, 0, 1),
        ("seq2seq/example.jsonl", 2, 0, 0, 2),
        ("seq2seq/example.json", 2, 0, 0, 2),
        ("text_classification/example.jsonl", 3, 0, 0, 0),
        ("text_classification/example.json", 3, 0, 0, 1),
    ];
    for (name, documents, annotations, relations, refused) in files {
        let path = folder.join(Path::new(name));
        assert_eq!(detect(&path).unwrap().name(), "doccano", "{name}");
        let (back, told) = read("doccano", &path, &ReadOptions::default()).unwrap();
        let count = |kind: Kind| back.iter().map(|record| kind.count(record)).sum::<usize>();
        let got = (back.len(), count(Kind::Annotation), count(Kind::Relation), told.refused.len());
        assert_eq!(got, (documents, annotations, relations, refused), "{name}");
    }
}

#[test]
fn nothing_that_is_said_of_a_span_is_passed_over() {
    let lines = [
        json!({ "text": "He denied it", "entities": [{ "id": 1, "label": "denial", "start_offset": 3, "end_offset": 9,
            "comment": "sure?", "confidence": 0.5, "attributes": { "a": true, "b": ["x"] } }], "relations": { "a": 1 } }),
        json!({ "text": "He denied it", "label": [[3, 9, "denial", { "extra": 1 }], { "start": 0, "end": 2, "label": "source" }] }),
    ];
    let (back, told) = of(&lines, &ReadOptions::default());
    let found: Vec<_> =
        back[0].annotations[0].attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(found, ["a=true", "b=[\"x\"]", "comment=sure?", "confidence=0.5"]);
    assert_eq!(back[1].annotations[1].label, "source");
    let kinds: Vec<_> = told.refused.iter().map(|refused| refused.kind).collect();
    assert_eq!(kinds, [Kind::Relation, Kind::Attribute]);
}
