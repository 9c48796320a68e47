//! Joining two trees that come from one.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::Conflict;

use super::{
    at,
    shape::Shape,
    tree::{Node, quoted},
};

/// What both copies started from, and the copies.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub base: Option<&'a Node>,
    pub ours: Option<&'a Node>,
    pub theirs: Option<&'a Node>,
}

impl<'a> Sides<'a> {
    /// Something inside of each.
    pub(super) fn each(self, inside: impl Fn(&'a Node) -> Option<&'a Node>) -> Self {
        Self {
            base: self.base.and_then(&inside),
            ours: self.ours.and_then(&inside),
            theirs: self.theirs.and_then(inside),
        }
    }

    /// The record of a conflict about it.
    pub(super) fn record(self, at: &str, shape: &Shape) -> Conflict {
        let ron = |node: Option<&Node>| node.map(|node| node.ron(shape));
        Conflict { at: at.to_owned(), base: ron(self.base), ours: ron(self.ours), theirs: ron(self.theirs) }
    }
}

/// Which of two values stays where both copies changed something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// The greater, and what is there before what is not: the same whichever copy is called ours.
    Greater,
    Ours,
    Theirs,
}

/// Joins what stands at one place, and records where both copies changed it differently.
pub(super) fn join(
    place: &str,
    shape: &Shape,
    sides: Sides<'_>,
    keep: Keep,
    conflicts: &mut Vec<Conflict>,
) -> Option<Node> {
    let Sides { base, ours, theirs } = sides;
    if ours == theirs || theirs == base {
        return ours.cloned();
    }
    if ours == base {
        return theirs.cloned();
    }
    if let (Some(Node::Branch { .. }), Some(Node::Branch { .. })) = (ours, theirs) {
        return Some(branch(place, shape, sides, keep, conflicts));
    }
    let by_text = |node: &&Node| match node {
        Node::Whole(text) => text.clone(),
        Node::Branch { .. } => String::new(),
    };
    if matches!(shape, Shape::Earliest) {
        return [ours, theirs].into_iter().flatten().min_by_key(by_text).cloned();
    }
    conflicts.push(sides.record(place, shape));
    match keep {
        Keep::Ours => return ours.cloned(),
        Keep::Theirs => return theirs.cloned(),
        Keep::Greater => {}
    }
    [ours, theirs].into_iter().flatten().max_by_key(by_text).cloned()
}

fn branch(place: &str, shape: &Shape, sides: Sides<'_>, keep: Keep, conflicts: &mut Vec<Conflict>) -> Node {
    let names: BTreeSet<_> =
        [sides.base, sides.ours, sides.theirs].into_iter().flatten().flat_map(|node| node.things().keys()).collect();
    let mut kept = BTreeMap::new();
    for name in names {
        let inside = sides.each(|node| node.get(name));
        if let Some(node) = join(&at::join(place, name), shape.inside(name), inside, keep, conflicts) {
            kept.insert(name.clone(), node);
        }
    }
    let order = match shape {
        Shape::Ordered(..) | Shape::Words => ordered(place, sides, &kept, conflicts),
        _ => Vec::new(),
    };
    Node::Branch { things: kept, order }
}

fn order(node: Option<&Node>) -> &[String] {
    match node {
        Some(Node::Branch { order, .. }) => order,
        _ => &[],
    }
}

/// The order of what is kept: that of the copy which changed it, with what only one copy has behind what it stands
/// behind there.
fn ordered(place: &str, sides: Sides<'_>, kept: &BTreeMap<String, Node>, conflicts: &mut Vec<Conflict>) -> Vec<String> {
    let all = [sides.base, sides.ours, sides.theirs].map(order);
    let [base, ours, theirs] = all;
    let everywhere = |name: &&String| {
        kept.contains_key(*name) && [ours, theirs].iter().all(|order| order.contains(name)) && {
            sides.base.is_none() || base.contains(name)
        }
    };
    let [before, here, there] = all.map(|order| order.iter().filter(everywhere).cloned().collect::<Vec<_>>());
    let first = if here == before || here == there {
        &there
    } else if there == before {
        &here
    } else {
        let list =
            |names: &[String]| format!("[{}]", names.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", "));
        let base = sides.base.map(|_| list(&before));
        let at = place.to_owned();
        conflicts.push(Conflict { at, base, ours: Some(list(&here)), theirs: Some(list(&there)) });
        (&here).min(&there)
    };
    let mut runs = [runs(ours, first, kept), runs(theirs, first, kept)];
    let mut result: Vec<String> = Vec::new();
    for anchor in [None].into_iter().chain(first.iter().map(Some)) {
        result.extend(anchor.cloned());
        let mut both: Vec<_> = runs.iter_mut().filter_map(|runs| runs.remove(&anchor.cloned())).collect();
        both.sort();
        for name in both.into_iter().flatten() {
            if !result.contains(&name) {
                result.push(name);
            }
        }
    }
    result
}

/// What of an order is kept and not among `first`, by what of `first` it stands behind.
fn runs(order: &[String], first: &[String], kept: &BTreeMap<String, Node>) -> BTreeMap<Option<String>, Vec<String>> {
    let mut runs: BTreeMap<_, Vec<_>> = BTreeMap::new();
    let mut anchor = None;
    for name in order.iter().filter(|name| kept.contains_key(*name)) {
        if first.contains(name) {
            anchor = Some(name.clone());
        } else {
            runs.entry(anchor.clone()).or_default().push(name.clone());
        }
    }
    runs
}
