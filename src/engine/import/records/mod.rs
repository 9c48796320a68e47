//! Lists of articles: JSON lines and tables.

mod fields;
mod quotes;

use std::collections::BTreeSet;

use csv::{ReaderBuilder, StringRecord};
use serde_json::{Deserializer, Map, Value};

use self::{
    fields::{Field, field, text_column},
    quotes::Quotes,
};
use super::{Article, Doubt, DoubtKind, ImportError, Options, encoding};

/// Reads JSON lines: an object each, with at least a text; also where an object takes several lines, or where
/// one list holds them all.
pub(super) fn read_json(bytes: &[u8], options: &Options) -> Result<Vec<Article>, ImportError> {
    let decoded = encoding::decode(bytes, options.encoding.as_deref(), Some("utf-8"))?;
    let text = &*decoded.text;
    let mut list = List { encoding: decoded.encoding, doubts: decoded.doubts, ..List::default() };
    let mut values = Deserializer::from_str(text).into_iter::<Value>();
    let (mut line, mut counted) = (1, 0);
    loop {
        let start = values.byte_offset() + blank(&text[values.byte_offset()..]);
        line += text[counted..start].matches('\n').count() as u64;
        counted = start;
        let Some(value) = values.next() else { break };
        let value = value.map_err(|reason| wrong(reason.line() as u64, reason_only(&reason)))?;
        match value {
            Value::Array(values) => {
                for value in values {
                    list.add_json(value, line, options)?;
                }
            }
            value => list.add_json(value, line, options)?,
        }
    }
    list.finish()
}

/// Reads a table with a header: a row an article. A table that should be separated by commas may be so by
/// semicolons or tabs, as spreadsheets write it in many countries.
pub(super) fn read_table(bytes: &[u8], separator: u8, options: &Options) -> Result<Vec<Article>, ImportError> {
    let decoded = encoding::decode(bytes, options.encoding.as_deref(), None)?;
    let mut list = List { encoding: decoded.encoding, doubts: decoded.doubts, ..List::default() };
    let (table, separator, skipped) = separated(&decoded.text, separator);
    let quotes = Quotes::find(table, separator);
    // Where tabs separate, many programs write quote marks as they are.
    let quoting = separator != b'\t' || quotes.stray.is_none() && quotes.meant;
    if let Some(line) = quotes.stray.filter(|_| quoting) {
        return Err(wrong(line + skipped, quotes::WRONG));
    }
    let mut reader = ReaderBuilder::new().delimiter(separator).quoting(quoting).from_reader(table.as_bytes());
    let broken = |reason: csv::Error| {
        let line = reason.position().map_or(1, csv::Position::line) + skipped;
        wrong(line, table_reason(&reason))
    };
    let header = reader.headers().map_err(broken)?.clone();
    let columns: Vec<_> = header.iter().map(str::to_owned).collect();
    list.text_column = Some(text_column(&columns, options)?);
    let mut row = StringRecord::new();
    while reader.read_record(&mut row).map_err(broken)? {
        let line = row.position().map_or(1, csv::Position::line) + skipped;
        let mut article = Article::default();
        for (column, cell) in columns.iter().zip(row.iter()) {
            list.put(&mut article, column, cell);
        }
        list.add(article, line)?;
    }
    list.finish()
}

/// What is being gathered of a list.
#[derive(Default)]
struct List {
    articles: Vec<Article>,
    text_column: Option<String>,
    /// The fields that say something and have no place in an article.
    unused: BTreeSet<String>,
    encoding: String,
    doubts: Vec<Doubt>,
}

impl List {
    fn add_json(&mut self, value: Value, line: u64, options: &Options) -> Result<(), ImportError> {
        let Value::Object(mut object) = value else { return Err(wrong(line, "it is not an object with fields")) };
        // What some programs put one level deeper.
        for name in ["meta", "metadata"] {
            if object.get(name).is_some_and(Value::is_object)
                && let Some(Value::Object(inner)) = object.remove(name)
            {
                for (name, value) in inner {
                    object.entry(name).or_insert(value);
                }
            }
        }
        let column = match &self.text_column {
            Some(column) => column.clone(),
            None => text_column(&names(&object), options)?,
        };
        if !object.contains_key(&column) {
            return Err(wrong(line, format!("there is no field `{column}`")));
        }
        self.text_column = Some(column);
        let mut article = Article::default();
        for (name, value) in object {
            let joint = if self.is_text(&name) { "\n\n" } else { ", " };
            match plain(value, joint) {
                Some(value) => self.put(&mut article, &name, &value),
                None if self.is_text(&name) => return Err(wrong(line, format!("the field `{name}` is no text"))),
                None => drop(self.unused.insert(name)),
            }
        }
        self.add(article, line)
    }

    fn is_text(&self, name: &str) -> bool {
        self.text_column.as_deref() == Some(name)
    }

    /// Puts a value where it belongs; the first column of a kind holds.
    fn put(&mut self, article: &mut Article, name: &str, value: &str) {
        if self.is_text(name) {
            if article.text.is_empty() {
                article.text = value.to_owned();
            }
            return;
        }
        let value = value.trim();
        let about = &mut article.about;
        let place = match field(name) {
            Some(Field::Title) => &mut about.title,
            Some(Field::Url) => &mut about.url,
            Some(Field::Published) => &mut about.published,
            Some(Field::Byline) => &mut about.byline,
            Some(Field::Dateline) => &mut about.dateline,
            Some(Field::Publisher) => &mut about.publisher,
            Some(Field::Language) => &mut about.language,
            None => {
                if !value.is_empty() {
                    self.unused.insert(name.to_owned());
                }
                return;
            }
        };
        if place.is_empty() {
            value.clone_into(place);
        } else if !value.is_empty() && place != value {
            self.unused.insert(name.to_owned());
        }
    }

    fn add(&mut self, mut article: Article, line: u64) -> Result<(), ImportError> {
        if article.text.trim().is_empty() {
            return Err(wrong(line, "it holds no text"));
        }
        article.encoding.clone_from(&self.encoding);
        self.articles.push(article);
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Article>, ImportError> {
        let first = self.articles.first_mut().ok_or(ImportError::Empty)?;
        first.doubts = self.doubts;
        if !self.unused.is_empty() {
            let names: Vec<_> = self.unused.into_iter().collect();
            let message = format!("left out of every article: the fields {}", names.join(", "));
            first.doubts.push(Doubt::new(DoubtKind::LeftOut, message));
        }
        Ok(self.articles)
    }
}

fn names(object: &Map<String, Value>) -> Vec<String> {
    object.keys().cloned().collect()
}

/// A value as text; nothing where it is a structure of its own.
fn plain(value: Value, joint: &str) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Null => Some(String::new()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Array(values) => {
            let parts: Option<Vec<_>> = values.into_iter().map(|value| plain(value, joint)).collect();
            Some(parts?.join(joint))
        }
        Value::Object(_) => None,
    }
}

fn blank(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn wrong(line: u64, reason: impl Into<String>) -> ImportError {
    ImportError::Line { line, reason: reason.into() }
}

/// What is wrong, without the place, which is told in its own words.
fn reason_only(reason: &serde_json::Error) -> String {
    let text = reason.to_string();
    let end = text.rfind(" at line ").unwrap_or(text.len());
    let column = if reason.column() > 0 { format!(" (column {})", reason.column()) } else { String::new() };
    format!("it is not JSON: {}{column}", &text[..end])
}

fn table_reason(reason: &csv::Error) -> String {
    match reason.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("it has {len} fields where the header has {expected_len}")
        }
        _ => reason.to_string(),
    }
}

/// The table without the line that only names its separator, the separator, and how many lines were taken off.
fn separated(text: &str, separator: u8) -> (&str, u8, u64) {
    let first = text.lines().next().unwrap_or_default();
    if let Some([named]) = first.strip_prefix("sep=").map(str::as_bytes) {
        return (text.split_once('\n').map_or("", |(_, table)| table), *named, 1);
    }
    if separator != b',' {
        return (text, separator, 0);
    }
    let count = |separator: u8| outside_quotes(text).filter(|byte| *byte == separator).count();
    let best = [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator));
    (text, best.filter(|best| count(*best) > 0).unwrap_or(separator), 0)
}

/// The bytes of the header that are not in quotes.
fn outside_quotes(text: &str) -> impl Iterator<Item = u8> {
    let mut quoted = false;
    let outside = text.bytes().filter(move |byte| {
        quoted ^= *byte == b'"';
        !quoted
    });
    outside.take_while(|byte| *byte != b'\n')
}
