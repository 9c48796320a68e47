//! γ of what annotators marked.

use std::{
    ops::Range,
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::{
    align::{Alignment, align},
    category::{Disagreement, Sum, disagreement},
    cost::Cost,
    options::{GammaError, GammaOptions},
    sample::Chance,
};
use crate::{Figure, Stretch, Undefined, Units};

/// γ and its family, with what they are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Gamma {
    /// γ, of units.
    pub gamma: Figure,
    /// γ-cat, of pairs of aligned units.
    pub gamma_cat: Figure,
    /// γ-k for each category, of pairs of aligned units.
    pub gamma_k: Vec<Figure>,
    /// The disorder of the best alignment, of unitary alignments.
    pub observed: Figure,
    /// The mean disorder of the samples.
    pub expected: Figure,
    /// Between what γ lies at 95 %, as far as the samples can tell. Nothing where γ is undefined or there is one sample.
    pub interval: Option<(f64, f64)>,
    /// Between what γ of these very samples lies: the same twice where all alignments are proven to be the best.
    pub proven: Option<(f64, f64)>,
    /// The best alignment; nothing if there is nothing to align.
    pub alignment: Option<Alignment>,
    /// How many samples were drawn.
    pub samples: usize,
    /// What the samples follow from.
    pub seed: u64,
}

/// γ and its family of what annotators marked, on all processors. The same seed gives the same numbers everywhere.
///
/// # Errors
///
/// When an option makes no sense.
pub fn gamma(units: &Units, options: &GammaOptions) -> Result<Gamma, GammaError> {
    options.check()?;
    let annotators = units.stretches().len();
    if annotators < 2 {
        return Ok(Gamma::undefined(units, options, Undefined::OneAnnotator));
    }
    if units.count() == 0 {
        return Ok(Gamma::undefined(units, options, Undefined::NoUnits));
    }
    let weights = (options.alpha, options.beta, options.delta_empty);
    let cost = Cost::new(weights, options.empty_pair, annotators);
    let work = Work { units, cost, chance: Chance::new(options.sampler, units), seed: options.seed };
    // What was observed comes first: it is one more work for the processors.
    let mut done = work.all(0..options.samples + 1);
    let needed = options.precision.map_or(0, |precision| needed(&done[1..], precision));
    done.extend(work.all(done.len()..done.len().max(needed + 1)));
    Ok(Gamma::of(units, options, done.remove(0), &done))
}

/// How many samples are needed so that their mean is off by this share at most, at 95 %.
fn needed(samples: &[Done], precision: f64) -> usize {
    let (mean, deviation) = moments(samples);
    ((deviation / mean * NORMAL_95 / precision).powi(2).ceil() as usize).min(GammaOptions::MOST)
}

/// What 95 % of a normal distribution lie within, in deviations from the mean.
const NORMAL_95: f64 = 1.96;

/// The mean of the disorders and their standard deviation.
fn moments(samples: &[Done]) -> (f64, f64) {
    let count = samples.len() as f64;
    let mean = samples.iter().map(|sample| sample.alignment.disorder).sum::<f64>() / count;
    let squares = samples.iter().map(|sample| (sample.alignment.disorder - mean).powi(2)).sum::<f64>();
    (mean, (squares / count).sqrt())
}

/// What is aligned: work 0 is what was observed, all others are samples.
struct Work<'a> {
    units: &'a Units,
    cost: Cost,
    chance: Chance<'a>,
    seed: u64,
}

/// An alignment and how far its categories disagree.
struct Done {
    alignment: Alignment,
    categories: Disagreement,
}

impl Work<'_> {
    /// Does these works on all processors, and gives what comes of them in their order.
    fn all(&self, works: Range<usize>) -> Vec<Done> {
        let next = AtomicUsize::new(works.start);
        let some = || {
            let mut done = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= works.end {
                    return done;
                }
                done.push((number, self.one(number)));
            }
        };
        let threads = thread::available_parallelism().map_or(1, usize::from).min(works.len());
        let mut done = thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(some)).collect();
            let mut done = some();
            for other in others {
                done.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
            }
            done
        });
        done.sort_by_key(|(number, _)| *number);
        done.into_iter().map(|(_, done)| done).collect()
    }

    fn one(&self, number: usize) -> Done {
        match number {
            0 => self.align(self.units.stretches()),
            _ => {
                // A generator of its own, so it does not matter which thread draws.
                let mut random = ChaCha8Rng::seed_from_u64(self.seed);
                random.set_stream(number as u64);
                self.align(&self.chance.draw(&mut random))
            }
        }
    }

    fn align(&self, stretches: &[Vec<Stretch>]) -> Done {
        let alignment = align(stretches, &self.cost);
        let categories = self.units.categories().len();
        let categories = disagreement(&alignment.unitary, stretches, categories, &self.cost);
        Done { alignment, categories }
    }
}

impl Gamma {
    fn undefined(units: &Units, options: &GammaOptions, why: Undefined) -> Self {
        let none = |n, of| Figure::undefined(why, n, of);
        Self {
            gamma: none(units.count(), UNITS),
            gamma_cat: none(0, PAIRS),
            gamma_k: vec![none(0, PAIRS); units.categories().len()],
            observed: none(0, UNITARY),
            expected: none(0, SAMPLES),
            interval: None,
            proven: None,
            alignment: None,
            samples: 0,
            seed: options.seed,
        }
    }

    fn of(units: &Units, options: &GammaOptions, observed: Done, samples: &[Done]) -> Self {
        let (expected, deviation) = moments(samples);
        let found = observed.alignment.disorder;
        let least = samples.iter().map(|sample| sample.alignment.least).sum::<f64>() / samples.len() as f64;
        let off = NORMAL_95 * deviation / (samples.len() as f64).sqrt();
        let one_category = units.stretches().iter().flatten().any(|stretch| stretch.category != first(units));
        let family = |of: &dyn Fn(&Disagreement) -> Sum| match one_category {
            true => corrected(of(&observed.categories), samples.iter().map(|sample| of(&sample.categories).mean())),
            false => Figure::undefined(Undefined::OneCategory, of(&observed.categories).pairs, PAIRS),
        };
        Self {
            gamma: Figure::new(beyond(found, expected), units.count(), UNITS),
            gamma_cat: family(&|categories| categories.all),
            gamma_k: (0..units.categories().len()).map(|k| family(&|categories| categories.of[k])).collect(),
            observed: Figure::new(found, observed.alignment.unitary.len(), UNITARY),
            expected: Figure::new(expected, samples.len(), SAMPLES),
            interval: (samples.len() > 1).then(|| (beyond(found, expected - off), beyond(found, expected + off))),
            proven: Some((beyond(found, least), beyond(observed.alignment.least, expected))),
            alignment: Some(observed.alignment),
            samples: samples.len(),
            seed: options.seed,
        }
    }
}

const UNITS: &str = "units";
const PAIRS: &str = "aligned pairs";
const UNITARY: &str = "unitary alignments";
const SAMPLES: &str = "samples";

/// The category of any one unit.
fn first(units: &Units) -> usize {
    units.stretches().iter().flatten().next().map_or(0, |stretch| stretch.category)
}

/// 1 less what was observed by what was expected; 1 where nothing was observed.
fn beyond(observed: f64, expected: f64) -> f64 {
    if observed == 0.0 { 1.0 } else { 1.0 - observed / expected }
}

/// γ-cat or γ-k.
fn corrected(observed: Sum, expected: impl ExactSizeIterator<Item = f64>) -> Figure {
    if observed.pairs == 0 {
        return Figure::undefined(Undefined::NoPairs, 0, PAIRS);
    }
    let count = expected.len() as f64;
    Figure::new(beyond(observed.mean(), expected.sum::<f64>() / count), observed.pairs, PAIRS)
}
