//! `jsonl`: our own lossless records, one a line.
//!
//! The shape that `suggest --stream` speaks, too: `{"id", "text", "meta", "annotator", "annotations": [{"id", "label",
//! "spans": [[s, e]], "text": ["…"], "attributes": {}, "note", "origin", "created"}], "relations": [{"id", "kind",
//! "from", "to"}]}`, absent where empty. Offsets count Unicode scalar values.

mod read;
mod write;

pub(super) use self::{
    read::{open, recognise},
    write::{Lines, Writer, annotation, line, relation},
};
