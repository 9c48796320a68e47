//! The verbs about datasets: `export`, `import` and `convert`.

mod convert;
mod export;
mod import;
pub(super) mod tell;

use std::path::{Path, PathBuf};

use ascribe_engine::dataset::{DatasetError, Destination, Format, Split, Tagging, Unit, WriteOptions};
use clap::{Args, ValueEnum, builder::PossibleValuesParser};
use indicatif::{ProgressBar, ProgressStyle};

pub(crate) use self::{
    convert::{Convert, convert},
    export::{Export, export},
    import::{Import, import},
};
use crate::Failed;

/// What offsets count.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Offsets {
    /// Unicode code points, as Python strings and the W3C's standard count
    CodePoints,
    /// UTF-16 code units, as browsers count
    #[value(alias = "utf-16", alias = "utf16")]
    Browser,
}

/// How tags of tokens say where an annotation begins and ends.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Scheme {
    /// B- and I- (BIO)
    #[value(alias = "bio")]
    Iob2,
    /// B-, I-, L- and U-
    Bilou,
}

/// How a dataset is written.
#[derive(Debug, Args)]
pub(crate) struct Writing {
    /// What offsets count, where the format leaves a choice (w3c)
    #[arg(long, value_enum, value_name = "UNIT")]
    offsets: Option<Offsets>,
    /// For csv: a file for spreadsheet programs, in which no cell can run as a formula
    #[arg(long)]
    spreadsheet: bool,
    /// For conll: how tags say where an annotation begins and ends
    #[arg(long, value_enum, default_value = "iob2")]
    tagging: Scheme,
    /// For conll: all labels in one column, where the longest of overlapping annotations stays
    #[arg(long)]
    one_column: bool,
    /// Divide the documents into parts, such as train=80,dev=10,test=10; PATH becomes a folder
    #[arg(long, value_name = "PARTS")]
    split: Option<String>,
    /// Another seed divides the documents otherwise
    #[arg(long, default_value_t = 0, value_name = "N")]
    seed: u64,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Writing {
    fn options(&self, time: &str) -> WriteOptions {
        WriteOptions {
            time: time.to_owned(),
            offsets: self.offsets.map(unit),
            spreadsheet: self.spreadsheet,
            tagging: match self.tagging {
                Scheme::Iob2 => Tagging::Iob2,
                Scheme::Bilou => Tagging::Bilou,
            },
            one_column: self.one_column,
            ..WriteOptions::default()
        }
    }

    fn split(&self) -> Result<Option<Split>, DatasetError> {
        self.split.as_deref().map(|text| Split::parse(text, self.seed)).transpose()
    }
}

fn unit(offsets: Offsets) -> Unit {
    match offsets {
        Offsets::CodePoints => Unit::CodePoints,
        Offsets::Browser => Unit::Utf16,
    }
}

/// The names of the formats that can be written.
fn written() -> PossibleValuesParser {
    PossibleValuesParser::new(Format::all().filter(|format| format.is_written()).map(Format::name))
}

/// The names of the formats that can be read.
fn read() -> PossibleValuesParser {
    PossibleValuesParser::new(Format::all().filter(|format| format.is_read()).map(Format::name))
}

/// The format of a name that the parser has let through.
fn named(name: &str) -> Result<Format, Failed> {
    Format::named(name).ok_or_else(|| format!("there is no format `{name}`").into())
}

fn destination(path: &Path) -> Destination {
    if path.as_os_str() == "-" { Destination::StandardOutput } else { Destination::Path(path.to_owned()) }
}

/// A count of records on a terminal; nothing where there is none.
pub(super) fn spinner(what: &str) -> ProgressBar {
    let template = format!("{{spinner}} {{human_pos}} {what}, {{per_sec}}");
    let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_spinner());
    ProgressBar::new_spinner().with_style(style)
}

/// Where pieces that do not fit are kept, beside a dataset.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".refused.jsonl");
    path.with_file_name(name)
}
