//! CoNLL: what the columns can hold comes back, what they cannot is in the account; files of others are read.

use std::fs;

use ascribe_engine::dataset::{
    Annotation, Fate, Fragments, Holds, Kind, ReadOptions, Record, Tagging, Told, WriteOptions, detect,
};
use ascribe_schema::{Label, Scheme, Span, Text};

use super::{content, read, records, write};

fn written(records: &[Record], options: &WriteOptions) -> (String, ascribe_engine::dataset::Written) {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("a.conll");
    let written = write(records, "conll", &to, options).unwrap();
    (fs::read_to_string(to).unwrap(), written)
}

fn of(text: &str) -> (Vec<Record>, Told) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.conll");
    fs::write(&path, text).unwrap();
    read("conll", &path, &ReadOptions::default()).unwrap()
}

fn found(record: &Record) -> Vec<(&str, &str)> {
    record.annotations.iter().map(|tag| (tag.label.as_str(), record.slice(tag.spans[0]))).collect()
}

fn record(text: &str, tags: &[(&str, &[(u32, u32)])]) -> Record {
    let mut record = Record { id: "d".into(), text: Text::new(text).into(), ..Record::default() };
    for (at, (label, spans)) in tags.iter().enumerate() {
        let spans = spans.iter().map(|&(start, end)| Span::new(start, end)).collect();
        record.annotations.push(Annotation::new(format!("a{at}"), *label, spans));
    }
    record
}

#[test]
fn a_label_has_a_column_and_sentences_are_not_cut_inside_an_annotation() {
    let text = "He won. “I did. Yes.”\nBye now.";
    let given = record(text, &[("source", &[(0, 2)]), ("quote", &[(8, 21)]), ("claim", &[(9, 10), (11, 14)])]);
    let (out, written) = written(&[given], &WriteOptions::default());
    let rows = "He\tO\tO\tB-source\nwon\tO\tO\tO\n.\tO\tO\tO\n\n“\tO\tB-quote\tO\nI\tB-claim\tI-quote\tO\n\
        did\tB-claim\tI-quote\tO\n.\tO\tI-quote\tO\nYes\tO\tI-quote\tO\n.\tO\tI-quote\tO\n”\tO\tI-quote\tO\n\n\
        Bye\tO\tO\tO\nnow\tO\tO\tO\n.\tO\tO\tO\n\n";
    let head = format!(
        "# global.columns = FORM claim quote source\n# newdoc id = d\n# ascribe = {{\"text\":{}}}\n",
        serde_json::to_string(text).unwrap()
    );
    assert_eq!(out, head + rows);
    assert_eq!(written.account.numbers(Kind::Annotation).degraded, 1, "its fragments stand apart");
}

#[test]
fn bilou_and_one_column() {
    let given = record("a b c d", &[("x", &[(0, 1)]), ("y", &[(2, 7)]), ("x", &[(4, 5)])]);
    let options = WriteOptions { tagging: Tagging::Bilou, one_column: true, ..WriteOptions::default() };
    let (out, written) = written(&[given], &options);
    assert_eq!(out, "-DOCSTART- -X- O O\n\na -X- O U-x\nb -X- O B-y\nc -X- O I-y\nd -X- O L-y\n\n");
    let losses: Vec<_> = written.account.losses().map(|(fate, kind, reason, _)| (fate, kind, reason)).collect();
    assert!(losses.iter().any(|(fate, kind, reason)| {
        (*fate, *kind) == (Fate::LeftOut, Kind::Annotation) && reason.contains("longer or earlier")
    }));
    assert_eq!(written.account.numbers(Kind::Document).degraded, 1);
    let (back, _) = of(&out);
    assert_eq!(found(&back[0]), [("x", "a"), ("y", "b c d")]);
}

#[test]
fn bounds_inside_words_are_widened_and_what_has_no_word_is_left_out() {
    let given = record("abc def  ghi", &[("x", &[(1, 6)]), ("y", &[(7, 9)]), ("z", &[(0, 1), (2, 3), (9, 12)])]);
    let (out, written) = written(&[given], &WriteOptions::default());
    let rows: Vec<_> = out.lines().filter(|line| line.contains('\t')).collect();
    assert_eq!(rows, ["abc\tB-x\tO\tB-z", "def\tI-x\tO\tO", "ghi\tO\tO\tB-z"]);
    let (annotations, fragments) = (written.account.numbers(Kind::Annotation), written.account.numbers(Kind::Fragment));
    assert_eq!((annotations.degraded, annotations.left_out), (2, 1));
    assert_eq!((fragments.degraded, fragments.left_out), (3, 2), "one lies on a word that is taken");
}

#[test]
fn the_scheme_gives_columns_that_later_labels_join() {
    let label = |name: &str| Label {
        name: name.into(),
        key: String::new(),
        color: String::new(),
        guideline: String::new(),
        attributes: Vec::new(),
    };
    let scheme = Scheme { labels: vec![label("quote"), label("claim")], relations: Vec::new() };
    let options = WriteOptions { scheme: Some(scheme), ..WriteOptions::default() };
    let given = [record("a", &[("quote", &[(0, 1)])]), record("b", &[("a new", &[(0, 1)])])];
    let (out, _) = written(&given, &options);
    let rows: Vec<_> = out.lines().filter(|line| line.contains('\t') || line.contains("global")).collect();
    assert_eq!(rows, ["# global.columns = FORM quote claim a_new", "a\tB-quote\tO\tO", "b\tO\tO\tB-a_new"]);
}

#[test]
fn what_the_columns_hold_comes_back() {
    let holds = Holds { fragments: Fragments::Split, ..Holds::SPANS };
    for seed in 0..60 {
        let given = records(seed, 5);
        let folder = tempfile::tempdir().unwrap();
        let to = folder.path().join("a.conll");
        let written = write(&given, "conll", &to, &WriteOptions::default()).unwrap();
        assert_eq!(detect(&to).unwrap().name(), "conll");
        let (back, told) = read("conll", &to, &ReadOptions::default()).unwrap();
        assert_eq!((told.refused.len(), told.noted.len()), (0, 0), "{told:?}");
        let fragments = written.account.numbers(Kind::Fragment);
        let read: usize = back.iter().map(|record| record.annotations.len()).sum();
        assert_eq!(read, fragments.written + fragments.degraded, "seed {seed}");
        for (given, back) in given.iter().zip(&back) {
            assert_eq!((&given.id, &given.text, &given.meta), (&back.id, &back.text, &back.meta));
            assert_eq!(given.annotator, back.annotator);
            let whole = |record: &Record| content(record, holds).annotations;
            let wanted = whole(given);
            // Bounds that were moved still lie on the same words.
            for (label, spans, ..) in whole(back) {
                let touches = |span: &(u32, u32)| spans[0].0 < span.1 && span.0 < spans[0].1;
                assert!(
                    wanted.iter().any(|(own, given, ..)| *own == label && given.iter().any(touches)),
                    "seed {seed}"
                );
            }
        }
    }
}

#[test]
fn files_of_others_are_read() {
    let conll_2003 = "-DOCSTART- -X- -X- O\n\nEU NNP B-NP I-ORG\nrejects VBZ B-VP O\nGerman JJ B-NP I-MISC\n\n\
        # NN B-NP O\nBrussels NNP B-NP I-LOC\nParis NNP B-NP B-LOC\n\n-DOCSTART- -X- -X- O\n\n10\u{a0}% CD B-NP O\n";
    let (records, told) = of(conll_2003);
    let ids: Vec<_> = records.iter().map(|record| (record.id.as_str(), record.text.as_str())).collect();
    assert_eq!(ids, [("a-1", "EU rejects German\n# Brussels Paris"), ("a-2", "10\u{a0}%")]);
    assert_eq!(found(&records[0]), [("ORG", "EU"), ("MISC", "German"), ("LOC", "Brussels"), ("LOC", "Paris")]);
    assert_eq!(told.refused, []);

    let bioes = "# newdoc\n# text = Don't stop.\nDo\tS-a\nn't\tO\nstop\tB-b\n.\tE-b\n";
    let (records, _) = of(bioes);
    assert_eq!(records[0].text.as_str(), "Don't stop.");
    assert_eq!(found(&records[0]), [("a", "Do"), ("b", "stop.")]);

    let broken = "a\tB-x\nb\tQ-x\nc\n\tB-x\nd\tI-x\ne\tI-y\nf\tO\ng\tO\nh\tO\ni\tO\nj\tO\nk\tO\nl\tO\nm\tO\nn\tO\no\tO\np\tO\nq\tO\nr\tO\n\
        s\tO\nt\tO\nu\tO\nv\tO\nw\tO\nx\tO\ny\tO\nz\tO\nA\tO\nB\tO\nC\tO\n";
    let (records, told) = of(broken);
    let lines: Vec<_> = told.refused.iter().map(|refused| (refused.line, refused.content.as_str())).collect();
    assert_eq!(lines, [(2, "b\tQ-x"), (3, "c"), (4, "\tB-x")]);
    assert_eq!(found(&records[0]), [("x", "a"), ("x", "d"), ("y", "e")]);
    assert!(records[0].text.as_str().starts_with("a b c d e f"));
}

#[test]
fn tokens_may_be_numbered_and_files_called_anything() {
    let germeval = "#\thttps://x.example\t[2009]\n1\tZoë\tB-PER\tO\n2\tim\tO\tO\n3\tWDR-Haus\tB-LOCpart\tB-ORG\n\n\
        #\thttps://y.example\t[2009]\n1\t#\tO\tO\n2\tKöln\tB-LOC\tO\n";
    let (records, told) = of(germeval);
    assert_eq!(records[0].text.as_str(), "Zoë im WDR-Haus\n# Köln");
    let expected = [("PER", "Zoë"), ("LOCpart", "WDR-Haus"), ("ORG", "WDR-Haus"), ("LOC", "Köln")];
    assert_eq!(found(&records[0]), expected);
    assert_eq!(told.refused, []);

    let (records, _) = of("北\tB-L\n京\tM-L\n市\tE-L\n人\tW-P\n。\tO\n");
    assert_eq!(found(&records[0]), [("L", "北 京 市"), ("P", "人")]);

    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [("a.conll", "x\tB-y\n"), ("b.annotated", "x\tB-y\n"), ("README.md", "# About\n\nIt is.\n")]
    {
        fs::write(folder.path().join(name), content).unwrap();
    }
    let (records, _) = read("conll", folder.path(), &ReadOptions::default()).unwrap();
    assert_eq!(records.len(), 2, "what looks like one is read, whatever its name");
}

/// What begins an annotation in a file of two columns with IOB2 tags.
fn beginnings(text: &str) -> usize {
    let tags = text.lines().filter_map(|line| line.split('\t').nth(1));
    tags.filter(|tag| tag.starts_with("B-")).count()
}

#[test]
fn shared_files_import_whole() {
    for name in ["wnut17train.conll", "emerging.dev.conll", "emerging.test.conll", "emerging.test.annotated"] {
        let Some(path) = ascribe_tests::shared(&format!("data/wnut17/{name}")) else {
            println!("skipped: no shared data");
            return;
        };
        assert_eq!(detect(&path).unwrap().name(), "conll");
        let (records, told) = read("conll", &path, &ReadOptions::default()).unwrap();
        let annotations: usize = records.iter().map(|record| record.annotations.len()).sum();
        println!("{name}: {annotations} annotations, {:?}, {:?}", told.refused, told.noted);
        let again: usize = told.noted.iter().filter(|(why, _)| why.contains("IOB1")).map(|(_, count)| count).sum();
        assert_eq!(annotations, beginnings(&fs::read_to_string(&path).unwrap()) + again, "{name}");
        assert_eq!(told.refused, [], "{name}");
    }
}
