//! A whole project in one file and back, byte for byte.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use ascribe_schema::{Bundle, Content, FORMAT, check_path};

use crate::{
    project::{OpenError, Place, Tree},
    store::{Store, StoreError, verified, write_file},
};

/// Why packing, unpacking or copying did not work. Nothing was left half-written.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The project cannot be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The result cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file of the project has a name that not every system can have.
    #[error(transparent)]
    Path(#[from] ascribe_schema::PathError),
    /// Two names that not every system can tell apart, or one that is both a file and a folder.
    #[error("`{}` and `{}` cannot lie in one folder on every system; rename one of them", .0.escape_debug(), .1.escape_debug())]
    Clash(String, String),
    /// The bundle would be packed into the next one.
    #[error("{} lies inside the project; write the bundle to another folder", .0.display())]
    Inside(PathBuf),
    /// Links and devices have no place in a bundle.
    #[error("these are links or no files at all, which cannot be packed: {}; put the files in their place, or remove them", .0.escape_debug())]
    Links(String),
}

/// Writes all files of `project`, a folder or a bundle, into one bundle; returns how many there were.
///
/// # Errors
///
/// When the project cannot be read in full, the bundle would lie inside it, or it cannot be written.
pub fn pack(project: &Path, bundle: &Path) -> Result<usize, PackError> {
    pack_with(project, Vec::new(), bundle)
}

/// As [`pack`], with some files as `newer` has them instead of as they are in the project.
///
/// # Errors
///
/// As [`pack`].
pub fn pack_with(project: &Path, newer: Vec<(String, Vec<u8>)>, bundle: &Path) -> Result<usize, PackError> {
    if let Place::Folder(folder) = Tree::open(project)?.place()
        && lies_inside(bundle, &folder)
    {
        return Err(PackError::Inside(bundle.to_owned()));
    }
    let files = files(project, newer)?;
    let count = files.len();
    let files = files.into_iter().map(|(path, bytes)| (path, Content::new(bytes))).collect();
    let text = verified(&Bundle { format: FORMAT, files }, bundle)?;
    write_file(bundle, text.as_bytes())?;
    Ok(count)
}

/// Writes all files of `bundle`, or of another project, into the new folder `project`; returns how many
/// there were.
///
/// # Errors
///
/// When `bundle` cannot be read, there is something in the folder already, or it cannot be written.
pub fn unpack(bundle: &Path, project: &Path) -> Result<usize, PackError> {
    unpack_with(bundle, Vec::new(), project)
}

/// As [`unpack`], with some files as `newer` has them instead of as they are in the bundle or project.
///
/// # Errors
///
/// As [`unpack`].
pub fn unpack_with(bundle: &Path, newer: Vec<(String, Vec<u8>)>, project: &Path) -> Result<usize, PackError> {
    let files = files(bundle, newer)?;
    Store::create_with(project, &files)?;
    Ok(files.len())
}

/// Whether `path`, which need not be there, lies in `folder` or below, links followed.
fn lies_inside(path: &Path, folder: &Path) -> bool {
    // The last parent of a relative path is empty, and means the folder that the program works in.
    let here = |folder: &Path| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder.to_owned() };
    let there = path.ancestors().skip(1).find_map(|folder| here(folder).canonicalize().ok());
    let folder = folder.canonicalize();
    there.zip(folder.ok()).is_some_and(|(there, folder)| there.starts_with(folder))
}

/// Refuses paths that cannot all be written on every system: names that differ only by case, and a file
/// that is a folder of another.
fn check_clashes<'a>(paths: impl Iterator<Item = &'a str>) -> Result<(), PackError> {
    let mut places = BTreeMap::new();
    for path in paths {
        let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
        for place in ends.map(|end| &path[..end]) {
            let (there, is_file) = *places.entry(place.to_lowercase()).or_insert((place, place == path));
            if there != place || is_file != (place == path) {
                return Err(PackError::Clash(there.to_owned(), path.to_owned()));
            }
        }
    }
    Ok(())
}

fn files(project: &Path, newer: Vec<(String, Vec<u8>)>) -> Result<Vec<(String, Vec<u8>)>, PackError> {
    let tree = Tree::open(project)?;
    let refused = |path: PathBuf| move |source| OpenError::Io { path, source };
    let mut files = BTreeMap::new();
    let (paths, others) = tree.paths().map_err(refused(project.to_owned()))?;
    if !others.is_empty() {
        return Err(PackError::Links(others.join(", ")));
    }
    check_clashes(paths.iter().map(String::as_str))?;
    for path in paths {
        check_path(&path)?;
        let bytes = tree.read(&path).map_err(refused(project.join(&path)))?;
        files.insert(path, bytes);
    }
    files.extend(newer);
    Ok(files.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_lie_in_the_folder_that_the_program_works_in() {
        for (path, inside) in [("x.ron", true), ("no/such/x.ron", true), ("../x.ron", false), ("./no/x.ron", true)] {
            assert_eq!(lies_inside(Path::new(path), Path::new(".")), inside, "{path}");
        }
    }
}
