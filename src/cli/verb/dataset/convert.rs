//! `convert`: one dataset format straight into another, record by record, without a project.

use std::path::PathBuf;

use ascribe_engine::dataset::{self, DatasetError, Destination, Mapping, ReadOptions, Split, Way};
use clap::Args;

use super::{Offsets, Writing, beside, destination, named, read, spinner, tell, unit, written};
use crate::{DONE, Failed, Io, NEEDS_A_PERSON};

/// What to convert.
#[derive(Debug, Args)]
pub(crate) struct Convert {
    /// The format of what is read; told by its content otherwise
    #[arg(long, value_parser = read())]
    from: Option<String>,
    /// The format to write
    #[arg(long, value_parser = written())]
    to: String,
    /// The files or folders to read, and last the file or folder to write; - for standard input or output
    #[arg(required = true, num_args = 2.., value_names = ["IN", "OUT"])]
    paths: Vec<PathBuf>,
    /// Other names for labels, attributes and relation types, such as Content=quote,Source=source,Cue=
    #[arg(long, value_name = "OLD=NEW")]
    map: Vec<String>,
    /// What offsets count in what is read, where programs differ in it; found out by the words where that is possible
    /// otherwise
    #[arg(long, value_enum, value_name = "UNIT")]
    offsets_in: Option<Offsets>,
    /// Where pieces that do not fit are kept; beside what is written otherwise
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
    #[command(flatten)]
    writing: Writing,
}

/// Converts, and tells what became of everything.
pub(crate) fn convert(wanted: &Convert, io: &mut Io<'_>) -> Result<u8, Failed> {
    let Some((out, inputs)) = wanted.paths.split_last() else {
        return Err("name what to read and what to write".into());
    };
    let from = match (&wanted.from, inputs.first()) {
        (Some(name), _) => named(name)?,
        (None, Some(first)) if first.as_os_str() != "-" => dataset::detect(first)?,
        _ => return Err("standard input has no name to tell its format by; give it with --from".into()),
    };
    let (mapping, split) = (Mapping::parse(&wanted.map)?, wanted.writing.split()?);
    let options = ReadOptions { offsets: wanted.offsets_in.map(unit), ..ReadOptions::default() };
    let works = dataset::read(from, inputs, &options)?;
    let bar = spinner("records");
    let way = Way {
        change: &|record, told| Some(mapping.apply(record, told)),
        parts: split.iter().flat_map(Split::names).map(str::to_owned).collect(),
        part: &|record| split.as_ref().map_or(0, |split| split.part(&record.id)),
        summary: false,
        stopped: &|| false,
        progress: &mut |count| bar.set_position(count as u64),
    };
    let to = destination(out);
    let outcome =
        dataset::write(works, named(&wanted.to)?, &to, &wanted.writing.options(&io.time), way, &|_| Vec::new());
    bar.finish_and_clear();
    let aside = wanted.refused.clone().unwrap_or_else(|| match to {
        Destination::Path(_) => beside(out),
        _ => PathBuf::from(format!("{}.refused.jsonl", from.name())),
    });
    let written = match outcome {
        Err(DatasetError::Empty(told)) => {
            let kept = tell::keep(&told.refused, aside)?;
            tell::reading(&told, kept.as_ref(), io.err)?;
            return Err("there is no document in what was read, so nothing was written".into());
        }
        outcome => outcome?,
    };
    let kept = tell::keep(&written.told.refused, aside)?;
    let stream = if to == Destination::StandardOutput { &mut *io.err } else { &mut *io.out };
    tell::written(out, &written.account, Some((&written.told, kept.as_ref())), wanted.writing.json, false, stream)?;
    Ok(if kept.is_some() { NEEDS_A_PERSON } else { DONE })
}
