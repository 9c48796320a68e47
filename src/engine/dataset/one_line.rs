//! JSON on one line, for readers that take more than U+000A for the end of a line.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// Appends a value and the end of its line. U+0085, U+2028 and U+2029, at which Python's `splitlines` and programs
/// that use it cut lines, are escaped; JSON escapes all others anyway.
///
/// # Errors
///
/// When the value cannot be JSON.
pub(super) fn one_line(value: &impl Serialize, out: &mut Vec<u8>) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, OneLine))?;
    out.push(b'\n');
    Ok(())
}

struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        if rest.is_ascii() {
            return CompactFormatter.write_string_fragment(writer, rest);
        }
        while let Some(at) = rest.find(['\u{85}', '\u{2028}', '\u{2029}']) {
            let (before, from) = rest.split_at(at);
            let breaking = from.chars().next().unwrap_or_default();
            CompactFormatter.write_string_fragment(writer, before)?;
            write!(writer, "\\u{:04x}", u32::from(breaking))?;
            rest = &from[breaking.len_utf8()..];
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn no_reader_finds_a_line_end_inside() {
        let mut out = Vec::new();
        let value = ["a\u{85}b\u{2028}\u{2029}", "\n\r\u{b}\u{c}\u{1c}é"];
        one_line(&value, &mut out).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert_eq!(line, "[\"a\\u0085b\\u2028\\u2029\",\"\\n\\r\\u000b\\f\\u001cé\"]\n");
        assert_eq!(serde_json::from_str::<[String; 2]>(&line).unwrap(), value);
    }
}
