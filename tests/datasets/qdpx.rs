//! REFI-QDA projects: those of other programs, and what ours keep.

use std::{fs::File, io::Write, path::Path};

use ascribe_engine::dataset::{Annotation, DatasetError, Fate, Kind, ReadOptions, Record, Unit, WriteOptions};
use ascribe_schema::{Span, Text};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{read, records, write};

/// Writes an archive.
fn project(path: &Path, xml: &str, files: &[(&str, &str)]) {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    for (name, content) in [("project.qde", xml)].iter().chain(files) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

const GUID: &str = "00000000-0000-4000-8000-00000000000";

#[test]
fn a_project_of_another_program_is_read_with_its_own_habits() {
    let xml = format!(
        r##"<?xml version="1.0"?><Project name="x" origin="Other 3" xmlns="urn:QDA-XML:project:1.0">
<Users><User guid="{{{GUID}1}}" name="Zoë"/><User guid="{GUID}2" id="bo"/></Users>
<CodeBook><Codes><Code guid="{GUID}3" name="who" isCodable="true"><Description>speakers</Description>
<Code guid="{GUID}4" name="minister" isCodable="true"/></Code></Codes></CodeBook>
<Sources>
<TextSource guid="{GUID}5" name="article" plainTextPath="internal://a.txt" creatingUser="{GUID}1">
<PlainTextSelection guid="{GUID}6" name="The minister" startPosition="0" endPosition="11" creatingUser="{GUID}1">
<Description>first &amp; last</Description><Coding guid="{GUID}7"><CodeRef targetGUID="{{{GUID}4}}"/></Coding>
<NoteRef targetGUID="{GUID}A"/></PlainTextSelection>
<PlainTextSelection guid="{GUID}8" name="said 😀" startPosition="13" endPosition="18">
<Coding guid="{GUID}9" creatingUser="{GUID}2"><CodeRef targetGUID="{GUID}3"/></Coding></PlainTextSelection>
<PlainTextSelection guid="{GUID}B" startPosition="13" endPosition="900"/>
<PlainTextSelection guid="{GUID}C" startPosition="13" endPosition="14"/>
<VariableValue><VariableRef targetGUID="{GUID}F"/><TextValue>press</TextValue></VariableValue>
</TextSource>
<TextSource guid="{GUID}D" name="out" plainTextPath="internal://../../secret.txt"/>
<TextSource guid="{GUID}D" name="far" plainTextPath="relative://secret.txt"/>
<PDFSource guid="{GUID}D" name="pdf"><PDFSelection guid="{GUID}D" page="0"/></PDFSource>
<TextSource guid="{GUID}E" name="inline"><PlainTextContent>Short &lt;text&gt;</PlainTextContent></TextSource>
</Sources>
<Notes><Note guid="{GUID}A"><PlainTextContent>a memo</PlainTextContent></Note></Notes>
<Links><Link guid="{GUID}0" name="x" originGUID="{GUID}6" targetGUID="{GUID}3"/></Links></Project>"##
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.qdpx");
    project(&path, &xml, &[("Sources/a.txt", "\u{feff}The minister said 😀.\n"), ("secret.txt", "no")]);
    let (records, told) = read("qdpx", &path, &ReadOptions::default()).unwrap();
    let seen: Vec<_> = records
        .iter()
        .flat_map(|record| record.annotations.iter().map(move |annotation| (record, annotation)))
        .map(|(record, annotation)| (record.annotator.as_str(), annotation.label.as_str(), annotation.spans.as_slice()))
        .collect();
    let wanted: [(&str, &str, &[Span]); 2] =
        [("Zoë", "who/minister", &[Span::new(0, 12)]), ("bo", "who", &[Span::new(13, 19)])];
    assert_eq!(seen, wanted, "end positions are the last characters here");
    assert_eq!(records[0].annotations[0].note, "first & last\na memo");
    assert_eq!(records.last().unwrap().text.as_str(), "Short <text>");
    let reasons: Vec<_> = told.refused.iter().map(|refused| (refused.kind, refused.reason.as_str())).collect();
    let wanted = [
        (Kind::Document, "PDFSource"),
        (Kind::Relation, "two selections"),
        (Kind::Annotation, "positions"),
        (Kind::Annotation, "no code"),
        (Kind::Document, "no sources/../../secret.txt"),
        (Kind::Document, "outside"),
    ];
    assert_eq!(reasons.len(), wanted.len(), "{reasons:?}");
    for ((kind, reason), (wanted, part)) in reasons.iter().zip(wanted) {
        assert!(*kind == wanted && reason.contains(part), "{reason}");
    }
    assert!(told.refused.iter().all(|refused| refused.content.starts_with('<')));
    assert!(!told.noted.is_empty());
}

#[test]
fn two_annotators_of_one_article_share_its_source() {
    let record = |annotator: &str, annotations: Vec<Annotation>| Record {
        id: "a-1".to_owned(),
        text: Text::new("They said no.").into(),
        annotator: annotator.to_owned(),
        annotations,
        ..Record::default()
    };
    let mut claim = Annotation::new("c", "claim", vec![Span::new(0, 4), Span::new(10, 12)]);
    claim.attributes.insert("polarity".to_owned(), String::new());
    let given = [record("amina", vec![claim]), record("bo", Vec::new())];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("two.qdpx");
    let written = write(&given, "qdpx", &path, &WriteOptions::default()).unwrap();
    let degraded: Vec<_> = written.account.losses().map(|(fate, kind, ..)| (fate, kind)).collect();
    assert_eq!(degraded, [(Fate::Degraded, Kind::Annotation)]);
    let archive = zip::ZipArchive::new(File::open(&path).unwrap()).unwrap();
    assert_eq!(archive.len(), 2, "one text and the project");
    let (back, told) = read("qdpx", &path, &ReadOptions::default()).unwrap();
    assert_eq!(told.refused, []);
    let annotators: Vec<_> = back.iter().map(|record| (record.annotator.as_str(), record.annotations.len())).collect();
    assert_eq!(annotators, [("amina", 1), ("bo", 0)]);
    assert_eq!(back[0].annotations[0].spans, given[0].annotations[0].spans);
}

#[test]
fn metadata_and_annotators_come_back() {
    let given = records(5, 6);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("project.qdpx");
    write(&given, "qdpx", &path, &WriteOptions::default()).unwrap();
    let (back, _) = read("qdpx", &path, &ReadOptions::default()).unwrap();
    for (given, back) in given.iter().zip(&back) {
        assert_eq!((&given.id, &given.annotator, &given.meta), (&back.id, &back.annotator, &back.meta));
    }
}

#[test]
fn what_is_no_project_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.qdpx");
    for xml in ["<Project><Sources>", "<html/>", "<!DOCTYPE x [<!ENTITY a \"b\">]><Project>&a;</Project>"] {
        project(&path, xml, &[]);
        let read = read("qdpx", &path, &ReadOptions::default());
        assert!(matches!(read, Err(DatasetError::Malformed { .. })), "{xml}");
    }
    std::fs::write(&path, "PK nothing").unwrap();
    assert!(matches!(read("qdpx", &path, &ReadOptions::default()), Err(DatasetError::Malformed { .. })));
}

#[test]
fn notes_codes_and_sets_that_belong_to_no_words_are_told() {
    let xml = format!(
        r##"<Project name="x" origin="Other 3"><CodeBook><Codes><Code guid="{GUID}3" name="who"/></Codes></CodeBook>
<Sources><TextSource guid="{GUID}5" name="article"><PlainTextContent>They said no.</PlainTextContent>
<PlainTextSelection guid="{GUID}6" startPosition="0" endPosition="4">
<Coding guid="{GUID}7"><CodeRef targetGUID="{GUID}3"/></Coding>
<Coding guid="{GUID}8"><CodeRef targetGUID="{GUID}4"/></Coding></PlainTextSelection>
<Coding guid="{GUID}9"><CodeRef targetGUID="{GUID}3"/></Coding>
<NoteRef targetGUID="{GUID}A"/>
<VariableValue><VariableRef targetGUID="{GUID}F"/><TextValue>press</TextValue></VariableValue></TextSource></Sources>
<Notes><Note guid="{GUID}A"><PlainTextContent>on the text</PlainTextContent></Note>
<Note guid="{GUID}B"><PlainTextContent>on nothing</PlainTextContent>
<PlainTextSelection guid="{GUID}C" startPosition="0" endPosition="2"/></Note></Notes>
<Sets><Set guid="{GUID}D" name="mine"><MemberCode targetGUID="{GUID}3"/></Set></Sets></Project>"##
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.qdpx");
    project(&path, &xml, &[]);
    let (records, told) = read("qdpx", &path, &ReadOptions::default()).unwrap();
    assert_eq!(records[0].annotations.len(), 1);
    assert_eq!(records[0].meta("description"), "on the text");
    assert!(records[0].meta.values().any(|value| value == "press"), "a variable without a name");
    let reasons: Vec<_> = told.refused.iter().map(|refused| (refused.kind, refused.reason.as_str())).collect();
    let wanted = [
        (Kind::Note, "no text"),
        (Kind::Annotation, "codes a note"),
        (Kind::Annotation, "not in the codebook"),
        (Kind::Annotation, "whole text"),
    ];
    assert_eq!(reasons.len(), wanted.len(), "{reasons:?}");
    for ((kind, reason), (wanted, part)) in reasons.iter().zip(wanted) {
        assert!(*kind == wanted && reason.contains(part), "{reason}");
    }
    assert!(told.refused.iter().all(|refused| refused.content.starts_with('<') && refused.content.ends_with('>')));
    assert!(told.noted.keys().any(|note| note.contains("set")));
}

#[test]
fn utf16_positions_and_archives_of_windows_are_understood() {
    let selection = |guid: &str, name: &str, start: u32, end: u32| {
        format!(
            r#"<PlainTextSelection guid="{GUID}{guid}" name="{name}" startPosition="{start}" endPosition="{end}">
<Coding guid="{GUID}{guid}"><CodeRef targetGUID="{GUID}3"/></Coding></PlainTextSelection>"#
        )
    };
    let xml = |selections: &str| {
        format!(
            r#"<Project origin="NVivo 15"><CodeBook><Codes><Code guid="{GUID}3" name="who"/></Codes></CodeBook><Sources>
<TextSource guid="{GUID}5" name="a" plainTextPath="internal://a.txt">{selections}</TextSource></Sources></Project>"#
        )
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.qdpx");
    let files = [("Sources\\a.txt", "😀 They said no.")];
    project(&path, &xml(&selection("6", "They", 3, 7)), &files);
    let spans = |options: &ReadOptions| read("qdpx", &path, options).unwrap().0[0].annotations[0].spans.clone();
    assert_eq!(spans(&ReadOptions::default()), [Span::new(2, 6)], "its name says so");
    project(&path, &xml(&selection("6", "", 3, 7)), &files);
    assert_eq!(spans(&ReadOptions::default()), [Span::new(3, 7)], "the standard says so");
    let options = ReadOptions { offsets: Some(Unit::Utf16), ..ReadOptions::default() };
    assert_eq!(spans(&options), [Span::new(2, 6)], "somebody says so");
}

#[test]
fn an_attribute_with_a_control_character_stays_one() {
    let mut claim = Annotation::new("c", "claim", vec![Span::new(0, 4)]);
    claim.attributes.insert("entity".to_owned(), "Zoë\u{1}".to_owned());
    let text = Text::new("They said no.").into();
    let record = Record { id: "a".to_owned(), text, annotations: vec![claim], ..Record::default() };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.qdpx");
    let written = write(&[record], "qdpx", &path, &WriteOptions::default()).unwrap();
    assert_eq!(written.account.numbers(Kind::Attribute).degraded, 1);
    let (back, _) = read("qdpx", &path, &ReadOptions::default()).unwrap();
    let [annotation] = back[0].annotations.as_slice() else { panic!("{:?}", back[0].annotations) };
    assert_eq!((annotation.label.as_str(), annotation.attributes["entity"].as_str()), ("claim", "Zoë\u{fffd}"));
}
