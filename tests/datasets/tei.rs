//! TEI: ranges point at the same characters as the annotations.

use std::fs;

use ascribe_engine::dataset::{Kind, Record, WriteOptions};
use ascribe_schema::Text;

use super::{kept, records, write};

/// The characters of the text element, as an XML reader sees them.
fn content(xml: &str) -> Vec<char> {
    let start = xml.find("<ab ").unwrap();
    let start = start + xml[start..].find('>').unwrap() + 1;
    let inner = &xml[start..xml.find("</ab>").unwrap()];
    let inner = inner.replace("<lb/>", "").replace("&lt;", "<").replace("&gt;", ">").replace("&#13;", "\r");
    inner.replace("&amp;", "&").chars().collect()
}

#[test]
fn ranges_count_the_characters_of_the_text() {
    let given = records(9, 30);
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("tei");
    let written = write(&given, "tei", &to, &WriteOptions::default()).unwrap();
    assert_eq!(kept(&written, Kind::Document), given.len());
    for record in &given {
        let xml = fs::read_to_string(to.join("amina").join(format!("{}.xml", record.id))).unwrap();
        let content = content(&xml);
        assert_eq!(content.iter().collect::<String>(), record.text.as_str());
        let mut ranges = xml.split("#string-range(text,").skip(1).map(|range| {
            let (start, rest) = range.split_once(',').unwrap();
            let (start, length): (usize, usize) =
                (start.parse().unwrap(), rest.split_once(')').unwrap().0.parse().unwrap());
            content[start..start + length].iter().collect::<String>()
        });
        let spans = record.annotations.iter().flat_map(|annotation| &annotation.spans);
        for span in spans {
            assert_eq!(ranges.next().as_deref(), Some(record.slice(*span)));
        }
    }
}

#[test]
fn a_document_that_xml_cannot_hold_is_left_out_and_said_to_be() {
    let text = |id: &str, text: &str| Record { id: id.to_owned(), text: Text::new(text).into(), ..Record::default() };
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("tei");
    let given = [text("a", "bell \u{7} rings"), text("../b", "x\r\ny")];
    let written = write(&given, "tei", &to, &WriteOptions::default()).unwrap();
    assert_eq!(written.account.numbers(Kind::Document).left_out, 1);
    let mut names: Vec<_> = ascribe_tests::files(&to).into_keys().collect();
    names.retain(|name| name.ends_with(".xml"));
    assert_eq!(names, ["%2E.%2Fb.xml"]);
}

#[test]
fn documents_of_one_name_all_have_a_file() {
    let record = |text: &str| Record { id: "a".to_owned(), text: Text::new(text).into(), ..Record::default() };
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("tei");
    write(&[record("one"), record("two")], "tei", &to, &WriteOptions::default()).unwrap();
    let texts: String = ["a.xml", "a%2.xml"].map(|name| fs::read_to_string(to.join(name)).unwrap()).concat();
    assert!(texts.contains("one") && texts.contains("two"));
}
