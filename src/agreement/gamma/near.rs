//! Which stretches are near enough to be aligned.

use super::cost::Cost;
use crate::Stretch;

/// A stretch and whose it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub stretch: Stretch,
    pub annotator: u32,
    /// Which of the annotator's stretches it is.
    pub number: u32,
}

/// A place that can be aligned with another one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    pub place: u32,
    /// How unlike the two are.
    pub unlike: f64,
}

/// All stretches, from left to right by their middles: who can be aligned is then near in the list, too.
pub(super) fn places(stretches: &[Vec<Stretch>]) -> Vec<Place> {
    let of_one = |(annotator, of_one): (usize, &Vec<Stretch>)| {
        let place = move |(number, stretch): (usize, &Stretch)| Place {
            stretch: *stretch,
            annotator: annotator as u32,
            number: number as u32,
        };
        of_one.iter().enumerate().map(place).collect::<Vec<_>>()
    };
    let mut places: Vec<Place> = stretches.iter().enumerate().flat_map(of_one).collect();
    let middle = |place: &Place| place.stretch.start + place.stretch.end;
    // What is equal is told apart by its category and not by its annotator, whose order means nothing.
    places.sort_by(|a, b| {
        middle(a).total_cmp(&middle(b)).then(a.stretch.order(&b.stretch)).then(a.annotator.cmp(&b.annotator))
    });
    places
}

/// For each place the later ones of other annotators that can be aligned with it, the most alike first.
pub(super) fn near(places: &[Place], cost: &Cost) -> Vec<Vec<Near>> {
    let (limit, reach) = (cost.limit(), cost.reach());
    let mut found = vec![Vec::new(); places.len()];
    for class in &classes(places) {
        for (number, place) in places.iter().enumerate() {
            let length = place.stretch.length();
            // Both ends of a stretch that starts `d` later are at least `2d + its length − ours` apart, see `reach`.
            let wide = ((reach + 1.0) * length + (reach - 1.0).max(0.0) * class.longest) / 2.0;
            let (wide, start) = (wide.max(length), place.stretch.start);
            let first = class.members.partition_point(|other| places[*other as usize].stretch.start < start);
            for &other in &class.members[first..] {
                let there = &places[other as usize];
                if there.stretch.start - start > wide {
                    break;
                }
                // Of two that start together, each sees the other.
                let twice = there.stretch.start == start && other as usize <= number;
                if twice || there.annotator == place.annotator {
                    continue;
                }
                let unlike = cost.pair(&place.stretch, &there.stretch);
                if unlike < limit {
                    let (early, late) = (number.min(other as usize), number.max(other as usize));
                    found[early].push(Near { place: late as u32, unlike });
                }
            }
        }
    }
    for (place, of_one) in places.iter().zip(&mut found) {
        // Of stretches that are the same, the first of one annotator goes first with the first of another.
        let apart = |near: &Near| places[near.place as usize].number.abs_diff(place.number);
        let order = |a: &Near, b: &Near| a.unlike.total_cmp(&b.unlike).then(apart(a).cmp(&apart(b)));
        of_one.sort_by(|a, b| order(a, b).then(a.place.cmp(&b.place)));
    }
    found
}

/// Places of about one length, from left to right by their starts.
struct Class {
    longest: f64,
    members: Vec<u32>,
}

/// Classes of places, each twice as long as the one before, so that one long stretch does not widen all searches.
fn classes(places: &[Place]) -> Vec<Class> {
    let mut sorted: Vec<u32> = (0..places.len() as u32).collect();
    let stretch = |number: u32| &places[number as usize].stretch;
    sorted.sort_by(|a, b| stretch(*a).length().total_cmp(&stretch(*b).length()));
    let mut classes: Vec<Class> = Vec::new();
    let mut shortest = 0.0;
    for number in sorted {
        let length = stretch(number).length();
        match classes.last_mut() {
            Some(class) if length <= 2.0 * shortest => {
                class.longest = length;
                class.members.push(number);
            }
            _ => {
                shortest = length;
                classes.push(Class { longest: length, members: vec![number] });
            }
        }
    }
    for class in &mut classes {
        class.members.sort_by(|a, b| stretch(*a).start.total_cmp(&stretch(*b).start).then(a.cmp(b)));
    }
    classes
}
