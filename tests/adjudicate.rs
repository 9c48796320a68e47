//! Deciding between annotators: what stands and what comes back, gold, and the verb that decides what nobody disagrees
//! on.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ascribe_engine::{
    Papers, Stamp,
    adjudicate::{
        Case, CaseState, Gold, GoldError, GoldWritten, LeftTieReason, Touched, addition, adjudicated, deciding, edited,
        kept, save_gold, unanimously, withdrawing,
    },
    compare::compare,
    default_scheme,
    store::Store,
};
use ascribe_schema::{AnnotationRef, Decision, DecisionId, Link, Progress, Span, Verdict};
use ascribe_tests::{BRIDGE, Fresh, Random, TIME, document, files, name, run, set_of};
use proptest::prelude::*;
use serde_json::Value;

use crate::{
    gold::undecided,
    table::{SENTENCE, Table, accept, sentence},
};

/// Everything decided for amina, and then one thing done.
fn decided() -> (Table, Vec<DecisionId>) {
    let mut table = Table::agreeing(6);
    table.tag("amina", "alone", "claim", Span::new(4 * SENTENCE + 9, 4 * SENTENCE + 20));
    table.tag("bo", "said", "source", Span::new(5 * SENTENCE + 9, 5 * SENTENCE + 14));
    table.tag("amina", "too", "source", Span::new(5 * SENTENCE + 9, 5 * SENTENCE + 14));
    table.tie("bo", "attributed_to", "bo3", "said");
    let mut ids: Vec<_> =
        (0..6).map(|number| table.decide(&format!("amina{number}"), accept(&["amina"]), "")).collect();
    ids.push(table.decide("alone", accept(&["amina"]), ""));
    ids.push(table.decide("said", Verdict::Reject, ""));
    assert!(table.stale().is_empty() && table.laid().counts().decided == 8);
    (table, ids)
}

type Deed = fn(&mut Table);

#[test]
fn a_change_brings_back_just_what_was_decided_about_it() {
    let rows: [(&str, Deed, &[usize], &str); 13] = [
        ("a label", |t| t.edit("bo", "bo1", |one| one.label = "claim".into()), &[1], "Changed(bo)"),
        ("a boundary", |t| t.place("bo", "bo1", Span::new(SENTENCE, SENTENCE + 20)), &[1], "Changed(bo)"),
        (
            "an attribute",
            |t| t.edit("amina", "amina2", |one| drop(one.attributes.insert("form".into(), "direct".into()))),
            &[2],
            "Changed(amina)",
        ),
        ("a note", |t| t.edit("bo", "bo1", |one| one.note = "hm".into()), &[], ""),
        ("another time", |t| t.edit("bo", "bo1", |one| one.created = String::new()), &[], ""),
        ("a tie that comes", |t| t.tie("bo", "attributed_to", "bo2", "said"), &[2], "Changed(bo)"),
        ("a tie that goes", |t| t.change("bo", |set| set.relations.clear()), &[3], "Changed(bo)"),
        ("what a tie leads to", |t| t.edit("bo", "said", |one| one.note = "she".into()), &[], ""),
        (
            "the label of what a tie leads to",
            |t| t.edit("bo", "said", |one| one.label = "claim".into()),
            &[7],
            "Changed(bo)",
        ),
        ("a deletion", |t| t.delete("amina", "amina0"), &[0], "Deleted(amina)"),
        (
            "one where there was none",
            |t| t.tag("bo", "new", "claim", Span::new(4 * SENTENCE + 9, 4 * SENTENCE + 20)),
            &[6],
            "Added(bo)",
        ),
        ("somebody who has nothing there", |t| t.change("cleo", |_| ()), &[], ""),
        ("somebody who has one", |t| t.tag("cleo", "c", "quote", sentence(2)), &[2], "Added(cleo)"),
    ];
    for (what, deed, expected, touched) in rows {
        let (mut table, ids) = decided();
        deed(&mut table);
        let expected: BTreeSet<_> = expected.iter().map(|&number| ids[number].clone()).collect();
        assert_eq!(table.stale(), expected, "{what}");
        for case in table.laid().cases {
            if let CaseState::Stale(decision, why) = case.state {
                assert!(expected.contains(&decision.id), "{what}");
                let told = why.iter().map(|one| match one {
                    Touched::Changed(who) => format!("Changed({who})"),
                    Touched::Deleted(who) => format!("Deleted({who})"),
                    Touched::Added(who) => format!("Added({who})"),
                    Touched::Text => "Text".to_owned(),
                    Touched::Twice => "Twice".to_owned(),
                });
                assert_eq!(told.collect::<Vec<_>>(), [touched], "{what}");
            }
        }
    }
}

#[test]
fn what_is_gone_stays_decided_until_it_is_taken_back() {
    let (mut table, ids) = decided();
    table.delete("amina", "alone");
    let laid = table.laid();
    assert_eq!(laid.gone().map(|ruling| ruling.decision.id.clone()).collect::<Vec<_>>(), [ids[6].clone()]);
    assert_eq!(table.gold().made[&ids[6]].len(), 1, "gold keeps it");
    let deed = withdrawing(&table.id, laid.gone().map(|ruling| &ruling.decision));
    table.papers.apply(&deed.changes).unwrap();
    assert_eq!((table.laid().counts().gone, table.gold().made.get(&ids[6])), (0, None));
    table.papers.apply(&deed.inverse().changes).unwrap();
    assert_eq!(table.laid().counts().gone, 1);
}

#[test]
fn a_stale_decision_is_kept_only_by_a_deed() {
    for (deed, same) in [
        ((|t| t.edit("bo", "bo1", |one| one.label = "claim".into())) as Deed, true),
        (|t| t.edit("amina", "amina1", |one| one.label = "claim".into()), false),
        (|t| t.delete("amina", "amina1"), false),
    ] {
        let (mut table, ids) = decided();
        let before = table.gold();
        deed(&mut table);
        let stale = table.gold();
        assert_eq!(stale.account.stale, [ids[1].clone()]);
        assert_eq!((&stale.set.annotations, stale.set.progress), (&before.set.annotations, Progress::InProgress));
        let (laid, case) = (table.laid(), table.case("bo1"));
        let (zoe, mut random) = (name("zoe"), || 99);
        let kept = kept(&laid, &case, &mut Stamp { annotator: &zoe, time: TIME, random: &mut random }).unwrap();
        assert_eq!(matches!(kept.verdict, Verdict::Accept(_)), same);
        table.papers.apply(&deciding(&table.id, case.decisions(), kept).changes).unwrap();
        assert!(table.stale().is_empty());
        let words = |gold: &Gold| {
            gold.set.annotations.iter().map(|one| (one.label.clone(), one.spans.clone())).collect::<Vec<_>>()
        };
        assert_eq!(words(&table.gold()), words(&before));
    }
}

#[test]
fn gold_says_from_whom_it_is_and_follows_from_the_decisions() {
    let mut table = Table::agreeing(4);
    table.edit("bo", "bo1", |one| one.label = "claim".into());
    table.place("bo", "bo2", Span::new(2 * SENTENCE, 2 * SENTENCE + 20));
    let both = table.decide("amina0", accept(&["amina", "bo"]), "");
    let one = table.decide("amina1", accept(&["bo"]), "wrong label");
    let beside = table.decide("amina2", accept(&["amina", "bo"]), "");
    let none = table.decide("amina3", Verdict::Reject, "slip");
    let made = table.gold();
    let from = |id: &DecisionId| -> Vec<Vec<String>> {
        let ids = &made.made[id];
        let of = ids.iter().map(|id| made.set.annotations.iter().find(|one| one.id == *id).unwrap());
        let from = of.map(|one| one.decided.as_ref().unwrap().from.clone());
        from.map(|from| from.iter().map(|from| from.annotation.to_string()).collect()).collect()
    };
    assert_eq!(from(&both), [["amina0", "bo0"]], "the same from both is one");
    assert_eq!(from(&one), [["bo1"]]);
    assert_eq!(from(&beside), [["amina2"], ["bo2"]], "where they differ, both stay");
    assert!(from(&none).is_empty());
    assert_eq!((made.set.annotations.len(), made.set.progress), (4, Progress::Finished));
    assert_eq!(table.gold().set, made.set, "made anew it is the same");
    let store = Store::at(&table.fresh.path);
    let save = || save_gold(&store, &made.set, false, false).unwrap();
    assert_eq!([save(), save()], [GoldWritten::New, GoldWritten::Same]);
    let read = table.fresh.load();
    assert!(!read.has_errors(), "{:?}", read.problems);
    assert_eq!(read.documents[&table.id].sets[&name("gold")].set, made.set);
}

#[test]
fn ties_of_gold_lead_to_what_was_decided_about_their_end() {
    let mut table = Table::agreeing(2);
    let who = Span::new(9, 11);
    table.tag("amina", "a", "source", who);
    table.tag("bo", "b", "source", Span::new(9, 14));
    table.tie("amina", "attributed_to", "amina0", "a");
    table.tie("bo", "attributed_to", "bo0", "b");
    let quote = table.decide("amina0", accept(&["amina", "bo"]), "");
    let ends =
        |gold: &Gold| gold.set.relations.iter().map(|tie| (tie.from.clone(), tie.to.clone())).collect::<Vec<_>>();
    let open = table.gold();
    assert_eq!(open.made[&quote].len(), 1, "what differs elsewhere makes no two of it");
    assert!(open.set.relations.is_empty());
    assert!(open.account.ties.iter().all(|tie| tie.why == LeftTieReason::Undecided && tie.decision == quote));
    let source = table.decide("a", accept(&["bo"]), "boundary");
    let made = table.gold();
    assert_eq!(ends(&made), [(made.made[&quote][0].clone(), made.made[&source][0].clone())]);
    assert_eq!(open.made[&quote], made.made[&quote], "ids do not change with what is decided elsewhere");
    table.decide("a", Verdict::Reject, "");
    let rejected = table.gold();
    assert!(rejected.set.relations.is_empty());
    assert!(rejected.account.ties.iter().all(|tie| tie.why == LeftTieReason::NotInGold));
    // An adjudicator's own tie leads to whatever became of somebody's annotation.
    table.decide("a", accept(&["amina"]), "");
    let (text, scheme) = (table.document().text.clone().unwrap(), default_scheme());
    let to = AnnotationRef { annotator: name("bo"), annotation: "b".into() };
    let links = vec![Link { kind: "attributed_to".to_owned(), to }];
    let own = edited(&text, &scheme, "quote", vec![sentence(1)], BTreeMap::new(), links).unwrap();
    let changed = table.decide("amina1", Verdict::Edit(own), "wrong link");
    let made = table.gold();
    assert!(ends(&made).contains(&(
        made.made[&changed][0].clone(),
        made.became[&AnnotationRef { annotator: name("amina"), annotation: "a".into() }].clone()
    )));
}

#[test]
fn what_everybody_overlooked_is_added_until_somebody_has_it() {
    let mut table = Table::agreeing(1);
    let (text, scheme) = (table.document().text.clone().unwrap(), default_scheme());
    let own = edited(&text, &scheme, "source", vec![Span::new(9, 11)], BTreeMap::new(), Vec::new()).unwrap();
    let (zoe, mut random) = (name("zoe"), || 5);
    let mut stamp = Stamp { annotator: &zoe, time: TIME, random: &mut random };
    let sha256 = table.document().text_sha256().to_owned();
    let added = addition(own, &sha256, &[name("amina"), name("bo")], ("overlooked", ""), &mut stamp);
    table.papers.apply(&deciding(&table.id, [], added.clone()).changes).unwrap();
    assert_eq!(table.laid().added().count(), 1);
    assert_eq!(table.gold().made[&added.id].len(), 1);
    table.tag("bo", "late", "source", Span::new(9, 11));
    assert_eq!(table.case("late").state, CaseState::Stale(Arc::new(added), vec![Touched::Added(name("bo"))]));
}

#[test]
fn what_nobody_disagrees_on_is_accepted_in_one_deed() {
    let mut table = Table::agreeing(5);
    table.edit("bo", "bo1", |one| one.label = "claim".into());
    table.delete("amina", "amina2");
    table.decide("amina3", Verdict::Defer, "");
    let laid = table.laid();
    assert_eq!((laid.counts().open, laid.counts().unanimous, laid.counts().deferred), (4, 2, 1));
    let (zoe, mut random) = (name("zoe"), Random(3));
    let mut bits = || random.bits();
    let deed = unanimously(&table.id, &laid, &mut Stamp { annotator: &zoe, time: TIME, random: &mut bits }).unwrap();
    assert_eq!(deed.changes.len(), 2);
    let before = table.papers.clone();
    table.papers.apply(&deed.changes).unwrap();
    assert_eq!((table.laid().counts().unanimous, table.laid().counts().decided), (0, 2));
    let open = |case: &Case| case.state == CaseState::Open;
    let laid = table.laid();
    assert_eq!(
        [laid.next(None, open), laid.next(Some(1), open), laid.next(Some(2), open)],
        [Some(1), Some(2), Some(1)]
    );
    assert_eq!([laid.previous(None, open), laid.previous(Some(1), open)], [Some(2), Some(2)]);
    table.papers.apply(&deed.inverse().changes).unwrap();
    assert_eq!(table.papers, before);
}

#[test]
fn one_annotator_agrees_with_nobody() {
    let mut table = Table::new(2);
    table.tag("amina", "a", "quote", sentence(0));
    assert_eq!((table.laid().counts().open, table.laid().counts().unanimous), (1, 0));
}

#[test]
fn two_adjudicators_are_compared_like_annotators() {
    let mut table = Table::agreeing(3);
    table.edit("bo", "bo1", |one| one.label = "claim".into());
    let mut of = |who: &str, accepted: &str| {
        table.papers = Papers::default();
        (0..3).for_each(|number| drop(table.decide(&format!("amina{number}"), accept(&[accepted]), "")));
        adjudicated(table.document(), &name(who), &table.decisions())
    };
    let sets = vec![of("zoe", "amina"), of("yan", "bo")];
    let comparison = compare(table.document(), sets);
    let differing: Vec<_> = comparison.units.iter().filter(|unit| !unit.differs.is_nothing()).collect();
    assert_eq!((comparison.units.len(), differing.len()), (3, 1));
    assert!(differing[0].differs.label);
}

#[test]
fn decisions_of_a_session_are_undone_exactly() {
    let (fresh, ids) = Fresh::of(&["Gantz said no."]);
    let mut session = fresh.session("zoe");
    let before = files(&fresh.path);
    let made = Decision {
        id: DecisionId::from_bits(1),
        text_sha256: session.project().documents[&ids[0]].text_sha256().to_owned(),
        place: Span::new(0, 5),
        about: Vec::new(),
        without: vec![name("amina"), name("bo")],
        verdict: Verdict::Defer,
        reason: String::new(),
        note: String::new(),
        created: TIME.to_owned(),
    };
    session.commit(deciding(&ids[0], [], made.clone())).unwrap();
    session.flush();
    let path = format!("decisions/zoe/{}.ron", ids[0]);
    assert!(fresh.text(&path).contains("Defer"));
    session.commit(withdrawing(&ids[0], [&Arc::new(made)])).unwrap();
    session.undo().unwrap();
    assert_eq!(session.papers(&ids[0]).unwrap().decisions().len(), 1);
    session.undo().unwrap();
    session.flush();
    assert!(files(&fresh.path) == before);
}

#[test]
fn decisions_are_found_again_in_a_corrected_text() {
    let (mut table, ids) = decided();
    let old = table.document().text.clone().unwrap();
    let (older, sha256) = (table.document().text_sha256().to_owned(), "corrected".to_owned());
    let text = format!("A new beginning. {}", old.as_str().replace("02 goes here", "02 went away"));
    let paragraphs = ascribe_schema::Text::new(text);
    let document = table.project.documents.get_mut(&table.id).unwrap();
    let mut revision = document.record.revisions[0].clone();
    revision.text_sha256.clone_from(&sha256);
    document.record.revisions.push(revision);
    document.older.insert(older, document.text.replace(Arc::new(paragraphs)).unwrap());
    let stale = table.stale();
    assert!(stale.contains(&ids[2]), "its words were changed");
    let others: Vec<_> = ids.iter().filter(|id| **id != ids[2] && stale.contains(id)).collect();
    assert!(others.is_empty(), "{others:?}");
    let made = table.gold();
    for one in &made.set.annotations {
        let there: Vec<_> = one.spans.iter().map(|span| table.document().text.as_ref().unwrap().slice(*span)).collect();
        assert!(one.text.iter().map(|words| Some(words.as_str())).eq(there), "{one:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn only_what_is_about_a_changed_tag_or_beside_it_comes_back(seed: u64) {
        let mut random = Random(seed);
        let mut table = Table::new(12);
        for (who, number) in ["amina", "bo", "cleo"].into_iter().flat_map(|who| (0..12).map(move |number| (who, number))) {
            if random.below(4) > 0 {
                let (first, last) = (random.below(4), 22 - random.below(4));
                let span = Span::new(number * SENTENCE + first, number * SENTENCE + last);
                let label = *random.pick(&["quote", "claim", "source"]);
                table.tag(who, &format!("{who}{number}"), label, span);
            }
        }
        let all: Vec<_> = table.laid().cases.iter().map(|case| case.inputs[0].clone()).collect();
        for input in &all {
            if random.below(5) > 0 {
                let verdict = if random.below(3) == 0 { Verdict::Reject } else { accept(&[input.annotator.as_str()]) };
                table.decide(input.annotation.as_str(), verdict, "");
            }
        }
        prop_assert!(table.stale().is_empty());
        let whole = table.laid();
        let inputs: Vec<_> = whole.cases.iter().flat_map(|case| &case.inputs).collect();
        let Some(chosen) = (!inputs.is_empty()).then(|| (*random.pick(&inputs)).clone()) else { return Ok(()) };
        let (who, id) = (chosen.annotator.to_string(), chosen.annotation.to_string());
        match random.below(4) {
            0 => table.delete(&who, &id),
            1 => table.edit(&who, &id, |one| one.label = "denial".to_owned()),
            2 => table.edit(&who, &id, |one| drop(one.attributes.insert("form".into(), "mixed".into()))),
            _ => table.place(&who, &id, Span::new(random.below(200), 250)),
        }
        let laid = table.laid();
        let joined: BTreeSet<_> = laid.cases.iter().filter(|case| case.inputs.iter().any(|one| one.annotation == chosen.annotation))
            .flat_map(|case| &case.inputs).map(AnnotationRef::of).chain([AnnotationRef::of(&chosen)]).collect();
        let expected: BTreeSet<_> = table.papers.decisions()
            .filter(|made| made.about.iter().any(|input| joined.contains(&AnnotationRef::of(input))))
            .map(|made| made.id.clone()).collect();
        prop_assert_eq!(table.stale(), expected);
        let once = table.gold();
        prop_assert_eq!(table.gold().set, once.set);
    }
}

#[test]
fn the_verb_decides_what_nobody_disagrees_on_and_never_writes_over_gold_made_by_hand() {
    let fresh = undecided();
    fresh.write(&set_of("gold"), fresh.text(&set_of("amina")).replace("annotator: \"amina\"", "annotator: \"gold\""));
    let project = fresh.path.to_str().unwrap().to_owned();
    let verb = |more: &[&str]| {
        let arguments: Vec<&str> = ["adjudicate", &project, "--as", "zoe", "--annotators", "amina,bo", "--json"]
            .iter()
            .chain(more)
            .copied()
            .collect();
        let output = run(&arguments);
        let json: Value = serde_json::from_str(&output.out).unwrap_or_else(|_| panic!("{}{}", output.out, output.err));
        (output.status, json)
    };
    let bytes = files(&fresh.path);
    let (status, listed) = verb(&[]);
    assert_eq!(status, 1, "something is open");
    let unanimous = listed["totals"]["unanimous"].as_u64().unwrap();
    assert!(unanimous > 0 && listed["totals"]["open"].as_u64().unwrap() > unanimous);
    let (_, dry) = verb(&["--unanimous", "--dry-run"]);
    assert_eq!(dry["accepted"].as_u64(), Some(unanimous));
    assert!(files(&fresh.path) == bytes, "nothing is written");
    let (status, refused) = verb(&["--unanimous"]);
    assert_eq!((status, refused["accepted"].as_u64()), (1, Some(unanimous)));
    assert!(refused["documents"][0]["gold"]["reason"].as_str().unwrap().contains("not made from decisions"));
    assert!(fresh.read(&format!("annotations/gold/{BRIDGE}.ron")) == bytes[&format!("annotations/gold/{BRIDGE}.ron")]);
    let (_, again) = verb(&["--unanimous", "--replace"]);
    assert_eq!((again["accepted"].as_u64(), again["totals"]["decided"].as_u64()), (Some(0), Some(unanimous)));
    assert_eq!(again["documents"][0]["gold"]["written"], "changed");
    let (_, same) = verb(&["--gold"]);
    assert_eq!(same["documents"][0]["gold"]["written"], "same");
    let read = fresh.load();
    assert!(!read.has_errors(), "{:?}", read.problems);
    let refused =
        save_gold(&Store::at(&fresh.path), &read.documents[&document(BRIDGE)].sets[&name("amina")].set, false, false);
    assert!(matches!(refused, Err(GoldError::HandMade(_))));
}

#[test]
fn only_annotators_who_are_there_are_compared() {
    let fresh = Fresh::sample();
    let project = fresh.path.to_str().unwrap();
    let bytes = files(&fresh.path);
    for (names, message) in [
        ("amina,amina", "at least two"),
        ("amina,nobody-here", "nobody-here"),
        ("amina,gold", "gold is made from decisions"),
    ] {
        let output = run(&["adjudicate", project, "--unanimous", "--as", "zoe", "--annotators", names]);
        assert_eq!(output.status, 2, "{names}");
        assert!(output.err.contains(message), "{names}: {}", output.err);
    }
    assert!(files(&fresh.path) == bytes, "nothing is written");
}

#[test]
fn gold_of_two_adjudicators_needs_one_who_counts() {
    let fresh = undecided();
    let project = fresh.path.to_str().unwrap();
    let verb = |more: &[&str]| run(&[&["adjudicate", project, "--annotators", "amina,bo"], more].concat());
    assert_eq!(verb(&["--unanimous", "--replace", "--as", "zoe"]).status, 1);
    let second = verb(&["--unanimous", "--as", "yan"]);
    assert!(second.err.contains("the decisions of zoe count for gold"), "{}", second.err);
    let bytes = files(&fresh.path);
    let neither = verb(&["--gold", "--as", "yan"]);
    assert!(neither.err.contains("yan and zoe have decided"), "{}", neither.err);
    assert!(files(&fresh.path) == bytes, "gold of the first stays");
}

#[test]
fn tags_that_cannot_be_read_are_told_and_nothing_is_decided_without_them() {
    let fresh = undecided();
    let project = fresh.path.to_str().unwrap();
    let path = format!("annotations/bo/{BRIDGE}.ron");
    let torn = fresh.text(&path).replacen("label: \"quote\"", "lebal: \"quote\"", 1);
    fresh.write(&path, torn);
    for verb in
        [&["compare"][..], &["agree"], &["adjudicate", "--annotators", "amina,bo", "--as", "zoe", "--unanimous"]]
    {
        let output = run(&[verb, &[project]].concat());
        assert_eq!(output.status, 1, "{verb:?}: {}", output.err);
        assert!(output.err.contains(&path), "{verb:?}: {}", output.err);
    }
    assert!(fresh.load().documents[&document(BRIDGE)].decisions.is_empty());
}

#[test]
fn nothing_is_decided_for_nobody() {
    let fresh = undecided();
    let project = fresh.path.to_str().unwrap();
    let output = run(&["adjudicate", project, "--unanimous"]);
    assert_eq!(output.status, 2);
    assert!(output.err.contains("--as"), "{}", output.err);
}
