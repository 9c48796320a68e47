//! Quoted strings: which marks open, which close, and what lies between, in any style and also where the
//! marks are wrong.

use ascribe_schema::{Offset, Span, Text};

/// A mark that is not closed at all counts to the end of its paragraph if that is no further than this.
const UNCLOSED: u32 = 1000;

/// A quote mark with what stands on either side; `None` is the edge of the paragraph.
#[derive(Clone, Copy)]
struct Mark {
    sign: char,
    at: u32,
    before: Option<char>,
    after: Option<char>,
}

/// Marks of one kind can close each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Double,
    Single,
    Guillemet,
    SmallGuillemet,
    Corner,
    WhiteCorner,
}

fn kind(sign: char) -> Option<Kind> {
    Some(match sign {
        '“' | '”' | '„' | '‟' | '"' | '＂' => Kind::Double,
        '‘' | '’' | '‚' | '‛' | '\'' => Kind::Single,
        '«' | '»' => Kind::Guillemet,
        '‹' | '›' => Kind::SmallGuillemet,
        '「' | '」' => Kind::Corner,
        '『' | '』' => Kind::WhiteCorner,
        _ => return None,
    })
}

impl Mark {
    fn kind(self) -> Option<Kind> {
        kind(self.sign)
    }

    /// Whether it is drawn as most languages draw a mark that closes.
    fn is_closing_shape(self) -> bool {
        matches!(self.sign, '”' | '’' | '»' | '›' | '」' | '』')
    }

    fn is_straight(self) -> bool {
        matches!(self.sign, '"' | '＂' | '\'')
    }

    /// Between letters it is an apostrophe.
    fn is_apostrophe(self) -> bool {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        matches!(self.sign, '’' | '\'') && letter(self.before) && letter(self.after)
    }

    /// Stands right before something and not right behind something: nobody closes like that.
    fn leans_right(self) -> bool {
        let free = self.before.is_none_or(|c| c.is_whitespace() || is_opening(c) || kind(c).is_some());
        free && self.after.is_some_and(|c| !c.is_whitespace() && !is_ending(c))
    }

    /// Stands right behind something and not right before something, or is followed by a comma or the like.
    fn leans_left(self) -> bool {
        let ends = self.after.is_none_or(|c| c.is_whitespace() || is_ending(c) || kind(c).is_some());
        ends && (self.before.is_some_and(|c| !c.is_whitespace()) || self.after.is_some_and(is_ending))
    }

    fn can_open(self) -> bool {
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match self.sign {
            '」' | '』' | '’' => false,
            '「' | '『' | '‚' => true,
            // Not the one of the '90s.
            '\'' => self.leans_right() && self.after.is_some_and(char::is_alphabetic),
            '"' | '＂' => self.leans_right() || (word(self.after) && self.before.is_some_and(char::is_alphabetic)),
            _ if self.is_closing_shape() => {
                !self.leans_left() && self.before.is_none_or(|c| c.is_whitespace() || is_opening(c))
            }
            _ => !self.leans_left() || self.before.is_none(),
        }
    }

    /// Whether it closes what `open` has opened.
    fn closes(self, open: Self) -> bool {
        if self.kind() != open.kind() {
            return false;
        }
        match (open.sign, self.sign) {
            ('「' | '『', _) => self.is_closing_shape(),
            ('‚', sign) => matches!(sign, '‘' | '’' | '\'') && !self.leans_right(),
            (_, '‘' | '‚' | '‛') => false,
            ('‘' | '\'' | '‛', _) => self.leans_left(),
            // As many languages close: „…“, and as most do.
            ('„' | '‟', '“') => !self.leans_right(),
            (_, '„') => false,
            _ if self.is_closing_shape() || self.is_straight() || open.is_closing_shape() => !self.leans_right(),
            // An opening mark that was put where one must close.
            _ => self.leans_left(),
        }
    }
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '–' | '—' | '-' | '/' | '¿' | '¡' | '（')
}

fn is_ending(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '。' | '，' | '、' | '؟' | '،' | '؛' | '）')
}

/// All quoted strings of `stretch`, which should be one paragraph, with their marks: by start, the outer
/// before the inner.
///
/// Marks are read by where they stand as well as by their form, so that `partnership ”,` and `implies. “,`
/// close, `the ” serious “.` is quoted, and the mark in `workers’ rights` is none.
#[must_use]
pub fn quoted_strings(text: &Text, stretch: Span) -> Vec<Span> {
    let marks = marks(text, stretch);
    let (mut open, mut found): (Vec<usize>, Vec<Span>) = (Vec::new(), Vec::new());
    for (number, &mark) in marks.iter().enumerate() {
        let opener = open.iter().rposition(|&other| mark.closes(marks[other]));
        let possessive = || is_possessive(&marks, number);
        if let Some(opener) = opener.filter(|_| !possessive()) {
            found.push(Span::new(marks[open[opener]].at, mark.at + 1));
            open.truncate(opener);
            continue;
        }
        // A closing mark in the place of an opening one is so rare that it must be answered by the next.
        open.retain(|&other| !marks[other].is_closing_shape() || marks[other].kind() != mark.kind());
        if mark.can_open() {
            open.push(number);
        }
    }
    found.extend(unclosed(text, stretch, &marks, &open));
    found.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    found
}

fn marks(text: &Text, stretch: Span) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut characters = text.slice(stretch).unwrap_or_default().chars().zip(stretch.start.0..).peekable();
    let mut before = None;
    while let Some((sign, at)) = characters.next() {
        if kind(sign).is_some() {
            let mark = Mark { sign, at, before, after: characters.peek().map(|(after, _)| *after) };
            if !mark.is_apostrophe() {
                marks.push(mark);
            }
        }
        before = Some(sign);
    }
    marks
}

/// Whether the mark is that of `the workers’ rights`: behind an s, with another mark further on that closes.
fn is_possessive(marks: &[Mark], number: usize) -> bool {
    let mark = marks[number];
    let behind_s = mark.before.is_some_and(|c| matches!(c, 's' | 'S')) && mark.after == Some(' ');
    let single = |mark: &&Mark| mark.kind() == Some(Kind::Single);
    let next = || marks[number + 1..].iter().find(single);
    single(&&mark) && behind_s && next().is_some_and(|next| next.leans_left() && next.sign != '‘')
}

/// A string that nobody closes goes on to the end of the paragraph, unless marks come after it that make this
/// unlikely.
fn unclosed(text: &Text, stretch: Span, marks: &[Mark], open: &[usize]) -> Option<Span> {
    let &number = open.first()?;
    let mark = marks[number];
    let last = marks[number + 1..].iter().all(|later| later.kind() != mark.kind());
    let long = mark.leans_right() && mark.kind() != Some(Kind::Single) && !mark.is_straight();
    let span = crate::snap::trim(text, Span { start: Offset(mark.at), end: stretch.end })?;
    (last && long && span.len() > 1 && span.len() <= UNCLOSED).then_some(span)
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
    let marked = lines.filter(|(_, line)| may_hold_marks(line));
    marked.flat_map(move |(start, line)| {
        let start = text.offset_of_byte(start).unwrap_or_default();
        let line = Span { start, end: start.plus(line.chars().count() as u32) };
        let mut strings = outermost(quoted_strings(text, line));
        strings.retain(|span| if forward { span.start >= from } else { span.end <= from });
        if !forward {
            strings.reverse();
        }
        strings
    })
}

/// Whether a line holds a byte with which marks begin; most hold none.
fn may_hold_marks(line: &str) -> bool {
    line.bytes().any(|byte| matches!(byte, b'"' | b'\'' | 0xc2 | 0xe2 | 0xe3 | 0xef))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_in_every_style_and_where_marks_are_wrong() {
        for (text, expected) in [
            ("He said “No, never”, twice.", &["“No, never”"][..]),
            ("a \"b c\" d \"e\"", &["\"b c\"", "\"e\""]),
            ("„Ja“, sagte er, „und ‚nein‘.“", &["„Ja“", "„und ‚nein‘.“", "‚nein‘"]),
            ("»Nein«, sagte sie.", &["»Nein«"]),
            ("Il dit : « Non, “jamais” ! » Et part.", &["« Non, “jamais” ! »", "“jamais”"]),
            ("”Ja”, sade han.", &["”Ja”"]),
            ("彼は「はい『本』です」と言った。", &["「はい『本』です」", "『本』"]),
            ("“a ‘b c’ d”", &["“a ‘b c’ d”", "‘b c’"]),
            ("‘The workers’ rights’, he said", &["‘The workers’ rights’"]),
            ("‘It’s so’ and the workers’ rights", &["‘It’s so’"]),
            ("don’t, the '90s, 6\" tall, rock ’n’ roll’s", &[]),
            ("'It is 'fine'' he said", &["'It is 'fine''", "'fine'"]),
            // As machine translation leaves them.
            ("due to“Hostile actions” kingdom", &["“Hostile actions”"]),
            ("decided to“Intensify” its", &["“Intensify”"]),
            ("allegations to the ” serious “. For", &["” serious “"]),
            (
                "“Until now. It is a declaration of our partnership ”, added",
                &["“Until now. It is a declaration of our partnership ”"],
            ),
            ("“It is possible, with all that this implies. “, he", &["“It is possible, with all that this implies. “"]),
            (
                "“Strengthen its” hard power “in a tense regional context” between",
                &["“Strengthen its”", "“in a tense regional context”"],
            ),
            ("part of the “Abrahamic Accords,” a process", &["“Abrahamic Accords,”"]),
            ("said ” no and then “yes” too", &["“yes”"]),
            // Opened and never closed: to the end of the paragraph.
            ("He said: “I shall go on.", &["“I shall go on."]),
            ("“One” and a stray “ here", &["“One”"]),
            ("قال «نعم» ثم ذهب", &["«نعم»"]),
            ("אמר \"כן\" והלך", &["\"כן\""]),
            ("no marks", &[]),
        ] {
            let text = Text::new(text);
            let found: Vec<_> =
                quoted_strings(&text, text.span()).into_iter().filter_map(|span| text.slice(span)).collect();
            assert_eq!(found, expected, "{}", text.as_str());
        }
    }

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
}
