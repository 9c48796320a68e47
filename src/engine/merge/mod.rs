//! Joining two copies of one file that both started from a third: an annotator's set, decisions, comments, or
//! `project.ron`.
//!
//! Things are known by their ids and names, and join field by field. What only one copy changed stands. What both
//! changed differently, or one deleted while the other changed it or tied something to it, becomes a [`Conflict`] in
//! the result, which holds one of the two values where it belongs, always the same one, until a person decides with
//! [`settle`]. Nothing else is ever asked, and nothing is lost.
//!
//! One mechanism serves all kinds of files: a typed value becomes a tree of named things (`tree.rs`), a table for each
//! kind says how its parts join (`shape.rs`), and `join.rs` does it.

mod at;
mod changes;
mod file;
mod join;
mod kinds;
mod markers;
mod records;
mod settle;
mod shape;
mod texts;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{AnnotationSet, Conflict};

pub(crate) use self::records::open_conflicts;
pub use self::{
    changes::changes,
    file::{FileError, Joined, Kind, conflicts_of, document_of, merge_bytes, merge_marked, settle_bytes},
    kinds::Mergeable,
    markers::{Marked, split_markers},
    settle::{Choice, SettleError, settle, settle_in_set},
};
use self::{
    join::{Keep, Sides, join},
    tree::{file, tree},
};
use crate::TextOf;

/// Why two copies cannot be joined. Nothing has been changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// They are not copies of one file.
    #[error("these are not copies of one file: one is {0}, another {1}")]
    Others(String, String),
    /// They belong to different texts, and those are not at hand or do not say which is newer.
    #[error(
        "one copy has moved to another text of the document (by SHA-256, {0} and {1}); open the project once where \
         the copy on the older text is, with the corrected text in it, and merge again"
    )]
    Texts(String, String),
    /// Two things of one copy have one id or name.
    #[error("`{0}` stands twice in one copy; give one of the two another id or name, and merge again")]
    Twice(String),
    /// Something of one copy leads to what is not there.
    #[error("something in one copy leads to `{0}`, which is not in it; `check` says what; mend it, and merge again")]
    Missing(String),
    /// A value could not be turned into RON or back.
    #[error("it cannot be read as it would be written: {0}")]
    Ron(String),
}

/// Joins two copies of one file. Without a `base`, everything counts as added by both.
///
/// The result is in the order of files. It holds the records of both copies that are still open, and those that are
/// new; the order of the two copies makes no difference but for the names of the sides in the records.
///
/// # Errors
///
/// When they are no sound copies of one file. Sets of which one has moved to a corrected text join with
/// [`merge_sets`] only.
pub fn merge<T: Mergeable>(base: Option<&T>, ours: &T, theirs: &T) -> Result<T, MergeError> {
    let all = || base.into_iter().chain([ours, theirs]);
    let whose = ours.whose();
    if let Some(other) = all().map(Mergeable::whose).find(|other| *other != whose) {
        return Err(MergeError::Others(whose, other));
    }
    if ours.text_sha256() != theirs.text_sha256() {
        return Err(MergeError::Texts(ours.text_sha256().to_owned(), theirs.text_sha256().to_owned()));
    }
    if let Some(missing) = [ours, theirs].into_iter().find_map(|copy| copy.missing().into_iter().next()) {
        return Err(MergeError::Missing(missing));
    }
    let bare = |copy: &T| {
        let mut copy = copy.clone();
        copy.conflicts_mut().clear();
        tree(&copy, &T::SHAPE)
    };
    let (base_tree, here, there) = (base.map(&bare).transpose()?, bare(ours)?, bare(theirs)?);
    let sides = Sides { base: base_tree.as_ref(), ours: Some(&here), theirs: Some(&there) };
    let mut conflicts = Vec::new();
    let joined = |keep: Keep, conflicts: &mut Vec<Conflict>| {
        join("", &T::SHAPE, sides, keep, conflicts).unwrap_or_else(tree::Node::empty)
    };
    let mut node = joined(Keep::Greater, &mut conflicts);
    let mut missing: BTreeSet<_> = file::<T>(&node, &T::SHAPE)?.missing().into_iter().collect();
    if !conflicts.is_empty() {
        // Whatever a person takes later must have what it leads to.
        for keep in [Keep::Ours, Keep::Theirs] {
            missing.extend(file::<T>(&joined(keep, &mut Vec::new()), &T::SHAPE)?.missing());
        }
    }
    missing.iter().for_each(|place| restore(place, &T::SHAPE, sides, &mut node, &mut conflicts));
    let mut merged: T = file(&node, &T::SHAPE)?;
    let open = records::joined(base.map(T::conflicts), ours.conflicts(), theirs.conflicts(), conflicts);
    *merged.conflicts_mut() = open;
    merged.sort();
    Ok(merged)
}

/// Puts back what one copy deleted and the other tied something to, and records that.
fn restore(
    place: &str,
    shape: &shape::Shape,
    sides: Sides<'_>,
    joined: &mut tree::Node,
    conflicts: &mut Vec<Conflict>,
) {
    let Some(names) = at::names(place) else { return };
    if names.iter().try_fold(&*joined, |node, name| node.get(name)).is_some() {
        return;
    }
    let (mut here, mut inside) = (sides, shape);
    for name in &names {
        (here, inside) = (here.each(|node| node.get(name)), inside.inside(name));
    }
    if let Some(kept) = here.ours.or(here.theirs) {
        joined.put(&names, kept.clone());
        conflicts.push(here.record(place, inside));
    }
}

/// Joins two copies of one annotator's set, also where one of them has moved to a corrected text of the document:
/// the other is taken along, in memory, before they are joined. `texts` gives the document's texts by their hash.
///
/// Gold keeps no records: it is made from decisions, and can be made anew.
///
/// # Errors
///
/// As [`merge`]; and when both have moved away from the text of `base`, or a text is not at hand.
pub fn merge_sets(
    base: Option<&AnnotationSet>,
    ours: &AnnotationSet,
    theirs: &AnnotationSet,
    texts: TextOf<'_>,
) -> Result<AnnotationSet, MergeError> {
    let mut merged = match texts::on_one_text(base, ours, theirs, texts)? {
        None => merge(base, ours, theirs)?,
        Some([base, ours, theirs]) => merge(Some(&base), &ours, &theirs)?,
    };
    if merged.annotator.is_gold() {
        merged.conflicts.clear();
    }
    Ok(merged)
}

/// The things with ids of a file by their paths, each as RON, to be counted and compared.
pub(crate) fn things_of<T: Mergeable>(value: &T) -> Result<BTreeMap<String, String>, MergeError> {
    let node = tree(value, &T::SHAPE)?;
    let shape::Shape::Fields(fields) = T::SHAPE else { return Ok(BTreeMap::new()) };
    let lists = fields.iter().filter(|field| matches!(field.shape, shape::Shape::Named(..)));
    let inside = lists.flat_map(|list| {
        let things = node.get(list.name).map(tree::Node::things).into_iter().flatten();
        things.map(|(name, thing)| (at::join(list.name, name), thing.ron(list.shape.inside(name))))
    });
    Ok(inside.collect())
}
