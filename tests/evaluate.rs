//! How well one annotation agrees with another: properties of the figures, and the verb.

use std::{fs, sync::Arc};

use ascribe_engine::{
    dataset::{Annotation, Record, Relation},
    evaluate::{Evaluation, Levels, Ratio, Scores, evaluate},
};
use ascribe_schema::{Span, Text};
use ascribe_tests::run;
use proptest::{collection::vec, prelude::*};
use serde_json::Value;

const TEXT: &str = "The mayor said “no” twice, and nobody knew what she had denied";

fn annotation() -> impl Strategy<Value = Annotation> {
    let length = TEXT.chars().count() as u32;
    let label = prop::sample::select(vec!["quote", "quote", "source", "claim"]);
    let form = prop::sample::select(vec!["", "direct", "mixed", "indirect", "odd"]);
    let starts = (0..length - 2, 2_u32..9, prop::option::of((1_u32..5, 2_u32..9)));
    (label, form, starts).prop_map(move |(label, form, (start, long, more))| {
        let mut spans = vec![Span::new(start, (start + long).min(length))];
        if let Some((gap, long)) = more
            && start + long + gap + 9 + long < length
        {
            spans.push(Span::new(start + 9 + gap, start + 9 + gap + long));
        }
        let mut annotation = Annotation::new("", label, spans);
        if !form.is_empty() {
            annotation.attributes.insert("form".to_owned(), form.to_owned());
        }
        annotation
    })
}

fn record() -> impl Strategy<Value = Record> {
    (vec(annotation(), 0..9), vec((0_usize..9, 0_usize..9), 0..6)).prop_map(|(annotations, ties)| {
        let count = annotations.len();
        let ties = ties.into_iter().filter(|(from, to)| *from < count && *to < count);
        let relations =
            ties.map(|(from, to)| Relation { id: String::new(), kind: "attributed_to".to_owned(), from, to }).collect();
        Record { text: Arc::new(Text::new(TEXT)), annotations, relations, ..Record::default() }
    })
}

/// Records with their ids.
fn records() -> impl Strategy<Value = Vec<Record>> {
    vec(record(), 1..4).prop_map(|records| {
        let named = records.into_iter().enumerate();
        named.map(|(number, record)| Record { id: number.to_string(), ..record }).collect()
    })
}

fn ratios(evaluation: &Evaluation) -> Vec<Ratio> {
    let quotes: Vec<_> = evaluation.quote.forms.values().chain([&evaluation.quote.all]).collect();
    let levels = quotes.iter().map(|figures| &figures.levels).chain([&evaluation.source]);
    let scores = levels.flat_map(Levels::values).flat_map(|scores| [scores.precision, scores.recall]);
    let inside = quotes.iter().map(|figures| figures.inside);
    scores.chain(inside).chain([evaluation.links.matched, evaluation.links.direct]).collect()
}

fn swapped(levels: &Levels) -> Levels {
    let swap = |scores: &Scores| Scores { precision: scores.recall, recall: scores.precision };
    levels.iter().map(|(level, scores)| (*level, swap(scores))).collect()
}

proptest! {
    #[test]
    fn gold_against_itself_is_right_everywhere(records in records()) {
        let evaluation = evaluate(&records, &records);
        for ratio in ratios(&evaluation) {
            prop_assert_eq!(ratio.hits, ratio.of);
        }
        prop_assert!(evaluation.documents.all_compared());
    }

    #[test]
    fn precision_is_recall_the_other_way_round(gold in records(), predicted in records()) {
        let (there, back) = (evaluate(&gold, &predicted), evaluate(&predicted, &gold));
        prop_assert_eq!(&swapped(&there.source), &back.source);
        prop_assert_eq!(&swapped(&there.quote.all.levels), &back.quote.all.levels);
        for (form, figures) in &there.quote.forms {
            prop_assert_eq!(&swapped(&figures.levels), &back.quote.forms[form].levels, "{}", form);
        }
        for level in there.quote.all.levels.values() {
            prop_assert_eq!(level.precision.hits, level.recall.hits, "one to one");
        }
    }
}

const GOLD: &str = r#"{"id":"a","text":"“No,” she said.","annotations":[{"id":"1","label":"quote","spans":[[0,5]],"attributes":{"form":"direct"}},{"id":"2","label":"source","spans":[[6,9]]}],"relations":[{"id":"r","kind":"attributed_to","from":"1","to":"2"}]}
"#;
/// As the stream writes: without a text, with a score and a rule.
const PREDICTED: &str = r#"{"id":"a","annotations":[{"id":"a1","label":"quote","spans":[[0,5]],"text":["“No,”"],"attributes":{"form":"direct"},"score":0.97,"rule":"quote.direct"},{"id":"a2","label":"source","spans":[[6,14]],"text":["she said"],"score":0.5,"rule":"x"}],"relations":[{"id":"r1","kind":"attributed_to","from":"a1","to":"a2"}]}
"#;

#[test]
fn what_the_stream_writes_is_judged_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let [gold, predicted] = ["gold.jsonl", "predicted.jsonl"].map(|name| folder.path().join(name));
    fs::write(&gold, GOLD).unwrap();
    fs::write(&predicted, PREDICTED).unwrap();
    let [gold, predicted] = [gold, predicted].map(|path| path.display().to_string());
    let arguments = ["evaluate", "--gold", &gold, "--predicted", &predicted];
    let output = run(&arguments);
    assert_eq!((output.status, output.err.as_str()), (0, ""), "{}", output.out);
    assert!(output.out.contains("1 document compared") && output.out.contains("direct quotes\n"), "{}", output.out);
    assert!(!output.out.contains("mixed quotes"), "only forms that occur: {}", output.out);
    let output = run(&[&arguments[..], &["--json"]].concat());
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    let json: Value = serde_json::from_str(&output.out).unwrap();
    let one = serde_json::json!({ "hits": 1, "of": 1, "share": 1.0 });
    assert_eq!(json["quote"]["forms"]["direct"]["exact"]["precision"], one);
    assert_eq!(json["quote"]["all"]["overlap_0.8"]["f1"], 1.0);
    assert_eq!(json["quote"]["all"]["inside"], one);
    assert_eq!(json["quote"]["forms"]["mixed"]["exact"]["f1"], Value::Null);
    // “she” has three of the seven letters of “she said”.
    assert_eq!(json["source"]["all"], Value::Null, "sources have no forms");
    assert_eq!(json["source"]["overlap_0.3"]["recall"], one);
    assert_eq!(json["source"]["overlap_0.8"]["recall"]["hits"], 0);
    assert_eq!(json["links"]["matched"], serde_json::json!({ "hits": 0, "of": 1, "share": 0.0 }));
    assert_eq!(json["documents"]["compared"], 1);
    assert_eq!(json["refused"], serde_json::json!({ "gold": 0, "predicted": 0 }));
}

#[test]
fn what_cannot_be_compared_is_told_and_needs_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    fs::write(path("gold.jsonl"), GOLD.to_owned() + &GOLD.replace("\"a\"", "\"b\"")).unwrap();
    fs::write(path("predicted.jsonl"), PREDICTED.to_owned() + "{\"line\": 2, \"error\": \"no text\"}\n").unwrap();
    fs::write(path("broken.jsonl"), "{\"id\": \"a\"}\n").unwrap();
    let judge = |gold: &str, predicted: &str| {
        run(&["evaluate", "--json", "--gold", &path(gold), "--predicted", &path(predicted)])
    };
    let output = judge("gold.jsonl", "predicted.jsonl");
    assert_eq!(output.status, 1, "{}", output.err);
    assert!(output.err.contains("document b: only in gold"), "{}", output.err);
    assert!(output.err.contains("predicted.jsonl:2: unknown field `line`"), "{}", output.err);
    let json: Value = serde_json::from_str(&output.out).unwrap();
    assert_eq!(json["quote"]["all"]["exact"]["recall"], serde_json::json!({ "hits": 1, "of": 2, "share": 0.5 }));
    assert_eq!(json["refused"]["predicted"], 1);
    let output = judge("broken.jsonl", "predicted.jsonl");
    assert_eq!((output.status, output.out.as_str()), (2, ""));
    assert!(output.err.contains("has no `text`") && output.err.contains("no document"), "{}", output.err);
    let output = judge("gold.jsonl", "nowhere.jsonl");
    assert_eq!((output.status, output.out.as_str()), (2, ""));
    assert!(output.err.contains("nowhere.jsonl"), "{}", output.err);
    assert!(run(&["evaluate", "--help"]).out.contains("|C(g) ∩ C(p)|"), "the formulas are in the help");
}
