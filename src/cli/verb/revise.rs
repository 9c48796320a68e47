//! A corrected text for a document: `revise`.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read},
    path::Path,
};

use ascribe_engine::{
    Article, DoubtKind, Fate, MoveReport, Moved, Options, Origin, Passage, Place, Project, ReadOnly, Reader,
    ReviseError, Revised, Session, SetState, Source, Tree, hex_sha256, load, plan_move, revised, store::Store,
};
use ascribe_schema::{AnnotatorName, DocumentId, Text};
use serde_json::{Value, json};

use super::reading::plain;
use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// Why a set is not moved, if it is not because of its texts.
const UNREADABLE: &str = "it is read-only because of a problem; `check` says which";

/// What is to be done, beside the project, the document and the article.
pub(crate) struct Wanted {
    /// Whose sets to move now.
    pub annotators: Vec<String>,
    /// Whether to write nothing.
    pub dry_run: bool,
    /// Whether to print JSON.
    pub json: bool,
    /// How to read the article.
    pub options: Options,
}

/// Gives a document a corrected text, and says what becomes of everyone's annotations.
pub(crate) fn revise(
    project: &Path,
    document: &str,
    article: &Path,
    wanted: &Wanted,
    io: &mut Io<'_>,
) -> Result<u8, Failed> {
    let tree = Tree::open(project)?;
    let Place::Folder(root) = tree.place() else {
        return Err("a bundle cannot be changed; unpack it first".into());
    };
    let mut project = load(&tree);
    let id = find_document(&project, document)?;
    let annotators = wanted.annotators.iter().map(|name| AnnotatorName::new(name.as_str()));
    // Each once: a second opening would end the history of the first.
    let annotators: BTreeSet<_> = annotators.collect::<Result<_, _>>()?;
    annotators.iter().try_for_each(|annotator| check_known(&project, annotator))?;
    if !wanted.dry_run {
        annotators.iter().try_for_each(|annotator| check_free(&root, annotator))?;
    }
    let (article, origin) = read_article(article, &wanted.options, io)?;
    let unsure = article.doubts.iter().any(|doubt| doubt.kind == DoubtKind::UnsureEncoding);
    let record = &project.documents[&id].record;
    let change = match revised(record, article, &origin, &io.time) {
        Ok(change) => Some(change),
        Err(ReviseError::Same) => None,
        Err(older) => return Err(older.into()),
    };
    if let Some(change) = &change {
        check_ground(&project, &id)?;
        if !wanted.dry_run {
            Store::at(&root).add_revision(record, change)?;
            project = load(&Tree::open(&root)?);
        }
    }
    let (reports, left) = if wanted.dry_run || annotators.is_empty() {
        foreseen(&project, &id, change.as_ref().filter(|_| wanted.dry_run), &annotators)
    } else {
        moved(&project, &id, annotators, &io.time)?
    };
    let told = Told { document: &id, change: change.as_ref(), reports: &reports, left: &left, wanted };
    if wanted.json {
        told.json(io)?
    } else {
        told.words(io)?
    }
    let waits = reports.iter().any(|(_, report)| report.waiting().next().is_some());
    Ok(if waits || unsure || !left.is_empty() { NEEDS_A_PERSON } else { DONE })
}

/// The document with that id, or the only one whose id begins so.
pub(super) fn find_document(project: &Project, wanted: &str) -> Result<DocumentId, Failed> {
    let begins: Vec<_> = project.documents.keys().filter(|id| id.as_str().starts_with(wanted)).collect();
    match begins.as_slice() {
        _ if project.documents.keys().any(|id| id.as_str() == wanted) => Ok(DocumentId::new(wanted)?),
        [only] => Ok((*only).clone()),
        [] => Err(format!("no document's id is `{wanted}` or begins so; `stats` lists the ids").into()),
        several => {
            let ids: Vec<_> = several.iter().map(|id| id.as_str()).collect();
            Err(format!("several ids begin with `{wanted}`: {}; write more of it", ids.join(", ")).into())
        }
    }
}

fn read_article(path: &Path, options: &Options, io: &mut Io<'_>) -> Result<(Article, Origin), Failed> {
    let source = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes)?;
        Source::Bytes("standard-input.txt".to_owned(), bytes)
    } else {
        Source::File(path.to_owned())
    };
    let named = |reason: String| format!("{}: {reason}", path.display());
    let (name, bytes) = (source.file_name(), source.bytes().map_err(|reason| named(reason.to_string()))?);
    let origin = Origin { file_name: name.clone(), file_sha256: hex_sha256(&bytes) };
    let articles = Reader::new(io.program.as_deref()).read(&name, &bytes, options, &|| false);
    let mut articles = articles.map_err(|reason| named(reason.to_string()))?;
    if articles.len() != 1 {
        let count = articles.len();
        return Err(named(format!("it holds {count} articles; a corrected text is one: give a file of its own")).into());
    }
    let article = articles.remove(0);
    for doubt in &article.doubts {
        writeln!(io.err, "{}", doubt.problem(&name))?;
    }
    Ok((article, origin))
}

/// Refuses a name that stands nowhere in the project: it is mistyped.
fn check_known(project: &Project, annotator: &AnnotatorName) -> Result<(), Failed> {
    let folder = format!("annotations/{annotator}/");
    // A set that cannot be read is one, too.
    let broken = project.problems.iter().any(|problem| problem.place.file.starts_with(&folder));
    if annotator.is_gold() || broken || project.documents.values().any(|document| document.sets.contains_key(annotator))
    {
        return Ok(());
    }
    Err(format!("{annotator} has no set in this project; nothing was written").into())
}

/// Refuses to move the sets of somebody who is at work in them, before anything is written.
fn check_free(root: &Path, annotator: &AnnotatorName) -> Result<(), Failed> {
    if annotator.is_gold() {
        return Err(ReadOnly::Gold.into());
    }
    Ok(Store::at(root).lock(annotator).map(drop)?)
}

/// Refuses to build on a text that is not the one that everyone's annotations count in.
fn check_ground(project: &Project, id: &DocumentId) -> Result<(), Failed> {
    if project.documents[id].genuine {
        return Ok(());
    }
    Err(format!("the newest text of `{id}` is missing or was changed; `check` says what to restore").into())
}

/// What becomes of each annotator's annotations, and whose sets do not move, for which reason.
type Outcome = (Vec<(AnnotatorName, MoveReport)>, Vec<(AnnotatorName, String)>);

/// What will become of each annotator's set when it is moved.
fn foreseen(
    project: &Project,
    id: &DocumentId,
    change: Option<&Revised>,
    annotators: &BTreeSet<AnnotatorName>,
) -> Outcome {
    let document = &project.documents[id];
    let corrected = change.map(|change| Text::new(change.text.as_str()));
    let Some(newest) = corrected.as_ref().or(document.text.as_deref()) else { return Outcome::default() };
    let sha256 = change.and_then(|change| change.document.revisions.last()).map(|last| last.text_sha256.as_str());
    let sha256 = sha256.unwrap_or(document.text_sha256());
    let wanted = |name: &AnnotatorName| !name.is_gold() && (annotators.is_empty() || annotators.contains(name));
    let sets = || document.sets.iter().filter(|(name, stored)| wanted(name) && stored.set.text_sha256 != sha256);
    let report = |stored: &ascribe_engine::StoredSet| {
        let state = SetState::from_file(stored.set.clone());
        plan_move(&state, &|sha256| document.text_of(sha256).cloned(), newest, sha256).map(|(_, report)| report)
    };
    let left = sets().filter(|(_, stored)| !stored.writable).map(|(name, _)| (name.clone(), UNREADABLE.to_owned()));
    (sets().filter_map(|(name, stored)| Some((name.clone(), report(stored)?))).collect(), left.collect())
}

/// Moves the sets of these annotators, in all documents, as their own program does when they open the project; in
/// this document also where they took that back.
fn moved(
    project: &Project,
    id: &DocumentId,
    annotators: BTreeSet<AnnotatorName>,
    time: &str,
) -> Result<Outcome, Failed> {
    let (mut reports, mut left) = Outcome::default();
    for annotator in annotators {
        let mut session = Session::open(project.clone(), annotator.clone(), time, || ());
        if let Some(reason) = session.read_only(None) {
            return Err(format!("{annotator}: {reason}").into());
        }
        match session.read_only(Some(id)) {
            Some(ReadOnly::Older) => {
                let refused = session.move_set(id).err();
                left.extend(refused.map(|reason| (annotator.clone(), reason.to_string())));
            }
            Some(_) => left.push((annotator.clone(), UNREADABLE.to_owned())),
            None => {}
        }
        let documents: Vec<_> = session.moved_documents().cloned().collect();
        if let ascribe_engine::SaveState::Failed(reason) = session.flush() {
            return Err(format!("{annotator}: {reason}").into());
        }
        reports.extend(documents.iter().filter_map(|id| Some((annotator.clone(), session.moved(id)?.clone()))));
    }
    Ok((reports, left))
}

/// What is printed.
struct Told<'a> {
    document: &'a DocumentId,
    change: Option<&'a Revised>,
    reports: &'a [(AnnotatorName, MoveReport)],
    left: &'a [(AnnotatorName, String)],
    wanted: &'a Wanted,
}

impl Told<'_> {
    fn json(&self, io: &mut Io<'_>) -> Result<(), Failed> {
        let report = |(annotator, report): &(AnnotatorName, MoveReport)| -> Result<Value, Failed> {
            let counts: BTreeMap<_, _> =
                report.counts().into_iter().map(|(fate, count)| (fate.name(), count)).collect();
            Ok(json!({
                "annotator": annotator, "document": report.document, "counts": counts,
                "annotations": serde_json::to_value(&report.annotations)?,
            }))
        };
        let reports: Vec<_> = self.reports.iter().map(report).collect::<Result<_, _>>()?;
        let left = |(annotator, reason): &(AnnotatorName, String)| json!({"annotator": annotator, "reason": reason});
        let whole = json!({
            "document": self.document,
            "revision": self.change.map(|change| change.document.newest()),
            "written": self.change.is_some() && !self.wanted.dry_run,
            "moved": !self.wanted.annotators.is_empty() && !self.wanted.dry_run && self.left.is_empty(),
            "not_moved": self.left.iter().map(left).collect::<Vec<_>>(),
            "differs": self.change.map(|change| &change.differs[..]).unwrap_or_default(),
            "annotators": reports,
        });
        writeln!(io.out, "{}", serde_json::to_string_pretty(&whole)?)?;
        Ok(())
    }

    fn words(&self, io: &mut Io<'_>) -> Result<(), Failed> {
        let id = self.document;
        match self.change {
            None => writeln!(io.out, "{id} has exactly this text already; nothing was written")?,
            Some(change) => {
                let (number, dry) = (change.document.newest(), self.wanted.dry_run);
                let done = if dry { "would get text" } else { "has text" };
                writeln!(io.out, "{id} {done} {number}; the older ones stay")?;
                for differing in &change.differs {
                    let (old, new) = (plain(&differing.old), plain(&differing.new));
                    writeln!(io.out, "{} stays “{old}”; the corrected article says “{new}”", differing.field)?;
                }
            }
        }
        for (annotator, report) in self.reports {
            let counts = report.counts().into_iter().map(|(fate, count)| format!("{count} {}", fate.name()));
            let when = if self.wanted.annotators.is_empty() || self.wanted.dry_run { "when moved: " } else { "" };
            let counts = counts.collect::<Vec<_>>().join(", ");
            writeln!(
                io.out,
                "\n{annotator}, {}: {when}{} annotations: {counts}",
                report.document,
                report.annotations.len()
            )?;
            for moved in report.annotations.iter().filter(|moved| moved.outcome != Fate::Kept) {
                write_moved(moved, io)?;
            }
        }
        for (annotator, reason) in self.left {
            writeln!(io.out, "\n{annotator}'s set stays on the older text: {reason}")?;
        }
        Ok(())
    }
}

fn write_moved(moved: &Moved, io: &mut Io<'_>) -> io::Result<()> {
    writeln!(io.out, "  {} {} {}", moved.outcome.name(), plain(&moved.label), moved.id)?;
    writeln!(io.out, "    old {}", line(&moved.old))?;
    if let Some(new) = &moved.new {
        writeln!(io.out, "    new {}", line(new))?;
    }
    for candidate in &moved.candidates {
        writeln!(io.out, "    may be {}", line(candidate))?;
    }
    Ok(())
}

/// A passage on one line: its offsets, and its words in brackets with what stands around them.
fn line(passage: &Passage) -> String {
    let spans: Vec<_> = passage.spans.iter().map(ToString::to_string).collect();
    let (before, after) = (&passage.before, &passage.after);
    let text = format!("…{before}[{}]{after}…", passage.text.join("] … ["));
    format!("{} {}", spans.join(" "), plain(&text.replace('\n', " ")))
}
