//! Why a file cannot be imported.

use serde::{Deserialize, Serialize};

/// Why a file cannot be imported: what, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ImportError {
    /// Neither the name nor the content says what it is.
    #[error("this kind of file cannot be imported; {}", kinds())]
    Kind,
    /// A kind of file that is known and not read.
    #[error("this is {what}, which cannot be read; {hint}")]
    Foreign {
        /// What it is, in words.
        what: String,
        /// What to do.
        hint: String,
    },
    /// Nothing but white space.
    #[error("the file holds no text")]
    Empty,
    /// A NUL character: not a text.
    #[error("byte {0} is NUL: this is not a text file")]
    Binary(usize),
    /// More than the limit.
    #[error("the file has {mib} MiB; the limit is {limit} MiB: split it")]
    Large {
        /// Its size.
        mib: u64,
        /// The most that is read.
        limit: u64,
    },
    /// The bytes do not fit the encoding that they seem to have, or were said to have.
    #[error("the file is not {0}: byte {1} does not fit; choose another encoding, or save it as UTF-8")]
    Undecodable(String, usize),
    /// There is no encoding with that name.
    #[error("there is no encoding `{0}`; use a name such as utf-8, windows-1252, iso-8859-15 or macintosh")]
    UnknownEncoding(String),
    /// The file is protected by a password.
    #[error("the file is protected by a password; open it, save it without one, and import that")]
    Encrypted,
    /// Pictures of pages, without their letters.
    #[error("the file holds only pictures of text; run it through text recognition (OCR) first")]
    OnlyPictures,
    /// The file breaks the rules of its format.
    #[error(
        "this is no {format} that can be read: {reason}; open it in its own program and save it again, or save it as text"
    )]
    Broken {
        /// What it should be, in words.
        format: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A line or row of a list of articles cannot be read; nothing of the list was imported.
    #[error("line {line}: {reason}; nothing of this file was imported")]
    Line {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        reason: String,
    },
    /// The table has no column with that name, or none that is known to hold the text.
    #[error("no column is called `{wanted}`; choose one of {}", columns.join(", "))]
    Column {
        /// What was looked for.
        wanted: String,
        /// What there is.
        columns: Vec<String>,
    },
    /// Reading takes too long.
    #[error("reading it takes more than {0} seconds, so it was given up; save it in another format, such as text")]
    Slow(u64),
    /// Reading takes too much memory, or crashed the reader.
    #[error("{0}; save it in another format, such as text")]
    Crashed(String),
    /// Somebody did not want to wait.
    #[error("it was given up because you asked to stop")]
    Stopped,
    /// The system refuses.
    #[error("{0}")]
    System(String),
    /// The title gives no id.
    #[error("{0}")]
    Name(String),
}

fn kinds() -> String {
    let kinds: Vec<_> =
        super::Format::all().map(|format| format!("{} (.{})", format.words(), format.extensions()[0])).collect();
    format!("these can: {}", kinds.join(", "))
}
