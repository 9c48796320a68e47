//! Symmetric positive definite equations whose rows have their entries near the diagonal.

/// The lower half of a matrix: of each row all entries from its first one that is not zero to the diagonal.
pub(super) struct Skyline {
    first: Vec<usize>,
    /// Where the entry of column 0 would be in `values`.
    origin: Vec<isize>,
    values: Vec<f64>,
}

/// A pivot that is as good as zero, by what the diagonal was: its unknown is then left as it is.
const NOTHING: f64 = 1e-14;
/// What stands in its place.
const HUGE: f64 = 1e64;

impl Skyline {
    /// A matrix of zeros, of which each row starts at a column that is not after the diagonal.
    pub fn new(first: Vec<usize>) -> Self {
        let mut origin = Vec::with_capacity(first.len());
        let mut size = 0;
        for (row, first) in first.iter().enumerate() {
            origin.push(size as isize - *first as isize);
            size += row + 1 - first;
        }
        Self { first, origin, values: vec![0.0; size] }
    }

    pub fn clear(&mut self) {
        self.values.fill(0.0);
    }

    fn at(&self, row: usize, column: usize) -> usize {
        (self.origin[row] + column as isize) as usize
    }

    /// Adds to the entry of a row and a column that is not after it.
    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        let at = self.at(row, column);
        self.values[at] += value;
    }

    /// Makes the Cholesky factor of it, in its place.
    pub fn factor(&mut self) {
        for row in 0..self.first.len() {
            let start = self.at(row, self.first[row]);
            let (before, this) = self.values.split_at_mut(start);
            let this = &mut this[..=row - self.first[row]];
            for column in self.first[row]..row {
                let from = self.first[row].max(self.first[column]);
                let there = (self.origin[column] + from as isize) as usize;
                let other = &before[there..=there + column - from];
                let (own, rest) = this.split_at_mut(column - self.first[row]);
                let known = dot(&own[from - self.first[row]..], &other[..column - from]);
                rest[0] = (rest[0] - known) / other[column - from];
            }
            let (own, rest) = this.split_at_mut(row - self.first[row]);
            let pivot = rest[0] - dot(own, own);
            rest[0] = if pivot > NOTHING * rest[0] { pivot.sqrt() } else { HUGE };
        }
    }

    /// Solves the equations by the factor, in the place of the right-hand side.
    pub fn solve(&self, side: &mut [f64]) {
        for row in 0..self.first.len() {
            let first = self.first[row];
            let own = &self.values[self.at(row, first)..=self.at(row, row)];
            let known = dot(&own[..row - first], &side[first..row]);
            side[row] = (side[row] - known) / own[row - first];
        }
        for row in (0..self.first.len()).rev() {
            let first = self.first[row];
            let own = &self.values[self.at(row, first)..=self.at(row, row)];
            side[row] /= own[row - first];
            let solved = side[row];
            for (entry, value) in side[first..row].iter_mut().zip(own) {
                *entry -= solved * value;
            }
        }
    }
}

/// The inner product, in four sums so that a processor can do them at once.
fn dot(one: &[f64], other: &[f64]) -> f64 {
    let (left, right) = (one.chunks_exact(4), other.chunks_exact(4));
    let rest: f64 = left.remainder().iter().zip(right.remainder()).map(|(a, b)| a * b).sum();
    let mut sums = [0.0; 4];
    for (a, b) in left.zip(right) {
        for lane in 0..4 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    rest + (sums[0] + sums[1]) + (sums[2] + sums[3])
}
