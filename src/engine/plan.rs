//! From what a person wants to a transaction: pure functions that change nothing themselves.

mod aside;
mod many;
mod suggested;

use std::{collections::BTreeMap, sync::Arc};

use ascribe_schema::{
    Annotation, AnnotationId, Attribute, Label, Offset, Origin, PARATEXT, Progress, REJECTED, Relation, RelationId,
    Scheme, Span, Text,
};

use crate::{
    Change, Diff, Labelling, LikeTie, Transaction, WorkingSet,
    action::{Action, ActionError, Edge, Stamp, Step},
    snap,
};

/// Works out what `action` changes.
///
/// # Errors
///
/// When it cannot be done, with the reason in words.
pub fn plan(
    action: Action,
    set: &WorkingSet,
    text: &Text,
    scheme: &Scheme,
    stamp: &mut Stamp<'_>,
) -> Result<Transaction, ActionError> {
    let plan = Plan { set, text, scheme };
    let (name, changes) = match action {
        Action::Tag { label, spans, tie } => plan.tag(label, spans, tie, stamp)?,
        Action::TagLike(like, spans) => plan.tag_like(like, spans, stamp)?,
        Action::TagAll { label, spans, attributes } => plan.tag_all(label, spans, attributes, stamp)?,
        Action::Accept(accepted) => plan.accept(accepted, stamp)?,
        Action::Reject(refusal) => plan.reject(refusal, stamp)?,
        Action::KeepInArticle { span, proposed } => plan.keep_in_article(span, proposed, stamp)?,
        Action::Delete(id) => plan.delete(&id)?,
        Action::Relabel(id, label) => plan.relabel(&id, label)?,
        Action::AddFragment(id, span) => plan.add_fragment(&id, span)?,
        Action::RemoveFragment(id, span) => plan.remove_fragment(&id, span)?,
        Action::MoveBoundary { id, edge, step, forward } => plan.move_boundary(&id, edge, step, forward)?,
        Action::Reshape { id, from, to } => plan.reshape(&id, from, to)?,
        Action::SetSpans(id, spans) => plan.set_spans(&id, spans)?,
        Action::Place(id, spans) => plan.place(&id, spans)?,
        Action::SetAttribute { id, name, value } => plan.set_attribute(&id, name, value)?,
        Action::SetAttributeOfEach { ids, name, value } => plan.set_attribute_of_each(&ids, &name, value.as_deref())?,
        Action::SetAttributes(id, values) => plan.set_attributes(&id, values)?,
        Action::SetNote(id, note) => plan.edit(&id, "Change note", |annotation| annotation.note = note)?,
        Action::Tie { from, to, kind } => plan.tie(&from, &to, kind, stamp)?,
        Action::Retie(id, to) => plan.retie(&id, &to, stamp)?,
        Action::Untie(id) => {
            let relation = set.relation(&id).ok_or(ActionError::Gone)?;
            ("Remove relation".to_owned(), vec![Change::Relation(Diff::removed(relation.clone()))])
        }
        Action::SetProgress(after) => plan.set_progress(after)?,
    };
    Ok(Transaction { document: set.state().document().clone(), name, changes })
}

struct Plan<'a> {
    set: &'a WorkingSet,
    text: &'a Text,
    scheme: &'a Scheme,
}

type Planned = Result<(String, Vec<Change>), ActionError>;

impl Plan<'_> {
    fn get(&self, id: &AnnotationId) -> Result<&Arc<Annotation>, ActionError> {
        self.set.annotation(id).ok_or(ActionError::Gone)
    }

    /// An annotation whose spans can be changed, because they count in this text.
    fn placed(&self, id: &AnnotationId) -> Result<&Arc<Annotation>, ActionError> {
        if self.set.is_waiting(id) { Err(ActionError::Waiting) } else { self.get(id) }
    }

    /// The scheme's label of that name; nothing for the reserved one, which every project has.
    fn label(&self, name: &str) -> Result<Option<&Label>, ActionError> {
        match self.scheme.label(name) {
            None if name != PARATEXT => Err(ActionError::NoLabel(name.to_owned())),
            label => Ok(label),
        }
    }

    fn tag(&self, label: String, spans: Vec<Span>, tie: Option<AnnotationId>, stamp: &mut Stamp<'_>) -> Planned {
        self.label(&label)?;
        self.check_spans(&spans)?;
        let annotation = self.new_annotation(label, spans, stamp)?;
        let mut name = format!("Tag as {}", annotation.label);
        let mut changes = Vec::new();
        if let Some(other) = tie {
            let other = self.get(&other)?;
            let relation = self.relation_between(&annotation, other, None, stamp)?;
            let kind = relation.kind.replace('_', " ");
            name = if relation.from == annotation.id {
                format!("{name}, {kind} the {}", other.label)
            } else {
                format!("{name}, the {} {kind} it", other.label)
            };
            changes.push(Change::Relation(Diff::added(relation)));
        }
        changes.insert(0, Change::Annotation(Diff::added(annotation)));
        Ok((name, changes))
    }

    fn tag_like(&self, like: Labelling, spans: Vec<Span>, stamp: &mut Stamp<'_>) -> Planned {
        for (name, value) in &like.attributes {
            self.check_value(&like.label, name, value)?;
        }
        self.label(&like.label)?;
        self.check_spans(&spans)?;
        let mut annotation = self.new_annotation(like.label, spans, stamp)?;
        annotation.attributes = like.attributes;
        let mut name = format!("Tag as {}", annotation.label);
        let mut changes = Vec::new();
        if let Some(LikeTie { kind, other, out }) = like.tie {
            let other = self.get(&other)?;
            let (from, to) = if out { (&annotation, other.as_ref()) } else { (other.as_ref(), &annotation) };
            if !self.scheme.relation(&kind).is_some_and(|kind| kind.allows(&from.label, &to.label)) {
                return Err(ActionError::NoRelation(from.label.clone(), to.label.clone()));
            }
            name = format!("{name}, tied to the {}", other.label);
            let id = RelationId::from_bits((stamp.random)());
            let relation = Relation { id, kind, from: from.id.clone(), to: to.id.clone() };
            changes.push(Change::Relation(Diff::added(relation)));
        }
        changes.insert(0, Change::Annotation(Diff::added(annotation)));
        Ok((name, changes))
    }

    fn new_annotation(
        &self,
        label: String,
        spans: Vec<Span>,
        stamp: &mut Stamp<'_>,
    ) -> Result<Annotation, ActionError> {
        let mut annotation = Annotation {
            id: AnnotationId::from_bits((stamp.random)()),
            label,
            spans: Vec::new(),
            text: Vec::new(),
            attributes: BTreeMap::new(),
            note: String::new(),
            text_sha256: String::new(),
            origin: Origin::Human(stamp.annotator.clone()),
            created: stamp.time.to_owned(),
            decided: None,
        };
        self.put_spans(&mut annotation, spans)?;
        Ok(annotation)
    }

    fn delete(&self, id: &AnnotationId) -> Planned {
        let annotation = self.get(id)?;
        let mut changes: Vec<_> =
            self.set.relations_of(id).map(|relation| Change::Relation(Diff::removed(relation.clone()))).collect();
        changes.push(Change::Annotation(Diff::removed(annotation.clone())));
        let name = format!("Delete {}{}", annotation.label, removed(changes.len() - 1, "tie"));
        Ok((name, changes))
    }

    fn relabel(&self, id: &AnnotationId, label: String) -> Planned {
        let before = self.get(id)?;
        if before.label == label {
            return Err(ActionError::Same);
        }
        let known = self.label(&label)?;
        let stays = |name: &str, value: &str| {
            known.and_then(|label| label.attribute(name)).is_some_and(|attribute| attribute.values.allows(value))
        };
        let mut after = before.as_ref().clone();
        after.attributes.retain(|name, value| stays(name, value));
        let misfits: Vec<_> = self.set.relations_of(id).filter(|tie| self.misfits(tie, id, &label)).collect();
        let lost = before.attributes.len() - after.attributes.len();
        mark_changed(&mut after);
        let name = format!("Relabel as {label}{}{}", removed(lost, "attribute"), removed(misfits.len(), "tie"));
        after.label = label;
        let mut changes: Vec<_> = misfits.into_iter().map(|tie| Change::Relation(Diff::removed(tie.clone()))).collect();
        changes.push(Change::Annotation(Diff::changed(before.clone(), after)));
        Ok((name, changes))
    }

    /// Whether the scheme allows a tie now, and would not if the annotation `id` had another label.
    fn misfits(&self, tie: &Relation, id: &AnnotationId, label: &str) -> bool {
        let now = |end: &AnnotationId| self.set.annotation(end).map(|annotation| annotation.label.as_str());
        let then = |end: &AnnotationId| if end == id { Some(label) } else { now(end) };
        let allowed = |from: Option<&str>, to: Option<&str>| {
            let kind = self.scheme.relation(&tie.kind);
            kind.zip(from.zip(to)).is_some_and(|(kind, (from, to))| kind.allows(from, to))
        };
        allowed(now(&tie.from), now(&tie.to)) && !allowed(then(&tie.from), then(&tie.to))
    }

    fn place(&self, id: &AnnotationId, spans: Vec<Span>) -> Planned {
        self.check_spans(&spans)?;
        let mut annotation = self.get(id)?.as_ref().clone();
        if !self.set.is_waiting(id) {
            return Err(ActionError::Same);
        }
        annotation.text_sha256.clear();
        self.put_spans(&mut annotation, spans)?;
        self.becomes(id, "Place tag", annotation)
    }

    fn add_fragment(&self, id: &AnnotationId, span: Span) -> Planned {
        self.check_spans(&[span])?;
        let mut annotation = self.placed(id)?.as_ref().clone();
        let mut spans = std::mem::take(&mut annotation.spans);
        spans.push(span);
        self.put_spans(&mut annotation, spans)?;
        self.becomes(id, "Add fragment", annotation)
    }

    fn remove_fragment(&self, id: &AnnotationId, span: Span) -> Planned {
        let mut annotation = self.placed(id)?.as_ref().clone();
        let mut spans = std::mem::take(&mut annotation.spans);
        spans.retain(|other| *other != span);
        self.put_spans(&mut annotation, spans)?;
        self.becomes(id, "Remove fragment", annotation)
    }

    fn move_boundary(&self, id: &AnnotationId, edge: Edge, step: Step, forward: bool) -> Planned {
        let mut annotation = self.placed(id)?.as_ref().clone();
        let fragments = annotation.spans.len();
        let fragment = match edge {
            Edge::Start => annotation.spans.first_mut(),
            Edge::End => annotation.spans.last_mut(),
        };
        let fragment = fragment.ok_or(ActionError::Empty)?;
        let boundary = match edge {
            Edge::Start => &mut fragment.start,
            Edge::End => &mut fragment.end,
        };
        *boundary = self.stepped(*boundary, edge, step, forward).ok_or(ActionError::Blocked)?;
        if fragment.is_empty() {
            return Err(ActionError::Blocked);
        }
        let spans = std::mem::take(&mut annotation.spans);
        self.put_spans(&mut annotation, spans)?;
        if annotation.spans.len() != fragments {
            return Err(ActionError::Blocked);
        }
        let name = match edge {
            Edge::Start => "Move start",
            Edge::End => "Move end",
        };
        self.becomes(id, name, annotation)
    }

    fn reshape(&self, id: &AnnotationId, from: Span, to: Span) -> Planned {
        self.check_spans(&[to])?;
        let mut annotation = self.placed(id)?.as_ref().clone();
        let fragment = annotation.spans.iter_mut().find(|span| **span == from).ok_or(ActionError::Gone)?;
        *fragment = to;
        let (fragments, spans) = (annotation.spans.len(), std::mem::take(&mut annotation.spans));
        self.put_spans(&mut annotation, spans)?;
        if annotation.spans.len() != fragments {
            return Err(ActionError::Blocked);
        }
        let name = if from.start == to.start { "Move end" } else { "Move start" };
        self.becomes(id, name, annotation)
    }

    fn set_spans(&self, id: &AnnotationId, spans: Vec<Span>) -> Planned {
        self.check_spans(&spans)?;
        let mut annotation = self.placed(id)?.as_ref().clone();
        self.put_spans(&mut annotation, spans)?;
        self.becomes(id, "Mend the ends", annotation)
    }

    fn stepped(&self, from: Offset, edge: Edge, step: Step, forward: bool) -> Option<Offset> {
        let mut to = match (step, edge) {
            (Step::Character, _) => snap::cluster_step(self.text, from, forward),
            (Step::Word, Edge::Start) => snap::word_start_step(self.text, from, forward),
            (Step::Word, Edge::End) => snap::word_end_step(self.text, from, forward),
        }?;
        // From inside a cluster, as another program may have left the boundary, a step can end inside one.
        while snap::cuts_cluster(self.text, to) {
            to = snap::cluster_step(self.text, to, forward)?;
        }
        Some(to)
    }

    fn set_attribute(&self, id: &AnnotationId, name: String, value: Option<String>) -> Planned {
        if let Some(value) = &value {
            self.check_value(&self.get(id)?.label, &name, value)?;
        }
        self.edit(id, &format!("Set {}", name.replace('_', " ")), |annotation| {
            match value {
                Some(value) => annotation.attributes.insert(name, value),
                None => annotation.attributes.remove(&name),
            };
        })
    }

    fn set_attributes(&self, id: &AnnotationId, values: BTreeMap<String, String>) -> Planned {
        let label = &self.get(id)?.label;
        for (name, value) in &values {
            self.check_value(label, name, value)?;
        }
        self.edit(id, "Set attributes", |annotation| annotation.attributes = values)
    }

    fn check_value(&self, label: &str, name: &str, value: &str) -> Result<(), ActionError> {
        if label == PARATEXT && (name, value) == REJECTED {
            return Ok(());
        }
        let attribute = self.scheme.label(label).and_then(|label| label.attribute(name));
        let Attribute { values, .. } =
            attribute.ok_or_else(|| ActionError::NoAttribute { label: label.to_owned(), name: name.to_owned() })?;
        if values.allows(value) {
            return Ok(());
        }
        Err(ActionError::NoValue { name: name.to_owned(), value: value.to_owned() })
    }

    fn tie(&self, from: &AnnotationId, to: &AnnotationId, kind: Option<String>, stamp: &mut Stamp<'_>) -> Planned {
        let relation = self.relation_between(self.get(from)?, self.get(to)?, kind, stamp)?;
        let name = format!("Tie: {}", relation.kind.replace('_', " "));
        Ok((name, vec![Change::Relation(Diff::added(relation))]))
    }

    fn retie(&self, id: &RelationId, to: &AnnotationId, stamp: &mut Stamp<'_>) -> Planned {
        let before = self.set.relation(id).ok_or(ActionError::Gone)?;
        let after = self.relation_between(self.get(&before.from)?, self.get(to)?, None, stamp)?;
        let name = format!("Tie: {}", after.kind.replace('_', " "));
        let after = Relation { id: id.clone(), ..after };
        Ok((name, vec![Change::Relation(Diff::changed(before.clone(), after))]))
    }

    fn relation_between(
        &self,
        one: &Annotation,
        other: &Annotation,
        kind: Option<String>,
        stamp: &mut Stamp<'_>,
    ) -> Result<Relation, ActionError> {
        let no_relation = || ActionError::NoRelation(one.label.clone(), other.label.clone());
        if one.id == other.id {
            return Err(no_relation());
        }
        let wanted = |name: &str| kind.as_ref().is_none_or(|kind| kind == name);
        let first = |from: &Annotation, to: &Annotation| {
            self.scheme.relations_between(&from.label, &to.label).find(|kind| wanted(&kind.name)).map(|kind| {
                let id = RelationId::from_bits((stamp.random)());
                Relation { id, kind: kind.name.clone(), from: from.id.clone(), to: to.id.clone() }
            })
        };
        let mut first = first;
        let relation = first(one, other).or_else(|| first(other, one)).ok_or_else(no_relation)?;
        let same = |there: &&Arc<Relation>| {
            there.kind == relation.kind && there.from == relation.from && there.to == relation.to
        };
        if self.set.relations_of(&one.id).any(|there| same(&there)) {
            return Err(ActionError::Tied(relation.kind));
        }
        Ok(relation)
    }

    fn set_progress(&self, after: Progress) -> Planned {
        let before = self.set.progress();
        if before == after {
            return Err(ActionError::Same);
        }
        let name = match after {
            Progress::Finished => "Mark as finished",
            Progress::InProgress => "Reopen",
        };
        Ok((name.to_owned(), vec![Change::Progress { before, after }]))
    }

    fn edit(&self, id: &AnnotationId, name: &str, change: impl FnOnce(&mut Annotation)) -> Planned {
        let mut annotation = self.get(id)?.as_ref().clone();
        change(&mut annotation);
        self.becomes(id, name, annotation)
    }

    fn becomes(&self, id: &AnnotationId, name: &str, mut after: Annotation) -> Planned {
        let before = self.get(id)?;
        if **before == after {
            return Err(ActionError::Same);
        }
        // Giving one that waits a place in a corrected text says nothing of what was proposed.
        let spans = before.text_sha256.is_empty() && before.spans != after.spans;
        // A value where none was proposed only adds to it.
        let mut values = before.attributes.iter();
        if spans || values.any(|(name, value)| after.attributes.get(name) != Some(value)) {
            mark_changed(&mut after);
        }
        Ok((name.to_owned(), vec![Change::Annotation(Diff::changed(before.clone(), after))]))
    }

    /// Refuses spans that lie outside the text or cut what a reader sees as one character.
    fn check_spans(&self, spans: &[Span]) -> Result<(), ActionError> {
        let spans = || spans.iter().filter(|span| !span.is_empty());
        if let Some(span) = spans().find(|span| span.end > self.text.len()) {
            return Err(ActionError::Outside(*span));
        }
        let mut boundaries = spans().flat_map(|span| [span.start, span.end]);
        let cut = boundaries.find(|&offset| snap::cuts_cluster(self.text, offset));
        cut.map_or(Ok(()), |offset| Err(ActionError::CutsCharacter(offset)))
    }

    /// Gives an annotation its fragments: in the order of the text, those that touch joined, each with
    /// its exact characters.
    fn put_spans(&self, annotation: &mut Annotation, spans: Vec<Span>) -> Result<(), ActionError> {
        let joined = joined(spans);
        if joined.is_empty() {
            return Err(ActionError::Empty);
        }
        let exact = |&span: &Span| self.text.slice(span).map(str::to_owned).ok_or(ActionError::Outside(span));
        annotation.text = joined.iter().map(exact).collect::<Result<_, _>>()?;
        annotation.spans = joined;
        Ok(())
    }
}

/// Fragments as an annotation has them: in the order of the text, those that touch joined.
pub(crate) fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|span| !span.is_empty());
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// Remembers that a person has changed what a program proposed and they accepted.
fn mark_changed(annotation: &mut Annotation) {
    if let Origin::Rule { confirmed_by: Some(_), changed, .. } | Origin::Model { confirmed_by: Some(_), changed, .. } =
        &mut annotation.origin
    {
        *changed = true;
    }
}

/// What goes with a change: `, 2 ties removed`; nothing for none.
fn removed(number: usize, noun: &str) -> String {
    match number {
        0 => String::new(),
        1 => format!(", 1 {noun} removed"),
        _ => format!(", {number} {noun}s removed"),
    }
}
