//! After a crash: what was done is there again, and nothing of anyone else's is lost.

use std::fs;

use ascribe_engine::{Action, SaveState, Session, SetState};
use ascribe_schema::{Severity, Span, write};
use ascribe_tests::{BRIDGE, FOG, Fresh, Random, TIME, document, set_of};

const JOURNAL: &str = ".ascribe/journal/amina.ron";

fn tag(session: &mut Session, start: u32, note: &str, random: &mut Random) {
    let action = Action::Tag { label: "claim".to_owned(), spans: vec![Span::new(start, start + 9)], tie: None };
    let deed = session.act(&document(BRIDGE), action, TIME, &mut || random.bits()).unwrap();
    let id = deed.annotations().next().unwrap().id.clone();
    session.act(&document(BRIDGE), Action::SetNote(id, note.to_owned()), TIME, &mut || random.bits()).unwrap();
}

fn state(session: &Session) -> SetState {
    session.set(&document(BRIDGE)).unwrap().state().clone()
}

/// The journal without its notes that the set's file was written, but for those before the first edit.
fn without_saves(journal: &str) -> String {
    let (start, edits) = journal.split_at(journal.find("Commit(").unwrap());
    start.to_owned() + &edits.split_inclusive('\n').filter(|line| !line.starts_with("Disk(")).collect::<String>()
}

/// A project as a crash leaves it: the edits are in the journal, the set's file is as it was before them.
/// Also what the annotator had seen last.
fn crashed() -> (Fresh, SetState) {
    let (fresh, random) = (Fresh::sample(), &mut Random(7));
    let before = fresh.read(&set_of("amina"));
    let mut session = fresh.session("amina");
    for start in [100, 200, 300] {
        tag(&mut session, start, "“ein Wörtchen”", random);
    }
    session.undo().unwrap();
    let seen = state(&session);
    drop(session);
    assert!(fresh.read(&set_of("amina")) != before);
    fresh.write(&set_of("amina"), before);
    let journal = without_saves(&fresh.text(JOURNAL));
    assert_eq!(journal.lines().skip(2).filter(|line| line.starts_with("Commit(")).count(), 6);
    assert!(journal.ends_with("\nUndo\n") && journal != fresh.text(JOURNAL));
    fresh.write(JOURNAL, journal);
    (fresh, seen)
}

fn rules(session: &Session) -> Vec<(&'static str, Severity)> {
    session.project().problems.iter().map(|problem| (problem.rule, problem.severity)).collect()
}

#[test]
fn edits_that_a_crash_left_unsaved_are_recovered_with_a_note() {
    let (fresh, seen) = crashed();
    let old = fresh.read(&set_of("amina"));
    let mut session = fresh.session("amina");
    assert_eq!(rules(&session), [("recovered", Severity::Note)]);
    assert_eq!(session.project().problems[0].place.file, JOURNAL);
    assert_eq!(state(&session), seen);
    assert_eq!(session.history().done().len(), 5, "and can still be undone");
    assert_eq!(session.redo().unwrap().unwrap().name, "Change note");
    while session.undo().unwrap().is_some() {}
    assert_eq!(session.flush(), SaveState::Saved);
    assert!(fresh.read(&set_of("amina")) == old);
}

#[test]
fn a_first_edit_that_never_reached_its_file_is_recovered() {
    let (fresh, random, fog) = (Fresh::sample(), &mut Random(7), document(FOG));
    let mut session = fresh.session("amina");
    let action = Action::Tag { label: "claim".to_owned(), spans: vec![Span::new(5, 9)], tie: None };
    session.act(&fog, action, TIME, &mut || random.bits()).unwrap();
    let seen = session.set(&fog).unwrap().state().clone();
    drop(session);
    fs::remove_file(fresh.path.join(format!("annotations/amina/{fog}.ron"))).unwrap();
    fresh.write(JOURNAL, without_saves(&fresh.text(JOURNAL)));
    let session = fresh.session("amina");
    assert_eq!(rules(&session), [("recovered", Severity::Note)]);
    assert_eq!(session.set(&fog).unwrap().state(), &seen);
    assert_eq!(fresh.load().documents[&fog].sets[session.annotator()].set, seen.to_file());
}

#[test]
fn recovered_edits_are_in_the_file_at_once() {
    let (fresh, seen) = crashed();
    drop(fresh.session("amina"));
    let session = fresh.session("amina");
    assert_eq!((rules(&session), state(&session)), (vec![], seen));
}

#[test]
fn a_crash_between_saving_and_noting_it_is_no_conflict() {
    let (fresh, random) = (Fresh::sample(), &mut Random(7));
    let mut session = fresh.session("amina");
    tag(&mut session, 100, "x", random);
    let seen = state(&session);
    drop(session);
    let journal = fresh.text(JOURNAL);
    fresh.write(JOURNAL, &journal[..=journal.rfind("\nDisk(").unwrap()]);
    let session = fresh.session("amina");
    assert_eq!((rules(&session), state(&session)), (vec![], seen));
    assert_eq!(session.history().done().len(), 2);
}

#[test]
fn a_torn_last_line_of_the_journal_costs_only_that_line() {
    let (fresh, _) = crashed();
    let journal = fresh.text(JOURNAL);
    // Undo is the last line now; the one before it is the third note, with quote marks and umlauts.
    let whole = journal.strip_suffix("Undo\n").unwrap();
    let line = whole[..whole.len() - 1].rfind('\n').unwrap() + 1;
    let umlaut = line + whole[line..].rfind('ö').unwrap();
    let bytes = journal.as_bytes();
    for (what, torn) in [("after a comma", whole.rfind(',').unwrap()), ("inside a character", umlaut + 1)] {
        let again = Fresh::sample();
        again.write(JOURNAL, &bytes[..torn]);
        let session = again.session("amina");
        assert_eq!(rules(&session), [("recovered", Severity::Note)], "{what}");
        assert_eq!(session.history().done().len(), 5, "{what}");
        let notes = session.set(&document(BRIDGE)).unwrap().annotations();
        assert_eq!(notes.filter(|annotation| annotation.note.contains("Wörtchen")).count(), 2, "{what}");
    }
}

#[test]
fn a_deleted_or_unreadable_journal_costs_only_the_undo_history() {
    for (journal, told) in [
        (None, None),
        (Some(&b""[..]), None),
        (Some(b"\xff\xfe\n"), Some("journal-broken")),
        (Some(b"Commit(nonsense\nUndo\n"), Some("journal-broken")),
    ] {
        let (fresh, random) = (Fresh::sample(), &mut Random(7));
        let mut session = fresh.session("amina");
        tag(&mut session, 100, "x", random);
        let seen = state(&session);
        drop(session);
        match journal {
            None => fs::remove_file(fresh.path.join(JOURNAL)).unwrap(),
            Some(bytes) => fresh.write(JOURNAL, bytes),
        }
        let mut session = fresh.session("amina");
        let told: Vec<_> = told.into_iter().map(|rule| (rule, Severity::Note)).collect();
        assert_eq!((rules(&session), state(&session)), (told, seen));
        assert_eq!(session.undo().unwrap(), None);
    }
}

#[test]
fn a_broken_line_in_the_middle_of_the_journal_does_not_hide_what_follows() {
    let (fresh, _) = crashed();
    let journal = fresh.text(JOURNAL);
    let first = journal.lines().position(|line| line.starts_with("Commit(")).unwrap();
    // The first tag's note is broken; the other two tags and one note, after an undo, still fit.
    let torn = |(n, line): (usize, &str)| if n == first + 1 { line[..40].to_owned() } else { line.to_owned() };
    let broken: String = journal.lines().enumerate().map(torn).map(|line| line + "\n").collect();
    fresh.write(JOURNAL, &broken);
    let session = fresh.session("amina");
    assert_eq!(rules(&session), [("journal-broken", Severity::Note), ("recovered", Severity::Note)]);
    let place = &session.project().problems[0].place;
    assert_eq!(place.line, Some(first + 2));
    assert!(fs::read(&place.file).unwrap() == broken.as_bytes(), "the journal is kept where the problem says");
    let set = session.set(&document(BRIDGE)).unwrap();
    let notes = set.annotations().filter(|annotation| annotation.note.contains("Wörtchen")).count();
    assert_eq!((set.len(), notes), (52, 1), "three tags, and the second one's note");
    drop(session);
    assert_eq!(rules(&fresh.session("amina")), [], "told once");
}

#[test]
fn unsaved_edits_are_recovered_though_the_text_is_missing_or_changed() {
    let text = format!("documents/{BRIDGE}.txt");
    for (change, rule) in [(None, "text-missing"), (Some("Another text."), "text-changed")] {
        let (fresh, seen) = crashed();
        match change {
            None => fs::remove_file(fresh.path.join(&text)).unwrap(),
            Some(change) => fresh.write(&text, change),
        }
        let session = fresh.session("amina");
        let found = rules(&session);
        assert!(
            found.contains(&(rule, Severity::Error)) && found.contains(&("recovered", Severity::Note)),
            "{found:?}"
        );
        assert!(!found.iter().any(|(rule, _)| ["edits-lost", "history-ended"].contains(rule)), "{found:?}");
        assert_eq!(state(&session), seen);
        assert!(session.read_only(Some(&document(BRIDGE))).is_some(), "but nothing more can be changed");
        assert!(fresh.read(&set_of("amina")) == write(&seen.to_file()).unwrap().as_bytes());
    }
}

#[test]
fn the_undo_of_a_first_edit_that_never_reached_the_file_is_recovered() {
    let (fresh, random, fog) = (Fresh::sample(), &mut Random(7), document(FOG));
    let path = fresh.path.join(format!("annotations/amina/{fog}.ron"));
    let mut session = fresh.session("amina");
    let action = Action::Tag { label: "claim".to_owned(), spans: vec![Span::new(5, 9)], tie: None };
    session.act(&fog, action, TIME, &mut || random.bits()).unwrap();
    session.flush();
    let (bytes, tagged) = (fs::read(&path).unwrap(), fresh.text(JOURNAL));
    session.undo().unwrap();
    drop(session);
    // Before the file was removed, and after it but before the journal knew.
    for there in [true, false] {
        fresh.write(JOURNAL, format!("{tagged}Undo\n"));
        if there {
            fs::write(&path, &bytes).unwrap();
        }
        let session = fresh.session("amina");
        let expected: &[_] = if there { &[("recovered", Severity::Note)] } else { &[] };
        assert_eq!((&rules(&session)[..], session.set(&fog).is_none(), path.exists()), (expected, true, false));
        assert_eq!(session.history().undone().len(), 1);
    }
}

#[test]
fn recovered_edits_join_what_another_program_wrote_meanwhile() {
    let (fresh, seen) = crashed();
    fresh.replace(&set_of("amina"), "note: \"The article says this in its own voice:", "note: \"Changed elsewhere:");
    let session = fresh.session("amina");
    assert_eq!(rules(&session), [("history-ended", Severity::Note), ("recovered", Severity::Note)]);
    let (now, mut expected) = (state(&session).to_file(), seen.to_file());
    let changed = now.annotations.iter().find(|annotation| annotation.note.starts_with("Changed")).unwrap();
    *expected.annotations.iter_mut().find(|annotation| annotation.id == changed.id).unwrap() = changed.clone();
    assert_eq!(now, expected);
}

#[test]
fn edits_that_no_longer_fit_are_an_error_and_the_journal_is_kept() {
    let (fresh, random) = (Fresh::sample(), &mut Random(7));
    let before = fresh.text(&set_of("amina"));
    let mut session = fresh.session("amina");
    let first = state(&session).to_file().annotations[0].id.clone();
    session.act(&document(BRIDGE), Action::Delete(first), TIME, &mut || random.bits()).unwrap();
    drop(session);
    let journal = without_saves(&fresh.text(JOURNAL));
    fresh.write(JOURNAL, &journal);
    let elsewhere = before.replace("note: \"One utterance", "note: \"A single utterance");
    fresh.write(&set_of("amina"), &elsewhere);

    let session = fresh.session("amina");
    assert_eq!(rules(&session), [("edits-lost", Severity::Error)]);
    let kept = &session.project().problems[0].place.file;
    assert!(fs::read(kept).unwrap() == journal.as_bytes(), "the journal is kept where the problem says");
    drop(session);
    assert!(fresh.read(&set_of("amina")) == elsewhere.as_bytes(), "the other program's file is untouched");
}

#[test]
fn edits_are_not_recovered_into_a_file_that_cannot_be_read_in_full() {
    let (fresh, _) = crashed();
    fresh.replace(&set_of("amina"), "    progress: Finished,\n", "    progress: Finished,\n    mood: \"good\",\n");
    let foreign = fresh.read(&set_of("amina"));
    let session = fresh.session("amina");
    assert!(rules(&session).contains(&("edits-lost", Severity::Error)), "{:?}", rules(&session));
    assert!(session.read_only(Some(&document(BRIDGE))).is_some());
    drop(session);
    assert!(fresh.read(&set_of("amina")) == foreign, "the field that this version does not know is still there");
}
