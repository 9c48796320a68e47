//! Who said what: reads a text and proposes its quotes, sources, denials and claims, each with a reason.
//!
//! A text in, proposals out: the same text gives the same proposals on every machine, and nothing else is known here.
//! All rules are of this crate; the words that they go by are the plain files of `assets/lexicon/`.
//!
//! Inside, positions are bytes, because texts are read by bytes; what comes out are [`Span`](ascribe_schema::Span)s.

mod dispute;
mod english;
mod german;
mod language;
pub mod lexicon;
mod marks;
mod plain;
#[cfg(test)]
mod properties;
mod proposal;
mod propose;
mod reading;
mod reason;
mod score;
mod sentence;
mod source;
mod sources;
mod statement;
#[cfg(test)]
mod table;
mod token;
mod utterance;

pub use language::detect;
pub use marks::{Marks, Quoted, quotations};
pub use proposal::{Proposal, Proposals, Tie};
pub use propose::propose;
pub use reason::reason;
pub use sentence::sentence_ends;
