//! What is compared at the moment, and what of it was decided.

use std::{collections::HashMap, sync::Arc};

use ascribe_engine::{
    Document,
    adjudicate::{Adjudication, Case, adjudicate},
    compare::{Comparison, compare},
};
use ascribe_schema::{
    Annotation, AnnotationId, AnnotationRef, AnnotationSet, AnnotatorName, Decision, DecisionId, DocumentId, Relation,
};
use egui::Context;

use super::{
    layers::{Layers, shown_id},
    sides::Names,
};
use crate::background::{Job, Lost};

/// How many tags are compared while the window waits: a few milliseconds.
const FEW: usize = 1500;

/// Which state of whose work is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Of {
    /// The document.
    pub document: DocumentId,
    /// Who, with what tells this state of their work from others.
    pub sides: Vec<(AnnotatorName, String)>,
    /// The text that it lies in.
    pub text_sha256: String,
    /// How often what others have written was read anew.
    pub read: u64,
}

/// What a comparison is made of.
pub struct Material {
    /// The document, without anybody's sets.
    pub document: Document,
    /// What is compared.
    pub sets: Vec<AnnotationSet>,
}

/// A comparison with what was decided about it, ready to be shown.
#[derive(Debug)]
pub struct Compared {
    /// Which state of the sides' work it shows.
    pub key: Key,
    document: Document,
    /// The comparison.
    pub comparison: Comparison,
    /// What was decided.
    pub adjudication: Adjudication,
    /// Which state of the decisions that is.
    decided: u64,
    /// What is shown of it.
    pub layers: Layers,
    /// What is where in the sides' sets.
    places: Arc<[Places]>,
}

/// Where in a side's set annotations and what starts from them are.
#[derive(Debug, Default)]
struct Places {
    annotations: HashMap<AnnotationId, usize>,
    ties: HashMap<AnnotationId, Vec<usize>>,
}

impl Places {
    fn new(set: &AnnotationSet) -> Self {
        let mut places = Self::default();
        for (number, annotation) in set.annotations.iter().enumerate() {
            places.annotations.insert(annotation.id.clone(), number);
        }
        for (number, relation) in set.relations.iter().enumerate() {
            places.ties.entry(relation.from.clone()).or_default().push(number);
        }
        places
    }
}

impl Compared {
    fn new(key: Key, Material { document, sets }: Material, decided: u64, decisions: &[Arc<Decision>]) -> Self {
        let comparison = compare(&document, sets);
        let adjudication = adjudicate(&document, &comparison, decisions);
        let layers = Layers::new(&comparison, &adjudication, &key.names);
        let places = comparison.sides.iter().map(|side| Places::new(&side.set)).collect();
        Self { key, document, comparison, adjudication, decided, layers, places }
    }

    /// Lays other decisions onto the same comparison.
    fn decide(&mut self, decided: u64, decisions: &[Arc<Decision>]) {
        self.adjudication = adjudicate(&self.document, &self.comparison, decisions);
        self.layers.decide(&self.comparison, &self.adjudication, &self.key.names);
        self.decided = decided;
    }

    /// What the sides are called.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.key.names
    }

    /// A case by its number.
    #[must_use]
    pub fn case(&self, number: usize) -> Option<&Case> {
        self.adjudication.cases.get(number)
    }

    /// The sides that have something in a case, with what they have.
    pub fn members(&self, case: usize) -> impl Iterator<Item = (usize, &Annotation)> {
        (0..self.comparison.sides.len()).filter_map(move |side| Some((side, self.comparison.member(case, side)?)))
    }

    /// The first annotation of a case: what it is called by.
    #[must_use]
    pub fn first(&self, case: usize) -> Option<&Annotation> {
        self.members(case).next().map(|(_, annotation)| annotation)
    }

    /// Where the ties of an annotation lead: the tie, the annotation there, and its case.
    pub fn links(
        &self,
        side: usize,
        annotation: &Annotation,
    ) -> impl Iterator<Item = (&Relation, &Annotation, Option<usize>)> {
        let (set, places) = (&self.comparison.sides[side].set, &self.places[side]);
        let ties = places.ties.get(&annotation.id).map(Vec::as_slice).unwrap_or_default();
        ties.iter().filter_map(move |tie| {
            let relation = set.relations.get(*tie)?;
            let to = set.annotations.get(*places.annotations.get(&relation.to)?)?;
            Some((relation, to, self.layers.case_of(&shown_id(side, &to.id))))
        })
    }

    /// The annotations of a case, as others point at them.
    #[must_use]
    pub fn refs(&self, case: usize) -> Vec<AnnotationRef> {
        let point = |(side, annotation): (usize, &Annotation)| AnnotationRef {
            annotator: self.comparison.sides[side].annotator.clone(),
            annotation: annotation.id.clone(),
        };
        self.members(case).map(point).collect()
    }

    /// The case to which a shown tag belongs.
    #[must_use]
    pub fn case_of(&self, id: &AnnotationId) -> Option<usize> {
        self.layers.case_of(id)
    }

    /// The case about which that was decided.
    #[must_use]
    pub fn case_decided_by(&self, decision: &DecisionId) -> Option<usize> {
        let by = |case: &Case| case.decisions().any(|made| made.id == *decision);
        self.adjudication.cases.iter().position(by)
    }

    /// The case in which that annotation is.
    #[must_use]
    pub fn case_with(&self, of: &AnnotationRef) -> Option<usize> {
        let side = self.comparison.sides.iter().position(|side| side.annotator == of.annotator)?;
        self.layers.case_of(&shown_id(side, &of.annotation))
    }
}

/// The newest comparison, and the one that is being made.
#[derive(Default)]
pub struct Comparing {
    made: Option<Compared>,
    job: Option<(Key, Job<Compared>)>,
    /// What could not be made.
    failed: Option<Key>,
    /// Differs for all that was ever shown.
    number: u64,
}

/// Which state of the sides' work a comparison shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Whom and what it compares.
    pub of: Of,
    /// What the sides are called.
    pub names: Names,
}

/// What must be known to bring a comparison up to date.
pub struct Wanted<'a> {
    /// Which state of the sides' work it should show.
    pub key: Key,
    /// Which state of the decisions.
    pub decided: u64,
    /// The decisions.
    pub decisions: Vec<Arc<Decision>>,
    /// How much work it is, in tags.
    pub tags: usize,
    /// Gets what it is made of.
    pub material: &'a dyn Fn() -> Option<Material>,
}

impl Comparing {
    /// What is known; nothing before it is made.
    #[must_use]
    pub fn made(&self) -> Option<&Compared> {
        self.made.as_ref()
    }

    /// Whether something is being worked out.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// Whether it could not be made.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.failed.is_some()
    }

    /// A number that differs whenever something else is shown, for caches.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Has everything drawn anew.
    pub fn turn(&mut self) {
        self.number += 1;
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Self { number: self.number + 1, ..Self::default() };
    }

    /// Brings the comparison up to date, on a thread where that may take long; answers whether there is a new one.
    /// What was decided is laid onto what is shown at once: whoever decides next must see it.
    pub fn prepare(&mut self, ctx: &Context, wanted: Wanted<'_>) -> bool {
        let Wanted { key, decided, decisions, .. } = wanted;
        let mut news = self.poll();
        // Of another document nothing is to be seen while this one is made.
        self.made.take_if(|made| made.key.of.document != key.of.document);
        if let Some(made) = self.made.as_mut().filter(|made| made.decided != decided) {
            made.decide(decided, &decisions);
            self.number += 1;
            news = true;
        }
        let coming = self.job.as_ref().map(|(key, _)| key).or(self.failed.as_ref());
        if coming == Some(&key) || self.made.as_ref().is_some_and(|made| made.key == key) {
            return news;
        }
        let (about, material) = (key.clone(), (wanted.material)());
        let work = move || Some(Compared::new(key, material?, decided, &decisions));
        (self.job, self.failed) = (None, None);
        if wanted.tags > FEW {
            self.job = Some((about, Job::telling(ctx, move |_, tell| work().into_iter().for_each(tell))));
            return news;
        }
        self.take(work());
        true
    }

    fn take(&mut self, made: Option<Compared>) {
        self.number += 1;
        self.made = made;
    }

    fn poll(&mut self) -> bool {
        let Some(outcome) = self.job.as_ref().and_then(|(_, job)| job.poll().transpose()) else { return false };
        let key = self.job.take().map(|(key, _)| key);
        match outcome {
            Ok(made) => self.take(Some(made)),
            Err(Lost) => self.failed = key,
        }
        true
    }
}
