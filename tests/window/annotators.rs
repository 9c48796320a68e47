//! Other annotators' tags, to read but not to change.

use egui::{Key, Role};

use super::person::{NONE, Person};

fn reading_bo() -> Person {
    let mut person = Person::at_sample("amina");
    person.click(Role::ComboBox, "Whose tags are shown");
    person.click(Role::Button, "bo");
    person
}

#[test]
fn choosing_bo_shows_his_tags() {
    let person = reading_bo();
    person.must_see("You are reading bo's tags.");
    let bo = person.workspace().document().unwrap().sets[&ascribe_tests::name("bo")].set.clone();
    person.must_see(&format!("{} tags, {} ties", bo.annotations.len(), bo.relations.len()));
    assert_eq!(person.workspace().shown_set().unwrap().len(), bo.annotations.len());
}

#[test]
fn nothing_of_bo_can_be_changed() {
    let mut person = reading_bo();
    let before = person.tags().len();
    person.find("The Heron has stood");
    person.press(NONE, Key::Q);
    assert_eq!(person.told(), "Nothing was changed: these are bo's tags; go back to yours to change anything.");
    person.press(NONE, Key::Escape);
    person.press(NONE, Key::N);
    assert!(person.focused().is_some());
    person.press(NONE, Key::Delete);
    assert!(person.told().contains("these are bo's tags"), "{}", person.told());
    assert_eq!((person.tags().len(), person.deeds()), (before, 0));
}

#[test]
fn going_back_shows_ones_own() {
    let mut person = reading_bo();
    person.click(Role::Button, "Back to mine");
    person.must_see("49 tags, 35 ties");
    assert!(!person.sees("You are reading bo's tags."));
}

#[test]
fn newcomer_can_look_at_others_from_the_banner() {
    let mut person = Person::at_sample("cleo");
    person.must_see("Select words with the mouse");
    assert!(!person.sees("See amina's tags"), "before anybody has said that they review it");
    person.must_see("Others’ tags of this article are hidden until you have marked your own as finished");
    person.click(Role::Button, "I review this article");
    person.click(Role::Button, "See amina's tags");
    person.must_see("You are reading amina's tags.");
    person.must_see("49 tags, 35 ties");
}
