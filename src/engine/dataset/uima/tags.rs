//! From a CAS to a record: which structures become annotations and relations, and what is told of the others.
//!
//! The label of an annotation is the value of its feature `label`, `value`, the layer's own value feature (such as
//! `chunkValue`) or `referenceType`; without such a value it is the layer's short name. All other features with values
//! are attributes, but `note` is the note, and `identifier` the id unless it is a web address. Relations are named
//! likewise, or by the only text that they have; their other features are told. What fills a slot is a relation named after its role or the slot's feature; the links of a chain are each
//! the `same_as` of the next.

use std::collections::{BTreeMap, HashMap, HashSet};

use ascribe_schema::{Span, Text};

use super::{
    Cas, Structure, Value,
    cas::JOINT,
    layers::{NAMED_ENTITY, RELATION, Role, SPAN, role, short},
    names::attribute_name,
};
use crate::dataset::{Annotation, Kind, Record, Relation, Told, Unit, misfit};

/// Where a CAS comes from.
pub(in crate::dataset) struct Source<'a> {
    /// The file, by the path that it was found by.
    pub file: &'a str,
    /// What the document is called if it does not say so itself.
    pub id: String,
    /// What its offsets count.
    pub unit: Unit,
    /// A structure exactly as the file has it.
    pub content: &'a dyn Fn(&Structure) -> String,
}

/// The record that a CAS holds; nothing if it has no text, which is told.
pub(in crate::dataset) fn record(cas: &Cas, source: &Source<'_>, told: &mut Told) -> Option<Record> {
    let with_text = |name: &str| cas.sofas.iter().find(|sofa| sofa.text.is_some() && sofa.name == name);
    let sofa = with_text("_InitialView").or_else(|| cas.sofas.iter().find(|sofa| sofa.text.is_some()));
    let Some((sofa, text)) = sofa.and_then(|sofa| Some((sofa, sofa.text.as_deref()?))) else {
        told.refuse((source.file, 0), Kind::Document, "it has no text", "");
        return None;
    };
    let mut places = HashMap::with_capacity(cas.structures.len());
    for (place, structure) in cas.structures.iter().enumerate() {
        places.entry(structure.id).or_insert(place);
    }
    let mut tags = Tags {
        cas,
        source,
        told,
        text: Text::new(text),
        roles: cas.structures.iter().map(role).collect(),
        places,
        members: cas.members.get(&sofa.id),
        sofa: sofa.id,
        record: Record { id: source.id.clone(), ..Record::default() },
        annotations: HashMap::new(),
        ids: HashSet::new(),
        linked: HashSet::new(),
    };
    tags.metadata();
    let parents = tags.parents();
    tags.annotate(&parents);
    tags.relate(&parents);
    let Tags { mut record, text, .. } = tags;
    record.text = text.into();
    Some(record)
}

struct Tags<'a, 'b> {
    cas: &'a Cas,
    source: &'a Source<'a>,
    told: &'b mut Told,
    text: Text,
    roles: Vec<Role>,
    /// The place of each structure, by its id.
    places: HashMap<u64, usize>,
    members: Option<&'a HashSet<u64>>,
    sofa: u64,
    record: Record,
    /// The place in the record of the annotation that a structure became.
    annotations: HashMap<usize, usize>,
    /// The ids that annotations have.
    ids: HashSet<String>,
    /// The links that slots hold, by place.
    linked: HashSet<usize>,
}

impl<'a> Tags<'a, '_> {
    fn refuse(&mut self, kind: Kind, structure: &Structure, reason: impl Into<String>) {
        let content = (self.source.content)(structure);
        self.told.refuse((self.source.file, structure.line), kind, reason, content);
    }

    /// What the document says of itself.
    fn metadata(&mut self) {
        let cas = self.cas;
        for (structure, role) in cas.structures.iter().zip(self.roles.clone()) {
            match role {
                Role::Document => self.document(structure),
                Role::Meta => self.meta(structure),
                Role::Automatic => {
                    let layer = short(&structure.kind);
                    self.told.note(format!("a {layer} was not kept: words, grammar and layout are not"));
                }
                Role::Other => self.refuse(Kind::Annotation, structure, "it has no place in the text"),
                _ => {}
            }
        }
    }

    fn document(&mut self, structure: &Structure) {
        let said = |name: &str| structure.text(name).filter(|value| !value.is_empty());
        // Whose work it is stands in INCEpTION's own CASMetadata.
        if let Some(annotator) = said("username").filter(|_| self.record.annotator.is_empty()) {
            self.record.annotator = annotator.to_owned();
        }
        if let Some(id) = said("documentId").or_else(|| said("documentTitle")) {
            self.record.id = id.to_owned();
        }
        let address = said("documentUri").filter(|uri| uri.starts_with("http"));
        let language = said("language").filter(|language| *language != "x-unspecified");
        for (name, value) in [("title", said("documentTitle")), ("url", address), ("language", language)] {
            if let Some(value) = value {
                self.record.meta.insert(name.to_owned(), value.into());
            }
        }
    }

    fn meta(&mut self, structure: &Structure) {
        let name = structure.text("name").unwrap_or_default().to_owned();
        let value = match (structure.text("value"), structure.text("json").map(serde_json::from_str)) {
            (Some(value), _) => value.into(),
            (None, Some(Ok(value))) => value,
            (None, _) => return self.refuse(Kind::Document, structure, "it has no value"),
        };
        match value {
            serde_json::Value::String(value) if name == "annotator" => self.record.annotator = value,
            value => drop(self.record.meta.insert(name, value)),
        }
    }

    /// The first fragment of the annotation that each other fragment belongs to, by place.
    fn parents(&mut self) -> HashMap<usize, usize> {
        let mut parents = HashMap::new();
        let cas = self.cas;
        for (place, structure) in cas.structures.iter().enumerate() {
            let end = |name: &str| structure.references(name).and_then(|ids| self.places.get(ids.first()?)).copied();
            let (from, to) = match self.roles[place] {
                Role::Continuation => (end("Governor"), end("Dependent")),
                Role::Span if structure.has("continuationOf") => (end("continuationOf"), Some(place)),
                _ => continue,
            };
            match (from, to) {
                (Some(from), Some(to)) if [from, to].iter().all(|end| self.roles[*end] == Role::Span) => {
                    parents.insert(to, from);
                }
                _ => self.refuse(Kind::Fragment, structure, "it ties no two fragments"),
            }
        }
        first_of_all(&parents)
    }

    fn annotate(&mut self, parents: &HashMap<usize, usize>) {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for place in (0..self.cas.structures.len()).filter(|place| self.roles[*place] == Role::Span) {
            groups.entry(root(parents, place)).or_default().push(place);
        }
        let cas = self.cas;
        for (first, places) in groups {
            let pieces: Vec<&Structure> = places.iter().map(|place| &cas.structures[*place]).collect();
            match self.spans(&pieces) {
                Ok(spans) => {
                    let annotation = self.annotation(&cas.structures[first], spans);
                    self.annotations.insert(first, self.record.annotations.len());
                    self.record.annotations.push(annotation);
                }
                Err(reason) => {
                    for piece in pieces {
                        self.refuse(Kind::Annotation, piece, reason.clone());
                    }
                }
            }
        }
    }

    /// Where all fragments of an annotation lie.
    fn spans(&self, pieces: &[&Structure]) -> Result<Vec<Span>, String> {
        let mut spans = Vec::with_capacity(pieces.len());
        for piece in pieces {
            if piece.sofa.is_some_and(|sofa| sofa != self.sofa) {
                return Err("it belongs to another text of the same file".to_owned());
            }
            if self.members.is_some_and(|members| !members.contains(&piece.id)) {
                return Err("it is in no index, so it counts as deleted".to_owned());
            }
            for &(begin, end) in &piece.spans {
                spans.push(self.span(begin, end)?);
            }
        }
        spans.sort_unstable();
        match misfit(&self.text, &spans) {
            Some(reason) => Err(reason),
            None => Ok(spans),
        }
    }

    fn span(&self, begin: usize, end: usize) -> Result<Span, String> {
        let offset = |at: usize| match self.source.unit {
            Unit::Utf16 => self.text.offset_of_utf16(at),
            Unit::CodePoints => u32::try_from(at).ok().map(ascribe_schema::Offset).filter(|at| *at <= self.text.len()),
        };
        match (offset(begin), offset(end)) {
            (Some(start), Some(end)) => Ok(Span { start, end }),
            _ => Err(format!("its span {begin}–{end} ends past the text or inside a character")),
        }
    }

    fn annotation(&mut self, structure: &'a Structure, spans: Vec<Span>) -> Annotation {
        let layer = short(&structure.kind);
        let (label, own) = (label_of(structure), structure.kind == SPAN);
        if label.is_some() && !own && structure.kind != NAMED_ENTITY {
            self.told.note(format!("the layer {layer} was not kept where one of its features has the label"));
        }
        let layer = layer.strip_suffix("Link").filter(|name| !name.is_empty()).unwrap_or(layer);
        let mut annotation = Annotation::new("", label.map_or(layer, |(_, value)| value), spans);
        for (name, value) in &structure.features {
            let Some(value) = self.value(value) else { continue };
            match name.as_str() {
                name if label.is_some_and(|(label, _)| label == name) => {}
                "note" => annotation.note = value,
                "identifier"
                    if (own || !value.contains(':')) && !value.is_empty() && self.ids.insert(value.clone()) =>
                {
                    annotation.id = value;
                }
                name => drop(annotation.attributes.insert(attribute_name(name), value)),
            }
        }
        if annotation.id.is_empty() {
            annotation.id = self.free_id(structure.id);
        }
        annotation
    }

    /// An id that no annotation has.
    fn free_id(&mut self, number: u64) -> String {
        let mut id = format!("a{number}");
        while !self.ids.insert(id.clone()) {
            id.push('x');
        }
        id
    }

    /// A feature's value as text; nothing for references to anything else.
    fn value(&mut self, value: &Value) -> Option<String> {
        let ids = match value {
            Value::Text(text) => return Some(text.clone()),
            Value::References(ids) => ids,
        };
        let mut texts = Vec::new();
        for list in ids.iter().filter_map(|id| self.places.get(id)).map(|place| &self.cas.structures[*place]) {
            let elements = list.features.iter().filter(|(name, _)| name == "elements");
            texts.extend(elements.filter_map(|(_, value)| match value {
                Value::Text(text) => Some(text.as_str()),
                Value::References(_) => None,
            }));
        }
        (!texts.is_empty()).then(|| texts.join(JOINT))
    }

    fn relate(&mut self, parents: &HashMap<usize, usize>) {
        let cas = self.cas;
        for (place, structure) in cas.structures.iter().enumerate() {
            match self.roles[place] {
                Role::Relation => self.relation(structure, parents),
                Role::Span => {
                    let from = self.annotations.get(&root(parents, place)).copied();
                    for (name, value) in &structure.features {
                        if let Value::References(ids) = value {
                            self.slot(structure, from, name, ids, parents);
                        }
                    }
                }
                _ => {}
            }
        }
        for (place, structure) in cas.structures.iter().enumerate() {
            if self.roles[place] == Role::Link && !self.linked.contains(&place) {
                self.refuse(Kind::Relation, structure, "no slot of an annotation holds it");
            }
        }
    }

    fn relation(&mut self, structure: &'a Structure, parents: &HashMap<usize, usize>) {
        let ends = ["Governor", "Dependent"].map(|end| self.end(structure.references(end), parents));
        let layer = short(&structure.kind);
        let label = label_of(structure).or_else(|| only_text(structure));
        if label.is_some() && structure.kind != RELATION {
            self.told.note(format!("the layer {layer} was not kept where one of its features has the label"));
        }
        let kind = label.map_or(layer, |(_, value)| value).to_owned();
        let [Some(from), Some(to)] = ends else {
            return self.refuse(Kind::Relation, structure, "there is no annotation at an end of it");
        };
        let identifier = structure.text("identifier").filter(|id| !id.is_empty());
        let id = identifier.map_or_else(|| format!("r{}", structure.id), str::to_owned);
        for (name, _) in &structure.features {
            let used = matches!(name.as_str(), "Governor" | "Dependent" | "identifier");
            if !used && label.is_none_or(|(label, _)| label != name) {
                self.refuse(Kind::Attribute, structure, format!("a relation has no place for its feature {name}"));
            }
        }
        self.record.relations.push(Relation { id, kind, from, to });
    }

    /// The relations from an annotation, unless it did not fit, to whatever one of its features points at.
    fn slot(
        &mut self,
        host: &'a Structure,
        from: Option<usize>,
        feature: &str,
        ids: &[u64],
        parents: &HashMap<usize, usize>,
    ) {
        if feature == "continuationOf" {
            return;
        }
        for target in self.flat(host, feature, ids) {
            let structure = &self.cas.structures[target];
            let (kind, to) = match self.roles[target] {
                Role::Link => {
                    self.linked.insert(target);
                    let role = structure.text("role").filter(|role| !role.is_empty()).unwrap_or(feature);
                    for (name, _) in structure.features.iter().filter(|(name, _)| name != "role" && name != "target") {
                        self.refuse(Kind::Attribute, structure, format!("a link has no place for its feature {name}"));
                    }
                    (role.to_owned(), self.end(structure.references("target"), parents))
                }
                Role::List => continue,
                _ if feature == "next" => ("same_as".to_owned(), self.end(Some(&[structure.id]), parents)),
                _ => (feature.to_owned(), self.end(Some(&[structure.id]), parents)),
            };
            let (from, to) = match (from, to) {
                (Some(from), Some(to)) => (from, to),
                (from, _) => {
                    // Of a host with many, not all of it for each.
                    let told = if ids.len() > 1 || self.roles[target] == Role::Link { structure } else { host };
                    let reason = match from {
                        None => format!("there is no annotation that its feature {feature} starts from"),
                        Some(_) => format!("what its feature {feature} points at is no annotation"),
                    };
                    self.refuse(Kind::Relation, told, reason);
                    continue;
                }
            };
            let id = format!("r{}-{}", host.id, self.record.relations.len());
            self.record.relations.push(Relation { id, kind, from, to });
        }
    }

    /// The places of structures, with what is in lists of them instead of the lists.
    fn flat(&mut self, host: &'a Structure, feature: &str, ids: &[u64]) -> Vec<usize> {
        let mut flat = Vec::with_capacity(ids.len());
        let mut lost = 0;
        // The id 0 is that of nothing.
        for id in ids.iter().filter(|id| **id != 0) {
            let place = self.places.get(id).copied();
            let elements = place.and_then(|place| self.cas.structures[place].references("elements"));
            match (place, elements) {
                (_, Some(elements)) => {
                    let elements = elements.iter().filter(|id| **id != 0).map(|id| self.places.get(id));
                    elements.for_each(|place| place.map_or_else(|| lost += 1, |place| flat.push(*place)));
                }
                (Some(place), None) => flat.push(place),
                (None, None) => lost += 1,
            }
        }
        if lost > 0 {
            let reason = format!("its feature {feature} points {lost} times at what is not in the file");
            self.refuse(Kind::Relation, host, reason);
        }
        flat
    }

    /// The place in the record of the annotation that a reference leads to.
    fn end(&self, ids: Option<&[u64]>, parents: &HashMap<usize, usize>) -> Option<usize> {
        let place = self.places.get(ids?.first()?)?;
        self.annotations.get(&root(parents, *place)).copied()
    }
}

/// The first fragment of the annotation that a structure is part of.
fn root(parents: &HashMap<usize, usize>, place: usize) -> usize {
    parents.get(&place).copied().unwrap_or(place)
}

/// What each hangs on in the end, where it hangs on another; in a circle all hang on one of them.
fn first_of_all(parents: &HashMap<usize, usize>) -> HashMap<usize, usize> {
    let mut firsts: HashMap<usize, usize> = HashMap::with_capacity(parents.len());
    let mut places: Vec<_> = parents.keys().copied().collect();
    places.sort_unstable();
    for place in places {
        let (mut at, mut walked) = (place, HashSet::new());
        // So that a long chain is walked once only, and a circle is left where it closes.
        while let (None, Some(next), true) = (firsts.get(&at), parents.get(&at), walked.insert(at)) {
            at = *next;
        }
        let first = firsts.get(&at).copied().unwrap_or(at);
        firsts.extend(walked.into_iter().map(|place| (place, first)));
    }
    firsts
}

/// The one text that a relation has, whatever the feature is called: a relation has no attributes that it could be.
fn only_text(structure: &Structure) -> Option<(&str, &str)> {
    let mut texts = structure.features.iter().filter_map(|(name, value)| match value {
        Value::Text(text) if !text.is_empty() && name != "identifier" => Some((name.as_str(), text.as_str())),
        _ => None,
    });
    texts.next().filter(|_| texts.next().is_none())
}

/// The feature that has the label of an annotation or relation, and its value.
fn label_of(structure: &Structure) -> Option<(&str, &str)> {
    let layer = short(&structure.kind);
    let own = |name: &str| {
        name.strip_suffix("Value")
            .or_else(|| name.strip_suffix("Type"))
            .is_some_and(|name| name.eq_ignore_ascii_case(layer))
    };
    let rank = |name: &str| match name {
        "label" => Some(0),
        "value" => Some(1),
        name if own(name) => Some(2),
        "referenceType" => Some(3),
        _ => None,
    };
    let texts = structure.features.iter().filter_map(|(name, value)| match value {
        Value::Text(text) if !text.is_empty() => Some((rank(name)?, name.as_str(), text.as_str())),
        _ => None,
    });
    texts.min_by_key(|(rank, ..)| *rank).map(|(_, name, text)| (name, text))
}
