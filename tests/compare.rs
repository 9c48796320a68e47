//! Several annotators' work is laid side by side: what is the same is together, what differs is told, and everything is
//! accounted for.

use std::{collections::BTreeMap, fs, sync::Arc};

use ascribe_engine::{
    Document,
    agreement::DifferenceKind,
    compare::{Comparison, Filter, LeftOut, compare},
};
use ascribe_schema::{
    Annotation, AnnotationId, AnnotationSet, FORMAT, Origin, PARATEXT, Progress, Relation, RelationId, Span,
};
use ascribe_tests::{BRIDGE, Fresh, files, name, run};
use proptest::{collection::vec, prelude::*};
use serde_json::Value;

pub const TEXT: &str = "The mayor said “no” twice, and nobody knew what she had denied.";

/// The words of a tag, several fragments divided by ` … `; its label; its attributes; the tag that it is attributed to.
pub type Tag<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], Option<usize>);

fn annotation(number: usize, label: &str, spans: Vec<Span>) -> Annotation {
    Annotation {
        id: AnnotationId::from_bits(number as u64),
        label: label.to_owned(),
        text: spans.iter().map(|span| slice(*span)).collect(),
        spans,
        attributes: BTreeMap::new(),
        note: String::new(),
        text_sha256: String::new(),
        origin: Origin::Human(name("ann")),
        created: String::new(),
        decided: None,
    }
}

fn slice(span: Span) -> String {
    TEXT.chars().skip(span.start.get()).take(span.len() as usize).collect()
}

fn span_of(words: &str) -> Span {
    let start = TEXT[..TEXT.find(words).unwrap()].chars().count() as u32;
    Span::new(start, start + words.chars().count() as u32)
}

pub fn set(document: &Document, who: &str, tags: &[Tag<'_>]) -> AnnotationSet {
    let mut set = AnnotationSet {
        format: FORMAT,
        document: document.record.id.clone(),
        text_sha256: document.text_sha256().to_owned(),
        annotator: name(who),
        progress: Progress::Finished,
        annotations: Vec::new(),
        relations: Vec::new(),
        rejected: Vec::new(),
        conflicts: Vec::new(),
    };
    for (number, (words, label, attributes, to)) in tags.iter().enumerate() {
        let mut tag = annotation(number, label, words.split(" … ").map(span_of).collect());
        let value = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        tag.attributes = attributes.iter().map(value).collect();
        if let Some(to) = to {
            let (id, kind) = (RelationId::from_bits(number as u64), "attributed_to".to_owned());
            let to = AnnotationId::from_bits(*to as u64);
            set.relations.push(Relation { id, kind, from: tag.id.clone(), to });
        }
        set.annotations.push(tag);
    }
    set.sort();
    set
}

fn article() -> Document {
    let (fresh, ids) = Fresh::of(&[TEXT]);
    fresh.load().documents.remove(&ids[0]).unwrap()
}

/// What differs in each unit in which anything does, as words.
fn told(comparison: &Comparison) -> Vec<String> {
    let all = Filter::default();
    let words = |unit: usize| {
        let differences = comparison.units[unit].differs.all();
        let word = differences.into_iter().map(|one| format!("{} {}", one.kind.name(), one.name).trim().to_owned());
        word.collect::<Vec<_>>().join(", ")
    };
    all.differences(comparison).map(words).collect()
}

#[test]
fn what_differs_is_told() {
    let document = article();
    let direct: &[(&str, &str)] = &[("form", "direct")];
    let rows: &[(&[Tag<'_>], &[Tag<'_>], &[&str])] = &[
        (&[("“no”", "quote", direct, None)], &[("“no”", "quote", direct, None)], &[]),
        (&[("“no”", "quote", &[], None)], &[], &["missing"]),
        (&[("“no”", "quote", &[], None)], &[("“no” twice", "quote", &[], None)], &["boundary"]),
        (&[("“no”", "quote", &[], None)], &[("“no”", "claim", &[], None)], &["label"]),
        (&[("“no”", "quote", direct, None)], &[("“no”", "quote", &[], None)], &["attribute form"]),
        // A few words inside a long claim are another thing, and the same words under another label are not.
        (
            &[("nobody knew what she had denied", "claim", &[], None)],
            &[("she", "source", &[], None)],
            &["missing", "missing"],
        ),
        (
            &[("“no”", "quote", &[], Some(1)), ("The mayor", "source", &[], None)],
            &[("“no”", "quote", &[], Some(1)), ("she", "source", &[], None)],
            &["missing", "source attributed_to", "missing"],
        ),
        // Fragments of one annotation are compared together.
        (&[("The mayor … “no”", "quote", &[], None)], &[("The mayor … “no” twice", "quote", &[], None)], &["boundary"]),
        // On the same words, each label goes to its own; one that is longer by a word does not cross them.
        (
            &[
                ("nobody knew what she had denied", "quote", &[], None),
                ("knew what she had denied", "claim", &[], None),
            ],
            &[
                ("knew what she had denied", "quote", &[], None),
                ("nobody knew what she had denied", "claim", &[], None),
            ],
            &["boundary", "boundary"],
        ),
    ];
    for (one, two, expected) in rows {
        let comparison = compare(&document, vec![set(&document, "ann", one), set(&document, "bob", two)]);
        assert_eq!(told(&comparison), *expected, "{one:?} {two:?}");
    }
}

#[test]
fn of_three_the_one_who_stands_apart_is_told() {
    let document = article();
    let tags: [&[Tag<'_>]; 3] =
        [&[("“no”", "quote", &[], None)], &[("“no” twice", "quote", &[], None)], &[("“no”", "quote", &[], None)]];
    let sets = ["ann", "bob", "cat"].into_iter().zip(tags).map(|(who, tags)| set(&document, who, tags));
    let comparison = compare(&document, sets.collect());
    assert_eq!(comparison.apart(0), [1]);
    let of = |who: &str| Filter { annotators: vec![name(who)], ..Filter::default() };
    assert_eq!(of("bob").differences(&comparison).count(), 1);
    assert_eq!(of("ann").differences(&comparison).count(), 0);
    let kind = |kind| Filter { kinds: vec![kind], ..Filter::default() }.differences(&comparison).count();
    assert_eq!([DifferenceKind::Boundary, DifferenceKind::Label].map(kind), [1, 0]);
}

#[test]
fn what_one_takes_for_paratext_is_missing_there_and_said_to_be() {
    let document = article();
    let marked =
        set(&document, "ann", &[("The mayor said “no” twice", PARATEXT, &[], None), ("“no”", "quote", &[], None)]);
    let tagged = set(&document, "bob", &[("“no”", "quote", &[], None)]);
    let comparison = compare(&document, vec![marked, tagged]);
    assert_eq!(told(&comparison), ["missing"]);
    assert!(comparison.is_aside(0, 0) && !comparison.is_aside(0, 1));
    let left_out: Vec<_> = comparison.sides[0].left_out.iter().map(|(_, why)| *why).collect();
    assert_eq!(left_out, [LeftOut::Paratext; 2]);
}

#[test]
fn tags_on_an_older_text_are_compared_on_the_newest_and_nothing_is_written() {
    let fresh = Fresh::sample();
    let text = fresh.text(&format!("documents/{BRIDGE}.txt"));
    let file = fresh.outside.path().join("corrected.txt");
    fs::write(&file, format!("A correction came later.\n\n{text}")).unwrap();
    let project = fresh.path.to_str().unwrap();
    let revised = run(&["revise", project, BRIDGE, file.to_str().unwrap(), "--annotator", "bo"]);
    assert_ne!(revised.status, 2, "{}", revised.err);
    let before = files(&fresh.path);
    let json = compared(&["compare", project, "--annotators", "amina,bo", "--json"]);
    let (amina, bo) = (&json["documents"][0]["annotators"][0], &json["documents"][0]["annotators"][1]);
    assert!(amina["moved"].is_object() && bo["moved"].is_null(), "{amina} {bo}");
    assert!(json["totals"]["identical"].as_u64().unwrap() > 0);
    assert_eq!(files(&fresh.path), before);
}

fn compared(arguments: &[&str]) -> Value {
    let output = run(arguments);
    assert_eq!(output.status, 0, "{}", output.err);
    serde_json::from_str(&output.out).unwrap()
}

#[test]
fn every_tag_of_the_sample_is_accounted_for() {
    let fresh = Fresh::sample();
    let project = fresh.path.to_str().unwrap();
    let json = compared(&["compare", project, "--annotators", "amina,bo,gold", "--json"]);
    let tags = fresh.load();
    for document in json["documents"].as_array().unwrap() {
        let id = ascribe_tests::document(document["document"].as_str().unwrap());
        for side in document["annotators"].as_array().unwrap() {
            let who = side["annotator"].as_str().unwrap();
            let units = document["units"].as_array().unwrap();
            let there = units.iter().filter(|unit| !unit["members"][who].is_null()).count() as u64;
            let left_out = side["left_out"].as_array().unwrap().len() as u64;
            assert_eq!(side["compared"], there);
            let all = tags.documents[&id].sets[&name(who)].set.annotations.len() as u64;
            assert_eq!(there + left_out, all, "{who} {id}");
        }
        let counts = &document["counts"];
        let sum = counts["identical"].as_u64().unwrap() + counts["differ"].as_u64().unwrap();
        assert_eq!(counts["units"], sum);
    }
    let listed = run(&["compare", project, "--differences"]);
    assert_eq!(listed.status, 0, "{}", listed.err);
    assert!(listed.out.contains("identical") && listed.out.contains("amina: "), "{}", listed.out);
}

#[test]
fn who_cannot_be_compared_is_told() {
    let fresh = Fresh::sample();
    let project = fresh.path.to_str().unwrap();
    for (names, expected) in [
        ("amina", "at least two"),
        ("amina,zoe", "`zoe` has annotated nothing"),
        ("bo,bo", "twice"),
        ("amina,Bo", "lower-case"),
        ("amina,decisions/zoe", "`decisions-zoe` has annotated nothing"),
    ] {
        let output = run(&["compare", project, "--annotators", names]);
        assert_eq!(output.status, 2, "{names}");
        assert!(output.err.contains(expected), "{names}: {}", output.err);
    }
    let output = run(&["compare", project, "--document", "nothing"]);
    assert!(output.status == 2 && output.err.contains("no document `nothing`"), "{}", output.err);
}

fn tags() -> impl Strategy<Value = Vec<(usize, Vec<(u32, u32)>)>> {
    vec((0_usize..3, vec((0_u32..50, 1_u32..12), 1..3)), 0..14)
}

fn random_set(document: &Document, who: &str, tags: &[(usize, Vec<(u32, u32)>)]) -> AnnotationSet {
    let mut set = set(document, who, &[]);
    for (number, (label, pieces)) in tags.iter().enumerate() {
        let mut spans: Vec<_> = pieces.iter().map(|&(start, long)| Span::new(start, start + long)).collect();
        spans.sort_unstable();
        spans.dedup_by(|next, before| next.start < before.end);
        set.annotations.push(annotation(number, ["quote", "claim", "source"][*label], spans));
    }
    set.sort();
    set
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_set_compared_with_itself_is_identical(tags in tags()) {
        let document = article_once();
        let sets = ["ann", "bob"].map(|who| random_set(&document, who, &tags));
        let comparison = compare(&document, sets.into());
        prop_assert_eq!(comparison.units.len(), tags.len());
        prop_assert!(comparison.units.iter().all(|unit| unit.differs.is_nothing()));
    }

    #[test]
    fn whoever_comes_first_the_units_are_the_same(one in tags(), two in tags(), three in tags()) {
        let document = article_once();
        let sets = [("ann", one), ("bob", two), ("cat", three)].map(|(who, tags)| random_set(&document, who, &tags));
        let units = |order: [usize; 3]| {
            let comparison = compare(&document, order.iter().map(|at| sets[*at].clone()).collect());
            let place = |who: usize| order.iter().position(|at| *at == who).unwrap();
            let unit = |unit: &ascribe_engine::agreement::Unit| {
                (unit.place, [0, 1, 2].map(|who| unit.members[place(who)]), unit.differs.all().len())
            };
            comparison.units.iter().map(unit).collect::<std::collections::BTreeSet<_>>()
        };
        let given = units([0, 1, 2]);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            prop_assert_eq!(&units(order), &given);
        }
        for (who, set) in sets.iter().enumerate() {
            let mut members: Vec<_> = given.iter().filter_map(|(_, members, _)| members[who]).collect();
            members.sort_unstable();
            prop_assert!(members.into_iter().eq(0..set.annotations.len()), "each is in exactly one unit");
        }
    }
}

/// The article, read once for all cases.
fn article_once() -> Arc<Document> {
    static ARTICLE: std::sync::OnceLock<Arc<Document>> = std::sync::OnceLock::new();
    ARTICLE.get_or_init(|| Arc::new(article())).clone()
}
