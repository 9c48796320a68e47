//! The window at other sizes, scales and themes: nothing breaks, and everything that can be used has a name.

use ascribe_tests::Fresh;
use egui::{Key, Role, Theme, pos2, vec2};

use super::person::{CTRL, NONE, Opening, Person};

/// Opens everything that there is to open; names are checked whenever the window comes to rest.
fn tour(person: &mut Person) {
    person.find("The minister said");
    person.press(NONE, Key::Escape);
    person.click(Role::Mark, "source: The minister");
    person.find("Bram Ketteling");
    person.press(CTRL, Key::F);
    for (modifiers, key) in [(NONE, Key::F1), (NONE, Key::F8), (CTRL, Key::K)] {
        person.press(modifiers, key);
        person.press(NONE, Key::Escape);
    }
    person.press(CTRL, Key::T);
    person.press(CTRL, Key::End);
    person.press(CTRL, Key::PageUp);
}

fn visit(size: [f32; 2], scale: f32, theme: Theme) {
    let opening = Opening { size, scale, theme, ..Opening::default() };
    let mut person = Person::at(Fresh::sample(), opening);
    tour(&mut person);
    let window = egui::Rect::from_min_size(pos2(0.0, 0.0), vec2(size[0], size[1]));
    let article = person.all(Role::Document).first().cloned().unwrap();
    let article = person.place_of(Role::Document, &article);
    assert!(window.contains_rect(article) && article.width() > 250.0, "{article:?} in {window:?}");
    let keys = person.place_of(Role::Button, "Keys (F1)");
    assert!(window.contains_rect(keys), "the status line fits: {keys:?} in {window:?}");
}

#[test]
fn common_window_in_light() {
    visit([1280.0, 800.0], 1.0, Theme::Light);
}

#[test]
fn common_window_in_dark() {
    visit([1280.0, 800.0], 1.0, Theme::Dark);
}

#[test]
fn small_window_on_a_fine_screen() {
    visit([900.0, 600.0], 2.0, Theme::Light);
    visit([900.0, 600.0], 2.0, Theme::Dark);
}

#[test]
fn smallest_window() {
    visit([640.0, 400.0], 1.0, Theme::Light);
}

#[test]
fn every_sign_of_the_window_is_in_the_fonts_that_come_with_it() {
    let mut person = Person::at(Fresh::sample(), Opening { boxes: false, ..Opening::default() });
    tour(&mut person);
}

#[test]
fn larger_and_smaller_by_key() {
    let mut person = Person::at_sample("amina");
    let before = person.place_of(Role::Button, "Reopen").height();
    person.press(CTRL, Key::Plus);
    person.press(CTRL, Key::Plus);
    person.must_see("49 tags, 35 ties");
    person.press(CTRL, Key::Num0);
    assert_eq!(person.place_of(Role::Button, "Reopen").height(), before);
}

#[test]
fn size_goes_in_steps_to_twice_and_back() {
    let mut person = Person::at_sample("amina");
    for _ in 0..5 {
        person.press(CTRL, Key::Plus);
    }
    person.must_see("200 %");
    person.press(CTRL, Key::Num0);
    person.must_see("100 %");
}
