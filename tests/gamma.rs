//! γ and its family, held against pygamma-agreement 0.5.9 and against fractions worked out by hand.

use ascribe_agreement::{EmptyPair, Gamma, GammaOptions, Sampler, Stretch, Undefined, Units, gamma};
use ascribe_tests::shared;
use serde_json::Value;

/// Annotator, category, start and end of each stretch.
type Row = (String, String, f64, f64);

fn units(rows: &[Row]) -> Units {
    let (mut annotators, mut categories): (Vec<String>, Vec<String>) = Default::default();
    let mut stretches: Vec<Vec<Stretch>> = Vec::new();
    let number = |names: &mut Vec<String>, name: &String| {
        names.iter().position(|known| known == name).unwrap_or_else(|| {
            names.push(name.clone());
            names.len() - 1
        })
    };
    for (annotator, category, start, end) in rows {
        let annotator = number(&mut annotators, annotator);
        stretches.resize(annotators.len(), Vec::new());
        let category = number(&mut categories, category);
        stretches[annotator].push(Stretch { start: *start, end: *end, category });
    }
    let begin = rows.iter().map(|row| row.2).fold(0.0, f64::min);
    let end = rows.iter().map(|row| row.3).fold(0.0, f64::max);
    Units::new(annotators, categories, stretches, begin, end).unwrap()
}

/// A table of pygamma-agreement's own tests.
fn table(name: &str) -> Option<Units> {
    let text = std::fs::read_to_string(shared(&format!("data/agreement/pygamma/tests/data/{name}.csv"))?).unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[0].to_owned(), cells[1].to_owned(), cells[2].trim().parse().unwrap(), cells[3].trim().parse().unwrap())
    };
    Some(units(&text.lines().map(row).collect::<Vec<_>>()))
}

/// What three annotators marked, of which the first two can be had alone.
fn by_hand(annotators: usize) -> Units {
    let all = [
        ("ann", "source 0 18, quote 20 60, claim 70 95, denial 100 140, quote 150 170"),
        ("bob", "source 0 18, quote 22 60, quote 70 95, denial 110 140"),
        ("cat", "source 3 18, quote 20 58, claim 62 90, claim 100 140, quote 150 170, source 180 190"),
    ];
    let rows = all[..annotators].iter().flat_map(|(annotator, stretches)| {
        stretches.split(", ").map(|stretch| {
            let cells: Vec<&str> = stretch.split(' ').collect();
            ((*annotator).to_owned(), cells[0].to_owned(), cells[1].parse().unwrap(), cells[2].parse().unwrap())
        })
    });
    units(&rows.collect::<Vec<_>>())
}

fn few() -> GammaOptions {
    GammaOptions { samples: 1, precision: None, ..GammaOptions::default() }
}

fn near(what: &str, found: f64, (least, most): (f64, f64)) {
    assert!((least..=most).contains(&found), "{what}: {found} is not between {least} and {most}");
}

#[test]
fn disorder_is_that_of_fractions_worked_out_by_hand() {
    let exact = [
        (2, 1.0, 1.0, 301_256.0 / 670_761.0),
        (2, 3.0, 2.0, 152_198.0 / 223_587.0),
        (2, 1.0, 0.0, 0.226_903_472_324_717_75),
        (3, 1.0, 1.0, 0.612_117_185_222_314_2),
        (3, 3.0, 2.0, 0.903_018_222_333_609_2),
        (3, 1.0, 0.0, 0.345_450_518_555_647_5),
    ];
    for (annotators, alpha, beta, disorder) in exact {
        let found = gamma(&by_hand(annotators), &GammaOptions { alpha, beta, ..few() }).unwrap();
        let found = found.observed.value.unwrap();
        assert!((found - disorder).abs() < 1e-12, "{annotators}, {alpha}, {beta}: {found} instead of {disorder}");
    }
    let zero = gamma(&by_hand(3), &GammaOptions { empty_pair: EmptyPair::Zero, ..few() }).unwrap();
    assert!((zero.observed.value.unwrap() - 0.545_450_518_555_647_4).abs() < 1e-12, "two empty units count nothing");
}

#[test]
fn chance_is_that_of_a_thousand_samples() {
    for (annotators, expected, whole, categories) in [(2, 0.98760, 0.5452, 0.4628), (3, 1.16426, 0.4742, 0.3405)] {
        let options = GammaOptions { samples: 1_000, precision: None, sampler: Sampler::Statistical, ..few() };
        let found = gamma(&by_hand(annotators), &options).unwrap();
        near("expected", found.expected.value.unwrap(), (expected - 0.02, expected + 0.02));
        near("γ", found.gamma.value.unwrap(), (whole - 0.01, whole + 0.01));
        near("γ-cat", found.gamma_cat.value.unwrap(), (categories - 0.015, categories + 0.015));
    }
}

/// Whose samples they are, the table, how many unitary alignments, γ, γ-cat, and γ-k of some categories.
type Published<'a> = (Sampler, &'a str, usize, (f64, f64), (f64, f64), &'a [(&'a str, f64, f64)]);

#[test]
fn tables_of_other_programs_give_their_figures() {
    let rows: [Published<'_>; 5] = [
        (
            Sampler::Shuffle,
            "AlexPaulSuzan",
            6,
            (0.44, 0.47),
            (0.38, 0.42),
            &[("1", 1.0, 1.0), ("5", 1.0, 1.0), ("6", 0.36, 0.38)],
        ),
        (Sampler::Shuffle, "3by100", 127, (0.79, 0.81), (0.89, 0.91), &[("Adj", 0.81, 0.83), ("Noun", 0.88, 0.90)]),
        (Sampler::Statistical, "3by100", 127, (0.79, 0.81), (0.89, 0.91), &[("Adj", 0.81, 0.83), ("Prep", 0.96, 1.0)]),
        (Sampler::Shuffle, "2by1000", 1_085, (0.39, 0.42), (0.37, 0.42), &[]),
        (
            Sampler::Statistical,
            "2by1000",
            1_085,
            (0.39, 0.42),
            (0.38, 0.42),
            &[("Adj", 0.21, 0.25), ("Prep", 0.31, 0.35)],
        ),
    ];
    for (sampler, name, unitary, whole, of_categories, of_each) in rows {
        let Some(units) = table(name) else { return };
        let found =
            gamma(&units, &GammaOptions { alpha: 3.0, sampler, samples: 60, precision: Some(0.02), ..few() }).unwrap();
        assert_eq!(found.observed.n, unitary, "{name}");
        near(name, found.gamma.value.unwrap(), whole);
        near(name, found.gamma_cat.value.unwrap(), of_categories);
        for (category, least, most) in of_each {
            let number = units.categories().iter().position(|known| known == category).unwrap();
            near(category, found.gamma_k[number].value.unwrap(), (*least, *most));
        }
        proven(&found);
    }
}

fn proven(found: &Gamma) {
    let (least, most) = found.proven.unwrap();
    assert!(most - least < 1e-9, "not proven: {least} to {most}");
}

#[test]
fn samples_of_other_programs_have_their_disorder() {
    let names = ["01_two_annotators_simple", "02_unequal_counts", "03_identical_perfect"];
    for name in names {
        let Some(path) = shared(&format!("data/agreement/gamma_fixtures/fixture_{name}.json")) else { return };
        let fixture: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        disorder(name, &fixture["continuum"], &fixture["tier1"]["bestAlignmentDisorder"]);
        for sample in fixture["tier2"]["sampledContinua"].as_array().unwrap() {
            disorder(name, &sample["units"], &sample["bestAlignmentDisorder"]);
        }
    }
}

fn disorder(name: &str, continuum: &Value, expected: &Value) {
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let row = |row: &Value| {
        (text(row, "annotator"), text(row, "category"), row["start"].as_f64().unwrap(), row["end"].as_f64().unwrap())
    };
    let rows: Vec<Row> = continuum.as_array().unwrap().iter().map(row).collect();
    let found = gamma(&units(&rows), &few()).unwrap().observed.value.unwrap();
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() <= 1e-5 * expected.max(1.0), "{name}: {found} instead of {expected}");
}

#[test]
fn more_samples_tell_more_and_a_seed_tells_the_same() {
    let of = |samples, seed| gamma(&by_hand(3), &GammaOptions { samples, seed, ..few() }).unwrap();
    let width = |found: &Gamma| found.interval.map(|(least, most)| most - least).unwrap();
    let (few, many) = (of(30, 1), of(1_000, 1));
    assert!(width(&many) < width(&few) / 3.0, "{} and {}", width(&many), width(&few));
    assert_eq!(of(30, 1), few, "the same seed gives the same");
    assert_ne!(of(30, 2).gamma, few.gamma, "another seed gives other samples");
}

#[test]
fn what_cannot_be_compared_is_undefined() {
    let lists = |lists: &[&[(f64, f64)]]| {
        let stretch = |(start, end): &(f64, f64)| Stretch { start: *start, end: *end, category: 0 };
        let stretches = lists.iter().map(|list| list.iter().map(stretch).collect()).collect();
        let names = (0..lists.len()).map(|number| number.to_string()).collect();
        Units::new(names, vec!["claim".to_owned()], stretches, 0.0, 100.0).unwrap()
    };
    let found = |units: &Units| gamma(units, &few()).unwrap();
    assert_eq!(found(&lists(&[&[(0.0, 5.0)]])).gamma.value, Err(Undefined::OneAnnotator));
    assert_eq!(found(&lists(&[&[], &[]])).gamma.value, Err(Undefined::NoUnits));
    let one_category = found(&lists(&[&[(0.0, 5.0)], &[(0.0, 5.0)]]));
    assert_eq!((one_category.gamma.value, one_category.gamma_cat.value), (Ok(1.0), Err(Undefined::OneCategory)));
    assert!(found(&lists(&[&[(0.0, 5.0)], &[]])).gamma.value.unwrap() <= 0.0, "who found nothing disagrees");
    for wrong in [
        GammaOptions { alpha: 0.0, ..few() },
        GammaOptions { beta: f64::NAN, ..few() },
        GammaOptions { delta_empty: -1.0, ..few() },
        GammaOptions { samples: 0, ..few() },
        GammaOptions { precision: Some(1.0), ..few() },
    ] {
        assert!(gamma(&lists(&[&[], &[]]), &wrong).is_err(), "{wrong:?}");
    }
}
