//! Importing articles: their text is kept character for character, and bad files stop nobody.

use std::{ffi::OsStr, fs, path::Path};

use ascribe_tests::{Fresh, Output, TIME, document, files, run, shared};
use serde_json::Value;

/// A folder with articles, and the path of a project to be made.
struct Desk(tempfile::TempDir);

impl Desk {
    fn with(articles: &[(&str, &[u8])]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        for (name, bytes) in articles {
            let path = desk.path(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        desk
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn run(&self, verb: &str, articles: &[&str]) -> Output {
        // What begins with a dash is no file, and no file is called so.
        let path = |name: &&str| {
            if name.starts_with("--") || name.starts_with('=') {
                name.trim_start_matches('=').into()
            } else {
                self.path(name)
            }
        };
        let paths: Vec<std::path::PathBuf> = articles.iter().map(path).collect();
        let project = self.path("project");
        let all: Vec<&OsStr> =
            [verb.as_ref(), project.as_os_str()].into_iter().chain(paths.iter().map(|path| path.as_os_str())).collect();
        run(&all)
    }

    /// The texts of the project's documents by the ids that a verb printed.
    fn texts(&self, output: &Output) -> Vec<String> {
        let text = |id: &str| fs::read_to_string(self.path(&format!("project/documents/{id}.txt"))).unwrap();
        output.out.lines().map(text).collect()
    }

    fn check(&self) -> u8 {
        run(&["check".as_ref(), self.path("project").as_os_str(), "--strict".as_ref()]).status
    }
}

#[test]
fn new_makes_a_sound_project_and_prints_the_ids() {
    let desk = Desk::with(&[("a.txt", b"First article\n\nText."), ("b.md", b"# Second article\n\nText.")]);
    let output = desk.run("new", &["a.txt", "b.md"]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    let ids: Vec<_> = output.out.lines().collect();
    assert!(ids[0].starts_with("first-article-") && ids[1].starts_with("second-article-") && ids.len() == 2);
    assert_eq!(desk.texts(&output), ["First article\n\nText.", "# Second article\n\nText."]);
    assert_eq!(desk.check(), 0);
    let project = ascribe_engine::load(&ascribe_engine::Tree::open(&desk.path("project")).unwrap());
    assert_eq!((project.file.title.as_str(), project.file.scheme.labels.len()), ("project", 4));
    let imported = &project.documents[&document(ids[1])].record.revisions[0].imported;
    let expected = ("b.md", "UTF-8", "markdown 1", TIME);
    assert_eq!((&*imported.file_name, &*imported.encoding, &*imported.importer, &*imported.time), expected);
}

#[test]
fn new_takes_a_title() {
    let desk = Desk::with(&[]);
    let output = run(&["new".as_ref(), desk.path("x").as_os_str(), "--title".as_ref(), "Élections “2027”".as_ref()]);
    assert_eq!((output.status, output.out.as_str(), output.err.as_str()), (0, "", ""));
    let json = run(&["stats".as_ref(), desk.path("x").as_os_str(), "--json".as_ref()]).out;
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["title"], "Élections “2027”");
}

#[test]
fn add_takes_files_and_folders_and_leaves_hidden_files_alone() {
    let desk = Desk::with(&[
        ("one.txt", b"One"),
        ("in/two.txt", b"Two"),
        ("in/deep/three.md", b"Three"),
        ("in/.hidden.txt", b"Hidden"),
    ]);
    assert_eq!(desk.run("new", &[]).status, 0);
    let output = desk.run("add", &["one.txt", "in"]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    assert_eq!(desk.texts(&output), ["One", "Three", "Two"], "sorted inside a folder");
    assert_eq!(desk.check(), 0);
}

#[test]
fn other_files_in_a_folder_are_counted_and_only_named_ones_are_an_error() {
    let desk = Desk::with(&[
        ("in/one.txt", b"One"),
        ("in/a.jpg", b"\xff"),
        ("in/deep/b.JPG", b"\xff"),
        ("in/c.xyz", b"PK"),
        ("in/README", b"x"),
    ]);
    assert_eq!(desk.run("new", &[]).status, 0);
    let output = desk.run("add", &["in"]);
    let reason = ascribe_engine::ImportError::Kind.to_string();
    let expected = format!("skipped in folders: 2 .jpg, 1 .xyz, 1 without extension; {reason}\n");
    assert_eq!((output.status, &output.err), (0, &expected));
    assert!(reason.contains("plain text (.txt)") && reason.contains("PDF (.pdf)"));
    assert_eq!(desk.texts(&output), ["One"]);
    let output = desk.run("add", &["in/c.xyz"]);
    assert!(output.status == 1 && output.err.starts_with("not imported: ") && output.err.contains(&reason));
}

#[test]
fn a_folder_without_any_article_is_an_error_and_an_empty_project_is_told_of() {
    let desk = Desk::with(&[("in/a.jpg", b"\xff"), ("one.txt", b"One")]);
    fs::create_dir(desk.path("empty")).unwrap();
    let output = desk.run("new", &["in", "empty"]);
    assert_eq!((output.status, output.err.matches("nothing in this folder can be imported").count()), (1, 2));
    assert!(output.err.contains("project is there now, without an article"), "{}", output.err);
    let output = desk.run("add", &["one.txt", "empty"]);
    assert_eq!((output.status, desk.texts(&output)), (1, vec!["One".to_owned()]));
    assert!(!output.err.contains("without an article"), "{}", output.err);
}

#[test]
fn nobody_reads_far_ahead_of_a_slow_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |number| folder.path().join(format!("{number}.txt"));
    let sources: Vec<_> = (0..1000).map(path).map(ascribe_engine::Source::File).collect();
    (0..1000).for_each(|number| fs::write(path(number), "Text.").unwrap());
    // Whoever comes first is slow; then the last file goes, which nobody should have read by then.
    let began = std::sync::atomic::AtomicBool::new(false);
    let stop = || {
        if !began.swap(true, std::sync::atomic::Ordering::Relaxed) {
            std::thread::sleep(std::time::Duration::from_millis(800));
            fs::remove_file(path(999)).unwrap();
        }
        false
    };
    let mut read = Vec::new();
    ascribe_engine::read_all(&sources, None, &ascribe_engine::Options::default(), &stop, &mut |number, candidate| {
        read.push((number, candidate.outcome.is_ok()));
    });
    assert_eq!(read, (0..1000).map(|number| (number, number < 999)).collect::<Vec<_>>());
}

#[test]
#[cfg(unix)]
fn a_pipe_is_refused_at_once_and_a_link_to_a_file_is_not() {
    let desk = Desk::with(&[("one.txt", b"One")]);
    assert!(std::process::Command::new("mkfifo").arg(desk.path("pipe.txt")).status().unwrap().success());
    std::os::unix::fs::symlink(desk.path("one.txt"), desk.path("link.txt")).unwrap();
    let output = desk.run("new", &["pipe.txt", "link.txt"]);
    assert!(output.status == 1 && output.err.contains("not a regular file"), "{}", output.err);
    assert_eq!(desk.texts(&output), ["One"]);
}

#[test]
#[cfg(unix)]
fn links_to_folders_are_not_followed() {
    let desk = Desk::with(&[("in/one.txt", b"One"), ("elsewhere/two.txt", b"Two")]);
    std::os::unix::fs::symlink(desk.path("elsewhere"), desk.path("in/link")).unwrap();
    std::os::unix::fs::symlink(desk.path("in"), desk.path("in/circle")).unwrap();
    let output = desk.run("new", &["in"]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    assert_eq!(desk.texts(&output), ["One"]);
}

#[test]
fn the_same_article_twice_is_reported_and_written_once() {
    let desk = Desk::with(&[
        ("a.txt", b"Same\n\nText"),
        ("b.txt", b"\xef\xbb\xbfSame\r\n\r\nText"),
        ("c.txt", b"Same\n\nTexts"),
    ]);
    let first = desk.run("new", &["a.txt"]);
    let before = files(&desk.path("project"));
    let output = desk.run("add", &["b.txt"]);
    let id = first.out.trim();
    assert_eq!((output.status, output.out.as_str()), (0, ""));
    assert_eq!(output.err, format!("{}: already in the project as {id}\n", desk.path("b.txt").display()));
    assert!(files(&desk.path("project")) == before);
    let other = desk.run("add", &["c.txt"]);
    assert!(other.status == 0 && other.out.trim() != id, "one letter more is another article");
}

#[test]
fn the_same_article_twice_in_one_go_is_written_once_and_both_are_told() {
    let desk = Desk::with(&[("a.txt", b"Same\n\nText"), ("b.txt", b"Other\n\nText"), ("c.txt", b"Same\n\nText")]);
    let output = desk.run("new", &["a.txt", "b.txt", "c.txt"]);
    assert_eq!((output.status, desk.texts(&output)), (0, vec!["Same\n\nText".to_owned(), "Other\n\nText".to_owned()]));
    assert!(output.err.contains("c.txt: already in the project as same-"), "{}", output.err);
    assert_eq!(desk.check(), 0);
}

#[test]
fn a_bad_file_among_good_ones_stops_none_of_them() {
    let desk = Desk::with(&[
        ("a.txt", b"Good"),
        ("b.txt", b"\x7fELF\0\0\0\x01"),
        ("c.docx", b"PK"),
        ("d.txt", b" \n\t"),
        ("e.md", b"Good too"),
    ]);
    let output = desk.run("new", &["a.txt", "b.txt", "c.docx", "d.txt", "missing.txt", "e.md"]);
    assert_eq!(output.status, 1);
    assert_eq!(desk.texts(&output), ["Good", "Good too"]);
    assert_eq!(desk.check(), 0);
    for name in ["b.txt", "c.docx", "d.txt", "missing.txt"] {
        let start = format!("not imported: {}: ", desk.path(name).display());
        assert_eq!(output.err.lines().filter(|line| line.starts_with(&start)).count(), 1, "{name}: {}", output.err);
    }
}

/// The JSON that a verb printed.
fn json(output: &Output) -> Value {
    serde_json::from_str(&output.out).unwrap()
}

#[test]
fn json_tells_of_every_file_and_article() {
    let text = "Le ministre a démissionné\n\nBy Jane Doe\n\nPARIS, Nov 23 (Reuters) — Le ministre de l’Intérieur a démissionné mardi, a déclaré le gouvernement.\n\nRead more\n";
    let desk = Desk::with(&[
        ("a.txt", text.as_bytes()),
        ("b.txt", b"\0\0"),
        ("c/d.jpg", b"x"),
        ("c/e.txt", text.as_bytes()),
        ("f.txt", b"Un \xe0 la carte"),
    ]);
    let output = desk.run("new", &["a.txt", "b.txt", "c", "missing.txt", "f.txt", "--json"]);
    let json = json(&output);
    assert_eq!((output.status, output.err.as_str()), (1, ""));
    let files = json["files"].as_array().unwrap();
    let told: Vec<_> = files
        .iter()
        .map(|file| (file["file"].as_str().unwrap().to_owned(), file["status"].as_str().unwrap()))
        .collect();
    let path = |name: &str| desk.path(name).display().to_string();
    let expected = [
        ("a.txt", "imported"),
        ("b.txt", "refused"),
        ("c/e.txt", "known"),
        ("missing.txt", "refused"),
        ("f.txt", "imported"),
    ];
    assert_eq!(told, expected.map(|(name, status)| (path(name), status)));
    let totals =
        serde_json::json!({"files": 5, "imported": 2, "known": 1, "refused": 2, "warnings": 1, "skipped": {".jpg": 1}});
    assert_eq!(json["totals"], totals);
    assert!(files[1]["reason"].as_str().unwrap().contains("NUL") && files[0].get("reason").is_none());
    let article = &files[0]["articles"][0];
    let id = article["id"].as_str().unwrap();
    assert_eq!(fs::read_to_string(desk.path(&format!("project/documents/{id}.txt"))).unwrap(), text);
    for (field, value) in [
        ("status", "imported"),
        ("title", "Le ministre a démissionné"),
        ("byline", "Jane Doe"),
        ("dateline", "PARIS, Nov 23 (Reuters)"),
        ("language", "fr"),
        ("format", "text"),
        ("encoding", "UTF-8"),
        ("url", ""),
        ("publisher", ""),
        ("published", ""),
    ] {
        assert_eq!(article[field], value, "{field}");
    }
    assert_eq!(article["characters"], text.chars().count());
    let slices = article["paratext"].as_array().unwrap().iter().map(|part| {
        let [start, end] = ["start", "end"].map(|side| part[side].as_u64().unwrap() as usize);
        assert_eq!(part["text"], text.chars().skip(start).take(end - start).collect::<String>());
        part["text"].as_str().unwrap()
    });
    assert_eq!(slices.collect::<Vec<_>>(), ["By Jane Doe", "PARIS, Nov 23 (Reuters) —", "Read more"]);
    assert_eq!(files[4]["articles"][0]["problems"][0]["rule"], "encoding-unsure");
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let desk = Desk::with(&[("a.txt", b"One"), ("b.txt", b"\0"), ("c.txt", b"One"), ("d.txt", b"Un \xe0")]);
    let articles = ["a.txt", "b.txt", "c.txt", "d.txt"];
    let dry = desk.run("new", &[&articles[..], &["--json", "--dry-run"]].concat());
    assert!(!desk.path("project").exists());
    let real = desk.run("new", &[&articles[..], &["--json"]].concat());
    assert_eq!((&dry.out, dry.status), (&real.out, real.status));
    let before = files(&desk.path("project"));
    let again = desk.run("add", &[&articles[..], &["--dry-run"]].concat());
    assert!(
        again.err.contains("already in the project")
            && again.err.ends_with("nothing was written, because of --dry-run\n")
    );
    assert!(again.out.is_empty() && files(&desk.path("project")) == before);
}

#[test]
fn originals_are_kept_on_request_and_belong_to_the_project() {
    let desk = Desk::with(&[("a.txt", b"\xef\xbb\xbfOne\r\nline"), ("b.MD", b"# Two")]);
    let output = desk.run("new", &["a.txt", "b.MD", "--keep-original"]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    let ids: Vec<_> = output.out.lines().collect();
    let all = files(&desk.path("project"));
    assert_eq!(all[&format!("documents/{}.original.txt", ids[0])], b"\xef\xbb\xbfOne\r\nline");
    assert_eq!(all[&format!("documents/{}.original.md", ids[1])], b"# Two");
    assert_eq!(desk.check(), 0, "no warning");
    let (bundle, copy) = (desk.path("all.ron"), desk.path("copy"));
    assert_eq!(run(&["pack".as_ref(), desk.path("project").as_os_str(), "-o".as_ref(), bundle.as_os_str()]).status, 0);
    assert_eq!(run(&["unpack".as_ref(), bundle.as_os_str(), copy.as_os_str()]).status, 0);
    assert!(files(&copy) == all);
    assert!(files(&desk.path("project")).keys().all(|path| !path.contains("original.ron")));
    let plain = Desk::with(&[("a.txt", b"One")]);
    assert_eq!(plain.run("new", &["a.txt"]).status, 0);
    assert!(files(&plain.path("project")).keys().all(|path| !path.contains("original")));
}

#[test]
fn encoding_format_and_language_can_be_named() {
    let desk = Desk::with(&[("a.data", b"\x8etat d'\x8ethiopie")]);
    let args = ["a.data", "--encoding", "=macintosh", "--format", "=text", "--language", "=fr", "--json"];
    let output = desk.run("new", &args);
    let json = json(&output);
    let article = &json["files"][0]["articles"][0];
    assert_eq!((output.status, &article["title"]), (0, &"état d'éthiopie".into()));
    assert_eq!((&article["encoding"], &article["language"]), (&"macintosh".into(), &"fr".into()));
    assert_eq!(desk.run("add", &["a.data", "--format", "=nonsense"]).status, 2);
    let unknown = desk.run("add", &["a.data", "--format", "=text", "--encoding", "=klingon"]);
    assert!(unknown.status == 1 && unknown.err.contains("there is no encoding `klingon`"), "{}", unknown.err);
}

#[test]
fn many_files_are_told_of_in_their_order() {
    let names: Vec<_> = (0..700).map(|n| format!("in/{n:04}.txt")).collect();
    let texts: Vec<_> = names.iter().map(|name| format!("Article {name}")).collect();
    let all: Vec<_> = names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let desk = Desk::with(&all);
    let output = desk.run("new", &["in"]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    assert_eq!(desk.texts(&output), texts);
    assert_eq!(desk.check(), 0);
}

/// Imports bytes and gives back the stored text.
fn stored(name: &str, bytes: &[u8]) -> String {
    let desk = Desk::with(&[(name, bytes)]);
    let output = desk.run("new", &[name]);
    assert_eq!(output.status, 0, "{}", output.err);
    let texts = desk.texts(&output);
    assert_eq!((desk.check(), texts.len()), (0, 1));
    texts.into_iter().next().unwrap()
}

/// The text comes back character for character, also from a file with a mark and Windows line ends.
fn check_kept(text: &str) {
    let windows = text.replace('\n', "\r\n");
    assert_eq!(stored("a.txt", text.as_bytes()), text);
    assert_eq!(stored("a.md", format!("\u{feff}{text}").as_bytes()), text);
    assert_eq!(stored("a.txt", windows.as_bytes()), text);
    assert_eq!(stored("a.txt", format!("\u{feff}{windows}").as_bytes()), text);
    let utf16 = || format!("\u{feff}{windows}").encode_utf16().collect::<Vec<_>>();
    assert_eq!(stored("a.txt", &utf16().into_iter().flat_map(u16::to_le_bytes).collect::<Vec<_>>()), text);
    assert_eq!(stored("a.txt", &utf16().into_iter().flat_map(u16::to_be_bytes).collect::<Vec<_>>()), text);
}

#[test]
fn a_stored_text_equals_the_file_character_for_character() {
    for text in [
        "Plain\n",
        "\n\n  Title  \n\ttab\u{a0}\u{200b}“odd” ”marks“ \"x'\n\n\n",
        "e\u{301} is not é, ﬁ is not fi, Å is not Å",
        "عنوان\n\n«قال» \u{202b}شيئا\u{202c} \u{2067}x\u{2069} 👩‍👩‍👧‍👦\u{fe0f}",
        "old Mac\rline\r\rends, form\u{c}feed, line\u{2028}separator, \u{85}, \u{1b}[31m",
    ] {
        check_kept(text);
    }
}

#[test]
fn the_article_that_the_project_started_from_is_stored_character_for_character() {
    let Some(folder) = shared("seed") else { return };
    let articles: Vec<_> = files(&folder).into_iter().filter(|(path, _)| path.ends_with(".txt")).collect();
    assert!(!articles.is_empty());
    for (path, bytes) in articles {
        let text = String::from_utf8(bytes).unwrap();
        assert!(Path::new(&path).extension().is_some() && !text.contains('\r') && !text.starts_with('\u{feff}'));
        check_kept(&text);
    }
}

#[test]
fn an_article_is_known_by_the_sha256_of_its_text() {
    let desk = Desk::with(&[("a.txt", b"abc")]);
    // The example of FIPS 180, and its first 40 bits in Crockford's base 32.
    let (id, hash) = ("abc-q9w1dfwf", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(desk.run("new", &["a.txt"]).out, format!("{id}\n"));
    let record = fs::read_to_string(desk.path(&format!("project/documents/{id}.ron"))).unwrap();
    assert!(
        record.contains(&format!("text_sha256: \"{hash}\"")) && record.contains(&format!("file_sha256: \"{hash}\""))
    );
}

#[test]
fn opening_and_checking_never_writes() {
    let fresh = Fresh::sample();
    let before = files(fresh.outside.path());
    for verb in ["check", "stats"] {
        assert_eq!(run(&[verb.as_ref(), fresh.path.as_os_str()]).status, 0);
    }
    assert!(files(fresh.outside.path()) == before && !fresh.path.join(".ascribe").exists());
}
