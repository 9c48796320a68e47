//! Reading what programs propose: what cannot be used is left out with a problem, for it can be made anew.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{AnnotatorName, DocumentId, Problem, Severity, SuggestionSet, Text, check_suggestions, read};

use super::{
    Document, Tree,
    load::{locate, names, unreadable},
    suggestions_path,
};
use crate::snap::cuts_cluster;

/// Reads all of `suggestions/`.
pub(super) fn load_suggestions(
    tree: &Tree,
    documents: &mut BTreeMap<DocumentId, Document>,
    problems: &mut Vec<Problem>,
) {
    for folder in names(tree, "suggestions", problems) {
        let path = format!("suggestions/{folder}");
        let program = match AnnotatorName::new(folder.as_str()) {
            Ok(program) => program,
            Err(reason) => {
                problems
                    .push(warning("program-name", &path, reason.to_string()).hint("rename the folder, or delete it"));
                continue;
            }
        };
        for name in names(tree, &path, problems) {
            let id = name.strip_suffix(".ron").and_then(|stem| DocumentId::new(stem).ok());
            let Some(id) = id else {
                let message = "this is not the name of a file of suggestions".to_owned();
                let hint = "move it out of the project, or delete it";
                problems.push(warning("stray-file", &format!("{path}/{name}"), message).hint(hint));
                continue;
            };
            let Some(document) = documents.get_mut(&id) else {
                let message = "there is no such document".to_owned();
                let hint = "restore the document, or delete the file";
                problems.push(warning("orphan-suggestions", &suggestions_path(&program, &id), message).hint(hint));
                continue;
            };
            if let Some(set) = load_file(tree, &program, document, problems) {
                document.suggestions.insert(program.clone(), set);
            }
        }
    }
}

fn warning(rule: &'static str, file: &str, message: String) -> Problem {
    Problem::new(Severity::Warning, rule, file, message)
}

fn load_file(
    tree: &Tree,
    program: &AnnotatorName,
    document: &Document,
    problems: &mut Vec<Problem>,
) -> Option<SuggestionSet> {
    let id = &document.record.id;
    let file = suggestions_path(program, id);
    let bytes = tree.read(&file).map_err(|reason| problems.push(unreadable(&file, &reason))).ok()?;
    let read = read::<SuggestionSet>(&bytes, &file).map_err(|problem| problems.push(*problem)).ok()?;
    let (mut set, mut found) = (read.value, read.problems);
    for problem in found.iter_mut().filter(|problem| problem.rule == "unknown-field") {
        // Nothing of ours is written over it but by whoever proposes anew.
        problem.severity = Severity::Warning;
        "the field is passed over; update Ascribe, or let the program propose again".clone_into(&mut problem.hint);
    }
    if set.document != *id || set.by != *program {
        let message = format!("the file says that it is what {} proposes for `{}`", set.by, set.document);
        let hint = "it is passed over; move the file, or mend the two names in it";
        problems.push(warning("wrong-name", &file, message).hint(hint));
        return None;
    }
    if set.text_sha256 != document.text_sha256() {
        let message = "this was proposed for another text of the document".to_owned();
        let hint = "it is passed over; let the program propose again, or delete the file";
        problems.push(Problem::new(Severity::Note, "older-suggestions", &*file, message).hint(hint));
        return None;
    }
    let text = document.text.as_ref().filter(|_| document.genuine)?;
    let mut wrong = check_suggestions(&set, text, &file);
    wrong.extend(check_clusters(&set, text, &file));
    locate(&mut wrong, &bytes);
    let bad: BTreeSet<&str> = wrong.iter().filter_map(|problem| problem.place.id.as_deref()).collect();
    set.suggestions.retain(|suggestion| !bad.contains(suggestion.id.as_str()));
    let there: BTreeSet<_> = set.suggestions.iter().map(|suggestion| &suggestion.id).collect();
    set.relations.retain(|relation| there.contains(&relation.from) && there.contains(&relation.to));
    problems.extend(found);
    problems.extend(wrong);
    Some(set)
}

/// Spans must not cut what a reader sees as one character.
fn check_clusters(set: &SuggestionSet, text: &Text, file: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    for suggestion in &set.suggestions {
        let mut ends = suggestion.spans.iter().flat_map(|span| [span.start, span.end]);
        if let Some(offset) = ends.find(|&offset| offset <= text.len() && cuts_cluster(text, offset)) {
            let message = format!("the span starts or ends at {offset}, inside one visible character");
            let hint = "it is left out; let the program propose again, or delete the file";
            problems.push(warning("span-cuts-character", file, message).of(&suggestion.id).hint(hint));
        }
    }
    problems
}
