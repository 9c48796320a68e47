//! The sheet that shows what would be imported: nothing is written before a person says so.

use std::{fs, path::PathBuf};

use ascribe_tests::Fresh;
use egui::{Key, Role};

use super::person::{ALT, CTRL, NONE, Opening, Person};

/// Bytes that are French in Windows-1252, with a word that other encodings read otherwise.
const FRENCH: &[u8] = b"L\x92\xe9t\xe9 fran\xe7ais\n\nIl a dit \xab non \xbb hier, \xe0 l\x92Assembl\xe9e, o\xf9 l\x92\xe9motion \xe9tait forte.\n";

fn dropped(person: &mut Person, files: &[(&str, &[u8])]) {
    let folder = person.fresh.outside.path().join("in");
    for (name, bytes) in files {
        fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
        fs::write(folder.join(name), bytes).unwrap();
    }
    person.drop_file(folder);
    person.wait("all is read", |person| !person.sees("Reading"));
}

fn documents(person: &Person) -> Vec<PathBuf> {
    let entries = fs::read_dir(person.fresh.path.join("documents")).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn batch_shows_a_row_for_each_file_and_says_in_words_what_went_wrong() {
    let mut person = Person::at_sample("amina");
    let before = documents(&person).len();
    let files: [(&str, &[u8]); 5] = [
        ("a.txt", b"First\n\nText."),
        ("b.txt", b"\x7fELF\0\0"),
        ("deep/c.md", b"# Third\n\nText."),
        ("d.jpg", b"\xff"),
        ("e.txt", b"  \n"),
    ];
    dropped(&mut person, &files);
    person.must_see("Left alone in folders, because they are of other kinds: 1 .jpg.");
    assert!(person.sees_a(Role::Button, "a.txt, plain text · 12 characters"), "{:#?}", person.all(Role::Button));
    assert!(person.sees_a(Role::Button, "b.txt, not read: byte 4 is NUL: this is not a text file"));
    assert!(person.sees_a(Role::Button, "e.txt, not read: the file holds no text"));
    assert_eq!(person.written("Title"), "First");
    person.click(Role::Button, "c.md, Markdown · 14 characters");
    assert_eq!(person.written("Title"), "Third");
    assert_eq!(documents(&person).len(), before, "nothing is written yet");
    person.click(Role::Button, "Import 2 articles");
    person.wait("they are there", |person| person.sees_a(Role::Button, "Third, not started"));
    assert_eq!(documents(&person).len(), before + 4);
    assert!(person.sees_a(Role::Button, "First, not started"));
}

#[test]
fn what_the_article_says_of_itself_can_be_corrected_before_it_is_imported() {
    let mut person = Person::at_sample("amina");
    dropped(&mut person, &[("a.txt", b"Frist news\n\nText.")]);
    person.click(Role::TextInput, "Title");
    person.press(CTRL, Key::A);
    person.type_text("First news");
    person.click(Role::TextInput, "Publisher");
    person.type_text("The Averne Courier");
    person.click(Role::Button, "Import 1 article");
    person.wait("it is there", |person| person.sees_a(Role::Button, "First news, not started"));
    let record = documents(&person).into_iter().find(|path| path.to_string_lossy().contains("first-news")).unwrap();
    let record = fs::read_to_string(record.with_extension("ron")).unwrap();
    assert!(record.contains("publisher: \"The Averne Courier\""), "{record}");
}

#[test]
fn another_encoding_can_be_chosen_and_the_text_follows() {
    let mut person = Person::at_sample("amina");
    dropped(&mut person, &[("a.txt", FRENCH)]);
    assert_eq!(person.written("Title"), "L’été français");
    person.click(Role::ComboBox, "Encoding");
    person.click(Role::Button, "macintosh");
    person.wait("it is read again", |person| person.written("Title") != "L’été français");
    person.click(Role::ComboBox, "Encoding");
    person.click(Role::Button, "windows-1252");
    person.wait("it is read again", |person| person.written("Title") == "L’été français");
    person.click(Role::Button, "Import 1 article");
    person.wait("it is there", |person| person.sees_a(Role::Document, "Article: L’été français"));
}

#[test]
fn left_without_an_answer_nothing_is_imported() {
    let mut person = Person::at_sample("amina");
    let before = documents(&person);
    dropped(&mut person, &[("a.txt", b"First\n\nText.")]);
    person.click(Role::Button, "Cancel");
    assert!(!person.sees("Import articles"));
    assert_eq!(documents(&person), before);
}

#[test]
fn original_is_kept_beside_the_text_if_that_is_asked() {
    let mut person = Person::at_sample("amina");
    dropped(&mut person, &[("a.txt", FRENCH), ("b.txt", b"Second\n\nText.")]);
    person.click(Role::CheckBox, "Import b.txt");
    person.click(Role::CheckBox, "Keep the original files beside the texts");
    person.click(Role::Button, "Import 1 article");
    person.wait("it is there", |person| person.sees_a(Role::Document, "Article: L’été français"));
    let originals: Vec<_> =
        documents(&person).into_iter().filter(|path| path.to_string_lossy().contains(".original.")).collect();
    assert_eq!(originals.len(), 1);
    assert_eq!(fs::read(&originals[0]).unwrap(), FRENCH);
}

#[test]
fn small_window_shows_one_file_at_a_time() {
    let mut person = Person::at(Fresh::sample(), Opening { size: [640.0, 400.0], ..Opening::default() });
    dropped(&mut person, &[("a.txt", b"First\n\nText."), ("b.txt", b"Second one\n\nText.")]);
    person.must_see("1 of 2");
    person.click(Role::Button, "Next file");
    person.must_see("2 of 2");
    person.must_see("17 characters");
    assert!(person.place_of(Role::Button, "Import 2 articles").bottom() < 400.0);
}

#[test]
fn list_of_files_is_walked_by_the_keyboard() {
    let mut person = Person::at_sample("amina");
    dropped(&mut person, &[("a.txt", b"First\n\nText."), ("b.txt", b"Second\n\nText.")]);
    person.press(ALT, Key::ArrowDown);
    assert_eq!(person.written("Title"), "Second");
    person.press(NONE, Key::Enter);
    person.wait("they are there", |person| person.sees_a(Role::Button, "Second, not started"));
}

#[test]
fn folder_opened_without_a_project_becomes_one_when_its_articles_are_imported() {
    let fresh = Fresh::sample();
    let folder = fresh.outside.path().join("clippings");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.txt"), "First\n\nText.").unwrap();
    let mut person = Person::before(fresh, vec![folder], Opening::default());
    person.wait("it is read", |person| person.sees_a(Role::Button, "Import 1 article"));
    person.must_see("Import articles into the new project clippings");
    person.click(Role::Button, "Cancel");
    person.must_see("Try the sample project");
}
