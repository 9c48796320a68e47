//! For every format that is written and read: the same annotations come back, less exactly what the account says.

use ascribe_engine::dataset::{Format, Kind, Record, Shape, WriteOptions, detect};

use super::{content, kept, knowing, read, records, write};

/// Formats of tokens, which move bounds and cannot hold overlap; their own tests hold them.
const TOKENS: [&str; 2] = ["conll", "webanno-tsv"];

fn formats() -> impl Iterator<Item = Format> {
    let both = |format: &Format| format.is_written() && format.is_read();
    Format::all().filter(both).filter(|format| !TOKENS.contains(&format.name()))
}

/// What a dataset may be called: a file or a folder, as the format has it, or both where it can be either.
fn names(format: Format) -> &'static [&'static str] {
    if matches!(format.shape(), Shape::Either(_)) { &["dataset", "dataset/"] } else { &["dataset"] }
}

#[test]
fn what_is_written_is_read_back_less_what_the_account_says() {
    for format in formats() {
        for seed in 0..40 {
            names(format).iter().for_each(|name| round_trip(format, name, &records(seed, 5), seed));
        }
    }
}

fn round_trip(format: Format, name: &str, given: &[Record], seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join(name);
    let written = write(given, format.name(), &to, &WriteOptions::default()).unwrap();
    let (back, told) = read(format.name(), &to, &knowing(given)).unwrap();
    let name = format.name();
    assert_eq!(told.refused, [], "{name}, seed {seed}");
    assert_eq!(back.len(), given.len(), "{name}, seed {seed}");
    let mut wanted: Vec<_> = given.iter().map(|record| content(record, format.holds())).collect();
    let mut got: Vec<_> = back.iter().map(|record| content(record, format.holds())).collect();
    wanted.sort();
    got.sort();
    for (wanted, got) in wanted.iter().zip(&got) {
        assert_eq!(wanted, got, "{name}, seed {seed}");
    }
    for kind in [Kind::Document, Kind::Relation, Kind::Attribute, Kind::Note] {
        let given: usize = given.iter().map(|record| kind.count(record)).sum();
        let numbers = written.account.numbers(kind);
        assert_eq!(numbers.all(), given, "{name}: every {} is accounted for", kind.word(1));
        let split = format.holds().fragments == ascribe_engine::dataset::Fragments::Split;
        if !split {
            let back: usize = back.iter().map(|record| kind.count(record)).sum();
            assert_eq!(back, kept(&written, kind), "{name}: {}", kind.word(2));
        }
    }
}

#[test]
fn writing_twice_gives_the_same_bytes() {
    for format in Format::all().filter(|format| format.is_written()) {
        let folder = tempfile::tempdir().unwrap();
        let [first, second] = ["first", "second"].map(|name| {
            let to = folder.path().join(name);
            write(&records(7, 20), format.name(), &to, &WriteOptions::default()).unwrap();
            if to.is_dir() {
                ascribe_tests::files(&to).into_iter().collect()
            } else {
                vec![(String::new(), std::fs::read(to).unwrap())]
            }
        });
        assert!(first == second, "{}", format.name());
    }
}

#[test]
fn a_dataset_is_recognised_by_its_content() {
    for format in Format::all().filter(|format| format.is_written() && format.is_read()) {
        for name in names(format) {
            let folder = tempfile::tempdir().unwrap();
            let to = folder.path().join(name);
            write(&records(3, 8), format.name(), &to, &WriteOptions::default()).unwrap();
            assert_eq!(detect(&to).unwrap(), format);
        }
    }
}
