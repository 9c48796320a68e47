//! `agree PROJECT`: how far annotators of a project agree, in four layers.

use std::path::Path;

use ascribe_engine::{
    Tree,
    agree::{Across, Agreement, Layer, Row, Slice, agree, gamma_of},
    compare::Compared,
    dataset::Kind,
    load,
};
use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::{Agree, explained, gamma::Answer};
use crate::{
    DONE, Failed, Io, NEEDS_A_PERSON,
    verb::{
        compare::{compared, tell_errors},
        reading::plain,
    },
};

/// Which part of a project is measured.
#[derive(Debug, Args)]
#[command(next_help_heading = "Of a project")]
pub(crate) struct Parts {
    /// Whose work, such as amina,bo; also gold, and decisions/NAME for what an adjudicator decided; everybody's otherwise
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    annotators: Vec<String>,
    /// Only this document; may be given several times
    #[arg(long, value_name = "ID")]
    document: Vec<String>,
    /// Figures of this label; may be given several times
    #[arg(long, value_name = "LABEL")]
    label: Vec<String>,
    /// Also figures of each label, each document, or each pair of annotators
    #[arg(long, value_enum, value_name = "PART")]
    by: Option<By>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    Label,
    Document,
    Pair,
}

/// Measures a project, and prints the figures.
pub(super) fn print(project: &Path, wanted: &Agree, io: &mut Io<'_>) -> Result<u8, Failed> {
    let project = load(&Tree::open(project)?);
    let status = if tell_errors(&project, io)? { NEEDS_A_PERSON } else { DONE };
    let parts = &wanted.parts;
    let compared = compared(&project, &parts.annotators, &parts.document)?;
    let scheme = &project.file.scheme;
    let (annotators, documents) = (&compared.annotators, &compared.documents);
    let agreement = agree(annotators, documents, scheme, Across::Nothing, &|| false).ok_or("measuring was stopped")?;
    if let Some(unknown) = parts.label.iter().find(|label| !agreement.labels.contains(label)) {
        let known = agreement.labels.join(", ");
        return Err(format!("nobody gave the label `{unknown}`; there are: {known}").into());
    }
    let whole = Slice::default();
    let gamma = wanted.chance.of_project(&|options| gamma_of(annotators, documents, scheme, &whole, options))?;
    if wanted.json {
        let report = report(&agreement, &compared, &gamma, parts)?;
        writeln!(io.out, "{}", serde_json::to_string_pretty(&report)?)?;
        return Ok(status);
    }
    heading(&agreement, &compared, io)?;
    for layer in Layer::ALL {
        writeln!(io.out, "\n{}", layer.asks())?;
        let rows: Vec<&Row> = agreement.rows.iter().filter(|row| row.layer == layer).collect();
        if rows.is_empty() {
            writeln!(io.out, "  nothing to measure: nobody gave any")?;
        }
        for row in rows {
            print_row(row, &agreement, wanted, io)?;
        }
        if layer == Layer::Found {
            gamma.print(wanted.explain, io)?;
        }
    }
    Ok(status)
}

fn heading(agreement: &Agreement, compared: &Compared, io: &mut Io<'_>) -> Result<(), Failed> {
    let names: Vec<_> = agreement.annotators.iter().map(ToString::to_string).collect();
    let count = agreement.documents.len();
    writeln!(io.out, "{}: {count} {}", names.join(", "), Kind::Document.word(count))?;
    for (document, _) in &compared.not_compared {
        writeln!(io.out, "  {document}: not measured, because fewer than two of them have annotated it")?;
    }
    for document in &agreement.left_out {
        writeln!(io.out, "  {document}: not in α over all of them, because more or fewer have annotated it than most")?;
    }
    Ok(())
}

/// A measure of everything, and of the parts that are asked for.
fn print_row(row: &Row, agreement: &Agreement, wanted: &Agree, io: &mut Io<'_>) -> Result<(), Failed> {
    let about = if row.about.is_empty() { String::new() } else { format!(", {}", plain(&row.about)) };
    let of_labels = |slice: &Slice| match &slice.label {
        Some(label) if !wanted.parts.label.is_empty() => wanted.parts.label.contains(label),
        Some(_) => wanted.parts.by == Some(By::Label),
        None => false,
    };
    let is_wanted = |slice: &Slice| match wanted.parts.by {
        _ if of_labels(slice) => true,
        Some(By::Document) => slice.document.is_some(),
        Some(By::Pair) => slice.pair.is_some(),
        _ => false,
    };
    if let Some(total) = row.total() {
        let name = format!("{}{about}", row.measure.name);
        writeln!(io.out, "{}", explained::line(&name, &explained::told(total)))?;
        if wanted.explain {
            explained::definition(row.measure, io)?;
        }
    }
    for (slice, figure) in row.figures.iter().filter(|(slice, _)| is_wanted(slice)) {
        let name = format!("  {}", plain(&named(slice, agreement)));
        writeln!(io.out, "{}", explained::line(&name, &explained::told(figure)))?;
    }
    Ok(())
}

/// What a part is called.
fn named(slice: &Slice, agreement: &Agreement) -> String {
    let pair = slice.pair.map(|(one, two)| names(agreement, (one, two)).join(", "));
    let document = slice.document.as_ref().map(ToString::to_string);
    [pair, document, slice.label.clone()].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn names(agreement: &Agreement, (one, two): (usize, usize)) -> [String; 2] {
    [one, two].map(|at| agreement.annotators.get(at).map_or_else(String::new, ToString::to_string))
}

fn report(agreement: &Agreement, compared: &Compared, gamma: &Answer, parts: &Parts) -> Result<Value, Failed> {
    let mut measures = Map::new();
    gamma.add(&mut measures)?;
    let mut layers = Vec::new();
    for layer in Layer::ALL {
        let rows = agreement.rows.iter().filter(|row| row.layer == layer);
        let figures = rows.map(|row| row_json(row, agreement, parts)).collect::<Result<Vec<_>, _>>()?;
        layers.push(json!({ "layer": layer.name(), "asks": layer.asks(), "figures": figures }));
    }
    let not_measured: Vec<_> = compared.not_compared.iter().map(|(document, _)| document).collect();
    Ok(json!({
        "annotators": agreement.annotators,
        "documents": agreement.documents,
        "labels": agreement.labels,
        "not_measured": not_measured,
        "not_in_alpha": agreement.left_out,
        "layers": layers,
        "gamma": measures,
    }))
}

fn row_json(row: &Row, agreement: &Agreement, parts: &Parts) -> Result<Value, Failed> {
    let mut value = match row.total() {
        Some(total) => serde_json::to_value(total)?,
        None => json!({ "value": null, "reason": "this is worked out of two annotators at a time; see by_pair" }),
    };
    let (mut labels, mut documents, mut pairs) = (Map::new(), Map::new(), Vec::new());
    for (slice, figure) in &row.figures {
        let figure = serde_json::to_value(figure)?;
        match slice {
            Slice { label: Some(label), .. } if parts.label.is_empty() || parts.label.contains(label) => {
                labels.insert(label.clone(), figure);
            }
            Slice { document: Some(document), .. } => drop(documents.insert(document.to_string(), figure)),
            Slice { pair: Some(pair), .. } => {
                pairs.push(json!({ "annotators": names(agreement, *pair), "figure": figure }));
            }
            _ => {}
        }
    }
    value["measure"] = json!(row.measure.key);
    value["about"] = json!(row.about);
    value["by_label"] = Value::Object(labels);
    value["by_document"] = Value::Object(documents);
    value["by_pair"] = Value::Array(pairs);
    Ok(value)
}
