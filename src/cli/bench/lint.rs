//! How long lint and the source ledger take for one article with very many tags.

use std::time::Instant;

use ascribe_engine::{
    Tree,
    ledger::{Sources, ledger_of},
    lint::{Work, all_findings},
    load,
};

use super::{Size, median, with_project};
use crate::{DONE, Failed, Io};

/// How many annotations.
const TAGS: usize = 5_000;
/// How many articles the ledger is of.
const ARTICLES: usize = 50;

/// Lints an article with tags all along it, with tags on each other, and in one line; prints medians.
pub(super) fn run(io: &mut Io<'_>) -> Result<u8, Failed> {
    let size = Size { bytes: 500_000, annotations: TAGS, stacked: None, unbroken: false };
    writeln!(io.out, "{} KB of text, {TAGS} annotations; medians", size.bytes / 1_000)?;
    for (name, size) in [
        ("tags all along  ", size),
        ("tags on another ", Size { stacked: Some(50), ..size }),
        ("all in one line ", Size { unbroken: true, ..size }),
    ] {
        with_project(size, |folder, id| {
            let project = load(&Tree::open(folder)?);
            let document = project.documents.get(id).ok_or("the generated document is not there")?;
            let set = &document.sets.values().next().ok_or("the generated set is not there")?.set;
            let mut found = 0;
            let time = median(21, || {
                let start = Instant::now();
                let work = Work::of_set(document, set, &project.file.scheme).ok_or("the text is not there")?;
                found = all_findings(&work, &[]).len();
                Ok(start.elapsed())
            })?;
            writeln!(io.out, "lint, {name} {:>8.1} ms, {found} findings", time.as_secs_f64() * 1e3)?;
            let time = median(21, || {
                let start = Instant::now();
                drop(Sources::of_stored(document, set));
                Ok(start.elapsed())
            })?;
            writeln!(io.out, "its sources           {:>8.1} ms", time.as_secs_f64() * 1e3)?;
            let sources = vec![Sources::of_stored(document, set); ARTICLES];
            let mut rows = 0;
            let time = median(5, || {
                let start = Instant::now();
                rows = ledger_of(&sources).rows.len();
                Ok(start.elapsed())
            })?;
            writeln!(io.out, "ledger of {ARTICLES} such   {:>8.1} ms, {rows} rows", time.as_secs_f64() * 1e3)?;
            Ok(())
        })?;
    }
    Ok(DONE)
}
