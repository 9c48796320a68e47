//! The list of sources: who speaks, sorted and filtered, gone to, merged, split and exported.

use ascribe_engine::{Action, Session};
use ascribe_schema::Span;
use ascribe_tests::{Fresh, Random, TIME};
use egui::{Key, Role};

use super::person::{CTRL, NONE, Opening, Person, SHIFT};

/// The rows as they are told.
fn rows(person: &Person) -> Vec<String> {
    person.all(Role::ListBoxOption)
}

/// At the sample, with the list of sources.
fn at_sources(annotator: &'static str) -> Person {
    let mut person = Person::at_sample(annotator);
    open(&mut person);
    person
}

fn open(person: &mut Person) {
    person.press(CTRL.plus(SHIFT), Key::L);
    person.wait("the sources are read", |person| !person.names().iter().any(|name| name.starts_with("Reading who")));
}

#[test]
fn everybody_who_speaks_is_listed_with_what_they_say() {
    let person = at_sources("amina");
    let rows = rows(&person);
    let orrell = rows.iter().find(|row| row.starts_with("Tamsin Orrell, person · ")).unwrap();
    assert!(orrell.contains(" quotes · ") && orrell.ends_with("1 article"), "{orrell}");
    assert!(person.all(Role::ListBox)[0].starts_with("Sources: 1"), "{:?}", person.all(Role::ListBox));
    assert!(person.sees_a(Role::RadioButton, "List sources: everyone’s"));
}

#[test]
fn rows_are_sorted_by_any_column_both_ways() {
    let mut person = at_sources("amina");
    let first = rows(&person)[0].clone();
    assert!(first.starts_with("Tamsin Orrell"), "the most quoted: {first}");
    person.click(Role::Button, "Sort by name");
    assert!(person.sees_a(Role::Button, "Sort by name, the smallest first"));
    let by_name = rows(&person);
    assert!(by_name.is_sorted_by_key(|row| row.to_lowercase()), "{by_name:#?}");
    person.click(Role::Button, "Sort by name, the smallest first");
    let falling = rows(&person);
    assert!(falling[0].to_lowercase() > falling[1].to_lowercase());
    for column in ["kind", "quotes", "claims", "denials", "denied", "articles"] {
        let name = format!("Sort by {column}");
        person.click(Role::Button, &name);
        assert!(person.all(Role::Button).iter().any(|other| other.starts_with(&format!("{name}, the "))), "{column}");
    }
}

#[test]
fn keyboard_walks_the_list_and_steps_through_mentions() {
    let mut person = at_sources("amina");
    person.press(NONE, Key::ArrowDown);
    person.press(NONE, Key::Enter);
    assert!(person.told().contains(": mention 1 of "), "{}", person.told());
    let first = person.focused().unwrap();
    assert!(first.starts_with("source: "), "{first}");
    person.press(NONE, Key::Enter);
    assert!(person.told().contains(": mention 2 of "), "{}", person.told());
    assert_ne!(person.focused().unwrap(), first);
    person.press(NONE, Key::ArrowDown);
    person.press(NONE, Key::Enter);
    assert!(person.told().contains(": mention 1 of "), "another source: {}", person.told());
}

#[test]
fn filter_shows_only_what_has_the_words() {
    let mut person = at_sources("amina");
    person.click(Role::TextInput, "Filter sources by name or kind");
    person.type_text("orrell");
    assert_eq!(rows(&person).len(), 1);
    person.type_text("x");
    person.must_see("No source has these words.");
}

/// At two articles in which amina has tagged Gantz under two names.
fn at_gantz() -> Person {
    let (fresh, ids) = Fresh::of(&["Gantz said no.", "Benny Gantz said yes. Gantz left."]);
    let mut session: Session = fresh.session("amina");
    let mut random = Random(9);
    for (article, start, end) in [(0, 0, 5), (1, 0, 11)] {
        let spans = vec![Span::new(start, end)];
        let action = Action::TagAll { label: "source".to_owned(), spans, attributes: Default::default() };
        session.act(&ids[article], action, TIME, &mut || random.bits()).unwrap();
    }
    session.flush();
    drop(session);
    let mut person = Person::at(fresh, Opening::default());
    open(&mut person);
    assert_eq!(rows(&person).len(), 2);
    person
}

#[test]
fn two_rows_are_merged_and_undone_at_once() {
    let mut person = at_gantz();
    person.click(Role::CheckBox, "Tick Gantz");
    person.click(Role::CheckBox, "Tick Benny Gantz");
    person.must_see("2 sources · 2 ticked");
    person.click(Role::Button, "Merge…");
    person.must_see("Merge sources");
    person.press(CTRL, Key::A);
    person.type_text("Benny Gantz");
    person.click(Role::Button, "Merge 2 mentions");
    assert_eq!(person.told(), "2 mentions named “Benny Gantz”");
    person.wait("the rows are one", |person| rows(person).len() == 1);
    assert_eq!(rows(&person), ["Benny Gantz, 2 articles"]);
    person.press(CTRL, Key::Z);
    assert!(person.told().starts_with("Undone: Name a source “Benny Gantz” in 2 articles"), "{}", person.told());
    person.wait("the rows are two again", |person| rows(person).len() == 2);
    assert_eq!(person.deeds(), 2, "only the tags are left to undo");
}

#[test]
fn row_is_split_by_giving_some_mentions_another_name() {
    let mut person = at_gantz();
    for name in ["Tick Gantz", "Tick Benny Gantz"] {
        person.click(Role::CheckBox, name);
    }
    person.click(Role::Button, "Merge…");
    person.press(CTRL, Key::A);
    person.type_text("Benny Gantz");
    person.press(NONE, Key::Enter);
    person.wait("the rows are one", |person| rows(person).len() == 1);
    person.click(Role::CheckBox, "Tick Benny Gantz");
    person.click(Role::Button, "Split…");
    person.must_see("Split a source");
    person.type_text("Revital Gantz");
    person.click(Role::CheckBox, "Gantz, in Gantz said no.");
    person.click(Role::Button, "Split 1 mention");
    person.wait("the rows are two", |person| rows(person).len() == 2);
    assert!(rows(&person).contains(&"Revital Gantz, 1 article".to_owned()), "{:?}", rows(&person));
}

#[test]
fn list_follows_edits() {
    let mut person = at_gantz();
    person.press(NONE, Key::ArrowDown);
    person.press(NONE, Key::Enter);
    person.press(NONE, Key::Escape);
    person.press(NONE, Key::Delete);
    person.wait("one row is gone", |person| rows(person).len() == 1);
}

#[test]
fn sources_of_others_are_listed_and_never_changed() {
    let mut person = at_sources("cleo");
    person.click(Role::Button, "I review this article");
    person.must_see("No sources yet: tag who says something as a source.");
    person.click(Role::RadioButton, "List sources: everyone’s");
    person.wait("the others’ sources are there", |person| rows(person).len() > 5);
    person.click(Role::RadioButton, "List sources: gold");
    person
        .wait("gold is there", |person| rows(person).len() > 3 && person.sees_a(Role::ListBoxOption, &rows(person)[0]));
    person.press(CTRL.plus(SHIFT), Key::L);
    person.press(NONE, Key::ArrowDown);
    person.press(NONE, Key::Enter);
    assert!(person.workspace().view.is_some(), "the set of whoever tagged it is shown");
}

#[test]
fn list_is_exported_as_a_table() {
    let mut person = at_gantz();
    let file = person.fresh.outside.path().join("sources.csv");
    for expected in ["2 sources written to", "is there already"] {
        person.click(Role::Button, "Export as CSV…");
        person.type_text(file.to_str().unwrap());
        person.press(NONE, Key::Enter);
        person.wait("it is written or refused", |person| person.told().contains(expected));
    }
    let table = std::fs::read_to_string(file).unwrap();
    assert!(table.contains("\r\nBenny Gantz,") && table.lines().count() == 3, "{table}");
}

#[test]
fn very_many_sources_are_not_all_laid_out() {
    let text: String = (0..1500).map(|number| format!("Speaker{number:04} spoke.\n\n")).collect();
    let (fresh, ids) = Fresh::of(&[&text]);
    let mut session = fresh.session("amina");
    let mut random = Random(3);
    let starts = text.match_indices("Speaker").map(|(at, _)| at as u32);
    let spans = starts.map(|start| Span::new(start, start + 11)).collect();
    let action = Action::TagAll { label: "source".to_owned(), spans, attributes: Default::default() };
    session.act(&ids[0], action, TIME, &mut || random.bits()).unwrap();
    session.flush();
    drop(session);
    let mut person = Person::at(fresh, Opening::default());
    open(&mut person);
    person.wait("all are counted", |person| person.sees("1,500 sources"));
    assert!(rows(&person).len() < 60, "only what is seen is laid out");
    person.press(NONE, Key::End);
    person.press(NONE, Key::End);
    assert!(rows(&person).last().unwrap().starts_with("Speaker1499"), "{:?}", rows(&person).last());
}
