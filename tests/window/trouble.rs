//! Projects with something wrong in them open, and say what.

use std::fs;

use ascribe_tests::{BRIDGE, Fresh, set_of};
use egui::{Key, Role};

use super::person::{NONE, Opening, Person};

#[test]
fn broken_set_is_listed_among_the_problems() {
    let fresh = Fresh::sample();
    fresh.write(&set_of("bo"), "AnnotationSet(");
    let mut person = Person::at(fresh, Opening::default());
    person.must_see("! 1 error");
    person.press(NONE, Key::F8);
    person.must_see("Problems of this project");
    person.must_see("error: ");
    person.must_see(&set_of("bo"));
    person.press(NONE, Key::Escape);
    assert!(!person.sees("Problems of this project"));
    person.click(Role::Button, "! 1 error");
    person.must_see("Problems of this project");
    // The sheet grows while it is being filled.
    person.wait("all is looked through", |person| !person.sees("Looking through the tags of the whole project…"));
    person.click(Role::Button, "Close");
    assert!(!person.sees("Problems of this project"));
}

#[test]
fn own_set_that_cannot_be_read_is_never_written_over() {
    let fresh = Fresh::sample();
    fresh.write(&set_of("amina"), "AnnotationSet(");
    let mut person = Person::at(fresh, Opening::default());
    person.must_see("Read-only: ");
    person.find("Bram Ketteling");
    person.press(NONE, Key::Q);
    assert!(person.told().starts_with("Nothing was changed"), "{}", person.told());
    person.settle();
    assert_eq!(person.fresh.text(&set_of("amina")), "AnnotationSet(");
}

#[test]
fn missing_text_shows_a_banner() {
    let fresh = Fresh::sample();
    fs::remove_file(fresh.path.join(format!("documents/{BRIDGE}.txt"))).unwrap();
    let person = Person::at(fresh, Opening::default());
    person.must_see("The text of this document cannot be read; its tags are kept. See the problems (F8).");
    let list = person.all(Role::Button);
    assert!(list.iter().any(|name| name.ends_with(", text missing")), "{list:#?}");
}

#[test]
fn second_window_for_the_same_person_is_read_only() {
    let first = Person::at_sample("amina");
    let fresh = Fresh::sample();
    let options = Opening::default();
    let mut second = Person::before(fresh, vec![first.fresh.path.clone()], options);
    second.wait("the project is open", |person| person.app().workspace().is_some());
    second.must_see("Read-only: ");
    assert!(!first.sees("Read-only: "));
}

#[test]
fn file_that_another_program_changed_is_not_written_over() {
    let mut person = Person::at_sample("amina");
    let path = set_of("amina");
    person.fresh.replace(&path, "progress: Finished", "progress: InProgress");
    let theirs = person.fresh.text(&path);
    person.click(Role::Mark, "source: The minister");
    person.press(NONE, Key::D);
    person.wait("it is told", |person| person.sees("another program has changed"));
    assert_eq!(person.fresh.text(&path), theirs);
    person.click(Role::Button, "Keep mine");
    assert!(person.saved().contains("label: \"denial\", spans: [(774, 786)]"));
}

#[test]
fn project_with_unsaved_work_is_not_left_without_a_word() {
    let mut person = Person::at_sample("amina");
    let other = Fresh::sample();
    person.fresh.replace(&set_of("amina"), "progress: Finished", "progress: InProgress");
    person.click(Role::Mark, "source: The minister");
    person.press(NONE, Key::D);
    let place = |person: &Person| person.workspace().session.project().place.path().clone();
    let here = place(&person);
    person.drop_file(other.path.clone());
    person.must_see("Your latest work is not saved");
    assert_eq!(place(&person), here);
    person.drop_file(other.path.clone());
    person.wait("the other project is open, as was asked for twice", |person| place(person) != here);
}

#[test]
fn healthy_project_says_that_nothing_is_wrong() {
    let mut person = Person::at_sample("amina");
    person.press(NONE, Key::F8);
    person.must_see("None.");
}

#[test]
fn empty_project_says_what_to_do() {
    let (fresh, _) = Fresh::of(&[]);
    let person = Person::at(fresh, Opening::default());
    person.must_see("No articles yet. Drop some here, paste one, or");
    assert!(person.sees_a(Role::Button, "Import articles…"));
}
