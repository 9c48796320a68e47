//! What was adjudicated, against what the annotators made.

use std::collections::{BTreeMap, HashSet};

use ascribe_schema::{Annotation, DocumentId, Span};

use super::{Finding, Work, rules::GOLD_WITHOUT_DECISION, work::words};

/// Gold on which the annotators differ, and that does not say who decided so.
pub(super) fn check(works: &[Work<'_>], found: &mut Vec<Finding>) {
    let mut documents: BTreeMap<&DocumentId, Vec<&Work<'_>>> = BTreeMap::new();
    works.iter().for_each(|work| documents.entry(work.document).or_default().push(work));
    for works in documents.into_values() {
        let (gold, people): (Vec<_>, Vec<_>) = works.into_iter().partition(|work| work.annotator.is_gold());
        let made: Vec<HashSet<(&str, &[Span])>> = people.iter().map(|work| tags(work)).collect();
        for work in gold {
            let agreed = |tag: &Annotation| {
                let key = (tag.label.as_str(), tag.spans.as_slice());
                !made.is_empty() && made.iter().all(|tags| tags.contains(&key))
            };
            let open: Vec<_> = work.tags().filter(|(_, tag)| tag.decided.is_none() && !agreed(tag)).collect();
            let Some((_, first)) = open.first() else { continue };
            let what = match open.len() {
                1 => format!("{} was not tagged so by all annotators", words(first)),
                count => format!("{count} gold tags were not made by all annotators, such as {}", words(first)),
            };
            let (about, message) =
                (open.iter().map(|(number, _)| *number), format!("{what}, and no decision is named"));
            found.push(work.finding(&GOLD_WITHOUT_DECISION, &about.collect::<Vec<_>>(), first.extent(), message));
        }
    }
}

fn tags<'a>(work: &Work<'a>) -> HashSet<(&'a str, &'a [Span])> {
    work.tags().map(|(_, tag)| (tag.label.as_str(), tag.spans.as_slice())).collect()
}
