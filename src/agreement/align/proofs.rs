//! The matching is the best there is, and does not depend on who comes first.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use ascribe_schema::{AnnotatorName, Origin, RelationId};
use proptest::{collection::vec, prelude::*};

use super::{
    candidates::{Pair, candidates},
    matching::best,
    worth::worth,
    *,
};

/// A label, fragments as starts and lengths, a value, and the number of what it is attributed to.
type Tag = (u8, Vec<(u32, u32)>, u8, Option<usize>);
type Work = (Vec<Annotation>, Vec<Relation>);

fn work(tags: &[Tag]) -> Work {
    let mut all: Vec<_> = tags.iter().enumerate().map(|(at, tag)| (annotation(at, tag), tag.3)).collect();
    all.sort_by(|(a, _), (b, _)| a.order().cmp(&b.order()));
    let mut relations = Vec::new();
    for (at, (from, to)) in all.iter().enumerate() {
        if let Some((to, _)) = to.map(|to| &all[to % all.len()]) {
            let (id, kind) = (RelationId::from_bits(at as u64), "attributed_to".to_owned());
            relations.push(Relation { id, kind, from: from.id.clone(), to: to.id.clone() });
        }
    }
    (all.into_iter().map(|(annotation, _)| annotation).collect(), relations)
}

fn annotation(at: usize, (label, spans, value, _): &Tag) -> Annotation {
    let mut spans: Vec<_> = spans.iter().map(|&(start, len)| Span::new(start, start + len)).collect();
    spans.sort_unstable();
    spans.dedup_by(|b, a| b.start < a.end);
    let attributes: BTreeMap<_, _> =
        [("form".to_owned(), value.to_string())].into_iter().filter(|_| *value > 0).collect();
    Annotation {
        id: AnnotationId::from_bits(at as u64),
        label: ["claim", "quote"][usize::from(*label)].to_owned(),
        text: spans.iter().map(|_| String::new()).collect(),
        spans,
        attributes,
        note: String::new(),
        text_sha256: String::new(),
        origin: Origin::Human(AnnotatorName::new("ann").unwrap()),
        created: String::new(),
        decided: None,
    }
}

fn hand(work: &Work) -> Hand<'_> {
    Hand { annotations: &work.0, relations: &work.1 }
}

/// Overlapping, stacked and in several fragments: on few characters nearly everything lies on something.
fn tags(most: usize) -> impl Strategy<Value = Vec<Tag>> {
    let spans = vec((0_u32..12, 1_u32..6), 1..3);
    vec((0_u8..2, spans, 0_u8..3, proptest::option::of(0_usize..8)), 0..most)
}

/// The greatest sum of worths that any matching has.
fn brute(pairs: &[Pair], used: &mut Vec<usize>) -> worth::Worth {
    let Some((first, rest)) = pairs.split_first() else { return 0 };
    let without = brute(rest, used);
    if first.ends.iter().any(|end| used.contains(end)) {
        return without;
    }
    used.extend(first.ends);
    let with = first.worth + brute(rest, used);
    used.truncate(used.len() - 2);
    with.max(without)
}

/// What is in which unit, as pairs of hand and number.
fn together(units: &[Unit], hands: &[usize]) -> Vec<Vec<(usize, usize)>> {
    let members = |unit: &Unit| {
        let there = unit.members.iter().zip(hands).filter_map(|(member, hand)| Some((*hand, (*member)?)));
        let mut there: Vec<_> = there.collect();
        there.sort_unstable();
        there
    };
    let mut together: Vec<_> = units.iter().map(members).collect();
    together.sort_unstable();
    together
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_other_matching_is_better(a in tags(6), b in tags(6)) {
        let works = [work(&a), work(&b)];
        let mut items = items(&works.each_ref().map(hand));
        let (order, _) = rank(&mut items);
        let [left, right] = [0, 1].map(|hand| order.iter().copied().filter(|&at| items[at].hand == hand).collect::<Vec<_>>());
        let found = candidates(&items, &left, &right);
        let mut all = Vec::new();
        for &a in &left {
            all.extend(right.iter().filter_map(|&b| Some(Pair { ends: [a, b], worth: worth(&items[a], &items[b])? })));
        }
        prop_assert_eq!(found.len(), all.len(), "no pair is overlooked");
        prop_assume!(all.len() <= 16);
        let sum: worth::Worth = best(&items, &found).iter().map(|pair| pair.worth).sum();
        prop_assert_eq!(sum, brute(&all, &mut Vec::new()));
    }

    #[test]
    fn a_set_is_identical_with_itself(tags in tags(12)) {
        let work = work(&tags);
        for unit in align(&[hand(&work); 3]) {
            prop_assert!(unit.differs.is_nothing(), "{unit:?}");
            prop_assert!(unit.members.iter().all(|member| *member == unit.members[0]));
        }
    }

    #[test]
    fn the_order_of_annotators_does_not_matter(works in vec(tags(8), 2..5), seed in 0_usize..24) {
        let works: Vec<_> = works.iter().map(|tags| work(tags)).collect();
        let mut order: Vec<usize> = (0..works.len()).collect();
        let mut pick = seed;
        for at in 1..order.len() {
            order.swap(at, pick % (at + 1));
            pick /= at + 1;
        }
        let given = align(&works.iter().map(hand).collect::<Vec<_>>());
        let turned = align(&order.iter().map(|&at| hand(&works[at])).collect::<Vec<_>>());
        let plain: Vec<usize> = (0..works.len()).collect();
        prop_assert_eq!(together(&given, &plain), together(&turned, &order));
        let differs = |units: &[Unit]| units.iter().map(|unit| (unit.place, unit.differs.clone())).collect::<Vec<_>>();
        prop_assert_eq!(differs(&given), differs(&turned));
        for (hand, work) in works.iter().enumerate() {
            let mut members: Vec<_> = given.iter().filter_map(|unit| unit.members[hand]).collect();
            members.sort_unstable();
            prop_assert!(members.into_iter().eq(0..work.0.len()), "each is in exactly one unit");
        }
    }
}

#[test]
fn what_means_the_same_thing() {
    // Whether two annotations are matched: label, start and end of each.
    for (a, b, matched) in [
        (("quote", 0, 10), ("quote", 9, 30), true),
        (("quote", 0, 10), ("quote", 10, 30), false),
        (("quote", 0, 10), ("claim", 0, 20), true),
        (("quote", 0, 10), ("claim", 0, 21), false),
        (("quote", 0, 10), ("claim", 0, 10), true),
    ] {
        let one = |(label, start, end): (&str, u32, u32)| {
            work(&[(u8::from(label == "quote"), vec![(start, end - start)], 0, None)])
        };
        let works = [one(a), one(b)];
        let units = align(&works.each_ref().map(hand));
        assert_eq!(units.len() == 1, matched, "{a:?} {b:?}");
    }
}

#[test]
fn a_crowd_on_one_word_is_matched_whole() {
    let crowd = |label: u8| -> Vec<Tag> { (0..400).map(|_| (label, vec![(7, 5)], 0, None)).collect() };
    let nested = |from: u32| -> Vec<Tag> { (0..400).map(|n| (0, vec![(n, 1200 - 2 * n + from)], 0, None)).collect() };
    for (a, b) in [(crowd(0), crowd(1)), (nested(0), nested(1))] {
        let works = [work(&a), work(&b)];
        let units = align(&works.each_ref().map(hand));
        assert_eq!(units.len(), 400);
        assert!(units.iter().all(|unit| !unit.differs.found));
    }
}
