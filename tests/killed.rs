//! Killing an export at any moment leaves the old dataset or none under the final name, never a part of one. Runs the
//! real program, because only a process can be killed.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use ascribe_engine::dataset::{Format, Shape};

/// How often each export is killed, at moments spread over the time that it takes.
const KILLS: u32 = 10;

/// The program with a dataset as input, to write another.
fn convert(input: &Path, format: &str, output: &Path, split: bool) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ascribe-cli"));
    command.args(["convert", "--from", "jsonl", "--to", format]).args([input, output]);
    if split {
        command.args(["--split", "train=1,test=1"]);
    }
    // Some formats say when they were made, and the same bytes are wanted each time.
    command.env("SOURCE_DATE_EPOCH", "1750000000");
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// All bytes under a name: of the file, or of the files in the folder.
fn bytes(path: &Path) -> Option<BTreeMap<String, Vec<u8>>> {
    if path.is_file() {
        return Some(BTreeMap::from([(String::new(), fs::read(path).unwrap())]));
    }
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(path).ok()? {
        let entry = entry.unwrap();
        for (name, content) in bytes(&entry.path()).unwrap() {
            all.insert(format!("{}/{name}", entry.file_name().to_string_lossy()), content);
        }
    }
    Some(all)
}

/// A dataset of many documents.
fn dataset(documents: usize, label: &str) -> String {
    let document = |n: usize| {
        let text = "The minister said no. ".repeat(20);
        let annotations: Vec<_> = (0..20)
            .map(|a| {
                format!(
                    r#"{{"id":"{a}","label":"{label}","spans":[[{},{}]],"attributes":{{"verification":"refuted"}}}}"#,
                    a * 22,
                    a * 22 + 12
                )
            })
            .collect();
        format!(
            r#"{{"id":"{n}","text":"{text}{n}","meta":{{"url":"https://paper.example/{n}"}},"annotations":[{}]}}"#,
            annotations.join(",")
        )
    };
    (0..documents).map(|n| document(n) + "\n").collect()
}

fn check(format: &str, split: bool) {
    let folder = tempfile::tempdir().unwrap();
    let [old, new] = [("old.jsonl", 5, "claim"), ("new.jsonl", 400, "claim")].map(|(name, count, label)| {
        let path = folder.path().join(name);
        fs::write(&path, dataset(count, label)).unwrap();
        path
    });
    let whole = |input: &Path, name: &str| {
        let to = folder.path().join(name);
        let start = Instant::now();
        assert!(convert(input, format, &to, split).status().unwrap().success(), "{format}");
        (bytes(&to).unwrap(), start.elapsed())
    };
    let ((before, _), (after, time)) = (whole(&old, "before"), whole(&new, "after"));
    let to = folder.path().join("dataset");
    for kill in 0..KILLS {
        let there = kill % 2 == 1;
        if to.is_dir() {
            fs::remove_dir_all(&to).unwrap()
        } else if to.exists() {
            fs::remove_file(&to).unwrap()
        }
        if there {
            assert!(convert(&old, format, &to, split).status().unwrap().success());
        }
        let mut process = convert(&new, format, &to, split).spawn().unwrap();
        sleep(time * kill / KILLS + Duration::from_micros(300));
        process.kill().unwrap();
        process.wait().unwrap();
        let found = bytes(&to);
        let old = if there { found.as_ref() == Some(&before) } else { found.is_none() };
        // Between two folders there is a moment with none.
        let none = found.is_none();
        assert!(
            old || none || found.as_ref() == Some(&after),
            "{format}, kill {kill}: neither the old dataset nor none"
        );
    }
}

#[test]
fn a_killed_export_leaves_the_old_dataset_or_none() {
    for format in Format::all().filter(|format| format.is_written()) {
        check(format.name(), false);
    }
}

#[test]
fn so_does_a_killed_export_in_parts() {
    let files = Format::all().filter(|format| format.is_written() && matches!(format.shape(), Shape::File(_)));
    files.take(1).for_each(|format| check(format.name(), true));
}
