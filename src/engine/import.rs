//! From the bytes of a file to a document: plain text and Markdown.

use ascribe_schema::{Document, DocumentId, FORMAT, NameError, Problem, Provenance, Revision, Severity, hash_suffix};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use sha2::{Digest, Sha256};

/// The most characters of the title that go into a document's id.
const SLUG_CHARS: usize = 40;
/// The largest file that is imported, in bytes.
const LARGEST: usize = 256 << 20;

/// A document made from a file, not yet in any project.
#[derive(Clone, Debug)]
pub struct Imported {
    /// What is known of it.
    pub document: Document,
    /// Its text: decoded, no byte-order mark, LF line ends, otherwise as it was.
    pub text: String,
    /// What a person should look at, such as a guessed encoding.
    pub problems: Vec<Problem>,
}

/// Why a file cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The name does not end in `.txt`, `.text`, `.md` or `.markdown`.
    #[error("only plain text (.txt) and Markdown (.md) can be imported so far")]
    Kind,
    /// Nothing but white space.
    #[error("the file holds no text")]
    Empty,
    /// A NUL character: not a text.
    #[error("byte {0} is NUL: this is not a text file")]
    Binary(usize),
    /// More than 256 MiB.
    #[error("the file has {0} MiB; the limit is 256 MiB")]
    Large(usize),
    /// The bytes do not fit the encoding that they seem to have.
    #[error("the file seems to be {0} but has bytes that are not; save it as UTF-8 and try again")]
    Undecodable(&'static str),
    /// The title gives no id.
    #[error(transparent)]
    Name(#[from] NameError),
}

/// Makes a document of the `bytes` of a file called `file_name`, at `time` (RFC 3339).
///
/// # Errors
///
/// When the file is not a text that can be read.
pub fn import(file_name: &str, bytes: &[u8], time: &str) -> Result<Imported, ImportError> {
    let importer = importer(file_name)?;
    if bytes.len() > LARGEST {
        return Err(ImportError::Large(bytes.len() >> 20));
    }
    let (decoded, encoding, guessed) = decode(bytes)?;
    if let Some(at) = decoded.find('\0') {
        return Err(ImportError::Binary(at));
    }
    let text = decoded.replace("\r\n", "\n");
    let title = title(&text, importer).ok_or(ImportError::Empty)?;
    let hash: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    let id = DocumentId::new(format!("{}-{}", slug(&title), hash_suffix(&hash)))?;
    let mut problems = Vec::new();
    if guessed {
        let message = format!("the encoding was guessed to be {encoding}");
        let hint = "look for wrong letters in the article; if there are any, save the file as UTF-8 and add it again";
        problems.push(Problem::new(Severity::Warning, "encoding-guessed", file_name, message).hint(hint));
    }
    let imported = Provenance {
        file_name: file_name.to_owned(),
        file_sha256: hex_sha256(bytes),
        importer: format!("{importer} 1"),
        encoding: encoding.to_owned(),
        time: time.to_owned(),
    };
    let document = Document {
        format: FORMAT,
        id,
        title,
        url: String::new(),
        publisher: String::new(),
        byline: String::new(),
        dateline: String::new(),
        published: String::new(),
        language: String::new(),
        revisions: vec![Revision { text_sha256: hex(&hash), imported }],
        paratext: Vec::new(),
    };
    Ok(Imported { document, text, problems })
}

/// Whether the name of a file says that it can be imported.
#[must_use]
pub fn is_importable(file_name: &str) -> bool {
    importer(file_name).is_ok()
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn hex_sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes).into())
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn importer(file_name: &str) -> Result<&'static str, ImportError> {
    let extension = file_name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    match extension.as_deref() {
        Some("txt" | "text") => Ok("text"),
        Some("md" | "markdown") => Ok("markdown"),
        _ => Err(ImportError::Kind),
    }
}

/// The text, the encoding's name, and whether that was only guessed.
fn decode(bytes: &[u8]) -> Result<(String, &'static str, bool), ImportError> {
    let (encoding, body, guessed) = match Encoding::for_bom(bytes) {
        Some((encoding, bom)) => (encoding, &bytes[bom..], false),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes, false),
        None => (guess(bytes)?, bytes, true),
    };
    let text = encoding
        .decode_without_bom_handling_and_without_replacement(body)
        .ok_or(ImportError::Undecodable(encoding.name()))?;
    Ok((text.into_owned(), encoding.name(), guessed))
}

fn guess(bytes: &[u8]) -> Result<&'static Encoding, ImportError> {
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return guess_utf16(bytes).ok_or(ImportError::Binary(at));
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(detector.guess(None, chardetng::Utf8Detection::Deny))
}

/// UTF-16 without a mark: text has a space or a line end in nearly every line, with a zero on one side.
fn guess_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let pairs = || bytes.chunks_exact(2);
    let little = pairs().filter(|pair| matches!(pair, [b' ' | b'\n', 0])).count();
    let big = pairs().filter(|pair| matches!(pair, [0, b' ' | b'\n'])).count();
    let enough = bytes.len() / 100;
    match (little > enough && big == 0, big > enough && little == 0) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// The first line that says something; in Markdown without the marks of a heading.
fn title(text: &str, importer: &str) -> Option<String> {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let line = if importer == "markdown" { line.trim_matches('#').trim() } else { line };
    Some(line.chars().filter(|c| !c.is_control()).take(300).collect())
}

/// The title in ASCII words, joined by `-`.
fn slug(title: &str) -> String {
    let whole = slug::slugify(title);
    let mut short = String::new();
    for word in whole.split('-') {
        if short.len() + word.len() >= SLUG_CHARS {
            break;
        }
        if !short.is_empty() {
            short.push('-');
        }
        short.push_str(word);
    }
    if short.is_empty() { "article".to_owned() } else { short }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn text_of(bytes: &[u8]) -> (String, String, usize) {
        let imported = import("a.txt", bytes, "").unwrap();
        let encoding = imported.document.revisions[0].imported.encoding.clone();
        (imported.text, encoding, imported.problems.len())
    }

    #[test]
    fn only_the_mark_and_line_ends_are_touched() {
        let odd = "Title\u{a0}x\n\u{200b}“a \u{2009}” e\u{301}\u{ad}\tend \r x";
        let windows = format!("\u{feff}{}", odd.replace('\n', "\r\n"));
        assert_eq!(text_of(windows.as_bytes()), (odd.to_owned(), "UTF-8".to_owned(), 0));
    }

    #[test]
    fn other_encodings_are_recognised_or_said_to_be_guessed() {
        let text = "L’été à Paris\nIl a dit « non » hier à l’Assemblée, où l’émotion était forte.";
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(text_of(&utf16), (text.to_owned(), "UTF-16LE".to_owned(), 0));
        assert_eq!(text_of(&utf16[2..]), (text.to_owned(), "UTF-16LE".to_owned(), 1));
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text);
        assert_eq!(text_of(&windows), (text.to_owned(), "windows-1252".to_owned(), 1));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(import("a.txt", b" \n ", "").unwrap_err(), ImportError::Empty);
        assert_eq!(import("a.txt", b"\x7fELF\0\0\xff\x01", "").unwrap_err(), ImportError::Binary(4));
        assert_eq!(import("a.docx", b"x", "").unwrap_err(), ImportError::Kind);
    }

    #[test]
    fn ids_come_from_title_and_text() {
        let id = |text: &str| import("a.md", text.as_bytes(), "").unwrap().document.id.to_string();
        assert!(id("# Gantz visits Morocco\n\nOn Tuesday").starts_with("gantz-visits-morocco-"));
        assert_eq!(id("# Same\n\ntext"), id("# Same\r\n\r\ntext"));
        assert_ne!(id("# Same\n\ntext"), id("# Same\n\ntext."));
        assert!(id("؟").starts_with("article-"));
        assert!(id("قال الوزير").len() > 10);
    }
}
