//! A whole project in one file, for mail.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::unique;

/// Every file of a project, byte for byte. Stored as one `.ron` file, which opens like a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bundle {
    /// The version of the file format.
    pub format: u32,
    /// The files, by path from the project's folder, with `/` between names.
    #[serde(deserialize_with = "unique::map")]
    pub files: BTreeMap<String, Content>,
}

/// What a file of a bundle holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// UTF-8.
    Text(String),
    /// Anything else, two hexadecimal digits a byte.
    Bytes(String),
}

/// Why a path of a bundle is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` would lie outside the project's folder or has an unsafe name", .0.escape_debug())]
pub struct PathError(pub String);

impl Content {
    /// Wraps the bytes of a file.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        String::from_utf8(bytes).map_or_else(
            |error| Self::Bytes(error.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect()),
            Self::Text,
        )
    }

    /// The bytes of the file; `None` when the digits are not hexadecimal.
    #[must_use]
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Text(text) => Some(text.into_bytes()),
            Self::Bytes(digits) => {
                let digit = |byte: u8| (byte as char).to_digit(16).map(|digit| digit as u8);
                let pair = |pair: &[u8]| match pair {
                    &[high, low] => Some(digit(high)? << 4 | digit(low)?),
                    _ => None,
                };
                digits.as_bytes().chunks(2).map(pair).collect()
            }
        }
    }
}

/// Checks that `path` names a file inside a project: relative, no `..`, no empty or hidden name, no
/// backslash, drive or control character.
///
/// # Errors
///
/// When it does not.
pub fn check_path(path: &str) -> Result<(), PathError> {
    let safe = |name: &str| {
        !name.is_empty()
            && !name.starts_with('.')
            && !name.ends_with(['.', ' '])
            && !name.contains(['\\', ':', '<', '>', '"', '|', '?', '*'])
            && !name.contains(char::is_control)
    };
    if path.split('/').all(safe) { Ok(()) } else { Err(PathError(path.to_owned())) }
}
