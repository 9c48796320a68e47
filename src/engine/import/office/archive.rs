//! The archives that these documents are, with limits to what is unpacked: a small one may hold gigabytes.

use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use zip::{ZipArchive, result::ZipError};

use crate::import::{Format, ImportError};

/// The most that is unpacked of one file in the archive, in bytes.
const ENTRY: u64 = 64 << 20;
/// The most that is unpacked of all files together, in bytes.
const ALL: u64 = 256 << 20;
/// The most files that an archive may hold.
const ENTRIES: usize = 20_000;

/// An archive of files, most of them XML.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    format: Format,
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens the archive that a file of this format is.
    pub fn open(bytes: &'a [u8], format: Format) -> Result<Self, ImportError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|reason| format.broken(reason))?;
        if zip.len() > ENTRIES {
            return Err(format.broken(format!("it holds {} files, which no such document does", zip.len())));
        }
        Ok(Self { zip, format, left: ALL })
    }

    /// The bytes of a file, if there is one with that name.
    pub fn entry(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let (format, limit) = (self.format, self.left.min(ENTRY));
        let mut file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => return Err(ImportError::Encrypted),
            Err(reason) => return Err(format.broken(format!("{name}: {reason}"))),
        };
        let mut bytes = Vec::new();
        let taken = file.by_ref().take(limit + 1).read_to_end(&mut bytes);
        taken.map_err(|reason| format.broken(format!("{name}: {reason}")))?;
        if bytes.len() as u64 > limit {
            return Err(too_large(format, name));
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }

    /// The text of an XML file, if there is one with that name.
    pub fn xml(&mut self, name: &str) -> Result<Option<String>, ImportError> {
        let Some(bytes) = self.entry(name)? else { return Ok(None) };
        let (encoding, mark) = Encoding::for_bom(&bytes).unwrap_or((UTF_8, 0));
        match encoding.decode_without_bom_handling_and_without_replacement(&bytes[mark..]) {
            Some(text) => Ok(Some(text.into_owned())),
            None => Err(self.format.broken(format!("{name} is not {}", encoding.name()))),
        }
    }

    /// The text of an XML file that such a document cannot be without.
    pub fn needed(&mut self, name: &str) -> Result<String, ImportError> {
        self.xml(name)?.ok_or_else(|| self.format.broken(format!("there is no {name} in it")))
    }

    /// Makes sure that no file in the archive is too large, for readers that unpack without a limit.
    pub fn measure(&mut self) -> Result<(), ImportError> {
        let mut all = 0;
        for number in 0..self.zip.len() {
            let format = self.format;
            let file = self.zip.by_index(number).map_err(|reason| match reason {
                ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ImportError::Encrypted,
                reason => format.broken(reason),
            })?;
            let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
            let size = std::io::copy(&mut file.take(ENTRY + 1), &mut std::io::sink());
            let size = size.map_err(|reason| format.broken(format!("{name}: {reason}")))?;
            all += size;
            if size > ENTRY || all > ALL {
                return Err(too_large(format, &name));
            }
        }
        Ok(())
    }
}

fn too_large(format: Format, name: &str) -> ImportError {
    format.broken(format!("{name} in it unpacks to more than {} MiB", ENTRY >> 20))
}
