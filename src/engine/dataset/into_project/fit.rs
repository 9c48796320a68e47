//! The names of a record and those of the project's scheme.

use ascribe_schema::{Attribute, Label, PARATEXT, RelationType, Scheme, Values};

use super::{Import, Unknown};
use crate::dataset::{Annotation, Kind, Record, Told, jsonl};

/// The colours that labels without one of their own get, in turn.
const COLORS: [&str; 4] = ["violet", "teal", "brown", "grey"];

impl Import<'_> {
    /// Gives a record the scheme's names, and adds to the scheme what it lacks or refuses what has it.
    pub(super) fn fit(&mut self, record: &mut Record) {
        let add = self.options.unknown == Unknown::Add;
        let mut refused = Vec::new();
        for at in 0..record.annotations.len() {
            let label = self.label(&record.annotations[at].label);
            match label {
                Some(label) => record.annotations[at].label = label,
                None if add => self.add_label(&record.annotations[at].label.clone()),
                None => refused.push(at),
            }
            if refused.last() != Some(&at) {
                self.fit_attributes(&record.id, &mut record.annotations[at]);
            }
        }
        self.refuse_annotations(record, &refused, "the scheme does not have its label");
        record.retain(|at, _| refused.binary_search(&at).is_err());
        self.fit_relations(record, add);
    }

    /// The scheme's own name for a label: the same, or the only one that differs in capitals only.
    fn label(&mut self, name: &str) -> Option<String> {
        if name == PARATEXT || self.project.file.scheme.label(name).is_some() {
            return Some(name.to_owned());
        }
        let names = self.project.file.scheme.labels.iter().map(|label| label.name.as_str());
        let same = alike(names, name)?;
        self.taken.told.note(format!("the label `{name}` is `{same}` here"));
        Some(same)
    }

    fn add_label(&mut self, name: &str) {
        let labels = &mut self.project.file.scheme.labels;
        let color = COLORS[labels.len() % COLORS.len()].to_owned();
        labels.push(Label {
            name: name.to_owned(),
            key: String::new(),
            color,
            guideline: String::new(),
            attributes: Vec::new(),
        });
        self.taken.new_names.insert(name.to_owned());
    }

    fn fit_attributes(&mut self, document: &str, annotation: &mut Annotation) {
        let add = self.options.unknown == Unknown::Add;
        let Some(label) = self.project.file.scheme.labels.iter_mut().find(|label| label.name == annotation.label)
        else {
            return;
        };
        for (name, value) in std::mem::take(&mut annotation.attributes) {
            let names = label.attributes.iter().map(|attribute| attribute.name.as_str());
            let name = if label.attribute(&name).is_some() { name } else { alike(names, &name).unwrap_or(name) };
            let full = format!("{}.{name}", label.name);
            let why = match label.attributes.iter_mut().find(|attribute| attribute.name == name) {
                None if add => {
                    label.attributes.push(Attribute {
                        name: name.clone(),
                        values: Values::Text,
                        guideline: String::new(),
                    });
                    self.taken.new_names.insert(full);
                    None
                }
                None => Some("the scheme does not have it"),
                Some(attribute) if attribute.values.allows(&value) => None,
                Some(Attribute { values: Values::Choice(options), .. }) if add => {
                    options.push(value.clone());
                    self.taken.new_names.insert(format!("{full}={value}"));
                    None
                }
                Some(Attribute { values: Values::Computed(_), .. }) => Some("the program works it out itself"),
                Some(_) => Some("the scheme does not have this value"),
            };
            match why {
                None => drop(annotation.attributes.insert(name, value)),
                Some(why) => refuse(&mut self.taken.told, document, annotation, (&name, &value), why),
            }
        }
    }

    fn fit_relations(&mut self, record: &mut Record, add: bool) {
        let mut refused = Vec::new();
        for (at, relation) in record.relations.iter_mut().enumerate() {
            let scheme = &mut self.project.file.scheme;
            if scheme.relation(&relation.kind).is_none() {
                let names = scheme.relations.iter().map(|relation| relation.name.as_str());
                match alike(names, &relation.kind) {
                    Some(same) => relation.kind = same,
                    None if add => {
                        self.taken.new_names.insert(relation.kind.clone());
                        scheme.relations.push(RelationType {
                            name: relation.kind.clone(),
                            from: Vec::new(),
                            to: Vec::new(),
                            guideline: String::new(),
                        });
                    }
                    None => {
                        refused.push(at);
                        continue;
                    }
                }
            }
            let (from, to) = (&record.annotations[relation.from].label, &record.annotations[relation.to].label);
            allow(scheme, &relation.kind, from, to, add);
        }
        for (at, relation) in std::mem::take(&mut record.relations).into_iter().enumerate() {
            if refused.binary_search(&at).is_err() {
                record.relations.push(relation);
                continue;
            }
            let content = jsonl::relation(record, &relation);
            let reason = format!("relation `{}`: the scheme does not have its type `{}`", relation.id, relation.kind);
            self.taken.told.refuse((&record.id, 0), Kind::Relation, reason, content);
        }
    }
}

/// Lets a relation type join two labels, if it is one that may be changed.
fn allow(scheme: &mut Scheme, kind: &str, from: &str, to: &str, add: bool) {
    let Some(relation) = scheme.relations.iter_mut().find(|relation| relation.name == kind) else { return };
    // A type whose ends take the same labels joins equals; what joins others is told by `check`.
    if !add || relation.allows(from, to) {
        return;
    }
    for (ends, label) in [(&mut relation.from, from), (&mut relation.to, to)] {
        if !ends.iter().any(|end| end == label) {
            ends.push(label.to_owned());
        }
    }
}

fn refuse(told: &mut Told, document: &str, annotation: &Annotation, (name, value): (&str, &str), why: &str) {
    let content = serde_json::json!({ "annotation": annotation.id, "attribute": name, "value": value }).to_string();
    let reason = format!("attribute `{name}` of annotation `{}`: {why}", annotation.id);
    told.refuse((document, 0), Kind::Attribute, reason, content);
}

/// The only one of `names` that differs from `name` in capitals only.
fn alike<'a>(names: impl Iterator<Item = &'a str>, name: &str) -> Option<String> {
    let folded = name.to_lowercase();
    let mut same = names.filter(|other| other.to_lowercase() == folded);
    let first = same.next()?;
    same.next().is_none().then(|| first.to_owned())
}
