//! What turns one state of a set into another, as changes that a session carries out and can undo.

use std::{collections::BTreeMap, sync::Arc};

use ascribe_schema::AnnotationSet;

use crate::{Change, Diff, SetState};

/// The changes that turn `before` into `after`, which is of the same annotator and document.
#[must_use]
pub fn changes(before: &SetState, after: &AnnotationSet) -> Vec<Change> {
    let mut changes = Vec::new();
    if before.text_sha256() != after.text_sha256 {
        let (before, after) = (before.text_sha256().to_owned(), after.text_sha256.clone());
        changes.push(Change::Text { before, after });
    }
    if before.progress() != after.progress {
        changes.push(Change::Progress { before: before.progress(), after: after.progress });
    }
    let kept = SetState::from_file(after.clone());
    changes.extend(differing(before.annotations(), kept.annotations(), |thing| &thing.id).map(Change::Annotation));
    changes.extend(differing(before.relations(), kept.relations(), |thing| &thing.id).map(Change::Relation));
    changes.extend(differing(before.rejected(), kept.rejected(), |thing| &thing.id).map(Change::Rejection));
    changes.extend(differing(before.conflicts(), kept.conflicts(), |thing| &thing.at).map(Change::Conflict));
    changes
}

/// What comes, changes or goes, by id.
fn differing<'a, T: PartialEq + 'a, K: Ord + 'a>(
    before: impl Iterator<Item = &'a Arc<T>>,
    after: impl Iterator<Item = &'a Arc<T>>,
    id: impl Fn(&T) -> &K,
) -> impl Iterator<Item = Diff<T>> {
    let mut both: BTreeMap<&K, [Option<&Arc<T>>; 2]> = BTreeMap::new();
    before.for_each(|thing| both.entry(id(thing)).or_default()[0] = Some(thing));
    after.for_each(|thing| both.entry(id(thing)).or_default()[1] = Some(thing));
    let differ: Vec<_> = both.into_values().filter(|[before, after]| before != after).collect();
    differ.into_iter().map(|[before, after]| Diff { before: before.cloned(), after: after.cloned() })
}
