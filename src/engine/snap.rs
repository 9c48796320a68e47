//! From where a pointer went to what a person meant: words, quoted strings, clusters.

use ascribe_schema::{Offset, Span, Text};
use unicode_segmentation::GraphemeCursor;

use crate::{quoted::quoted_around, segment};

/// How far around a position to look for the ends of a paragraph, in characters.
const REACH: u32 = 2000;

/// Widens a span to whole words and takes white space off its ends.
///
/// A quote mark or other punctuation is never part of a word: it is inside only when the span reached over
/// it, so a word next to `“Hostile actions”` does not swallow its mark. A span of nothing but white space
/// stays as it is.
#[must_use]
pub fn words(text: &Text, span: Span) -> Span {
    let start =
        word_at(text, span.start).filter(|word| word.contains(span.start)).map_or(span.start, |word| word.start);
    let last = span.end.minus(1).max(span.start);
    let inside = word_at(text, last).filter(|word| word.contains(last) && word.end > span.end);
    let end = inside.map_or(span.end, |word| word.end);
    let wide = Span { start, end: end.max(span.start) };
    trim(text, wide).unwrap_or(span)
}

/// Takes white space off both ends; nothing when nothing else is left.
#[must_use]
pub fn trim(text: &Text, span: Span) -> Option<Span> {
    let content = text.slice(span)?;
    let front = content.chars().take_while(|c| c.is_whitespace()).count() as u32;
    let back = content.chars().rev().take_while(|c| c.is_whitespace()).count() as u32;
    let trimmed = Span { start: span.start.plus(front), end: span.end.minus(back) };
    (!trimmed.is_empty()).then_some(trimmed)
}

/// The word that holds the character at `offset`; nothing where there is no word.
#[must_use]
pub fn word_at(text: &Text, offset: Offset) -> Option<Span> {
    let word = segment::word_at(text.as_str(), text.byte(offset)?)?;
    Some(Span { start: text.offset_of_byte(word.start)?, end: text.offset_of_byte(word.end)? })
}

/// The stretch between two line ends around `offset`, about 2,000 characters to either side at most; a visible
/// character is never cut.
#[must_use]
pub fn paragraph_at(text: &Text, offset: Offset) -> Span {
    let before = Span { start: offset.minus(REACH), end: offset };
    let after = Span { start: offset, end: offset.plus(REACH).min(text.len()) };
    let (before_text, after_text) = (text.slice(before).unwrap_or(""), text.slice(after).unwrap_or(""));
    let start = before_text.chars().rev().take_while(|&c| c != '\n').count() as u32;
    let end = after_text.chars().take_while(|&c| c != '\n').count() as u32;
    let mut stretch = Span { start: offset.minus(start), end: offset.plus(end) };
    while cuts_cluster(text, stretch.start) {
        stretch.start = stretch.start.minus(1);
    }
    while cuts_cluster(text, stretch.end) {
        stretch.end = stretch.end.plus(1);
    }
    stretch
}

/// The quoted string around `offset`, marks included: the smallest of its line that holds it.
#[must_use]
pub fn quoted_at(text: &Text, offset: Offset) -> Option<Span> {
    quoted_around(text, Span { start: offset, end: offset })
}

/// Whether `offset` lies inside what a reader sees as one character (UAX #29, grapheme clusters).
#[must_use]
pub fn cuts_cluster(text: &Text, offset: Offset) -> bool {
    let (Some(byte), text) = (text.byte(offset), text.as_str()) else { return false };
    let around = [byte.checked_sub(1), Some(byte)].map(|at| at.and_then(|at| text.as_bytes().get(at)));
    if let [Some(before), Some(after)] = around
        && !(before.is_ascii() && after.is_ascii())
    {
        return !GraphemeCursor::new(byte, text.len(), true).is_boundary(text, 0).unwrap_or(true);
    }
    false
}

/// The position one grapheme cluster after (`forward`) or before `offset`.
#[must_use]
pub fn cluster_step(text: &Text, offset: Offset, forward: bool) -> Option<Offset> {
    let (byte, content) = (text.byte(offset)?, text.as_str());
    let mut cursor = GraphemeCursor::new(byte, content.len(), true);
    let step = if forward { cursor.next_boundary(content, 0) } else { cursor.prev_boundary(content, 0) };
    text.offset_of_byte(step.ok()??)
}

/// The nearest end of a word after (`forward`) or before `offset`.
#[must_use]
pub fn word_end_step(text: &Text, offset: Offset, forward: bool) -> Option<Offset> {
    let (byte, content) = (text.byte(offset)?, text.as_str());
    if forward {
        return text.offset_of_byte(segment::word_after(content, byte)?.end);
    }
    let mut word = segment::word_before(content, byte)?;
    if word.end >= byte {
        word = segment::word_before(content, word.start)?;
    }
    text.offset_of_byte(word.end)
}

/// The nearest start of a word after (`forward`) or before `offset`.
#[must_use]
pub fn word_start_step(text: &Text, offset: Offset, forward: bool) -> Option<Offset> {
    let (byte, content) = (text.byte(offset)?, text.as_str());
    if !forward {
        return text.offset_of_byte(segment::word_before(content, byte)?.start);
    }
    let mut word = segment::word_after(content, byte)?;
    if word.start <= byte {
        word = segment::word_after(content, word.end)?;
    }
    text.offset_of_byte(word.start)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    /// `[` and `]` mark the span in the text.
    fn marked(marked: &str) -> (Text, Span) {
        let at = |c| marked.chars().position(|other| other == c).unwrap() as u32;
        let span = Span::new(at('['), at(']') - 1);
        (Text::new(marked.replace(['[', ']'], "")), span)
    }

    #[test]
    fn spans_snap_to_words_and_leave_quote_marks_alone() {
        for (drawn, meant) in [
            ("the mi[nister sa]id", "the [minister said]"),
            ("due to[“Hosti]le actions” here", "due to[“Hostile] actions” here"),
            ("due t[o]“Hostile actions” here", "due [to]“Hostile actions” here"),
            ("the ”[ serious ]“.", "the ” [serious] “."),
            ("don’t s[ay]", "don’t [say]"),
            ("we d[o]n’t", "we [don’t]"),
            ("[“Yes”,] he said", "[“Yes”,] he said"),
            ("a [ ] b", "a [ ] b"),
            ("Ça va, dit-e[l]le", "Ça va, dit-[elle]"),
            ("قال الو[زي]ر إن", "قال [الوزير] إن"),
            ("ראש הממ[ש]לה", "ראש [הממשלה]"),
            ("大臣は「[そ]れは嘘だ」と", "大臣は「[それ]は嘘だ」と"),
            ("外交部发[言]人否认", "外交部[发言]人否认"),
            ("รัฐมนตรีก[ล่]าวว่า", "รัฐมนตรี[กล่าว]ว่า"),
            ("सर[का]र ने", "[सरकार] ने"),
        ] {
            let ((text, span), (_, expected)) = (marked(drawn), marked(meant));
            assert_eq!(words(&text, span), expected, "{drawn}");
        }
    }

    #[test]
    fn quoted_strings_are_found_from_inside() {
        for (inside, expected) in [
            ("He said [“N]o, never”, twice.", "He said [“No, never]”, twice."),
            ("x [«] Non » y", "x [« Non ]» y"),
            ("“a ‘b[ ]c’ d”", "“a [‘b c]’ d”"),
            ("“it’[s] so”", "[“it’s so]”"),
        ] {
            let ((text, at), (_, expected)) = (marked(inside), marked(expected));
            let whole = Span { start: expected.start, end: expected.end.plus(1) };
            assert_eq!(quoted_at(&text, at.start), Some(whole), "{inside}");
        }
        assert_eq!(quoted_at(&Text::new("no marks"), Offset(3)), None);
    }

    #[test]
    fn steps_keep_clusters_whole() {
        let text = Text::new("e\u{301}👩‍👩‍👧‍👦 x");
        let first = cluster_step(&text, Offset(0), true).unwrap();
        let second = cluster_step(&text, first, true).unwrap();
        assert_eq!((first, second), (Offset(2), Offset(9)));
        assert_eq!(cluster_step(&text, second, false), Some(first));
        assert_eq!(cluster_step(&text, Offset(0), false), None);
        let text = Text::new("one, two three");
        assert_eq!(word_end_step(&text, Offset(3), true), Some(Offset(8)));
        assert_eq!(word_end_step(&text, Offset(8), false), Some(Offset(3)));
        assert_eq!(word_start_step(&text, Offset(0), true), Some(Offset(5)));
        assert_eq!(word_start_step(&text, Offset(5), false), Some(Offset(0)));
    }
}
