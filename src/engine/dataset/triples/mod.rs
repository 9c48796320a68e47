//! `triples` and `triples-jsonl`: who said what, one row an attribution, as CSV or JSON lines.
//!
//! No standard; the columns are those that studies of quotation use: source, cue, content. An attribution is a
//! relation `attributed_to` from a content (a quote, claim or denial) to its source. Its cue is what a relation
//! `cued_by` from the same content leads to; where there is none, `content_label` says how it was said. `start` and
//! `end` reach from the first to the last fragment, `spans` are all fragments as `12-30 45-50`, and the text of
//! several fragments is joined by ` … `. Offsets count Unicode scalar values.
//!
//! It holds nothing else: annotations that are in no attribution, other relations, attributes and notes are left out.

mod write;

use super::{Fragments, Holds};

pub(super) use self::write::Writer;

/// What it holds: attributions only.
pub(super) const HOLDS: Holds = Holds { fragments: Fragments::Kept, relations: true, attributes: false, notes: false };
