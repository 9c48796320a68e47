//! Finding a quotation by its words and what stands before and after them.

use std::{cell::OnceCell, sync::Arc};

use ascribe_schema::{Offset, Span, Text};

use super::fold::Folded;
use crate::snap::cuts_cluster;

/// Every place in `text` where `exact` stands between `prefix` and `suffix`, as a W3C text quote selector means
/// it; overlapping places, too. Marks, spaces and ways to write a letter that mean the same are the same.
///
/// ```
/// use ascribe_engine::find_quote;
/// use ascribe_schema::{Span, Text};
///
/// let text = Text::new("He said “no”, and no again.");
/// assert_eq!(find_quote(&text, "\"no\"", "said ", ""), [Span::new(8, 12)]);
/// ```
#[must_use]
pub fn find_quote(text: &Text, exact: &str, prefix: &str, suffix: &str) -> Vec<Span> {
    find(text, &Folded::new(text.as_str()), exact, prefix, suffix)
}

/// A text in which many quotations may be looked for: it is folded once, when the first is.
pub(crate) struct Quoted {
    text: Arc<Text>,
    folded: OnceCell<Folded>,
}

impl Quoted {
    pub(crate) fn new(text: Arc<Text>) -> Self {
        Self { text, folded: OnceCell::new() }
    }

    pub(crate) fn text(&self) -> &Text {
        &self.text
    }

    /// As [`find_quote`].
    pub(crate) fn find(&self, exact: &str, prefix: &str, suffix: &str) -> Vec<Span> {
        let folded = self.folded.get_or_init(|| Folded::new(self.text.as_str()));
        find(&self.text, folded, exact, prefix, suffix)
    }
}

fn find(text: &Text, folded: &Folded, exact: &str, prefix: &str, suffix: &str) -> Vec<Span> {
    let quote = Folded::new(exact).text;
    if quote.is_empty() {
        return between(text, prefix, suffix);
    }
    // Folded together, because what a space means depends on what stands beside it.
    let whole = Text::new(format!("{prefix}{exact}{suffix}"));
    let view = Folded::new(whole.as_str());
    let start = Offset(prefix.chars().count() as u32);
    let inner = view.range(Span { start, end: start.plus(exact.chars().count() as u32) });
    let edge = |c: &str| c.starts_with(char::is_whitespace);
    let places = folded.places(&view.text).into_iter().map(|at| at + inner.start..at + inner.end);
    // White space at the far ends of the context is not in the view.
    let bounded = |place: &std::ops::Range<usize>| {
        let end = place.start - inner.start + view.text.len();
        let gap = |at: Option<u8>| at.is_none_or(|byte| byte == b' ' || byte == b'"');
        let before = (place.start - inner.start).checked_sub(1).map(|at| folded.text.as_bytes()[at]);
        let after = folded.text.as_bytes().get(end).copied();
        (!edge(prefix) || gap(before)) && (!suffix.ends_with(char::is_whitespace) || gap(after))
    };
    places.filter(bounded).filter_map(|place| folded.span(text, place)).collect()
}

/// Every place between `prefix` and `suffix`, with nothing there.
fn between(text: &Text, prefix: &str, suffix: &str) -> Vec<Span> {
    let content = text.as_str();
    let fits = |at: &usize| content[..*at].ends_with(prefix) && content[*at..].starts_with(suffix);
    let all = content.char_indices().map(|(at, _)| at).chain([content.len()]).filter(fits);
    let offsets = all.filter_map(|at| text.offset_of_byte(at)).filter(|&offset| !cuts_cluster(text, offset));
    offsets.map(|offset| Span { start: offset, end: offset }).collect()
}
