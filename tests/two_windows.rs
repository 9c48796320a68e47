//! A project that other programs change while it is open: what they did is noticed, taken in or joined, and told.

use std::{collections::BTreeSet, fs};

use ascribe_engine::{Action, OwnFate, Part, Refreshed, SaveState, Session, Watch};
use ascribe_schema::{AnnotationId, AnnotationSet, Progress, Span, read_set, write};
use ascribe_tests::{BRIDGE, FOG, Fresh, Random, TIME, document, name, set_of};

const JOURNAL: &str = ".ascribe/journal/amina.ron";

fn tag(session: &mut Session, start: u32, random: &mut Random) -> AnnotationId {
    let action = Action::Tag { label: "claim".to_owned(), spans: vec![Span::new(start, start + 9)], tie: None };
    let deed = session.act(&document(BRIDGE), action, TIME, &mut || random.bits()).unwrap();
    deed.annotations().next().unwrap().id.clone()
}

/// Looks until what is seen has settled, and takes it in.
fn look(session: &mut Session, watch: &mut Watch) -> Refreshed {
    let seen = (0..4).find_map(|_| watch.look());
    seen.map(|seen| session.refresh(seen)).unwrap_or_default()
}

/// Another program changes an annotator's set.
fn elsewhere(fresh: &Fresh, annotator: &str, change: impl FnOnce(&mut AnnotationSet)) {
    let path = set_of(annotator);
    let mut set = read_set(&fresh.read(&path), &path).unwrap().value;
    change(&mut set);
    set.sort();
    fresh.write(&path, write(&set).unwrap());
}

fn ids(session: &Session) -> BTreeSet<String> {
    let set = session.set(&document(BRIDGE)).unwrap();
    set.state().annotations().map(|annotation| annotation.id.to_string()).collect()
}

/// A tag like another, elsewhere.
fn copy(set: &mut AnnotationSet, id: &str) {
    let mut copy = set.annotations[0].clone();
    copy.id = id.into();
    set.annotations.push(copy);
}

#[test]
fn what_this_window_saves_is_nothing_new() {
    let (fresh, random) = (Fresh::sample(), &mut Random(1));
    let mut session = fresh.session("amina");
    let mut watch = session.watch().unwrap();
    assert_eq!(look(&mut session, &mut watch), Refreshed::default());
    tag(&mut session, 100, random);
    session.flush();
    assert_eq!(look(&mut session, &mut watch), Refreshed::default());
}

#[test]
fn colleagues_work_appears_and_so_do_articles_and_the_project() {
    let fresh = Fresh::sample();
    let mut session = fresh.session("amina");
    let mut watch = session.watch().unwrap();
    elsewhere(&fresh, "bo", |set| copy(set, "new"));
    fresh.replace("project.ron", "format: 1,\n", "format: 1,\n    // by hand\n");
    let told = look(&mut session, &mut watch);
    let others: Vec<_> = told.others.keys().map(|name| name.as_str()).collect();
    assert_eq!((others, told.own.len(), told.project), (vec!["bo"], 0, false));
    let there = &session.project().documents[&document(BRIDGE)].sets[&name("bo")].set;
    assert!(there.annotations.iter().any(|annotation| annotation.id.as_str() == "new"));
    assert_eq!(told.sentences(|_| String::new()), ["New from bo: 1 article"]);
    fs::remove_file(fresh.path.join(format!("documents/{FOG}.ron"))).unwrap();
    fs::remove_file(fresh.path.join(format!("documents/{FOG}.txt"))).unwrap();
    let told = look(&mut session, &mut watch);
    assert_eq!(told.gone, [document(FOG)]);
    fresh.write("project.ron", "");
    let file = session.project().file.clone();
    look(&mut session, &mut watch);
    assert_eq!(session.project().file, file, "a project file that is broken is not taken over");
    assert!(session.project().documents.contains_key(&document(FOG)), "it stays in the window");
    assert_eq!(look(&mut session, &mut watch), Refreshed::default(), "and is told once");
}

#[test]
fn an_own_set_without_unsaved_edits_is_shown_as_it_is_now() {
    for edited in [false, true] {
        let (fresh, random) = (Fresh::sample(), &mut Random(1));
        let mut session = fresh.session("amina");
        let mut watch = session.watch().unwrap();
        let mine = edited.then(|| tag(&mut session, 100, random));
        session.flush();
        let version = session.set(&document(BRIDGE)).unwrap().version();
        elsewhere(&fresh, "amina", |set| {
            copy(set, "new");
            set.progress = Progress::InProgress;
        });
        let told = look(&mut session, &mut watch);
        let OwnFate::Taken(differences) = &told.own[0].fate else { panic!("{told:?}") };
        assert_eq!((differences.added, differences.loses(), told.forgotten), (1, false, 0));
        assert!(ids(&session).contains("new"));
        assert_eq!(session.progress(&document(BRIDGE)), Some(Progress::InProgress));
        assert_ne!(session.set(&document(BRIDGE)).unwrap().version(), version, "caches must see that");
        // Work goes on from there, and undo still reaches what was done before.
        tag(&mut session, 300, random);
        assert_eq!(session.flush(), SaveState::Saved);
        while session.undo().unwrap().is_some() {}
        assert_eq!(session.flush(), SaveState::Saved);
        let left = ids(&session);
        assert!(left.contains("new") && mine.is_none_or(|mine| !left.contains(mine.as_str())));
    }
}

#[test]
fn unsaved_edits_are_joined_with_what_came() {
    let (fresh, random) = (Fresh::sample(), &mut Random(1));
    let mut session = fresh.session("amina");
    let mut watch = session.watch().unwrap();
    elsewhere(&fresh, "amina", |set| copy(set, "new"));
    let mine = tag(&mut session, 100, random);
    assert!(matches!(session.flush(), SaveState::Failed(_)));
    let told = look(&mut session, &mut watch);
    assert!(matches!(told.own[0].fate, OwnFate::Merged(differences, 0) if differences.added == 1), "{told:?}");
    assert_eq!(session.flush(), SaveState::Saved);
    let there = ids(&session);
    assert!(there.contains("new") && there.contains(mine.as_str()));
    drop(session);
    let session = fresh.session("amina");
    assert_eq!((session.project().problems.as_slice(), ids(&session)), (&[][..], there));
    assert_eq!(session.history().done().len(), 1);
}

#[test]
fn joined_edits_survive_a_crash_before_they_are_saved() {
    let (fresh, random) = (Fresh::sample(), &mut Random(1));
    let mut session = fresh.session("amina");
    let mut watch = session.watch().unwrap();
    elsewhere(&fresh, "amina", |set| copy(set, "new"));
    let theirs = fresh.read(&set_of("amina"));
    let mine = tag(&mut session, 100, random);
    assert!(matches!(session.flush(), SaveState::Failed(_)));
    look(&mut session, &mut watch);
    assert_eq!(session.flush(), SaveState::Saved);
    drop(session);
    // As if the program had ended after joining and before writing.
    let journal = fresh.text(JOURNAL);
    let (before, last) = journal.trim_end().rsplit_once('\n').unwrap();
    assert!(last.starts_with("Disk("));
    fresh.write(JOURNAL, format!("{before}\n"));
    fresh.write(&set_of("amina"), theirs);
    let there = ids(&fresh.session("amina"));
    assert!(there.contains("new") && there.contains(mine.as_str()));
}

#[test]
fn what_cannot_be_taken_over_is_told_once() {
    let (fresh, random) = (Fresh::sample(), &mut Random(1));
    let mut session = fresh.session("amina");
    let mut watch = session.watch().unwrap();
    fs::remove_file(fresh.path.join(set_of("amina"))).unwrap();
    tag(&mut session, 100, random);
    session.flush();
    let told = look(&mut session, &mut watch);
    assert!(matches!(told.own[0].fate, OwnFate::Refused(_)), "{told:?}");
    elsewhere(&fresh, "bo", |set| copy(set, "new"));
    let told = look(&mut session, &mut watch);
    assert_eq!((told.own.len(), told.others.len()), (0, 1));
}

#[test]
fn what_both_changed_differently_is_kept_for_a_decision() {
    let fresh = Fresh::sample();
    let mut session = fresh.session("amina");
    let mut watch = session.watch().unwrap();
    let id = session.set(&document(BRIDGE)).unwrap().annotations().next().unwrap().id.clone();
    let theirs = id.clone();
    elsewhere(&fresh, "amina", |set| {
        set.annotations.iter_mut().filter(|annotation| annotation.id == theirs).for_each(|one| one.note = "one".into());
    });
    session.act(&document(BRIDGE), Action::SetNote(id, "two".to_owned()), TIME, &mut || 1).unwrap();
    let told = look(&mut session, &mut watch);
    assert!(matches!(told.own[0].fate, OwnFate::Merged(_, 1)), "{told:?}");
    assert_eq!(session.flush(), SaveState::Saved);
    assert_eq!(session.set(&document(BRIDGE)).unwrap().state().conflicts().len(), 1);
    let text = fresh.text(&set_of("amina"));
    assert!(text.contains("one") && text.contains("two"), "both are in the file");
}

#[test]
fn deeds_that_no_longer_fit_are_forgotten_also_after_a_restart() {
    let (fresh, random) = (Fresh::sample(), &mut Random(1));
    let mut session = fresh.session("amina");
    let mut watch = session.watch().unwrap();
    let (first, second) = (tag(&mut session, 100, random), tag(&mut session, 200, random));
    session.flush();
    let gone = second.clone();
    elsewhere(&fresh, "amina", |set| set.annotations.retain(|annotation| annotation.id != gone));
    let told = look(&mut session, &mut watch);
    assert_eq!(told.forgotten, 1);
    let third = tag(&mut session, 300, random);
    drop(session);
    let mut session = fresh.session("amina");
    assert_eq!(session.project().problems, []);
    for id in [&third, &first] {
        assert!(ids(&session).contains(id.as_str()));
        session.undo().unwrap().unwrap();
        assert!(!ids(&session).contains(id.as_str()));
    }
    assert_eq!(session.undo().unwrap(), None);
    let kept = ascribe_tests::files(&fresh.path.join(".ascribe/backups"));
    assert!(kept.into_values().any(|bytes| String::from_utf8(bytes).unwrap().contains(second.as_str())));
}

#[test]
fn a_file_that_cannot_be_read_in_full_stays_and_so_does_what_the_window_shows() {
    let fresh = Fresh::sample();
    let mut session = fresh.session("amina");
    let mut watch = session.watch().unwrap();
    let (before, sound) = (ids(&session), fresh.read(&set_of("amina")));
    fresh.replace(&set_of("amina"), "    progress: Finished,\n", "    progress: Finished,\n    mood: \"good\",\n");
    let foreign = fresh.read(&set_of("amina"));
    let told = look(&mut session, &mut watch);
    assert!(matches!(told.own[0].fate, OwnFate::Refused(_)), "{told:?}");
    assert!(session.read_only(Some(&document(BRIDGE))).is_some());
    assert_eq!((ids(&session), fresh.read(&set_of("amina"))), (before, foreign));
    fresh.write(&set_of("amina"), sound);
    look(&mut session, &mut watch);
    assert_eq!(session.read_only(Some(&document(BRIDGE))), None, "mended, work goes on");
}

#[test]
fn a_second_window_that_only_reads_follows_the_first() {
    let (fresh, random) = (Fresh::sample(), &mut Random(1));
    let mut first = fresh.session("amina");
    let mut second = fresh.session("amina");
    let mut watch = second.watch().unwrap();
    let mine = tag(&mut first, 100, random);
    first.flush();
    let told = look(&mut second, &mut watch);
    assert_eq!((told.own.len(), told.own[0].part), (1, Part::Set));
    assert!(ids(&second).contains(mine.as_str()));
}

#[test]
fn whatever_happens_here_and_there_nothing_is_lost() {
    for seed in 0..30 {
        let (fresh, random) = (Fresh::sample(), &mut Random(seed));
        let mut session = fresh.session("amina");
        let mut watch = session.watch().unwrap();
        let mut made = BTreeSet::new();
        for number in 0..12 {
            match random.below(4) {
                0 => {
                    let id = format!("there-{number}");
                    // Nothing may be written between the other program's reading and its writing.
                    session.flush();
                    elsewhere(&fresh, "amina", |set| copy(set, &id));
                    made.insert(id);
                }
                1 => drop(look(&mut session, &mut watch)),
                2 => drop(session.flush()),
                _ => {
                    let start = 10 * number;
                    made.insert(tag(&mut session, start, random).to_string());
                }
            }
        }
        look(&mut session, &mut watch);
        assert_eq!(session.flush(), SaveState::Saved, "seed {seed}");
        let there = ids(&session);
        assert!(made.is_subset(&there), "seed {seed}: {:?} lost", made.difference(&there));
        let path = set_of("amina");
        let saved = read_set(&fresh.read(&path), &path).unwrap().value;
        assert_eq!(saved, session.set(&document(BRIDGE)).unwrap().state().to_file(), "seed {seed}");
    }
}
