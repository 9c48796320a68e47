//! Anyone's model: asked only when told to, checked line by line, and harmless whatever it does.

use std::{
    cell::Cell,
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
    thread,
};

use ascribe_engine::model::{Broken, ModelError, Order, Report};
use ascribe_schema::{AnnotatorName, DocumentId, Model, Project, Run, read, write};
use ascribe_tests::{Fresh, files, root, run};
use serde_json::{Value, json};

/// What the little programs of these tests begin with.
const BEGIN: &str = "
import json, os, sys, time
asked = [json.loads(line) for line in sys.stdin]
def say(answer): print(json.dumps(answer), flush=True)
def tag(asked, **more):
    return {'id': 'a1', 'label': 'source', 'spans': [[0, 3]], 'text': [asked['text'][:3]], 'score': 0.7, **more}
def answer(asked, *tags, **more): say({'id': asked['id'], 'annotations': [*tags] or [tag(asked)], **more})
";

/// Whether there is Python to run; tests say so where there is not, and fail where there must be.
fn python() -> bool {
    let there = Command::new("python3").arg("--version").output().is_ok();
    assert!(there || std::env::var_os("CI").is_none(), "python3 must be there");
    if !there {
        println!("skipped: no python3");
    }
    there
}

/// A project with two articles and one model.
fn project(run: Run, timeout_s: u32) -> (Fresh, Vec<DocumentId>) {
    let (fresh, mut ids) =
        Fresh::of(&["Mayor Lind\n\nShe said no, according to Bo.\n", "Rain fell\n\nIt rained, he said.\n"]);
    ids.sort();
    add_model(&fresh, run, timeout_s);
    (fresh, ids)
}

fn add_model(fresh: &Fresh, run: Run, timeout_s: u32) {
    let mut file = read::<Project>(&fresh.read("project.ron"), "project.ron").unwrap().value;
    file.models = vec![Model { name: AnnotatorName::new("mine").unwrap(), run, timeout_s }];
    fresh.write("project.ron", write(&file).unwrap());
}

fn words(words: &[&str]) -> Run {
    Run::Command(words.iter().map(|word| (*word).to_owned()).collect())
}

fn program(code: &str) -> Run {
    words(&["python3", "-c", &format!("{BEGIN}{code}")])
}

fn ask(fresh: &Fresh) -> Report {
    Order::of(&fresh.load(), "mine", &[]).unwrap().run(&mut |_| (), &|| false)
}

/// What is wrong, as lines with their numbers.
fn told(report: &Report) -> String {
    let bad = report.bad.iter().map(|bad| format!("{}: {}\n", bad.line, bad.reason));
    let broken = report.broken.iter().map(|broken| format!("broken: {broken}\n"));
    bad.chain(broken).collect()
}

fn written(fresh: &Fresh, id: &DocumentId) -> bool {
    fresh.path.join(format!("suggestions/mine/{id}.ron")).exists()
}

#[test]
fn the_sample_model_proposes_through_the_seam() {
    if !python() {
        return;
    }
    let fresh = Fresh::sample();
    fs::copy(root().join("assets/model/model.py"), fresh.path.join("model.py")).unwrap();
    let (_, ids) =
        Fresh::of(&["Flood\n\nAccording to the Harbour Board, nothing broke. It rained, according to Bo Lind.\n"]);
    let (extra, _) =
        Fresh::of(&["Flood\n\nAccording to the Harbour Board, nothing broke. It rained, according to Bo Lind.\n"]);
    for ending in ["ron", "txt"] {
        let path = format!("documents/{}.{ending}", ids[0]);
        fresh.write(&path, extra.read(&path));
    }
    add_model(&fresh, words(&["python3", "model.py"]), 60);
    let before = files(&fresh.path);
    let place = fresh.path.display().to_string();
    let output = run(&["suggest", &place, "--model", "mine"]);
    assert_eq!((output.status, output.err.as_str()), (0, ""), "{}", output.out);
    assert!(output.out.contains("asked about 3 documents: python3 model.py"), "{}", output.out);
    let set = fresh.load().documents[&ids[0]].suggestions[&AnnotatorName::new("mine").unwrap()].clone();
    let texts: Vec<_> = set.suggestions.iter().map(|one| one.text.join(" ")).collect();
    assert_eq!(texts, ["the Harbour Board", "Bo Lind"]);
    assert_eq!((set.suggestions[0].rule.as_str(), set.suggestions[0].because.len()), ("according.to", 1));
    assert!(fresh.load().problems.is_empty(), "{:?}", fresh.load().problems);
    // Nothing but its own folder has changed, and asking again changes nothing.
    let mut after = files(&fresh.path);
    let once = after.clone();
    after.retain(|path, _| !path.starts_with("suggestions/mine/"));
    assert!(after == before);
    let output = run(&["suggest", &place, "--model", "mine", "--document", ids[0].as_str(), "--json"]);
    let report: Value = serde_json::from_str(&output.out).unwrap();
    assert_eq!(
        (&report["answered"], &report["suggestions"], &report["runs"]),
        (&json!(1), &json!(2), &json!("python3 model.py"))
    );
    assert!(files(&fresh.path) == once);
}

#[test]
fn killing_the_sample_model_midway_is_told_and_harms_nothing() {
    if !python() {
        return;
    }
    let killed = "
import os, runpy, signal, sys
class Out:
    def write(self, text): sys.__stdout__.write(text)
    def flush(self):
        sys.__stdout__.flush()
        os.kill(os.getpid(), signal.SIGKILL)
sys.stdout = Out()
runpy.run_path(sys.argv[1], run_name='__main__')
";
    let sample = root().join("assets/model/model.py").display().to_string();
    let (fresh, ids) = project(words(&["python3", "-c", killed, &sample]), 60);
    fresh.write(&format!("suggestions/mine/{}.ron", ids[1]), "old");
    let before = files(&fresh.path);
    let output = run(&["suggest", &fresh.path.display().to_string(), "--model", "mine"]);
    assert_eq!(output.status, 1);
    assert!(output.err.contains("mine: it failed (signal: 9"), "{}", output.err);
    assert!(output.err.contains(&format!("{}: no answer", ids[1])), "{}", output.err);
    let mut after = files(&fresh.path);
    assert!(after.remove(&format!("suggestions/mine/{}.ron", ids[0])).is_some(), "what was answered is kept");
    assert!(after == before, "all else is as it was, what was proposed before, too");
}

/// A program, what is told of it, and how many proposals are kept for each document; nothing for one without answer.
type Case = (&'static str, &'static [&'static str], [Option<usize>; 2]);

#[test]
fn what_is_wrong_with_an_answer_is_told_with_its_line_and_the_rest_is_kept() {
    if !python() {
        return;
    }
    let cases: [Case; 16] = [
        ("[answer(a) for a in asked]", &[], [Some(1), Some(1)]),
        ("print('{\"id\": '); print(); [answer(a) for a in asked]", &["1: it is no answer: EOF"], [Some(1), Some(1)]),
        ("print('hello'); [answer(a) for a in asked]", &["1: it is no JSON object: hello"], [Some(1), Some(1)]),
        (
            "a, b = asked; answer(a, tag(a), tag(a, id='a2', spans=[[1, 4]])); answer(b, tag(b, spans=[[1, 4]], text=['Rai']))",
            &["1: annotation `a2`: it says “", "2: annotation `a1`: it says “Rai”, but at its offsets stands “"],
            [Some(1), Some(0)],
        ),
        (
            "a, b = asked; answer(a, tag(a, spans=[[5, 9999]])); answer(b, tag(b, spans=[[0, 5], [3, 8]]), tag(b, id='a2', spans=[]))",
            &["1: annotation `a1`: its span 5–9999 ends past the text", "2: annotation `a1`: its fragments", "2: annotation `a2`: it has no span"],
            [Some(0), Some(0)],
        ),
        (
            "a, b = asked; answer(a, tag(a, label='nonsense')); answer(b, tag(b, spans='x'), tag(b, id='a2', score=7))",
            &["1: annotation `a1`: the project has no label `nonsense`", "2: annotation 1: invalid type", "2: annotation `a2`: its score is 7"],
            [Some(0), Some(0)],
        ),
        (
            "a, b = asked; answer(a, tag(a), tag(a)); answer(b, tag(b), tag(b, id='a2'))",
            &["1: annotation `a1`: another annotation has the same id", "2: annotation `a2`: it is proposed twice"],
            [Some(1), Some(1)],
        ),
        (
            "a, b = asked; q = tag(a, id='q', label='quote')
answer(a, q, tag(a), relations=[{'id': 'r', 'kind': 'attributed_to', 'from': 'q', 'to': 'a1'}, {'id': 's', 'kind': 'attributed_to', 'from': 'q', 'to': 'z'}])
answer(b, relations=[{'kind': 'likes', 'from': 'a1', 'to': 'a1'}, {'kind': 'attributed_to', 'from': 'a1', 'to': 'a1'}])",
            &[
                "1: relation 2: there is no annotation `z`",
                "2: relation 1: the project has no relation `likes`",
                "2: relation 2: `attributed_to` leads from no source to a source",
            ],
            [Some(2), Some(1)],
        ),
        ("say({'id': 'nobody'}); [answer(a) for a in asked]", &["1: nothing was asked as `nobody`"], [Some(1), Some(1)]),
        ("say({'annotations': []}); [answer(a) for a in asked]", &["1: it has no `id`"], [Some(1), Some(1)]),
        (
            "[answer(a) for a in reversed(asked)]",
            &["was answered before, or passed over; answers come in the order of the questions"],
            [None, Some(1)],
        ),
        ("answer(asked[0]); [answer(a) for a in asked]", &["2: `", "was answered before"], [Some(1), Some(1)]),
        (
            "say({'line': 1, 'error': 'too hard'}); answer(asked[1])",
            &["1: the model says: too hard"],
            [None, Some(1)],
        ),
        ("answer(asked[0])", &["broken: it ended before it had answered all"], [Some(1), None]),
        (
            "answer(asked[0]); sys.stderr.write('no memory\\n'); sys.exit(3)",
            &["broken: it failed (exit status: 3); it last said: no memory"],
            [Some(1), None],
        ),
        ("[answer(a) for a in asked]; answer(asked[1]); sys.exit(1)", &["3: `", "broken: it failed"], [Some(1), Some(1)]),
    ];
    for (code, reasons, kept) in cases {
        let (fresh, ids) = project(program(code), 60);
        let report = ask(&fresh);
        let said = told(&report);
        for reason in reasons {
            assert!(said.contains(reason), "{code}: {reason}: {said}");
        }
        assert_eq!(said.is_empty(), reasons.is_empty(), "{code}: {said}");
        assert_eq!(report.is_good(), reasons.is_empty() && kept.iter().all(Option::is_some), "{code}");
        for (id, kept) in ids.iter().zip(kept) {
            let count = report.written.iter().find(|set| set.document == *id).map(|set| set.suggestions.len());
            assert_eq!(count, kept, "{code}: {id}: {said}");
            assert_eq!(
                (written(&fresh, id), report.unanswered.contains(id)),
                (kept.is_some(), kept.is_none()),
                "{code}"
            );
        }
        assert!(fresh.load().problems.is_empty(), "{code}: {:?}", fresh.load().problems);
    }
}

#[test]
fn what_takes_too_long_or_does_not_end_is_stopped() {
    if !python() {
        return;
    }
    type Is = fn(&Broken) -> bool;
    let cases: [(&str, Is, usize); 4] = [
        ("answer(asked[0]); time.sleep(600)", |broken| matches!(broken, Broken::Slow { seconds: 1, .. }), 1),
        ("[answer(a) for a in asked]; time.sleep(600)", |broken| matches!(broken, Broken::Lingering), 2),
        ("answer(asked[0])\nwhile True: print('x' * 1000)", |broken| matches!(broken, Broken::Babbling), 1),
        ("answer(asked[0])\nwhile True: sys.stdout.write('x' * 65536)", |broken| matches!(broken, Broken::Babbling), 1),
    ];
    for (code, is_it, count) in cases {
        // The last writes much before it has written too much.
        let (fresh, _) = project(program(code), if code.contains("stdout") { 60 } else { 1 });
        let report = ask(&fresh);
        assert!(report.broken.as_ref().is_some_and(is_it), "{code}: {}", told(&report));
        assert_eq!((report.written.len(), report.unanswered.len()), (count, 2 - count), "{code}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn what_a_model_has_started_is_stopped_with_it() {
    let (fresh, _) = project(words(&["/bin/sh", "-c", "sleep 600 & echo $! > child; wait"]), 1);
    assert!(matches!(ask(&fresh).broken, Some(Broken::Slow { .. })));
    let child = fresh.text("child");
    let state = || fs::read_to_string(format!("/proc/{}/stat", child.trim())).unwrap_or_default();
    // One that has ended may wait for somebody to take note of it, and ending takes a moment on a busy machine.
    let ended = || state().is_empty() || state().contains(") Z ");
    let ends = (0..100).any(|_| {
        thread::sleep(std::time::Duration::from_millis(20));
        ended()
    });
    assert!(ends, "{}", state());
}

#[test]
fn a_person_can_stop_it_at_any_time() {
    if !python() {
        return;
    }
    let (fresh, ids) = project(program("answer(asked[0]); time.sleep(600)"), 600);
    let count = Cell::new(0);
    let report = Order::of(&fresh.load(), "mine", &[]).unwrap().run(&mut |dealt| count.set(dealt), &|| count.get() > 0);
    assert!(matches!(report.broken, Some(Broken::Stopped)), "{}", told(&report));
    assert!(written(&fresh, &ids[0]) && report.unanswered == ids[1..]);
}

#[test]
fn reading_and_checking_a_project_runs_nothing() {
    let (fresh, ids) = project(words(&["/bin/sh", "-c", "echo > ran"]), 60);
    let place = fresh.path.display().to_string();
    for verb in ["check", "stats", "suggest"] {
        assert_eq!(run(&[verb, &place]).status, 0, "{verb}");
    }
    let session = fresh.session("amina");
    assert!(session.propose_later(&ids[0]).is_some_and(|work| work().len() < 100));
    let order = Order::of(&fresh.load(), "mine", &[]).unwrap();
    assert_eq!(order.what_runs(), "/bin/sh -c \"echo > ran\"", "what would run can be shown before it does");
    drop((session, order));
    assert!(!fresh.path.join("ran").exists());
    ask(&fresh);
    assert!(fresh.path.join("ran").exists(), "it can run");
}

#[test]
fn models_that_cannot_be_asked_are_told_before_anything_runs() {
    let (fresh, _) = project(words(&["no-such-program-anywhere"]), 60);
    let report = ask(&fresh);
    assert!(matches!(&report.broken, Some(Broken::Start { program, .. }) if program == "no-such-program-anywhere"));
    let place = fresh.path.display().to_string();
    let output = run(&["suggest", &place, "--model", "other"]);
    assert_eq!(output.status, 2);
    assert!(output.err.contains("names no model `other`; it names mine"), "{}", output.err);
    for (model, reason) in [
        (words(&[]), "command is empty"),
        (Run::Http("http://example.com/suggest".to_owned()), "must be on this machine"),
        (Run::Http("https://127.0.0.1/".to_owned()), "must begin with http://"),
    ] {
        let (fresh, _) = project(model, 60);
        let error = Order::of(&fresh.load(), "mine", &[]).unwrap_err();
        assert!(matches!(error, ModelError::Unusable { .. }) && error.to_string().contains(reason), "{error}");
        let output = run(&["check", &fresh.path.display().to_string()]);
        assert!(output.out.contains("warning") && output.out.contains(reason), "{}", output.out);
    }
    let (fresh, _) = project(words(&["x"]), 60);
    let bundle = fresh.outside.path().join("all.ron");
    ascribe_engine::pack(&fresh.path, &bundle).unwrap();
    let output = run(&["suggest", &bundle.display().to_string(), "--model", "mine"]);
    assert!(output.status == 2 && output.err.contains("unpack it first"), "{}", output.err);
}

#[test]
fn models_are_kept_in_the_project_file_as_they_were_written() {
    // What is usual is not written.
    let (fresh, _) = project(words(&["python3", "model.py"]), 60);
    let text = fresh.text("project.ron");
    let written: String = text[text.find("models:").unwrap()..].split_whitespace().collect();
    assert_eq!(written, r#"models:[(name:"mine",run:Command(["python3","model.py",]),),],)"#);
    add_model(&fresh, Run::Http("http://localhost:1/".to_owned()), 5);
    assert!(fresh.text("project.ron").contains("timeout_s: 5,"));
    assert!(fresh.load().problems.is_empty());
}

/// Answers each request with what `answer` makes of its line: a status and a body.
fn server(answer: impl Fn(Value) -> (u16, String) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/suggest", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = BufReader::new(stream.unwrap());
            if let Some(line) = posted(&mut stream) {
                let (status, body) = answer(line);
                let more = if status == 302 { "Location: http://example.com/\r\n" } else { "" };
                let length = body.len();
                let head =
                    format!("HTTP/1.1 {status} X\r\n{more}Connection: close\r\nContent-Length: {length}\r\n\r\n");
                let _ = stream.get_mut().write_all((head + &body).as_bytes());
            }
        }
    });
    address
}

/// The line that a request carries.
fn posted(stream: &mut BufReader<TcpStream>) -> Option<Value> {
    let (mut length, mut line) = (0, String::new());
    while stream.read_line(&mut line).ok()? > 0 && line.trim() != "" {
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        line.clear();
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

fn answer_to(asked: &Value) -> Value {
    json!({ "id": asked["id"], "annotations": [{ "id": "a", "label": "source", "spans": [[0, 3]] }] })
}

#[test]
fn a_server_on_this_machine_is_asked_document_by_document() {
    let good = server(|asked| (200, answer_to(&asked).to_string()));
    let (fresh, ids) = project(Run::Http(good), 60);
    let report = ask(&fresh);
    assert!(report.is_good() && report.written.len() == 2, "{}", told(&report));
    assert!(ids.iter().all(|id| written(&fresh, id)));
    assert!((report.written[0].suggestions[0].score - 0.5).abs() < 1e-6, "a score that is not said counts as one half");
    // It fails for the second document, in several ways.
    for (status, body, reason) in [
        (500, "{}", "2: the answer has the status 500"),
        (302, "", "2: the answer has the status 302"),
        (200, "<html>", "2: it is no JSON object: <html>"),
        (200, "", "it was not answered"),
        (200, "{\"id\": \"else\"}", "nothing was asked as `else`"),
    ] {
        let second = ids[1].to_string();
        let server = server(move |asked| match asked["id"] == second {
            true => (status, body.to_owned()),
            false => (200, answer_to(&asked).to_string()),
        });
        let (fresh, ids) = project(Run::Http(server), 60);
        let report = ask(&fresh);
        assert!(told(&report).contains(reason), "{reason}: {}", told(&report));
        assert_eq!(report.unanswered, ids[1..], "{reason}");
    }
}

#[test]
fn a_server_may_answer_only_what_it_was_asked() {
    let last = Arc::new(Mutex::new(String::new()));
    let hasty = last.clone();
    let server = server(move |asked| {
        let id = hasty.lock().unwrap().clone();
        (200, if asked["id"] == id { answer_to(&asked).to_string() } else { format!("{{\"id\": \"{id}\"}}") })
    });
    let (fresh, ids) = project(Run::Http(server), 60);
    *last.lock().unwrap() = ids[ids.len() - 1].to_string();
    let report = ask(&fresh);
    assert!(told(&report).contains("which has not been asked yet"), "{}", told(&report));
    assert_eq!(report.unanswered, ids[..ids.len() - 1]);
}

#[test]
fn a_server_that_is_slow_or_not_there_is_told() {
    let slow = server(|asked| {
        thread::sleep(std::time::Duration::from_secs(5));
        (200, answer_to(&asked).to_string())
    });
    let (fresh, ids) = project(Run::Http(slow), 1);
    let report = ask(&fresh);
    assert!(matches!(report.broken, Some(Broken::Slow { seconds: 1, .. })), "{}", told(&report));
    assert_eq!(report.unanswered, ids);
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let (fresh, _) = project(Run::Http(format!("http://127.0.0.1:{port}/")), 5);
    let report = ask(&fresh);
    assert!(matches!(report.broken, Some(Broken::Unreachable { .. })), "{}", told(&report));
    assert!(!Path::new(&fresh.path.join("suggestions")).exists());
}
