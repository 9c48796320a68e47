//! Commands of the room of the team.

use ascribe_engine::{assign::Assignments, feedback::Outcome, merge::Choice};
use ascribe_schema::{AnnotatorName, DocumentId};

/// What the room of the team shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    /// Who annotates what, and how far they are.
    #[default]
    Progress,
    /// What became of an annotator's tags.
    Feedback,
    /// What two copies of one's own work disagree about.
    Copies,
}

impl Section {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Progress, Self::Feedback, Self::Copies];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Progress => "Progress and assignments",
            Self::Feedback => "What became of the tags",
            Self::Copies => "Two copies differ",
        }
    }
}

/// What to do about the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Team {
    /// Show this.
    Show(Section),
    /// Go to the cell in that row and column of the table.
    Cell(usize, usize),
    /// Read that document.
    Open(DocumentId),
    /// Ask this annotator to annotate that document, or no longer.
    Assign(DocumentId, AnnotatorName),
    /// Give this annotator a column of the table.
    Add(AnnotatorName),
    /// Ask how documents are to be assigned evenly.
    Spread,
    /// Tell what became of this annotator's tags.
    Whose(AnnotatorName),
    /// Tell only of what became this, or of all.
    Only(Option<Outcome>),
    /// Go to the entry with that number.
    Entry(usize),
    /// Show it in the article.
    ShowEntry(usize),
    /// Ask where to write it: for the annotator who is shown, or for everyone (true).
    SaveFeedback(bool),
    /// Ask for a colleague's files and show what they would bring.
    Receive,
    /// The same for a folder.
    ReceiveFolder,
    /// Go to the thing with that number that two copies disagree about.
    Thing(usize),
    /// Take that copy of it.
    Settle(usize, Choice),
    /// Show it in the article.
    ShowThing(usize),
    /// Join the two copies that git has left in that file of the project.
    Unmark(String),
    /// Assign documents like that.
    Take {
        /// Who was asked for what when it was drawn.
        before: Assignments,
        /// Who is to be asked for the documents for which that changes.
        after: Assignments,
    },
}
