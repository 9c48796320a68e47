//! Commands about the list of sources.

use ascribe_engine::ledger::{Column, Mention};

/// Whose sources are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Whose {
    /// One's own.
    #[default]
    Mine,
    /// Everybody's, without what was adjudicated.
    Everyone,
    /// What was adjudicated.
    Gold,
}

impl Whose {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Mine, Self::Everyone, Self::Gold];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Mine => "Mine",
            Self::Everyone => "Everyone’s",
            Self::Gold => "Gold",
        }
    }
}

/// What to do with the list of sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sources {
    /// List these people's.
    Whose(Whose),
    /// Sort by this column, or the other way round if it is sorted by it already.
    Sort(Column),
    /// Go to the row with that number.
    Row(usize),
    /// Show the next mention of the row with that number.
    Mention(usize),
    /// Choose the row with that number, or no longer.
    Choose(usize),
    /// Ask for one name for the chosen rows.
    Merge,
    /// Ask which mentions of a row are somebody else.
    Split,
    /// Give one's own among these mentions this entity, or none.
    Name(Vec<Mention>, String),
    /// Ask for a file and write the list into it.
    Csv,
}
