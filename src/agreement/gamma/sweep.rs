//! The best alignment by dynamic programming from left to right.
//!
//! After each place, only which of the later ones are aligned already matters. With prices that are nearly the highest,
//! what is not on the way to the best alignment soon costs too much, so few states are enough.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

use super::columns::Columns;

/// What a sweep found.
pub(super) struct Swept {
    /// The unitary alignments, ascending.
    pub chosen: Vec<u32>,
    /// What they cost above the prices; infinite if everything costs more than the cap.
    pub cost: f64,
    /// The least cost above the prices of what was not followed; infinite if all was.
    pub dropped: f64,
}

/// Places that are aligned already, as bits of their slots, and what that costs.
#[derive(Clone, Copy)]
struct State {
    covered: u128,
    cost: f64,
    /// Which step led here.
    step: u32,
}

/// One unitary alignment on the way, and the step before.
#[derive(Clone, Copy)]
struct Step {
    column: u32,
    before: u32,
}

const START: u32 = u32::MAX;

/// Finds the best alignment of places `0..places`, following the `width` best states; `left` is what each unitary
/// alignment costs above the prices, and `cap` what the best costs at most.
pub(super) fn sweep(columns: &Columns, places: usize, left: &[f64], width: usize, cap: f64) -> Swept {
    let slots = Slots::new(columns, places);
    let mut steps: Vec<Step> = Vec::new();
    let mut states = vec![State { covered: 0, cost: 0.0, step: START }];
    let mut next: Vec<State> = Vec::new();
    let mut known: HashMap<u128, usize, BuildHasherDefault<Mixer>> = HashMap::default();
    let mut dropped = f64::INFINITY;
    let mut choices: Vec<(f64, u128, u32)> = Vec::new();
    let mut column = 0;
    for place in 0..places {
        let bit = slots.bit(place as u32);
        choices.clear();
        while column < columns.len() && columns.members(column)[0] as usize == place {
            match slots.mask(&columns.members(column)[1..]) {
                Some(mask) => choices.push((left[column].max(0.0), mask, column as u32)),
                None => dropped = dropped.min(0.0),
            }
            column += 1;
        }
        choices.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
        next.clear();
        known.clear();
        for state in &states {
            if bit != 0 && state.covered & bit != 0 {
                reach(&mut next, &mut known, State { covered: state.covered & !bit, ..*state });
                continue;
            }
            for (cost, mask, column) in &choices {
                if state.cost + cost > cap {
                    break;
                }
                if state.covered & mask == 0 {
                    // The step is written down when the state is kept; until then its number stands for both.
                    let covered = state.covered | mask;
                    let cost = state.cost + cost;
                    if better(&next, &known, covered, cost) {
                        steps.push(Step { column: *column, before: state.step });
                        reach(&mut next, &mut known, State { covered, cost, step: steps.len() as u32 - 1 });
                    }
                }
            }
        }
        if next.len() > width {
            let by_cost = |a: &State, b: &State| a.cost.total_cmp(&b.cost).then(a.covered.cmp(&b.covered));
            next.select_nth_unstable_by(width, by_cost);
            dropped = next[width..].iter().map(|state| state.cost).fold(dropped, f64::min);
            next.truncate(width);
        }
        std::mem::swap(&mut states, &mut next);
    }
    let best = states.first().map_or((f64::INFINITY, START), |state| (state.cost, state.step));
    Swept { chosen: walk(&steps, best.1), cost: best.0, dropped }
}

fn better(next: &[State], known: &HashMap<u128, usize, BuildHasherDefault<Mixer>>, covered: u128, cost: f64) -> bool {
    known.get(&covered).is_none_or(|number| cost < next[*number].cost)
}

fn reach(next: &mut Vec<State>, known: &mut HashMap<u128, usize, BuildHasherDefault<Mixer>>, state: State) {
    let number = *known.entry(state.covered).or_insert(next.len());
    match next.get_mut(number) {
        Some(there) if state.cost < there.cost => *there = state,
        Some(_) => {}
        None => next.push(state),
    }
}

fn walk(steps: &[Step], last: u32) -> Vec<u32> {
    let (mut chosen, mut at) = (Vec::new(), last);
    while let Some(step) = steps.get(at as usize) {
        chosen.push(step.column);
        at = step.before;
    }
    chosen.reverse();
    chosen
}

/// For each place a bit that is its own from the first place with which it can be aligned until it comes.
struct Slots(Vec<Option<u8>>);

impl Slots {
    fn new(columns: &Columns, places: usize) -> Self {
        let mut seen = vec![false; places];
        let mut slots = vec![None; places];
        let mut free: u128 = !0;
        let mut column = 0;
        for place in 0..places {
            // Its own bit is free again for those that come into view only now.
            if let Some(slot) = slots[place] {
                free |= 1u128 << slot;
            }
            while column < columns.len() && columns.members(column)[0] as usize == place {
                for member in &columns.members(column)[1..] {
                    let member = *member as usize;
                    if !seen[member] && free != 0 {
                        let slot = free.trailing_zeros() as u8;
                        free &= !(1u128 << slot);
                        slots[member] = Some(slot);
                    }
                    seen[member] = true;
                }
                column += 1;
            }
        }
        Self(slots)
    }

    fn bit(&self, place: u32) -> u128 {
        self.0[place as usize].map_or(0, |slot| 1u128 << slot)
    }

    /// The bits of places, unless one has none.
    fn mask(&self, places: &[u32]) -> Option<u128> {
        places.iter().try_fold(0, |mask, place| Some(mask | 1u128 << self.0[*place as usize]?))
    }
}

/// A quick hash of bits.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u128(u128::from(*byte)));
    }

    fn write_u128(&mut self, bits: u128) {
        let folded = (bits as u64) ^ ((bits >> 64) as u64).rotate_left(29);
        let mixed = (self.0 ^ folded).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 32);
    }
}
