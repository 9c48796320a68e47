//! How long agreement takes of large tables.

use std::{
    fmt::Write as _,
    time::{Duration, Instant},
};

use ascribe_engine::agreement::{Counts, Fit, Stretch, Units};

use super::{Random, median};
use crate::{DONE, Failed, Io, verb::read_ratings};

/// Prints medians of ratings, units and spans of the sizes that other programs were measured with.
pub(super) fn run(io: &mut Io<'_>) -> Result<u8, Failed> {
    ratings(io)?;
    units(io)?;
    spans(io)?;
    Ok(DONE)
}

/// α and κ of a table, reading it included.
fn ratings(io: &mut Io<'_>) -> Result<(), Failed> {
    let table = table(100_000, 5);
    let read = || read_ratings("the generated table", table.clone().into_bytes());
    let time = median(5, || {
        let start = Instant::now();
        std::hint::black_box(read()?.figures());
        Ok(start.elapsed())
    })?;
    tell(io, "ratings, 5 × 100,000, reading and all measures", time)?;
    let ratings = read()?;
    let time = median(5, || {
        let start = Instant::now();
        let counts = Counts::of(&ratings);
        std::hint::black_box((counts.alpha_nominal(), ratings.light_kappa()));
        Ok(start.elapsed())
    })?;
    tell(io, "  nominal α and the κ of all pairs alone", time)
}

fn units(io: &mut Io<'_>) -> Result<(), Failed> {
    for (annotators, number) in [(2, 10_000), (2, 100_000), (5, 100_000)] {
        let units = generated(annotators, number)?;
        let time = median(5, || {
            let start = Instant::now();
            std::hint::black_box((units.u_alpha(), units.alpha_u()));
            Ok(start.elapsed())
        })?;
        tell(io, &format!("uα and αU, {annotators} × {number}"), time)?;
    }
    Ok(())
}

fn spans(io: &mut Io<'_>) -> Result<(), Failed> {
    let units = generated(2, 10_000)?;
    for (name, fit) in [("exact", Fit::Exact), ("overlap", Fit::Overlap), ("within 2", Fit::Within(2.0))] {
        let time = median(21, || {
            let start = Instant::now();
            std::hint::black_box((units.span_f1(fit, false), units.span_f1(fit, true)));
            Ok(start.elapsed())
        })?;
        tell(io, &format!("span F1, 2 × 10,000, {name}, by label and any"), time)?;
    }
    Ok(())
}

fn tell(io: &mut Io<'_>, what: &str, time: Duration) -> Result<(), Failed> {
    writeln!(io.out, "{what:<50} {:>9.2} ms", time.as_secs_f64() * 1e3)?;
    Ok(())
}

/// Labels that raters mostly agree on, with one value of twenty missing.
fn table(items: usize, raters: usize) -> String {
    let mut random = Random(7);
    let mut text = String::from("item");
    for rater in 0..raters {
        let _ = write!(text, ",r{rater}");
    }
    for item in 0..items {
        let gold = random.below(5);
        let _ = write!(text, "\n{item}");
        for rater in 0..raters {
            let value = if random.below(100) < 15 { random.below(5) } else { gold };
            let missing = rater > 0 && random.below(20) == 0;
            let _ = if missing { write!(text, ",") } else { write!(text, ",{value}") };
        }
    }
    text.push('\n');
    text
}

/// What annotators make of the same units: each misses one of ten, moves three of ten and calls one of ten otherwise.
pub(super) fn generated(annotators: usize, number: usize) -> Result<Units, Failed> {
    let mut random = Random(7);
    let mut stretches = vec![Vec::new(); annotators];
    let mut position = 0;
    for _ in 0..number {
        position += 1 + random.below(120);
        let end = position + 2 + random.below(80);
        let gold = random.below(4) as usize;
        for own in &mut stretches {
            if random.below(10) == 0 {
                continue;
            }
            let moved = random.below(10) < 3;
            let by = |random: &mut Random| if moved { f64::from(random.below(11)) - 5.0 } else { 0.0 };
            let category = if random.below(10) == 0 { random.below(4) as usize } else { gold };
            let start = (f64::from(position) + by(&mut random)).max(0.0);
            own.push(Stretch { start, end: (f64::from(end) + by(&mut random)).max(start + 1.0), category });
        }
        position = end;
    }
    let names = (0..annotators).map(|annotator| format!("a{annotator}")).collect();
    let categories = ["claim", "quote", "source", "denial"].map(str::to_owned).to_vec();
    Ok(Units::new(names, categories, stretches, 0.0, f64::from(position) + 10.0)?)
}
