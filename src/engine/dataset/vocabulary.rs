//! Which labels, attributes and relation types a dataset uses, for the configuration files of other tools.

use std::collections::{BTreeMap, BTreeSet};

use ascribe_schema::{Scheme, Values};

use super::Entry;

/// The labels, attributes and relation types of a dataset, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// The labels, with the attributes that annotations of each have, with their values; an attribute that takes any
    /// text has no values in a scheme, and those that occur in records.
    pub labels: BTreeMap<String, BTreeMap<String, BTreeSet<String>>>,
    /// The relation types, with the labels that each leads from and to.
    pub relations: BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>,
}

impl Vocabulary {
    /// What a scheme allows.
    #[must_use]
    pub fn of_scheme(scheme: &Scheme) -> Self {
        let mut vocabulary = Self::default();
        for label in &scheme.labels {
            let attributes = vocabulary.labels.entry(label.name.clone()).or_default();
            let stored = label.attributes.iter().filter(|attribute| !matches!(attribute.values, Values::Computed(_)));
            for attribute in stored {
                let values = attribute.values.options().iter().cloned().collect();
                attributes.insert(attribute.name.clone(), values);
            }
        }
        for relation in &scheme.relations {
            let ends = (relation.from.iter().cloned().collect(), relation.to.iter().cloned().collect());
            vocabulary.relations.insert(relation.name.clone(), ends);
        }
        vocabulary
    }

    /// What records use, of what is written of them.
    #[must_use]
    pub fn of(entries: &[Entry]) -> Self {
        let mut vocabulary = Self::default();
        for entry in entries {
            for (at, annotation) in entry.annotations() {
                if !vocabulary.labels.contains_key(&annotation.label) {
                    vocabulary.labels.insert(annotation.label.clone(), BTreeMap::new());
                }
                for (name, value) in entry.attributes(at) {
                    let attributes = vocabulary.labels.entry(annotation.label.clone()).or_default();
                    attributes.entry(name.to_owned()).or_default().insert(value.to_owned());
                }
            }
            let label = |at: usize| entry.record().annotations[at].label.clone();
            for (_, relation) in entry.relations() {
                if !vocabulary.relations.contains_key(&relation.kind) {
                    vocabulary.relations.insert(relation.kind.clone(), Default::default());
                }
                if let Some((from, to)) = vocabulary.relations.get_mut(&relation.kind) {
                    from.insert(label(relation.from));
                    to.insert(label(relation.to));
                }
            }
        }
        vocabulary
    }

    /// Adds what another part uses.
    pub fn add(&mut self, other: Self) {
        for (label, attributes) in other.labels {
            let own = self.labels.entry(label).or_default();
            for (name, values) in attributes {
                own.entry(name).or_default().extend(values);
            }
        }
        for (kind, (from, to)) in other.relations {
            let own = self.relations.entry(kind).or_default();
            own.0.extend(from);
            own.1.extend(to);
        }
    }

    /// All attributes, of whatever label, with their values.
    #[must_use]
    pub fn attributes(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut all: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, values) in self.labels.values().flatten() {
            all.entry(name).or_default().extend(values.iter().map(String::as_str));
        }
        all
    }
}
