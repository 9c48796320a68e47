//! What a long text consists of: its headings and paragraphs.

use ascribe_schema::{Span, Text};

/// The longest line that may be a heading without being marked as one, in characters.
const SHORT: usize = 80;

/// A heading or a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its words: without the space around them, and without a heading's marks.
    pub span: Span,
    /// The level of a heading, 1 for a title; nothing for a paragraph.
    pub heading: Option<u8>,
}

/// All headings and paragraphs of a text, in order; what lies in `paratext` is never a heading.
///
/// A heading is a line that starts with one to six `#`, or a short line that stands alone, does not end as a
/// sentence does, and is followed by a paragraph of prose. What comes right after such a heading, such as a
/// byline, is none.
#[must_use]
pub fn outline(text: &Text, paratext: &[Span]) -> Vec<Part> {
    let lines = lines(text.as_str());
    let spaced = text.as_str().contains("\n\n");
    let mut parts: Vec<Part> = Vec::with_capacity(lines.len());
    let mut plain_heading = false;
    for (number, line) in lines.iter().enumerate() {
        let aside = paratext.iter().any(|aside| aside.overlaps(line.span));
        if let Some((level, start)) = line.marked().filter(|_| !aside) {
            plain_heading = false;
            parts.push(Part { span: Span { start, ..line.span }, heading: Some(level) });
            continue;
        }
        let next = lines.get(number + 1);
        let title = number == 0 && next.is_some();
        let alone = !spaced || (line.alone && next.is_none_or(|next| next.alone));
        let prose_follows = next.is_some_and(|next| next.has_letters() && !next.may_be_heading());
        plain_heading = !aside && !plain_heading && alone && (title || prose_follows) && line.may_be_heading();
        parts.push(Part { span: line.span, heading: plain_heading.then_some(if title { 1 } else { 2 }) });
    }
    parts
}

/// The number of the part that holds `offset`, or else of the last one before it.
#[must_use]
pub fn part_at(parts: &[Part], offset: ascribe_schema::Offset) -> usize {
    parts.partition_point(|part| part.span.start <= offset).saturating_sub(1)
}

/// A line with words, without the space around them.
struct Line<'a> {
    words: &'a str,
    span: Span,
    /// Whether the line before it is empty, or there is none.
    alone: bool,
}

fn lines(content: &str) -> Vec<Line<'_>> {
    let (mut lines, mut at, mut alone) = (Vec::new(), 0, true);
    for line in content.split('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let indent = line[..line.len() - line.trim_start().len()].chars().count() as u32;
            let length = words.chars().count() as u32;
            lines.push(Line { words, span: Span::new(at + indent, at + indent + length), alone });
        }
        alone = words.is_empty();
        at += line.chars().count() as u32 + 1;
    }
    lines
}

impl Line<'_> {
    /// The level of a heading that is marked as one, and where its words start.
    fn marked(&self) -> Option<(u8, ascribe_schema::Offset)> {
        let words = self.words.trim_start_matches('#');
        let level = self.words.len() - words.len();
        let title = words.trim_start();
        if !(1..=6).contains(&level) || title.is_empty() || title.len() == words.len() {
            return None;
        }
        let marks = self.words[..self.words.len() - title.len()].chars().count() as u32;
        Some((level as u8, self.span.start.plus(marks)))
    }

    fn may_be_heading(&self) -> bool {
        let bare = self.words.trim_end_matches(['”', '"', '»', '’', '\'', ')', ']', '」', '』']);
        let ends_sentence = bare.ends_with(STOPS) || bare.is_empty();
        let quoted = self.words.starts_with(['“', '"', '«', '„', '「']) && bare.len() < self.words.len();
        let listed = self.words.starts_with(['-', '*', '•', '–', '—', '|', '#']);
        self.span.len() as usize <= SHORT
            && !ends_sentence
            && !quoted
            && !listed
            && self.has_letters()
            && !self.has_sentence_end()
    }

    fn has_letters(&self) -> bool {
        self.words.chars().any(char::is_alphabetic)
    }

    /// Whether a sentence ends inside: a full stop after a number or a word too long to be an abbreviation.
    fn has_sentence_end(&self) -> bool {
        let ends = |word: &str| {
            let bare = word.strip_suffix('.').unwrap_or_default();
            let number = !bare.is_empty() && bare.chars().all(char::is_numeric);
            number || (bare.chars().count() > 4 && bare.chars().all(char::is_alphanumeric))
        };
        // A number that comes first counts the heading: `2. Armed drones`.
        self.words.split_whitespace().skip(1).any(ends)
    }
}

/// What a heading does not end with, in any script. Questions and cries may be headings.
const STOPS: [char; 17] = ['.', '…', ',', ';', ':', '。', '，', '；', '：', '、', '،', '؛', '۔', '।', '॥', '።', '។'];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    const PROSE: &str = "The two countries had relations in the early 1990s, before one of them ended these.";

    /// Each paragraph with the level of the heading that it is, 0 for none.
    fn levels(paragraphs: &[&str], between: &str) -> Vec<u8> {
        let text = Text::new(paragraphs.join(between));
        let parts = outline(&text, &[]);
        for (part, words) in parts.iter().zip(paragraphs) {
            let words = if part.heading.is_some() { words.trim_start_matches(['#', ' ']) } else { words };
            assert_eq!(text.slice(part.span), Some(words.trim()));
        }
        parts.iter().map(|part| part.heading.unwrap_or(0)).collect()
    }

    #[test]
    fn lines_that_readers_take_for_headings_are_headings() {
        for line in [
            "Strengthen the “hard power” of the kingdom",
            "Armed drones and spyware",
            "Awake at 3:12",
            "Why does it stand on one leg?",
            "Mr. Gantz in Rabat",
            "2. Armed drones",
            "الطائرات المسيرة وبرامج التجسس",
            "無人機とスパイウェア",
            "ड्रोन और जासूसी",
        ] {
            assert_eq!(levels(&["A title", PROSE, line, PROSE], "\n\n"), [1, 0, 2, 0], "{line}");
            assert_eq!(levels(&["A title", PROSE, line, PROSE], "\n"), [1, 0, 2, 0], "{line}, no empty lines");
        }
    }

    #[test]
    fn other_short_lines_are_not() {
        for line in [
            "He said no.",
            "“No!”",
            "“Never again,” he said.",
            "- a point of a list",
            "The Heron at dawn, October 12. ILKA TREVANE FOR “THE COURIER”",
            "* * *",
            "Dear reader,",
            "大臣は否定した。",
            "وقال الوزير لا۔",
            "one line that is much too long to be taken for a heading by anybody who reads this text",
        ] {
            assert_eq!(levels(&["A title", PROSE, line, PROSE], "\n\n"), [1, 0, 0, 0], "{line}");
        }
    }

    #[test]
    fn neighbours_decide_too() {
        for (paragraphs, expected) in [
            // A byline after a title; the last line; several short lines, as in a verse or a list of names.
            (&["A title", "By Odile Farrant, October 14", PROSE][..], &[1, 0, 0][..]),
            (&["A title", PROSE, "source site-29"], &[1, 0, 0]),
            (&["A title", PROSE, "The World with AFP", "source site-29"], &[1, 0, 0, 0]),
            (&["A title", PROSE, "Ann", "Bo", "Cleo", PROSE], &[1, 0, 0, 0, 2, 0]),
            (&[PROSE, PROSE], &[0, 0]),
            (&["Only a line"], &[0]),
            (&["# One", "## Two", PROSE, "###Three", PROSE, "#", PROSE], &[1, 2, 0, 0, 0, 0, 0]),
            (&["# One", "Two", PROSE], &[1, 2, 0]),
        ] {
            assert_eq!(levels(paragraphs, "\n\n"), expected, "{paragraphs:?}");
        }
        let wrapped = format!("A title\n\n{PROSE}\nbroken into lines by hand and\nends here.\n\n{PROSE}");
        assert!(outline(&Text::new(wrapped), &[]).iter().skip(1).all(|part| part.heading.is_none()));
        let text = Text::new(format!("Title\n\n{PROSE}\n\nRead also The letter\n\n{PROSE}"));
        let aside = outline(&text, &[])[2];
        assert_eq!(aside.heading, Some(2));
        assert_eq!(outline(&text, &[aside.span])[2].heading, None);
    }

    #[test]
    fn parts_are_found_by_place() {
        let text = Text::new("\n\n  Title\n\nOne.\n\nTwo.");
        let parts = outline(&text, &[]);
        assert_eq!(
            parts.iter().map(|part| part.span).collect::<Vec<_>>(),
            [(4, 9), (11, 15), (17, 21)].map(|(a, b)| Span::new(a, b))
        );
        for (at, number) in [(0, 0), (4, 0), (10, 0), (11, 1), (16, 1), (17, 2), (99, 2)] {
            assert_eq!(part_at(&parts, ascribe_schema::Offset(at)), number, "{at}");
        }
        assert!(outline(&Text::new(" \n\n"), &[]).is_empty());
    }
}
