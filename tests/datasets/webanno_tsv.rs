//! WebAnno TSV: the reference cases of INCEpTION, files that others write, and our own.

use std::{fs, path::PathBuf};

use ascribe_engine::dataset::{Annotation, Kind, ReadOptions, Record, Told, WriteOptions};
use ascribe_schema::{Span, Text};

use super::{Content, content, kept, read, records, write};

const HEADER: &str = "#FORMAT=WebAnno TSV 3.2\n#T_SP=webanno.custom.Speech|Form|value\n\
                      #T_RL=webanno.custom.Rel|label|BT_webanno.custom.Speech\n\n\n";

fn read_one(content: &str) -> (Record, Told) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("doc.tsv");
    fs::write(&path, content).unwrap();
    let (mut records, told) = read("webanno-tsv", &path, &ReadOptions::default()).unwrap();
    (records.pop().unwrap_or_default(), told)
}

fn spans(record: &Record) -> Vec<(&str, Vec<&str>)> {
    let texts = |found: &Annotation| found.spans.iter().map(|span| record.slice(*span)).collect();
    record.annotations.iter().map(|found| (found.label.as_str(), texts(found))).collect()
}

/// What is read back of a record: fragments are cut to their words.
fn expected(record: &Record) -> Content {
    let mut cut = record.clone();
    let words = |span: &Span| {
        let text = record.slice(*span);
        let start = span.start.plus((text.chars().count() - text.trim_start().chars().count()) as u32);
        let end = span.end.minus((text.chars().count() - text.trim_end().chars().count()) as u32);
        (start < end).then_some(Span { start, end })
    };
    for annotation in &mut cut.annotations {
        annotation.spans = annotation.spans.iter().filter_map(words).collect();
    }
    cut.retain(|_, annotation| !annotation.spans.is_empty());
    content(&cut, ascribe_engine::dataset::Holds::ALL)
}

#[test]
fn our_own_files_come_back_less_white_space_at_the_ends() {
    for seed in 0..60 {
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("out");
        let given = records(seed, 5);
        let written = write(&given, "webanno-tsv", &to, &WriteOptions::default()).unwrap();
        let (back, told) = read("webanno-tsv", &to, &ReadOptions::default()).unwrap();
        assert_eq!(told.refused, [], "seed {seed}");
        for (given, back) in given.iter().zip(&back) {
            assert_eq!(
                content(back, ascribe_engine::dataset::Holds::ALL),
                expected(given),
                "seed {seed}, {}",
                given.id
            );
            assert_eq!((&back.id, &back.annotator), (&given.id, &given.annotator));
        }
        for kind in Kind::ALL {
            let given: usize = given.iter().map(|record| kind.count(record)).sum();
            assert_eq!(written.account.numbers(kind).all(), given);
            let back: usize = back.iter().map(|record| kind.count(record)).sum();
            assert_eq!(back, kept(&written, kind), "{}", kind.word(2));
        }
        // What is left whole is not said to be cut.
        let whole = |span: &Span, record: &Record| record.slice(*span).trim() == record.slice(*span);
        let clean = given.iter().flat_map(|record| record.annotations.iter().map(move |found| (record, found)));
        let clean = clean.filter(|(record, found)| found.spans.iter().all(|span| whole(span, record))).count();
        assert_eq!(written.account.numbers(Kind::Annotation).written, clean, "seed {seed}");
    }
}

#[test]
fn texts_are_kept_but_for_white_space_before_the_first_word() {
    let mut given = records(1, 3);
    for (record, text) in
        given.iter_mut().zip(["\n\tA b.  C d.\n\n\n E\r\n\u{c} f\n\n", " \n ", "  x\\ty \u{2028} 😀\t."])
    {
        *record = Record { id: record.id.clone(), text: Text::new(text).into(), ..Record::default() };
    }
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("out");
    let written = write(&given, "webanno-tsv", &to, &WriteOptions::default()).unwrap();
    let numbers = written.account.numbers(Kind::Document);
    assert_eq!((numbers.written, numbers.degraded, numbers.left_out), (1, 1, 1));
    let (back, told) = read("webanno-tsv", &to, &ReadOptions::default()).unwrap();
    assert_eq!(told.refused, []);
    assert_eq!(back[0].text.as_str(), "  A b.  C d.\n\n\n E\r\n\u{c} f\n\n");
    assert_eq!(back[1].text, given[2].text);
}

#[test]
fn broken_lines_are_told_and_the_rest_is_read() {
    let body = "#Text=Er sagt 😀 ja\n1-1\t0-2\tEr\tdirect[1]\tq[1]\t_\t_\t\n1-2\t3-7\tsagt\tdirect[1]\tq[1]\t_\t_\t\n\
                1-3\t8-10\t😀\tx\ny\t11-13\tja\t_\tz\t_\t_\t\n1-4\t11-13\tnein\t_\tz\t_\t_\t\n1-4\t11-13\tja\t_\tb\tr\t1-9\t\nstray\n\n\
                #Text=Nein\n2-1\t14-18\tNein\t*\t*\ttells\t1-1[1_0]\t\n";
    let (record, told) = read_one(&format!("{HEADER}{body}"));
    assert_eq!(record.text.as_str(), "Er sagt 😀 ja\nNein");
    assert_eq!(spans(&record), [("q", vec!["Er sagt"]), ("b", vec!["ja"]), ("Speech", vec!["Nein"])]);
    assert_eq!(record.annotations[0].attributes["Form"], "direct");
    assert_eq!((record.relations.len(), record.relations[0].kind.as_str()), (1, "tells"));
    assert_eq!((record.relations[0].from, record.relations[0].to), (0, 2));
    let lines: Vec<_> = told.refused.iter().map(|refused| (refused.line, refused.kind)).collect();
    let annotation = Kind::Annotation;
    let mut lines_sorted = lines.clone();
    lines_sorted.sort_unstable();
    assert_eq!(
        lines_sorted,
        [(9, annotation), (10, annotation), (11, annotation), (12, Kind::Relation), (13, annotation)]
    );
}

#[test]
fn sentences_are_found_where_lines_or_blank_lines_are_missing() {
    let body = "#Text= Er sagt ja\n1-1\t1x3\tEr\t_\t_\t_\t_\t\n1-2\t4-8\tsagt\t*\tx\t_\t_\t\n#Text=Nein\n\
                2-1\t20-24\tNein\t*\ty\t_\t_\t\n\n#Text=Doch\n3-1\t3-7\tDoch\t*\tz\t_\t_\t\n";
    let (record, told) = read_one(&format!("{HEADER}{body}"));
    assert_eq!(record.text.as_str(), " Er sagt ja\n        Nein\nDoch");
    assert_eq!(spans(&record), [("x", vec!["sagt"]), ("y", vec!["Nein"]), ("z", vec!["Doch"])]);
    assert_eq!(told.refused.len(), 1);
}

#[test]
fn words_that_an_annotation_passes_over_are_no_part_of_it() {
    let body = "#Text=a b c d\n1-1\t0-1\ta\t*[3]\tx[3]\t_\t_\t\n1-2\t2-3\tb\t_\t_\t_\t_\t\n\
                1-3\t4-5\tc\t*[3]\tx[3]\t_\t_\t\n1-4\t6-7\td\t*[3]\tx[3]\t_\t_\t\n";
    let (record, told) = read_one(&format!("{HEADER}{body}"));
    assert_eq!(told.refused, []);
    assert_eq!(spans(&record), [("x", vec!["a", "c d"])]);
}

#[test]
fn offsets_that_count_code_points_are_noticed() {
    let body =
        "#Text=😀 a\n1-1\t0-1\t😀\t_\t_\t_\t_\t\n1-2\t2-3\ta\t*\tx\t_\t_\t\n\n#Text=b\n2-1\t4-5\tb\t*\ty\t_\t_\t\n";
    let (record, told) = read_one(&format!("{HEADER}{body}"));
    assert_eq!((record.text.as_str(), &told.refused[..]), ("😀 a\nb", &[][..]));
    assert_eq!(spans(&record), [("x", vec!["a"]), ("y", vec!["b"])]);
    assert_eq!(told.noted["offsets count code points, not UTF-16 units"], 1);
}

/// The reference cases: each a table and, but for two, the same as XMI.
fn cases() -> Vec<PathBuf> {
    let root = "data/inception_tests/inception-io-webanno-tsv/src/test/resources/tsv3-suite";
    let Some(root) = ascribe_tests::shared(root) else {
        println!("skipped: no shared data");
        return Vec::new();
    };
    let mut cases: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

#[test]
fn every_reference_case_says_the_same_as_its_xmi() {
    // The format cannot hold white space at the ends of annotations, and a run of spaces may stand for a line feed.
    let (mut tokens, mut annotations, mut refused, mut relations) = (0, 0, 0, 0);
    let cases = cases();
    for case in &cases {
        let (table, told) = read("webanno-tsv", &case.join("reference.tsv"), &ReadOptions::default()).unwrap();
        let record = &table[0];
        tokens += told.noted.get("a token was not kept: words are not").copied().unwrap_or_default();
        assert!(!told.noted.keys().any(|note| note.contains("offsets")), "{case:?} {:?}", told.noted);
        annotations += record.annotations.len();
        relations += record.relations.len();
        refused += told.refused.len();
        for refused in &told.refused {
            let known = ["holds nothing", "no annotation", "no slot of an annotation", "no place for its feature"];
            assert!(known.iter().any(|reason| refused.reason.contains(reason)), "{case:?} {refused:?}");
        }
        if let Ok((xmi, _)) = read("uima", &case.join("reference.xmi"), &ReadOptions::default()) {
            let bare = |record: &Record| {
                let tag = |found: &Annotation| {
                    (found.label.replace("NamedEntity", "Span"), record.slice(found.hull()).trim().to_owned())
                };
                let mut tags: Vec<_> = record.annotations.iter().map(tag).collect();
                tags.sort();
                let label = |at: usize| record.slice(record.annotations[at].hull()).to_owned();
                let mut ties: Vec<_> =
                    record.relations.iter().map(|tie| (tie.kind.clone(), label(tie.from), label(tie.to))).collect();
                ties.sort();
                (record.text.as_str().replace('\n', " ").trim().to_owned(), tags, ties)
            };
            assert_eq!(bare(record), bare(&xmi[0]), "{case:?}");
        }
    }
    println!(
        "{} cases: {tokens} tokens, {annotations} annotations, {relations} relations, {refused} refused",
        cases.len()
    );
    assert!(cases.is_empty() || (cases.len(), tokens) == (75, 390));
}

#[test]
fn layers_may_be_declared_anywhere_before_the_first_sentence_and_no_column_is_passed_over() {
    let body = "#FORMAT=WebAnno TSV 3.2\n\n#T_SP=webanno.custom.Speech|value\n#T_XX=webanno.custom.New|value\n\n\n\
                #Text=Er sagt ja\n1-1\t0-2\tEr\tsource\t\n1-2\t3-7\tsagt\tcue\tmore\t\n1-3\t8-10\tja\tquote\t_\n";
    let (record, told) = read_one(body);
    assert_eq!(spans(&record), [("source", vec!["Er"]), ("quote", vec!["ja"])]);
    let refused: Vec<_> = told.refused.iter().map(|refused| (refused.line, refused.content.as_str())).collect();
    assert_eq!(refused, [(4, "#T_XX=webanno.custom.New|value"), (9, "1-2\t3-7\tsagt\tcue\tmore\t")]);
}

#[test]
fn the_one_feature_of_a_relation_is_its_kind_whatever_it_is_called() {
    let body = "#FORMAT=WebAnno TSV 3.2\n#T_SP=webanno.custom.Part|role\n#T_RL=webanno.custom.Tie|how|BT_webanno.custom.Part\n\n\n\
                #Text=Er sagt\n1-1\t0-2\tEr\tsource\tsaid_by\t1-2\t\n1-2\t3-7\tsagt\tcue\t_\t_\t\n";
    let (record, told) = read_one(body);
    assert_eq!((record.relations[0].kind.as_str(), told.refused.len()), ("said_by", 0));
}

#[test]
fn numbers_that_begin_anew_in_each_sentence_are_other_annotations() {
    let body = "#Text=Er sagt ja\n1-1\t0-2\tEr\t*[1]\tx[1]\t_\t_\t\n1-2\t3-7\tsagt\t*[1]\tx[1]\t_\t_\t\n\
                1-3\t8-10\tja\t*[2]\ty[2]\tto\t1-1[1_2]\t\n\n#Text=Nein nie\n2-1\t11-15\tNein\t*[2]\tz[2]\t_\t_\t\n\
                2-2\t16-19\tnie\t*[1]\tw[1]\tto\t2-1[2_1]\t\n";
    let (record, told) = read_one(&format!("{HEADER}{body}"));
    assert_eq!(told.refused, []);
    let wanted = [("x", vec!["Er sagt"]), ("y", vec!["ja"]), ("z", vec!["Nein"]), ("w", vec!["nie"])];
    assert_eq!(spans(&record), wanted);
    let ties: Vec<_> = record.relations.iter().map(|tie| (tie.from, tie.to)).collect();
    assert_eq!(ties, [(0, 1), (2, 3)]);
}

#[test]
fn every_relation_of_a_chain_or_slot_is_read_or_told() {
    // The middle link holds nothing, so neither tie has two ends.
    let body = "#FORMAT=WebAnno TSV 3.3\n#T_CH=a.CorefLink|referenceRelation|referenceType\n\n\n#Text=Er sagt ja\n\
                1-1\t0-2\tEr\t*->1-1\tp\t\n1-2\t3-7\tsagt\t_\t_\t\n1-2.1\t4-4\t\t*->1-2\tp\t\n1-3\t8-10\tja\t*->1-3\tp\t\n";
    let (record, told) = read_one(body);
    assert_eq!((record.annotations.len(), record.relations.len()), (2, 0));
    let kinds: Vec<_> = told.refused.iter().map(|refused| refused.kind).collect();
    assert_eq!(kinds, [Kind::Annotation, Kind::Relation, Kind::Relation]);
}
