//! What one document adds to the figures.

use std::collections::HashMap;

use super::{
    Evaluation, Level, Levels, QuoteFigures,
    cover::{Cover, Letters, Overlap},
    matching::Matching,
};
use crate::dataset::{Annotation, Record};

/// What marks words as someone's.
const QUOTE: &str = "quote";
/// What marks who they are of.
const SOURCE: &str = "source";
/// What ties the one to the other.
const ATTRIBUTED_TO: &str = "attributed_to";
/// How much the source of a matched quote must overlap the right one.
const RIGHT: (u64, u64) = (1, 2);

/// The annotations with one label, in the order of the text.
#[derive(Default)]
struct Side<'a> {
    annotations: Vec<&'a Annotation>,
    covers: Vec<Cover>,
    /// What they are attributed to, of quotes.
    sources: Vec<Vec<Cover>>,
}

impl<'a> Side<'a> {
    fn new(record: Option<&'a Record>, label: &str, letters: &Letters) -> Self {
        let Some(record) = record else { return Self::default() };
        let mut ties: HashMap<usize, Vec<Cover>> = HashMap::new();
        for relation in record.relations.iter().filter(|relation| relation.kind == ATTRIBUTED_TO) {
            let source = letters.cover(&record.annotations[relation.to].spans);
            ties.entry(relation.from).or_default().push(source);
        }
        let all = record.annotations.iter().enumerate();
        let mut places: Vec<_> = all.filter(|(_, annotation)| annotation.label == label).collect();
        places.sort_by_key(|(_, annotation)| annotation.hull());
        let covers = places.iter().map(|(_, annotation)| letters.cover(&annotation.spans)).collect();
        let sources = places.iter().map(|(at, _)| ties.remove(at).unwrap_or_default()).collect();
        Self { annotations: places.into_iter().map(|(_, annotation)| annotation).collect(), covers, sources }
    }

    /// The form of one, as the figures name it.
    fn form(&self, at: usize) -> &'a str {
        self.annotations[at].attributes.get("form").map_or("none", String::as_str)
    }
}

/// Adds a document that both lists have with one text, or that only one of them has.
pub(super) fn add(evaluation: &mut Evaluation, gold: Option<&Record>, predicted: Option<&Record>) {
    let Some(text) = gold.or(predicted).map(|record| &record.text) else { return };
    let letters = Letters::new(text);
    let side = |record, label| Side::new(record, label, &letters);
    let (right, found) = (side(gold, SOURCE), side(predicted, SOURCE));
    let matching = Matching::new(&right.covers, &found.covers);
    for overlap in matching.gold {
        recall(&mut evaluation.source, overlap.map(|(_, overlap)| overlap));
    }
    for overlap in matching.predicted {
        precision(&mut evaluation.source, overlap.map(|(_, overlap)| overlap));
    }
    quotes(evaluation, &side(gold, QUOTE), &side(predicted, QUOTE));
}

fn quotes(evaluation: &mut Evaluation, gold: &Side<'_>, predicted: &Side<'_>) {
    let matching = Matching::new(&gold.covers, &predicted.covers);
    for (at, matched) in matching.gold.iter().enumerate() {
        figures(evaluation, gold.form(at), |figures| {
            recall(&mut figures.levels, matched.map(|(_, overlap)| overlap));
        });
        let sources = &gold.sources[at];
        if sources.is_empty() {
            continue;
        }
        let right = matched.map(|(other, _)| is_right(sources, &predicted.sources[other]));
        right.into_iter().for_each(|right| evaluation.links.matched.count(right));
        if gold.form(at) == "direct" {
            evaluation.links.direct.count(right == Some(true));
        }
    }
    let all = Cover::all(&gold.covers);
    for (at, matched) in matching.predicted.iter().enumerate() {
        let cover = &predicted.covers[at];
        let inside = Overlap { shared: all.shared(cover), either: cover.size() }.reaches((1, 2));
        figures(evaluation, predicted.form(at), |figures| {
            precision(&mut figures.levels, matched.map(|(_, overlap)| overlap));
            figures.inside.count(inside);
        });
    }
}

/// Changes the figures of all quotes and of those of one form.
fn figures(evaluation: &mut Evaluation, form: &str, mut change: impl FnMut(&mut QuoteFigures)) {
    change(&mut evaluation.quote.all);
    change(evaluation.quote.forms.entry(form.to_owned()).or_default());
}

fn recall(levels: &mut Levels, matched: Option<Overlap>) {
    for level in Level::ALL {
        let hit = matched.is_some_and(|overlap| overlap.reaches(level.least()));
        levels.entry(level).or_default().recall.count(hit);
    }
}

fn precision(levels: &mut Levels, matched: Option<Overlap>) {
    for level in Level::ALL {
        let hit = matched.is_some_and(|overlap| overlap.reaches(level.least()));
        levels.entry(level).or_default().precision.count(hit);
    }
}

/// Whether any of the sources that were found is any of those that are right.
fn is_right(right: &[Cover], found: &[Cover]) -> bool {
    right.iter().any(|one| found.iter().any(|other| one.overlap(other).reaches(RIGHT)))
}
