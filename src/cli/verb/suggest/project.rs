//! `suggest PROJECT`: what is proposed for the documents of a project, and why.

use std::{collections::BTreeSet, path::Path};

use ascribe_engine::{
    Basis, Document, Learned, Place, Project, Proposed, Proposer, SetState, SuggestedTie, Suggestion, Suggestions,
    TiedTo, Tree, WorkingSet, load, store::Store, stored, suggestions,
};
use ascribe_schema::{AnnotatorName, DocumentId, Span};
use serde_json::{Value, json};

use super::{
    super::{reading::plain, revise::find_document},
    Suggest,
};
use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// How many characters of a suggestion are shown.
const SHOWN: usize = 70;

/// Lists what is proposed.
pub(super) fn suggest(project: &Path, wanted: &Suggest, io: &mut Io<'_>) -> Result<u8, Failed> {
    let tree = Tree::open(project)?;
    let store = match tree.place() {
        Place::Folder(root) => Some(Store::at(root)),
        Place::Bundle(_) if wanted.write => return Err("a bundle cannot be changed; unpack it first".into()),
        Place::Bundle(_) => None,
    };
    let annotator = wanted.annotator.as_deref().map(AnnotatorName::new).transpose()?;
    let project = load(&tree);
    let chosen: Vec<_> = wanted.document.iter().map(|id| find_document(&project, id)).collect::<Result<_, _>>()?;
    let learned = Learned::of_project(&project);
    let (mut told, mut missing, mut first) = (Vec::new(), 0, true);
    for (id, document) in &project.documents {
        if !chosen.is_empty() && !chosen.contains(id) {
            continue;
        }
        let Some(found) = Found::of(document, annotator.as_ref(), &project, &learned) else {
            writeln!(io.err, "{id}: its text is missing or was changed; see `check`")?;
            missing += 1;
            continue;
        };
        if let Some(store) = store.as_ref().filter(|_| wanted.write) {
            store.save_suggestions(&stored(id, &found.for_all(document))?)?;
        }
        if wanted.json {
            told.push(found.json(id, document));
        } else {
            found.words(id, document, std::mem::take(&mut first), io)?;
        }
    }
    if wanted.json {
        writeln!(io.out, "{}", serde_json::to_string_pretty(&json!({ "documents": told }))?)?;
    }
    Ok(if missing > 0 { NEEDS_A_PERSON } else { DONE })
}

/// What is proposed for one document.
struct Found {
    proposed: Proposed,
    open: Suggestions,
    set: Option<WorkingSet>,
}

impl Found {
    /// Nothing where there is no text to propose anything for.
    fn of(
        document: &Document,
        annotator: Option<&AnnotatorName>,
        project: &Project,
        learned: &Learned,
    ) -> Option<Self> {
        let set = annotator.and_then(|name| document.sets.get(name));
        let set = set.map(|stored| WorkingSet::new(SetState::from_file(stored.set.clone())));
        let basis = Basis::of(document, set.as_ref());
        let text = document.text_of(&basis.text_sha256)?.clone();
        let proposed = basis.propose(text, document.suggestions.values());
        let lessons = learned.without(Learned::of_others(document, annotator));
        let open = suggestions(&proposed, set.as_ref(), &proposed.basis().aside, &project.file.scheme, &lessons);
        Some(Self { proposed, open, set })
    }

    /// What the rules alone propose for anybody: not what models do, and without what one annotator has set aside, or
    /// made on an older text.
    fn for_all(&self, document: &Document) -> Proposed {
        let basis = Basis::of(document, None);
        let alone = basis == *self.proposed.basis() && document.suggestions.is_empty();
        match document.text_of(&basis.text_sha256).filter(|_| !alone) {
            Some(text) => basis.propose(text.clone(), []),
            None => self.proposed.clone(),
        }
    }

    fn words(&self, id: &DocumentId, document: &Document, first: bool, io: &mut Io<'_>) -> Result<(), Failed> {
        let gap = if first { "" } else { "\n" };
        let count = match self.open.len() {
            1 => "1 suggestion".to_owned(),
            count => format!("{count} suggestions"),
        };
        writeln!(io.out, "{gap}{} ({id}): {count}", plain(&document.record.title))?;
        for one in &self.open {
            let (start, words) = (one.extent().start, short(&one.text.join(" … ")));
            let rule = if one.by.rule.is_empty() { &one.by.program } else { &one.by.rule };
            let (label, rule) = (plain(&one.label), plain(rule));
            let said = self.said_by(one).map(|name| format!("  ← {}", short(&name))).unwrap_or_default();
            writeln!(io.out, "  {start:>6}  {label:<8} {:.3}  {rule:<24}  {words}{said}", one.score)?;
        }
        Ok(())
    }

    /// The words of whoever says it.
    fn said_by(&self, one: &Suggestion) -> Option<String> {
        let tie = one.ties.iter().find(|tie| tie.out && tie.kind == "attributed_to")?;
        match &tie.other {
            TiedTo::Suggestion(id) => Some(self.open.get(id)?.text.join(" ")),
            TiedTo::Annotation(id) => Some(self.set.as_ref()?.annotation(id)?.text.join(" ")),
        }
    }

    fn json(&self, id: &DocumentId, document: &Document) -> Value {
        let annotation = |one: &Suggestion| {
            let mut value = json!({
                "id": one.id, "label": one.label, "spans": pairs(&one.spans), "text": one.text,
                "attributes": one.attributes, "score": thousandths(one.score), "rule": one.by.rule,
                "because": pairs(&one.because), "lessons": one.lessons,
                "proposed_by": std::iter::once(&one.by).chain(&one.also).map(proposer).collect::<Vec<_>>(),
            });
            if let Some(fields) = value.as_object_mut() {
                let empty = |value: &Value| match value {
                    Value::Array(list) => list.is_empty(),
                    Value::Object(map) => map.is_empty(),
                    Value::String(text) => text.is_empty(),
                    _ => false,
                };
                fields.retain(|_, value| !empty(value));
            }
            value
        };
        let ties = self.open.iter().flat_map(|one| one.ties.iter().map(move |tie| (one, tie)));
        let relations: BTreeSet<_> = ties.map(|(one, tie)| relation(one, tie)).collect();
        json!({
            "id": id,
            "title": document.record.title,
            "annotations": self.open.iter().map(annotation).collect::<Vec<_>>(),
            "relations": relations.iter().map(|(kind, [from, to])| {
                json!({ "kind": kind, from.0: from.1, to.0: to.1 })
            }).collect::<Vec<_>>(),
        })
    }
}

/// A tie as both of its ends tell of it: its kind, and for each end whether it is a suggestion or an annotation.
fn relation<'a>(one: &'a Suggestion, tie: &'a SuggestedTie) -> (&'a str, [(&'static str, &'a str); 2]) {
    let (names, other) = match &tie.other {
        TiedTo::Suggestion(other) => (("from", "to"), other.as_str()),
        TiedTo::Annotation(other) => (("from_annotation", "to_annotation"), other.as_str()),
    };
    let ends = if tie.out {
        [("from", one.id.as_str()), (names.1, other)]
    } else {
        [(names.0, other), ("to", one.id.as_str())]
    };
    (&tie.kind, ends)
}

fn proposer(proposer: &Proposer) -> Value {
    json!({ "program": proposer.program, "rule": proposer.rule, "score": thousandths(proposer.score) })
}

fn pairs(spans: &[Span]) -> Vec<(u32, u32)> {
    spans.iter().map(|span| (span.start.0, span.end.0)).collect()
}

/// A score as people write it: 0.97, not 0.970000029.
fn thousandths(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}

/// The beginning of some words, on one line.
fn short(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut shown: String = line.chars().take(SHOWN).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    plain(&shown)
}
