//! The most pairs of units whose ends are nearly the same.

use std::collections::{HashMap, VecDeque};

use super::Stretch;

/// Which units could be matched with which. Units with the same ends are one place with a number, so that a pile of
/// them costs what one does.
pub(super) struct Near {
    a: Vec<Place>,
    b: Vec<Place>,
    /// For each place of `a` those of `b` that are near.
    of_a: Vec<Vec<usize>>,
    /// For each place of `b` those of `a` that are near.
    of_b: Vec<Vec<usize>>,
    /// How many units of a place of `a` are matched with one of `b`.
    pairs: HashMap<(usize, usize), usize>,
}

struct Place {
    start: f64,
    end: f64,
    /// How many of its units are not matched.
    left: usize,
}

impl Near {
    /// Both lists are sorted.
    pub(super) fn of(a: &[Stretch], b: &[Stretch], tolerance: f64) -> Self {
        let (a, b) = (places(a), places(b));
        let mut near =
            Self { of_a: vec![Vec::new(); a.len()], of_b: vec![Vec::new(); b.len()], a, b, pairs: HashMap::new() };
        let mut first = 0;
        for (number, place) in near.a.iter().enumerate() {
            while near.b.get(first).is_some_and(|other| other.start < place.start - tolerance) {
                first += 1;
            }
            let starting = near.b[first..].iter().take_while(|other| other.start <= place.start + tolerance);
            for (other, _) in (first..).zip(starting).filter(|(_, other)| (other.end - place.end).abs() <= tolerance) {
                near.of_a[number].push(other);
                near.of_b[other].push(number);
            }
        }
        near
    }

    /// How many can be matched: whatever comes first, then by paths that free a place (Ford & Fulkerson 1956).
    pub(super) fn matched(mut self) -> usize {
        let all: usize = self.a.iter().map(|place| place.left).sum();
        for a in 0..self.a.len() {
            for n in 0..self.of_a[a].len() {
                let b = self.of_a[a][n];
                let number = self.a[a].left.min(self.b[b].left);
                self.a[a].left -= number;
                self.b[b].left -= number;
                *self.pairs.entry((a, b)).or_default() += number;
            }
        }
        for a in 0..self.a.len() {
            while self.a[a].left > 0 && self.free(a) {}
        }
        all - self.a.iter().map(|place| place.left).sum::<usize>()
    }

    /// Matches one more unit of the place `a`, if others can be matched otherwise for it.
    fn free(&mut self, a: usize) -> bool {
        let mut from_a: HashMap<usize, usize> = HashMap::new();
        let mut from_b: HashMap<usize, usize> = HashMap::new();
        let mut next = VecDeque::from([a]);
        while let Some(one) = next.pop_front() {
            for other in &self.of_a[one] {
                if from_a.contains_key(other) {
                    continue;
                }
                from_a.insert(*other, one);
                if self.b[*other].left > 0 {
                    self.turn(a, *other, &from_a, &from_b);
                    return true;
                }
                for holder in &self.of_b[*other] {
                    let holds = self.pairs.get(&(*holder, *other)).is_some_and(|number| *number > 0);
                    if holds && *holder != a && !from_b.contains_key(holder) {
                        from_b.insert(*holder, *other);
                        next.push_back(*holder);
                    }
                }
            }
        }
        false
    }

    /// Turns the path from `a` to the free place `last` over: each holder on it takes the next place.
    fn turn(&mut self, a: usize, last: usize, from_a: &HashMap<usize, usize>, from_b: &HashMap<usize, usize>) {
        self.a[a].left -= 1;
        self.b[last].left -= 1;
        let mut place = last;
        while let Some(holder) = from_a.get(&place) {
            *self.pairs.entry((*holder, place)).or_default() += 1;
            let Some(before) = from_b.get(holder) else { return };
            self.pairs.entry((*holder, *before)).and_modify(|number| *number -= 1);
            place = *before;
        }
    }
}

/// Units as places, sorted by start.
fn places(units: &[Stretch]) -> Vec<Place> {
    let same = |a: &Stretch, b: &Stretch| (a.start, a.end) == (b.start, b.end);
    units.chunk_by(same).map(|of| Place { start: of[0].start, end: of[0].end, left: of.len() }).collect()
}
