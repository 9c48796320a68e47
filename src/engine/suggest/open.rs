//! What of the proposals is still open for one annotator.

use std::collections::{HashMap, HashSet};

use ascribe_schema::{AnnotationId, Offset, Scheme, Span, SuggestionId};

use super::{
    Lessons, Proposed, SAID_BY, SOURCE, SuggestedTie, Suggestion, TiedTo, alike, extent,
    learned::is_said,
    proposed::{Candidate, Tie},
    same_words::same_words,
    shared,
};
use crate::{
    Action, WorkingSet,
    action::{Acceptance, Refusal},
    paratext::all_inside,
};

/// The open suggestions of a document, in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestions {
    all: Vec<Suggestion>,
    places: HashMap<SuggestionId, usize>,
}

/// What has become of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Open,
    /// The annotator has that in its place.
    Tagged(AnnotationId),
    Refused,
    /// It has no place in this project, or in the article.
    Out,
}

/// What is open of all that is `proposed`, for an annotator with that set, or who has none: what lies in `aside`, which
/// is not the article, what is tagged or refused already, and what the scheme does not have is left out. The rest is
/// scored by what the project has learned.
///
/// The cost follows the number of proposals and of the annotations of the set.
#[must_use]
pub fn suggestions(
    proposed: &Proposed,
    set: Option<&WorkingSet>,
    aside: &[Span],
    scheme: &Scheme,
    lessons: &Lessons<'_>,
) -> Suggestions {
    let states = states(proposed, set, aside, scheme);
    let sifted = Sifted { proposed, set, scheme, states: &states };
    let open = (0..states.len()).filter(|&number| states[number] == State::Open && !sifted.is_left_alone(number));
    let mut all: Vec<_> = open.map(|number| sifted.suggestion(number, lessons)).collect();
    let more = same_words(proposed.text(), set, aside, scheme, &all, lessons);
    all.extend(more);
    Suggestions::new(all)
}

fn states(proposed: &Proposed, set: Option<&WorkingSet>, aside: &[Span], scheme: &Scheme) -> Vec<State> {
    let rejected = set.into_iter().flat_map(|set| set.state().rejected());
    let refused: HashSet<(&str, &[Span])> = rejected
        .filter(|rejection| rejection.text_sha256.is_empty())
        .map(|rejection| (rejection.label.as_str(), rejection.spans.as_slice()))
        .collect();
    let state = |candidate: &Candidate| {
        if scheme.label(&candidate.label).is_none() || all_inside(aside, &candidate.spans) {
            return State::Out;
        }
        let mut forms = std::iter::once(&candidate.spans).chain(&candidate.other_spans);
        if forms.any(|spans| refused.contains(&(candidate.label.as_str(), spans.as_slice()))) {
            return State::Refused;
        }
        set.and_then(|set| tagged(candidate, set)).map_or(State::Open, State::Tagged)
    };
    proposed.candidates().iter().map(state).collect()
}

/// The annotation that the annotator has in place of a proposal: one that means the same, or what they made of it.
fn tagged(candidate: &Candidate, set: &WorkingSet) -> Option<AnnotationId> {
    let here = set.index().overlapping(extent(&candidate.spans)).into_iter();
    let here = here.filter_map(|(_, id)| set.annotation(&id));
    let settles = here.filter(|annotation| {
        let same = annotation.label == candidate.label && alike(&candidate.label, &annotation.spans, &candidate.spans);
        let made_of = candidate.proposers().any(|proposer| proposer.is_changed_in(&annotation.origin));
        same || made_of && alike(SOURCE, &annotation.spans, &candidate.spans)
    });
    let best = settles
        .max_by_key(|annotation| (annotation.label == candidate.label, shared(&annotation.spans, &candidate.spans)));
    best.map(|annotation| annotation.id.clone())
}

struct Sifted<'a> {
    proposed: &'a Proposed,
    set: Option<&'a WorkingSet>,
    scheme: &'a Scheme,
    states: &'a [State],
}

impl Sifted<'_> {
    /// Whether all that a source was proposed for was refused, or is said by somebody else: then nothing is left for
    /// it to say.
    fn is_left_alone(&self, number: usize) -> bool {
        let mut said = self.proposed.ties_of(number).filter(|tie| tie.to == number && tie.kind == SAID_BY).peekable();
        let settled = |tie: &Tie| match &self.states[tie.from] {
            State::Refused => true,
            State::Tagged(id) => self.is_said_by_somebody(id, SAID_BY),
            State::Open | State::Out => false,
        };
        said.peek().is_some() && said.all(settled)
    }

    fn suggestion(&self, number: usize, lessons: &Lessons<'_>) -> Suggestion {
        let (candidate, text) = (&self.proposed.candidates()[number], self.proposed.text());
        let exact = |spans: &[Span]| -> Vec<String> {
            spans.iter().map(|span| text.slice(*span).unwrap_or_default().to_owned()).collect()
        };
        let label = self.scheme.label(&candidate.label);
        let known = |name: &str, value: &str| {
            let values = label.and_then(|label| label.attribute(name)).map(|attribute| &attribute.values);
            values.is_some_and(|values| values.allows(value) || values.options().iter().any(|option| option == value))
        };
        let attributes = candidate.attributes.iter().filter(|(name, value)| known(name, value));
        let words = exact(&candidate.spans);
        let speaker = self.speaker(number).map(|spans| exact(spans).join(" "));
        let (score, told) = lessons.score(&candidate.by, &candidate.label, &words, speaker.as_deref());
        Suggestion {
            id: candidate.id.clone(),
            label: candidate.label.clone(),
            spans: candidate.spans.clone(),
            text: words,
            attributes: attributes.map(|(name, value)| (name.clone(), value.clone())).collect(),
            by: candidate.by.clone(),
            also: candidate.also.clone(),
            because: candidate.because.clone(),
            score,
            lessons: told,
            ties: self.ties(number),
        }
    }

    /// The spans of a source, or of the one that says what is proposed.
    fn speaker(&self, number: usize) -> Option<&[Span]> {
        let all = self.proposed.candidates();
        if all[number].label == SOURCE {
            return Some(&all[number].spans);
        }
        let said_by = |tie: &&Tie| tie.from == number && tie.kind == SAID_BY;
        let tie = self.proposed.ties_of(number).filter(|_| is_said(&all[number].label)).find(said_by)?;
        Some(&all[tie.to].spans)
    }

    fn ties(&self, number: usize) -> Vec<SuggestedTie> {
        let all = self.proposed.candidates();
        let tie = |tie: &Tie| {
            let out = tie.from == number;
            let there = if out { tie.to } else { tie.from };
            let other = match &self.states[there] {
                State::Open => TiedTo::Suggestion(all[there].id.clone()),
                State::Tagged(id) => TiedTo::Annotation(id.clone()),
                State::Refused | State::Out => return None,
            };
            let label = |end: usize| match (&self.states[end], self.set) {
                (State::Tagged(id), Some(set)) => set.annotation(id).map_or("", |annotation| &annotation.label),
                _ => all[end].label.as_str(),
            };
            let allowed =
                self.scheme.relation(&tie.kind).is_some_and(|kind| kind.allows(label(tie.from), label(tie.to)));
            let told = matches!(&other, TiedTo::Annotation(id) if !out && self.is_said_by_somebody(id, &tie.kind));
            (allowed && !told).then(|| SuggestedTie { kind: tie.kind.clone(), other, out })
        };
        self.proposed.ties_of(number).filter_map(tie).collect()
    }

    /// Whether the annotator has said already who says something.
    fn is_said_by_somebody(&self, id: &AnnotationId, kind: &str) -> bool {
        let tied = |set: &WorkingSet| set.relations_of(id).any(|tie| tie.kind == SAID_BY && tie.from == *id);
        kind == SAID_BY && self.set.is_some_and(tied)
    }
}

impl Suggestions {
    fn new(mut all: Vec<Suggestion>) -> Self {
        all.sort_by(|a, b| (a.extent(), &a.id).cmp(&(b.extent(), &b.id)));
        let places = all.iter().zip(0..).map(|(suggestion, place)| (suggestion.id.clone(), place)).collect();
        Self { all, places }
    }

    /// All of them, in the order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Suggestion> {
        self.all.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether none is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The one with that name, if it is open still.
    #[must_use]
    pub fn get(&self, id: &SuggestionId) -> Option<&Suggestion> {
        self.places.get(id).map(|&place| &self.all[place])
    }

    /// The one with that name by its place in the order of the text.
    #[must_use]
    pub fn place(&self, id: &SuggestionId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The next (`forward`) one that starts at or after `from`, or the previous one that starts before it.
    #[must_use]
    pub fn from(&self, from: Offset, forward: bool) -> Option<&Suggestion> {
        let place = self.all.partition_point(|suggestion| suggestion.extent().start < from);
        if forward { self.all.get(place) } else { self.all.get(place.checked_sub(1)?) }
    }

    /// Those with at least that score, in the order of the text.
    pub fn above(&self, score: f32) -> impl Iterator<Item = &Suggestion> {
        self.all.iter().filter(move |suggestion| suggestion.score >= score)
    }

    /// What accepting some of them does, with whoever says what they say; those that are not open any more are left
    /// out.
    #[must_use]
    pub fn accept<'a>(&self, ids: impl IntoIterator<Item = &'a SuggestionId>) -> Action {
        Action::Accept(self.with_sources(ids).into_iter().map(|place| self.all[place].acceptance()).collect())
    }

    /// What accepting one of them does, with another label or other spans.
    #[must_use]
    pub fn accept_changed(&self, id: &SuggestionId, label: Option<String>, spans: Option<Vec<Span>>) -> Action {
        let mut taken: Vec<_> = self.with_sources([id]).into_iter().map(|place| self.all[place].acceptance()).collect();
        if let Some(first) = taken.iter_mut().find(|acceptance| acceptance.id == *id) {
            first.label = label.unwrap_or_else(|| first.label.clone());
            first.spans = spans.unwrap_or_else(|| first.spans.clone());
        }
        Action::Accept(taken)
    }

    /// What refusing one of them does; nothing when it is not open any more.
    #[must_use]
    pub fn reject(&self, id: &SuggestionId, reason: &str) -> Option<Action> {
        let suggestion = self.get(id)?;
        Some(Action::Reject(Refusal {
            label: suggestion.label.clone(),
            spans: suggestion.spans.clone(),
            rule: suggestion.by.name().to_owned(),
            reason: reason.trim().to_owned(),
        }))
    }

    /// The suggestions that accepting some of them accepts: these, then the sources that they are attributed to and
    /// that nobody has tagged; each once.
    fn with_sources<'a>(&self, ids: impl IntoIterator<Item = &'a SuggestionId>) -> Vec<usize> {
        let (mut places, mut seen) = (Vec::new(), HashSet::new());
        for id in ids {
            let Some(place) = self.place(id).filter(|place| seen.insert(*place)) else { continue };
            places.push(place);
        }
        for chosen in 0..places.len() {
            for tie in self.all[places[chosen]].ties.iter().filter(|tie| tie.out && tie.kind == SAID_BY) {
                let TiedTo::Suggestion(source) = &tie.other else { continue };
                places.extend(self.place(source).filter(|place| seen.insert(*place)));
            }
        }
        places
    }
}

impl<'a> IntoIterator for &'a Suggestions {
    type Item = &'a Suggestion;
    type IntoIter = std::slice::Iter<'a, Suggestion>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Suggestion {
    fn acceptance(&self) -> Acceptance {
        Acceptance {
            id: self.id.clone(),
            label: self.label.clone(),
            spans: self.spans.clone(),
            proposed: (self.label.clone(), self.spans.clone()),
            attributes: self.attributes.clone(),
            origin: self.by.origin(),
            ties: self.ties.clone(),
        }
    }
}
