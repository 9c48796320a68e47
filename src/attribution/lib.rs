//! Who said what: reads a text and proposes its quotes, sources, denials and claims, each with a reason.
//!
//! A text in, proposals out: the same text gives the same proposals on every machine, and nothing else is known here.
//! All rules are of this crate; the words that they go by are the plain files of `assets/lexicon/`.
//!
//! Inside, positions are bytes, because texts are read by bytes; what comes out are [`Span`](ascribe_schema::Span)s.

mod proposal;
mod sentence;

pub use proposal::{Proposal, Proposals, Tie};
pub use sentence::sentence_ends;

/// Proposes what is said in a text and by whom.
#[must_use]
pub fn propose(text: &ascribe_schema::Text, language: Option<&str>, aside: &[ascribe_schema::Span]) -> Proposals {
    // A stand-in until the rules are there.
    let _ = (language, aside);
    let mut proposals = Proposals::default();
    let mut rest = 0;
    while let Some(start) = text.as_str()[rest..].find('“').map(|at| at + rest) {
        let Some(end) = text.as_str()[start..].find('”').map(|at| at + start + '”'.len_utf8()) else { break };
        if let (Some(from), Some(to)) = (text.offset_of_byte(start), text.offset_of_byte(end)) {
            let spans = vec![ascribe_schema::Span::between(from, to)];
            let attributes = vec![("form", "direct".into())];
            let (score, rule) = (0.9, "quote.direct");
            proposals.annotations.push(Proposal {
                label: "quote",
                spans,
                attributes,
                score,
                rule,
                ..Proposal::default()
            });
        }
        rest = end;
    }
    proposals
}
