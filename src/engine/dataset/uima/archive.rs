//! CAS files in archives, as INCEpTION exports documents and whole projects; limits to what is unpacked, for a small
//! archive may hold gigabytes.

use std::{
    fs::File,
    io::{Cursor, Read, Seek},
    path::{Path, PathBuf},
};

use zip::ZipArchive;

use super::type_system::Types;
use crate::dataset::files::{LARGEST, ending};

/// The most that is unpacked of one archive, in bytes.
const ALL: u64 = 8 << 30;
/// The most files that an archive may hold.
const ENTRIES: usize = 200_000;

/// Hears of a file: its path, through the archive, its text or why it cannot be read, and the types beside it.
type Hear<'a> = dyn FnMut(&Path, Result<String, String>, Option<&Types>) + 'a;

/// Whether an archive holds files of CAS XMI, or is a project of INCEpTION with archives of such.
pub(super) fn holds_cas(path: &Path) -> bool {
    let names = File::open(path).ok().and_then(|file| ZipArchive::new(file).ok()).map(|zip| names(&zip));
    names
        .unwrap_or_default()
        .iter()
        .any(|(_, name)| ending(name) == "xmi" || (is_work(name) && matches!(ending(name).as_str(), "zip" | "json")))
}

/// Reads each file of XMI in an archive, and of JSON where people's work lies in a project of INCEpTION.
pub(super) fn each(path: &Path, hear: &mut Hear<'_>) {
    let mut left = ALL;
    let walked =
        File::open(path).map_err(|reason| reason.to_string()).and_then(|file| walk(file, path, &mut left, hear));
    if let Err(reason) = walked {
        hear(path, Err(reason), None);
    }
}

fn walk(file: impl Read + Seek, path: &Path, left: &mut u64, hear: &mut Hear<'_>) -> Result<(), String> {
    let mut zip = ZipArchive::new(file).map_err(|reason| reason.to_string())?;
    if zip.len() > ENTRIES {
        return Err(format!("it holds {} files", zip.len()));
    }
    let names = names(&zip);
    let is_types = |name: &Path| {
        let called = name.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        called.starts_with("typesystem") && called.ends_with(".xml")
    };
    let described = names.iter().filter(|(_, name)| is_types(name));
    let types = described.filter_map(|(at, _)| Types::parse(&text(unpack(&mut zip, *at, left).ok()?).ok()?)).next();
    // An archive in an archive is unpacked, one in that is not.
    let nested = path.ancestors().skip(1).any(|folder| folder.is_file());
    for (at, name) in &names {
        let inside = path.join(name);
        match ending(name).as_str() {
            "zip" if !nested && is_work(name) => {
                let walked = unpack(&mut zip, *at, left).and_then(|bytes| walk_nested(bytes, &inside, left, hear));
                if let Err(reason) = walked {
                    hear(&inside, Err(reason), None);
                }
            }
            kind if kind == "xmi" || (kind == "json" && is_work(name)) => {
                hear(&inside, unpack(&mut zip, *at, left).and_then(text), types.as_ref());
            }
            _ => {}
        }
    }
    Ok(())
}

/// As [`walk`], of an archive in memory.
fn walk_nested(bytes: Vec<u8>, path: &Path, left: &mut u64, hear: &mut Hear<'_>) -> Result<(), String> {
    walk(Box::new(Cursor::new(bytes)) as Box<dyn Both>, path, left, hear)
}

/// What an archive is read from, so that one in another is no type of its own.
trait Both: Read + Seek {}
impl<T: Read + Seek> Both for T {}

/// The names of the files in an archive, in order, with their numbers.
fn names<R: Read + Seek>(zip: &ZipArchive<R>) -> Vec<(usize, PathBuf)> {
    let names = zip.file_names().enumerate();
    let mut names: Vec<_> = names.filter_map(|(at, name)| Some((at, PathBuf::from(name.ok()?.into_owned())))).collect();
    names.retain(|(_, name)| !name.as_os_str().to_string_lossy().starts_with("__MACOSX"));
    names.sort_by(|(_, a), (_, b)| a.cmp(b));
    names
}

/// Whether a file is someone's work in a project of INCEpTION.
fn is_work(name: &Path) -> bool {
    name.starts_with("annotation") || name.starts_with("curation")
}

fn unpack<R: Read + Seek>(zip: &mut ZipArchive<R>, at: usize, left: &mut u64) -> Result<Vec<u8>, String> {
    let limit = LARGEST.min(*left);
    let file = zip.by_index(at).map_err(|reason| reason.to_string())?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(|reason| reason.to_string())?;
    if bytes.len() as u64 > limit {
        return Err(format!("it unpacks to more than {} MiB", limit >> 20));
    }
    *left -= bytes.len() as u64;
    Ok(bytes)
}

/// UTF-8, without a byte-order mark.
fn text(mut bytes: Vec<u8>) -> Result<String, String> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())
}
