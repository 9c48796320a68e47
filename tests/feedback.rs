//! What became of an annotator's tags is told to them, with why and where.

use std::collections::BTreeMap;

use ascribe_engine::{
    default_scheme,
    feedback::{Entry, Outcome, document_feedback},
};
use ascribe_schema::{Span, Verdict};
use ascribe_tests::{BRIDGE, name, run};
use serde_json::Value;

use crate::{
    gold::undecided,
    table::{Table, accept, sentence},
};

fn told(table: &Table, who: &str) -> Vec<Entry> {
    document_feedback(table.document(), &name(who), &name("zoe"), &table.decisions())
}

/// Outcomes with what was changed, in the order of the text.
fn outcomes(table: &Table, who: &str) -> Vec<String> {
    let told = told(table, who);
    let one = |entry: &Entry| {
        let changes = entry.changes.iter().map(|one| format!(" {}: {} → {}", one.what.name(), one.before, one.after));
        format!("{}{}", entry.outcome.name(), changes.collect::<String>())
    };
    told.iter().map(one).collect()
}

#[test]
fn each_tag_is_told_with_what_became_of_it() {
    let mut table = Table::agreeing(7);
    table.edit("bo", "bo1", |one| one.label = "claim".into());
    table.place("bo", "bo2", Span::new(46, 57));
    table.edit("bo", "bo3", |one| drop(one.attributes.insert("form".into(), "direct".into())));
    table.delete("bo", "bo4");
    table.decide("amina0", accept(&["amina", "bo"]), "");
    table.decide("amina1", accept(&["amina"]), "wrong label");
    table.decide("amina2", accept(&["amina", "bo"]), "");
    let (text, scheme) = (table.document().text.clone().unwrap(), default_scheme());
    let form = BTreeMap::from([("form".to_owned(), "mixed".to_owned())]);
    let own = ascribe_engine::adjudicate::edited(&text, &scheme, "quote", vec![sentence(3)], form, Vec::new()).unwrap();
    table.decide("amina3", Verdict::Edit(own), "wrong attribute");
    table.decide("amina4", accept(&["amina"]), "overlooked");
    table.decide("amina5", Verdict::Reject, "not in the guidelines");
    let bo = [
        "accepted",
        "changed label: claim → quote",
        "accepted beside another",
        "changed form: direct → mixed",
        "overlooked",
        "rejected",
        "not decided yet",
    ];
    assert_eq!(outcomes(&table, "bo"), bo);
    let amina = [
        "accepted",
        "accepted",
        "accepted beside another",
        "changed form:  → mixed",
        "accepted",
        "rejected",
        "not decided yet",
    ];
    assert_eq!(outcomes(&table, "amina"), amina);
    assert!(told(&table, "cleo").is_empty(), "nobody compared their tags");
    let bo = told(&table, "bo");
    assert_eq!(
        (bo[1].reason.as_str(), bo[1].spans.as_slice(), bo[1].stale),
        ("wrong label", &[sentence(1)][..], false)
    );
    assert_eq!((&bo[4].annotation, bo[4].label.as_str(), bo[4].spans.as_slice()), (&None, "quote", &[sentence(4)][..]));
    // They take it to heart: what was decided is told as it was, and that something has changed.
    table.edit("bo", "bo1", |one| one.label = "quote".into());
    let bo = told(&table, "bo");
    assert!(bo[1].stale && bo[1].outcome == Outcome::Changed);
}

#[test]
fn a_tie_is_changed_where_gold_ties_it_to_something_else() {
    let mut table = Table::agreeing(1);
    for who in ["amina", "bo"] {
        table.tag(who, &format!("{who}-he"), "source", Span::new(9, 11));
        table.tag(who, &format!("{who}-she"), "source", Span::new(12, 16));
        let to = if who == "bo" { "bo-he" } else { "amina-she" };
        table.tie(who, "attributed_to", &format!("{who}0"), to);
    }
    table.decide("amina-he", accept(&["amina", "bo"]), "");
    table.decide("amina-she", accept(&["amina", "bo"]), "");
    table.decide("amina0", accept(&["amina"]), "wrong link");
    assert_eq!(outcomes(&table, "bo")[0], "changed attributed to: 00 → goes");
    assert_eq!(outcomes(&table, "amina")[0], "accepted");
    table.decide("amina-she", Verdict::Reject, "");
    assert_eq!(outcomes(&table, "amina")[0], "accepted", "a tie to what was rejected is told there");
}

#[test]
fn the_verb_writes_markdown_and_json_with_the_place_of_each_tag() {
    let fresh = undecided();
    let project = fresh.path.to_str().unwrap();
    assert_eq!(run(&["feedback", project, "--annotator", "bo"]).status, 2, "nobody has decided");
    let output = run(&["adjudicate", project, "--as", "zoe", "--annotators", "amina,bo", "--unanimous"]);
    assert_eq!(output.status, 1, "{}", output.err);
    let json = run(&["feedback", project, "--annotator", "bo", "--json"]);
    let told: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((told["annotator"].as_str(), told["by"].as_str()), (Some("bo"), Some("zoe")));
    let entries = told["entries"].as_array().unwrap();
    assert!(entries.iter().any(|entry| entry["outcome"] == "accepted" && entry["document"] == BRIDGE));
    assert!(entries.iter().all(|entry| entry["spans"][0][0].is_u64() && !entry["annotation"].is_null()));
    let sum: u64 = told["totals"].as_object().unwrap().values().filter_map(Value::as_u64).sum();
    assert_eq!(sum as usize, entries.len());
    let hidden = run(&["feedback", project, "--annotator", "bo", "--anonymous", "--json"]).out;
    assert!(!hidden.contains("zoe"));
    let file = fresh.outside.path().join("bo.md");
    let output = run(&["feedback", project, "--annotator", "bo", "-o", file.to_str().unwrap()]);
    assert_eq!(output.status, 0, "{}", output.err);
    let page = std::fs::read_to_string(file).unwrap();
    assert!(
        page.starts_with("# What became of the tags of bo") && page.contains("| all |") && page.contains("characters ")
    );
}
