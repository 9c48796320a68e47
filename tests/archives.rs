//! Small documents that are archives, made for a test.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// An archive of these files, the first one as it is, as EPUB and OpenDocument want their kind to be.
pub fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (number, (name, text)) in files.iter().enumerate() {
        let method = if number == 0 { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document with this body and more parts.
pub fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = format!(
        r#"<Relationships><Relationship Id="a" Type="{kind}/officeDocument" Target="word/document2.xml"/>
           <Relationship Id="b" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="/docProps/core.xml"/></Relationships>"#
    );
    let mut relations = String::from("<Relationships>");
    for (name, _) in parts {
        let stem = name.trim_end_matches(".xml").trim_end_matches(|sign: char| sign.is_ascii_digit());
        relations.push_str(&format!(r#"<Relationship Id="{name}" Type="{kind}/{stem}" Target="{name}"/>"#));
    }
    relations.push_str("</Relationships>");
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    let core = "<cp:coreProperties><dc:title>A title</dc:title><dc:creator>A. Writer</dc:creator>\
                <dcterms:created>2024-02-01T10:00:00Z</dcterms:created><dc:language>fr-FR</dc:language></cp:coreProperties>";
    let mut files = vec![
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", &*package),
        ("word/document2.xml", &*document),
        ("word/_rels/document2.xml.rels", &*relations),
        ("docProps/core.xml", core),
    ];
    let named: Vec<_> = parts.iter().map(|(name, text)| (format!("word/{name}"), *text)).collect();
    files.extend(named.iter().map(|(name, text)| (name.as_str(), *text)));
    archive(&files)
}

/// An OpenDocument text with this body.
pub fn odt(body: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let meta = "<office:document-meta><office:meta><dc:title>A title</dc:title>\
                <meta:initial-creator>A. Writer</meta:initial-creator><dc:creator>An editor</dc:creator>\
                <meta:creation-date>2024-02-01T10:00:00</meta:creation-date></office:meta></office:document-meta>";
    let styles = "<office:document-styles><office:master-styles><style:master-page><style:header>\
                  <text:p>Running head</text:p></style:header><style:footer><text:p>1</text:p></style:footer>\
                  </style:master-page></office:master-styles></office:document-styles>";
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
        ("meta.xml", meta),
        ("styles.xml", styles),
    ])
}

/// A book with these chapters and more files.
pub fn epub(chapters: &[&str], more: &[(&str, &str)]) -> Vec<u8> {
    let container = r#"<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
        <rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;
    let (mut manifest, mut spine) = (String::new(), String::new());
    for number in 0..chapters.len() {
        manifest.push_str(&format!(
            r#"<item id="c{number}" href="chapter%20{number}.xhtml" media-type="application/xhtml+xml"/>"#
        ));
        spine.insert_str(0, &format!(r#"<itemref idref="c{number}"/>"#));
    }
    let package = format!(
        r#"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
        <metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier>
        <dc:title>A title</dc:title><dc:creator>A. Writer</dc:creator><dc:creator>B. Writer</dc:creator>
        <dc:publisher>A house</dc:publisher><dc:date>2024-02-01</dc:date><dc:language>fr</dc:language></metadata>
        <manifest>{manifest}</manifest><spine>{spine}</spine></package>"#
    );
    let named: Vec<_> =
        (0..).zip(chapters).map(|(number, text)| (format!("OPS/chapter {number}.xhtml"), *text)).collect();
    let mut files =
        vec![("mimetype", "application/epub+zip"), ("META-INF/container.xml", container), ("OPS/book.opf", &*package)];
    files.extend(named.iter().map(|(name, text)| (name.as_str(), *text)));
    files.extend(more);
    archive(&files)
}
