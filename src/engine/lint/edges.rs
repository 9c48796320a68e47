//! Where annotations begin and end: at words, beside quote marks, without white space.

use ascribe_attribution::Marks;
use ascribe_schema::{Annotation, Offset, Span};

use super::{
    Finding, Fix, Rule, Work,
    marks::{Quoted, Strings, is_mark},
    rules::{
        FORM_AGAINST_MARKS, SOURCE_OVER_LINES, SPAN_CUTS_QUOTE_MARK, SPAN_CUTS_WORD, SPAN_HAS_SPACE, TAG_IN_PARATEXT,
        UNBALANCED_MARKS,
    },
    work::{QUOTE, SOURCE, value, words},
};
use crate::{Action, lies_in, segment, snap};

pub(super) fn check(work: &Work<'_>, found: &mut Vec<Finding>) {
    let mut fragments: Vec<(Span, usize, usize)> = work
        .tags()
        .flat_map(|(number, tag)| tag.spans.iter().enumerate().map(move |(at, &span)| (span, number, at)))
        .filter(|(span, ..)| !span.is_empty() && span.end <= work.text.len())
        .collect();
    fragments.sort_unstable();
    let strings = Strings::of(work.text);
    for (span, number, at) in fragments {
        let edge = Edge { work, number, at, span };
        // What begins or ends with white space is looked at again without it.
        match edge.spaces().or_else(|| edge.marks(&strings)).or_else(|| edge.cut_words()) {
            Some(here) => found.push(here),
            None => found.extend(edge.form(&strings).or_else(|| edge.unbalanced(&strings))),
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
    fn finding(&self, rule: &Rule, message: String, fix: Option<(&str, Span)>) -> Finding {
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

    fn marks(&self, strings: &Strings) -> Option<Finding> {
        let (annotation, is_quote) = (self.annotation(), self.annotation().label == QUOTE);
        let to = if is_quote { self.with_marks(strings) } else { self.without_half(strings) };
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
    fn with_marks(&self, strings: &Strings) -> Span {
        let mut to = self.span;
        // At its edge may stand the mark of a quote inside the quote.
        let begins = strings.starting(self.span.start).any(|string| string.outer.start == self.span.start);
        let ends = strings.ending(self.span.end).any(|string| string.outer.end == self.span.end);
        let before = strings.starting(self.span.start).filter(|string| string.is_opened());
        let before =
            before.filter(|string| self.span.start <= string.inner.start && self.span.start > string.outer.start);
        if let Some(string) = before.last().filter(|_| !begins) {
            to.start = string.outer.start;
        }
        let after = strings.ending(self.span.end).filter(|string| string.is_closed());
        let mut after = after.filter(|string| self.span.end >= string.inner.end && self.span.end < string.outer.end);
        if let Some(string) = after.next().filter(|_| !ends) {
            to.end = string.outer.end;
        }
        to
    }

    /// Where anything else reaches that holds one mark of two at its edge, when that mark is left out.
    fn without_half(&self, strings: &Strings) -> Span {
        let (mut to, whole) = (self.span, |string: &&Quoted| string.is_opened() && string.is_closed());
        let half = |string: &&Quoted| string.outer.start == self.span.start && string.outer.end > self.span.end;
        if let Some(string) = strings.starting(self.span.start).filter(whole).find(half) {
            to.start = string.inner.start;
        }
        let half = |string: &&Quoted| string.outer.end == self.span.end && string.outer.start < self.span.start;
        if let Some(string) = strings.ending(self.span.end).filter(whole).find(half) {
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
    fn form(&self, strings: &Strings) -> Option<Finding> {
        let annotation = self.annotation();
        if annotation.label != QUOTE || self.at > 0 {
            return None;
        }
        let marked = |text: &String| text.chars().any(is_mark);
        let whole = || strings.starting(self.span.start).any(|string| string.outer == self.span && string.is_closed());
        let message = match value(annotation, "form")? {
            "direct" if !annotation.text.iter().any(marked) => "is called direct, but there are no quote marks in it",
            "indirect" if annotation.spans.len() == 1 && whole() => "is called indirect, but lies in quote marks",
            _ => return None,
        };
        Some(self.finding(&FORM_AGAINST_MARKS, format!("{} {message}", words(annotation)), None))
    }
}

impl Edge<'_> {
    /// A quote of which the article’s own marks are not what they should be.
    fn unbalanced(&self, strings: &Strings) -> Option<Finding> {
        if self.annotation().label != QUOTE {
            return None;
        }
        let whole = |string: &&Quoted| self.span.covers(string.outer);
        let from_here = strings.starting(self.span.start).filter(|string| string.outer.start == self.span.start);
        let to_here = strings.ending(self.span.end).filter(|string| string.outer.end == self.span.end);
        let said = words(self.annotation());
        let message = from_here.chain(to_here).filter(whole).find_map(|string| match string.marks {
            Marks::Balanced | Marks::Continued => None,
            Marks::MissingOpen => Some(format!("in the article, no mark opens {said}")),
            Marks::MissingClose => Some(format!("in the article, no mark closes {said}")),
            Marks::Mismatched => Some(format!("in the article, the marks of {said} do not go together")),
        })?;
        Some(self.finding(&UNBALANCED_MARKS, message, None))
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
