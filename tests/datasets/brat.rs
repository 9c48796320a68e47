//! brat: what its files say in all their forms is read, what does not fit is told, and what we write is brat's.

use std::{fs, path::Path};

use ascribe_engine::dataset::{Annotation, Kind, ReadOptions, Record, Relation, Told, Unit, WriteOptions, detect};
use ascribe_schema::{Scheme, Span, Text};

use super::{read, write};

/// Reads a folder of one document.
fn one(text: &str, annotations: &str) -> (Record, Told) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), text).unwrap();
    fs::write(folder.path().join("a.ann"), annotations).unwrap();
    let (mut records, told) = read("brat", folder.path(), &ReadOptions::default()).unwrap();
    assert_eq!(records.len(), 1);
    (records.swap_remove(0), told)
}

/// What stands at an annotation's spans.
fn covered(record: &Record, at: usize) -> Vec<&str> {
    record.annotations[at].spans.iter().map(|span| record.slice(*span)).collect()
}

fn ties(record: &Record) -> Vec<String> {
    let id = |at: usize| &record.annotations[at].id;
    record.relations.iter().map(|tie| format!("{} {} {}", id(tie.from), tie.kind, id(tie.to))).collect()
}

fn reasons(told: &Told) -> Vec<(u64, Kind, &str)> {
    told.refused.iter().map(|refused| (refused.line, refused.kind, refused.reason.as_str())).collect()
}

fn noted(told: &Told, part: &str) -> usize {
    told.noted.iter().filter(|(reason, _)| reason.contains(part)).map(|(_, count)| count).sum()
}

#[test]
fn every_kind_of_line_is_read() {
    let annotations = "T1\tSource 0 6\tAmélie\nT2\tCue 7 11\tsaid\nT3\tContent 12 15;19 24\tshe sings\n\
        R1\tspeaks Arg2:T2 Arg1:T1\t\nA1\tTense T2 past tense\nM1\tNegation T3\n*\tSame T1 T2 T3\n*\tEquiv T1 T3\n\
        N1\tReference T1 Wikipedia:77\tAmélie Poulain\nN2\tReference Referent:x:1 Annotation:T2\n#1\tAnnotatorNotes T1\tfirst\n#2\tDoubt T1\tsecond\n";
    let (record, told) = one("Amélie said she, er sings.\n", &annotations.replace("12 15;19 24", "12 15;20 25"));
    assert_eq!(told.refused, []);
    assert_eq!(covered(&record, 2), ["she", "sings"]);
    assert_eq!(ties(&record), ["T1 speaks T2", "T1 Same T2", "T2 Same T3", "T1 same_as T3"]);
    let source = &record.annotations[0];
    assert_eq!(source.note, "first\nDoubt: second");
    assert_eq!(source.attributes["reference"], "Wikipedia:77");
    assert_eq!(source.attributes["reference_text"], "Amélie Poulain");
    assert_eq!(record.annotations[1].attributes["Tense"], "past tense");
    assert_eq!(record.annotations[1].attributes["reference"], "x:1");
    assert_eq!(record.annotations[2].attributes["Negation"], "true");
    assert_eq!(noted(&told, "got the value `true`"), 1);
}

#[test]
fn attribution_events_say_who_said_what() {
    let annotations = "T1\tSource 0 2\tAl\nT2\tSource 3 5\tBo\nT3\tCue 6 9\tsay\nT4\tContent 10 13\tyes\nT5\tContent 14 16\tno\n\
        T6\tAttribution 6 9\tsay\nE1\tAttribution:T6 Content:T4 source:T1 Source2:T2 Cue:T3 Content2:T5\nA1\tSure E1 high\n";
    let (record, told) = one("Al Bo say yes no", annotations);
    assert_eq!(told.refused, []);
    let expected = [
        "T4 attributed_to T1",
        "T4 attributed_to T2",
        "T4 cued_by T3",
        "T5 attributed_to T1",
        "T5 attributed_to T2",
        "T5 cued_by T3",
        "T6 content T4",
        "T6 source T1",
        "T6 source T2",
        "T6 cue T3",
        "T6 content T5",
    ];
    assert_eq!(ties(&record), expected);
    assert_eq!(record.annotations[5].attributes["Sure"], "high");
}

#[test]
fn other_events_keep_their_roles_and_may_be_arguments() {
    let annotations = "T1\tProtein 0 1\ta\nT2\tProtein 2 3\tb\nT3\tBinding 4 5\tc\nT4\tCause 6 7\td\n\
        E1\tRegulation:T4 Theme:E2 Arg1:T1 Arg2:T2\nE2\tBinding:T3 Theme:T1 Theme2:T2\nE3\tBinding:T3 Theme:T9\nE3\tBinding:T3\n";
    let (record, told) = one("a b c d", annotations);
    let expected = ["T4 Theme T3", "T4 Arg1 T1", "T4 Arg2 T2", "T3 Theme T1", "T3 Theme T2"];
    assert_eq!(ties(&record), expected);
    assert_eq!(record.annotations[3].attributes["event"], "Regulation");
    let refused: Vec<_> = reasons(&told).into_iter().map(|(line, kind, _)| (line, kind)).collect();
    assert_eq!(refused, [(7, Kind::Annotation), (8, Kind::Annotation)]);
    assert_eq!(noted(&told, "one trigger"), 1);
}

#[test]
fn a_covered_text_may_go_on_in_the_next_lines() {
    let annotations =
        "T1\tq 0 11\tOne two\n\nTen\nT2\tq 4 7\ttwo\nTwo\nR1\tk Arg1:T1 Arg2:T2\nT3\tq 0 11\tOne\nTnot it\nnor this\n";
    let (record, told) = one("One two\nTen", annotations);
    assert_eq!(
        record.annotations.iter().map(|tag| tag.spans[0]).collect::<Vec<_>>(),
        [Span::new(0, 11), Span::new(4, 7)]
    );
    assert_eq!((record.relations.len(), noted(&told, "with line breaks in it")), (1, 1));
    let mut refused: Vec<_> = told.refused.iter().map(|refused| (refused.line, refused.content.as_str())).collect();
    refused.sort_unstable();
    assert_eq!(refused, [(5, "Two"), (7, "T3\tq 0 11\tOne"), (8, "Tnot it"), (9, "nor this")]);
}

#[test]
fn what_is_said_twice_is_kept_or_told() {
    let annotations = "T1\tcue 0 3\tOne\nT2\tsource 4 7\ttwo\nE1\tAttribution:T1 Source:T2\nE2\tDenial:T1 Source:T2\n\
        A1\tNegated T2\nA2\tNegated T2\n";
    let (record, told) = one("One two", annotations);
    assert_eq!(record.annotations[0].attributes["event"], "Attribution; Denial");
    assert_eq!(noted(&told, "given twice"), 1);
    assert_eq!(told.refused, []);
}

#[test]
fn a_folder_is_known_in_spite_of_broken_lines_and_files() {
    let folder = tempfile::tempdir().unwrap();
    for (name, annotations) in [("a", "broken\nT1\tq 0 3\tOne\n"), ("b", "<html>\n"), ("c", "T1\tq 0 3\tOne\n")] {
        fs::write(folder.path().join(name).with_extension("txt"), "One").unwrap();
        fs::write(folder.path().join(name).with_extension("ann"), annotations).unwrap();
    }
    fs::write(folder.path().join("c.a1"), "T1\tq 0 3\tOne\n").unwrap();
    assert_eq!(detect(folder.path()).unwrap().name(), "brat");
    assert_eq!(detect(&folder.path().join("a.ann")).unwrap().name(), "brat");
    let (records, told) = read("brat", folder.path(), &ReadOptions::default()).unwrap();
    assert_eq!((records.len(), told.refused.len()), (3, 2));
    assert_eq!(noted(&told, "beside an .ann"), 1);
}

#[test]
fn what_does_not_fit_is_told_with_its_line() {
    let annotations = "T1\tquote 0 3\tOne\nT1\tquote 4 7\ttwo\nT2\tquote 4 7\tTwo!\nT3\tmy quote 4 7\ttwo\nT4\tquote 4 99\ttwo\n\
        T5\tquote 4 4\t\nT6 quote 4 7 two\nT7\tquote 0 5;4 7\tOne t two\nR1\tx Arg1:T1 Arg2:T2\nR2\tx Arg1:T1\nA1\tx T2 y\n\
        #1\tAnnotatorNotes R1\tnote\nQ1\tsomething\nE1\tX:T9\nA2\tx T1 a\nA3\tx T1 b\n";
    let (record, told) = one("One two", annotations);
    assert_eq!(record.annotations.len(), 1);
    let mut lines: Vec<_> = told.refused.iter().map(|refused| refused.line).collect();
    lines.sort_unstable();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16]);
    for refused in &told.refused {
        let line = annotations.lines().nth(refused.line as usize - 1).unwrap();
        assert_eq!(refused.content, line, "the line itself, exactly");
        assert!(refused.file.ends_with("a.ann") && !refused.reason.is_empty());
    }
    assert_eq!(record.annotations[0].attributes["x"], "a", "the first of two values stays");
}

#[test]
fn covered_text_may_differ_in_white_space_only() {
    let text = "One\ntwo  three four";
    let annotations = "T1\tq 0 7\tOne two\nT2\tq 4 14\ttwo three\nT3\tq 0 3;15 19\tOnefour\nT4\tq 0 3\nT5\tq 0 3\tOne\tmore\n\
        T6\tq 4 7;0 3\ttwo One\n";
    let (record, told) = one(text, annotations);
    assert_eq!(told.refused, []);
    assert_eq!(record.annotations.len(), 6);
    assert_eq!(covered(&record, 5), ["One", "two"], "fragments are put in the order of the text");
    assert_eq!(told.noted.values().sum::<usize>(), 5);
}

#[test]
fn offsets_count_what_stands_in_the_file_or_what_fits() {
    // brat counts a byte-order mark and both of CR LF; other programs count neither, or UTF-16.
    for (start, end) in [(8, 11), (7, 10), (6, 9), (5, 8), (9, 12)] {
        let (record, told) = one("\u{feff}a 😀\r\n\r\ntwo\r\n", &format!("T1\tq {start} {end}\ttwo\n"));
        let astral = start == 9;
        assert_eq!(told.refused, [], "{start}");
        assert_eq!(record.text.as_str(), "a 😀\n\ntwo\n");
        assert_eq!(record.annotations[0].spans, [Span::new(5, 8)], "{start}");
        assert_eq!(noted(&told, "UTF-16"), usize::from(astral), "{start}");
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "😀 a a").unwrap();
    fs::write(folder.path().join("a.ann"), "T1\tq 3 4\ta\r\n").unwrap();
    let options = ReadOptions { offsets: Some(Unit::Utf16), ..ReadOptions::default() };
    let (records, _) = read("brat", folder.path(), &options).unwrap();
    assert_eq!(records[0].annotations[0].spans, [Span::new(2, 3)], "as asked, though another unit fits as well");
}

#[test]
fn files_belong_together_by_their_names() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, content: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    put("README.txt", "no document");
    put("x/a.txt", "One");
    put("x/a.a1", "T1\tq 0 3\tOne\n");
    put("x/a.a2", "T2\tr 0 3\tOne\nR1\tk Arg1:T2 Arg2:T1\n");
    put("x/b.txt", "Bare");
    put("y/a.txt", "Two");
    put("y/a.ann", "T1\tq 0 3\tTwo\n");
    put("y/gone.ann", "T1\tq 0 3\tTwo\n");
    put("text/c.txt", "Three");
    put("marks/c_amina.ann", "T1\tq 0 5\tThree\n");
    put("marks/c_bo.ann", "");
    assert_eq!(detect(folder.path()).unwrap().name(), "brat");
    let (records, told) = read("brat", folder.path(), &ReadOptions::default()).unwrap();
    let found: Vec<_> = records
        .iter()
        .map(|record| (record.id.as_str(), record.annotator.as_str(), record.annotations.len(), record.relations.len()))
        .collect();
    let expected = [("c", "amina", 1, 0), ("c", "bo", 0, 0), ("x/a", "", 2, 1), ("b", "", 0, 0), ("y/a", "", 1, 0)];
    assert_eq!(found, expected);
    assert_eq!(reasons(&told), [(0, Kind::Document, "there is no text of that name")]);
    assert_eq!(told.refused[0].content, "T1\tq 0 3\tTwo\n");
    assert_eq!(noted(&told, "folder without annotation files"), 1);
    let named = read("brat", &folder.path().join("y/a.ann"), &ReadOptions::default()).unwrap().0;
    assert_eq!(named.len(), 1);
    assert_eq!(named[0].annotations.len(), 1);
}

fn tagged(annotator: &str) -> Record {
    let text = "He said:\n“Never,\n\nnever” he\tsaid.";
    let mut record = Record { id: "a/b".into(), annotator: annotator.into(), ..Record::default() };
    record.text = Text::new(text).into();
    let mut quote = Annotation::new("q", "my label", vec![Span::new(0, 2), Span::new(9, 24)]);
    quote.attributes.insert("a b".into(), "x\ny".into());
    quote.attributes.insert("empty".into(), String::new());
    quote.note = "two\nlines".into();
    record.annotations.push(quote);
    record.annotations.push(Annotation::new("b", "source", vec![Span::new(17, 18)]));
    record.annotations.push(Annotation::new("s", "источник", vec![Span::new(25, 27)]));
    record.relations.push(Relation { id: "r".into(), kind: "attributed to".into(), from: 0, to: 2 });
    record
}

#[test]
fn what_is_written_is_brats_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("brat");
    let options = WriteOptions {
        scheme: ascribe_schema::read::<Scheme>(Scheme::DEFAULT_RON.as_bytes(), "default.ron")
            .ok()
            .map(|read| read.value),
        ..WriteOptions::default()
    };
    let given = [tagged("amina"), tagged("bo"), tagged("bo")];
    let written = write(&given, "brat", &to, &options).unwrap();
    let lines = fs::read_to_string(to.join("bo/a_b-2.ann")).unwrap();
    let expected = "T1\tmy_label 0 2;9 16;18 24\tHe “Never, never”\nT2\tисточник 25 27\the\nA1\ta_b T1 x y\nA2\tempty T1 true\n\
        R1\tattributed_to Arg1:T1 Arg2:T2\t\n#1\tAnnotatorNotes T1\ttwo lines\n";
    assert_eq!(lines[..lines.find("#2").unwrap()], *expected);
    assert!(lines.lines().skip(6).all(|line| line.contains("\tAscribe ")), "{lines}");
    let conf = fs::read_to_string(to.join("annotation.conf")).unwrap();
    for line in [
        "quote\n",
        "# источник (not in ASCII)\n",
        "attributed_to\tArg1:claim|denial|my_label|quote, Arg2:source\n",
        "form\tArg:quote, Value:direct|indirect|mixed\n",
        "# entity takes any text.\n",
        "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n",
    ] {
        assert!(conf.contains(line), "{line} in {conf}");
    }
    let account = &written.account;
    assert_eq!(account.numbers(Kind::Document).degraded, 3, "the name is no file's");
    assert_eq!(account.numbers(Kind::Annotation).left_out, 3, "nothing but line breaks");
    assert_eq!((account.numbers(Kind::Annotation).degraded, account.numbers(Kind::Note).degraded), (3, 3));
    assert_eq!((account.numbers(Kind::Attribute).degraded, account.numbers(Kind::Relation).degraded), (6, 3));

    let (back, told) = read("brat", &to, &ReadOptions::default()).unwrap();
    assert_eq!((told.refused.len(), back.len()), (0, 3));
    let annotators: Vec<_> = back.iter().map(|record| record.annotator.as_str()).collect();
    assert_eq!(annotators, ["amina", "bo", "bo"]);
    for record in &back {
        let wanted = tagged("amina");
        assert_eq!(record.text, wanted.text);
        assert_eq!(record.annotations[0], Annotation { id: "T1".into(), ..wanted.annotations[0].clone() });
        assert_eq!(ties(record), ["T1 attributed to T2"]);
    }
}

#[test]
fn what_somebody_changed_in_brat_is_not_undone() {
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("brat");
    write(&[tagged("")], "brat", &to, &WriteOptions::default()).unwrap();
    let path = to.join("a_b.ann");
    let lines = fs::read_to_string(&path).unwrap();
    fs::write(&path, lines.replace("my_label 0 2;9 16;18 24\tHe “Never, never”", "claim 0 2\tHe")).unwrap();
    let (back, told) = read("brat", &to, &ReadOptions::default()).unwrap();
    let quote = &back[0].annotations[0];
    assert_eq!((quote.label.as_str(), &quote.spans[..]), ("claim", &[Span::new(0, 2)][..]));
    assert_eq!(quote.note, "two\nlines");
    assert_eq!(noted(&told, "changed since"), 1);
}

fn count(folder: &Path, begin: char) -> usize {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let marks = files.filter(|path| path.extension().is_some_and(|ending| ending == "ann"));
    marks.map(|path| fs::read_to_string(path).unwrap().lines().filter(|line| line.starts_with(begin)).count()).sum()
}

#[test]
fn shared_corpora_import_whole() {
    for name in ["data/brat_tutorials/tutorials/news", "data/brat_tutorials/tutorials/bio", "data/litbank/coref_brat"] {
        let Some(folder) = ascribe_tests::shared(name) else {
            println!("skipped: no shared data");
            return;
        };
        assert_eq!(detect(&folder).unwrap().name(), "brat");
        let (records, told) = read("brat", &folder, &ReadOptions::default()).unwrap();
        let annotations: usize = records.iter().map(|record| record.annotations.len()).sum();
        assert_eq!(annotations, count(&folder, 'T'), "{name}");
        let unreadable = told.refused.iter().filter(|refused| refused.kind != Kind::Note);
        assert_eq!(unreadable.count(), 0, "{name}: {:?}", told.refused);
        // A remark on a relation has no place with us and is told.
        println!("{name}: {} documents, {annotations} annotations, {:?}", records.len(), reasons(&told));
    }
}
