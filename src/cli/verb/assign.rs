//! `assign`: who annotates which document, and how far everybody is.

use std::{collections::BTreeMap, path::PathBuf};

use ascribe_engine::{
    Place, Project, Tree,
    assign::{Load, ProgressTable, Spread, Stage, StageCounts, assigned, loads, progress, spread, unassigned, with},
    load,
    store::Store,
};
use ascribe_schema::{AnnotatorName, DocumentId};
use clap::{Args, ValueEnum};

use super::{reading::plain, revise::find_document};
use crate::{DONE, Failed, Io};

/// What to give out.
#[derive(Debug, Args)]
pub(crate) struct Assign {
    /// The project's folder, or a bundle
    project: PathBuf,
    /// The people; without them, how far everybody is
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    annotators: Vec<String>,
    /// Give each document to so many of them, evenly; whoever has it already counts, and keeps it
    #[arg(long, value_name = "K", requires = "annotators")]
    each: Option<usize>,
    /// What chance starts from; the same seed gives the same
    #[arg(long, value_name = "N", default_value_t = 0, requires = "each")]
    seed: u64,
    /// What everybody gets as much of
    #[arg(long, value_enum, default_value_t = By::Documents, requires = "each")]
    by: By,
    /// Only this document; its id, or a part that only its id begins with; may be given several times
    #[arg(long, value_name = "ID")]
    document: Vec<String>,
    /// Take the documents from the people again; what they have tagged stays
    #[arg(long, requires = "annotators", conflicts_with = "each")]
    remove: bool,
    /// Say what would be done, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum By {
    Documents,
    Characters,
}

/// Gives documents out, or tells how far everybody is.
pub(crate) fn assign(wanted: &Assign, io: &mut Io<'_>) -> Result<u8, Failed> {
    let mut project = load(&Tree::open(&wanted.project)?);
    if !wanted.annotators.is_empty() {
        let after = given(wanted, &project)?;
        if after != project.file && !wanted.dry_run {
            let Place::Folder(root) = &project.place else {
                return Err("a bundle cannot be changed; unpack it first".into());
            };
            Store::at(root).save_project(&project.file, &after)?;
        }
        project.file = after;
    }
    let table = progress(&project);
    if wanted.json {
        writeln!(io.out, "{}", serde_json::to_string_pretty(&table)?)?;
    } else {
        print(&table, io)?;
        print_loads(wanted, &project, io)?;
    }
    if wanted.dry_run {
        writeln!(io.err, "nothing was written, because of --dry-run")?;
    }
    Ok(DONE)
}

/// The project as it was asked for.
fn given(wanted: &Assign, project: &Project) -> Result<ascribe_schema::Project, Failed> {
    let names = wanted.annotators.iter().map(|name| AnnotatorName::new(name.trim()));
    let names: Vec<_> = names.collect::<Result<_, _>>()?;
    let chosen: Vec<_> = wanted.document.iter().map(|id| find_document(project, id)).collect::<Result<_, _>>()?;
    let Some(each) = wanted.each else {
        if chosen.is_empty() {
            return Err("say how many each document gets with --each K, or name documents with --document".into());
        }
        let mut file = project.file.clone();
        for id in &chosen {
            file = if wanted.remove { unassigned(&file, id, &names) } else { assigned(&file, id, &names)? };
        }
        return Ok(file);
    };
    let mut lengths = lengths(project);
    lengths.retain(|id, _| chosen.is_empty() || chosen.contains(id));
    let load = match wanted.by {
        By::Documents => Load::Documents,
        By::Characters => Load::Characters,
    };
    let how = Spread { each, seed: wanted.seed, load };
    Ok(with(&project.file, spread(&lengths, &names, how, &project.file.assignments)?))
}

/// The documents with their lengths in characters.
fn lengths(project: &Project) -> BTreeMap<DocumentId, u32> {
    let length = |document: &ascribe_engine::Document| document.text.as_ref().map_or(0, |text| text.len().0);
    project.documents.iter().map(|(id, document)| (id.clone(), length(document))).collect()
}

fn print(table: &ProgressTable, io: &mut Io<'_>) -> Result<(), Failed> {
    for document in &table.documents {
        writeln!(io.out, "{} ({})", plain(&document.title), document.id)?;
        for (name, cell) in &document.annotators {
            let asked = if cell.assigned { "" } else { ", not asked to" };
            writeln!(
                io.out,
                "  {} {name}: {}, {} annotations{asked}",
                cell.stage.sign(),
                cell.stage.name(),
                cell.annotations
            )?;
        }
        if document.annotators.is_empty() {
            writeln!(io.out, "  nobody")?;
        }
        if let Some(cases) = document.cases {
            let waiting = cases.open + cases.stale + cases.deferred;
            writeln!(io.out, "  {} decided, {waiting} to decide", cases.decided)?;
        }
    }
    writeln!(io.out, "\nin all")?;
    for (name, counts) in &table.annotators {
        writeln!(io.out, "  {name}: {}", sentence(counts))?;
    }
    Ok(())
}

fn sentence(counts: &StageCounts) -> String {
    let number = |stage: Stage| match stage {
        Stage::NotStarted => counts.not_started,
        Stage::InProgress => counts.in_progress,
        Stage::Finished => counts.finished,
        Stage::Adjudicated => counts.adjudicated,
    };
    let stages = Stage::ALL.map(|stage| format!("{} {}", number(stage), stage.name()));
    format!("{} assigned: {}", counts.assigned, stages.join(", "))
}

fn print_loads(wanted: &Assign, project: &Project, io: &mut Io<'_>) -> Result<(), Failed> {
    if wanted.each.is_some() {
        for (name, characters) in loads(&project.file.assignments, &lengths(project), Load::Characters) {
            writeln!(io.out, "  {name}: {characters} characters")?;
        }
    }
    Ok(())
}
