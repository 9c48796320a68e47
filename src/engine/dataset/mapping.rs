//! Other names for labels, attributes and relation types on the way from one scheme to another.

use std::collections::BTreeMap;

use super::{DatasetError, Kind, Record, Told};

/// Which name becomes which. An empty new name means that these are left out.
///
/// ```
/// use ascribe_engine::dataset::Mapping;
///
/// let mapping = Mapping::parse(&["Content=quote,Source=source".to_owned(), "AttributedTo=attributed_to".to_owned()])?;
/// assert_eq!(mapping.of("Content"), "quote");
/// assert_eq!(mapping.of("Cue"), "Cue");
/// # Ok::<(), ascribe_engine::dataset::DatasetError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    names: BTreeMap<String, String>,
    /// Names that are given to things of one kind only, before those for all.
    only: BTreeMap<(Kind, String), String>,
}

impl Mapping {
    /// Reads lists such as `Content=quote,Source=source`.
    ///
    /// # Errors
    ///
    /// When an entry has no `=` or a name is given twice.
    pub fn parse(lists: &[String]) -> Result<Self, DatasetError> {
        let mut mapping = Self::default();
        for entry in lists.iter().flat_map(|list| list.split(',')).map(str::trim).filter(|entry| !entry.is_empty()) {
            let (old, new) = entry.rsplit_once('=').ok_or_else(|| {
                DatasetError::Options(format!("`{entry}` in --map says no new name; write it like Content=quote"))
            })?;
            mapping.set(old.trim(), new.trim())?;
        }
        Ok(mapping)
    }

    /// Adds a name.
    ///
    /// # Errors
    ///
    /// When it has another new name already.
    pub fn set(&mut self, old: &str, new: &str) -> Result<(), DatasetError> {
        match self.names.insert(old.to_owned(), new.to_owned()) {
            Some(other) if other != new => {
                Err(DatasetError::Options(format!("--map gives `{old}` two new names, `{other}` and `{new}`")))
            }
            _ => Ok(()),
        }
    }

    /// What a name becomes: itself, if nothing is said of it; nothing if it is to be left out.
    #[must_use]
    pub fn of<'a>(&'a self, name: &'a str) -> &'a str {
        self.names.get(name).map_or(name, String::as_str)
    }

    /// Gives a name to things of one kind only: to labels ([`Kind::Annotation`]), relation types
    /// ([`Kind::Relation`]) or attributes ([`Kind::Attribute`]).
    pub fn set_only(&mut self, kind: Kind, old: &str, new: &str) {
        self.only.insert((kind, old.to_owned()), new.to_owned());
    }

    /// What the name of a label, relation type or attribute becomes.
    fn name<'a>(&'a self, kind: Kind, name: &'a str) -> &'a str {
        if self.only.is_empty() {
            return self.of(name);
        }
        self.only.get(&(kind, name.to_owned())).map_or_else(|| self.of(name), String::as_str)
    }

    /// Whether nothing is renamed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.only.is_empty()
    }

    /// Renames the labels, attributes and relation types of a record; what has no new name is left out and told.
    #[must_use]
    pub fn apply(&self, mut record: Record, told: &mut Told) -> Record {
        if self.is_empty() {
            return record;
        }
        const WHY: &str = "the mapping leaves it out";
        let id = record.id.clone();
        let gone: Vec<_> = record
            .annotations
            .iter()
            .map(|annotation| self.name(Kind::Annotation, &annotation.label).is_empty())
            .collect();
        for (annotation, _) in record.annotations.iter().zip(&gone).filter(|(_, gone)| **gone) {
            let counts = Kind::of(annotation);
            counts.into_iter().for_each(|(kind, count)| told.left_out.leave_out(kind, count, WHY, || id.clone()));
        }
        let dropped = |relation: &super::Relation| self.name(Kind::Relation, &relation.kind).is_empty();
        let (before, unwanted) = (record.relations.len(), record.relations.iter().filter(|r| dropped(r)).count());
        record.relations.retain(|relation| !dropped(relation));
        record.retain(|at, _| !gone[at]);
        let cut = before - unwanted - record.relations.len();
        told.left_out.leave_out(Kind::Relation, unwanted, WHY, || id.clone());
        told.left_out.leave_out(Kind::Relation, cut, "an end of it is left out", || id.clone());
        for annotation in &mut record.annotations {
            annotation.label = self.name(Kind::Annotation, &annotation.label).to_owned();
            let attributes = std::mem::take(&mut annotation.attributes);
            for (name, value) in attributes {
                match self.name(Kind::Attribute, &name) {
                    "" => told.left_out.leave_out(Kind::Attribute, 1, WHY, || id.clone()),
                    name if annotation.attributes.contains_key(name) => {
                        let why = "the mapping gives another attribute the same name";
                        told.left_out.leave_out(Kind::Attribute, 1, why, || id.clone());
                    }
                    name => drop(annotation.attributes.insert(name.to_owned(), value)),
                }
            }
        }
        for relation in &mut record.relations {
            relation.kind = self.name(Kind::Relation, &relation.kind).to_owned();
        }
        record
    }
}
