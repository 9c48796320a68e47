//! Which field of a list means what.

use crate::import::{ImportError, Options};

/// A place in an article that a field can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    Url,
    Published,
    Byline,
    Dateline,
    Publisher,
    Language,
}

/// The names under which programs and people keep these, without case, spaces and lines between words.
const NAMES: [(Field, &[&str]); 7] = [
    (Field::Title, &["title", "headline"]),
    (Field::Url, &["url", "link", "canonicalurl", "sourceurl", "permalink", "uri"]),
    (
        Field::Published,
        &["published", "date", "publishedat", "datepublished", "publicationdate", "publishdate", "pubdate"],
    ),
    (Field::Byline, &["byline", "author", "authors"]),
    (Field::Dateline, &["dateline"]),
    (Field::Publisher, &["publisher", "source", "outlet", "sitename", "publication", "newspaper", "sourcename"]),
    (Field::Language, &["language", "lang"]),
];
const TEXTS: [&str; 9] =
    ["text", "body", "content", "article", "articletext", "articlebody", "fulltext", "maintext", "plaintext"];
/// The most of a column's name that is shown to people.
const SHOWN: usize = 40;

fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// What the field of that name means.
pub(super) fn field(name: &str) -> Option<Field> {
    let name = folded(name);
    NAMES.iter().find(|(_, names)| names.contains(&&*name)).map(|(field, _)| *field)
}

/// The column that holds the text: the one that a person chose; or `text`; or the only one with another name
/// for that.
pub(super) fn text_column(columns: &[String], options: &Options) -> Result<String, ImportError> {
    let unclear = |wanted: &str| {
        let columns = columns.iter().map(|column| column.chars().take(SHOWN).collect()).collect();
        ImportError::Column { wanted: wanted.to_owned(), columns }
    };
    if let Some(wanted) = &options.text_column {
        let exact = columns.iter().find(|column| *column == wanted);
        let loose = || columns.iter().find(|column| folded(column) == folded(wanted));
        return exact.or_else(loose).cloned().ok_or_else(|| unclear(wanted));
    }
    let named = |name: &str| columns.iter().find(|column| folded(column) == name);
    let mut others = TEXTS.iter().filter_map(|name| named(name));
    match (named("text"), others.next(), others.next()) {
        (Some(text), ..) | (None, Some(text), None) => Ok(text.clone()),
        _ => Err(unclear("text")),
    }
}
