//! The workbook: no formulas, nothing cut in silence.

use std::io::{Cursor, Read};

use ascribe_engine::dataset::{Annotation, Kind, Record, WriteOptions};
use ascribe_schema::{Span, Text};

use super::{records, write};

fn parts(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let (name, mut text) = (file.name().unwrap().into_owned(), String::new());
        file.read_to_string(&mut text).unwrap();
        parts.push((name, text));
    }
    parts
}

fn workbook(records: &[Record]) -> (ascribe_engine::dataset::Written, Vec<(String, String)>) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("x.xlsx");
    let written = write(records, "xlsx", &to, &WriteOptions::default()).unwrap();
    (written, parts(std::fs::read(to).unwrap()))
}

#[test]
fn no_cell_is_a_formula_and_there_is_a_row_for_every_fragment() {
    let given = records(4, 12);
    let (written, parts) = workbook(&given);
    assert!(!written.account.has_losses());
    assert!(parts.iter().all(|(_, text)| !text.contains("<f>") && !text.contains("<f ")));
    let sheet = |number: usize| {
        let name = format!("xl/worksheets/sheet{number}.xml");
        parts.iter().find(|(other, _)| *other == name).map(|(_, text)| text.matches("<row ").count()).unwrap()
    };
    let count = |kind: Kind| given.iter().map(|record| kind.count(record)).sum::<usize>() + 1;
    assert_eq!([sheet(1), sheet(2), sheet(3)], [Kind::Document, Kind::Fragment, Kind::Relation].map(count));
}

#[test]
fn what_does_not_fit_into_a_cell_is_cut_and_said() {
    let text = Text::new("😀".repeat(20_000)).into();
    let mut tag = Annotation::new("a", "claim", vec![Span::new(0, 18_000), Span::new(18_001, 18_002)]);
    tag.note = "n".repeat(32_767);
    let given = Record { id: "long".to_owned(), text, annotations: vec![tag], ..Record::default() };
    let (written, parts) = workbook(&[given]);
    let degraded = |kind: Kind| written.account.numbers(kind).degraded;
    assert_eq!([Kind::Document, Kind::Fragment, Kind::Note].map(degraded), [1, 1, 0]);
    let sheet = parts.iter().find(|(name, _)| name == "xl/worksheets/sheet1.xml").unwrap();
    assert_eq!(sheet.1.matches('😀').count(), 32_767 / 2);
}
