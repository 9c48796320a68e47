//! The outline of a text on the left side.

use ascribe_engine::outline::outline;
use ascribe_schema::Text;
use ascribe_tests::{Fresh, shared};
use egui::{Key, Role};

use super::person::{CTRL, NONE, Opening, Person, SHIFT};

/// The rows of the outline that are in view.
fn rows(person: &Person) -> Vec<String> {
    person.all(Role::ListBoxOption)
}

fn caret_at(person: &Person, words: &str) -> bool {
    person.workspace().reading().unwrap().pane.caret() == person.span(words).start
}

#[test]
fn outline_shows_headings_paragraphs_and_how_many_tags_lie_on_each() {
    let mut person = Person::at_sample("amina");
    person.click(Role::Tab, "Outline");
    let rows = rows(&person);
    assert!(rows[0].starts_with("Heading: In Port Averne, the bridge that stands on one leg"), "{rows:#?}");
    let headings: Vec<_> = rows.iter().skip(1).filter(|row| row.starts_with("Heading")).collect();
    assert_eq!(headings, ["Heading: A warning in the file, 0 tags", "Heading: Awake at 3:12, 0 tags"]);
    assert!(rows.iter().any(|row| row.starts_with("Paragraph: Under a contract of 12") && row.ends_with(", 2 tags")));
    person.click(Role::Tab, "Documents");
    person.must_see("1 of 2 finished");
}

#[test]
fn click_goes_to_a_part_and_the_outline_follows_the_caret() {
    let mut person = Person::at_sample("amina");
    person.press(CTRL.plus(SHIFT), Key::O);
    person.click(Role::ListBoxOption, "Heading: Awake at 3:12, 0 tags");
    assert!(caret_at(&person, "Awake at 3:12"));
    let reading = person.workspace().reading().unwrap();
    assert!(reading.pane.visible().contains(reading.pane.caret()));
    let before = reading.part();
    person.press(CTRL, Key::ArrowDown);
    person.press(CTRL, Key::ArrowDown);
    assert_eq!(person.workspace().reading().unwrap().part(), before.map(|part| part + 2));
}

#[test]
fn outline_is_walked_by_keyboard() {
    let mut person = Person::at_sample("cleo");
    person.press(CTRL.plus(SHIFT), Key::O);
    assert!(person.sees_a(Role::ListBox, "Outline: 3 headings, 19 paragraphs"), "{:#?}", person.names());
    assert!(person.has_keys(Role::ListBoxOption, &rows(&person)[0]));
    person.press(NONE, Key::ArrowDown);
    person.press(NONE, Key::ArrowDown);
    assert!(caret_at(&person, "The Heron has stood"));
    person.press(NONE, Key::End);
    person.press(NONE, Key::ArrowUp);
    person.press(NONE, Key::Enter);
    assert!(caret_at(&person, "The Averne Courier with"));
    person.press(SHIFT, Key::ArrowRight);
    assert_eq!(person.selected().as_deref(), Some("The"), "the text has the keyboard again");
}

#[test]
fn narrow_window_shows_the_outline_only_while_it_is_wanted() {
    let mut person = Person::at(Fresh::sample(), Opening { size: [640.0, 400.0], ..Opening::default() });
    assert!(!person.sees_a(Role::Tab, "Outline"));
    person.press(CTRL.plus(SHIFT), Key::O);
    assert!(person.sees_a(Role::Tab, "Outline"));
    person.press(NONE, Key::Escape);
    assert!(!person.sees_a(Role::Tab, "Outline"));
    person.press(CTRL.plus(SHIFT), Key::O);
    person.press(NONE, Key::ArrowDown);
    assert!(person.sees_a(Role::Tab, "Outline"), "looking through it does not close it");
    person.press(NONE, Key::Enter);
    assert!(!person.sees_a(Role::Tab, "Outline"));
}

#[test]
fn long_text_is_outlined_on_a_thread() {
    let text = "# A part\n\nThe harbour waits for the minister in the fog of the morning.\n\n".repeat(3_000);
    let (fresh, _) = Fresh::of(&[&text]);
    let mut person = Person::at(fresh, Opening::default());
    person.click(Role::Tab, "Outline");
    let list = "Outline: 3,000 headings, 3,000 paragraphs";
    person.wait("the outline is there", |person| person.sees_a(Role::ListBox, list));
    assert!(rows(&person).len() < 60, "only what is seen is laid out");
    person.press(NONE, Key::End);
    assert!(rows(&person).last().unwrap().starts_with("Paragraph: The harbour waits"), "{:#?}", rows(&person));
}

#[test]
fn real_article_is_outlined_as_a_reader_would() {
    let Some(folder) = shared("seed") else { return };
    let article =
        std::fs::read_dir(folder).unwrap().flatten().find(|file| file.path().extension().is_some_and(|e| e == "txt"));
    let text = Text::new(std::fs::read_to_string(article.unwrap().path()).unwrap());
    let headings: Vec<_> = outline(&text, &[])
        .into_iter()
        .filter(|part| part.heading.is_some())
        .map(|part| text.slice(part.span).unwrap().to_owned())
        .collect();
    let title = "Israeli Defense Minister Benny Gantz visits Morocco amid tense regional context";
    assert_eq!(headings, [title, "Strengthen the “hard power” of the kingdom", "Armed drones and spyware"]);
}
