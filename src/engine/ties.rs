//! Which relations each annotation is part of.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{AnnotationId, Relation, RelationId};

/// The relations that start from or lead to each annotation, kept so that finding them costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ties(BTreeMap<AnnotationId, BTreeSet<RelationId>>);

impl Ties {
    /// Notes a relation at both of its ends.
    pub(crate) fn add(&mut self, relation: &Relation) {
        for end in [&relation.from, &relation.to] {
            self.0.entry(end.clone()).or_default().insert(relation.id.clone());
        }
    }

    /// Forgets a relation.
    pub(crate) fn remove(&mut self, relation: &Relation) {
        for end in [&relation.from, &relation.to] {
            if let Some(ties) = self.0.get_mut(end) {
                ties.remove(&relation.id);
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
