//! The best alignment: unitary alignments in which every stretch is exactly once, at the least cost.

use super::{
    columns::Columns,
    prices::{left, prices, shares},
    sweep::sweep,
};

/// What was found of the best alignment.
#[derive(Clone, Debug, Default)]
pub(super) struct Solved {
    /// The unitary alignments.
    pub chosen: Vec<u32>,
    /// A cost below which no alignment can be.
    pub least: f64,
    /// Whether none is better.
    pub best: bool,
}

/// How many states a sweep follows, before prices are made and after; each try is wider.
const WIDTHS: [usize; 4] = [32, 64, 512, 4_096];

/// How many states of all unitary alignments a sweep looks at, at most.
const LOOKED_AT: usize = 100_000_000;

/// How many times what is left is parted and tried again.
const DEPTH: usize = 8;

/// Solves each connected part on its own.
pub(super) fn solve(columns: &Columns, places: usize) -> Solved {
    let mut solved = parted(columns, places, DEPTH);
    solved.chosen.sort_unstable();
    solved
}

fn parted(columns: &Columns, places: usize, depth: usize) -> Solved {
    let mut all = Solved { best: true, ..Solved::default() };
    for part in parts(columns, places) {
        let one = part.solve(depth);
        all.chosen.extend(one.chosen.iter().map(|column| part.origin[*column as usize]));
        all.least += one.least;
        all.best &= one.best;
    }
    all
}

/// Places that are not connected to others by any unitary alignment.
struct Part {
    places: usize,
    columns: Columns,
    /// For each unitary alignment its number in the whole.
    origin: Vec<u32>,
}

impl Part {
    fn solve(&self, depth: usize) -> Solved {
        if self.places == 1 {
            return Solved { chosen: vec![0], least: self.columns.costs[0], best: true };
        }
        let mut found = Solved { chosen: self.alone(), ..Solved::default() };
        self.sweep(&shares(&self.columns, self.places), WIDTHS[0], &mut found);
        if found.best {
            return found;
        }
        let prices = prices(&self.columns, self.places);
        let cheapest = self.cheapest_first(&prices);
        if self.cost(&cheapest) < self.cost(&found.chosen) {
            found.chosen = cheapest;
        }
        for width in &WIDTHS[1..] {
            if width * self.columns.len() > LOOKED_AT {
                break;
            }
            self.sweep(&prices, *width, &mut found);
            if found.best {
                break;
            }
            if let Some(solved) = self.without_the_dear(&prices, self.cost(&found.chosen), depth) {
                return solved;
            }
        }
        found
    }

    /// Every place alone.
    fn alone(&self) -> Vec<u32> {
        (0..self.columns.len() as u32).filter(|column| self.columns.members(*column as usize).len() == 1).collect()
    }

    /// An alignment that takes one unitary alignment after the other, by how little above the prices it costs.
    fn cheapest_first(&self, prices: &[f64]) -> Vec<u32> {
        let left = left(&self.columns, prices);
        let key = |column: u32| {
            let left = left[column as usize];
            // What is at its price but for rounding is told apart by its size.
            (if left < self.tolerance() { 0.0 } else { left }, usize::MAX - self.columns.members(column as usize).len())
        };
        let mut order: Vec<u32> = (0..self.columns.len() as u32).collect();
        order.sort_by(|a, b| key(*a).0.total_cmp(&key(*b).0).then(key(*a).1.cmp(&key(*b).1)).then(a.cmp(b)));
        let mut taken = vec![false; self.places];
        let free = |column: &u32| {
            let members = self.columns.members(*column as usize);
            let free = members.iter().all(|member| !taken[*member as usize]);
            members.iter().filter(|_| free).for_each(|member| taken[*member as usize] = true);
            free
        };
        order.into_iter().filter(free).collect()
    }

    /// Solves what is left when all is gone that costs too much to be in an alignment as good as a known one. Nothing
    /// if that is most of it.
    fn without_the_dear(&self, prices: &[f64], known: f64, depth: usize) -> Option<Solved> {
        let gap = known - prices.iter().sum::<f64>() + self.tolerance();
        let mut rest = Columns::default();
        let mut origin = Vec::new();
        for (column, left) in left(&self.columns, prices).into_iter().enumerate() {
            let members = self.columns.members(column);
            if left <= gap || members.len() == 1 {
                rest.push(members.iter().copied(), self.columns.costs[column]);
                origin.push(column as u32);
            }
        }
        if depth == 0 || rest.len() * 4 > self.columns.len() * 3 {
            return None;
        }
        let mut solved = parted(&rest, self.places, depth - 1);
        solved.chosen.iter_mut().for_each(|column| *column = origin[*column as usize]);
        Some(solved)
    }

    /// Looks for something better than what was found.
    fn sweep(&self, prices: &[f64], width: usize, found: &mut Solved) {
        let bound = prices.iter().sum::<f64>();
        let known = self.cost(&found.chosen) - bound;
        let swept = sweep(&self.columns, self.places, &left(&self.columns, prices), width, known + self.tolerance());
        let cost = swept.cost.min(known);
        if swept.cost < known {
            found.chosen = swept.chosen;
        }
        found.least = found.least.max(bound + cost.min(swept.dropped));
        found.best = cost <= swept.dropped + self.tolerance();
    }

    fn cost(&self, chosen: &[u32]) -> f64 {
        chosen.iter().map(|column| self.columns.costs[*column as usize]).sum()
    }

    /// What sums of so many costs may be off. The first column is a stretch alone, which costs most.
    fn tolerance(&self) -> f64 {
        1e-10 * self.columns.costs[0] * self.places as f64
    }
}

/// Parts the places so that no unitary alignment is in two parts.
fn parts(columns: &Columns, places: usize) -> Vec<Part> {
    let mut joined: Vec<u32> = (0..places as u32).collect();
    for column in 0..columns.len() {
        let members = columns.members(column);
        for member in &members[1..] {
            let (one, other) = (root(&mut joined, members[0]), root(&mut joined, *member));
            joined[one.max(other) as usize] = one.min(other);
        }
    }
    let mut parts: Vec<Part> = Vec::new();
    let mut part_of = vec![0; places];
    let mut local = vec![0; places];
    for place in 0..places {
        let first = root(&mut joined, place as u32) as usize;
        if first == place {
            part_of[place] = parts.len();
            parts.push(Part { places: 0, columns: Columns::default(), origin: Vec::new() });
        }
        part_of[place] = part_of[first];
        let part = &mut parts[part_of[place]];
        local[place] = part.places as u32;
        part.places += 1;
    }
    for column in 0..columns.len() {
        let members = columns.members(column);
        let part = &mut parts[part_of[members[0] as usize]];
        part.columns.push(members.iter().map(|member| local[*member as usize]), columns.costs[column]);
        part.origin.push(column as u32);
    }
    parts
}

fn root(joined: &mut [u32], place: u32) -> u32 {
    let mut at = place;
    while joined[at as usize] != at {
        joined[at as usize] = joined[joined[at as usize] as usize];
        at = joined[at as usize];
    }
    at
}
