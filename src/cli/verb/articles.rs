//! Importing articles: `add`, and the second half of `new`.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use ascribe_engine::{
    Format, ImportError, Options, Origin, Place, Reader, Source, Tree, hex_sha256,
    store::{Added, Store},
};

use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// Imports `articles` into `project`, prints the new ids, and says of every file that was not imported why.
pub(crate) fn add(project: &Path, articles: &[PathBuf], io: &mut Io<'_>) -> Result<u8, Failed> {
    let Place::Folder(root) = Tree::open(project)?.place() else {
        return Err("a bundle cannot be changed; unpack it first".into());
    };
    let store = Store::at(root);
    let (mut status, mut skipped) = (DONE, BTreeMap::new());
    for article in articles {
        for path in files(article) {
            if let Ok(path) = &path
                && path != article
                && let Some(kind) = foreign_kind(path)
            {
                *skipped.entry(kind).or_insert(0) += 1;
                continue;
            }
            if let Err(reason) = path.map_err(Failed::from).and_then(|path| {
                add_one(&store, &path, io).map_err(|reason| format!("{}: {reason}", path.display()).into())
            }) {
                writeln!(io.err, "not imported: {reason}")?;
                status = NEEDS_A_PERSON;
            }
        }
    }
    if !skipped.is_empty() {
        let counts: Vec<_> = skipped.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        writeln!(io.err, "skipped in folders: {}; {}", counts.join(", "), ImportError::Kind)?;
    }
    Ok(status)
}

/// What a file is that cannot be imported, as its name says: `.jpg`, or `without extension`.
fn foreign_kind(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    let kind = extension.map(|extension| format!(".{}", extension.escape_debug()));
    Format::of_name(&name).is_none().then(|| kind.unwrap_or_else(|| "without extension".to_owned()))
}

fn add_one(store: &Store, path: &Path, io: &mut Io<'_>) -> Result<(), Failed> {
    let source = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes)?;
        Source::Bytes("standard-input.txt".to_owned(), bytes)
    } else {
        Source::File(path.to_owned())
    };
    let (name, bytes) = (source.file_name(), source.bytes()?);
    let origin = Origin { file_name: name.clone(), file_sha256: hex_sha256(&bytes) };
    for article in Reader::new(io.program.as_deref()).read(&name, &bytes, &Options::default(), &|| false)? {
        for doubt in &article.doubts {
            writeln!(io.err, "{}", doubt.problem(&name))?;
        }
        let imported = article.imported(&origin, &io.time)?;
        match store.add_document(&imported)? {
            Added::New => writeln!(io.out, "{}", imported.document.id)?,
            Added::Known => writeln!(io.err, "{}: already in the project as {}", path.display(), imported.document.id)?,
        }
    }
    Ok(())
}

/// The file itself, or the files in a folder, sorted, hidden ones left out. Links to folders inside that
/// folder are not followed: they may lead anywhere, or round in a circle.
pub(crate) fn files(path: &Path) -> Vec<io::Result<PathBuf>> {
    if !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) => return vec![Err(io::Error::new(error.kind(), format!("{}: {error}", path.display())))],
    };
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| !name.to_string_lossy().starts_with('.')));
    paths.retain(|path| !(path.is_symlink() && path.is_dir()));
    paths.sort();
    paths.iter().flat_map(|path| files(path)).collect()
}
