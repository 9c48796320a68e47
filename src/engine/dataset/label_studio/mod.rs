//! `label-studio`: tasks for Label Studio, with the labelling configuration that they need.
//!
//! The folder holds `config.xml`, to be pasted into a new project's *Labeling Interface*, and `tasks.json`, to be
//! imported then. Described at <https://labelstud.io/guide/task_format> and read from Label Studio 1.23.2. Offsets count
//! code points (its editor converts; older versions wrote UTF-16, which is found out by the text that each region
//! carries).
//!
//! Each record is a task with one annotation, because those who tagged here are no users there; `data` says the
//! `document` and the `annotator`, and what is known of the document. A fragment after the first is a region of its own,
//! tied to the first by the relation [`FRAGMENT_OF`], which its editor shows and our reader undoes. Attributes are
//! choices beside each region where the scheme lists values, and text areas otherwise; a note is a text area.
//!
//! Read are the server's exports `JSON` and `JSON_MIN`, and what it writes into a storage, an annotation a file: `annotations`, or `completions` in old ones, each as a record
//! of its own. Predictions and drafts are nobody's finished work and only counted. Regions in HTML are refused unless
//! their `globalOffsets` hold their text.

mod config;
mod read;
mod result;
mod write;

/// The type of the relations that tie a fragment to the first of its annotation.
const FRAGMENT_OF: &str = "fragment_of";
/// The names of the controls that are there in every configuration.
const LABEL: &str = "label";
const TEXT: &str = "text";
const NOTE: &str = "note";
/// What stands before an attribute's name where that is the name of one of those.
const ATTRIBUTE: &str = "attribute-";

/// The name of an attribute's control.
fn control(attribute: &str) -> String {
    let taken = [LABEL, TEXT, NOTE].contains(&attribute) || attribute.starts_with(ATTRIBUTE);
    if taken { format!("{ATTRIBUTE}{attribute}") } else { attribute.to_owned() }
}

/// The attribute of a control.
fn attribute(control: &str) -> &str {
    control.strip_prefix(ATTRIBUTE).unwrap_or(control)
}

pub(super) use self::{
    read::{open, recognise},
    write::Writer,
};
