//! What lint finds, in the window: marks in the margin, the inspector, the key that settles it, the list of problems.

use ascribe_tests::{BRIDGE, Fresh, document};
use egui::{Key, Role};

use super::person::{CTRL, NONE, Opening, Person};

/// At a fresh article, with a quote that leaves its marks out; it is in focus.
fn with_a_careless_quote() -> Person {
    let (fresh, _) = Fresh::of(&["He told them “no way, never” at noon."]);
    let mut person = Person::at(fresh, Opening::default());
    person.find("no way, never");
    person.press(NONE, Key::Q);
    assert_eq!(person.focused().as_deref(), Some("quote: no way, never"));
    person
}

/// The person's own tags in the shown article.
fn tags(person: &Person) -> Vec<String> {
    let set = person.workspace().own_set().unwrap();
    set.annotations().map(|annotation| format!("{}: {}", annotation.label, annotation.quote())).collect()
}

#[test]
fn careless_tag_is_marked_explained_and_fixed_with_a_key() {
    let mut person = with_a_careless_quote();
    person.must_see("To check");
    person.must_see("! The quote marks around “no way, never” are left out.");
    person.must_see("span-cuts-quote-mark");
    assert!(person.all(Role::Button).iter().any(|name| name.starts_with("Fix: take the marks in")));
    person.press(NONE, Key::O);
    assert_eq!(person.focused().as_deref(), Some("quote: “no way, never”"));
    assert_eq!(person.told(), "Fixed: take the marks in");
    person.must_see("! This quote has no source yet: “no way, never”.");
    person.press(NONE, Key::O);
    assert_eq!(person.told(), "There is nothing about this tag that could be settled at once.");
    person.press(CTRL, Key::Z);
    assert_eq!(tags(&person), ["quote: no way, never"], "a fix is undone like any other edit");
}

#[test]
fn mark_in_the_margin_is_told_and_leads_to_the_tag() {
    let mut person = with_a_careless_quote();
    person.press(NONE, Key::Escape);
    assert_eq!(person.focused(), None);
    let two = "2 findings on this line, the first: this quote has no source yet: “no way, never”";
    assert!(person.sees_a(Role::Button, two), "{:#?}", person.all(Role::Button));
    person.hover(person.place_of(Role::Button, two).center());
    person.must_see("The quote marks around “no way, never” are left out");
    person.must_see("A quote holds both of its marks; anything else holds both or neither");
    person.click(Role::Button, two);
    assert_eq!(person.focused().as_deref(), Some("quote: no way, never"));
}

#[test]
fn fix_is_a_button_too() {
    let mut person = with_a_careless_quote();
    let button = person.all(Role::Button).into_iter().find(|name| name.starts_with("Fix: take the marks in")).unwrap();
    person.click(Role::Button, &button);
    assert_eq!(tags(&person), ["quote: “no way, never”"]);
}

#[test]
fn rule_is_turned_off_for_the_project_and_on_again() {
    let mut person = with_a_careless_quote();
    person.press(NONE, Key::O);
    person.click(Role::Button, "Turn this rule off");
    assert!(
        person.told().starts_with("The rule quote-without-source is off for the whole project."),
        "{}",
        person.told()
    );
    assert!(!person.sees("To check"));
    assert!(person.fresh.text("project.ron").contains("quote-without-source"));
    person.press(NONE, Key::F8);
    person.wait("the project is looked through", |person| person.sees("To check in the tags: nothing."));
    person.must_see("Turned off in this project: quote-without-source");
    person.click(Role::Button, "Turn on quote-without-source");
    assert!(!person.fresh.text("project.ron").contains("lint_off"));
    person.must_see("! This quote has no source yet: “no way, never”.");
}

#[test]
fn list_of_problems_leads_to_any_tag_of_anybody() {
    let mut person = Person::at_sample("cleo");
    person.click(Role::Button, "I review this article");
    person.press(NONE, Key::F8);
    let link = "Go to the quote marks around “sat on a warning” are left out";
    person.wait("the project is looked through", |person| person.sees_a(Role::Link, link));
    person.click(Role::Link, link);
    assert_eq!(person.workspace().current, Some(document(BRIDGE)));
    assert_eq!(person.focused().as_deref(), Some("quote: sat on a warning"));
    let viewed = person.workspace().view.as_ref().map(|(name, _)| name.to_string());
    assert_eq!(viewed.as_deref(), Some("bo"));
    person.must_see("! The quote marks around “sat on a warning” are left out.");
    assert!(!person.all(Role::Button).iter().any(|name| name.starts_with("Fix")), "these are not cleo’s to change");
}

#[test]
fn status_line_counts_what_is_to_check_and_goes_there() {
    let mut person = with_a_careless_quote();
    person.press(NONE, Key::Escape);
    person.click(Role::Button, "2 to check");
    assert_eq!(person.focused().as_deref(), Some("quote: no way, never"));
    assert!(person.told().starts_with("Problem: "), "{}", person.told());
}

#[test]
fn clean_tags_have_no_marks() {
    let person = Person::at_sample("amina");
    assert!(
        !person.names().iter().any(|name| name.starts_with("Warning: ") || name.contains("on this line, the first"))
    );
    assert!(!person.sees("To check"));
}

#[test]
fn many_tags_are_looked_through_on_a_thread() {
    let text = "He said “no” at noon.\n\n".repeat(700);
    let (fresh, _) = Fresh::of(&[&text]);
    let mut person = Person::at(fresh, Opening::default());
    person.find("no");
    person.press(NONE, Key::Q);
    person.press(CTRL, Key::D);
    person.settle();
    person.press(CTRL, Key::D);
    person.wait("the many tags are judged", |person| {
        person.all(Role::Button).iter().any(|name| name.ends_with(" to check") && name.len() > 11)
    });
    assert!(tags(&person).len() > 600, "{}", tags(&person).len());
}
