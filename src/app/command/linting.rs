//! Commands about what lint finds.

use ascribe_schema::{AnnotationId, AnnotatorName, DocumentId};

/// What to do about what lint finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Linting {
    /// Settle the first finding about the focused annotation that can be settled at once.
    Fix,
    /// Turn a rule on (true) or off for the project.
    Turn(&'static str, bool),
    /// Go to what was found in this set, and to this annotation of it, if it is about one.
    Show(DocumentId, AnnotatorName, Option<AnnotationId>),
}
