//! Nothing outside a project's folder is ever read or written, whatever the files in it say.

use std::{fs, path::Path, process::Command};

use ascribe_schema::{Bundle, Content, FORMAT, check_path, write};
use ascribe_tests::{BRIDGE, Fresh, files, run, set_of};

use crate::damage::{Row, check};

/// Paths that must never be followed from inside a project.
const ESCAPES: [&str; 16] = [
    "../evil.ron",
    "../../etc/passwd",
    "/etc/passwd",
    "documents/../../evil.ron",
    "documents/./x.ron",
    "documents//x.ron",
    "documents/",
    "",
    ".",
    "..",
    ".git/hooks/post-checkout",
    "annotations/.ascribe/x",
    "C:\\evil.ron",
    "..\\evil.ron",
    "documents/evil\0.ron",
    "documents/evil.ron:stream",
];

fn row(what: &'static str, rule: &'static str, file: &str, line: Option<usize>, damage: fn(&Fresh)) -> Row {
    let writable = !file.contains(BRIDGE) && !file.contains("amina");
    Row { what, damage, rule, file: file.to_owned(), line, writable }
}

#[test]
fn a_path_in_place_of_a_name_is_a_problem() {
    let record = format!("documents/{BRIDGE}.ron");
    let rows = [
        row("as a set's article", "unreadable", &set_of("amina"), Some(4), |fresh| {
            fresh.replace(&set_of("amina"), BRIDGE, "../../etc/passwd");
        }),
        row("as a set's annotator", "unreadable", &set_of("amina"), Some(6), |fresh| {
            fresh.replace(&set_of("amina"), "annotator: \"amina\"", "annotator: \"../bo\"");
        }),
        row("as a record's id", "unreadable", &record, Some(4), |fresh| {
            fresh.replace(&format!("documents/{BRIDGE}.ron"), BRIDGE, "../../etc/passwd");
        }),
        row("in an assignment", "unreadable", "project.ron", Some(116), |fresh| {
            fresh.replace("project.ron", BRIDGE, "../../etc/passwd");
        }),
    ];
    rows.iter().for_each(check);
}

#[cfg(unix)]
fn link(fresh: &Fresh, target: &Path, at: &str) {
    let at = fresh.path.join(at);
    if at.is_dir() {
        fs::rename(&at, fresh.outside.path().join("elsewhere")).unwrap();
    } else {
        let _ = fs::remove_file(&at);
    }
    std::os::unix::fs::symlink(target, at).unwrap();
}

#[test]
#[cfg(unix)]
fn a_link_or_a_pipe_is_a_problem_and_not_followed() {
    let text = format!("documents/{BRIDGE}.txt");
    let rows = [
        row("a text", "unreadable-file", &text, None, |fresh| {
            link(fresh, Path::new("/etc/passwd"), &format!("documents/{BRIDGE}.txt"));
        }),
        row("a set", "unreadable-file", &set_of("amina"), None, |fresh| {
            let elsewhere = fresh.outside.path().join("set.ron");
            fs::write(&elsewhere, fresh.read(&set_of("amina"))).unwrap();
            link(fresh, &elsewhere, &set_of("amina"));
        }),
        row("the project file", "unreadable-file", "project.ron", None, |fresh| {
            link(fresh, Path::new("/etc/passwd"), "project.ron");
        }),
        row("a person's folder", "unreadable-file", "annotations/amina", None, |fresh| {
            link(fresh, &fresh.outside.path().join("elsewhere"), "annotations/amina");
        }),
        row("a pipe, which has no end", "unreadable-file", &text, None, |fresh| {
            let text = fresh.path.join(format!("documents/{BRIDGE}.txt"));
            fs::remove_file(&text).unwrap();
            assert!(Command::new("mkfifo").arg(text).status().unwrap().success());
        }),
        row("the sets' folder", "unreadable-file", "annotations", None, |fresh| {
            link(fresh, &fresh.outside.path().join("elsewhere"), "annotations");
        }),
    ];
    for row in rows {
        let writable = row.writable && row.file != "annotations";
        check(&Row { writable, ..row });
    }
}

#[test]
fn a_bundle_with_a_path_that_escapes_is_refused_and_writes_nothing() {
    for path in ESCAPES {
        assert!(check_path(path).is_err(), "{path:?}");
        let outside = tempfile::tempdir().unwrap();
        let (bundle, folder) = (outside.path().join("bundle.ron"), outside.path().join("a/b/project"));
        let good = ("project.ron".to_owned(), Content::Text("x".to_owned()));
        let evil = (path.to_owned(), Content::Text("evil".to_owned()));
        let text = write(&Bundle { format: FORMAT, files: [good, evil].into() }).unwrap();
        fs::write(&bundle, text).unwrap();
        let before = files(outside.path());
        for arguments in
            [&["unpack".as_ref(), bundle.as_os_str(), folder.as_os_str()][..], &["check".as_ref(), bundle.as_os_str()]]
        {
            let output = run(arguments);
            assert_eq!((output.status, output.out.as_str()), (2, ""), "{path:?}");
            assert!(output.err.contains("outside the project's folder"), "{path:?}: {}", output.err);
        }
        assert!(files(outside.path()) == before && !folder.exists(), "{path:?}");
    }
}

#[test]
fn every_path_of_the_sample_is_fine_in_a_bundle() {
    for path in files(&Fresh::sample().path).into_keys().filter(|path| !path.starts_with('.')) {
        assert_eq!(check_path(&path), Ok(()));
    }
}
