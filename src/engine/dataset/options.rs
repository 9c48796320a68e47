//! What a person may choose about reading and writing a dataset.

use std::sync::Arc;

use ascribe_schema::{Scheme, Text};

/// What offsets count, for formats in which programs disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Unicode scalar values, as Python strings count.
    CodePoints,
    /// UTF-16 code units, as browsers count.
    Utf16,
}

/// How the tags of tokens say where an annotation begins and ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tagging {
    /// `B-` on the first token of each, `I-` on the others (also called BIO).
    #[default]
    Iob2,
    /// As IOB2, with `L-` on the last token and `U-` on the only one.
    Bilou,
}

/// How a dataset is written.
#[derive(Clone, Debug, Default)]
pub struct WriteOptions {
    /// What the dataset is called.
    pub title: String,
    /// The labels, attributes and relation types that are known beside those that occur.
    pub scheme: Option<Scheme>,
    /// Now, as RFC 3339 in UTC, for formats that say when they were made.
    pub time: String,
    /// What offsets count, where the format leaves a choice; what its standard says otherwise.
    pub offsets: Option<Unit>,
    /// CSV for spreadsheet programs: a byte-order mark, and no cell that a program would run as a formula.
    pub spreadsheet: bool,
    /// For formats that are one file or a folder of several: the folder, also where the path does not say so.
    pub folder: bool,
    /// For formats of tokens with tags.
    pub tagging: Tagging,
    /// For formats of tokens with tags: all labels in one column, where the longest of overlapping annotations stays,
    /// instead of a column a label.
    pub one_column: bool,
}

/// How a dataset is read.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// What offsets count, where the format leaves a choice; found out where possible otherwise.
    pub offsets: Option<Unit>,
    /// Documents whose texts are known, for formats that carry none.
    pub known: Arc<[KnownText]>,
}

/// A document whose text is known.
#[derive(Clone, Debug)]
pub struct KnownText {
    /// Its id.
    pub id: String,
    /// Where it was published; empty where that is not known.
    pub url: String,
    /// The SHA-256 of its text, in lower-case hexadecimal.
    pub text_sha256: String,
    /// Its text.
    pub text: Arc<Text>,
}
