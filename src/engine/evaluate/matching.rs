//! Which gold annotation is matched to which predicted one.

use super::{
    Level,
    cover::{Cover, Overlap},
};

/// What each annotation of one side is matched to: its place on the other side, and how much the two overlap.
type Matches = Vec<Option<(usize, Overlap)>>;

/// The one-to-one matching of two lists of annotations, which are in the order of the text.
#[derive(Debug)]
pub(super) struct Matching {
    pub gold: Matches,
    pub predicted: Matches,
}

impl Matching {
    /// Matches greedily by overlap, down to the loosest level.
    pub fn new(gold: &[Cover], predicted: &[Cover]) -> Self {
        let mut matching = Self { gold: vec![None; gold.len()], predicted: vec![None; predicted.len()] };
        for (overlap, one, two) in pairs(gold, predicted) {
            if matching.gold[one].is_none() && matching.predicted[two].is_none() {
                matching.gold[one] = Some((two, overlap));
                matching.predicted[two] = Some((one, overlap));
            }
        }
        matching
    }
}

/// All pairs that reach the loosest level, the best first.
fn pairs(gold: &[Cover], predicted: &[Cover]) -> Vec<(Overlap, usize, usize)> {
    let hulls: Vec<_> = predicted.iter().map(|cover| cover.hull().unwrap_or_default()).collect();
    let mut by_start: Vec<_> = (0..predicted.len()).collect();
    by_start.sort_unstable_by_key(|at| hulls[*at]);
    // How far those up to each one reach, so that the search back from a gold one knows where to end.
    let furthest = |reach: &mut u32, at: &usize| {
        *reach = (*reach).max(hulls[*at].1);
        Some(*reach)
    };
    let reaches: Vec<_> = by_start.iter().scan(0, furthest).collect();
    let mut pairs = Vec::new();
    for (one, cover) in gold.iter().enumerate() {
        let Some((start, end)) = cover.hull() else { continue };
        let behind = by_start.partition_point(|at| hulls[*at].0 < end);
        for place in (0..behind).rev().take_while(|place| reaches[*place] > start) {
            let two = by_start[place];
            let overlap = cover.overlap(&predicted[two]);
            if overlap.reaches(Level::Some.least()) {
                pairs.push((overlap, one, two));
            }
        }
    }
    pairs.sort_unstable_by(|(a, one, two), (b, three, four)| {
        (b.shared * a.either).cmp(&(a.shared * b.either)).then((one, two).cmp(&(three, four)))
    });
    pairs
}
