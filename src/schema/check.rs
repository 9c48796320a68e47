//! Checks that an annotation set fits its text and its scheme, and that a scheme makes sense.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Annotation, AnnotationSet, PARATEXT, Problem, Relation, Scheme, Severity, Text};

/// Everything that is wrong with a set, judged by its texts and the project's scheme. `file` names the set in
/// problems.
///
/// `text_of` gives a text by its hash: that of the set, or an older one that annotations wait in. Spans in a text
/// that it does not give are not checked.
#[must_use]
pub fn check_set<'a>(
    set: &AnnotationSet,
    text_of: impl Fn(&str) -> Option<&'a Text>,
    scheme: &Scheme,
    file: &str,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut labels = BTreeMap::new();
    for annotation in &set.annotations {
        if labels.insert(&annotation.id, annotation.label.as_str()).is_some() {
            problems.push(duplicate(file, "annotations").of(&annotation.id));
        }
        match text_of(set.text_of(annotation)) {
            Some(text) => problems.extend(check_annotation(annotation, text, scheme, file)),
            None => check_label(annotation, scheme, file, &mut problems),
        }
    }
    let mut seen = BTreeSet::new();
    for relation in &set.relations {
        if !seen.insert(&relation.id) {
            problems.push(duplicate(file, "relations").of(&relation.id));
        }
        let ends = (labels.get(&relation.from).copied(), labels.get(&relation.to).copied());
        problems.extend(check_relation(relation, ends, scheme, file));
    }
    problems
}

/// Everything that is wrong with one annotation, its relations aside.
#[must_use]
pub fn check_annotation(annotation: &Annotation, text: &Text, scheme: &Scheme, file: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    check_spans(annotation, text, file, &mut problems);
    check_label(annotation, scheme, file, &mut problems);
    problems
}

fn duplicate(file: &str, what: &str) -> Problem {
    let hint = "only the first is shown, and the file is read-only; give one of them another id";
    Problem::new(Severity::Error, "duplicate-id", file, format!("two {what} have this id")).hint(hint)
}

fn check_spans(annotation: &Annotation, text: &Text, file: &str, problems: &mut Vec<Problem>) {
    let mut report = |rule, message: String, hint: &str| {
        problems.push(Problem::new(Severity::Error, rule, file, message).of(&annotation.id).hint(hint));
    };
    if annotation.spans.is_empty() {
        report("no-span", "the annotation has no span".to_owned(), "delete it, or give it one");
    }
    if annotation.spans.len() != annotation.text.len() {
        let message = format!("{} spans have {} texts", annotation.spans.len(), annotation.text.len());
        report("text-count", message, "every span needs its exact text beside it");
    }
    if !annotation.spans.is_sorted_by(|a, b| a.end <= b.start) {
        report("fragment-order", "the fragments overlap or are out of order".to_owned(), "put them in text order");
    }
    for (i, &span) in annotation.spans.iter().enumerate() {
        if span.is_empty() {
            report("empty-span", format!("the span {span} is empty"), "delete the annotation, or move its end");
        } else if let Some(there) = text.slice(span) {
            let expected = annotation.text.get(i).map_or(there, String::as_str);
            if expected != there {
                let message = format!("the text at {span} is {}, not {}", excerpt(there), excerpt(expected));
                report("text-mismatch", message, "the annotation was made on another text; move or delete it");
            }
        } else {
            let message = format!("the span {span} ends past the text, which has {} characters", text.len());
            report("span-past-end", message, "the annotation was made on another text; move or delete it");
        }
    }
}

fn check_label(annotation: &Annotation, scheme: &Scheme, file: &str, problems: &mut Vec<Problem>) {
    let mut report = |rule, message: String, hint: &str| {
        problems.push(Problem::new(Severity::Warning, rule, file, message).of(&annotation.id).hint(hint));
    };
    let Some(label) = scheme.label(&annotation.label) else {
        if annotation.label != PARATEXT {
            let message = format!("the scheme has no label `{}`", annotation.label);
            report("unknown-label", message, "add the label to the scheme in project.ron, or relabel");
        }
        return;
    };
    for (name, value) in &annotation.attributes {
        match label.attribute(name) {
            None => {
                let message = format!("the label `{}` has no attribute `{name}`", label.name);
                report("unknown-attribute", message, "add it to the scheme in project.ron, or remove it here");
            }
            Some(attribute) if !attribute.values.allows(value) => {
                let message = format!("`{name}` cannot be `{value}`");
                let hint = format!("the scheme allows {}", attribute.values.options().join(", "));
                report("unknown-value", message, &hint);
            }
            Some(_) => {}
        }
    }
}

/// Everything that is wrong with one relation; `ends` are the labels of its two ends, as far as these are there.
#[must_use]
pub fn check_relation(
    relation: &Relation,
    ends: (Option<&str>, Option<&str>),
    scheme: &Scheme,
    file: &str,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut report = |severity, rule, message: String, hint: &str| {
        problems.push(Problem::new(severity, rule, file, message).of(&relation.id).hint(hint));
    };
    for (end, id) in [(ends.0, &relation.from), (ends.1, &relation.to)] {
        if end.is_none() {
            let message = format!("the relation points at `{id}`, which is not in this set");
            report(Severity::Error, "missing-end", message, "delete the relation, or restore the annotation");
        }
    }
    let Some(kind) = scheme.relation(&relation.kind) else {
        let message = format!("the scheme has no relation `{}`", relation.kind);
        let hint = "add the relation type to the scheme in project.ron, or change it here";
        report(Severity::Warning, "unknown-relation", message, hint);
        return problems;
    };
    if let (Some(from), Some(to)) = ends
        && !kind.allows(from, to)
    {
        let message = format!("`{}` cannot lead from a {from} to a {to}", kind.name);
        let hint = format!("it leads from {} to {}", kind.from.join(", "), kind.to.join(", "));
        report(Severity::Warning, "relation-ends", message, &hint);
    }
    problems
}

/// A short, quoted, harmless form of any text.
fn excerpt(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    let more = if short.len() < text.len() { "…" } else { "" };
    format!("\"{}{more}\"", short.escape_debug())
}

/// Everything that is wrong with a scheme. `file` names it in problems.
#[must_use]
pub fn check_scheme(scheme: &Scheme, file: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut report = |rule, message: String, hint: &str| {
        problems.push(Problem::new(Severity::Error, rule, file, message).hint(hint));
    };
    let (mut names, mut keys) = (BTreeSet::new(), BTreeSet::new());
    for label in &scheme.labels {
        if label.name == PARATEXT || !names.insert(&label.name) {
            report("label-name", format!("the label name `{}` is taken", label.name), "rename one of the two");
        }
        if !label.key.is_empty() && !keys.insert(label.key.to_lowercase()) {
            report("label-key", format!("two labels have the key `{}`", label.key), "change one of the two");
        }
    }
    for relation in &scheme.relations {
        for end in relation.from.iter().chain(&relation.to).filter(|end| scheme.label(end).is_none()) {
            let message = format!("the relation `{}` names the label `{end}`, which does not exist", relation.name);
            report("relation-label", message, "add the label, or remove it from the relation");
        }
    }
    problems
}
