//! A price for each stretch, so that no unitary alignment is cheaper than its stretches together.
//!
//! All prices together are a lower bound for what an alignment costs. The highest are the solution of the dual of the
//! linear programme behind the best alignment; stretches are near each other on a line, so the matrix of an interior
//! point method (Mehrotra 1992, SIAM Journal on Optimization 2(4)) has its entries near the diagonal.

use super::{columns::Columns, skyline::Skyline};

/// How near to their bound prices must come, relative to it.
const NEAR: f64 = 1e-9;
/// How many steps are taken at most; about twenty are needed.
const STEPS: usize = 60;
/// How much of the way to the nearest border one step goes.
const BOLD: f64 = 0.995;

/// The share of each stretch in the unitary alignment in which it is least: prices that are quickly had.
pub(super) fn shares(columns: &Columns, places: usize) -> Vec<f64> {
    let mut prices = vec![f64::INFINITY; places];
    for column in 0..columns.len() {
        let members = columns.members(column);
        let share = columns.costs[column] / members.len() as f64;
        for member in members {
            let price = &mut prices[*member as usize];
            *price = price.min(share);
        }
    }
    prices
}

/// The highest prices.
pub(super) fn prices(columns: &Columns, places: usize) -> Vec<f64> {
    let mut inner = Inner::new(columns, places);
    for _ in 0..STEPS {
        if inner.gap() <= NEAR * (1.0 + inner.prices.iter().sum::<f64>().abs()) {
            break;
        }
        inner.step();
    }
    inner.prices
}

/// A point inside of the feasible region: what is left of each cost above the prices is always more than nothing.
struct Inner<'a> {
    columns: &'a Columns,
    prices: Vec<f64>,
    /// For each unitary alignment how much it costs above the prices.
    left: Vec<f64>,
    /// How much of it is taken.
    taken: Vec<f64>,
    matrix: Skyline,
    /// The row of each place in the matrix.
    row: Vec<usize>,
}

impl<'a> Inner<'a> {
    fn new(columns: &'a Columns, places: usize) -> Self {
        let mut prices = shares(columns, places);
        let inside = 0.1 * columns.costs.iter().sum::<f64>() / columns.len() as f64 + 1e-3;
        prices.iter_mut().for_each(|price| *price -= inside);
        let left = left(columns, &prices);
        let taken = some_of_each(columns, places);
        let row = rows(columns, places);
        let mut first: Vec<usize> = (0..places).collect();
        for column in 0..columns.len() {
            let members = columns.members(column);
            let least = members.iter().map(|member| row[*member as usize]).min().unwrap_or(0);
            for member in members {
                let row = row[*member as usize];
                first[row] = first[row].min(least);
            }
        }
        Self { columns, prices, left, taken, matrix: Skyline::new(first), row }
    }

    fn gap(&self) -> f64 {
        self.left.iter().zip(&self.taken).map(|(left, taken)| left * taken).sum()
    }

    /// One step of the predictor and the corrector.
    fn step(&mut self) {
        self.fill();
        let mean = self.gap() / self.left.len() as f64;
        let affine = self.direction(vec![0.0; self.left.len()]);
        let (primal, dual) = self.reach(&affine, 1.0);
        let moved =
            |(((left, taken), dl), dt): (((&f64, &f64), &f64), &f64)| (left + dual * dl) * (taken + primal * dt);
        let both = self.left.iter().zip(&self.taken).zip(&affine.left).zip(&affine.taken);
        let next = both.map(moved).sum::<f64>() / self.left.len() as f64;
        let aim = (next / mean).powi(3) * mean;
        let corrector = affine.left.iter().zip(&affine.taken).zip(&self.left);
        let corrector = corrector.map(|((dl, dt), left)| (aim - dl * dt) / left).collect();
        let direction = self.direction(corrector);
        let (primal, dual) = self.reach(&direction, BOLD);
        add(&mut self.taken, &direction.taken, primal);
        add(&mut self.prices, &direction.prices, dual);
        self.left = left(self.columns, &self.prices);
    }

    /// Fills the matrix `A·D·Aᵀ` and makes its factor.
    fn fill(&mut self) {
        self.matrix.clear();
        for column in 0..self.columns.len() {
            let weight = self.taken[column] / self.left[column];
            let members = self.columns.members(column);
            for (number, one) in members.iter().enumerate() {
                for other in &members[..=number] {
                    let (a, b) = (self.row[*one as usize], self.row[*other as usize]);
                    self.matrix.add(a.max(b), a.min(b), weight);
                }
            }
        }
        self.matrix.factor();
    }

    /// The direction in which the products of `left` and `taken` become what `corrector` aims at.
    fn direction(&self, corrector: Vec<f64>) -> Direction {
        // What is taken now and what the direction takes away at least cancel out: the right-hand side is 1 less what
        // the corrector adds.
        let mut side = vec![1.0; self.prices.len()];
        for (column, adds) in corrector.iter().enumerate() {
            for member in self.columns.members(column) {
                side[self.row[*member as usize]] -= adds;
            }
        }
        self.matrix.solve(&mut side);
        let prices: Vec<f64> = self.row.iter().map(|row| side[*row]).collect();
        let fall = |column| -self.columns.members(column).iter().map(|member| prices[*member as usize]).sum::<f64>();
        let left: Vec<f64> = (0..self.columns.len()).map(fall).collect();
        let mut taken = corrector;
        for (column, taken) in taken.iter_mut().enumerate() {
            *taken -= self.taken[column] * (1.0 + left[column] / self.left[column]);
        }
        Direction { prices, left, taken }
    }

    /// How far one can go until nothing is left or taken of something.
    fn reach(&self, direction: &Direction, bold: f64) -> (f64, f64) {
        let most = |now: &[f64], change: &[f64]| {
            let border = now.iter().zip(change).filter(|(_, change)| **change < 0.0).map(|(now, change)| -now / change);
            (border.fold(f64::INFINITY, f64::min) * bold).min(1.0)
        };
        (most(&self.taken, &direction.taken), most(&self.left, &direction.left))
    }
}

/// Something of each unitary alignment, so that of every place all is taken: at least half of it alone.
fn some_of_each(columns: &Columns, places: usize) -> Vec<f64> {
    let groups = || (0..columns.len()).filter(|column| columns.members(*column).len() > 1);
    let mut often = vec![0u32; places];
    groups().flat_map(|column| columns.members(column)).for_each(|member| often[*member as usize] += 1);
    let mut alone = vec![1.0; places];
    let mut taken = vec![0.0; columns.len()];
    for column in groups() {
        let members = columns.members(column);
        let most = members.iter().map(|member| often[*member as usize]).max().unwrap_or(1);
        taken[column] = 0.5 / f64::from(most);
        members.iter().for_each(|member| alone[*member as usize] -= taken[column]);
    }
    for (column, taken) in taken.iter_mut().enumerate() {
        if let [place] = columns.members(column) {
            *taken = alone[*place as usize];
        }
    }
    taken
}

struct Direction {
    prices: Vec<f64>,
    left: Vec<f64>,
    taken: Vec<f64>,
}

fn add(to: &mut [f64], change: &[f64], step: f64) {
    to.iter_mut().zip(change).for_each(|(to, change)| *to += step * change);
}

/// What each unitary alignment costs above the prices of its places.
pub(super) fn left(columns: &Columns, prices: &[f64]) -> Vec<f64> {
    let priced = |column| columns.members(column).iter().map(|member| prices[*member as usize]).sum::<f64>();
    (0..columns.len()).map(|column| columns.costs[column] - priced(column)).collect()
}

/// From how many places on two are far from each other.
const FAR: u32 = 100;

/// The order of the rows: from left to right, and then the few long stretches that can be aligned with others far away.
fn rows(columns: &Columns, places: usize) -> Vec<usize> {
    let pairs = || (0..columns.len()).flat_map(|column| columns.members(column).windows(2));
    let apart = || pairs().filter(|pair| pair[1] - pair[0] > FAR).map(|pair| (pair[0] as usize, pair[1] as usize));
    let mut often = vec![0u32; places];
    for (one, other) in apart() {
        often[one] += 1;
        often[other] += 1;
    }
    let mut last = vec![false; places];
    for (one, other) in apart() {
        last[if often[one] > often[other] { one } else { other }] = true;
    }
    let mut row = vec![0; places];
    let order = (0..places).filter(|place| !last[*place]).chain((0..places).filter(|place| last[*place]));
    for (number, place) in order.enumerate() {
        row[place] = number;
    }
    row
}
