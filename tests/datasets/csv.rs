//! CSV: one row a fragment, for machines as it is, for spreadsheet programs without formulas; and other people's tables.

use std::path::Path;

use ascribe_engine::dataset::{Annotation, Kind, ReadOptions, Record, Relation, Told, WriteOptions};
use ascribe_schema::{Span, Text};

use super::{content, knowing, read, records, write};

fn record(text: &str, annotations: Vec<Annotation>) -> Record {
    let text = Text::new(text).into();
    Record { id: "doc".to_owned(), annotator: "amina".to_owned(), text, annotations, ..Record::default() }
}

fn read_text(folder: &Path, name: &str, table: &str, options: &ReadOptions) -> (Vec<Record>, Told) {
    let path = folder.join(name);
    std::fs::write(&path, table).unwrap();
    read("csv", &path, options).unwrap()
}

#[test]
fn a_table_for_machines_has_one_row_a_fragment_and_nothing_else_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut tag = Annotation::new("k", "quote", vec![Span::new(0, 4), Span::new(5, 9)]);
    tag.attributes.insert("form".to_owned(), "direct".to_owned());
    tag.note = "a \"note\",\nin two lines".to_owned();
    let to = folder.path().join("x.csv");
    let given = record("=1+1 😀, b", vec![tag]);
    let written = write(std::slice::from_ref(&given), "csv", &to, &WriteOptions::default()).unwrap();
    let table = std::fs::read_to_string(&to).unwrap();
    let wanted = "document,annotator,annotation,label,fragment,fragments,start,end,text,attributes,note,origin,\
                  origin_name,confirmed_by,created,relations\r\n\
                  doc,amina,k,quote,1,2,0,4,=1+1,\"{\"\"form\"\":\"\"direct\"\"}\",\"a \"\"note\"\",\nin two lines\",,,,,\r\n\
                  doc,amina,k,quote,2,2,5,9,\"😀, b\",\"{\"\"form\"\":\"\"direct\"\"}\",\"a \"\"note\"\",\nin two lines\",,,,,\r\n";
    assert_eq!(table, wanted);
    assert_eq!(written.account.numbers(Kind::Document).degraded, 1, "the text is not in it, and that is said");
    assert_eq!(written.account.numbers(Kind::Fragment).written, 2);
}

#[test]
fn a_spreadsheet_program_gets_no_formula_and_reading_restores_what_was_guarded() {
    let folder = tempfile::tempdir().unwrap();
    let text = "=1+1 +2 -3 @x ＝4 '=5 'quoted' plain";
    let spans = [(0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 20), (21, 29), (30, 35)];
    let tags = (0..).zip(spans).map(|(n, (start, end))| {
        let mut tag = Annotation::new(format!("a{n}"), "claim", vec![Span::new(start, end)]);
        tag.note = if n == 0 { "=HYPERLINK(\"http://x.invalid\")".to_owned() } else { String::new() };
        tag
    });
    let given = [record(text, tags.collect())];
    let options = WriteOptions { spreadsheet: true, ..WriteOptions::default() };
    for name in ["x.csv", "many/"] {
        let to = folder.path().join(name);
        let written = write(&given, "csv", &to, &options).unwrap();
        let table = if to.is_dir() { to.join("annotations.csv") } else { to.clone() };
        let table = std::fs::read_to_string(table).unwrap();
        assert!(table.starts_with('\u{feff}'));
        for cell in ["'=1+1", "'+2", "'-3", "'@x", "'＝4", "''=5", ",'quoted',", "\"'=HYPERLINK("] {
            assert!(table.contains(cell), "{cell} in {table}");
        }
        assert_eq!(written.account.numbers(Kind::Fragment).degraded, 6);
        assert_eq!(written.account.numbers(Kind::Note).degraded, 1);
        let (back, told) = read("csv", &to, &knowing(&given)).unwrap();
        assert_eq!(back, given, "{name}");
        assert_eq!(told.refused, []);
    }
}

#[test]
fn a_folder_holds_everything() {
    let folder = tempfile::tempdir().unwrap();
    let mut given = records(5, 20);
    let mut second = given[3].clone();
    second.annotator = "bo".to_owned();
    second.annotations.clear();
    second.relations.clear();
    given.push(second);
    given[0].meta.insert("pages".to_owned(), 3.into());
    let to = folder.path().join("many/");
    let written = write(&given, "csv", &to, &WriteOptions::default()).unwrap();
    assert!(!written.account.has_losses());
    let (back, told) = read("csv", &to, &ReadOptions::default()).unwrap();
    assert_eq!(back, given);
    assert_eq!((told.refused, told.noted.len()), (Vec::new(), 0));
}

#[test]
fn without_the_texts_every_row_of_a_table_of_annotations_is_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let given = records(2, 4);
    let to = folder.path().join("x.csv");
    write(&given, "csv", &to, &WriteOptions::default()).unwrap();
    let (back, told) = read("csv", &to, &ReadOptions::default()).unwrap();
    let rows = given.iter().map(|record| Kind::Fragment.count(record).max(1)).sum::<usize>();
    assert_eq!((back.len(), told.refused.len()), (0, rows));
    assert!(told.refused.iter().all(|refused| refused.line > 1 && !refused.content.is_empty()));
}

#[test]
fn other_tables_are_read_by_the_names_of_their_columns() {
    let folder = tempfile::tempdir().unwrap();
    let none = ReadOptions::default();
    let table = "doc_id;label;start_char;end_char;full_text;Comment\n\
                 7;PER;0;3;Zoë said;seen\n7;V;4;8;Zoë said;\n8;PER;0;9;Bo;\n8;PER;x;2;Bo;\n";
    let (back, told) = read_text(folder.path(), "foreign.csv", table, &none);
    assert_eq!(back.len(), 2);
    let first = content(&back[0], ascribe_engine::dataset::Holds::ALL);
    assert_eq!(first.text, "Zoë said");
    assert_eq!(first.annotations[0], ("PER".to_owned(), vec![(0, 3)], Default::default(), "seen".to_owned()));
    let refused: Vec<_> = told.refused.iter().map(|refused| (refused.line, refused.content.as_str())).collect();
    assert_eq!(refused, [(4, "8,PER,0,9,Bo,"), (5, "8,PER,x,2,Bo,")]);

    let (back, told) =
        read_text(folder.path(), "rows.csv", "id,text,label,year\na,It rains.,claim,2026\nb,No.,,\n", &none);
    assert_eq!(back.iter().map(|record| record.annotations.len()).collect::<Vec<_>>(), [1, 0]);
    assert_eq!(back[0].annotations[0].spans, [Span::new(0, 9)]);
    assert_eq!((back[0].meta("year"), back[1].id.as_str()), ("2026", "b"));
    assert_eq!(told.noted.len(), 1, "that the label became an annotation of the whole is told");

    let (back, told) = read_text(folder.path(), "long.csv", "text,label\nA,b,\nC,d,e\n", &none);
    assert_eq!((back.len(), told.refused[0].line, told.refused[0].content.as_str()), (1, 3, "C,d,e"));

    let table = "text\tstart\tend\tlabel\nBo said no.\t0\t2\tsource\nBo said no.\t3\t10\tdenial\n";
    let (back, told) = read_text(folder.path(), "texts.tsv", table, &none);
    assert_eq!((back.len(), back[0].annotations.len(), told.refused.len()), (1, 2, 0));

    let known = knowing(&[record("Bo said no.", Vec::new())]);
    let table = "document,text,start,end,label\ndoc,Bo,0,2,source\ndoc,Al,0,2,source\n";
    let (back, told) = read_text(folder.path(), "known.csv", table, &known);
    assert_eq!((back[0].annotations.len(), told.refused[0].line), (1, 3));
    assert!(told.refused[0].reason.contains("its text"));
}

#[test]
fn a_table_in_a_folder_that_cannot_be_read_is_refused_and_the_others_are_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("annotations.csv"), "document_text,start,end,label\nBo said.,0,2,source\n")
        .unwrap();
    std::fs::write(folder.path().join("latin.csv"), b"document_text,start,end,label\nZo\xeb said.,0,3,source\n")
        .unwrap();
    std::fs::write(folder.path().join("other.csv"), "a,b\n1,2\n").unwrap();
    let (records, told) = read("csv", folder.path(), &ReadOptions::default()).unwrap();
    assert_eq!((records.len(), told.noted.len()), (1, 1));
    let [refused] = &told.refused[..] else { panic!("{:?}", told.refused) };
    assert!(refused.file.ends_with("latin.csv") && refused.reason.contains("not UTF-8, from byte 32"), "{refused:?}");
}

#[test]
fn a_document_with_very_many_relations_takes_no_longer_than_its_size() {
    const COUNT: usize = 40_000;
    let tags = (0..COUNT).map(|at| Annotation::new(at.to_string(), "quote", vec![Span::new(0, 2)])).collect();
    let mut given = record("Bo said no.", tags);
    let tie =
        |at: usize| Relation { id: at.to_string(), kind: "attributed_to".to_owned(), from: COUNT - 1 - at, to: 0 };
    given.relations = (0..COUNT).map(tie).collect();
    let folder = tempfile::tempdir().unwrap();
    for format in ["csv", "triples"] {
        let (to, begun) = (folder.path().join("x.csv"), std::time::Instant::now());
        let written = write(std::slice::from_ref(&given), format, &to, &WriteOptions::default()).unwrap();
        assert_eq!(written.account.numbers(Kind::Relation).written, COUNT);
        assert_eq!(std::fs::read_to_string(&to).unwrap().lines().count(), COUNT + 1);
        // Each looking at all others takes minutes.
        assert!(begun.elapsed().as_secs() < 15, "{format}: {:?}", begun.elapsed());
    }
}
