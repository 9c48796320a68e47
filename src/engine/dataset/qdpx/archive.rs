//! The archive that a project is, with limits to what is unpacked: a small one may hold gigabytes.

use std::{
    collections::HashMap,
    fs::File,
    io::Read,
    path::Path,
    sync::{Mutex, PoisonError},
};

use zip::{ZipArchive, result::ZipError};

use super::PROJECT;

/// The most that is unpacked of the project's XML, in bytes.
const XML: u64 = 512 << 20;
/// The most that is unpacked of one text, in bytes.
const TEXT: u64 = 64 << 20;
/// The most files that an archive may hold.
const ENTRIES: usize = 1_000_000;

/// An archive whose files are read from several threads. Names are compared without case, because programs differ in
/// how they write `sources`; nothing is ever looked for outside.
pub(super) struct Archive {
    zip: Mutex<ZipArchive<File>>,
    /// The places of the files, by their names in lower case, with slashes.
    places: HashMap<String, usize>,
}

impl Archive {
    /// Opens an archive. The reason why it cannot be opened is for people.
    pub fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|reason| reason.to_string())?;
        let zip = ZipArchive::new(file).map_err(|reason| reason.to_string())?;
        if zip.len() > ENTRIES {
            return Err(format!("it holds {} files", zip.len()));
        }
        let names = zip.file_names().enumerate();
        let plain = |name: &str| name.to_lowercase().replace('\\', "/");
        let places = names.filter_map(|(place, name)| Some((plain(&name.ok()?), place))).collect();
        Ok(Self { zip: Mutex::new(zip), places })
    }

    /// The name of the project file.
    pub fn project(&self) -> Option<&str> {
        let mut names: Vec<_> = self.places.keys().filter(|name| name.ends_with(".qde")).collect();
        names.sort_unstable_by_key(|name| (*name != PROJECT, name.len()));
        names.first().map(|name| name.as_str())
    }

    /// The XML of a project.
    pub fn xml(&self, name: &str) -> Result<String, String> {
        self.text(name, XML)
    }

    /// A file that is UTF-8, without a byte-order mark.
    fn text(&self, name: &str, limit: u64) -> Result<String, String> {
        let place =
            *self.places.get(&name.to_lowercase()).ok_or_else(|| format!("there is no {name} in the archive"))?;
        let mut bytes = Vec::new();
        {
            let mut zip = self.zip.lock().unwrap_or_else(PoisonError::into_inner);
            let file = zip.by_index(place).map_err(|reason| match reason {
                ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => format!("{name} needs a password"),
                reason => format!("{name}: {reason}"),
            })?;
            file.take(limit + 1).read_to_end(&mut bytes).map_err(|reason| format!("{name}: {reason}"))?;
        }
        if bytes.len() as u64 > limit {
            return Err(format!("{name} unpacks to more than {} MiB", limit >> 20));
        }
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        String::from_utf8(bytes).map_err(|_| format!("{name} is not UTF-8"))
    }

    /// The text that a path of the project names.
    pub fn source(&self, path: &str) -> Result<String, String> {
        let Some(name) = path.strip_prefix("internal://") else {
            return Err(format!("its text lies outside of the project, at {path}"));
        };
        // The project may lie in a folder that somebody put into the archive, with its sources.
        let folder = self.project().and_then(|project| project.rsplit_once('/'));
        let folder = folder.map_or_else(String::new, |(folder, _)| format!("{folder}/"));
        self.text(&format!("{folder}sources/{name}"), TEXT)
    }
}
