//! Reading and canonical writing of RON files.

use ron::{extensions::Extensions, ser::PrettyConfig};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    AnnotationSet, Bundle, CommentSet, DecisionSet, Document, Problem, Project, Scheme, Severity, SuggestionSet,
};

/// The version of the file format that this crate writes.
///
/// It is raised with every change that an older program would misread. The types of the old format then
/// move to a module of their own with a conversion to today's, [`read`] chooses by the number, and a file
/// of the old format stays in `tests/fixtures/formats/`, so that every released format stays readable.
pub const FORMAT: u32 = 1;

/// The first line of every file: optional values are written without `Some(…)`.
const HEADER: &str = "#![enable(implicit_some)]\n";

/// A type that is a whole file.
pub trait File: Serialize + DeserializeOwned {
    /// The name of the struct in the file, such as `AnnotationSet`.
    const NAME: &'static str;

    /// How many levels of nesting are spread over lines; what lies deeper stands on one line. Every
    /// annotation has a line of its own because this is 2 for a set.
    const DEPTH: usize;

    /// The format that the file says it has.
    fn format(&self) -> u32;
}

macro_rules! file {
    ($type:ident, $depth:literal) => {
        impl File for $type {
            const NAME: &'static str = stringify!($type);
            const DEPTH: usize = $depth;

            fn format(&self) -> u32 {
                self.format
            }
        }
    };
}

file!(AnnotationSet, 2);
file!(Bundle, 2);
file!(CommentSet, 2);
file!(DecisionSet, 2);
file!(Document, 2);
file!(Project, 5);
file!(SuggestionSet, 2);

impl File for Scheme {
    const NAME: &'static str = "Scheme";
    const DEPTH: usize = 4;

    /// A scheme stands in a project, which has the number.
    fn format(&self) -> u32 {
        FORMAT
    }
}

/// What reading a file gave.
#[derive(Clone, Debug)]
pub struct Read<T> {
    /// What could be read.
    pub value: T,
    /// Whether that is all the file holds. If not, writing it back would lose the rest: the file must be
    /// treated as read-only.
    pub complete: bool,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// Reads a file. `file` names it in problems.
///
/// A byte-order mark is accepted. Fields that this version does not know make the result incomplete, and
/// so does a newer format.
///
/// # Errors
///
/// A problem, with line and column, when the bytes are not UTF-8, not RON, or not a `T`.
pub fn read<T: File>(bytes: &[u8], file: &str) -> Result<Read<T>, Box<Problem>> {
    let text = decode(bytes, file)?;
    let mut unknown = Vec::new();
    let value: T =
        parse(text, |field| unknown.push(field)).map_err(|error| Box::new(explain::<T>(&error, text, file)))?;
    let mut problems: Vec<_> = unknown.iter().map(|field| unknown_field(field, text, file)).collect();
    match value.format() {
        FORMAT => {}
        newer if newer > FORMAT => problems.push(newer_format(newer, text, file)),
        older => {
            let message = format!("format {older} has never been in use");
            return Err(Box::new(Problem::new(Severity::Error, "unknown-format", file, message)));
        }
    }
    Ok(Read { complete: problems.is_empty(), value, problems })
}

/// Checks that `bytes` are UTF-8 and takes a byte-order mark off.
pub(crate) fn decode<'a>(bytes: &'a [u8], file: &str) -> Result<&'a str, Box<Problem>> {
    let problem = |rule, message: String| Problem::new(Severity::Error, rule, file, message);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        let hint = "the file was probably cut off by a crash or a full disk; restore it from a copy, or delete it";
        return Err(Box::new(problem("empty-file", "the file is empty".to_owned()).hint(hint)));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let message = format!("byte {} is not UTF-8", error.valid_up_to());
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
        problem("not-utf8", message).at(line, column).hint("project files are UTF-8; restore the file from a copy")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Parses one value, telling `unknown` the path of every field that the type does not have.
pub(crate) fn parse<T: DeserializeOwned>(
    text: &str,
    mut unknown: impl FnMut(String),
) -> Result<T, ron::error::SpannedError> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let mut reader = ron::Deserializer::from_str_with_options(text, &options)?;
    let value = serde_ignored::deserialize(&mut reader, |path| unknown(path.to_string()))
        .map_err(|error| reader.span_error(error))?;
    reader.end().map_err(|error| reader.span_error(error))?;
    Ok(value)
}

#[derive(Deserialize)]
struct Header {
    format: u32,
}

fn explain<T: File>(error: &ron::error::SpannedError, text: &str, file: &str) -> Problem {
    let at = error.span.start;
    // A newer file may differ in ways that look like mistakes: its number explains more than they do.
    // (A struct without its name is a struct of any name.)
    if let Ok(Header { format }) = parse::<Header>(&text.replacen(T::NAME, "", 1), |_| ())
        && format > FORMAT
    {
        return newer_format(format, text, file);
    }
    if let Some(problem) = marked(text, file) {
        return problem;
    }
    let hint = "compare the place with a file that opens, or restore the file from a copy";
    Problem::new(Severity::Error, "unreadable", file, error.code.to_string()).at(at.line, at.col).hint(hint)
}

/// The sign of which a line is a mark that git leaves where it could not merge two copies: seven of them, at its
/// beginning, and a name behind.
#[must_use]
pub fn git_mark(line: &str) -> Option<char> {
    let line = line.trim_end_matches(['\n', '\r']);
    let sign = line.chars().next().filter(|sign| "<|=>".contains(*sign))?;
    let rest = line.strip_prefix(sign.to_string().repeat(7).as_str())?;
    (rest.is_empty() || rest.starts_with(' ')).then_some(sign)
}

/// Says that two copies of a file lie in it, between marks of git.
pub(crate) fn marked(text: &str, file: &str) -> Option<Problem> {
    let (number, _) = (1..).zip(text.lines()).find(|(_, line)| git_mark(line) == Some('<'))?;
    let message = "git has left two copies of this file in it, with marks between them";
    let hint = "put them together with `ascribe-cli merge --markers`, by ids and fields; until then nothing is changed";
    Some(Problem::new(Severity::Error, "conflict-markers", file, message).at(number, 1).hint(hint))
}

/// The line and column at which the only line starts that gives `field` a value. In a file as Ascribe
/// writes it that is every field which does not stand inside a line.
fn place_of(field: &str, text: &str) -> Option<(usize, usize)> {
    let place = |(number, line): (usize, &str)| {
        let rest = line.trim_start();
        let found = rest.strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with(':'));
        found.then(|| (number, line.chars().count() - rest.chars().count() + 1))
    };
    let mut places = (1..).zip(text.lines()).filter_map(place);
    places.next().filter(|_| places.next().is_none())
}

fn located(problem: Problem, field: &str, text: &str) -> Problem {
    match place_of(field, text) {
        Some((line, column)) => problem.at(line, column),
        None => problem,
    }
}

/// `field` is a path, such as `annotations.3.mood`.
fn unknown_field(field: &str, text: &str, file: &str) -> Problem {
    let message = format!("this version does not know the field `{field}`");
    let hint = "the file opens read-only so that the field is not lost; update Ascribe, or remove the field";
    let name = field.rsplit('.').next().unwrap_or(field);
    located(Problem::new(Severity::Error, "unknown-field", file, message).hint(hint), name, text)
}

fn newer_format(format: u32, text: &str, file: &str) -> Problem {
    let message = format!("the file has format {format}; this version knows formats up to {FORMAT}");
    let hint = "the file opens read-only, as far as it can be read; update Ascribe to change it";
    located(Problem::new(Severity::Error, "newer-format", file, message).hint(hint), "format", text)
}

/// Writes `value` in the one form that the same value always has: fields in order, one annotation a
/// line, LF line ends. A set must have been sorted ([`AnnotationSet::sort`]).
///
/// # Errors
///
/// When the value nests too deep for RON, which no type of this crate does.
pub fn write<T: File>(value: &T) -> Result<String, ron::Error> {
    let config = PrettyConfig::new().new_line("\n").depth_limit(T::DEPTH).extensions(Extensions::IMPLICIT_SOME);
    let text = ron::ser::to_string_pretty(value, config)?;
    let body = text.strip_prefix(HEADER).unwrap_or(&text);
    Ok(format!("{HEADER}{}{body}\n", T::NAME))
}
