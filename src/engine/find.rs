//! Finding words in a text, whatever their case and quote marks.

use ascribe_schema::{Span, Text};
use regex::RegexBuilder;

/// The most hits that are worth stepping through.
const MOST: usize = 10_000;

/// All places where `words` stand in `text`, the first ten thousand at most.
///
/// Upper and lower case are alike; a straight quote mark finds a curly one and the other way round; white
/// space finds any white space. The text itself is never folded.
#[must_use]
pub fn find(text: &Text, words: &str) -> Vec<Span> {
    if words.trim().is_empty() {
        return Vec::new();
    }
    let mut pattern = String::new();
    let mut space = false;
    for c in words.chars() {
        match c {
            _ if c.is_whitespace() => {}
            '"' | '“' | '”' | '„' | '«' | '»' => pattern.push_str("[\"“”„«»]"),
            '\'' | '‘' | '’' => pattern.push_str("['‘’]"),
            _ => pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
        if c.is_whitespace() && !space {
            pattern.push_str(r"\s+");
        }
        space = c.is_whitespace();
    }
    let Ok(pattern) = RegexBuilder::new(&pattern).case_insensitive(true).build() else { return Vec::new() };
    let span = |found: regex::Match<'_>| {
        Some(Span { start: text.offset_of_byte(found.start())?, end: text.offset_of_byte(found.end())? })
    };
    pattern.find_iter(text.as_str()).filter_map(span).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_across_case_marks_and_spaces() {
        let text = Text::new("Due to“Hostile  actions” she\nsaid; hostile actions.");
        assert_eq!(find(&text, "hostile actions"), [Span::new(7, 23), Span::new(35, 50)]);
        assert_eq!(find(&text, "\"hostile"), [Span::new(6, 14)]);
        assert_eq!(find(&text, "she said"), [Span::new(25, 33)]);
        assert_eq!(find(&text, "a.c"), []);
        assert_eq!(find(&text, "  "), []);
    }
}
