//! What ties are missing, double or lead in a circle.

use std::collections::HashSet;

use ascribe_schema::{AnnotationId, Relation};

use super::{
    Finding, Fix, Rule, Work,
    rules::{
        CIRCULAR_RELAY, CLAIM_IN_QUOTE_NOT_TIED, DENIAL_WITHOUT_SOURCE, DENIAL_WITHOUT_TARGET, DUPLICATE_RELATION,
        QUOTE_WITHOUT_SOURCE, RELATION_TO_ITSELF, SEVERAL_SOURCES, SOURCE_NEVER_USED,
    },
    work::{CLAIM, DENIAL, QUOTE, SOURCE, value, words},
};
use crate::Action;

/// What an annotation lacks as long as no such tie starts from it.
static NEEDED: [(&str, &str, &Rule, &str); 3] = [
    (QUOTE, ATTRIBUTED, &QUOTE_WITHOUT_SOURCE, "this quote has no source yet"),
    (DENIAL, "denies", &DENIAL_WITHOUT_TARGET, "it is not said yet what this denial denies"),
    (DENIAL, ATTRIBUTED, &DENIAL_WITHOUT_SOURCE, "it is not said yet who denies this"),
];

const ATTRIBUTED: &str = "attributed_to";
const EXPRESSES: &str = "expresses";
const RELAYED: &str = "relayed_by";

pub(super) fn check(work: &Work<'_>, found: &mut Vec<Finding>) {
    for (number, annotation) in work.tags() {
        let mut report = |rule: &Rule, message: String| {
            found.push(work.finding(rule, &[number], annotation.extent(), message));
        };
        for (label, kind, rule, message) in NEEDED {
            let tied = || work.from(number).any(|(relation, _)| relation.kind == kind);
            // Who has no comment denies nothing that could be named.
            let excused = kind == "denies" && value(annotation, "strength") == Some("no_comment");
            if annotation.label == label && knows(work, kind, label) && !excused && !tied() {
                report(rule, format!("{message}: {}", words(annotation)));
            }
        }
        if annotation.label == SOURCE && is_an_end(work) && work.from(number).chain(work.to(number)).next().is_none() {
            report(&SOURCE_NEVER_USED, format!("nothing is attributed to {}", words(annotation)));
        }
        let sources = work.from(number).filter(|(relation, _)| relation.kind == ATTRIBUTED).count();
        if annotation.label == QUOTE && sources > 1 {
            report(&SEVERAL_SOURCES, format!("{} is attributed to {sources} sources", words(annotation)));
        }
    }
    double(work, found);
    circles(work, found);
    claims(work, found);
}

/// Whether the scheme has a relation of that name that starts from such annotations.
fn knows(work: &Work<'_>, kind: &str, from: &str) -> bool {
    work.scheme.relation(kind).is_some_and(|kind| kind.from.iter().any(|label| label == from))
}

/// Whether anything can be tied to a source at all.
fn is_an_end(work: &Work<'_>) -> bool {
    work.scheme.relations.iter().any(|kind| kind.to.iter().any(|label| label == SOURCE))
}

fn untie(relation: &Relation) -> Option<Fix> {
    Some(Fix { words: "take the tie away".to_owned(), action: Action::Untie(relation.id.clone()) })
}

/// Ties that lead back to where they start, and ties that are there twice.
fn double(work: &Work<'_>, found: &mut Vec<Finding>) {
    let mut seen: HashSet<(&str, &AnnotationId, &AnnotationId)> = HashSet::new();
    for (relation, ends) in work.ties() {
        let ([Some(from), Some(to)], kind) = (ends, relation.kind.replace('_', " ")) else { continue };
        if !work.is_placed(from) {
            continue;
        }
        let annotation = work.annotation(from);
        if from == to {
            let message = format!("{} is tied to itself: {kind}", words(annotation));
            let finding = work.finding(&RELATION_TO_ITSELF, &[from], annotation.extent(), message);
            found.push(Finding { fix: untie(relation), ..finding });
        } else if !seen.insert((&relation.kind, &relation.from, &relation.to)) {
            let other = words(work.annotation(to));
            let message = format!("{} is tied to {other} twice: {kind}", words(annotation));
            let finding = work.finding(&DUPLICATE_RELATION, &[from, to], annotation.extent(), message);
            found.push(Finding { fix: untie(relation), ..finding });
        }
    }
}

/// Sources that relay each other in a circle.
fn circles(work: &Work<'_>, found: &mut Vec<Finding>) {
    let next = |number: usize| {
        let relays = work.from(number).filter(|(relation, _)| relation.kind == RELAYED);
        relays.filter_map(|(_, to)| to).filter(move |&to| to != number)
    };
    // Each source is left once for good: what has been left leads into no circle that has not been found.
    let mut left = HashSet::new();
    for (start, _) in work.tags().filter(|(_, annotation)| annotation.label == SOURCE) {
        let mut path = vec![(start, next(start).collect::<Vec<_>>())];
        let mut on_path = HashSet::from([start]);
        while let Some((number, open)) = path.last_mut() {
            let number = *number;
            match open.pop() {
                Some(to) if on_path.contains(&to) => {
                    let (one, other) = (work.annotation(number), work.annotation(to));
                    let message = format!("{} and {} relay each other in a circle", words(one), words(other));
                    found.push(work.finding(&CIRCULAR_RELAY, &[number, to], one.extent(), message));
                }
                Some(to) if left.contains(&to) => {}
                Some(to) => {
                    on_path.insert(to);
                    path.push((to, next(to).collect()));
                }
                None => {
                    on_path.remove(&number);
                    left.insert(number);
                    path.pop();
                }
            }
        }
    }
}

/// Claims that lie in a quote which does not express them.
fn claims(work: &Work<'_>, found: &mut Vec<Finding>) {
    if !knows(work, EXPRESSES, QUOTE) {
        return;
    }
    // Quotes that reach further than all that follow stay; the innermost is the last one that holds the claim.
    let mut open: Vec<usize> = Vec::new();
    for (number, annotation) in work.tags() {
        let extent = annotation.extent();
        open.retain(|&quote| work.annotation(quote).extent().end > extent.start);
        if annotation.label == QUOTE {
            open.push(number);
        }
        // What the quote denies it does not express.
        let tied = |relation: &Relation| relation.kind == EXPRESSES || relation.kind == "denies";
        if annotation.label != CLAIM || work.to(number).any(|(relation, _)| tied(relation)) {
            continue;
        }
        let holds = |quote: &&usize| {
            let mut fragments = work.annotation(**quote).spans.iter();
            fragments.any(|fragment| fragment.covers(extent))
        };
        let later =
            || (number + 1..).take_while(|&next| work.is_placed(next)).map(|next| (next, work.annotation(next)));
        // A quote on exactly the same words may come after its claim.
        let same = || later().take_while(|(_, next)| next.extent() == extent).find(|(_, next)| next.label == QUOTE);
        let Some(quote) = open.iter().rev().find(holds).copied().or_else(|| Some(same()?.0)) else { continue };
        let message = format!("the quote around {} is not tied to it", words(annotation));
        let finding = work.finding(&CLAIM_IN_QUOTE_NOT_TIED, &[number, quote], extent, message);
        let (from, to) = (work.annotation(quote).id.clone(), annotation.id.clone());
        let action = Action::Tie { from, to, kind: Some(EXPRESSES.to_owned()) };
        found.push(Finding { fix: Some(Fix { words: "tie the quote to it".to_owned(), action }), ..finding });
    }
}
