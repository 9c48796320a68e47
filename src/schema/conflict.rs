//! What two copies of one file changed differently, kept in the file until a person decides.

use serde::{Deserialize, Serialize};

/// One field that two copies of a file changed differently, as a three-way merge found it. The file holds one of the
/// two values where it belongs; this record holds all three, so that nothing is lost.
///
/// Values are RON as they would stand in the file. Without a value, the thing was not there: one copy has deleted
/// what the other changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Conflict {
    /// Where: the path to the field, with ids and names between dots, such as `annotations.k3v9q2t0xm.label`, or
    /// to the whole thing where one copy has deleted it, such as `annotations.k3v9q2t0xm`.
    pub at: String,
    /// The value that both started from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
    /// The value in the first copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ours: Option<String>,
    /// The value in the second copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theirs: Option<String>,
}
