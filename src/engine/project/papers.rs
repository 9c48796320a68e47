//! Reading what people decided and what they wrote to each other, with the same care as their sets.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{
    AnnotatorName, CommentId, CommentSet, Conflict, Decision, DecisionSet, DocumentId, File, Problem, Scheme,
    check_comments, check_decisions, read,
};

use super::{
    Document, Stored, Tree,
    load::{error, load_older, locate, persons_files, unreadable},
};
use crate::{Part, hex_sha256, merge::open_conflicts};

/// Reads all of `decisions/` and `comments/`.
pub(super) fn load_papers(
    tree: &Tree,
    documents: &mut BTreeMap<DocumentId, Document>,
    scheme: &Scheme,
    problems: &mut Vec<Problem>,
) {
    for (name, id) in persons_files(tree, Part::Decisions, problems) {
        let stored = load_paper::<DecisionSet>(tree, &name, &id, documents, problems);
        if let (Some(document), Some(stored)) = (documents.get_mut(&id), stored) {
            let needed = stored.set.decisions.iter().map(|decision| decision.text_sha256.as_str());
            load_older(tree, needed, document, problems);
            document.decisions.insert(name, stored);
        }
    }
    for (name, id) in persons_files(tree, Part::Comments, problems) {
        let stored = load_paper::<CommentSet>(tree, &name, &id, documents, problems);
        if let (Some(document), Some(stored)) = (documents.get_mut(&id), stored) {
            document.comments.insert(name, stored);
        }
    }
    for document in documents.values() {
        check_all(tree, document, scheme, problems);
    }
}

/// A file of papers: what it says of itself, and what tells its parts apart.
trait Paper: File {
    const PART: Part;

    fn about(&mut self) -> (&mut DocumentId, &mut AnnotatorName);

    fn ids(&self) -> Vec<&str>;

    fn conflicts(&self) -> &[Conflict];
}

impl Paper for DecisionSet {
    const PART: Part = Part::Decisions;

    fn about(&mut self) -> (&mut DocumentId, &mut AnnotatorName) {
        (&mut self.document, &mut self.adjudicator)
    }

    fn ids(&self) -> Vec<&str> {
        self.decisions.iter().map(|decision| decision.id.as_str()).collect()
    }

    fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }
}

impl Paper for CommentSet {
    const PART: Part = Part::Comments;

    fn about(&mut self) -> (&mut DocumentId, &mut AnnotatorName) {
        (&mut self.document, &mut self.writer)
    }

    fn ids(&self) -> Vec<&str> {
        self.comments.iter().map(|comment| comment.id.as_str()).collect()
    }

    fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }
}

fn load_paper<T: Paper>(
    tree: &Tree,
    name: &AnnotatorName,
    id: &DocumentId,
    documents: &BTreeMap<DocumentId, Document>,
    problems: &mut Vec<Problem>,
) -> Option<Stored<T>> {
    let (folder, file) = (T::PART.folder(), T::PART.path(name, id));
    let bytes = tree.read(&file).map_err(|reason| problems.push(unreadable(&file, &reason))).ok()?;
    let read = read::<T>(&bytes, &file).map_err(|problem| problems.push(*problem)).ok()?;
    problems.extend(read.problems);
    let (mut set, mut whole) = (read.value, read.complete);
    // Only the first of two with one id would be kept.
    let (ids, conflicts) = (set.ids(), set.conflicts());
    whole &= ids.iter().collect::<BTreeSet<_>>().len() == ids.len();
    whole &= conflicts.iter().map(|conflict| &conflict.at).collect::<BTreeSet<_>>().len() == conflicts.len();
    whole &= conflicts.iter().all(|conflict| Part::of_conflict(conflict) == T::PART);
    let (document, person) = set.about();
    if document != id || person != name {
        let message = format!("the file says that it holds the {folder} of {person} about `{document}`");
        problems.push(error("wrong-name", &*file, message).hint("move the file, or mend the two names in it"));
        (*document, *person, whole) = (id.clone(), name.clone(), false);
    }
    if !documents.contains_key(id) {
        let hint = format!("restore the document, or delete the {folder}");
        problems.push(error("orphan-papers", &*file, "there is no such document").hint(hint));
    }
    Some(Stored { set, whole, writable: whole, file_sha256: hex_sha256(&bytes) })
}

/// What is wrong in the papers about one document, once all of them have been read: an answer may be to anybody.
fn check_all(tree: &Tree, document: &Document, scheme: &Scheme, problems: &mut Vec<Problem>) {
    let id = &document.record.id;
    let mut report = |part: Part, name: &AnnotatorName, check: &dyn Fn(&str) -> Vec<Problem>| {
        let file = part.path(name, id);
        let mut wrong = check(&file);
        if !wrong.is_empty() {
            locate(&mut wrong, &tree.read(&file).unwrap_or_default());
            problems.extend(wrong);
        }
    };
    for (name, stored) in &document.decisions {
        report(Part::Decisions, name, &|file| {
            let mut wrong =
                check_decisions(&stored.set, |sha256| document.text_of(sha256).map(|text| &**text), scheme, file);
            wrong.extend(strangers(&stored.set, document, file));
            wrong.extend(open_conflicts(&stored.set.conflicts, file));
            wrong
        });
    }
    let everybody = document.comments.values().flat_map(|stored| &stored.set.comments);
    let known: BTreeSet<&CommentId> = everybody.map(|comment| &comment.id).collect();
    for (name, stored) in &document.comments {
        report(Part::Comments, name, &|file| {
            let mut wrong = check_comments(&stored.set, |id| known.contains(id), file);
            wrong.extend(open_conflicts(&stored.set.conflicts, file));
            wrong
        });
    }
}

/// Decisions on texts that the document never had.
fn strangers(set: &DecisionSet, document: &Document, file: &str) -> Vec<Problem> {
    let unknown = |decision: &&Decision| document.record.revision_of(&decision.text_sha256).is_none();
    let problem = |decision: &Decision| {
        let hint = "decide anew, or restore the text that it was decided on";
        error("other-text", file, "it was decided on a text that this document never had").of(&decision.id).hint(hint)
    };
    set.decisions.iter().filter(unknown).map(problem).collect()
}
