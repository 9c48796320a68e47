//! Files that tell annotators what became of their tags.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use ascribe_engine::{
    Project,
    feedback::{feedback, file},
    store::write_file,
};
use ascribe_schema::{AnnotatorName, DocumentId};

use crate::{
    exporting::Material,
    wording::{counted, sentence_case},
};

/// For whom such files are written, and where.
pub(crate) enum Letters {
    /// For one annotator, into this file.
    One(AnnotatorName, PathBuf),
    /// For each of these, into this folder.
    All(Vec<AnnotatorName>, PathBuf),
}

/// Writes the files, and says what was written; nothing is told of the documents that are hidden from who writes.
pub(crate) fn write(material: &Material, letters: &Letters, hidden: &BTreeSet<DocumentId>) -> Result<String, String> {
    let project = material.project()?;
    let told = match letters {
        Letters::One(name, path) => {
            let left_out = letter(&project, name, path, hidden)?;
            (format!("What became of {name}’s tags is written to {}", path.display()), left_out)
        }
        Letters::All(names, folder) => {
            let path = |name: &AnnotatorName| folder.join(format!("feedback-{name}.md"));
            if let Some(there) = names.iter().map(path).find(|path| path.exists()) {
                return Err(format!(
                    "Nothing was written: {} is there already. Choose another folder.",
                    there.display()
                ));
            }
            let left_out = names.iter().map(|name| letter(&project, name, &path(name), hidden));
            let left_out = left_out.collect::<Result<Vec<_>, _>>()?.into_iter().max().unwrap_or_default();
            (format!("{} written to {}", counted(names.len(), "file"), folder.display()), left_out)
        }
    };
    Ok(match told {
        (words, 0) => words,
        (words, left_out) => format!("{words}, without {}", hidden_words(left_out)),
    })
}

/// How many documents nothing is told of, and why.
pub(super) fn hidden_words(count: usize) -> String {
    format!("{} of which you have not finished your own tags", counted(count, "article"))
}

/// Writes a file, and returns of how many documents it tells nothing because they are hidden.
fn letter(
    project: &Project,
    name: &AnnotatorName,
    path: &Path,
    hidden: &BTreeSet<DocumentId>,
) -> Result<usize, String> {
    let mut told = feedback(project, name, false).map_err(|reason| sentence_case(&reason.to_string()))?;
    let left_out = told.leave_out(hidden);
    let json = path.extension().is_some_and(|ending| ending == "json");
    let bytes = file(&told, project, json).map_err(|reason| format!("Nothing was written: {reason}."))?;
    write_file(path, &bytes).map_err(|reason| format!("Nothing was written: {reason}."))?;
    Ok(left_out)
}
