//! The rules, asked about one text.

use std::borrow::Cow;

use ascribe_attribution::{Proposal, Proposals};
use ascribe_schema::{Offset, Span, Text};

use crate::quoted::quoted_from;

/// What the rules propose. A stand-in for `ascribe_attribution::propose`, with its signature: quoted strings only.
pub(super) fn propose(text: &Text, _language: Option<&str>, aside: &[Span]) -> Proposals {
    let quotes = quoted_from(text, Offset::ZERO, true).filter(|span| !aside.iter().any(|part| part.covers(*span)));
    let quote = |span| Proposal {
        label: "quote",
        spans: vec![span],
        attributes: vec![("form", Cow::Borrowed("direct"))],
        score: 0.8,
        rule: "quote.direct",
        because: Vec::new(),
    };
    Proposals { language: Cow::Borrowed(""), annotations: quotes.map(quote).collect(), relations: Vec::new() }
}
