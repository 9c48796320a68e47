//! A whole project in one file and back, byte for byte.

use std::path::{Path, PathBuf};

use ascribe_schema::{Bundle, Content, FORMAT, check_path};

use crate::{
    project::{OpenError, Tree},
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
}

/// Writes all files of `project`, a folder or a bundle, into one bundle; returns how many there were.
///
/// # Errors
///
/// When the project cannot be read or the bundle cannot be written.
pub fn pack(project: &Path, bundle: &Path) -> Result<usize, PackError> {
    let files = files(project)?;
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
    let files = files(bundle)?;
    let store = Store::new_folder(project)?;
    for (path, bytes) in &files {
        store.write_file(path, bytes)?;
    }
    // Hidden files are not in bundles: the machine's own files must stay out of git here, too.
    store.write_file(".gitignore", b".ascribe/\n")?;
    store.write_file(".gitattributes", b"*.txt -text\n*.ron text eol=lf\n")?;
    Ok(files.len())
}

fn files(project: &Path) -> Result<Vec<(String, Vec<u8>)>, PackError> {
    let tree = Tree::open(project)?;
    let refused = |path: PathBuf| move |source| OpenError::Io { path, source };
    let mut files = Vec::new();
    for path in tree.paths().map_err(refused(project.to_owned()))? {
        check_path(&path)?;
        let bytes = tree.read(&path).map_err(refused(project.join(&path)))?;
        files.push((path, bytes));
    }
    Ok(files)
}
