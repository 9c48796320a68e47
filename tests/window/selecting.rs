//! Tagging with the pointer: words, undo, what is on disk.

use egui::{Key, Role};

use super::person::{CTRL, NONE, Opening, Person, SHIFT};

const KEEPER: &str = "quote: The town is not losing a keeper";

#[test]
fn dragging_selects_whole_words_and_leaves_the_next_quote_mark() {
    let mut person = Person::at_sample("cleo");
    let (from, to) = (person.span("send the keeper home.").start.plus(2), person.span(" “The town").start);
    person.drag(person.character(from), person.character(to));
    assert_eq!(person.selected().as_deref(), Some("send the keeper home."));
    // From inside a word right behind a quote mark, back to the left edge of another.
    let (from, to) = (person.span("The town").start.plus(1), person.span("keeper,”").start.plus(2));
    person.drag(person.character(from), person.character(to));
    assert_eq!(person.selected().as_deref(), Some("The town is not losing a keeper"));
    person.drag(person.character(to), person.character(from));
    assert_eq!(person.selected().as_deref(), Some("The town is not losing a keeper"), "backwards, too");
}

#[test]
fn tag_is_saved_undone_and_done_again() {
    let mut person = Person::at_sample("cleo");
    let (from, to) = (person.span("The town").start.plus(1), person.span("keeper,”").start.plus(2));
    person.drag(person.character(from), person.character(to));
    person.press(NONE, Key::Q);
    assert_eq!(person.tags(), [KEEPER]);
    assert_eq!(person.focused().as_deref(), Some(KEEPER));
    let file = person.saved();
    assert!(file.contains("label: \"quote\"") && file.contains("The town is not losing a keeper"), "{file}");
    person.must_see("All saved");
    person.press(CTRL, Key::Z);
    assert!(person.tags().is_empty());
    assert!(!person.saved().contains("The town"));
    person.press(CTRL.plus(SHIFT), Key::Z);
    assert_eq!(person.tags(), [KEEPER]);
    assert_eq!(person.saved(), file, "the same tag, with the same id and time");
}

#[test]
fn bar_at_the_selection_tags_it() {
    let mut person = Person::at_sample("cleo");
    let (from, to) = (person.span("The town").start, person.span("keeper,”").start.plus(2));
    person.drag(person.character(from), person.character(to));
    person.click(Role::Button, "Tag as quote");
    assert_eq!(person.tags(), [KEEPER]);
    let she = person.span("she said on the radio").start;
    person.drag(person.character(she), person.character(she.plus(2)));
    person.click(Role::Button, "Tag as source, attributed to");
    assert_eq!(person.ties(), ["The town is not losing a keeper attributed_to she"]);
}

#[test]
fn undo_survives_closing_the_window() {
    let mut person = Person::at_sample("cleo");
    person.find("the tests of January");
    person.press(NONE, Key::C);
    person.saved();
    let mut person = Person::at(person.leave(), Opening { annotator: Some("cleo"), ..Opening::default() });
    assert_eq!(person.tags(), ["claim: the tests of January"]);
    person.press(CTRL, Key::Z);
    assert!(person.tags().is_empty(), "{}", person.told());
}

#[test]
fn double_click_selects_a_word_and_shift_click_more() {
    let mut person = Person::at_sample("cleo");
    let place = person.character(person.span("Heron has").start.plus(2));
    person.double_click(place);
    assert_eq!(person.selected().as_deref(), Some("Heron"));
    let place = person.character(person.span("one leg in").start.plus(5));
    person.click_at(place, SHIFT);
    assert_eq!(person.selected().as_deref(), Some("Heron has stood on one leg"));
}

#[test]
fn keys_work_while_a_tooltip_shows() {
    let mut person = Person::at_sample("amina");
    let place = person.place_of(Role::Mark, "source: The minister").center();
    person.click_at(place, NONE);
    person.hover(person.character(person.span("would be answered").start));
    person.must_see("→ attributed to: The minister");
    person.press(NONE, Key::D);
    assert_eq!(person.focused().as_deref(), Some("denial: The minister"));
}

#[test]
fn selection_can_be_taken_exactly_as_it_was_drawn() {
    let mut person = Person::at_sample("cleo");
    person.click_at(person.character(person.span("Heron has").start.plus(1)), NONE);
    for _ in 0..3 {
        person.press(SHIFT, Key::ArrowRight);
    }
    assert_eq!(person.selected().as_deref(), Some("Heron"), "whole words at first");
    person.press(NONE, Key::E);
    let exact = person.selected().unwrap();
    assert_eq!(exact.chars().count(), 3, "then what was drawn: {exact}");
    person.press(NONE, Key::Q);
    assert_eq!(person.tags(), [format!("quote: {exact}")]);
}
