//! Checks that decisions and comments make sense.

use std::collections::BTreeSet;

use crate::{
    CommentId, CommentSet, Decision, DecisionSet, Edited, Input, Problem, Scheme, Severity, Text, Verdict,
    check::{Anchor, Labelled, check_label, check_spans, duplicate},
};

/// Everything that is wrong with an adjudicator's decisions, judged by the texts that they count in and the project's
/// scheme. `file` names the set in problems.
///
/// `text_of` gives a text by its hash. Spans in a text that it does not give are not checked.
#[must_use]
pub fn check_decisions<'a>(
    set: &DecisionSet,
    text_of: impl Fn(&str) -> Option<&'a Text>,
    scheme: &Scheme,
    file: &str,
) -> Vec<Problem> {
    let (mut problems, mut ids) = (Vec::new(), BTreeSet::new());
    for decision in &set.decisions {
        if !ids.insert(&decision.id) {
            problems.push(duplicate(file, "decisions").of(&decision.id));
        }
        check_sides(decision, file, &mut problems);
        if let Some(text) = text_of(&decision.text_sha256) {
            check_places(decision, text, file, &mut problems);
        }
        if let Verdict::Edit(edited) = &decision.verdict {
            let labelled = Labelled { id: &decision.id, label: &edited.label, attributes: &edited.attributes };
            check_label(&labelled, scheme, file, &mut problems);
        }
    }
    problems
}

/// Each annotator has at most one annotation in a decision, and only theirs can be accepted.
fn check_sides(decision: &Decision, file: &str, problems: &mut Vec<Problem>) {
    let mut report = |rule, message: String, hint: &str| {
        problems.push(Problem::new(Severity::Error, rule, file, message).of(&decision.id).hint(hint));
    };
    let mut sides = BTreeSet::new();
    for input in &decision.about {
        if !sides.insert(&input.annotator) {
            let message = format!("two annotations of {} are in one decision", input.annotator);
            report("side-twice", message, "decide about each of them by itself");
        }
    }
    let Verdict::Accept(accepted) = &decision.verdict else { return };
    if accepted.is_empty() {
        report("accepts-nothing", "it accepts nobody's annotation".to_owned(), "reject what is there, or decide anew");
    }
    for name in accepted.iter().filter(|name| !sides.contains(name)) {
        let message = format!("it accepts an annotation of {name}, and is about none of theirs");
        report("accepts-nothing", message, "decide anew");
    }
}

/// What was decided lies in the text.
fn check_places(decision: &Decision, text: &Text, file: &str, problems: &mut Vec<Problem>) {
    let id = &decision.id;
    if text.slice(decision.place).is_none() {
        let (place, length) = (decision.place, text.len());
        let message = format!("the place {place} ends past the text, which has {length} characters");
        let hint = "it was decided on another text; decide anew";
        problems.push(Problem::new(Severity::Error, "span-past-end", file, message).of(id).hint(hint));
    }
    for Input { spans, text: exact, .. } in &decision.about {
        check_spans(&Anchor { what: "input", id, spans, exact }, text, file, problems);
    }
    if let Verdict::Edit(Edited { spans, text: exact, .. }) = &decision.verdict {
        check_spans(&Anchor { what: "decision", id, spans, exact }, text, file, problems);
    }
}

/// Everything that is wrong with a writer's comments. `is_known` tells whether anybody has written a comment about the
/// document that has this id. `file` names the set in problems.
#[must_use]
pub fn check_comments(set: &CommentSet, is_known: impl Fn(&CommentId) -> bool, file: &str) -> Vec<Problem> {
    let (mut problems, mut ids) = (Vec::new(), BTreeSet::new());
    for comment in &set.comments {
        if !ids.insert(&comment.id) {
            problems.push(duplicate(file, "comments").of(&comment.id));
        }
        let mut report = |severity, rule, message: String, hint: &str| {
            problems.push(Problem::new(severity, rule, file, message).of(&comment.id).hint(hint));
        };
        let Some(parent) = &comment.answers else { continue };
        if *parent == comment.id {
            let message = "the comment answers itself".to_owned();
            report(Severity::Warning, "answers-itself", message, "it is shown as a comment of its own");
        } else if !is_known(parent) {
            // The file that holds it may not have come yet.
            let message = format!("the comment answers `{parent}`, which is not in the project");
            report(
                Severity::Note,
                "answers-unknown",
                message,
                "it is shown as a comment of its own until that is there",
            );
        }
        if !comment.about.is_empty() {
            let message = "the comment is an answer, and says itself what it is about".to_owned();
            report(Severity::Warning, "answer-about", message, "it is shown where the comment is that it answers");
        }
    }
    problems
}
