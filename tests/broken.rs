//! Broken projects: nothing panics, everything broken is a problem with a place, the rest still loads.

use std::fs;

use ascribe_engine::{import, store::Store};
use ascribe_schema::Progress;
use ascribe_tests::{BRIDGE, FOG, Fresh, TIME, document, name, run, set_of};

use crate::damage::{Row, check};

const PROJECT: &str = "project.ron";

fn amina() -> String {
    set_of("amina")
}

fn record() -> String {
    format!("documents/{BRIDGE}.ron")
}

fn text() -> String {
    format!("documents/{BRIDGE}.txt")
}

/// Something wrong in Amina's set at that line; the rest of it can still be changed.
fn wrong(what: &'static str, rule: &'static str, line: usize, damage: fn(&Fresh)) -> Row {
    Row { what, damage, rule, file: amina(), line: Some(line), writable: true }
}

/// Something in Amina's set that makes it read-only.
fn shut(what: &'static str, rule: &'static str, line: Option<usize>, damage: fn(&Fresh)) -> Row {
    Row { what, damage, rule, file: amina(), line, writable: false }
}

/// Something wrong in another file; only in the article's text or record does that concern Amina's set.
fn other(what: &'static str, rule: &'static str, file: String, line: Option<usize>, damage: fn(&Fresh)) -> Row {
    let writable = file != text() && file != record();
    Row { what, damage, rule, file, line, writable }
}

/// Replaces something in Amina's set.
fn put(fresh: &Fresh, old: &str, new: &str) {
    fresh.replace(&amina(), old, new);
}

// In Amina's set, the first annotation stands in line 9, the second in line 10, the first relation in line 60.
const SECOND: &str = r#"(id: "hanm28axzv", label: "source", spans: [(488, 491)], text: ["she"],"#;

fn second(fresh: &Fresh, new: &str) {
    put(fresh, SECOND, new);
}

#[test]
fn a_tag_that_does_not_fit_is_a_problem_with_file_and_line() {
    let rows = [
        wrong("a span past the end", "span-past-end", 10, |fresh| put(fresh, "(488, 491)", "(4880, 4910)")),
        wrong("a span that starts past the end", "span-past-end", 10, |fresh| {
            put(fresh, "(488, 491)", "(4079, 4079000)")
        }),
        wrong("a span backwards", "empty-span", 10, |fresh| put(fresh, "(488, 491)", "(491, 488)")),
        wrong("a span elsewhere", "text-mismatch", 10, |fresh| put(fresh, "(488, 491)", "(489, 492)")),
        wrong("no span", "no-span", 10, |fresh| put(fresh, r#"[(488, 491)], text: ["she"]"#, "[], text: []")),
        wrong("a span without text", "text-count", 10, |fresh| second(fresh, &SECOND.replace("\"she\"", ""))),
        wrong("fragments out of order", "fragment-order", 9, |fresh| {
            put(fresh, "[(453, 487), (511, 543)]", "[(511, 543), (453, 487)]");
        }),
        wrong("a relation to nothing", "missing-end", 60, |fresh| {
            put(fresh, r#"from: "mr3fkdwa3j", to: "4mn59d3qh2""#, r#"from: "mr3fkdwa3j", to: "nobody""#);
        }),
        wrong("an unknown label", "unknown-label", 10, |fresh| second(fresh, &SECOND.replace("source", "rumour"))),
        wrong("an unknown relation", "unknown-relation", 60, |fresh| {
            put(fresh, r#"kind: "denies", from: "mr3fkdwa3j""#, r#"kind: "mocks", from: "mr3fkdwa3j""#);
        }),
        wrong("a relation between the wrong labels", "relation-ends", 60, |fresh| {
            put(fresh, r#"kind: "denies", from: "mr3fkdwa3j""#, r#"kind: "relayed_by", from: "mr3fkdwa3j""#);
        }),
    ];
    rows.iter().for_each(check);
}

#[test]
fn a_set_with_something_unknown_or_twice_in_it_is_read_only() {
    let rows = [
        shut("an unknown field", "unknown-field", None, |fresh| put(fresh, "Finished,", "Finished, mood: 3,")),
        shut("an unknown field on a line of its own", "unknown-field", Some(8), |fresh| {
            put(fresh, "Finished,", "Finished,\n    mood: 3,");
        }),
        shut("an unknown field of a tag", "unknown-field", None, |fresh| second(fresh, &format!("{SECOND} mood: 3,"))),
        shut("a newer format", "newer-format", Some(3), |fresh| put(fresh, "format: 1,", "format: 99,")),
        shut("a newer format and a new variant", "newer-format", Some(3), |fresh| {
            put(fresh, "format: 1,", "format: 99,");
            put(fresh, "Finished,", "Sleeping,");
        }),
        shut("a format that never was", "unknown-format", None, |fresh| put(fresh, "format: 1,", "format: 0,")),
        shut("an unknown variant", "unreadable-line", Some(7), |fresh| put(fresh, "Finished,", "Sleeping,")),
        shut("an unknown origin", "unreadable-line", Some(10), |fresh| {
            second(fresh, &SECOND.replace("text", "origin: Robot(\"x\"), text"));
        }),
        shut("an attribute given twice", "unreadable-line", Some(9), |fresh| {
            let first = "sleep.”\"], attributes: {\"form\": \"direct\"";
            put(fresh, first, &format!("{first}, \"form\": \"mixed\""));
        }),
        shut("a duplicate id", "duplicate-id", Some(10), |fresh| {
            second(fresh, &SECOND.replace("hanm28axzv", "qscvp5n9sv"));
        }),
        shut("another's name", "wrong-name", None, |fresh| put(fresh, "annotator: \"amina\"", "annotator: \"bo\"")),
        shut("another article's name", "wrong-name", None, |fresh| put(fresh, BRIDGE, FOG)),
        shut("a text that never was", "other-text", None, |fresh| put(fresh, "5a779c66", "00000000")),
    ];
    rows.iter().for_each(check);
}

#[test]
fn a_damaged_set_is_read_only_and_its_whole_lines_are_kept() {
    let rows = [
        shut("one broken line", "unreadable-line", Some(10), |fresh| put(fresh, "(id: \"hanm28axzv\",", "(id: \"hanm")),
        shut("a git conflict", "conflict-markers", Some(10), |fresh| {
            let bo = SECOND.replace("source", "claim").replace("hanm28axzv", "hanm28axzw");
            let both = format!("<<<<<<< ours\n        {bo} origin: Human(\"amina\")),\n=======\n        {SECOND}");
            put(fresh, &format!("        {SECOND}"), &both);
            put(fresh, "\n        (id: \"v6w6k17jtw\"", "\n>>>>>>> theirs\n        (id: \"v6w6k17jtw\"");
        }),
        shut("a git conflict above the tags", "conflict-markers", Some(7), |fresh| {
            let both = "<<<<<<< ours\n    progress: InProgress,\n=======\n    progress: Finished,\n>>>>>>> theirs\n";
            put(fresh, "    progress: Finished,\n", both);
        }),
        shut("an empty file", "empty-file", None, |fresh| fresh.write(&amina(), "")),
        shut("half a file", "unreadable", Some(15), |fresh| {
            let whole = fresh.read(&amina());
            let end = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(14).unwrap().0;
            fresh.write(&amina(), &whole[..end - 20]);
        }),
        shut("not UTF-8", "not-utf8", Some(10), |fresh| {
            let mut bytes = fresh.read(&amina());
            let at = bytes.windows(5).position(|bytes| bytes == b"\"she\"").unwrap();
            bytes[at + 1] = 0xff;
            fresh.write(&amina(), bytes);
        }),
        shut("another program's file", "unreadable", Some(1), |fresh| fresh.write(&amina(), "{\"annotations\": []}")),
    ];
    rows.iter().for_each(check);
}

#[test]
fn a_broken_line_above_the_tags_costs_only_itself() {
    let whole = Fresh::sample().load().documents[&document(BRIDGE)].sets[&name("amina")].set.clone();
    let conflict = "<<<<<<< ours\n    progress: Finished,\n=======\n    progress: InProgress,\n>>>>>>> theirs\n";
    let broken: [(&str, &[usize], bool); 4] = [
        ("    progress: Sleeping,\n", &[7], false),
        ("    progress: \"x,\n", &[7], false),
        ("    progress: 3,\n    mood: \"good\",\n", &[7, 8], false),
        (conflict, &[7, 10], true),
    ];
    for (line, places, finished) in broken {
        let fresh = Fresh::sample();
        put(&fresh, "    progress: Finished,\n", line);
        let project = fresh.load();
        let stored = &project.documents[&document(BRIDGE)].sets[&name("amina")];
        let found: Vec<_> = project.problems.iter().filter_map(|problem| problem.place.line).collect();
        assert_eq!((&found[..], stored.writable), (places, false), "{line}: {:#?}", project.problems);
        assert_eq!((&stored.set.annotations, &stored.set.relations), (&whole.annotations, &whole.relations), "{line}");
        assert_eq!(stored.set.progress == Progress::Finished, finished, "{line}");
    }
}

#[test]
fn a_broken_text_or_record_is_a_problem_and_its_tags_are_kept() {
    let rows = [
        other("no text", "text-missing", text(), None, |fresh| fs::remove_file(fresh.path.join(text())).unwrap()),
        other("a changed text", "text-changed", text(), None, |fresh| fresh.replace(&text(), "with a kettle", "alone")),
        other("an empty text", "text-changed", text(), None, |fresh| fresh.write(&text(), "")),
        other("a text not in UTF-8", "not-utf8", text(), None, |fresh| {
            let bytes = [&fresh.read(&text())[..100], b"\xe9t\xe9"].concat();
            fresh.write(&text(), bytes);
        }),
        other("an empty record", "empty-file", record(), None, |fresh| fresh.write(&record(), "")),
        other("a record of a newer format", "newer-format", record(), Some(3), |fresh| {
            fresh.replace(&record(), "format: 1,", "format: 99,");
        }),
        other("another's record", "wrong-name", record(), None, |fresh| fresh.replace(&record(), BRIDGE, FOG)),
        other("an article gone", "orphan-set", amina(), None, |fresh| {
            fs::remove_file(fresh.path.join(record())).unwrap()
        }),
    ];
    // A record that can be read, if not in full, is never written: work on its article goes on.
    for row in rows {
        let writable = row.rule == "newer-format";
        check(&Row { writable, ..row });
    }
}

#[test]
fn a_broken_project_file_is_a_problem_and_all_work_goes_on() {
    let project = |what, rule, line, damage| other(what, rule, PROJECT.to_owned(), line, damage);
    let rows = [
        project("no project file", "unreadable-file", None, |fresh| fs::remove_file(fresh.path.join(PROJECT)).unwrap()),
        project("an empty project file", "empty-file", None, |fresh| fresh.write(PROJECT, "")),
        project("a newer format", "newer-format", Some(3), |fresh| fresh.replace(PROJECT, "format: 1,", "format: 99,")),
        project("an unknown field", "unknown-field", None, |fresh| {
            fresh.replace(PROJECT, "format: 1,", "format: 1, x: 1,")
        }),
        project("an article assigned twice", "unreadable", Some(117), |fresh| {
            let both = format!("assignments: {{\n        \"{BRIDGE}\": [\"bo\"],\n");
            fresh.replace(PROJECT, "assignments: {\n", &both);
        }),
        project("a key twice", "label-key", None, |fresh| fresh.replace(PROJECT, "key: \"q\"", "key: \"C\"")),
        project("a reserved label", "label-name", None, |fresh| {
            fresh.replace(PROJECT, "name: \"quote\",\n                key", "name: \"paratext\",\n                key");
        }),
        other("a folder with an unsafe name", "annotator-name", "annotations/Bo".to_owned(), None, |fresh| {
            fresh.write("annotations/Bo/x.ron", "");
        }),
        other("a text without a record", "stray-file", "documents/notes.r2.txt".to_owned(), None, |fresh| {
            fresh.write("documents/notes.r2.txt", "x");
        }),
        other("a file that is no set", "stray-file", "annotations/bo/notes.txt".to_owned(), None, |fresh| {
            fresh.write("annotations/bo/notes.txt", "x");
        }),
    ];
    rows.iter().for_each(check);
}

#[test]
fn the_worst_problems_come_first() {
    let fresh = Fresh::sample();
    second(&fresh, &SECOND.replace("source", "rumour"));
    fresh.replace(&set_of("bo"), "from: \"7z248x4sjs\", to: \"t496rmxha7\"", "from: \"7z248x4sjs\", to: \"x\"");
    let rules: Vec<_> = fresh.load().problems.iter().map(|problem| problem.rule).collect();
    assert_eq!(rules, ["missing-end", "unknown-label", "relation-ends"]);
}

#[test]
fn control_characters_in_a_broken_file_do_not_reach_the_terminal() {
    let fresh = Fresh::sample();
    second(&fresh, &SECOND.replace("source", r"\u{1b}[31mred\u{7}\nline"));
    fresh.write("annotations/\u{1b}[2J/x.ron", "");
    let output = run(&["check".as_ref(), fresh.path.as_os_str()]);
    assert!(output.out.contains(r"`\u{1b}[31mred\u{7}\nline`") && output.out.contains(r"annotations/\u{1b}[2J"));
    assert!(!output.out.contains(|c: char| c.is_control() && c != '\n'), "{:?}", output.out);
}

const DEEP: usize = 100_000;

#[test]
fn ron_nested_a_hundred_thousand_deep_is_a_problem_and_no_crash() {
    let open = |head: &str, bracket: &str| format!("{head}{}", bracket.repeat(DEEP));
    let (fresh, sets) = (Fresh::sample(), amina());
    for bracket in ["[", "(", "{1:", "Some(", "X((", "/*"] {
        for (file, head) in [
            (&sets, "AnnotationSet(format: 1, annotations: "),
            (&sets, "AnnotationSet(format: 1, mood: "),
            (&PROJECT.to_owned(), "Project(format: 1, title: \"\", scheme: "),
            (&record(), "Document(format: 1, id: \"x\", mood: "),
        ] {
            let sound = fresh.read(file);
            fresh.write(file, open(head, bracket));
            let problems = fresh.load().problems;
            let found = problems.iter().find(|problem| problem.rule == "unreadable" && problem.place.file == *file);
            assert_eq!(found.unwrap().place.line, Some(1), "{bracket} in {file}");
            fresh.write(file, sound);
        }
    }
    assert_eq!(fresh.load().problems, []);
    check(&shut("one line nested deep", "unreadable-line", Some(10), |fresh| {
        second(fresh, &format!("{SECOND} mood: {}", "[".repeat(DEEP)));
    }));
}

/// Adds an article with a family of four, which is one visible character, and Amina's tag on part of it.
fn add_family(fresh: &Fresh, span: &str, exact: &str) -> String {
    let imported = import("family.txt", "She wrote: 👩‍👩‍👧‍👦 e\u{301}.".as_bytes(), TIME).unwrap();
    Store::at(&fresh.path).add_document(&imported).unwrap();
    let (id, hash) = (&imported.document.id, &imported.document.revisions[0].text_sha256);
    let tag = format!("(id: \"x\", label: \"quote\", spans: [{span}], text: [\"{exact}\"], origin: Human(\"amina\")),");
    let file = format!("annotations/amina/{id}.ron");
    let head = format!("format: 1, document: \"{id}\", text_sha256: \"{hash}\", annotator: \"amina\",");
    fresh.write(&file, format!("AnnotationSet({head}\nannotations: [\n{tag}\n])"));
    file
}

#[test]
fn a_span_that_cuts_a_visible_character_is_a_problem_with_file_and_line() {
    let family = "👩‍👩‍👧‍👦";
    for (span, exact, cuts) in [
        ("(11, 18)", family, false),
        ("(11, 13)", "👩\u{200d}", true),
        ("(12, 18)", &family[4..], true),
        ("(11, 20)", &format!("{family} e"), true),
        ("(11, 21)", &format!("{family} e\u{301}"), false),
        ("(20, 21)", "\u{301}", true),
    ] {
        let fresh = Fresh::sample();
        let file = add_family(&fresh, span, exact);
        let problems: Vec<_> =
            fresh.load().problems.into_iter().map(|p| (p.rule, p.place.file, p.place.line)).collect();
        let expected = if cuts { vec![("span-cuts-character", file, Some(3))] } else { Vec::new() };
        assert_eq!(problems, expected, "{span}");
    }
}
