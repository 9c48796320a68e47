//! Names that are also file names: of annotators and of documents.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The annotator whose folder holds the adjudicated sets; no person may take this name.
pub const GOLD: &str = "gold";

/// The most characters a name may have.
const MAX_CHARS: usize = 100;

/// Names that Windows keeps for devices, whatever their extension.
const DEVICES: [&str; 22] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// Why a string cannot be a file's or a folder's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing was given.
    #[error("a name cannot be empty")]
    Empty,
    /// More than 100 characters.
    #[error("`{0}` is longer than 100 characters")]
    Long(String),
    /// A character that is not a letter in lower case, a digit, `-` or `_`.
    #[error(
        "`{name}` cannot be a file name everywhere because of `{}`; use lower-case letters, digits, - and _",
        .character.escape_debug()
    )]
    Character {
        /// The whole name.
        name: String,
        /// The first character that does not fit.
        character: char,
    },
    /// A name that Windows keeps for a device, such as `con`.
    #[error("`{0}` is a device name on Windows; choose another")]
    Device(String),
}

/// Checks that `name` is a safe file name on every system: no path, no upper case (which some file
/// systems do not tell from lower case), no hidden file.
fn check(name: &str) -> Result<(), NameError> {
    if name.is_empty() {
        return Err(NameError::Empty);
    }
    if name.chars().count() > MAX_CHARS {
        return Err(NameError::Long(name.chars().take(40).collect::<String>() + "…"));
    }
    let fits = |c: char| (c.is_alphanumeric() && !c.is_uppercase()) || c == '-' || c == '_';
    if let Some(character) = name.chars().find(|&c| !fits(c)) {
        return Err(NameError::Character { name: name.to_owned(), character });
    }
    if DEVICES.contains(&name) {
        return Err(NameError::Device(name.to_owned()));
    }
    Ok(())
}

macro_rules! name {
    ($(#[$doc:meta])* $type:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $type(String);

        impl $type {
            /// Takes `name` when it is safe as a file name on every system.
            ///
            /// # Errors
            ///
            /// When it is empty, too long, a device name, or holds anything but lower-case letters,
            /// digits, `-` and `_`.
            pub fn new(name: impl Into<String>) -> Result<Self, NameError> {
                let name = name.into();
                check(&name)?;
                Ok(Self(name))
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $type {
            type Error = NameError;

            fn try_from(name: String) -> Result<Self, NameError> {
                Self::new(name)
            }
        }

        impl From<$type> for String {
            fn from(name: $type) -> Self {
                name.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

name! {
    /// The name of an annotator, a person or a program, which is also the name of their folder.
    ///
    /// ```
    /// use ascribe_schema::AnnotatorName;
    ///
    /// assert!(AnnotatorName::new("amina").is_ok());
    /// assert!(AnnotatorName::new("../amina").is_err());
    /// assert!(AnnotatorName::new("gold").is_ok_and(|name| name.is_gold()));
    /// ```
    AnnotatorName
}

name! {
    /// The name of a document, which is also the stem of its files: a slug of the title and eight
    /// characters of the text's hash, such as `gantz-visits-morocco-k7m2q9xd`.
    DocumentId
}

impl AnnotatorName {
    /// Whether this is the reserved name of the adjudicated sets.
    #[must_use]
    pub fn is_gold(&self) -> bool {
        self.0 == GOLD
    }
}
