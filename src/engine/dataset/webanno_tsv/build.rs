//! From rows to a CAS: annotations over several rows are put together, and references are looked up.

use std::collections::{BTreeMap, HashMap};

use super::{
    escape::{bracketed, split, unescape_value},
    header::{Column, Layer, LayerKind},
    rows::{Placed, Rows},
};
use crate::dataset::{
    Kind, Told,
    uima::{Cas, Sofa, Structure, Value},
};

/// The id of the one text.
const SOFA: u64 = 0;

/// The CAS that rows hold; what cannot be put together is told.
pub(super) fn cas<'a>(
    layers: &'a [Layer],
    rows: &'a Rows<'_, 'a>,
    (content, file): (&'a str, &'a str),
    told: &mut Told,
) -> Cas {
    let mut build = Build {
        layers,
        content,
        file,
        told,
        structures: Vec::new(),
        last: HashMap::new(),
        numbered: HashMap::new(),
        stacks: HashMap::new(),
        chains: BTreeMap::new(),
        ties: Vec::new(),
        slots: Vec::new(),
    };
    for placed in rows.rows.iter().filter(|placed| placed.right && !placed.row.cells.is_empty()) {
        for (number, layer) in layers.iter().enumerate() {
            match layer.kind {
                LayerKind::Span => build.spans(number, placed),
                LayerKind::Chain => build.links(number, placed),
                LayerKind::Relation => build.relations(number, placed),
            }
        }
    }
    build.chain();
    build.fill();
    build.tie();
    let sofa = Sofa { id: SOFA, name: "_InitialView".to_owned(), text: Some(rows.text.as_str().to_owned()) };
    Cas { sofas: vec![sofa], members: HashMap::new(), structures: build.structures }
}

/// An annotation among those of a layer by what is written behind its values: a number, or the numbers of a chain and
/// of a link in it.
type Key = (usize, u64, u64);

/// A row's id, and the number of one of the annotations on it, or 0.
type Reference<'a> = (&'a str, u64);

struct Build<'a, 'b> {
    layers: &'a [Layer],
    content: &'a str,
    file: &'a str,
    told: &'b mut Told,
    structures: Vec<Structure>,
    /// The last token that an annotation lies on, and its row's id, by its place among the structures.
    last: HashMap<usize, (usize, &'a str)>,
    numbered: HashMap<Key, usize>,
    /// The annotations of a layer that lie on a row, in the order of its columns, with their numbers or 0.
    stacks: HashMap<(&'a str, usize), Vec<(u64, usize)>>,
    /// The links of each chain of a layer, in order.
    chains: BTreeMap<(usize, u64), BTreeMap<u64, usize>>,
    ties: Vec<Tie<'a>>,
    slots: Vec<Slot<'a>>,
}

/// A relation whose ends are not looked up yet.
struct Tie<'a> {
    relation: usize,
    base: &'a str,
    from: Reference<'a>,
    to: Reference<'a>,
}

/// A slot whose filler is not looked up yet.
struct Slot<'a> {
    host: usize,
    feature: &'a str,
    link: &'a str,
    role: Option<String>,
    target: Reference<'a>,
}

impl<'a> Build<'a, '_> {
    /// The values in a layer's columns on a row: for each annotation there, one a column.
    fn stacked(&self, number: usize, placed: &Placed<'_, 'a>) -> Vec<Vec<Option<&'a str>>> {
        let layer = &self.layers[number];
        let cells = &placed.row.cells[layer.first..layer.first + layer.columns.len()];
        let filled = |cell: &&'a str| !cell.is_empty() && *cell != "_";
        let columns: Vec<Vec<&str>> = cells
            .iter()
            .map(|cell| Some(*cell).filter(filled).map_or_else(Vec::new, |cell| split(cell, b'|')))
            .collect();
        let depth = columns.iter().map(Vec::len).max().unwrap_or_default();
        (0..depth).map(|at| columns.iter().map(|column| column.get(at).copied()).collect()).collect()
    }

    /// A new structure on a row.
    fn structure(&mut self, kind: &str, placed: &Placed<'_, 'a>) -> usize {
        let place = self.structures.len();
        self.structures.push(Structure {
            id: place as u64 + 1,
            kind: kind.to_owned(),
            spans: vec![(placed.begin, placed.end)],
            line: placed.row.line,
            source: placed.row.source.clone(),
            ..Structure::default()
        });
        self.last.insert(place, (placed.token, placed.row.id));
        place
    }

    /// Makes an annotation reach over one more row. Where it is not on the token between, it has a new fragment.
    fn extend(&mut self, place: usize, placed: &Placed<'_, 'a>) {
        let last = self.last.insert(place, (placed.token, placed.row.id));
        let spans = &mut self.structures[place].spans;
        match spans.last_mut() {
            Some(span) if last.is_none_or(|(last, _)| placed.token <= last + 1) => span.1 = span.1.max(placed.end),
            _ => spans.push((placed.begin, placed.end)),
        }
    }

    /// Whether an annotation that has a row's number reaches to it: some programs number anew in each sentence, so one
    /// that goes on in another must lie on the token before and have the same values.
    fn goes_on(&self, place: usize, values: &[Option<&'a str>], layer: &Layer, placed: &Placed<'_, 'a>) -> bool {
        let Some(&(token, row)) = self.last.get(&place) else { return true };
        let sentence = |id: &'a str| id.split('-').next();
        let same = || {
            layer.columns.iter().zip(values).all(|(column, value)| match (column, value) {
                (Column::Feature(name), Some(value)) => {
                    let value = Some(bracketed(value).0).filter(|value| *value != "*").map(unescape_value);
                    self.structures[place].text(name) == value.as_deref()
                }
                _ => true,
            })
        };
        sentence(row) == sentence(placed.row.id) || (placed.token <= token + 1 && same())
    }

    fn spans(&mut self, number: usize, placed: &Placed<'_, 'a>) {
        let layer = &self.layers[number];
        for values in self.stacked(number, placed) {
            let ids = values.iter().zip(&layer.columns).filter(|(_, column)| **column != Column::Targets);
            let id: Option<u64> = ids.filter_map(|(value, _)| bracketed((*value)?).1?.parse().ok()).next();
            let key = id.map(|id| (number, id, 0));
            let place = match key.and_then(|key| self.numbered.get(&key)).copied() {
                Some(place) if self.goes_on(place, &values, layer, placed) => {
                    self.extend(place, placed);
                    place
                }
                before => {
                    if before.is_some() {
                        self.told.note("a number of an annotation in another sentence was read as one of its own");
                    }
                    self.span(layer, &values, placed)
                }
            };
            if let Some(key) = key {
                self.numbered.insert(key, place);
            }
            self.stacks.entry((placed.row.id, number)).or_default().push((id.unwrap_or_default(), place));
        }
    }

    /// A new annotation with its features and slots.
    fn span(&mut self, layer: &'a Layer, values: &[Option<&'a str>], placed: &Placed<'_, 'a>) -> usize {
        let place = self.structure(&layer.name, placed);
        for (at, column) in layer.columns.iter().enumerate() {
            let Some(value) = values[at] else { continue };
            match column {
                Column::Feature(name) => self.feature(place, name, bracketed(value).0),
                Column::Roles(feature, link) => {
                    let roles = split(bracketed(value).0, b';');
                    let targets = values.get(at + 1).copied().flatten().map_or_else(Vec::new, |it| split(it, b';'));
                    let targets = targets.into_iter().filter(|target| *target != "*");
                    for (number, target) in targets.enumerate() {
                        let role = roles.get(number).filter(|role| **role != "*" && **role != "_");
                        let role = role.map(|role| unescape_value(role).into_owned());
                        self.slots.push(Slot { host: place, feature, link, role, target: reference(target) });
                    }
                }
                Column::Placeholder | Column::Targets | Column::Base(_) | Column::Link => {}
            }
        }
        place
    }

    /// Gives a structure a feature, unless the value says that it has none.
    fn feature(&mut self, place: usize, name: &str, value: &str) {
        if value != "*" {
            let value = Value::Text(unescape_value(value).into_owned());
            self.structures[place].features.push((name.to_owned(), value));
        }
    }

    fn links(&mut self, number: usize, placed: &Placed<'_, 'a>) {
        let layer = &self.layers[number];
        let Some(at) = layer.columns.iter().position(|column| *column == Column::Link) else { return };
        for values in self.stacked(number, placed) {
            let Some((value, chain, link)) = values[at].and_then(chained) else {
                self.refuse(placed, Kind::Annotation, "it has no place in a chain, such as ->1-2");
                continue;
            };
            if let Some(place) = self.numbered.get(&(number, chain, link)).copied() {
                self.extend(place, placed);
                continue;
            }
            let place = self.structure(&layer.name, placed);
            self.feature(place, "referenceRelation", value);
            for (column, value) in layer.columns.iter().zip(&values) {
                if let (Column::Feature(name), Some(value)) = (column, value) {
                    self.feature(place, name, bracketed(value).0);
                }
            }
            self.numbered.insert((number, chain, link), place);
            self.chains.entry((number, chain)).or_default().insert(link, place);
        }
    }

    fn relations(&mut self, number: usize, placed: &Placed<'_, 'a>) {
        let layer = &self.layers[number];
        let base = layer.columns.iter().enumerate().find_map(|(at, column)| match column {
            Column::Base(base) => Some((at, base.as_str())),
            _ => None,
        });
        let Some((at, base)) = base else { return };
        for values in self.stacked(number, placed) {
            let Some(value) = values[at] else {
                self.refuse(placed, Kind::Relation, "it does not say where it comes from");
                continue;
            };
            let relation = self.structure(&layer.name, placed);
            for (column, value) in layer.columns.iter().zip(&values) {
                if let (Column::Feature(name), Some(value)) = (column, value) {
                    self.feature(relation, name, value);
                }
            }
            let (from, ids) = bracketed(value);
            let (source, target) = ids.and_then(|ids| ids.split_once('_')).unwrap_or_default();
            let [source, target] = [source, target].map(|id| id.parse().unwrap_or_default());
            self.ties.push(Tie { relation, base, from: (from, source), to: (placed.row.id, target) });
        }
    }

    fn refuse(&mut self, placed: &Placed<'_, 'a>, kind: Kind, reason: &str) {
        let line = self.content.get(placed.row.source.clone()).unwrap_or_default();
        self.told.refuse((self.file, placed.row.line), kind, reason, line);
    }

    /// Ties each link of a chain to the next.
    fn chain(&mut self) {
        for links in std::mem::take(&mut self.chains).into_values() {
            let links: Vec<usize> = links.into_values().collect();
            for pair in links.windows(2) {
                let next = Value::References(vec![self.structures[pair[1]].id]);
                self.structures[pair[0]].features.push(("next".to_owned(), next));
            }
        }
    }

    /// Gives slots what fills them.
    fn fill(&mut self) {
        for Slot { host, feature, link, role, target } in std::mem::take(&mut self.slots) {
            let found = self.look_up("uima.tcas.Annotation", target);
            let id = self.structures.len() as u64 + 1;
            let host_of = &self.structures[host];
            let (line, source) = (host_of.line, host_of.source.clone());
            let mut features = vec![("target".to_owned(), Value::References(found.into_iter().collect()))];
            features.extend(role.map(|role| ("role".to_owned(), Value::Text(role))));
            self.structures.push(Structure {
                id,
                kind: link.to_owned(),
                features,
                line,
                source,
                ..Structure::default()
            });
            self.structures[host].features.push((feature.to_owned(), Value::References(vec![id])));
        }
    }

    /// Gives relations their ends.
    fn tie(&mut self) {
        for Tie { relation, base, from, to } in std::mem::take(&mut self.ties) {
            for (name, end) in [("Governor", from), ("Dependent", to)] {
                let found = Value::References(self.look_up(base, end).into_iter().collect());
                self.structures[relation].features.push((name.to_owned(), found));
            }
        }
    }

    /// The id of the annotation that a row's id and a number mean, on a layer or on any.
    fn look_up(&self, base: &str, (row, number): Reference<'_>) -> Option<u64> {
        let layers: Vec<usize> = (0..self.layers.len()).filter(|at| self.layers[*at].kind == LayerKind::Span).collect();
        let (named, others): (Vec<usize>, Vec<usize>) =
            layers.into_iter().partition(|at| self.layers[*at].name == base);
        // A layer that the file does not have, such as tokens, has no annotations either.
        let searched = if base == "uima.tcas.Annotation" { others } else { named };
        let on_row = |layer: &usize| {
            let mut stack = self.stacks.get(&(row, *layer))?.iter();
            stack.find(|(found, _)| number == 0 || *found == number).map(|(_, place)| *place)
        };
        let anywhere = |layer: &usize| self.numbered.get(&(*layer, number, 0)).copied();
        let found =
            searched.iter().find_map(on_row).or_else(|| searched.iter().filter(|_| number > 0).find_map(anywhere));
        found.map(|place| self.structures[place].id)
    }
}

/// `1-2[3]`.
fn reference(value: &str) -> Reference<'_> {
    let (row, number) = bracketed(value);
    (row, number.and_then(|number| number.parse().ok()).unwrap_or_default())
}

/// `VALUE->CHAIN-LINK`.
fn chained(value: &str) -> Option<(&str, u64, u64)> {
    let at = value.rfind("->")?;
    let (chain, link) = value[at + 2..].split_once('-')?;
    Some((&value[..at], chain.parse().ok()?, link.parse().ok()?))
}
