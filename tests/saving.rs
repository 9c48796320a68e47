//! Work is saved by itself, and what is in the way is tried again.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use ascribe_engine::{Action, Failure, SaveState, Session};
use ascribe_schema::Span;
use ascribe_tests::{FOG, Fresh, Random, TIME, document, files, name};

/// Far more than any machine needs.
const LONG: Duration = Duration::from_secs(30);

fn tag(session: &mut Session, start: u32) {
    let action = Action::Tag { label: "claim".to_owned(), spans: vec![Span::new(start, start + 9)], tie: None };
    let mut random = Random(u64::from(start));
    session.act(&document(FOG), action, TIME, &mut || random.bits()).unwrap();
}

fn wait(what: &str, done: impl Fn() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < LONG, "{what} within {LONG:?}");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn work_is_saved_by_itself_first_in_the_journal() {
    let (fresh, woken) = (Fresh::sample(), Arc::new(AtomicUsize::new(0)));
    let wake = woken.clone();
    let mut session = Session::open(fresh.load(), name("amina"), TIME, move || {
        wake.fetch_add(1, Ordering::SeqCst);
    });
    assert_eq!((session.save_state(), woken.load(Ordering::SeqCst)), (SaveState::Saved, 0));
    tag(&mut session, 30);
    assert_eq!(session.save_state(), SaveState::Saving);
    let (journal, set) = (".ascribe/journal/amina.ron", format!("annotations/amina/{FOG}.ron"));
    wait("journaled", || fresh.text(journal).contains("Commit("));
    wait("saved", || session.save_state() == SaveState::Saved);
    assert_eq!(fresh.load().documents[&document(FOG)].sets[&name("amina")].set.annotations.len(), 1);
    assert!(woken.load(Ordering::SeqCst) > 0, "the window is told");
    let saved = fresh.read(&set);
    drop(session);
    assert!(fresh.read(&set) == saved);
}

#[test]
fn what_the_system_refuses_is_kept_and_tried_again() {
    let fresh = Fresh::sample();
    let mut session = fresh.session("carla");
    // A file where the folder should be: nobody, not even the administrator, can write a set there.
    fresh.write("annotations/carla", "in the way");
    tag(&mut session, 30);
    let SaveState::Failed(Failure::Refused(reason)) = session.flush() else { panic!("it cannot be saved") };
    assert!(reason.contains(&format!("{FOG}.ron")), "the reason says where: {reason}");
    tag(&mut session, 60);
    assert_eq!(session.set(&document(FOG)).unwrap().len(), 2, "work goes on");
    assert!(matches!(session.flush(), SaveState::Failed(Failure::Refused(_))));
    fs::remove_file(fresh.path.join("annotations/carla")).unwrap();
    wait("saved at last", || session.save_state() == SaveState::Saved);
    assert_eq!(fresh.load().documents[&document(FOG)].sets[&name("carla")].set.annotations.len(), 2);
}

#[test]
fn closing_saves_and_leaves_no_temporary_file() {
    let fresh = Fresh::sample();
    let before = files(&fresh.path);
    let mut session = fresh.session("carla");
    (0..50).for_each(|n| tag(&mut session, n * 10));
    drop(session);
    let set = format!("annotations/carla/{FOG}.ron");
    let mut after = files(&fresh.path);
    assert!(after.remove(&set).is_some() && after == before);
    assert_eq!(fresh.load().documents[&document(FOG)].sets[&name("carla")].set.annotations.len(), 50);
    let machine: Vec<_> = files(&fresh.path.join(".ascribe")).into_keys().collect();
    assert_eq!(machine, ["journal/carla.ron", "locks/carla"]);
}
