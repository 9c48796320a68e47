//! Which pairs of two hands' annotations could mean the same thing.

use std::collections::BTreeSet;

use super::{
    item::Item,
    worth::{Worth, worth},
};

/// How many annotations of the other hand may lie over one before only the nearest are looked at.
const CROWD: usize = 64;
/// In a crowd, how many are looked at on each side: that start or end next before it, and next after it.
const NEAREST: usize = 16;

/// Two annotations that could mean the same thing, by their numbers among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub ends: [usize; 2],
    pub worth: Worth,
}

/// Those of one hand that lie over the place where the sweep is.
#[derive(Default)]
struct Open {
    by_start: BTreeSet<(u32, u32, usize)>,
    by_end: BTreeSet<(u32, u32, usize)>,
}

impl Open {
    fn add(&mut self, items: &[Item<'_>], at: usize) {
        if let Some(hull) = items[at].cover.hull() {
            self.by_start.insert((hull.start.0, items[at].layer, at));
            self.by_end.insert((hull.end.0, items[at].layer, at));
        }
    }

    /// Lets go of what ends at or before `place`.
    fn leave(&mut self, items: &[Item<'_>], place: u32) {
        while let Some(&first @ (end, layer, at)) = self.by_end.first()
            && end <= place
        {
            self.by_end.remove(&first);
            let start = items[at].cover.hull().map_or(0, |hull| hull.start.0);
            self.by_start.remove(&(start, layer, at));
        }
    }

    /// Those that an annotation may be matched with: all, or the nearest of a crowd.
    fn near(&self, item: &Item<'_>) -> BTreeSet<usize> {
        if self.by_end.len() <= CROWD {
            return self.by_end.iter().map(|&(_, _, at)| at).collect();
        }
        let hull = item.cover.hull().unwrap_or_default();
        let mut near = BTreeSet::new();
        for (set, place) in [(&self.by_start, hull.start.0), (&self.by_end, hull.end.0)] {
            let here = (place, item.layer, 0);
            near.extend(set.range(here..).take(NEAREST).map(|&(_, _, at)| at));
            near.extend(set.range(..here).rev().take(NEAREST).map(|&(_, _, at)| at));
        }
        near
    }
}

/// All pairs of one of `left` and one of `right` that could mean the same thing; both lists are in the order of rank,
/// which is that of the text. Where very many lie on each other, only pairs of near ones.
pub(super) fn candidates(items: &[Item<'_>], left: &[usize], right: &[usize]) -> Vec<Pair> {
    let start = |at: usize| items[at].cover.hull().map(|hull| hull.start.0);
    let mut waiting = [left, right].map(|side| side.iter().copied().filter(|&at| start(at).is_some()).peekable());
    let mut open = [Open::default(), Open::default()];
    let mut pairs = Vec::new();
    loop {
        let next = waiting.each_mut().map(|side| side.peek().and_then(|&at| start(at)));
        let Some(place) = next.into_iter().flatten().min() else { return pairs };
        let mut new = [Vec::new(), Vec::new()];
        for (side, waiting) in waiting.iter_mut().enumerate() {
            open[side].leave(items, place);
            while let Some(at) = waiting.next_if(|&at| start(at) == Some(place)) {
                open[side].add(items, at);
                new[side].push(at);
            }
        }
        // Of two that start together each looks at the other, so that no side goes before the other.
        let mut found = BTreeSet::new();
        for (side, at) in new[0].iter().map(|&at| (0, at)).chain(new[1].iter().map(|&at| (1, at))) {
            found.extend(open[1 - side].near(&items[at]).into_iter().map(|other| [[at, other], [other, at]][side]));
        }
        let pair = |ends: [usize; 2]| Some(Pair { ends, worth: worth(&items[ends[0]], &items[ends[1]])? });
        pairs.extend(found.into_iter().filter_map(pair));
    }
}
