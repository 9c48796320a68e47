//! The best one-to-one matching of two hands' annotations: maximum weight, exact.
//!
//! What could mean the same thing hangs together in components. Each is solved by shortest augmenting paths with
//! prices (the Hungarian method in its sparse form: Jonker and Volgenant 1987, “A shortest augmenting path algorithm
//! for dense and sparse linear assignment problems”, Computing 38), in integers.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BinaryHeap},
};

use super::{candidates::Pair, item::Item, worth::Worth};

/// The best matching: a part of `pairs` in which each annotation is at most once, with the greatest sum of worths.
/// It is the same whichever hand is the first.
pub(super) fn best(items: &[Item<'_>], pairs: &[Pair]) -> Vec<Pair> {
    let mut best = Vec::new();
    for component in components(items.len(), pairs) {
        match component[..] {
            [only] => best.push(only),
            _ => best.extend(Assignment::new(items, &component).solve()),
        }
    }
    best
}

/// The pairs in groups that share no annotation.
fn components(count: usize, pairs: &[Pair]) -> Vec<Vec<Pair>> {
    let mut parents: Vec<u32> = (0..count as u32).collect();
    let root = |parents: &mut Vec<u32>, mut at: u32| {
        while parents[at as usize] != at {
            parents[at as usize] = parents[parents[at as usize] as usize];
            at = parents[at as usize];
        }
        at
    };
    for pair in pairs {
        let [a, b] = pair.ends.map(|end| root(&mut parents, end as u32));
        parents[a.max(b) as usize] = a.min(b);
    }
    let mut order: Vec<(u32, usize)> =
        pairs.iter().enumerate().map(|(at, pair)| (root(&mut parents, pair.ends[0] as u32), at)).collect();
    order.sort_unstable();
    let groups = order.chunk_by(|a, b| a.0 == b.0);
    groups.map(|group| group.iter().map(|&(_, at)| pairs[at]).collect()).collect()
}

/// Rows are to be assigned to columns. Each row also has a column of its own, worth nothing, for staying alone.
struct Assignment {
    /// For each row, the columns that it could have, with what that is worth and the pair behind it.
    rows: Vec<Vec<(usize, Worth, Option<Pair>)>>,
    /// Of each column, its row, and which of that row's choices it is.
    taken: Vec<Option<(usize, usize)>>,
    /// Of each row, its column.
    given: Vec<Option<usize>>,
    row_price: Vec<Worth>,
    column_price: Vec<Worth>,
}

impl Assignment {
    fn new(items: &[Item<'_>], pairs: &[Pair]) -> Self {
        let sides = [0, 1].map(|side| {
            let mut ranked: Vec<_> = pairs.iter().map(|pair| (items[pair.ends[side]].rank, pair.ends[side])).collect();
            ranked.sort_unstable();
            ranked.dedup();
            ranked
        });
        // Rows are the smaller side, or the one whose first comes first: not the first hand.
        let row_side = usize::from((sides[1].len(), &sides[1]) < (sides[0].len(), &sides[0]));
        let places = |side: usize| -> BTreeMap<usize, usize> {
            sides[side].iter().enumerate().map(|(place, &(_, at))| (at, place)).collect()
        };
        let (row_of, column_of) = (places(row_side), places(1 - row_side));
        let mut rows = vec![Vec::new(); row_of.len()];
        for pair in pairs {
            let (row, column) = (row_of[&pair.ends[row_side]], column_of[&pair.ends[1 - row_side]]);
            rows[row].push((column, pair.worth, Some(*pair)));
        }
        for (number, row) in rows.iter_mut().enumerate() {
            row.sort_unstable_by_key(|&(column, ..)| column);
            row.push((column_of.len() + number, 0, None));
        }
        let row_price = rows.iter().map(|row| row.iter().map(|&(_, worth, _)| worth).max().unwrap_or_default());
        let columns = column_of.len() + rows.len();
        let (row_price, given) = (row_price.collect(), vec![None; rows.len()]);
        Self { row_price, given, taken: vec![None; columns], column_price: vec![0; columns], rows }
    }

    fn solve(mut self) -> Vec<Pair> {
        let mut path = Path::new(self.taken.len());
        for row in 0..self.rows.len() {
            self.place(row, &mut path);
        }
        let pair = |&(row, choice): &(usize, usize)| self.rows[row][choice].2;
        self.taken.iter().flatten().filter_map(pair).collect()
    }

    /// Gives a row a column, moving other rows on where that is worth more in all.
    fn place(&mut self, first: usize, path: &mut Path) {
        path.clear();
        let (mut row, mut far) = (first, 0);
        let end = loop {
            for (choice, &(column, worth, _)) in self.rows[row].iter().enumerate() {
                let loss = self.row_price[row] + self.column_price[column] - worth;
                path.reach((column, self.taken[column].is_some()), far + loss, (row, choice));
            }
            // The column of its own, which is free or can be reached, is always left.
            let Some(column) = path.nearest() else { return };
            far = path.far[column].unwrap_or_default();
            match self.taken[column] {
                Some((next, _)) => row = next,
                None => break column,
            }
        };
        self.row_price[first] -= far;
        for &column in &path.done {
            let Some((row, _)) = self.taken[column] else { continue };
            let saved = far - path.far[column].unwrap_or_default();
            self.row_price[row] -= saved;
            self.column_price[column] += saved;
        }
        self.shift(first, end, path);
    }

    /// Gives each row on the way back from a free column the column after it.
    fn shift(&mut self, first: usize, end: usize, path: &Path) {
        let mut column = end;
        while let Some((row, choice)) = path.from[column] {
            self.taken[column] = Some((row, choice));
            match self.given[row].replace(column) {
                Some(left) if row != first => column = left,
                _ => break,
            }
        }
    }
}

/// What one search has reached.
struct Path {
    /// How far each column is.
    far: Vec<Option<Worth>>,
    /// From which row, by which of its choices.
    from: Vec<Option<(usize, usize)>>,
    reached: Vec<usize>,
    /// The columns that cannot come nearer any more.
    done: Vec<usize>,
    /// By how far they are; of equal ones those that are free come first, which end the search.
    next: BinaryHeap<Reverse<(Worth, bool, usize)>>,
}

impl Path {
    fn new(columns: usize) -> Self {
        let (reached, done, next) = (Vec::new(), Vec::new(), BinaryHeap::new());
        Self { far: vec![None; columns], from: vec![None; columns], reached, done, next }
    }

    fn clear(&mut self) {
        for column in self.reached.drain(..) {
            (self.far[column], self.from[column]) = (None, None);
        }
        self.done.clear();
        self.next.clear();
    }

    fn reach(&mut self, (column, taken): (usize, bool), far: Worth, from: (usize, usize)) {
        match self.far[column] {
            Some(before) if before <= far => return,
            Some(_) => {}
            None => self.reached.push(column),
        }
        (self.far[column], self.from[column]) = (Some(far), Some(from));
        self.next.push(Reverse((far, taken, column)));
    }

    /// The nearest column that is not done, which now is.
    fn nearest(&mut self) -> Option<usize> {
        while let Some(Reverse((far, _, column))) = self.next.pop() {
            // What came nearer since is in the heap twice.
            if self.far[column] == Some(far) && self.done.last() != Some(&column) {
                self.done.push(column);
                return Some(column);
            }
        }
        None
    }
}
