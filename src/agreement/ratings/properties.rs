//! What holds for every table of ratings.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::{collection::vec, prelude::*};

use super::{Counts, Ratings};
use crate::Figure;

type Table = Vec<Vec<Option<u8>>>;

/// Tables of two to four raters, with values from 0 to 4 and gaps.
fn tables() -> impl Strategy<Value = Table> {
    (2_usize..5).prop_flat_map(|raters| vec(vec(prop::option::weighted(0.8, 0_u8..5), raters), 1..12))
}

fn ratings(table: &Table, name: impl Fn(u8) -> String) -> Ratings {
    let mut ratings = Ratings::new((0..table[0].len()).map(|rater| rater.to_string()).collect());
    for row in table {
        let names: Vec<Option<String>> = row.iter().map(|value| value.map(&name)).collect();
        ratings.add(names.iter().map(Option::as_deref));
    }
    ratings
}

fn same(a: &Figure, b: &Figure) -> bool {
    match (a.value, b.value) {
        (Ok(a), Ok(b)) => (a - b).abs() < 1e-9,
        (a, b) => a == b,
    }
}

/// α by its definition: pairs of values of each item, and of all values (Krippendorff 2011).
fn by_pairs(table: &Table, difference: impl Fn(f64, f64, &[f64]) -> f64) -> Option<f64> {
    let items: Vec<Vec<f64>> =
        table.iter().map(|row| row.iter().flatten().map(|value| f64::from(*value)).collect()).collect();
    let items: Vec<_> = items.into_iter().filter(|item: &Vec<f64>| item.len() > 1).collect();
    let all: Vec<f64> = items.iter().flatten().copied().collect();
    let sum = |values: &[f64]| -> f64 {
        values.iter().flat_map(|a| values.iter().map(|b| difference(*a, *b, &all))).sum::<f64>()
            / (values.len() as f64 - 1.0)
    };
    let (observed, expected) = (items.iter().map(|item| sum(item)).sum::<f64>(), sum(&all));
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

fn ordinal(a: f64, b: f64, all: &[f64]) -> f64 {
    let (low, high) = (a.min(b), a.max(b));
    let times = |value: f64| all.iter().filter(|other| **other == value).count() as f64;
    let between = all.iter().filter(|value| (low..=high).contains(*value)).count() as f64;
    (between - (times(low) + times(high)) / 2.0).powi(2)
}

fn ratio(a: f64, b: f64, _: &[f64]) -> f64 {
    if a == b { 0.0 } else { ((a - b) / (a + b)).powi(2) }
}

proptest! {
    #[test]
    fn order_and_names_do_not_matter(table in tables(), by in 0_usize..4) {
        let figures = ratings(&table, |value| value.to_string()).figures();
        let mut turned: Table = table.iter().rev().cloned().collect();
        for row in &mut turned {
            let by = by % row.len();
            row.rotate_left(by);
        }
        for ((measure, a), (_, b)) in figures.iter().zip(ratings(&turned, |value| value.to_string()).figures()) {
            prop_assert!(same(a, &b), "{}: {a:?} and {b:?}", measure.key);
        }
        let renamed = ratings(&table, |value| format!("label {}", 9 - value)).figures();
        for ((measure, a), (_, b)) in figures.iter().zip(renamed).filter(|((measure, _), _)| {
            !["ordinal", "interval", "ratio"].iter().any(|scale| measure.key.ends_with(scale))
        }) {
            prop_assert!(same(a, &b), "{}: {a:?} and {b:?}", measure.key);
        }
    }

    #[test]
    fn figures_are_in_range(table in tables()) {
        for (measure, figure) in ratings(&table, |value| value.to_string()).figures() {
            if let Ok(value) = figure.value {
                let least = if measure.key.starts_with("percent") { 0.0 } else { f64::NEG_INFINITY };
                prop_assert!((least..=1.0 + 1e-12).contains(&value), "{}: {value}", measure.key);
            }
        }
    }

    #[test]
    fn those_who_do_the_same_agree(values in vec(0_u8..5, 1..12), raters in 2_usize..5) {
        let table: Table = values.iter().map(|value| vec![Some(*value); raters]).collect();
        for (measure, figure) in ratings(&table, |value| value.to_string()).figures() {
            if let Ok(value) = figure.value {
                prop_assert!((value - 1.0).abs() < 1e-12, "{}: {value}", measure.key);
            }
        }
    }

    #[test]
    fn alpha_is_what_its_definition_says(table in tables()) {
        let ratings = ratings(&table, |value| value.to_string());
        let counts = Counts::of(&ratings);
        let found = [
            counts.alpha_nominal(),
            ratings.alpha_ordinal(&counts),
            ratings.alpha_interval(&counts),
            ratings.alpha_ratio(&counts),
        ];
        let expected = [
            by_pairs(&table, |a, b, _| f64::from(u8::from(a != b))),
            by_pairs(&table, ordinal),
            by_pairs(&table, |a, b, _| (a - b).powi(2)),
            by_pairs(&table, ratio),
        ];
        for (found, expected) in found.iter().zip(expected) {
            match (found.value, expected) {
                (Ok(found), Some(expected)) => prop_assert!((found - expected).abs() < 1e-9, "{found} and {expected}"),
                (found, expected) => prop_assert!(found.is_err() && expected.is_none(), "{found:?} and {expected:?}"),
            }
        }
    }
}

#[test]
fn numbers_may_be_written_in_several_ways() {
    let mut ratings = Ratings::new(vec!["a".to_owned(), "b".to_owned()]);
    for row in [["1", "1.0"], ["2", "3"], ["3e0", "3"]] {
        ratings.add(row.map(Some));
    }
    let counts = Counts::of(&ratings);
    let (ordinal, interval) = (ratings.alpha_ordinal(&counts), ratings.alpha_interval(&counts));
    // The values are 1 1 2 3 3 3, at the ranks 1, 2.5 and 4.5: 1 − 8 / 36 and 1 − 2 / 11.6.
    for (figure, expected) in [(ordinal, 7.0 / 9.0), (interval, 24.0 / 29.0)] {
        let found = figure.value.unwrap();
        assert!((found - expected).abs() < 1e-12, "{found} instead of {expected}");
    }
}
