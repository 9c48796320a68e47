//! Sources: what each one is, how the text refers to it, and who it is.

mod entity;
mod join;
mod kind;
mod name;
mod run;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, ops::Range};

use kind::Mention;
use name::Names;

use crate::reading::Reading;

/// The attributes of the sources that stand at these places, in the same order.
///
/// `nouns` says that all nouns of the language have capitals.
pub fn attributes(
    reading: &Reading<'_>,
    sources: &[Range<usize>],
    nouns: bool,
) -> Vec<Vec<(&'static str, Cow<'static, str>)>> {
    let mut order: Vec<usize> = (0..sources.len()).collect();
    order.sort_by_key(|at| (sources[*at].start, sources[*at].end));
    let mut names = Names::new(reading, nouns);
    let mut mentions: Vec<Mention> =
        order.iter().map(|at| kind::mention(reading, &names, sources[*at].clone())).collect();
    let entities = entity::entities(reading, &mut names, &mut mentions);
    let mut attributes = vec![Vec::new(); sources.len()];
    for ((at, mention), entity) in order.into_iter().zip(mentions).zip(entities) {
        attributes[at] = vec![("kind", Cow::Borrowed(mention.kind)), ("naming", Cow::Borrowed(mention.naming))];
        attributes[at].extend(entity.map(|entity| ("entity", entity)));
    }
    attributes
}
