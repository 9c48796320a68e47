//! `export`: a dataset of a project.

use std::{path::PathBuf, sync::Arc};

use ascribe_engine::{
    Tree,
    dataset::{self, Destination, Order, Selection, WriteOptions, names_folder, needs_a_person},
    load,
};
use ascribe_schema::DocumentId;
use clap::{Args, ValueEnum};

use super::{super::whose::Whose, Writing, destination, named, spinner, tell, written};
use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// What to export.
#[derive(Debug, Args)]
pub(crate) struct Export {
    /// The project's folder, or a bundle
    project: PathBuf,
    /// The format of the dataset
    #[arg(long, value_parser = written())]
    format: String,
    /// The file or folder to write, or - for standard output
    #[arg(short, long, value_name = "PATH", required_unless_present = "dry_run")]
    output: Option<PathBuf>,
    #[command(flatten)]
    whose: Whose,
    /// Only this document; may be given several times
    #[arg(long, value_name = "ID")]
    document: Vec<String>,
    /// Only annotations with this label; may be given several times
    #[arg(long, value_name = "LABEL")]
    label: Vec<String>,
    /// Only documents that their annotators have marked as finished
    #[arg(long)]
    finished: bool,
    /// What to do with annotations in what is not the article
    #[arg(long, value_enum, default_value = "leave-out")]
    paratext: Paratext,
    /// With --split: give each part its share of every label, as far as whole documents allow
    #[arg(long, requires = "split")]
    stratify: bool,
    /// Make PATH a folder with a data card and a script that verifies every offset
    #[arg(long)]
    card: bool,
    /// For the data card: the licence, as Hugging Face names it, such as cc-by-4.0
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true, requires = "card")]
    license: String,
    /// Write nothing; say what would be written
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    writing: Writing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Paratext {
    /// Leave them out; the text stays whole
    LeaveOut,
    /// Write them like all others
    Keep,
}

impl Export {
    fn selection(&self) -> Result<Selection, Failed> {
        let chosen = self.whose.chosen()?;
        let documents = self.document.iter().map(|id| DocumentId::new(id.as_str())).collect::<Result<_, _>>()?;
        let (labels, finished) = (self.label.clone(), self.finished);
        Ok(Selection { chosen, documents, labels, finished, paratext: self.paratext == Paratext::Keep })
    }
}

/// Writes a dataset of a project, and tells what became of everything.
pub(crate) fn export(wanted: &Export, io: &mut Io<'_>) -> Result<u8, Failed> {
    let project = Arc::new(load(&Tree::open(&wanted.project)?));
    let path = wanted.output.clone().unwrap_or_else(|| PathBuf::from("nowhere"));
    let order = Order {
        selection: wanted.selection()?,
        format: named(&wanted.format)?,
        options: WriteOptions { folder: names_folder(&path), ..wanted.writing.options(&io.time) },
        split: wanted.writing.split()?,
        stratify: wanted.stratify,
        card: wanted.card.then(|| wanted.license.clone()),
    };
    let to = if wanted.dry_run { Destination::Nowhere } else { destination(&path) };
    let bar = spinner("records");
    let outcome = dataset::export(&project, &order, &to, &|| false, &mut |count| bar.set_position(count as u64));
    bar.finish_and_clear();
    let written = outcome?;
    let out = if to == Destination::StandardOutput { &mut *io.err } else { &mut *io.out };
    tell::written(&path, &written.account, None, wanted.writing.json, wanted.dry_run, out)?;
    if wanted.dry_run {
        writeln!(io.err, "nothing was written, because of --dry-run")?;
    }
    Ok(if needs_a_person(&written.account) { NEEDS_A_PERSON } else { DONE })
}
