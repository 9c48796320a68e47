//! Damaged files of every format: read as far as they go, or refused, but never a crash.

use std::{fs, path::PathBuf};

use ascribe_engine::dataset::{Format, ReadOptions, WriteOptions};
use ascribe_tests::Random;

use super::{read, records, write};

/// The data files of a dataset.
fn data(path: PathBuf) -> Vec<PathBuf> {
    if !path.is_dir() {
        return vec![path];
    }
    let inside = fs::read_dir(path).unwrap().flat_map(|entry| data(entry.unwrap().path()));
    inside.filter(|path| path.file_name().is_some_and(|name| name != "account.json")).collect()
}

#[test]
fn a_damaged_dataset_is_read_as_far_as_it_goes() {
    let mut random = Random(17);
    for format in Format::all().filter(|format| format.is_written() && format.is_read()) {
        for seed in 0..30 {
            let folder = tempfile::tempdir().unwrap();
            let to = folder.path().join("dataset");
            write(&records(seed, 3), format.name(), &to, &WriteOptions::default()).unwrap();
            let mut files = data(to.clone());
            files.sort();
            let file = random.pick(&files);
            let mut bytes = fs::read(file).unwrap();
            for _ in 0..1 + random.below(6) {
                let at = random.below(bytes.len() as u32) as usize;
                match random.below(4) {
                    0 => bytes[at] = *random.pick(b"\"{}[]:,0-9e.\\\n<>&\0\xff"),
                    1 => drop(bytes.remove(at)),
                    2 => bytes.insert(at, *random.pick(b"9\"}],{")),
                    _ => bytes.truncate(at.max(1)),
                }
            }
            fs::write(file, bytes).unwrap();
            if let Ok((records, _)) = read(format.name(), &to, &ReadOptions::default()) {
                for record in records {
                    let ends = record.relations.iter().flat_map(|relation| [relation.from, relation.to]);
                    assert!(ends.into_iter().all(|end| end < record.annotations.len()), "{}", format.name());
                    for annotation in &record.annotations {
                        assert_eq!(ascribe_engine::dataset::misfit(&record.text, &annotation.spans), None);
                    }
                }
            }
        }
    }
}
