//! Records from the files of web tools, which list one span after the other: each is checked, gets an id of its own,
//! and those that are fragments of one annotation are put together again.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use ascribe_schema::{Offset, Span, Text};
use serde_json::Value;

use super::{Annotation, Kind, Meta, Record, Relation, Told, Unit, elements::Place, misfit};

/// A record that is being put together.
#[derive(Default)]
pub(super) struct Regions<'a> {
    place: Place<'a>,
    record: Record,
    ids: HashSet<String>,
    /// The annotation that a later fragment has become part of, by the place of the fragment.
    parts: HashMap<usize, usize>,
    relation_ids: HashSet<String>,
}

impl<'a> Regions<'a> {
    /// A record without annotations.
    pub fn new(place: Place<'a>, id: String, text: String, annotator: String) -> Self {
        let record = Record { id, text: Arc::new(Text::new(text)), annotator, ..Record::default() };
        Self { place, record, ids: HashSet::new(), parts: HashMap::new(), relation_ids: HashSet::new() }
    }

    /// The record's text.
    pub fn text(&self) -> Arc<Text> {
        self.record.text.clone()
    }

    /// What is known of the document.
    pub fn meta(&mut self) -> &mut Meta {
        &mut self.record.meta
    }

    /// An annotation, to say more of it.
    pub fn get(&mut self, at: usize) -> &mut Annotation {
        &mut self.record.annotations[at]
    }

    /// Adds an annotation and gives its place; one that does not fit is told with its content. An id that is empty or
    /// taken is replaced.
    pub fn add(&mut self, mut annotation: Annotation, content: &Value, told: &mut Told) -> Option<usize> {
        let unlabelled = annotation.label.is_empty().then(|| "it has no label".to_owned());
        if let Some(why) = unlabelled.or_else(|| misfit(&self.record.text, &annotation.spans)) {
            told.refuse(self.place, Kind::Annotation, why, content.to_string());
            return None;
        }
        let at = self.record.annotations.len();
        if annotation.id.is_empty() {
            annotation.id = format!("a{}", at + 1);
        } else if self.ids.contains(&annotation.id) {
            told.note("an annotation got another id, because its own was taken");
        }
        annotation.id = free(annotation.id, at, |id| self.ids.contains(id));
        self.ids.insert(annotation.id.clone());
        self.record.annotations.push(annotation);
        Some(at)
    }

    /// The notes of all annotations.
    pub fn notes(&self) -> HashSet<String> {
        self.record.annotations.iter().map(|annotation| annotation.note.clone()).collect()
    }

    /// Makes spans fragments of an annotation that is there, if they fit beside its own.
    pub fn extend(&mut self, at: usize, spans: &[Span]) -> bool {
        let own = &mut self.record.annotations[at].spans;
        let place = |own: &[Span], span: &Span| own.partition_point(|other| other.start < span.start);
        let apart = |span: &Span| {
            let place = place(own, span);
            let before = place.checked_sub(1).and_then(|before| own.get(before));
            before.is_none_or(|before| before.end <= span.start)
                && own.get(place).is_none_or(|next| span.end <= next.start)
        };
        let fits = misfit(&self.record.text, spans).is_none() && spans.iter().all(apart);
        for span in spans.iter().filter(|_| fits) {
            own.insert(place(own, span), *span);
        }
        fits
    }

    /// Makes an annotation's spans fragments of another with the same label, if they fit beside those.
    pub fn join(&mut self, part: usize, whole: usize) -> bool {
        let (part, whole) = (self.whole(part), self.whole(whole));
        let annotations = &self.record.annotations;
        let spans = annotations[part].spans.clone();
        let joined = part != whole && annotations[part].label == annotations[whole].label && self.extend(whole, &spans);
        if joined {
            self.parts.insert(part, whole);
        }
        joined
    }

    /// The annotation that one has become part of, or itself.
    fn whole(&mut self, at: usize) -> usize {
        let (mut whole, mut steps) = (at, Vec::new());
        while let Some(next) = self.parts.get(&whole) {
            steps.push(whole);
            whole = *next;
        }
        // So that a long chain is walked once only.
        self.parts.extend(steps.into_iter().map(|step| (step, whole)));
        whole
    }

    /// Adds a relation; an id that is empty or taken is replaced.
    pub fn tie(&mut self, id: String, kind: String, from: usize, to: usize) {
        let id = if id.is_empty() { format!("r{}", self.record.relations.len() + 1) } else { id };
        let id = free(id, self.record.relations.len(), |id| self.relation_ids.contains(id));
        self.relation_ids.insert(id.clone());
        self.record.relations.push(Relation { id, kind, from, to });
    }

    /// Tells a relation that does not fit.
    pub fn refuse(&self, kind: Kind, reason: impl Into<String>, content: &Value, told: &mut Told) {
        told.refuse(self.place, kind, reason, content.to_string());
    }

    /// The record.
    pub fn finish(mut self) -> Record {
        let wholes: Vec<_> = (0..self.record.annotations.len()).map(|at| self.whole(at)).collect();
        for relation in &mut self.record.relations {
            (relation.from, relation.to) = (wholes[relation.from], wholes[relation.to]);
        }
        self.record.retain(|at, _| wholes[at] == at);
        self.record
    }
}

/// The id, or one like it that is not taken; `number` differs each time.
fn free(id: String, mut number: usize, taken: impl Fn(&str) -> bool) -> String {
    if !taken(&id) {
        return id;
    }
    loop {
        number += 1;
        let other = format!("{id}-{number}");
        if !taken(&other) {
            return other;
        }
    }
}

/// The span between two offsets, or why there is none.
pub(super) fn span(text: &Text, start: Option<u64>, end: Option<u64>, unit: Unit) -> Result<Span, String> {
    let (Some(start), Some(end)) = (start, end) else { return Err("its offsets are no whole numbers".to_owned()) };
    let offset = |at: u64| match unit {
        Unit::CodePoints => u32::try_from(at).ok().map(Offset).filter(|at| *at <= text.len()),
        Unit::Utf16 => usize::try_from(at).ok().and_then(|at| text.offset_of_utf16(at)),
    };
    match (offset(start), offset(end)) {
        (Some(start), Some(end)) => Ok(Span { start, end }),
        _ if unit == Unit::Utf16 => {
            Err(format!("its span {start}–{end}, in UTF-16 code units, ends past the text or lies inside a character"))
        }
        _ => Err(format!("its span {start}–{end} ends past the text, which has {} characters", text.len())),
    }
}

/// A text or number as text; nothing of anything else.
pub(super) fn word(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A whole number.
pub(super) fn number(value: Option<&Value>) -> Option<u64> {
    let value = value?;
    let whole = |number: f64| (number >= 0.0 && number.fract() == 0.0 && number < 1e15).then_some(number as u64);
    value.as_u64().or_else(|| value.as_f64().and_then(whole))
}

/// An object's members as attributes: texts as they are, all else as JSON, but for what is null.
pub(super) fn words(value: Option<&Value>) -> BTreeMap<String, String> {
    let members = value.and_then(Value::as_object).into_iter().flatten().filter(|(_, value)| !value.is_null());
    members.map(|(name, value)| (name.clone(), word(Some(value)).unwrap_or_else(|| value.to_string()))).collect()
}
