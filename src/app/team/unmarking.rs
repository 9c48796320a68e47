//! Files in which git has left two copies with marks between: both are joined into one again.

use std::{fs, path::Path};

use ascribe_engine::{Tree, merge::merge_marked, store::Store, stored_text};
use ascribe_schema::DocumentId;

use crate::wording::counted;

/// Joins the two copies in a file of the project in that folder. Says what a person should know.
///
/// # Errors
///
/// Why not, for people; the file is as it was then.
pub(crate) fn unmark(project: &Path, path: &str) -> Result<String, String> {
    let refused = |reason: String| format!("{path} was left as it is: {reason}.");
    let bytes = fs::read(project.join(path)).map_err(|reason| refused(reason.to_string()))?;
    let tree = Tree::Folder(project.to_owned());
    // Its own name says of which document it is: between the marks nothing may be whole.
    let document = Path::new(path).file_stem().and_then(|stem| DocumentId::new(stem.to_string_lossy()).ok());
    let texts = |sha256: &str| stored_text(&tree, document.as_ref()?, sha256);
    let joined = merge_marked((&bytes, path), &texts).map_err(|reason| refused(reason.to_string()))?;
    let written = Store::at(project).replace_read(path, Some(&bytes), joined.text.as_bytes());
    written.map_err(|reason| refused(reason.to_string()))?;
    let open = match joined.conflicts.len() {
        0 => "nothing is left to choose".to_owned(),
        count => {
            format!("both changed {} differently, which whoever it belongs to must choose", counted(count, "thing"))
        }
    };
    Ok(format!("The two copies in {path} are joined; {open}. The file as it was is kept in .ascribe/backups."))
}
