//! From what a person wants to a transaction: pure functions that change nothing themselves.

use std::{collections::BTreeMap, sync::Arc};

use ascribe_schema::{
    Annotation, AnnotationId, AnnotatorName, Offset, Origin, Progress, Relation, RelationId, Scheme, Span, Text,
};

use crate::{Change, Diff, Transaction, WorkingSet, snap};

/// What new annotations and relations are stamped with; time and randomness come from outside.
pub struct Stamp<'a> {
    /// Whose work it is.
    pub annotator: &'a AnnotatorName,
    /// The time, as RFC 3339 in UTC.
    pub time: &'a str,
    /// Gives 64 random bits a call, for ids.
    pub random: &'a mut dyn FnMut() -> u64,
}

/// What a person wants to do to their set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Tag spans with a label; and tie the new annotation to another, either way round, by the first
    /// relation type of the scheme that fits.
    Tag {
        /// The name of the label.
        label: String,
        /// The fragments.
        spans: Vec<Span>,
        /// What to tie it to.
        tie: Option<AnnotationId>,
    },
    /// Delete an annotation, and the relations that it is part of.
    Delete(AnnotationId),
    /// Give an annotation another label; attributes that the label does not have go.
    Relabel(AnnotationId, String),
    /// Give an annotation one more fragment; fragments that touch become one.
    AddFragment(AnnotationId, Span),
    /// Take one fragment from an annotation that has several.
    RemoveFragment(AnnotationId, Span),
    /// Move the start or the end of an annotation.
    MoveBoundary {
        /// The annotation.
        id: AnnotationId,
        /// Which of its two ends.
        edge: Edge,
        /// By how much.
        step: Step,
        /// To the end of the text, or to its beginning.
        forward: bool,
    },
    /// Give an attribute a value, or none.
    SetAttribute {
        /// The annotation.
        id: AnnotationId,
        /// The attribute's name.
        name: String,
        /// Its value.
        value: Option<String>,
    },
    /// Write or clear the note.
    SetNote(AnnotationId, String),
    /// Tie two annotations, either way round, by the named relation type or else the first that fits.
    Tie {
        /// One end.
        from: AnnotationId,
        /// The other.
        to: AnnotationId,
        /// The relation type, if not the first that fits.
        kind: Option<String>,
    },
    /// Take a relation away.
    Untie(RelationId),
    /// Mark the document as finished, or reopen it.
    SetProgress(Progress),
}

/// An end of an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// Where it starts.
    Start,
    /// Where it ends.
    End,
}

/// How far to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// One grapheme cluster: what a reader sees as one character.
    Character,
    /// To the next end or start of a word.
    Word,
}

/// Why an action cannot be carried out, in words for the person who wanted it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// There is nothing at that place.
    #[error("nothing is selected")]
    Empty,
    /// It has been deleted meanwhile.
    #[error("this annotation is no longer there")]
    Gone,
    /// The span lies outside the text.
    #[error("the span {0} lies outside the text")]
    Outside(Span),
    /// The scheme has no relation between two such annotations.
    #[error("no relation of this project ties a {0} to a {1}")]
    NoRelation(String, String),
    /// The tie is there already.
    #[error("the two are already tied by `{0}`")]
    Tied(String),
    /// The boundary would cross the other end, another fragment, or the end of the text.
    #[error("the boundary cannot move further")]
    Blocked,
    /// Nothing would change.
    #[error("nothing to change")]
    Same,
}

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
        Action::Delete(id) => plan.delete(&id)?,
        Action::Relabel(id, label) => plan.relabel(&id, label)?,
        Action::AddFragment(id, span) => plan.add_fragment(&id, span)?,
        Action::RemoveFragment(id, span) => plan.remove_fragment(&id, span)?,
        Action::MoveBoundary { id, edge, step, forward } => plan.move_boundary(&id, edge, step, forward)?,
        Action::SetAttribute { id, name, value } => plan.set_attribute(&id, name, value)?,
        Action::SetNote(id, note) => plan.edit(&id, "Change note", |annotation| annotation.note = note)?,
        Action::Tie { from, to, kind } => plan.tie(&from, &to, kind, stamp)?,
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

    fn tag(&self, label: String, spans: Vec<Span>, tie: Option<AnnotationId>, stamp: &mut Stamp<'_>) -> Planned {
        let mut annotation = Annotation {
            id: AnnotationId::from_bits((stamp.random)()),
            label,
            spans: Vec::new(),
            text: Vec::new(),
            attributes: BTreeMap::new(),
            note: String::new(),
            origin: Origin::Human(stamp.annotator.clone()),
            created: stamp.time.to_owned(),
        };
        self.put_spans(&mut annotation, spans)?;
        let mut name = format!("Tag as {}", annotation.label);
        let mut changes = Vec::new();
        if let Some(other) = tie {
            let other = self.get(&other)?;
            let relation = self.relation_between(&annotation, other, None, stamp)?;
            name = format!("{name}, {}", relation.kind.replace('_', " "));
            changes.push(Change::Relation(Diff::added(relation)));
        }
        changes.insert(0, Change::Annotation(Diff::added(annotation)));
        Ok((name, changes))
    }

    fn delete(&self, id: &AnnotationId) -> Planned {
        let annotation = self.get(id)?;
        let mut changes: Vec<_> =
            self.set.relations_of(id).map(|relation| Change::Relation(Diff::removed(relation.clone()))).collect();
        changes.push(Change::Annotation(Diff::removed(annotation.clone())));
        Ok((format!("Delete {}", annotation.label), changes))
    }

    fn relabel(&self, id: &AnnotationId, label: String) -> Planned {
        let known = self.scheme.label(&label);
        self.edit(id, &format!("Relabel as {label}"), |annotation| {
            annotation.attributes.retain(|name, _| known.is_none_or(|label| label.attribute(name).is_some()));
            annotation.label = label;
        })
    }

    fn add_fragment(&self, id: &AnnotationId, span: Span) -> Planned {
        let mut annotation = self.get(id)?.as_ref().clone();
        let mut spans = std::mem::take(&mut annotation.spans);
        spans.push(span);
        self.put_spans(&mut annotation, spans)?;
        self.becomes(id, "Add fragment", annotation)
    }

    fn remove_fragment(&self, id: &AnnotationId, span: Span) -> Planned {
        let mut annotation = self.get(id)?.as_ref().clone();
        let mut spans = std::mem::take(&mut annotation.spans);
        spans.retain(|other| *other != span);
        self.put_spans(&mut annotation, spans)?;
        self.becomes(id, "Remove fragment", annotation)
    }

    fn move_boundary(&self, id: &AnnotationId, edge: Edge, step: Step, forward: bool) -> Planned {
        let mut annotation = self.get(id)?.as_ref().clone();
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
        *boundary = self.stepped(*boundary, step, forward).ok_or(ActionError::Blocked)?;
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

    fn stepped(&self, from: Offset, step: Step, forward: bool) -> Option<Offset> {
        match step {
            Step::Character => snap::cluster_step(self.text, from, forward),
            Step::Word => snap::word_step(self.text, from, forward),
        }
    }

    fn set_attribute(&self, id: &AnnotationId, name: String, value: Option<String>) -> Planned {
        self.edit(id, &format!("Set {}", name.replace('_', " ")), |annotation| {
            match value {
                Some(value) => annotation.attributes.insert(name, value),
                None => annotation.attributes.remove(&name),
            };
        })
    }

    fn tie(&self, from: &AnnotationId, to: &AnnotationId, kind: Option<String>, stamp: &mut Stamp<'_>) -> Planned {
        let relation = self.relation_between(self.get(from)?, self.get(to)?, kind, stamp)?;
        let name = format!("Tie: {}", relation.kind.replace('_', " "));
        Ok((name, vec![Change::Relation(Diff::added(relation))]))
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

    fn becomes(&self, id: &AnnotationId, name: &str, after: Annotation) -> Planned {
        let before = self.get(id)?;
        if **before == after {
            return Err(ActionError::Same);
        }
        Ok((name.to_owned(), vec![Change::Annotation(Diff::changed(before.clone(), after))]))
    }

    /// Gives an annotation its fragments: in the order of the text, those that touch joined, each with
    /// its exact characters.
    fn put_spans(&self, annotation: &mut Annotation, mut spans: Vec<Span>) -> Result<(), ActionError> {
        spans.retain(|span| !span.is_empty());
        spans.sort_unstable();
        let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match joined.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => joined.push(span),
            }
        }
        if joined.is_empty() {
            return Err(ActionError::Empty);
        }
        let exact = |&span: &Span| self.text.slice(span).map(str::to_owned).ok_or(ActionError::Outside(span));
        annotation.text = joined.iter().map(exact).collect::<Result<_, _>>()?;
        annotation.spans = joined;
        Ok(())
    }
}
