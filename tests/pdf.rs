//! PDF files: paragraphs whole, columns one after the other, and what is missing said.

use std::fmt::Write;

use ascribe_engine::{Article, DoubtKind, ImportError, Options, read};

/// A line of text and where it stands: from the left, from below, and the size of its letters.
type Line = (f32, f32, f32, &'static str);

/// A PDF file with these pages, and with these fields of its own data.
fn pdf(pages: &[&[Line]], info: &str) -> Vec<u8> {
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        String::new(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>".to_owned(),
        format!("<< {info} >>"),
    ];
    let mut kids = String::new();
    for lines in pages {
        let mut content = String::from("BT ");
        for (x, y, size, text) in *lines {
            let text: String = text.chars().map(|sign| format!("{:02x}", winansi(sign))).collect();
            write!(content, "/F {size} Tf 1 0 0 1 {x} {y} Tm <{text}> Tj ").unwrap();
        }
        content.push_str("ET");
        let number = objects.len() + 1;
        write!(kids, "{number} 0 R ").unwrap();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> >> /Contents {} 0 R >>",
            number + 1
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", pages.len());
    let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
    for (number, object) in (1..).zip(&objects) {
        writeln!(places, "{:010} 00000 n ", file.len()).unwrap();
        write!(file, "{number} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let (table, size) = (file.len(), objects.len() + 1);
    write!(file, "xref\n0 {size}\n0000000000 65535 f \n{places}").unwrap();
    write!(file, "trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{table}\n%%EOF\n").unwrap();
    file.into_bytes()
}

fn winansi(sign: char) -> u8 {
    match sign {
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        sign => u8::try_from(u32::from(sign)).unwrap(),
    }
}

fn outcome(bytes: &[u8]) -> Result<Article, ImportError> {
    read("a.pdf", bytes, &Options::default()).map(|mut articles| articles.remove(0))
}

fn check(pages: &[&[Line]], text: &str) {
    assert_eq!(outcome(&pdf(pages, "")).unwrap().text, text, "{pages:?}");
}

// In this font a letter is six points wide at a size of ten.
const A: &str = "A line that fills the column to the end of";
const B: &str = "it, then another one that is as long as it";

#[test]
fn lines_become_paragraphs() {
    check(
        &[&[(50., 700., 10., A), (50., 688., 10., B), (50., 676., 10., "and an end.")]],
        &format!("{A} {B} and an end."),
    );
    // Apart by a gap, by an indent, by room that was left, by size.
    check(&[&[(50., 700., 10., A), (50., 688., 10., B), (50., 668., 10., B)]], &format!("{A} {B}\n\n{B}"));
    check(
        &[&[
            (50., 700., 10., A),
            (50., 688., 10., B),
            (62., 676., 10., "New one that goes on for quite a while"),
            (50., 664., 10., B),
        ]],
        &format!("{A} {B}\n\nNew one that goes on for quite a while {B}"),
    );
    check(&[&[(50., 700., 10., A), (50., 688., 10., "short."), (50., 676., 10., B)]], &format!("{A} short.\n\n{B}"));
    check(
        &[&[(50., 700., 14., "Headline"), (50., 684., 10., A), (50., 672., 10., B)]],
        &format!("Headline\n\n{A} {B}"),
    );
    check(&[&[(50., 700., 10., "• one thing"), (50., 688., 10., "• two things")]], "• one thing\n\n• two things");
}

#[test]
fn hyphens_of_line_ends_go_and_those_of_words_stay() {
    let lines = |first: &'static str, second: &'static str| {
        outcome(&pdf(&[&[(50., 700., 10., first), (50., 688., 10., second)]], "")).unwrap().text
    };
    for (first, second, text) in [
        ("the govern-", "ment said", "the government said"),
        ("a well-known man was well-", "known to all", "a well-known man was well-known to all"),
        ("a long walk, a short term, and long-", "term plans", "a long walk, a short term, and long-term plans"),
        ("in the years 2019-", "2020 and", "in the years 2019-2020 and"),
        ("the Anglo-", "Saxon world", "the Anglo-Saxon world"),
        ("he waited -", "and went", "he waited - and went"),
        ("“It’s a quote”, he", "said", "“It’s a quote”, he said"),
    ] {
        assert_eq!(lines(first, second), text);
    }
}

#[test]
fn columns_are_read_one_after_the_other() {
    let left = [
        "Words of the first column",
        "go on from line to line",
        "until they reach the foot",
        "of the column and go on",
    ];
    let right =
        ["at the head of the second", "column, which is read as", "the first one was before,", "down to its very end."];
    let mut lines: Vec<Line> = vec![(50., 740., 16., "A headline over both of the columns")];
    for (number, (left, right)) in left.into_iter().zip(right).enumerate() {
        let y = 700. - 12. * number as f32;
        lines.extend([(50., y, 10., left), (320., y, 10., right)]);
    }
    let text = format!("A headline over both of the columns\n\n{} {}", left.join(" "), right.join(" "));
    check(&[&lines], &text);
}

#[test]
fn a_page_ends_no_paragraph_and_its_number_does_not_cut_one() {
    let first: &[Line] =
        &[(50., 700., 10., A), (50., 688., 10., "it, then another line that is hyphen-"), (290., 40., 10., "1")];
    let second: &[Line] = &[
        (50., 700., 10., "ated. And one more that fills the column of"),
        (50., 688., 10., "text."),
        (290., 40., 10., "2"),
    ];
    check(
        &[first, second],
        &format!("{A} it, then another line that is hyphenated. And one more that fills the column of text.\n\n1\n\n2"),
    );
}

#[test]
fn rows_of_tables_are_lines() {
    let rows: &[Line] =
        &[(50., 700., 10., "Name"), (200., 700., 10., "Age"), (50., 688., 10., "Ann"), (200., 688., 10., "41")];
    let text = outcome(&pdf(&[rows], "")).unwrap().text;
    assert!(
        text == "Name\tAge\nAnn\t41" || text == "Name\n\nAnn\n\nAge\n\n41",
        "by rows or by columns, whole either way: {text}"
    );
}

#[test]
fn what_the_file_says_of_itself_is_kept_if_it_makes_sense() {
    let about = |info| outcome(&pdf(&[&[(50., 700., 10., "First line")]], info)).unwrap().about;
    let good = about("/Title (A \\(good\\) title) /Author <feff0052006500f1> /CreationDate (D:20240201100000+01'00')");
    assert_eq!((&*good.title, &*good.byline, &*good.published), ("A (good) title", "Reñ", "2024-02-01"));
    let bad = about("/Title (Microsoft Word - speech.doc) /Author (admin) /CreationDate (yesterday)");
    assert_eq!((&*bad.title, &*bad.byline, &*bad.published), ("First line", "", ""));
}

#[test]
fn pages_without_text_are_named() {
    let line: &[Line] = &[(50., 700., 10., "Some words")];
    let article = outcome(&pdf(&[line, &[], line, &[], &[]], "")).unwrap();
    let doubt = &article.doubts[0];
    assert_eq!((doubt.kind, &*doubt.message), (DoubtKind::PartMissing, "no text was found on 3 of 5 pages: 2, 4–5"));
    assert_eq!(outcome(&pdf(&[&[], &[]], "")).unwrap_err(), ImportError::Empty);
}

#[test]
fn a_file_that_was_cut_off_is_refused() {
    let whole = pdf(&[&[(50., 700., 10., "Some words that would still be found")]], "");
    for length in [whole.len() - 60, whole.len() / 2] {
        let message = outcome(&whole[..length]).unwrap_err().to_string();
        assert!(message.contains("it ends in the middle"), "{message}");
    }
}
