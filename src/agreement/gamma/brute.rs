//! Best alignments of small continua, held against all that there are.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::{
    EmptyPair,
    align::align,
    cost::Cost,
    near::{near, places},
    search::{Priced, all_at_once},
};
use crate::{Stretch, Units, gamma, gamma::GammaOptions};

/// The least sum of the disorders of unitary alignments, by trying all.
fn least(left: &mut Vec<Vec<Stretch>>, weights: (f64, f64, f64), pair: EmptyPair) -> f64 {
    let Some(first) = left.iter().position(|of_one| !of_one.is_empty()) else { return 0.0 };
    let stretch = left[first].pop().unwrap();
    let mut best = f64::INFINITY;
    let mut chosen = vec![None; left.len()];
    chosen[first] = Some(stretch);
    choose(left, first + 1, &mut chosen, &mut |left, chosen| {
        best = best.min(disorder(chosen, weights, pair) + least(left, weights, pair));
    });
    left[first].push(stretch);
    best
}

type Chosen = Vec<Option<Stretch>>;

fn choose(
    left: &mut Vec<Vec<Stretch>>,
    at: usize,
    chosen: &mut Chosen,
    then: &mut dyn FnMut(&mut Vec<Vec<Stretch>>, &Chosen),
) {
    if at == left.len() {
        return then(left, chosen);
    }
    choose(left, at + 1, chosen, then);
    for number in 0..left[at].len() {
        let stretch = left[at].remove(number);
        chosen[at] = Some(stretch);
        choose(left, at + 1, chosen, then);
        chosen[at] = None;
        left[at].insert(number, stretch);
    }
}

/// The definition, word by word.
fn disorder(chosen: &Chosen, (alpha, beta, delta): (f64, f64, f64), pair: EmptyPair) -> f64 {
    let mut sum = 0.0;
    for (number, one) in chosen.iter().enumerate() {
        for other in &chosen[..number] {
            sum += match (one, other) {
                (Some(a), Some(b)) => {
                    let apart = (a.start - b.start).abs() + (a.end - b.end).abs();
                    let place = (apart / (a.end - a.start + b.end - b.start)).powi(2) * delta;
                    alpha * place + if a.category == b.category { 0.0 } else { beta * delta }
                }
                (None, None) if pair == EmptyPair::Zero => 0.0,
                _ => delta,
            };
        }
    }
    sum / (chosen.len() * (chosen.len() - 1) / 2) as f64
}

fn stretch(room: u32) -> impl Strategy<Value = Stretch> {
    (0..room, 1..room, 0..3usize).prop_map(|(start, length, category)| Stretch {
        start: f64::from(start),
        end: f64::from(start + length),
        category,
    })
}

/// So many annotators with so many stretches at most, on a short continuum, so that many lie on each other.
fn continuum(
    annotators: std::ops::RangeInclusive<usize>,
    most: usize,
    room: u32,
) -> impl Strategy<Value = Vec<Vec<Stretch>>> {
    prop::collection::vec(prop::collection::vec(stretch(room), 0..=most), annotators)
        .prop_filter("there must be a stretch", |all| all.iter().any(|of_one| !of_one.is_empty()))
}

fn units(stretches: Vec<Vec<Stretch>>) -> Units {
    let end = stretches.iter().flatten().map(|stretch| stretch.end).fold(0.0, f64::max);
    let names = (0..stretches.len()).map(|number| number.to_string()).collect();
    Units::new(names, ["a", "b", "c"].map(str::to_owned).to_vec(), stretches, 0.0, end).unwrap()
}

fn weights() -> impl Strategy<Value = ((f64, f64, f64), EmptyPair)> {
    let weights = prop::sample::select(vec![(1.0, 1.0, 1.0), (3.0, 1.0, 1.0), (0.5, 2.0, 0.7), (1.0, 0.0, 2.0)]);
    (weights, prop::sample::select(vec![EmptyPair::DeltaEmpty, EmptyPair::Zero]))
}

fn once_each(members: &[Vec<Option<usize>>], stretches: &[Vec<Stretch>]) -> bool {
    (0..stretches.len()).all(|annotator| {
        let mut numbers: Vec<usize> = members.iter().filter_map(|members| members[annotator]).collect();
        numbers.sort_unstable();
        numbers == (0..stretches[annotator].len()).collect::<Vec<_>>()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_best_alignment_is_the_best_of_all(mut all in continuum(2..=4, 3, 40), (weights, pair) in weights()) {
        let cost = Cost::new(weights, pair, all.len());
        let found = align(&all, &cost);
        let each = all.iter().map(Vec::len).sum::<usize>() as f64 / all.len() as f64;
        let members: Vec<_> = found.unitary.iter().map(|unitary| unitary.members.clone()).collect();
        prop_assert!(once_each(&members, &all));
        let best = least(&mut all, weights, pair) / each;
        prop_assert!((found.disorder - best).abs() < 1e-9, "{} instead of {best}", found.disorder);
        prop_assert!(found.least == found.disorder, "not proven");
    }

    #[test]
    fn prices_lose_nothing(all in continuum(3..=5, 9, 120), (weights, pair) in weights()) {
        let cost = Cost::new(weights, pair, all.len());
        let places = places(&all);
        let near = near(&places, &cost);
        let (columns, whole) = all_at_once(&places, &near, &cost, usize::MAX).unwrap();
        let (few, priced) = Priced { places: &places, near: &near, cost: &cost }.best();
        let sum = |columns: &super::columns::Columns, chosen: &[u32]| -> f64 {
            chosen.iter().map(|column| columns.costs[*column as usize]).sum()
        };
        let (one, other) = (sum(&columns, &whole.chosen), sum(&few, &priced.chosen));
        prop_assert!(whole.least <= other + 1e-5 && priced.least <= one + 1e-5, "a bound is too high");
        prop_assert!(!(whole.best && priced.best) || (one - other).abs() < 1e-5, "{one} and {other}");
    }

    #[test]
    fn the_order_of_annotators_means_nothing(all in continuum(2..=4, 4, 60)) {
        let cost = Cost::new((1.0, 1.0, 1.0), EmptyPair::DeltaEmpty, all.len());
        let one = align(&all, &cost).disorder;
        let turned: Vec<_> = all.iter().rev().cloned().collect();
        prop_assert!((one - align(&turned, &cost).disorder).abs() < 1e-9);
    }

    #[test]
    fn who_marks_the_same_agrees(one in prop::collection::vec(stretch(60), 1..12), annotators in 2..5usize) {
        let options = GammaOptions { samples: 3, precision: None, ..GammaOptions::default() };
        let found = gamma(&units(vec![one; annotators]), &options).unwrap();
        prop_assert_eq!(found.observed.value, Ok(0.0));
        prop_assert_eq!(found.gamma.value, Ok(1.0));
    }
}
