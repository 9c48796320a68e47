//! Figures against cases that were worked out by hand.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use ascribe_schema::{Span, Text};

use super::*;
use crate::dataset::{Annotation, Relation};

/// Twenty letters and a space: 0–9, then a–j at 11–20.
const TEXT: &str = "0123456789 abcdefghij";

fn tag(label: &str, form: &str, spans: &[(u32, u32)]) -> Annotation {
    let spans = spans.iter().map(|(start, end)| Span::new(*start, *end)).collect();
    let mut annotation = Annotation::new("", label, spans);
    if !form.is_empty() {
        annotation.attributes.insert("form".to_owned(), form.to_owned());
    }
    annotation
}

fn record(id: &str, annotations: Vec<Annotation>, ties: &[(usize, usize)]) -> Record {
    let tie = |(from, to): &(usize, usize)| Relation {
        id: String::new(),
        kind: "attributed_to".to_owned(),
        from: *from,
        to: *to,
    };
    Record {
        id: id.to_owned(),
        text: Arc::new(Text::new(TEXT)),
        annotations,
        relations: ties.iter().map(tie).collect(),
        ..Record::default()
    }
}

fn compare(gold: Vec<Annotation>, predicted: Vec<Annotation>) -> Evaluation {
    evaluate(&[record("a", gold, &[])], &[record("a", predicted, &[])])
}

/// The numerators and denominators of precision and recall at each level.
fn numbers(levels: &Levels) -> [[usize; 4]; 3] {
    Level::ALL.map(|level| {
        let Scores { precision, recall } = levels[&level];
        [precision.hits, precision.of, recall.hits, recall.of]
    })
}

#[test]
fn precision_and_recall_at_each_level_by_hand() {
    // J(0–10, 0–8) = 8/10, just enough for 0.8; J(11–21, 11–14) = 3/10, just enough for 0.3; 0–1 finds nothing free.
    let gold = vec![tag("quote", "direct", &[(0, 10)]), tag("quote", "mixed", &[(11, 21)])];
    let predicted = vec![
        tag("quote", "direct", &[(0, 8)]),
        tag("quote", "indirect", &[(11, 14)]),
        tag("quote", "direct", &[(0, 1)]),
    ];
    let quote = compare(gold, predicted).quote;
    assert_eq!(numbers(&quote.all.levels), [[0, 3, 0, 2], [1, 3, 1, 2], [2, 3, 2, 2]]);
    assert_eq!(numbers(&quote.forms["direct"].levels), [[0, 2, 0, 1], [1, 2, 1, 1], [1, 2, 1, 1]]);
    assert_eq!(numbers(&quote.forms["mixed"].levels), [[0, 0, 0, 1], [0, 0, 0, 1], [0, 0, 1, 1]]);
    assert_eq!(numbers(&quote.forms["indirect"].levels), [[0, 1, 0, 0], [0, 1, 0, 0], [1, 1, 0, 0]]);
    // F1 at 0.3: P = 2/3, R = 1, so 2 · 2/3 ÷ 5/3 = 4/5.
    assert!((quote.all.levels[&Level::Some].f1().unwrap() - 0.8).abs() < 1e-12);
    assert_eq!(quote.all.levels[&Level::Exact].f1(), Some(0.0));
    assert_eq!(quote.forms["mixed"].levels[&Level::Some].f1(), None, "none is predicted, so there is no precision");
}

#[test]
fn just_below_a_level_is_not_at_it() {
    // J(0–10, 0–7) = 0.7 and J(11–21, 11–13) = 0.2.
    let gold = vec![tag("source", "", &[(0, 10)]), tag("source", "", &[(11, 21)])];
    let predicted = vec![tag("source", "", &[(0, 7)]), tag("source", "", &[(11, 13)])];
    assert_eq!(numbers(&compare(gold, predicted).source), [[0, 2, 0, 2], [0, 2, 0, 2], [1, 2, 1, 2]]);
}

#[test]
fn white_space_does_not_count_and_fragments_are_one() {
    // Three ways to cover 0–9 and a–c.
    let ways = [&[(0, 10), (11, 14)][..], &[(0, 14)], &[(0, 3), (3, 11), (11, 14)]];
    for gold in ways {
        for predicted in ways {
            let quote = compare(vec![tag("quote", "", gold)], vec![tag("quote", "", predicted)]).quote;
            assert_eq!(numbers(&quote.forms["none"].levels)[0], [1, 1, 1, 1], "{gold:?} {predicted:?}");
        }
    }
    // Nothing but white space overlaps nothing, not even itself.
    let blank = || vec![tag("quote", "", &[(10, 11)])];
    assert_eq!(numbers(&compare(blank(), blank()).quote.all.levels)[2], [0, 1, 0, 1]);
}

#[test]
fn the_best_overlap_is_taken_first_and_of_equal_ones_the_first_in_the_text() {
    // 0–9 overlaps the gold 0–10 by 0.9, 0–6 by 0.6: only one can have it.
    let quote = compare(
        vec![tag("quote", "direct", &[(0, 10)])],
        vec![tag("quote", "mixed", &[(0, 6)]), tag("quote", "direct", &[(0, 9)])],
    )
    .quote;
    assert_eq!(numbers(&quote.forms["direct"].levels)[1], [1, 1, 1, 1]);
    assert_eq!(numbers(&quote.forms["mixed"].levels)[2], [0, 1, 0, 0]);
    // Both halves overlap the whole by 0.5; the record names the later one first.
    let halves = vec![tag("quote", "mixed", &[(5, 10)]), tag("quote", "direct", &[(0, 5)])];
    let quote = compare(halves, vec![tag("quote", "", &[(0, 10)])]).quote;
    assert_eq!(numbers(&quote.forms["direct"].levels)[2], [0, 0, 1, 1]);
    assert_eq!(numbers(&quote.forms["mixed"].levels)[2], [0, 0, 0, 1]);
    // Greedy, not the most pairs: 1–9 and 0–10 come first (0.8), so 0–10's other partner 0–6 and 1–9's 4–9 go without.
    let gold = vec![tag("quote", "", &[(0, 6)]), tag("quote", "", &[(1, 9)])];
    let predicted = vec![tag("quote", "", &[(0, 10)]), tag("quote", "", &[(4, 9)])];
    assert_eq!(numbers(&compare(gold, predicted).quote.all.levels)[2], [1, 2, 1, 2]);
}

#[test]
fn a_quote_is_inside_when_half_of_its_own_characters_are() {
    // Of 6–14 without the space, 6–9 are inside and a–c not: 4/7. Of 8–14: 2/5. 0–3 with 11–12: 3/4.
    let gold = vec![tag("quote", "", &[(0, 4)]), tag("quote", "", &[(4, 10)])];
    let predicted =
        vec![tag("quote", "", &[(6, 14)]), tag("quote", "", &[(8, 14)]), tag("quote", "", &[(0, 3), (11, 12)])];
    let quote = compare(gold, predicted).quote;
    assert_eq!((quote.all.inside.hits, quote.all.inside.of), (2, 3));
}

#[test]
fn links_are_right_when_any_source_overlaps_by_half() {
    let quotes = || {
        vec![
            tag("quote", "direct", &[(0, 2)]),
            tag("quote", "direct", &[(2, 4)]),
            tag("quote", "indirect", &[(4, 6)]),
            tag("quote", "direct", &[(6, 8)]),
            tag("quote", "direct", &[(8, 10)]),
        ]
    };
    let (mut gold, mut predicted) = (quotes(), quotes());
    gold.extend([tag("source", "", &[(11, 15)]), tag("source", "", &[(16, 20)])]);
    // 11–13 overlaps 11–15 by 1/2, 18–21 overlaps 16–20 by 2/5.
    predicted.extend([tag("source", "", &[(11, 13)]), tag("source", "", &[(18, 21)])]);
    // The last quote has no source in gold, the first two in the prediction: one of them right.
    let gold = record("a", gold, &[(0, 5), (0, 6), (1, 6), (2, 5), (3, 5)]);
    // The fourth is found without a source.
    let predicted = record("a", predicted, &[(0, 6), (0, 5), (1, 6), (2, 5), (4, 5)]);
    let links = evaluate(std::slice::from_ref(&gold), &[predicted]).links;
    assert_eq!((links.matched.hits, links.matched.of), (2, 4), "the first and the third of four");
    assert_eq!((links.direct.hits, links.direct.of), (1, 3), "the first of three direct ones");
    // What is not found has no right source, and counts among the direct ones only.
    let none = evaluate(&[gold], &[record("a", Vec::new(), &[])]).links;
    assert_eq!((none.matched.of, none.direct.hits, none.direct.of), (0, 0, 3));
}

#[test]
fn documents_that_cannot_be_compared_count_in_full_and_are_named() {
    let one = |id: &str| record(id, vec![tag("quote", "", &[(0, 10)])], &[]);
    let other_text = Record { text: Arc::new(Text::new("another text")), ..one("c") };
    let gold = [one("a"), one("b"), one("c"), one("a")];
    let predicted = [one("d"), other_text, one("a")];
    let evaluation = evaluate(&gold, &predicted);
    assert_eq!(numbers(&evaluation.quote.all.levels), [[1, 3, 1, 3]; 3]);
    assert_eq!((evaluation.quote.all.inside.hits, evaluation.quote.all.inside.of), (1, 3));
    let Documents { compared, only_gold, only_predicted, other_text, repeated } = &evaluation.documents;
    assert_eq!((*compared, only_gold, only_predicted), (1, &vec!["b".to_owned()], &vec!["d".to_owned()]));
    assert_eq!((other_text, repeated), (&vec!["c".to_owned()], &vec!["a".to_owned()]));
    assert!(!evaluation.documents.all_compared());
}

#[test]
fn other_labels_do_not_count() {
    let gold = vec![tag("claim", "", &[(0, 10)]), tag("denial", "", &[(11, 21)])];
    let evaluation = compare(gold, vec![tag("claim", "", &[(0, 10)])]);
    assert_eq!(numbers(&evaluation.quote.all.levels), [[0; 4]; 3]);
    assert_eq!(evaluation.quote.all.levels[&Level::Exact].precision.share(), None);
}
