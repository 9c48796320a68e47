//! All unitary alignments that matter, and the best alignment of them.
//!
//! Where there are too many to look at, prices tell which matter: the highest prices for some unitary alignments show
//! which others are cheaper than their places (column generation; Dantzig & Wolfe 1960, Operations Research 8(1)), and
//! with the highest prices for all, only those can be in the best alignment that cost little above them.

use super::{
    bound::bound,
    columns::{Columns, Wanted, columns},
    cost::Cost,
    near::{Near, Place},
    prices::{left, prices},
    solve::{Solved, solve},
};

/// How many unitary alignments for each place are few enough to be taken all.
const FEW: usize = 20;
/// How many are ever kept with each place as the first.
const MANY: usize = 400;
/// How many cheap ones are looked for with each place as the first.
const CHEAP: usize = 100;
/// How much cheaper than its places a unitary alignment must be to be looked for, in Δ∅.
const CHEAPER: f64 = 1e-6;
/// How many groups are looked at for each first place.
const GROUPS: usize = 200_000;
/// With how many places of each annotator one is aligned at first.
const NEAREST: usize = 2;
/// How often unitary alignments that are cheaper than their places are looked for.
const ROUNDS: usize = 30;
/// From how much above its prices on a unitary alignment is forgotten while prices are made, by what one place alone costs.
const DEAR: f64 = 0.5;
/// How much above the prices the first unitary alignments cost that are taken, in Δ∅.
const ABOVE: f64 = 0.5;
/// How often more are taken.
const TRIES: usize = 4;

/// The best alignment of places that are `near` each other, and what it is chosen from.
pub(super) fn best(places: &[Place], near: &[Vec<Near>], cost: &Cost) -> (Columns, Solved) {
    let few = FEW * (places.len() + FEW);
    all_at_once(places, near, cost, few).unwrap_or_else(|| Priced { places, near, cost }.best())
}

/// The best alignment, chosen from all unitary alignments if there are not more than this.
pub(super) fn all_at_once(places: &[Place], near: &[Vec<Near>], cost: &Cost, kept: usize) -> Option<(Columns, Solved)> {
    let none = vec![0.0; places.len()];
    let wanted = Wanted { prices: &none, above: f64::INFINITY, kept, each: kept, groups: GROUPS };
    let (all, complete) = columns(places, near, cost, wanted);
    let solved = complete.then(|| solve(&all, places.len()))?;
    Some((all, solved))
}

/// The best alignment by prices.
pub(super) struct Priced<'a> {
    pub places: &'a [Place],
    pub near: &'a [Vec<Near>],
    pub cost: &'a Cost,
}

impl Priced<'_> {
    pub fn best(&self) -> (Columns, Solved) {
        let (prices, complete) = self.prices();
        let least = if complete { prices.iter().sum() } else { bound(self.places, self.near, self.cost) };
        // So much can all prices together be too high.
        let tolerance = CHEAPER * self.cost.delta_empty * self.places.len() as f64;
        let mut above = ABOVE * self.cost.delta_empty;
        let (mut found, mut known) = Default::default();
        let mut gap = f64::INFINITY;
        for _ in 0..TRIES {
            let (columns, all) = self.columns(self.near, &prices, above, MANY);
            let solved = solve(&columns, self.places.len());
            let cost = solved.chosen.iter().map(|column| columns.costs[*column as usize]).sum::<f64>();
            if cost - least < gap {
                gap = cost - least;
                (found, known) = (columns, solved);
                // What costs more above the prices than the whole alignment does is in no better one.
                let proven = complete && all && gap + tolerance <= above;
                known.best &= proven;
                known.least = if proven { known.least } else { least };
            }
            if known.best || !complete || !all {
                break;
            }
            above = gap + 2.0 * tolerance;
        }
        (found, known)
    }

    fn columns(&self, near: &[Vec<Near>], prices: &[f64], above: f64, each: usize) -> (Columns, bool) {
        let wanted = Wanted { prices, above, kept: usize::MAX, each, groups: GROUPS };
        columns(self.places, near, self.cost, wanted)
    }

    /// The highest prices for all unitary alignments; and whether they are that.
    fn prices(&self) -> (Vec<f64>, bool) {
        let nearest: Vec<Vec<Near>> = self.near.iter().map(|near| self.nearest(near)).collect();
        let none = vec![0.0; self.places.len()];
        let (mut known, _) = self.columns(&nearest, &none, f64::INFINITY, CHEAP);
        let mut highest = none;
        for _ in 0..ROUNDS {
            highest = prices(&known, self.places.len());
            let (cheap, all) = self.columns(self.near, &highest, -CHEAPER * self.cost.delta_empty, CHEAP);
            if cheap.len() == self.places.len() {
                return (highest, all);
            }
            known = self.merged(&known, &cheap, &highest);
        }
        (highest, false)
    }

    /// The known unitary alignments that are not too dear, and for each first place the cheapest of the cheap ones.
    fn merged(&self, known: &Columns, cheap: &Columns, prices: &[f64]) -> Columns {
        let (known_left, cheap_left) = (left(known, prices), left(cheap, prices));
        let forget = known.len() > CHEAP * self.places.len();
        let mut merged = Columns::default();
        let (mut of_known, mut of_cheap) = (0, 0);
        for place in 0..self.places.len() {
            while of_known < known.len() && known.members(of_known)[0] as usize == place {
                let members = known.members(of_known);
                if members.len() == 1 || !forget || known_left[of_known] < DEAR * self.cost.of(1, 0.0) {
                    merged.push(members.iter().copied(), known.costs[of_known]);
                }
                of_known += 1;
            }
            let start = of_cheap;
            while of_cheap < cheap.len() && cheap.members(of_cheap)[0] as usize == place {
                of_cheap += 1;
            }
            let mut cheapest: Vec<usize> =
                (start..of_cheap).filter(|column| cheap.members(*column).len() > 1).collect();
            cheapest.sort_by(|a, b| cheap_left[*a].total_cmp(&cheap_left[*b]));
            for column in cheapest.into_iter().take(FEW) {
                merged.push(cheap.members(column).iter().copied(), cheap.costs[column]);
            }
        }
        merged
    }

    /// Of each annotator the nearest places.
    fn nearest(&self, near: &[Near]) -> Vec<Near> {
        let annotator = |near: &Near| self.places[near.place as usize].annotator;
        let mut seen = vec![0; self.cost.annotators()];
        let take = |near: &&Near| {
            let seen = &mut seen[annotator(near) as usize];
            *seen += 1;
            *seen <= NEAREST
        };
        near.iter().filter(take).copied().collect()
    }
}
