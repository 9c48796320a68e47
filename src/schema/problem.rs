//! Something wrong in a project: how bad, where, what, and what to do.

use std::fmt::{self, Write};

use serde::Serialize;

/// Something wrong in a project, for a person to read and act on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// What kind of problem it is: a short name that never changes, such as `span-past-end`.
    pub rule: &'static str,
    /// Where it is.
    pub place: Place,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to do about it; empty when nothing useful can be said.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hint: String,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing needs doing.
    Note,
    /// Probably a mistake; nothing is lost.
    Warning,
    /// Something cannot be read, or says what the text does not.
    Error,
}

/// Where a problem is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file, by its path from the project's folder, with `/` between names.
    pub file: String,
    /// The line in that file, counted from 1, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in that line, in characters counted from 1, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The annotation or relation, by its id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl Problem {
    /// A problem in `file`, without a hint.
    pub fn new(severity: Severity, rule: &'static str, file: impl Into<String>, message: impl Into<String>) -> Self {
        let place = Place { file: file.into(), ..Place::default() };
        Self { severity, rule, place, message: message.into(), hint: String::new() }
    }

    /// The same, saying what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// The same, at a line and column, both counted from 1.
    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.place.line = Some(line);
        self.place.column = Some(column);
        self
    }

    /// The same, of an annotation or relation.
    #[must_use]
    pub fn of(mut self, id: impl fmt::Display) -> Self {
        self.place.id = Some(id.to_string());
        self
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = self.column {
            write!(f, ":{column}")?;
        }
        if let Some(id) = &self.id {
            write!(f, " ({id})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.to_string();
        write!(f, "{}: {}: {} [{}]", self.severity, Plain(&place), Plain(&self.message), self.rule)?;
        if !self.hint.is_empty() {
            write!(f, "\n  {}", Plain(&self.hint))?;
        }
        Ok(())
    }
}

/// Names from files stand in problems; their control characters must not reach a terminal.
struct Plain<'a>(&'a str);

impl fmt::Display for Plain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .chars()
            .try_for_each(|c| if c.is_control() { write!(f, "{}", c.escape_debug()) } else { f.write_char(c) })
    }
}
