//! JSON on one line, for readers of every kind.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// Writes a value as JSON in which no character ends a line: beside the control characters, which JSON escapes
/// anyway, U+0085, U+2028 and U+2029, at which Python's `splitlines` and JavaScript's older readers break.
///
/// # Errors
///
/// When the value is no JSON.
pub(crate) fn write(value: &impl Serialize, out: &mut Vec<u8>) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, OneLine))
}

/// As [`write`], with the end of the line.
///
/// # Errors
///
/// As [`write`].
pub(crate) fn line(value: &impl Serialize, out: &mut Vec<u8>) -> serde_json::Result<()> {
    write(value, out)?;
    out.push(b'\n');
    Ok(())
}

struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = line_end(rest) {
            CompactFormatter.write_string_fragment(writer, &rest[..at])?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            rest = &rest[at + c.len_utf8()..];
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

/// The first character that some readers take for the end of a line.
fn line_end(text: &str) -> Option<(usize, char)> {
    // By their last bytes, because nearly no text has one: C2 85, E2 80 A8, E2 80 A9.
    let bytes = text.as_bytes();
    memchr::memchr3_iter(0x85, 0xa8, 0xa9, bytes).find_map(|at| match (bytes[at], &bytes[..at]) {
        (0x85, [.., 0xc2]) => Some((at - 1, '\u{85}')),
        (0xa8, [.., 0xe2, 0x80]) => Some((at - 2, '\u{2028}')),
        (0xa9, [.., 0xe2, 0x80]) => Some((at - 2, '\u{2029}')),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn no_character_ends_a_line_and_all_come_back() {
        let text = "a\u{2028}b\u{85}c\u{2029}\n\r\u{b}\u{c}\u{1c}Ʌé…😀";
        let mut out = Vec::new();
        write(&text, &mut out).unwrap();
        let line = String::from_utf8(out).unwrap();
        assert!(!line.contains(['\u{2028}', '\u{2029}', '\u{85}', '\n', '\r', '\u{b}', '\u{c}', '\u{1c}']), "{line}");
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }
}
