//! What holds for all units, overlapping and stacked ones included.
#![allow(clippy::unwrap_used, reason = "tests")]

use proptest::{collection::vec, prelude::*};

use super::{Fit, Stretch, Units};
use crate::Figure;

const LENGTH: u32 = 40;

fn stretches() -> impl Strategy<Value = Vec<Stretch>> {
    let stretch = (0..LENGTH - 1, 1_u32..12, 0_usize..3).prop_map(|(start, long, category)| Stretch {
        start: f64::from(start),
        end: f64::from((start + long).min(LENGTH)),
        category,
    });
    vec(stretch, 0..9)
}

/// Stretches without any overlap.
fn apart() -> impl Strategy<Value = Vec<Stretch>> {
    vec((0_u32..4, 1_u32..6, 0_usize..3), 0..6).prop_map(|steps| {
        let mut at = 0;
        let mut apart = Vec::new();
        for (gap, long, category) in steps {
            let (start, end) = (at + gap, at + gap + long);
            apart.push(Stretch { start: f64::from(start), end: f64::from(end), category });
            at = end;
        }
        apart.retain(|stretch| stretch.end <= f64::from(LENGTH));
        apart
    })
}

fn units(stretches: Vec<Vec<Stretch>>) -> Units {
    let names = (0..stretches.len()).map(|number| number.to_string()).collect();
    let categories = ["a", "b", "c"].map(str::to_owned).to_vec();
    Units::new(names, categories, stretches, 0.0, f64::from(LENGTH)).unwrap()
}

/// Every figure of units, without those of pairs.
fn figures(units: &Units) -> Vec<Figure> {
    let (alpha, family) = (units.alpha_u(), units.u_alpha());
    let mut all = vec![alpha.total, family.u, family.bar, family.cu, family.characters, units.character_kappa()];
    all.extend(alpha.by_category.iter().map(|(_, own)| own.alpha));
    all.extend(family.ku.iter().map(|(_, figure)| *figure));
    for fit in [Fit::Exact, Fit::Overlap, Fit::Within(2.0)] {
        all.extend([units.span_f1(fit, false), units.span_f1(fit, true)]);
    }
    all
}

/// αU by its definition, every pair of sections looked at (Krippendorff 2004, p. 252–253).
fn alpha_u(units: &Units) -> Option<f64> {
    let (mut observed, mut expected) = (0.0, 0.0);
    let (annotators, length) = (units.annotators.len() as f64, f64::from(LENGTH));
    for category in 0..3 {
        let of = |annotator: usize| -> Vec<Stretch> {
            units.stretches[annotator].iter().filter(|unit| unit.category == category).copied().collect()
        };
        let all: Vec<Vec<Stretch>> = (0..units.annotators.len()).map(of).collect();
        let meets = |a: &Stretch, b: &Stretch| a.start < b.end && b.start < a.end;
        for (i, one) in all.iter().enumerate() {
            for other in all.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, other)| other) {
                for unit in one {
                    let met: Vec<_> = other.iter().filter(|other| meets(unit, other)).collect();
                    // Each pair is seen from both sides, a unit in a gap from one.
                    observed +=
                        met.iter().map(|b| (unit.start - b.start).powi(2) + (unit.end - b.end).powi(2)).sum::<f64>();
                    observed += if met.is_empty() { 2.0 * unit.length().powi(2) } else { 0.0 };
                }
            }
        }
        let mut gaps = Vec::new();
        for own in &all {
            let mut at = 0.0;
            for end in own.iter().map(|unit| (unit.start, unit.end)).chain([(length, length)]) {
                gaps.push(end.0 - at);
                at = end.1;
            }
        }
        let number = all.iter().flatten().count() as f64;
        let (mut sum, mut own) = (0.0, 0.0);
        for b in all.iter().flatten().map(|unit| unit.length()) {
            let room: f64 = gaps.iter().filter(|gap| **gap >= b).map(|gap| gap - b + 1.0).sum();
            sum += (number - 1.0) / 3.0 * (2.0 * b.powi(3) - 3.0 * b * b + b) + b * b * room;
            own += b * (b - 1.0);
        }
        let all = annotators * length;
        expected += 2.0 / length * sum / (all * (all - 1.0) - own);
    }
    observed /= annotators * (annotators - 1.0) * length * length;
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

/// The most pairs, found by trying all.
fn most(a: &[Stretch], b: &mut Vec<Stretch>, fits: &dyn Fn(&Stretch, &Stretch) -> bool) -> usize {
    let Some((first, others)) = a.split_first() else { return 0 };
    let mut best = most(others, b, fits);
    for number in 0..b.len() {
        if fits(first, &b[number]) {
            let taken = b.remove(number);
            best = best.max(1 + most(others, b, fits));
            b.insert(number, taken);
        }
    }
    best
}

fn same(a: &Figure, b: &Figure) -> bool {
    match (a.value, b.value) {
        (Ok(a), Ok(b)) => (a - b).abs() < 1e-9,
        (a, b) => a == b,
    }
}

proptest! {
    #[test]
    fn those_who_do_the_same_agree(own in stretches(), annotators in 2_usize..4) {
        for figure in figures(&units(vec![own; annotators])) {
            if let Ok(value) = figure.value {
                prop_assert!((value - 1.0).abs() < 1e-9, "{figure:?}");
            }
        }
    }

    #[test]
    fn order_does_not_matter(all in vec(stretches(), 2..4)) {
        let mut turned = all.clone();
        turned.reverse();
        turned.iter_mut().for_each(|own| own.reverse());
        for (a, b) in figures(&units(all)).iter().zip(figures(&units(turned))) {
            prop_assert!(same(a, &b), "{a:?} and {b:?}");
        }
    }

    #[test]
    fn no_figure_is_above_one(all in vec(stretches(), 2..4)) {
        for figure in figures(&units(all)) {
            prop_assert!(figure.value.is_err() || figure.value.unwrap() <= 1.0 + 1e-9, "{figure:?}");
        }
    }

    #[test]
    fn the_first_alpha_is_what_its_definition_says(all in vec(apart(), 2..4)) {
        let units = units(all);
        match (units.alpha_u().total.value, alpha_u(&units)) {
            (Ok(found), Some(expected)) => prop_assert!((found - expected).abs() < 1e-9, "{found} and {expected}"),
            (found, expected) => prop_assert!(found.is_err() && expected.is_none(), "{found:?} and {expected:?}"),
        }
    }

    #[test]
    fn coincidences_are_those_of_single_characters(all in vec(stretches(), 2..4)) {
        let units = units(all);
        let value = |annotator: usize, at: u32| {
            let here = |unit: &&Stretch| unit.start <= f64::from(at) && f64::from(at) < unit.end;
            let mut here: Vec<_> = units.stretches[annotator].iter().filter(here).map(|unit| unit.category).collect();
            here.sort_unstable();
            here
        };
        let annotators = units.annotators.len();
        let mut alike = 0;
        for at in 0..LENGTH {
            for (a, b) in (0..annotators).flat_map(|a| (0..annotators).map(move |b| (a, b))) {
                alike += usize::from(a != b && value(a, at) == value(b, at));
            }
        }
        let found: f64 = units.u_alpha().observed.iter().filter(|(a, b, _)| a == b).map(|row| row.2).sum();
        prop_assert!((found - alike as f64 / (annotators as f64 - 1.0)).abs() < 1e-9);
    }

    #[test]
    fn as_many_match_as_can(a in vec(stretches(), 1), b in vec(stretches(), 1)) {
        let (mut a, mut b) = (a[0].clone(), b[0].clone());
        a.truncate(6);
        b.truncate(6);
        let units = units(vec![a.clone(), b.clone()]);
        for (fit, any) in [(Fit::Overlap, true), (Fit::Overlap, false), (Fit::Within(2.0), true), (Fit::Exact, false)] {
            let fits = |a: &Stretch, b: &Stretch| {
                let near = |limit: f64| (a.start - b.start).abs() <= limit && (a.end - b.end).abs() <= limit;
                (any || a.category == b.category)
                    && match fit {
                        Fit::Exact => near(0.0),
                        Fit::Overlap => a.start < b.end && b.start < a.end,
                        Fit::Within(limit) => near(limit),
                    }
            };
            prop_assert_eq!(units.span_score(0, 1, fit, any).matched, most(&a, &mut b, &fits));
        }
    }

    #[test]
    fn continua_laid_end_to_end_have_the_coincidences_of_both(all in vec(stretches(), 4)) {
        let parts = [units(all[..2].to_vec()), units(all[2..].to_vec())];
        let same = |units: &Units| -> f64 {
            units.u_alpha().observed.iter().filter(|(a, b, _)| a == b).map(|row| row.2).sum()
        };
        let joined = Units::joined(&parts);
        prop_assert_eq!(joined.length(), 2.0 * f64::from(LENGTH));
        prop_assert!((same(&joined) - same(&parts[0]) - same(&parts[1])).abs() < 1e-9);
    }
}

#[test]
fn what_cannot_be_said_has_a_reason() {
    use crate::Undefined::{NoUnits, OneAnnotator, OneCategory};
    let one = Stretch { start: 0.0, end: f64::from(LENGTH), category: 0 };
    for (stretches, reason) in
        [(vec![vec![one]], OneAnnotator), (vec![vec![], vec![]], NoUnits), (vec![vec![one], vec![one]], OneCategory)]
    {
        let family = units(stretches).u_alpha();
        assert_eq!((family.u.value, family.bar.value), (Err(reason), Err(reason)));
    }
    assert_eq!(
        units(vec![vec![one], vec![]]).u_alpha().u.value.unwrap(),
        1.0 - 80.0 * (6_400.0 - 1_640.0) / (80.0 * 3_200.0)
    );
}
