//! Documents of word processors and books: the text as a reader sees it, and what was left out is said.

use ascribe_engine::{Article, DoubtKind, ImportError, Options, read};
use ascribe_tests::{files, shared};

use crate::archives::{archive, docx, epub, odt};

fn article(name: &str, bytes: &[u8]) -> Article {
    let articles = read(name, bytes, &Options::default()).unwrap();
    assert_eq!(articles.len(), 1);
    articles.into_iter().next().unwrap()
}

/// What the article says was left out or is missing.
fn doubts(article: &Article) -> Vec<(DoubtKind, &str)> {
    article.doubts.iter().map(|doubt| (doubt.kind, doubt.message.as_str())).collect()
}

/// The text of a Word document with this body, and what was left out.
fn check_docx(body: &str, text: &str, left_out: &[&str]) {
    let article = article("a.docx", &docx(body, &[]));
    assert_eq!(article.text, text, "{body}");
    let expected: Vec<_> = left_out.iter().map(|message| (DoubtKind::LeftOut, *message)).collect();
    assert_eq!(doubts(&article), expected, "{body}");
}

fn p(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn r(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

#[test]
fn every_sign_of_a_word_document_is_kept() {
    for (runs, text) in [
        (r("a  b ") + &r(" c"), "a  b  c"),
        (r("x\u{a0}y\u{200b}z\u{ad}e\u{301} “q” ”x“"), "x\u{a0}y\u{200b}z\u{ad}e\u{301} “q” ”x“"),
        ("<w:r><w:t> a </w:t><w:t>b</w:t></w:r>".to_owned(), "ab"),
        (
            "<w:r><w:t>a</w:t><w:softHyphen/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r>".to_owned(),
            "a\u{ad}b\u{2011}c",
        ),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t></w:r>".to_owned(), "a\tb\nc\nd"),
        ("<w:r><w:t>&lt;a&gt; &amp; &#x2019;&#8217;</w:t></w:r>".to_owned(), "<a> & ’’"),
        (r#"<w:r><w:sym w:font="Arial" w:char="2014"/></w:r>"#.to_owned(), "—"),
        (format!(r#"<w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr>{}"#, r("a")), "a"),
        (format!(r#"<w:hyperlink r:id="x">{}</w:hyperlink>{}"#, r("link"), r(" end")), "link end"),
        (
            format!(
                r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r>{}"#,
                r("now")
            ),
            "now",
        ),
        (format!("<w:ins>{}</w:ins><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", r("new"), r(" box")), "new box"),
    ] {
        check_docx(&p(&runs), text, &[]);
    }
}

#[test]
fn paragraphs_stand_apart_and_rows_of_tables_are_lines() {
    let cell = |content: &str| format!("<w:tc>{content}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let one = |text: &str| cell(&p(&r(text)));
    let table = |rows: &[String]| format!("<w:tbl>{}</w:tbl>", rows.concat());
    check_docx(&(p(&r("a")) + &p("") + &p(&r(" ")) + &p(&r("b"))), "a\n\nb", &[]);
    let plain = table(&[row(&[one("1"), one(""), one("3")]), row(&[one("4"), one("5"), one("6")])]);
    check_docx(&(p(&r("a")) + &plain + &p(&r("b"))), "a\n\n1\t\t3\n4\t5\t6\n\nb", &[]);
    let page = table(&[row(&[cell(&(p(&r("a")) + &p(&r("b")))), one("c")]), row(&[one("d"), one("e")])]);
    check_docx(&page, "a\n\nb\n\nc\n\nd\te", &[]);
    let inner = table(&[row(&[one("x"), one("y")])]);
    check_docx(&table(&[row(&[cell(&(p(&r("a")) + &inner + &p("")))])]), "a\n\nx\ty", &[]);
}

#[test]
fn what_word_shows_once_is_there_once() {
    let shape = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(&r(text)));
    let both = format!(
        "<w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>",
        shape("box"),
        shape("box")
    );
    check_docx(&(p(&(r("before ") + &both + &r("after"))) + &p(&r("next"))), "before after\n\nbox\n\nnext", &[]);
}

#[test]
fn what_word_does_not_show_is_left_out_and_counted() {
    let deleted = "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>";
    check_docx(&p(&(r("a") + deleted + &r("b"))), "ab", &["left out: 1 deleted passage"]);
    let mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    check_docx(&(p(&(mark.to_owned() + &r("one "))) + &p(&r("paragraph"))), "one paragraph", &[]);
    let hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>";
    let seen = r#"<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t></w:r>"#;
    check_docx(&p(&(hidden.to_owned() + seen)), "seen", &["left out: 1 hidden passage"]);
    let item = r#"<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>"#;
    let items = p(&(item.to_owned() + &r("a"))) + &p(&(item.to_owned() + &r("b")));
    check_docx(&items, "a\n\nb", &["left out: 2 marks of list items"]);
    let comment = r#"<w:r><w:commentReference w:id="0"/></w:r>"#;
    check_docx(&p(&(r("a") + comment)), "a", &["left out: 1 comment"]);
    let row = "<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>";
    check_docx(&(p(&r("a")) + &format!("<w:tbl>{row}</w:tbl>")), "a", &["left out: 1 deleted passage"]);
    let chart = article("a.docx", &docx(&p(&(r("a") + "<w:drawing><c:chart/></w:drawing>")), &[]));
    assert_eq!(doubts(&chart)[0].0, DoubtKind::PartMissing);
}

#[test]
fn notes_of_word_follow_the_text_in_its_order_and_margins_are_left_out() {
    let reference = |kind: &str, id: u32| format!(r#"<w:r><w:{kind}Reference w:id="{id}"/></w:r>"#);
    let body =
        p(&(r("a") + &reference("footnote", 2) + &r("b") + &reference("endnote", 1) + &reference("footnote", 1)));
    let note = |kind: &str, id: u32, text: &str| format!(r#"<w:{kind} w:id="{id}">{}</w:{kind}>"#, p(&r(text)));
    let footnotes = note("footnote", 0, "") + &note("footnote", 1, "last") + &note("footnote", 2, "first");
    let parts = [
        ("footnotes.xml", format!("<w:footnotes>{footnotes}</w:footnotes>")),
        ("endnotes.xml", format!("<w:endnotes>{}</w:endnotes>", note("endnote", 1, "middle"))),
        ("header1.xml", format!("<w:hdr>{}</w:hdr>", p(&r("Running head")))),
        ("footer1.xml", format!("<w:ftr>{}</w:ftr>", p(&r("3")))),
        ("styles.xml", r#"<w:styles><w:style w:styleId="L"><w:pPr><w:numPr/></w:pPr></w:style></w:styles>"#.to_owned()),
    ];
    let parts: Vec<_> = parts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let item = p(&(r#"<w:pPr><w:pStyle w:val="L"/></w:pPr>"#.to_owned() + &r("c")));
    let article = article("a.docx", &docx(&(body + &item), &parts));
    assert_eq!(article.text, "ab\n\nc\n\nfirst\n\nmiddle\n\nlast");
    let left = "left out: 1 header or footer; 1 mark of a list item; 3 numbers of notes, which stand at the end";
    assert_eq!(doubts(&article), [(DoubtKind::LeftOut, left)]);
    let about = article.about;
    assert_eq!(
        (&*about.title, &*about.byline, &*about.published, &*about.language),
        ("A title", "A. Writer", "2024-02-01T10:00:00Z", "fr-FR")
    );
}

/// The text of an OpenDocument text with this body, and what was left out, its running head aside.
fn check_odt(body: &str, text: &str, left_out: &str) {
    let article = article("a.odt", &odt(body));
    assert_eq!(article.text, text, "{body}");
    let left = format!("left out: {}", left_out.replace("head", "1 header or footer"));
    assert_eq!(doubts(&article), [(DoubtKind::LeftOut, &*left)], "{body}");
}

#[test]
fn every_sign_of_an_open_document_is_kept() {
    for (body, text) in [
        ("<text:p> a\n  b <text:span> c</text:span> </text:p>", "a b c"),
        (r#"<text:p>a<text:s/>b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e</text:p>"#, "a b   c\td\ne"),
        ("<text:p>x\u{a0}y\u{ad}z\u{200b}e\u{301} “q”</text:p>", "x\u{a0}y\u{ad}z\u{200b}e\u{301} “q”"),
        ("<text:h>Title</text:h><text:p/><text:p>a <text:a>link</text:a> b</text:p>", "Title\n\na link b"),
        ("<text:p>It says <text:title>the title</text:title></text:p>", "It says the title"),
        (
            "<table:table><table:table-row><table:table-cell><text:p>1</text:p></table:table-cell><table:covered-table-cell/>\
             <table:table-cell><text:p>3</text:p></table:table-cell></table:table-row></table:table><text:p>b</text:p>",
            "1\t\t3\n\nb",
        ),
        (
            "<text:p>before <draw:frame><draw:text-box><text:p>box</text:p></draw:text-box><svg:desc>x</svg:desc></draw:frame>after</text:p>",
            "before after\n\nbox",
        ),
        ("<text:p>a<draw:custom-shape><text:p>shape</text:p></draw:custom-shape>b</text:p>", "ab\n\nshape"),
    ] {
        check_odt(body, text, "head");
    }
}

#[test]
fn what_an_open_document_does_not_show_is_left_out_and_counted() {
    let changes = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>\
                   </text:changed-region></text:tracked-changes><text:p>a</text:p>";
    check_odt(changes, "a", "head; 1 deleted passage");
    let note = "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p>\
                </text:note-body></text:note>b</text:p><text:p>c</text:p>";
    check_odt(note, "ab\n\nc\n\nnote", "head; 1 number of a note, which stands at the end");
    let comment =
        "<text:p>a<office:annotation><dc:creator>X</dc:creator><text:p>why?</text:p></office:annotation></text:p>";
    check_odt(comment, "a", "1 comment; head");
    let list = "<text:list><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list>";
    check_odt(list, "a\n\nb", "head; 2 marks of list items");
    let section = r#"<text:p>a</text:p><text:section text:display="none"><text:p>secret</text:p></text:section>"#;
    check_odt(section, "a", "head; 1 hidden passage");
    let about = article("a.odt", &odt("<text:p>a</text:p>")).about;
    assert_eq!((&*about.title, &*about.byline, &*about.published), ("A title", "A. Writer", "2024-02-01T10:00:00"));
}

#[test]
fn a_book_is_read_in_the_order_of_its_spine() {
    let last = "<html><head><title/><script src='x'/></head><body><p>Last\u{a0}words</p><p>“End”</p></body></html>";
    let first = "<?xml version='1.0' encoding='utf-8'?><html><body><h1>First</h1><p>a<a id='x'/>b</p></body></html>";
    let article = article("a.epub", &epub(&[last, first], &[]));
    assert_eq!(article.text, "First\n\nab\n\nLast\u{a0}words\n\n“End”");
    let about = article.about;
    assert_eq!((&*about.title, &*about.byline, &*about.publisher), ("A title", "A. Writer, B. Writer", "A house"));
    assert_eq!((&*about.published, &*about.language), ("2024-02-01", "fr"));
}

#[test]
fn an_empty_element_of_a_book_holds_nothing_of_what_follows() {
    for (body, text) in [
        ("<h2/><p>a</p><blockquote/><p>b</p>", "a\n\nb"),
        ("<p>a<sup/>b<br/>c</p><textarea title='x > y'/><p>d</p>", "ab\nc\n\nd"),
        ("<noscript/><select/><p>a</p>", "a"),
    ] {
        let chapter = format!("<html><body>{body}</body></html>");
        assert_eq!(article("a.epub", &epub(&[&chapter], &[])).text, text, "{body}");
    }
}

#[test]
fn a_chapter_is_read_in_the_encoding_that_it_says() {
    let chapter = "<?xml version='1.0' encoding='iso-2022-jp'?><html><body><p>\u{1b}$B$3$s\u{1b}(B</p></body></html>";
    assert_eq!(article("a.epub", &epub(&[chapter], &[])).text, "こん");
}

#[test]
fn locked_documents_say_so() {
    let keys = |file: &str| {
        format!(
            r#"<encryption><enc:EncryptedData><enc:CipherReference URI="{file}"/></enc:EncryptedData></encryption>"#
        )
    };
    let chapter = "<html><body><p>a</p></body></html>";
    let book = |file: &str| epub(&[chapter], &[("META-INF/encryption.xml", &keys(file))]);
    let outcome = |name: &str, bytes: &[u8]| read(name, bytes, &Options::default()).map(|_| ());
    assert_eq!(outcome("a.epub", &book("OPS/chapter 0.xhtml")), Err(ImportError::Encrypted));
    assert_eq!(outcome("a.epub", &book("OPS/font.otf")), Ok(()), "shops scramble fonts");
    let manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let open = [("mimetype", "application/vnd.oasis.opendocument.text"), ("META-INF/manifest.xml", manifest)];
    assert_eq!(outcome("a.odt", &archive(&open)), Err(ImportError::Encrypted));
}

#[test]
fn broken_documents_say_what_is_wrong() {
    let cut = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    for (name, bytes, expected) in [
        ("a.docx", cut(docx(&p(&r("a")), &[])), "this is no Word document that can be read: invalid Zip archive"),
        ("a.docx", docx("<w:p><w:r><w:t>a", &[]), "this is no Word document that can be read: ill-formed"),
        ("a.docx", archive(&[("word/x.xml", "")]), "there is no word/document.xml in it"),
        ("a.docx", docx(&p("<w:r><w:t>&lol;</w:t></w:r>"), &[]), "it uses the entity `lol`"),
        ("a.odt", archive(&[("mimetype", "application/vnd.oasis.opendocument.text")]), "there is no content.xml in it"),
        ("a.epub", archive(&[("mimetype", "application/epub+zip")]), "this is no EPUB that can be read"),
        ("a.docx", b"hello".to_vec(), "this is no Word document that can be read"),
        ("a.docx", docx(&p(""), &[]), "the file holds no text"),
    ] {
        let message = read(name, &bytes, &Options::default()).unwrap_err().to_string();
        assert!(message.contains(expected), "{name}: {message}");
    }
}

/// Every document of the test data is read, or says why not.
#[test]
fn real_documents_are_read_or_explained() {
    let mut counts = [0, 0];
    for folder in ["data/docs_pdf_docx", "data/inception_tests"] {
        let Some(folder) = shared(folder) else { return };
        let documents =
            files(&folder).into_iter().filter(|(name, _)| name.ends_with(".pdf") || name.ends_with(".docx"));
        for (name, bytes) in documents {
            match read(&name, &bytes, &Options::default()) {
                Ok(articles) => {
                    counts[0] += 1;
                    assert!(!articles[0].text.trim().is_empty() && !articles[0].text.contains('\u{fffd}'), "{name}");
                }
                Err(ImportError::Empty | ImportError::Encrypted | ImportError::OnlyPictures) => counts[1] += 1,
                Err(reason) => panic!("{name}: {reason}"),
            }
        }
    }
    assert!(counts[0] > 40 && counts[1] < 20, "{counts:?}");
}
