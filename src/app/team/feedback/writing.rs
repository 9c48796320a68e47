//! Files that tell annotators what became of their tags.

use std::path::{Path, PathBuf};

use ascribe_engine::{
    Project,
    feedback::{feedback, file},
    store::write_file,
};
use ascribe_schema::AnnotatorName;

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

/// Writes the files, and says what was written.
pub(crate) fn write(material: &Material, letters: &Letters) -> Result<String, String> {
    let project = material.project()?;
    match letters {
        Letters::One(name, path) => {
            letter(&project, name, path)?;
            Ok(format!("What became of {name}’s tags is written to {}", path.display()))
        }
        Letters::All(names, folder) => {
            let path = |name: &AnnotatorName| folder.join(format!("feedback-{name}.md"));
            if let Some(there) = names.iter().map(path).find(|path| path.exists()) {
                return Err(format!(
                    "Nothing was written: {} is there already. Choose another folder.",
                    there.display()
                ));
            }
            names.iter().try_for_each(|name| letter(&project, name, &path(name)))?;
            Ok(format!("{} written to {}", counted(names.len(), "file"), folder.display()))
        }
    }
}

fn letter(project: &Project, name: &AnnotatorName, path: &Path) -> Result<(), String> {
    let told = feedback(project, name, false).map_err(|reason| sentence_case(&reason.to_string()))?;
    let json = path.extension().is_some_and(|ending| ending == "json");
    let bytes = file(&told, project, json).map_err(|reason| format!("Nothing was written: {reason}."))?;
    write_file(path, &bytes).map_err(|reason| format!("Nothing was written: {reason}."))
}
