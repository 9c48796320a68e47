//! What became of everything in a dataset: each document, annotation, fragment, relation, attribute and note.

use std::{borrow::Cow, collections::BTreeMap};

use serde::Serialize;

use super::{Annotation, Record};

/// How many examples of each loss are kept.
const EXAMPLES: usize = 3;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A document, with one annotator's work.
    Document,
    /// An annotation.
    Annotation,
    /// A span of an annotation.
    Fragment,
    /// A relation.
    Relation,
    /// An attribute's value.
    Attribute,
    /// An annotation's note.
    Note,
}

/// One countable thing of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// The record itself.
    Document,
    /// An annotation, by its place.
    Annotation(usize),
    /// A fragment, by its annotation's place and its own.
    Fragment(usize, usize),
    /// A relation, by its place.
    Relation(usize),
    /// An attribute, by its annotation's place and its own in the order of names.
    Attribute(usize, usize),
    /// An annotation's note.
    Note(usize),
}

/// What became of something that was not written as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It was written, but not all of it, or otherwise.
    Degraded,
    /// It was not written.
    LeftOut,
}

/// Why something is not as it was, for people.
pub type Reason = Cow<'static, str>;

/// Numbers of one kind of thing. `written + degraded + left_out` is how many there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Numbers {
    /// Written as they are.
    pub written: usize,
    /// Written in part, or otherwise.
    pub degraded: usize,
    /// Not written.
    pub left_out: usize,
}

/// How many things met one fate for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// How many.
    pub count: usize,
    /// The first few: `document annotation`.
    pub examples: Vec<String>,
}

/// What became of everything that was to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    numbers: BTreeMap<Kind, Numbers>,
    losses: BTreeMap<(Fate, Kind, Reason), Loss>,
}

impl Kind {
    /// All kinds, in the order in which they are told.
    pub const ALL: [Self; 6] =
        [Self::Document, Self::Annotation, Self::Fragment, Self::Relation, Self::Attribute, Self::Note];

    /// The word for one or many.
    #[must_use]
    pub const fn word(self, count: usize) -> &'static str {
        match (self, count == 1) {
            (Self::Document, true) => "document",
            (Self::Document, false) => "documents",
            (Self::Annotation, true) => "annotation",
            (Self::Annotation, false) => "annotations",
            (Self::Fragment, true) => "fragment",
            (Self::Fragment, false) => "fragments",
            (Self::Relation, true) => "relation",
            (Self::Relation, false) => "relations",
            (Self::Attribute, true) => "attribute",
            (Self::Attribute, false) => "attributes",
            (Self::Note, true) => "note",
            (Self::Note, false) => "notes",
        }
    }

    /// How many of each kind an annotation counts as: itself, its fragments, its attributes, its note.
    pub(super) fn of(annotation: &Annotation) -> [(Self, usize); 4] {
        [
            (Self::Annotation, 1),
            (Self::Fragment, annotation.spans.len()),
            (Self::Attribute, annotation.attributes.len()),
            (Self::Note, usize::from(!annotation.note.is_empty())),
        ]
    }

    /// How many of these a record has.
    #[must_use]
    pub fn count(self, record: &Record) -> usize {
        let annotations = record.annotations.iter();
        match self {
            Self::Document => 1,
            Self::Annotation => annotations.len(),
            Self::Fragment => annotations.map(|annotation| annotation.spans.len()).sum(),
            Self::Relation => record.relations.len(),
            Self::Attribute => annotations.map(|annotation| annotation.attributes.len()).sum(),
            Self::Note => annotations.filter(|annotation| !annotation.note.is_empty()).count(),
        }
    }
}

impl Thing {
    /// What kind of thing it is.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::Document => Kind::Document,
            Self::Annotation(_) => Kind::Annotation,
            Self::Fragment(..) => Kind::Fragment,
            Self::Relation(_) => Kind::Relation,
            Self::Attribute(..) => Kind::Attribute,
            Self::Note(_) => Kind::Note,
        }
    }

    /// What a person finds it by.
    fn name(self, record: &Record) -> String {
        let own = match self {
            Self::Document => return record.id.clone(),
            Self::Relation(at) => record.relations.get(at).map(|relation| &relation.id),
            Self::Annotation(at) | Self::Fragment(at, _) | Self::Attribute(at, _) | Self::Note(at) => {
                record.annotations.get(at).map(|annotation| &annotation.id)
            }
        };
        format!("{} {}", record.id, own.map_or("", String::as_str))
    }
}

impl Numbers {
    /// How many there were.
    #[must_use]
    pub const fn all(self) -> usize {
        self.written + self.degraded + self.left_out
    }
}

impl Account {
    /// The numbers of one kind.
    #[must_use]
    pub fn numbers(&self, kind: Kind) -> Numbers {
        self.numbers.get(&kind).copied().unwrap_or_default()
    }

    /// What was not written as it is, and why. One thing may be degraded for several reasons.
    pub fn losses(&self) -> impl Iterator<Item = (Fate, Kind, &str, &Loss)> {
        self.losses.iter().map(|((fate, kind, reason), loss)| (*fate, *kind, reason.as_ref(), loss))
    }

    /// Whether anything is not as it was.
    #[must_use]
    pub fn has_losses(&self) -> bool {
        !self.losses.is_empty()
    }

    /// Counts one thing of a record: written as it is, or what became of it and why.
    pub(super) fn count(&mut self, thing: Thing, record: &Record, fate: Option<(Fate, Vec<Reason>)>) {
        let numbers = self.numbers.entry(thing.kind()).or_default();
        let Some((fate, reasons)) = fate else {
            numbers.written += 1;
            return;
        };
        match fate {
            Fate::Degraded => numbers.degraded += 1,
            Fate::LeftOut => numbers.left_out += 1,
        }
        for reason in reasons {
            let loss = self.losses.entry((fate, thing.kind(), reason)).or_default();
            loss.count += 1;
            if loss.examples.len() < EXAMPLES {
                loss.examples.push(thing.name(record));
            }
        }
    }

    /// Adds what became of a whole record that no format was asked to write.
    pub fn leave_out_record(&mut self, record: &Record, reason: impl Into<Reason>) {
        let reason = reason.into();
        for kind in Kind::ALL {
            self.leave_out(kind, kind.count(record), reason.clone(), || record.id.clone());
        }
    }

    /// Adds things that were left out before any format was asked.
    pub fn leave_out(&mut self, kind: Kind, count: usize, reason: impl Into<Reason>, example: impl FnOnce() -> String) {
        if count == 0 {
            return;
        }
        self.numbers.entry(kind).or_default().left_out += count;
        let loss = self.losses.entry((Fate::LeftOut, kind, reason.into())).or_default();
        loss.count += count;
        if loss.examples.len() < EXAMPLES {
            loss.examples.push(example());
        }
    }

    /// Adds another part's account.
    pub fn add(&mut self, other: Self) {
        for (kind, numbers) in other.numbers {
            let sum = self.numbers.entry(kind).or_default();
            sum.written += numbers.written;
            sum.degraded += numbers.degraded;
            sum.left_out += numbers.left_out;
        }
        for (key, loss) in other.losses {
            let sum = self.losses.entry(key).or_default();
            sum.count += loss.count;
            let room = EXAMPLES.saturating_sub(sum.examples.len());
            sum.examples.extend(loss.examples.into_iter().take(room));
        }
    }
}

impl Serialize for Account {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Told<'a> {
            fate: Fate,
            kind: Kind,
            reason: &'a str,
            #[serde(flatten)]
            loss: &'a Loss,
        }
        #[derive(Serialize)]
        struct Whole<'a> {
            numbers: &'a BTreeMap<Kind, Numbers>,
            losses: Vec<Told<'a>>,
        }
        let told = |(fate, kind, reason, loss)| Told { fate, kind, reason, loss };
        Whole { numbers: &self.numbers, losses: self.losses().map(told).collect() }.serialize(serializer)
    }
}
