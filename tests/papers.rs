//! Decisions and comments: saved like sets, undone, recovered after a crash, and written by nobody but their author.

use std::fs;

use ascribe_engine::{Change, Diff, Failure, Part, SaveState, Session, Stamp, Transaction, comments};
use ascribe_schema::{AnnotationRef, Comment, Decision, DecisionId, Severity, Span, Verdict};
use ascribe_tests::{BRIDGE, Random, TIME, document, files, name};

use crate::gold::undecided;

const JOURNAL: &str = ".ascribe/journal/amina.ron";

fn path(part: Part, person: &str) -> String {
    part.path(&name(person), &document(BRIDGE))
}

/// Decides about a stretch of the annotated article.
fn decide(session: &Session, start: u32, random: &mut Random) -> Transaction {
    let text_sha256 = session.project().documents[&document(BRIDGE)].text_sha256().to_owned();
    let decision = Decision {
        id: DecisionId::from_bits(random.bits()),
        text_sha256,
        place: Span::new(start, start + 5),
        about: Vec::new(),
        without: vec![name("bo")],
        verdict: Verdict::Reject,
        reason: "slip".to_owned(),
        note: String::new(),
        created: TIME.to_owned(),
    };
    let changes = vec![Change::Decision(Diff::added(decision))];
    Transaction { document: document(BRIDGE), name: "Decide".to_owned(), changes }
}

/// Comments on an annotation.
fn comment(session: &Session, words: &str, random: &mut Random) -> Transaction {
    let about = AnnotationRef { annotator: name("bo"), annotation: "x".into() };
    let mut bits = || random.bits();
    let mut stamp = Stamp { annotator: session.annotator(), time: TIME, random: &mut bits };
    comments::write(&document(BRIDGE), vec![about], words, &mut stamp)
}

/// One change of each kind of papers.
fn both(session: &Session, number: u32, random: &mut Random) -> [Transaction; 2] {
    [decide(session, number * 10, random), comment(session, &format!("“{number}”"), random)]
}

const PAPERS: [Part; 2] = [Part::Decisions, Part::Comments];

#[test]
fn papers_are_saved_and_undone_like_sets_and_leave_no_empty_file() {
    let (fresh, random) = (undecided(), &mut Random(1));
    let before = files(&fresh.path);
    let mut session = fresh.session("amina");
    for number in 0..2 {
        both(&session, number, random).into_iter().for_each(|deed| session.commit(deed).unwrap());
    }
    assert_eq!(session.save_state(), SaveState::Saving);
    let seen = session.papers(&document(BRIDGE)).unwrap().clone();
    drop(session);
    let mut changed = files(&fresh.path);
    changed.retain(|path, bytes| before.get(path) != Some(bytes));
    let expected: Vec<_> = [Part::Comments, Part::Decisions].map(|part| path(part, "amina")).to_vec();
    assert_eq!(changed.into_keys().collect::<Vec<_>>(), expected, "nothing else is written");

    let other = fresh.session("bo");
    let here = &other.project().documents[&document(BRIDGE)];
    assert_eq!(here.decisions[&name("amina")].set.decisions.len(), 2, "others see them");
    assert_eq!(other.threads(&document(BRIDGE)).len(), 2);
    drop(other);

    let mut session = fresh.session("amina");
    assert_eq!((session.project().problems.as_slice(), session.papers(&document(BRIDGE))), (&[][..], Some(&seen)));
    while session.undo().unwrap().is_some() {}
    assert_eq!((session.flush(), session.papers(&document(BRIDGE))), (SaveState::Saved, None));
    assert!(files(&fresh.path) == before, "what is empty has no file");
    while session.redo().unwrap().is_some() {}
    assert_eq!((session.flush(), session.papers(&document(BRIDGE))), (SaveState::Saved, Some(&seen)));
}

#[test]
fn one_change_touches_one_file() {
    let (fresh, random) = (undecided(), &mut Random(1));
    let mut session = fresh.session("amina");
    let [decided, commented] = both(&session, 1, random);
    let changes = [decided.changes, commented.changes].concat();
    assert!(session.commit(Transaction { changes, ..decided }).is_err());
    assert_eq!((session.papers(&document(BRIDGE)), session.save_state()), (None, SaveState::Saved));
}

/// As a crash leaves them after so many lines of the journal were written: the files as they were at first.
#[test]
fn papers_are_recovered_whatever_the_crash_left_of_the_journal() {
    let (fresh, random) = (undecided(), &mut Random(5));
    let mut session = fresh.session("amina");
    let mut states = vec![None];
    let start = fresh.text(JOURNAL);
    for number in 0..3 {
        for deed in both(&session, number, random) {
            session.commit(deed).unwrap();
            states.push(session.papers(&document(BRIDGE)).cloned());
        }
    }
    drop(session);
    let journal = fresh.text(JOURNAL);
    let edits: Vec<_> = journal.strip_prefix(&start).unwrap().split_inclusive('\n').collect();
    let commits: Vec<_> = edits.into_iter().filter(|line| line.starts_with("Commit(")).collect();
    assert_eq!(commits.len(), 6);
    for cut in 0..=commits.len() {
        PAPERS.iter().for_each(|part| drop(fs::remove_file(fresh.path.join(path(*part, "amina")))));
        fresh.write(JOURNAL, start.clone() + &commits[..cut].concat() + "Commit((docu");
        let session = fresh.session("amina");
        assert_eq!(session.papers(&document(BRIDGE)), states[cut].as_ref(), "after {cut} edits");
        let rules: Vec<_> = session.project().problems.iter().map(|problem| problem.rule).collect();
        assert_eq!(rules, if cut == 0 { vec![] } else { vec!["recovered"] });
        assert_eq!(session.history().done().len(), cut, "and can be undone");
        drop(session);
        let session = fresh.session("amina");
        assert_eq!(session.papers(&document(BRIDGE)), states[cut].as_ref(), "and are in the files at once");
        assert_eq!(session.project().problems, []);
    }
}

#[test]
fn a_file_of_papers_that_another_program_changed_is_not_written_over() {
    for part in PAPERS {
        let (fresh, random) = (undecided(), &mut Random(5));
        let mut session = fresh.session("amina");
        both(&session, 1, random).into_iter().for_each(|deed| session.commit(deed).unwrap());
        session.flush();
        let file = path(part, "amina");
        let theirs = [fresh.read(&file), b"// by hand\n".to_vec()].concat();
        fresh.write(&file, &theirs);
        both(&session, 2, random).into_iter().for_each(|deed| session.commit(deed).unwrap());
        assert_eq!(session.flush(), SaveState::Failed(Failure::Changed(fresh.path.join(&file))));
        assert!(fresh.read(&file) == theirs);
        assert_eq!(session.keep_mine(), SaveState::Saved);
        let kept = files(&fresh.path.join(".ascribe/backups"));
        assert!(kept.into_values().any(|bytes| bytes == theirs), "their version is kept aside");
    }
}

#[test]
fn papers_with_something_unknown_or_wrong_in_them_are_read_only() {
    let (fresh, random) = (undecided(), &mut Random(5));
    let mut session = fresh.session("amina");
    both(&session, 1, random).into_iter().for_each(|deed| session.commit(deed).unwrap());
    drop(session);
    let rows: [(&str, &str, &str, Severity); 4] = [
        ("    format: 1,", "    format: 1,\n    mood: \"good\",", "unknown-field", Severity::Error),
        (BRIDGE, "another-article-00000000", "wrong-name", Severity::Error),
        ("(id:", "(id: (", "unreadable", Severity::Error),
        ("    format: 1,", "    format: 99,", "newer-format", Severity::Error),
    ];
    for part in PAPERS {
        let file = path(part, "amina");
        let sound = fresh.text(&file);
        for (old, new, rule, severity) in rows {
            fresh.write(&file, sound.replacen(old, new, 1));
            let mut session = fresh.session("amina");
            let found = session.project().problems.iter().find(|problem| problem.rule == rule);
            assert_eq!(found.map(|found| (found.severity, &found.place.file)), Some((severity, &file)), "{rule}");
            assert!(session.read_only_part(&document(BRIDGE), part).is_some(), "{rule}");
            let [decided, commented] = both(&session, 2, random);
            let deed = if part == Part::Decisions { decided } else { commented };
            assert!(session.commit(deed).is_err(), "{rule}");
            drop(session);
            assert!(fresh.text(&file) == sound.replacen(old, new, 1), "{rule}");
        }
        fresh.write(&file, sound);
    }
}

#[test]
fn decisions_that_do_not_fit_are_problems_with_a_line() {
    let (fresh, random) = (undecided(), &mut Random(5));
    let mut session = fresh.session("amina");
    let deed = decide(&session, 10, random);
    session.commit(deed).unwrap();
    drop(session);
    let file = path(Part::Decisions, "amina");
    let sound = fresh.text(&file);
    let line = sound.lines().position(|line| line.contains("(id:")).unwrap() + 1;
    for (old, new, rule) in [
        ("(10, 15)", "(10, 99999)", "span-past-end"),
        ("verdict: Reject", "verdict: Accept([])", "accepts-nothing"),
        ("verdict: Reject", "verdict: Accept([\"bo\"])", "accepts-nothing"),
        ("text_sha256: \"", "text_sha256: \"00", "other-text"),
    ] {
        assert!(sound.contains(old), "{sound}");
        fresh.write(&file, sound.replacen(old, new, 1));
        let problems = fresh.load().problems;
        let found: Vec<_> = problems.iter().map(|found| (found.rule, &found.place.file, found.place.line)).collect();
        assert_eq!(found, [(rule, &file, Some(line))], "{new}");
    }
}

#[test]
fn threads_follow_answers_and_survive_what_is_missing_or_goes_in_circles() {
    let all = |rows: &[(&str, &str, Option<&str>, &str)]| {
        let make = |(writer, id, answers, created): &(&str, &str, Option<&str>, &str)| {
            let comment = Comment {
                id: (*id).into(),
                about: Vec::new(),
                answers: answers.map(Into::into),
                text: (*id).to_owned(),
                created: (*created).to_owned(),
                settled: *id == "end",
            };
            (name(writer), std::sync::Arc::new(comment))
        };
        let comments: Vec<_> = rows.iter().map(make).collect();
        let threads = comments::threads(comments.iter().map(|(writer, comment)| (writer, comment.clone())));
        let entry = |entry: &comments::Entry| format!("{}{}", "-".repeat(entry.depth), entry.comment.text);
        let thread = |thread: &comments::Thread| {
            let words: Vec<_> = thread.entries.iter().map(entry).collect();
            words.join(" ") + if thread.is_settled() { " settled" } else { "" }
        };
        threads.iter().map(thread).collect::<Vec<_>>()
    };
    type Written = (&'static str, &'static str, Option<&'static str>, &'static str);
    let rows: [(&[Written], &[&str]); 5] = [
        (&[("bo", "b", Some("a"), "2"), ("amina", "a", None, "1"), ("cy", "c", Some("b"), "3")], &["a -b --c"]),
        (&[("bo", "b", Some("a"), "3"), ("amina", "a", None, "1"), ("cy", "c", Some("a"), "2")], &["a -c -b"]),
        (&[("bo", "b", Some("gone"), "2"), ("amina", "a", None, "1")], &["a", "b"]),
        (&[("bo", "b", Some("a"), "2"), ("amina", "a", Some("b"), "1"), ("cy", "c", Some("c"), "3")], &["a -b", "c"]),
        (&[("bo", "end", Some("a"), "2"), ("amina", "a", None, "1")], &["a -end settled"]),
    ];
    for (comments, threads) in rows {
        assert_eq!(all(comments), threads);
    }
}

#[test]
fn an_answered_comment_that_is_taken_back_leaves_its_place() {
    let (fresh, random) = (undecided(), &mut Random(5));
    let mut session = fresh.session("amina");
    let first = comment(&session, "Why?", random);
    session.commit(first).unwrap();
    let written = session.papers(&document(BRIDGE)).unwrap().comments().next().unwrap().clone();
    session.flush();
    let mut bo = fresh.session("bo");
    let mut bits = || random.bits();
    let mut stamp = Stamp { annotator: &name("bo"), time: "2026-11-22T10:00:01Z", random: &mut bits };
    bo.commit(comments::answer(&document(BRIDGE), &written.id, "Because.", true, &mut stamp)).unwrap();
    let threads = bo.threads(&document(BRIDGE));
    assert_eq!((threads.len(), threads[0].entries.len(), threads[0].is_settled()), (1, 2, true));
    drop(bo);
    session.commit(comments::delete(&document(BRIDGE), &written, true)).unwrap();
    session.flush();
    let threads = fresh.session("cy").threads(&document(BRIDGE));
    assert_eq!((threads.len(), threads[0].entries[0].is_deleted(), threads[0].about().len()), (1, true, 1));
}
