//! The keys that walk through a text and tag it: pieces, what is left to do, the nearest, values, the same again.

use egui::{Key, Role};

use super::person::{CTRL, NONE, Opening, Person, SHIFT};

const READ: &str = "the minister read the letter in May";
const TOWN: &str = "“The town is not losing a keeper,”";
const SLEEP: &str = "“it is gaining a night’s sleep.”";
const ARABIC: &str = "«الجسر لا ينام، فكيف أنام أنا؟»";

impl Person {
    /// Presses keys without modifiers and returns what is selected then.
    fn selects(&mut self, keys: &[Key]) -> String {
        keys.iter().for_each(|&key| self.press(NONE, key));
        self.selected().unwrap_or_default()
    }

    fn attributes(&self) -> Vec<String> {
        let focused = self.workspace().focused().unwrap();
        focused.attributes.iter().map(|(name, value)| format!("{name}: {value}")).collect()
    }
}

/// Cleo, who has tagged a source and a quote of it, and has the quote in focus.
fn with_quote_and_source() -> Person {
    let mut person = Person::at_sample("cleo");
    person.find("Bram Ketteling");
    person.press(NONE, Key::S);
    person.find(READ);
    person.press(NONE, Key::Q);
    person
}

#[test]
fn untagged_quoted_strings_are_walked_and_tagged() {
    let mut person = Person::at_sample("cleo");
    assert_eq!(person.selects(&[Key::U]), TOWN);
    assert_eq!(person.selects(&[Key::U]), SLEEP);
    assert_eq!(person.selects(&[Key::U]), ARABIC, "the caption's marks are no part of the article");
    person.press(SHIFT, Key::U);
    assert_eq!(person.selected().as_deref(), Some(SLEEP));
    person.press(NONE, Key::Q);
    assert_eq!(person.tags(), [format!("quote: {SLEEP}")]);
    person.press(SHIFT, Key::U);
    assert_eq!(person.selected().as_deref(), Some(TOWN), "what is tagged is passed over");
    assert_eq!(person.selects(&[Key::U]), ARABIC);
}

#[test]
fn walking_where_every_string_is_tagged_says_so() {
    let (fresh, _) = ascribe_tests::Fresh::of(&["A title\n\nHe said “yes”."]);
    let mut person = Person::at(fresh, Opening::default());
    assert_eq!(person.selects(&[Key::U]), "“yes”");
    person.press(NONE, Key::Q);
    person.press(NONE, Key::U);
    assert_eq!(person.told(), "No quoted string is left without a tag.");
    person.press(NONE, Key::I);
    assert_eq!(person.told(), "No suggestion is left here.");
}

#[test]
fn sentence_paragraph_and_quoted_strings_are_selected_from_inside() {
    let mut person = Person::at_sample("cleo");
    person.find("four hundred tons");
    let sentence = person.selects(&[Key::A]);
    assert!(sentence.starts_with("It is a swing bridge:") && sentence.ends_with("of a wardrobe."), "{sentence}");
    person.press(SHIFT, Key::A);
    let paragraph = person.selected().unwrap();
    assert!(paragraph.starts_with("The Heron has") && paragraph.ends_with(SLEEP), "{paragraph}");
    person.find("on a warning’");
    assert_eq!(person.selects(&[Key::G]), "‘sat on a warning’");
    assert_eq!(person.selects(&[Key::G]), "“It is false that I ‘sat on a warning’,”", "again for the one around it");
    person.press(NONE, Key::G);
    assert_eq!(person.told(), "There is no quoted string here.");
}

#[test]
fn caret_moves_and_extends_by_sentence_and_quoted_string() {
    let mut person = Person::at_sample("cleo");
    person.find("four hundred tons");
    let caret = |person: &Person| person.workspace().reading().unwrap().pane.caret();
    person.press(NONE, Key::J);
    assert_eq!((person.selected(), caret(&person)), (None, person.span("a wardrobe.").end));
    person.press(SHIFT, Key::K);
    assert!(person.selected().unwrap().starts_with("It is a swing bridge:"));
    person.press(NONE, Key::K);
    assert_eq!((person.selected(), caret(&person)), (None, person.span("The Heron has").start));
    person.press(NONE, Key::L);
    assert_eq!(caret(&person), person.span(TOWN).end);
    person.press(SHIFT, Key::L);
    let both = person.selected().unwrap();
    assert!(both.ends_with(SLEEP), "{both}");
    person.press(NONE, Key::H);
    assert_eq!(caret(&person), person.span(SLEEP).start);
}

#[test]
fn selection_by_words_begins_with_a_word() {
    let mut person = Person::at_sample("cleo");
    person.find("three languages and all weathers");
    person.press(NONE, Key::Escape);
    person.press(CTRL.plus(SHIFT), Key::ArrowRight);
    assert_eq!(person.selected().as_deref(), Some("with"), "not the comma before it");
    person.press(NONE, Key::J);
    person.press(CTRL.plus(SHIFT), Key::ArrowLeft);
    assert_eq!(person.selected().as_deref(), Some("kettle"), "not the full stop after it");
}

#[test]
fn three_clicks_select_a_sentence_and_four_a_paragraph() {
    let mut person = Person::at_sample("cleo");
    let place = person.character(person.span("four hundred").start.plus(2));
    person.clicks(place, 3);
    assert!(person.selected().unwrap().starts_with("It is a swing bridge:"));
    person.let_news_pass();
    person.clicks(place, 4);
    assert!(person.selected().unwrap().starts_with("The Heron has"), "{:?}", person.selected());
}

#[test]
fn nearest_source_is_tied_and_the_next_one_by_pressing_again() {
    let mut person = with_quote_and_source();
    person.find("Ms. Orrell");
    person.press(NONE, Key::S);
    person.press(NONE, Key::P);
    assert_eq!(person.focused(), Some(format!("quote: {READ}")));
    let deeds = person.deeds();
    let tie = |name: &str| format!("{READ} attributed_to {name}");
    person.press(NONE, Key::R);
    assert_eq!(person.ties(), [tie("Bram Ketteling")]);
    assert_eq!(person.told(), "attributed to: Bram Ketteling · R again for the next nearest");
    person.press(NONE, Key::R);
    assert_eq!((person.ties(), person.deeds()), (vec![tie("Ms. Orrell")], deeds + 2), "each press is one deed");
    person.press(NONE, Key::R);
    assert_eq!(person.ties(), [tie("Bram Ketteling")], "and round");
    person.press(CTRL, Key::Z);
    assert_eq!(person.ties(), [tie("Ms. Orrell")]);
    person.press(NONE, Key::R);
    let mut both = person.ties();
    both.sort();
    assert_eq!(both, [tie("Bram Ketteling"), tie("Ms. Orrell")], "after another deed it is a new tie");
    person.press(NONE, Key::R);
    assert_eq!(person.told(), "There is no other one to tie it to.");
}

#[test]
fn tag_that_nothing_fits_says_so() {
    let mut person = Person::at_sample("cleo");
    person.press(NONE, Key::R);
    assert_eq!(person.told(), "Choose a tag first: click it, or press N for the next one.");
    person.find("Bram Ketteling");
    person.press(NONE, Key::S);
    person.press(NONE, Key::R);
    assert_eq!(person.told(), "There is nothing else here that a source can be tied to.");
}

#[test]
fn digits_turn_the_values_of_the_focused_tag() {
    let mut person = with_quote_and_source();
    for name in ["1", "2"] {
        assert!(person.sees_a(Role::Label, name), "the inspector tells the digit {name}");
    }
    for (modifiers, told, attributes) in [
        (NONE, "form: direct", &["form: direct"][..]),
        (NONE, "form: mixed", &["form: mixed"]),
        (SHIFT, "form: direct", &["form: direct"]),
        (SHIFT, "form: none", &[]),
        (SHIFT, "form: indirect", &["form: indirect"]),
        (NONE, "form: none", &[]),
    ] {
        person.press(modifiers, Key::Num1);
        assert_eq!(
            (person.told().as_str(), person.attributes()),
            (told, attributes.iter().map(ToString::to_string).collect())
        );
    }
    // As an English and a French keyboard tell it.
    person.press_on(SHIFT, Key::Quote, Key::Num2);
    assert_eq!(person.told(), "translated: no");
    person.press_on(NONE, Key::Quote, Key::Num2);
    assert_eq!(person.told(), "translated: none");
    person.press(NONE, Key::Num3);
    assert_eq!(person.told(), "A quote has no attribute 3 to choose.");
}

#[test]
fn last_labelling_is_repeated_with_its_values_and_its_tie() {
    let mut person = with_quote_and_source();
    for key in [Key::R, Key::Num1, Key::Num2] {
        person.press(NONE, key);
    }
    person.find("until the ink was dry");
    let deeds = person.deeds();
    person.press(NONE, Key::Period);
    assert_eq!(person.deeds(), deeds + 1);
    assert_eq!(person.focused().as_deref(), Some("quote: until the ink was dry"));
    assert_eq!(person.attributes(), ["form: direct", "translated: yes"]);
    assert!(person.ties().contains(&"until the ink was dry attributed_to Bram Ketteling".to_owned()));
    person.find("weather permitting");
    person.press(NONE, Key::Q);
    person.press(NONE, Key::Period);
    assert_eq!(person.told(), "form: direct · translated: yes");
    assert_eq!(person.attributes(), ["form: direct", "translated: yes"], "a tag in focus gets the values alone");
    assert_eq!(person.ties().len(), 2);
    person.press(NONE, Key::C);
    person.press(NONE, Key::Period);
    assert_eq!(person.told(), "No other claim has been given attributes yet.");
    person.press(NONE, Key::Q);
    person.press_on(SHIFT, Key::Period, Key::Comma);
    assert_eq!(person.attributes(), ["form: direct", "translated: yes"], "where the full stop needs Shift");
}

#[test]
fn nothing_to_repeat_is_said() {
    let mut person = Person::at_sample("cleo");
    person.find("weather permitting");
    person.press(NONE, Key::Period);
    assert_eq!(person.told(), "Nothing has been labelled yet that could be repeated.");
    assert!(person.tags().is_empty());
}

#[test]
fn problems_are_walked_until_none_is_left() {
    let mut person = with_quote_and_source();
    person.press(NONE, Key::Escape);
    person.press(NONE, Key::W);
    assert_eq!(person.told(), "Problem: nothing is attributed to “Bram Ketteling”.");
    person.press(NONE, Key::W);
    assert_eq!(person.told(), format!("Problem: this quote has no source yet: “{READ}”."));
    assert_eq!(person.focused(), Some(format!("quote: {READ}")));
    person.press(NONE, Key::R);
    person.press(NONE, Key::W);
    assert_eq!(person.told(), "No problems here.");
}

#[test]
fn suggestions_are_walked_and_taken_up() {
    let mut person = Person::at_sample("cleo");
    let first = person.selects(&[Key::I]);
    assert!(first.starts_with("The Heron at dawn"), "{first}");
    person.press(NONE, Key::X);
    assert_eq!(person.tags(), [format!("paratext: {first}")]);
    let second = person.selects(&[Key::I]);
    assert!(second.starts_with("Read also Article"), "{second}");
    person.press(SHIFT, Key::X);
    assert_eq!(person.told(), "Done: Keep in the article");
    assert_ne!(person.selects(&[Key::I]), second, "what was rejected is not proposed again");
    person.press(SHIFT, Key::I);
    let last = person.selected().unwrap();
    assert!(last.starts_with("source site"), "round to the last: {last}");
}

#[test]
fn what_is_no_source_is_never_tied_for_want_of_one() {
    let mut person = Person::at_sample("cleo");
    for _ in 0..2 {
        person.press(NONE, Key::U);
        person.press(NONE, Key::Q);
    }
    person.press(NONE, Key::R);
    assert_eq!(person.told(), "There is nothing else here that a quote can be tied to.");
    assert!(person.ties().is_empty(), "two quotes are not the same because no source is tagged");
}

#[test]
fn tie_is_repeated_the_way_round_that_it_was() {
    let mut person = Person::at_sample("cleo");
    for words in ["Bram Ketteling", "the agency Estuary Press"] {
        person.find(words);
        person.press(NONE, Key::S);
    }
    let press = person.workspace().focused().unwrap().id.clone();
    person.press(NONE, Key::P);
    person.press(NONE, Key::T);
    person.press(NONE, Key::N);
    assert_eq!(person.workspace().focused().unwrap().id, press);
    person.press(NONE, Key::T);
    assert_eq!(person.ties(), ["Bram Ketteling relayed_by the agency Estuary Press"]);
    person.find("the weekly The Tide Table");
    person.press(NONE, Key::Period);
    let again = "Bram Ketteling relayed_by the weekly The Tide Table".to_owned();
    assert!(person.ties().contains(&again), "{:?}", person.ties());
}
