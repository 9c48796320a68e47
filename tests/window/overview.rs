//! The map of the whole text beside it.

use ascribe_schema::Span;
use ascribe_tests::{Fresh, set_of};
use egui::{Key, Rect, Role, pos2};

use super::person::{CTRL, NONE, Opening, Person};

/// The name and the place of the map.
fn map(person: &Person) -> (String, Rect) {
    let name = person.all(Role::Slider).into_iter().find(|name| name.starts_with("Overview: ")).unwrap();
    let place = person.place_of(Role::Slider, &name);
    (name, place)
}

/// A point on the map that stands for these words.
fn place_on_map(person: &Person, words: &str) -> egui::Pos2 {
    let (_, map) = map(person);
    let length = person.workspace().reading().unwrap().pane.text().len();
    let part = person.span(words).start.0 as f32 / length.0 as f32;
    pos2(map.center().x, map.top() + part * map.height() + 1.0)
}

fn visible(person: &Person) -> Span {
    person.workspace().reading().unwrap().pane.visible()
}

#[test]
fn map_says_what_there_is() {
    let mut person = Person::at_sample("amina");
    assert_eq!(map(&person).0, "Overview: 49 tags, 4 proposals");
    person.press(CTRL, Key::F);
    person.type_text("keeper");
    assert!(map(&person).0.ends_with("4 proposals, 7 hits"), "{}", map(&person).0);
    person.press(NONE, Key::Escape);
    person.press(NONE, Key::S);
    assert_eq!(map(&person).0, "Overview: 50 tags, 4 proposals");
}

#[test]
fn click_or_drag_on_the_map_goes_there() {
    let mut person = Person::at_sample("amina");
    let words = person.span("Awake at 3:12");
    assert!(!visible(&person).overlaps(words));
    person.click_at(place_on_map(&person, "Awake at 3:12"), NONE);
    assert!(visible(&person).covers(words), "{} in {}", words, visible(&person));
    person.drag(place_on_map(&person, "Awake at 3:12"), place_on_map(&person, "In Port Averne, the bridge"));
    assert_eq!(visible(&person).start.0, 0);
    assert_eq!(person.workspace().reading().unwrap().pane.caret().0, 0, "the caret stays where it was");
}

#[test]
fn map_is_walked_by_keyboard() {
    let mut person = Person::at_sample("amina");
    for _ in 0..80 {
        if person.has_keys(Role::Slider, &map(&person).0) {
            break;
        }
        person.press(NONE, Key::Tab);
    }
    for (key, ahead) in [(Key::ArrowDown, true), (Key::PageDown, true), (Key::ArrowUp, false)] {
        let before = visible(&person).start;
        person.press(NONE, key);
        let after = visible(&person).start;
        assert!(if ahead { after > before } else { after < before }, "{key:?}: from {before} to {after}");
    }
    person.press(NONE, Key::End);
    let last = person.workspace().reading().unwrap().pane.text().len().minus(2);
    assert!(visible(&person).contains(last), "all but the line break at the end: {}", visible(&person));
    person.press(NONE, Key::Home);
    assert_eq!(visible(&person).start.0, 0);
}

#[test]
fn pointer_learns_what_lies_at_a_place() {
    let mut person = Person::at_sample("amina");
    person.hover(place_on_map(&person, "Yunus Haddar, 61"));
    person.must_see("1 claim");
    person.must_see("Columns from the left: claim, quote, source, denial, hits.");
}

#[test]
fn problems_are_on_the_map() {
    let fresh = Fresh::sample();
    let set = String::from_utf8(fresh.read(&set_of("amina"))).unwrap();
    let wrong = set.replacen("text: [\"Yunus Haddar, 61", "text: [\"Yunus Haddar, 62", 1);
    assert_ne!(set, wrong);
    fresh.write(&set_of("amina"), &wrong);
    let mut person = Person::at(fresh, Opening::default());
    assert!(map(&person).0.contains("1 problem"), "{}", map(&person).0);
    person.hover(place_on_map(&person, "Yunus Haddar, 61"));
    person.must_see("1 problem");
}
