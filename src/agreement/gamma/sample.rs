//! What annotators who know nothing of each other would mark: the chance that γ is corrected for.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use crate::{Stretch, Units};

/// How chance is modelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sampler {
    /// Gaps, lengths, numbers of stretches and categories are drawn with the means and deviations of the given ones, as
    /// pygamma-agreement does unless told otherwise (its `StatisticalContinuumSampler`).
    Statistical,
    /// The work of an annotator, chosen at random, is moved round by a random distance. Mathet et al. 2015, section 5.2.
    #[default]
    Shuffle,
}

/// A sampler that has looked at the stretches.
#[derive(Debug)]
pub(super) enum Chance<'a> {
    Statistical(Statistics),
    Shuffle(&'a Units),
}

/// What the statistical sampler draws from.
#[derive(Debug)]
pub(super) struct Statistics {
    annotators: usize,
    begin: f64,
    count: Normal,
    gap: Normal,
    length: Normal,
    /// For each category how many stretches have it or one before it.
    up_to: Vec<usize>,
}

/// A stretch is longer than this (pyannote's `SEGMENT_PRECISION`).
const SHORTEST: f64 = 1e-6;

impl<'a> Chance<'a> {
    pub fn new(sampler: Sampler, units: &'a Units) -> Self {
        match sampler {
            Sampler::Statistical => Self::Statistical(Statistics::new(units)),
            Sampler::Shuffle => Self::Shuffle(units),
        }
    }

    /// For each annotator the stretches of one sample, at least one in all.
    pub fn draw(&self, random: &mut ChaCha8Rng) -> Vec<Vec<Stretch>> {
        match self {
            Self::Statistical(statistics) => statistics.draw(random),
            Self::Shuffle(units) => loop {
                let drawn = shuffled(units, random);
                if drawn.iter().any(|of_one| !of_one.is_empty()) {
                    return drawn;
                }
            },
        }
    }
}

impl Statistics {
    fn new(units: &Units) -> Self {
        let begin = units.begin();
        // One gap of nothing, so that a single stretch has a mean gap, too.
        let mut gaps = vec![0.0];
        for of_one in units.stretches() {
            gaps.extend(of_one.windows(2).map(|pair| pair[1].start - pair[0].end));
            gaps.extend(of_one.first().map(|first| first.start - begin).filter(|gap| *gap > 0.0));
        }
        let all = || units.stretches().iter().flatten();
        let mut up_to = vec![0; units.categories().len()];
        all().for_each(|stretch| up_to[stretch.category] += 1);
        for category in 1..up_to.len() {
            up_to[category] += up_to[category - 1];
        }
        Self {
            annotators: units.annotators().len(),
            begin,
            count: Normal::of(units.stretches().iter().map(|of_one| of_one.len() as f64)),
            gap: Normal::of(gaps.into_iter()),
            length: Normal::of(all().map(|stretch| stretch.length())),
            up_to,
        }
    }

    fn draw(&self, random: &mut ChaCha8Rng) -> Vec<Vec<Stretch>> {
        let mut any = false;
        let mut of_one = |_| {
            let count = (self.count.draw(random) as i64).unsigned_abs() as usize;
            let count = if any { count } else { count.max(1) };
            any |= count > 0;
            let mut last = self.begin;
            let mut stretches: Vec<Stretch> = (0..count).map(|_| self.stretch(&mut last, random)).collect();
            stretches.sort_by(Stretch::order);
            stretches
        };
        (0..self.annotators).map(&mut of_one).collect()
    }

    fn stretch(&self, last: &mut f64, random: &mut ChaCha8Rng) -> Stretch {
        let start = *last + self.gap.draw(random);
        let shortest = SHORTEST.min(self.length.mean / 2.0);
        let mut length = self.length.draw(random).abs();
        while length < shortest {
            length = self.length.draw(random).abs();
        }
        let all = self.up_to.last().copied().unwrap_or(0);
        let pick = random.random_range(0..all);
        let category = self.up_to.partition_point(|up_to| *up_to <= pick);
        *last = start + length;
        Stretch { start, end: *last, category }
    }
}

/// A normal distribution.
#[derive(Debug)]
struct Normal {
    mean: f64,
    deviation: f64,
}

impl Normal {
    /// The one with the mean and the deviation of these numbers.
    fn of(numbers: impl Iterator<Item = f64> + Clone) -> Self {
        let count = numbers.clone().count().max(1) as f64;
        let mean = numbers.clone().sum::<f64>() / count;
        let deviation = (numbers.map(|number| (number - mean).powi(2)).sum::<f64>() / count).sqrt();
        Self { mean, deviation }
    }

    fn draw(&self, random: &mut ChaCha8Rng) -> f64 {
        let normal: f64 = StandardNormal.sample(random);
        self.mean + self.deviation * normal
    }
}

/// The work of annotators, chosen at random, each moved round by a distance that differs from those before by at least
/// half the mean length of a stretch, where there is room for that.
fn shuffled(units: &Units, random: &mut ChaCha8Rng) -> Vec<Vec<Stretch>> {
    let lengths = units.stretches().iter().flatten().map(|stretch| stretch.length()).sum::<f64>();
    let apart = lengths / units.count().max(1) as f64 / 2.0;
    let (begin, end) = (units.begin(), units.end());
    let mut free = vec![(begin, end)];
    let one = |_| {
        let pivot = pivot(&free, (begin, end), random);
        free = free.iter().flat_map(|piece| without(*piece, pivot - apart, pivot + apart)).collect();
        let whose = random.random_range(0..units.stretches().len());
        let moved = |stretch: &Stretch| {
            let by = if stretch.start + pivot > end { pivot + begin - end } else { pivot };
            Stretch { start: stretch.start + by, end: stretch.end + by, ..*stretch }
        };
        let mut stretches: Vec<Stretch> = units.stretches()[whose].iter().map(moved).collect();
        stretches.sort_by(Stretch::order);
        stretches
    };
    (0..units.annotators().len()).map(one).collect()
}

/// A whole number in one of the pieces, each as likely as it is long; anywhere if there is none.
fn pivot(free: &[(f64, f64)], (begin, end): (f64, f64), random: &mut ChaCha8Rng) -> f64 {
    let room: f64 = free.iter().map(|(start, end)| end - start).sum();
    let mut at = random.random::<f64>() * if room > 0.0 { room } else { end - begin };
    for (start, end) in free.iter().filter(|_| room > 0.0) {
        if at < end - start {
            return (start + at).trunc();
        }
        at -= end - start;
    }
    begin + at
}

/// A piece without what lies between two positions.
fn without(piece: (f64, f64), from: f64, to: f64) -> impl Iterator<Item = (f64, f64)> {
    let before = (piece.0, piece.1.min(from));
    let after = (piece.0.max(to), piece.1);
    [before, after].into_iter().filter(|(start, end)| start < end)
}
