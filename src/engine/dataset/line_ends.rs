//! Texts as a project keeps them: no byte-order mark, LF line ends; with every offset moved along.

use std::sync::Arc;

use ascribe_schema::{Offset, Span, Text};

use super::{Kind, Record, Told};

/// The record with LF line ends and without a byte-order mark; whether anything was changed. What covered nothing but
/// characters that go is told.
#[must_use]
pub fn unify(mut record: Record, told: &mut Told) -> (Record, bool) {
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
    }
    drop_empty(&mut record, told);
    record.text = Arc::new(Text::new(text));
    (record, true)
}

/// Takes out what held nothing but a mark or a carriage return and holds nothing now, and tells it.
fn drop_empty(record: &mut Record, told: &mut Told) {
    const WHY: &str = "it covers nothing but a byte-order mark or half of a line end, which no text here has";
    for annotation in &mut record.annotations {
        let before = annotation.spans.len();
        annotation.spans.retain(|span| !span.is_empty());
        let gone = before - annotation.spans.len();
        told.left_out.leave_out(Kind::Fragment, gone, WHY, || format!("{} {}", record.id, annotation.id));
        if gone == 0 || !annotation.spans.is_empty() {
            continue;
        }
        let (attributes, note) = (&annotation.attributes, &annotation.note);
        let content = serde_json::json!({
            "id": annotation.id, "label": annotation.label, "attributes": attributes, "note": note,
        });
        let reason = format!("annotation `{}`: {WHY}", annotation.id);
        told.refuse((&record.id, 0), Kind::Annotation, reason, content.to_string());
        for (kind, count) in [(Kind::Attribute, attributes.len()), (Kind::Note, usize::from(!note.is_empty()))] {
            told.left_out.leave_out(kind, count, WHY, || format!("{} {}", record.id, annotation.id));
        }
    }
    let before = record.relations.len();
    record.retain(|_, annotation| !annotation.spans.is_empty());
    let cut = before - record.relations.len();
    told.left_out.leave_out(Kind::Relation, cut, "an end of it is left out", || record.id.clone());
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::*;
    use crate::dataset::{Annotation, Relation};

    #[test]
    fn offsets_move_with_the_characters() {
        let text = Text::new("\u{feff}a\r\nb\rc\r\n“d”");
        let spans = vec![Span::new(1, 5), Span::new(9, 12)];
        let quotes: Vec<_> = spans.iter().map(|span| text.slice(*span).unwrap().replace("\r\n", "\n")).collect();
        let annotations = vec![Annotation::new("1", "quote", spans)];
        let mut told = Told::default();
        let record = Record { text: Arc::new(text), annotations, ..Record::default() };
        let (record, changed) = unify(record, &mut told);
        assert!(changed && told == Told::default());
        assert_eq!(record.text.as_str(), "a\nb\rc\n“d”");
        let again: Vec<_> = record.annotations[0].spans.iter().map(|span| record.slice(*span).to_owned()).collect();
        assert_eq!(again, quotes);
    }

    #[test]
    fn what_covered_only_half_a_line_end_is_told() {
        let text = Arc::new(Text::new("a\r\nb"));
        let mut lost = Annotation::new("1", "quote", vec![Span::new(1, 2)]);
        lost.note = "n".to_owned();
        let kept = Annotation::new("2", "quote", vec![Span::new(0, 1), Span::new(1, 2), Span::new(3, 4)]);
        let tie = Relation { id: "r".to_owned(), kind: "same_as".to_owned(), from: 0, to: 1 };
        let record = Record { text, annotations: vec![lost, kept], relations: vec![tie], ..Record::default() };
        let mut told = Told::default();
        let (record, _) = unify(record, &mut told);
        assert_eq!(record.annotations[0].spans, [Span::new(0, 1), Span::new(2, 3)]);
        assert!(record.annotations.len() == 1 && record.relations.is_empty());
        assert!(told.refused.len() == 1 && told.refused[0].reason.contains("annotation `1`"), "{told:?}");
        let left_out = |kind| told.left_out.numbers(kind).left_out;
        let kinds = [Kind::Fragment, Kind::Relation, Kind::Note, Kind::Attribute];
        assert_eq!(kinds.map(left_out), [2, 1, 1, 0]);
    }
}
