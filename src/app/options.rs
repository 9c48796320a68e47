//! What the window is started with.

use std::{path::PathBuf, time::Duration};

use ascribe_schema::AnnotatorName;
use clap::Parser;

/// What the window is started with: `ascribe [OPTIONS] [PATH]…`.
#[derive(Clone, Debug, Default, Parser)]
#[command(
    name = "ascribe",
    version,
    about = "Open articles, tag who said what, review, and export",
    after_help = "The verbs of ascribe-cli work here, too: new, add, revise, check, stats, pack, unpack, bench."
)]
pub struct Options {
    /// A project's folder, a bundle, or articles
    pub paths: Vec<PathBuf>,
    /// Open a fresh copy of the sample project
    #[arg(long)]
    pub sample: bool,
    /// Annotate under this name, whatever the settings say
    #[arg(long, value_name = "NAME", value_parser = annotator)]
    pub annotator: Option<AnnotatorName>,
    /// This program, if it can be started again to read files in a process of its own
    #[arg(skip)]
    pub program: Option<PathBuf>,
    /// Whether paths are typed even where the system has file dialogs; for tests
    #[arg(skip)]
    pub typed_paths: bool,
    /// How often it is looked whether other programs have changed the open project; never for nothing
    #[arg(skip)]
    pub watch: Option<Duration>,
}

fn annotator(name: &str) -> Result<AnnotatorName, String> {
    let name = AnnotatorName::new(name).map_err(|error| error.to_string())?;
    if name.is_gold() { Err("`gold` is the name of the adjudicated sets; choose another".to_owned()) } else { Ok(name) }
}
