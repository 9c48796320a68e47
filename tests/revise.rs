//! A corrected article: its tags go along, nothing is lost, and everything can be taken back.

use std::{ffi::OsString, fs};

use ascribe_engine::{Action, CommitError, Fate, ReadOnly, SaveState, Session};
use ascribe_schema::{DocumentId, Progress, Span};
use ascribe_tests::{BRIDGE, Fresh, Output, Random, TIME, files, run};

/// The article in which all of the tests below tag the same words.
const OLD: &str = "A minister speaks\n\nThe minister said “no” to all of it, and nobody asked why.\n\n\
    The council denied that a single letter had ever been sent to the harbour office.\n\n\
    It will meet again in the spring.";
/// A paragraph comes, words of a tag change, and one tag's words go.
const NEW: &str = "A minister speaks\n\nCorrected on Monday.\n\nThe minister said \"no\" to all of it, and nobody asked why.\n\n\
    The council denied that a single letter had yet been sent to the harbour office.";

/// A project with one article and a set of four tags and a tie.
struct Desk {
    fresh: Fresh,
    id: DocumentId,
}

impl Desk {
    fn new() -> Self {
        let (fresh, mut ids) = Fresh::of(&[OLD]);
        let desk = Self { fresh, id: ids.remove(0) };
        let (mut session, mut random) = (desk.fresh.session("amina"), Random(1));
        let mut tag = |label: &str, words: &str| {
            let action = Action::Tag { label: label.to_owned(), spans: vec![span(OLD, words)], tie: None };
            let deed = session.act(&desk.id, action, TIME, &mut || random.bits()).unwrap();
            deed.annotations().next().unwrap().id.clone()
        };
        let source = tag("source", "The minister");
        let quote = tag("quote", "“no”");
        tag("claim", "a single letter had ever been sent to the harbour office");
        let lost = tag("claim", "It will meet again in the spring");
        for from in [quote, lost] {
            let action = Action::Tie { from, to: source.clone(), kind: None };
            session.act(&desk.id, action, TIME, &mut || random.bits()).unwrap();
        }
        session.act(&desk.id, Action::SetProgress(Progress::Finished), TIME, &mut || 1).unwrap();
        assert_eq!(session.flush(), SaveState::Saved);
        drop(session);
        desk
    }

    /// Runs `revise` with a file of that text.
    fn revise(&self, text: &str, more: &[&str]) -> Output {
        let file = self.fresh.outside.path().join("corrected.txt");
        fs::write(&file, text).unwrap();
        let all = ["revise".into(), self.fresh.path.clone().into(), "a-minister".into(), file.into()];
        run(&all.into_iter().chain(more.iter().map(OsString::from)).collect::<Vec<OsString>>())
    }

    fn set(&self) -> String {
        self.fresh.text(&format!("annotations/amina/{}.ron", self.id))
    }

    fn waiting(&self, session: &Session) -> Vec<String> {
        session.waiting(&self.id).into_iter().map(|moved| moved.old.text.concat()).collect()
    }
}

fn span(text: &str, words: &str) -> Span {
    let at = text.find(words).unwrap();
    let start = text[..at].chars().count() as u32;
    Span::new(start, start + words.chars().count() as u32)
}

#[test]
fn a_revision_is_written_beside_the_old_text_and_reported_for_everyone() {
    let desk = Desk::new();
    let before = files(&desk.fresh.path);
    let foreseen = desk.revise(NEW, &["--dry-run", "--json"]);
    assert!(files(&desk.fresh.path) == before, "nothing is written");
    let output = desk.revise(NEW, &["--json"]);
    assert_eq!((foreseen.status, output.status, output.err.as_str()), (1, 1, ""));
    let [foreseen, done] =
        [foreseen, output].map(|output| serde_json::from_str::<serde_json::Value>(&output.out).unwrap());
    assert_eq!(foreseen["annotators"], done["annotators"]);
    assert_eq!((&done["revision"], &done["written"], &foreseen["written"]), (&2.into(), &true.into(), &false.into()));
    let report = &done["annotators"][0];
    let counts = serde_json::json!({"kept": 0, "moved": 2, "edited": 1, "ambiguous": 0, "lost": 1});
    assert_eq!((&report["annotator"], &report["counts"]), (&"amina".into(), &counts));
    let moved = &report["annotations"][1];
    assert_eq!(
        (&moved["outcome"], &moved["old"]["text"][0], &moved["new"]["text"][0]),
        (&"moved".into(), &"“no”".into(), &"\"no\"".into())
    );
    assert!(moved["old"]["before"].as_str().unwrap().ends_with("The minister said "));
    assert!(moved["new"]["after"].as_str().unwrap().starts_with(" to all of it"));

    let texts = [1, 2].map(|number| {
        desk.fresh.text(&format!("documents/{}", desk.fresh.load().documents[&desk.id].record.text_file(number)))
    });
    assert_eq!(texts, [OLD, NEW]);
    let now = files(&desk.fresh.path);
    let set = format!("annotations/amina/{}.ron", desk.id);
    assert!(now[&set] == before[&set], "a set is moved by its own annotator");
    let record = &desk.fresh.load().documents[&desk.id].record;
    assert_eq!((record.revisions.len(), record.title.as_str()), (2, "A minister speaks"));
    let problems = desk.fresh.load().problems;
    assert_eq!(problems.iter().map(|problem| problem.rule).collect::<Vec<_>>(), ["older-text"]);
}

#[test]
fn opening_moves_the_own_set_and_undo_brings_every_byte_back() {
    let desk = Desk::new();
    let before = desk.set();
    assert_eq!(desk.revise(NEW, &[]).status, 1);
    let mut session = desk.fresh.session("amina");
    let counts = session.moved(&desk.id).unwrap().counts();
    assert_eq!((counts[&Fate::Moved], counts[&Fate::Edited], counts[&Fate::Lost]), (2, 1, 1));
    let set = session.set(&desk.id).unwrap();
    assert_eq!((set.len(), set.waiting().len(), set.relations().len()), (3, 1, 2), "ties keep their ends");
    assert_eq!(session.text(&desk.id).unwrap().as_str(), NEW);
    assert_eq!(session.progress(&desk.id), Some(Progress::Finished));
    assert_eq!(session.flush(), SaveState::Saved);
    let problems = desk.fresh.load().problems;
    assert_eq!(problems.iter().map(|problem| problem.rule).collect::<Vec<_>>(), ["waiting"], "{problems:?}");

    // Back: the old text is shown, and nothing is edited on it.
    let deed = session.undo().unwrap().unwrap();
    assert!(deed.is_move() && session.is_behind(&desk.id) && session.moved(&desk.id).is_none());
    assert_eq!(session.text(&desk.id).unwrap().as_str(), OLD);
    assert_eq!(session.read_only(Some(&desk.id)), Some(ReadOnly::Older));
    let action = Action::SetProgress(Progress::InProgress);
    assert_eq!(session.act(&desk.id, action, TIME, &mut || 1), Err(CommitError::ReadOnly(ReadOnly::Older)));
    assert_eq!(session.flush(), SaveState::Saved);
    assert_eq!(desk.set(), before);
    drop(session);

    // Whoever took it back is not moved again unasked, and can redo or undo further.
    let mut session = desk.fresh.session("amina");
    assert!(session.is_behind(&desk.id));
    session.redo().unwrap().unwrap();
    assert_eq!((session.is_behind(&desk.id), session.set(&desk.id).unwrap().waiting().len()), (false, 1));
    session.undo().unwrap().unwrap();
    session.undo().unwrap().unwrap();
    assert_eq!(session.progress(&desk.id), Some(Progress::InProgress));
    assert_eq!(session.move_set(&desk.id).unwrap().counts()[&Fate::Lost], 1);
    assert_eq!(session.flush(), SaveState::Saved);
    drop(session);
    assert_eq!(desk.fresh.session("amina").set(&desk.id).unwrap().waiting().len(), 1);
}

#[test]
fn what_waits_can_be_placed_or_deleted_and_comes_back_with_its_words() {
    let desk = Desk::new();
    desk.revise(NEW, &["--annotator", "amina"]);
    let mut session = desk.fresh.session("amina");
    assert_eq!(desk.waiting(&session), ["It will meet again in the spring"]);
    let id = session.set(&desk.id).unwrap().waiting().next().unwrap().id.clone();
    let start =
        Action::Reshape { id: id.clone(), from: span(OLD, "It will meet again in the spring"), to: Span::new(0, 1) };
    assert!(session.act(&desk.id, start, TIME, &mut || 1).is_err(), "its spans are not of this text");

    let place = Action::Place(id.clone(), vec![span(NEW, "Corrected on Monday")]);
    session.act(&desk.id, place, TIME, &mut || 1).unwrap();
    let set = session.set(&desk.id).unwrap();
    assert_eq!(
        (set.waiting().len(), set.annotation(&id).unwrap().text.concat()),
        (0, "Corrected on Monday".to_owned())
    );
    session.undo().unwrap();
    assert_eq!(desk.waiting(&session).len(), 1);
    session.act(&desk.id, Action::Delete(id.clone()), TIME, &mut || 1).unwrap();
    assert_eq!((desk.waiting(&session).len(), session.set(&desk.id).unwrap().relations().len()), (0, 1));
    session.undo().unwrap();
    assert_eq!(session.flush(), SaveState::Saved);
    drop(session);

    // A third text has the words again.
    assert_eq!(desk.revise(&format!("{NEW}\n\nIt will meet again in the spring."), &[]).status, 0);
    let session = desk.fresh.session("amina");
    let set = session.set(&desk.id).unwrap();
    assert_eq!((set.len(), set.waiting().len()), (4, 0));
    drop(session);
    assert_eq!(desk.fresh.load().problems, []);
}

#[test]
fn the_verb_moves_a_named_annotator_and_says_what_waits() {
    let desk = Desk::new();
    let output = desk.revise(NEW, &["--annotator", "amina"]);
    assert_eq!((output.status, output.err.as_str()), (1, ""), "{}", output.out);
    assert!(output.out.contains("4 annotations: 0 kept, 2 moved, 1 edited, 0 ambiguous, 1 lost"), "{}", output.out);
    assert!(output.out.contains("has text 2"), "{}", output.out);
    assert!(desk.set().contains("text_sha256: \"") && desk.fresh.load().documents[&desk.id].older.len() == 1);
    // The same again: nothing is written, nothing moves.
    let before = files(&desk.fresh.path);
    let again = desk.revise(NEW, &["--annotator", "amina"]);
    assert_eq!((again.status, again.err.as_str()), (0, ""));
    assert!(again.out.contains("nothing was written") && files(&desk.fresh.path) == before);
    // Undo works as after any other deed.
    let mut session = desk.fresh.session("amina");
    assert!(session.undo().unwrap().unwrap().is_move());
}

#[test]
fn what_cannot_be_done_is_refused_with_words_and_writes_nothing() {
    let desk = Desk::new();
    desk.revise(NEW, &[]);
    let before = files(&desk.fresh.path);
    let refused = |output: Output, words: &str| {
        assert_eq!((output.status, output.out.as_str()), (2, ""));
        assert!(output.err.contains(words), "{}", output.err);
        assert!(files(&desk.fresh.path) == before);
    };
    refused(desk.revise(OLD, &[]), "text 1 of 2");
    refused(desk.revise(" ", &[]), "no text");
    refused(desk.revise("x", &["--annotator", "gold"]), "gold");
    refused(desk.revise("x", &["--annotator", "../x"]), "");
    refused(
        run(&["revise".as_ref(), desk.fresh.path.as_os_str(), "nothing".as_ref(), "-".as_ref()]),
        "no document's id",
    );
    let lock = ascribe_engine::store::Store::at(&desk.fresh.path).lock(&ascribe_tests::name("amina")).unwrap();
    assert!(desk.revise(NEW, &["--annotator", "amina"]).err.contains("another window"));
    drop(lock);
    // A record that says more than this version knows is not written over.
    let record = format!("documents/{}.ron", desk.id);
    desk.fresh.replace(&record, "    title:", "    mood: \"glad\",\n    title:");
    let before = files(&desk.fresh.path);
    let output = desk.revise("Another text", &[]);
    assert!(output.status == 2 && output.err.contains("update Ascribe"), "{}", output.err);
    assert!(files(&desk.fresh.path) == before);
}

#[test]
fn a_set_whose_old_text_is_gone_is_never_moved_by_guesses() {
    let desk = Desk::new();
    desk.revise(NEW, &[]);
    let before = desk.set();
    fs::remove_file(desk.fresh.path.join(format!("documents/{}.txt", desk.id))).unwrap();
    let session = desk.fresh.session("amina");
    assert!(session.moved(&desk.id).is_none() && session.read_only(Some(&desk.id)) == Some(ReadOnly::Document));
    assert!(session.project().problems.iter().any(|problem| problem.rule == "text-missing"));
    drop(session);
    assert_eq!(desk.set(), before);
}

#[test]
fn a_document_that_was_begun_and_undone_takes_a_corrected_text() {
    let (fresh, ids) = Fresh::of(&[OLD]);
    let mut session = fresh.session("amina");
    let action = Action::Tag { label: "claim".to_owned(), spans: vec![span(OLD, "It will")], tie: None };
    session.act(&ids[0], action.clone(), TIME, &mut || 1).unwrap();
    session.undo().unwrap();
    let file = fresh.outside.path().join("corrected.txt");
    fs::write(&file, NEW).unwrap();
    let all: [&std::ffi::OsStr; 4] = ["revise".as_ref(), fresh.path.as_ref(), ids[0].as_str().as_ref(), file.as_ref()];
    assert_eq!(run(&all).status, 0);
    let record = fresh.load().documents[&ids[0]].record.clone();
    session.revise(record, NEW.to_owned());
    assert_eq!(session.redo().unwrap(), None, "the words are not there any more");
    let spans = vec![span(NEW, "Corrected")];
    session.act(&ids[0], Action::Tag { label: "claim".to_owned(), spans, tie: None }, TIME, &mut || 2).unwrap();
    assert_eq!(session.flush(), SaveState::Saved);
    drop(session);
    assert_eq!(fresh.load().problems, []);
}

#[test]
fn tags_on_the_sample_article_survive_a_correction_with_their_ties() {
    let fresh = Fresh::sample();
    let old = fresh.text(&format!("documents/{BRIDGE}.txt"));
    let file = fresh.outside.path().join("corrected.txt");
    fs::write(&file, format!("Corrected.\n\n{}", old.replace(['“', '”'], "\""))).unwrap();
    let output = run(&["revise".as_ref(), fresh.path.as_os_str(), BRIDGE.as_ref(), file.as_os_str()]);
    assert_eq!(output.status, 0, "{}", output.out);
    let before =
        fresh.load().documents[&ascribe_tests::document(BRIDGE)].sets[&ascribe_tests::name("amina")].set.clone();
    let session = fresh.session("amina");
    let set = session.set(&ascribe_tests::document(BRIDGE)).unwrap();
    assert_eq!((set.len(), set.relations().len()), (before.annotations.len(), before.relations.len()));
    let after = |id| set.annotation(id).unwrap().text.concat();
    let folded = |text: String| text.replace(['“', '”'], "\"");
    before
        .annotations
        .iter()
        .for_each(|annotation| assert_eq!(after(&annotation.id), folded(annotation.text.concat())));
}

#[test]
fn after_everything_is_undone_new_tags_belong_to_the_newest_text() {
    let (fresh, ids) = Fresh::of(&[OLD]);
    let tag = |text: &str, words: &str| {
        let spans = vec![span(text, words)];
        Action::Tag { label: "claim".to_owned(), spans, tie: None }
    };
    let begun = |fresh: &Fresh| {
        let mut session = fresh.session("amina");
        session.act(&ids[0], tag(OLD, "nobody asked why"), TIME, &mut || 1).unwrap();
        assert_eq!(session.flush(), SaveState::Saved);
        drop(session);
        let file = fresh.outside.path().join("corrected.txt");
        fs::write(&file, NEW).unwrap();
        let all: [&std::ffi::OsStr; 4] =
            ["revise".as_ref(), fresh.path.as_ref(), ids[0].as_str().as_ref(), file.as_ref()];
        assert_eq!(run(&all).status, 0);
        let mut session = fresh.session("amina");
        assert!(session.undo().unwrap().unwrap().is_move());
        session.undo().unwrap().unwrap();
        assert!(session.set(&ids[0]).is_none());
        assert_eq!(session.flush(), SaveState::Saved);
        session
    };
    drop(begun(&fresh));
    // Done again after a restart: first on the text on which it was done, then with the move.
    let mut session = fresh.session("amina");
    session.redo().unwrap().unwrap();
    assert_eq!(session.text(&ids[0]).unwrap().as_str(), OLD);
    assert!(session.redo().unwrap().unwrap().is_move());
    let words = |session: &Session| session.set(&ids[0]).unwrap().annotations().next().unwrap().text.concat();
    assert_eq!((session.text(&ids[0]).unwrap().as_str(), words(&session).as_str()), (NEW, "nobody asked why"));
    session.undo().unwrap().unwrap();
    session.undo().unwrap().unwrap();
    // Something else instead, in the same run.
    session.act(&ids[0], tag(NEW, "Corrected"), TIME, &mut || 2).unwrap();
    assert_eq!((session.is_behind(&ids[0]), words(&session).as_str()), (false, "Corrected"));
    assert_eq!(session.flush(), SaveState::Saved);
    drop(session);
    assert_eq!(fresh.load().problems, []);
    assert_eq!(words(&fresh.session("amina")), "Corrected");
}

#[test]
fn undoing_the_move_after_a_restart_shows_the_earlier_text() {
    // All tags find their place: no set on disk names the earlier text any more.
    let desk = Desk::new();
    let new = format!("Corrected.\n\n{OLD}");
    assert_eq!(desk.revise(&new, &["--annotator", "amina"]).status, 0);
    let journal = format!("{}/.ascribe/journal/amina.ron", desk.fresh.path.display());
    let (moved, done) = (desk.set(), fs::read_to_string(&journal).unwrap());
    let mut session = desk.fresh.session("amina");
    assert!(session.undo().unwrap().unwrap().is_move());
    assert_eq!(session.text(&desk.id).unwrap().as_str(), OLD);
    assert_eq!(session.flush(), SaveState::Saved);
    drop(session);
    // A crash before the undo was saved.
    desk.fresh.write(&format!("annotations/amina/{}.ron", desk.id), moved);
    fs::write(&journal, format!("{done}Undo\n")).unwrap();
    let session = desk.fresh.session("amina");
    assert!(session.is_behind(&desk.id));
    assert_eq!(session.text(&desk.id).unwrap().as_str(), OLD);
    drop(session);
    // Without the text there is no going back to it.
    desk.fresh.session("amina").redo().unwrap().unwrap();
    fs::remove_file(desk.fresh.path.join(format!("documents/{}.txt", desk.id))).unwrap();
    assert_eq!(desk.fresh.session("amina").undo(), Err(CommitError::NoText));
}

#[test]
fn a_move_that_was_taken_back_is_made_by_name_and_to_a_third_text() {
    let desk = Desk::new();
    desk.revise(NEW, &["--annotator", "amina", "--annotator", "amina"]);
    let mut session = desk.fresh.session("amina");
    assert!(session.undo().unwrap().is_some_and(|deed| deed.is_move()), "a name given twice ends no history");
    drop(session);
    assert!(desk.fresh.session("amina").is_behind(&desk.id));
    let output = desk.revise(NEW, &["--annotator", "amina", "--json"]);
    assert!(output.status == 1 && output.out.contains("\"moved\": true"), "{}", output.out);
    let mut session = desk.fresh.session("amina");
    assert!(!session.is_behind(&desk.id));
    session.undo().unwrap().unwrap();
    assert_eq!(session.flush(), SaveState::Saved);
    drop(session);
    desk.revise(&format!("{NEW}\n\nIt will meet again in the spring."), &[]);
    assert!(!desk.fresh.session("amina").is_behind(&desk.id), "that was another text");
}

#[test]
fn who_has_no_set_or_one_that_cannot_move_is_told() {
    let desk = Desk::new();
    let before = files(&desk.fresh.path);
    let output = desk.revise(NEW, &["--annotator", "amnia"]);
    assert!(output.status == 2 && output.err.contains("amnia has no set"), "{}", output.err);
    assert!(files(&desk.fresh.path) == before, "no lock, no journal");
    desk.fresh.replace(
        &format!("annotations/amina/{}.ron", desk.id),
        "    progress:",
        "    mood: \"glad\",\n    progress:",
    );
    let new = format!("Corrected.\n\n{OLD}");
    for more in [&["--dry-run", "--json"][..], &["--json"], &["--annotator", "amina", "--json"]] {
        let output = desk.revise(&new, more);
        let told: serde_json::Value = serde_json::from_str(&output.out).unwrap();
        assert_eq!(
            (output.status, &told["moved"], &told["not_moved"][0]["annotator"]),
            (1, &false.into(), &"amina".into())
        );
    }
    let output = desk.revise(&new, &["--annotator", "amina"]);
    assert!(output.out.contains("amina's set stays on the older text"), "{}", output.out);
}

#[test]
fn a_text_that_no_record_names_is_not_written_over() {
    let desk = Desk::new();
    let file = format!("documents/{}", desk.fresh.load().documents[&desk.id].record.text_file(2));
    desk.fresh.write(&file, "Somebody's own");
    let output = desk.revise(NEW, &[]);
    assert!(output.status == 2 && output.err.contains("no record names"), "{}", output.err);
    assert_eq!(desk.fresh.text(&file), "Somebody's own");
    desk.fresh.write(&file, NEW);
    assert_eq!(desk.revise(NEW, &[]).status, 1, "a crash left the same");
}

#[test]
fn counts_of_those_who_have_not_moved_stay_and_what_waits_is_counted_by_itself() {
    let aside = "Read also: Ten things to know about the harbour";
    let old = format!("{OLD}\n\n{aside}");
    let (fresh, ids) = Fresh::of(&[&old]);
    for annotator in ["amina", "bo"] {
        let mut session = fresh.session(annotator);
        for (number, words) in [(1, "Ten things"), (2, "It will meet again in the spring"), (3, "nobody asked why")] {
            let action = Action::Tag { label: "claim".to_owned(), spans: vec![span(&old, words)], tie: None };
            session.act(&ids[0], action, TIME, &mut || number).unwrap();
        }
    }
    let counts = |name: &str| ascribe_engine::stats(&fresh.load()).annotators[&ascribe_tests::name(name)].clone();
    let before = counts("bo");
    assert_eq!((before.annotations, before.paratext), (2, 1));
    let file = fresh.outside.path().join("corrected.txt");
    fs::write(&file, format!("{NEW}\n\n{aside}")).unwrap();
    let all = ["revise".as_ref(), fresh.path.as_os_str(), ids[0].as_str().as_ref(), file.as_os_str()];
    let by = ["--annotator".as_ref(), "amina".as_ref()];
    assert_eq!(run(&[&all[..], &by[..]].concat()).status, 1);
    assert_eq!(counts("bo"), before);
    let amina = counts("amina");
    assert_eq!((amina.annotations, amina.labels["claim"], amina.waiting, amina.paratext), (1, 1, 1, 1));
    // Nothing is near what waits.
    let session = fresh.session("amina");
    let set = session.set(&ids[0]).unwrap();
    let waiting = set.waiting().next().unwrap();
    let scheme = ascribe_schema::Scheme {
        relations: vec![ascribe_schema::RelationType {
            from: vec!["claim".to_owned()],
            to: vec!["claim".to_owned()],
            ..session.project().file.scheme.relations[0].clone()
        }],
        ..session.project().file.scheme.clone()
    };
    let placed = set.annotations().next().unwrap();
    assert!(!ascribe_engine::tie_candidates(set, &scheme, placed, None).is_empty());
    assert!(ascribe_engine::tie_candidates(set, &scheme, waiting, None).is_empty());
}
