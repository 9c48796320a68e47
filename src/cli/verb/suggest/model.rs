//! `suggest PROJECT --model NAME`: asks a program of one's own, and tells what came of it.

use std::path::Path;

use ascribe_engine::{
    Tree, load,
    model::{Bad, Order, Report},
};
use serde::Serialize;

use super::{super::reading::plain, super::revise::find_document, Suggest};
use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

#[derive(Serialize)]
struct Told<'a> {
    model: &'a str,
    runs: String,
    documents: usize,
    answered: usize,
    suggestions: usize,
    unanswered: &'a [ascribe_schema::DocumentId],
    bad: &'a [Bad],
    more_bad: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    broken: Option<String>,
}

/// Asks the model of that name.
pub(super) fn suggest(project: &Path, name: &str, wanted: &Suggest, io: &mut Io<'_>) -> Result<u8, Failed> {
    let project = load(&Tree::open(project)?);
    let chosen: Vec<_> = wanted.document.iter().map(|id| find_document(&project, id)).collect::<Result<_, _>>()?;
    let order = Order::of(&project, name, &chosen)?;
    let bar = super::super::dataset::spinner("documents");
    if !wanted.json {
        writeln!(io.out, "{name} is asked about {}: {}", documents(order.len()), order.what_runs())?;
        io.out.flush()?;
    }
    let report = order.run(&mut |count| bar.set_position(count as u64), &|| false);
    bar.finish_and_clear();
    if wanted.json {
        writeln!(io.out, "{}", serde_json::to_string_pretty(&told(&order, &report))?)?;
    } else {
        tell(&order, &report, io)?;
    }
    Ok(if report.is_good() { DONE } else { NEEDS_A_PERSON })
}

fn told<'a>(order: &'a Order, report: &'a Report) -> Told<'a> {
    Told {
        model: order.model().name.as_str(),
        runs: order.what_runs(),
        documents: order.len(),
        answered: report.written.len(),
        suggestions: report.proposed(),
        unanswered: &report.unanswered,
        bad: &report.bad,
        more_bad: report.more_bad,
        broken: report.broken.as_ref().map(ToString::to_string),
    }
}

fn tell(order: &Order, report: &Report, io: &mut Io<'_>) -> Result<(), Failed> {
    let name = &order.model().name;
    let written = documents(report.written.len());
    writeln!(io.out, "{} suggestions for {written} written to suggestions/{name}", report.proposed())?;
    for Bad { line, document, reason } in &report.bad {
        let document = document.as_ref().map(|id| format!("{id}: ")).unwrap_or_default();
        writeln!(io.err, "line {line}: {document}{}", plain(reason))?;
    }
    if report.more_bad > 0 {
        writeln!(io.err, "and {} more that is wrong", report.more_bad)?;
    }
    if let Some(broken) = &report.broken {
        let lines = broken.to_string();
        writeln!(io.err, "{name}: {}", lines.lines().map(plain).collect::<Vec<_>>().join("\n  "))?;
    }
    for id in &report.unanswered {
        writeln!(io.err, "{id}: no answer; what {name} proposed for it before is kept")?;
    }
    Ok(())
}

fn documents(count: usize) -> String {
    if count == 1 { "1 document".to_owned() } else { format!("{count} documents") }
}
