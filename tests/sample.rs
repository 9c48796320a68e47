//! The sample project is sound and shows everything that the tool is about.

use std::collections::BTreeSet;

use ascribe_engine::{
    Project,
    adjudicate::{CaseCounts, counting, decisions_of, gold},
    default_scheme,
    lint::lint_project,
    stats,
};
use ascribe_schema::{
    Annotation, AnnotationSet, Bundle, CommentSet, DecisionSet, Document, File, REASONS, Scheme, Verdict, read, write,
};
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
    let more = ["finished-with-open-lint", "quote-without-source", "span-cuts-quote-mark", "verdict-without-note"];
    assert_eq!(rules("bo"), BTreeSet::from(more).union(&rules("amina")).copied().collect());
    assert_eq!(rules("gold"), BTreeSet::new(), "gold is what was decided");
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
fn gold_of_the_sample_is_just_what_was_decided_and_every_state_of_a_case_is_there() {
    let fresh = Fresh::sample();
    let project = fresh.load();
    let here = &project.documents[&document(BRIDGE)];
    let ines = counting(&project).unwrap();
    let decisions = decisions_of(here, &ines);
    assert!(here.sets.keys().all(|name| *name != ines), "who decides has tagged nothing");
    let made = gold(here, &ines, &decisions);
    assert_eq!(made.set, set(&project, "gold"));
    let CaseCounts { open, unanimous, stale, deferred, decided, gone } = made.account.cases;
    assert!(open > unanimous && unanimous > 0 && decided > 10, "{:?}", made.account.cases);
    assert_eq!((stale, deferred, gone), (1, 1, 0));

    let kinds: BTreeSet<_> = decisions
        .iter()
        .map(|one| match &one.verdict {
            Verdict::Accept(names) if names.len() == one.about.len() && names.len() > 1 => "accept all",
            Verdict::Accept(_) => "accept",
            Verdict::Edit(_) if one.about.is_empty() => "add",
            Verdict::Edit(_) => "edit",
            Verdict::Reject => "reject",
            Verdict::Defer => "defer",
        })
        .collect();
    assert_eq!(kinds, BTreeSet::from(["accept", "accept all", "add", "defer", "edit", "reject"]));
    let reasons: BTreeSet<_> = decisions.iter().map(|one| one.reason.as_str()).filter(|one| !one.is_empty()).collect();
    assert!(reasons.contains("guideline gap") && reasons.iter().all(|reason| REASONS.contains(reason)), "{reasons:?}");

    let comments = || here.comments.values().flat_map(|stored| &stored.set.comments);
    assert!(here.comments.len() == 3 && comments().any(|comment| comment.settled));
    let answered = comments().filter(|comment| !comment.about.is_empty());
    assert!(answered.into_iter().all(|one| comments().any(|other| other.answers.as_ref() == Some(&one.id))));

    let written = run(&["adjudicate".as_ref(), fresh.path.as_os_str(), "--gold".as_ref(), "--json".as_ref()]);
    assert_eq!(written.status, 1, "something waits for a decision");
    assert!(written.out.contains("\"written\": \"same\""), "{}", written.out);
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
            Some("decisions") => rewritten::<DecisionSet>(path, bytes),
            Some("comments") => rewritten::<CommentSet>(path, bytes),
            None => rewritten::<Bundle>(path, bytes),
            Some(other) => panic!("what is {other} in {path}?"),
        };
        assert!(again.as_bytes() == bytes.as_slice(), "{path} would be written differently");
    }
}
