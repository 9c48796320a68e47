//! Unitary alignments that can be part of the best alignment.

use super::{
    cost::Cost,
    near::{Near, Place},
};

/// Unitary alignments, each as the numbers of its places, ascending; sorted by the first of these.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    ends: Vec<u32>,
    members: Vec<u32>,
    pub costs: Vec<f64>,
}

impl Columns {
    pub fn len(&self) -> usize {
        self.costs.len()
    }

    pub fn members(&self, column: usize) -> &[u32] {
        let start = column.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.members[start..self.ends[column] as usize]
    }

    pub fn push(&mut self, members: impl IntoIterator<Item = u32>, cost: f64) {
        self.members.extend(members);
        self.ends.push(self.members.len() as u32);
        self.costs.push(cost);
    }
}

/// What each unitary alignment costs on top, in Δ∅: of alignments with the same disorder, the one with fewer of them is
/// taken.
const TIE: f64 = 1e-9;

/// Which unitary alignments are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// The prices of the places, and how much above them a unitary alignment may cost.
    pub prices: &'a [f64],
    pub above: f64,
    /// How many are kept at most, in all and with each place as the first, and how many groups are looked at with each.
    pub kept: usize,
    pub each: usize,
    pub groups: usize,
}

/// Unitary alignments that are not better taken apart, all places alone among them; and whether these are all wanted.
pub(super) fn columns(places: &[Place], near: &[Vec<Near>], cost: &Cost, wanted: Wanted<'_>) -> (Columns, bool) {
    let mut search = Search {
        places,
        cost,
        wanted,
        tie: TIE * cost.delta_empty,
        columns: Columns::default(),
        group: Vec::new(),
        rows: Vec::new(),
        best: vec![f64::INFINITY; cost.annotators()],
        full: 0,
        left: 0,
    };
    let all = near.iter().enumerate().fold(true, |all, (first, near)| all & search.grow_from(first as u32, near));
    (search.columns, all)
}

struct Search<'a> {
    places: &'a [Place],
    cost: &'a Cost,
    wanted: Wanted<'a>,
    tie: f64,
    columns: Columns,
    /// The places in the group that is tried.
    group: Vec<u32>,
    /// For each size of the group, how unlike each of its places was to all others together.
    rows: Vec<f64>,
    /// Of each annotator the candidate that adds least, while that is asked.
    best: Vec<f64>,
    /// How many may be kept and how many groups looked at, with the place that is first now.
    full: usize,
    left: usize,
}

impl Search<'_> {
    /// Finds all unitary alignments whose first place this is; says whether they are all.
    fn grow_from(&mut self, first: u32, near: &[Near]) -> bool {
        self.columns.push([first], self.tie + self.cost.of(1, 0.0));
        self.left = self.wanted.groups;
        self.group.clear();
        self.group.push(first);
        self.rows.clear();
        self.rows.push(0.0);
        self.full = self.wanted.kept.min(self.columns.len().saturating_add(self.wanted.each));
        let priced = self.wanted.prices[first as usize];
        if self.columns.len() < self.full && self.can_be_wanted(near, self.cost.of(1, 0.0) - priced) {
            self.grow(near, 0.0, priced);
        }
        self.columns.len() < self.full && (self.left > 0 || near.is_empty())
    }

    /// Adds one of the candidates to the group, which is `unlike` in itself and costs `priced`, and then further ones.
    /// How unlike a candidate is means here: to all of the group.
    fn grow(&mut self, candidates: &[Near], unlike: f64, priced: f64) {
        for (number, candidate) in candidates.iter().enumerate() {
            if self.left == 0 || self.columns.len() >= self.full {
                return;
            }
            self.left -= 1;
            let unlike = unlike + candidate.unlike;
            let priced = priced + self.wanted.prices[candidate.place as usize];
            let height = self.rows.len();
            self.add(candidate);
            let size = self.group.len();
            let limit = self.cost.limit();
            if self.rows[height..].iter().all(|row| *row < limit) {
                let above = self.cost.of(size, unlike) - priced;
                if above <= self.wanted.above && self.holds_together() {
                    let mut members = self.group.clone();
                    members.sort_unstable();
                    self.columns.push(members, self.tie + self.cost.of(size, unlike));
                }
                if size < self.cost.annotators() {
                    let rest = self.rest(&candidates[number + 1..], candidate.place, limit);
                    if !rest.is_empty() && self.can_be_wanted(&rest, above) {
                        self.grow(&rest, unlike, priced);
                    }
                }
            }
            self.group.pop();
            self.rows.truncate(height);
        }
    }

    /// Adds a place to the group.
    fn add(&mut self, candidate: &Near) {
        let (size, height) = (self.group.len(), self.rows.len());
        for number in 0..size {
            let row = self.rows[height - size + number] + self.pair(self.group[number], candidate.place);
            self.rows.push(row);
        }
        self.rows.push(candidate.unlike);
        self.group.push(candidate.place);
    }

    /// The candidates that are left when one is taken.
    fn rest(&self, candidates: &[Near], taken: u32, limit: f64) -> Vec<Near> {
        let annotator = |place: u32| self.places[place as usize].annotator;
        let others = candidates.iter().filter(|other| annotator(other.place) != annotator(taken));
        let with = others.map(|other| Near { unlike: other.unlike + self.pair(taken, other.place), ..*other });
        with.filter(|other| other.unlike < limit).collect()
    }

    fn pair(&self, one: u32, other: u32) -> f64 {
        self.cost.pair(&self.places[one as usize].stretch, &self.places[other as usize].stretch)
    }

    /// Whether the group, which costs so much above its prices, can become wanted with some of the candidates: these
    /// are taken to be alike among themselves.
    fn can_be_wanted(&mut self, candidates: &[Near], above: f64) -> bool {
        if self.wanted.above == f64::INFINITY {
            return true;
        }
        self.best.fill(f64::INFINITY);
        for candidate in candidates {
            let best = &mut self.best[self.places[candidate.place as usize].annotator as usize];
            *best = best.min(candidate.unlike - self.wanted.prices[candidate.place as usize]);
        }
        self.best.sort_by(f64::total_cmp);
        let (size, alone) = (self.group.len(), self.cost.of(self.group.len(), 0.0));
        let mut sum = above - alone;
        self.best.iter().take(self.cost.annotators() - size).enumerate().any(|(number, adds)| {
            sum += adds;
            sum + self.cost.of(size + number + 1, 0.0) <= self.wanted.above
        })
    }

    /// Whether it does not cost less to take one or two out. For up to five annotators these are all ways to part.
    fn holds_together(&self) -> bool {
        let size = self.group.len();
        let rows = &self.rows[self.rows.len() - size..];
        let one = self.cost.saved(1, size - 1) + self.tie / 2.0;
        if rows.iter().any(|row| *row > one) {
            return false;
        }
        if size < 4 {
            return true;
        }
        let two = self.cost.saved(2, size - 2) + self.tie / 2.0;
        (0..size).all(|a| (0..a).all(|b| rows[a] + rows[b] - 2.0 * self.pair(self.group[a], self.group[b]) <= two))
    }
}
