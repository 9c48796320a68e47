//! `ascribe-cli`: the verbs without the window.

use std::{io, process::ExitCode};

fn main() -> ExitCode {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let mut io = ascribe_cli::Io {
        out: &mut out,
        err: &mut err,
        time: ascribe_cli::now(),
        program: std::env::current_exe().ok(),
    };
    ExitCode::from(ascribe_cli::run(std::env::args_os(), &mut io))
}
