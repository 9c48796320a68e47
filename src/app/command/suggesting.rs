//! Commands about suggestions.

use ascribe_schema::AnnotationId;

/// What to do with suggestions.
#[derive(Clone, Debug, PartialEq)]
pub enum Suggesting {
    /// Go to the next (true) or previous suggestion; where none is left there, on to the next widget.
    Step(bool),
    /// Accept the one in focus.
    Accept,
    /// Refuse the one in focus.
    Reject,
    /// Ask why, then refuse it.
    RejectWhy,
    /// Refuse that one, for this reason.
    RejectFor(AnnotationId, String),
    /// Show which would be accepted from a score on.
    AcceptAbove,
    /// Accept these at once.
    AcceptAll(Vec<AnnotationId>),
    /// Show which of the project's models could be run.
    RunModel,
    /// Show suggestions, or not.
    Toggle,
}
