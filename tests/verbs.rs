//! The verbs: their exit status, and what they print where.

use std::collections::BTreeMap;

use ascribe_tests::{BRIDGE, FOG, Fresh, files, run, set_of};
use serde_json::Value;

#[test]
fn wrong_usage_ends_with_2_and_a_message_on_standard_error() {
    let fresh = Fresh::sample();
    let project = fresh.path.to_str().unwrap().to_owned();
    let nowhere = fresh.outside.path().join("nowhere").to_str().unwrap().to_owned();
    let (article, before) = (format!("{project}/documents/{FOG}.txt"), files(fresh.outside.path()));
    for (arguments, reason) in [
        (&[][..], "Usage"),
        (&["frobnicate"], "frobnicate"),
        (&["check"], "<PROJECT>"),
        (&["check", "--fast", &project], "--fast"),
        (&["add", &project], "<ARTICLES>"),
        (&["pack", &project], "--output"),
        (&["check", &nowhere], "nowhere"),
        (&["stats", &nowhere], "nowhere"),
        (&["add", &nowhere, &article], "nowhere"),
        (&["pack", &nowhere, "-o", &nowhere], "nowhere"),
        (&["unpack", &nowhere, &nowhere], "nowhere"),
        (&["check", &format!("{project}/documents")], "is not an Ascribe project"),
        (&["check", &article], "is not an Ascribe project"),
        (&["new", &project], "exists already"),
        (&["bench", "everything"], "everything"),
    ] {
        let output = run(arguments);
        assert_eq!((output.status, output.out.as_str()), (2, ""), "{arguments:?}: {}", output.err);
        assert!(output.err.contains(reason), "{arguments:?}: {}", output.err);
    }
    assert!(files(fresh.outside.path()) == before);
}

#[test]
fn help_and_version_are_answers_and_not_errors() {
    for (arguments, words) in
        [(&["--help"][..], "unpack"), (&["help", "check"], "--strict"), (&["--version"], env!("CARGO_PKG_VERSION"))]
    {
        let output = run(arguments);
        assert_eq!((output.status, output.err.as_str()), (0, ""), "{arguments:?}");
        assert!(output.out.contains(words), "{arguments:?}: {}", output.out);
    }
}

#[test]
fn the_program_knows_its_verbs() {
    for verb in ["new", "add", "check", "stats", "suggest", "pack", "unpack", "bench", "help"] {
        assert!(ascribe_cli::is_verb(verb), "{verb}");
    }
    for path in ["./new", "news", "", "--help"] {
        assert!(!ascribe_cli::is_verb(path), "{path}");
    }
}

/// Counts in the lines of a set's file, without reading RON.
fn naive(text: &str) -> (BTreeMap<String, usize>, BTreeMap<String, usize>, BTreeMap<String, usize>) {
    let (mut labels, mut relations, mut attributes) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let value =
        |line: &str, field: &str| Some(line.split_once(&format!(", {field}: \""))?.1.split_once('"')?.0.to_owned());
    for line in text.lines().filter(|line| line.starts_with("        (id: ")) {
        if let Some(label) = value(line, "label") {
            *labels.entry(label.clone()).or_insert(0) += 1;
            let pairs = line.split_once("attributes: {").and_then(|(_, rest)| rest.split_once('}'));
            for pair in pairs.into_iter().flat_map(|(pairs, _)| pairs.split("\", \"")) {
                let (name, value) = pair.trim_matches('"').split_once("\": \"").unwrap();
                *attributes.entry(format!("{label}.{name}={value}")).or_insert(0) += 1;
            }
        } else {
            *relations.entry(value(line, "kind").unwrap()).or_insert(0) += 1;
        }
    }
    (labels, relations, attributes)
}

fn counts(json: &Value) -> BTreeMap<String, usize> {
    json.as_object().unwrap().iter().map(|(name, n)| (name.clone(), n.as_u64().unwrap() as usize)).collect()
}

fn check_counts(json: &Value, text: &str) {
    let (labels, relations, attributes) = naive(text);
    assert_eq!(json["annotations"], labels.values().sum::<usize>());
    assert_eq!(counts(&json["labels"]), labels);
    assert_eq!(counts(&json["relations"]), relations);
    let found = json["attributes"].as_object().unwrap().iter();
    let found =
        found.flat_map(|(name, values)| counts(values).into_iter().map(move |(v, n)| (format!("{name}={v}"), n)));
    assert_eq!(found.collect::<BTreeMap<_, _>>(), attributes);
    let finished = usize::from(text.contains("progress: Finished"));
    assert_eq!((&json["finished"], &json["in_progress"]), (&finished.into(), &(1 - finished).into()));
}

#[test]
fn stats_equal_a_naive_count_of_the_files() {
    let fresh = Fresh::sample();
    let output = run(&["stats".as_ref(), fresh.path.as_os_str(), "--json".as_ref()]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    let json: Value = serde_json::from_str(&output.out).unwrap();
    assert_eq!(json["title"], "The bridge at Port Averne");
    let [fog, bridge] = json["documents"].as_array().unwrap().as_slice() else { panic!("two documents") };
    assert_eq!((&fog["id"], &bridge["id"]), (&FOG.into(), &BRIDGE.into()));
    for document in [fog, bridge] {
        let text = fresh.text(&format!("documents/{}.txt", document["id"].as_str().unwrap()));
        assert_eq!(document["characters"], text.chars().count());
    }
    assert_eq!(fog["sets"], serde_json::json!({}));
    for annotator in ["amina", "bo", "gold"] {
        let text = fresh.text(&set_of(annotator));
        check_counts(&bridge["sets"][annotator], &text);
        check_counts(&json["annotators"][annotator], &text);
    }
    assert_eq!(bridge["sets"].as_object().unwrap().len(), 3);
}

#[test]
fn control_characters_in_titles_do_not_reach_the_terminal() {
    let fresh = Fresh::sample();
    fresh.replace("project.ron", "title: \"The bridge", r#"title: "\u{1b}[2JThe bridge"#);
    fresh.replace(&format!("documents/{FOG}.ron"), "    title: \"", r#"    title: "\u{1b}]0;x\u{7}\n"#);
    let output = run(&["stats".as_ref(), fresh.path.as_os_str()]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    assert!(
        output.out.starts_with(r"\u{1b}[2JThe bridge") && output.out.contains(r"\u{1b}]0;x\u{7}\n"),
        "{}",
        output.out
    );
    assert!(!output.out.contains(|c: char| c.is_control() && c != '\n'));
}

#[test]
fn stats_for_people_have_the_same_numbers() {
    let fresh = Fresh::sample();
    let output = run(&["stats".as_ref(), fresh.path.as_os_str()]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    for annotator in ["amina", "bo", "gold"] {
        let (labels, relations, _) = naive(&fresh.text(&set_of(annotator)));
        let list = |counts: &BTreeMap<String, usize>| {
            counts.iter().map(|(name, n)| format!("{n} {}", name.replace('_', " "))).collect::<Vec<_>>().join(", ")
        };
        let line = format!(
            "  {annotator}: {} annotations ({}); relations: {}\n",
            labels.values().sum::<usize>(),
            list(&labels),
            list(&relations)
        );
        assert!(output.out.contains(&line), "{line} in {}", output.out);
    }
}
