//! Settling what two copies changed differently: a person takes one side.

use std::collections::BTreeSet;

use ascribe_schema::{AnnotationSet, Conflict, Relation, Span};

use super::{
    MergeError, Mergeable, at, changes,
    shape::Shape,
    tree::{Node, file, parse, tree},
};
use crate::{Document, SetState, TextOf, Transaction};

/// What a person takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// What both started from.
    Base,
    /// What the first copy has.
    Ours,
    /// What the second copy has.
    Theirs,
    /// What the file has now.
    AsItIs,
}

/// Why something cannot be settled so. Nothing has been changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettleError {
    /// There is no such record.
    #[error("nothing is open at `{0}`; `merge --open FILE` lists what is")]
    NotOpen(String),
    /// What it is about is not there any more.
    #[error("what `{0}` is about is not there any more; keep it as it is")]
    Gone(String),
    /// The value leads to what is not there.
    #[error("`{0}`, which this side leads to, is not there any more; take the other side, or put it back first")]
    Missing(String),
    /// On that side there is nothing, and something must be there.
    #[error("on this side there is nothing at `{0}`, which the file needs; take another side, or keep it as it is")]
    Needed(String),
    /// The value belongs to another text of the document.
    #[error("the words of this side do not stand there in today's text; keep it as it is, and tag them anew")]
    OtherText,
    /// The value is not what stands at such a place.
    #[error(transparent)]
    Malformed(#[from] MergeError),
}

impl Choice {
    /// The value that it takes, where the thing is there on that side.
    #[must_use]
    pub fn of(self, record: &Conflict) -> Option<&str> {
        match self {
            Self::Base => record.base.as_deref(),
            Self::Ours => record.ours.as_deref(),
            Self::Theirs => record.theirs.as_deref(),
            Self::AsItIs => None,
        }
    }
}

/// Takes one side of what is open at the path `at`; the record of it goes. Where the thing is not there on that side,
/// it goes too, with what leads to it.
///
/// # Errors
///
/// When nothing is open there, or that side does not fit the file any more.
pub fn settle<T: Mergeable>(value: &T, at: &str, choice: Choice) -> Result<T, SettleError> {
    let mut settled = value.clone();
    let records = settled.conflicts_mut();
    let number = records.iter().position(|record| record.at == at);
    let record = records.remove(number.ok_or_else(|| SettleError::NotOpen(at.to_owned()))?);
    if choice == Choice::AsItIs {
        return Ok(settled);
    }
    let open = std::mem::take(records);
    let mut settled: T = taken(tree(&settled, &T::SHAPE)?, &record, choice)?;
    if let Some(missing) = settled.missing().into_iter().next() {
        return Err(SettleError::Missing(missing));
    }
    *settled.conflicts_mut() = open;
    settled.sort();
    Ok(settled)
}

/// The file with one side of a record in it.
fn taken<T: Mergeable>(mut node: Node, record: &Conflict, choice: Choice) -> Result<T, SettleError> {
    let at = &record.at;
    let gone = || SettleError::Gone(at.clone());
    let names = at::names(at).ok_or_else(gone)?;
    let (shape, there) = place(&node, &T::SHAPE, &names).ok_or_else(gone)?;
    let order = orders(record, shape);
    let Some(text) = choice.of(record) else {
        let needed = || SettleError::Needed(at.clone());
        if order {
            return Err(needed());
        }
        node.remove(&names);
        let mut without: T = file(&node, &T::SHAPE).map_err(|_| needed())?;
        without.let_go();
        return Ok(without);
    };
    let value = if order { in_order(text, there.ok_or_else(gone)?, at)? } else { parse(text, shape, at)? };
    node.put(&names, value);
    Ok(file(&node, &T::SHAPE)?)
}

/// How what a path leads to merges, and what is there; nothing where what it lies in is not there.
fn place<'a, 'b>(node: &'a Node, shape: &'b Shape, names: &[String]) -> Option<(&'b Shape, Option<&'a Node>)> {
    let (last, way) = names.split_last()?;
    let (mut here, mut inside) = (node, shape);
    for name in way {
        (here, inside) = (here.get(name)?, inside.inside(name));
    }
    Some((inside.inside(last), here.get(last)))
}

/// Whether a record is about the order of a list: where both copies have a list, what is in it has its own records.
fn orders(record: &Conflict, shape: &Shape) -> bool {
    matches!(shape, Shape::Ordered(..) | Shape::Words) && record.ours.is_some() && record.theirs.is_some()
}

/// A list in the order that a record says.
fn in_order(text: &str, list: &Node, at: &str) -> Result<Node, SettleError> {
    let Node::Branch { things, order } = list else { return Err(SettleError::Gone(at.to_owned())) };
    let Node::Branch { order: wanted, .. } = parse(text, &Shape::Words, at)? else {
        return Err(SettleError::Gone(at.to_owned()));
    };
    // What it does not name keeps its place.
    let mut wanted = wanted.into_iter().filter(|name| things.contains_key(name)).collect::<Vec<_>>().into_iter();
    let named: BTreeSet<_> = wanted.clone().collect();
    let next = |name: &String| if named.contains(name) { wanted.next() } else { Some(name.clone()) };
    let order = order.iter().filter_map(next).collect();
    Ok(Node::Branch { things: things.clone(), order })
}

/// As [`settle`], of a set: what is taken must count in its text, or name another.
///
/// # Errors
///
/// As [`settle`]; and when the words of that side do not stand in the text of the set, if that is at hand.
pub(super) fn settle_on_text(
    before: &AnnotationSet,
    at: &str,
    choice: Choice,
    texts: TextOf<'_>,
) -> Result<AnnotationSet, SettleError> {
    let after = settle(before, at, choice)?;
    let text = texts(&after.text_sha256);
    let stands = |text_sha256: &str, spans: &[Span], exact: &[String]| {
        let own = text_sha256.is_empty() || text_sha256 == after.text_sha256;
        let mut pairs = spans.iter().zip(exact);
        !own || text.as_ref().is_none_or(|text| pairs.all(|(span, exact)| text.slice(*span) == Some(exact)))
    };
    let mut annotations = after.annotations.iter().filter(|one| !before.annotations.contains(one));
    let mut rejected = after.rejected.iter().filter(|one| !before.rejected.contains(one));
    let all = annotations.all(|one| stands(&one.text_sha256, &one.spans, &one.text))
        && rejected.all(|one| stands(&one.text_sha256, &one.spans, &one.text));
    if all { Ok(after) } else { Err(SettleError::OtherText) }
}

/// As [`settle`], of a set that is being worked on: as one change, which undo takes back.
///
/// # Errors
///
/// As [`settle`]; and when the words of that side do not stand in the text of the set.
pub fn settle_in_set(
    document: &Document,
    state: &SetState,
    at: &str,
    choice: Choice,
) -> Result<Transaction, SettleError> {
    let before = concerned(state, at);
    let after = settle_on_text(&before, at, choice, &|sha256| document.text_of(sha256).cloned())?;
    let changes = changes(&SetState::from_file(before), &after);
    Ok(Transaction { document: state.document().clone(), name: "Settle two copies".to_owned(), changes })
}

/// As much of a set as settling what is open at `at` can change: a set may be long, and a queue is walked by keys.
fn concerned(state: &SetState, at: &str) -> AnnotationSet {
    let names = at::names(at).unwrap_or_default();
    let (list, id) = (names.first().map_or("", String::as_str), names.get(1).map_or("", String::as_str));
    let touched = |relation: &Relation| match list {
        "annotations" => relation.from.as_str() == id || relation.to.as_str() == id,
        _ => relation.id.as_str() == id,
    };
    let mut set =
        SetState::empty(state.document().clone(), state.annotator().clone(), state.text_sha256().to_owned()).to_file();
    set.progress = state.progress();
    set.relations = state.relations().filter(|relation| touched(relation)).map(|one| (**one).clone()).collect();
    set.conflicts = state.conflicts().filter(|record| record.at == at).map(|one| (**one).clone()).collect();
    let values = set.conflicts.iter().flat_map(|record| [&record.base, &record.ours, &record.theirs]).flatten();
    // A relation may lead elsewhere on the other side.
    let named: String = values.map(String::as_str).collect();
    let near = |id: &str| {
        let tied = set.relations.iter().any(|one| one.from.as_str() == id || one.to.as_str() == id);
        tied || named.contains(&super::tree::quoted(id))
    };
    let annotations =
        state.annotations().filter(|one| (list == "annotations" && one.id.as_str() == id) || near(one.id.as_str()));
    set.annotations = annotations.map(|one| (**one).clone()).collect();
    let rejected = state.rejected().filter(|one| list == "rejected" && one.id.as_str() == id);
    set.rejected = rejected.map(|one| (**one).clone()).collect();
    set.sort();
    set
}
