//! `quotations`: corpora of who said what that have shapes of their own; only read.
//!
//! - News in German (Petersen-Frey and Biemann 2024, <https://github.com/uhh-lt/german-news-quotation-attribution-2024>):
//!   an object of JSON a document, one a file or one a line, with `documentName`, `originalText`, and `annotations` that
//!   each have a `quote`, `speaker`, `cue`, `frame` and `addressee` of `{"spans": [{"charBegin", "charEnd"}], "text"}`,
//!   beside `type`, `medium`, `isNested` and `hasNested`.
//! - Lines `{"text", "attributions": [{"content": [[start, end]], "content_text", "source_clause": …, "type"}]}`.
//! - LitBank's quotations (<https://github.com/dbamman/litbank/tree/master/quotations>): texts of a sentence a line with
//!   spaces between the tokens, and `.ann` files of `QUOTE` and `ATTRIB` lines, which count sentences and tokens.
//!
//! Each part of an attribution becomes an annotation with the part's name as its label; what else is said of the
//! attribution becomes attributes of what was said (a `false` is left out). What was said is `attributed_to` its
//! speaker or source, `cued_by` its cue, `addressed_to` its addressee and `framed_by` its frame; any other part is a
//! relation of that name. LitBank's speakers are characters, not words of the text: they become the attribute `speaker`.
//!
//! Offsets count code points, or UTF-16 code units where only those hold the text that stands beside them.

mod json;
mod litbank;
mod read;

pub(super) use self::read::{open, recognise};
