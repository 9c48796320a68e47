//! Documents are given out evenly and the same each time, and everybody's progress is counted.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_engine::assign::{AssignError, Assignments, Load, Spread, Stage, loads, pairs, progress, spread, with};
use ascribe_schema::{AnnotatorName, DocumentId};
use ascribe_tests::{BRIDGE, FOG, Fresh, document, name, run};
use proptest::prelude::*;
use serde_json::Value;

fn people(count: usize) -> Vec<AnnotatorName> {
    (0..count).map(|number| name(&format!("p{number}"))).collect()
}

fn documents(lengths: &[u32]) -> BTreeMap<DocumentId, u32> {
    lengths.iter().enumerate().map(|(number, length)| (document(&format!("d{number:03}")), *length)).collect()
}

fn spreading(each: usize, seed: u64, load: Load) -> Spread {
    Spread { each, seed, load }
}

proptest! {
    #[test]
    fn documents_are_spread_evenly_and_repeatably(
        lengths in proptest::collection::vec(1_u32..9000, 1..60), count in 1_usize..8, wanted in 1_usize..8, seed: u64,
    ) {
        let (each, people, documents) = (wanted.min(count), people(count), documents(&lengths));
        let how = spreading(each, seed, Load::Documents);
        let given = spread(&documents, &people, how, &Assignments::new()).unwrap();
        prop_assert_eq!(&given, &spread(&documents, &people, how, &Assignments::new()).unwrap());
        prop_assert_eq!(given.len(), documents.len());
        for names in given.values() {
            prop_assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), each);
            prop_assert_eq!(names.len(), each);
        }
        let loads = loads(&given, &documents, Load::Documents);
        let of = |who: &AnnotatorName| loads.get(who).copied().unwrap_or_default();
        let (least, most) = (people.iter().map(of).min().unwrap(), people.iter().map(of).max().unwrap());
        prop_assert!(most - least <= 1, "{loads:?}");
    }

    #[test]
    fn whoever_has_a_document_keeps_it(seed: u64, count in 3_usize..6, fixed in proptest::collection::vec((0_usize..20, 0_usize..6), 0..20)) {
        let (people, documents) = (people(count), documents(&[100; 20]));
        let mut already = Assignments::new();
        for (number, who) in fixed {
            let names = already.entry(document(&format!("d{number:03}"))).or_default();
            let who = name(&format!("p{who}"));
            if !names.contains(&who) {
                names.push(who);
            }
        }
        let given = spread(&documents, &people, spreading(2, seed, Load::Documents), &already).unwrap();
        for (id, names) in &already {
            let after = given.get(id).unwrap_or(names);
            prop_assert!(names.iter().all(|who| after.contains(who)));
            prop_assert_eq!(after.len(), names.len().max(2));
        }
        for id in documents.keys() {
            prop_assert!(given.contains_key(id) || already.get(id).is_some_and(|names| names.len() >= 2));
        }
    }
}

#[test]
fn pairs_share_about_as_many_documents() {
    for (count, each, all) in [(4, 2, 60), (5, 2, 100), (6, 3, 60), (3, 2, 30)] {
        let (people, documents) = (people(count), documents(&vec![1; all]));
        let given = spread(&documents, &people, spreading(each, 1, Load::Documents), &Assignments::new()).unwrap();
        let pairs = pairs(&given);
        assert_eq!(pairs.len(), count * (count - 1) / 2);
        let (least, most) = (pairs.values().min().unwrap(), pairs.values().max().unwrap());
        assert!(most - least <= 2, "{pairs:?}");
    }
}

#[test]
fn characters_are_spread_evenly_where_that_is_asked_for() {
    let lengths: Vec<u32> = (0..60).map(|number| 200 + 90 * number).collect();
    let (people, documents) = (people(4), documents(&lengths));
    let given = spread(&documents, &people, spreading(2, 1, Load::Characters), &Assignments::new()).unwrap();
    let loads = loads(&given, &documents, Load::Characters);
    let (least, most) = (loads.values().min().unwrap(), loads.values().max().unwrap());
    assert!(most - least <= 5000, "by less than the longest: {loads:?}");
}

#[test]
fn what_cannot_be_given_out_is_said() {
    let documents = documents(&[1]);
    for (people, each, error) in [
        (people(1), 2, AssignError::TooFew { each: 2, annotators: 1 }),
        (Vec::new(), 1, AssignError::Nobody),
        (people(1), 0, AssignError::Nobody),
        (vec![name("gold")], 1, AssignError::Gold),
    ] {
        let how = spreading(each, 0, Load::Documents);
        assert_eq!(spread(&documents, &people, how, &Assignments::new()), Err(error));
    }
}

#[test]
fn the_verb_gives_documents_out_and_tells_how_far_everybody_is() {
    let fresh = Fresh::sample();
    let project = fresh.path.to_str().unwrap();
    let table = |more: &[&str]| -> Value {
        let output = run(&["assign", project, "--json"].iter().chain(more).copied().collect::<Vec<_>>());
        assert_eq!(output.status, 0, "{}", output.err);
        serde_json::from_str(&output.out).unwrap()
    };
    let before = fresh.text("project.ron");
    table(&["--annotators", "amina,bo,cleo", "--each", "2", "--seed", "4", "--dry-run"]);
    assert_eq!(fresh.text("project.ron"), before);
    let given = table(&["--annotators", "amina,bo,cleo", "--each", "2", "--seed", "4"]);
    assert_eq!(table(&[]), given);
    table(&["--annotators", "dora", "--document", FOG]);
    let file = fresh.load().file;
    assert!(file.assignments[&document(FOG)].contains(&name("dora")) && file.annotators.contains(&name("dora")));
    table(&["--annotators", "dora", "--document", FOG, "--remove"]);
    assert!(!fresh.load().file.assignments[&document(FOG)].contains(&name("dora")));
    assert_eq!(run(&["assign", project, "--annotators", "dora"]).status, 2, "how many, or which");
}

#[test]
fn progress_goes_from_nothing_to_adjudicated() {
    let fresh = Fresh::sample();
    let stage = |who: &str| {
        let mut project = fresh.load();
        project.file = with(&project.file, BTreeMap::from([(document(FOG), vec![name("cleo")])]));
        let table = progress(&project);
        let row = |id: &str| table.documents.iter().find(|row| row.id == document(id)).unwrap().annotators.clone();
        row(BRIDGE).get(&name(who)).or(row(FOG).get(&name(who))).map(|cell| (cell.stage, cell.assigned))
    };
    assert_eq!(stage("cleo"), Some((Stage::NotStarted, true)));
    let finished = stage("amina").unwrap().0;
    assert!(finished == Stage::Finished || finished == Stage::InProgress);
    assert_eq!(stage("nobody"), None);
}
