//! Agreement of plain tables: published values, exact fractions, and what is said of tables that cannot be measured.

use std::{fs, path::PathBuf};

use ascribe_tests::{run, shared};
use serde_json::Value;

/// A table in a file of its own.
struct Table {
    _folder: tempfile::TempDir,
    file: PathBuf,
}

impl Table {
    fn new(bytes: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("table.csv");
        fs::write(&file, bytes).unwrap();
        Self { _folder: folder, file }
    }

    fn agree(&self, kind: &str, more: &[&str]) -> Value {
        let mut arguments = vec!["agree", kind, self.file.to_str().unwrap(), "--json"];
        arguments.extend(more);
        let output = run(&arguments);
        assert_eq!(output.status, 0, "{}", output.err);
        serde_json::from_str(&output.out).unwrap()
    }
}

fn check(name: &str, found: &Value, expected: f64, tolerance: f64) {
    let found = found.as_f64().unwrap_or(f64::NAN);
    assert!((found - expected).abs() <= tolerance, "{name}: {found} instead of {expected}");
}

const ANN: &str = "ann,source,0,18\nann,quote,20,60\nann,claim,70,95\nann,denial,100,140\nann,quote,150,170\n";
const BOB: &str = "bob,source,0,18\nbob,quote,22,60\nbob,quote,70,95\nbob,denial,110,140\n";
const CAT: &str =
    "cat,source,3,18\ncat,quote,20,58\ncat,claim,62,90\ncat,claim,100,140\ncat,quote,150,170\ncat,source,180,190\n";

/// Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, p. 3–6: four observers, twelve units, gaps.
const CANONICAL: &str = "item,A,B,C,D\n1,1,1,,1\n2,2,2,3,2\n3,3,3,3,3\n4,3,3,3,3\n5,2,2,2,2\n6,1,2,3,4\n7,4,4,4,4\n\
                         8,1,1,2,1\n9,2,2,2,2\n10,,5,5,5\n11,,,1,1\n12,,,3,\n";

#[test]
fn ratings_have_every_measure_with_its_items() {
    let report = Table::new(CANONICAL).agree("--ratings", &[]);
    assert_eq!((report["n_items"].as_u64(), report["n_raters"].as_u64()), (Some(12), Some(4)));
    let measures = &report["measures"];
    let values = [
        ("percent", 0.8),
        ("percent_item_mean", 9.0 / 11.0),
        ("krippendorff_alpha_nominal", 0.743_421_052_631_579),
        ("krippendorff_alpha_ordinal", 0.815_387_503_754_881_4),
        ("krippendorff_alpha_interval", 0.849_107_142_857_142_8),
        ("krippendorff_alpha_ratio", 0.797_402_774_711_612_1),
    ];
    for (key, value) in values {
        check(key, &measures[key]["value"], value, 1e-12);
        assert_eq!(measures[key]["n_items"], 11, "{key}");
    }
    for key in ["bennett_s", "fleiss_kappa", "randolph_kappa", "gwet_ac1", "light_kappa", "conger_kappa"] {
        assert!(measures[key]["value"].is_number(), "{key}: {}", measures[key]);
    }
    for key in ["cohen_kappa", "scott_pi"] {
        assert!(measures[key]["value"].is_null() && measures[key]["reason"].is_string(), "{key}: {}", measures[key]);
    }
}

#[test]
fn units_have_the_values_of_exact_fractions() {
    let two = Table::new([ANN, BOB].concat()).agree("--units", &["--length", "200", "--seed", "1"]);
    let three = Table::new([ANN, BOB, CAT].concat()).agree("--units", &["--length", "200", "--seed", "1"]);
    let rows = [
        ("u_alpha", 3_670_529.0 / 5_836_700.0, 1_630_501.0 / 3_263_328.0),
        ("bar_u_alpha", 155_769.0 / 231_775.0, 44_234.0 / 78_975.0),
        ("character_alpha_nominal", 0.610_344_886_665_410_2, 0.482_375_047_803_959_7),
        ("alpha_u", 0.604_341_472_534_132_7, 0.347_416_264_129_880_36),
        ("gamma_observed_disorder", 301_256.0 / 670_761.0, 0.612_117_185_222_314_2),
    ];
    for (key, of_two, of_three) in rows {
        check(key, &two["measures"][key]["value"], of_two, 1e-12);
        check(key, &three["measures"][key]["value"], of_three, 1e-12);
    }
    let labels = &three["measures"]["alpha_u"]["labels"];
    check("quote", &labels["quote"]["value"], 0.658_509_875_048_348_5, 1e-12);
    assert!(
        labels["quote"]["observed_disagreement"].is_number() && labels["quote"]["expected_disagreement"].is_number()
    );
    for key in ["gamma", "gamma_cat", "gamma_expected_disorder"] {
        assert!(two["measures"][key]["value"].is_number(), "{key}: {}", two["measures"][key]);
    }
    let pair = &two["measures"]["span_f1_exact"]["pairs"][0];
    assert_eq!(pair["annotators"], serde_json::json!(["ann", "bob"]));
    check("F1", &pair["f1"], 2.0 / 9.0, 1e-12);
}

/// Every value of the literature that the shared data have, in the names that they have there.
#[test]
fn published_values_are_reproduced() {
    let Some(file) = shared("data/agreement/published_values_dev.json") else {
        println!("skipped: no shared data");
        return;
    };
    let published: Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let expected = published["expected"].as_array().unwrap();
    for row in expected {
        let (study, measure) = (row["study"].as_str().unwrap(), row["measure"].as_str().unwrap());
        let report = match study.strip_prefix("unitizing/") {
            Some(study) => units(&published["unitizing_studies"][study]),
            None => ratings(published["coding_studies"][study].as_array().unwrap()),
        };
        let found = value(&report["measures"], measure);
        let (expected, tolerance) = (row["expected"].as_f64().unwrap(), row["tol"].as_f64().unwrap());
        check(&format!("{study}, {measure}"), &found, expected, tolerance);
    }
    assert!(expected.len() >= 54, "only {} values", expected.len());
}

fn ratings(rows: &[Value]) -> Value {
    let cells = |row: &Value| -> Vec<String> {
        let cell = |value: &Value| match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            number => number.to_string(),
        };
        row["ratings"].as_array().unwrap().iter().map(cell).collect()
    };
    let mut table = String::from("item");
    (0..cells(&rows[0]).len()).for_each(|rater| table.push_str(&format!(",r{rater}")));
    let repeated = rows.iter().flat_map(|row| std::iter::repeat_n(row, row["n"].as_u64().unwrap() as usize));
    for (item, row) in repeated.enumerate() {
        table.push_str(&format!("\n{item},{}", cells(row).join(",")));
    }
    Table::new(table).agree("--ratings", &[])
}

fn units(study: &Value) -> Value {
    let mut table = String::new();
    for unit in study["units"].as_array().unwrap() {
        let number = |at: usize| unit[at].as_u64().unwrap();
        let label = unit[3].as_str().unwrap();
        table.push_str(&format!("r{},{label},{},{}\n", number(2), number(0), number(0) + number(1)));
    }
    let (begin, length) = (study["begin"].to_string(), study["length"].to_string());
    Table::new(table).agree("--units", &["--begin", &begin, "--length", &length])
}

/// The value that the shared data call `measure`.
fn value(measures: &Value, measure: &str) -> Value {
    if let Some(part) = measure.strip_prefix("alpha_U ") {
        let (part, label) = part.split_once(' ').unwrap_or((part, ""));
        let alpha = &measures["alpha_u"];
        let of = if label.is_empty() { alpha } else { &alpha["labels"][label.trim_matches(['[', ']'])] };
        let key = match part {
            "Do" => "observed_disagreement",
            "De" => "expected_disagreement",
            _ => "value",
        };
        return of[key].clone();
    }
    let key = match measure {
        "ac1" => "gwet_ac1".to_owned(),
        "bennett_S" => "bennett_s".to_owned(),
        scale if scale.starts_with("alpha_") => format!("krippendorff_{scale}"),
        other => other.to_owned(),
    };
    measures[&key]["value"].clone()
}

#[test]
fn tables_are_read_as_spreadsheets_write_them() {
    let usual = Table::new(CANONICAL).agree("--ratings", &[]);
    let dressed = CANONICAL.replace('\n', "\r\n");
    let others = [format!("\u{feff}{dressed}"), CANONICAL.replace(',', ";"), CANONICAL.replace(',', "\t")];
    for other in others {
        assert_eq!(Table::new(&other).agree("--ratings", &[]), usual, "{other:?}");
    }
    let numbers = "item,A,B\n1,1,1\n2,2,3\n3,,2\n4,3,3\n";
    let floats = numbers.replace("1,1,1", "1,1.0,1").replace("3,,2", "3,,2.0");
    assert_eq!(Table::new(&floats).agree("--ratings", &[]), Table::new(numbers).agree("--ratings", &[]));
    let plain = Table::new(ANN.to_owned() + BOB).agree("--units", &["--no-gamma"]);
    let turned = ANN.to_owned() + BOB;
    let turned: String = turned
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            format!("{},{},{},{}\n", cells[2], cells[3], cells[0], cells[1])
        })
        .collect();
    let named = Table::new(format!("start,end,annotator,label\n{turned}"));
    assert_eq!(named.agree("--units", &["--no-gamma"]), plain);
}

#[test]
fn what_cannot_be_measured_is_said_with_its_line() {
    let rows: [(&str, &[u8], &[&str], &str); 14] = [
        ("--ratings", b"", &[], "item,RATER"),
        ("--ratings", b"name,A,B\n1,x,y\n", &[], "line 1"),
        ("--ratings", b"item\n1\n", &[], "no rater"),
        ("--ratings", b"item,A,A\n1,x,y\n", &[], "called `A`"),
        ("--ratings", b"item,A,B\n1,x,y\n2,x\n", &[], "line 3"),
        ("--ratings", b"item,A,B\n1,x,y\n1,x,x\n", &[], "line 2, too"),
        ("--ratings", b"item,A,B\n1,x,\xff\n", &[], "line 2: this is not UTF-8"),
        ("--units", b"ann,quote,0,5\nbob,quote,0,x\n", &[], "line 2"),
        ("--units", b"ann,quote,5,5\n", &[], "line 1"),
        ("--units", b"ann,quote,0,50\n", &["--length", "40"], "outside"),
        ("--units", b"ann,quote,0,50\n", &["--begin", "2"], "starts before 2"),
        ("--units", b"ann,quote,0,1e300\n", &[], "too far"),
        ("--units", b"ann,quote,0\n", &[], "four"),
        ("--units", b"ann,,0,5\n", &[], "label"),
    ];
    for (kind, table, more, message) in rows {
        let table_file = Table::new(table);
        let mut arguments = vec!["agree", kind, table_file.file.to_str().unwrap()];
        arguments.extend(more);
        let output = run(&arguments);
        assert_eq!(output.status, 2, "{}", String::from_utf8_lossy(table));
        assert!(output.err.contains(message) && output.err.contains("table.csv"), "{message}: {}", output.err);
    }
}

#[test]
fn undefined_figures_are_null_with_their_reason() {
    let rows = [
        ("--ratings", "item,A,B\n1,x,x\n2,x,x\n", "fleiss_kappa", "one category"),
        ("--ratings", "item,A,B\n1,x,x\n2,x,x\n", "krippendorff_alpha_nominal", "one category"),
        ("--ratings", "item,A,B\n1,x,\n2,,x\n", "percent", "two annotators"),
        ("--ratings", "item,A,B\n1,x,\n2,y,\n", "percent", "one annotator"),
        ("--ratings", "item,A,B\n1,x,y\n", "krippendorff_alpha_interval", "not numbers"),
        ("--ratings", "item,A,B\n1,-1,2\n", "krippendorff_alpha_ratio", "negative"),
        ("--ratings", "item,A,B\n1,1e200,2\n2,3,1\n", "krippendorff_alpha_interval", "too large"),
        ("--units", "ann,quote,0,5\n", "alpha_u", "one annotator"),
        ("--units", "annotator,label,start,end\n", "u_alpha", "nothing"),
        ("--units", "ann,quote,0,5\nbob,quote,0,5\n", "bar_u_alpha", "one category"),
    ];
    for (kind, table, key, reason) in rows {
        let report = Table::new(table).agree(kind, &[]);
        let figure = &report["measures"][key];
        assert!(figure["value"].is_null(), "{table}: {figure}");
        assert!(figure["reason"].as_str().unwrap_or_default().contains(reason), "{table}: {figure}");
    }
}

#[test]
fn every_figure_explains_itself() {
    let table = Table::new(CANONICAL);
    let output = run(&["agree", "--ratings", table.file.to_str().unwrap(), "--explain"]);
    assert_eq!(output.status, 0, "{}", output.err);
    for said in
        ["Krippendorff’s α, nominal", "0.7434", "11 items", "Source: Krippendorff 2004", "exactly two annotators"]
    {
        assert!(output.out.contains(said), "{said}: {}", output.out);
    }
    let help = run(&["agree", "--help"]).out;
    for key in ["krippendorff_alpha_ratio", "cu_alpha", "gamma_cat", "span_f1_tolerant"] {
        assert!(help.contains(key), "{key} is not in the help");
    }
}
