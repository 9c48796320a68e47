//! A tag in focus: what is told of it, and changing that.

use ascribe_tests::Fresh;
use egui::{Key, Role};

use super::person::{CTRL, NONE, Opening, Person};

const WARNING: &str = "‘sat on a warning’";

#[test]
fn clicking_a_tag_shows_everything_about_it() {
    let mut person = Person::at_sample("amina");
    person.click(Role::Mark, "source: The minister");
    assert_eq!(person.focused().as_deref(), Some("source: The minister"));
    for name in ["Label source", "Kind person", "Naming described"] {
        assert!(person.sees_a(Role::RadioButton, name), "{name} in {:#?}", person.all(Role::RadioButton));
    }
    assert_eq!(person.written("Entity"), "Tamsin Orrell");
    assert!(person.sees_a(Role::Link, "Go to quote: every ship would be answered in under four minutes"));
    person.must_see("Made by amina 2026-10-15 09:06:51 UTC");
    person.click(Role::Link, "Go to quote: every ship would be answered in under four minutes");
    assert_eq!(person.focused().as_deref(), Some("quote: every ship would be answered in under four minutes"));
    person.click(Role::Button, "All tags");
    person.must_see("49 tags, 35 ties");
}

#[test]
fn clicking_again_focuses_the_tag_around() {
    let mut person = Person::at_sample("amina");
    person.find("‘sat on a");
    person.press(NONE, Key::Escape);
    let place = person.character(person.span(WARNING).start.plus(5));
    let labels =
        ["quote: ‘sat on a warning’", "claim: I ‘sat on a warning’", "denial: It is false that I ‘sat on a warning’"];
    for label in labels {
        person.click_at(place, NONE);
        assert_eq!(person.focused().as_deref(), Some(label));
    }
    person.click_at(place, NONE);
    assert!(person.focused().unwrap().starts_with("quote: “It is false"), "{:?}", person.focused());
    person.click_at(place, NONE);
    assert_eq!(person.focused().as_deref(), Some(labels[0]), "and round again");
}

#[test]
fn value_is_chosen_by_name_and_taken_back() {
    let mut person = Person::at_sample("amina");
    person.click(Role::Mark, "source: The minister");
    let kind = |person: &Person| person.workspace().focused().unwrap().attributes.get("kind").cloned();
    person.click(Role::RadioButton, "Kind organisation");
    assert_eq!(kind(&person).as_deref(), Some("organisation"));
    assert!(person.saved().contains("\"kind\": \"organisation\", \"naming\": \"described\""));
    person.click(Role::RadioButton, "Kind organisation");
    assert_eq!(kind(&person), None, "a second click takes the value away");
    person.press(CTRL, Key::Z);
    person.press(CTRL, Key::Z);
    assert_eq!(kind(&person).as_deref(), Some("person"));
}

#[test]
fn label_is_changed_by_name() {
    let mut person = Person::at_sample("amina");
    person.click(Role::Mark, "source: The minister");
    person.click(Role::RadioButton, "Label claim");
    assert_eq!(person.focused().as_deref(), Some("claim: The minister"));
}

#[test]
fn letters_typed_into_a_field_tag_nothing() {
    let mut person = Person::at_sample("amina");
    person.click(Role::Mark, "source: The minister");
    person.click(Role::TextInput, "Entity");
    for key in [Key::Q, Key::X, Key::Delete, Key::Backspace] {
        person.press(NONE, key);
    }
    assert_eq!(person.tags().len(), 49);
    assert!(person.focused().unwrap().starts_with("source: "));
}

#[test]
fn tie_is_removed_and_made_by_ctrl_click() {
    let mut person = Person::at_sample("amina");
    person.click(Role::Mark, "source: The minister");
    let name = "Remove tie attributed to quote: every ship would be answered in under four minutes";
    person.click(Role::Button, name);
    assert_eq!(person.ties().len(), 34);
    let quote = person.place_of(Role::Mark, "quote: every ship would be answered in under four minutes");
    person.click_at(quote.center(), CTRL);
    assert_eq!(person.ties().len(), 35);
    assert!(
        person
            .ties()
            .contains(&"every ship would be answered in under four minutes attributed_to The minister".to_owned())
    );
}

#[test]
fn tag_is_deleted_by_its_button() {
    let mut person = Person::at_sample("amina");
    person.click(Role::Mark, "source: The minister");
    person.click(Role::Button, "Delete this tag Delete");
    assert_eq!((person.tags().len(), person.ties().len()), (48, 34));
}

#[test]
fn attributes_are_reached_with_the_keyboard() {
    let mut person = Person::at_sample("amina");
    person.click(Role::Mark, "source: The minister");
    person.press(NONE, Key::Enter);
    person.press(NONE, Key::Tab);
    person.press(NONE, Key::Space);
    assert_eq!(person.workspace().focused().unwrap().attributes["kind"], "organisation");
    person.press(NONE, Key::Escape);
    person.press(NONE, Key::C);
    assert_eq!(person.focused().as_deref(), Some("claim: The minister"), "Escape goes back to the text");
}

#[test]
fn state_of_the_quote_marks_is_told() {
    let mut person = Person::at_sample("amina");
    for (tag, state) in [
        ("quote: ‘sat on a warning’", "in order"),
        (
            "quote: “The letter was in the file. Whether anyone opened the file is another matter\"",
            "they do not go together",
        ),
        ("quote: the keepers had made eleven ” serious “ errors in September", "they do not go together"),
        ("quote: every ship would be answered in under four minutes", "none"),
    ] {
        let (_, words) = tag.split_once(": ").unwrap();
        person.find(&words[..words.floor_char_boundary(30)]);
        person.press(NONE, Key::Escape);
        person.click(Role::Mark, tag);
        person.must_see(&format!("Quote marks: {state}"));
    }
}

#[test]
fn quote_whose_closing_mark_is_missing_says_so() {
    let (fresh, _) = Fresh::of(&["Harbour\n\nThe minister said: “The bridge will open in May.\n\nNobody believed it."]);
    let mut person = Person::at(fresh, Opening::default());
    person.press(NONE, Key::U);
    person.press(NONE, Key::Q);
    assert_eq!(person.focused().as_deref(), Some("quote: “The bridge will open in May."));
    person.must_see("Quote marks: the closing one is missing");
}
