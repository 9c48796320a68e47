//! Finding words or a pattern in a text, whatever its case and quote marks.

use ascribe_schema::{Offset, Span, Text};
use regex::{Regex, RegexBuilder};

use crate::snap;

/// The most hits that are worth listing.
pub const MOST_HITS: usize = 10_000;
/// The largest program a pattern may become, in bytes, so that no pattern takes long to prepare.
const LARGEST: usize = 1 << 20;

/// What is looked for, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The words, or the pattern.
    pub words: String,
    /// Whether upper and lower case differ.
    pub case: bool,
    /// Whether a hit must not begin or end inside a word.
    pub whole: bool,
    /// Whether the words are a regular expression.
    pub pattern: bool,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// Where, in the order of the text; [`MOST_HITS`] at most.
    pub spans: Vec<Span>,
    /// Whether there are more.
    pub more: bool,
}

/// Why nothing can be looked for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// The pattern is not well formed.
    #[error("this is not a regular expression: {0}")]
    Pattern(String),
    /// The pattern would take too long.
    #[error("this regular expression is too large")]
    TooLarge,
}

/// All places in `text` that `query` means, until `stopped` says that nobody waits for them any more.
///
/// In words, a straight quote mark finds a curly one and the other way round, and white space finds any
/// white space. In a pattern, `^` and `$` are the ends of a line. The text itself is never folded.
///
/// # Errors
///
/// When the pattern is wrong, with what is wrong in words.
pub fn find(text: &Text, query: &Query, stopped: impl Fn() -> bool) -> Result<Hits, FindError> {
    let mut hits = Hits::default();
    if query.words.trim().is_empty() {
        return Ok(hits);
    }
    let (regex, content) = (prepare(query)?, text.as_str());
    let mut from = 0;
    while let Some(found) = regex.find_at(content, from).filter(|_| !stopped()) {
        let step = content[found.start()..].chars().next().map_or(1, char::len_utf8);
        from = found.end().max(found.start() + step);
        let ends = text.offset_of_byte(found.start()).zip(text.offset_of_byte(found.end()));
        if let Some((start, end)) = ends.filter(|(start, end)| start < end) {
            if query.whole && (inside_word(text, start) || inside_word(text, end)) {
                // Words may be whole a little further on; a pattern could make that look take for ever.
                from = if query.pattern { from } else { found.start() + step };
            } else if hits.spans.len() == MOST_HITS {
                hits.more = true;
                break;
            } else {
                hits.spans.push(Span { start, end });
            }
        }
        if from > content.len() {
            break;
        }
    }
    Ok(hits)
}

fn prepare(query: &Query) -> Result<Regex, FindError> {
    let pattern = if query.pattern { query.words.clone() } else { folded(&query.words) };
    let mut builder = RegexBuilder::new(&pattern);
    builder.case_insensitive(!query.case).multi_line(true).size_limit(LARGEST);
    builder.build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => FindError::TooLarge,
        error => {
            // The crate draws the pattern with an arrow below it; the reason comes last.
            let drawn = error.to_string();
            FindError::Pattern(drawn.rsplit("error: ").next().unwrap_or(&drawn).trim().to_owned())
        }
    })
}

/// A pattern for words, whatever their quote marks and white space.
fn folded(words: &str) -> String {
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
    pattern
}

/// Whether `offset` lies inside a word.
fn inside_word(text: &Text, offset: Offset) -> bool {
    let before = offset.0.checked_sub(1).and_then(|before| text.char_at(Offset(before)));
    let (Some(before), Some(after)) = (before, text.char_at(offset)) else { return false };
    if before.is_whitespace() || after.is_whitespace() {
        return false;
    }
    // Scripts that put spaces between words, up to those of India, need no dictionary.
    let spaced = |c: char| c.is_alphanumeric() && c < '\u{e00}';
    if spaced(before) && spaced(after) {
        return true;
    }
    snap::word_at(text, offset).is_some_and(|word| word.start < offset)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// `[` and `]` mark each hit in the text; letters say what else the query wants: `c`ase, `w`hole words,
    /// a `p`attern.
    fn check(modes: &str, words: &str, marked: &str) {
        let query = Query {
            words: words.to_owned(),
            case: modes.contains('c'),
            whole: modes.contains('w'),
            pattern: modes.contains('p'),
        };
        let text = Text::new(marked.replace(['[', ']'], ""));
        let hits = find(&text, &query, || false).unwrap();
        let mut shown = String::new();
        for (at, c) in text.as_str().chars().chain(['\0']).enumerate() {
            let at = Offset(at as u32);
            shown.extend(hits.spans.iter().filter(|hit| hit.end == at).map(|_| ']'));
            shown.extend(hits.spans.iter().filter(|hit| hit.start == at).map(|_| '['));
            shown.push(c);
        }
        assert_eq!(shown.trim_end_matches('\0'), marked, "{words:?} {modes}");
    }

    #[test]
    fn hits_are_found_as_the_modes_say() {
        for (modes, words, marked) in [
            ("", "hostile actions", "Due to“[Hostile  actions]” she said; [hostile\nactions]."),
            ("", "\"hostile", "Due to[“Hostile] actions”"),
            ("", "she said", "[she\nsaid] that she saw"),
            ("", "a.c", "abc"),
            ("", "  ", "a  b"),
            ("", "“non”", "[\"Non\"] et [«non»]"),
            ("c", "Non", "[Non] non NON"),
            ("c", "\"Non", "[“Non]” “non”"),
            ("w", "said", "[said], unsaid, saidest “[said]”"),
            ("w", "don", "don’t [don] don't"),
            ("w", "a a", "ba [a a]"),
            ("w", "wazir", "al-[wazir] wazirs"),
            ("w", "وزير", "الوزير [وزير] وزيرة"),
            ("w", "שר", "[שר] השר"),
            ("w", "मंत्री", "[मंत्री] मंत्रीमंडल"),
            ("w", "2", "[2] 22 2b"),
            ("w", "“Non”", "dit[“Non”]et"),
            ("p", r"\bm\w+", "the [Minister] and [Morocco]"),
            ("pc", r"[A-Z]\w+ [A-Z]\w+", "by [Benny Gantz] in may"),
            ("p", "^a.", "[ab] ab\n[ac]"),
            ("p", "x*", "ab[xx]c[x]"),
            ("pw", "min", "minister [min] min.x"),
        ] {
            // A full stop between letters makes one word of them, as in `example.org`.
            check(modes, words, marked);
        }
    }

    #[test]
    fn wrong_pattern_is_told_in_words() {
        let wrong = |words: &str| {
            let query = Query { words: words.to_owned(), pattern: true, ..Query::default() };
            find(&Text::new("x"), &query, || false).unwrap_err().to_string()
        };
        assert_eq!(wrong("(a"), "this is not a regular expression: unclosed group");
        assert_eq!(wrong("a{2,1}").lines().count(), 1);
        assert_eq!(wrong(r"(\w{500}){500}"), "this regular expression is too large");
    }

    #[test]
    fn there_is_an_end_to_it() {
        let query = Query { words: "a".to_owned(), ..Query::default() };
        let hits = find(&Text::new("a".repeat(MOST_HITS)), &query, || false).unwrap();
        assert_eq!((hits.spans.len(), hits.more), (MOST_HITS, false));
        let hits = find(&Text::new("a".repeat(MOST_HITS + 1)), &query, || false).unwrap();
        assert_eq!((hits.spans.len(), hits.more), (MOST_HITS, true));
        let left = std::cell::Cell::new(3);
        let stopped = || left.replace(left.get() - 1) == 0;
        assert_eq!(find(&Text::new("a".repeat(100)), &query, stopped).unwrap().spans.len(), 3);
    }
}
