//! Which annotations of several annotators mean the same thing.
//!
//! # What is matched
//!
//! C(x) is the set of the characters of an annotation x, those of all its fragments. J(x, y) = |C(x) ∩ C(y)| ÷
//! |C(x) ∪ C(y)|. Two annotations of different annotators *may mean the same thing* if they have the same label and
//! share a character, or have different labels and J ≥ ½: a short quote inside a long claim is another thing, but the
//! same sentence as a quote for one and a claim for the other is one difference, and not two.
//!
//! # The best matching of two annotators
//!
//! Annotations that are the same in everything are pairs. Of all one-to-one matchings of the rest, that one is taken
//! which has, in this order:
//!
//! 1. the most pairs of the same characters with the same label,
//! 2. the greatest sum of J, where the same label counts as much as J = ½: so what one tagged as a quote and, inside
//!    it, as a claim is not crossed with what the other tagged a character longer,
//! 3. the most in common in attributes: of each pair, the share of the values that either has;
//! 4. the most in common in links: of each pair, the share of the relations that either has, where two are the same if
//!    they have the same type and lead into the same unit. What is a unit is first found without links.
//!
//! All is reckoned in integers (J in units of 2⁻²⁰), and the matching is exact. Equal ones are told apart by what is
//! tagged, never by whose it is. Where more than 64 annotations of one annotator lie on one of another, only the 16
//! next ones before and after it, by start and by end, are looked at.
//!
//! # More than two
//!
//! The best matching of each two is made. Then its pairs are taken by falling worth, and after them those that were
//! not matched with each other; two units become one if no annotator is in both, and any two of their annotations may
//! mean the same thing. So the order in which annotators are given does not matter.

mod candidates;
mod cover;
mod differs;
mod item;
mod matching;
mod units;
mod worth;

#[cfg(test)]
mod proofs;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ascribe_schema::{Annotation, AnnotationId, Relation, Span};

pub use self::differs::{Difference, DifferenceKind, Differs};
use self::{
    item::{Item, items, rank},
    units::groups,
};

/// One annotator's work on a text.
#[derive(Clone, Copy, Debug)]
pub struct Hand<'a> {
    /// The annotations, in the order of [`Annotation::order`].
    pub annotations: &'a [Annotation],
    /// The relations between them. One without both ends counts nowhere.
    pub relations: &'a [Relation],
}

/// Annotations that mean the same thing, at most one of each annotator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// For each annotator, in the order in which they were given, the number of their annotation; nothing for those who
    /// have none there.
    pub members: Vec<Option<usize>>,
    /// Where it lies: from the first character of any of them to the last.
    pub place: Span,
    /// What differs.
    pub differs: Differs,
    /// For each annotator the number of their view of it, the first one's being 0: those with the same number have the
    /// same there, or have nothing there. Empty where nothing differs.
    pub views: Vec<usize>,
}

/// Puts annotations that mean the same thing into units, in the order of the text. Every annotation is in exactly one.
#[must_use]
pub fn align(hands: &[Hand<'_>]) -> Vec<Unit> {
    let mut items = items(hands);
    let kinds = kinds(hands);
    let (order, twice) = rank(&mut items);
    let mut found = groups(&items, &order, hands.len());
    if kinds.is_empty() {
        return units(&items, &found.members, hands.len(), &[]);
    }
    let targets = Targets::new(hands, &kinds);
    targets.tie(&mut items, &found.members);
    if found.choice || twice {
        let (order, _) = rank(&mut items);
        found = groups(&items, &order, hands.len());
        targets.tie(&mut items, &found.members);
    }
    units(&items, &found.members, hands.len(), &kinds)
}

/// The relation types in use, in their order.
fn kinds<'a>(hands: &[Hand<'a>]) -> Vec<&'a str> {
    let relations = hands.iter().flat_map(|hand| hand.relations);
    relations.map(|relation| relation.kind.as_str()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The relations of all hands, by the numbers of what they join.
struct Targets(Vec<(usize, u32, usize)>);

impl Targets {
    fn new(hands: &[Hand<'_>], kinds: &[&str]) -> Self {
        let numbers: BTreeMap<_, _> = kinds.iter().copied().zip(0..).collect();
        let (mut targets, mut before) = (Vec::new(), 0);
        for hand in hands {
            let place: HashMap<&AnnotationId, usize> =
                hand.annotations.iter().map(|annotation| &annotation.id).zip(before..).collect();
            targets.extend(hand.relations.iter().filter_map(|relation| {
                let kind = *numbers.get(relation.kind.as_str())?;
                Some((*place.get(&relation.from)?, kind, *place.get(&relation.to)?))
            }));
            before += hand.annotations.len();
        }
        Self(targets)
    }

    /// Says of each annotation into which units its relations lead.
    fn tie(&self, items: &mut [Item<'_>], members: &[Vec<usize>]) {
        let mut unit = vec![0; items.len()];
        for (number, members) in (0..).zip(members) {
            members.iter().for_each(|&at| unit[at] = number);
        }
        items.iter_mut().for_each(|item| item.ties.clear());
        for &(from, kind, to) in &self.0 {
            items[from].ties.push((kind, unit[to]));
        }
        for item in items {
            item.ties.sort_unstable();
            item.ties.dedup();
        }
    }
}

fn units(items: &[Item<'_>], groups: &[Vec<usize>], hands: usize, kinds: &[&str]) -> Vec<Unit> {
    let unit = |group: &Vec<usize>| {
        let there: Vec<&Item<'_>> = group.iter().map(|&at| &items[at]).collect();
        let mut members = vec![None; hands];
        there.iter().for_each(|item| members[item.hand] = Some(item.number));
        let extents = || there.iter().map(|item| item.annotation.extent());
        let start = extents().map(|extent| extent.start).min().unwrap_or_default();
        let end = extents().map(|extent| extent.end).max().unwrap_or_default();
        let differs = Differs::of(&there, hands, kinds);
        let views = if differs.is_nothing() { Vec::new() } else { differs::views(&there, hands) };
        Unit { members, place: Span { start, end }, differs, views }
    };
    let mut units: Vec<_> = groups.iter().map(unit).collect();
    units.sort_by_key(|unit| unit.place);
    units
}
