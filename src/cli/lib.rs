//! The verbs of Ascribe, for a terminal, a server or a pipeline.
//!
//! [`run`] takes the arguments and where to print, and returns the exit status: 0 done; 1 done, but
//! something needs a person; 2 it could not be done.

pub mod bench;
mod verb;

use std::{ffi::OsString, io::Write, path::PathBuf};

use ascribe_engine::{Options, SERVE};
use clap::{Parser, Subcommand};

/// Where a verb prints, and the time that it works at.
pub struct Io<'a> {
    /// What was asked for.
    pub out: &'a mut dyn Write,
    /// What a person should know.
    pub err: &'a mut dyn Write,
    /// Now, as RFC 3339 in UTC.
    pub time: String,
    /// This program, if it hears [`SERVE`]: then risky files are read in a process of their own.
    pub program: Option<PathBuf>,
}

/// Everything went well.
pub const DONE: u8 = 0;
/// Done, but something needs a person.
pub const NEEDS_A_PERSON: u8 = 1;
/// It could not be done.
pub const FAILED: u8 = 2;

/// Why a verb could not do its work: what, where, and what to do, in one message.
type Failed = Box<dyn std::error::Error>;

#[derive(Debug, Parser)]
#[command(name = "ascribe-cli", version, about = "Annotation projects without a window", long_about = None)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Make a project and import articles into it
    New {
        /// The folder to make
        project: PathBuf,
        /// Files of any kind that holds articles, folders of them, or - for standard input
        articles: Vec<PathBuf>,
        /// The project's title; the folder's name otherwise
        #[arg(long)]
        title: Option<String>,
        #[command(flatten)]
        how: verb::How,
    },
    /// Import articles into a project; print the new ids
    Add {
        /// The project's folder
        project: PathBuf,
        /// Files of any kind that holds articles, folders of them, or - for standard input
        #[arg(required = true)]
        articles: Vec<PathBuf>,
        #[command(flatten)]
        how: verb::How,
    },
    /// Give a document a corrected text; say what becomes of everyone's annotations
    Revise {
        /// The project's folder
        project: PathBuf,
        /// The document's id, or a part that only its id begins with
        document: String,
        /// The corrected article, or - for standard input
        article: PathBuf,
        /// Move this annotator's sets now, as opening the project as them would
        #[arg(long, value_name = "NAME")]
        annotator: Vec<String>,
        /// Say what would happen, and write nothing
        #[arg(long)]
        dry_run: bool,
        /// Print JSON
        #[arg(long)]
        json: bool,
        /// The encoding of the article
        #[arg(long)]
        encoding: Option<String>,
    },
    /// Bring labelled data of other tools into a project
    Import(verb::Import),
    /// Write a dataset of a project, and say what became of everything
    Export(verb::Export),
    /// Turn one dataset format straight into another, without a project
    Convert(verb::Convert),
    /// Propose annotations, with the rule for each
    Suggest(verb::Suggest),
    /// Say how well annotations agree with others that are held to be right
    Evaluate(verb::Evaluate),
    /// Say how alike annotators worked, in figures that tell what they mean
    Agree(verb::Agree),
    /// Lay several annotators' work side by side, and say what differs
    Compare(verb::Compare),
    /// Count what is open between annotators; decide what nobody disagrees on; make gold
    Adjudicate(verb::Adjudicate),
    /// Tell an annotator what became of their tags, and why
    Feedback(verb::Feedback),
    /// Say who annotates which document, by hand or evenly; list how far everybody is
    Assign(verb::Assign),
    /// List every problem of a project, and what is probably not meant in its tagging
    Check(verb::Check),
    /// Count documents, progress, labels, attributes and relations; list the sources
    Stats(verb::Stats),
    /// Join two copies of one file by ids and fields, or settle what an earlier merge left open
    Merge(verb::Merge),
    /// Make git join the files of a project by `merge`
    GitSetup {
        /// The project's folder
        project: PathBuf,
    },
    /// Take colleagues' work from a bundle, a folder or files into a project
    Receive(verb::Receive),
    /// Put a whole project into one file
    Pack {
        /// The project's folder
        project: PathBuf,
        /// The bundle to write
        #[arg(short, long, value_name = "FILE.ron")]
        output: PathBuf,
    },
    /// Make a project folder of a bundle
    Unpack {
        /// The bundle
        bundle: PathBuf,
        /// The folder to make
        project: PathBuf,
    },
    /// Read files for another process of this program
    #[command(name = SERVE, hide = true)]
    Serve,
    /// Measure speed, or how well web pages are read
    Bench {
        /// Which benchmark: load, edit, find, import, revise or all; dataset, offsets, lint, suggest, agree, compare; or html
        name: String,
        /// For html: a folder of web pages, each with what its article is
        folder: Option<PathBuf>,
        /// For suggest: how many megabytes go through the stream; 100 and then 1000 otherwise
        #[arg(long, value_name = "MB")]
        megabytes: Option<u64>,
    },
}

/// Carries out the verb that `arguments` name, the program's own name first.
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>, io: &mut Io<'_>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return explain_usage(&error, io),
    };
    let result = match arguments.verb {
        Verb::New { project, articles, title, how } => verb::new(&project, &articles, title, &how, io),
        Verb::Add { project, articles, how } => verb::add(&project, &articles, &how, io),
        Verb::Revise { project, document, article, annotator, dry_run, json, encoding } => {
            let options = Options { encoding, ..Options::default() };
            let wanted = verb::Wanted { annotators: annotator, dry_run, json, options };
            verb::revise(&project, &document, &article, &wanted, io)
        }
        Verb::Import(wanted) => verb::import(&wanted, io),
        Verb::Export(wanted) => verb::export(&wanted, io),
        Verb::Convert(wanted) => verb::convert(&wanted, io),
        Verb::Suggest(wanted) => verb::suggest(&wanted, io),
        Verb::Evaluate(wanted) => verb::evaluate(&wanted, io),
        Verb::Agree(wanted) => verb::agree(&wanted, io),
        Verb::Compare(wanted) => verb::compare(&wanted, io),
        Verb::Adjudicate(wanted) => verb::adjudicate(&wanted, io),
        Verb::Feedback(wanted) => verb::feedback(&wanted, io),
        Verb::Assign(wanted) => verb::assign(&wanted, io),
        Verb::Check(wanted) => verb::check(&wanted, io),
        Verb::Stats(wanted) => verb::stats(&wanted, io),
        Verb::Merge(wanted) => verb::merge(&wanted, io),
        Verb::GitSetup { project } => verb::git_setup(&project, io),
        Verb::Receive(wanted) => verb::receive(&wanted, io),
        Verb::Pack { project, output } => verb::pack(&project, &output, io),
        Verb::Unpack { bundle, project } => verb::unpack(&bundle, &project, io),
        Verb::Serve => {
            ascribe_engine::serve(std::io::stdin().lock(), &mut *io.out).map(|()| DONE).map_err(Failed::from)
        }
        Verb::Bench { name, folder, megabytes } => bench::run(&name, folder.as_deref(), megabytes, io),
    };
    result.unwrap_or_else(|error| {
        // If even standard error is closed, the exit status still tells.
        let _ = writeln!(io.err, "ascribe: {error}");
        FAILED
    })
}

fn explain_usage(error: &clap::Error, io: &mut Io<'_>) -> u8 {
    let text = error.render();
    if error.use_stderr() {
        let _ = write!(io.err, "{text}");
        FAILED
    } else {
        let _ = write!(io.out, "{text}");
        DONE
    }
}

/// Whether `argument` names a verb, so that `ascribe VERB` works like `ascribe-cli VERB`.
#[must_use]
pub fn is_verb(argument: &str) -> bool {
    use clap::CommandFactory;
    argument == "help" || Arguments::command().get_subcommands().any(|verb| verb.get_name() == argument)
}

/// The files that importing `path` means: itself, or all visible files in that folder and below, sorted.
#[must_use]
pub fn articles(path: &std::path::Path) -> Vec<PathBuf> {
    verb::files(path).into_iter().flatten().collect()
}

/// The time now, as RFC 3339 in UTC, to the second; or what `SOURCE_DATE_EPOCH` says in seconds since 1970, so that
/// files that tell when they were made can be made the same again (<https://reproducible-builds.org/specs/source-date-epoch/>).
#[must_use]
pub fn now() -> String {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    let fixed = fixed.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    let now = fixed.unwrap_or_else(jiff::Timestamp::now);
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}

/// 64 random bits from the system, for ids.
#[must_use]
pub fn random() -> u64 {
    // Without a system source, which no supported system lacks, the clock still gives distinct ids.
    getrandom::u64().unwrap_or_else(|_| jiff::Timestamp::now().as_nanosecond() as u64)
}
