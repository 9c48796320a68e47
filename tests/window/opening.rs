//! Opening: the sample, a project without a name yet, a bundle, an article that is dropped, a typed path.

use std::fs;

use ascribe_engine::pack;
use ascribe_tests::{BRIDGE, Fresh, files, root, set_of};
use egui::{Key, Role};

use super::person::{CTRL, NONE, Opening, Person};

const TITLE: &str = "In Port Averne, the bridge that stands on one leg waits for its minister";
const FOG: &str = "Fog, a brass band and one button: how the Heron opened on Friday";

#[test]
fn sample_opens_with_documents_progress_and_tags() {
    let person = Person::at_sample("amina");
    person.must_see("The bridge at Port Averne");
    person.must_see("1 of 2 finished");
    assert!(person.sees_a(Role::Button, &format!("{TITLE}, finished · 49 tags")), "{:#?}", person.all(Role::Button));
    assert!(person.sees_a(Role::Button, &format!("{FOG}, not started")));
    assert!(person.sees_a(Role::Document, &format!("Article: {TITLE}")));
    person.must_see("49 tags, 35 ties");
    assert!(
        person
            .sees_a(Role::Button, "Show quote: “The town is not losing a keeper,” … “it is gaining a night’s sleep.”")
    );
    let marks = person.all(Role::Mark);
    assert!(marks.contains(&"source: The minister".to_owned()), "{marks:#?}");
    let article = person.place_of(Role::Document, &format!("Article: {TITLE}"));
    assert!(article.contains_rect(person.place_of(Role::Mark, "source: The minister")));
    assert!(person.all(Role::Paragraph).iter().any(|text| text.starts_with("The Heron has stood on one leg")));
}

#[test]
fn opening_and_looking_changes_no_file() {
    let mut person = Person::at_sample("amina");
    let before = files(&person.fresh.path);
    person.click(Role::Button, &format!("{FOG}, not started"));
    assert!(person.sees_a(Role::Document, &format!("Article: {FOG}")));
    person.press(CTRL, Key::PageDown);
    person.saved();
    assert_eq!(files(&person.fresh.path), before);
}

#[test]
fn name_is_asked_for_first_and_refused_in_words() {
    let fresh = Fresh::sample();
    let paths = vec![fresh.path.clone()];
    let mut person = Person::before(fresh, paths, Opening { annotator: None, ..Opening::default() });
    person.must_see("Who are you?");
    person.type_text("gold");
    person.must_see("gold is the name of the adjudicated tags; choose another");
    person.press(NONE, Key::Enter);
    person.press(CTRL, Key::A);
    person.type_text("../x");
    person.must_see("`../x`");
    person.press(NONE, Key::Enter);
    person.press(NONE, Key::Escape);
    person.must_see("Who are you?");
    assert!(person.app().workspace().is_none());
    person.press(CTRL, Key::A);
    person.type_text("Cleo");
    person.press(NONE, Key::Enter);
    person.wait("the project is open", |person| person.app().workspace().is_some());
    person.must_see("You are cleo");
}

#[test]
fn bundle_opens_to_read_and_says_why_nothing_changes() {
    let fresh = Fresh::sample();
    let bundle = fresh.outside.path().join("sent.bundle.ron");
    pack(&fresh.path, &bundle).unwrap();
    let mut person = Person::before(fresh, vec![bundle], Opening::default());
    person.wait("the bundle is open", |person| person.app().workspace().is_some());
    person.must_see("49 tags, 35 ties");
    person.must_see("Read-only: a bundle is read-only");
    person.click(Role::Mark, "source: The minister");
    person.press(NONE, Key::Q);
    assert!(person.told().contains("a bundle is read-only"), "{}", person.told());
    assert!(person.tags().contains(&"source: The minister".to_owned()));
}

#[test]
fn dropped_article_is_imported_and_shown() {
    let mut person = Person::at_sample("amina");
    let article = person.fresh.outside.path().join("harbour.txt");
    fs::write(&article, "Harbour closed\n\n“We are closed,” the harbour master said.\n").unwrap();
    person.drop_file(article.clone());
    person.wait("it has been read", |person| person.sees_a(Role::Button, "Import 1 article"));
    person.must_see("58 characters");
    person.press(NONE, Key::Enter);
    person.wait("the article is there", |person| person.sees_a(Role::Document, "Article: Harbour closed"));
    assert!(person.sees_a(Role::Button, "Harbour closed, not started"), "{:#?}", person.all(Role::Button));
    person.must_see("of 3 finished");
    person.drop_file(article);
    person.wait("it is told", |person| person.sees("This is already in the project."));
    person.press(NONE, Key::Escape);
    assert!(!person.sees("Import articles"));
}

#[test]
fn dropped_bundle_opens() {
    let mut person = Person::at_sample("amina");
    let bundle = person.fresh.outside.path().join("sent.bundle.ron");
    pack(&person.fresh.path, &bundle).unwrap();
    person.drop_file(bundle);
    person.wait("the bundle is open", |person| person.sees("Read-only: a bundle is read-only"));
}

/// Whether a file dialog could come up, which no test may wait for.
fn dialog_possible() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let path = std::env::var_os("PATH").unwrap_or_default();
    let zenity = std::env::split_paths(&path).any(|folder| folder.join("zenity").is_file());
    !cfg!(target_os = "linux") || zenity || set("DBUS_SESSION_BUS_ADDRESS") || set("XDG_RUNTIME_DIR")
}

#[test]
fn path_can_be_typed_where_there_is_no_file_dialog() {
    if dialog_possible() {
        return println!("skipped: this machine may have file dialogs");
    }
    let fresh = Fresh::sample();
    let path = fresh.path.display().to_string();
    let mut person = Person::before(fresh, Vec::new(), Opening::default());
    person.click(Role::Button, "Open a project…");
    person.must_see("Which project should be opened?");
    person.type_text(&path);
    person.press(NONE, Key::Enter);
    person.wait("the project is open", |person| person.app().workspace().is_some());
    person.must_see("The bridge at Port Averne");
}

#[test]
fn path_that_leads_nowhere_is_told_in_words() {
    let fresh = Fresh::sample();
    let nowhere = fresh.outside.path().join("nowhere");
    let mut person = Person::before(fresh, vec![nowhere], Opening::default());
    person.wait("it is told", |person| person.told().contains("nowhere"));
    person.must_see("Try the sample project");
}

#[test]
fn program_carries_the_whole_sample() {
    let mut visible = files(&root().join("projects/port-averne"));
    visible.retain(|path, _| !path.split('/').any(|part| part.starts_with('.')));
    let carried = ascribe::sample::FILES.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec())).collect();
    assert_eq!(visible, carried);
    assert!(visible.contains_key(&set_of("amina")) && visible.contains_key(&format!("documents/{BRIDGE}.txt")));
}
