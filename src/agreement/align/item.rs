//! The annotations of all hands in one list, each with what it is compared by.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ascribe_schema::{Annotation, Span};

use super::{Hand, cover::Cover};

/// Where an annotation's relations of one kind lead: the number of the kind, and that of the target's unit.
pub(super) type Tie = (u32, u32);

/// One annotation, with what it is compared by.
pub(super) struct Item<'a> {
    /// Whose it is.
    pub hand: usize,
    /// Its number among theirs.
    pub number: usize,
    pub annotation: &'a Annotation,
    pub cover: Cover<'a>,
    /// Its label, as a number that orders like the name.
    pub label: u32,
    /// Its attributes, as a number that orders like them.
    pub attributes: u32,
    /// Where its relations lead, as far as that is known yet; in order, each once.
    pub ties: Vec<Tie>,
    /// Its place among all that is tagged by anybody, in the order of what is tagged: two annotations of different
    /// hands have the same rank if they are the same in everything, and each is the first, second … such of its hand.
    pub rank: u32,
    /// How many of its hand come before it on the same stretch of text, from its first character to its last.
    pub layer: u32,
}

impl Item<'_> {
    /// What it is, whosever it is.
    fn content(&self) -> (Option<Span>, &Cover<'_>, u32, u32, &[Tie]) {
        (self.cover.hull(), &self.cover, self.label, self.attributes, &self.ties)
    }
}

/// All annotations, hand by hand.
pub(super) fn items<'a>(hands: &[Hand<'a>]) -> Vec<Item<'a>> {
    let all = || hands.iter().flat_map(|hand| hand.annotations);
    let labels = numbered(all().map(|annotation| annotation.label.as_str()));
    let attributes = numbered(all().map(|annotation| &annotation.attributes));
    let mut items = Vec::with_capacity(all().count());
    for (hand, work) in hands.iter().enumerate() {
        for (number, annotation) in work.annotations.iter().enumerate() {
            let (label, attributes) = (labels[annotation.label.as_str()], attributes[&annotation.attributes]);
            let (cover, ties) = (Cover::new(&annotation.spans), Vec::new());
            items.push(Item { hand, number, annotation, cover, label, attributes, ties, rank: 0, layer: 0 });
        }
    }
    items
}

/// Numbers for values, in their order.
fn numbered<T: Ord + std::hash::Hash + Copy>(values: impl Iterator<Item = T>) -> HashMap<T, u32> {
    let mut numbers: HashMap<T, u32> = values.map(|value| (value, 0)).collect();
    let sorted: BTreeSet<T> = numbers.keys().copied().collect();
    for (number, value) in (0..).zip(sorted) {
        numbers.insert(value, number);
    }
    numbers
}

/// Gives each its rank, and all of them in its order, and whether any hand has two that are the same in everything.
/// Which hand comes first does not matter.
pub(super) fn rank(items: &mut [Item<'_>]) -> (Vec<usize>, bool) {
    let mut order: Vec<usize> = (0..items.len()).collect();
    // Of one hand, equal ones keep their order.
    order.sort_by(|&a, &b| items[a].content().cmp(&items[b].content()));
    let (mut first, mut next, mut twice) = (0, 0, false);
    let (mut copies, mut layers) = (BTreeMap::<usize, u32>::new(), BTreeMap::<usize, u32>::new());
    for at in 0..order.len() {
        let same = at > 0 && items[order[at]].content() == items[order[at - 1]].content();
        if !same {
            (first, next) = (next, next + 1);
            copies.clear();
            if at > 0 && items[order[at]].cover.hull() != items[order[at - 1]].cover.hull() {
                layers.clear();
            }
        }
        let layer = layers.entry(items[order[at]].hand).or_default();
        items[order[at]].layer = *layer;
        *layer += 1;
        let copy = copies.entry(items[order[at]].hand).or_default();
        items[order[at]].rank = first + *copy;
        twice |= *copy > 0;
        *copy += 1;
        next = next.max(first + *copy);
    }
    order.sort_by_key(|&at| items[at].rank);
    (order, twice)
}
