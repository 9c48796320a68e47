//! Ids of annotations, relations and the like: ten characters, never changed.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

/// Crockford's base 32 in lower case: no `i`, `l`, `o` or `u`, which people misread
/// (<https://www.crockford.com/base32.html>).
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Writes the lowest `5 * N` bits in base 32, the highest first.
fn base32<const N: usize>(mut bits: u64) -> String {
    let mut characters = [0; N];
    for character in characters.iter_mut().rev() {
        *character = ALPHABET[(bits & 31) as usize];
        bits >>= 5;
    }
    characters.iter().map(|&c| c as char).collect()
}

/// The eight characters of a document's id that come from its text: the first 40 bits of the text's
/// SHA-256, in base 32.
#[must_use]
pub fn hash_suffix(text_sha256: &[u8; 32]) -> String {
    let bits = text_sha256[..5].iter().fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    base32::<8>(bits)
}

macro_rules! id {
    ($(#[$doc:meta])* $type:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub struct $type(Arc<str>);

        impl $type {
            /// Makes the id of the lowest 50 of `bits`, which should be random.
            #[must_use]
            pub fn from_bits(bits: u64) -> Self {
                Self(base32::<10>(bits).into())
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $type {
            fn from(id: String) -> Self {
                Self(id.into())
            }
        }

        impl From<&str> for $type {
            fn from(id: &str) -> Self {
                Self(id.into())
            }
        }

        impl From<$type> for String {
            fn from(id: $type) -> Self {
                id.0.as_ref().to_owned()
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// The id of an annotation, unique in its set: ten base-32 characters when Ascribe made it, whatever
    /// another program wrote otherwise. Cheap to clone.
    AnnotationId
}

id! {
    /// The id of a relation, unique in its set; otherwise as [`AnnotationId`].
    RelationId
}

id! {
    /// The id of a rejection, unique in its set; otherwise as [`AnnotationId`].
    RejectionId
}

id! {
    /// The id of a decision, unique in its file; otherwise as [`AnnotationId`].
    DecisionId
}

id! {
    /// The id of a comment, unique in its file; otherwise as [`AnnotationId`].
    CommentId
}

id! {
    /// The id of a suggestion, unique in its file; otherwise as [`AnnotationId`].
    SuggestionId
}
