//! What the left side can show.

/// What the left side can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The list of documents.
    #[default]
    Documents,
    /// The outline of the document that is shown.
    Outline,
    /// Who speaks in the project.
    Sources,
}

impl Tab {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Documents, Self::Outline, Self::Sources];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Documents => "Documents",
            Self::Outline => "Outline",
            Self::Sources => "Sources",
        }
    }
}
