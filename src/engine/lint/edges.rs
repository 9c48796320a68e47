//! Where annotations begin and end: at words, beside quote marks, without white space.

use ascribe_schema::{Annotation, Offset, Span};

use super::{
    Finding, Fix, Work,
    rules::{
        FORM_AGAINST_MARKS, SOURCE_OVER_LINES, SPAN_CUTS_QUOTE_MARK, SPAN_CUTS_WORD, SPAN_HAS_SPACE, TAG_IN_PARATEXT,
    },
    work::{QUOTE, SOURCE, value, words},
};
use crate::{
    Action, lies_in,
    quoted::{line_at, quoted_strings},
    segment, snap,
};

/// How far a mark and the spaces inside it may reach.
const MARK: u32 = 4;

pub(super) fn check(work: &Work<'_>, found: &mut Vec<Finding>) {
    let mut fragments: Vec<(Span, usize, usize)> = work
        .tags()
        .flat_map(|(number, tag)| tag.spans.iter().enumerate().map(move |(at, &span)| (span, number, at)))
        .filter(|(span, ..)| !span.is_empty() && span.end <= work.text.len())
        .collect();
    fragments.sort_unstable();
    let mut line = Line::default();
    for (span, number, at) in fragments {
        if !line.span.covers(Span { start: span.start, end: span.start }) || line.span.is_empty() {
            line = Line::around(work, span.start);
        }
        let edge = Edge { work, number, at, span };
        // What begins or ends with white space is looked at again without it.
        match edge.spaces().or_else(|| edge.marks(&line)).or_else(|| edge.cut_words()) {
            Some(here) => found.push(here),
            None => found.extend(edge.form(&line)),
        }
    }
    for (number, tag) in work.tags() {
        if lies_in(&work.aside, tag) {
            let message = format!("{} lies in what is not the article", words(tag));
            found.push(work.finding(&TAG_IN_PARATEXT, &[number], tag.extent(), message));
        }
        if tag.label == SOURCE && tag.text.iter().any(|text| text.trim().contains('\n')) {
            let message = format!("{} runs over the end of a line", words(tag));
            found.push(work.finding(&SOURCE_OVER_LINES, &[number], tag.extent(), message));
        }
    }
}

/// The quoted strings of one line, by their starts and by their ends.
#[derive(Default)]
struct Line {
    span: Span,
    by_start: Vec<Quoted>,
    by_end: Vec<Quoted>,
}

/// A quoted string with its marks, and what lies between them without white space.
#[derive(Clone, Copy)]
struct Quoted {
    outer: Span,
    inner: Span,
}

impl Line {
    fn around(work: &Work<'_>, at: Offset) -> Self {
        let span = line_at(work.text, at);
        let mut by_start: Vec<_> =
            quoted_strings(work.text, span).into_iter().map(|outer| Quoted::of(work, outer)).collect();
        by_start.sort_by_key(|string| string.outer.start);
        let mut by_end = by_start.clone();
        by_end.sort_by_key(|string| string.outer.end);
        Self { span, by_start, by_end }
    }

    /// The strings that start within a mark's width before `at`, or there.
    fn starting(&self, at: Offset) -> impl Iterator<Item = &Quoted> {
        let first = self.by_start.partition_point(|string| string.outer.start < at.minus(MARK));
        self.by_start[first..].iter().take_while(move |string| string.outer.start <= at)
    }

    /// The strings that end within a mark's width after `at`, or there.
    fn ending(&self, at: Offset) -> impl Iterator<Item = &Quoted> {
        let first = self.by_end.partition_point(|string| string.outer.end < at);
        self.by_end[first..].iter().take_while(move |string| string.outer.end <= at.plus(MARK))
    }
}

impl Quoted {
    fn of(work: &Work<'_>, outer: Span) -> Self {
        let content = work.text.slice(outer).unwrap_or_default();
        let (front, back) = (mark(content.chars()), mark(content.chars().rev()));
        let inner = Span { start: outer.start.plus(front), end: outer.end.minus(back) };
        // A mark that stands alone opens nothing and closes nothing.
        Self { outer, inner: if inner.is_empty() { outer } else { inner } }
    }

    fn is_closed(self) -> bool {
        self.inner.end < self.outer.end
    }

    fn is_opened(self) -> bool {
        self.outer.start < self.inner.start
    }
}

/// How long the mark is that stands first, with the white space behind it; 0 where none does.
fn mark(mut characters: impl Iterator<Item = char> + Clone) -> u32 {
    let Some(first) = characters.next().filter(|&c| is_mark(c)) else { return 0 };
    // Typewriters write two signs for one mark.
    let second = characters.clone().next().filter(|&c| c == first && matches!(c, '`' | '\''));
    let signs = second.map_or(1, |_| 2);
    characters.by_ref().take(signs - 1).for_each(drop);
    (signs + characters.take_while(|c| c.is_whitespace()).count()) as u32
}

pub(super) fn is_mark(c: char) -> bool {
    matches!(
        c,
        '“' | '”'
            | '„'
            | '‟'
            | '"'
            | '＂'
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '\''
            | '`'
            | '´'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

/// One fragment of an annotation.
struct Edge<'a> {
    work: &'a Work<'a>,
    number: usize,
    at: usize,
    span: Span,
}

impl Edge<'_> {
    fn annotation(&self) -> &Annotation {
        self.work.annotation(self.number)
    }

    /// A finding of which the fix puts this fragment elsewhere.
    fn finding(&self, rule: &super::Rule, message: String, fix: Option<(&str, Span)>) -> Finding {
        let finding = self.work.finding(rule, &[self.number], self.span, message);
        let fix = fix.map(|(words, to)| {
            let mut spans = self.annotation().spans.clone();
            spans[self.at] = to;
            Fix { words: words.to_owned(), action: Action::SetSpans(self.annotation().id.clone(), spans) }
        });
        Finding { fix, ..finding }
    }

    fn spaces(&self) -> Option<Finding> {
        let content = self.work.text.slice(self.span)?;
        if !content.starts_with(char::is_whitespace) && !content.ends_with(char::is_whitespace) {
            return None;
        }
        let message = format!("there is white space at an end of {}", words(self.annotation()));
        let fix = snap::trim(self.work.text, self.span).map(|to| ("leave the space out", to));
        Some(self.finding(&SPAN_HAS_SPACE, message, fix))
    }

    fn marks(&self, line: &Line) -> Option<Finding> {
        let (annotation, is_quote) = (self.annotation(), self.annotation().label == QUOTE);
        let to = if is_quote { self.with_marks(line) } else { self.without_half(line) };
        if to == self.span || to.is_empty() {
            return None;
        }
        let said = words(annotation);
        let message = match (to.start != self.span.start, to.end != self.span.end) {
            _ if !is_quote => format!("{said} holds one quote mark without the other"),
            (true, true) => format!("the quote marks around {said} are left out"),
            (true, false) => format!("the quote mark before {said} is left out"),
            _ => format!("the quote mark after {said} is left out"),
        };
        let does = if is_quote { "take the marks in" } else { "leave the mark out" };
        Some(self.finding(&SPAN_CUTS_QUOTE_MARK, message, Some((does, to))))
    }

    /// Where a quote reaches that begins or ends right inside a mark, when that mark is taken in.
    fn with_marks(&self, line: &Line) -> Span {
        let mut to = self.span;
        // At its edge may stand the mark of a quote inside the quote.
        let begins = line.starting(self.span.start).any(|string| string.outer.start == self.span.start);
        let ends = line.ending(self.span.end).any(|string| string.outer.end == self.span.end);
        let before = line.starting(self.span.start).filter(|string| string.is_opened());
        let before =
            before.filter(|string| self.span.start <= string.inner.start && self.span.start > string.outer.start);
        if let Some(string) = before.last().filter(|_| !begins) {
            to.start = string.outer.start;
        }
        let after = line.ending(self.span.end).filter(|string| string.is_closed());
        let mut after = after.filter(|string| self.span.end >= string.inner.end && self.span.end < string.outer.end);
        if let Some(string) = after.next().filter(|_| !ends) {
            to.end = string.outer.end;
        }
        to
    }

    /// Where anything else reaches that holds one mark of two at its edge, when that mark is left out.
    fn without_half(&self, line: &Line) -> Span {
        let (mut to, whole) = (self.span, |string: &&Quoted| string.is_opened() && string.is_closed());
        let half = |string: &&Quoted| string.outer.start == self.span.start && string.outer.end > self.span.end;
        if let Some(string) = line.starting(self.span.start).filter(whole).find(half) {
            to.start = string.inner.start;
        }
        let half = |string: &&Quoted| string.outer.end == self.span.end && string.outer.start < self.span.start;
        if let Some(string) = line.ending(self.span.end).filter(whole).find(half) {
            to.end = string.inner.end;
        }
        to
    }

    /// Annotations that begin or end between two letters of a word.
    fn cut_words(&self) -> Option<Finding> {
        let (start, end) = (self.cut_word(self.span.start), self.cut_word(self.span.end));
        let to = Span {
            start: start.map_or(self.span.start, |word| word.start),
            end: end.map_or(self.span.end, |word| word.end),
        };
        let word = self.work.text.slice(start.or(end)?)?;
        let message = format!("{} cuts the word “{word}”", words(self.annotation()));
        Some(self.finding(&SPAN_CUTS_WORD, message, Some(("take the whole word", to))))
    }

    fn cut_word(&self, at: Offset) -> Option<Span> {
        let text = self.work.text;
        let (before, after) = (text.char_at(at.minus(1))?, text.char_at(at)?);
        if at == Offset::ZERO || !ends_with_a_space(before) || !ends_with_a_space(after) {
            return None;
        }
        let word = segment::word_at(text.as_str(), text.byte(at)?)?;
        let word = Span { start: text.offset_of_byte(word.start)?, end: text.offset_of_byte(word.end)? };
        (word.start < at).then_some(word)
    }

    /// What a quote says of its form against the marks that stand in it.
    fn form(&self, line: &Line) -> Option<Finding> {
        let annotation = self.annotation();
        if annotation.label != QUOTE || self.at > 0 {
            return None;
        }
        let marked = |text: &String| text.chars().any(is_mark);
        let whole = || line.starting(self.span.start).any(|string| string.outer == self.span && string.is_closed());
        let message = match value(annotation, "form")? {
            "direct" if !annotation.text.iter().any(marked) => "is called direct, but there are no quote marks in it",
            "indirect" if annotation.spans.len() == 1 && whole() => "is called indirect, but lies in quote marks",
            _ => return None,
        };
        Some(self.finding(&FORM_AGAINST_MARKS, format!("{} {message}", words(annotation)), None))
    }
}

/// Whether words of that script end where a space or a sign stands: elsewhere, as in Chinese or Thai, and where small
/// words are written to the next one, as in Arabic, half a word may well be meant.
fn ends_with_a_space(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{590}'..='\u{8ff}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{20000}'..)
}
