//! What kinds of files can be imported, told by their names and their first bytes.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use super::ImportError;

/// A kind of file that holds articles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// Markdown, kept as it is written.
    Markdown,
    /// A saved web page.
    Html,
    /// A saved web page with all its parts in one file.
    Mhtml,
    /// A PDF file with a text layer.
    Pdf,
    /// A document of Microsoft Word.
    Docx,
    /// A document of LibreOffice.
    Odt,
    /// An electronic book; all of it is one article.
    Epub,
    /// Rich text.
    Rtf,
    /// An e-mail.
    Email,
    /// One JSON object a line, each an article.
    JsonLines,
    /// Comma-separated values, each row an article.
    Csv,
    /// Tab-separated values, each row an article.
    Tsv,
}

/// Each format with its name on the command line, its words for people, and the ends of file names; the
/// version of its reader, raised when the same file gives another text.
const TABLE: [(Format, &str, &str, &[&str], u32); 13] = [
    (Format::Text, "text", "plain text", &["txt", "text"], 1),
    (Format::Markdown, "markdown", "Markdown", &["md", "markdown"], 1),
    (Format::Html, "html", "web page", &["html", "htm", "xhtml"], 1),
    (Format::Mhtml, "mhtml", "saved web page", &["mhtml", "mht"], 1),
    (Format::Pdf, "pdf", "PDF", &["pdf"], 1),
    (Format::Docx, "docx", "Word document", &["docx"], 1),
    (Format::Odt, "odt", "OpenDocument text", &["odt"], 1),
    (Format::Epub, "epub", "EPUB", &["epub"], 1),
    (Format::Rtf, "rtf", "rich text", &["rtf"], 1),
    (Format::Email, "email", "e-mail", &["eml"], 1),
    (Format::JsonLines, "jsonl", "JSON lines", &["jsonl", "ndjson", "json"], 1),
    (Format::Csv, "csv", "CSV table", &["csv"], 1),
    (Format::Tsv, "tsv", "TSV table", &["tsv", "tab"], 1),
];

impl Format {
    /// All formats, in the order in which they are named to people.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    fn row(self) -> &'static (Self, &'static str, &'static str, &'static [&'static str], u32) {
        &TABLE[self as usize]
    }

    /// Its name on the command line and in records.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What people call it.
    #[must_use]
    pub fn words(self) -> &'static str {
        self.row().2
    }

    /// How the names of such files end, without the dot, the commonest first.
    #[must_use]
    pub fn extensions(self) -> &'static [&'static str] {
        self.row().3
    }

    /// The importer and its version, as records name them.
    #[must_use]
    pub fn importer(self) -> String {
        format!("{} {}", self.name(), self.row().4)
    }

    /// That a file of this format breaks its rules.
    pub(super) fn broken(self, reason: impl Display) -> ImportError {
        ImportError::Broken { format: self.words().to_owned(), reason: reason.to_string() }
    }

    /// The format with that name on the command line.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    /// What the name of a file says that it is.
    #[must_use]
    pub fn of_name(file_name: &str) -> Option<Self> {
        let extension = file_name.rsplit_once('.')?.1.to_lowercase();
        TABLE.iter().find(|row| row.3.contains(&extension.as_str())).map(|row| row.0)
    }

    /// Whether such a file is a list of articles rather than one.
    #[must_use]
    pub fn holds_many(self) -> bool {
        matches!(self, Self::JsonLines | Self::Csv | Self::Tsv)
    }

    /// Whether it is read in a process of its own, because a hostile file could crash or fill the program.
    #[must_use]
    pub fn is_risky(self) -> bool {
        matches!(
            self,
            Self::Html | Self::Mhtml | Self::Pdf | Self::Docx | Self::Odt | Self::Epub | Self::Rtf | Self::Email
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_formats() {
        for (number, format) in Format::all().enumerate() {
            assert_eq!((format as usize, Format::named(format.name())), (number, Some(format)));
        }
    }
}
