//! The export of a dataset: all is said before anything is written, and what is written is what the window shows.

use std::{fs, path::PathBuf, sync::Arc};

use ascribe::exporting::{ExportChoice, Material, Order};
use ascribe_engine::dataset::{self, Destination, Format};
use ascribe_tests::{BRIDGE, Fresh, name};
use egui::{Key, Modifiers, Role};
use serde_json::Value;

use super::person::{CTRL, NONE, Opening, Person};

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..CTRL };

/// Opens the sheet and waits until all is counted.
fn open(person: &mut Person) {
    person.press(CTRL_SHIFT, Key::E);
    counted(person);
}

fn counted(person: &mut Person) {
    person.wait("all is counted", |person| person.sees("What would be written"));
}

fn choose(person: &mut Person, question: &str, answer: &str) {
    person.click(Role::ComboBox, question);
    person.click(Role::Button, answer);
    counted(person);
}

fn tick(person: &mut Person, name: &str) {
    person.click(Role::CheckBox, name);
    counted(person);
}

/// A path beside the project.
fn outside(person: &Person, name: &str) -> PathBuf {
    person.fresh.outside.path().join(name)
}

/// Exports to a path by the keyboard, and waits until that is done.
fn export_to(person: &mut Person, name: &str) -> PathBuf {
    let path = outside(person, name);
    person.click(Role::Button, "Export…");
    person.type_text(&path.display().to_string());
    person.press(NONE, Key::Enter);
    person.wait("it is written", |person| person.told().contains("written to"));
    path
}

fn records(path: &std::path::Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn counts_reasons_and_the_first_record_are_seen_before_anything_is_written() {
    let mut person = Person::at_sample("amina");
    open(&mut person);
    person.must_see("documents: 2 written, 0 changed, 1 left out");
    person.must_see("1 document left out: none of the chosen annotators has begun it");
    assert!(person.sees_a(Role::Document, "The first record as it would be written"));
    let shown = person.all(Role::Paragraph).join("");
    assert!(shown.contains(&format!("{{\"id\":\"{BRIDGE}\"")), "{shown}");
    choose(&mut person, "Annotations by", "me (amina)");
    person.must_see("documents: 1 written, 0 changed, 1 left out");
    person.must_see("annotations: 47 written, 0 changed, 2 left out");
    let before = fs::read_dir(person.fresh.outside.path()).unwrap().count();
    let path = export_to(&mut person, "out.jsonl");
    assert_eq!(fs::read_dir(person.fresh.outside.path()).unwrap().count(), before + 1);
    assert!(person.told().starts_with("1 document and 47 annotations written to "), "{}", person.told());
    assert!(person.told().contains("; left out: 1 document, 2 annotations and 2 fragments"), "{}", person.told());
    let records = records(&path);
    assert_eq!((records.len(), records[0]["annotations"].as_array().unwrap().len()), (1, 47));
    assert_eq!(records[0]["annotator"], "amina");
}

#[test]
fn what_is_exported_is_what_the_window_shows() {
    let mut person = Person::at_sample("amina");
    person.press(NONE, Key::N);
    person.press(NONE, Key::Delete);
    open(&mut person);
    choose(&mut person, "Annotations by", "me (amina)");
    person.must_see("annotations: 46 written, 0 changed, 2 left out");
    let path = export_to(&mut person, "out.jsonl");
    assert_eq!(records(&path)[0]["annotations"].as_array().unwrap().len(), 46);
}

#[test]
fn chosen_annotators_labels_and_documents() {
    let mut person = Person::at_sample("amina");
    open(&mut person);
    choose(&mut person, "Annotations by", "chosen annotators");
    person.must_see("Choose at least one annotator.");
    tick(&mut person, "bo");
    person.must_see("documents: 1 written");
    tick(&mut person, "All labels");
    for label in ["claim", "quote", "denial", "paratext"] {
        tick(&mut person, label);
    }
    tick(&mut person, "Only the one that is shown");
    let path = export_to(&mut person, "out.jsonl");
    let records = records(&path);
    assert_eq!((records.len(), &records[0]["annotator"]), (1, &Value::from("bo")));
    let labels = records[0]["annotations"].as_array().unwrap().iter().map(|annotation| annotation["label"].clone());
    assert!(labels.clone().count() > 0 && labels.clone().all(|label| label == "source"));
    open(&mut person);
    choose(&mut person, "Annotations by", "the adjudication (gold)");
    person.must_see("documents: 1 written");
}

#[test]
fn last_choice_is_remembered_and_names_that_a_project_lacks_are_let_go() {
    let mut person = Person::at(Fresh::sample(), Opening { settings: true, ..Opening::default() });
    open(&mut person);
    choose(&mut person, "Annotations by", "me (amina)");
    tick(&mut person, "Only finished ones");
    tick(&mut person, "Divide into train, dev and test");
    person.click(Role::TextInput, "Parts and their shares");
    person.press(CTRL, Key::A);
    person.type_text("train=1,test");
    counted(&mut person);
    person.must_see("The parts are to be written like train=80,dev=10,test=10");
    person.type_text("=1");
    counted(&mut person);
    person.must_see("Documents in train");
    let folder = export_to(&mut person, "set");
    assert!(folder.join("train.jsonl").is_file() && folder.join("test.jsonl").is_file());
    assert!(folder.join("account.json").is_file());
    open(&mut person);
    assert_eq!(person.written("Parts and their shares"), "train=1,test=1");
    person.must_see("annotations: 47 written, 0 changed, 2 left out");
    let kept = person.fresh.text("../settings/settings.ron");
    assert!(kept.contains("whose: Mine") && kept.contains("finished: true"), "{kept}");
    let mut choice =
        ExportChoice { annotators: vec![name("cy")], labels: Some(vec!["plea".to_owned()]), ..ExportChoice::default() };
    choice.fit(&[name("amina")], &["quote".to_owned()]);
    assert_eq!(choice, ExportChoice::default());
}

#[test]
fn file_that_is_there_is_replaced_only_when_that_is_said_twice() {
    let mut person = Person::at_sample("amina");
    let path = outside(&person, "out.jsonl");
    fs::write(&path, "mine").unwrap();
    open(&mut person);
    person.click(Role::Button, "Export…");
    person.type_text(&path.display().to_string());
    person.press(NONE, Key::Enter);
    person.must_see("is there already. Press Export again to replace it.");
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    person.press(NONE, Key::Enter);
    person.wait("it is written", |person| person.told().contains("written to"));
    assert_eq!(records(&path).len(), 2);
}

#[test]
fn folder_with_other_files_is_refused_in_words() {
    let mut person = Person::at_sample("amina");
    open(&mut person);
    tick(&mut person, "Divide into train, dev and test");
    person.click(Role::Button, "Export…");
    person.must_see("Into which new folder?");
    let project = person.fresh.path.display().to_string();
    person.type_text(&project);
    person.press(NONE, Key::Enter);
    person.wait("it is refused", |person| person.told().contains("holds other files"));
    assert!(person.fresh.path.join("project.ron").is_file());
}

#[test]
fn stopped_export_leaves_nothing_under_the_final_name() {
    let fresh = Fresh::sample();
    let material = Arc::new(Material::new(fresh.path.clone(), name("amina"), Vec::new()));
    let choice = ExportChoice::default();
    let order = Order {
        material,
        wanted: dataset::Order {
            selection: choice.selection(&name("amina"), None).unwrap(),
            format: Format::named("jsonl").unwrap(),
            options: choice.options(),
            split: None,
            stratify: false,
            card: None,
        },
    };
    let path = fresh.outside.path().join("out.jsonl");
    assert!(order.write(&Destination::Path(path.clone()), &|| true, &mut |_| ()).is_err());
    assert_eq!(fs::read_dir(fresh.outside.path()).unwrap().count(), 1, "only the project");
    assert!(order.write(&Destination::Path(path.clone()), &|| false, &mut |_| ()).is_ok());
    assert!(path.is_file());
}

#[test]
fn all_of_it_fits_into_a_small_window_and_is_reached_by_the_keyboard() {
    let mut person = Person::at(Fresh::sample(), Opening { size: [640.0, 400.0], scale: 2.0, ..Opening::default() });
    open(&mut person);
    assert!(person.place_of(Role::Button, "Export…").bottom() < 400.0);
    let mut reached = Vec::new();
    for _ in 0..20 {
        person.press(NONE, Key::Tab);
        let all = [Role::ComboBox, Role::CheckBox, Role::Button, Role::Group, Role::Document];
        let focused = all.iter().flat_map(|role| {
            person.all(*role).into_iter().filter(|name| person.has_keys(*role, name)).collect::<Vec<_>>()
        });
        reached.extend(focused);
    }
    let wanted = ["Format", "Annotations by", "All labels", "What is changed or left out"];
    let wanted = wanted.into_iter().chain(["The first record as it would be written", "Cancel", "Export…"]);
    for name in wanted {
        assert!(reached.iter().any(|other| other == name), "{name} is not among {reached:#?}");
    }
    person.press(NONE, Key::Escape);
    assert!(!person.sees("Export a dataset"));
}
