//! An article that was corrected: what became of the tags, placing what waits, and the earlier text.

use std::fs;

use ascribe_engine::Action;
use ascribe_schema::{DocumentId, Span};
use ascribe_tests::{Fresh, Random, TIME};
use egui::{Key, Role};

use super::person::{CTRL, NONE, Opening, Person, SHIFT};

const OLD: &str = "A minister speaks\n\nThe minister said “no” to all of it, and nobody asked why.\n\n\
    It will meet again in the spring. The harbour office heard nothing of any letter.\n\n\
    Later she said “perhaps” to them.";
const NEW: &str = "A minister speaks\n\nCorrected on Monday.\n\nThe minister said \"no\" to all of it, and nobody asked why.\n\n\
    The harbour office heard nothing of any letter.\n\n\
    Later she said “perhaps” to them and “perhaps” to them.";
const REPORT: &str = "Your tags in the corrected text";

/// A project with an article and four tags of amina, of which two will wait.
fn tagged() -> (Fresh, DocumentId) {
    let (fresh, mut ids) = Fresh::of(&[OLD]);
    let id = ids.remove(0);
    let (mut session, mut random) = (fresh.session("amina"), Random(1));
    for (label, words) in [
        ("source", "The minister"),
        ("quote", "“no”"),
        ("claim", "It will meet again in the spring"),
        ("quote", "“perhaps”"),
    ] {
        let start = OLD[..OLD.find(words).unwrap()].chars().count() as u32;
        let spans = vec![Span::new(start, start + words.chars().count() as u32)];
        session
            .act(&id, Action::Tag { label: label.to_owned(), spans, tie: None }, TIME, &mut || random.bits())
            .unwrap();
    }
    drop(session);
    (fresh, id)
}

/// Chooses a file with this text for the article that is shown, by the palette and a typed path.
fn replace(person: &mut Person, text: &str) {
    let file = person.fresh.outside.path().join("corrected.txt");
    fs::write(&file, text).unwrap();
    person.press(CTRL, Key::K);
    person.type_text("replace text");
    person.press(NONE, Key::Enter);
    person.must_see("Which file holds the corrected text of this article?");
    person.type_text(&file.display().to_string());
    person.press(NONE, Key::Enter);
}

/// The tags that are shown, as `label: words`.
fn tags(person: &Person) -> Vec<String> {
    let shown = person.workspace().shown_set().into_iter().flat_map(|set| set.annotations());
    shown.map(|annotation| format!("{}: {}", annotation.label, annotation.quote())).collect()
}

/// At the project, after the text has been replaced and the report was read.
fn corrected() -> Person {
    let (fresh, _) = tagged();
    let mut person = Person::at(fresh, Opening::default());
    replace(&mut person, NEW);
    person.wait("the report is there", |person| person.sees(REPORT));
    person
}

#[test]
fn replacing_the_text_tells_what_became_of_each_tag() {
    let mut person = corrected();
    person.must_see("2 tags moved with their words");
    person.must_see("1 tag that may be at several places");
    person.must_see("1 tag whose words are gone");
    person.must_see("waits: its words are gone");
    person.must_see("[It will meet again in the spring]");
    person.must_see("[\"no\"]");
    person.press(NONE, Key::Escape);
    person.must_see("2 tags wait for a place in the corrected text.");
    assert_eq!(tags(&person), ["source: The minister", "quote: \"no\""]);
    person.must_see("2 tags, 0 ties");
}

#[test]
fn what_waits_is_placed_by_the_keyboard_and_undone() {
    let mut person = corrected();
    person.click(Role::Button, "Place what waits");
    for _ in 0..2 {
        if !person.sees("Place here, place 1") {
            person.press(NONE, Key::B);
        }
    }
    assert_eq!(person.focused().unwrap(), "quote: “perhaps”");
    person.must_see("In the earlier text");
    person.click(Role::Button, "Place here, place 2");
    person.must_see("1 tag waits for a place in the corrected text.");
    assert_eq!(tags(&person).last().unwrap(), "quote: “perhaps”");

    // Nothing like the other stands there: a person selects what it belongs to.
    person.press(NONE, Key::Escape);
    person.press(NONE, Key::B);
    person.must_see("Nothing like it stands in the corrected text.");
    person.find("Corrected on Monday");
    person.press(SHIFT, Key::B);
    assert!(tags(&person).contains(&"claim: Corrected on Monday".to_owned()), "{:?} {}", tags(&person), person.told());
    assert!(!person.sees("for a place in the corrected text"));
    person.press(CTRL, Key::Z);
    person.must_see("1 tag waits for a place in the corrected text.");
    person.press(NONE, Key::B);
    person.press(NONE, Key::Delete);
    assert!(!person.sees("for a place in the corrected text"), "{}", person.told());
    person.press(CTRL, Key::Z);
    person.must_see("1 tag waits for a place in the corrected text.");
}

#[test]
fn undoing_the_move_shows_the_earlier_text_with_its_tags() {
    let mut person = corrected();
    person.press(NONE, Key::Escape);
    person.press(CTRL, Key::Z);
    person.must_see("Your tags lie in text 1 of 2 of this article, which was corrected.");
    assert_eq!(person.workspace().reading().unwrap().pane.text().as_str(), OLD);
    assert_eq!(tags(&person).len(), 4);
    person.find("harbour");
    person.press(NONE, Key::Q);
    assert!(person.told().contains("earlier text"), "{}", person.told());
    person.click(Role::Button, "Move them to the corrected text");
    person.must_see(REPORT);
    person.press(NONE, Key::Escape);
    assert_eq!(person.workspace().reading().unwrap().pane.text().as_str(), NEW);
    person.must_see("2 tags wait for a place in the corrected text.");
}

#[test]
fn the_earlier_text_can_be_read_with_what_waits_in_it() {
    let mut person = corrected();
    person.press(NONE, Key::Escape);
    person.press(CTRL, Key::K);
    person.type_text("earlier text");
    person.press(NONE, Key::Enter);
    person.must_see("This is text 1 of 2 of this article, with the tags that wait in it.");
    assert_eq!(person.workspace().reading().unwrap().pane.text().as_str(), OLD);
    assert_eq!(tags(&person), ["claim: It will meet again in the spring", "quote: “perhaps”"]);
    person.find("harbour");
    person.press(NONE, Key::Q);
    assert!(person.told().contains("this is an earlier text"), "{}", person.told());
    person.click(Role::Button, "Back to the newest");
    assert_eq!(person.workspace().reading().unwrap().pane.text().as_str(), NEW);
}

#[test]
fn opening_a_project_with_a_corrected_text_moves_ones_own_tags_and_tells() {
    let (fresh, id) = tagged();
    let file = fresh.outside.path().join("corrected.txt");
    fs::write(&file, NEW).unwrap();
    let all: [&std::ffi::OsStr; 4] = ["revise".as_ref(), fresh.path.as_ref(), id.as_str().as_ref(), file.as_ref()];
    assert_eq!(ascribe_tests::run(&all).status, 1);
    // A colleague sees them where they are: on the text that they were made on.
    let mut person = Person::at(fresh, Opening { annotator: Some("bo"), ..Opening::default() });
    person.click(Role::Button, "I review this article");
    person.click(Role::Button, "See amina's tags");
    person.must_see("You are reading amina's tags, in text 1 of 2: amina has not moved them yet.");
    assert_eq!(person.workspace().reading().unwrap().pane.text().as_str(), OLD);
    assert_eq!(tags(&person).len(), 4);
    person.click(Role::Button, "Back to mine");
    assert_eq!(person.workspace().reading().unwrap().pane.text().as_str(), NEW);

    let mut person = Person::at(person.leave(), Opening::default());
    person.must_see(REPORT);
    person.press(NONE, Key::Escape);
    person.must_see("2 tags wait for a place in the corrected text.");
    // Later there is no report any more, but what waits still says so, with its places.
    let mut person = Person::at(person.leave(), Opening::default());
    assert!(!person.sees(REPORT));
    person.must_see("2 tags wait for a place in the corrected text.");
    person.press(NONE, Key::B);
    person.wait("the places are found", |person| person.sees("In the earlier text"));
    person.press(SHIFT, Key::N);
}

#[test]
fn a_text_that_is_none_of_this_article_is_refused_in_words() {
    let (fresh, _) = tagged();
    let mut person = Person::at(fresh, Opening::default());
    replace(&mut person, OLD);
    person.wait("it is told", |person| !person.told().is_empty());
    assert!(person.told().contains("exactly this text already"), "{}", person.told());
    replace(&mut person, " ");
    person.wait("it is told", |person| person.told().contains("no text"));
    assert_eq!(tags(&person).len(), 4);
}
