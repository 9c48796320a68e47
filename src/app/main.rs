//! `ascribe`: a verb goes to the command line, anything else opens the window.

use std::{io, process::ExitCode, time::Duration};

use ascribe::{bench, options::Options, window};
use clap::Parser;

/// How often it is looked whether other programs have changed the open project.
const WATCH: Duration = Duration::from_secs(2);

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let words: Vec<_> = arguments.iter().skip(1).map(|argument| argument.to_string_lossy()).collect();
    let result = match words.iter().map(AsRef::as_ref).collect::<Vec<&str>>()[..] {
        ["bench", "window", ref more @ ..] => bench::run(more),
        [verb, ..] if ascribe_cli::is_verb(verb) => {
            let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
            let mut io = ascribe_cli::Io {
                out: &mut out,
                err: &mut err,
                time: ascribe_cli::now(),
                program: std::env::current_exe().ok(),
            };
            return ExitCode::from(ascribe_cli::run(arguments, &mut io));
        }
        _ => window::open(Options { program: std::env::current_exe().ok(), watch: Some(WATCH), ..Options::parse() }),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Nobody is left to tell if standard error is closed.
            let _ = io::Write::write_fmt(&mut io::stderr(), format_args!("ascribe: {message}\n"));
            ExitCode::from(ascribe_cli::FAILED)
        }
    }
}
