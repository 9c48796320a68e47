//! Replacing one file so that it is never half-written.

use std::{
    fs::{self, File, Permissions},
    io::{self, Write},
    path::Path,
};

use tempfile::Builder;

/// Writes `bytes` to `path`: a temporary file in the same folder, sync, rename, sync of the folder.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_unsynced(path, bytes)?;
    sync_folder(folder_of(path))
}

/// As [`replace`], but leaves the last step, the sync of the folder, to the caller, who has many files.
pub(super) fn replace_unsynced(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(path);
    fs::create_dir_all(folder)?;
    let mut builder = Builder::new();
    builder.prefix(".ascribe-");
    let permissions = permissions();
    if let Some(permissions) = permissions {
        builder.permissions(permissions);
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// Takes a file away for good: removal, sync of the folder.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    fs::remove_file(path)?;
    sync_folder(folder_of(path))
}

/// Takes back a folder that was empty or not there: removes those of the files in it that have been
/// written, the folders that are empty then, and the folders in `made`. What cannot be removed stays: there
/// is an error to report already.
pub(super) fn remove_all<'a>(root: &Path, files: impl Iterator<Item = &'a str>, made: &[&Path]) {
    for file in files {
        let path = root.join(file);
        let _ = fs::remove_file(&path);
        for folder in path.ancestors().skip(1).take_while(|folder| *folder != root) {
            let _ = fs::remove_dir(folder);
        }
    }
    for folder in made {
        let _ = fs::remove_dir(folder);
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Temporary files are private by default, but a project is often shared: as any new file, then.
#[cfg(unix)]
fn permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn permissions() -> Option<Permissions> {
    None
}

/// Makes the rename itself survive a power cut; Windows does so without being asked.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
