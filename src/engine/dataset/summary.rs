//! What a part of a dataset holds, for its data card.

use std::collections::BTreeMap;

use super::Entry;
use crate::hex_sha256;

/// What a part of a dataset holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Records that are written.
    pub records: usize,
    /// Annotations that are written, by label.
    pub labels: BTreeMap<String, usize>,
    /// Relations that are written, by type.
    pub relations: BTreeMap<String, usize>,
    /// Annotations that are written, by annotator.
    pub annotators: BTreeMap<String, usize>,
    /// Records by language.
    pub languages: BTreeMap<String, usize>,
    /// The SHA-256 of each document's text, in lower-case hexadecimal, by the document's id.
    pub texts: BTreeMap<String, String>,
}

impl Summary {
    /// What these hold.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        let mut summary = Self { records: entries.len(), ..Self::default() };
        for entry in entries {
            let record = entry.record();
            let count = |counts: &mut BTreeMap<String, usize>, name: &str, count: usize| match counts.get_mut(name) {
                Some(sum) => *sum += count,
                None => drop(counts.insert(name.to_owned(), count)),
            };
            let mut annotations = 0;
            for (_, annotation) in entry.annotations() {
                count(&mut summary.labels, &annotation.label, 1);
                annotations += 1;
            }
            entry.relations().for_each(|(_, relation)| count(&mut summary.relations, &relation.kind, 1));
            count(&mut summary.annotators, &record.annotator, annotations);
            count(&mut summary.languages, record.meta("language"), 1);
            summary.texts.insert(record.id.clone(), hex_sha256(record.text.as_str().as_bytes()));
        }
        summary
    }

    /// Adds what another holds.
    pub fn add(&mut self, other: Self) {
        self.records += other.records;
        let sums = [&mut self.labels, &mut self.relations, &mut self.annotators, &mut self.languages];
        for (sums, counts) in sums.into_iter().zip([other.labels, other.relations, other.annotators, other.languages]) {
            for (name, count) in counts {
                *sums.entry(name).or_default() += count;
            }
        }
        self.texts.extend(other.texts);
    }
}
