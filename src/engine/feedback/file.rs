//! Files that tell an annotator what became of their tags.

use std::io;

use super::{Feedback, markdown};
use crate::Project;

/// The content of a file that tells an annotator what became of their tags: JSON for programs, or else Markdown.
///
/// # Errors
///
/// When it cannot be put into JSON.
pub fn file(feedback: &Feedback, project: &Project, json: bool) -> io::Result<Vec<u8>> {
    if !json {
        return Ok(markdown(feedback, project).into_bytes());
    }
    let mut bytes = serde_json::to_vec_pretty(feedback)?;
    bytes.push(b'\n');
    Ok(bytes)
}
