//! `feedback`: what became of one annotator's tags, and why.

use std::path::PathBuf;

use ascribe_engine::{
    Tree,
    feedback::{feedback as tell, markdown},
    load,
    store::write_file,
};
use ascribe_schema::AnnotatorName;
use clap::Args;

use super::compare::tell_errors;
use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// Whom to tell.
#[derive(Debug, Args)]
pub(crate) struct Feedback {
    /// The project's folder, or a bundle
    project: PathBuf,
    /// Whose tags
    #[arg(long, value_name = "NAME")]
    annotator: String,
    /// The file to write; standard output otherwise
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Tell in JSON, with the place of each tag; in Markdown otherwise
    #[arg(long)]
    json: bool,
    /// Do not say who decided
    #[arg(long)]
    anonymous: bool,
}

/// Tells an annotator what became of their tags.
pub(crate) fn feedback(wanted: &Feedback, io: &mut Io<'_>) -> Result<u8, Failed> {
    let project = load(&Tree::open(&wanted.project)?);
    let annotator = AnnotatorName::new(wanted.annotator.as_str())?;
    if annotator.is_gold() {
        return Err("gold is made from decisions, and nobody is to be told about it; name an annotator".into());
    }
    if let Some(output) = wanted.output.as_ref().filter(|output| output.extension().is_some_and(|ext| ext == "ron")) {
        return Err(format!("{} is called like a file of a project; name another file", output.display()).into());
    }
    let known = project.documents.values().any(|document| document.sets.contains_key(&annotator));
    if !known {
        return Err(format!("{annotator} has tagged nothing in this project").into());
    }
    let told = tell(&project, &annotator, wanted.anonymous)?;
    let text = if wanted.json { serde_json::to_string_pretty(&told)? + "\n" } else { markdown(&told, &project) };
    match &wanted.output {
        Some(path) => {
            write_file(path, text.as_bytes())?;
            writeln!(io.out, "{} tags of {annotator} told in {}", told.entries.len(), path.display())?;
        }
        None => write!(io.out, "{text}")?,
    }
    Ok(if tell_errors(&project, io)? { NEEDS_A_PERSON } else { DONE })
}
