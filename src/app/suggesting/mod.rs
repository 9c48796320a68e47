//! Suggestions in the window: what is proposed for the text that is read, and the sheets about it.

mod accepting;
mod asking;
mod rejecting;

use std::sync::Arc;

use ascribe_engine::{Basis, Proposed, SetState, SuggestedTie, Suggestion, Suggestions, TiedTo, WorkingSet};
use ascribe_schema::{
    Annotation, AnnotationId, AnnotationSet, AnnotatorName, DocumentId, Progress, Relation, RelationId, Span,
    SuggestionId,
};
use egui::Context;

use crate::background::Job;

pub use self::{
    accepting::{Accepting, Row, ui as accepting_ui},
    asking::{Asking, Verdict, ui as asking_ui},
    rejecting::{Rejecting, ui as rejecting_ui},
};

/// The longest text that gets suggestions, in characters: what is open is worked out anew after each edit.
pub const LONGEST: u32 = 1_000_000;

/// What programs propose for one text, as far as it is known and still open.
#[derive(Default)]
pub struct Offers {
    /// What the proposals are, or are being, made of.
    basis: Option<Basis>,
    job: Option<Job<Proposed>>,
    proposed: Option<Proposed>,
    /// What the open ones were worked out for.
    seen: Option<Seen>,
    open: Option<Arc<Open>>,
    number: u64,
    /// The source that was accepted last, if its words stand elsewhere, too.
    pub repeated: Option<AnnotationId>,
}

/// What decides which suggestions are open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Whose tags are shown, and which version of them.
    pub set: Option<(AnnotatorName, u64)>,
    /// Whether any are to be shown.
    pub shown: bool,
}

impl Offers {
    /// The suggestions that are open and shown, once they are known.
    #[must_use]
    pub fn open(&self) -> Option<&Arc<Open>> {
        self.open.as_ref()
    }

    /// A number that differs whenever other suggestions are open, for caches.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Whether they must be worked out anew.
    #[must_use]
    pub fn is_stale(&self, seen: &Seen) -> bool {
        self.seen.as_ref() != Some(seen)
    }

    /// Whether programs have been asked, and would answer the same by now.
    #[must_use]
    pub fn is_asked(&self, basis: &Basis) -> bool {
        self.basis.as_ref() == Some(basis)
    }

    /// Lets a thread ask the programs; the newest question counts.
    pub fn ask(&mut self, ctx: &Context, basis: Basis, work: impl FnOnce() -> Proposed + Send + 'static) {
        self.basis = Some(basis);
        self.job = Some(Job::start(ctx, move |_| work()));
    }

    /// Has programs asked anew: one of them has something else to say.
    pub fn ask_again(&mut self) {
        (self.basis, self.seen) = (None, None);
    }

    /// Works out anew what is open: elsewhere the project may have learned something.
    pub fn look_again(&mut self) {
        self.seen = None;
    }

    /// Takes in what the thread has found; whether that is something new.
    pub fn poll(&mut self) -> bool {
        match self.job.as_ref().map(Job::poll) {
            None | Some(Ok(None)) => false,
            Some(Ok(Some(proposed))) => {
                (self.proposed, self.job, self.seen) = (Some(proposed), None, None);
                true
            }
            Some(Err(_)) => {
                self.job = None;
                false
            }
        }
    }

    /// What was proposed, whether or not it is still open.
    #[must_use]
    pub fn proposed(&self) -> Option<&Proposed> {
        self.proposed.as_ref()
    }

    /// Takes over what is open now.
    pub fn take(&mut self, seen: Seen, open: Option<Open>) {
        self.number += 1;
        (self.seen, self.open) = (Some(seen), open.map(Arc::new));
    }
}

/// The suggestions that are open, as a set that can be shown like one of tags.
pub struct Open {
    /// The suggestions as annotations, with ids that no tag has.
    pub set: WorkingSet,
    /// The suggestions.
    pub suggestions: Suggestions,
}

impl Open {
    /// Makes a set of suggestions.
    #[must_use]
    pub fn new(suggestions: Suggestions, document: DocumentId, annotator: AnnotatorName, sha256: String) -> Self {
        let mut file = AnnotationSet {
            format: ascribe_schema::FORMAT,
            document,
            text_sha256: sha256,
            annotator,
            progress: Progress::default(),
            annotations: suggestions.iter().map(annotation).collect(),
            relations: Vec::new(),
            rejected: Vec::new(),
            conflicts: Vec::new(),
        };
        for suggestion in &suggestions {
            for tie in &suggestion.ties {
                let number = file.relations.len();
                file.relations.extend(relation(number, suggestion, tie));
            }
        }
        let set = WorkingSet::new(SetState::from_file(file));
        Self { set, suggestions }
    }

    /// The suggestion with that id.
    #[must_use]
    pub fn suggestion(&self, id: &AnnotationId) -> Option<&Suggestion> {
        self.suggestions.get(&name_of(id)?)
    }

    /// The suggestion of this label on these words; else, as it may have been changed, one that they share words with.
    #[must_use]
    pub fn like(&self, label: &str, spans: &[Span]) -> Option<&Arc<Annotation>> {
        let near = spans.iter().flat_map(|span| self.set.index().overlapping(*span));
        let near: Vec<_> = near.filter_map(|(_, id)| self.set.annotation(&id)).collect();
        let same = near.iter().find(|one| one.label == label && one.spans == spans);
        same.or_else(|| near.iter().find(|one| one.label == label)).or(near.first()).copied()
    }

    /// How many come before that one, in the order of the text.
    #[must_use]
    pub fn place(&self, id: &AnnotationId) -> Option<usize> {
        self.suggestions.place(&name_of(id)?)
    }

    /// The words of whoever that is attributed to; `own` are the tags among which it stands.
    #[must_use]
    pub fn source(&self, id: &AnnotationId, own: Option<&WorkingSet>) -> Option<String> {
        let tie = self.set.relations_of(id).find(|tie| tie.from == *id && tie.kind == "attributed_to")?;
        let other = self.set.annotation(&tie.to).or_else(|| own?.annotation(&tie.to))?;
        Some(other.quote())
    }
}

/// The id under which a suggestion is shown: no tag's id has this sign.
#[must_use]
pub fn id_of(id: &SuggestionId) -> AnnotationId {
    AnnotationId::from(format!("?{id}"))
}

/// The suggestion that is shown under an id; nothing for a tag.
#[must_use]
pub fn name_of(id: &AnnotationId) -> Option<SuggestionId> {
    id.as_str().strip_prefix('?').map(SuggestionId::from)
}

fn annotation(suggestion: &Suggestion) -> Annotation {
    Annotation {
        id: id_of(&suggestion.id),
        label: suggestion.label.clone(),
        spans: suggestion.spans.clone(),
        text: suggestion.text.clone(),
        attributes: suggestion.attributes.clone(),
        note: String::new(),
        text_sha256: String::new(),
        origin: suggestion.by.origin(),
        created: String::new(),
        decided: None,
    }
}

/// A tie of a suggestion. One between two suggestions stands at both, and is taken from where it starts.
fn relation(number: usize, suggestion: &Suggestion, tie: &SuggestedTie) -> Option<Relation> {
    let (here, kind) = (id_of(&suggestion.id), tie.kind.clone());
    let there = match &tie.other {
        TiedTo::Suggestion(_) if !tie.out => return None,
        TiedTo::Suggestion(other) => id_of(other),
        TiedTo::Annotation(other) => other.clone(),
    };
    let (from, to) = if tie.out { (here, there) } else { (there, here) };
    Some(Relation { id: RelationId::from(format!("?{number}")), kind, from, to })
}
