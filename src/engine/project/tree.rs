//! The files of a project, whether they lie in a folder or in a bundle.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use ascribe_schema::{Bundle, Problem, check_path, read};

use super::Place;

/// Files by path from the project's folder, with `/` between names. Hidden files (`.ascribe`, `.git`) are
/// not part of a project, and links are never followed.
#[derive(Clone, Debug)]
pub enum Tree {
    /// Files on disk.
    Folder(PathBuf),
    /// Files in one file.
    Bundle(PathBuf, BTreeMap<String, Vec<u8>>),
}

/// Why a path cannot be opened as a project.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The system refuses.
    #[error("cannot open {}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder without a `project.ron`, or a file that is not a bundle.
    #[error("{} is not an Ascribe project: {reason}", path.display())]
    NotAProject {
        /// The file or folder.
        path: PathBuf,
        /// What is missing or wrong.
        reason: String,
    },
}

impl Tree {
    /// Opens a project's folder, its `project.ron`, or a bundle.
    ///
    /// # Errors
    ///
    /// When there is no project at `path`.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let refused = |source| OpenError::Io { path: path.to_owned(), source };
        if fs::metadata(path).map_err(refused)?.is_dir() {
            if path.join("project.ron").exists() || path.join("documents").is_dir() {
                return Ok(Self::Folder(path.to_owned()));
            }
            let reason = "there is no project.ron in it; make a project with “New project”".to_owned();
            return Err(OpenError::NotAProject { path: path.to_owned(), reason });
        }
        if path.file_name().is_some_and(|name| name == "project.ron") {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            return Ok(Self::Folder(folder.unwrap_or(Path::new(".")).to_owned()));
        }
        let bytes = fs::read(path).map_err(refused)?;
        unbundle(&bytes)
            .map(|files| Self::Bundle(path.to_owned(), files))
            .map_err(|problem| OpenError::NotAProject { path: path.to_owned(), reason: problem.to_string() })
    }

    /// Where the files are.
    #[must_use]
    pub fn place(&self) -> Place {
        match self {
            Self::Folder(path) => Place::Folder(path.clone()),
            Self::Bundle(path, _) => Place::Bundle(path.clone()),
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// When it is not there, is a link, or the system refuses.
    pub fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self {
            Self::Bundle(_, files) => files.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into()),
            Self::Folder(root) => {
                let path = inside(root, path)?;
                // Reading a pipe would wait without end.
                if fs::metadata(&path)?.is_file() { fs::read(path) } else { Err(io::Error::other("it is not a file")) }
            }
        }
    }

    /// The names of files and folders in a folder of the project, sorted; none if it is not there.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        let mut names = match self {
            Self::Bundle(_, files) => {
                let inside = files.keys().filter_map(|path| path.strip_prefix(folder)?.strip_prefix('/'));
                inside.filter_map(|rest| rest.split('/').next()).map(str::to_owned).collect()
            }
            Self::Folder(root) => folder_names(inside(root, folder))?,
        };
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The paths of all files, and of everything that is neither a file nor a folder, such as links; sorted.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub fn paths(&self) -> io::Result<(Vec<String>, Vec<String>)> {
        let (mut paths, mut others) = (Vec::new(), Vec::new());
        match self {
            Self::Bundle(_, files) => paths.extend(files.keys().cloned()),
            Self::Folder(root) => collect(root, "", &mut paths, &mut others)?,
        }
        paths.sort();
        others.sort();
        Ok((paths, others))
    }

    /// The stamps of all files in a folder; a bundle, which was read as a whole, has none. A file that goes while
    /// this looks is left out.
    ///
    /// # Errors
    ///
    /// When the system refuses.
    pub(crate) fn stamps(&self) -> io::Result<Stamps> {
        let Self::Folder(root) = self else { return Ok(Stamps::new()) };
        let (paths, _) = self.paths()?;
        let stamp = |path: String| Stamp::of(&root.join(&path)).ok().map(|stamp| (path, stamp));
        Ok(paths.into_iter().filter_map(stamp).collect())
    }
}

/// What tells at little cost whether a file has changed since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// A file that is put in the place of another can have its length and time, but not its number.
    number: u64,
}

/// The stamps of files by their paths.
pub(crate) type Stamps = BTreeMap<String, Stamp>;

impl Stamp {
    fn of(file: &Path) -> io::Result<Self> {
        let about = fs::symlink_metadata(file)?;
        Ok(Self { length: about.len(), modified: about.modified().ok(), number: number(&about) })
    }
}

#[cfg(unix)]
fn number(about: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(about)
}

#[cfg(not(unix))]
fn number(_: &fs::Metadata) -> u64 {
    0
}

/// Where a file or folder of a project is on disk, if no link leads there.
fn inside(root: &Path, path: &str) -> io::Result<PathBuf> {
    let mut place = root.to_owned();
    for name in path.split('/') {
        place.push(name);
        if fs::symlink_metadata(&place)?.is_symlink() {
            return Err(io::Error::other("it is a link, which is not followed"));
        }
    }
    Ok(place)
}

/// The visible names in a folder; none if it is not there. A name that is not Unicode cannot be one of
/// ours and is passed over.
fn folder_names(folder: io::Result<PathBuf>) -> io::Result<Vec<String>> {
    let entries = match folder.and_then(fs::read_dir) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        entries => entries?,
    };
    let names: io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.file_name().into_string().ok())).collect();
    Ok(names?.into_iter().flatten().filter(|name| !name.starts_with('.')).collect())
}

fn collect(root: &Path, folder: &str, paths: &mut Vec<String>, others: &mut Vec<String>) -> io::Result<()> {
    for name in folder_names(Ok(root.join(folder)))? {
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        let kind = fs::symlink_metadata(root.join(&path))?;
        if kind.is_dir() {
            collect(root, &path, paths, others)?;
        } else if kind.is_file() {
            paths.push(path);
        } else {
            others.push(path);
        }
    }
    Ok(())
}

/// Reads a bundle's files, refusing any path that would leave the project's folder.
fn unbundle(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, Box<Problem>> {
    let wrong = |message: String| Box::new(Problem::new(ascribe_schema::Severity::Error, "bundle", "bundle", message));
    let bundle = read::<Bundle>(bytes, "bundle")?;
    if let Some(problem) = bundle.problems.into_iter().next() {
        return Err(Box::new(problem));
    }
    let mut files = BTreeMap::new();
    for (path, content) in bundle.value.files {
        check_path(&path).map_err(|error| wrong(error.to_string()))?;
        let bytes = content.into_bytes().ok_or_else(|| wrong(format!("the bytes of `{path}` are not hexadecimal")))?;
        files.insert(path, bytes);
    }
    Ok(files)
}
