//! Units of several hands, from the best matchings of each two of them.

use std::cmp::Reverse;

use super::{
    candidates::{Pair, candidates},
    item::Item,
    matching::best,
    worth::worth,
};

/// Groups of annotations that mean the same thing, at most one of each hand: by their numbers among all, in the order
/// of the hands.
pub(super) struct Groups {
    pub members: Vec<Vec<usize>>,
    /// Whether anything could have been matched otherwise, so that links can make a difference.
    pub choice: bool,
}

/// Puts annotations into groups; `order` is all of them by rank.
pub(super) fn groups(items: &[Item<'_>], order: &[usize], hands: usize) -> Groups {
    let mut forming = Forming::new(items, order, hands);
    let (mut matched, mut others) = (Vec::new(), Vec::new());
    for one in 0..hands {
        for two in one + 1..hands {
            let [left, right] = apart(items, order, [one, two]);
            let pairs = candidates(items, &left, &right);
            let best = best(items, &pairs);
            forming.choice |= best.len() < pairs.len();
            if hands > 2 {
                others.extend(pairs);
            }
            matched.extend(best);
        }
    }
    // What was matched with each other comes first, then what could be.
    for pairs in [&mut matched, &mut others] {
        let ranks = |pair: &Pair| {
            let [a, b] = pair.ends.map(|end| items[end].rank);
            (a.min(b), a.max(b))
        };
        // Between two hands no pair of the best matching stands in the way of another.
        if hands > 2 {
            pairs.sort_by_cached_key(|pair| (Reverse(pair.worth), ranks(pair)));
        }
        pairs.iter().for_each(|pair| forming.join(pair.ends));
    }
    forming.finish(order)
}

/// What two hands have that the other has not exactly so, each in the order of rank.
fn apart(items: &[Item<'_>], order: &[usize], hands: [usize; 2]) -> [Vec<usize>; 2] {
    let mut apart = [Vec::new(), Vec::new()];
    for same in order.chunk_by(|&a, &b| items[a].rank == items[b].rank) {
        let of = |hand: usize| same.iter().copied().find(|&at| items[at].hand == hand);
        match hands.map(of) {
            [Some(at), None] => apart[0].push(at),
            [None, Some(at)] => apart[1].push(at),
            _ => {}
        }
    }
    apart
}

struct Forming<'a> {
    items: &'a [Item<'a>],
    hands: usize,
    /// Of each annotation, its group.
    group: Vec<usize>,
    /// The members of each group; none of one that went into another.
    members: Vec<Vec<usize>>,
    choice: bool,
}

impl<'a> Forming<'a> {
    /// Annotations that are the same in everything are together from the start.
    fn new(items: &'a [Item<'a>], order: &[usize], hands: usize) -> Self {
        let (mut group, mut members) = (vec![0; items.len()], Vec::new());
        for same in order.chunk_by(|&a, &b| items[a].rank == items[b].rank) {
            same.iter().for_each(|&at| group[at] = members.len());
            members.push(same.to_vec());
        }
        Self { items, hands, group, members, choice: false }
    }

    /// Makes one group of the groups of two annotations, if each hand is in only one of them, and any two of the
    /// members mean the same thing.
    fn join(&mut self, ends: [usize; 2]) {
        let [into, from] = ends.map(|end| self.group[end]);
        if into == from || self.members[into].len() + self.members[from].len() > self.hands {
            return;
        }
        let fits = |&a: &usize| {
            let other = |&b: &usize| self.items[a].hand != self.items[b].hand;
            self.members[from].iter().all(|b| other(b) && worth(&self.items[a], &self.items[*b]).is_some())
        };
        if self.hands == 2 || self.members[into].iter().all(fits) {
            let moved = std::mem::take(&mut self.members[from]);
            moved.iter().for_each(|&at| self.group[at] = into);
            self.members[into].extend(moved);
        }
    }

    fn finish(mut self, order: &[usize]) -> Groups {
        let mut members = Vec::new();
        for &at in order {
            let group = std::mem::take(&mut self.members[self.group[at]]);
            if !group.is_empty() {
                members.push(group);
            }
        }
        Groups { members, choice: self.choice }
    }
}
