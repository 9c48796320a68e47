//! From the bytes of a file to articles, whatever an analyst has.
//!
//! [`read`] decides what a file is and reads it; the result is a preview, which [`Article::document`] turns into
//! the record of a document. [`Reader`] does the same in a process of its own where a file could crash or fill
//! the program, and [`read_all`] reads many files on several threads.

mod article;
mod batch;
mod detect;
mod encoding;
mod error;
mod flow;
mod format;
mod html;
mod left_out;
mod mail;
mod office;
mod paratext;
mod pdf;
mod records;
mod rtf;
mod worker;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use self::{
    article::{About, Article, Doubt, DoubtKind, Imported, Origin},
    batch::{Candidate, Source, read_all},
    error::ImportError,
    format::Format,
    worker::{Reader, SERVE, serve},
};

/// The largest file that is read, in bytes: with all copies that reading makes, it stays far below a gigabyte.
const LARGEST: u64 = 100 << 20;

/// What a person may say about files that are imported, where the program would decide by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The encoding, by a name that the WHATWG standard knows.
    pub encoding: Option<String>,
    /// What the file is.
    pub format: Option<Format>,
    /// The language, as a BCP 47 tag.
    pub language: Option<String>,
    /// In a table or in JSON lines: the column or field that holds the text.
    pub text_column: Option<String>,
}

/// Reads the articles of a file called `file_name`: one, or as many as a list holds. Either all of them are
/// read, or none.
///
/// # Errors
///
/// When the file, or any article of a list, cannot be read.
///
/// ```
/// use ascribe_engine::{Format, Options, read};
///
/// let articles = read("a.txt", "Où ?\r\n\r\n« Ici »".as_bytes(), &Options::default())?;
/// assert_eq!(articles[0].text, "Où ?\n\n« Ici »");
/// assert_eq!((articles[0].format, articles[0].about.title.as_str()), (Format::Text, "Où ?"));
/// # Ok::<(), ascribe_engine::ImportError>(())
/// ```
pub fn read(file_name: &str, bytes: &[u8], options: &Options) -> Result<Vec<Article>, ImportError> {
    check_size(bytes.len() as u64)?;
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    let format = options.format.map_or_else(|| Format::detect(file_name, bytes), Ok)?;
    let mut articles = match format {
        Format::Text | Format::Markdown => vec![text(bytes, options)?],
        Format::Html => vec![html::read(bytes, options)?],
        Format::Mhtml => vec![mail::read_mhtml(bytes, options)?],
        Format::Email => vec![mail::read(bytes, options)?],
        Format::Pdf => vec![pdf::read(bytes)?],
        Format::Docx => vec![office::read_docx(bytes)?],
        Format::Odt => vec![office::read_odt(bytes)?],
        Format::Epub => vec![office::read_epub(bytes)?],
        Format::Rtf => vec![rtf::read(bytes)?],
        Format::JsonLines => records::read_json(bytes, options)?,
        Format::Csv => records::read_table(bytes, b',', options)?,
        Format::Tsv => records::read_table(bytes, b'\t', options)?,
    };
    for (number, article) in (1..).zip(&mut articles) {
        finish(article, format, options).map_err(|reason| match format.holds_many() {
            true => ImportError::Line { line: number, reason: reason.to_string() },
            false => reason,
        })?;
    }
    Ok(articles)
}

/// The first article of a file in this process, with nothing said about it, as a document; `time` is RFC 3339.
///
/// # Errors
///
/// As [`read`].
pub fn import(file_name: &str, bytes: &[u8], time: &str) -> Result<Imported, ImportError> {
    let origin = Origin { file_name: file_name.to_owned(), file_sha256: hex_sha256(bytes) };
    let first = read(file_name, bytes, &Options::default())?.into_iter().next();
    first.ok_or(ImportError::Empty)?.imported(&origin, time)
}

/// All that a reader sees of a web page or a part of one, where all of it is the article.
#[must_use]
pub fn whole_page(page: &str) -> Article {
    html::whole(page)
}

/// Refuses what is too large to be read.
pub(crate) fn check_size(bytes: u64) -> Result<(), ImportError> {
    if bytes > LARGEST {
        Err(ImportError::Large { mib: bytes.div_ceil(1 << 20), limit: LARGEST >> 20 })
    } else {
        Ok(())
    }
}

fn text(bytes: &[u8], options: &Options) -> Result<Article, ImportError> {
    let decoded = encoding::decode(bytes, options.encoding.as_deref(), None)?;
    Ok(Article { text: decoded.text, encoding: decoded.encoding, doubts: decoded.doubts, ..Article::default() })
}

/// What in a text that was imported earlier, with that title, is probably not the article.
pub(crate) fn proposed(text: &str, title: &str) -> Vec<ascribe_schema::Span> {
    paratext::propose(text, title).spans
}

/// What is the same for all formats: line ends, a title, a language, proposals of paratext.
fn finish(article: &mut Article, format: Format, options: &Options) -> Result<(), ImportError> {
    article.format = format;
    if let Some(at) = article.text.find('\0') {
        return Err(ImportError::Binary(at));
    }
    if let Cow::Owned(text) = unix_lines(&article.text) {
        article.text = text;
    }
    let first = article::first_line(&article.text);
    if first.is_empty() {
        return Err(ImportError::Empty);
    }
    let about = &mut article.about;
    if about.title.trim().is_empty() {
        let marks: &[char] = if format == Format::Markdown { &['#', ' '] } else { &[] };
        about.title = first.trim_matches(marks).to_owned();
    }
    if let Some(language) = &options.language {
        about.language.clone_from(language);
    } else if about.language.is_empty() {
        about.language = ascribe_attribution::detect(&article.text).unwrap_or_default().to_owned();
    }
    let found = paratext::propose(&article.text, &about.title);
    article.paratext = found.spans;
    for (field, found) in [(&mut about.byline, found.byline), (&mut about.dateline, found.dateline)] {
        if field.trim().is_empty() {
            *field = found;
        }
    }
    Ok(())
}

/// CRLF becomes LF; a lone CR is a character like any other.
fn unix_lines(text: &str) -> Cow<'_, str> {
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn hex_sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes).into())
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn only_the_mark_and_line_ends_are_touched() {
        let odd = "Title\u{a0}x\n\u{200b}“a \u{2009}” e\u{301}\u{ad}\tend \r x";
        let windows = format!("\u{feff}{}", odd.replace('\n', "\r\n"));
        let article = read("a.txt", windows.as_bytes(), &Options::default()).unwrap().remove(0);
        assert_eq!((article.text.as_str(), article.encoding.as_str()), (odd, "UTF-8"));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(import("a.txt", b" \n ", "").unwrap_err(), ImportError::Empty);
        assert_eq!(import("a.txt", b"", "").unwrap_err(), ImportError::Empty);
        assert_eq!(import("a.txt", b"\x7fELF\0\0\xff\x01", "").unwrap_err(), ImportError::Binary(4));
        assert_eq!(import("a.xyz", b"x", "").unwrap_err(), ImportError::Kind);
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
