//! Texts as a project keeps them: no byte-order mark, LF line ends; with every offset moved along.

use std::sync::Arc;

use ascribe_schema::{Offset, Span, Text};

use super::Record;

/// The record with LF line ends and without a byte-order mark; whether anything was changed.
#[must_use]
pub fn unify(mut record: Record) -> (Record, bool) {
    let content = record.text.as_str();
    if !content.contains("\r\n") && !content.starts_with('\u{feff}') {
        return (record, false);
    }
    // The offsets of all characters that go.
    let mut gone = Vec::new();
    let mut text = String::with_capacity(content.len());
    let mut characters = content.chars().zip(0_u32..).peekable();
    while let Some((c, at)) = characters.next() {
        let mark = at == 0 && c == '\u{feff}';
        let carriage = c == '\r' && characters.peek().is_some_and(|(next, _)| *next == '\n');
        if mark || carriage { gone.push(at) } else { text.push(c) }
    }
    let moved = |offset: Offset| offset.minus(gone.partition_point(|at| *at < offset.0) as u32);
    for annotation in &mut record.annotations {
        for span in &mut annotation.spans {
            *span = Span { start: moved(span.start), end: moved(span.end) };
        }
        // What held nothing but a carriage return holds nothing now.
        annotation.spans.retain(|span| !span.is_empty());
    }
    record.retain(|_, annotation| !annotation.spans.is_empty());
    record.text = Arc::new(Text::new(text));
    (record, true)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::dataset::Annotation;

    #[test]
    fn offsets_move_with_the_characters() {
        let text = Text::new("\u{feff}a\r\nb\rc\r\n“d”");
        let spans = vec![Span::new(1, 5), Span::new(9, 12)];
        let quotes: Vec<_> = spans.iter().map(|span| text.slice(*span).unwrap().replace("\r\n", "\n")).collect();
        let annotations = vec![Annotation::new("1", "quote", spans)];
        let (record, changed) = unify(Record { text: Arc::new(text), annotations, ..Record::default() });
        assert!(changed);
        assert_eq!(record.text.as_str(), "a\nb\rc\n“d”");
        let again: Vec<_> = record.annotations[0].spans.iter().map(|span| record.slice(*span).to_owned()).collect();
        assert_eq!(again, quotes);
    }
}
