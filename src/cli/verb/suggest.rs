//! `suggest`: what the rules and the models propose, for a project or for texts on standard input.

mod model;
mod project;
mod stream;

use std::path::PathBuf;

use clap::Args;

use crate::{Failed, Io};

/// What the lines of a stream are, for people who ask for help.
const STREAM: &str = "\
With --stream, each line of standard input is a JSON object:
  {\"id\": \"…\", \"text\": \"…\", \"language\": \"en\"}
The language may be left out. Each gives a line of standard output, in the same order:
  {\"id\": \"…\", \"annotations\": [{\"id\": \"a1\", \"label\": \"quote\", \"spans\": [[12, 80]], \"text\": [\"…\"],
   \"attributes\": {\"form\": \"direct\"}, \"score\": 0.97, \"rule\": \"…\"}],
   \"relations\": [{\"id\": \"r1\", \"kind\": \"attributed_to\", \"from\": \"a1\", \"to\": \"a2\"}]}
Offsets count Unicode scalar values. A bad line gives {\"line\": 17, \"error\": \"…\"}, the rest goes on, and the exit
status is 1.

With --model, a program of one's own that project.ron names is asked in the same lines, such as
  models: [(name: \"mine\", run: Command([\"python3\", \"model.py\"]), timeout_s: 60)]
It runs in the project's folder, without a shell, and only because you say so. Http(\"http://127.0.0.1:8000/suggest\")
asks an address on this machine instead. What is good of its answers is written to suggestions/NAME, the rest is told
line by line, and makes the exit status 1.";

/// What to propose for.
#[derive(Debug, Args)]
#[command(after_long_help = STREAM)]
pub(crate) struct Suggest {
    /// The project's folder, or a bundle
    #[arg(required_unless_present = "stream")]
    project: Option<PathBuf>,
    /// Only for this document; its id, or a part that only its id begins with; may be given several times
    #[arg(long, value_name = "ID")]
    document: Vec<String>,
    /// Only what this annotator has neither tagged nor refused
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,
    /// Keep what the rules propose in the project, in suggestions/rules
    #[arg(long)]
    write: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Ask this model of the project, and keep what it proposes in the project, in suggestions/NAME
    #[arg(long, value_name = "NAME", conflicts_with_all = ["annotator", "write", "stream"])]
    model: Option<String>,
    /// Propose for texts on standard input, one JSON object a line
    #[arg(long, conflicts_with_all = ["project", "document", "annotator", "write", "json"])]
    stream: bool,
}

/// Proposes.
pub(crate) fn suggest(wanted: &Suggest, io: &mut Io<'_>) -> Result<u8, Failed> {
    match (&wanted.project, &wanted.model) {
        (Some(project), Some(name)) => model::suggest(project, name, wanted, io),
        (Some(project), None) => project::suggest(project, wanted, io),
        (None, _) => stream::stream(std::io::stdin(), io),
    }
}
