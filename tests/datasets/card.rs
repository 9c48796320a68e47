//! The script beside a dataset finds nothing wrong in it, and finds what somebody changed.

use std::{path::Path, process::Command};

use ascribe_engine::dataset::{self, CardAbout, Destination, Format, Record, Told, Way, Work, WriteOptions, card};

use super::records;

/// Writes a dataset in two parts with its card.
fn write(records: Vec<Record>, format: Format, to: &Path, options: &WriteOptions) {
    let parts = ["train".to_owned(), "test".to_owned()];
    let about = CardAbout { title: "Test", format, parts: &parts, scheme: None, licence: "cc0-1.0", agreement: "" };
    let way = Way {
        change: &|record, _: &mut Told| Some(record),
        parts: parts.to_vec(),
        part: &|record| record.text.len().get() % 2,
        summary: true,
        stopped: &|| false,
        progress: &mut |_| (),
    };
    let works = std::iter::once(Box::new(move |_: &mut Told| records) as Work);
    let to = Destination::Path(to.to_owned());
    dataset::write(Box::new(works), format, &to, options, way, &|written| card(written, &about)).unwrap();
}

fn verify(folder: &Path) -> Option<(bool, String)> {
    let output = Command::new("python3").arg(folder.join("verify.py")).output().ok()?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    Some((output.status.success(), said))
}

#[test]
fn the_script_proves_a_dataset_and_finds_a_changed_one() {
    let given = records(9, 30);
    let count: usize = given.iter().map(|record| record.annotations.len()).sum();
    for (name, spreadsheet, file) in [
        ("jsonl", false, "train.jsonl"),
        ("csv", false, "train/documents.csv"),
        ("csv", true, "test/documents.csv"),
        ("parquet", false, ""),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("dataset");
        let options = WriteOptions { spreadsheet, ..WriteOptions::default() };
        write(given.clone(), Format::named(name).unwrap(), &to, &options);
        let Some((proved, said)) = verify(&to) else {
            println!("skipped: no python3");
            return;
        };
        if name == "parquet" && said.contains("ModuleNotFoundError") {
            println!("skipped: no pyarrow");
            continue;
        }
        assert!(proved && said.starts_with(&format!("30 texts, {count} annotations, 0 wrong")), "{name}: {said}");
        if file.is_empty() {
            continue;
        }
        let text = std::fs::read_to_string(to.join(file)).unwrap();
        std::fs::write(to.join(file), text.replacen("Start ", "Stort ", 1)).unwrap();
        let (proved, said) = verify(&to).unwrap();
        assert!(!proved && said.contains("its text is another"), "{name}: {said}");
    }
}
