//! Which relations each annotation is part of.

use std::collections::BTreeMap;

use ascribe_schema::{AnnotationId, Relation, RelationId};

/// The relations that start from or lead to each annotation, kept so that finding them costs nothing. Most have
/// one or two: a sorted list takes a tenth of the memory of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ties(BTreeMap<AnnotationId, Vec<RelationId>>);

impl Ties {
    /// Notes a relation at both of its ends.
    pub(crate) fn add(&mut self, relation: &Relation) {
        for end in [&relation.from, &relation.to] {
            let ties = self.0.entry(end.clone()).or_default();
            if let Err(place) = ties.binary_search(&relation.id) {
                if ties.len() < 4 {
                    ties.reserve_exact(1);
                }
                ties.insert(place, relation.id.clone());
            }
        }
    }

    /// Forgets a relation.
    pub(crate) fn remove(&mut self, relation: &Relation) {
        for end in [&relation.from, &relation.to] {
            if let Some(ties) = self.0.get_mut(end) {
                if let Ok(place) = ties.binary_search(&relation.id) {
                    ties.remove(place);
                }
                if ties.is_empty() {
                    self.0.remove(end);
                }
            }
        }
    }

    /// The relations of an annotation, by id.
    pub(crate) fn of(&self, id: &AnnotationId) -> impl Iterator<Item = &RelationId> {
        self.0.get(id).into_iter().flatten()
    }
}
