//! Colleagues' work comes by mail, on a stick or in a folder, and never touches one's own.

use ascribe_engine::pack;
use ascribe_tests::{BRIDGE, FOG, Fresh, run, set_of};

fn receive(fresh: &Fresh, arguments: &[&str]) -> ascribe_tests::Output {
    let project = fresh.path.to_str().unwrap();
    let all: Vec<_> = ["receive", project].into_iter().chain(arguments.iter().copied()).collect();
    run(&all)
}

fn path(fresh: &Fresh, path: &str) -> String {
    fresh.path.join(path).to_str().unwrap().to_owned()
}

#[test]
fn a_bundle_a_folder_and_a_file_bring_the_same() {
    let theirs = Fresh::sample();
    theirs.replace(&set_of("bo"), "progress: Finished", "progress: InProgress");
    let bundle = theirs.outside.path().join("sample.ron");
    pack(&theirs.path, &bundle).unwrap();
    let folder = path(&theirs, "annotations/bo");
    let (project, file) = (path(&theirs, ""), path(&theirs, &set_of("bo")));
    for source in [bundle.to_str().unwrap(), &project, &folder, &file] {
        let mine = Fresh::sample();
        std::fs::remove_file(mine.path.join(set_of("bo"))).unwrap();
        let dry = receive(&mine, &[source, "--mine", "amina", "--dry-run"]);
        assert!(dry.out.contains(&format!("{}: new, ", set_of("bo"))), "{source}: {} {}", dry.out, dry.err);
        assert!(!mine.path.join(set_of("bo")).exists(), "{source}");
        let amina = mine.read(&set_of("amina"));
        receive(&mine, &[source, "--mine", "amina"]);
        assert!(mine.read(&set_of("bo")) == theirs.read(&set_of("bo")), "{source}: byte for byte");
        assert!(mine.read(&set_of("amina")) == amina, "{source}");
        let again = receive(&mine, &[source, "--mine", "amina"]);
        assert!(again.out.contains(&format!("{}: the same as here", set_of("bo"))), "{source}: {}", again.out);
    }
}

#[test]
fn what_differs_is_left_until_somebody_chooses_and_mine_is_left_alone() {
    let (theirs, mine) = (Fresh::sample(), Fresh::sample());
    for (fresh, label) in [(&theirs, "claim"), (&mine, "denial")] {
        for annotator in ["amina", "bo"] {
            let text = fresh.text(&set_of(annotator));
            fresh.write(&set_of(annotator), text.replacen("label: \"quote\"", &format!("label: \"{label}\""), 1));
        }
    }
    let source = path(&theirs, "");
    let before = ["amina", "bo"].map(|annotator| mine.read(&set_of(annotator)));
    let left = receive(&mine, &[&source, "--mine", "amina"]);
    assert_eq!(left.status, 1, "{}", left.out);
    assert!(left.out.contains("choose with --replace or --merge") && left.out.contains("your own, left alone"));
    assert!(["amina", "bo"].map(|annotator| mine.read(&set_of(annotator))) == before);
    let replaced = receive(&mine, &[&source, "--mine", "amina", "--replace"]);
    assert!(mine.read(&set_of("bo")) == theirs.read(&set_of("bo")), "{}", replaced.err);
    assert!(mine.read(&set_of("amina")) == before[0], "mine is left alone");
    let merged = receive(&mine, &[&source, "--mine", "amina", "--merge"]);
    assert_eq!(merged.status, 1);
    assert!(merged.err.contains("1 places are open"), "{}", merged.err);
    assert!(mine.text(&set_of("amina")).contains("conflicts: ["));
}

#[test]
fn an_article_that_is_not_here_comes_along_with_what_is_about_it() {
    let theirs = Fresh::sample();
    let mine = Fresh::sample();
    for file in [format!("documents/{BRIDGE}.ron"), format!("documents/{BRIDGE}.txt"), set_of("bo"), set_of("amina")] {
        std::fs::remove_file(mine.path.join(file)).unwrap();
    }
    let alone = receive(&mine, &[&path(&theirs, &set_of("bo"))]);
    assert_eq!(alone.status, 1, "a file alone cannot bring it: {}", alone.out);
    assert!(!mine.path.join(set_of("bo")).exists());
    let output = receive(&mine, &[&path(&theirs, "")]);
    assert!(output.out.contains("its article comes along"), "{}", output.out);
    for file in [format!("documents/{BRIDGE}.ron"), format!("documents/{BRIDGE}.txt"), set_of("bo")] {
        assert!(mine.read(&file) == theirs.read(&file), "{file}");
    }
    assert!(mine.load().documents.len() == 2 && mine.path.join(format!("documents/{FOG}.txt")).exists());
}

#[test]
fn an_own_set_whose_article_is_not_here_comes_with_it_if_it_is_asked_for() {
    let theirs = crate::gold::undecided();
    let files = [format!("documents/{BRIDGE}.txt"), format!("documents/{BRIDGE}.ron"), set_of("amina"), set_of("bo")];
    // Where an earlier attempt was broken off, some of the article may be there.
    for there in [0, 1] {
        let mine = crate::gold::undecided();
        files[there..].iter().for_each(|file| std::fs::remove_file(mine.path.join(file)).unwrap());
        let source = path(&theirs, &format!("annotations/amina/{BRIDGE}.ron"));
        assert_eq!(receive(&mine, &[&source, "--mine", "amina", "--merge"]).status, 1, "a file alone cannot bring it");
        std::fs::remove_file(theirs.path.join(&files[3])).unwrap_or_default();
        receive(&mine, &[&path(&theirs, ""), "--mine", "amina"]);
        assert!(files[there..].iter().all(|file| !mine.path.join(file).exists()), "one's own is left alone");
        let output = receive(&mine, &[&path(&theirs, ""), "--mine", "amina", "--merge"]);
        for file in &files[..3] {
            assert!(mine.read(file) == theirs.read(file), "{file}: {} {}", output.out, output.err);
        }
        assert!(mine.load().documents.len() == 2);
    }
}

#[test]
fn an_own_file_that_cannot_be_read_is_left_alone_and_told() {
    let (theirs, mine) = (Fresh::sample(), Fresh::sample());
    for annotator in ["amina", "bo"] {
        mine.write(&set_of(annotator), "AnnotationSet(");
    }
    for option in ["--replace", "--merge"] {
        let output = receive(&mine, &[&path(&theirs, ""), "--mine", "amina", option]);
        assert!((output.status, mine.text(&set_of("amina"))) == (1, "AnnotationSet(".to_owned()), "{}", output.out);
        assert!(output.err.contains("your own file here cannot be compared"), "{}", output.err);
    }
    assert!(mine.read(&set_of("bo")) == theirs.read(&set_of("bo")), "a colleague's can be replaced");
}

#[test]
fn a_set_with_something_open_is_not_the_same_as_one_without() {
    let (theirs, mine) = (Fresh::sample(), Fresh::sample());
    let record =
        "    conflicts: [\n        (at: \"progress\", ours: \"Finished\", theirs: \"InProgress\"),\n    ],\n)\n";
    let text = theirs.text(&set_of("bo"));
    theirs.write(&set_of("bo"), format!("{}{record}", text.trim_end().strip_suffix(')').unwrap()));
    let output = receive(&mine, &[&path(&theirs, &set_of("bo"))]);
    assert!(output.out.contains("different from here: 0 only there, 1 different, 0 only here"), "{}", output.out);
}
