//! What the window tells comes and goes without getting in anyone's way.

use egui::{Key, Role};

use super::person::{CTRL, NONE, Person};

const ARTICLE: &str = "Article: In Port Averne, the bridge that stands on one leg waits for its minister";

/// Cleo, who has just been told that her words were tagged.
fn told() -> Person {
    let mut person = Person::at_sample("cleo");
    person.find("Bram Ketteling");
    person.press(NONE, Key::S);
    assert!(!person.told().is_empty());
    person
}

#[test]
fn good_news_go_by_themselves() {
    let mut person = told();
    person.let_news_pass();
    assert_eq!(person.told(), "");
}

#[test]
fn text_keeps_the_keyboard_while_news_come_and_go() {
    let mut person = told();
    assert!(person.has_keys(Role::Document, ARTICLE), "after news came");
    person.let_news_pass();
    assert!(person.has_keys(Role::Document, ARTICLE), "after news went");
    let before = person.workspace().reading().unwrap().pane.caret();
    person.press(NONE, Key::ArrowRight);
    assert_eq!(person.workspace().reading().unwrap().pane.caret(), before.plus(1));
}

#[test]
fn field_keeps_the_keyboard_while_news_go() {
    let mut person = told();
    person.press(CTRL, Key::F);
    person.type_text("the har");
    person.let_news_pass();
    person.type_text("bour");
    assert_eq!(person.written("Find words in the article"), "the harbour");
}

#[test]
fn click_counts_although_news_go_meanwhile() {
    let frames = told().let_news_pass();
    let mut person = told();
    // No longer than a click may last: 0.8 seconds, and a frame is a tenth of one.
    person.held_click(Role::Button, "Mark as finished", frames - 4, 6);
    assert_eq!(person.app().notice().filter(|notice| !notice.text.contains("inished")), None, "the news have gone");
    person.must_see("1 of 2 finished");
}

#[test]
fn errors_stay_until_the_next_deed() {
    let mut person = told();
    person.press(NONE, Key::Escape);
    person.press(NONE, Key::Q);
    assert!(person.told().contains("Select the words first"), "{}", person.told());
    person.let_news_pass();
    person.must_see("Select the words first");
    person.click(Role::Button, "Close");
    assert!(!person.sees("Select the words first"));
}
