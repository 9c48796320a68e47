//! Saying what files from outside are to those that are here.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use ascribe_schema::{
    AnnotationSet, AnnotatorName, CommentSet, DecisionSet, DocumentId, Problem, Progress, Severity, Text, read,
};

use super::{
    Differences, LookError, Offer, Piece, Standing,
    gather::{Found, Source, gather},
};
use crate::{
    MoveReport, Project, SetState, Tree, hex_sha256,
    merge::{Kind, Mergeable, things_of},
    plan_move, set_path,
};

/// Says what `paths` (bundles, project folders, annotators' folders, single files) would bring to a project. `me` is
/// who asks: their own files are told and left.
///
/// # Errors
///
/// When a path or the project cannot be read, or nobody's work is there.
pub fn look(project: &Project, me: Option<&AnnotatorName>, paths: &[PathBuf]) -> Result<Offer, LookError> {
    let here = Tree::open(project.place.path())?;
    let mut looking = Looking { project, here, me, offer: Offer::default(), seen: BTreeSet::new() };
    for path in paths {
        match gather(path)? {
            Source::Files(found) => found.into_iter().for_each(|found| looking.see(found, None)),
            Source::Project(tree, found) => {
                found.into_iter().for_each(|found| looking.see(found, Some(&tree)));
            }
        }
    }
    looking.offer.pieces.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(looking.offer)
}

struct Looking<'a> {
    project: &'a Project,
    here: Tree,
    me: Option<&'a AnnotatorName>,
    offer: Offer,
    /// Where pieces belong that were found already.
    seen: BTreeSet<String>,
}

/// What a file says of itself.
struct Label {
    kind: Kind,
    person: AnnotatorName,
    document: DocumentId,
    text_sha256: String,
    count: usize,
}

impl Looking<'_> {
    fn see(&mut self, found: Found, tree: Option<&Tree>) {
        let label = match label(&found) {
            Ok(label) => label,
            Err(problem) => return self.offer.problems.push(*problem),
        };
        let path = path_of(&label);
        if label.person.is_gold() {
            let hint = "make it here, of the decisions";
            return self.tell("gold", &found, "gold is made from decisions, and not taken", hint);
        }
        if !self.seen.insert(path.clone()) {
            let hint = "take them one after the other";
            return self.tell("twice", &found, "this was found twice; the first is offered", hint);
        }
        let here = self.here.read(&path).ok();
        let standing = match self.ground(&label, &found, tree) {
            Some(standing) => standing,
            None => standing(&label, &found, here.as_deref()),
        };
        let mine = self.me == Some(&label.person);
        if mine && standing == Standing::HereUnreadable {
            let hint = "`check` says what is wrong with the one here; mend it, and take this again";
            self.tell("mine-unreadable", &found, "your own file here cannot be compared with this", hint);
        }
        let standing = match standing {
            Standing::Newer(by) | Standing::Older(by) | Standing::Different(by) if mine => Standing::Mine(by),
            Standing::New | Standing::WithDocument | Standing::HereUnreadable if mine => {
                Standing::Mine(Differences { added: label.count, ..Differences::default() })
            }
            other => other,
        };
        let moved = self.moved(&label, &found);
        let Label { kind, person, document, count, .. } = label;
        let (found, bytes) = (found.name, found.bytes);
        self.offer.pieces.push(Piece { found, path, kind, person, document, count, standing, moved, bytes, here });
    }

    fn tell(&mut self, rule: &'static str, found: &Found, message: &str, hint: &str) {
        self.offer.problems.push(Problem::new(Severity::Warning, rule, &*found.name, message).hint(hint));
    }

    /// What the document that a file is about makes of it; nothing where it can be taken.
    fn ground(&mut self, label: &Label, found: &Found, tree: Option<&Tree>) -> Option<Standing> {
        let id = &label.document;
        let Some(document) = self.project.documents.get(id) else {
            if self.offer.documents.contains_key(id) || tree.is_some_and(|tree| self.bring(id, tree)) {
                return Some(Standing::WithDocument);
            }
            let hint = "add the article first, or ask for the whole project as a bundle";
            self.tell("orphan-set", found, "the article that this is about is not in this project", hint);
            return Some(Standing::Refused);
        };
        if !label.text_sha256.is_empty() && document.record.revision_of(&label.text_sha256).is_none() {
            let hint = "give the article here the text that your colleague has (`revise`), and take this again";
            self.tell("other-text", found, "this was made on a text that the article does not have here", hint);
            return Some(Standing::Refused);
        }
        None
    }

    /// Takes the files of a document along, if they are all there and genuine.
    fn bring(&mut self, id: &DocumentId, tree: &Tree) -> bool {
        let record = format!("documents/{id}.ron");
        let Ok(bytes) = tree.read(&record) else { return false };
        let Ok(there) = read::<ascribe_schema::Document>(&bytes, &record) else { return false };
        if there.value.id != *id {
            return false;
        }
        let mut files = Vec::new();
        for (number, revision) in (1..).zip(&there.value.revisions) {
            let text = format!("documents/{}", there.value.text_file(number));
            match tree.read(&text) {
                Ok(bytes) if hex_sha256(&bytes) == revision.text_sha256 => files.push((text, bytes)),
                _ => return false,
            }
        }
        // The record last: without its texts it would be a broken document.
        files.push((record, bytes));
        self.offer.documents.insert(id.clone(), files);
        true
    }

    /// What becomes of a set that was made on an older text.
    fn moved(&self, label: &Label, found: &Found) -> Option<MoveReport> {
        let document = self.project.documents.get(&label.document).filter(|document| document.genuine)?;
        let (newest, text) = (document.text_sha256(), document.text.as_ref()?);
        if label.kind != Kind::Set || label.text_sha256 == newest {
            return None;
        }
        let set = read::<AnnotationSet>(&found.bytes, &found.name).ok()?.value;
        let texts = |sha256: &str| -> Option<Arc<Text>> {
            let number = document.record.revision_of(sha256)?;
            self.project.text_numbered(&label.document, number).ok()
        };
        plan_move(&SetState::from_file(set), &texts, text, newest).map(|(_, report)| report)
    }
}

fn label(found: &Found) -> Result<Label, Box<Problem>> {
    let Found { name, bytes } = found;
    let kind = std::str::from_utf8(bytes).ok().and_then(Kind::of);
    Ok(match kind {
        Some(kind @ Kind::Set) => {
            let set = read::<AnnotationSet>(bytes, name)?.value;
            let count = set.annotations.len();
            Label { kind, person: set.annotator, document: set.document, text_sha256: set.text_sha256, count }
        }
        Some(kind @ Kind::Decisions) => {
            let set = read::<DecisionSet>(bytes, name)?.value;
            let count = set.decisions.len();
            Label { kind, person: set.adjudicator, document: set.document, text_sha256: String::new(), count }
        }
        Some(kind @ Kind::Comments) => {
            let set = read::<CommentSet>(bytes, name)?.value;
            let count = set.comments.len();
            Label { kind, person: set.writer, document: set.document, text_sha256: String::new(), count }
        }
        _ => {
            let message = "this holds no annotations, decisions or comments";
            return Err(Box::new(Problem::new(Severity::Warning, "stray-file", &**name, message).hint("it is left")));
        }
    })
}

fn path_of(label: &Label) -> String {
    match label.kind {
        Kind::Decisions => format!("decisions/{}/{}.ron", label.person, label.document),
        Kind::Comments => format!("comments/{}/{}.ron", label.person, label.document),
        _ => set_path(&label.person, &label.document),
    }
}

fn standing(label: &Label, found: &Found, here: Option<&[u8]>) -> Standing {
    let Some(here) = here else { return Standing::New };
    if here == found.bytes {
        return Standing::Same;
    }
    let differences = match label.kind {
        Kind::Decisions => differences::<DecisionSet>(here, &found.bytes),
        Kind::Comments => differences::<CommentSet>(here, &found.bytes),
        _ => differences::<AnnotationSet>(here, &found.bytes).map(|by| progressed(by, here, &found.bytes)),
    };
    match differences {
        None => Standing::HereUnreadable,
        Some(Differences { added: 0, changed: 0, missing: 0 }) => Standing::Same,
        Some(by @ Differences { changed: 0, missing: 0, .. }) => Standing::Newer(by),
        Some(by @ Differences { changed: 0, added: 0, .. }) => Standing::Older(by),
        Some(by) => Standing::Different(by),
    }
}

/// Counts in what two copies differ; nothing where one cannot be read or put into things with ids.
fn differences<T: Mergeable>(here: &[u8], there: &[u8]) -> Option<Differences> {
    let value = |bytes: &[u8]| Some(read::<T>(bytes, "").ok()?.value);
    let (here, there) = (value(here)?, value(there)?);
    let around = [here.text_sha256() != there.text_sha256(), here.conflicts() != there.conflicts()];
    let changed = around.into_iter().filter(|differs| *differs).count();
    let mut by = Differences { changed, ..Differences::default() };
    let (here, there) = (things_of(&here).ok()?, things_of(&there).ok()?);
    for (path, thing) in &there {
        match here.get(path) {
            None => by.added += 1,
            Some(other) => by.changed += usize::from(other != thing),
        }
    }
    by.missing = here.keys().filter(|path| !there.contains_key(*path)).count();
    Some(by)
}

/// A set that is finished is newer than one that is not; the other way round, somebody has changed their mind.
fn progressed(mut by: Differences, here: &[u8], there: &[u8]) -> Differences {
    let progress = |bytes: &[u8]| read::<AnnotationSet>(bytes, "").map(|set| set.value.progress).unwrap_or_default();
    match (progress(here), progress(there)) {
        (Progress::InProgress, Progress::Finished) => by.added += 1,
        (Progress::Finished, Progress::InProgress) => by.missing += 1,
        _ => {}
    }
    by
}
