//! What a data card says of agreement.

use ascribe_agreement::measures as of;
use ascribe_schema::{AnnotatorName, DocumentId};

use super::cell;
use crate::{
    Project,
    agree::{Across, Layer, agree},
    compare::compare_project,
};

/// The measures that a card has, each with its layer.
const TOLD: [(Layer, &str); 7] = [
    (Layer::Found, of::F1_EXACT.key),
    (Layer::Found, of::F1_OVERLAP.key),
    (Layer::Found, of::U_ALPHA.key),
    (Layer::Label, of::PERCENT.key),
    (Layer::Label, of::COHEN_KAPPA.key),
    (Layer::Label, of::ALPHA_NOMINAL.key),
    (Layer::Link, crate::agree::LINK_F1.key),
];

/// How far the annotators of these documents agree, as a table in Markdown; of all documents where none is named. Empty
/// where fewer than two have annotated any, or `stopped` says so. What was adjudicated is nobody's own work and does not
/// count.
#[must_use]
pub fn agreement_of(project: &Project, documents: &[DocumentId], stopped: &dyn Fn() -> bool) -> String {
    // Who cannot be compared cannot agree: the card says then that nothing was measured.
    let Ok(compared) = compare_project(project, &[], documents) else { return String::new() };
    if compared.documents.is_empty() {
        return String::new();
    }
    let scheme = &project.file.scheme;
    let agreement = agree(&compared.annotators, &compared.documents, scheme, Across::Nothing, stopped);
    let Some(agreement) = agreement else { return String::new() };
    let names: Vec<_> = compared.annotators.iter().map(AnnotatorName::as_str).map(cell).collect();
    let mut told = format!(
        "Of {}, in {} documents that at least two of them annotated. Annotations of what is not the article are left out.\n\n\
         | measure | value | of |\n| --- | ---: | --- |\n",
        names.join(", "),
        compared.documents.len(),
    );
    for (layer, key) in TOLD {
        let rows = agreement.rows.iter().filter(|row| row.layer == layer && row.measure.key == key);
        for (row, figure) in rows.filter_map(|row| Some((row, row.total()?))) {
            let about = if row.about.is_empty() { String::new() } else { format!(", {}", row.about) };
            let (name, n) = (cell(&format!("{}{about}", row.measure.name)), format!("{} {}", figure.n, figure.of));
            told += &match figure.value {
                Ok(value) => format!("| {name} | {value:.3} | {n} |\n"),
                Err(reason) => format!("| {name} | — | {reason} |\n"),
            };
        }
    }
    told + "\n`ascribe-cli agree` says how each is worked out, and gives them for every label, document and pair.\n"
}
