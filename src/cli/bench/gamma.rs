//! How long γ takes.

use std::time::Instant;

use ascribe_engine::agreement::{GammaOptions, gamma};

use super::agree::generated;
use crate::{DONE, Failed, Io};

/// Prints γ of sizes that other programs were measured with, each once: 30 samples and what was observed.
pub(super) fn run(io: &mut Io<'_>) -> Result<u8, Failed> {
    let options = GammaOptions { precision: None, ..GammaOptions::default() };
    for (annotators, number) in [(2, 1_000), (3, 1_000), (5, 300), (8, 100), (2, 10_000), (3, 3_000)] {
        let units = generated(annotators, number)?;
        let start = Instant::now();
        let found = gamma(&units, &options)?;
        let time = start.elapsed().as_secs_f64();
        let value = found.gamma.value.map_err(|reason| reason.to_string())?;
        let proven = found.proven.is_some_and(|(least, most)| least == most);
        let proven = if proven { "proven" } else { "not all proven" };
        writeln!(io.out, "γ, {annotators} × {number:<6} {time:>8.3} s, {value:.4}, best alignments {proven}")?;
    }
    Ok(DONE)
}
