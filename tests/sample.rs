//! The sample project is sound and shows everything that the tool is about.

use std::collections::BTreeSet;

use ascribe_engine::{Project, default_scheme, lint::lint_project, stats};
use ascribe_schema::{Annotation, AnnotationSet, Bundle, Document, File, Scheme, read, write};
use ascribe_tests::{BRIDGE, FOG, Fresh, document, files, name, root, run, set_of};

fn set(project: &Project, annotator: &str) -> AnnotationSet {
    project.documents[&document(BRIDGE)].sets[&name(annotator)].set.clone()
}

fn any(set: &AnnotationSet, wanted: impl Fn(&Annotation) -> bool) -> bool {
    set.annotations.iter().any(wanted)
}

#[test]
fn the_sample_has_no_problem_at_all() {
    let fresh = Fresh::sample();
    assert_eq!(fresh.load().problems, []);
    let output = run(&["check".as_ref(), fresh.path.as_os_str()]);
    assert_eq!((output.status, output.err.as_str()), (0, ""));
    assert!(output.out.contains("\n2 documents: 0 errors, 0 warnings, 0 notes\n"), "{}", output.out);
}

#[test]
fn lint_shows_what_it_is_for_on_the_work_of_the_second_annotator() {
    let found = lint_project(&Fresh::sample().load());
    let rules = |annotator: &str| -> BTreeSet<_> {
        found.iter().filter(|finding| finding.annotator == name(annotator)).map(|finding| finding.rule).collect()
    };
    assert_eq!(rules("amina"), BTreeSet::from(["quote-marks-unbalanced"]), "a curly mark that a straight one closes");
    let of_bo = ["finished-with-open-lint", "quote-without-source", "span-cuts-quote-mark", "verdict-without-note"];
    assert_eq!(rules("bo"), BTreeSet::from(of_bo));
    assert_eq!(rules("gold"), BTreeSet::from(["gold-without-decision"]), "the sample has no decisions yet");
}

#[test]
fn the_sample_has_the_default_scheme() {
    let default = read::<Scheme>(Scheme::DEFAULT_RON.as_bytes(), "default.ron").unwrap();
    assert!(default.complete && default.value.labels.len() == 4);
    assert_eq!(default_scheme(), default.value);
    assert_eq!(Fresh::sample().load().file.scheme, default.value);
}

#[test]
fn the_sample_shows_every_label_and_every_hard_case() {
    let project = Fresh::sample().load();
    let amina = set(&project, "amina");
    let labels: BTreeSet<_> = amina.annotations.iter().map(|annotation| annotation.label.as_str()).collect();
    assert_eq!(labels, BTreeSet::from(["claim", "denial", "paratext", "quote", "source"]));
    let strength = |wanted: &str| any(&amina, |a| a.attributes.get("strength").is_some_and(|value| value == wanted));
    assert!(strength("outright") && strength("non_denial"), "one who denies, and one who will not say");
    assert!(any(&amina, |a| a.attributes.get("naming").is_some_and(|value| value == "anonymous")));
    assert!(any(&amina, |a| a.label == "quote" && a.quote().contains("aveugles par temps de brouillard")));
    assert!(any(&amina, |a| a.label == "quote" && a.quote().chars().any(|c| ('ا'..='ي').contains(&c))));
    assert!(any(&amina, |a| a.spans.len() > 1), "fragments");
    let kinds: BTreeSet<_> = amina.relations.iter().map(|relation| relation.kind.clone()).collect();
    let known: BTreeSet<_> = project.file.scheme.relations.iter().map(|relation| relation.name.clone()).collect();
    assert_eq!(kinds, known, "every type of relation is used");
}

#[test]
fn the_sample_has_nested_and_crossing_annotations() {
    let amina = set(&Fresh::sample().load(), "amina");
    let spans: Vec<_> = amina.annotations.iter().flat_map(|annotation| annotation.spans.clone()).collect();
    let pairs = || spans.iter().flat_map(|a| spans.iter().map(move |b| (*a, *b))).filter(|(a, b)| a != b);
    assert!(pairs().any(|(a, b)| a.covers(b)), "nested");
    assert!(pairs().any(|(a, b)| a.overlaps(b) && !a.covers(b) && !b.covers(a)), "crossing");
}

#[test]
fn the_samples_annotators_differ_and_gold_is_there() {
    let project = Fresh::sample().load();
    let tags = |annotator: &str| -> BTreeSet<_> {
        set(&project, annotator).annotations.into_iter().map(|a| (a.spans, a.label)).collect()
    };
    let (amina, bo, gold) = (tags("amina"), tags("bo"), tags("gold"));
    assert!(amina.intersection(&bo).count() > 10, "they agree on many");
    assert!(amina.difference(&bo).count() > 10 && bo.difference(&amina).count() > 5, "and differ on many");
    assert!(gold.intersection(&amina).count() > 0 && gold.intersection(&bo).count() > 0);
    assert!(project.documents[&document(FOG)].sets.is_empty(), "one article is left to try things on");
}

#[test]
fn the_sample_is_about_700_words_long() {
    let project = Fresh::sample().load();
    let naive = project.documents[&document(BRIDGE)].text.as_ref().unwrap().as_str().split_whitespace().count();
    let counted = stats(&project).documents.into_iter().find(|document| document.id.as_str() == BRIDGE).unwrap().words;
    assert!((650..=750).contains(&naive) && counted.abs_diff(naive) < 20, "{naive} or {counted} words");
}

fn rewritten<T: File>(path: &str, bytes: &[u8]) -> String {
    let read = read::<T>(bytes, path).unwrap();
    assert!(read.complete && read.problems.is_empty(), "{path}");
    write(&read.value).unwrap()
}

#[test]
fn every_file_of_every_sample_project_is_as_the_program_writes_it() {
    let all = files(&root().join("projects"));
    assert!(all.keys().any(|path| path.ends_with(&set_of("amina"))));
    for (path, bytes) in all.iter().filter(|(path, _)| path.ends_with(".ron")) {
        let again = match path.split('/').nth(1) {
            Some("project.ron") => rewritten::<ascribe_schema::Project>(path, bytes),
            Some("documents") => rewritten::<Document>(path, bytes),
            Some("annotations") => rewritten::<AnnotationSet>(path, bytes),
            None => rewritten::<Bundle>(path, bytes),
            Some(other) => panic!("what is {other} in {path}?"),
        };
        assert!(again.as_bytes() == bytes.as_slice(), "{path} would be written differently");
    }
}
