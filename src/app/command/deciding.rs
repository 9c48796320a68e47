//! Commands about comparing annotators and deciding between them.

use ascribe_schema::{AnnotationId, AnnotationRef, AnnotatorName, CommentId, DecisionId, Link};

use crate::reviewing::Filter;

/// What to do about a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Deciding {
    /// Compare that annotator (true), or leave them out.
    Compare(AnnotatorName, bool),
    /// See others' tags although one's own are not finished.
    OpenAnyway,
    /// Call annotators by letters, or by their names.
    Anonymous,
    /// Show two annotators side by side, or all on one text.
    Beside,
    /// Show that side in the left (0) or right (1) column.
    Column(usize, usize),
    /// List documents instead of differences, or the other way round.
    ListDocuments(bool),
    /// List only these.
    Filter(Filter),
    /// Go to the case with that number.
    Case(usize),
    /// Go to the next (true) or previous difference in the list.
    Step(bool),
    /// Go to the next that nothing was decided about.
    StepOpen,
    /// Take what the side with that number has.
    Take(usize),
    /// Take what everybody has.
    TakeAll,
    /// Accept what all have alike.
    Accept,
    /// Nothing here is right.
    Reject,
    /// Decide later.
    Defer,
    /// Decide again as before, although something has changed since.
    Keep,
    /// Take the decision back.
    Undecide,
    /// Make it as it should be.
    Edit,
    /// Tag what everybody overlooked.
    Add,
    /// Take back what was tagged because all had overlooked it, by the id under which it is shown.
    Withdraw(AnnotationId),
    /// Change what is being made.
    Change(Change),
    /// Decide for what was made.
    TakeEdited,
    /// Go back to the case without it.
    LeaveEdited,
    /// Show which are alike for everybody, and could be accepted at once.
    Unanimous,
    /// Accept them.
    AcceptUnanimous,
    /// Forget decisions of which nothing is left.
    ForgetGone,
    /// Ask why that was decided so; for none, what was decided last or is in focus.
    Why(Option<DecisionId>),
    /// Say why, in a word of the list.
    Reason(String),
    /// Go to the field for a comment.
    Comment,
    /// Write a comment about these, or as an answer.
    Write(Vec<AnnotationRef>, Option<CommentId>, String),
    /// Say that a comment of one's own is settled, or not.
    Settle(CommentId, bool),
    /// Give a comment of one's own other words.
    Correct(CommentId, String),
    /// Take a comment of one's own back.
    Retract(CommentId),
}

/// How to change what is being made.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Start from what that side has.
    From(usize),
    /// Put it on the words that are selected.
    Selection,
    /// Put it on the words that side has.
    Words(usize),
    /// Give it this label.
    Label(String),
    /// Give an attribute a value, or none.
    Value(String, Option<String>),
    /// Tie it (true) or not.
    Link(Link, bool),
}
