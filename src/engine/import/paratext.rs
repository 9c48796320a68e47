//! Lines that are not the article.

use ascribe_schema::Span;

/// The lines of `text` that are probably not the article, in the order of the text.
pub(super) fn propose(text: &str) -> Vec<Span> {
    let _ = text;
    Vec::new()
}
