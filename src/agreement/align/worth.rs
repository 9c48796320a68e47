//! How well two annotations of different hands go together.

use std::collections::BTreeMap;

use super::item::{Item, Tie};

/// A whole overlap, in the integers that overlaps are reckoned in.
const WHOLE: u64 = 1 << 20;
/// What the same label counts for: as much as half of the overlap.
const SAME_LABEL: u64 = WHOLE / 2;
/// Complete agreement on attributes or links; divisible by the small numbers that shares are made of.
const ALL: usize = 60;
/// How many bits sums at one level need: those of one worth, and 20 for the number of pairs.
const LEVEL: u32 = 26;

/// How much a pair is worth. Sums of worths compare level by level: first how many pairs are the same words under the
/// same label, then overlap and label, then attributes, then links.
pub(super) type Worth = i128;

/// What a pair is worth; nothing if the two do not mean the same thing.
pub(super) fn worth(a: &Item<'_>, b: &Item<'_>) -> Option<Worth> {
    let (overlap, label) = (a.cover.overlap(&b.cover), a.label == b.label);
    if overlap.shared == 0 || !(label || overlap.is_half()) {
        return None;
    }
    let near = overlap.share(WHOLE) + if label { SAME_LABEL } else { 0 };
    let same = Worth::from(label && overlap.is_all());
    let attributes = match a.attributes == b.attributes {
        true => ALL,
        false => alike(&a.annotation.attributes, &b.annotation.attributes),
    };
    let low = (attributes as Worth) << LEVEL | ties(&a.ties, &b.ties) as Worth;
    // Two worths of the level above have 21 bits, and the sum of a million of them 41.
    Some(same << (2 * LEVEL + 41) | Worth::from(near) << (2 * LEVEL) | low)
}

/// How many of the values that either has are the same in both.
fn alike(a: &BTreeMap<String, String>, b: &BTreeMap<String, String>) -> usize {
    let same = a.iter().filter(|(name, value)| b.get(*name) == Some(value)).count();
    let either = a.len() + b.keys().filter(|name| !a.contains_key(*name)).count();
    (ALL * same).checked_div(either).unwrap_or(ALL)
}

fn ties(a: &[Tie], b: &[Tie]) -> usize {
    let same = a.iter().filter(|tie| b.binary_search(tie).is_ok()).count();
    (ALL * same).checked_div(a.len() + b.len() - same).unwrap_or(ALL)
}
