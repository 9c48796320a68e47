//! Finding people's files in whatever somebody was given.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::LookError;
use crate::{Tree, merge::Kind};

/// The folders of a project in which people's work lies.
const PEOPLE: [&str; 3] = ["annotations/", "decisions/", "comments/"];

/// A file that was found.
pub(super) struct Found {
    /// Where, for people.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What was found at one path.
pub(super) enum Source {
    /// A project in a folder or a bundle, and people's files in it.
    Project(Tree, Vec<Found>),
    /// Single files.
    Files(Vec<Found>),
}

/// Finds people's files at a path.
pub(super) fn gather(path: &Path) -> Result<Source, LookError> {
    let refused = |source| LookError::Io { path: path.to_owned(), source };
    if fs::metadata(path).map_err(refused)?.is_dir() {
        return match Tree::open(path) {
            Ok(tree) => project(path, tree),
            Err(_) => {
                let tree = Tree::Folder(path.to_owned());
                let found = files(path, &tree, |name| name.ends_with(".ron"))?;
                if found.is_empty() { Err(LookError::Nothing(path.to_owned())) } else { Ok(Source::Files(found)) }
            }
        };
    }
    let bytes = fs::read(path).map_err(refused)?;
    let kind = std::str::from_utf8(&bytes).ok().and_then(Kind::of);
    if matches!(kind, Some(Kind::Set | Kind::Decisions | Kind::Comments)) {
        return Ok(Source::Files(vec![Found { name: path.display().to_string(), bytes }]));
    }
    let tree = Tree::open(path).map_err(|_| LookError::Nothing(path.to_owned()))?;
    project(path, tree)
}

fn project(path: &Path, tree: Tree) -> Result<Source, LookError> {
    let found = files(path, &tree, |name| PEOPLE.iter().any(|folder| name.starts_with(folder)))?;
    Ok(Source::Project(tree, found))
}

fn files(path: &Path, tree: &Tree, wanted: impl Fn(&str) -> bool) -> Result<Vec<Found>, LookError> {
    let io = |path: PathBuf| move |source| LookError::Io { path, source };
    let (names, _) = tree.paths().map_err(io(path.to_owned()))?;
    let read = |name: String| {
        let bytes = tree.read(&name).map_err(io(path.join(&name)))?;
        Ok(Found { name: path.join(&name).display().to_string(), bytes })
    };
    names.into_iter().filter(|name| wanted(name)).map(read).collect()
}
