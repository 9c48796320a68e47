//! Texts that somebody wrote, outside the article: nothing in them is obeyed unseen, and each is read in its order.

use ascribe_tests::{BRIDGE, Fresh};
use egui::{Key, Role};

use super::person::{CTRL, NONE, Opening, Person, SHIFT};

#[test]
fn an_override_in_a_title_is_spelt_out_and_turns_nothing_around() {
    let fresh = Fresh::sample();
    let record = format!("documents/{BRIDGE}.ron");
    let title = fresh.text(&record).lines().find(|line| line.contains("title:")).unwrap().trim().to_owned();
    fresh.replace(&record, &title, "title: \"Invoice \u{202e}fdp.exe\",");
    let mut person = Person::at(fresh, Opening::default());
    person.must_see("Invoice ⟨RLO⟩fdp.exe");
    assert!(person.names().iter().all(|name| !name.contains('\u{202e}')), "{:#?}", person.names());
    person.press(NONE, Key::N);
    assert!(person.names().iter().all(|name| !name.contains('\u{202e}')));
}

#[test]
fn a_directional_character_in_the_article_has_a_flag_that_says_what_it_is() {
    let (fresh, _) = Fresh::of(&["An invoice\u{202e}fdp.exe\u{202c} and a mark\u{200f}, said he."]);
    let mut person = Person::at(fresh, Opening::default());
    for name in ["Right-to-left override", "Pop directional formatting", "Right-to-left mark"] {
        let flag = person.place_of(Role::Image, name);
        person.hover(flag.center());
    }
    person.must_see("Right-to-left mark (RLM)");
    person.must_see("U+200F");
}

#[test]
fn other_invisible_characters_show_when_they_are_asked_for() {
    let (fresh, _) = Fresh::of(&["Il\u{a0}a dit\u{202f}: non\u{ad}sense, zero\u{200b}width\u{2060} and a\ttab."]);
    let mut person = Person::at(fresh, Opening::default());
    let names = ["No-break space", "Narrow no-break space", "Soft hyphen", "Zero width space", "Word joiner", "Tab"];
    for name in names {
        assert!(!person.sees_a(Role::Image, name), "{name} is quiet");
    }
    person.press(CTRL.plus(SHIFT), Key::Num8);
    for name in names {
        let sign = person.place_of(Role::Image, name);
        person.hover(sign.center());
    }
    person.must_see("U+0009");
    person.press(CTRL.plus(SHIFT), Key::Num8);
    assert!(!person.sees_a(Role::Image, "Tab"));
}

#[test]
fn what_no_font_can_show_is_said_once() {
    let (fresh, _) = Fresh::of(&["A tablet: \u{12000}\u{12001}"]);
    let mut person = Person::at(fresh, Opening::default());
    person.must_see("no font for some characters of this article, such as U+12000");
    person.click(Role::Button, "Hide");
    assert!(!person.sees("no font for some characters"));
    let (fresh, _) = Fresh::of(&["قال “no” รัฐมนตรี हिन्दी שלום Київ"]);
    assert!(!Person::at(fresh, Opening::default()).sees("no font for some characters"));
}

#[test]
fn a_note_from_right_to_left_is_shown_as_it_is_read() {
    let mut person = Person::at_sample("amina");
    person.press(NONE, Key::N);
    person.press(NONE, Key::Enter);
    let field = person.place_of(Role::TextInput, "Note");
    person.click_at(field.center(), NONE);
    person.press(CTRL, Key::A);
    person.type_text("هل هذا صحيح");
    assert!(person.names().iter().any(|name| name == "هل هذا صحيح"), "{:#?}", person.names());
}
