//! What differs between annotations that mean the same thing.

use std::collections::BTreeSet;

use ascribe_schema::{Annotation, Span};

use super::item::{Item, Tie};

/// The relation types that lead to who said something; all others lead to what is meant.
const TO_A_SOURCE: [&str; 2] = ["attributed_to", "relayed_by"];

/// What differs between annotations that mean the same thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differs {
    /// Somebody has nothing there.
    pub found: bool,
    /// The fragments.
    pub boundary: bool,
    /// The label.
    pub label: bool,
    /// The values of these attributes, between annotations with the same label.
    pub attributes: BTreeSet<String>,
    /// Where relations of these types lead: for `attributed_to` the source, for `denies` and others the target.
    pub links: BTreeSet<String>,
}

/// The kinds of difference, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DifferenceKind {
    /// Somebody has nothing there.
    Missing,
    /// The fragments differ.
    Boundary,
    /// The label differs.
    Label,
    /// The value of an attribute differs.
    Attribute,
    /// The source differs that something is attributed to, or relayed by.
    Source,
    /// The target of another relation differs.
    Target,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference<'a> {
    /// Of which kind it is.
    pub kind: DifferenceKind,
    /// The attribute, or the relation type; empty for the other kinds.
    pub name: &'a str,
}

impl DifferenceKind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] =
        [Self::Missing, Self::Boundary, Self::Label, Self::Attribute, Self::Source, Self::Target];

    /// What it is called in files and in filters.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Boundary => "boundary",
            Self::Label => "label",
            Self::Attribute => "attribute",
            Self::Source => "source",
            Self::Target => "target",
        }
    }

    /// The kind of a difference in where relations of a type lead.
    #[must_use]
    pub fn of_link(kind: &str) -> Self {
        if TO_A_SOURCE.contains(&kind) { Self::Source } else { Self::Target }
    }
}

impl Differs {
    /// Whether nothing does: the annotations are identical, and everybody has one.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// Everything that differs, in the order of kinds.
    #[must_use]
    pub fn all(&self) -> Vec<Difference<'_>> {
        let whole = [
            (self.found, DifferenceKind::Missing),
            (self.boundary, DifferenceKind::Boundary),
            (self.label, DifferenceKind::Label),
        ];
        let mut all: Vec<_> =
            whole.into_iter().filter(|(is, _)| *is).map(|(_, kind)| Difference { kind, name: "" }).collect();
        all.extend(self.attributes.iter().map(|name| Difference { kind: DifferenceKind::Attribute, name }));
        all.extend(self.links.iter().map(|name| Difference { kind: DifferenceKind::of_link(name), name }));
        all.sort();
        all
    }

    /// Of a group of annotations of `hands` hands; `kinds` are the relation types by number.
    pub(super) fn of(there: &[&Item<'_>], hands: usize, kinds: &[&str]) -> Self {
        let mut differs = Self { found: there.len() < hands, ..Self::default() };
        let pairs =
            there.iter().enumerate().flat_map(|(at, first)| there[at + 1..].iter().map(move |other| (first, other)));
        for (first, other) in pairs {
            let (one, two) = (first.annotation, other.annotation);
            differs.boundary |= !same_fragments(one, two);
            differs.label |= first.label != other.label;
            // Each label has attributes of its own.
            if first.label == other.label && first.attributes != other.attributes {
                let names = one.attributes.keys().chain(two.attributes.keys());
                let changed = names.filter(|name| one.attributes.get(*name) != two.attributes.get(*name));
                differs.attributes.extend(changed.cloned());
            }
            if first.ties != other.ties {
                differs.links.extend(other_ties(&first.ties, &other.ties, kinds));
            }
        }
        differs
    }
}

/// For each hand, the number of its view.
pub(super) fn views(there: &[&Item<'_>], hands: usize) -> Vec<usize> {
    let of = |hand: usize| there.iter().copied().find(|item| item.hand == hand);
    let mut views: Vec<usize> = Vec::with_capacity(hands);
    for hand in 0..hands {
        let like = (0..hand).find(|&before| match (of(before), of(hand)) {
            (Some(one), Some(two)) => is_same(one, two),
            (one, two) => one.is_none() && two.is_none(),
        });
        let next = views.iter().max().map_or(0, |last| last + 1);
        views.push(like.map_or(next, |before| views[before]));
    }
    views
}

fn is_same(one: &Item<'_>, two: &Item<'_>) -> bool {
    (one.label, one.attributes) == (two.label, two.attributes)
        && one.ties == two.ties
        && same_fragments(one.annotation, two.annotation)
}

/// Whether the fragments are the same, however they are ordered.
fn same_fragments(one: &Annotation, two: &Annotation) -> bool {
    let sorted = |annotation: &Annotation| {
        let mut spans: Vec<Span> = annotation.spans.clone();
        spans.sort_unstable();
        spans
    };
    one.spans == two.spans || sorted(one) == sorted(two)
}

/// The types of the relations that only one of the two has.
fn other_ties(a: &[Tie], b: &[Tie], kinds: &[&str]) -> BTreeSet<String> {
    let only = |a: &[Tie], b: &[Tie]| a.iter().filter(|tie| !b.contains(tie)).map(|tie| tie.0).collect::<Vec<_>>();
    let name = |kind: u32| kinds.get(kind as usize).copied().unwrap_or_default().to_owned();
    only(a, b).into_iter().chain(only(b, a)).map(name).collect()
}
