//! `brat`: a folder of texts (`ID.txt`) with standoff annotations beside them (`ID.ann`).
//!
//! By <https://brat.nlplab.org/standoff.html> and, where that is silent, by what brat's own parser accepts
//! (`server/src/annotation.py` and `projectconfig.py` of nlplab/brat). Offsets count code points of the file as it is:
//! a byte-order mark and both parts of CR LF count, too.
//!
//! # Writing
//!
//! `T` lines for annotations, `A` for attributes, `R` for relations from `Arg1` to `Arg2`, `#` lines of the type
//! `AnnotatorNotes` for notes, and an `annotation.conf` with all of them. The work of an annotator who has a name stands
//! in a folder of that name. brat lines cannot hold line breaks, so a fragment that crosses one is written as one
//! fragment a line, as brat itself does. Labels, names and types take letters, digits, `_` and `-` (of other scripts any
//! character but white space); other characters become `_`. Values of attributes cannot hold tabs and line breaks, notes
//! no line breaks: they become spaces. What was changed so is kept in a `#` line of the type `Ascribe`, with JSON that
//! other programs show as a remark; reading restores from it what nobody has changed since. A document's metadata, and
//! who made an annotation and when, have no place.
//!
//! # Reading
//!
//! - `T` lines become annotations; the covered text must be what stands there, give or take white space. Where a
//!   program wrote it with its line breaks, the next lines are taken to it.
//! - `E` lines: the trigger is the annotation. An event of nothing but `Source`, `Cue` and `Content` arguments (however
//!   they are numbered) says who said what: every content is `attributed_to` every source and `cued_by` every cue, and
//!   the trigger has a relation `source`, `cue` or `content` to each argument. Any other event has a relation to each
//!   argument, named after its role. An argument that is an event is its trigger. A type that is not the trigger's label
//!   becomes its attribute `event`.
//! - `R` lines become relations, `*` lines relations from each to the next (`same_as` for `Equiv`).
//! - `A` and `M` lines become attributes (`true` where they have no value), `N` lines the attribute `reference`, with
//!   the name in `reference_text`.
//! - `#` lines of any type become notes; those of another type than `AnnotatorNotes` say so.
//! - Where there is no `.ann`, `.a1`, `.a2`, `.co` and `.rel` are read together. A text without any is a document without
//!   annotations if texts beside it have some.
//! - Texts in another folder are found by their name, also when the annotations' file has an annotator's name behind it:
//!   `text/ID.txt` and `attributions/ID_ANNOTATOR.ann`.

mod bound;
mod conf;
mod files;
mod names;
mod parse;
mod positions;
mod read;
mod resolve;
mod write;

pub(super) use self::{
    files::{open, recognise},
    write::Writer,
};
