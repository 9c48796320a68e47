//! Values from the literature and exact fractions, with the units that they were worked out on.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::{Fit, Stretch, Units};
use crate::Figure;

type Row<'a> = (f64, f64, &'a str);

/// Units of each annotator in a continuum.
fn units(rows: &[&[Row<'_>]], begin: f64, end: f64) -> Units {
    let mut categories: Vec<String> = rows.iter().flat_map(|own| own.iter().map(|row| row.2.to_owned())).collect();
    categories.sort();
    categories.dedup();
    let number = |name: &str| categories.iter().position(|category| category == name).unwrap();
    let stretch = |row: &Row<'_>| Stretch { start: row.0, end: row.1, category: number(row.2) };
    let stretches = rows.iter().map(|own| own.iter().map(stretch).collect()).collect();
    let names = (0..rows.len()).map(|annotator| annotator.to_string()).collect();
    Units::new(names, categories, stretches, begin, end).unwrap()
}

fn check(name: &str, found: Figure, value: f64, tolerance: f64) {
    let found = found.value.unwrap();
    assert!((found - value).abs() <= tolerance, "{name}: {found} instead of {value}");
}

const ANN: &[Row<'_>] = &[
    (0.0, 18.0, "source"),
    (20.0, 60.0, "quote"),
    (70.0, 95.0, "claim"),
    (100.0, 140.0, "denial"),
    (150.0, 170.0, "quote"),
];
const BOB: &[Row<'_>] =
    &[(0.0, 18.0, "source"), (22.0, 60.0, "quote"), (70.0, 95.0, "quote"), (110.0, 140.0, "denial")];
const CAT: &[Row<'_>] = &[
    (3.0, 18.0, "source"),
    (20.0, 58.0, "quote"),
    (62.0, 90.0, "claim"),
    (100.0, 140.0, "claim"),
    (150.0, 170.0, "quote"),
    (180.0, 190.0, "source"),
];

/// Worked out by hand as fractions, and by the `krippendorff-unitized-alpha` and `krippendorff` packages.
#[test]
fn the_family_of_2016() {
    let two = units(&[ANN, BOB], 0.0, 200.0);
    let three = units(&[ANN, BOB, CAT], 0.0, 200.0);
    let (pair, all) = (two.u_alpha(), three.u_alpha());
    check("uα", pair.u, 3_670_529.0 / 5_836_700.0, 1e-12);
    check("uα of three", all.u, 1_630_501.0 / 3_263_328.0, 1e-12);
    check("|uα", pair.bar, 155_769.0 / 231_775.0, 1e-12);
    check("|uα of three", all.bar, 44_234.0 / 78_975.0, 1e-12);
    check("α of characters", pair.characters, 0.610_344_886_665_410_2, 1e-12);
    check("α of characters of three", all.characters, 0.482_375_047_803_959_7, 1e-12);
    check("κ of characters", two.character_kappa(), 0.615_163_892_921_041_1, 1e-12);
    let observed = |of: &super::UAlpha, a: &str, b: &str| {
        of.observed.iter().find(|(one, other, _)| (one.as_str(), other.as_str()) == (a, b)).map_or(0.0, |row| row.2)
    };
    let rows = [("", "", 114.0, 135.0), ("quote", "", 22.0, 26.5), ("claim", "quote", 25.0, 22.5)];
    for (a, b, of_two, of_three) in rows {
        assert_eq!((observed(&pair, a, b), observed(&all, a, b)), (of_two, of_three), "{a} and {b}");
    }
    assert_eq!(all.observed.iter().map(|row| row.2).sum::<f64>(), 600.0);
}

/// Where both have units, the values pair as 36 source, 38 × 2 quote, 25 × 2 claim with quote, 30 × 2 denial: 222 in
/// all, of which 50 differ. By chance, with the squares 2 × (18² + 38² + 25² + 30²) that no section makes with itself:
/// cuα = 1 − 50 (222² − 6586) / (222 (222² − 36² − 101² − 25² − 60²)).
#[test]
fn categories_alone() {
    let family = units(&[ANN, BOB], 0.0, 200.0).u_alpha();
    check("cuα", family.cu, 1.0 - 50.0 * (49_284.0 - 6_586.0) / (222.0 * 33_562.0), 1e-12);
    let of = |name: &str| family.ku.iter().find(|(value, _)| value == name).unwrap().1;
    check("(source)uα", of("source"), 1.0, 0.0);
    // Every claim coincides with a quote: 1 − 1 / (25 × 197 / (222 × 25 − 25²)).
    check("(claim)uα", of("claim"), 1.0 - 4_925.0 / 4_925.0, 1e-12);
}

/// Krippendorff 2004, Content Analysis, 2nd ed., p. 254.
#[test]
fn krippendorff_2004() {
    let first = &[(225.0, 295.0, "c"), (370.0, 400.0, "c"), (180.0, 240.0, "k"), (300.0, 350.0, "k")];
    let second =
        &[(220.0, 300.0, "c"), (355.0, 375.0, "c"), (400.0, 420.0, "c"), (180.0, 240.0, "k"), (300.0, 350.0, "k")];
    let found = units(&[first, second], 150.0, 450.0).alpha_u();
    check("αU", found.total, 0.8591, 5e-4);
    let of = |name: &str| found.by_category.iter().find(|(category, _)| category == name).unwrap().1;
    for (name, observed, expected, alpha) in [("c", 0.0144, 0.0532, 0.7286), ("k", 0.0, 0.0490, 1.0)] {
        assert!((of(name).observed - observed).abs() < 5e-5, "{name}: {}", of(name).observed);
        assert!((of(name).expected - expected).abs() < 5e-5, "{name}: {}", of(name).expected);
        check(name, of(name).alpha, alpha, 5e-5);
    }
}

/// Values by DKPro Statistics.
#[test]
fn the_first_alpha() {
    let wide = units(&[&[(1.0, 9.0, "A")], &[(2.0, 3.0, "A"), (4.0, 5.0, "A"), (6.0, 7.0, "A")]], 0.0, 10.0).alpha_u();
    check("αU", wide.total, -0.700_346_020_761_245_7, 1e-12);
    check("αU", units(&[ANN, BOB], 0.0, 200.0).alpha_u().total, 0.604_341_472_534_132_7, 1e-12);
    let three = units(&[ANN, BOB, CAT], 0.0, 200.0).alpha_u();
    check("αU of three", three.total, 0.347_416_264_129_880_36, 1e-12);
    let alphas = [
        ("source", 0.868_677_770_608_162_5),
        ("quote", 0.658_509_875_048_348_5),
        ("claim", -0.232_769_926_676_930_53),
        ("denial", 0.177_800_338_049_729_5),
    ];
    for (name, alpha) in alphas {
        check(name, three.by_category.iter().find(|(category, _)| category == name).unwrap().1.alpha, alpha, 1e-12);
    }
}

/// F1 by nervaluate, with the first annotator as reference: its strict, exact and type, and partial, which counts half
/// of what only overlaps.
#[test]
fn nervaluate() {
    let all = units(&[ANN, BOB, CAT], 0.0, 200.0);
    for (second, strict, exact, kind, partial) in
        [(1, 2.0 / 9.0, 4.0 / 9.0, 2.0 / 3.0, 2.0 / 3.0), (2, 2.0 / 11.0, 4.0 / 11.0, 8.0 / 11.0, 7.0 / 11.0)]
    {
        let f1 = |fit, any| all.span_score(0, second, fit, any).f1;
        check("strict", f1(Fit::Exact, false), strict, 1e-12);
        check("exact", f1(Fit::Exact, true), exact, 1e-12);
        check("type", f1(Fit::Overlap, false), kind, 1e-12);
        let half = (f1(Fit::Exact, true).value.unwrap() + f1(Fit::Overlap, true).value.unwrap()) / 2.0;
        assert!((half - partial).abs() < 1e-12, "partial: {half} instead of {partial}");
    }
    let score = all.span_score(0, 1, Fit::Exact, false);
    check("precision", score.precision, 0.25, 1e-12);
    check("recall", score.recall, 0.2, 1e-12);
    // bratiaa, the mean over pairs of three annotators.
    check("mean", all.span_f1(Fit::Exact, false), 0.134_680_134_680_134_7, 1e-12);
}

/// F1 by seqeval on IOB tags of twenty words.
#[test]
fn seqeval() {
    let first = &[(0.0, 2.0, "SRC"), (3.0, 7.0, "Q"), (8.0, 10.0, "CLM"), (11.0, 14.0, "DEN"), (16.0, 18.0, "Q")];
    let second = &[(0.0, 2.0, "SRC"), (4.0, 7.0, "Q"), (8.0, 10.0, "Q"), (11.0, 14.0, "DEN")];
    let all = units(&[first, second, &first[1..]], 0.0, 20.0);
    check("T1 and T2", all.span_score(0, 1, Fit::Exact, false).f1, 4.0 / 9.0, 1e-12);
    check("T1 and T3, strict", all.span_score(0, 2, Fit::Exact, false).f1, 8.0 / 9.0, 1e-12);
    check("within one word", all.span_score(0, 1, Fit::Within(1.0), true).f1, 8.0 / 9.0, 1e-12);
}
