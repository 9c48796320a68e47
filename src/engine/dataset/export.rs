//! A dataset of a project: whose work, in which format, in which parts, with a data card or without.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    CardAbout, DatasetError, Destination, Format, Record, Selection, Split, Way, WriteOptions, Written, agreement_of,
    card, records, strata, write,
};
use crate::Project;

/// What somebody wants to have exported.
#[derive(Clone, Debug)]
pub struct Order {
    /// Whose work, and what of it.
    pub selection: Selection,
    /// The format.
    pub format: Format,
    /// How it is written; title and scheme are the project's.
    pub options: WriteOptions,
    /// How the documents are divided into parts.
    pub split: Option<Split>,
    /// Whether each part gets its share of every label.
    pub stratify: bool,
    /// A data card with this licence, the hash of every text, and a script that verifies every offset.
    pub card: Option<String>,
}

/// Writes a dataset of a project.
///
/// # Errors
///
/// When the selection is not clear, something cannot be written, or somebody asked to stop.
pub fn export(
    project: &Arc<Project>,
    order: &Order,
    to: &Destination,
    stopped: &(dyn Fn() -> bool + Sync),
    progress: &mut dyn FnMut(usize),
) -> Result<Written, DatasetError> {
    let options = order.options(project);
    let parts: Vec<String> = order.split.iter().flat_map(Split::names).map(str::to_owned).collect();
    let strata = order.strata(project)?;
    let part = |record: &Record| {
        let hashed = || order.split.as_ref().map_or(0, |split| split.part(&record.id));
        strata.get(&record.id).copied().unwrap_or_else(hashed)
    };
    let way = Way {
        change: &|record, _| Some(record),
        parts: parts.clone(),
        part: &part,
        summary: order.card.is_some(),
        stopped,
        progress,
    };
    let beside = |written: &Written| {
        let Some(licence) = &order.card else { return Vec::new() };
        let scheme = Some(&project.file.scheme);
        let (title, format, parts) = (options.title.as_str(), order.format, parts.as_slice());
        let agreement = &agreement_of(project, &order.selection.documents, stopped);
        card(written, &CardAbout { title, format, parts, scheme, licence, agreement })
    };
    write(records(project, &order.selection)?, order.format, to, &options, way, &beside)
}

impl Order {
    /// How it is written, with what the project says.
    #[must_use]
    pub fn options(&self, project: &Project) -> WriteOptions {
        let (title, scheme) = (project.file.title.clone(), Some(project.file.scheme.clone()));
        WriteOptions { title, scheme, ..self.options.clone() }
    }

    /// The parts of documents by their ids, where every part gets its share of each label.
    fn strata(&self, project: &Arc<Project>) -> Result<BTreeMap<String, usize>, DatasetError> {
        let Some(split) = self.split.as_ref().filter(|_| self.stratify) else { return Ok(BTreeMap::new()) };
        let strata = strata(project, &self.selection)?;
        let documents: Vec<_> = strata.iter().map(|(id, label)| (id.as_str(), label.as_str())).collect();
        let parts = split.stratified(&documents);
        Ok(strata.into_iter().map(|(id, _)| id).zip(parts).collect())
    }
}
