//! `hypothesis`: annotations from the Hypothes.is API, or exported by its client. Only read.
//!
//! <https://h.readthedocs.io/en/latest/api/>: `{"total", "rows": […]}`, and the client's export `{"annotations": […]}`;
//! a list of annotations and JSON lines are read, too. An annotation has the page's `uri`, a `user`, `tags`, a `text`,
//! and selectors: positions count UTF-16 code units of the page as a browser shows it, quotations have 32 units of
//! context.
//!
//! There is no text in it: the page must be among the documents that are known, by its URL or another that it gives. What a browser shows is
//! more than the article, so positions seldom fit, and words decide. The first tag is the label, a tag like `name:value`
//! or `name=value` an attribute, any other tag an attribute with the value `true`; without tags the label is
//! `highlight`, or `comment` where somebody wrote one. The `text` is the note, the user the annotator. Page notes and
//! replies mark no words, and are refused.

mod read;

pub(super) use self::read::{open, recognise};
