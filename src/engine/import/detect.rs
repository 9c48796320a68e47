//! What a file is, whatever it is called.

use super::{Format, ImportError};

/// How much of the start and of the end of an archive is searched for the names of the files in it.
const SEARCHED: usize = 1 << 20;
/// How far into a text its kind must show.
const HEAD: usize = 1024;

/// Kinds that are not read: how their names end, what people call them, and what to do.
const FOREIGN: &[(&[&str], &str, &str)] = &[
    (&["doc", "dot", "wps"], "an old Word document", "open it and save it as .docx"),
    (&["pages"], "a document of Apple Pages", "export it as Word (.docx) or PDF"),
    (&["xlsx", "xls", "ods", "numbers"], "a spreadsheet", "save the sheet with the articles as CSV"),
    (&["pptx", "ppt", "odp", "key"], "a presentation", "save it as PDF"),
    (&["msg"], "an e-mail of Outlook", "save it as .eml or as text"),
    (&["mbox", "pst"], "a mailbox", "save the e-mails one by one as .eml"),
    (&["mobi", "azw", "azw3"], "a Kindle book", "convert it to EPUB"),
    (
        &["png", "jpg", "jpeg", "gif", "tif", "tiff", "webp", "bmp", "heic"],
        "a picture",
        "run it through text recognition (OCR) first",
    ),
    (&["zip", "gz", "bz2", "xz", "7z", "rar", "tar", "tgz"], "a packed archive", "unpack it and import what is in it"),
    (&["exe", "dll"], "a program", "import a document"),
];

/// First bytes that tell kinds that are not read, with the end of a name that stands for the kind.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!\x1a", "rar"),
];

impl Format {
    /// What a file is: what its content says beyond doubt; else what its name says; else what its content seems
    /// to be. A file whose name has no end is plain text if nothing says otherwise.
    ///
    /// # Errors
    ///
    /// When it is of a kind that cannot be read.
    pub fn detect(file_name: &str, bytes: &[u8]) -> Result<Self, ImportError> {
        if let Some(format) = certain(bytes)? {
            return Ok(format);
        }
        let packed = |format| matches!(format, Self::Pdf | Self::Docx | Self::Odt | Self::Epub | Self::Rtf);
        let named = Self::of_name(file_name);
        if bytes.starts_with(b"PK\x03\x04") && !named.is_some_and(packed) {
            return Err(foreign("zip").unwrap_or(ImportError::Kind));
        }
        match (named, likely(bytes)) {
            // What a site sends instead of the file that was asked for.
            (Some(named), Some(Self::Html)) if packed(named) => Ok(Self::Html),
            (Some(named), _) => Ok(named),
            (None, Some(format)) => Ok(format),
            (None, None) => match file_name.rsplit_once('.') {
                Some((_, end)) => Err(foreign(&end.to_lowercase()).unwrap_or(ImportError::Kind)),
                None => Ok(unnamed(bytes).unwrap_or(Self::Text)),
            },
        }
    }
}

fn foreign(end: &str) -> Option<ImportError> {
    let (_, what, hint) = FOREIGN.iter().find(|(ends, ..)| ends.contains(&end))?;
    Some(ImportError::Foreign { what: (*what).to_owned(), hint: (*hint).to_owned() })
}

/// What the first bytes say beyond doubt.
fn certain(bytes: &[u8]) -> Result<Option<Format>, ImportError> {
    if bytes.starts_with(b"%PDF-") {
        return Ok(Some(Format::Pdf));
    }
    if bytes.starts_with(b"{\\rtf") {
        return Ok(Some(Format::Rtf));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zip(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Err(compound(bytes));
    }
    if bytes.get(60..68) == Some(b"BOOKMOBI") {
        return Err(foreign("mobi").unwrap_or(ImportError::Kind));
    }
    match MAGIC.iter().find(|(start, _)| bytes.starts_with(start)) {
        Some((_, end)) => Err(foreign(end).unwrap_or(ImportError::Kind)),
        None => Ok(None),
    }
}

/// Which document an archive is, by what it says of itself or by the files in it.
fn zip(bytes: &[u8]) -> Result<Option<Format>, ImportError> {
    let start = &bytes[..bytes.len().min(SEARCHED)];
    let end = &bytes[bytes.len().saturating_sub(SEARCHED)..];
    let holds = |name: &str| found(start, name.as_bytes()) || found(end, name.as_bytes());
    let open_document = "mimetypeapplication/vnd.oasis.opendocument.";
    if holds("mimetypeapplication/epub+zip") || holds("META-INF/container.xml") {
        return Ok(Some(Format::Epub));
    }
    if holds(&format!("{open_document}text"))
        || (holds("content.xml") && holds("META-INF/manifest.xml") && !holds(open_document))
    {
        return Ok(Some(Format::Odt));
    }
    if holds("word/") {
        return Ok(Some(Format::Docx));
    }
    let other = [
        (open_document.to_owned() + "spreadsheet", "ods"),
        (open_document.to_owned() + "presentation", "odp"),
        ("xl/".to_owned(), "xlsx"),
        ("ppt/".to_owned(), "pptx"),
        ("Index/".to_owned(), "pages"),
    ];
    match other.iter().find(|(name, _)| holds(name)) {
        Some((_, end)) => Err(foreign(end).unwrap_or(ImportError::Kind)),
        None => Ok(None),
    }
}

/// Which document an old container of Microsoft's is, by the names of the streams in it.
fn compound(bytes: &[u8]) -> ImportError {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        found(bytes, &wide)
    };
    if holds("EncryptedPackage") {
        return ImportError::Encrypted;
    }
    let kinds = [("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"), ("__substg1.0_", "msg")];
    let end = kinds.iter().find(|(name, _)| holds(name)).map_or("doc", |(_, end)| end);
    foreign(end).unwrap_or(ImportError::Kind)
}

fn found(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// What the start of a text looks like.
fn likely(bytes: &[u8]) -> Option<Format> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let head = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)).to_lowercase();
    let head = head.trim_start();
    let html = ["<!doctype html", "<html", "<head", "<body"].iter().any(|start| head.starts_with(start));
    if html || (head.starts_with("<?xml") && head.contains("<html")) {
        return Some(Format::Html);
    }
    // A header of an e-mail: names and values, a line each, of which some must be there.
    let lines = || head.lines().take_while(|line| !line.is_empty());
    let header = |line: &str| line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && !name.contains(' '));
    let known = ["from:", "received:", "return-path:", "message-id:", "mime-version:", "delivered-to:"];
    let mail = lines().next().is_some_and(header)
        && lines().filter(|line| known.iter().any(|name| line.starts_with(name))).count() > 1;
    let page = head.contains("multipart/related") && (head.contains("text/html") || head.contains("snapshot-content"));
    mail.then_some(if page { Format::Mhtml } else { Format::Email })
}

/// What a text without a name seems to be, such as one from standard input: part of a web page, or JSON lines.
fn unnamed(bytes: &[u8]) -> Option<Format> {
    const TAGS: [&str; 34] = [
        "a",
        "abbr",
        "article",
        "aside",
        "b",
        "blockquote",
        "br",
        "cite",
        "dl",
        "div",
        "em",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "main",
        "meta",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "span",
        "strong",
        "table",
        "ul",
    ];
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    if line.starts_with(b"{") {
        let object = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line);
        return object.is_ok().then_some(Format::JsonLines);
    }
    let head = String::from_utf8_lossy(&line[..line.len().min(HEAD)]).to_lowercase();
    let tag = head.strip_prefix('<')?;
    let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let ended = tag[name.len()..].starts_with(['>', '/']) || tag[name.len()..].starts_with(char::is_whitespace);
    (tag.starts_with("!--") || ended && TAGS.contains(&name)).then_some(Format::Html)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn content_comes_before_a_wrong_name_and_a_name_before_a_guess() {
        let mail = "From: a@b\nSubject: s\nDate: d\nMIME-Version: 1.0\n\ntext";
        let page = "From: <Saved by Blink>\nSubject: s\nMIME-Version: 1.0\nContent-Type: multipart/related;\n type=\"text/html\"\n\n";
        for (name, bytes, expected) in [
            ("a.txt", "%PDF-1.7", Format::Pdf),
            ("a.docx", "%PDF-1.7", Format::Pdf),
            ("a", "{\\rtf1 x}", Format::Rtf),
            ("a.doc", "{\\rtf1 x}", Format::Rtf),
            ("a.txt", "PK\x03\x04…word/document.xml", Format::Docx),
            ("a.zip", "PK\x03\x04…mimetypeapplication/epub+zip", Format::Epub),
            ("a.odt", "PK\x03\x04…mimetypeapplication/vnd.oasis.opendocument.text", Format::Odt),
            ("a.pdf", " <!DOCTYPE HTML><title>Log in</title>", Format::Html),
            ("a.txt", "<!DOCTYPE html><p>source", Format::Text),
            ("a.aspx", "<html><p>x", Format::Html),
            ("a", "<?xml version='1.0'?>\n<html>", Format::Html),
            ("a", mail, Format::Email),
            ("a.bak", page, Format::Mhtml),
            ("a.mht", mail, Format::Mhtml),
            ("README", "From: here we go\non", Format::Text),
            ("a.pdf", "hello", Format::Pdf),
            ("a.odt", "PK\x03\x04", Format::Odt),
            ("standard-input", "{\"text\": \"One\"}\n{\"text\": \"Two\"}", Format::JsonLines),
            ("standard-input", "{curly} is a brand", Format::Text),
            ("standard-input", "\n<p class=x>One<p>Two", Format::Html),
            ("standard-input", "<!--StartFragment--><b>One</b>", Format::Html),
            ("standard-input", "<pause> he said", Format::Text),
            ("a.txt", "<p>One", Format::Text),
        ] {
            assert_eq!(Format::detect(name, bytes.as_bytes()), Ok(expected), "{name} {bytes}");
        }
    }

    #[test]
    fn what_is_not_read_is_named_with_what_to_do() {
        let word = "\u{0}W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0".as_bytes();
        let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), word].concat();
        for (name, bytes, expected) in [
            ("a.doc", old.as_slice(), "an old Word document"),
            ("a.txt", old.as_slice(), "save it as .docx"),
            ("a.doc", b"x", "an old Word document"),
            ("a.pages", b"PK\x03\x04Index/Document.iwa", "Apple Pages"),
            ("a.docx", b"PK\x03\x04xl/workbook.xml", "a spreadsheet"),
            ("a.txt", b"\x89PNG\r\n", "a picture"),
            ("a.html", b"\x1f\x8b\x08", "unpack it"),
            ("a.txt", b"PK\x03\x04letters/1.txt", "a packed archive"),
            ("a.xyz", b"x", "these can"),
        ] {
            let message = Format::detect(name, bytes).unwrap_err().to_string();
            assert!(message.contains(expected), "{name}: {message}");
        }
        let locked = "\0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0".as_bytes();
        let locked = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), locked].concat();
        assert_eq!(Format::detect("a.docx", &locked), Err(ImportError::Encrypted));
    }
}
