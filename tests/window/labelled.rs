//! The import of labelled data: what each name becomes is decided before anything is written, and nothing is lost.

use std::fs;

use ascribe_tests::{BRIDGE, Fresh, set_of};
use egui::{Key, Role};
use serde_json::{Value, json};

use super::person::{CTRL, NONE, Opening, Person};

const TEXT: &str = "The minister said “never” on Monday.\n\nThe union denied it.";

/// A record as another team would have it.
fn record(annotator: &str) -> Value {
    let tag = |id: &str, label: &str, words: &str| {
        let start = TEXT[..TEXT.find(words).unwrap()].chars().count();
        json!({ "id": id, "label": label, "spans": [[start, start + words.chars().count()]], "text": [words] })
    };
    let annotations = [tag("a1", "Content", "“never”"), tag("a2", "Source", "The minister"), tag("a3", "Cue", "said")];
    json!({
        "id": "talks", "text": TEXT, "meta": { "title": "Talks" }, "annotator": annotator, "annotations": annotations,
        "relations": [{ "id": "r1", "kind": "Attribution", "from": "a1", "to": "a2" }],
    })
}

/// Opens the sheet for a file with these lines, and waits until all is worked out.
fn open(person: &mut Person, lines: &str) {
    let path = person.fresh.outside.path().join("in.jsonl");
    fs::write(&path, lines).unwrap();
    person.press(CTRL, Key::K);
    person.type_text("import labelled data");
    person.press(NONE, Key::Enter);
    person.must_see("Which labelled data, a file or a folder, should be imported?");
    person.type_text(&path.display().to_string());
    person.press(NONE, Key::Enter);
    worked_out(person);
}

fn worked_out(person: &mut Person) {
    person.wait("all is worked out", |person| person.sees("What would be imported"));
}

fn choose(person: &mut Person, question: &str, answer: &str) {
    person.click(Role::ComboBox, question);
    person.click(Role::Button, answer);
    worked_out(person);
}

fn import(person: &mut Person, button: &str) {
    person.click(Role::Button, button);
    person.wait("it is imported", |person| person.sees("Labelled data imported") && person.app().workspace().is_some());
}

fn at_sample() -> Person {
    Person::at_sample("amina")
}

#[test]
fn names_become_those_of_the_scheme_and_what_does_not_fit_is_kept() {
    let mut person = at_sample();
    open(&mut person, &format!("{}\nno record\n", record("zoe")));
    person.must_see("Found: 1 document, 3 annotations, 3 fragments and 1 relation");
    person.must_see("annotations: 3 new, 0 known, 0 not taken");
    person.must_see("documents: 1 new, 0 known, 1 not taken");
    person.must_see("New in the scheme: Attribution, Content and Cue.");
    person.must_see("in.jsonl, line 2");
    choose(&mut person, "The label Content becomes", "quote");
    choose(&mut person, "The label Cue becomes", "left out");
    choose(&mut person, "The relation type Attribution becomes", "attributed_to");
    person.must_see("annotations: 2 new, 0 known, 1 not taken");
    person.must_see("1 annotation not taken: the mapping leaves it out.");
    assert!(!person.sees("New in the scheme"));
    assert!(!person.fresh.path.join("annotations/zoe").exists(), "nothing is written yet");
    let scheme = person.fresh.text("project.ron");
    import(&mut person, "Import 2 annotations");
    person.must_see("What was refused is kept in .ascribe/refused/");
    let folder = person.fresh.path.join(".ascribe/refused");
    let kept = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
    let kept: Value = serde_json::from_str(fs::read_to_string(kept).unwrap().trim()).unwrap();
    assert_eq!((&kept["line"], &kept["content"]), (&json!(2), &json!("no record")));
    assert_eq!(person.fresh.text("project.ron"), scheme, "the scheme has all of them");
    let set = fs::read_dir(person.fresh.path.join("annotations/zoe")).unwrap().next().unwrap().unwrap().path();
    let set = fs::read_to_string(set).unwrap();
    for wanted in ["label: \"quote\"", "label: \"source\"", "kind: \"attributed_to\"", "text: [\"“never”\"]"] {
        assert!(set.contains(wanted), "{wanted}: {set}");
    }
    person.click(Role::Button, "Close");
    assert!(person.sees_a(Role::Button, "Talks, not started"));
    person.press(NONE, Key::N);
    person.press(NONE, Key::Delete);
    assert_eq!(person.deeds(), 1, "the project is open for work again, at the same article");
    assert!(person.saved().contains("amina"));
}

#[test]
fn annotations_of_nobody_get_an_annotator_who_may_be_oneself() {
    let mut person = at_sample();
    open(&mut person, &record("").to_string());
    person.must_see("Say whose annotations these are.");
    person.click(Role::TextInput, "Annotator");
    person.type_text("gold");
    worked_out(&mut person);
    person.must_see("What is adjudicated is made from decisions");
    person.press(CTRL, Key::A);
    person.type_text("amina");
    worked_out(&mut person);
    assert!(person.has_keys(Role::TextInput, "Annotator"), "who types keeps the keyboard");
    import(&mut person, "Import 3 annotations");
    person.must_see("Everything has a place.");
    person.click(Role::Button, "Close");
    let row = "Talks, in progress · 3 tags";
    assert!(person.sees_a(Role::Button, row), "{:#?}", person.all(Role::Button));
    person.click(Role::Button, row);
    assert!(person.app().workspace().unwrap().read_only().is_none());
}

#[test]
fn what_is_there_already_is_known_and_what_the_scheme_lacks_is_refused_if_that_is_asked() {
    let mut person = at_sample();
    open(&mut person, &record("zoe").to_string());
    import(&mut person, "Import 3 annotations");
    person.click(Role::Button, "Close");
    open(&mut person, &record("zoe").to_string());
    person.must_see("annotations: 0 new, 3 known, 0 not taken");
    person.must_see("There is nothing new in it.");
    person.press(NONE, Key::Escape);
    let other = record("zoe").to_string().replace("\"Cue\"", "\"Verb\"");
    open(&mut person, &other);
    person.must_see("annotations: 1 new, 2 known, 0 not taken");
    person.click(Role::CheckBox, "Add new labels, values and relation types to the scheme");
    worked_out(&mut person);
    person.must_see("annotations: 0 new, 2 known, 1 not taken");
    person.must_see("the scheme does not have its label");
}

#[test]
fn file_of_no_known_format_is_told_and_may_be_read_as_another() {
    let mut person = at_sample();
    open(&mut person, "nothing that anybody labelled\n");
    person.must_see("is of no format that can be told for certain. Choose one under “Read as”.");
    choose(&mut person, "Read as", "jsonl");
    person.must_see("documents: 0 new, 0 known, 1 not taken");
    person.press(NONE, Key::Escape);
    assert!(!person.sees("Import labelled data"));
}

#[test]
fn import_is_stopped_and_the_project_stays_whole() {
    let mut person = at_sample();
    let many = (0..3000).map(|number| {
        let mut record = record("zoe");
        record["id"] = json!(format!("talks-{number}"));
        record["text"] = json!(format!("{TEXT}\n\nNumber {number}."));
        format!("{record}\n")
    });
    let many: String = many.collect();
    open(&mut person, &many);
    person.must_see("documents: 3,000 new");
    person.click_soon(Role::Button, "Import 9,000 annotations");
    person.click_soon(Role::Button, "Stop");
    person.wait("it has stopped", |person| person.told().starts_with("Stopped") && person.app().workspace().is_some());
    let documents = person.workspace().session.project().documents.len();
    assert!(documents < 3000, "{documents}");
    assert!(!person.workspace().session.project().has_errors());
    assert_eq!(person.workspace().current.as_ref().unwrap().as_str(), BRIDGE);
    assert!(person.fresh.path.join(set_of("amina")).is_file());
}

#[test]
fn all_of_it_fits_into_a_small_window_and_is_reached_by_the_keyboard() {
    let mut person = Person::at(Fresh::sample(), Opening { size: [640.0, 400.0], scale: 2.0, ..Opening::default() });
    open(&mut person, &format!("{}\nno record\n", record("zoe")));
    assert!(person.place_of(Role::Button, "Import 3 annotations").bottom() < 400.0);
    let mut reached = Vec::new();
    for _ in 0..20 {
        person.press(NONE, Key::Tab);
        let all = [Role::ComboBox, Role::CheckBox, Role::RadioButton, Role::Button, Role::Group];
        let focused = all.iter().flat_map(|role| {
            person.all(*role).into_iter().filter(|name| person.has_keys(*role, name)).collect::<Vec<_>>()
        });
        reached.extend(focused);
    }
    let wanted = ["Read as", "As the files say: zoe", "The label Cue becomes", "What is not taken, and why", "Cancel"];
    for name in wanted {
        assert!(reached.iter().any(|other| other == name), "{name} is not among {reached:#?}");
    }
}
