//! What annotations look like on the text, and what can be done with them there.

use ascribe::theme::{Color, FILES, Theme};
use ascribe_tests::Fresh;
use egui::{Key, Role};

use super::{
    person::{CTRL, NONE, Opening, Person},
    themes::contrast,
};

const READ: &str = "the minister read the letter in May";

fn with_quote() -> Person {
    let mut person = Person::at_sample("cleo");
    person.find(READ);
    person.press(NONE, Key::Q);
    person.press(NONE, Key::Home);
    person
}

impl Person {
    /// Drags the right end of these words to the right end of others.
    fn drag_end(&mut self, from: &str, to: &str) {
        let [from, to] = [from, to].map(|words| {
            let last = self.span(words).end.minus(1);
            self.character(last)
        });
        // Characters are about eight points wide: their right edge lies half of that beyond their middle.
        self.drag(from + egui::vec2(4.0, 0.0), to + egui::vec2(1.0, 0.0));
    }
}

#[test]
fn end_of_the_focused_tag_is_dragged_to_a_word() {
    let mut person = with_quote();
    person.drag_end("the letter in May", "read the letter");
    assert_eq!(person.tags(), ["quote: the minister read the letter"]);
    assert_eq!(person.selected(), None, "nothing was selected on the way");
    person.press(CTRL, Key::Z);
    assert_eq!(person.tags(), [format!("quote: {READ}")], "one step to undo");
}

#[test]
fn end_of_a_tag_out_of_focus_is_only_text() {
    let mut person = with_quote();
    person.press(NONE, Key::Escape);
    person.drag_end("the letter in May", "read the letter");
    assert_eq!(person.tags(), [format!("quote: {READ}")]);
    assert!(person.selected().is_some());
}

#[test]
fn chip_in_the_margin_leads_to_both_ends_of_a_tie() {
    let mut person = Person::at_sample("amina");
    let chips = person.all(Role::Button);
    let chip = chips.iter().find(|name| name.contains("attributed to source: The minister")).unwrap().clone();
    person.click(Role::Button, &chip);
    assert!(person.focused().unwrap().starts_with("quote: every ship would be answered"));
    person.click(Role::Button, &chip);
    assert_eq!(person.focused().as_deref(), Some("source: The minister"));
}

#[test]
fn more_tags_than_lanes_are_counted_and_can_be_stepped_through() {
    let mut person = Person::at_sample("cleo");
    for key in [Key::Q, Key::C, Key::S, Key::D, Key::Q, Key::C, Key::S] {
        person.find(READ);
        person.press(NONE, key);
    }
    person.press(NONE, Key::Escape);
    person.press(NONE, Key::Escape);
    person.click(Role::Button, "2 tags on this line that have no line of their own; show the next");
    let hidden = person.workspace().focused().unwrap().id.clone();
    person.click(Role::Button, "2 tags on this line that have no line of their own; show the next");
    assert_ne!(person.workspace().focused().unwrap().id, hidden, "the next one");
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..7 {
        seen.insert(person.workspace().focused().unwrap().id.clone());
        person.press(NONE, Key::N);
    }
    assert_eq!(seen.len(), 7, "all of them come by");
    let place = person.character(person.span(READ).start.plus(2));
    seen.clear();
    for _ in 0..7 {
        person.click_at(place, NONE);
        seen.insert(person.workspace().focused().unwrap().id.clone());
    }
    assert_eq!(seen.len(), 7, "clicks go through all of them, too");
}

#[test]
fn lines_move_apart_where_tags_are_dense_and_back() {
    let mut person = Person::at_sample("cleo");
    let apart = |person: &Person| {
        let [first, next] = [READ, "It is false that I"].map(|words| person.character(person.span(words).start).y);
        next - first
    };
    person.find(READ);
    let before = apart(&person);
    for key in [Key::Q, Key::C, Key::S, Key::D, Key::Q] {
        person.find(READ);
        person.press(NONE, key);
    }
    assert!(apart(&person) > before + 4.0, "{before} {}", apart(&person));
    for _ in 0..5 {
        person.press(CTRL, Key::Z);
    }
    assert!((apart(&person) - before).abs() < 0.5, "{before} {}", apart(&person));
}

#[test]
fn tags_that_step_back_can_still_be_seen() {
    for theme in FILES.map(|file| Theme::read(file).unwrap()) {
        for (name, color) in &theme.palette {
            let faded = contrast(Color(theme.faded(color.0)), theme.page);
            assert!(faded >= 3.0, "{name} faded on the page: {faded:.2} (dark: {})", theme.dark);
        }
    }
}

#[test]
fn fifty_tags_on_each_other_do_no_harm() {
    let mut person = Person::at(Fresh::sample(), Opening { annotator: Some("cleo"), ..Opening::default() });
    for _ in 0..50 {
        person.find(READ);
        person.press(NONE, Key::C);
    }
    person.press(NONE, Key::Escape);
    person.must_see("45 tags on this line that have no line of their own");
}

/// How many curved paths are on screen: only ties have them.
fn paths(person: &Person) -> usize {
    let shapes = &person.harness.output().shapes;
    shapes.iter().filter(|clipped| matches!(clipped.shape, egui::Shape::CubicBezier(_))).count()
}

#[test]
fn tag_on_which_the_pointer_rests_shows_its_ties() {
    let mut person = Person::at_sample("amina");
    assert_eq!(paths(&person), 0);
    person.hover(person.character(person.span("would be answered").start));
    assert_eq!(paths(&person), 1, "to its source, while nothing is in focus");
    person.hover(person.character(person.span("The Heron has").start));
    assert_eq!(paths(&person), 0);
}

#[test]
fn chip_works_for_a_tag_over_two_paragraphs() {
    let (fresh, _) = Fresh::of(&["A title\n\nHe said that the bridge\n\nstays open. He added nothing.", "Other"]);
    let mut person = Person::at(fresh, Opening::default());
    let words = "that the bridge\n\nstays open";
    person.find(words);
    assert_eq!(person.selected().as_deref(), Some(words));
    person.press(NONE, Key::Q);
    person.find("He said");
    person.press(egui::Modifiers::SHIFT, Key::S);
    person.press(NONE, Key::Escape);
    person.press(NONE, Key::Escape);
    let chips: Vec<_> = person.all(Role::Button).into_iter().filter(|name| name.contains(" attributed to ")).collect();
    assert_eq!(chips.len(), 1, "one chip for one tie: {chips:?}");
    person.click(Role::Button, &chips[0]);
    assert!(person.workspace().focused().is_some_and(|tag| tag.label == "quote"));
}
