//! What the left side can show.

/// What the left side can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The list of documents.
    #[default]
    Documents,
    /// The outline of the document that is shown.
    Outline,
}

impl Tab {
    /// Both, in order.
    pub const ALL: [Self; 2] = [Self::Documents, Self::Outline];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Documents => "Documents",
            Self::Outline => "Outline",
        }
    }
}
