//! Several people's tags as sets that can be shown: all on one text, or each on a text of its own.

use std::collections::{BTreeSet, HashMap};

use ascribe_engine::{
    SetState, WorkingSet,
    adjudicate::{Adjudication, Case, CaseState, Ruling},
    compare::Comparison,
};
use ascribe_schema::{
    Annotation, AnnotationId, AnnotationSet, AnnotatorName, Edited, FORMAT, Origin, Progress, Relation, RelationId,
    Verdict,
};

use super::{edit::EDITED, sides::Names};
use crate::reading::{Mark, Notes};

/// Tags that are shown on one text.
#[derive(Debug)]
pub struct Layer {
    /// The tags, each under an id that says whose it is.
    pub set: WorkingSet,
    /// Whose each is.
    pub notes: Notes,
}

/// All that is shown of a comparison.
#[derive(Debug)]
pub struct Layers {
    /// Everybody's tags on one text; those that are alike once.
    pub overlay: Layer,
    /// Each side's tags.
    pub columns: Vec<Layer>,
    /// What was tagged because all had overlooked it.
    pub added: Vec<Annotation>,
    /// The case that a shown tag belongs to.
    cases: HashMap<AnnotationId, usize>,
    /// The tags of each case in the overlay, those of the first side first.
    shown: Vec<Vec<AnnotationId>>,
}

/// Members of a case that have the same label on the same words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The sides that have it.
    pub sides: Vec<usize>,
}

/// The members of a case, those that are alike together. `alike` says which are.
pub fn groups(comparison: &Comparison, unit: usize, alike: impl Fn(&Annotation, &Annotation) -> bool) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for side in 0..comparison.sides.len() {
        let Some(annotation) = comparison.member(unit, side) else { continue };
        let fits =
            |group: &&mut Group| comparison.member(unit, group.sides[0]).is_some_and(|one| alike(one, annotation));
        match groups.iter_mut().find(fits) {
            Some(group) => group.sides.push(side),
            None => groups.push(Group { sides: vec![side] }),
        }
    }
    groups
}

/// Under which id a tag is shown.
pub fn shown_id(side: usize, id: &AnnotationId) -> AnnotationId {
    AnnotationId::from(format!("{side}:{id}"))
}

impl Layers {
    /// Makes all that is shown of a comparison and what was decided about it.
    #[must_use]
    pub fn new(comparison: &Comparison, adjudication: &Adjudication, names: &Names) -> Self {
        let mut maker = Maker { comparison, names, first: HashMap::new(), cases: HashMap::new() };
        let (set, shown) = maker.overlay();
        let overlay = Layer { set, notes: Notes::new() };
        let columns: Vec<_> = (0..comparison.sides.len()).map(|side| maker.column(side)).collect();
        let mut layers = Self { overlay, columns, added: Vec::new(), cases: maker.cases, shown };
        layers.decide(comparison, adjudication, names);
        layers
    }

    /// Makes anew what is said of what was decided; the tags stay.
    pub fn decide(&mut self, comparison: &Comparison, adjudication: &Adjudication, names: &Names) {
        self.overlay.notes = notes(comparison, adjudication, names);
        self.added = added(comparison, adjudication);
        let made: Vec<_> = self.added.iter().map(|added| (added.id.clone(), "you, where all overlooked it")).collect();
        for layer in self.columns.iter_mut().chain([&mut self.overlay]) {
            for (id, who) in made.iter().cloned().chain([(EDITED.into(), "you, as it should be")]) {
                layer.notes.insert(id, Mark { sign: None, who: who.to_owned(), quiet: false });
            }
        }
    }

    /// The case that a shown tag belongs to.
    #[must_use]
    pub fn case_of(&self, id: &AnnotationId) -> Option<usize> {
        self.cases.get(id).copied()
    }

    /// The tags of a case as they are shown on one text.
    #[must_use]
    pub fn of_case(&self, case: usize) -> &[AnnotationId] {
        self.shown.get(case).map_or(&[], Vec::as_slice)
    }
}

struct Maker<'a> {
    comparison: &'a Comparison,
    names: &'a Names,
    /// Under which id a tag is shown in the overlay.
    first: HashMap<AnnotationId, AnnotationId>,
    cases: HashMap<AnnotationId, usize>,
}

impl Maker<'_> {
    fn overlay(&mut self) -> (WorkingSet, Vec<Vec<AnnotationId>>) {
        let (mut annotations, mut shown) = (Vec::new(), Vec::new());
        for number in 0..self.comparison.units.len() {
            let mut here = Vec::new();
            for group in groups(self.comparison, number, same_place) {
                let Some((id, annotation)) = self.shown(number, group.sides[0]) else { continue };
                for &side in &group.sides {
                    if let Some(member) = self.comparison.member(number, side) {
                        self.first.insert(shown_id(side, &member.id), id.clone());
                        self.cases.insert(shown_id(side, &member.id), number);
                    }
                }
                annotations.push(annotation);
                here.push(id);
            }
            shown.push(here);
        }
        let mut relations = Vec::new();
        let mut seen = BTreeSet::new();
        for (number, side) in self.comparison.sides.iter().enumerate() {
            for relation in &side.set.relations {
                let Some(relation) = self.tie(number, relation, true) else { continue };
                if seen.insert((relation.from.clone(), relation.kind.clone(), relation.to.clone())) {
                    relations.push(relation);
                }
            }
        }
        (shown_set(self.comparison, annotations, relations), shown)
    }

    fn column(&self, side: usize) -> Layer {
        let (mut annotations, mut notes) = (Vec::new(), Notes::new());
        for (number, unit) in self.comparison.units.iter().enumerate() {
            let Some((id, annotation)) = self.shown(number, side) else { continue };
            let quiet = unit.differs.is_nothing();
            notes.insert(id, Mark { sign: None, who: self.names.name(side), quiet });
            annotations.push(annotation);
        }
        let relations = &self.comparison.sides[side].set.relations;
        let relations = relations.iter().filter_map(|relation| self.tie(side, relation, false)).collect();
        Layer { set: shown_set(self.comparison, annotations, relations), notes }
    }

    fn shown(&self, unit: usize, side: usize) -> Option<(AnnotationId, Annotation)> {
        let member = self.comparison.member(unit, side)?;
        let id = shown_id(side, &member.id);
        // What is decided is told elsewhere.
        let annotation = Annotation { id: id.clone(), decided: None, ..member.clone() };
        Some((id, annotation))
    }

    /// A tie between shown tags; nothing where an end is not compared.
    fn tie(&self, side: usize, relation: &Relation, together: bool) -> Option<Relation> {
        let end = |id: &AnnotationId| {
            let id = shown_id(side, id);
            let first = self.first.get(&id)?;
            Some(if together { first.clone() } else { id })
        };
        let (from, to) = (end(&relation.from)?, end(&relation.to)?);
        let id = RelationId::from(format!("{side}:{}", relation.id));
        Some(Relation { id, kind: relation.kind.clone(), from, to })
    }
}

/// Whether two tags are shown as one.
fn same_place(a: &Annotation, b: &Annotation) -> bool {
    a.label == b.label && a.spans == b.spans
}

/// What is said of each tag on the text of all: whose it is, and what was decided.
fn notes(comparison: &Comparison, adjudication: &Adjudication, names: &Names) -> Notes {
    let mut notes = Notes::new();
    for (number, case) in adjudication.cases.iter().enumerate() {
        for Group { sides } in groups(comparison, number, same_place) {
            let Some(member) = comparison.member(number, sides[0]) else { continue };
            let right =
                |names: &[AnnotatorName]| sides.iter().any(|side| names.contains(&comparison.sides[*side].annotator));
            notes.insert(shown_id(sides[0], &member.id), mark(case, names, &sides, right));
        }
    }
    notes
}

/// What is said of the tag of these sides: once something was decided, also that. `right` says whether they are among
/// those who are right.
fn mark(case: &Case, names: &Names, sides: &[usize], right: impl Fn(&[AnnotatorName]) -> bool) -> Mark {
    let (who, same) = (names.list(sides), case.unit.differs.is_nothing());
    let sign = if same { "=".to_owned() } else { names.sign(sides) };
    let CaseState::Standing(decision) = &case.state else { return Mark { sign: Some(sign.into()), who, quiet: same } };
    let taken = matches!(&decision.verdict, Verdict::Accept(names) if right(names));
    let sign = if taken { format!("✓{sign}") } else { format!("×{sign}") };
    Mark { sign: Some(sign.into()), who, quiet: !taken || same }
}

/// Some of what is shown of a comparison, as a set.
pub fn shown_set(comparison: &Comparison, annotations: Vec<Annotation>, relations: Vec<Relation>) -> WorkingSet {
    WorkingSet::new(SetState::from_file(AnnotationSet {
        format: FORMAT,
        document: comparison.document.clone(),
        text_sha256: comparison.text_sha256.clone(),
        annotator: comparison.sides[0].annotator.clone(),
        progress: Progress::default(),
        annotations,
        relations,
        rejected: Vec::new(),
        conflicts: Vec::new(),
    }))
}

/// What an adjudicator made, as it is shown.
pub fn shown_made(comparison: &Comparison, id: AnnotationId, made: &Edited) -> Annotation {
    Annotation {
        id,
        label: made.label.clone(),
        spans: made.spans.clone(),
        text: made.text.clone(),
        attributes: made.attributes.clone(),
        note: String::new(),
        text_sha256: String::new(),
        origin: Origin::Human(comparison.sides[0].annotator.clone()),
        created: String::new(),
        decided: None,
    }
}

/// What was tagged because all had overlooked it.
fn added(comparison: &Comparison, adjudication: &Adjudication) -> Vec<Annotation> {
    let made = adjudication.added().flat_map(|ruling| ruling.right.iter().map(move |right| (ruling, right)));
    let id = |ruling: &Ruling| AnnotationId::from(format!("+{}", ruling.decision.id));
    made.map(|(ruling, right)| shown_made(comparison, id(ruling), &right.content)).collect()
}
