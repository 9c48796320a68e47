//! Commands about corrected texts.

/// What to do about a corrected text, and the tags that wait for a place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revising {
    /// Ask for a file with the corrected text of the document.
    Replace,
    /// Move the tags to the corrected text.
    MoveTags,
    /// Show what became of the tags that were moved.
    Report,
    /// Go to the next tag that waits for a place.
    NextWaiting,
    /// Place the focused tag, which waits, at the selection.
    PlaceHere,
    /// Show the text before the one that is shown; after the first, the newest.
    Earlier,
    /// Show the newest text again.
    Newest,
}
