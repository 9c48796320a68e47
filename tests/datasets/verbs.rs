//! `export`, `import` and `convert` as a person types them.

use std::fs;

use ascribe_tests::{Fresh, run};
use serde_json::Value;

const PROJECT: &str = "projects/port-averne";

fn sample() -> String {
    ascribe_tests::root().join(PROJECT).display().to_string()
}

fn json(out: &str) -> Value {
    serde_json::from_str(out).unwrap_or_else(|error| panic!("{error} in {out}"))
}

fn export(project: &str, more: &[&str]) -> ascribe_tests::Output {
    let mut all = vec!["export", project, "--format", "jsonl"];
    all.extend(more);
    run(&all)
}

#[test]
fn several_annotators_must_be_chosen_from() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("a.jsonl").display().to_string();
    let output = export(&sample(), &["-o", &to]);
    assert_eq!(output.status, 2);
    assert!(output.err.contains("amina, bo, gold") && output.err.contains("--all"), "{}", output.err);
    for (choice, records) in [(vec!["--all"], 2), (vec!["--gold"], 1), (vec!["--annotator", "bo"], 1)] {
        let more: Vec<_> = choice.iter().copied().chain(["-o", &to]).collect();
        assert_eq!(export(&sample(), &more).status, 0);
        assert_eq!(fs::read_to_string(&to).unwrap().lines().count(), records, "{choice:?}");
    }
    let output = export(&sample(), &["--annotator", "nobody", "-o", &to]);
    assert!(output.status == 2 && output.err.contains("`nobody`"), "{}", output.err);
}

#[test]
fn a_project_comes_back_from_its_own_dataset_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("a.jsonl").display().to_string();
    let project = folder.path().join("p").display().to_string();
    assert_eq!(export(&sample(), &["--all", "--paratext", "keep", "-o", &to]).status, 0);
    assert_eq!(run(&["new", &project]).status, 0);
    let output = run(&["import", &project, &to]);
    assert_eq!((output.status, output.err.as_str()), (0, ""), "{}", output.out);
    let (before, after) =
        (ascribe_tests::files(&ascribe_tests::root().join(PROJECT)), ascribe_tests::files(&folder.path().join("p")));
    let sets = before.keys().filter(|path| path.starts_with("annotations/") && !path.starts_with("annotations/gold"));
    assert!(sets.clone().count() == 2);
    for path in sets {
        assert!(before[path] == after[path], "{path}");
    }
    // Once more: everything is known, and no byte changes.
    let output = run(&["import", &project, &to, "--json"]);
    let report = json(&output.out);
    assert_eq!(report["numbers"]["annotation"]["imported"], 0);
    assert!(report["numbers"]["annotation"]["known"].as_u64().unwrap() > 50);
    assert!(ascribe_tests::files(&folder.path().join("p")) == after);
    assert_eq!(run(&["check", &project]).status, 0);
}

#[test]
fn what_is_left_out_of_an_export_is_counted_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("a.jsonl").display().to_string();
    let all = json(&export(&sample(), &["--annotator", "amina", "--json", "-o", &to]).out);
    let some = json(&export(&sample(), &["--annotator", "amina", "--label", "quote", "--json", "-o", &to]).out);
    let count = |report: &Value, kind: &str, what: &str| report["account"]["numbers"][kind][what].as_u64().unwrap_or(0);
    for kind in ["document", "annotation", "fragment", "relation", "attribute", "note"] {
        let sum =
            |report| ["written", "degraded", "left_out"].iter().map(|what| count(report, kind, what)).sum::<u64>();
        assert_eq!(sum(&all), sum(&some), "{kind}");
    }
    let line = json(fs::read_to_string(&to).unwrap().lines().next().unwrap());
    let labels: Vec<_> = line["annotations"].as_array().unwrap().iter().map(|a| a["label"].as_str().unwrap()).collect();
    assert!(!labels.is_empty() && labels.iter().all(|label| *label == "quote"));
    assert_eq!(count(&some, "annotation", "written"), labels.len() as u64);
    let reasons: Vec<_> =
        some["account"]["losses"].as_array().unwrap().iter().map(|l| l["reason"].as_str().unwrap()).collect();
    assert!(
        reasons.contains(&"its label was not asked for") && reasons.contains(&"an end of it is left out"),
        "{reasons:?}"
    );
}

#[test]
fn unfinished_sets_are_left_out_when_only_finished_ones_are_wanted() {
    let (fresh, _) = Fresh::of(&["One article.", "Another article."]);
    let project = fresh.path.display().to_string();
    let data = fresh.outside.path().join("data.jsonl");
    let line = |text: &str, progress: &str| {
        format!(
            r#"{{"id":"x","text":"{text}","annotator":"amina","meta":{{"progress":"{progress}"}},"annotations":[{{"id":"1","label":"claim","spans":[[0,3]],"note":"n"}}]}}"#
        )
    };
    fs::write(&data, [line("One article.", "finished"), line("Another article.", "in_progress")].join("\n")).unwrap();
    assert_eq!(run(&["import", &project, &data.display().to_string()]).status, 0);
    let report = json(&export(&project, &["--finished", "--dry-run", "--json"]).out);
    assert_eq!(
        report["account"]["numbers"]["document"],
        serde_json::json!({"written": 1, "degraded": 0, "left_out": 1})
    );
    assert_eq!(report["account"]["numbers"]["note"], serde_json::json!({"written": 1, "degraded": 0, "left_out": 1}));
}

#[test]
fn labels_are_mapped_added_or_refused_as_asked() {
    let (fresh, _) = Fresh::of(&["The minister said no."]);
    let project = fresh.path.display().to_string();
    let data = fresh.outside.path().join("data.jsonl");
    let content = r#"{"id":"x","text":"The minister said no.","annotations":[
        {"id":"T1","label":"Content","spans":[[18,20]]},{"id":"T2","label":"SOURCE","spans":[[0,12]],"attributes":{"Entity":"X","mood":"grim"}},
        {"id":"T3","label":"Cue","spans":[[13,17]]}],
        "relations":[{"id":"R1","kind":"Said","from":"T1","to":"T2"},{"id":"R2","kind":"Cued","from":"T1","to":"T3"}]}"#;
    fs::write(&data, content.replace('\n', " ")).unwrap();
    let data = data.display().to_string();
    let nobody = run(&["import", &project, &data]);
    assert!(nobody.status == 1 && nobody.out.contains("name an annotator"), "{}", nobody.out);
    let dry = |more: &[&str]| {
        let mut all = vec!["import", &project, &data, "--annotator", "amina", "--json", "--dry-run"];
        all.extend(more);
        json(&run(&all).out)
    };
    let added = dry(&[]);
    assert_eq!(added["new_names"], serde_json::json!(["Content", "Cue", "Cued", "Said", "source.mood"]));
    assert_eq!(added["numbers"]["annotation"], serde_json::json!({"imported": 3, "known": 0, "refused": 0}));
    let refused = dry(&["--unknown", "refuse"]);
    assert_eq!(refused["numbers"]["annotation"], serde_json::json!({"imported": 1, "known": 0, "refused": 2}));
    assert_eq!(refused["numbers"]["relation"], serde_json::json!({"imported": 0, "known": 0, "refused": 2}));
    assert_eq!(refused["numbers"]["attribute"], serde_json::json!({"imported": 1, "known": 0, "refused": 1}));
    let mapped = dry(&["--unknown", "refuse", "--map", "Content=quote,Said=attributed_to,Cue=,mood="]);
    assert_eq!(mapped["numbers"]["annotation"], serde_json::json!({"imported": 2, "known": 0, "refused": 1}));
    assert_eq!(mapped["numbers"]["relation"], serde_json::json!({"imported": 1, "known": 0, "refused": 1}));
    assert_eq!(mapped["refused"], serde_json::json!([]), "what was left out on purpose is no piece that does not fit");
    assert!(!fresh.path.join("annotations").exists(), "a dry run writes nothing");
}

#[test]
fn what_does_not_fit_is_kept_with_its_file_its_line_and_its_reason() {
    let (fresh, _) = Fresh::of(&["The minister said no."]);
    let project = fresh.path.display().to_string();
    let data = fresh.outside.path().join("data.jsonl");
    let lines = [
        r#"{"id":"a","text":"The minister said no.","annotations":[{"id":"1","label":"claim","spans":[[0,99]]},{"id":"2","label":"claim","spans":[[0,3]],"text":["She"]},{"id":"3","label":"claim","spans":[[0,3]]}]}"#,
        "no json at all",
        r#"{"id":"b","text":"b\u0000","annotations":[]}"#,
    ];
    fs::write(&data, lines.join("\n")).unwrap();
    let output = run(&["import", &project, &data.display().to_string(), "--annotator", "amina", "--json"]);
    assert_eq!(output.status, 1);
    let report = json(&output.out);
    assert_eq!(report["numbers"]["annotation"], serde_json::json!({"imported": 1, "known": 0, "refused": 2}));
    assert_eq!(report["numbers"]["document"], serde_json::json!({"imported": 0, "known": 1, "refused": 2}));
    let kept = fs::read_to_string(report["refused_file"].as_str().unwrap()).unwrap();
    let kept: Vec<_> = kept.lines().map(json).collect();
    assert_eq!(kept.len(), 4);
    assert_eq!((kept[0]["line"].as_u64(), kept[2]["line"].as_u64()), (Some(1), Some(2)));
    assert_eq!(kept[2]["content"], "no json at all");
    assert!(kept.iter().all(|piece| !piece["reason"].as_str().unwrap().is_empty()));
}

#[test]
fn very_many_refused_annotations_of_a_long_text_are_kept_without_it() {
    const COUNT: usize = 20_000;
    let (fresh, _) = Fresh::of(&["x"]);
    let project = fresh.path.display().to_string();
    let data = fresh.outside.path().join("data.jsonl");
    let words = "never ".repeat(100_000);
    let tag = |at: usize| format!(r#"{{"id":"{at}","label":"zz","spans":[[0,5]]}}"#);
    let tie = |at: usize| format!(r#"{{"id":"r{at}","kind":"zz","from":"{at}","to":"q"}}"#);
    let tags: Vec<_> =
        (0..COUNT).map(tag).chain([r#"{"id":"q","label":"quote","spans":[[0,5]]}"#.to_owned()]).collect();
    let ties: Vec<_> =
        (0..COUNT).map(tie).chain([r#"{"id":"r","kind":"zz","from":"q","to":"q"}"#.to_owned()]).collect();
    let (tags, ties) = (tags.join(","), ties.join(","));
    fs::write(&data, format!(r#"{{"id":"x","text":"{words}","annotations":[{tags}],"relations":[{ties}]}}"#)).unwrap();
    let data = data.display().to_string();
    let output = run(&["import", &project, &data, "--annotator", "amina", "--unknown", "refuse", "--json"]);
    let report = json(&output.out);
    assert_eq!(report["numbers"]["annotation"], serde_json::json!({"imported": 1, "known": 0, "refused": COUNT}));
    assert_eq!(report["numbers"]["relation"], serde_json::json!({"imported": 0, "known": 0, "refused": COUNT + 1}));
    let kept = json(fs::read_to_string(report["refused_file"].as_str().unwrap()).unwrap().lines().next().unwrap());
    let content = json(kept["content"].as_str().unwrap());
    assert_eq!((&content["label"], &content["text"][0]), (&"zz".into(), &"never".into()));
}

#[test]
fn a_differing_text_is_refused_or_its_words_are_looked_for() {
    let (fresh, ids) = Fresh::of(&["Corrected. The minister said no. The minister said yes."]);
    let project = fresh.path.display().to_string();
    let data = fresh.outside.path().join("data.jsonl");
    let old = "The minister said no. The minister said yes.";
    let content = format!(
        r#"{{"id":"{}","text":"{old}","annotations":[{{"id":"1","label":"quote","spans":[[18,20]]}},{{"id":"2","label":"source","spans":[[0,12]]}},{{"id":"3","label":"claim","spans":[[0,3]]}}],"relations":[{{"id":"r","kind":"attributed_to","from":"1","to":"2"}}]}}"#,
        ids[0]
    );
    fs::write(&data, content).unwrap();
    let data = data.display().to_string();
    let output = run(&["import", &project, &data, "--annotator", "amina"]);
    assert!(output.status == 1 && output.out.contains("another text"), "{}", output.out);
    let output = run(&["import", &project, &data, "--annotator", "amina", "--texts", "reanchor", "--json"]);
    let report = json(&output.out);
    assert_eq!(
        report["numbers"]["annotation"],
        serde_json::json!({"imported": 3, "known": 0, "refused": 0}),
        "{}",
        output.out
    );
    let set = fresh.text(&format!("annotations/amina/{}.ron", ids[0]));
    assert!(set.contains("(29, 31)") && set.contains("(11, 23)") && set.contains("(11, 14)"), "{set}");
    assert_eq!(run(&["check", &project]).status, 0);
}

#[test]
fn only_folders_of_ours_are_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("data");
    fs::create_dir(&to).unwrap();
    fs::write(to.join("precious.txt"), "x").unwrap();
    let path = to.display().to_string();
    let split = ["--all", "--split", "train=1,test=1", "-o", &path];
    let output = export(&sample(), &split);
    assert!(output.status == 2 && output.err.contains("holds other files"), "{}", output.err);
    assert_eq!(fs::read(to.join("precious.txt")).unwrap(), b"x");
    fs::remove_file(to.join("precious.txt")).unwrap();
    for _ in 0..2 {
        assert_eq!(export(&sample(), &split).status, 0);
        let names: Vec<_> = ascribe_tests::files(&to).into_keys().collect();
        assert_eq!(names, ["account.json", "test.jsonl", "train.jsonl"]);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn a_link_to_a_dataset_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (to, link) = (folder.path().join("data"), folder.path().join("latest"));
    fs::create_dir(&to).unwrap();
    std::os::unix::fs::symlink(&to, &link).unwrap();
    let path = link.display().to_string();
    for _ in 0..2 {
        assert_eq!(export(&sample(), &["--all", "--split", "train=1,test=1", "-o", &path]).status, 0);
    }
    assert!(link.is_symlink() && to.join("train.jsonl").is_file(), "what it leads to is replaced");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "nothing is left beside it");
}

#[test]
fn documents_stay_in_their_part_when_others_are_added() {
    use ascribe_engine::dataset::Split;
    let split = Split::parse("train=80,dev=10,test=10", 3).unwrap();
    let parts: Vec<_> = (0..10_000).map(|n| split.part(&format!("document-{n}"))).collect();
    let share = |part| parts.iter().filter(|p| **p == part).count();
    assert!((7800..8200).contains(&share(0)) && (850..1150).contains(&share(1)), "{} {}", share(0), share(1));
    let other = Split::parse("train=80,dev=10,test=10", 4).unwrap();
    assert!((0..100).any(|n| other.part(&format!("document-{n}")) != parts[n]), "the seed counts");
    // Stratified: exact shares in each stratum, and few move when one is added.
    let names: Vec<_> =
        (0..101).map(|n| (format!("document-{n}"), if n % 10 == 0 { "denial" } else { "quote" })).collect();
    let of = |count: usize| {
        let documents: Vec<_> = names[..count].iter().map(|(id, label)| (id.as_str(), *label)).collect();
        split.stratified(&documents)
    };
    let (before, after) = (of(100), of(101));
    let denials: Vec<_> = (0..100).filter(|n| n % 10 == 0).map(|n| before[n]).collect();
    assert_eq!([0, 1, 2].map(|part| denials.iter().filter(|p| **p == part).count()), [8, 1, 1]);
    let moved = before.iter().zip(&after).filter(|(a, b)| a != b).count();
    assert!(moved <= 2, "{moved} moved");
}

#[test]
fn a_card_comes_with_a_script_that_verifies_every_offset() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("data");
    let path = to.display().to_string();
    let output = export(&sample(), &["--all", "--card", "--license", "cc-by-4.0", "-o", &path]);
    assert_eq!(output.status, 0, "{}", output.err);
    let names: Vec<_> = ascribe_tests::files(&to).into_keys().collect();
    assert_eq!(names, ["README.md", "account.json", "data.jsonl", "texts.sha256", "verify.py"]);
    let card = fs::read_to_string(to.join("README.md")).unwrap();
    assert!(card.starts_with("---\n") && card.contains("license: \"cc-by-4.0\""), "{card}");
    let Ok(verified) = std::process::Command::new("python3").arg(to.join("verify.py")).output() else {
        return println!("skipped: no python3");
    };
    let said = String::from_utf8_lossy(&verified.stdout);
    assert!(verified.status.success() && said.contains("82 annotations, 0 wrong"), "{said}");
    // It can fail: one offset is moved.
    let data = fs::read_to_string(to.join("data.jsonl")).unwrap();
    let at = data.find("\"spans\":[[").unwrap() + 10;
    let digits = data[at..].find(',').unwrap();
    let moved: u32 = data[at..at + digits].parse::<u32>().unwrap() + 1;
    fs::write(to.join("data.jsonl"), format!("{}{moved}{}", &data[..at], &data[at + digits..])).unwrap();
    let verified = std::process::Command::new("python3").arg(to.join("verify.py")).output().unwrap();
    assert!(!verified.status.success(), "{}", String::from_utf8_lossy(&verified.stdout));
}

#[test]
fn what_is_refused_for_one_reason_is_told_once_with_a_count() {
    let folder = tempfile::tempdir().unwrap();
    let [from, to] = ["tags.jsonl", "a.jsonl"].map(|name| folder.path().join(name).display().to_string());
    let line = |id: &str| {
        format!(
            r#"{{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:x:{id}","type":"Annotation","target":
            {{"source":"https://news.example/a","selector":{{"type":"TextQuoteSelector","exact":"no"}}}}}}"#
        )
    };
    let lines: String = (0..50).map(|number| line(&number.to_string()).replace('\n', "") + "\n").collect();
    fs::write(&from, lines).unwrap();
    let output = run(&["convert", "--to", "jsonl", &from, &to]);
    let told: Vec<_> = output.err.lines().filter(|line| line.starts_with("refused")).collect();
    let [told] = told.as_slice() else { panic!("{}", output.err) };
    assert!(told.contains(":1:") && told.contains("https://news.example/a") && told.contains("49 more"), "{told}");
    assert_eq!(fs::read_to_string(format!("{to}.refused.jsonl")).unwrap().lines().count(), 50);
}

#[test]
fn where_there_is_no_document_nothing_is_written_and_what_was_there_stays() {
    let folder = tempfile::tempdir().unwrap();
    let [from, to] = ["broken.jsonl", "old.jsonl"].map(|name| folder.path().join(name));
    fs::write(&from, "{\"id\": \"a\", \"text\"\n").unwrap();
    fs::write(&to, "precious").unwrap();
    let [input, out] = [&from, &to].map(|path| path.display().to_string());
    let output = run(&["convert", "--from", "jsonl", "--to", "jsonl", &input, &out]);
    assert_eq!(output.status, 2);
    assert!(output.err.contains("broken.jsonl:1") && output.err.contains("no document"), "{}", output.err);
    assert_eq!(fs::read_to_string(&to).unwrap(), "precious");
    assert!(fs::read_to_string(format!("{out}.refused.jsonl")).unwrap().contains("broken.jsonl"));
}

#[test]
fn fields_that_are_not_known_are_told_and_the_rest_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let [from, to] = ["in.jsonl", "out.jsonl"].map(|name| folder.path().join(name).display().to_string());
    let line = r#"{"id":"a","text":"no","annotations":[{"id":"1","label":"claim","spans":[[0,2]],"score":0.9,"rule":"r"},{"id":"1","label":"quote","spans":[[0,1]]}],"license":"x"}"#;
    fs::write(&from, line).unwrap();
    let output = run(&["convert", "--json", "--to", "jsonl", &from, &to]);
    let report = json(&output.out);
    assert_eq!(report["account"]["numbers"]["annotation"]["written"], 1, "{}", output.out);
    for field in ["license", "score", "rule"] {
        assert_eq!(report["read"]["noted"][format!("the field `{field}` is not known and not kept")], 1, "{field}");
    }
    let refused = &report["read"]["refused"][0];
    assert!(refused["reason"].as_str().unwrap().contains("same id"), "{refused}");
    assert_eq!(json(refused["content"].as_str().unwrap())["label"], "quote");
}
