//! `webanno-tsv`: WebAnno TSV 3, a table of tokens with columns for layers, for WebAnno and INCEpTION.
//!
//! Specification: INCEpTION User Guide, appendix “WebAnno TSV 3.3 File format”
//! (<https://inception-project.github.io/releases/36.0/docs/user-guide.html#sect_webannotsv>). Offsets count UTF-16 code
//! units.
//!
//! Written is a folder of `[ANNOTATOR/]ID.tsv`. Annotations are on DKPro Core's layer of named entities, which every
//! INCEpTION project has, with the label as `value`, the id as `identifier`, and a column for each attribute and the
//! note; relations are on a layer `custom.Relation`, and `custom.Continuation` ties an annotation's first fragment to
//! its others, for the format knows no fragments.
//!
//! The format has no rows for white space: an annotation that begins or ends in it is cut to its tokens, and one of
//! white space alone is left out. A sentence reaches to the first token of the next, so that the text between is kept;
//! only white space before the first token becomes spaces.

mod build;
mod escape;
mod header;
mod lines;
mod read;
mod rows;
mod sheet;
mod write;

pub(super) use self::{
    read::{open, recognise},
    write::Writer,
};
