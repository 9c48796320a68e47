//! How far the annotators of a project agree: four layers, worked out by hand for a project of one sentence.

use ascribe_schema::write;
use ascribe_tests::{Fresh, Output, run};
use serde_json::Value;

use crate::compare::{TEXT, Tag, set};

const DIRECT: &[(&str, &str)] = &[("form", "direct")];
const MIXED: &[(&str, &str)] = &[("form", "mixed")];

/// Four tags of one annotator.
const ANN: &[Tag<'_>] = &[
    ("The mayor", "source", &[], None),
    ("“no”", "quote", DIRECT, Some(0)),
    ("nobody knew what she had denied", "claim", &[], None),
    ("twice", "claim", &[], None),
];
/// Three of another: the same source, the same quote with another form, and a quote where the first has a claim.
const BOB: &[Tag<'_>] = &[
    ("The mayor", "source", &[], None),
    ("“no”", "quote", MIXED, Some(0)),
    ("nobody knew what she had denied", "quote", &[], None),
];

fn project(works: &[(&str, &[Tag<'_>])]) -> Fresh {
    let (fresh, ids) = Fresh::of(&[TEXT]);
    let document = fresh.load().documents.remove(&ids[0]).unwrap();
    for (who, tags) in works {
        let file = write(&set(&document, who, tags)).unwrap();
        fresh.write(&format!("annotations/{who}/{}.ron", ids[0]), file);
    }
    fresh
}

fn agree(fresh: &Fresh, more: &[&str]) -> Output {
    let arguments = [&["agree", fresh.path.to_str().unwrap()], more].concat();
    run(&arguments)
}

fn json(fresh: &Fresh, more: &[&str]) -> Value {
    let output = agree(fresh, &[more, &["--json"]].concat());
    assert_eq!(output.status, 0, "{}", output.err);
    serde_json::from_str(&output.out).unwrap()
}

/// The figure of a measure in a layer.
fn figure<'a>(report: &'a Value, layer: &str, measure: &str, about: &str) -> &'a Value {
    let mut layers = report["layers"].as_array().unwrap().iter();
    let figures = layers.find(|one| one["layer"] == layer).unwrap()["figures"].as_array().unwrap();
    let found = figures.iter().find(|one| one["measure"] == measure && one["about"] == about);
    found.unwrap_or_else(|| panic!("{layer} {measure} {about} in {report:#}"))
}

fn is(value: &Value, expected: f64) -> bool {
    value["value"].as_f64().is_some_and(|value| (value - expected).abs() < 1e-12)
}

#[test]
fn each_layer_is_as_on_paper() {
    let report = json(&project(&[("ann", ANN), ("bob", BOB)]), &[]);
    for (layer, measure, about, expected, n) in [
        // The source and the quote are the same: 2 of ann's 4 and of bob's 3.
        ("found", "precision_exact", "", 2.0 / 3.0, 3),
        ("found", "recall_exact", "", 2.0 / 4.0, 4),
        ("found", "span_f1_exact", "", 4.0 / 7.0, 7),
        ("found", "span_f1_overlap", "", 4.0 / 7.0, 7),
        // Three pairs are matched: source and source, quote and quote, claim and quote.
        ("label", "percent", "", 2.0 / 3.0, 3),
        // By chance 1/3 · 1/3 + 1/3 · 2/3 = 1/3; (2/3 − 1/3) ÷ (1 − 1/3) = 1/2.
        ("label", "cohen_kappa", "", 0.5, 3),
        // 2 sources, 3 quotes, 1 claim; 1 − 5 · 2 ÷ (36 − 4 − 9 − 1) = 6/11.
        ("label", "krippendorff_alpha_nominal", "", 6.0 / 11.0, 3),
        ("attribute", "percent", "quote: form", 0.0, 1),
        ("link", "link_f1", "", 1.0, 2),
        ("link", "link_f1", "attributed_to", 1.0, 2),
    ] {
        let figure = figure(&report, layer, measure, about);
        assert!(is(figure, expected), "{layer} {measure} {about}: {figure}");
        assert_eq!(figure["n"], n, "{layer} {measure} {about}");
    }
    // Of sources alone: one each, and the same.
    assert!(is(&figure(&report, "found", "span_f1_exact", "")["by_label"]["source"], 1.0));
    assert_eq!(figure(&report, "label", "percent", "")["by_pair"][0]["annotators"], serde_json::json!(["ann", "bob"]));
}

#[test]
fn what_is_undefined_says_why() {
    let same: &[Tag<'_>] = &[("“no”", "quote", &[], None)];
    let fresh = project(&[("ann", same), ("bob", same)]);
    let report = json(&fresh, &[]);
    let kappa = figure(&report, "label", "cohen_kappa", "");
    assert!(kappa["value"].is_null() && kappa["reason"].as_str().unwrap().contains("one category"), "{kappa}");
    assert!(is(figure(&report, "label", "percent", ""), 1.0));
    let printed = agree(&fresh, &["--by", "pair"]);
    assert!(printed.out.contains("—  there is only one category"), "{}", printed.out);
    assert!(!printed.out.contains("NaN"), "{}", printed.out);
}

#[test]
fn only_what_is_asked_for_is_measured() {
    let fresh = project(&[("ann", ANN), ("bob", BOB), ("cat", BOB)]);
    let all = json(&fresh, &[]);
    assert_eq!(figure(&all, "label", "percent", "")["by_pair"].as_array().unwrap().len(), 3);
    let two = json(&fresh, &["--annotators", "bob,cat"]);
    assert!(is(figure(&two, "found", "span_f1_exact", ""), 1.0));
    let source = json(&fresh, &["--label", "source"]);
    let by_label = figure(&source, "found", "span_f1_exact", "")["by_label"].as_object().unwrap().keys();
    assert_eq!(by_label.collect::<Vec<_>>(), ["source"]);
    for (more, expected) in [
        (["--annotators", "ann"], "at least two"),
        (["--label", "rumour"], "nobody gave the label `rumour`"),
        (["--document", "nothing"], "no document `nothing`"),
    ] {
        let output = agree(&fresh, &more);
        assert!(output.status == 2 && output.err.contains(expected), "{more:?}: {}", output.err);
    }
}

#[test]
fn gamma_is_worked_out_where_it_is_asked_for_and_the_same_each_time() {
    let fresh = project(&[("ann", ANN), ("bob", BOB)]);
    let left_out = json(&fresh, &[]);
    assert!(left_out["gamma"]["gamma"]["reason"].as_str().unwrap().contains("--gamma"));
    let [one, two] = [(); 2].map(|()| json(&fresh, &["--gamma", "--seed", "7"]));
    assert!(one["gamma"]["gamma"]["value"].is_number(), "{}", one["gamma"]);
    assert_eq!(one["gamma"], two["gamma"]);
}

#[test]
fn a_data_card_tells_how_far_its_annotators_agree() {
    let export = |fresh: &Fresh| {
        let folder = fresh.outside.path().join("dataset");
        let (project, folder) = (fresh.path.to_str().unwrap(), folder.to_str().unwrap());
        let output = run(&["export", project, "--format", "jsonl", "--all", "--card", "-o", folder]);
        assert_ne!(output.status, 2, "{}", output.err);
        std::fs::read_to_string(format!("{folder}/README.md")).unwrap()
    };
    let card = export(&project(&[("ann", ANN), ("bob", BOB)]));
    assert!(card.contains("| Cohen’s κ | 0.500 | 3 matched annotations |"), "{card}");
    let card = export(&project(&[("ann", ANN)]));
    assert!(card.contains("Not measured."), "{card}");
}
