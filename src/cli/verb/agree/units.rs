//! `agree --units`: a plain table of units of a continuum.

use std::{collections::HashMap, path::Path};

use ascribe_engine::agreement::{
    AlphaU, Figure, Fit, Measure, SpanScore, Stretch, StretchError, UAlpha, Units, measures as of,
};
use csv::StringRecord;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{Agree, continuum::Continuum, explained, gamma::Answer, table::Table};
use crate::{Failed, Io, verb::reading::plain};

#[derive(Serialize)]
struct Report {
    begin: f64,
    length: f64,
    n_annotators: usize,
    n_units: usize,
    tolerance: f64,
    measures: Map<String, Value>,
}

/// All that is worked out of units.
struct Worked {
    alpha: AlphaU,
    family: UAlpha,
    characters: Figure,
    gamma: Answer,
    spans: Vec<(&'static Measure, Figure, Vec<Pair>)>,
}

/// Beyond it, positions are not told apart well enough.
const FARTHEST: f64 = 1e15;

/// How two annotators' units match.
struct Pair {
    names: [String; 2],
    score: SpanScore,
}

/// Reads the table, and prints every measure of it.
pub(super) fn print(file: &Path, wanted: &Agree, io: &mut Io<'_>) -> Result<(), Failed> {
    let units = read(file, &wanted.continuum)?;
    let tolerance = wanted.continuum.tolerance;
    if !(tolerance.is_finite() && tolerance >= 0.0) {
        return Err("--tolerance must be a number that is not below 0".into());
    }
    let worked = Worked::of(&units, wanted)?;
    if wanted.json {
        let report = Report {
            begin: units.begin(),
            length: units.length(),
            n_annotators: units.annotators().len(),
            n_units: units.count(),
            tolerance,
            measures: worked.json()?,
        };
        writeln!(io.out, "{}", serde_json::to_string_pretty(&report)?)?;
        return Ok(());
    }
    let (annotators, count) = (units.annotators().len(), units.count());
    writeln!(io.out, "{count} units, {annotators} annotators, from {} to {}\n", units.begin(), units.end())?;
    worked.print(wanted.explain, io)
}

impl Worked {
    fn of(units: &Units, wanted: &Agree) -> Result<Self, Failed> {
        let fits = [Fit::Exact, Fit::Overlap, Fit::Within(wanted.continuum.tolerance)];
        let ways = [false, true].into_iter().flat_map(|any| fits.map(|fit| (fit, any)));
        let spans = ways.map(|(fit, any)| (fit.measure(any), units.span_f1(fit, any), pairs(units, fit, any)));
        Ok(Self {
            alpha: units.alpha_u(),
            family: units.u_alpha(),
            characters: units.character_kappa(),
            gamma: wanted.chance.answer(units)?,
            spans: spans.collect(),
        })
    }

    fn json(&self) -> Result<Map<String, Value>, Failed> {
        let mut measures = Map::new();
        let mut add = |measure: &Measure, figure: &Figure, more: Value| {
            let mut fields = serde_json::to_value(figure)?;
            if let (Value::Object(fields), Value::Object(more)) = (&mut fields, more) {
                fields.extend(more);
            }
            measures.insert(measure.key.to_owned(), fields);
            Ok::<(), Failed>(())
        };
        let family = &self.family;
        add(&of::ALPHA_U, &self.alpha.total, self.alpha_json()?)?;
        let observed = family.observed.iter().map(|(a, b, length)| json!({"values": [a, b], "length": length}));
        add(&of::U_ALPHA, &family.u, json!({"coincidences": observed.collect::<Vec<_>>()}))?;
        add(&of::BAR_U_ALPHA, &family.bar, Value::Null)?;
        add(&of::CU_ALPHA, &family.cu, Value::Null)?;
        add(&of::CHARACTER_ALPHA, &family.characters, Value::Null)?;
        add(&of::CHARACTER_KAPPA, &self.characters, Value::Null)?;
        for (measure, figure, pairs) in &self.spans {
            let pairs: Vec<_> = pairs.iter().map(Pair::json).collect();
            add(measure, figure, json!({"pairs": pairs}))?;
        }
        let labels: Map<_, _> = family
            .ku
            .iter()
            .map(|(name, figure)| Ok((name.clone(), serde_json::to_value(figure)?)))
            .collect::<Result<_, Failed>>()?;
        let each = json!({"value": null, "reason": "there is one for each label", "labels": labels});
        measures.insert(of::KU_ALPHA.key.to_owned(), each);
        self.gamma.add(&mut measures)?;
        Ok(measures)
    }

    fn alpha_json(&self) -> Result<Value, Failed> {
        let mut labels = Map::new();
        for (name, own) in &self.alpha.by_category {
            let mut fields = serde_json::to_value(own.alpha)?;
            fields["observed_disagreement"] = json!(own.observed);
            fields["expected_disagreement"] = json!(own.expected);
            labels.insert(name.clone(), fields);
        }
        let (observed, expected) = (self.alpha.observed, self.alpha.expected);
        Ok(json!({"observed_disagreement": observed, "expected_disagreement": expected, "labels": labels}))
    }

    fn print(&self, explain: bool, io: &mut Io<'_>) -> Result<(), Failed> {
        let family = &self.family;
        explained::figures(&[(&of::ALPHA_U, self.alpha.total)], explain, io)?;
        for (name, own) in &self.alpha.by_category {
            writeln!(io.out, "{}", explained::line(&format!("  {}", plain(name)), &explained::told(&own.alpha)))?;
        }
        let whole = [(&of::U_ALPHA, family.u), (&of::BAR_U_ALPHA, family.bar), (&of::CU_ALPHA, family.cu)];
        writeln!(io.out)?;
        explained::figures(&whole, explain, io)?;
        writeln!(io.out, "{}", of::KU_ALPHA.name)?;
        if explain {
            explained::definition(&of::KU_ALPHA, io)?;
        }
        for (name, figure) in &family.ku {
            writeln!(io.out, "{}", explained::line(&format!("  {}", plain(name)), &explained::told(figure)))?;
        }
        writeln!(io.out)?;
        let characters = [(&of::CHARACTER_ALPHA, family.characters), (&of::CHARACTER_KAPPA, self.characters)];
        explained::figures(&characters, explain, io)?;
        writeln!(io.out)?;
        self.gamma.print(explain, io)?;
        for (measure, figure, pairs) in &self.spans {
            writeln!(io.out)?;
            explained::figures(&[(measure, *figure)], explain, io)?;
            for pair in pairs {
                pair.print(io)?;
            }
        }
        Ok(())
    }
}

/// The scores of all pairs of annotators.
fn pairs(units: &Units, fit: Fit, any: bool) -> Vec<Pair> {
    let names = units.annotators();
    let pair = |a: usize, b: usize| Pair {
        names: [names[a].clone(), names[b].clone()],
        score: units.span_score(a, b, fit, any),
    };
    (0..names.len()).flat_map(|a| (a + 1..names.len()).map(move |b| (a, b))).map(|(a, b)| pair(a, b)).collect()
}

impl Pair {
    fn json(&self) -> Value {
        let SpanScore { matched, precision, recall, f1 } = self.score;
        let value = |figure: Figure| figure.value.ok();
        let reason = [precision, recall, f1].into_iter().find_map(|figure| figure.value.err());
        let mut told = json!({
            "annotators": self.names,
            "matched": matched,
            "precision": value(precision),
            "recall": value(recall),
            "f1": value(f1),
        });
        if let Some(reason) = reason {
            told["reason"] = json!(reason.to_string());
        }
        told
    }

    fn print(&self, io: &mut Io<'_>) -> Result<(), Failed> {
        let [first, second] = &self.names;
        let SpanScore { matched, precision, recall, f1 } = self.score;
        let share = |figure: Figure| figure.value.map_or_else(|_| "—".to_owned(), |value| format!("{value:.4}"));
        let (precision, recall) = (share(precision), share(recall));
        let names = format!("  {}, {}", plain(first), plain(second));
        let told = format!("{:>7}  precision {precision}, recall {recall}, {matched} matched", share(f1));
        writeln!(io.out, "{}", explained::line(&names, &told))?;
        Ok(())
    }
}

/// The columns of a table of units.
#[derive(Clone, Copy)]
struct Columns {
    annotator: usize,
    label: usize,
    start: usize,
    end: usize,
}

impl Columns {
    const PLAIN: Self = Self { annotator: 0, label: 1, start: 2, end: 3 };

    /// The columns that a header names, if it is one.
    fn named(row: &StringRecord) -> Option<Self> {
        let find = |name: &str| row.iter().position(|cell| cell.eq_ignore_ascii_case(name));
        Some(Self { annotator: find("annotator")?, label: find("label")?, start: find("start")?, end: find("end")? })
    }
}

/// What is gathered of a table of units.
#[derive(Default)]
struct Gathered {
    annotators: Vec<String>,
    categories: Vec<String>,
    known: [HashMap<String, usize>; 2],
    stretches: Vec<Vec<Stretch>>,
    end: f64,
}

/// Reads a table with the columns annotator, label, start, end.
pub(super) fn read(file: &Path, continuum: &Continuum) -> Result<Units, Failed> {
    let table = Table::read(file)?;
    let begin = continuum.begin;
    let end = continuum.length.map_or(f64::INFINITY, |length| begin + length);
    let far = |number: f64| number.is_nan() || number.abs() > FARTHEST;
    if far(begin) || continuum.length.is_some_and(|length| far(length) || length <= 0.0) {
        return Err("--begin must be a number, and --length one above 0, neither beyond 10^15".into());
    }
    let mut gathered = Gathered { end: begin, ..Gathered::default() };
    let mut columns = None;
    table.each(|row, line| {
        if row.len() != 4 {
            let what = format!("this row has {} cells; it must have four: annotator,label,start,end", row.len());
            return Err(table.wrong(line, &what));
        }
        if columns.is_none() {
            columns = Columns::named(row);
            if columns.is_some() {
                return Ok(());
            }
        }
        let columns = *columns.get_or_insert(Columns::PLAIN);
        gathered.add(row, columns, (begin, end)).map_err(|what| table.wrong(line, &what))
    })?;
    let end = if end.is_finite() { end } else { gathered.end };
    let Gathered { annotators, categories, stretches, .. } = gathered;
    Units::new(annotators, categories, stretches, begin, end).map_err(|reason| table.lacks(&reason.to_string()))
}

impl Gathered {
    fn add(&mut self, row: &StringRecord, columns: Columns, (begin, end): (f64, f64)) -> Result<(), String> {
        let position = |column: usize| {
            let cell = &row[column];
            let number: f64 =
                cell.parse().map_err(|_| format!("start and end must be numbers, and `{cell}` is none"))?;
            if number.abs() > FARTHEST {
                Err(format!("`{cell}` is too far away; 10^15 is the most"))
            } else {
                Ok(number)
            }
        };
        let [annotator, category] = &mut self.known;
        let annotator = number(annotator, &mut self.annotators, &row[columns.annotator])?;
        let category = number(category, &mut self.categories, &row[columns.label])?;
        let stretch = Stretch { start: position(columns.start)?, end: position(columns.end)?, category };
        stretch.check(begin, end).map_err(|reason| match reason {
            StretchError::Outside(unit, ..) if end.is_infinite() => {
                format!(
                    "the unit from {} to {} starts before {begin}, where --begin says that all begins",
                    unit.start, unit.end
                )
            }
            StretchError::Outside(..) => format!("{reason}; --begin and --length say where it lies"),
            _ => reason.to_string(),
        })?;
        self.stretches.resize(self.annotators.len(), Vec::new());
        self.stretches[annotator].push(stretch);
        self.end = self.end.max(stretch.end);
        Ok(())
    }
}

/// The number of a name, which is added if it is new.
fn number(known: &mut HashMap<String, usize>, names: &mut Vec<String>, name: &str) -> Result<usize, String> {
    if name.is_empty() {
        return Err("a unit must have an annotator and a label".to_owned());
    }
    if let Some(number) = known.get(name) {
        return Ok(*number);
    }
    known.insert(name.to_owned(), names.len());
    names.push(name.to_owned());
    Ok(names.len() - 1)
}
