//! A record on its way into a format: what the format can hold of it, decided before a byte is written.

use std::collections::BTreeMap;

use super::{Account, Annotation, Fate, Reason, Record, Relation, Thing};

/// What a format can hold beside documents and spans with labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// What it does with an annotation of several fragments.
    pub fragments: Fragments,
    /// Whether it has relations.
    pub relations: bool,
    /// Whether annotations have attributes.
    pub attributes: bool,
    /// Whether annotations have notes.
    pub notes: bool,
}

/// What a format does with an annotation of several fragments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fragments {
    /// Keeps them together.
    Kept,
    /// Writes each as a span of its own, without saying that they belong together.
    Split,
    /// Writes one span from the first to the last, with the words between.
    Hull,
}

impl Fragments {
    /// What that does to an annotation of several fragments, for people.
    const fn why(self) -> Option<&'static str> {
        match self {
            Self::Kept => None,
            Self::Split => Some("its fragments are written as spans of their own"),
            Self::Hull => Some("its fragments became one span that holds the words between"),
        }
    }
}

impl Holds {
    /// A format that keeps everything.
    pub const ALL: Self = Self { fragments: Fragments::Kept, relations: true, attributes: true, notes: true };
    /// A format that keeps only spans with labels.
    pub const SPANS: Self = Self { fragments: Fragments::Hull, relations: false, attributes: false, notes: false };
}

/// A record, and what becomes of each thing in it. What is not marked is written as it is.
///
/// An encoder marks what its format cannot hold and then writes what [`Entry::annotations`], [`Entry::relations`],
/// [`Entry::attributes`] and [`Entry::note`] give: the account is made of the same marks, so it cannot say anything
/// else than was done.
#[derive(Clone, Debug)]
pub struct Entry {
    record: Record,
    holds: Holds,
    marks: BTreeMap<Thing, Vec<(Fate, Reason)>>,
}

impl Entry {
    /// A record on its way into a format that holds this much.
    #[must_use]
    pub fn new(record: Record, holds: Holds) -> Self {
        Self { record, holds, marks: BTreeMap::new() }
    }

    /// The record as it is.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Says that something is written in part, or otherwise.
    pub fn degrade(&mut self, thing: Thing, why: impl Into<Reason>) {
        self.mark(thing, Fate::Degraded, why.into());
    }

    /// Says that something is not written. With an annotation go its fragments, attributes, note and relations; with
    /// a document all that is in it.
    pub fn leave_out(&mut self, thing: Thing, why: impl Into<Reason>) {
        self.mark(thing, Fate::LeftOut, why.into());
    }

    fn mark(&mut self, thing: Thing, fate: Fate, why: Reason) {
        let marks = self.marks.entry(thing).or_default();
        if !marks.iter().any(|(_, reason)| *reason == why) {
            marks.push((fate, why));
        }
    }

    /// Whether something is written, if only in part.
    #[must_use]
    pub fn keeps(&self, thing: Thing) -> bool {
        self.why_not(thing).is_none()
    }

    /// The annotations that are written, with their places.
    pub fn annotations(&self) -> impl Iterator<Item = (usize, &Annotation)> {
        self.record.annotations.iter().enumerate().filter(|(at, _)| self.keeps(Thing::Annotation(*at)))
    }

    /// The relations that are written, with their places.
    pub fn relations(&self) -> impl Iterator<Item = (usize, &Relation)> {
        self.record.relations.iter().enumerate().filter(|(at, _)| self.keeps(Thing::Relation(*at)))
    }

    /// The attributes of an annotation that are written.
    pub fn attributes(&self, annotation: usize) -> impl Iterator<Item = (&str, &str)> {
        let all = self.record.annotations.get(annotation).into_iter().flat_map(|annotation| &annotation.attributes);
        let kept = all.enumerate().filter(move |(at, _)| self.keeps(Thing::Attribute(annotation, *at)));
        kept.map(|(_, (name, value))| (name.as_str(), value.as_str()))
    }

    /// The note of an annotation, if it has one that is written.
    #[must_use]
    pub fn note(&self, annotation: usize) -> Option<&str> {
        let note = self.record.annotations.get(annotation).map(|annotation| annotation.note.as_str());
        note.filter(|note| !note.is_empty() && self.keeps(Thing::Note(annotation)))
    }

    /// Adds to an account what became of everything.
    pub fn settle(&self, account: &mut Account) {
        account.count(Thing::Document, &self.record, self.fate(Thing::Document));
        for (at, annotation) in self.record.annotations.iter().enumerate() {
            let fragments = (0..annotation.spans.len()).map(|fragment| Thing::Fragment(at, fragment));
            let attributes = (0..annotation.attributes.len()).map(|attribute| Thing::Attribute(at, attribute));
            let note = (!annotation.note.is_empty()).then_some(Thing::Note(at));
            for thing in [Thing::Annotation(at)].into_iter().chain(fragments).chain(attributes).chain(note) {
                account.count(thing, &self.record, self.fate(thing));
            }
        }
        for at in 0..self.record.relations.len() {
            account.count(Thing::Relation(at), &self.record, self.fate(Thing::Relation(at)));
        }
    }

    /// Why something is not written; nothing if it is.
    fn why_not(&self, thing: Thing) -> Option<Reason> {
        let mut marks = self.marks.get(&thing).into_iter().flatten();
        if let Some((_, why)) = marks.find(|(fate, _)| *fate == Fate::LeftOut) {
            return Some(why.clone());
        }
        let lacks = |has: bool, why: &'static str| (!has).then_some(Reason::Borrowed(why));
        match thing {
            Thing::Document => None,
            Thing::Annotation(_) => self.why_not(Thing::Document),
            Thing::Fragment(at, _) => self.why_not(Thing::Annotation(at)),
            Thing::Attribute(at, _) => self
                .why_not(Thing::Annotation(at))
                .or_else(|| lacks(self.holds.attributes, "the format has no attributes")),
            Thing::Note(at) => {
                self.why_not(Thing::Annotation(at)).or_else(|| lacks(self.holds.notes, "the format has no notes"))
            }
            Thing::Relation(at) => lacks(self.holds.relations, "the format has no relations").or_else(|| {
                let relation = self.record.relations.get(at)?;
                let whole = [relation.from, relation.to].iter().all(|end| self.keeps(Thing::Annotation(*end)));
                lacks(whole, "an end of it is left out")
            }),
        }
    }

    /// What becomes of something that is not written as it is, and why.
    fn fate(&self, thing: Thing) -> Option<(Fate, Vec<Reason>)> {
        if let Some(why) = self.why_not(thing) {
            return Some((Fate::LeftOut, vec![why]));
        }
        let mut reasons: Vec<Reason> = Vec::new();
        if let (Some(why), Thing::Annotation(at) | Thing::Fragment(at, _)) = (self.holds.fragments.why(), thing)
            && self.record.annotations[at].spans.len() > 1
        {
            reasons.push(why.into());
        }
        reasons.extend(self.marks.get(&thing).into_iter().flatten().map(|(_, why)| why.clone()));
        (!reasons.is_empty()).then_some((Fate::Degraded, reasons))
    }
}
