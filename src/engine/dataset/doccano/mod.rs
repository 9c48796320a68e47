//! `doccano` and `doccano-py`: doccano's JSON lines with entities and relations.
//!
//! There is no specification; read are doccano 1.8.4's importer (`data_import/pipeline`) and exporter. A line is
//! `{"text", "entities": [{"id", "label", "start_offset", "end_offset"}], "relations": [{"id", "from_id", "to_id",
//! "type"}], "Comments"}`. Import it into a project for sequence labelling with relations and *allow overlapping* set:
//! without the latter doccano drops spans, and fails when a relation loses an end by that. Its window counts UTF-16 code units
//! (`doccano`), though programs in Python read the same files by code points (`doccano-py`); nothing in a file says
//! which, but ours do in `offsets`, and `unit.rs` finds out by the spans of other files.
//!
//! doccano leaves keys aside that it does not know. On an entity our own are `annotation` (the id, the same on all
//! fragments of one annotation), `attributes` and `note`; on a line `id`, `annotator`, `meta` and `offsets`.
//!
//! Read, too: `"label": [[start, end, label]]`, entities as such triples, the older `annotations` and `data`, and
//! arrays of such lines. What is said of a whole text (`cats`, labels that are only words) becomes part of its `meta`.

mod read;
mod unit;
mod write;

pub(super) use self::{
    read::{open, recognise},
    write::Writer,
};
