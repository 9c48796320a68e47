//! What programs propose for a document, less what a person has settled.
//!
//! [`Basis::propose`] asks the rules about one text, adds what models have proposed, and is done once for a text.
//! [`suggestions`] leaves out what is tagged or refused and scores the rest by what the project has [`Learned`]; it is
//! cheap enough to do after each edit. Accepting and refusing are [`Action`](crate::Action)s like any other.

mod learned;
mod open;
mod proposed;
mod same_words;

use std::collections::BTreeMap;

use ascribe_schema::{AnnotationId, Origin, Span, SuggestionId};

pub use self::{
    learned::{Learned, Lessons},
    open::{Suggestions, suggestions},
    proposed::{Basis, Proposed, stored},
};

/// The name under which the program's own rules propose; no model may take it.
pub const RULES: &str = "rules";

/// The label of whoever speaks.
const SOURCE: &str = "source";
/// The label of what is said.
const QUOTE: &str = "quote";
/// The relation type from what is said to whoever says it.
const SAID_BY: &str = "attributed_to";

/// An annotation that is proposed, as a person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Its name, which follows from label and spans: the same proposal has the same each time.
    pub id: SuggestionId,
    /// The label.
    pub label: String,
    /// The fragments, in the order of the text.
    pub spans: Vec<Span>,
    /// The exact characters of each.
    pub text: Vec<String>,
    /// Values by the name of the attribute, as far as the project's scheme has them; computed ones are for showing only.
    pub attributes: BTreeMap<String, String>,
    /// Who proposes it; of several, the surest.
    pub by: Proposer,
    /// Who else does.
    pub also: Vec<Proposer>,
    /// The words that made the surest propose it.
    pub because: Vec<Span>,
    /// How sure it is after all that the project has learned, from 0 to 1, in thousandths.
    pub score: f32,
    /// What made that differ from the surest proposer's own score, a sentence without a full stop each.
    pub lessons: Vec<String>,
    /// What accepting it ties it to.
    pub ties: Vec<SuggestedTie>,
}

/// A program that proposes something, and how sure it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposer {
    /// [`RULES`], or the name of the model.
    pub program: String,
    /// The rule; empty for a model that names none.
    pub rule: String,
    /// Its own score, from 0 to 1.
    pub score: f32,
}

/// A tie of a suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedTie {
    /// The name of the relation type.
    pub kind: String,
    /// The other end.
    pub other: TiedTo,
    /// Whether it leads to the other end, or starts from it.
    pub out: bool,
}

/// What a suggestion is tied to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TiedTo {
    /// Another suggestion, which is open too.
    Suggestion(SuggestionId),
    /// What the annotator has tagged in its place.
    Annotation(AnnotationId),
}

impl Suggestion {
    /// The smallest span that covers all fragments.
    #[must_use]
    pub fn extent(&self) -> Span {
        extent(&self.spans)
    }
}

impl Proposer {
    /// The rule of our own rules; the model otherwise.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.program == RULES { &self.rule } else { &self.program }
    }

    /// Whether an annotation of that origin was made of one of its proposals and is not as it was proposed.
    fn is_changed_in(&self, origin: &Origin) -> bool {
        let (Origin::Rule { name, changed: true, .. } | Origin::Model { name, changed: true, .. }) = origin else {
            return false;
        };
        self.name() == name
    }

    /// Who made an annotation of its proposal, which nobody has confirmed yet.
    #[must_use]
    pub fn origin(&self) -> Origin {
        let (name, confirmed_by, changed) = (self.name().to_owned(), None, false);
        if self.program == RULES {
            Origin::Rule { name, confirmed_by, changed }
        } else {
            Origin::Model { name, confirmed_by, changed }
        }
    }
}

/// The smallest span that covers all of `spans`, which are in order.
fn extent(spans: &[Span]) -> Span {
    let (first, last) = (spans.first().copied().unwrap_or_default(), spans.last().copied().unwrap_or_default());
    Span { start: first.start, end: last.end }
}

/// How many characters two lists of fragments, each in order, share.
fn shared(one: &[Span], other: &[Span]) -> u32 {
    let both = one.iter().flat_map(|a| other.iter().filter_map(|b| a.intersection(*b)));
    both.map(Span::len).sum()
}

fn length(spans: &[Span]) -> u32 {
    spans.iter().map(|span| span.len()).sum()
}

/// Whether two sets of fragments with one label mean the same: of sources, half of the shorter in common, because a
/// name goes with or without its title; of all else, half of what both cover.
fn alike(label: &str, one: &[Span], other: &[Span]) -> bool {
    let common = shared(one, other);
    let (a, b) = (length(one), length(other));
    let of = if label == SOURCE { a.min(b) } else { a + b - common };
    common > 0 && 2 * common >= of
}
