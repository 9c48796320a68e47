//! CAS files: those that INCEpTION and others write, and our own.

use std::{fs, path::Path};

use ascribe_engine::dataset::{Kind, ReadOptions, Record, Told, WriteOptions, detect};

use super::{content, read, records, write};

/// A small CAS with whatever structures it is given.
fn xmi(text: &str, structures: &str, members: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" \
         xmlns:cas=\"http:///uima/cas.ecore\" xmlns:custom=\"http:///webanno/custom.ecore\" \
         xmlns:type5=\"http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore\" \
         xmlns:type4=\"http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore\" xmi:version=\"2.0\">\n\
         <cas:NULL xmi:id=\"0\"/>\n{structures}\n<cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"_InitialView\" \
         mimeType=\"text\" sofaString=\"{text}\"/>\n<cas:View sofa=\"1\" members=\"{members}\"/>\n</xmi:XMI>\n"
    )
}

fn read_one(name: &str, content: &str) -> (Record, Told) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    let (mut records, told) = read("uima", &path, &ReadOptions::default()).unwrap();
    (records.pop().unwrap_or_default(), told)
}

fn labels(record: &Record) -> Vec<(&str, &str)> {
    record.annotations.iter().map(|found| (found.label.as_str(), record.slice(found.spans[0]))).collect()
}

fn ties(record: &Record) -> Vec<(&str, &str, &str)> {
    let label = |at: usize| record.annotations[at].label.as_str();
    record.relations.iter().map(|found| (found.kind.as_str(), label(found.from), label(found.to))).collect()
}

#[test]
fn layers_slots_chains_and_relations_of_inception_are_read_without_a_type_system() {
    let structures = concat!(
        r#"<type5:Token xmi:id="2" sofa="1" begin="0" end="1"/>"#,
        r#"<custom:Speech xmi:id="3" sofa="1" begin="2" end="6" Form="direct" speaker="7 8"/>"#,
        r#"<custom:SpeechLink xmi:id="7" role="who" target="4"/><custom:SpeechLink xmi:id="8" target="5"/>"#,
        r#"<type4:NamedEntity xmi:id="4" sofa="1" begin="7" end="9" value="PER" identifier="http://x/Q1"/>"#,
        r#"<custom:CorefLink xmi:id="5" sofa="1" begin="10" end="12" referenceType="pr" next="6"/>"#,
        r#"<custom:CorefLink xmi:id="6" sofa="1" begin="13" end="15"/>"#,
        r#"<custom:Rel xmi:id="9" sofa="1" begin="7" end="9" Governor="3" Dependent="4" label="said_by"/>"#,
        r#"<custom:Rel xmi:id="10" sofa="1" begin="7" end="9" Governor="3" Dependent="2"/>"#,
        r#"<custom:Gone xmi:id="11" sofa="1" begin="0" end="1"/>"#,
        r#"<custom:Empty xmi:id="12" sofa="1" begin="3" end="3"/>"#,
    );
    let text = "😀 “Ja” er Er ihm&#10;x";
    let (record, told) = read_one("a.xmi", &xmi(text, structures, "2 3 4 5 6 9 10 12"));
    assert_eq!(record.text.as_str(), "😀 “Ja” er Er ihm\nx");
    // Offsets count UTF-16 units: the emoji has two.
    let wanted = [("Speech", " “Ja"), ("PER", " e"), ("pr", " E"), ("Coref", " i")];
    let shifted: Vec<_> = labels(&record).iter().map(|(label, _)| *label).collect();
    assert_eq!(shifted, wanted.map(|(label, _)| label));
    assert_eq!(record.slice(record.annotations[0].spans[0]), " “Ja”".trim_end_matches('”'));
    assert_eq!(record.annotations[0].attributes["Form"], "direct");
    assert_eq!(record.annotations[1].attributes["identifier"], "http://x/Q1");
    let mut found = ties(&record);
    found.sort_unstable();
    let wanted = [
        ("said_by", "Speech", "PER"),
        ("same_as", "pr", "Coref"),
        ("speaker", "Speech", "pr"),
        ("who", "Speech", "PER"),
    ];
    assert_eq!(found, wanted);
    let refused: Vec<_> = told.refused.iter().map(|refused| (refused.kind, refused.reason.as_str())).collect();
    assert!(refused.contains(&(Kind::Annotation, "it is in no index, so it counts as deleted")), "{refused:?}");
    assert!(refused.contains(&(Kind::Relation, "there is no annotation at an end of it")), "{refused:?}");
    assert_eq!(refused.len(), 3, "{refused:?}");
    assert!(told.refused.iter().any(|refused| refused.content.contains("custom:Empty")));
    assert_eq!(told.noted["a Token was not kept: words, grammar and layout are not"], 1);
}

#[test]
fn a_type_system_says_what_is_a_reference() {
    let folder = tempfile::tempdir().unwrap();
    let structures = concat!(
        r#"<custom:Span xmi:id="2" sofa="1" begin="0" end="1" confidence="3" about="3"/>"#,
        r#"<custom:Span xmi:id="3" sofa="1" begin="2" end="3" label="b"><tags>x</tags><tags>y &amp; z</tags></custom:Span>"#,
    );
    fs::write(folder.path().join("doc.xmi"), xmi("a b", structures, "2 3")).unwrap();
    let feature = |name: &str, range: &str| {
        format!("<featureDescription><name>{name}</name><rangeTypeName>{range}</rangeTypeName></featureDescription>")
    };
    let features = [
        feature("confidence", "uima.cas.Integer"),
        feature("about", "webanno.custom.Span"),
        feature("tags", "uima.cas.StringArray"),
    ]
    .concat();
    let types = format!(
        "<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\"><name>all</name><types><typeDescription>\
         <name>webanno.custom.Span</name><supertypeName>uima.tcas.Annotation</supertypeName><features>{features}</features>\
         </typeDescription></types></typeSystemDescription>"
    );
    fs::write(folder.path().join("TypeSystem.xml"), types).unwrap();
    let (records, told) = read("uima", folder.path(), &ReadOptions::default()).unwrap();
    assert_eq!(told.refused, []);
    assert_eq!(records[0].annotations[0].attributes["confidence"], "3");
    assert_eq!(records[0].annotations[1].attributes["tags"], "x; y & z");
    assert_eq!(ties(&records[0]), [("about", "Span", "b")]);
}

#[test]
fn both_kinds_of_json_are_read() {
    let newer = r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[
        {"%ID":1,"%TYPE":"uima.cas.Sofa","sofaNum":1,"sofaID":"_InitialView","sofaString":"Ää 😀 b"},
        {"%ID":2,"%TYPE":"custom.A","@sofa":1,"begin":3,"end":5,"value":"x","sure":true,"@links":4},
        {"%ID":3,"%TYPE":"custom.B","@sofa":1,"begin":6,"end":7},
        {"%ID":4,"%TYPE":"custom.ALink[]","%ELEMENTS":[5]},
        {"%ID":5,"%TYPE":"custom.ALink","role":"r","@target":3}],
        "%VIEWS":{"_InitialView":{"%SOFA":1,"%MEMBERS":[2,3]}}}"#;
    let (record, told) = read_one("doc.json", newer);
    assert_eq!(told.refused, []);
    assert_eq!(labels(&record), [("x", "😀"), ("B", "b")]);
    assert_eq!(record.annotations[0].attributes["sure"], "true");
    assert_eq!(ties(&record), [("r", "x", "B")]);
    let older = r#"{"_context":{"_types":{"A":{"_id":"custom.A","_feature_types":{"sofa":"_ref"}}}},
        "_views":{"_InitialView":{"A":[{"sofa":6,"end":2,"value":"x"},9]}},
        "_referenced_fss":{"6":{"_type":"Sofa","sofaID":"_InitialView","sofaString":"Ja wohl"},
        "9":{"_type":"A","sofa":6,"begin":3,"end":7}}}"#;
    let (record, told) = read_one("doc.json", older);
    assert_eq!(told.refused, []);
    let mut found = labels(&record);
    found.sort_unstable();
    assert_eq!(found, [("A", "wohl"), ("x", "Ja")]);
}

#[test]
fn what_xml_cannot_hold_is_written_as_json_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut given = records(1, 2);
    given[0].text = ascribe_schema::Text::new("Start \u{1} end").into();
    given[0].annotations.clear();
    given[0].relations.clear();
    let to = folder.path().join("out");
    let written = write(&given, "uima", &to, &WriteOptions::default()).unwrap();
    assert_eq!(written.account.numbers(Kind::Document).degraded, 1);
    assert!(!to.join("amina/doc-0.xmi").exists() && to.join("amina/doc-1.xmi").exists());
    let (back, told) = read("uima", &to, &ReadOptions::default()).unwrap();
    assert_eq!((back.len(), told.refused.len()), (2, 0));
    assert!(back.iter().any(|record| record.text == given[0].text));
}

#[test]
fn json_says_the_same_as_xmi_and_ids_titles_and_annotators_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let given = records(5, 20);
    let to = folder.path().join("out");
    write(&given, "uima", &to, &WriteOptions::default()).unwrap();
    let all = ascribe_engine::dataset::Holds::ALL;
    for record in &given {
        for ending in ["xmi", "json"] {
            let path = to.join(format!("amina/{}.{ending}", record.id));
            let (back, told) = read("uima", &path, &ReadOptions::default()).unwrap();
            assert_eq!(told.refused, []);
            assert_eq!(content(&back[0], all), content(record, all), "{ending}");
            assert_eq!((&back[0].id, &back[0].annotator, &back[0].meta), (&record.id, &record.annotator, &record.meta));
            let ids = |record: &Record| record.annotations.iter().map(|found| found.id.clone()).collect::<Vec<_>>();
            assert_eq!(ids(&back[0]), ids(record));
        }
    }
}

#[test]
fn no_file_is_too_broken_to_be_told() {
    for broken in [
        "<xmi:XMI",
        "<xmi:XMI><a:b",
        "{\"%FEATURE_STRUCTURES\":3}",
        "{}",
        "<xmi:XMI/>",
        "{\"_views\":[]}",
        "<a>&b;</a>",
    ] {
        let (record, told) = read_one("x.xmi", broken);
        assert_eq!((record.annotations.len(), told.refused.len()), (0, 1), "{broken}");
        assert_eq!(told.refused[0].kind, Kind::Document);
    }
    let circle = concat!(
        r#"<custom:A xmi:id="2" sofa="1" begin="0" end="1" continuationOf="3" next="2"/>"#,
        r#"<custom:A xmi:id="3" sofa="1" begin="1" end="2" continuationOf="2"/>"#,
    );
    read_one("x.xmi", &xmi("ab", circle, "2 3"));
}

#[test]
fn long_chains_of_fragments_and_many_refusals_take_no_longer_than_their_number() {
    let tie = |at: usize| {
        let before = if at == 0 { String::new() } else { format!(" continuationOf=\"{}\"", at + 9) };
        format!("<custom:A xmi:id=\"{}\" sofa=\"1\" begin=\"{at}\" end=\"{}\"{before}/>", at + 10, at + 1)
    };
    let structures: String = (0..20_000).map(tie).collect();
    let members: String = (0..20_000).map(|at| format!("{} ", at + 10)).collect();
    let (record, told) = read_one("x.xmi", &xmi(&"x".repeat(20_000), &structures, &members));
    assert_eq!((record.annotations.len(), told.refused.len()), (1, 0));
    assert_eq!(record.annotations[0].spans.len(), 20_000);
    let span = |at| serde_json::json!({ "%ID": at + 2, "%TYPE": "custom.A", "@sofa": 1, "begin": 7, "end": 9 });
    let mut all =
        vec![serde_json::json!({ "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": "x" })];
    all.extend((0..20_000).map(span));
    let (_, told) = read_one("x.json", &serde_json::json!({ "%FEATURE_STRUCTURES": all }).to_string());
    assert_eq!(told.refused.len(), 20_000);
    assert!(told.refused[9].content.contains("\"%ID\":11,"), "{}", told.refused[9].content);
}

#[test]
fn references_of_annotations_that_do_not_fit_and_to_nothing_are_told() {
    let structures = concat!(
        r#"<custom:A xmi:id="2" sofa="1" begin="0" end="1" next="4"/><custom:A xmi:id="3" sofa="1" begin="0" end="9" next="2"/>"#,
        r#"<custom:A xmi:id="4" sofa="1" begin="1" end="2" links="5 99"/><custom:L xmi:id="5" target="2" role="r" weight="2"/>"#,
        r#"<custom:Rel xmi:id="6" sofa="1" begin="0" end="1" Governor="2" Dependent="4" label="x" sure="no"/>"#,
    );
    let types = concat!(
        "<typeSystemDescription><types><typeDescription><name>webanno.custom.A</name><supertypeName>uima.tcas.Annotation</supertypeName>",
        "<features><featureDescription><name>links</name><rangeTypeName>uima.cas.FSArray</rangeTypeName></featureDescription>",
        "<featureDescription><name>next</name><rangeTypeName>webanno.custom.A</rangeTypeName></featureDescription></features>",
        "</typeDescription></types></typeSystemDescription>",
    );
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("TypeSystem.xml"), types).unwrap();
    fs::write(folder.path().join("x.xmi"), xmi("ab", structures, "2 3 4 6")).unwrap();
    let (records, told) = read("uima", &folder.path().join("x.xmi"), &ReadOptions::default()).unwrap();
    let kinds: Vec<_> = records[0].relations.iter().map(|tie| tie.kind.as_str()).collect();
    assert_eq!(kinds, ["same_as", "r", "x"]);
    let mut refused: Vec<_> = told.refused.iter().map(|refused| (refused.kind, refused.reason.as_str())).collect();
    refused.sort_unstable();
    let reasons: Vec<_> = refused.iter().map(|(_, reason)| *reason).collect();
    assert_eq!(reasons.len(), 5, "{reasons:?}");
    assert!(reasons.contains(&"its feature links points 1 times at what is not in the file"), "{reasons:?}");
    assert!(reasons.contains(&"a relation has no place for its feature sure"), "{reasons:?}");
}

#[test]
fn archives_and_project_folders_of_inception_say_who_worked_on_what() {
    let one =
        |label: &str| xmi("ab", &format!(r#"<custom:A xmi:id="2" sofa="1" begin="0" end="1" label="{label}"/>"#), "2");
    let zip = |files: &[(&str, &[u8])]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut zip, content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let folder = tempfile::tempdir().unwrap();
    let amina = zip(&[("amina.xmi", one("x").as_bytes()), ("TypeSystem.xml", b"<typeSystemDescription/>")]);
    let project = folder.path().join("project.zip");
    let files: [(&str, &[u8]); 4] = [
        ("exportedproject.json", b"{}"),
        ("source/doc.txt", b"ab"),
        ("annotation/doc.txt/amina.zip", &amina),
        ("annotation/doc.txt/bo.zip", b"broken"),
    ];
    fs::write(&project, zip(&files)).unwrap();
    assert_eq!(detect(&project).unwrap().name(), "uima");
    let (records, told) = read("uima", &project, &ReadOptions::default()).unwrap();
    assert_eq!((records[0].id.as_str(), records[0].annotator.as_str()), ("doc.txt", "amina"));
    assert_eq!(labels(&records[0]), [("x", "a")]);
    assert_eq!((told.refused.len(), told.refused[0].kind), (1, Kind::Document));
    let unpacked = folder.path().join("annotation/doc.txt");
    fs::create_dir_all(&unpacked).unwrap();
    fs::remove_file(&project).unwrap();
    fs::write(unpacked.join("bo.xmi"), one("y")).unwrap();
    fs::write(unpacked.join("amina.zip"), amina).unwrap();
    let (records, told) = read("uima", folder.path(), &ReadOptions::default()).unwrap();
    let who: Vec<_> = records.iter().map(|record| (record.id.as_str(), record.annotator.as_str())).collect();
    assert_eq!((who, told.refused.len()), (vec![("doc.txt", "amina"), ("doc.txt", "bo")], 0));
}

#[test]
fn the_reference_cases_of_inception_lose_nothing_without_a_word() {
    let Some(root) = ascribe_tests::shared("data/inception_tests") else {
        println!("skipped: no shared data");
        return;
    };
    let (mut found, mut read_in, mut refused) = (0, 0, 0);
    for path in xmi_files(&root) {
        let content = fs::read_to_string(&path).unwrap();
        let (records, told) = read("uima", &path, &ReadOptions::default()).unwrap();
        assert_eq!(records.len(), 1, "{}", path.display());
        let of_interest =
            ["<type4:NamedEntity ", "<custom:SimpleSpan ", "<custom:SimpleLink ", "<custom:Span ", "LinkHost "];
        found += of_interest.iter().map(|what| content.matches(what).count()).sum::<usize>();
        read_in += records[0].annotations.len();
        refused += told.refused.iter().filter(|refused| refused.kind == Kind::Annotation).count();
    }
    println!("{found} annotations in the files, {read_in} read, {refused} refused");
    assert!(found > 150 && read_in + refused == found, "{found} {read_in} {refused}");
}

fn xmi_files(root: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(xmi_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "xmi") {
            files.push(path);
        }
    }
    files
}
