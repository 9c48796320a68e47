//! Finding out what the offsets of a file count.

use std::path::Path;

use ascribe_schema::{Span, Text};
use serde_json::{Map, Value};

use crate::dataset::{
    Unit,
    elements::scan,
    regions::{number, span},
};

/// How many spans that lie elsewhere in the two units are enough to decide.
const ENOUGH: usize = 2000;

/// What is known of the unit of a file's offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The likelier unit.
    pub unit: Unit,
    /// Whether the other is as likely.
    pub guessed: bool,
}

/// How a unit is called in our own files.
pub fn name(unit: Unit) -> &'static str {
    match unit {
        Unit::CodePoints => "code points",
        Unit::Utf16 => "UTF-16 code units",
    }
}

/// The unit that a line of ours names.
pub fn named(line: &Map<String, Value>) -> Option<Unit> {
    let said = line.get("offsets")?.as_str()?;
    [Unit::CodePoints, Unit::Utf16].into_iter().find(|unit| name(*unit) == said)
}

/// The bounds of everything that a line marks.
pub fn bounds(line: &Map<String, Value>) -> impl Iterator<Item = (&Value, Option<u64>, Option<u64>)> {
    let lists =
        ["entities", "label", "labels", "annotations"].into_iter().filter_map(|name| line.get(name)?.as_array());
    lists.flatten().filter(|mark| !mark.is_string()).map(|mark| {
        let (start, end) = match mark {
            Value::Array(triple) => (triple.first(), triple.get(1)),
            _ => (
                mark.get("start_offset").or_else(|| mark.get("start")),
                mark.get("end_offset").or_else(|| mark.get("end")),
            ),
        };
        (mark, number(start), number(end))
    })
}

/// What speaks against a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Against {
    /// Spans that are none.
    wrong: usize,
    /// Bounds inside a word, or with white space just inside them.
    odd: usize,
}

/// Looks through a file for spans that lie elsewhere in the two units and sees in which of them they fit better.
/// UTF-16 where nothing tells, which is what doccano's window counts.
pub fn find(path: &Path) -> Found {
    let (mut seen, mut points, mut units) = (0, Against::default(), Against::default());
    for line in scan(path).filter(|line| astral(line)) {
        let Ok(Value::Object(line)) = serde_json::from_slice(&line) else { continue };
        let Some(text) = line.get("text").or_else(|| line.get("data")).and_then(Value::as_str) else { continue };
        let text = Text::new(text);
        for (_, start, end) in bounds(&line) {
            let (a, b) = (span(&text, start, end, Unit::CodePoints), span(&text, start, end, Unit::Utf16));
            if a != b {
                seen += 1;
                points.weigh(&text, a);
                units.weigh(&text, b);
            }
        }
        if seen >= ENOUGH {
            break;
        }
    }
    Found { unit: if points < units { Unit::CodePoints } else { Unit::Utf16 }, guessed: points == units }
}

/// Whether a line may hold a character beyond the Basic Multilingual Plane, as it is or escaped.
fn astral(line: &[u8]) -> bool {
    line.iter().any(|byte| *byte >= 0xf0)
        || memchr::memmem::find(line, b"\\ud").is_some()
        || memchr::memmem::find(line, b"\\uD").is_some()
}

impl Against {
    fn weigh(&mut self, text: &Text, span: Result<Span, String>) {
        match span {
            Ok(span) if !span.is_empty() => self.odd += odd(text, span),
            _ => self.wrong += 1,
        }
    }
}

/// How many bounds of a span are not where people set them.
fn odd(text: &Text, span: Span) -> usize {
    let at = |offset| text.char_at(offset);
    let before = (span.start.0 > 0).then(|| at(span.start.minus(1))).flatten();
    let (first, last, after) = (at(span.start), at(span.end.minus(1)), at(span.end));
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let start = (letter(before) && letter(first)) || blank(first);
    let end = (letter(last) && letter(after)) || blank(last);
    usize::from(start) + usize::from(end)
}
