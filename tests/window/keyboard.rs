//! A whole article tagged with the keyboard alone.

use egui::{Key, Role};

use super::person::{ALT, CTRL, NONE, Person, SHIFT};

const READ: &str = "the minister read the letter in May";

/// Cleo, who has just tagged one quote.
fn with_quote() -> Person {
    let mut person = Person::at_sample("cleo");
    person.find(READ);
    assert_eq!(person.selected().as_deref(), Some(READ));
    person.press(NONE, Key::Q);
    assert_eq!(person.tags(), [format!("quote: {READ}")]);
    person
}

#[test]
fn quote_source_denial_and_claim_need_no_mouse() {
    let mut person = with_quote();
    person.find("Bram Ketteling");
    person.press(SHIFT, Key::S);
    assert_eq!(person.ties(), [format!("{READ} attributed_to Bram Ketteling")]);
    assert_eq!(person.focused(), Some(format!("quote: {READ}")), "the quote stays in focus for its next tie");
    person.find("categorically denies having read it before signing");
    person.press(NONE, Key::D);
    person.find("read the letter in May");
    person.press(SHIFT, Key::C);
    let denied = "categorically denies having read it before signing denies read the letter in May".to_owned();
    assert!(person.ties().contains(&denied), "{:?}", person.ties());
    let file = person.saved();
    assert!(file.contains("attributed_to") && file.contains("denies"), "{file}");
}

#[test]
fn finding_goes_round_and_counts_hits() {
    let mut person = Person::at_sample("cleo");
    person.press(CTRL, Key::F);
    person.type_text("keeper");
    let first = person.workspace().reading().unwrap().selection();
    person.must_see("1 of ");
    person.press(NONE, Key::Enter);
    person.must_see("2 of ");
    person.press(SHIFT, Key::Enter);
    person.must_see("1 of ");
    assert_eq!(person.workspace().reading().unwrap().selection(), first);
    person.press(NONE, Key::Escape);
    assert!(!person.sees_a(Role::TextInput, "Find words in the article"));
    assert_eq!(person.selected().as_deref(), Some("keeper"), "what was found stays selected");
    assert!(person.tags().is_empty(), "typing into the field tags nothing");
}

#[test]
fn ends_move_by_a_character() {
    let mut person = with_quote();
    person.press(ALT, Key::ArrowRight);
    assert_eq!(person.tags(), [format!("quote: {READ},")]);
    person.press(ALT, Key::ArrowDown);
    assert_eq!(person.tags(), [format!("quote: {},", &READ[1..])]);
    person.press(ALT, Key::ArrowUp);
    person.press(ALT, Key::ArrowLeft);
    assert_eq!(person.tags(), [format!("quote: {READ}")]);
}

#[test]
fn ends_move_by_words_and_leave_no_space_behind() {
    let mut person = with_quote();
    person.press(ALT.plus(CTRL), Key::ArrowLeft);
    assert_eq!(person.tags(), ["quote: the minister read the letter in"]);
    person.press(ALT.plus(CTRL), Key::ArrowDown);
    assert_eq!(person.tags(), ["quote: minister read the letter in"]);
    person.press(ALT.plus(CTRL), Key::ArrowUp);
    person.press(ALT.plus(CTRL), Key::ArrowRight);
    assert_eq!(person.tags(), [format!("quote: {READ}")]);
}

#[test]
fn label_key_without_a_selection_relabels_and_delete_deletes() {
    let mut person = with_quote();
    person.press(NONE, Key::C);
    assert_eq!(person.tags(), [format!("claim: {READ}")]);
    person.press(NONE, Key::Delete);
    assert!(person.tags().is_empty());
    person.press(CTRL, Key::Z);
    assert_eq!(person.tags(), [format!("claim: {READ}")]);
}

#[test]
fn fragment_is_added_and_taken_away() {
    let mut person = with_quote();
    person.find("until the ink was dry");
    person.press(NONE, Key::F);
    assert_eq!(person.tags(), [format!("quote: {READ} … until the ink was dry")]);
    person.click(Role::Button, "Take this fragment away");
    assert_eq!(person.tags(), ["quote: until the ink was dry"]);
}

#[test]
fn two_tags_are_tied_from_one_to_the_other() {
    let mut person = with_quote();
    person.press(NONE, Key::Escape);
    person.find("Bram Ketteling");
    person.press(NONE, Key::S);
    person.press(NONE, Key::T);
    assert!(person.told().contains("press T again"), "{}", person.told());
    person.press(NONE, Key::N);
    assert_eq!(person.focused(), Some(format!("quote: {READ}")));
    person.press(NONE, Key::T);
    assert_eq!(person.ties(), [format!("{READ} attributed_to Bram Ketteling")], "the right way round by itself");
}

#[test]
fn selection_grows_with_shift_and_arrows() {
    let mut person = Person::at_sample("cleo");
    person.press(NONE, Key::ArrowDown);
    person.press(CTRL.plus(SHIFT), Key::ArrowRight);
    assert_eq!(person.selected().as_deref().map(|words| words.contains(' ')), Some(false), "one word");
    person.press(SHIFT, Key::ArrowRight);
    person.press(SHIFT, Key::ArrowRight);
    assert_eq!(person.selected().as_deref().map(|words| words.contains(' ')), Some(true), "a second word");
    person.press(NONE, Key::Escape);
    assert_eq!(person.selected(), None);
}

#[test]
fn label_key_with_nothing_selected_says_what_to_do() {
    let mut person = Person::at_sample("cleo");
    person.press(NONE, Key::Q);
    assert!(person.tags().is_empty());
    assert!(person.told().contains("Select the words first"), "{}", person.told());
    person.must_see("Select the words first");
}

#[test]
fn tag_in_focus_is_shown_before_it_is_changed_from_afar() {
    let mut person = with_quote();
    person.press(CTRL, Key::End);
    person.press(NONE, Key::C);
    assert_eq!(person.tags(), [format!("quote: {READ}")], "nothing is changed unseen");
    assert!(person.told().contains("out of sight"), "{}", person.told());
    person.press(NONE, Key::Delete);
    assert!(person.tags().is_empty(), "seen again, it can be");
}
