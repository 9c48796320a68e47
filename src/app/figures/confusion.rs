//! Which labels two annotators gave to the same words.

use ascribe_engine::agree::{Behind, Slice};

use super::{
    Made,
    heat::{Cell, Grid},
};
use crate::wording::counted;

/// What a row or column is called for what somebody has nothing of.
const NOTHING: &str = "(nothing)";

/// For each pair of labels how often the one annotator gave the first and the other the second.
pub(super) fn grid(made: &Made, pair: (usize, usize)) -> (Grid, Vec<Vec<Behind>>) {
    let names: Vec<&str> = made.agreement.labels.iter().map(String::as_str).chain([NOTHING]).collect();
    let mut units: Vec<Vec<Behind>> = vec![Vec::new(); names.len() * names.len()];
    let who = |number: usize| &made.agreement.annotators[number];
    for (at, comparison) in made.comparisons.iter().enumerate() {
        let (Some(one), Some(two)) = (comparison.side(who(pair.0)), comparison.side(who(pair.1))) else { continue };
        for unit in 0..comparison.units.len() {
            let label = |side: usize| {
                let annotation = comparison.member(unit, side)?;
                names.iter().position(|name| *name == annotation.label)
            };
            let (first, second) = (label(one), label(two));
            if first.is_none() && second.is_none() {
                continue;
            }
            let place = |label: Option<usize>| label.unwrap_or(names.len() - 1);
            let document = comparison.document.clone();
            let behind = Behind { document, comparison: at, unit, agrees: first == second };
            units[place(first) * names.len() + place(second)].push(behind);
        }
    }
    let most = units.iter().map(Vec::len).max().unwrap_or_default().max(1);
    let cell = |units: &Vec<Behind>| Cell {
        text: if units.is_empty() { "·".to_owned() } else { units.len().to_string() },
        value: Some(units.len() as f64),
        says: counted(units.len(), "unit"),
    };
    let named = |who: usize| {
        let name = made.agreement.annotators[who].as_str().to_owned();
        move |label: &&str| format!("{name}: {}", label.replace('_', " "))
    };
    let grid = Grid {
        name: format!("Labels of {}", made.in_words(&Slice { pair: Some(pair), ..Slice::default() })),
        rows: names.iter().map(named(pair.0)).collect(),
        columns: names.iter().map(named(pair.1)).collect(),
        cells: units.iter().map(cell).collect(),
        range: (0.0, most as f64),
    };
    (grid, units)
}
