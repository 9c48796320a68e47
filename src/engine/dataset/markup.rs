//! Writing XML: what it cannot hold, and how the rest is escaped.
//!
//! Extensible Markup Language 1.0, sections 2.2 (characters), 2.11 (line ends) and 3.3.3 (attribute values).

/// Stands for a character that XML cannot hold.
const SUBSTITUTE: char = '\u{fffd}';

/// Whether XML can hold all characters of a text.
#[must_use]
pub(super) fn is_legal(text: &str) -> bool {
    text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) || text.chars().all(legal)
}

const fn legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// The text with a substitute for each character that XML cannot hold.
#[must_use]
pub(super) fn legalised(text: &str) -> String {
    text.chars().map(|c| if legal(c) { c } else { SUBSTITUTE }).collect()
}

/// Adds a text between tags.
pub(super) fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A reader would make a line feed of it.
            '\r' => out.push_str("&#13;"),
            c if legal(c) => out.push(c),
            _ => out.push(SUBSTITUTE),
        }
    }
}

/// Adds ` name="value"`.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            // A reader would make a space of it.
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            c => push_text(out, c.encode_utf8(&mut [0; 4])),
        }
    }
    out.push('"');
}

/// Adds `<name>text</name>`.
pub(super) fn push_element(out: &mut String, name: &str, text: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    push_text(out, text);
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}
