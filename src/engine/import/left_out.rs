//! Saying what was left out of an article.

use super::{Doubt, DoubtKind};

/// The doubt that these were left out: how many, and what one and what several are called. Nothing, if all
/// counts are zero.
pub(super) fn left_out(counts: &[(usize, &str, &str)]) -> Option<Doubt> {
    let named = counts.iter().filter(|(count, ..)| *count > 0);
    let parts: Vec<_> =
        named.map(|&(count, one, many)| format!("{count} {}", if count == 1 { one } else { many })).collect();
    (!parts.is_empty()).then(|| Doubt::new(DoubtKind::LeftOut, format!("left out: {}", parts.join("; "))))
}
