//! Notes: what is typed becomes part of the tag, whatever a person does next.

use ascribe_tests::set_of;
use egui::{Key, Role};

use super::person::{CTRL, NONE, Person};

/// Amina, who is typing a note on a tag.
fn typing() -> Person {
    let mut person = Person::at_sample("amina");
    person.click(Role::Mark, "source: The minister");
    person.click(Role::TextInput, "Note");
    person.type_text("ask her");
    assert_eq!((person.written("Note").as_str(), person.deeds()), ("ask her", 0));
    person
}

fn note_is_there(person: &Person) -> bool {
    person.set().unwrap().annotations().any(|tag| tag.quote() == "The minister" && tag.note == "ask her")
}

#[test]
fn note_is_one_edit_once_the_field_is_left() {
    let mut person = Person::at_sample("amina");
    person.click(Role::Mark, "source: The minister");
    let before = person.deeds();
    person.press(NONE, Key::M);
    assert_eq!(person.written("Note"), "", "the key that goes there is not typed there");
    for letter in ["a", "s", "k", " ", "h", "e", "r"] {
        person.type_text(letter);
    }
    assert_eq!((person.written("Note"), person.deeds()), ("ask her".to_owned(), before));
    person.press(NONE, Key::Escape);
    assert_eq!(person.deeds(), before + 1);
    assert_eq!(person.workspace().focused().unwrap().note, "ask her");
    assert!(person.saved().contains("note: \"ask her\""));
    person.press(CTRL, Key::Z);
    assert!(!note_is_there(&person));
}

#[test]
fn note_is_kept_when_another_tag_is_clicked_meanwhile() {
    let mut person = typing();
    person.click(Role::Mark, "source: she");
    assert!(note_is_there(&person));
    assert_eq!(person.focused().as_deref(), Some("source: she"), "the tag that was clicked stays in focus");
    assert_eq!(person.written("Note"), "");
}

#[test]
fn note_is_kept_when_another_document_is_clicked_meanwhile() {
    let mut person = typing();
    person.click(Role::Button, "Fog, a brass band and one button: how the Heron opened on Friday, not started");
    assert!(person.sees_a(Role::Document, "Article: Fog, a brass band and one button: how the Heron opened on Friday"));
    assert!(note_is_there(&person), "{}", person.told());
}

#[test]
fn note_is_kept_when_the_keyboard_goes_to_another_document() {
    let mut person = typing();
    person.press(CTRL, Key::PageUp);
    assert!(person.sees_a(Role::Document, "Article: Fog, a brass band and one button: how the Heron opened on Friday"));
    assert!(note_is_there(&person), "{}", person.told());
}

#[test]
fn note_is_kept_when_others_tags_are_looked_at_meanwhile() {
    let mut person = typing();
    person.click(Role::ComboBox, "Whose tags are shown");
    person.click(Role::Button, "bo");
    person.must_see("You are reading bo's tags.");
    assert!(note_is_there(&person), "{}", person.told());
}

#[test]
fn note_is_kept_when_the_tag_is_let_go() {
    let mut person = typing();
    person.click(Role::Button, "All tags");
    assert!(note_is_there(&person), "{}", person.told());
}

#[test]
fn note_is_kept_when_the_window_is_closed() {
    let fresh = typing().leave();
    assert!(fresh.text(&set_of("amina")).contains("note: \"ask her\""));
}

#[test]
fn note_is_kept_when_the_tag_is_relabelled_or_given_a_value() {
    let mut person = typing();
    person.click(Role::RadioButton, "Kind organisation");
    assert!(note_is_there(&person), "{}", person.told());
    assert_eq!(person.workspace().focused().unwrap().attributes["kind"], "organisation");
}

#[test]
fn note_is_saved_when_the_typing_rests_although_its_field_is_not_left() {
    let mut person = typing();
    person.wait("the note is part of the tag", note_is_there);
    assert!(person.saved().contains("note: \"ask her\""));
    person.type_text("!");
    assert_eq!(person.written("Note"), "ask her!", "and the typing goes on");
}
