//! `import`: labelled data of other tools becomes annotation sets of a project.

use std::path::PathBuf;

use ascribe_engine::{
    Place, Tree,
    dataset::{self, Differing, ImportOptions, Kind, Mapping, ReadOptions, Taken, Unknown, known_texts, take},
    load,
    store::Store,
};
use ascribe_schema::AnnotatorName;
use clap::{Args, ValueEnum};

use super::{Offsets, named, read, spinner, tell, unit};
use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// What to import.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The project's folder
    project: PathBuf,
    /// The files or folders to read, or - for standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The format; told by the content otherwise
    #[arg(long, value_parser = read())]
    format: Option<String>,
    /// Whose annotations they become; those of the annotators that the files name otherwise
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,
    /// Other names for labels, attributes and relation types, such as Content=quote,Source=source,Cue=
    #[arg(long, value_name = "OLD=NEW")]
    map: Vec<String>,
    /// What to do with labels, attributes and relation types that the scheme does not have
    #[arg(long, value_enum, default_value = "add")]
    unknown: UnknownNames,
    /// What to do where the project has a document with another text
    #[arg(long, value_enum, default_value = "refuse")]
    texts: Texts,
    /// What offsets count, where programs differ in it; found out by the words where that is possible otherwise
    #[arg(long, value_enum, value_name = "UNIT")]
    offsets: Option<Offsets>,
    /// Where pieces that do not fit are kept; in the project's .ascribe folder otherwise
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    /// Write nothing; say what would be imported
    #[arg(long)]
    dry_run: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum UnknownNames {
    /// Add them to the scheme
    Add,
    /// Refuse what has them
    Refuse,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Texts {
    /// Refuse the document
    Refuse,
    /// Look for the annotations in the project's text, by their words
    Reanchor,
}

/// Imports, and tells what became of everything.
pub(crate) fn import(wanted: &Import, io: &mut Io<'_>) -> Result<u8, Failed> {
    let tree = Tree::open(&wanted.project)?;
    let Place::Folder(root) = tree.place() else { return Err("a bundle cannot be changed; unpack it first".into()) };
    let (root, project) = (root.clone(), load(&tree));
    let format = match (&wanted.format, wanted.paths.first()) {
        (Some(name), _) => named(name)?,
        (None, Some(first)) if first.as_os_str() != "-" => dataset::detect(first)?,
        _ => return Err("standard input has no name to tell its format by; give it with --format".into()),
    };
    let read = ReadOptions { offsets: wanted.offsets.map(unit), known: known_texts(&project) };
    let options = ImportOptions {
        annotator: wanted.annotator.as_deref().map(AnnotatorName::new).transpose()?,
        mapping: Mapping::parse(&wanted.map)?,
        unknown: match wanted.unknown {
            UnknownNames::Add => Unknown::Add,
            UnknownNames::Refuse => Unknown::Refuse,
        },
        differing: match wanted.texts {
            Texts::Refuse => Differing::Refuse,
            Texts::Reanchor => Differing::Reanchor,
        },
        format: format.name().to_owned(),
        time: io.time.clone(),
        dry_run: wanted.dry_run,
    };
    let works = dataset::read(format, &wanted.paths, &read)?;
    let bar = spinner("records");
    let progress = &mut |count| bar.set_position(count as u64);
    let outcome = take(project, &Store::at(&root), works, &options, &|| false, progress);
    bar.finish_and_clear();
    let taken = outcome?;
    let time: String = io.time.chars().filter(char::is_ascii_alphanumeric).collect();
    let aside =
        wanted.refused.clone().unwrap_or_else(|| root.join(".ascribe").join("refused").join(format!("{time}.jsonl")));
    let kept = if wanted.dry_run { None } else { tell::keep(&taken.told.refused, aside)? };
    tell::taken(&taken, kept.as_ref(), wanted.json, io.out)?;
    if wanted.dry_run {
        writeln!(io.err, "nothing was written, because of --dry-run")?;
    }
    Ok(if is_whole(&taken) { DONE } else { NEEDS_A_PERSON })
}

/// Whether nothing was refused.
fn is_whole(taken: &Taken) -> bool {
    let documents = taken.numbers.get(&Kind::Document).copied().unwrap_or_default();
    taken.told.refused.is_empty() && documents.imported + documents.known > 0
}
