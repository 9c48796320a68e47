//! Units of two annotators that can be matched one to one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Stretch, Units, alpha_u::UNITS, near::Near};
use crate::{Figure, Measure, Undefined, measures as of};

/// When two units match, apart from their category.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fit {
    /// Both ends are the same.
    Exact,
    /// They have any part in common.
    Overlap,
    /// Their starts and their ends are each at most so far apart.
    Within(f64),
}

/// How well the units of two annotators match.
#[derive(Clone, Copy, Debug)]
pub struct SpanScore {
    /// How many match, one to one, at most.
    pub matched: usize,
    /// The share of the second annotator's units that match.
    pub precision: Figure,
    /// The share of the first annotator's units that match.
    pub recall: Figure,
    /// The harmonic mean of both; the same whoever is first.
    pub f1: Figure,
}

impl Fit {
    /// The measure that F1 with this fit is, for units of the same category or of any.
    #[must_use]
    pub fn measure(self, any_category: bool) -> &'static Measure {
        match (self, any_category) {
            (Self::Exact, false) => &of::F1_EXACT,
            (Self::Overlap, false) => &of::F1_OVERLAP,
            (Self::Within(_), false) => &of::F1_TOLERANT,
            (Self::Exact, true) => &of::F1_EXACT_ANY,
            (Self::Overlap, true) => &of::F1_OVERLAP_ANY,
            (Self::Within(_), true) => &of::F1_TOLERANT_ANY,
        }
    }
}

impl SpanScore {
    /// The score of `matched` pairs among `first` and `second` units.
    #[must_use]
    pub fn of(matched: usize, first: usize, second: usize) -> Self {
        let share = |part: usize, all: usize| match all {
            0 => Figure::undefined(Undefined::NoUnits, 0, UNITS),
            all => Figure::new(part as f64 / all as f64, all, UNITS),
        };
        Self {
            matched,
            precision: share(matched, second),
            recall: share(matched, first),
            f1: share(2 * matched, first + second),
        }
    }
}

impl Units {
    /// How well the units of the second annotator match those of the first, by their numbers.
    #[must_use]
    pub fn span_score(&self, first: usize, second: usize, fit: Fit, any_category: bool) -> SpanScore {
        let own = |annotator: usize| self.stretches.get(annotator).map_or(&[][..], Vec::as_slice);
        let (a, b) = (own(first), own(second));
        let matched = if any_category {
            matched(a, b, fit)
        } else {
            let (a, b) = (self.by_category(a), self.by_category(b));
            a.iter().zip(&b).map(|(a, b)| matched(a, b, fit)).sum()
        };
        SpanScore::of(matched, a.len(), b.len())
    }

    /// The mean F1 over all pairs of annotators; undefined when it is for any pair.
    #[must_use]
    pub fn span_f1(&self, fit: Fit, any_category: bool) -> Figure {
        if let Some(reason) = self.lacking(self.count()) {
            return Figure::undefined(reason, self.count(), UNITS);
        }
        let number = self.annotators.len();
        let pairs = (0..number).flat_map(|a| (a + 1..number).map(move |b| (a, b)));
        let scores: Vec<_> = pairs.map(|(a, b)| self.span_score(a, b, fit, any_category).f1.value).collect();
        match scores.iter().copied().sum::<Result<f64, _>>() {
            Ok(sum) => Figure::new(sum / scores.len() as f64, self.count(), UNITS),
            Err(reason) => Figure::undefined(reason, self.count(), UNITS),
        }
    }

    fn by_category(&self, units: &[Stretch]) -> Vec<Vec<Stretch>> {
        let mut by_category = vec![Vec::new(); self.categories.len()];
        units.iter().for_each(|unit| by_category[unit.category].push(*unit));
        by_category
    }
}

/// How many units of `a` and `b`, both sorted, can be matched one to one.
fn matched(a: &[Stretch], b: &[Stretch], fit: Fit) -> usize {
    match fit {
        Fit::Exact => identical(a, b),
        Fit::Overlap => overlapping(a, b),
        Fit::Within(tolerance) => Near::of(a, b, tolerance).matched(),
    }
}

fn identical(a: &[Stretch], b: &[Stretch]) -> usize {
    let ends = |unit: &Stretch| (unit.start.to_bits(), unit.end.to_bits());
    let mut left: BTreeMap<(u64, u64), usize> = BTreeMap::new();
    a.iter().for_each(|unit| *left.entry(ends(unit)).or_default() += 1);
    let takes = |unit: &&Stretch| match left.get_mut(&ends(unit)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    };
    b.iter().filter(takes).count()
}

/// The most pairs that overlap. From the earliest end on: what ends first is matched with what ends first among all
/// that it overlaps, because whatever else that overlaps, it leaves the others of them for.
fn overlapping(a: &[Stretch], b: &[Stretch]) -> usize {
    let mut events: Vec<(f64, bool, bool, usize)> = Vec::with_capacity(2 * (a.len() + b.len()));
    for (second, units) in [(false, a), (true, b)] {
        for (number, unit) in units.iter().enumerate() {
            // At one place, ends come before starts: units are half-open.
            events.extend([(unit.start, true, second, number), (unit.end, false, second, number)]);
        }
    }
    events.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    // What is open and unmatched of each, by its end.
    let mut open = [BTreeSet::new(), BTreeSet::new()];
    let units = [a, b];
    let mut matched = 0;
    for (_, starts, second, number) in events {
        let key = (Ordered(units[usize::from(second)][number].end), number);
        if starts {
            open[usize::from(second)].insert(key);
        } else if open[usize::from(second)].remove(&key) && open[usize::from(!second)].pop_first().is_some() {
            matched += 1;
        }
    }
    matched
}

/// A position that can be a key.
#[derive(PartialEq)]
struct Ordered(f64);

impl Eq for Ordered {}

impl PartialOrd for Ordered {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ordered {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}
