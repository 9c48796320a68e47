//! Datasets damaged at random: readers never panic, and every record that they give holds together.

use std::{
    fs,
    io::{Read, Write},
    path::Path,
};

use ascribe_engine::dataset::{Format, ReadOptions, WriteOptions, misfit};
use ascribe_tests::Random;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{read, records, write};

/// Bytes that matter to JSON, XML, tables, lines or UTF-8.
const ODD: &[u8] = b"\"\\[]{}<>&;:,/=\n\r\t\0-09%\xff\xc3\xe2\x80";

/// Changes a few bytes, or cuts or repeats a stretch.
fn damage(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(3) {
        let start = random.below(bytes.len().max(1) as u32) as usize;
        let range = start..(start + random.below(80) as usize).min(bytes.len());
        match random.below(5) {
            0 => drop(bytes.splice(range, [])),
            1 => {
                let again = bytes[range.clone()].to_vec();
                bytes.splice(start..start, again);
            }
            2 if random.below(4) == 0 => bytes.truncate(start),
            _ => drop(bytes.splice(start..(start + 1).min(bytes.len()), [*random.pick(ODD)])),
        }
    }
}

/// Reads a dataset that may be broken; what comes of it must be sound.
fn check(format: &str, path: &Path, what: &str) {
    let Ok((records, _)) = read(format, path, &ReadOptions::default()) else { return };
    for record in &records {
        for annotation in &record.annotations {
            assert_eq!(misfit(&record.text, &annotation.spans), None, "{what}");
        }
        let count = record.annotations.len();
        assert!(record.relations.iter().all(|tie| tie.from < count && tie.to < count), "{what}");
    }
}

#[test]
fn damaged_datasets_are_read_as_far_as_they_hold_together() {
    let mut random = Random(41);
    for format in Format::all().filter(|format| format.is_written() && format.is_read()) {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("dataset");
        write(&records(13, 4), format.name(), &to, &WriteOptions::default()).unwrap();
        let files =
            if to.is_dir() { ascribe_tests::files(&to) } else { [(String::new(), fs::read(&to).unwrap())].into() };
        for round in 0..120 {
            for (name, bytes) in &files {
                let mut bytes = bytes.clone();
                damage(&mut bytes, &mut random);
                let path = if name.is_empty() { to.clone() } else { to.join(name) };
                fs::write(path, bytes).unwrap();
            }
            check(format.name(), &to, &format!("{}, round {round}", format.name()));
        }
    }
}

#[test]
fn a_damaged_project_in_a_sound_archive_is_read_as_far_as_it_holds_together() {
    let mut random = Random(43);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("project.qdpx");
    write(&records(17, 4), "qdpx", &path, &WriteOptions::default()).unwrap();
    let mut zip = ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let mut files = Vec::new();
    for number in 0..zip.len() {
        let mut file = zip.by_index(number).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.push((file.name().unwrap().into_owned(), bytes));
    }
    for round in 0..300 {
        let mut zip = ZipWriter::new(fs::File::create(&path).unwrap());
        for (name, bytes) in &files {
            let mut bytes = bytes.clone();
            if name.ends_with(".qde") || random.below(4) == 0 {
                damage(&mut bytes, &mut random);
            }
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(&bytes).unwrap();
        }
        zip.finish().unwrap();
        check("qdpx", &path, &format!("round {round}"));
    }
}
