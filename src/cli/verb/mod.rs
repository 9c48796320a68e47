//! What each verb does.

mod account;
mod adjudicate;
mod agree;
mod articles;
mod assign;
mod check;
mod compare;
mod dataset;
mod evaluate;
mod feedback;
mod ledger;
mod merge;
mod reading;
mod receive;
mod revise;
mod suggest;
mod whose;

use std::path::Path;

use ascribe_engine::{default_scheme, store::Store};
use ascribe_schema::{FORMAT, Project};

use crate::{DONE, Failed, Io};

pub(crate) use self::{
    adjudicate::{Adjudicate, adjudicate},
    agree::{Agree, agree, read_ratings},
    articles::{Batch, How, add, add_to, files},
    assign::{Assign, assign},
    check::{Check, check},
    compare::{Compare, compare},
    dataset::{Convert, Export, Import, convert, export, import},
    evaluate::{Evaluate, evaluate},
    feedback::{Feedback, feedback},
    merge::{Merge, git_setup, merge},
    reading::{Stats, stats},
    receive::{Receive, receive},
    revise::{Wanted, revise},
    suggest::{Suggest, suggest},
};

/// Makes a project and imports articles into it.
pub(crate) fn new(
    project: &Path,
    articles: &[std::path::PathBuf],
    title: Option<String>,
    how: &How,
    io: &mut Io<'_>,
) -> Result<u8, Failed> {
    let folder = || project.file_name().map(|name| name.to_string_lossy().into_owned());
    let title = title.or_else(folder).unwrap_or_else(|| "Project".to_owned());
    let file = Project { format: FORMAT, title, scheme: default_scheme(), ..Project::default() };
    let store = if how.dry_run { Store::at(project) } else { Store::create(project, &file)? };
    let status = add_to(&store, Batch::find(articles)?, how, io)?;
    let documents = || std::fs::read_dir(project.join("documents")).into_iter().flatten().count();
    if status != DONE && !how.dry_run && documents() == 0 {
        writeln!(io.err, "{} is there now, without an article; bring some into it with `add`", project.display())?;
    }
    Ok(status)
}

/// Puts a project into one file.
pub(crate) fn pack(project: &Path, output: &Path, io: &mut Io<'_>) -> Result<u8, Failed> {
    let count = ascribe_engine::pack(project, output)?;
    writeln!(io.out, "{count} files packed into {}", output.display())?;
    Ok(DONE)
}

/// Makes a folder of a bundle.
pub(crate) fn unpack(bundle: &Path, project: &Path, io: &mut Io<'_>) -> Result<u8, Failed> {
    let count = ascribe_engine::unpack(bundle, project)?;
    writeln!(io.out, "{count} files unpacked into {}", project.display())?;
    Ok(DONE)
}
