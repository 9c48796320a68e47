//! The family of α of unitizing from 2016, and α and κ of single characters: all of them look at the lengths on which
//! two annotators have the same value.

use std::collections::BTreeMap;

use super::{
    Units,
    alpha_u::UNITS,
    sections::{GAP, Section, Sections},
};
use crate::{Figure, Undefined};

/// Agreement on where units are and what they are.
#[derive(Clone, Debug)]
pub struct UAlpha {
    /// [`crate::measures::U_ALPHA`].
    pub u: Figure,
    /// [`crate::measures::BAR_U_ALPHA`].
    pub bar: Figure,
    /// [`crate::measures::CU_ALPHA`].
    pub cu: Figure,
    /// [`crate::measures::KU_ALPHA`] of each value but the gap; the value of overlapping units names all their categories.
    pub ku: Vec<(String, Figure)>,
    /// [`crate::measures::CHARACTER_ALPHA`].
    pub characters: Figure,
    /// The lengths of observed coincidences of two values, where there are any. The name of the gap is empty.
    pub observed: Vec<(String, String, f64)>,
}

/// What the family is worked out from.
struct Coincidences {
    sections: Sections,
    /// Each value's length, over all annotators.
    lengths: Vec<f64>,
    /// The lengths of coincidences, each annotator paired with the mean of the others.
    observed: BTreeMap<(usize, usize), f64>,
}

/// Coincidences of values other than the gap, and chance.
struct Valued {
    /// The length of each value that coincides with any value.
    lengths: Vec<f64>,
    /// The part that coincides with the same value.
    same: Vec<f64>,
    /// The sum over the value's sections of the squared lengths of their coincidences with others' units.
    squares: Vec<f64>,
}

impl Units {
    /// [`crate::measures::U_ALPHA`] and its family, in time that follows the number of units.
    #[must_use]
    pub fn u_alpha(&self) -> UAlpha {
        let count = self.count();
        let coincidences = Coincidences::of(self);
        let figure = |value: &dyn Fn() -> Result<f64, Undefined>| match self.lacking(count).map_or_else(value, Err) {
            Ok(value) => Figure::new(value, count, UNITS),
            Err(reason) => Figure::undefined(reason, count, UNITS),
        };
        let valued = Valued::of(&coincidences);
        let names = &coincidences.sections.values;
        let mut times = vec![0; names.len()];
        coincidences.sections.of.iter().flatten().for_each(|section| times[section.value] += 1);
        let of_one = |value: usize| Figure { n: times[value], of: SECTIONS, ..figure(&|| valued.of_one(value)) };
        let ku = (1..names.len()).map(|value| (names[value].clone(), of_one(value)));
        let mut ku: Vec<_> = ku.collect();
        ku.sort_by(|a, b| a.0.cmp(&b.0));
        UAlpha {
            u: figure(&|| coincidences.u_alpha()),
            bar: figure(&|| coincidences.bar_u_alpha()),
            cu: figure(&|| valued.of_all()),
            ku,
            characters: match self.lacking(count).map_or_else(|| coincidences.character_alpha(), Err) {
                Ok(value) => Figure::new(value, self.length() as usize, CHARACTERS),
                Err(reason) => Figure::undefined(reason, self.length() as usize, CHARACTERS),
            },
            observed: coincidences.named(),
        }
    }

    /// [`crate::measures::CHARACTER_KAPPA`], of two annotators.
    #[must_use]
    pub fn character_kappa(&self) -> Figure {
        let n = self.length() as usize;
        if let Some(reason) = self.lacking(self.count()) {
            return Figure::undefined(reason, n, CHARACTERS);
        }
        if self.annotators.len() != 2 {
            return Figure::undefined(Undefined::NotTwo, n, CHARACTERS);
        }
        let coincidences = Coincidences::of(self);
        let length = self.length();
        let own = |annotator: usize| {
            let mut lengths = vec![0.0; coincidences.lengths.len()];
            for section in &coincidences.sections.of[annotator] {
                lengths[section.value] += section.length();
            }
            lengths
        };
        let same: f64 = coincidences.same().sum::<f64>() / 2.0;
        let both: f64 = own(0).iter().zip(own(1)).map(|(a, b)| a * b).sum();
        let room = length * length - both;
        if room <= 0.0 {
            return Figure::undefined(Undefined::OneCategory, n, CHARACTERS);
        }
        Figure::new((same * length - both) / room, n, CHARACTERS)
    }
}

/// What figures of one value are made of.
const SECTIONS: &str = "sections";

/// What figures of characters are made of.
const CHARACTERS: &str = "characters";

impl Coincidences {
    fn of(units: &Units) -> Self {
        let sections = Sections::of(units);
        let others = units.annotators.len().saturating_sub(1).max(1) as f64;
        let mut observed = sections.coincidences();
        observed.values_mut().for_each(|length| *length /= others);
        Self { lengths: sections.lengths(), sections, observed }
    }

    fn total(&self) -> f64 {
        self.lengths.iter().sum()
    }

    fn same(&self) -> impl Iterator<Item = f64> {
        (0..self.lengths.len()).map(|value| self.observed.get(&(value, value)).copied().unwrap_or_default())
    }

    /// The pairs that chance cannot make because a section would meet itself: of a unit all its characters with all,
    /// of a gap, which may be cut anywhere, each with itself alone.
    fn selves(&self) -> f64 {
        let own = |section: &Section| match section.value {
            GAP => section.length(),
            _ => section.length() * section.length(),
        };
        self.sections.of.iter().flatten().map(own).sum()
    }

    fn u_alpha(&self) -> Result<f64, Undefined> {
        let total = self.total();
        // What differs by chance: all pairs of lengths of different values.
        let different: f64 = self.lengths.iter().map(|length| length * (total - length)).sum();
        self.beyond(total - self.same().sum::<f64>(), different)
    }

    fn bar_u_alpha(&self) -> Result<f64, Undefined> {
        let gap = self.lengths[GAP];
        let met = self.observed.get(&(GAP, GAP)).copied().unwrap_or_default();
        self.beyond(2.0 * (gap - met), 2.0 * gap * (self.total() - gap))
    }

    fn beyond(&self, observed: f64, different: f64) -> Result<f64, Undefined> {
        let total = self.total();
        if different == 0.0 {
            return Err(Undefined::OneCategory);
        }
        Ok(1.0 - observed * (total * total - self.selves()) / (total * different))
    }

    fn character_alpha(&self) -> Result<f64, Undefined> {
        let total = self.total();
        let different: f64 = self.lengths.iter().map(|length| length * (total - length)).sum();
        if different == 0.0 {
            return Err(Undefined::OneCategory);
        }
        Ok(1.0 - (total - self.same().sum::<f64>()) * (total - 1.0) / different)
    }

    fn named(&self) -> Vec<(String, String, f64)> {
        let name = |value: usize| self.sections.values[value].clone();
        let mut named: Vec<_> = self.observed.iter().map(|((a, b), length)| (name(*a), name(*b), *length)).collect();
        named.retain(|(_, _, length)| *length > 0.0);
        named.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        named
    }
}

impl Valued {
    fn of(coincidences: &Coincidences) -> Self {
        let none = vec![0.0; coincidences.lengths.len()];
        let mut valued = Self { lengths: none.clone(), same: none.clone(), squares: none };
        for ((a, b), length) in &coincidences.observed {
            if *a == GAP || *b == GAP {
                continue;
            }
            valued.lengths[*a] += length;
            if a == b {
                valued.same[*a] += length;
            }
        }
        let covered = Covered::of(&coincidences.sections);
        for section in coincidences.sections.of.iter().flatten().filter(|section| section.value != GAP) {
            let length = covered.length(section);
            valued.squares[section.value] += length * length;
        }
        valued
    }

    fn total(&self) -> f64 {
        self.lengths.iter().sum()
    }

    /// cuα: observed and expected disagreement are those of uα with the gaps left out (Krippendorff 2019, eq. 36–37).
    fn of_all(&self) -> Result<f64, Undefined> {
        let total = self.total();
        let different: f64 = self.lengths.iter().map(|length| length * (total - length)).sum();
        let pairs = total * total - self.squares.iter().sum::<f64>();
        if total == 0.0 {
            return Err(Undefined::NoPairs);
        }
        if different == 0.0 {
            return Err(Undefined::OneCategory);
        }
        Ok(1.0 - (total - self.same.iter().sum::<f64>()) * pairs / (total * different))
    }

    /// (k)uα: the share of the value's coincidences that are with other values, over the share by chance
    /// (Krippendorff 2019, eq. 38).
    fn of_one(&self, value: usize) -> Result<f64, Undefined> {
        let (total, length) = (self.total(), self.lengths[value]);
        if length == 0.0 {
            return Err(Undefined::NoPairs);
        }
        let different = length * (total - length);
        if different == 0.0 {
            return Err(Undefined::OneCategory);
        }
        let expected = different / (total * length - self.squares[value]);
        Ok(1.0 - (length - self.same[value]) / length / expected)
    }
}

/// How much of others' units lies on one annotator's, up to each place where a unit begins or ends.
struct Covered {
    places: Vec<f64>,
    before: Vec<f64>,
}

impl Covered {
    fn of(sections: &Sections) -> Self {
        let mut events: Vec<(f64, i32)> = Vec::new();
        for section in sections.of.iter().flatten().filter(|section| section.value != GAP) {
            events.extend([(section.start, 1), (section.end, -1)]);
        }
        events.sort_by(|a, b| a.0.total_cmp(&b.0));
        let others = sections.of.len().saturating_sub(1).max(1) as f64;
        let mut covered = Self { places: Vec::new(), before: Vec::new() };
        let (mut deep, mut sum) = (0, 0.0);
        for at in events.chunk_by(|a, b| a.0 == b.0) {
            let place = at[0].0;
            let last = covered.places.last().copied().unwrap_or(place);
            sum += f64::from((deep - 1).max(0)) * (place - last);
            covered.places.push(place);
            covered.before.push(sum / others);
            deep += at.iter().map(|(_, step)| step).sum::<i32>();
        }
        covered
    }

    /// The length of a section's coincidences with others' units.
    fn length(&self, section: &Section) -> f64 {
        let before = |place: f64| self.before[self.places.partition_point(|other| *other < place)];
        before(section.end) - before(section.start)
    }
}
