//! Whether annotators found the same, at the same place.

use std::collections::HashMap;

use ascribe_agreement::{Figure, Fit, Measure, SpanScore, Stretch, Undefined, Units, measures as of};
use ascribe_schema::{Annotation, Span};

use super::{
    Layer, Slice, TOLERANCE, Told,
    material::{Material, Part},
    pairs,
};

/// The share of the second annotator's annotations that the first has exactly so.
pub const PRECISION: Measure = Measure {
    key: "precision_exact",
    name: "Precision, exact",
    definition: "The share of the second annotator’s annotations that the first has with the same fragments and the same \
                 label. For two annotators only.",
    source: "Van Rijsbergen 1979, Information Retrieval, ch. 7; Hripcsak & Rothschild 2005, JAMIA 12(3)",
};

/// The share of the first annotator's annotations that the second has exactly so.
pub const RECALL: Measure = Measure {
    key: "recall_exact",
    name: "Recall, exact",
    definition: "The share of the first annotator’s annotations that the second has with the same fragments and the same \
                 label. For two annotators only.",
    source: "Van Rijsbergen 1979, Information Retrieval, ch. 7; Hripcsak & Rothschild 2005, JAMIA 12(3)",
};

/// What figures of units count.
const UNITS: &str = "annotations";
/// What figures of stretches count: each fragment is one.
const FRAGMENTS: &str = "fragments";

/// The figures of a slice.
pub(super) fn figures(material: &Material<'_>, slice: &Slice) -> Vec<Told> {
    let parts = material.parts(slice);
    let told =
        |measure: &'static Measure, figure: Figure| Told { layer: Layer::Found, measure, about: String::new(), figure };
    let scores = |score: &dyn Fn(&Part<'_>, usize, usize) -> SpanScore| by_pairs(material, &parts, score);
    let label = slice.label.as_deref();
    let exact = scores(&|part, one, two| exactly(part, one, two, label));
    let mut all = Vec::new();
    if let [(_, only)] = &exact[..] {
        let counted = |figure: Figure| Figure { of: UNITS, ..figure };
        all.push(told(&PRECISION, counted(only.precision)));
        all.push(told(&RECALL, counted(only.recall)));
    }
    all.push(told(&of::F1_EXACT, mean(&exact)));
    for fit in [Fit::Overlap, Fit::Within(f64::from(TOLERANCE))] {
        let score = scores(&|part, one, two| {
            let units = units(part, label, &hull);
            units.map_or_else(|| SpanScore::of(0, 0, 0), |units| units.span_score(one, two, fit, false))
        });
        all.push(told(fit.measure(false), mean(&score)));
    }
    let fragments = joined(material, slice, &fragments);
    let family = fragments.u_alpha();
    let told = |measure, figure: Figure| {
        told(measure, if figure.of == "units" { Figure { of: FRAGMENTS, ..figure } } else { figure })
    };
    all.push(told(&of::U_ALPHA, family.u));
    if label.is_none() {
        all.push(told(&of::BAR_U_ALPHA, family.bar));
        all.push(told(&of::CU_ALPHA, family.cu));
    }
    all.push(told(&of::ALPHA_U, fragments.alpha_u().total));
    all.push(told(&of::CHARACTER_ALPHA, family.characters));
    if fragments.annotators().len() == 2 {
        all.push(told(&of::CHARACTER_KAPPA, fragments.character_kappa()));
    }
    all
}

/// For each pair of annotators, what `score` gives in all documents together.
fn by_pairs(
    material: &Material<'_>,
    parts: &[Part<'_>],
    score: &dyn Fn(&Part<'_>, usize, usize) -> SpanScore,
) -> Vec<((usize, usize), SpanScore)> {
    let mut scores = Vec::new();
    for (one, two) in pairs(material.annotators.len()) {
        let place = |part: &Part<'_>, who: usize| part.who.iter().position(|number| *number == who);
        let both = |part: &&Part<'_>| place(part, one).is_some() && place(part, two).is_some();
        let mut sum = None;
        for part in parts.iter().filter(both) {
            let (Some(first), Some(second)) = (place(part, one), place(part, two)) else { continue };
            let here = score(part, first, second);
            let (matched, of_one, of_two) = sum.unwrap_or_default();
            sum = Some((matched + here.matched, of_one + here.recall.n, of_two + here.precision.n));
        }
        scores.extend(sum.map(|(matched, of_one, of_two)| ((one, two), SpanScore::of(matched, of_one, of_two))));
    }
    scores
}

/// The mean F1 of all pairs that have any annotation.
fn mean(scores: &[((usize, usize), SpanScore)]) -> Figure {
    let known: Vec<f64> = scores.iter().filter_map(|(_, score)| score.f1.value.ok()).collect();
    let n = scores.iter().map(|(_, score)| score.f1.n).sum();
    match (scores.len(), known.len()) {
        (0, _) => Figure::undefined(Undefined::OneAnnotator, n, UNITS),
        (_, 0) => Figure::undefined(Undefined::NoUnits, n, UNITS),
        (_, count) => Figure::new(known.iter().sum::<f64>() / count as f64, n, UNITS),
    }
}

/// How many annotations two annotators have with the same label and the same fragments.
fn exactly(part: &Part<'_>, one: usize, two: usize, label: Option<&str>) -> SpanScore {
    let own = |at: usize| {
        let all = part.comparison.sides[part.sides[at]].set.annotations.iter();
        all.filter(|annotation| label.is_none_or(|label| annotation.label == label))
            .map(|annotation| (annotation.label.as_str(), annotation.spans.as_slice()))
    };
    let mut left: HashMap<(&str, &[Span]), usize> = HashMap::new();
    own(one).for_each(|annotation| *left.entry(annotation).or_default() += 1);
    let mut matched = 0;
    for annotation in own(two) {
        let count = left.get_mut(&annotation).filter(|count| **count > 0);
        matched += usize::from(count.map(|count| *count -= 1).is_some());
    }
    SpanScore::of(matched, own(one).count(), own(two).count())
}

/// An annotation's stretches, one for each of its fragments.
fn fragments(annotation: &Annotation) -> Vec<Span> {
    annotation.spans.clone()
}

/// An annotation as one stretch, from its first character to its last.
pub(super) fn hull(annotation: &Annotation) -> Vec<Span> {
    vec![annotation.extent()]
}

/// What annotators marked in one document, with that label or any; nothing where a stretch is broken.
fn units(part: &Part<'_>, label: Option<&str>, stretches: &dyn Fn(&Annotation) -> Vec<Span>) -> Option<Units> {
    let wanted = |annotation: &&Annotation| label.is_none_or(|label| annotation.label == label);
    let mut labels: Vec<&str> = part.annotations().filter(wanted).map(|annotation| annotation.label.as_str()).collect();
    labels.sort_unstable();
    labels.dedup();
    let of_one = |side: &usize| {
        let own = part.comparison.sides[*side].set.annotations.iter().filter(wanted);
        let all = own.flat_map(|annotation| {
            let category = labels.binary_search(&annotation.label.as_str()).unwrap_or_default();
            stretches(annotation).into_iter().map(move |span| stretch(span, category))
        });
        all.filter(|stretch| stretch.end > stretch.start).collect()
    };
    let all: Vec<Vec<Stretch>> = part.sides.iter().map(of_one).collect();
    let length = part.comparison.length;
    let names = (0..part.sides.len()).map(|number| number.to_string()).collect();
    Units::new(names, labels.iter().map(|label| (*label).to_owned()).collect(), all, 0.0, f64::from(length)).ok()
}

fn stretch(span: Span, category: usize) -> Stretch {
    Stretch { start: f64::from(span.start.0), end: f64::from(span.end.0), category }
}

/// What annotators marked in all documents of a slice, laid end to end.
pub(super) fn joined(material: &Material<'_>, slice: &Slice, stretches: &dyn Fn(&Annotation) -> Vec<Span>) -> Units {
    let parts = material.usual_parts(slice);
    let all: Vec<_> = parts.iter().filter_map(|part| units(part, slice.label.as_deref(), stretches)).collect();
    Units::joined(&all)
}
