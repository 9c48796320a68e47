//! Gold follows from what is decided in an open project, is never written over where it was made by hand, and lint
//! tells where it is out of date.

use ascribe_engine::{
    GoldMade, Session, Stamp,
    adjudicate::{GoldError, GoldWritten, adjudicate, deciding, decision, decisions_of, gold},
    compare::compare,
    lint::lint_project,
};
use ascribe_schema::{DecisionSet, Verdict, read, write};
use ascribe_tests::{BRIDGE, Fresh, Random, TIME, document, name, set_of};

use crate::table::accept;

/// The sample project as it was before anybody had decided anything.
pub fn undecided() -> Fresh {
    let fresh = Fresh::sample();
    for folder in ["annotations/gold", "comments", "decisions"] {
        std::fs::remove_dir_all(fresh.path.join(folder)).unwrap();
    }
    fresh.replace("project.ron", "    adjudicator: \"ines\",\n", "");
    fresh
}

/// Decides about the case with that number, and waits until it is saved.
fn decide(session: &mut Session, number: usize, verdict: Verdict) {
    let id = document(BRIDGE);
    let here = &session.project().documents[&id];
    let sets = ["amina", "bo"].map(|who| here.sets[&name(who)].set.clone());
    let comparison = compare(here, sets.to_vec());
    let papers = session.papers(&id).cloned().unwrap_or_default();
    let case = &adjudicate(here, &comparison, papers.decisions()).cases[number];
    let (who, mut random) = (session.annotator().clone(), Random(number as u64 + 1));
    let mut bits = || random.bits();
    let made = decision(case, verdict, "", "", &mut Stamp { annotator: &who, time: TIME, random: &mut bits });
    session.commit(deciding(&id, case.decisions(), made)).unwrap();
    session.flush();
}

fn make(session: &mut Session) -> Option<GoldMade> {
    let made = session.gold_to_make()?.make();
    session.take_gold(&made);
    Some(made)
}

fn rules(fresh: &Fresh) -> Vec<&'static str> {
    let found = lint_project(&fresh.load());
    found.iter().map(|finding| finding.rule).filter(|rule| rule.starts_with("gold-")).collect()
}

#[test]
fn gold_is_made_and_taken_away_with_the_decisions() {
    let fresh = undecided();
    let mut session = fresh.session("zoe");
    let mut watch = session.watch().unwrap();
    assert!(session.gold_to_make().is_none(), "nothing was decided");
    decide(&mut session, 0, accept(&["bo"]));
    assert_eq!(rules(&fresh), ["gold-out-of-date"], "it is not made yet");
    let written = |session: &mut Session| make(session).unwrap().written.unwrap();
    assert_eq!(written(&mut session), GoldWritten::New);
    decide(&mut session, 1, accept(&["amina"]));
    assert_eq!(written(&mut session), GoldWritten::Changed);
    assert!(session.gold_to_make().is_none(), "once is enough");

    let project = fresh.load();
    let (here, zoe) = (&project.documents[&document(BRIDGE)], name("zoe"));
    let there = &here.sets[&name("gold")];
    assert_eq!((there.set.annotations.len(), &there.set), (2, &gold(here, &zoe, &decisions_of(here, &zoe)).set));
    let known = &session.project().documents[&document(BRIDGE)].sets[&name("gold")];
    assert_eq!((&known.set, &known.file_sha256), (&there.set, &there.file_sha256));
    assert!((0..3).all(|_| watch.look().is_none()), "no other program has written it");
    assert_eq!(rules(&fresh), [""; 0]);

    for _ in 0..2 {
        session.undo().unwrap();
    }
    session.flush();
    assert_eq!(written(&mut session), GoldWritten::Removed);
    assert!(!fresh.path.join(set_of("gold")).exists());
    assert!(!session.project().documents[&document(BRIDGE)].sets.contains_key(&name("gold")));
    session.redo().unwrap();
    session.flush();
    assert_eq!(written(&mut session), GoldWritten::New);
}

#[test]
fn whose_decisions_do_not_count_makes_no_gold() {
    let fresh = Fresh::sample();
    let before = fresh.read(&set_of("gold"));
    let mut session = fresh.session("zoe");
    decide(&mut session, 0, Verdict::Reject);
    assert!(session.gold_to_make().is_none());
    assert!(fresh.read(&set_of("gold")) == before && rules(&fresh).is_empty());
}

#[test]
fn gold_made_by_hand_stays_and_is_told_once() {
    let fresh = undecided();
    let by_hand = fresh.text(&set_of("amina")).replace("annotator: \"amina\"", "annotator: \"gold\"");
    fresh.write(&set_of("gold"), &by_hand);
    let mut session = fresh.session("zoe");
    decide(&mut session, 0, accept(&["bo"]));
    assert!(matches!(make(&mut session).unwrap().written, Err(GoldError::HandMade(path)) if path == set_of("gold")));
    assert!(fresh.text(&set_of("gold")) == by_hand);
    decide(&mut session, 1, accept(&["amina"]));
    assert!(session.gold_to_make().is_none());
    assert!(!rules(&fresh).contains(&"gold-out-of-date"));
}

#[test]
fn lint_tells_how_gold_differs_from_what_was_decided() {
    type Row = (&'static str, fn(&Fresh), Option<&'static str>);
    let rows: [Row; 4] = [
        ("as it was made", |_| (), None),
        (
            "a decision was taken back",
            |fresh| {
                let path = format!("decisions/ines/{BRIDGE}.ron");
                let mut set = read::<DecisionSet>(&fresh.read(&path), &path).unwrap().value;
                set.decisions.retain(|one| one.note.is_empty() || !one.note.starts_with("Found by Bo only"));
                fresh.write(&path, write(&set).unwrap());
            },
            Some("tags that were decided and are not in gold: 0; tags of gold that were not decided so: 1"),
        ),
        (
            "it is gone",
            |fresh| std::fs::remove_file(fresh.path.join(set_of("gold"))).unwrap(),
            Some("there is no gold; tags of it that were decided: "),
        ),
        (
            "it says that all was decided",
            |fresh| fresh.replace(&set_of("gold"), "progress: InProgress", "progress: Finished"),
            Some("gold is marked as finished, though something waits for a decision"),
        ),
    ];
    for (what, deed, expected) in rows {
        let fresh = Fresh::sample();
        deed(&fresh);
        let found = lint_project(&fresh.load());
        let told = found.iter().find(|finding| finding.rule == "gold-out-of-date");
        match expected {
            Some(words) => assert!(told.unwrap().message.starts_with(words), "{what}: {told:?}"),
            None => assert!(told.is_none(), "{what}: {told:?}"),
        }
    }
}
