//! Two copies of one file: whatever two people do at the same time, nothing of it is lost, and a person is asked only
//! where both meant the same thing.

use std::{collections::BTreeSet, fs, sync::Arc};

use ascribe_engine::{
    SetState,
    merge::{
        Choice, Mergeable, SettleError, changes, merge, merge_bytes, merge_marked, merge_sets, settle, settle_in_set,
        split_markers,
    },
};
use ascribe_schema::{
    Annotation, AnnotationSet, AnnotatorName, CommentSet, Conflict, DecisionSet, DocumentId, FORMAT, Project, Span,
    Text, check_scheme, check_set, read, write,
};
use ascribe_tests::{BRIDGE, Fresh, Random, document, name, run, set_of};
use proptest::prelude::*;

use crate::concurrent::{
    Facts, comment_facts, decision_facts, edit_comments, edit_decisions, edit_project, edit_set, lost, must_ask,
    project_facts, risen, set_facts,
};

/// Amina's set of the sample, and its text.
fn sample() -> (AnnotationSet, Text) {
    let fresh = Fresh::sample();
    let text = Text::new(fresh.text(&format!("documents/{BRIDGE}.txt")));
    (read::<AnnotationSet>(&fresh.read(&set_of("amina")), "").unwrap().value, text)
}

/// Records with the names of the sides the other way round.
fn turned(conflicts: &[Conflict]) -> Vec<Conflict> {
    let turn = |record: &Conflict| Conflict {
        at: record.at.clone(),
        base: record.base.clone(),
        ours: record.theirs.clone(),
        theirs: record.ours.clone(),
    };
    let mut turned: Vec<_> = conflicts.iter().map(turn).collect();
    turned.sort();
    turned
}

/// Checks everything that holds for any two copies of any file; returns where it asks.
fn check<T: Mergeable + std::fmt::Debug>(base: &T, ours: &T, theirs: &T, facts: fn(&T) -> Facts) -> BTreeSet<String> {
    let merged = merge(Some(base), ours, theirs).unwrap();
    let [before, here, there, after] = [base, ours, theirs, &merged].map(facts);
    let asked: BTreeSet<_> = merged.conflicts().iter().map(|record| record.at.clone()).collect();
    // The order of a list is nothing that has a fact.
    let order = |at: &String| {
        let lists = ["annotators", "reasons", "scheme.labels"];
        lists.contains(&at.as_str()) || (at.starts_with("assignments.") && at.matches('.').count() == 1)
    };
    let asked: BTreeSet<_> = asked.into_iter().filter(|at| !order(at)).collect();
    assert_eq!(asked, must_ask(&before, &here, &there), "a person is asked where they must be, and only there");
    for side in [&here, &there] {
        assert_eq!(lost(&before, side, &after, &asked), Vec::<&String>::new(), "no edit is lost");
        assert_eq!(risen(&before, side, &after, &asked), Vec::<&String>::new(), "what was deleted stays so");
    }
    // Reading it gives the same, and all laws hold.
    assert_eq!(read::<T>(write(&merged).unwrap().as_bytes(), "").unwrap().value, merged);
    assert_eq!(&merge(Some(base), ours, ours).unwrap(), ours);
    assert_eq!(&merge(Some(base), base, ours).unwrap(), ours);
    assert_eq!(&merge(Some(base), theirs, base).unwrap(), theirs);
    assert_eq!(merge(Some(ours), &merged, &merged).unwrap(), merged);
    let other = merge(Some(base), theirs, ours).unwrap();
    assert_eq!(facts(&other), after);
    assert_eq!(turned(other.conflicts()), merged.conflicts());
    // Each side can be had of whatever is open.
    for (choice, side) in [(Choice::Ours, &here), (Choice::Theirs, &there), (Choice::Base, &before)] {
        check_settled(&merged, &asked, choice, side, facts);
    }
    asked
}

fn check_settled<T: Mergeable + std::fmt::Debug>(
    merged: &T,
    asked: &BTreeSet<String>,
    choice: Choice,
    side: &Facts,
    facts: fn(&T) -> Facts,
) {
    for at in asked {
        // What leads to a thing that the other side deleted waits until that is settled.
        let Ok(settled) = settle(merged, at, choice) else { continue };
        assert_eq!(settled.conflicts().len(), merged.conflicts().len() - 1);
        let after = facts(&settled);
        let about = |place: &&String| *place == at || place.starts_with(&format!("{at}."));
        // Another record may be about a field of the same thing.
        if asked.iter().filter(|other| about(other)).count() > 1 {
            continue;
        }
        let wanted: Vec<_> = side.iter().filter(|(place, _)| about(place)).collect();
        let found: Vec<_> = after.iter().filter(|(place, _)| about(place)).collect();
        assert_eq!(found, wanted, "{at}: {choice:?}");
    }
}

/// Some edits of a copy.
fn edited<T: Clone>(base: &T, seed: u64, mut edit: impl FnMut(&mut T, &mut dyn FnMut(u32) -> u32)) -> T {
    let (mut copy, mut random) = (base.clone(), Random(seed));
    for _ in 0..1 + random.below(8) {
        edit(&mut copy, &mut |limit| random.below(limit));
    }
    copy
}

fn comments() -> CommentSet {
    CommentSet {
        format: FORMAT,
        document: document(BRIDGE),
        writer: name("amina"),
        comments: Vec::new(),
        conflicts: Vec::new(),
    }
}

fn decisions() -> DecisionSet {
    let (format, document, adjudicator) = (FORMAT, document(BRIDGE), name("amina"));
    DecisionSet { format, document, adjudicator, decisions: Vec::new(), conflicts: Vec::new() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn of_two_peoples_tags_nothing_is_lost(seeds: (u64, u64, u64)) {
        let (sample, text) = sample();
        let edit = |set: &mut AnnotationSet, draw: &mut dyn FnMut(u32) -> u32| edit_set(set, &text, draw);
        let mut base = edited(&sample, seeds.0, edit);
        // The fewer there are, the more often two people meet.
        base.annotations.truncate(6);
        base.let_go();
        let (ours, theirs) = (edited(&base, seeds.1, edit), edited(&base, seeds.2, edit));
        check(&base, &ours, &theirs, set_facts);
        let merged = merge(Some(&base), &ours, &theirs).unwrap();
        let scheme = ascribe_engine::default_scheme();
        let problems = check_set(&merged, |_| Some(&text), &scheme, "amina");
        let errors = problems.iter().filter(|problem| problem.severity == ascribe_schema::Severity::Error);
        prop_assert_eq!(errors.count(), 0, "{:#?}", problems);
        // A window that has one copy open gets to the merged one by a change that can be undone.
        let mut state = SetState::from_file(ours.clone());
        state.apply(&changes(&state, &merged)).unwrap();
        prop_assert_eq!(state.to_file(), merged);
    }

    #[test]
    fn of_two_peoples_comments_and_decisions_nothing_is_lost(seeds: (u64, u64, u64)) {
        let base = edited(&comments(), seeds.0, |set, draw| (0..4).for_each(|_| edit_comments(set, draw)));
        let copy = |seed| edited(&base, seed, edit_comments);
        check(&base, &copy(seeds.1), &copy(seeds.2), comment_facts);
        let base = edited(&decisions(), seeds.0, |set, draw| (0..4).for_each(|_| edit_decisions(set, draw)));
        let copy = |seed| edited(&base, seed, edit_decisions);
        check(&base, &copy(seeds.1), &copy(seeds.2), decision_facts);
    }

    #[test]
    fn of_two_peoples_projects_nothing_is_lost(seeds: (u64, u64, u64)) {
        let documents: Vec<_> = ["a-aaaaaaaa", "b-bbbbbbbb"].iter().map(|id| DocumentId::new(*id).unwrap()).collect();
        let scheme = ascribe_engine::default_scheme();
        let base = Project { format: FORMAT, title: "Test".to_owned(), scheme, ..Project::default() };
        let edit = |project: &mut Project, draw: &mut dyn FnMut(u32) -> u32| edit_project(project, &documents, draw);
        let base = edited(&base, seeds.0, edit);
        let (ours, theirs) = (edited(&base, seeds.1, edit), edited(&base, seeds.2, edit));
        check(&base, &ours, &theirs, project_facts);
        let merged = merge(Some(&base), &ours, &theirs).unwrap();
        prop_assert_eq!(check_scheme(&merged.scheme, ""), []);
    }
}

/// What becomes of Amina's set when two copies of it are changed: each row has both changes and where it asks.
#[test]
fn a_person_is_asked_only_where_both_meant_the_same() {
    type Edit = fn(&mut AnnotationSet);
    let label: Edit = |set| set.annotations[0].label = "claim".to_owned();
    let other_label: Edit = |set| set.annotations[0].label = "denial".to_owned();
    let note: Edit = |set| set.annotations[0].note = "mine".to_owned();
    let first: Edit = |set| drop(set.annotations[0].attributes.insert("form".to_owned(), "mixed".to_owned()));
    let second: Edit = |set| drop(set.annotations[0].attributes.insert("translated".to_owned(), "yes".to_owned()));
    let delete: Edit = |set| {
        set.annotations.remove(0);
        set.let_go();
    };
    let tie: Edit = |set| {
        let (from, to) = (set.annotations[0].id.clone(), set.annotations[2].id.clone());
        set.relations.push(ascribe_schema::Relation { id: "newtie0000".into(), kind: "same_as".to_owned(), from, to });
    };
    let nothing: Edit = |_| ();
    fn import(set: &mut AnnotationSet, created: &str) {
        let twin = set.annotations[0].clone();
        set.annotations.push(Annotation { id: "imported00".into(), created: created.to_owned(), ..twin });
    }
    let early: Edit = |set| import(set, "2026-11-22T10:00:00Z");
    let late: Edit = |set| import(set, "2026-11-23T10:00:00Z");
    let rows: [(&str, Edit, Edit, &[&str]); 10] = [
        ("one side", label, nothing, &[]),
        ("the same on both", label, label, &[]),
        ("two fields", label, note, &[]),
        ("two attributes", first, second, &[]),
        ("one label, two ways", label, other_label, &["annotations.qscvp5n9sv.label"]),
        ("deleted and left alone", delete, nothing, &[]),
        ("deleted and changed", delete, note, &["annotations.qscvp5n9sv"]),
        ("deleted and tied", delete, tie, &["annotations.qscvp5n9sv"]),
        ("deleted twice", delete, delete, &[]),
        ("imported by each for themselves", late, early, &[]),
    ];
    let (base, _) = sample();
    for (what, ours, theirs, places) in rows {
        let edited = |edit: Edit| {
            let mut set = base.clone();
            edit(&mut set);
            set.sort();
            set
        };
        let asked = check(&base, &edited(ours), &edited(theirs), set_facts);
        assert_eq!(asked.iter().map(String::as_str).collect::<Vec<_>>(), places, "{what}");
    }
}

#[test]
fn a_record_stays_until_one_side_settles_it() {
    let (base, _) = sample();
    let with = |label: &str| {
        let mut set = base.clone();
        set.annotations[0].label = label.to_owned();
        set
    };
    let at = "annotations.qscvp5n9sv.label";
    let open = merge(Some(&base), &with("claim"), &with("denial")).unwrap();
    // Both have merged, each calling the other theirs: it is one conflict.
    let turned = merge(Some(&base), &with("denial"), &with("claim")).unwrap();
    let both = merge(Some(&base), &open, &turned).unwrap();
    assert_eq!(both.conflicts.len(), 1);
    // Settled on one side, it is settled.
    let settled = settle(&open, at, Choice::Theirs).unwrap();
    assert_eq!((settled.annotations[0].label.as_str(), settled.conflicts.len()), ("denial", 0));
    assert_eq!(merge(Some(&open), &settled, &open).unwrap(), settled);
    // A second one about the same place has a path of its own.
    let [ours, theirs] = ["source", "paratext"].map(|label| {
        let mut set = open.clone();
        set.annotations[0].label = label.to_owned();
        set
    });
    let twice = merge(Some(&open), &ours, &theirs).unwrap();
    let places: Vec<_> = twice.conflicts.iter().map(|record| record.at.as_str()).collect();
    assert_eq!(places, [at, "annotations.qscvp5n9sv.label#2"]);
    assert_eq!(settle(&twice, places[1], Choice::Base).unwrap().conflicts.len(), 1);
    // In a window it is one change.
    let fresh = Fresh::sample();
    let mut state = SetState::from_file(open.clone());
    let project = fresh.load();
    let deed = settle_in_set(&project.documents[&document(BRIDGE)], &state, at, Choice::Theirs).unwrap();
    state.apply(&deed.changes).unwrap();
    assert_eq!(state.to_file(), settled);
    state.apply(&deed.inverse().changes).unwrap();
    assert_eq!(state.to_file(), open);
}

/// Two copies of a project's file: what taking each side of an assignment gives, and what cannot be taken.
#[test]
fn each_side_of_an_assignment_can_be_had() {
    let article = document(BRIDGE);
    let with = |names: Option<&[&str]>| {
        let named = names.map(|names| (article.clone(), names.iter().map(|one| name(one)).collect()));
        Project {
            format: FORMAT,
            title: "Test".to_owned(),
            assignments: named.into_iter().collect(),
            ..Project::default()
        }
    };
    let (base, gone, more) = (with(Some(&["amina", "bo"])), with(None), with(Some(&["amina", "bo", "chen"])));
    let open = merge(Some(&base), &gone, &more).unwrap();
    let at = open.conflicts[0].at.clone();
    for (choice, wanted) in [(Choice::Base, &base), (Choice::Ours, &gone), (Choice::Theirs, &more)] {
        assert_eq!(settle(&open, &at, choice).as_ref(), Ok(wanted), "{choice:?}");
    }
    // Both have assigned it, in another order: it is the order that one takes.
    let (one, other) = (with(Some(&["amina", "bo"])), with(Some(&["bo", "amina"])));
    let open = merge(None, &one, &other).unwrap();
    for (choice, wanted) in [(Choice::Ours, &one), (Choice::Theirs, &other)] {
        assert_eq!(settle(&open, &at, choice).as_ref(), Ok(wanted), "{choice:?}");
    }
    assert_eq!(settle(&open, &at, Choice::Base), Err(SettleError::Needed(at)), "there was no order");
}

#[test]
fn what_neither_copy_started_from_cannot_be_taken_where_something_is_needed() {
    let (sample, _) = sample();
    let with = |label: &str| {
        let mut set = sample.clone();
        set.annotations[0].label = label.to_owned();
        set
    };
    let open = merge(None, &with("claim"), &with("denial")).unwrap();
    let at = "annotations.qscvp5n9sv.label";
    assert_eq!(settle(&open, at, Choice::Base), Err(SettleError::Needed(at.to_owned())));
    assert!(settle(&open, at, Choice::Theirs).is_ok());
}

#[test]
fn words_of_another_text_are_not_put_into_a_set() {
    let (base, text) = sample();
    let with = |exact: &str| {
        let mut set = base.clone();
        set.annotations[0].spans = vec![Span::new(0, 4)];
        set.annotations[0].text = vec![exact.to_owned()];
        set
    };
    let here = text.slice(Span::new(0, 4)).unwrap();
    // Of two, the greater stays until somebody decides.
    let open = write(&merge(Some(&base), &with(here), &with("A")).unwrap()).unwrap();
    let fresh = Fresh::sample();
    fresh.write(&set_of("amina"), &open);
    let path = fresh.path.join(set_of("amina"));
    let refused = run(&["merge", "--take", "theirs", path.to_str().unwrap()]);
    assert!(refused.status == 2 && fresh.text(&set_of("amina")) == open);
    assert!(refused.err.contains("do not stand there"), "{}", refused.err);
    assert_eq!(run(&["merge", "--take", "ours", path.to_str().unwrap()]).status, 0);
}

#[test]
fn a_copy_on_an_older_text_is_taken_along() {
    let (base, old) = sample();
    let new = Text::new(format!("Corrected. {}", old.as_str()));
    let new_sha256 = ascribe_engine::hex_sha256(new.as_str().as_bytes());
    let texts = |sha256: &str| {
        let text = if sha256 == new_sha256 { &new } else { &old };
        Some(Arc::new(text.clone()))
    };
    let mut state = SetState::from_file(base.clone());
    let (deed, _) = ascribe_engine::plan_move(&state, &texts, &new, &new_sha256).unwrap();
    state.apply(&deed.changes).unwrap();
    let shifted = state.to_file();
    let mut moved = shifted.clone();
    moved.annotations[1].note = "after the move".to_owned();
    let mut behind = base.clone();
    behind.annotations[0].note = "behind".to_owned();
    for (ours, theirs) in [(&moved, &behind), (&behind, &moved)] {
        assert!(merge(Some(&base), ours, theirs).is_err(), "without the texts it is refused");
        let merged = merge_sets(Some(&base), ours, theirs, &texts).unwrap();
        assert_eq!((&merged.text_sha256, merged.conflicts.len()), (&new_sha256, 0));
        assert_eq!(merged.annotations[0].note, "behind");
        assert_eq!(merged.annotations[1].note, "after the move");
        assert_eq!(check_set(&merged, |_| Some(&new), &ascribe_engine::default_scheme(), ""), []);
    }
    // Both have moved: what only moved has not been changed.
    let mut deleted = shifted.clone();
    deleted.annotations.remove(0);
    deleted.let_go();
    for (ours, theirs) in [(&deleted, &shifted), (&shifted, &deleted)] {
        assert_eq!(merge_sets(Some(&base), ours, theirs, &texts).as_ref(), Ok(&deleted));
        let without = merge_sets(Some(&base), ours, theirs, &|_| None).unwrap();
        assert!(!without.conflicts.is_empty(), "without the texts a person is asked");
    }
}

#[test]
fn marks_of_git_are_taken_apart() {
    let marked = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> them\nd\n";
    let with_base = marked.replace("=======", "||||||| base\nx\n=======");
    let copies = split_markers(marked).unwrap();
    assert_eq!((copies.ours.as_str(), copies.theirs.as_str(), copies.base), ("a\nb\nd\n", "a\nc\nd\n", None));
    assert_eq!(split_markers(&with_base).unwrap().base.as_deref(), Some("a\nx\nd\n"));
    for unmarked in
        ["", "a\n", "<<<<<<< a\nb\n", "=======\n", "<<<<<<< a\n>>>>>>> b\n", "<<<<<<<a\n=======\n>>>>>>>b\n"]
    {
        assert_eq!(split_markers(unmarked), None, "{unmarked}");
    }
}

fn put(fresh: &Fresh, file: &str, text: &str) -> String {
    let path = fresh.outside.path().join(file);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_verb_merges_three_files_and_settles_what_is_open() {
    let fresh = Fresh::sample();
    let base = fresh.text(&set_of("amina"));
    let [ours, theirs] =
        ["claim", "denial"].map(|label| base.replacen("label: \"quote\"", &format!("label: \"{label}\""), 1));
    let files = [("base", &*base), ("ours", &*ours), ("theirs", &*theirs)].map(|(file, text)| put(&fresh, file, text));
    let [b, o, t] = files.each_ref().map(String::as_str);
    let clean = run(&["merge", b, o, b]);
    assert_eq!((clean.status, clean.out.as_str(), clean.err.as_str()), (0, ours.as_str(), ""));
    let set = fresh.path.join(set_of("amina"));
    let path = set.to_str().unwrap();
    let open = run(&["merge", b, o, t, "-o", path]);
    assert_eq!((open.status, open.out.as_str()), (1, ""), "{}", open.err);
    assert!(open.err.contains("annotations.qscvp5n9sv.label"), "{}", open.err);
    assert_eq!(run(&["check", fresh.path.to_str().unwrap()]).status, 0, "it loads");
    let listed = run(&["merge", "--open", path]);
    assert_eq!(
        listed.out,
        "annotations.qscvp5n9sv.label\n  base: \"quote\"\n  ours: \"claim\"\n  theirs: \"denial\"\n"
    );
    assert_eq!(run(&["merge", "--take", "theirs", path]).status, 0);
    assert_eq!(fresh.text(&set_of("amina")), theirs);
    // What cannot be merged changes nothing.
    for (what, broken) in [
        ("a field of the future", base.replacen("label: ", "mood: \"x\", label: ", 1)),
        ("a newer format", base.replace("format: 1", "format: 9")),
        ("a duplicate id", base.replace("hanm28axzv", "qscvp5n9sv")),
        ("somebody else's", base.replace("annotator: \"amina\"", "annotator: \"bo\"")),
        ("no RON", "{}".to_owned()),
    ] {
        let broken = put(&fresh, "broken", &broken);
        let output = run(&["merge", b, o, &broken, "-o", path]);
        assert_eq!(output.status, 2, "{what}: {}", output.err);
        assert_eq!(fresh.text(&set_of("amina")), theirs, "{what}");
    }
    // Added by both: an empty base.
    let nothing = put(&fresh, "nothing", "");
    assert_eq!(run(&["merge", &nothing, o, o]).out, ours);
    assert_eq!(run(&["merge", &nothing, o, t]).status, 1);
}

#[test]
fn what_git_left_between_marks_is_put_together() {
    let fresh = Fresh::sample();
    let base = fresh.text(&set_of("amina"));
    let line = base.lines().find(|line| line.contains("qscvp5n9sv")).unwrap();
    let ours = line.replace("label: \"quote\"", "label: \"claim\"");
    let theirs = line.replace("\"form\": \"direct\"", "\"form\": \"mixed\"");
    let marked = format!("<<<<<<< HEAD\n{ours}\n||||||| 1234\n{line}\n=======\n{theirs}\n>>>>>>> them");
    fresh.replace(&set_of("amina"), line, &marked);
    let before = fresh.text(&set_of("amina"));
    let path = fresh.path.join(set_of("amina"));
    let output = run(&["merge", "--markers", path.to_str().unwrap()]);
    assert_eq!(output.status, 0, "{}", output.err);
    let both =
        line.replace("label: \"quote\"", "label: \"claim\"").replace("\"form\": \"direct\"", "\"form\": \"mixed\"");
    assert_eq!(fresh.text(&set_of("amina")), base.replace(line, &both));
    let backups: Vec<_> = fs::read_dir(fresh.path.join(".ascribe/backups/amina")).unwrap().collect();
    assert_eq!(fs::read_to_string(backups[0].as_ref().unwrap().path()).unwrap(), before);
}

#[test]
fn what_both_started_from_is_left_out_only_where_git_wrote_a_part_of_it_and_that_is_told() {
    let base = Fresh::sample().text(&set_of("amina"));
    let line = base.lines().find(|line| line.contains("qscvp5n9sv")).unwrap();
    let [ours, theirs] = [("quote", "claim"), ("direct", "mixed")].map(|(old, new)| line.replacen(old, new, 1));
    for (what, ours, before, told) in [
        ("whole", &*ours, line, Some(0)),
        ("cut off", &ours, &line[..line.len() / 2], Some(1)),
        ("twice", &ours, &format!("{line}\n{line}"), Some(1)),
        ("another copy is broken", "        (", line, None),
    ] {
        let place = format!("<<<<<<< a\n{ours}\n||||||| b\n{before}\n=======\n{theirs}\n>>>>>>> c");
        let joined = merge_marked((base.replace(line, &place).as_bytes(), "set"), &|_| None);
        assert_eq!(joined.as_ref().ok().map(|joined| joined.notes.len()), told, "{what}: {joined:?}");
        assert!(joined.is_err() || told == Some(joined.unwrap().conflicts.len().min(1)), "{what}");
    }
}

#[test]
fn gold_is_never_asked_about_and_suggestions_are_anybodys() {
    let (mut base, _) = sample();
    base.annotator = AnnotatorName::new("gold").unwrap();
    let with = |label: &str| {
        let mut set = base.clone();
        set.annotations[0].label = label.to_owned();
        set
    };
    let files = [base.clone(), with("claim"), with("denial")].map(|set| write(&set).unwrap());
    let [b, o, t] = files.each_ref().map(|text| (text.as_bytes(), "gold"));
    let joined = merge_bytes(b, o, t, &|_| None).unwrap();
    assert_eq!((joined.conflicts.len(), joined.notes.len()), (0, 1));
}

#[test]
fn whoever_must_decide_is_told_where_they_can() {
    let fresh = Fresh::sample();
    let record = "    conflicts: [\n        (at: \"title\", ours: \"\\\"a\\\"\", theirs: \"\\\"b\\\"\"),\n    ],\n)\n";
    for (file, window) in [("project.ron".to_owned(), false), (set_of("amina"), true)] {
        let text = fresh.text(&file);
        fresh.write(&file, format!("{}{record}", text.trim_end().strip_suffix(')').unwrap()));
        let problems = fresh.load().problems;
        let open: Vec<_> =
            problems.iter().filter(|one| one.rule == "open-conflict" && one.place.file == file).collect();
        assert_eq!(open.len(), 1, "{file}: {problems:?}");
        assert_eq!(format!("{:?}", open[0].hint).contains("window"), window, "the window asks about tags only");
    }
}
