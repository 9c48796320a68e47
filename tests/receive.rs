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
