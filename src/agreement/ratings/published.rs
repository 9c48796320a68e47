//! Values from the literature, with the data that they were worked out on.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::Ratings;

/// A table from how often each row of values stands in it; `-` is a missing value.
fn table(rows: &[(usize, &str)]) -> Ratings {
    let raters = rows[0].1.split(' ').count();
    let mut ratings = Ratings::new((0..raters).map(|rater| rater.to_string()).collect());
    for (times, row) in rows {
        for _ in 0..*times {
            ratings.add(row.split(' ').map(|value| (value != "-").then_some(value)));
        }
    }
    ratings
}

fn check(ratings: &Ratings, expected: &[(&str, f64, f64)]) {
    let figures = ratings.figures();
    for (key, value, tolerance) in expected {
        let figure = figures.iter().find(|(measure, _)| measure.key == *key).unwrap().1;
        let found = figure.value.unwrap();
        assert!((found - value).abs() <= *tolerance, "{key}: {found} instead of {value}");
    }
}

/// Artstein & Poesio 2008, Computational Linguistics 34(4), tables 1 and 5.
#[test]
fn artstein_and_poesio() {
    let first = table(&[(20, "s s"), (20, "i s"), (10, "s i"), (50, "i i")]);
    let values = [("percent", 0.7), ("bennett_s", 0.4), ("scott_pi", 0.341), ("cohen_kappa", 0.348)];
    check(&first, &values.map(|(key, value)| (key, value, 5e-4)));
    let second = table(&[(46, "s s"), (6, "i s"), (32, "i i"), (6, "i c"), (10, "c c")]);
    let values = [("percent", 0.88), ("bennett_s", 0.82), ("scott_pi", 0.7995), ("cohen_kappa", 0.8013)];
    check(&second, &values.map(|(key, value)| (key, value, 5e-5)));
    check(&second, &[("krippendorff_alpha_nominal", 0.8005, 5e-5)]);
}

/// Cohen 1960, p. 37 and 45; AC1 by Gwet's own irrCAC.
#[test]
fn cohen() {
    let agreeing = table(&[
        (88, "1 1"),
        (14, "1 2"),
        (18, "1 3"),
        (10, "2 1"),
        (40, "2 2"),
        (10, "2 3"),
        (2, "3 1"),
        (6, "3 2"),
        (12, "3 3"),
    ]);
    check(&agreeing, &[("percent", 0.7, 1e-12), ("cohen_kappa", 0.492, 5e-4), ("gwet_ac1", 0.57597, 5e-6)]);
    let not = table(&[
        (25, "1 1"),
        (12, "1 2"),
        (3, "1 3"),
        (13, "2 1"),
        (2, "2 2"),
        (15, "2 3"),
        (12, "3 1"),
        (16, "3 2"),
        (2, "3 3"),
    ]);
    check(&not, &[("percent", 0.29, 1e-12), ("gwet_ac1", -0.04797, 5e-6)]);
}

/// Krippendorff 1980, Content Analysis, p. 133 and 142.
#[test]
fn krippendorff_1980() {
    let binary = table(&[(5, "0 0"), (1, "1 1"), (3, "0 1"), (1, "1 0")]);
    check(&binary, &[("percent", 0.6, 1e-12), ("krippendorff_alpha_nominal", 0.095, 5e-4)]);
    let three =
        table(&[(1, "1 1 1"), (1, "1 2 2"), (3, "2 2 2"), (1, "4 4 4"), (1, "1 4 4"), (1, "1 2 3"), (1, "3 3 3")]);
    let alphas = [("nominal", 0.642), ("interval", 0.547), ("ratio", 0.483)];
    for (scale, value) in alphas {
        check(&three, &[(&format!("krippendorff_alpha_{scale}"), value, 5e-4)]);
    }
    check(&three, &[("percent", 0.741, 5e-4)]);
}

/// Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, p. 3–6; more digits by the `krippendorff` and `nltk`
/// packages.
#[test]
fn krippendorff_2011() {
    let table = table(&[
        (1, "1 1 - 1"),
        (1, "2 2 3 2"),
        (2, "3 3 3 3"),
        (2, "2 2 2 2"),
        (1, "1 2 3 4"),
        (1, "4 4 4 4"),
        (1, "1 1 2 1"),
        (1, "- 5 5 5"),
        (1, "- - 1 1"),
        (1, "- - 3 -"),
    ]);
    let alphas = [
        ("nominal", 0.743_421_052_631_579),
        ("ordinal", 0.815_387_503_754_881_4),
        ("interval", 0.849_107_142_857_142_8),
        ("ratio", 0.797_402_774_711_612_1),
    ];
    for (scale, value) in alphas {
        check(&table, &[(&format!("krippendorff_alpha_{scale}"), value, 1e-12)]);
    }
    // Gwet 2014, Handbook, 4th ed., p. 40 and irrCAC on the same data, with its values for measures with gaps.
    check(&table, &[("percent", 0.8, 1e-12), ("percent_item_mean", 9.0 / 11.0, 1e-12)]);
    let gaps =
        [("gwet_ac1", 0.77544), ("fleiss_kappa", 0.76117), ("conger_kappa", 0.76282), ("randolph_kappa", 0.77273)];
    check(&table, &gaps.map(|(key, value)| (key, value, 1e-5)));
}

/// Krippendorff 2004, Content Analysis, 2nd ed., p. 224–227.
#[test]
fn krippendorff_2004() {
    let letters = table(&[(1, "a a"), (1, "a b"), (4, "b b"), (1, "b c"), (5, "c c")]);
    check(&letters, &[("percent", 0.833, 5e-4), ("krippendorff_alpha_nominal", 0.734, 5e-4)]);
}

/// Randolph 2005, p. 6: where one answer prevails, Fleiss' κ and Randolph's differ.
#[test]
fn randolph() {
    let balanced = table(&[(1, "y y y"), (1, "y y n"), (1, "n n y"), (1, "n n n")]);
    check(&balanced, &[("fleiss_kappa", 1.0 / 3.0, 1e-12), ("randolph_kappa", 1.0 / 3.0, 1e-12)]);
    let skewed = table(&[(2, "y y y"), (2, "y y n")]);
    check(&skewed, &[("fleiss_kappa", -0.2, 1e-12), ("randolph_kappa", 1.0 / 3.0, 1e-12)]);
}

/// Fleiss 1971 in the form of Wikipedia: 14 raters, 10 subjects, 5 categories. Values by `statsmodels`.
#[test]
fn fleiss() {
    let times = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ];
    let rows = times.map(|row| {
        let values: Vec<&str> = row.iter().zip(["a", "b", "c", "d", "e"]).flat_map(|(n, c)| vec![c; *n]).collect();
        values.join(" ")
    });
    let table = table(&rows.iter().map(|row| (1, row.as_str())).collect::<Vec<_>>());
    let values = [("fleiss_kappa", 0.209_930_704_421_955_2), ("randolph_kappa", 0.222_527_472_527_472_5)];
    check(&table, &values.map(|(key, value)| (key, value, 1e-12)));
}

/// Gwet's own worked tables: two abstractors, and a paradox of κ (`irrCAC`).
#[test]
fn gwet() {
    let abstractors = table(&[(13, "0 0"), (20, "1 1"), (7, "1 2"), (4, "2 1"), (56, "2 2")]);
    let values = [
        ("percent", 0.89),
        ("bennett_s", 0.835),
        ("scott_pi", 0.796_239_7),
        ("cohen_kappa", 0.796_409_4),
        ("krippendorff_alpha_nominal", 0.797_258_5),
        ("gwet_ac1", 0.849_330_5),
    ];
    check(&abstractors, &values.map(|(key, value)| (key, value, 1e-7)));
    let skewed = table(&[(80, "1 1"), (7, "1 2"), (8, "2 1"), (5, "2 2")]);
    check(&skewed, &[("gwet_ac1", 0.808, 1e-12)]);
}

/// Values by scikit-learn, nltk, `irrCAC` and `statsmodels` on labels of twelve items.
#[test]
fn other_programs() {
    let a = "claim claim quote source none denial claim quote none none source quote";
    let b = "claim quote quote source none denial claim claim none source source quote";
    let c = "claim claim quote quote none denial none quote none none source claim";
    let columns = |raters: &[&str]| {
        let columns: Vec<Vec<&str>> = raters.iter().map(|rater| rater.split(' ').collect()).collect();
        let rows: Vec<String> =
            (0..12).map(|item| columns.iter().map(|column| column[item]).collect::<Vec<_>>().join(" ")).collect();
        table(&rows.iter().map(|row| (1, row.as_str())).collect::<Vec<_>>())
    };
    let two = [
        ("percent", 0.75, 1e-12),
        ("bennett_s", 0.6875, 1e-12),
        ("scott_pi", 0.68, 1e-12),
        ("cohen_kappa", 0.681_415_929_203_539_8, 1e-12),
        ("krippendorff_alpha_nominal", 0.693_333_333_333_333_4, 1e-12),
        ("gwet_ac1", 0.689_320_388_35, 1e-11),
    ];
    check(&columns(&[a, b]), &two);
    let three = [
        ("fleiss_kappa", 0.571_428_571_428_571_4, 1e-12),
        ("light_kappa", 0.575_170_885_836_931_4, 1e-12),
        ("conger_kappa", 0.573_964_497_041_42, 1e-12),
        ("krippendorff_alpha_nominal", 0.583_333_333_333_333_4, 1e-12),
        ("gwet_ac1", 0.586_206_896_552, 1e-11),
    ];
    check(&columns(&[a, b, c]), &three);
}

/// Data with gaps: of Wikipedia, by the `krippendorff` package; of nltk's tests; of text labels, by both.
#[test]
fn gaps() {
    let wikipedia = table(&[
        (1, "- 1 -"),
        (2, "- - -"),
        (1, "- 2 2"),
        (1, "- 1 1"),
        (1, "- 3 3"),
        (1, "3 3 4"),
        (1, "4 4 4"),
        (1, "1 3 -"),
        (1, "2 - 2"),
        (2, "1 - 1"),
        (2, "3 - 3"),
        (1, "3 - 4"),
    ]);
    let values = [("krippendorff_alpha_nominal", 0.691_358), ("krippendorff_alpha_interval", 0.810_845)];
    check(&wikipedia, &values.map(|(key, value)| (key, value, 5e-7)));
    let easy = table(&[(1, "yes no no"), (1, "yes no -"), (1, "- - no")]);
    check(&easy, &[("krippendorff_alpha_nominal", -1.0 / 3.0, 1e-12)]);
    let labels = table(&[
        (1, "claim claim claim"),
        (1, "quote claim quote"),
        (1, "- source source"),
        (1, "source source -"),
        (1, "denial - denial"),
        (1, "none none claim"),
        (1, "quote quote -"),
        (1, "- - none"),
    ]);
    check(&labels, &[("krippendorff_alpha_nominal", 0.714_285_714_285_714_3, 1e-12)]);
}
