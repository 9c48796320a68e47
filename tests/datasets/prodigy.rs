//! Prodigy's tasks: tokens that every span fits, spaCy's older shapes, and what people exported.

use std::fs;

use ascribe_engine::dataset::{By, Kind, ReadOptions, Record, Told, WriteOptions, detect};
use ascribe_schema::Span;
use ascribe_tests::shared;
use serde_json::{Value, json};

use super::{read, records, write};

fn of(content: &str) -> (Vec<Record>, Told) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.jsonl");
    fs::write(&path, content).unwrap();
    assert_eq!(detect(&path).unwrap().name(), "prodigy", "{content}");
    read("prodigy", &path, &ReadOptions::default()).unwrap()
}

fn lines(tasks: &[Value]) -> String {
    tasks.iter().map(|task| format!("{task}\n")).collect()
}

#[test]
fn tokens_with_their_spaces_are_the_text_and_every_span_is_whole_tokens() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tasks.jsonl");
    write(&records(5, 300), "prodigy", &path, &WriteOptions::default()).unwrap();
    for line in fs::read_to_string(path).unwrap().lines() {
        let task: Value = serde_json::from_str(line).unwrap();
        let tokens = task["tokens"].as_array().unwrap();
        let mut text = String::new();
        for (id, token) in tokens.iter().enumerate() {
            assert_eq!(
                (token["start"].as_u64(), token["id"].as_u64()),
                (Some(text.chars().count() as u64), Some(id as u64))
            );
            text.push_str(token["text"].as_str().unwrap());
            text.push_str(if token["ws"] == true { " " } else { "" });
        }
        assert_eq!(text, task["text"].as_str().unwrap());
        for span in task["spans"].as_array().unwrap() {
            let at = |name: &str| &tokens[span[name].as_u64().unwrap() as usize];
            assert_eq!((&at("token_start")["start"], &at("token_end")["end"]), (&span["start"], &span["end"]));
        }
        for relation in task["relations"].as_array().unwrap() {
            assert_eq!(relation["head"], relation["head_span"]["token_end"]);
            assert_eq!(relation["child"], relation["child_span"]["token_end"]);
        }
    }
}

#[test]
fn spans_of_tasks_triples_and_pairs_are_read_alike() {
    let span = json!({ "start": 3, "end": 9, "label": "denial" });
    let task = lines(&[json!({ "text": "He denied it", "spans": [span], "answer": "accept" })]);
    let triples = lines(&[json!({ "text": "He denied it", "entities": [[3, 9, "denial"]] })]);
    let pair = json!(["He denied it", { "entities": [[3, 9, "denial"]] }]);
    let array = json!([pair, pair]).to_string();
    for content in [task, triples, lines(&[pair]), array] {
        let (back, told) = of(&content);
        assert_eq!(told.refused, []);
        for record in back {
            assert_eq!(
                (record.annotations[0].label.as_str(), record.annotations[0].spans[0]),
                ("denial", Span::new(3, 9))
            );
        }
    }
}

#[test]
fn relations_find_their_spans_by_bounds_or_by_tokens() {
    let spans = json!([
        { "start": 0, "end": 2, "token_start": 0, "token_end": 0, "label": "source" },
        { "start": 3, "end": 9, "token_start": 1, "token_end": 1, "label": "denial", "source": "rules", "score": 0.5, "mood": "firm" },
        { "start": 3, "end": 9, "token_start": 1, "token_end": 1, "label": "claim" },
    ]);
    let end = |start: u32, end: u32, label: &str| json!({ "start": start, "end": end, "label": label });
    let relations = json!([
        { "head": 1, "child": 0, "label": "by", "head_span": end(3, 9, "claim"), "child_span": end(0, 2, "source") },
        { "head": 0, "child": 0, "label": "same" },
        { "head": 1, "child": 0, "label": "two spans end there" },
        { "head": 1, "child": 0, "label": "elsewhere", "head_span": end(3, 10, "claim"), "child_span": end(0, 2, "source") },
    ]);
    let (back, told) =
        of(&lines(&[json!({ "text": "He denied it", "spans": spans, "relations": relations, "answer": "accept" })]));
    let ties: Vec<_> = back[0].relations.iter().map(|tie| (tie.kind.as_str(), tie.from, tie.to)).collect();
    assert_eq!(ties, [("by", 2, 0), ("same", 0, 0)]);
    assert_eq!(told.refused.iter().map(|refused| refused.kind).collect::<Vec<_>>(), [Kind::Relation, Kind::Relation]);
    let denial = &back[0].annotations[1];
    assert_eq!((denial.origin.as_ref().unwrap().by, denial.attributes["mood"].as_str()), (By::Model, "firm"));
}

#[test]
fn what_was_rejected_or_does_not_fit_is_kept_apart_and_told() {
    let task = |answer: &str| json!({ "text": "He denied it", "spans": [{ "start": 0, "end": 2, "label": "source" }], "answer": answer });
    let wrong = json!({ "text": "He denied it", "spans": [
        { "start": 0, "end": 2, "label": "source", "text": "It" }, { "start": 0, "end": 20, "label": "source" }, { "start": 0, "end": 2 },
    ], "answer": "accept" });
    let (back, told) = of(&(lines(&[task("accept"), task("reject"), task("ignore"), wrong]) + "{\"text\": \n"));
    assert_eq!((back.len(), back[0].annotations.len(), back[1].annotations.len()), (2, 1, 0));
    let refused: Vec<_> = told.refused.iter().map(|refused| refused.line).collect();
    assert_eq!(refused, [2, 3, 4, 4, 4, 5]);
    assert!(told.refused[0].content.contains("He denied it") && told.refused[0].reason == "it was rejected");
}

#[test]
fn what_people_exported_from_prodigy_is_read_whole() {
    let Some(folder) = shared("data/jsonl_exports/explosion/tutorials") else { return };
    let files = [
        ("ner_fashion_brands/assets/fashion_brands_eval.jsonl", 500, 238, 0),
        ("nel_emerson/assets/emerson_annotated_text.jsonl", 30, 30, 0),
        ("rel_component/assets/annotations.jsonl", 149, 466, 267),
    ];
    for (name, tasks, annotations, relations) in files {
        let path = folder.join(name);
        assert_eq!(detect(&path).unwrap().name(), "prodigy", "{name}");
        let (back, told) = read("prodigy", &path, &ReadOptions::default()).unwrap();
        let count = |kind: Kind| back.iter().map(|record| kind.count(record)).sum::<usize>();
        assert_eq!(
            (back.len(), count(Kind::Annotation), count(Kind::Relation)),
            (tasks, annotations, relations),
            "{name}"
        );
        assert_eq!(told.refused, [], "{name}");
    }
}
