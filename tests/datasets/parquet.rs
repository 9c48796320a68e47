//! Parquet: nothing is lost, not even what other formats have no place for.

use ascribe_engine::dataset::{By, DatasetError, Origin, ReadOptions, WriteOptions};

use super::{read, records, write};

#[test]
fn every_field_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut given = records(11, 30);
    for (number, record) in given.iter_mut().enumerate() {
        record.meta.insert("url".to_owned(), format!("https://x.example/{number}").into());
        record.meta.insert("words".to_owned(), number.into());
        record.meta.insert("publisher".to_owned(), "".into());
        record.annotator = if number % 2 == 0 { String::new() } else { "bo".to_owned() };
        for annotation in record.annotations.iter_mut().skip(1) {
            annotation.created = "2026-11-22T10:12:31Z".to_owned();
            annotation.origin =
                Some(Origin { by: By::Rule, name: String::new(), confirmed_by: Some("amina".to_owned()) });
        }
        if let Some(annotation) = record.annotations.first_mut() {
            annotation.origin = None;
        }
    }
    for name in ["one.parquet", "many/"] {
        let to = folder.path().join(name);
        let written = write(&given, "parquet", &to, &WriteOptions::default()).unwrap();
        assert!(!written.account.has_losses());
        let (back, told) = read("parquet", &to, &ReadOptions::default()).unwrap();
        assert_eq!(back, given, "{name}");
        assert_eq!(told.refused, []);
    }
    let files: Vec<_> = ascribe_tests::files(&folder.path().join("many")).into_keys().collect();
    assert_eq!(files, ["account.json", "annotations.parquet", "records.parquet"]);
}

#[test]
fn a_table_of_fragments_alone_and_a_broken_file_are_refused_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    write(&records(1, 3), "parquet", &folder.path().join("many/"), &WriteOptions::default()).unwrap();
    let flat = folder.path().join("many/annotations.parquet");
    let error = read("parquet", &flat, &ReadOptions::default()).unwrap_err();
    assert!(matches!(&error, DatasetError::Malformed { reason, .. } if reason.contains("`text`")), "{error}");
    let whole = std::fs::read(folder.path().join("many/records.parquet")).unwrap();
    let cut = folder.path().join("cut.parquet");
    std::fs::write(&cut, &whole[..whole.len() - 9]).unwrap();
    assert!(matches!(read("parquet", &cut, &ReadOptions::default()), Err(DatasetError::Malformed { .. })));
    // Whatever is damaged, reading ends, and says so or gives what is whole.
    for at in (4..whole.len()).step_by(37) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x5a;
        std::fs::write(&cut, damaged).unwrap();
        let _ = read("parquet", &cut, &ReadOptions::default());
    }
}
