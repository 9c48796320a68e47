//! What the window is for at the moment: to read and tag, to decide between annotators, to measure, to organise.

use super::{Command, Linting};

/// What the window shows of a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Room {
    /// The article, with one annotator's tags.
    #[default]
    Read,
    /// Several annotators' tags side by side, and what is decided between them.
    Review,
    /// How alike annotators worked, in figures.
    Agreement,
    /// Who does what, how far they are, and what they are told.
    Team,
}

impl Room {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Read, Self::Review, Self::Agreement, Self::Team];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::Review => "Review",
            Self::Agreement => "Agreement",
            Self::Team => "Team",
        }
    }

    /// What it is for.
    #[must_use]
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Read => "Read and tag",
            Self::Review => "Review: compare and decide",
            Self::Agreement => "Agreement: figures",
            Self::Team => "Team: who does what",
        }
    }

    /// Whether the article is shown there, with a list on either side.
    #[must_use]
    pub fn has_article(self) -> bool {
        matches!(self, Self::Read | Self::Review)
    }
}

impl Command {
    /// What must be shown for it, if that matters.
    #[must_use]
    pub fn room(&self) -> Option<Room> {
        match self {
            Self::View(_)
            | Self::Find
            | Self::FindWords(_)
            | Self::FindStep(_)
            | Self::Finding(_)
            | Self::ShowTab(_)
            | Self::StepTo(..)
            | Self::Revising(_)
            | Self::Suggesting(_)
            | Self::Linting(Linting::Fix) => Some(Room::Read),
            _ => None,
        }
    }
}
