//! Quoted strings of a line, and what state the marks of a tag are in. What is quoted, the attribution crate knows.

use std::ops::Range;

pub use ascribe_attribution::Marks;
use ascribe_attribution::{Quoted, quotations};
use ascribe_schema::{Offset, Span, Text};

/// How far before and behind a tag, in bytes and whole lines, quotations may begin and end that run through several
/// paragraphs.
const AROUND: usize = 8 * 1024;

/// All quoted strings of `stretch`, which should be one paragraph, with their marks: by start, the outer before the
/// inner.
#[must_use]
pub fn quoted_strings(text: &Text, stretch: Span) -> Vec<Span> {
    let (Some(content), Some(base)) = (text.slice(stretch), text.byte(stretch.start)) else { return Vec::new() };
    quoted_in(text, base, content)
}

fn quoted_in(text: &Text, base: usize, content: &str) -> Vec<Span> {
    let span = |part: Range<usize>| {
        let start = text.offset_of_byte(base + part.start)?;
        Some(Span { start, end: text.offset_of_byte(base + part.end)? })
    };
    quotations(content).into_iter().flat_map(|quoted| quoted.parts).filter_map(span).collect()
}

/// The line that holds `offset`, without its end.
#[must_use]
pub fn line_at(text: &Text, offset: Offset) -> Span {
    let (content, at) = (text.as_str(), text.byte(offset).unwrap_or(text.as_str().len()));
    let start = content[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = content[at..].find('\n').map_or(content.len(), |length| at + length);
    let offset_of = |byte| text.offset_of_byte(byte).unwrap_or_else(|| text.len());
    Span { start: offset_of(start), end: offset_of(end) }
}

/// The outermost quoted strings that start after (`forward`), or end before, `from`; the nearest first. Looks
/// no further than it is asked for.
pub fn quoted_from(text: &Text, from: Offset, forward: bool) -> impl Iterator<Item = Span> {
    let content = text.as_str();
    let at = text.byte(from).unwrap_or(content.len());
    let mut start = content[..at].rfind('\n').map_or(0, |end| end + 1);
    let mut end = content[at..].find('\n').map_or(content.len(), |length| at + length);
    // In bytes, because to find out the offsets of lines without marks would cost more than all else.
    let lines: Box<dyn Iterator<Item = (usize, &str)>> = if forward {
        Box::new(content[start..].split('\n').map(move |line| {
            let here = start;
            start += line.len() + 1;
            (here, line)
        }))
    } else {
        Box::new(content[..end].rsplit('\n').map(move |line| {
            let here = end - line.len();
            end = here.saturating_sub(1);
            (here, line)
        }))
    };
    lines.flat_map(move |(start, line)| {
        let mut strings = outermost(quoted_in(text, start, line));
        strings.retain(|span| if forward { span.start >= from } else { span.end <= from });
        if !forward {
            strings.reverse();
        }
        strings
    })
}

/// The smallest quoted string that holds all of `inside` and is not just that.
#[must_use]
pub fn quoted_around(text: &Text, inside: Span) -> Option<Span> {
    let line = line_at(text, inside.start);
    let around = quoted_strings(text, line).into_iter().filter(|span| span.covers(inside) && *span != inside);
    around.min_by_key(|span| span.len())
}

/// Where the outermost quoted string ends that goes on after `from`, or else the next one.
#[must_use]
pub fn quoted_end(text: &Text, from: Offset) -> Option<Offset> {
    let line = line_at(text, from);
    let here = outermost(quoted_strings(text, line)).into_iter().find(|span| span.end > from);
    here.or_else(|| quoted_from(text, line.end, true).next()).map(|span| span.end)
}

/// Where the outermost quoted string starts that has begun before `from`, or else the one before.
#[must_use]
pub fn quoted_start(text: &Text, from: Offset) -> Option<Offset> {
    let line = line_at(text, from);
    let here = outermost(quoted_strings(text, line)).into_iter().rev().find(|span| span.start < from);
    here.or_else(|| quoted_from(text, line.start, false).next()).map(|span| span.start)
}

fn outermost(mut strings: Vec<Span>) -> Vec<Span> {
    let mut end = Offset::ZERO;
    strings.retain(|span| {
        let outer = span.end > end;
        end = end.max(span.end);
        outer
    });
    strings
}

/// The state of the marks of a tag with these spans: the worst of the quotations that it takes in whole and that no
/// other holds which it takes in, too. Nothing where it has no marks of its own.
#[must_use]
pub fn state(text: &Text, spans: &[Span]) -> Option<Marks> {
    let bytes = |span: &Span| Some(text.byte(span.start)?..text.byte(span.end)?);
    let tagged: Vec<Range<usize>> = spans.iter().map(bytes).collect::<Option<_>>()?;
    let content = text.as_str();
    let start = content.floor_char_boundary(tagged.first()?.start.saturating_sub(AROUND));
    let start = content[..start].rfind('\n').map_or(0, |end| end + 1);
    let end = content.floor_char_boundary(tagged.last()?.end.saturating_add(AROUND));
    let end = content[end..].find('\n').map_or(content.len(), |length| end + length);
    let near = content.get(start..end)?;
    let mut within = 0;
    let mut outer = |quoted: &Quoted| {
        let last = quoted.parts.last().map_or(0, |part| part.end);
        let free = last > within;
        within = within.max(last);
        free
    };
    let held = quotations(near).into_iter().filter(|quoted| takes_in(near, start, &tagged, quoted));
    held.filter(|quoted| outer(quoted)).map(|quoted| quoted.marks).max_by_key(|marks| match marks {
        Marks::Balanced => 0,
        Marks::Continued => 1,
        Marks::Mismatched => 2,
        Marks::MissingClose => 3,
        Marks::MissingOpen => 4,
    })
}

/// Whether one of the spans holds a part of a quotation, without its marks if need be. Where a mark is missing, the
/// end on its side is only guessed.
fn takes_in(near: &str, start: usize, tagged: &[Range<usize>], quoted: &Quoted) -> bool {
    let sign = |c: char| !c.is_alphanumeric();
    quoted.parts.iter().any(|part| {
        let words = near[part.clone()].trim_start_matches(sign);
        let from = start + part.end - words.len();
        let to = from + words.trim_end_matches(sign).len();
        tagged.iter().any(|span| match quoted.marks {
            Marks::MissingOpen => from.max(span.start) < to && to <= span.end,
            Marks::MissingClose => span.start <= from && from < span.end.min(to),
            _ => span.start <= from && to <= span.end && from < to,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_walked_line_by_line_both_ways() {
        let text = Text::new("“a” b\n\n“c ‘d’ e”\n“f”");
        let words = |from, forward| {
            let spans = quoted_from(&text, Offset(from), forward);
            spans.filter_map(|span| text.slice(span)).collect::<Vec<_>>()
        };
        assert_eq!(words(0, true), ["“a”", "“c ‘d’ e”", "“f”"]);
        assert_eq!(words(1, true), ["“c ‘d’ e”", "“f”"]);
        assert_eq!(words(text.len().0, false), ["“f”", "“c ‘d’ e”", "“a”"]);
        assert_eq!(words(5, false), ["“a”"]);
        assert_eq!(words(0, false), Vec::<&str>::new());
    }

    #[test]
    fn strings_of_a_line_are_found_at_their_offsets() {
        let text = Text::new("é\n彼は「はい『本』です」と「");
        let line = line_at(&text, Offset(4));
        let found: Vec<_> = quoted_strings(&text, line).into_iter().filter_map(|span| text.slice(span)).collect();
        assert_eq!(found, ["「はい『本』です」", "『本』"]);
    }

    /// `[` and `]` stand around the spans of a tag.
    fn check(marked: &str, expected: Option<Marks>) {
        let (mut spans, mut at) = (Vec::new(), 0);
        for sign in marked.chars() {
            match sign {
                '[' => spans.push(Span::new(at, at)),
                ']' => spans.iter_mut().rev().take(1).for_each(|last| last.end = Offset(at)),
                _ => at += 1,
            }
        }
        let text = Text::new(marked.replace(['[', ']'], ""));
        assert_eq!(state(&text, &spans), expected, "{marked}");
    }

    #[test]
    fn the_marks_of_a_tag_are_as_its_quotations_are() {
        for (marked, expected) in [
            ("He said [“yes”].", Some(Marks::Balanced)),
            ("He said “[yes]”.", Some(Marks::Balanced)),
            ("[“Yes,”] he said, [“it is.]", Some(Marks::MissingClose)),
            ("[“Yes,”] he said, [“it is.”]", Some(Marks::Balanced)),
            ("He said [it was “good” and ”bad“].", Some(Marks::Mismatched)),
            ("[“One of ”these“ and ‘those’.”]", Some(Marks::Balanced)),
            ("“One of ”[these]“ and ‘those’.”", Some(Marks::Mismatched)),
            ("[I love cats,”] he said.", Some(Marks::MissingOpen)),
            ("[“One.\n\n“Two.”]", Some(Marks::Continued)),
            ("[“One.]\n\n“Two.”", Some(Marks::Continued)),
            ("“One.\n\n[“Two.”]", Some(Marks::Continued)),
            ("He said [it was so]. “No,” she said.", None),
            ("“He said [it was so] twice,” she said.", None),
            ("[]“a”", None),
        ] {
            check(marked, expected);
        }
        assert_eq!(state(&Text::new("“a”"), &[]), None);
        assert_eq!(state(&Text::new("“a”"), &[Span::new(1, 9)]), None);
    }
}
