//! What brat can hold of names, values and texts, and what restores the rest: used alike by writing and reading.

use std::{borrow::Cow, collections::BTreeMap};

use ascribe_schema::{Offset, Span, Text};
use serde::{Deserialize, Serialize};

/// The type of the `#` lines that keep what brat cannot hold.
pub const RESTORING: &str = "Ascribe";
/// The type of the `#` lines that are notes.
pub const NOTE: &str = "AnnotatorNotes";
/// How our `annotation.conf` begins; the folders beside it are annotators'.
pub const MARK: &str = "# Written by Ascribe.";
/// What stands for a value that is empty, which brat cannot hold; also what a flag means.
pub const FLAG: &str = "true";

/// What brat cannot hold of an annotation or a relation, exactly.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The fragments, where brat has one a line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<(u32, u32)>,
    /// The attributes whose names or values were changed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, String>,
    /// The note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// A relation's type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// What ends a line for brat, which asks Python's `splitlines`.
pub fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A label, name or type as brat can hold it.
pub fn name(name: &str) -> Cow<'_, str> {
    let fits = |c: char| match c {
        '-' | '_' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        _ => !c.is_whitespace() && !c.is_control(),
    };
    if name.is_empty() {
        return "_".into();
    }
    if name.chars().all(fits) {
        return name.into();
    }
    name.chars().map(|c| if fits(c) { c } else { '_' }).collect::<String>().into()
}

/// An attribute's value as brat can hold it.
pub fn value(value: &str) -> Cow<'_, str> {
    if value.is_empty() { FLAG.into() } else { replaced(value, |c| c == '\t' || is_break(c)) }
}

/// A note as brat can hold it.
pub fn note(note: &str) -> Cow<'_, str> {
    replaced(note, is_break)
}

fn replaced(text: &str, bad: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&bad) {
        return text.into();
    }
    text.chars().map(|c| if bad(c) { ' ' } else { c }).collect::<String>().into()
}

/// The fragments of an annotation without line breaks and without tabs, which brat takes but other readers of its
/// files do not; nothing if they are the same as before.
pub fn fragments(text: &Text, spans: &[Span]) -> Option<Vec<Span>> {
    let cuts = |c: char| c == '\t' || is_break(c);
    let slice = |span: &Span| text.slice(*span).unwrap_or_default();
    if !spans.iter().any(|span| slice(span).contains(cuts)) {
        return None;
    }
    let mut fragments = Vec::new();
    for span in spans {
        let mut at = span.start;
        for part in slice(span).split(cuts) {
            let end = Offset(at.0 + part.chars().count() as u32);
            if at < end {
                fragments.push(Span { start: at, end });
            }
            at = end.plus(1);
        }
    }
    Some(fragments)
}

/// A document's or annotator's name as the name of a file or folder.
pub fn file_name(name: &str) -> Cow<'_, str> {
    const LONGEST: usize = 180;
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ' | '(' | ')' | '+' | ',' | '@');
    let edges = |name: &str| !name.starts_with(['.', ' ']) && !name.ends_with(['.', ' ']);
    if !name.is_empty() && name.len() <= LONGEST && name.chars().all(fits) && edges(name) {
        return name.into();
    }
    let mut safe: String = name.chars().map(|c| if fits(c) { c } else { '_' }).collect();
    while safe.len() > LONGEST {
        safe.pop();
    }
    let safe = safe.trim_matches(['.', ' ']);
    if safe.is_empty() { "_".into() } else { safe.to_owned().into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_other_scripts_and_lose_what_breaks_a_line() {
        assert_eq!(name("quote"), "quote");
        assert_eq!(name("цитата"), "цитата");
        assert_eq!(name("my label|x"), "my_label_x");
        assert_eq!(name("a\u{a0}b"), "a_b");
        assert_eq!(value("x\ty z"), "x y z");
        assert_eq!(value(""), "true");
        assert_eq!(note("a\tb\nc\u{2028}d"), "a\tb c d");
    }

    #[test]
    fn fragments_end_with_their_lines() {
        let text = Text::new("ab\n\ncd é\u{2028}f");
        assert_eq!(fragments(&text, &[Span::new(0, 2)]), None);
        let split = fragments(&text, &[Span::new(1, 10)]);
        assert_eq!(split, Some(vec![Span::new(1, 2), Span::new(4, 8), Span::new(9, 10)]));
        assert_eq!(fragments(&text, &[Span::new(2, 4)]), Some(Vec::new()));
    }

    #[test]
    fn file_names_stay_inside_their_folder() {
        for (id, expected) in [("a-1.v2", "a-1.v2"), ("../x", "_x"), ("a/b", "a_b"), ("..", "_"), ("", "_")] {
            assert_eq!(file_name(id), expected);
        }
        assert!(file_name(&"é".repeat(300)).len() <= 180);
    }
}
