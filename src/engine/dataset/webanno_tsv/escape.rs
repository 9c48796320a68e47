//! What WebAnno TSV writes with a backslash: other characters in texts than in values.

use std::borrow::Cow;

/// Takes a value's escapes away: `\\ \[ \] \| \_ \-> \; \t \n \*`. A backslash before anything else stays.
pub(super) fn unescape_value(value: &str) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut plain = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let (sign, taken) = match after.chars().next() {
            Some(sign @ ('\\' | '[' | ']' | '|' | '_' | ';' | '*')) => (sign, 1),
            Some('t') => ('\t', 1),
            Some('n') => ('\n', 1),
            Some('-') if after.starts_with("->") => ('-', 1),
            _ => ('\\', 0),
        };
        plain.push(sign);
        rest = &after[taken..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Writes a value so that it is one.
pub(super) fn escape_value(value: &str, out: &mut String) {
    let mut signs = value.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => out.extend(['\\', sign]),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '-' if signs.peek() == Some(&'>') => out.push_str("\\-"),
            _ => out.push(sign),
        }
    }
}

/// Takes a text's escapes away: `\\ \t \n \f \r \b`, a backslash before a control character, and before 3.2 those of
/// Java, `\uXXXX` among them.
pub(super) fn unescape_text(text: &str, java: bool) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        flush(&mut units, &mut plain, at == 0);
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let (sign, taken) = match after.chars().next() {
            Some('u') if java && after.get(1..5).is_some_and(|code| u16::from_str_radix(code, 16).is_ok()) => {
                units.extend(u16::from_str_radix(&after[1..5], 16));
                rest = &after[5..];
                continue;
            }
            Some('\\') => ('\\', 1),
            Some('t') => ('\t', 1),
            Some('n') => ('\n', 1),
            Some('f') => ('\u{c}', 1),
            Some('r') => ('\r', 1),
            Some('b') => ('\u{8}', 1),
            Some(sign @ ('"' | '\'' | '/')) if java => (sign, 1),
            Some(sign) if sign < ' ' => (sign, 1),
            _ => ('\\', 0),
        };
        flush(&mut units, &mut plain, false);
        plain.push(sign);
        rest = &after[taken..];
    }
    flush(&mut units, &mut plain, false);
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Writes what stood as `\uXXXX`, as soon as it can be no half of a pair any more.
fn flush(units: &mut Vec<u16>, plain: &mut String, more: bool) {
    if !more && !units.is_empty() {
        plain.push_str(&String::from_utf16_lossy(units));
        units.clear();
    }
}

/// Writes a text on one line; it has no line feed.
pub(super) fn escape_text(text: &str, out: &mut String) {
    for sign in text.chars() {
        match sign {
            '\\' => out.push_str("\\\\"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\u{c}' => out.push_str("\\f"),
            '\u{8}' => out.push_str("\\b"),
            '\u{b}' => out.push(sign),
            sign if sign < ' ' => out.extend(['\\', sign]),
            sign => out.push(sign),
        }
    }
}

/// The parts between separators that have no backslash before them.
pub(super) fn split(cell: &str, separator: u8) -> Vec<&str> {
    let (mut parts, mut from, mut escaped) = (Vec::new(), 0, false);
    for (at, byte) in cell.bytes().enumerate() {
        if escaped {
            escaped = false;
        } else if byte == b'\\' {
            escaped = true;
        } else if byte == separator {
            parts.push(&cell[from..at]);
            from = at + 1;
        }
    }
    parts.push(&cell[from..]);
    parts
}

/// A value and what stands in brackets behind it.
pub(super) fn bracketed(value: &str) -> (&str, Option<&str>) {
    let (mut open, mut closed, mut escaped) = (None, None, false);
    for (at, byte) in value.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'[' => open = Some(at),
            b']' => closed = Some(at),
            _ => {}
        }
    }
    match (open, closed) {
        (Some(open), Some(closed)) if open < closed && closed + 1 == value.len() => {
            (&value[..open], Some(&value[open + 1..closed]))
        }
        _ => (value, None),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;

    #[test]
    fn values_come_back() {
        for value in ["a|b[1];c_d*e", "\\", "->", "\\->", "a\tb\nc", "*", "_", "\\t", "[x]", "->1-2", "-", ">", "--->"]
        {
            let mut escaped = String::new();
            escape_value(value, &mut escaped);
            assert_eq!(unescape_value(&escaped), value, "{escaped}");
            assert_eq!(split(&format!("{escaped}|{escaped}"), b'|').len(), 2);
            let numbered = format!("{escaped}[7]");
            assert_eq!(bracketed(&numbered), (escaped.as_str(), Some("7")));
            assert_eq!(bracketed(&escaped).1, None);
        }
    }

    #[test]
    fn texts_come_back() {
        for text in ["a\\tb", "\t\r\u{1}\u{b}\u{c}\u{8}", "\\u00e4 \\", "😀"] {
            let mut escaped = String::new();
            escape_text(text, &mut escaped);
            assert_eq!(unescape_text(&escaped, false), text, "{escaped}");
        }
        assert_eq!(unescape_text("\\ud83d\\ude00 \\u00e4", true), "😀 ä");
        assert_eq!(unescape_text("a \\q", false), "a \\q");
    }
}
