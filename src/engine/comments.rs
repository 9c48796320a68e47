//! What people write to each other about annotations: threads, and the changes that add to them.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use ascribe_schema::{AnnotationRef, AnnotatorName, Comment, CommentId, DocumentId};

use crate::{Change, Diff, Session, Stamp, Transaction};

/// A comment with everything that answers it, directly or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    /// What is said, in the order in which it is read: each comment, then its answers, the oldest first. There is at
    /// least one.
    pub entries: Vec<Entry>,
}

/// One comment in its thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Who wrote it.
    pub writer: AnnotatorName,
    /// What they wrote.
    pub comment: Arc<Comment>,
    /// How many comments lie between it and the beginning of the thread, by what it answers.
    pub depth: usize,
}

impl Entry {
    /// Whether its writer took it back, and it is kept for the answers to it.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.comment.text.is_empty()
    }
}

impl Thread {
    /// What the thread is about; nothing for the whole document.
    #[must_use]
    pub fn about(&self) -> &[AnnotationRef] {
        self.entries.first().map_or(&[], |entry| &entry.comment.about)
    }

    /// Whether nothing is left to say: whoever began it, or whoever spoke last, regards the matter as settled.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let last = self.entries.iter().max_by_key(|entry| entry.comment.order());
        self.entries.first().into_iter().chain(last).any(|entry| entry.comment.settled)
    }
}

/// Puts comments of several writers into threads, by the time at which each was begun.
///
/// A comment whose parent is not there begins a thread of its own, and so does the oldest of some that answer each
/// other in a circle.
#[must_use]
pub fn threads<'a>(comments: impl IntoIterator<Item = (&'a AnnotatorName, Arc<Comment>)>) -> Vec<Thread> {
    let mut all: Vec<_> = comments.into_iter().collect();
    all.sort_by(|(a, one), (b, two)| (one.order(), a).cmp(&(two.order(), b)));
    let mut by_id: BTreeMap<&CommentId, usize> = BTreeMap::new();
    for (number, (_, comment)) in all.iter().enumerate() {
        by_id.entry(&comment.id).or_insert(number);
    }
    let parent = |number: usize| by_id.get(all[number].1.answers.as_ref()?).copied();
    let mut answers: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut roots = Vec::new();
    for number in 0..all.len() {
        match parent(number) {
            Some(parent) => answers.entry(parent).or_default().push(number),
            None => roots.push(number),
        }
    }
    // Behind those that answer nothing, those that are left are in circles.
    let mut seen = BTreeSet::new();
    let mut threads: Vec<(usize, Thread)> = Vec::new();
    for root in roots.into_iter().chain(0..all.len()) {
        let (mut entries, mut open) = (Vec::new(), vec![(root, 0)]);
        while let Some((number, depth)) = open.pop() {
            if seen.insert(number) {
                let (writer, comment) = &all[number];
                entries.push(Entry { writer: (*writer).clone(), comment: comment.clone(), depth });
                open.extend(answers.get(&number).into_iter().flatten().rev().map(|&answer| (answer, depth + 1)));
            }
        }
        if !entries.is_empty() {
            threads.push((root, Thread { entries }));
        }
    }
    threads.sort_by_key(|(root, _)| *root);
    threads.into_iter().map(|(_, thread)| thread).collect()
}

impl Session {
    /// All that everybody has written about a document, in threads.
    #[must_use]
    pub fn threads(&self, document: &DocumentId) -> Vec<Thread> {
        let others = self.project().documents.get(document).into_iter().flat_map(|here| &here.comments);
        let others = others.flat_map(|(writer, stored)| stored.set.comments.iter().map(move |one| (writer, one)));
        let own = self.papers(document).into_iter().flat_map(crate::Papers::comments);
        let own = own.map(|comment| (self.annotator(), comment.clone()));
        threads(others.map(|(writer, comment)| (writer, Arc::new(comment.clone()))).chain(own))
    }
}

/// A new comment about some annotations, or about none in particular.
#[must_use]
pub fn write(document: &DocumentId, about: Vec<AnnotationRef>, text: &str, stamp: &mut Stamp<'_>) -> Transaction {
    let comment = Comment { about, ..comment(text, stamp) };
    change(document, "Write comment", Diff::added(comment))
}

/// An answer to anybody's comment; `settled` where it leaves nothing to say.
#[must_use]
pub fn answer(document: &DocumentId, to: &CommentId, text: &str, settled: bool, stamp: &mut Stamp<'_>) -> Transaction {
    let comment = Comment { answers: Some(to.clone()), settled, ..comment(text, stamp) };
    change(document, "Answer comment", Diff::added(comment))
}

/// Other words for one's own comment.
#[must_use]
pub fn edit(document: &DocumentId, before: &Arc<Comment>, text: &str) -> Transaction {
    let after = Comment { text: text.to_owned(), ..before.as_ref().clone() };
    change(document, "Change comment", Diff::changed(before.clone(), after))
}

/// Takes one's own comment back. One that somebody has answered leaves its place, so that the thread stays together.
#[must_use]
pub fn delete(document: &DocumentId, before: &Arc<Comment>, answered: bool) -> Transaction {
    let kept = Comment { text: String::new(), settled: false, ..before.as_ref().clone() };
    let diff = if answered { Diff::changed(before.clone(), kept) } else { Diff::removed(before.clone()) };
    change(document, "Delete comment", diff)
}

/// Says that the matter of one's own comment is settled, or that it is open again.
#[must_use]
pub fn settle(document: &DocumentId, before: &Arc<Comment>, settled: bool) -> Transaction {
    let after = Comment { settled, ..before.as_ref().clone() };
    let name = if settled { "Settle comment" } else { "Reopen comment" };
    change(document, name, Diff::changed(before.clone(), after))
}

fn comment(text: &str, stamp: &mut Stamp<'_>) -> Comment {
    Comment {
        id: CommentId::from_bits((stamp.random)()),
        about: Vec::new(),
        answers: None,
        text: text.to_owned(),
        created: stamp.time.to_owned(),
        settled: false,
    }
}

fn change(document: &DocumentId, name: &str, diff: Diff<Comment>) -> Transaction {
    Transaction { document: document.clone(), name: name.to_owned(), changes: vec![Change::Comment(diff)] }
}
