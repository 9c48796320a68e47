//! What attributes and notes say, and leave open.

use std::collections::HashMap;

use super::{
    Finding, Fix, Work,
    rules::{
        ANONYMOUS_WITH_ENTITY, PRONOUN_WITHOUT_ENTITY, SAME_NAME_WITHOUT_ENTITY, STRAY_SPACE, VERDICT_WITHOUT_NOTE,
    },
    work::{CLAIM, ENTITY, SOURCE, value, words},
};
use crate::Action;

/// What checking a claim can have found.
const VERDICTS: [&str; 3] = ["supported", "disputed", "refuted"];

/// What stands in names in lower case.
const PARTICLES: [&str; 14] =
    ["al", "bin", "da", "de", "del", "den", "der", "di", "do", "el", "la", "van", "von", "zu"];

pub(super) fn check(work: &Work<'_>, found: &mut Vec<Finding>) {
    for (number, annotation) in work.tags() {
        let mut report = |rule, message: String| {
            found.push(work.finding(rule, &[number], annotation.extent(), message));
        };
        let (naming, entity) = (value(annotation, "naming"), value(annotation, ENTITY));
        let said = || words(annotation);
        match (annotation.label.as_str(), naming) {
            (SOURCE, Some("pronoun")) if has_entity(work) && entity.is_none() => {
                report(&PRONOUN_WITHOUT_ENTITY, format!("it is not said who {} is", said()));
            }
            (SOURCE, Some("anonymous")) if entity.is_some_and(is_somebody) => {
                report(&ANONYMOUS_WITH_ENTITY, format!("the anonymous source {} has an entity", said()));
            }
            (CLAIM, _) if annotation.note.trim().is_empty() => {
                if let Some(verdict) = value(annotation, "verification").filter(|value| VERDICTS.contains(value)) {
                    report(&VERDICT_WITHOUT_NOTE, format!("{} is {verdict}, and no note says why", said()));
                }
            }
            _ => {}
        }
        for (name, value) in
            annotation.attributes.iter().filter(|(_, value)| value.trim() != value.as_str() || value.is_empty())
        {
            let message = format!("`{name}` of {} has white space at an end, or nothing else", said());
            let (id, trimmed) = (annotation.id.clone(), value.trim());
            let kept = (!trimmed.is_empty()).then(|| trimmed.to_owned());
            let action = Action::SetAttribute { id, name: name.clone(), value: kept };
            let finding = work.finding(&STRAY_SPACE, &[number], annotation.extent(), message);
            found.push(Finding { fix: Some(Fix { words: "take the space away".to_owned(), action }), ..finding });
        }
    }
    unnamed(work, found);
}

/// Whether an entity is the name of a person and not a description, such as “Official familiar with the talks”.
fn is_somebody(entity: &str) -> bool {
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    let part_of_name = |word: &str| capital(word) || PARTICLES.contains(&word);
    entity.split_whitespace().count() > 1 && entity.split_whitespace().all(part_of_name)
}

/// Whether sources can have an entity in this project.
fn has_entity(work: &Work<'_>) -> bool {
    work.scheme.label(SOURCE).is_some_and(|label| label.attribute(ENTITY).is_some())
}

/// Sources without an entity whose words have one elsewhere.
fn unnamed(work: &Work<'_>, found: &mut Vec<Finding>) {
    // Who “he” is differs from place to place; nobody is to be unmasked by the way.
    let named = |naming: Option<&str>| !matches!(naming, Some("pronoun" | "anonymous"));
    let sources = || {
        work.tags().filter(move |(_, tag)| tag.label == SOURCE && named(value(tag, "naming")) && tag.spans.len() == 1)
    };
    // The words, and the one entity that they have; nothing where they have several.
    let mut entities: HashMap<&[String], (Option<&str>, usize)> = HashMap::new();
    for (number, annotation) in sources() {
        if let Some(entity) = value(annotation, ENTITY) {
            let known = entities.entry(&annotation.text).or_insert((Some(entity), number));
            known.0 = known.0.filter(|&other| other == entity);
        }
    }
    for (number, annotation) in sources().filter(|(_, annotation)| value(annotation, ENTITY).is_none()) {
        let Some(&(Some(entity), other)) = entities.get(annotation.text.as_slice()) else { continue };
        let message = format!("{} has no entity; elsewhere here it is “{entity}”", words(annotation));
        let finding = work.finding(&SAME_NAME_WITHOUT_ENTITY, &[number, other], annotation.extent(), message);
        let (id, name) = (annotation.id.clone(), ENTITY.to_owned());
        let action = Action::SetAttribute { id, name, value: Some(entity.to_owned()) };
        found.push(Finding { fix: Some(Fix { words: format!("name it “{entity}”"), action }), ..finding });
    }
}
