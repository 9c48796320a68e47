//! `suggest`: what the rules propose.

mod stream;

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
status is 1.";

/// What to propose for.
#[derive(Debug, Args)]
#[command(after_long_help = STREAM)]
pub(crate) struct Suggest {
    /// Propose for texts on standard input, one JSON object a line
    #[arg(long, required = true)]
    stream: bool,
}

/// Proposes.
pub(crate) fn suggest(_: &Suggest, io: &mut Io<'_>) -> Result<u8, Failed> {
    stream::stream(std::io::stdin(), io)
}
