//! What was adjudicated, against what the annotators made.

use std::collections::{BTreeMap, HashSet};

use ascribe_schema::{Annotation, AnnotationId, AnnotationSet, DocumentId, Progress, Span};

use super::{
    Finding, Work,
    rules::{GOLD_OUT_OF_DATE, GOLD_WITHOUT_DECISION},
    work::words,
};
use crate::{
    Document, Project,
    adjudicate::{counting, decisions_of, gold, is_from_decisions},
};

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

/// Gold that is not what the decisions come to that count for it. Gold that was made by hand is told elsewhere.
pub(super) fn out_of_date(project: &Project, found: &mut Vec<Finding>) {
    let Ok(adjudicator) = counting(project) else { return };
    for document in project.documents.values() {
        let made = gold(document, &adjudicator, &decisions_of(document, &adjudicator)).set;
        let there = document.sets.get(&made.annotator).map(|stored| &stored.set);
        if there.is_some_and(|there| !is_from_decisions(there)) || there == Some(&made) {
            continue;
        }
        if there.is_some() || !made.annotations.is_empty() {
            found.push(differs(document, there, &made));
        }
    }
}

fn differs(document: &Document, there: Option<&AnnotationSet>, made: &AnnotationSet) -> Finding {
    let by_id = |set: &AnnotationSet| -> BTreeMap<AnnotationId, Annotation> {
        set.annotations.iter().map(|one| (one.id.clone(), one.clone())).collect()
    };
    let (before, after) = (there.map(by_id).unwrap_or_default(), by_id(made));
    let missing: Vec<_> = after.iter().filter(|(id, _)| !before.contains_key(*id)).collect();
    let other: Vec<_> = before.iter().filter(|(id, one)| after.get(*id) != Some(*one)).collect();
    let what = match there {
        None => format!("there is no gold; tags of it that were decided: {}", missing.len()),
        Some(_) if missing.len() + other.len() > 0 => {
            let (missing, other) = (missing.len(), other.len());
            format!(
                "tags that were decided and are not in gold: {missing}; tags of gold that were not decided so: {other}"
            )
        }
        Some(there) if there.progress != made.progress => match made.progress {
            Progress::Finished => "everything was decided, and gold is not marked as finished".to_owned(),
            _ => "gold is marked as finished, though something waits for a decision".to_owned(),
        },
        Some(_) => "the ties of gold, or its text, are not those that were decided".to_owned(),
    };
    let place = other.iter().chain(&missing).map(|(_, one)| one.extent()).min();
    Finding {
        rule: GOLD_OUT_OF_DATE.name,
        severity: GOLD_OUT_OF_DATE.severity,
        document: document.record.id.clone(),
        annotator: made.annotator.clone(),
        annotations: other.into_iter().map(|(id, _)| id.clone()).collect(),
        span: place.unwrap_or_default(),
        message: what,
        hint: GOLD_OUT_OF_DATE.hint.to_owned(),
        fix: None,
    }
}

fn tags<'a>(work: &Work<'a>) -> HashSet<(&'a str, &'a [Span])> {
    work.tags().map(|(_, tag)| (tag.label.as_str(), tag.spans.as_slice())).collect()
}
