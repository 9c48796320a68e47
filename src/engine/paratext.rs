//! What of a document is not the article, for one annotator.

use ascribe_schema::{Annotation, Span};

/// The parts of a document that are not the article: what was `proposed` at import and not rejected in one annotator's
/// `annotations`, and what is marked there; in the order of the text, apart from each other.
///
/// Suggestions, agreement and exports leave out what [lies in](lies_in) them.
pub fn paratext<'a>(proposed: &[Span], annotations: impl IntoIterator<Item = &'a Annotation>) -> Vec<Span> {
    let (mut marked, mut rejected) = (Vec::new(), Vec::new());
    for annotation in annotations {
        match annotation.paratext() {
            Some(true) => marked.extend(annotation.spans.iter().copied()),
            Some(false) => rejected.extend(annotation.spans.iter().copied()),
            None => {}
        }
    }
    let open = proposed.iter().filter(|span| !rejected.iter().any(|rejected: &Span| rejected.overlaps(**span)));
    marked.extend(open.copied());
    marked.sort_unstable();
    let mut parts: Vec<Span> = Vec::new();
    for span in marked {
        match parts.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => parts.push(span),
        }
    }
    parts
}

/// Whether all of an annotation lies in `paratext`, as [`paratext()`] gives it, without being such a mark itself.
#[must_use]
pub fn lies_in(paratext: &[Span], annotation: &Annotation) -> bool {
    annotation.paratext().is_none() && all_inside(paratext, &annotation.spans)
}

/// Whether all of these spans, of which there must be some, lie in `paratext`.
pub(crate) fn all_inside(paratext: &[Span], spans: &[Span]) -> bool {
    let inside = |span: &Span| {
        let after = paratext.partition_point(|part| part.start <= span.start);
        after.checked_sub(1).is_some_and(|last| paratext[last].covers(*span))
    };
    !spans.is_empty() && spans.iter().all(inside)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use ascribe_schema::{AnnotationId, AnnotatorName, Origin, PARATEXT, REJECTED};

    use super::*;

    fn annotation(label: &str, spans: &[(u32, u32)], rejected: bool) -> Annotation {
        let attribute = (REJECTED.0.to_owned(), REJECTED.1.to_owned());
        Annotation {
            id: AnnotationId::from_bits(0),
            label: label.to_owned(),
            spans: spans.iter().map(|&(start, end)| Span::new(start, end)).collect(),
            text: Vec::new(),
            attributes: rejected.then_some(attribute).into_iter().collect(),
            note: String::new(),
            origin: Origin::Human(AnnotatorName::new("amina").unwrap()),
            created: String::new(),
            text_sha256: String::new(),
            decided: None,
        }
    }

    #[test]
    fn proposals_hold_until_they_are_rejected_and_marks_hold_always() {
        let proposed = [Span::new(10, 20), Span::new(30, 40)];
        let of = |annotations: &[Annotation]| {
            paratext(&proposed, annotations).into_iter().map(|span| (span.start.0, span.end.0)).collect::<Vec<_>>()
        };
        assert_eq!(of(&[]), [(10, 20), (30, 40)]);
        assert_eq!(of(&[annotation("quote", &[(10, 20)], false)]), [(10, 20), (30, 40)]);
        assert_eq!(of(&[annotation(PARATEXT, &[(10, 20)], true)]), [(30, 40)]);
        assert_eq!(of(&[annotation(PARATEXT, &[(15, 25), (50, 60)], false)]), [(10, 25), (30, 40), (50, 60)]);
        let both = [annotation(PARATEXT, &[(10, 20)], true), annotation(PARATEXT, &[(12, 14)], false)];
        assert_eq!(of(&both), [(12, 14), (30, 40)]);
    }

    #[test]
    fn an_annotation_lies_in_it_only_as_a_whole() {
        let parts = [Span::new(10, 20), Span::new(30, 40)];
        let lies = |spans: &[(u32, u32)]| lies_in(&parts, &annotation("claim", spans, false));
        assert!(lies(&[(10, 20)]) && lies(&[(12, 14), (30, 31)]));
        assert!(!lies(&[(9, 12)]) && !lies(&[(12, 14), (25, 31)]) && !lies(&[(18, 32)]) && !lies(&[]));
        assert!(!lies_in(&parts, &annotation(PARATEXT, &[(10, 20)], false)), "the mark itself");
    }
}
