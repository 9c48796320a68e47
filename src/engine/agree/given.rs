//! What annotators gave to what they both found: labels, attributes, ties.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ascribe_agreement::{Counts, Figure, Measure, Ratings, Undefined, measures as of};
use ascribe_schema::{Annotation, AnnotationId, Values};

use super::{
    Layer, Slice, Told,
    material::{Material, Part},
    pairs,
};

/// How many ties two annotators share.
pub const LINK_F1: Measure = Measure {
    key: "link_f1",
    name: "F1 of ties",
    definition: "Ties of two annotators that lead from matched annotations to matched annotations, by one relation type: \
                 F1 = 2 × shared / (ties of the one + ties of the other). Only ties count of which both found both ends. \
                 For more annotators the mean over pairs.",
    source: "Hripcsak & Rothschild 2005, JAMIA 12(3)",
};

const PAIRS: &str = "matched annotations";
const TIES: &str = "ties";

/// The figures of a slice.
pub(super) fn figures(material: &Material<'_>, slice: &Slice) -> Vec<Told> {
    let parts = material.parts(slice);
    let mut all = labels(material, &parts, slice);
    all.extend(attributes(material, &parts, slice));
    all.extend(links(&parts, slice));
    all
}

fn labels(material: &Material<'_>, parts: &[Part<'_>], slice: &Slice) -> Vec<Told> {
    let mut ratings = Ratings::new(names(material));
    for (part, unit) in parts.iter().flat_map(|part| part.matched().map(move |unit| (part, unit))) {
        let value = |annotation: &Annotation| match &slice.label {
            // This label or another: that is what agreement on one label means.
            Some(label) => u8::from(annotation.label == *label).to_string(),
            None => annotation.label.clone(),
        };
        add(&mut ratings, part, unit, &|annotation| Some(value(annotation)));
    }
    let counts = Counts::of(&ratings);
    let mut figures = vec![(&of::PERCENT, counts.percent())];
    figures.extend(kappa(&ratings, slice));
    figures.push((&of::FLEISS_KAPPA, counts.fleiss_kappa()));
    figures.push((&of::ALPHA_NOMINAL, counts.alpha_nominal()));
    figures.push((&of::GWET_AC1, counts.gwet_ac1()));
    told(Layer::Label, "", figures).collect()
}

/// For each attribute that is given by hand, of each label. Who gave none takes no part.
fn attributes(material: &Material<'_>, parts: &[Part<'_>], slice: &Slice) -> Vec<Told> {
    let mut all = Vec::new();
    let labels = material.scheme.labels.iter().filter(|label| {
        slice.label.as_ref().is_none_or(|wanted| *wanted == label.name) && material.labels.contains(&label.name)
    });
    for (label, attribute) in labels.flat_map(|label| label.attributes.iter().map(move |attribute| (label, attribute)))
    {
        let scale = match &attribute.values {
            Values::Computed(_) => continue,
            Values::Scale(values) => Some(values),
            _ => None,
        };
        let mut ratings = Ratings::new(names(material));
        for (part, unit) in parts.iter().flat_map(|part| part.matched().map(move |unit| (part, unit))) {
            let value = |annotation: &Annotation| {
                let value = annotation.attributes.get(&attribute.name).filter(|_| annotation.label == label.name)?;
                match scale {
                    // The places of a scale's values are their order; what is not on it has none.
                    Some(scale) => scale.iter().position(|known| known == value).map(|place| place.to_string()),
                    None => Some(value.clone()),
                }
            };
            add(&mut ratings, part, unit, &value);
        }
        let counts = Counts::of(&ratings);
        let mut figures = vec![(&of::PERCENT, counts.percent())];
        figures.extend(kappa(&ratings, slice));
        figures.push(match scale {
            Some(_) => (&of::ALPHA_ORDINAL, ratings.alpha_ordinal(&counts)),
            None => (&of::ALPHA_NOMINAL, counts.alpha_nominal()),
        });
        figures.push((&of::GWET_AC1, counts.gwet_ac1()));
        all.extend(told(Layer::Attribute, &format!("{}: {}", label.name, attribute.name), figures));
    }
    all
}

/// Cohen's κ, where there are two annotators.
fn kappa(ratings: &Ratings, slice: &Slice) -> Option<(&'static Measure, Figure)> {
    let two = slice.pair.or((ratings.raters().len() == 2).then_some((0, 1)))?;
    Some((&of::COHEN_KAPPA, ratings.cohen_kappa_of(two.0, two.1)))
}

fn names(material: &Material<'_>) -> Vec<String> {
    material.annotators.iter().map(ToString::to_string).collect()
}

/// Adds a unit as an item. Annotators who do not take part have no value.
fn add(ratings: &mut Ratings, part: &Part<'_>, unit: usize, value: &dyn Fn(&Annotation) -> Option<String>) {
    let mut values: Vec<Option<String>> = vec![None; ratings.raters().len()];
    for (who, annotation) in part.who.iter().zip(part.members(unit)) {
        values[*who] = annotation.and_then(value);
    }
    ratings.add(values.iter().map(Option::as_deref));
}

fn told<'a>(layer: Layer, about: &'a str, figures: Vec<(&'static Measure, Figure)>) -> impl Iterator<Item = Told> + 'a {
    figures.into_iter().map(move |(measure, figure)| {
        let figure = Figure { of: PAIRS, ..figure };
        Told { layer, measure, about: about.to_owned(), figure }
    })
}

/// A tie between units, by the numbers of its ends.
type Tie<'a> = (&'a str, usize, usize);

/// How many ties the one has, the other, and both.
type Shared = (usize, usize, usize);

fn links(parts: &[Part<'_>], slice: &Slice) -> Vec<Told> {
    // For each relation type, and the pair of annotators, what they have.
    let mut found: BTreeMap<&str, BTreeMap<(usize, usize), Shared>> = BTreeMap::new();
    for part in parts {
        let placed: Vec<_> = part.sides.iter().map(|side| places(part, *side)).collect();
        for (one, two) in pairs(part.sides.len()) {
            let pair = (part.who[one].min(part.who[two]), part.who[one].max(part.who[two]));
            let ties = |own: usize| ties(part, own, (one, two), &placed[own], slice.label.as_deref());
            let (first, second) = (ties(one), ties(two));
            for kind in first.iter().chain(&second).map(|tie| tie.0).collect::<BTreeSet<_>>() {
                let of_kind = |ties: &BTreeSet<Tie<'_>>| ties.iter().filter(|tie| tie.0 == kind).count();
                let shared = first.intersection(&second).filter(|tie| tie.0 == kind).count();
                let sum = found.entry(kind).or_default().entry(pair).or_default();
                (sum.0, sum.1, sum.2) = (sum.0 + of_kind(&first), sum.1 + of_kind(&second), sum.2 + shared);
            }
        }
    }
    let mut all = vec![link(String::new(), &everything(&found))];
    all.extend(found.iter().map(|(kind, by_pair)| link((*kind).to_owned(), by_pair)));
    all
}

fn everything(found: &BTreeMap<&str, BTreeMap<(usize, usize), Shared>>) -> BTreeMap<(usize, usize), Shared> {
    let mut all: BTreeMap<(usize, usize), Shared> = BTreeMap::new();
    for (pair, shared) in found.values().flatten() {
        let sum = all.entry(*pair).or_default();
        (sum.0, sum.1, sum.2) = (sum.0 + shared.0, sum.1 + shared.1, sum.2 + shared.2);
    }
    all
}

fn link(about: String, by_pair: &BTreeMap<(usize, usize), Shared>) -> Told {
    let n = by_pair.values().map(|(one, two, _)| one + two).sum();
    let scores: Vec<f64> = by_pair.values().map(|(one, two, both)| 2.0 * *both as f64 / (one + two) as f64).collect();
    let figure = match scores.len() {
        0 => Figure::undefined(Undefined::NoUnits, n, TIES),
        count => Figure::new(scores.iter().sum::<f64>() / count as f64, n, TIES),
    };
    Told { layer: Layer::Link, measure: &LINK_F1, about, figure }
}

/// The units from which ties start that count, and whether all pairs of annotators tied them alike.
pub(super) fn tied(part: &Part<'_>, label: Option<&str>) -> BTreeMap<usize, bool> {
    let placed: Vec<_> = part.sides.iter().map(|side| places(part, *side)).collect();
    let mut tied = BTreeMap::new();
    for (one, two) in pairs(part.sides.len()) {
        let ties = |own: usize| ties(part, own, (one, two), &placed[own], label);
        let (first, second) = (ties(one), ties(two));
        for tie in first.union(&second) {
            let alike = first.contains(tie) && second.contains(tie);
            tied.entry(tie.1).and_modify(|all| *all &= alike).or_insert(alike);
        }
    }
    tied
}

/// In which unit each annotation of a side is.
fn places<'a>(part: &Part<'a>, side: usize) -> HashMap<&'a AnnotationId, usize> {
    let units = part.comparison.units.iter().enumerate();
    let annotations = &part.comparison.sides[side].set.annotations;
    units.filter_map(|(number, unit)| Some((&annotations.get(unit.members[side]?)?.id, number))).collect()
}

/// The ties of one annotator of two, of which both have found both ends; from annotations with that label.
fn ties<'a>(
    part: &Part<'a>,
    own: usize,
    (one, two): (usize, usize),
    placed: &HashMap<&AnnotationId, usize>,
    label: Option<&str>,
) -> BTreeSet<Tie<'a>> {
    let both = |unit: usize| {
        let members = &part.comparison.units[unit].members;
        members[part.sides[one]].is_some() && members[part.sides[two]].is_some()
    };
    let labelled = |unit: usize| {
        let members = part.members(unit);
        let has = |at: usize, label: &str| members[at].is_some_and(|annotation| annotation.label == label);
        label.is_none_or(|label| has(one, label) || has(two, label))
    };
    let relations = part.comparison.sides[part.sides[own]].set.relations.iter();
    let tie = |relation: &'a ascribe_schema::Relation| {
        let (from, to) = (*placed.get(&relation.from)?, *placed.get(&relation.to)?);
        (both(from) && both(to) && labelled(from)).then_some((relation.kind.as_str(), from, to))
    };
    relations.filter_map(tie).collect()
}
