//! Files that want to crash, fill or stop the program: each gives a clear message soon, and good files beside
//! them are imported. They run the real program, because what protects it is a process of its own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::{
    fs::{self, File},
    io::{Cursor, Read, Seek, Write},
    path::Path,
    process::{Command, Output},
    time::{Duration, Instant},
};

use zip::{ZipWriter, write::SimpleFileOptions};

/// Much longer than a person is promised, for machines that are busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

/// Imports files into a new project, and gives back how it ended.
fn add(folder: &Path, names: &[&str]) -> Output {
    let start = Instant::now();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ascribe-cli"));
    command.arg("new").arg(folder.join("project")).args(names.iter().map(|name| folder.join(name)));
    let output = command.output().unwrap();
    assert!(start.elapsed() < PATIENCE, "{names:?} took {:?}", start.elapsed());
    output
}

/// A file that `make` writes is not imported, and the message says why; a good file after it is imported.
fn check(name: &str, make: impl FnOnce(&mut File), expected: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    make(&mut File::create(folder.path().join(name)).unwrap());
    fs::write(folder.path().join("good.rtf"), r"{\rtf1 Good}").unwrap();
    let output = add(folder.path(), &[name, "good.rtf"]);
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{name}: {out}{err}");
    assert!(expected.iter().any(|expected| err.contains(expected)), "{name}: {err}");
    assert!(out.starts_with("good-") && out.lines().count() == 1, "{name}: {out}");
}

/// A file that `make` writes is imported whole or not at all, with a message either way if not all is there.
fn check_either(name: &str, make: impl FnOnce(&mut File), doubt: &str) {
    let folder = tempfile::tempdir().unwrap();
    make(&mut File::create(folder.path().join(name)).unwrap());
    let output = add(folder.path(), &[name]);
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains(doubt) || err.contains("not imported: "), "{name}: {err}");
}

/// An archive with one file of `size` zeros beside small ones.
fn bomb(file: &mut File, kind: &str, small: &[(&str, &str)], large: &str, size: u64) {
    let mut zip = ZipWriter::new(file);
    let options = SimpleFileOptions::default();
    zip.start_file("mimetype", options.compression_method(zip::CompressionMethod::Stored)).unwrap();
    zip.write_all(kind.as_bytes()).unwrap();
    for (name, text) in small {
        zip.start_file(*name, options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.start_file(large, options.large_file(true)).unwrap();
    std::io::copy(&mut std::io::repeat(0).take(size), &mut zip).unwrap();
    zip.finish().unwrap();
}

const UNPACKS: &str = "unpacks to more than 64 MiB";
/// Enough to tell; what stops it does not look at the size that is declared.
const LARGE: u64 = 200 << 20;

#[test]
fn archives_that_unpack_to_gigabytes() {
    check("a.docx", |file| bomb(file, "", &[], "word/document.xml", LARGE), &[UNPACKS]);
    let odt = "application/vnd.oasis.opendocument.text";
    check("a.odt", |file| bomb(file, odt, &[], "content.xml", LARGE), &[UNPACKS]);
    let container = r#"<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>"#;
    let small = [("META-INF/container.xml", container)];
    check("a.epub", |file| bomb(file, "application/epub+zip", &small, "a.opf", LARGE), &[UNPACKS]);
}

#[test]
fn archives_of_very_many_files() {
    let many = |file: &mut File| {
        let mut zip = ZipWriter::new(file);
        for number in 0..60_000 {
            zip.start_file(format!("word/{number}"), SimpleFileOptions::default()).unwrap();
        }
        zip.finish().unwrap();
    };
    check("a.docx", many, &["it holds 60000 files"]);
}

fn in_docx(xml: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(xml.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn entities_that_grow_without_end() {
    let mut xml = String::from("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"lol\">");
    for number in 1..10 {
        xml.push_str(&format!("<!ENTITY a{number} \"{}\">", format!("&a{};", number - 1).repeat(10)));
    }
    xml.push_str("]><w:document><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>");
    check("a.docx", |file| file.write_all(&in_docx(&xml)).unwrap(), &["it uses the entity `a9`"]);
    // A web page knows no entities of its own.
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.html"), xml).unwrap();
    let id = String::from_utf8(add(folder.path(), &["a.html"]).stdout).unwrap();
    let text = fs::read(folder.path().join(format!("project/documents/{}.txt", id.trim()))).unwrap();
    assert!(text.len() < 100, "{} bytes", text.len());
}

#[test]
fn documents_nested_very_deep() {
    let deep = |open: &str, close: &str| format!("<d>{}x{}</d>", open.repeat(200_000), close.repeat(200_000));
    let tables = deep("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>");
    check("a.docx", |file| file.write_all(&in_docx(&tables)).unwrap(), &["the file holds no text"]);
    let page = format!("<!DOCTYPE html><body>{}<p>Words of the article.</p>", "<div>".repeat(100_000));
    check_either("a.html", |file| file.write_all(page.as_bytes()).unwrap(), "part-missing");
    let groups = format!("{{\\rtf1 {}x", "{".repeat(1_000_000));
    check("a.rtf", |file| file.write_all(groups.as_bytes()).unwrap(), &["it ends in the middle"]);
    let parts = "Content-Type: multipart/mixed; boundary=a\n\n--a\n".repeat(50_000);
    check("a.eml", |file| file.write_all(format!("From: a@b\n{parts}").as_bytes()).unwrap(), &["not imported: "]);
    let mails = "Content-Type: message/rfc822\n\n".repeat(50_000);
    check("b.eml", |file| file.write_all(format!("From: a@b\n{mails}").as_bytes()).unwrap(), &["not imported: "]);
    let lists = "[".repeat(1_000_000);
    check("a.jsonl", |file| file.write_all(lists.as_bytes()).unwrap(), &["line 1: it is not JSON: recursion limit"]);
}

#[test]
fn rich_text_nested_very_deep_is_read_if_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let groups = format!("{{\\rtf1 {}Deep words{}}}", "{".repeat(1_000_000), "}".repeat(1_000_000));
    fs::write(folder.path().join("a.rtf"), groups).unwrap();
    let output = add(folder.path(), &["a.rtf"]);
    assert!(output.status.success() && output.stdout.starts_with(b"deep-words-"), "{output:?}");
}

/// A PDF file with one page and these objects after it.
fn pdf(page: &str, more: &[&str]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let first = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page];
    let mut places = Vec::new();
    for (number, object) in (1..).zip(first.iter().chain(more)) {
        places.push(bytes.len());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    places.iter().for_each(|place| bytes.extend(format!("{place:010} 00000 n \n").bytes()));
    let trailer = format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", places.len() + 1);
    bytes.extend(trailer.bytes());
    bytes
}

#[test]
fn pdf_files_without_words() {
    let page =
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>";
    let draw = "<< /Length 22 >>\nstream\n9 0 0 9 0 0 cm /I Do  \nendstream";
    let image = "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream";
    let pictures = pdf(page, &[draw, image]);
    check("a.pdf", |file| file.write_all(&pictures).unwrap(), &["the file holds only pictures of text"]);
    for length in [9, pictures.len() / 4, pictures.len() / 2] {
        check("b.pdf", |file| file.write_all(&pictures[..length]).unwrap(), &["not imported: "]);
    }
    let circle = pdf("<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 99999999 >>", &[]);
    check("c.pdf", |file| file.write_all(&circle).unwrap(), &["not imported: "]);
    let arrays = pdf(&format!("<< /Type /Page /Parent 2 0 R /X {} >>", "[".repeat(500_000)), &[]);
    check("d.pdf", |file| file.write_all(&arrays).unwrap(), &["not imported: "]);
}

#[test]
fn a_locked_pdf_file() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/docs_pdf_docx/pdf/005-libreoffice-writer-password/libreoffice-writer-password.pdf");
    let Ok(bytes) = fs::read(path) else { return };
    check("a.pdf", |file| file.write_all(&bytes).unwrap(), &["the file is protected by a password"]);
}

#[test]
fn files_that_are_no_text() {
    check("a.txt", |_| (), &["the file holds no text"]);
    check("a.pdf", |_| (), &["the file holds no text"]);
    check("b.txt", |file| file.set_len(2 << 30).unwrap(), &["the file has 2048 MiB; the limit is 100 MiB"]);
    let program = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0";
    check("c.txt", |file| file.write_all(program).unwrap(), &["this is not a text file"]);
    check("d.txt", |file| file.write_all(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap(), &["this is a picture"]);
    check("e.txt", |file| file.set_len(90 << 20).unwrap(), &["this is not a text file"]);
}

#[test]
fn lists_with_one_line_that_is_huge_or_broken() {
    let huge = |file: &mut File| {
        file.write_all(b"{\"text\": \"One\"}\n{\"text\": \"").unwrap();
        std::io::copy(&mut std::io::repeat(b'x').take(90 << 20), file).unwrap();
        file.seek(std::io::SeekFrom::End(0)).unwrap();
        file.write_all(b"\", }\n").unwrap();
    };
    check("a.jsonl", huge, &["line 2: it is not JSON"]);
    let row = |file: &mut File| file.write_all(b"text,title\na,b\nc,d,e\n").unwrap();
    check("a.csv", row, &["line 3: it has 3 fields where the header has 2"]);
}
