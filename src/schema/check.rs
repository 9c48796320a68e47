//! Checks that an annotation set fits its text and its scheme, and that a scheme makes sense.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use crate::{Annotation, AnnotationSet, PARATEXT, Problem, Relation, Scheme, Severity, Span, SuggestionSet, Text};

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
            None => check_label(&labelled(annotation), scheme, file, &mut problems),
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
    let mut seen = BTreeSet::new();
    for rejection in &set.rejected {
        if !seen.insert(&rejection.id) {
            problems.push(duplicate(file, "rejections").of(&rejection.id));
        }
        // One that is left behind in an older text applies nowhere.
        if let Some(text) = text_of(&set.text_sha256).filter(|_| rejection.text_sha256.is_empty()) {
            let anchor =
                Anchor { what: "rejection", id: &rejection.id, spans: &rejection.spans, exact: &rejection.text };
            check_spans(&anchor, text, file, &mut problems);
        }
    }
    problems
}

/// Everything that is wrong with a program's suggestions, judged by their text; each problem names the suggestion
/// that must not be used, where it is one of them. `file` names the set in problems.
#[must_use]
pub fn check_suggestions(set: &SuggestionSet, text: &Text, file: &str) -> Vec<Problem> {
    let (mut problems, mut ids) = (Vec::new(), BTreeSet::new());
    let wrong = |rule, message: String| Problem::new(Severity::Warning, rule, file, message);
    for suggestion in &set.suggestions {
        let id = &suggestion.id;
        if !ids.insert(id) {
            problems.push(wrong("duplicate-id", "two suggestions have this id".to_owned()).of(id));
        }
        let anchor = Anchor { what: "suggestion", id, spans: &suggestion.spans, exact: &suggestion.text };
        check_spans(&anchor, text, file, &mut problems);
        if !(0.0..=1.0).contains(&suggestion.score) {
            let message = format!("the score is {}, not a number from 0 to 1", suggestion.score);
            problems.push(wrong("score", message).of(id));
        }
        if let Some(span) = suggestion.because.iter().find(|span| text.slice(**span).is_none()) {
            let message = format!("the words that it goes by, {span}, lie outside the text");
            problems.push(wrong("span-past-end", message).of(id));
        }
    }
    for relation in &set.relations {
        for end in [&relation.from, &relation.to].into_iter().filter(|end| !ids.contains(end)) {
            let message = format!("a relation points at `{end}`, which is not in this file");
            problems.push(wrong("missing-end", message));
        }
    }
    for problem in &mut problems {
        // Nobody's work: what cannot be used can be made anew.
        problem.severity = Severity::Warning;
        "it is left out; let the program propose again, or delete the file".clone_into(&mut problem.hint);
    }
    problems
}

/// Everything that is wrong with one annotation, its relations aside.
#[must_use]
pub fn check_annotation(annotation: &Annotation, text: &Text, scheme: &Scheme, file: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let Annotation { id, spans, text: exact, .. } = annotation;
    check_spans(&Anchor { what: "annotation", id, spans, exact }, text, file, &mut problems);
    check_label(&labelled(annotation), scheme, file, &mut problems);
    problems
}

pub(crate) fn duplicate(file: &str, what: &str) -> Problem {
    let hint = "only the first is shown, and the file is read-only; give one of them another id";
    Problem::new(Severity::Error, "duplicate-id", file, format!("two {what} have this id")).hint(hint)
}

/// Some spans with the characters that should stand there, and what they are of.
pub(crate) struct Anchor<'a> {
    pub(crate) what: &'a str,
    pub(crate) id: &'a dyn fmt::Display,
    pub(crate) spans: &'a [Span],
    pub(crate) exact: &'a [String],
}

/// A label with its values, and what they are of.
pub(crate) struct Labelled<'a> {
    pub(crate) id: &'a dyn fmt::Display,
    pub(crate) label: &'a str,
    pub(crate) attributes: &'a BTreeMap<String, String>,
}

fn labelled(annotation: &Annotation) -> Labelled<'_> {
    Labelled { id: &annotation.id, label: &annotation.label, attributes: &annotation.attributes }
}

pub(crate) fn check_spans(anchor: &Anchor<'_>, text: &Text, file: &str, problems: &mut Vec<Problem>) {
    let Anchor { what, id, spans, exact } = *anchor;
    let mut report = |rule, message: String, hint: &str| {
        problems.push(Problem::new(Severity::Error, rule, file, message).of(id).hint(hint));
    };
    let elsewhere = format!("the {what} was made on another text; move or delete it");
    if spans.is_empty() {
        report("no-span", format!("the {what} has no span"), "delete it, or give it one");
    }
    if spans.len() != exact.len() {
        let message = format!("{} spans have {} texts", spans.len(), exact.len());
        report("text-count", message, "every span needs its exact text beside it");
    }
    if !spans.is_sorted_by(|a, b| a.end <= b.start) {
        report("fragment-order", "the fragments overlap or are out of order".to_owned(), "put them in text order");
    }
    for (i, &span) in spans.iter().enumerate() {
        if span.is_empty() {
            let hint = format!("delete the {what}, or move its end");
            report("empty-span", format!("the span {span} is empty"), &hint);
        } else if let Some(there) = text.slice(span) {
            let expected = exact.get(i).map_or(there, String::as_str);
            if expected != there {
                let message = format!("the text at {span} is {}, not {}", excerpt(there), excerpt(expected));
                report("text-mismatch", message, &elsewhere);
            }
        } else {
            let message = format!("the span {span} ends past the text, which has {} characters", text.len());
            report("span-past-end", message, &elsewhere);
        }
    }
}

pub(crate) fn check_label(labelled: &Labelled<'_>, scheme: &Scheme, file: &str, problems: &mut Vec<Problem>) {
    let mut report = |rule, message: String, hint: &str| {
        problems.push(Problem::new(Severity::Warning, rule, file, message).of(labelled.id).hint(hint));
    };
    let Some(label) = scheme.label(labelled.label) else {
        if labelled.label != PARATEXT {
            let message = format!("the scheme has no label `{}`", labelled.label);
            report("unknown-label", message, "add the label to the scheme in project.ron, or relabel");
        }
        return;
    };
    for (name, value) in labelled.attributes {
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
