//! The room of the team: who annotates what, what became of tags, colleagues' work, copies that differ, and a folder
//! that others write to.

use ascribe_engine::{
    Action, Stamp,
    adjudicate::{adjudicate, deciding, decision},
    compare::compare,
    merge::merge,
};
use ascribe_schema::{Progress, Project, Span, Verdict, read, write};
use ascribe_tests::{BRIDGE, FOG, Fresh, Random, TIME, document, name, set_of};
use egui::{Key, Role};

use super::person::{CTRL, NONE, Opening, Person};
use crate::gold::undecided;

const BRIDGE_TITLE: &str = "In Port Averne, the bridge that stands on one leg waits for its minister";
const FOG_TITLE: &str = "Fog, a brass band and one button: how the Heron opened on Friday";

fn at_team(annotator: &'static str) -> Person {
    enter(Person::at_sample(annotator))
}

fn enter(mut person: Person) -> Person {
    person.press(CTRL, Key::Num4);
    person.wait("it is counted", |person| person.all(Role::ProgressIndicator).len() == 1);
    person
}

/// Who is asked to annotate a document, as the project's file says.
fn asked(person: &Person, id: &str) -> Vec<String> {
    let file = read::<Project>(&person.fresh.read("project.ron"), "project.ron").unwrap().value;
    let names = file.assignments.get(&document(id)).cloned().unwrap_or_default();
    names.iter().map(ToString::to_string).collect()
}

// Progress and assignments

#[test]
fn table_says_who_is_how_far_and_who_was_asked() {
    let person = at_team("amina");
    let cells = person.all(Role::GridCell);
    for expected in [
        format!("amina, {BRIDGE_TITLE}: finished, 49 tags, assigned"),
        format!("bo, {BRIDGE_TITLE}: finished, 35 tags, assigned"),
        format!("amina, {FOG_TITLE}: not started, not assigned"),
    ] {
        assert!(cells.contains(&expected), "{expected}: {cells:#?}");
    }
    let heads = person.all(Role::ColumnHeader);
    assert_eq!(heads, ["amina (you): 1 of 1 finished", "bo: 1 of 1 finished"]);
    assert!(person.sees_a(Role::ProgressIndicator, "The project: 2 of 2 finished, 0 in progress; 0 adjudicated"));
}

#[test]
fn click_asks_somebody_and_another_no_longer() {
    let mut person = at_team("amina");
    person.click(Role::GridCell, &format!("bo, {FOG_TITLE}: not started, not assigned"));
    assert_eq!(person.told(), format!("bo is asked to annotate {FOG_TITLE}."));
    assert_eq!(asked(&person, FOG), ["bo"]);
    person.click(Role::GridCell, &format!("bo, {FOG_TITLE}: not started, assigned"));
    assert!(asked(&person, FOG).is_empty());
}

#[test]
fn keys_walk_the_table_ask_and_open() {
    let mut person = at_team("amina");
    person.click(Role::Tab, "Progress and assignments");
    person.press(NONE, Key::ArrowDown); // Shows where the keys are: at the first article of the first person.
    person.press(NONE, Key::ArrowRight);
    person.press(NONE, Key::Space);
    assert_eq!(asked(&person, FOG), ["bo"]);
    person.press(NONE, Key::Enter);
    assert_eq!(person.workspace().current, Some(document(FOG)));
    assert!(person.workspace().reading().is_some_and(|reading| reading.had_keys), "it can be read at once");
}

#[test]
fn colleague_who_has_nothing_yet_gets_a_column() {
    let mut person = at_team("amina");
    person.click(Role::TextInput, "Name of a colleague");
    person.type_text("Cleo");
    person.press(NONE, Key::Enter);
    person.click(Role::GridCell, &format!("cleo, {FOG_TITLE}: not started, not assigned"));
    assert_eq!(asked(&person, FOG), ["cleo"]);
    let file = read::<Project>(&person.fresh.read("project.ron"), "project.ron").unwrap().value;
    assert_eq!(file.annotators, ["amina", "bo", "cleo"].map(name));
}

#[test]
fn articles_are_assigned_evenly_with_what_comes_of_it_shown_before() {
    let mut person = at_team("amina");
    person.click(Role::Button, "Assign evenly…");
    person.wait("it is drawn", |person| person.sees_a(Role::Button, "Assign 1 article"));
    assert!(person.names().contains(&"bo: 2 articles, 1 of them before".to_owned()), "{:#?}", person.names());
    person.must_see("Any two people share 2 articles.");
    person.click(Role::Button, "Assign 1 article");
    assert_eq!(person.told(), "1 article assigned.");
    assert_eq!(
        (asked(&person, BRIDGE), asked(&person, FOG)),
        (vec!["amina".into(), "bo".into()], vec!["amina".into(), "bo".into()])
    );
}

#[test]
fn articles_are_drawn_anew_when_somebody_is_asked_meanwhile() {
    let mut person = enter(Person::at(Fresh::sample(), Opening { watch: true, ..Opening::default() }));
    person.click(Role::Button, "Assign evenly…");
    person.wait("it is drawn", |person| person.sees_a(Role::Button, "Assign 1 article"));
    let mut session = person.fresh.session("zoe");
    session.assign([(document(FOG), vec![name("bo"), name("zoe")])].into()).unwrap();
    drop(session);
    person.wait("it is drawn anew", |person| person.sees("Every article has as many people already."));
    assert!(person.names().contains(&"bo: 2 articles, as before".to_owned()), "{:#?}", person.names());
    person.click(Role::Button, "Cancel");
    assert_eq!(asked(&person, FOG), ["bo", "zoe"]);
}

#[test]
fn assignment_is_refused_when_the_project_changed_on_disk() {
    let mut person = at_team("amina");
    person.fresh.replace("project.ron", "title: \"The bridge", "title: \"A bridge");
    person.click(Role::GridCell, &format!("bo, {FOG_TITLE}: not started, not assigned"));
    assert!(
        person.told().starts_with("Nothing was changed: ") && person.told().contains("was changed by another program"),
        "{}",
        person.told()
    );
    assert!(person.fresh.text("project.ron").contains("A bridge"));
}

// What became of tags

/// The sample after zoe has decided about its first cases: taken amina's, rejected, put off.
fn decided() -> Fresh {
    let fresh = undecided();
    let project = fresh.load();
    let here = &project.documents[&document(BRIDGE)];
    let sets = ["amina", "bo"].map(|annotator| here.sets[&name(annotator)].set.clone());
    let comparison = compare(here, sets.to_vec());
    let adjudication = adjudicate(here, &comparison, &[]);
    let both: Vec<_> = adjudication.cases.iter().filter(|case| case.inputs.len() == 2).take(3).collect();
    let mut session = fresh.session("zoe");
    let (mut random, zoe) = (Random(5), name("zoe"));
    let verdicts = [Verdict::Accept(vec![name("amina")]), Verdict::Reject, Verdict::Defer];
    for (case, verdict) in both.into_iter().zip(verdicts) {
        let mut bits = || random.bits();
        let mut stamp = Stamp { annotator: &zoe, time: TIME, random: &mut bits };
        let made = decision(case, verdict, "boundary", "the title belongs to it", &mut stamp);
        session.commit(deciding(&document(BRIDGE), None, made)).unwrap();
    }
    session.flush();
    drop(session);
    fresh
}

fn at_feedback() -> Person {
    let mut person = Person::at(decided(), Opening::default());
    person.press(CTRL, Key::Num4);
    person.click(Role::Tab, "What became of the tags");
    person.wait("it is told", |person| !person.all(Role::ListBoxOption).is_empty());
    person
}

#[test]
fn annotator_reads_what_became_of_their_tags_and_why() {
    let mut person = at_feedback();
    person.must_see("decided by zoe");
    assert!(person.sees_a(Role::RadioButton, "Show: × 1 rejected"), "{:?}", person.all(Role::RadioButton));
    person.click(Role::RadioButton, "Show: × 1 rejected");
    let rows = person.all(Role::ListBoxOption);
    assert_eq!(rows.len(), 1);
    assert!(rows[0].starts_with("rejected: ") && rows[0].ends_with("boundary · the title belongs to it"), "{rows:?}");
    person.must_see("It was not taken, and nothing stands in its place.");
    person.press(NONE, Key::Enter);
    assert!(person.focused().is_some(), "the tag is in focus in the article");
}

#[test]
fn nothing_is_told_of_an_article_that_is_hidden() {
    let mut person = Person::at(decided(), Opening { annotator: Some("cleo"), ..Opening::default() });
    person.press(CTRL, Key::Num4);
    person.click(Role::Tab, "What became of the tags");
    person.click(Role::ComboBox, "Whose tags");
    person.click(Role::Button, "amina");
    person.wait("it is told", |person| person.sees("Left out: 1 article"));
    assert!(person.all(Role::ListBoxOption).is_empty());
    person.press(CTRL, Key::Num2);
    person.click(Role::Button, "I review this article");
    person.press(CTRL, Key::Num4);
    person.wait("it is told", |person| !person.all(Role::ListBoxOption).is_empty());
    assert!(!person.sees("Left out"));
}

#[test]
fn feedback_is_saved_for_one_and_for_everyone() {
    let mut person = at_feedback();
    let folder = person.fresh.outside.path().to_owned();
    person.click(Role::Button, "Save as a file…");
    person.type_text(folder.join("amina.json").to_str().unwrap());
    person.press(NONE, Key::Enter);
    person.wait("it is written", |person| person.told().contains("is written to"));
    assert!(std::fs::read_to_string(folder.join("amina.json")).unwrap().contains("\"rejected\""));
    person.click(Role::Button, "Save for everyone…");
    person.type_text(folder.to_str().unwrap());
    person.press(NONE, Key::Enter);
    person.wait("they are written", |person| person.told().starts_with("2 files written to"));
    assert!(std::fs::read_to_string(folder.join("feedback-bo.md")).unwrap().contains("bo"));
}

// Colleagues' work

#[test]
fn colleagues_work_is_looked_at_and_taken() {
    let theirs = Fresh::sample();
    let mut session = theirs.session("cleo");
    let mut random = Random(7);
    let action =
        Action::TagAll { label: "claim".to_owned(), spans: vec![Span::new(0, 9)], attributes: Default::default() };
    session.act(&document(BRIDGE), action, TIME, &mut || random.bits()).unwrap();
    session.flush();
    drop(session);
    let mut person = Person::at_sample("amina");
    let before = person.fresh.text(&set_of("amina"));
    let (spoken, folder) = (format!("Take cleo, {BRIDGE_TITLE}: new"), theirs.path.join("annotations/cleo"));
    person.press(CTRL, Key::K);
    person.type_text("colleague’s folder");
    person.press(NONE, Key::Enter);
    person.type_text(folder.to_str().unwrap());
    person.press(NONE, Key::Enter);
    person.wait("it is looked at", |person| person.sees_a(Role::CheckBox, &spoken));
    person.press(NONE, Key::Enter);
    person.wait("it is taken", |person| person.sees("✓ taken"));
    person.press(NONE, Key::Enter);
    assert!(!person.sees("✓ taken"), "the sheet is closed");
    assert_eq!(person.fresh.text(&set_of("cleo")), theirs.text(&set_of("cleo")));
    assert_eq!(person.fresh.text(&set_of("amina")), before, "one's own is not touched");
}

// Copies that differ

/// The sample with a set of amina's in which two copies named a tag's label and a note differently.
fn differing() -> Fresh {
    let fresh = Fresh::sample();
    let base = fresh.load().documents[&document(BRIDGE)].sets[&name("amina")].set.clone();
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    (ours.annotations[0].note, theirs.annotations[0].note) = ("from the office".to_owned(), "from home".to_owned());
    (ours.annotations[1].label, theirs.annotations[1].label) = ("quote".to_owned(), "denial".to_owned());
    let merged = merge(Some(&base), &ours, &theirs).unwrap();
    assert_eq!(merged.conflicts.len(), 2);
    fresh.write(&set_of("amina"), write(&merged).unwrap());
    fresh
}

#[test]
fn copies_that_differ_are_settled_by_keys_and_undone() {
    let mut person = Person::at(differing(), Opening::default());
    person.click(Role::Button, "Choose which holds");
    let rows = person.all(Role::ListBoxOption);
    assert_eq!(rows.len(), 2);
    assert!(
        rows.iter().any(|row| row.ends_with("note: first copy “from the office”, second copy “from home”")),
        "{rows:?}"
    );
    person.press(NONE, Key::Num1);
    assert_eq!(person.told(), "Settled; 1 left.");
    person.press(NONE, Key::Num2);
    assert_eq!(person.told(), "Settled; nothing is left to choose.");
    let notes: Vec<_> = person.set().unwrap().annotations().map(|annotation| annotation.note.clone()).collect();
    assert!(notes.contains(&"from the office".to_owned()) || notes.contains(&"from home".to_owned()));
    assert!(!person.saved().contains("conflicts"));
    person.press(CTRL, Key::Z);
    person.press(CTRL, Key::Z);
    assert_eq!(person.set().unwrap().state().conflicts().len(), 2, "choosing is undone like any deed");
}

#[test]
fn marks_of_git_are_joined_from_the_list_of_problems() {
    let fresh = Fresh::sample();
    let marked = "<<<<<<< ours\n    progress: Finished,\n=======\n    progress: InProgress,\n>>>>>>> theirs\n";
    fresh.replace(&set_of("bo"), "    progress: Finished,\n", marked);
    let mut person = Person::at(fresh, Opening::default());
    person.press(NONE, Key::F8);
    person.click(Role::Button, "Join both copies");
    person.wait("it is joined", |person| person.told().starts_with("The two copies in "));
    assert!(!person.fresh.text(&set_of("bo")).contains("<<<<<<<"));
}

// A folder that others write to

#[test]
fn what_others_write_comes_in_and_is_told() {
    let mut person = Person::at(Fresh::sample(), Opening { watch: true, ..Opening::default() });
    person.click(Role::ComboBox, "Whose tags are shown");
    person.click(Role::Button, "bo");
    let before = person.workspace().shown_set().unwrap().len();
    let mut session = person.fresh.session("bo");
    let mut random = Random(8);
    let action =
        Action::TagAll { label: "claim".to_owned(), spans: vec![Span::new(0, 9)], attributes: Default::default() };
    session.act(&document(BRIDGE), action, TIME, &mut || random.bits()).unwrap();
    session.flush();
    person.wait("it is told", |person| person.told().starts_with("New from bo: 1 article"));
    assert_eq!(person.workspace().shown_set().unwrap().len(), before + 1);
}

#[test]
fn own_set_changed_elsewhere_comes_in() {
    let mut person = Person::at(Fresh::sample(), Opening { watch: true, ..Opening::default() });
    person.fresh.replace(&set_of("amina"), "progress: Finished", "progress: InProgress");
    person.wait("it is told", |person| person.told().contains("were changed by another program"));
    assert_eq!(person.set().unwrap().progress(), Progress::InProgress);
}

#[test]
fn second_window_says_what_can_be_done() {
    let first = Person::at_sample("amina");
    let mut second = Person::before(Fresh::sample(), vec![first.fresh.path.clone()], Opening::default());
    second.wait("the project is open", |person| person.app().workspace().is_some());
    second.must_see("Read-only: amina’s work in this project is open in another window; only one can write.");
    let fresh = first.leave();
    second.click(Role::Button, "Work here");
    second.wait("it can be written to", |person| {
        person.app().workspace().is_some_and(|workspace| workspace.session.read_only(None).is_none())
    });
    drop(fresh);
}
