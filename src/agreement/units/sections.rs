//! A continuum cut into sections of one value each: what lies there of one annotator's units, or nothing.

use std::collections::{BTreeMap, HashMap};

use super::{Stretch, Units};

/// A piece of the continuum on which one annotator's value does not change, and in which none of their units begins
/// or ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section {
    pub(super) start: f64,
    pub(super) end: f64,
    /// The number of the value; [`GAP`] where nothing lies.
    pub(super) value: usize,
}

/// The value of a gap.
pub(super) const GAP: usize = 0;

/// What one annotator's value is: how many units of each category lie there.
type Pile = Vec<(usize, u32)>;

/// Each annotator's sections, and the names of the values.
pub(super) struct Sections {
    pub(super) of: Vec<Vec<Section>>,
    /// The values' names; that of [`GAP`] is empty.
    pub(super) values: Vec<String>,
}

impl Section {
    pub(super) fn length(self) -> f64 {
        self.end - self.start
    }
}

impl Sections {
    pub(super) fn of(units: &Units) -> Self {
        let mut known = HashMap::from([(Pile::new(), GAP)]);
        let mut values = vec![String::new()];
        let mut number = |pile: &BTreeMap<usize, u32>| {
            let pile: Pile = pile.iter().map(|(category, times)| (*category, *times)).collect();
            if let Some(number) = known.get(&pile) {
                return *number;
            }
            values.push(named(&pile, units));
            known.insert(pile, values.len() - 1);
            values.len() - 1
        };
        let of = units.stretches.iter().map(|own| cut(own, units.begin, units.end, &mut number)).collect();
        Self { of, values }
    }

    /// How much of the continuum has each value, over all annotators.
    pub(super) fn lengths(&self) -> Vec<f64> {
        let mut lengths = vec![0.0; self.values.len()];
        for section in self.of.iter().flatten() {
            lengths[section.value] += section.length();
        }
        lengths
    }

    /// For each two values, the length on which two annotators have them, over all ordered pairs of annotators.
    pub(super) fn coincidences(&self) -> BTreeMap<(usize, usize), f64> {
        let mut met: HashMap<(usize, usize), f64> = HashMap::new();
        for (number, one) in self.of.iter().enumerate() {
            for other in &self.of[..number] {
                meet(one, other, |a, b, length| *met.entry((a, b)).or_default() += length);
            }
        }
        let mut both = BTreeMap::new();
        for ((a, b), length) in met {
            *both.entry((a, b)).or_default() += length;
            *both.entry((b, a)).or_default() += length;
        }
        both
    }
}

/// Cuts the continuum where units begin or end.
fn cut(
    units: &[Stretch],
    begin: f64,
    end: f64,
    number: &mut impl FnMut(&BTreeMap<usize, u32>) -> usize,
) -> Vec<Section> {
    let mut events: Vec<(f64, bool, usize)> = Vec::with_capacity(2 * units.len());
    for unit in units {
        events.push((unit.start, true, unit.category));
        events.push((unit.end, false, unit.category));
    }
    events.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut pile = BTreeMap::new();
    let mut sections = Vec::with_capacity(events.len() + 1);
    let mut start = begin;
    for at in events.chunk_by(|a, b| a.0 == b.0) {
        if at[0].0 > start {
            sections.push(Section { start, end: at[0].0, value: number(&pile) });
            start = at[0].0;
        }
        for (_, _, category) in at.iter().filter(|(_, begins, _)| *begins) {
            *pile.entry(*category).or_default() += 1;
        }
        for (_, _, category) in at.iter().filter(|(_, begins, _)| !*begins) {
            pile.entry(*category).and_modify(|times: &mut u32| *times -= 1);
        }
        pile.retain(|_, times| *times > 0);
    }
    if end > start {
        sections.push(Section { start, end, value: number(&pile) });
    }
    sections
}

/// What a value is called: its categories, such as `quote + source`, or `claim × 2`.
fn named(pile: &Pile, units: &Units) -> String {
    let name = |(category, times): &(usize, u32)| match (&units.categories[*category], times) {
        (name, 1) => name.clone(),
        (name, times) => format!("{name} × {times}"),
    };
    pile.iter().map(name).collect::<Vec<_>>().join(" + ")
}

/// Walks two annotators' sections and hands over the values and the length of each piece of both.
fn meet(a: &[Section], b: &[Section], mut found: impl FnMut(usize, usize, f64)) {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    while let (Some(one), Some(other)) = (a.peek(), b.peek()) {
        found(one.value, other.value, one.end.min(other.end) - one.start.max(other.start));
        let (first, second) = (one.end, other.end);
        if first <= second {
            a.next();
        }
        if second <= first {
            b.next();
        }
    }
}
