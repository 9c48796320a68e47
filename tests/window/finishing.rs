//! How far the work has come: finishing and reopening a document.

use egui::{Key, Role};

use super::person::{CTRL, Person};

const TITLE: &str = "In Port Averne, the bridge that stands on one leg waits for its minister";

#[test]
fn finishing_and_reopening_shows_in_the_list() {
    let mut person = Person::at_sample("amina");
    let finished = format!("{TITLE}, finished · 49 tags");
    person.press(CTRL, Key::Enter);
    assert!(
        person.sees_a(Role::Button, &format!("{TITLE}, in progress · 49 tags · for you")),
        "{:#?}",
        person.all(Role::Button)
    );
    person.must_see("0 of 2 finished");
    assert!(person.saved().contains("progress: InProgress"));
    person.click(Role::Button, "Mark as finished");
    assert!(person.sees_a(Role::Button, &finished), "{}: {:#?}", person.told(), person.all(Role::Button));
    person.must_see("finished");
    assert!(person.saved().contains("progress: Finished"));
    person.click(Role::Button, "Reopen");
    person.must_see("0 of 2 finished");
    person.press(CTRL, Key::Z);
    assert!(person.sees_a(Role::Button, &finished), "reopening is undone like any deed");
}

#[test]
fn first_tag_starts_a_document() {
    let mut person = Person::at_sample("cleo");
    assert!(person.sees_a(Role::Button, &format!("{TITLE}, not started")));
    person.find("Bram Ketteling");
    person.press(super::person::NONE, Key::S);
    assert!(person.sees_a(Role::Button, &format!("{TITLE}, in progress · 1 tag")), "{:#?}", person.all(Role::Button));
}
