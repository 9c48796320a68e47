//! Finding: the ways to look, the list of all hits in context, and tagging many of them at once.

use ascribe::command::{Choice, Command, Finding};
use ascribe_tests::{Fresh, set_of};
use egui::{Key, Role, pos2};

use super::person::{ALT, CTRL, NONE, Opening, Person, SHIFT};

/// A person who has just typed these words into the field.
fn looking_for(annotator: &'static str, words: &str) -> Person {
    let mut person = Person::at_sample(annotator);
    person.press(CTRL, Key::F);
    person.type_text(words);
    person
}

/// The hits as they are listed, with what is said of their tags.
fn listed(person: &Person) -> Vec<String> {
    person.all(Role::CheckBox).into_iter().filter(|name| name.contains('[')).collect()
}

/// The hits that are ticked, by the words right after them.
fn chosen(person: &Person) -> usize {
    person.workspace().reading().unwrap().find.as_ref().unwrap().chosen.len()
}

#[test]
fn each_way_to_look_has_a_name_and_a_key() {
    let mut person = looking_for("cleo", "the");
    person.must_see("1 of 75");
    for (way, key, count) in [
        ("Whole words only", Key::W, "1 of 63"),
        ("Match upper and lower case", Key::C, "1 of 48"),
        ("Regular expression", Key::R, "1 of 48"),
    ] {
        person.press(ALT, key);
        person.must_see(count);
        assert!(person.sees_a(Role::CheckBox, way));
    }
    person.click(Role::CheckBox, "Regular expression");
    person.click(Role::CheckBox, "Whole words only");
    person.click(Role::CheckBox, "Match upper and lower case");
    person.must_see("1 of 75");
}

#[test]
fn wrong_pattern_is_told_at_once_and_mended_while_typing() {
    let mut person = looking_for("cleo", "min(ister");
    person.must_see("not in this article");
    person.press(ALT, Key::R);
    person.must_see("This is not a regular expression: unclosed group.");
    assert!(!person.sees("not in this article"));
    person.type_text("|istry)");
    assert!(!person.sees("This is not a regular expression"));
    person.must_see("1 of ");
}

#[test]
fn all_hits_are_listed_with_their_context_and_tags() {
    let mut person = looking_for("amina", "bram ketteling");
    person.press(CTRL.plus(SHIFT), Key::F);
    let hits = listed(&person);
    assert_eq!(hits.len(), 1, "{hits:#?}");
    assert!(hits[0].contains("[Bram Ketteling], who leads the opposition") && hits[0].ends_with(", inside a source"));
    assert!(person.has_keys(Role::CheckBox, &hits[0]), "the list has the keyboard, and says in which row");
    person.press(CTRL, Key::F);
    person.press(CTRL, Key::A);
    person.type_text("a month before she signed");
    assert!(listed(&person)[0].ends_with(", tagged as claim, inside a quote"), "{:#?}", listed(&person));
    person.click(Role::Button, "List all hits");
    assert!(listed(&person).is_empty());
}

#[test]
fn list_is_walked_ticked_and_left_by_keyboard() {
    let mut person = looking_for("cleo", "keeper");
    person.press(NONE, Key::ArrowDown);
    let all = listed(&person).len();
    assert!(all > 3 && person.has_keys(Role::CheckBox, &listed(&person)[0]));
    assert!(person.sees_a(Role::ListBox, &format!("Hits: {all}, 0 chosen")));
    let first = person.workspace().reading().unwrap().selection();
    person.press(NONE, Key::ArrowDown);
    person.must_see("2 of ");
    assert!(person.workspace().reading().unwrap().selection() != first, "the text follows");
    assert!(person.has_keys(Role::CheckBox, &listed(&person)[1]));
    person.press(NONE, Key::Space);
    person.press(NONE, Key::End);
    person.press(NONE, Key::Space);
    assert_eq!(chosen(&person), 2);
    person.press(NONE, Key::Space);
    person.press(NONE, Key::Home);
    person.must_see("1 of ");
    assert_eq!(chosen(&person), 1);
    person.press(CTRL, Key::A);
    assert_eq!(chosen(&person), all);
    person.press(CTRL.plus(SHIFT), Key::A);
    assert_eq!(chosen(&person), 0);
    assert!(person.tags().is_empty(), "no key has tagged anything");
    person.press(NONE, Key::Enter);
    assert!(!person.has_keys(Role::CheckBox, &listed(&person)[0]));
    person.press(NONE, Key::Q);
    assert_eq!(person.tags(), ["quote: keeper"], "back in the text, where a label's key tags the hit");
}

#[test]
fn chosen_hits_are_tagged_as_one_deed() {
    let mut person = looking_for("cleo", "keeper");
    person.press(ALT, Key::W);
    person.press(NONE, Key::ArrowDown);
    let all = listed(&person).len();
    person.press(NONE, Key::Space);
    person.press(NONE, Key::S);
    assert_eq!(person.told(), "Done: Tag 1 as source");
    assert_eq!((person.tags().len(), chosen(&person)), (1, 0));
    person.press(NONE, Key::U);
    assert_eq!(chosen(&person), all - 1, "the tagged one is not chosen");
    person.press(CTRL, Key::A);
    person.press(NONE, Key::S);
    assert_eq!(person.told(), format!("Done: Tag {} as source, 1 was already", all - 1));
    assert_eq!((person.tags().len(), person.deeds()), (all, 2));
    assert!(listed(&person).iter().all(|hit| hit.contains(", tagged as source")), "{:#?}", listed(&person));
    person.press(CTRL, Key::A);
    person.press(NONE, Key::S);
    assert_eq!(person.told(), "Nothing was changed: all of it is tagged as source already.");
    person.press(CTRL, Key::Z);
    assert_eq!(person.tags().len(), 1);
}

#[test]
fn chosen_hits_are_tagged_by_mouse() {
    let mut person = looking_for("cleo", "keeper");
    person.click(Role::Button, "List all hits");
    let rows = listed(&person);
    let (first, second) = (person.place_of(Role::CheckBox, &rows[0]), person.place_of(Role::CheckBox, &rows[1]));
    person.click_at(pos2(first.left() + 12.0, first.center().y), NONE);
    assert_eq!(chosen(&person), 1, "a click on the box ticks it");
    person.click_at(second.center(), NONE);
    assert_eq!(chosen(&person), 1, "a click on the words goes there");
    person.must_see("2 of ");
    person.click(Role::Button, "Tag 1 hit as quote");
    assert_eq!(person.tags(), ["quote: keeper"]);
    person.click(Role::CheckBox, "Choose all hits");
    assert_eq!(chosen(&person), rows.len());
    person.click(Role::Button, "Choose the untagged hits");
    assert_eq!(chosen(&person), rows.len() - 1);
}

#[test]
fn same_words_elsewhere_are_previewed_and_tagged_alike() {
    let mut person = Person::at_sample("cleo");
    person.find("Orrell");
    person.press(NONE, Key::S);
    person.click(Role::RadioButton, "Naming named");
    assert!(person.can(&Command::Finding(Finding::SameWords)));
    person.press(CTRL, Key::D);
    let others = chosen(&person);
    assert!(others > 0 && listed(&person).len() == others + 1, "all but the tag itself: {:#?}", listed(&person));
    let hits = if others == 1 { "1 hit".to_owned() } else { format!("{others} hits") };
    assert!(person.sees_a(Role::Button, &format!("Tag {hits} as source, like the focused tag")));
    assert_eq!(person.tags().len(), 1, "so far it is a preview");
    person.press(CTRL, Key::D);
    assert_eq!(person.tags(), vec!["source: Orrell".to_owned(); others + 1]);
    let set = person.set().unwrap();
    assert!(set.annotations().all(|tag| tag.attributes.get("naming").map(String::as_str) == Some("named")));
    assert_eq!(person.focused().as_deref(), Some("source: Orrell"));
    person.press(CTRL, Key::D);
    person.must_see("There is no other place with these words that is not tagged so.");
    person.press(CTRL, Key::Z);
    assert_eq!(person.tags().len(), 1, "all of it is one deed");
}

#[test]
fn same_words_can_be_looked_for_in_another_way_but_not_others() {
    let mut person = Person::at_sample("cleo");
    person.find("The minister said");
    person.press(SHIFT, Key::ArrowLeft);
    person.press(NONE, Key::S);
    let tag = person.focused().unwrap();
    person.press(CTRL, Key::D);
    assert_eq!(chosen(&person), 0, "{tag} stands there once");
    person.press(ALT, Key::C);
    person.click(Role::CheckBox, "Whole words only");
    person.press(CTRL, Key::F);
    person.press(CTRL, Key::A);
    person.type_text("keeper");
    assert!(!person.names().iter().any(|name| name.ends_with("like the focused tag")), "other words, other tags");
    assert!(person.sees_a(Role::Button, "Tag 0 hits as source"));
}

#[test]
fn same_words_need_a_tag_in_one_piece() {
    let mut person = Person::at_sample("cleo");
    person.press(CTRL, Key::D);
    assert!(person.told().starts_with("Choose a tag first"), "{}", person.told());
    person.find("the minister read the letter in May");
    person.press(NONE, Key::Q);
    person.find("until the ink was dry");
    person.press(NONE, Key::F);
    person.press(CTRL, Key::D);
    assert!(person.told().contains("several fragments"), "{}", person.told());
}

#[test]
fn others_tags_cannot_be_added_to() {
    let fresh = Fresh::sample();
    fresh.write(&set_of("cleo"), "AnnotationSet(");
    let mut person = Person::at(fresh, Opening { annotator: Some("cleo"), ..Opening::default() });
    person.press(CTRL, Key::F);
    person.type_text("keeper");
    person.press(NONE, Key::ArrowDown);
    person.press(CTRL, Key::A);
    person.press(NONE, Key::S);
    assert!(person.told().starts_with("Nothing was changed"), "{}", person.told());
    assert!(chosen(&person) > 0, "and what was chosen stays chosen");
    assert!(person.can(&Command::Finding(Finding::ChooseAll(Choice::All))));
    assert!(!person.can(&Command::Finding(Finding::TagChosen(0))));
}

#[test]
fn long_text_is_searched_on_a_thread_and_only_the_newest_words_count() {
    let text = format!("A long article\n\n{}", "The harbour waits for the minister in fog. ".repeat(12_000));
    let (fresh, _) = Fresh::of(&[&text]);
    let mut person = Person::at(fresh, Opening::default());
    person.press(CTRL, Key::F);
    person.type_text("minister");
    person.type_text("s");
    person.wait("the search has ended", |person| person.sees("not in this article"));
    person.press(NONE, Key::Backspace);
    person.wait("the search has ended", |person| person.sees("1 of more than 10,000"));
    person.press(NONE, Key::ArrowDown);
    person.press(NONE, Key::End);
    person.must_see("10,000 of more than 10,000");
    assert!(listed(&person).len() < 40, "only what is seen is laid out");
}

#[test]
fn arabic_hits_are_listed_from_right_to_left() {
    let (fresh, _) = Fresh::of(&["عنوان\n\nقال الوزير إن الجسر لا ينام، ثم قال الوزير شيئا آخر في المدينة.\n"]);
    let mut person = Person::at(fresh, Opening::default());
    person.press(CTRL, Key::F);
    person.type_text("الوزير");
    person.press(NONE, Key::ArrowDown);
    let rows = listed(&person);
    assert!(rows.len() == 2 && rows[0].contains("قال [الوزير] إن الجسر"), "{rows:#?}");
}

#[test]
fn same_words_are_those_of_the_tag_in_focus_now() {
    let mut person = Person::at_sample("cleo");
    for (words, key) in [("Orrell", Key::S), ("keeper", Key::C)] {
        person.find(words);
        person.press(NONE, key);
    }
    person.press(CTRL, Key::D);
    assert!(chosen(&person) > 0);
    person.press(NONE, Key::Escape);
    person.press(CTRL, Key::D);
    let place = person.character(person.span("Orrell").start.plus(2));
    person.click_at(place, NONE);
    assert_eq!(person.focused().as_deref(), Some("source: Orrell"));
    person.press(CTRL, Key::D);
    assert_eq!(person.tags().len(), 2, "its words are listed first");
    assert_eq!(person.workspace().reading().unwrap().find.as_ref().unwrap().query.words, "Orrell");
}

#[test]
fn list_that_was_empty_takes_the_keyboard_from_nobody() {
    let mut person = Person::at_sample("cleo");
    person.click_at(person.character(person.span("Heron has").start), NONE);
    for _ in 0..3 {
        person.press(ALT.plus(SHIFT), Key::ArrowRight);
    }
    assert_eq!(person.selected().map(|words| words.chars().count()), Some(3), "a part of a word");
    person.press(NONE, Key::S);
    person.press(CTRL, Key::D);
    assert!(listed(&person).is_empty(), "a part of a word stands nowhere as a word");
    person.press(CTRL, Key::F);
    person.press(CTRL, Key::A);
    person.type_text("He");
    person.type_text("r");
    person.type_text("on");
    assert_eq!(person.written("Find words in the article"), "Heron");
    assert_eq!(person.tags().len(), 1, "typing tags nothing");
}

#[test]
fn space_that_was_looked_for_is_not_tagged() {
    let mut person = looking_for("cleo", "minister ");
    person.press(CTRL.plus(SHIFT), Key::F);
    person.press(CTRL, Key::A);
    person.press(NONE, Key::S);
    assert!(person.tags().len() > 1);
    assert!(person.tags().iter().all(|tag| tag.ends_with("inister")), "{:?}", person.tags());
}
