//! Several programs at one project: nobody's work is written over, and nobody waits for another's.

use std::fs;

use ascribe_engine::{Action, CommitError, Failure, ReadOnly, SaveState, Session, pack, unpack_with};
use ascribe_schema::{AnnotationId, Progress, Span};
use ascribe_tests::{BRIDGE, Fresh, Random, TIME, document, files, name, set_of};

fn tag(session: &mut Session, start: u32) -> Result<AnnotationId, CommitError> {
    let action = Action::Tag { label: "claim".to_owned(), spans: vec![Span::new(start, start + 9)], tie: None };
    let mut random = Random(u64::from(start));
    let deed = session.act(&document(BRIDGE), action, TIME, &mut || random.bits())?;
    Ok(deed.annotations().next().unwrap().id.clone())
}

/// Another program writes to the file that a session has open.
fn change_elsewhere(fresh: &Fresh) -> Vec<u8> {
    fresh.replace(&set_of("amina"), "progress: Finished", "progress: InProgress");
    fresh.read(&set_of("amina"))
}

fn backups(fresh: &Fresh) -> Vec<Vec<u8>> {
    let folder = fresh.path.join(".ascribe/backups/amina");
    if folder.exists() { files(&folder).into_values().collect() } else { Vec::new() }
}

#[test]
fn a_file_that_another_program_changed_is_never_written_over() {
    let fresh = Fresh::sample();
    let mut session = fresh.session("amina");
    let theirs = change_elsewhere(&fresh);
    let mine = tag(&mut session, 100).unwrap();
    let conflict = SaveState::Failed(Failure::Changed(fresh.path.join(set_of("amina"))));
    assert_eq!(session.flush(), conflict);
    tag(&mut session, 200).unwrap();
    assert_eq!(session.flush(), conflict);
    assert!(fresh.read(&set_of("amina")) == theirs);

    // Closing leaves their file, and opening again brings the two together.
    drop(session);
    assert!(fresh.read(&set_of("amina")) == theirs);
    let session = fresh.session("amina");
    let set = session.set(&document(BRIDGE)).unwrap();
    assert_eq!((set.progress(), set.annotation(&mine).is_some()), (Progress::InProgress, true));
}

#[test]
fn keeping_mine_keeps_the_other_version_as_a_backup() {
    let fresh = Fresh::sample();
    let mut session = fresh.session("amina");
    let theirs = change_elsewhere(&fresh);
    let mine = tag(&mut session, 100).unwrap();
    session.flush();
    assert!(backups(&fresh).is_empty());
    assert_eq!(session.keep_mine(), SaveState::Saved);
    assert!(backups(&fresh) == [theirs]);
    tag(&mut session, 200).unwrap();
    assert_eq!(session.flush(), SaveState::Saved, "the conflict is over");
    drop(session);
    let stored = &fresh.load().documents[&document(BRIDGE)].sets[&name("amina")].set;
    assert!(stored.annotations.iter().any(|annotation| annotation.id == mine));
    assert_eq!((stored.annotations.len(), stored.progress), (51, Progress::Finished));
}

#[test]
fn a_file_that_another_program_deleted_is_a_conflict_too() {
    let fresh = Fresh::sample();
    let mut session = fresh.session("amina");
    fs::remove_file(fresh.path.join(set_of("amina"))).unwrap();
    tag(&mut session, 100).unwrap();
    assert!(matches!(session.flush(), SaveState::Failed(Failure::Changed(_))));
    assert_eq!(session.keep_mine(), SaveState::Saved);
    assert_eq!(fresh.load().documents[&document(BRIDGE)].sets[&name("amina")].set.annotations.len(), 50);
}

#[test]
fn a_persons_comments_in_a_file_are_backed_up_before_it_is_first_replaced() {
    let fresh = Fresh::sample();
    fresh.replace(&set_of("amina"), "    annotations: [\n", "    // Ask Bo about these.\n    annotations: [\n");
    let by_hand = fresh.read(&set_of("amina"));
    let mut session = fresh.session("amina");
    assert_eq!((session.project().problems.as_slice(), session.read_only(Some(&document(BRIDGE)))), (&[][..], None));
    tag(&mut session, 100).unwrap();
    assert_eq!(session.flush(), SaveState::Saved);
    assert!(backups(&fresh) == [by_hand]);
}

#[test]
fn a_second_window_for_the_same_person_is_read_only() {
    let fresh = Fresh::sample();
    let first = fresh.session("amina");
    let mut second = fresh.session("amina");
    let reason = second.read_only(None).unwrap();
    assert_eq!(second.read_only(Some(&document(BRIDGE))), Some(reason.clone()));
    let expected = "amina’s work in this project is open in another window; only one can write";
    assert_eq!(reason.to_string(), expected);
    assert_eq!(tag(&mut second, 100), Err(CommitError::ReadOnly(reason)));
    assert_eq!(second.set(&document(BRIDGE)).unwrap().len(), 49, "but all is shown");

    let mut other = fresh.session("bo");
    tag(&mut other, 100).unwrap();
    assert_eq!(other.flush(), SaveState::Saved, "another person can work meanwhile");

    drop(first);
    let mut third = fresh.session("amina");
    tag(&mut third, 100).unwrap();
    assert_eq!(third.flush(), SaveState::Saved, "and so can the same person once the first window is closed");
}

#[test]
fn gold_is_read_only() {
    let fresh = Fresh::sample();
    let before = files(&fresh.path);
    let mut session = fresh.session("gold");
    assert_eq!(session.read_only(None), Some(ReadOnly::Gold));
    assert_eq!(tag(&mut session, 100), Err(CommitError::ReadOnly(ReadOnly::Gold)));
    drop(session);
    assert!(files(&fresh.path) == before);
}

#[test]
fn a_bundle_is_read_only() {
    let fresh = Fresh::sample();
    let bundle = fresh.outside.path().join("sample.ron");
    pack(&fresh.path, &bundle).unwrap();
    let before = files(fresh.outside.path());
    let project = ascribe_engine::load(&ascribe_engine::Tree::open(&bundle).unwrap());
    let mut session = Session::open(project, name("amina"), TIME, || ());
    assert_eq!(session.read_only(None), Some(ReadOnly::Bundle));
    assert_eq!(tag(&mut session, 100), Err(CommitError::ReadOnly(ReadOnly::Bundle)));
    assert_eq!(session.set(&document(BRIDGE)).unwrap().len(), 49);
    drop(session);
    assert!(files(fresh.outside.path()) == before);
}

#[test]
fn a_copy_made_while_saving_fails_holds_the_work_that_is_not_saved() {
    let fresh = Fresh::sample();
    let mut session = fresh.session("amina");
    change_elsewhere(&fresh);
    let mine = tag(&mut session, 100).unwrap();
    assert!(matches!(session.flush(), SaveState::Failed(_)));
    let copy = Fresh::of(&[]).0.path.with_extension("copy");
    unpack_with(&fresh.path, session.changed_files(), &copy).unwrap();
    let set = fs::read_to_string(copy.join(set_of("amina"))).unwrap();
    fs::remove_dir_all(copy).unwrap();
    assert!(set.contains(mine.as_str()), "the new tag is in the copy");
}

#[test]
fn a_journal_that_cannot_be_read_is_left_alone() {
    let fresh = Fresh::sample();
    fresh.write(".ascribe/journal/amina.ron/in-the-way", "a folder where the journal should be");
    let session = fresh.session("amina");
    let reason = session.read_only(None).unwrap().to_string();
    assert!(reason.contains("journal"), "{reason}");
    drop(session);
    assert!(fresh.path.join(".ascribe/journal/amina.ron/in-the-way").exists());
}
