//! From mentions to rows.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use ascribe_schema::{AnnotationSet, AnnotatorName, DocumentId, Span};

use super::{
    Column, Grouping, Ledger, Row,
    mention::{Said, mentions},
    name, sort,
};
use crate::{
    Document, Project,
    dataset::{DatasetError, Selection},
    paratext,
};

/// What one set says of its sources, worked out once for each state of the set.
#[derive(Clone, Debug)]
pub struct Sources(Arc<[Said]>);

impl Sources {
    /// What a set says; `proposed` is what in its text was proposed as not the article.
    #[must_use]
    pub fn of(set: &AnnotationSet, proposed: &[Span]) -> Self {
        let here = set.annotations.iter().filter(|annotation| set.text_of(annotation) == set.text_sha256);
        Self(mentions(set, &paratext(proposed, here)).into())
    }

    /// What a stored set of a document says.
    #[must_use]
    pub fn of_stored(document: &Document, set: &AnnotationSet) -> Self {
        Self::of(set, document.proposed(&set.text_sha256))
    }
}

/// The ledger of the chosen sets of a project.
///
/// # Errors
///
/// When several people have annotated and none is chosen, or a chosen one or a document is not there.
pub fn ledger(project: &Project, selection: &Selection) -> Result<Ledger, DatasetError> {
    let annotators = selection.annotators(project)?;
    let documents = project.documents.iter();
    let documents = documents.filter(|(id, _)| selection.documents.is_empty() || selection.documents.contains(id));
    let sets = documents.flat_map(|(_, document)| {
        let chosen = document.sets.iter().filter(|(name, _)| annotators.contains(name));
        chosen.map(|(_, stored)| Sources::of_stored(document, &stored.set))
    });
    Ok(ledger_of(&sets.collect::<Vec<_>>()))
}

/// The ledger of several sets.
#[must_use]
pub fn ledger_of(sets: &[Sources]) -> Ledger {
    let all = || (0_usize..).zip(sets).flat_map(|(set, sources)| sources.0.iter().map(move |said| (set, said)));
    let names: HashSet<String> = all()
        .filter(|(_, said)| !said.is_unresolved())
        .map(|(_, said)| name::key(said.mention.entity.as_deref().unwrap_or(&said.mention.words)))
        .collect();
    let mut groups: HashMap<Key, Group<'_>> = HashMap::new();
    for (set, said) in all() {
        groups.entry(Key::of(said, &names)).or_default().0.push((set, said));
    }
    let mut ledger = Ledger { rows: groups.into_iter().map(|(key, group)| group.row(key)).collect() };
    sort(&mut ledger.rows, Column::Quotes, true);
    ledger
}

/// What mentions of one source have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// A name, or an entity; both are the same source where they read the same.
    Named(String),
    /// Words in one article.
    Unresolved(DocumentId, String),
}

impl Key {
    fn of(said: &Said, names: &HashSet<String>) -> Self {
        let (words, document) = (&said.mention.words, &said.mention.document);
        if let Some(entity) = &said.mention.entity {
            return Self::Named(name::key(entity));
        }
        if said.is_unresolved() {
            return Self::Unresolved(document.clone(), words.to_lowercase());
        }
        // “Benny Gantz, the defence minister” is Benny Gantz where he is a source by himself.
        let bare = name::before_apposition(words).map(name::key).filter(|bare| names.contains(bare));
        Self::Named(bare.unwrap_or_else(|| name::key(words)))
    }
}

/// The mentions of one row, each with the number of its set.
#[derive(Default)]
struct Group<'a>(Vec<(usize, &'a Said)>);

impl Group<'_> {
    fn row(mut self, key: Key) -> Row {
        let place = |said: &Said| (said.mention.document.clone(), said.mention.annotator.clone(), said.mention.span);
        self.0.sort_by_cached_key(|(_, said)| (place(said), said.mention.annotation.clone()));
        let said = || self.0.iter().map(|(_, said)| *said);
        let all = |pick: fn(&Said) -> &BTreeSet<u32>| -> HashSet<(usize, u32)> {
            self.0.iter().flat_map(|(set, said)| pick(said).iter().map(move |&number| (*set, number))).collect()
        };
        let entities = counted(said().filter_map(|said| said.mention.entity.as_deref()));
        let mut names = counted(said().map(|said| said.mention.words.as_str()));
        let unresolved = matches!(key, Key::Unresolved(..));
        let by_entity = said().all(|said| said.mention.entity.is_some());
        let called = most(&entities).or_else(|| most(&names)).unwrap_or_default().to_owned();
        names.remove(called.as_str());
        entities.iter().for_each(|(entity, count)| *names.entry(entity).or_default() += count);
        names.remove(called.as_str());
        let mut also: Vec<_> = names.into_iter().collect();
        also.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let denials = all(|said| &said.denials);
        Row {
            also: also.into_iter().map(|(name, _)| name.to_owned()).collect(),
            grouped_by: match () {
                () if unresolved => Grouping::Unresolved,
                () if by_entity => Grouping::Entity,
                () => Grouping::Name,
            },
            kind: owned(counted(said().filter_map(|said| said.kind.as_deref()))),
            naming: owned(counted(said().filter_map(|said| said.naming.as_deref()))),
            quotes: all(|said| &said.quotes).len(),
            claims: all(|said| &said.claims).len(),
            // Who takes back what they said themselves is not denied by others.
            denied: all(|said| &said.denied).difference(&denials).count(),
            denials: denials.len(),
            documents: said().map(|said| said.mention.document.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
            annotators: said()
                .map(|said| said.mention.annotator.clone())
                .collect::<BTreeSet<AnnotatorName>>()
                .into_iter()
                .collect(),
            mentions: said().map(|said| said.mention.clone()).collect(),
            name: if unresolved { format!("unresolved: {called}") } else { called },
            key: match key {
                Key::Named(name) => name,
                Key::Unresolved(document, words) => format!("{document}: {words}"),
            },
        }
    }
}

fn counted<'a>(values: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, usize> {
    let mut counts = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts
}

/// The most frequent value; of several the first by name.
fn most<'a>(counts: &BTreeMap<&'a str, usize>) -> Option<&'a str> {
    counts.iter().rev().max_by_key(|(_, count)| **count).map(|(value, _)| *value)
}

fn owned(counts: BTreeMap<&str, usize>) -> BTreeMap<String, usize> {
    counts.into_iter().map(|(value, count)| (value.to_owned(), count)).collect()
}
