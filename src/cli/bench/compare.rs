//! How long it takes to compare two annotators who have tagged very much.

use std::time::Instant;

use ascribe_engine::{Document, Tree, compare::compare, load};
use ascribe_schema::{AnnotationId, AnnotationSet, AnnotatorName, Offset};

use super::{LARGEST, Random, Size, median, with_project};
use crate::{DONE, Failed, Io};

/// How many annotations lie on each other in the worst case.
const CROWD: usize = 10_000;

/// Compares two sets of one large article, and two of which everything lies on one word; prints medians.
pub(super) fn run(io: &mut Io<'_>) -> Result<u8, Failed> {
    let crowd = Size { bytes: 500_000, annotations: CROWD, stacked: Some(CROWD), unbroken: false };
    for (name, size) in [("all along the text", LARGEST), ("all on one word   ", crowd)] {
        with_project(size, |folder, id| {
            let project = load(&Tree::open(folder)?);
            let document = project.documents.get(id).ok_or("the generated document is not there")?;
            measure(name, document, io)
        })?;
    }
    Ok(DONE)
}

fn measure(name: &str, document: &Document, io: &mut Io<'_>) -> Result<(), Failed> {
    let one = &document.sets.values().next().ok_or("the generated set is not there")?.set;
    let other = changed(one, document.text.as_ref().map_or(0, |text| text.len().0))?;
    let mut told = String::new();
    let time = median(5, || {
        let sets = vec![one.clone(), other.clone()];
        let start = Instant::now();
        let comparison = compare(document, sets);
        let time = start.elapsed();
        let identical = comparison.units.iter().filter(|unit| unit.differs.is_nothing()).count();
        told = format!("{} units, {identical} identical", comparison.units.len());
        Ok(time)
    })?;
    let (a, b) = (one.annotations.len(), other.annotations.len());
    writeln!(io.out, "{name} {a} and {b} tags: {:>8.1} ms, {told}", time.as_secs_f64() * 1e3)?;
    Ok(())
}

/// The set as another annotator could have made it: one in ten missing, three in ten with other ends, one in ten with
/// another label, one in twenty more.
fn changed(set: &AnnotationSet, end: u32) -> Result<AnnotationSet, Failed> {
    let mut random = Random(7);
    let mut other = set.clone();
    other.annotator = AnnotatorName::new("other")?;
    other.annotations.clear();
    for annotation in &set.annotations {
        let mut changed = annotation.clone();
        if random.below(10) == 0 {
            continue;
        }
        if random.below(10) < 3 {
            for span in &mut changed.spans {
                span.start = span.start.minus(random.below(5));
                span.end = span.end.plus(random.below(5)).min(Offset(end));
            }
        }
        if random.below(10) == 0 {
            changed.label = "denial".to_owned();
        }
        if random.below(20) == 0 {
            let mut more = changed.clone();
            more.id = AnnotationId::from_bits(u64::from(random.below(u32::MAX)) << 18);
            more.label = "claim".to_owned();
            other.annotations.push(more);
        }
        other.annotations.push(changed);
    }
    other.relations.retain(|relation| random.below(10) > 0 && relation.from != relation.to);
    other.sort();
    Ok(other)
}
