//! Heights of all paragraphs with their running sums: a Fenwick tree.

/// Heights of a sequence of paragraphs; each change, sum and search costs a logarithm of its length.
///
/// In `f64`, because a text of 10 MB is over a million points high, where `f32` is coarser than a pixel.
#[derive(Clone, Debug, Default)]
pub(super) struct Heights {
    values: Vec<f64>,
    /// `tree[i]` is the sum of the `lowest set bit of i` values that end with the `i`th, counted from 1.
    tree: Vec<f64>,
}

impl Heights {
    pub fn new(values: Vec<f64>) -> Self {
        let mut tree = vec![0.0; values.len() + 1];
        for (i, value) in values.iter().enumerate() {
            tree[i + 1] += value;
            let parent = next(i + 1);
            if parent < tree.len() {
                tree[parent] += tree[i + 1];
            }
        }
        Self { values, tree }
    }

    pub fn get(&self, index: usize) -> f64 {
        self.values.get(index).copied().unwrap_or_default()
    }

    /// Replaces one height and returns by how much it grew.
    pub fn set(&mut self, index: usize, height: f64) -> f64 {
        let Some(value) = self.values.get_mut(index) else { return 0.0 };
        let growth = height - *value;
        if growth != 0.0 {
            *value = height;
            let mut node = index + 1;
            while node < self.tree.len() {
                self.tree[node] += growth;
                node = next(node);
            }
        }
        growth
    }

    /// The height of all paragraphs before `index`.
    pub fn before(&self, index: usize) -> f64 {
        let mut node = index.min(self.values.len());
        let mut sum = 0.0;
        while node > 0 {
            sum += self.tree[node];
            node &= node - 1;
        }
        sum
    }

    pub fn total(&self) -> f64 {
        self.before(self.values.len())
    }

    /// The paragraph that lies at `y`, with the position of its top; the first or last one if `y` is outside.
    pub fn find(&self, y: f64) -> (usize, f64) {
        let (mut node, mut sum) = (0, 0.0);
        let mut step = self.tree.len().next_power_of_two();
        while step > 0 {
            let to = node + step;
            if to < self.tree.len() && sum + self.tree[to] <= y {
                node = to;
                sum += self.tree[to];
            }
            step /= 2;
        }
        if node < self.values.len() {
            return (node, sum);
        }
        let last = self.values.len().saturating_sub(1);
        (last, self.before(last))
    }
}

/// The node after `node` that also covers it.
fn next(node: usize) -> usize {
    node + (node & node.wrapping_neg())
}
