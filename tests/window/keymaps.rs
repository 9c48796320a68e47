//! A person's own keys.

use egui::{Key, Role};

use super::person::{CTRL, NONE, Opening, Person};

/// Amina, with own keys.
fn with(keymap: &'static str) -> Person {
    Person::at(ascribe_tests::Fresh::sample(), Opening { keymap: Some(keymap), ..Opening::default() })
}

#[test]
fn own_keys_work_and_hints_tell_them() {
    let mut person = with(r#"{"Next tag": ["V", "Ctrl+J"], "Keys": ["F12"], "Tie the focused tag to…": ["Y"]}"#);
    assert!(person.sees_a(Role::Button, "Keys (F12)"));
    person.press(NONE, Key::T);
    assert_eq!(person.told(), "", "the usual key means nothing any more");
    person.press(NONE, Key::Y);
    assert_eq!(person.told(), "Choose a tag first: click it, or press V for the next one.");
    person.press(NONE, Key::V);
    let first = person.focused();
    person.press(CTRL, Key::J);
    assert!(first.is_some() && person.focused() != first);
    person.press(NONE, Key::Y);
    assert!(person.told().ends_with("(V or Shift+N or a click) and press Y again."), "{}", person.told());
    person.press(NONE, Key::F12);
    person.must_see("V or Ctrl+J");
}

#[test]
fn keys_that_clash_or_cannot_be_read_are_told_at_the_start_and_in_the_sheet() {
    let mut person = with(r#"{"Next tag": ["Ctrl+Z"], "Copy everything": ["V"]}"#);
    assert!(person.told().starts_with("“Copy everything” in keymap.ron is no command"), "{}", person.told());
    assert!(person.told().ends_with("And 1 more: see Keys (F1)."), "{}", person.told());
    person.press(NONE, Key::F1);
    person.must_see("Ctrl+Z means “Next tag”, so it cannot mean “Undo”: give one of them another key");
}

#[test]
fn broken_file_leaves_all_keys_as_usual() {
    let mut person = with("{ this is no keymap");
    assert!(person.told().contains("keymap.ron cannot be read, so all keys are as usual"), "{}", person.told());
    person.press(NONE, Key::N);
    assert!(person.focused().is_some());
}

#[test]
fn file_for_own_keys_is_made_changed_and_read_again() {
    let mut person = Person::at(ascribe_tests::Fresh::sample(), Opening { settings: true, ..Opening::default() });
    person.press(NONE, Key::F1);
    person.click(Role::Button, "Edit keys…");
    person.must_see("Change your keys in this file");
    let path = "../settings/keymap.ron";
    assert!(person.fresh.text(path).contains("    // \"Next tag\": [\"N\"],\n"));
    person.fresh.replace(path, "    // \"Next tag\": [\"N\"]", "    \"Next tag\": [\"V\"]");
    person.click(Role::Button, "Read the keys again");
    assert_eq!(person.told(), "Your keys have been read.");
    person.press(NONE, Key::V);
    assert!(person.focused().is_some());
}

#[test]
fn sheet_of_keys_is_read_without_a_mouse_in_a_small_window() {
    let mut person = Person::at(ascribe_tests::Fresh::sample(), Opening { size: [900.0, 600.0], ..Opening::default() });
    person.press(NONE, Key::F1);
    let top = |person: &Person| person.place_of(Role::Label, "Tag as claim").top();
    let first = top(&person);
    person.press(NONE, Key::PageDown);
    assert!(top(&person) < first - 200.0, "from {first} to {}", top(&person));
    person.press(NONE, Key::Home);
    assert_eq!(top(&person), first);
}
