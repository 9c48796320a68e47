//! Giving documents out evenly.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{AnnotatorName, DocumentId};
use rand::{RngExt, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{AssignError, Assignments, check};

/// How many exchanges are tried for each document given to somebody, so that pairs come out more evenly.
const TRIES: usize = 40;

/// How documents are given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many annotators each document gets, those who have it already among them.
    pub each: usize,
    /// What chance starts from: the same seed gives the same.
    pub seed: u64,
    /// What is even.
    pub load: Load,
}

/// What everybody should have as much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
    /// Documents.
    Documents,
    /// Characters of the documents' texts.
    Characters,
}

/// Gives each of the `documents`, which are named with their lengths in characters, to some of the `annotators`.
///
/// Whoever has a document `already` keeps it. Documents are gone through by chance (by length, the longest first, where
/// characters are to be even), each is given to those who have least, and among these to those who share fewest
/// documents with who is on it; then people change places where that makes pairs more even. Where nobody has anything
/// yet, the numbers of documents differ by one at most.
///
/// # Errors
///
/// When there are fewer annotators than each document should get, nobody is named, or gold is.
pub fn spread(
    documents: &BTreeMap<DocumentId, u32>,
    annotators: &[AnnotatorName],
    how: Spread,
    already: &Assignments,
) -> Result<Assignments, AssignError> {
    check(annotators)?;
    let names: BTreeSet<_> = annotators.iter().collect();
    if how.each == 0 {
        return Err(AssignError::Nobody);
    }
    if how.each > names.len() {
        return Err(AssignError::TooFew { each: how.each, annotators: names.len() });
    }
    let mut random = ChaCha8Rng::seed_from_u64(how.seed);
    let mut table = Table::of(documents, &names, how.load, already);
    let mut order: Vec<_> = documents.iter().collect();
    order.shuffle(&mut random);
    if how.load == Load::Characters {
        order.sort_by_key(|(_, length)| std::cmp::Reverse(**length));
    }
    for (document, _) in order {
        table.fill(document, how.each, &mut random);
    }
    if how.load == Load::Documents && how.each > 1 {
        table.even_pairs(&mut random);
    }
    Ok(table.given())
}

/// How much each annotator has: documents, or characters of those in `documents`.
#[must_use]
pub fn loads(
    assignments: &Assignments,
    documents: &BTreeMap<DocumentId, u32>,
    load: Load,
) -> BTreeMap<AnnotatorName, u64> {
    let mut loads = BTreeMap::new();
    for (document, names) in assignments {
        for name in names {
            *loads.entry(name.clone()).or_default() += weight(documents, document, load);
        }
    }
    loads
}

/// How many documents each two annotators have in common.
#[must_use]
pub fn pairs(assignments: &Assignments) -> BTreeMap<[AnnotatorName; 2], usize> {
    let mut pairs = BTreeMap::new();
    for names in assignments.values() {
        for (number, one) in names.iter().enumerate() {
            for other in &names[number + 1..] {
                let pair = if one < other { [one, other] } else { [other, one] };
                *pairs.entry(pair.map(Clone::clone)).or_default() += 1;
            }
        }
    }
    pairs
}

fn weight(documents: &BTreeMap<DocumentId, u32>, document: &DocumentId, load: Load) -> u64 {
    match load {
        Load::Documents => 1,
        Load::Characters => documents.get(document).copied().unwrap_or_default().into(),
    }
}

/// Who has what while it is given out.
struct Table<'a> {
    documents: &'a BTreeMap<DocumentId, u32>,
    load: Load,
    names: Vec<&'a AnnotatorName>,
    /// How much each has.
    loads: Vec<u64>,
    /// How many documents each two have in common.
    common: Vec<Vec<i64>>,
    /// Those on each document who are among the names, by number.
    on: BTreeMap<&'a DocumentId, Vec<usize>>,
    /// Whoever else has it already.
    others: BTreeMap<&'a DocumentId, Vec<AnnotatorName>>,
    /// What has been given out: document and annotator.
    new: Vec<(&'a DocumentId, usize)>,
}

impl<'a> Table<'a> {
    fn of(
        documents: &'a BTreeMap<DocumentId, u32>,
        names: &BTreeSet<&'a AnnotatorName>,
        load: Load,
        already: &'a Assignments,
    ) -> Self {
        let names: Vec<_> = names.iter().copied().collect();
        let (loads, common) = (vec![0; names.len()], vec![vec![0; names.len()]; names.len()]);
        let (on, others) = (BTreeMap::new(), BTreeMap::new());
        let mut table = Self { documents, load, names, loads, common, on, others, new: Vec::new() };
        for (document, people) in already {
            for name in people {
                match table.names.binary_search(&name) {
                    Ok(number) => table.put(document, number),
                    Err(_) => table.others.entry(document).or_default().push(name.clone()),
                }
            }
        }
        table
    }

    fn put(&mut self, document: &'a DocumentId, who: usize) {
        let on = self.on.entry(document).or_default();
        if on.contains(&who) {
            return;
        }
        for &other in on.iter() {
            self.common[who][other] += 1;
            self.common[other][who] += 1;
        }
        on.push(who);
        self.loads[who] += weight(self.documents, document, self.load);
    }

    /// Gives a document to as many people as it lacks, those who have least first.
    fn fill(&mut self, document: &'a DocumentId, each: usize, random: &mut ChaCha8Rng) {
        let mut chance: Vec<_> = (0..self.names.len()).collect();
        chance.shuffle(random);
        loop {
            let on = self.on.get(document).map_or(&[] as &[usize], Vec::as_slice);
            if on.len() + self.others.get(document).map_or(0, Vec::len) >= each {
                return;
            }
            let common = |who: usize| on.iter().map(|&other| self.common[who][other]).sum::<i64>();
            let free = (0..self.names.len()).filter(|who| !on.contains(who));
            let Some(who) = free.min_by_key(|&who| (self.loads[who], common(who), chance[who])) else { return };
            self.put(document, who);
            self.new.push((document, who));
        }
    }

    /// Lets people change places where pairs come out more evenly; nobody gets more or less.
    fn even_pairs(&mut self, random: &mut ChaCha8Rng) {
        for _ in 0..TRIES * self.new.len() {
            let (first, second) = (random.random_range(0..self.new.len()), random.random_range(0..self.new.len()));
            let ((here, a), (there, b)) = (self.new[first], self.new[second]);
            let has = |document: &DocumentId, who: usize| self.on[document].contains(&who);
            if here == there || a == b || has(here, b) || has(there, a) {
                continue;
            }
            let change = self.exchange(here, a, b) + self.exchange(there, b, a);
            if change < 0 {
                (self.new[first].1, self.new[second].1) = (b, a);
            } else {
                self.exchange(here, b, a);
                self.exchange(there, a, b);
            }
        }
    }

    /// Puts one person in another's place; returns by how much the sum of the squares of what pairs have in common
    /// grows.
    fn exchange(&mut self, document: &DocumentId, goes: usize, comes: usize) -> i64 {
        let Some(on) = self.on.get_mut(document) else { return 0 };
        let mut grown = 0;
        for &other in on.iter().filter(|other| **other != goes) {
            grown += 2 - 2 * self.common[goes][other] + 2 * self.common[comes][other];
            for (who, by) in [(goes, -1), (comes, 1)] {
                self.common[who][other] += by;
                self.common[other][who] += by;
            }
        }
        on.iter_mut().filter(|who| **who == goes).for_each(|who| *who = comes);
        grown
    }

    /// The documents of which somebody was given something, with everybody on them.
    fn given(self) -> Assignments {
        let changed: BTreeSet<_> = self.new.iter().map(|(document, _)| *document).collect();
        let everybody = |document: &DocumentId| {
            let on = self.on.get(document).into_iter().flatten().map(|&who| self.names[who].clone());
            let mut all: Vec<_> = on.chain(self.others.get(document).into_iter().flatten().cloned()).collect();
            all.sort();
            all
        };
        changed.into_iter().map(|document| (document.clone(), everybody(document))).collect()
    }
}
