//! How alike annotators worked, in figures, and the way from a figure to the tags behind it.

use ascribe::command::Room;
use egui::{Key, Role};

use super::person::{CTRL, NONE, Person};

/// Somebody who looks at the figures of what amina and bo have finished.
fn at_figures(annotator: &'static str) -> Person {
    let mut person = Person::at_sample(annotator);
    if annotator == "zoe" {
        person.press(CTRL, Key::Num2);
        person.click(Role::Button, "I review this article");
    }
    person.press(CTRL, Key::Num3);
    person.wait("it is measured", |person| !person.all(Role::GridCell).is_empty());
    person
}

#[test]
fn figures_stand_with_what_they_are_of() {
    for annotator in ["amina", "zoe"] {
        let person = at_figures(annotator);
        person.must_see("2 annotators, 1 article: 82 tags");
        person.must_see("F1, exact: 0.");
        person.must_see(" of 82 annotations");
        person.must_see("Krippendorff");
    }
}

impl Person {
    /// Goes by Tab to what has that name.
    #[track_caller]
    fn tab_to(&mut self, role: Role, name: &str) {
        for _ in 0..150 {
            if self.has_keys(role, name) {
                return;
            }
            self.press(NONE, Key::Tab);
        }
        panic!("Tab does not reach {role:?} `{name}`");
    }
}

#[test]
fn undefined_figure_says_why() {
    let person = at_figures("amina");
    let undefined: Vec<_> = person.names().into_iter().filter(|name| name.contains(": undefined, ")).collect();
    assert!(!undefined.is_empty());
    for name in undefined {
        let reason = name.split(": undefined, ").nth(1).and_then(|rest| rest.split("; ").next()).unwrap();
        // Under the table it stands after a sign.
        let note = format!(" {reason}");
        assert!(person.names().iter().any(|name| name.chars().count() < 80 && name.ends_with(&note)), "{name}");
    }
    assert!(!person.sees("NaN"));
}

#[test]
fn keys_lead_from_a_cell_to_the_tags_behind_it() {
    let mut person = at_figures("amina");
    // Where it has the keyboard, a table says which cell the keys act on.
    let first = person.all(Role::GridCell).swap_remove(0);
    assert!(first.starts_with("amina – bo, all: "), "{first}");
    person.tab_to(Role::GridCell, &first);
    person.press(NONE, Key::ArrowRight);
    person.press(NONE, Key::ArrowRight);
    person.press(NONE, Key::ArrowLeft);
    person.press(NONE, Key::Enter);
    let names = person.names();
    assert!(
        names.iter().any(|name| name.contains("amina – bo, claim") && name.ends_with(" of them differ")),
        "{names:#?}"
    );
    let open = person.all(Role::Button).into_iter().find(|name| name.contains(", differ, ")).unwrap();
    person.tab_to(Role::Button, &open);
    person.press(NONE, Key::Enter);
    assert_eq!(person.workspace().room, Room::Review);
    person.wait("it is compared", |person| person.workspace().reviewing.compared().is_some());
    let reviewing = &person.workspace().reviewing;
    let first = reviewing.compared().unwrap().first(reviewing.at().unwrap()).unwrap().quote();
    let start: String = first.chars().take(30).collect();
    assert!(open.contains(&start), "{open} leads to {first}");
}

#[test]
fn measure_is_explained() {
    let mut person = at_figures("amina");
    person.tab_to(Role::Button, "What F1, exact means");
    person.press(NONE, Key::Space);
    person.must_see("Van Rijsbergen 1979");
}

#[test]
fn hidden_articles_are_not_measured() {
    let mut person = Person::at_sample("zoe");
    person.press(CTRL, Key::Num3);
    person.wait("it is said", |person| person.sees("Left out: 1 article"));
    assert!(person.all(Role::GridCell).is_empty());
}
