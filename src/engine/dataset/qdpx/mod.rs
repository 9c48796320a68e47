//! `qdpx`: a REFI-QDA project, for NVivo, MAXQDA, ATLAS.ti, QualCoder and other programs of qualitative research.
//!
//! REFI-QDA 1.5 and its schema of 18 March 2019, <https://www.qdasoftware.org>: an archive of `project.qde`, which is
//! XML, and texts in `sources/`. A document is a text source, an annotator a user, a label a code, a relation a link,
//! a fragment a plain-text selection with a coding. Positions count code points.
//!
//! Section 10.2 leaves in doubt whether `endPosition` is the last character or the one after it, and programs differ.
//! We write the one after it, as QualCoder does, and the exact words as the selection's `name`, by which Potato and
//! others find out; so does our reader, for each source, and so it finds out about programs that count UTF-16 code
//! units, as NVivo does.
//!
//! Where the standard has no place for what Ascribe knows:
//!
//! - An attribute's value is a code of its own (`Attributes` → name → value) with which the selection is coded, too.
//! - The fragments of an annotation are selections that a link `next fragment` ties together. Other programs see
//!   codings of their own, with a link.
//! - What is known of a document is in variables of its source, and who worked on it in a set of sources
//!   (`annotated by NAME`), because a person may find nothing to tag.
//!
//! Our reader knows these by their GUIDs (UUIDs that follow from the names), so what other programs call the same is
//! not taken for it. Nested codes of other programs become labels like `parent/child`. Reading passes over cases,
//! graphs, sets and the descriptions of codes; it refuses, and says so, sources that are no text, codings of whole
//! documents, selections without a code, and notes on anything but texts and selections. Texts are taken from inside
//! the archive only.

mod archive;
mod assemble;
mod project;
mod read;
mod write;

use super::names::uuid;

pub(super) use self::{
    read::{open, recognise},
    write::Writer,
};

/// The code above all attributes.
const ATTRIBUTES: &str = "Attributes";
/// What a link between fragments of one annotation is called.
const FRAGMENT: &str = "next fragment";
/// What wrote a project of ours, before its version.
const ORIGIN: &str = "Ascribe";
/// The file that an archive must have.
const PROJECT: &str = "project.qde";

/// The GUID of something of ours.
fn guid(words: &[&str]) -> String {
    uuid(words).to_string().to_uppercase()
}

/// The GUID of the code for an attribute's value.
fn value_guid(name: &str, value: &str) -> String {
    guid(&["qdpx value", name, value])
}

/// The GUID of a link between two selections that are fragments of one annotation.
fn fragment_guid(from: &str, to: &str) -> String {
    guid(&["qdpx fragment", from, to])
}

/// The GUID of the set of an annotator's sources.
fn set_guid(annotator: &str) -> String {
    guid(&["qdpx set", annotator])
}

/// The GUID of an annotator.
fn user_guid(annotator: &str) -> String {
    guid(&["qdpx user", annotator])
}

/// The GUID of the code for a label.
fn label_guid(label: &str) -> String {
    guid(&["qdpx code", label])
}

/// The GUID of the variable for something that is known of documents.
fn variable_guid(name: &str) -> String {
    guid(&["qdpx variable", name])
}
