//! A file or a folder outside a project that gets its final name only when it is whole.

use std::{
    fs,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use tempfile::{Builder, NamedTempFile, TempDir};

use super::StoreError;

/// The file in a folder of ours that says what became of everything. A folder without it is not ours to replace.
pub const ACCOUNT_FILE: &str = "account.json";

/// Something that is being written. Dropped before [`Draft::finish`], it leaves what was there before.
#[derive(Debug)]
pub struct Draft {
    /// Its final name.
    path: PathBuf,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    File(NamedTempFile),
    Folder(TempDir),
    /// What is written is thrown away: only the account of it is wanted.
    Nothing,
    /// Standard output, or whatever stands for it.
    Stream,
    /// Something that is written to and never replaced, such as `/dev/null` or a named pipe.
    Device,
}

/// One stream of bytes into a draft.
pub type Stream = Box<dyn Write + Send>;

impl Draft {
    /// A file, which may exist.
    ///
    /// # Errors
    ///
    /// When its folder cannot be written, or a folder stands in its place.
    pub fn file(path: &Path) -> Result<Self, StoreError> {
        if path.is_dir() {
            return Err(StoreError::Folder(path.to_owned()));
        }
        if path.exists() && !path.is_file() {
            return Ok(Self { path: path.to_owned(), kind: Kind::Device });
        }
        let refused = |source| StoreError::Io { path: path.to_owned(), source };
        // A link stays a link: what it leads to is replaced.
        let path = &if path.is_symlink() { path.canonicalize().map_err(refused)? } else { path.to_owned() };
        let folder = folder_of(path);
        fs::create_dir_all(folder).map_err(refused)?;
        let mut builder = Builder::new();
        builder.prefix(".ascribe-");
        permit(&mut builder, 0o666);
        let draft = builder.tempfile_in(folder).map_err(refused)?;
        Ok(Self { path: path.to_owned(), kind: Kind::File(draft) })
    }

    /// A folder, which must be new, empty, or an older dataset of ours.
    ///
    /// # Errors
    ///
    /// When something else stands in its place, or the system refuses.
    pub fn folder(path: &Path) -> Result<Self, StoreError> {
        let refused = |source| StoreError::Io { path: path.to_owned(), source };
        if path.exists() && !path.is_dir() {
            return Err(StoreError::NotFolder(path.to_owned()));
        }
        if path.is_dir() && !path.join(ACCOUNT_FILE).is_file() && fs::read_dir(path).map_err(refused)?.next().is_some()
        {
            return Err(StoreError::Occupied(path.to_owned()));
        }
        // A link stays a link, and `.` has a name: what they lead to is replaced.
        let path = &if path.is_dir() { path.canonicalize().map_err(refused)? } else { path.to_owned() };
        let beside = folder_of(path);
        fs::create_dir_all(beside).map_err(refused)?;
        let mut builder = Builder::new();
        builder.prefix(".ascribe-");
        permit(&mut builder, 0o777);
        let draft = builder.tempdir_in(beside).map_err(refused)?;
        Ok(Self { path: path.to_owned(), kind: Kind::Folder(draft) })
    }

    /// Nowhere: what is written is thrown away.
    #[must_use]
    pub fn nothing() -> Self {
        Self { path: PathBuf::new(), kind: Kind::Nothing }
    }

    /// Standard output; for formats that are one file.
    #[must_use]
    pub fn standard_output() -> Self {
        Self { path: PathBuf::from("-"), kind: Kind::Stream }
    }

    /// The one stream of a file.
    ///
    /// # Errors
    ///
    /// When the system refuses, or this is a folder.
    pub fn stream(&self) -> Result<Stream, StoreError> {
        match &self.kind {
            Kind::File(file) => {
                let file = file.reopen().map_err(|source| self.io(source))?;
                Ok(Box::new(BufWriter::with_capacity(1 << 20, file)))
            }
            Kind::Folder(_) => Err(StoreError::Folder(self.path.clone())),
            Kind::Nothing => Ok(Box::new(io::sink())),
            Kind::Stream => Ok(Box::new(BufWriter::with_capacity(1 << 16, io::stdout()))),
            Kind::Device => {
                let file = fs::OpenOptions::new().write(true).open(&self.path).map_err(|source| self.io(source))?;
                Ok(Box::new(BufWriter::with_capacity(1 << 16, file)))
            }
        }
    }

    /// A stream into a file of a folder, by its path inside, with `/` between names.
    ///
    /// # Errors
    ///
    /// When the system refuses, or this is no folder.
    pub fn stream_to(&self, name: &str) -> Result<Stream, StoreError> {
        let Some(path) = self.inside(name)? else { return Ok(Box::new(io::sink())) };
        let file = fs::File::create(path).map_err(|source| self.io(source))?;
        Ok(Box::new(BufWriter::with_capacity(1 << 16, file)))
    }

    /// Writes a file of a folder, by its path inside, with `/` between names.
    ///
    /// # Errors
    ///
    /// As [`Draft::stream_to`].
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let Some(path) = self.inside(name)? else { return Ok(()) };
        fs::write(path, bytes).map_err(|source| self.io(source))
    }

    /// The path of a file inside the folder that is being written, with its folders made; nothing where nothing is
    /// written.
    fn inside(&self, name: &str) -> Result<Option<PathBuf>, StoreError> {
        let root = match &self.kind {
            Kind::Folder(folder) => folder.path(),
            Kind::Nothing => return Ok(None),
            Kind::File(_) | Kind::Stream | Kind::Device => return Err(StoreError::NotFolder(self.path.clone())),
        };
        let path = name.split('/').fold(root.to_owned(), |folder, name| folder.join(name));
        if name.contains('/') {
            fs::create_dir_all(folder_of(&path)).map_err(|source| self.io(source))?;
        }
        Ok(Some(path))
    }

    /// Gives the whole its final name.
    ///
    /// # Errors
    ///
    /// When the system refuses; then what was there before still is.
    pub fn finish(self) -> Result<(), StoreError> {
        let io = |source| StoreError::Io { path: self.path.clone(), source };
        match self.kind {
            Kind::Nothing | Kind::Stream | Kind::Device => Ok(()),
            Kind::File(file) => {
                file.as_file().sync_all().map_err(io)?;
                file.persist(&self.path).map_err(|error| io(error.error))?;
                Ok(())
            }
            Kind::Folder(folder) => {
                let draft = folder.keep();
                let replaced = replace_folder(&draft, &self.path);
                if replaced.is_err() {
                    // There is an error to report already.
                    let _ = fs::remove_dir_all(&draft);
                }
                replaced.map_err(io)
            }
        }
    }

    /// What could not be written, and where.
    #[must_use]
    pub fn io(&self, source: io::Error) -> StoreError {
        StoreError::Io { path: self.path.clone(), source }
    }
}

/// Puts a folder in another's place: the old one steps aside, and goes when the new one stands.
fn replace_folder(draft: &Path, path: &Path) -> io::Result<()> {
    if !path.exists() {
        return fs::rename(draft, path);
    }
    let aside = draft.with_extension("old");
    fs::rename(path, &aside)?;
    if let Err(error) = fs::rename(draft, path) {
        fs::rename(&aside, path)?;
        return Err(error);
    }
    fs::remove_dir_all(aside)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Temporary files are private by default; a dataset is as any new file.
#[cfg(unix)]
fn permit(builder: &mut Builder<'_, '_>, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(fs::Permissions::from_mode(mode));
}

#[cfg(not(unix))]
fn permit(_: &mut Builder<'_, '_>, _: u32) {}
