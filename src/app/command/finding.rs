//! Commands about what is looked for, and about the list of what was found.

use ascribe_engine::Query;

/// What to do with what is looked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// Look in this way, or no longer.
    Mode(FindMode),
    /// List all hits, or no longer.
    List,
    /// Show the hit with that number.
    Show(usize),
    /// Go from the list to the text.
    Leave,
    /// Choose the hit with that number, or no longer.
    Choose(usize),
    /// Choose many hits.
    ChooseAll(Choice),
    /// Tag the chosen hits with the label of that number.
    TagChosen(usize),
    /// List where else the words of the focused annotation stand; or tag the chosen of these places as it is.
    SameWords,
}

/// Which hits to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// All.
    All,
    /// None.
    None,
    /// Those that are not tagged yet.
    Untagged,
}

/// A way to look for something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindMode {
    /// Upper and lower case differ.
    Case,
    /// Hits are whole words.
    Whole,
    /// The words are a regular expression.
    Pattern,
}

impl FindMode {
    /// All ways.
    pub const ALL: [Self; 3] = [Self::Case, Self::Whole, Self::Pattern];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Case => "Match upper and lower case",
            Self::Whole => "Whole words only",
            Self::Pattern => "Regular expression",
        }
    }

    /// The sign on its button.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Case => "Aa",
            Self::Whole => "|ab|",
            Self::Pattern => ".*",
        }
    }

    /// Whether a query looks in this way.
    #[must_use]
    pub fn is_on(self, query: &Query) -> bool {
        match self {
            Self::Case => query.case,
            Self::Whole => query.whole,
            Self::Pattern => query.pattern,
        }
    }

    /// The same query in this way, or no longer.
    #[must_use]
    pub fn toggled(self, query: &Query) -> Query {
        let mut query = query.clone();
        let mode = match self {
            Self::Case => &mut query.case,
            Self::Whole => &mut query.whole,
            Self::Pattern => &mut query.pattern,
        };
        *mode = !*mode;
        query
    }
}
