//! How broken projects are checked: a row says what is broken and which problem a person should see.

use ascribe_engine::{Action, Project};
use ascribe_schema::{Problem, Severity, Span};
use ascribe_tests::{BRIDGE, Files, Fresh, TIME, document, files, run};

/// One way to break the sample project.
pub(crate) struct Row {
    pub(crate) what: &'static str,
    /// What breaks it.
    pub(crate) damage: fn(&Fresh),
    /// The rule of a problem that must be found, and the file and line that it must name.
    pub(crate) rule: &'static str,
    pub(crate) file: String,
    pub(crate) line: Option<usize>,
    /// Whether Amina's set of the bridge's article can still be changed.
    pub(crate) writable: bool,
}

/// Breaks a fresh copy of the sample, and checks that the problem is found, that everything else is still
/// there, and that looking at a broken project changes no byte of it.
pub(crate) fn check(row: &Row) {
    let what = row.what;
    let fresh = Fresh::sample();
    let (sound, intact) = (fresh.load(), files(&fresh.path));
    (row.damage)(&fresh);
    let broken = files(&fresh.path);
    let project = fresh.load();
    check_problem(row, &project);
    check_others(what, &sound, &project, &untouched(&intact, &broken));
    check_verb(row, &fresh, &project);
    assert!(files(&fresh.path) == broken, "{what}: reading changes nothing");

    let mut session = fresh.session("amina");
    assert_eq!(session.read_only(Some(&document(BRIDGE))).is_none(), row.writable, "{what}: can be changed");
    let tag = Action::Tag { label: "claim".to_owned(), spans: vec![Span::new(0, 9)], tie: None };
    if !row.writable {
        assert!(session.act(&document(BRIDGE), tag, TIME, &mut || 1).is_err(), "{what}");
    }
    drop(session);
    assert!(files(&fresh.path) == broken, "{what}: opening for work changes nothing");
}

fn check_problem(row: &Row, project: &Project) {
    let what = row.what;
    let fits = |problem: &&Problem| {
        problem.rule == row.rule && problem.place.file == row.file && problem.place.line == row.line
    };
    assert!(project.problems.iter().any(|problem| fits(&problem)), "{what}: {:#?}", project.problems);
    assert!(project.problems.iter().all(|problem| !problem.place.file.is_empty() && !problem.message.is_empty()));
    assert!(project.problems.is_sorted_by(|a, b| a.severity >= b.severity), "{what}: the worst come first");
}

fn untouched(intact: &Files, broken: &Files) -> Vec<String> {
    intact.keys().filter(|path| intact.get(*path) == broken.get(*path)).cloned().collect()
}

/// Documents and sets whose own files were not touched are there as before.
fn check_others(what: &str, sound: &Project, project: &Project, untouched: &[String]) {
    let whole = |path: String| untouched.contains(&path);
    if whole("project.ron".to_owned()) {
        assert_eq!(project.file, sound.file, "{what}");
    }
    for (id, document) in sound.documents.iter().filter(|(id, _)| whole(format!("documents/{id}.ron"))) {
        let found = &project.documents[id];
        assert_eq!(found.record, document.record, "{what}");
        if whole(format!("documents/{id}.txt")) {
            assert_eq!(found.text, document.text, "{what}");
        }
        for (annotator, stored) in &document.sets {
            if whole(format!("annotations/{annotator}/{id}.ron")) {
                assert_eq!(found.sets[annotator].set, stored.set, "{what}: {annotator}'s set");
            }
        }
    }
}

/// `check` on the command line says the same, for people and for programs.
fn check_verb(row: &Row, fresh: &Fresh, project: &Project) {
    let what = row.what;
    let path = fresh.path.as_os_str();
    let output = run(&["check".as_ref(), path]);
    let place = row.line.map_or(row.file.clone(), |line| format!("{}:{line}", row.file));
    let after = [": ", ":", " ("].map(|after| format!(" {place}{after}"));
    let said = |said: &str| after.iter().any(|place| said.contains(place)) && said.contains(&format!("[{}]", row.rule));
    assert!(output.out.lines().any(said), "{what}: {}", output.out);
    assert_eq!((output.status, output.err.as_str()), (u8::from(project.has_errors()), ""), "{what}");
    assert_eq!(run(&["check".as_ref(), path, "--strict".as_ref()]).status, 1, "{what}: --strict");

    let output = run(&["check".as_ref(), path, "--json".as_ref()]);
    let json: serde_json::Value = serde_json::from_str(&output.out).unwrap();
    let count = |severity| project.problems.iter().filter(|problem| problem.severity == severity).count();
    for (field, severity) in [("errors", Severity::Error), ("warnings", Severity::Warning), ("notes", Severity::Note)] {
        assert_eq!(json[field], count(severity), "{what}: {field}");
    }
    assert_eq!(json["problems"].as_array().unwrap().len(), project.problems.len(), "{what}");
    assert_eq!(output.status, u8::from(project.has_errors()), "{what}");
}
