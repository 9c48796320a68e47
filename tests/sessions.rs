//! A session: edits across documents, refusals, and what is left after closing.

use std::sync::Arc;

use ascribe_engine::{Action, ApplyError, Change, CommitError, Diff, SaveState, Session, SetState, Transaction};
use ascribe_schema::{
    AnnotationId, AnnotationSet, DocumentId, Origin, Progress, Relation, RelationId, Span, read, write,
};
use ascribe_tests::{BRIDGE, FOG, Fresh, Random, TIME, document, files, name, set_of};

/// Tags a stretch as a claim.
fn tag(session: &mut Session, document: &DocumentId, start: u32, random: &mut Random) -> Transaction {
    let action = Action::Tag { label: "claim".to_owned(), spans: vec![Span::new(start, start + 9)], tie: None };
    session.act(document, action, TIME, &mut || random.bits()).unwrap()
}

fn count(session: &Session, document: &DocumentId) -> Option<usize> {
    session.set(document).map(ascribe_engine::WorkingSet::len)
}

#[test]
fn undo_and_redo_cross_documents() {
    let (fresh, random) = (Fresh::sample(), &mut Random(1));
    let (bridge, fog) = (document(BRIDGE), document(FOG));
    let mut session = fresh.session("amina");
    let deeds = [&bridge, &fog, &bridge].map(|document| tag(&mut session, document, 200, random));
    assert_eq!((count(&session, &bridge), count(&session, &fog)), (Some(51), Some(1)));
    for deed in deeds.iter().rev() {
        assert_eq!(session.undo().unwrap().as_ref(), Some(deed));
    }
    assert_eq!((count(&session, &bridge), count(&session, &fog)), (Some(49), None));
    for deed in &deeds {
        assert_eq!(session.redo().unwrap().as_ref(), Some(deed));
    }
    assert_eq!(session.redo().unwrap(), None);
    assert_eq!(session.flush(), SaveState::Saved);
    let project = fresh.load();
    let saved = [&bridge, &fog].map(|id| project.documents[id].sets[&name("amina")].set.annotations.len());
    assert_eq!((saved, project.problems), ([51, 1], vec![]));
}

#[test]
fn an_edit_after_an_undo_ends_redo() {
    let (fresh, random, bridge) = (Fresh::sample(), &mut Random(1), document(BRIDGE));
    let mut session = fresh.session("amina");
    tag(&mut session, &bridge, 200, random);
    session.undo().unwrap();
    let second = tag(&mut session, &bridge, 300, random);
    assert_eq!(session.redo().unwrap(), None);
    assert_eq!(session.undo().unwrap(), Some(second));
    assert_eq!(session.undo().unwrap(), None);
}

#[test]
fn an_edit_and_its_undo_change_no_byte_of_the_project() {
    let (fresh, random) = (Fresh::sample(), &mut Random(1));
    let before = files(&fresh.path);
    let mut session = fresh.session("amina");
    assert!(files(&fresh.path) == before, "opening writes nothing");
    tag(&mut session, &document(BRIDGE), 200, random);
    assert_eq!(session.flush(), SaveState::Saved);
    assert!(files(&fresh.path) != before);
    session.undo().unwrap();
    assert_eq!(session.flush(), SaveState::Saved);
    assert!(files(&fresh.path) == before);
}

#[test]
fn undoing_the_first_edit_of_a_document_leaves_no_trace_of_it() {
    let (fresh, random, fog) = (Fresh::sample(), &mut Random(1), document(FOG));
    let before = files(&fresh.path);
    for restart in [false, true] {
        let mut session = fresh.session("amina");
        let deed = tag(&mut session, &fog, 200, random);
        session.act(&fog, Action::SetProgress(Progress::Finished), TIME, &mut || 1).unwrap();
        assert_eq!(session.flush(), SaveState::Saved);
        assert!(files(&fresh.path) != before);
        if restart {
            drop(session);
            session = fresh.session("amina");
        }
        session.undo().unwrap();
        assert_eq!(session.undo().unwrap().as_ref(), Some(&deed));
        assert_eq!(
            (session.progress(&fog), session.set(&fog).is_none(), session.flush()),
            (None, true, SaveState::Saved)
        );
        assert!(files(&fresh.path) == before, "the empty file is gone");
        drop(session);
        for _ in 0..2 {
            let mut session = fresh.session("amina");
            assert_eq!((session.project().problems.as_slice(), session.progress(&fog)), (&[][..], None));
            assert_eq!(session.redo().unwrap().as_ref(), Some(&deed));
            assert_eq!((count(&session, &fog), session.flush()), (Some(1), SaveState::Saved));
            assert!(fresh.path.join(format!("annotations/amina/{FOG}.ron")).exists());
            session.undo().unwrap();
        }
        assert!(files(&fresh.path) == before);
    }
}

#[test]
fn undo_does_not_remove_an_empty_set_that_was_there() {
    let (fresh, random, fog) = (Fresh::sample(), &mut Random(1), document(FOG));
    let mut session = fresh.session("amina");
    let deed = tag(&mut session, &fog, 200, random);
    let id = deed.annotations().next().unwrap().id.clone();
    session.act(&fog, Action::Delete(id), TIME, &mut || 1).unwrap();
    drop(session);
    std::fs::remove_file(fresh.path.join(".ascribe/journal/amina.ron")).unwrap();
    let before = files(&fresh.path);
    let mut session = fresh.session("amina");
    assert_eq!(count(&session, &fog), Some(0));
    tag(&mut session, &fog, 200, random);
    session.undo().unwrap();
    assert_eq!(count(&session, &fog), Some(0));
    drop(session);
    assert!(files(&fresh.path) == before);
}

#[test]
fn history_survives_a_restart() {
    let (fresh, random, bridge) = (Fresh::sample(), &mut Random(1), document(BRIDGE));
    let first = fresh.read(&set_of("amina"));
    let mut session = fresh.session("amina");
    let deeds = [200, 300, 400].map(|start| tag(&mut session, &bridge, start, random));
    session.undo().unwrap();
    drop(session);
    let tagged_twice = fresh.read(&set_of("amina"));

    let mut session = fresh.session("amina");
    assert_eq!(session.project().problems, []);
    assert_eq!((session.history().done(), session.history().undone()), (&deeds[..2], &deeds[2..]));
    assert_eq!(session.redo().unwrap().as_ref(), Some(&deeds[2]));
    for deed in deeds.iter().rev() {
        assert_eq!(session.undo().unwrap().as_ref(), Some(deed));
    }
    drop(session);
    assert!(fresh.read(&set_of("amina")) == first);

    let mut session = fresh.session("amina");
    for _ in 0..2 {
        session.redo().unwrap().unwrap();
    }
    drop(session);
    assert!(fresh.read(&set_of("amina")) == tagged_twice);
}

/// Transactions on the annotated article that must be refused, and why.
fn misfits(state: &SetState) -> Vec<(&'static str, Vec<Change>, ApplyError)> {
    let set = state.to_file();
    let tied = &set.relations[0];
    let there = Arc::new(set.annotations.iter().find(|annotation| annotation.id == tied.from).unwrap().clone());
    let mut changed = there.as_ref().clone();
    changed.note = "another".to_owned();
    let changed = Arc::new(changed);
    let mut other = there.as_ref().clone();
    other.id = AnnotationId::from("other");
    let dangling =
        Relation { id: RelationId::from("new"), kind: "denies".to_owned(), from: there.id.clone(), to: "x".into() };
    let stale = || ApplyError::Stale(there.id.to_string());
    let annotation = |before: Option<&Arc<_>>, after: Option<&Arc<_>>| {
        vec![Change::Annotation(Diff { before: before.cloned(), after: after.cloned() })]
    };
    let twice = [annotation(Some(&there), Some(&changed)), annotation(Some(&there), Some(&there))].concat();
    vec![
        ("made again", annotation(None, Some(&there)), stale()),
        ("not as it was", annotation(Some(&changed), Some(&there)), stale()),
        ("tied and deleted", annotation(Some(&there), None), ApplyError::MissingEnd(tied.id.clone())),
        ("tied to nothing", vec![Change::Relation(Diff::added(dangling))], ApplyError::MissingEnd("new".into())),
        ("nothing at all", annotation(None, None), ApplyError::Malformed),
        ("another id", annotation(Some(&there), Some(&Arc::new(other))), ApplyError::Malformed),
        ("one thing twice", twice, ApplyError::Malformed),
        (
            "progress not as it was",
            vec![Change::Progress { before: Progress::InProgress, after: Progress::Finished }],
            ApplyError::Stale("progress".to_owned()),
        ),
    ]
}

#[test]
fn a_rejected_transaction_changes_nothing() {
    let (fresh, random, bridge) = (Fresh::sample(), &mut Random(1), document(BRIDGE));
    let mut session = fresh.session("amina");
    let good = tag(&mut session, &bridge, 200, random);
    let state = session.set(&bridge).unwrap().state().clone();
    for (what, changes, reason) in misfits(&state) {
        // A change that fits comes first: it must not stay behind.
        let fits = good.inverse().changes;
        let transaction =
            Transaction { document: bridge.clone(), name: what.to_owned(), changes: [fits, changes].concat() };
        assert_eq!(session.commit(transaction), Err(CommitError::Apply(reason)), "{what}");
        assert_eq!(session.set(&bridge).unwrap().state(), &state, "{what}");
        assert_eq!(session.history().undoable(), Some(&good), "{what}");
    }
    assert_eq!(session.flush(), SaveState::Saved);
    let saved = read::<AnnotationSet>(&fresh.read(&set_of("amina")), "set").unwrap().value;
    assert_eq!(saved, state.to_file());
}

#[test]
fn a_rejected_transaction_does_not_start_a_document() {
    let (fresh, random) = (Fresh::sample(), &mut Random(1));
    let before = files(&fresh.path);
    let mut session = fresh.session("amina");
    let deed = tag(&mut session, &document(BRIDGE), 200, random);
    session.undo().unwrap();
    let misplaced = Transaction { document: document(FOG), ..deed.inverse() };
    assert!(matches!(session.commit(misplaced), Err(CommitError::Apply(ApplyError::Stale(_)))));
    assert_eq!(session.progress(&document(FOG)), None);
    drop(session);
    assert!(files(&fresh.path) == before);
}

#[test]
fn new_tags_carry_their_text_their_maker_and_the_time() {
    let (fresh, random, fog) = (Fresh::sample(), &mut Random(1), document(FOG));
    let mut session = fresh.session("amina");
    let text = session.text(&fog).unwrap().clone();
    let spans = vec![Span::new(30, 40), Span::new(5, 10), Span::new(10, 12), Span::new(7, 7)];
    let action = Action::Tag { label: "claim".to_owned(), spans, tie: None };
    session.act(&fog, action, TIME, &mut || random.bits()).unwrap();
    let annotation = session.set(&fog).unwrap().annotations().next().unwrap().clone();
    let expected = vec![Span::new(5, 12), Span::new(30, 40)];
    assert_eq!(annotation.spans, expected, "in the order of the text, those that touch joined");
    let characters: Vec<char> = text.as_str().chars().collect();
    let exact = |span: &Span| characters[span.start.get()..span.end.get()].iter().collect::<String>();
    assert_eq!(annotation.text, expected.iter().map(exact).collect::<Vec<_>>());
    assert_eq!((&annotation.origin, annotation.created.as_str()), (&Origin::Human(name("amina")), TIME));
}

#[test]
fn a_new_set_says_which_text_it_belongs_to() {
    let (fresh, random, fog) = (Fresh::sample(), &mut Random(1), document(FOG));
    tag(&mut fresh.session("carla"), &fog, 5, random);
    let path = format!("annotations/carla/{fog}.ron");
    let set = read::<AnnotationSet>(&fresh.read(&path), &path).unwrap().value;
    let record = fresh.load().documents[&fog].record.clone();
    assert_eq!(set.text_sha256, record.revisions[0].text_sha256);
    assert_eq!((&set.document, set.annotator.as_str(), set.progress), (&fog, "carla", Progress::InProgress));
    assert_eq!(write(&set).unwrap().as_bytes(), fresh.read(&path));
}
