//! What is in the files of a dataset, for people who decide what becomes of it.

use std::collections::BTreeMap;

use super::{DatasetError, Kind, Record, Told, Work, Works, pump::in_order};

/// What is in the files of a dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    /// How many of each kind of thing.
    pub numbers: BTreeMap<Kind, usize>,
    /// The labels, with how many annotations have each.
    pub labels: BTreeMap<String, usize>,
    /// The attributes, with how many annotations have each.
    pub attributes: BTreeMap<String, usize>,
    /// The relation types, with how many relations are of each.
    pub relations: BTreeMap<String, usize>,
    /// The annotators, with how many documents each has; one without a name for files that do not say.
    pub annotators: BTreeMap<String, usize>,
    /// What reading had to tell.
    pub told: Told,
}

impl Survey {
    fn see(&mut self, record: &Record) {
        for kind in Kind::ALL {
            *self.numbers.entry(kind).or_default() += kind.count(record);
        }
        let count = |counts: &mut BTreeMap<String, usize>, name: &str| match counts.get_mut(name) {
            Some(count) => *count += 1,
            None => drop(counts.insert(name.to_owned(), 1)),
        };
        for annotation in &record.annotations {
            count(&mut self.labels, &annotation.label);
            annotation.attributes.keys().for_each(|name| count(&mut self.attributes, name));
        }
        record.relations.iter().for_each(|relation| count(&mut self.relations, &relation.kind));
        count(&mut self.annotators, &record.annotator);
    }

    fn add(&mut self, other: Self) {
        for (kind, count) in other.numbers {
            *self.numbers.entry(kind).or_default() += count;
        }
        let own = [&mut self.labels, &mut self.attributes, &mut self.relations, &mut self.annotators];
        let others = [other.labels, other.attributes, other.relations, other.annotators];
        for (own, others) in own.into_iter().zip(others) {
            for (name, count) in others {
                *own.entry(name).or_default() += count;
            }
        }
        self.told.add(other.told);
    }
}

/// Reads all works and says what is in them. `progress` hears how many records have been read.
///
/// # Errors
///
/// When somebody asked to stop.
pub fn survey(
    works: Works,
    stopped: &dyn Fn() -> bool,
    progress: &mut dyn FnMut(usize),
) -> Result<Survey, DatasetError> {
    let read = |work: Work| {
        let mut seen = Survey::default();
        let records = work(&mut seen.told);
        records.iter().for_each(|record| seen.see(record));
        seen
    };
    let mut survey = Survey::default();
    in_order(works, &read, stopped, &mut |seen| {
        survey.add(seen);
        progress(survey.numbers.get(&Kind::Document).copied().unwrap_or_default());
        Ok(())
    })?;
    Ok(survey)
}
