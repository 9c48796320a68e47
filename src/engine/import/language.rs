//! Which language a text is in.

/// The language of `text` as a BCP 47 tag; nothing where that is unsure.
pub(super) fn detect(text: &str) -> Option<String> {
    let _ = text;
    None
}
