//! The ways to every command: menus, the palette, the sheet of keys.

use std::collections::BTreeMap;

use ascribe::command::{Command, Menu, Scope, table};
use ascribe_engine::default_scheme;
use egui::{Key, Role};

use super::person::{CTRL, NONE, Person};

#[test]
fn palette_finds_and_does_a_command() {
    let mut person = Person::at_sample("amina");
    person.press(CTRL, Key::K);
    person.type_text("finished");
    person.press(NONE, Key::Enter);
    person.must_see("0 of 2 finished");
    assert!(!person.sees_a(Role::TextInput, "Find a command"), "the palette is closed");
    person.press(CTRL, Key::Z);
    person.must_see("1 of 2 finished");
}

#[test]
fn palette_is_walked_with_arrows_and_left_with_escape() {
    let mut person = Person::at_sample("amina");
    person.press(CTRL, Key::K);
    person.type_text("no such command");
    person.must_see("No command has these words.");
    person.press(CTRL, Key::A);
    person.type_text("document");
    person.press(NONE, Key::ArrowDown);
    person.press(NONE, Key::Enter);
    assert!(person.sees_a(Role::Document, "Article: Fog, a brass band and one button: how the Heron opened on Friday"));
    person.press(CTRL, Key::K);
    person.press(NONE, Key::Escape);
    assert!(!person.sees_a(Role::TextInput, "Find a command"));
}

#[test]
fn palette_leads_to_the_field_that_a_command_is_about() {
    let mut person = Person::at_sample("amina");
    person.press(CTRL, Key::K);
    person.type_text("find");
    person.press(NONE, Key::Enter);
    person.type_text("sat on a warning");
    assert_eq!(person.written("Find words in the article"), "sat on a warning");
    person.press(NONE, Key::Escape);
    person.press(NONE, Key::N);
    person.press(CTRL, Key::K);
    person.type_text("note");
    person.press(NONE, Key::Enter);
    let before = person.written("Note");
    person.type_text("!");
    assert_eq!(person.written("Note").len(), before.len() + 1);
}

#[test]
fn sheet_of_keys_opens_and_closes() {
    let mut person = Person::at_sample("amina");
    person.press(NONE, Key::F1);
    for text in ["Keys", "Tag as quote", "Ctrl+K", "Mark as finished, or reopen", "Caret and selection"] {
        person.must_see(text);
    }
    person.press(NONE, Key::Escape);
    assert!(!person.sees("Caret and selection"));
    person.press(NONE, Key::F1);
    person.click(Role::Button, "Close");
    assert!(!person.sees("Caret and selection"));
}

#[test]
fn every_menu_shows_its_commands() {
    let mut person = Person::at_sample("amina");
    let entries = table(&default_scheme());
    for menu in Menu::BAR {
        if menu == Menu::Review {
            person.press(CTRL, Key::Num2);
            person.wait("annotators are compared", |person| person.workspace().reviewing.compared().is_some());
        }
        person.click(Role::Button, menu.name());
        let shown = person.all(Role::Button);
        for entry in entries.iter().filter(|entry| entry.menu == menu) {
            assert!(shown.iter().any(|name| name.starts_with(&entry.name)), "{} in {shown:#?}", entry.name);
        }
        person.press(NONE, Key::Escape);
        let first = entries.iter().find(|entry| entry.menu == menu).unwrap();
        assert!(!person.all(Role::Button).contains(&first.name), "Escape closes the menu");
    }
}

#[test]
fn command_in_a_menu_does_what_it_says() {
    let mut person = Person::at_sample("amina");
    person.click(Role::Button, "Tag");
    let shown = person.all(Role::Button);
    let name = shown.iter().find(|name| name.starts_with("Mark as finished, or reopen")).unwrap();
    person.click(Role::Button, name);
    person.must_see("0 of 2 finished");
}

#[test]
fn every_command_has_a_name_and_keys_of_its_own() {
    let mut keys = BTreeMap::new();
    for entry in table(&default_scheme()) {
        assert!(!entry.name.trim().is_empty(), "{entry:?}");
        assert!(entry.menu != Menu::Caret || entry.scope == Scope::Caret, "{}", entry.name);
        for key in &entry.keys {
            let apart = [Scope::Hits, Scope::Suggestion, Scope::Review, Scope::Case]
                .iter()
                .position(|scope| *scope == entry.scope);
            let earlier = keys.insert((apart, format!("{key:?}")), entry.name.clone());
            assert_eq!(earlier, None, "{key:?} is also `{}`", entry.name);
        }
    }
}

#[test]
fn without_a_project_only_what_makes_sense_can_be_chosen() {
    let fresh = ascribe_tests::Fresh::sample();
    let person = Person::before(fresh, Vec::new(), super::person::Opening::default());
    assert!(person.sees_a(Role::Button, "Try the sample project"));
    assert!(person.can(&Command::OpenProject) && !person.can(&Command::Delete) && !person.can(&Command::Finish));
}
